//! What is known of an instance in memory: the metadata that was seen, whether all of it is, and how
//! a list is cut out of it when the instance cannot be asked.

use std::cmp::Ordering;
use std::collections::HashMap;

use keyturn_api::{
    ListSecrets, Page, SecretGroupView, SecretMetadata, SecretView, Sort, SortKey, Timestamp,
};

use super::cache::Seen;

/// The metadata that was seen.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) seen: Seen,
    /// Whether every secret of the instance is among it.
    pub(super) complete: bool,
    places: HashMap<String, usize>,
}

impl Memory {
    /// What was stored, all of it as old as it is.
    pub(super) fn of(seen: Seen) -> Self {
        let mut memory = Self {
            complete: seen.at.is_some(),
            seen,
            places: HashMap::new(),
        };
        memory.place_all();
        memory
    }

    /// All secrets anew.
    pub(super) fn replace(&mut self, secrets: Vec<SecretView>, at: Timestamp) {
        self.seen.secrets = secrets;
        self.seen.at = Some(at);
        self.complete = true;
        self.place_all();
    }

    /// What was read of some secrets. As long as not all are known, these are what there is to show.
    pub(super) fn learn<'a>(&mut self, views: impl IntoIterator<Item = &'a SecretView>) {
        self.seen.at.get_or_insert_with(super::now);
        for view in views {
            if let Some(&place) = self.places.get(&view.metadata.id) {
                self.seen.secrets[place] = view.clone();
            } else {
                let place = self.seen.secrets.len();
                self.places.insert(view.metadata.id.clone(), place);
                self.seen.secrets.push(view.clone());
            }
        }
    }

    pub(super) fn forget(&mut self, id: &str) {
        self.seen.forget(id);
        self.seen.secrets.retain(|view| view.metadata.id != id);
        self.place_all();
    }

    pub(super) fn secret(&self, id: &str) -> Option<&SecretView> {
        self.places.get(id).map(|&place| &self.seen.secrets[place])
    }

    /// Every label in use, sorted.
    pub(super) fn labels(&self) -> Vec<String> {
        let all = self.seen.secrets.iter();
        let mut labels: Vec<String> = all.flat_map(|view| view.metadata.labels.clone()).collect();
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    /// A page of what is known.
    pub(super) fn find(&self, query: &ListSecrets, now: Timestamp) -> Page<SecretView> {
        let search = query.search.as_deref().map(str::to_lowercase);
        let kept = |view: &&SecretView| keeps(query, search.as_deref(), view, now);
        let kept = self.seen.secrets.iter().filter(kept);
        let mut found: Vec<Named<'_>> = kept.map(named).collect();
        let sort = query.sort.unwrap_or(Sort {
            key: SortKey::Name,
            descending: false,
        });
        let places = group_places(&self.seen.groups);
        found.sort_by(|one, other| {
            let order = compare(one, other, sort.key, &places);
            if sort.descending {
                order.reverse()
            } else {
                order
            }
        });
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let rows = found.into_iter().skip(query.offset as usize);
        Page {
            items: rows
                .take(query.rows())
                .map(|(view, _)| view.clone())
                .collect(),
            total_count: total,
            offset: query.offset,
            limit: u32::try_from(query.rows()).unwrap_or(u32::MAX),
        }
    }

    fn place_all(&mut self) {
        let ids = self
            .seen
            .secrets
            .iter()
            .map(|view| view.metadata.id.clone());
        self.places = ids.zip(0..).collect();
    }
}

fn keeps(query: &ListSecrets, search: Option<&str>, view: &SecretView, now: Timestamp) -> bool {
    let metadata = &view.metadata;
    let any = |all: &[String], one: &String| all.is_empty() || all.contains(one);
    let kind = metadata.detail.secret_type();
    any(&query.groups, &metadata.secret_group_id)
        && (query.secret_types.is_empty() || query.secret_types.contains(&kind))
        && (query.states.is_empty() || query.states.contains(&metadata.state))
        && query
            .match_all_labels
            .iter()
            .all(|label| metadata.labels.contains(label))
        && (!query.overdue || view.due.as_ref().is_some_and(|due| due.overdue))
        && query.expires_within_days.is_none_or(|days| {
            let end = now.plus_days(i64::from(days));
            metadata
                .detail
                .expiration_date()
                .is_some_and(|at| at <= end)
        })
        && search.is_none_or(|search| mentions(metadata, search))
}

/// What API v2 looks into: id, name, description, labels and type.
fn mentions(metadata: &SecretMetadata, search: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(search);
    has(&metadata.name)
        || metadata.id.contains(search)
        || metadata.description.as_deref().is_some_and(has)
        || metadata.labels.iter().any(|label| has(label))
        || metadata.detail.secret_type().name().contains(search)
}

/// The place of each group in the order that lists have.
fn group_places(groups: &[SecretGroupView]) -> HashMap<&str, usize> {
    let ids = groups.iter().map(|view| view.group.id.as_str());
    ids.zip(0..).collect()
}

/// A secret with its name in small letters, which the order needs again and again.
type Named<'a> = (&'a SecretView, String);

fn named(view: &SecretView) -> Named<'_> {
    (view, view.metadata.name.to_lowercase())
}

fn compare(
    (one, one_name): &Named<'_>,
    (other, other_name): &Named<'_>,
    key: SortKey,
    groups: &HashMap<&str, usize>,
) -> Ordering {
    let (a, b) = (&one.metadata, &other.metadata);
    let place = |metadata: &SecretMetadata| {
        let place = groups.get(metadata.secret_group_id.as_str());
        place.copied().unwrap_or(usize::MAX)
    };
    // what has no date comes last
    let dated = |at: Option<Timestamp>| (at.is_none(), at);
    let due = |view: &SecretView| dated(view.due.as_ref().map(|due| due.at));
    let order = match key {
        SortKey::Id => a.id.cmp(&b.id),
        SortKey::CreatedAt => a.created_at.cmp(&b.created_at),
        SortKey::UpdatedAt => a.updated_at.cmp(&b.updated_at),
        SortKey::RetrievedAt => a.retrieved_at.cmp(&b.retrieved_at),
        SortKey::ExpirationDate => {
            dated(a.detail.expiration_date()).cmp(&dated(b.detail.expiration_date()))
        }
        SortKey::SecretType => {
            let name = |metadata: &SecretMetadata| metadata.detail.secret_type().name();
            name(a).cmp(name(b))
        }
        SortKey::Name => Ordering::Equal,
        SortKey::SecretGroup => place(a).cmp(&place(b)),
        SortKey::State => a.state.cmp(&b.state),
        SortKey::RotatedAt => one.rotated_at.cmp(&other.rotated_at),
        SortKey::LocksTotal => a.locks_total.cmp(&b.locks_total),
        SortKey::Due => due(one).cmp(&due(other)),
    };
    order
        .then_with(|| one_name.cmp(other_name))
        .then_with(|| a.id.cmp(&b.id))
}
