//! The index against a plain list that is filtered and sorted from scratch.

use keyturn_api::{ListSecrets, SecretType, Sort, SortKey, State, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Entry, Index};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

#[derive(Clone, Debug)]
struct Known {
    id: Uuid,
    name: String,
    description: String,
    labels: Vec<String>,
    created: i64,
    expires: Option<i64>,
}

fn put(index: &mut Index, known: &Known) {
    let labels: Vec<&str> = known.labels.iter().map(String::as_str).collect();
    index.put(&Entry {
        id: known.id,
        name: &known.name,
        description: &known.description,
        search: "",
        labels: &labels,
        secret_type: SecretType::Arbitrary,
        group: Uuid::nil(),
        state: State::Active,
        created_at: Timestamp::from_millis(known.created),
        updated_at: Timestamp::from_millis(known.created),
        rotated_at: Timestamp::from_millis(known.created),
        expires_at: known.expires.map(Timestamp::from_millis),
        locks: 0,
        due_at: None,
        marks: super::Marks::default(),
    });
}

fn expected(model: &[Known], query: &ListSecrets) -> (Vec<Uuid>, usize) {
    let mut hits: Vec<&Known> = model
        .iter()
        .filter(|known| {
            let all = format!(
                "{}\u{1f}{}\u{1f}{}\u{1f}arbitrary",
                known.name,
                known.description,
                known.labels.join("\u{1f}")
            );
            let id = known.id.hyphenated().to_string();
            query.search.as_ref().is_none_or(|text| {
                all.to_lowercase().contains(&text.to_lowercase()) || id.contains(text)
            })
        })
        .filter(|known| {
            query
                .match_all_labels
                .iter()
                .all(|label| known.labels.contains(label))
        })
        .collect();
    let total = hits.len();
    hits.sort_by_key(|known| known.name.to_lowercase());
    if query.sort.is_some_and(|sort| sort.descending) {
        hits.reverse();
    }
    let page = hits.iter().skip(query.offset as usize).take(query.rows());
    (page.map(|known| known.id).collect(), total)
}

fn name() -> impl Strategy<Value = String> {
    "[A-Da-d]{1,3}[0-9]{6}"
}

fn known() -> impl Strategy<Value = Known> {
    (
        any::<u128>(),
        name(),
        "[ a-dÄéß]{0,12}",
        prop::collection::btree_set("[a-c]{2}", 0..3),
    )
        .prop_map(|(id, name, description, labels)| Known {
            id: Uuid::from_u128(id),
            name,
            description,
            labels: labels.into_iter().collect(),
            created: 1,
            expires: None,
        })
}

#[derive(Clone, Debug)]
enum Step {
    Put(Known),
    Change(prop::sample::Index, Known),
    Remove(prop::sample::Index),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => known().prop_map(Step::Put),
        2 => (any::<prop::sample::Index>(), known()).prop_map(|(at, to)| Step::Change(at, to)),
        1 => any::<prop::sample::Index>().prop_map(Step::Remove),
    ]
}

proptest! {
    #[test]
    fn finds_what_a_plain_list_finds(
        steps in prop::collection::vec(step(), 0..120),
        search in prop::option::of("[a-d0-9é]{2,3}"),
        label in prop::option::of("[a-c]{2}"),
        offset in 0u32..20,
        limit in 1u32..30,
        descending: bool,
        loaded in 0usize..60,
    ) {
        let mut index = Index::default();
        let mut model: Vec<Known> = Vec::new();
        for (count, step) in steps.into_iter().enumerate() {
            if count == loaded {
                index.finish_load();
            }
            match step {
                Step::Put(new) if model.iter().all(|known| known.name.to_lowercase() != new.name.to_lowercase()) => {
                    put(&mut index, &new);
                    model.push(new);
                }
                Step::Change(at, to) if !model.is_empty() => {
                    let at = at.index(model.len());
                    if model.iter().all(|known| known.name.to_lowercase() != to.name.to_lowercase()) {
                        model[at] = Known { id: model[at].id, ..to };
                        put(&mut index, &model[at]);
                    }
                }
                Step::Remove(at) if !model.is_empty() => {
                    let gone = model.remove(at.index(model.len()));
                    index.remove(gone.id);
                }
                _ => {}
            }
        }
        index.finish_load();
        prop_assert_eq!(index.len(), model.len());
        let query = ListSecrets {
            offset,
            limit,
            search,
            match_all_labels: label.into_iter().collect(),
            sort: Some(Sort { key: SortKey::Name, descending }),
            ..Default::default()
        };
        let found = index.find(&query, NOW, |_| true, &|_| 0);
        prop_assert_eq!((found.ids, found.total), expected(&model, &query));
        let mut labels: Vec<String> = model.iter().flat_map(|known| known.labels.clone()).collect();
        labels.sort();
        labels.dedup();
        prop_assert_eq!(index.labels_in_use(), labels);
    }
}

