//! Rotations, acknowledged durable with their audit record.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use keyturn_api::{Instance, ListSecrets, SecretType};
use keyturn_vault::{Vault, wait};

use super::{
    baseline::Baseline,
    report::{Bound, line, median, note, percentile},
    sample::{Made, owner, rotation},
};

/// Some secrets, spread over the vault, and their types.
fn ids(vault: &Vault, count: u32) -> Vec<(String, SecretType)> {
    let total = u32::try_from(vault.secrets_total()).expect("count");
    let step = total / count;
    (0..count)
        .map(|at| {
            let query = ListSecrets {
                offset: at * step,
                limit: 1,
                ..ListSecrets::default()
            };
            let page = wait(vault.list_secrets(&owner(), &query)).expect("page");
            let secret = &page.items[0].metadata;
            (secret.id.clone(), secret.detail.secret_type())
        })
        .collect()
}

/// A lone caller against bare SQLite: p50 of alternating blocks of five, because larger blocks
/// measure what the disk did in the meantime.
pub fn lone(made: &Made) {
    let copy = made.home.join("baseline.sqlite");
    let file = made
        .home
        .join("vaults")
        .join(made.id.to_string())
        .join("vault.keyturn");
    std::fs::copy(file, &copy).expect("copy");
    let mut baseline = Baseline::open(&copy);
    let vault = made.open();
    let caller = owner();
    let ids = ids(&vault, 1000);
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let time = |samples: &mut Vec<f64>, work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        samples.push(start.elapsed().as_secs_f64() * 1000.0);
    };
    let mut ratios = Vec::new();
    for run in 0..6 {
        ours.clear();
        bare.clear();
        for block in 0..160 {
            for at in 0..5 {
                let number = run * 800 + block * 5 + at;
                time(&mut ours, &mut || {
                    let (id, secret_type) = &ids[number % ids.len()];
                    let new = rotation(*secret_type, number);
                    wait(vault.create_version(&caller, id, new, None)).expect("rotated");
                });
            }
            for at in 0..5 {
                time(&mut bare, &mut || {
                    baseline.rotate(run * 800 + block * 5 + at);
                });
            }
        }
        // The first run lets both write-ahead logs grow.
        if run > 0 {
            ratios.push(percentile(&mut ours, 0.5) / percentile(&mut bare, 0.5));
        }
    }
    note(
        "rotate one of 100,000, p50",
        percentile(&mut ours, 0.5),
        "ms",
    );
    note(
        "bare SQLite commit of the same rows, p50",
        percentile(&mut bare, 0.5),
        "ms",
    );
    line(
        "rotate one of 100,000 / bare SQLite",
        median(ratios),
        "x",
        Bound::AtMost(1.3),
    );
    drop(baseline);
    let _ = std::fs::remove_file(copy);
}

/// 64 callers at once, as tasks of a small runtime, which is how a server calls. Once as when all
/// of a vault is rotated, once with the same few secrets again and again, whose older values and
/// versions go with each rotation.
pub fn concurrent(made: &Made) {
    let vault = made.open();
    let (rate, tail) = storms(&vault, 20_000);
    line(
        "64 concurrent rotations of 100,000",
        rate,
        "1/s",
        Bound::AtLeast(12_000.0),
    );
    line(
        "64 concurrent rotations, p99",
        tail,
        "ms",
        Bound::AtMost(20.0),
    );
    let (rate, tail) = storms(&vault, 500);
    note("64 concurrent rotations of the same 500", rate, "1/s");
    note("64 concurrent rotations of the same 500, p99", tail, "ms");
}

/// Medians of five runs, after one that warms up: rotations a second, and p99 in milliseconds.
pub fn storms(vault: &std::sync::Arc<Vault>, secrets: u32) -> (f64, f64) {
    let ids = ids(vault, secrets);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("runtime");
    let (mut rates, mut tails) = (Vec::new(), Vec::new());
    for run in 0..6 {
        let (rate, mut samples) = runtime.block_on(storm(vault, &ids));
        if run > 0 {
            rates.push(rate);
            tails.push(percentile(&mut samples, 0.99));
        }
    }
    (median(rates), median(tails))
}

async fn storm(vault: &std::sync::Arc<Vault>, ids: &[(String, SecretType)]) -> (f64, Vec<f64>) {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let length = Duration::from_secs(2);
    let start = Instant::now();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let vault = std::sync::Arc::clone(vault);
            let ids = ids.to_vec();
            tokio::spawn(async move {
                let caller = owner();
                let mut samples = Vec::new();
                while start.elapsed() < length {
                    let number = NEXT.fetch_add(1, Ordering::Relaxed);
                    let begin = Instant::now();
                    let (id, secret_type) = &ids[number % ids.len()];
                    vault
                        .create_version(&caller, id, rotation(*secret_type, number), None)
                        .await
                        .expect("rotated");
                    samples.push(begin.elapsed().as_secs_f64() * 1000.0);
                }
                samples
            })
        })
        .collect();
    let mut samples = Vec::new();
    for task in tasks {
        samples.extend(task.await.expect("task"));
    }
    let seconds = start.elapsed().as_secs_f64();
    let rate = samples.len() as f64 / seconds;
    (rate, samples)
}
