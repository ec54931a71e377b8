//! Filtering, sorting and cutting a page out of the index.

use keyturn_api::{ListSecrets, SecretType, Sort, SortKey, State, Timestamp};
use uuid::Uuid;

use super::{Index, NEVER, Row, id_part::IdPart};
use crate::records::group_of;

/// A page of ids and how many there are in all.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) ids: Vec<Uuid>,
    pub(crate) total: usize,
}

impl Index {
    /// The page a query asks for, of the groups that `reaches` lets through. `place` is that of a
    /// group among all.
    pub(crate) fn find(
        &self,
        query: &ListSecrets,
        now: Timestamp,
        reaches: impl Fn(Uuid) -> bool,
        place: &dyn Fn(Uuid) -> u64,
    ) -> Found {
        let Some(filter) = Filter::new(self, query, now) else {
            return Found {
                ids: Vec::new(),
                total: 0,
            };
        };
        let keep = |slot: u32| {
            let row = self.row(slot);
            filter.keeps(self, slot, row) && reaches(row.group)
        };
        let matched = self.matches(query.search.as_deref(), keep);
        let total = matched.count();
        let sort = query.sort.unwrap_or(Sort {
            key: SortKey::Name,
            descending: false,
        });
        let (offset, rows) = (query.offset as usize, query.rows());
        let slots = match sort.key {
            SortKey::Name => self.page_by_name(&matched, sort.descending, offset, rows),
            key => {
                let rank = |row: &Row| match key {
                    SortKey::SecretGroup => place(row.group),
                    _ => row.rank(key, now),
                };
                self.page_by(&matched, rank, sort.descending, offset, rows)
            }
        };
        Found {
            ids: slots.into_iter().map(|slot| self.row(slot).id).collect(),
            total,
        }
    }

    fn matches(&self, search: Option<&str>, keep: impl Fn(u32) -> bool) -> Bits {
        let mut bits = Bits::new(self.rows.len());
        let Some(search) = search else {
            for (slot, row) in (0..).zip(&self.rows) {
                if row.live && keep(slot) {
                    bits.set(slot);
                }
            }
            return bits;
        };
        self.text.search(search, |slot| {
            if keep(slot) {
                bits.set(slot);
            }
        });
        // serial numbers stand there without colons, which would double what is read
        if let Some(bare) = without_colons(search) {
            self.text.search(&bare, |slot| {
                if !bits.has(slot) && keep(slot) {
                    bits.set(slot);
                }
            });
        }
        if let Some(part) = IdPart::new(search) {
            for (slot, row) in (0..).zip(&self.rows) {
                if part.is_in(row.id) && row.live && !bits.has(slot) && keep(slot) {
                    bits.set(slot);
                }
            }
        }
        bits
    }

    fn page_by_name(
        &self,
        matched: &Bits,
        descending: bool,
        offset: usize,
        rows: usize,
    ) -> Vec<u32> {
        let hit = |slot: &u32| matched.has(*slot);
        if descending {
            self.by_name
                .iter()
                .rev()
                .copied()
                .filter(hit)
                .skip(offset)
                .take(rows)
                .collect()
        } else {
            self.by_name
                .iter()
                .copied()
                .filter(hit)
                .skip(offset)
                .take(rows)
                .collect()
        }
    }

    /// Sorts only as much as the page needs. Equal keys stay in the order of the slots.
    fn page_by(
        &self,
        matched: &Bits,
        rank: impl Fn(&Row) -> u64,
        descending: bool,
        offset: usize,
        rows: usize,
    ) -> Vec<u32> {
        let rank = |slot: u32| {
            let rank = rank(self.row(slot));
            if descending { !rank } else { rank }
        };
        let mut slots: Vec<(u64, u32)> = matched.iter().map(|slot| (rank(slot), slot)).collect();
        let end = offset.saturating_add(rows).min(slots.len());
        if offset >= end {
            return Vec::new();
        }
        if end < slots.len() {
            slots.select_nth_unstable(end);
        }
        if offset > 0 {
            slots[..end].select_nth_unstable(offset);
        }
        slots[offset..end].sort_unstable();
        slots[offset..end].iter().map(|(_, slot)| *slot).collect()
    }
}

/// Hexadecimal pairs with colons between them, without those; none for any other text.
fn without_colons(search: &str) -> Option<String> {
    let pairs = search
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    let bare = search.replace(':', "");
    (pairs && bare.len() > 1 && bare.len() < search.len()).then_some(bare)
}

impl Row {
    /// What rows are sorted by. Of ids the first half decides, which no two share but by chance.
    fn rank(&self, key: SortKey, now: Timestamp) -> u64 {
        let time = |at: Timestamp| at.millis().cast_unsigned();
        match key {
            SortKey::Id => self.id.as_u64_pair().0,
            SortKey::CreatedAt => time(self.created_at),
            SortKey::UpdatedAt => time(self.updated_at),
            SortKey::RetrievedAt => time(self.retrieved_at),
            SortKey::ExpirationDate => time(self.expires_at),
            SortKey::RotatedAt => time(self.rotated_at),
            SortKey::SecretType => self.secret_type as u64,
            SortKey::State => self.state_at(now).number().into(),
            SortKey::LocksTotal => self.locks.into(),
            SortKey::Due => time(self.due_at),
            // Names have an order of their own, and groups that of theirs.
            SortKey::Name | SortKey::SecretGroup => 0,
        }
    }
}

/// A query's filters, resolved once.
struct Filter {
    groups: Vec<Uuid>,
    types: Vec<SecretType>,
    labels: Vec<u32>,
    states: Vec<State>,
    expires_before: Option<Timestamp>,
    overdue: bool,
    now: Timestamp,
}

impl Filter {
    /// None if nothing can match.
    fn new(index: &Index, query: &ListSecrets, now: Timestamp) -> Option<Self> {
        let groups: Vec<Uuid> = query.groups.iter().filter_map(|id| group_of(id)).collect();
        if groups.is_empty() && !query.groups.is_empty() {
            return None;
        }
        Some(Self {
            groups,
            types: query.secret_types.clone(),
            labels: index.labels.wanted(&query.match_all_labels)?,
            states: query.states.clone(),
            expires_before: query
                .expires_within_days
                .map(|days| now.plus_days(days.into())),
            overdue: query.overdue,
            now,
        })
    }

    fn keeps(&self, index: &Index, slot: u32, row: &Row) -> bool {
        let any_or = |empty: bool, hit: bool| empty || hit;
        any_or(self.groups.is_empty(), self.groups.contains(&row.group))
            && any_or(self.types.is_empty(), self.types.contains(&row.secret_type))
            && any_or(
                self.labels.is_empty(),
                index.labels.has_all(slot, &self.labels),
            )
            && any_or(
                self.states.is_empty(),
                self.states.contains(&row.state_at(self.now)),
            )
            && self
                .expires_before
                .is_none_or(|date| row.expires_at != NEVER && row.expires_at <= date)
            && (!self.overdue || row.is_overdue(self.now))
    }
}

/// A set of slots.
struct Bits(Vec<u64>);

impl Bits {
    fn new(slots: usize) -> Self {
        Self(vec![0; slots.div_ceil(64)])
    }

    fn set(&mut self, slot: u32) {
        self.0[slot as usize / 64] |= 1 << (slot % 64);
    }

    fn has(&self, slot: u32) -> bool {
        self.0[slot as usize / 64] & (1 << (slot % 64)) != 0
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.0).flat_map(|(at, &word): (u32, &u64)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }
}