fn sample(number: u32, created: i64, expires: Option<i64>) -> Known {
    Known {
        id: Uuid::from_u128(number.into()),
        name: format!("secret-{number:04}"),
        description: "of the tests".into(),
        labels: Vec::new(),
        created,
        expires,
    }
}

#[test]
fn dates_sort_with_never_last_and_pages_join() {
    let mut index = Index::default();
    for number in 0..100 {
        let date = (number % 3 != 0).then(|| NOW.millis() + i64::from(number * 7919 % 100));
        put(&mut index, &sample(number, 1, date));
    }
    index.finish_load();
    let page = |offset| ListSecrets {
        offset,
        limit: 30,
        sort: Some(Sort {
            key: SortKey::ExpirationDate,
            descending: false,
        }),
        ..Default::default()
    };
    let mut ids = Vec::new();
    for offset in [0, 30, 60, 90] {
        let found = index.find(&page(offset), NOW, |_| true, &|_| 0);
        assert_eq!(found.total, 100);
        ids.extend(found.ids);
    }
    assert_eq!(ids.len(), 100);
    let dates: Vec<_> = ids
        .iter()
        .map(|id| index.row(index.slot(*id).unwrap()).expires_at)
        .collect();
    assert!(dates.is_sorted());
}

#[test]
fn the_clock_destroys_and_filters_follow() {
    let mut index = Index::default();
    put(&mut index, &sample(1, 1, Some(NOW.millis() - 1)));
    put(&mut index, &sample(2, 1, Some(NOW.plus_days(5).millis())));
    put(&mut index, &sample(3, 1, None));
    index.finish_load();
    let ids = |query: ListSecrets| index.find(&query, NOW, |_| true, &|_| 0).ids;
    let destroyed = ListSecrets {
        states: vec![State::Destroyed],
        ..Default::default()
    };
    assert_eq!(ids(destroyed), [Uuid::from_u128(1)]);
    let soon = ListSecrets {
        expires_within_days: Some(10),
        ..Default::default()
    };
    assert_eq!(ids(soon), [Uuid::from_u128(1), Uuid::from_u128(2)]);
    assert!(
        index
            .find(&ListSecrets::default(), NOW, |_| false, &|_| 0)
            .ids
            .is_empty()
    );
    let unknown = ListSecrets {
        match_all_labels: vec!["none".into()],
        ..Default::default()
    };
    assert!(ids(unknown).is_empty());
}

#[test]
fn an_id_is_found_by_a_part_of_it() {
    let mut index = Index::default();
    let mut known = sample(1, 1, None);
    known.id = "7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11".parse().unwrap();
    put(&mut index, &known);
    index.finish_load();
    for (search, hits) in [
        ("4a0e-4d6a", 1),
        ("7C3E", 1),
        ("ffff", 0),
        ("secret-0001", 1),
    ] {
        let query = ListSecrets {
            search: Some(search.into()),
            ..Default::default()
        };
        assert_eq!(
            index.find(&query, NOW, |_| true, &|_| 0).total,
            hits,
            "{search}"
        );
    }
}
