//! Search, sort and first page over 100,000.

use std::time::Instant;

use keyturn_api::{Instance, ListSecrets, Sort, SortKey};
use keyturn_vault::{Vault, wait};

use super::{
    report::{Bound, line, median, percentile},
    sample::{Made, owner},
};

pub fn all(made: &Made, of: &str) {
    let vault = made.open();
    let by = |key, descending| Some(Sort { key, descending });
    let cases: [(&str, Option<&str>, Option<Sort>); 7] = [
        (
            "search 100,000: rare text, by name",
            Some("00004242"),
            by(SortKey::Name, false),
        ),
        (
            "search 100,000: one in seven, by last rotation",
            Some("payments"),
            by(SortKey::RotatedAt, true),
        ),
        (
            "search 100,000: every row matches, by name",
            Some("production"),
            by(SortKey::Name, false),
        ),
        (
            "search 100,000: two letters of every row, by change",
            Some("er"),
            by(SortKey::UpdatedAt, true),
        ),
        (
            "search 100,000: like a part of an id, by expiry",
            Some("beef"),
            by(SortKey::ExpirationDate, false),
        ),
        (
            "search 100,000: nothing matches",
            Some("no such secret"),
            by(SortKey::Name, true),
        ),
        (
            "list 100,000: no search, by creation",
            None,
            by(SortKey::CreatedAt, false),
        ),
    ];
    for (name, search, sort) in cases {
        let query = ListSecrets {
            limit: 25,
            search: search.map(str::to_owned),
            sort,
            ..ListSecrets::default()
        };
        let runs = (0..5).map(|_| p99(&vault, &query)).collect();
        line(
            &format!("{of}{name}, p99"),
            median(runs),
            "ms",
            Bound::AtMost(7.0),
        );
    }
}

fn p99(vault: &Vault, query: &ListSecrets) -> f64 {
    let caller = owner();
    let mut samples: Vec<f64> = (0..100)
        .map(|_| {
            let start = Instant::now();
            let page = wait(vault.list_secrets(&caller, query)).expect("page");
            std::hint::black_box(page);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    percentile(&mut samples, 0.99)
}
