//! The HTTP API as programs use it: the released program serves, wrk calls, each request with a token
//! that is verified.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a benchmark prints rounded figures, and fails by panicking"
)]

#[path = "../../../vault/benches/vault/report.rs"]
mod report;
mod served;
mod wrk;

use report::{Bound, line, median, note};
use served::{Served, Vaulted};

/// Secrets of the vault that is read and rotated.
const SECRETS: usize = 10_000;
/// Secrets of the vault that is searched.
const MANY: usize = 100_000;
/// Rotations after which the memory is looked at.
const ROTATIONS: u64 = 100_000;
/// Starts that are measured.
const STARTS: usize = 5;

fn main() {
    let only = std::env::args()
        .nth(1)
        .filter(|name| !name.starts_with('-'));
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    if wanted("starts") || wanted("requests") {
        let vaulted = Vaulted::with(SECRETS);
        if wanted("starts") {
            starts(&vaulted);
        }
        if wanted("requests") {
            requests(&vaulted);
        }
    }
    if wanted("search") {
        search();
    }
}

fn starts(vaulted: &Vaulted) {
    let times = (0..STARTS).map(|_| Served::start(vaulted).first_answer.as_secs_f64() * 1000.0);
    line(
        "serve 10,000 secrets: start to first answer",
        median(times.collect()),
        "ms",
        Bound::AtMost(100.0),
    );
}

fn requests(vaulted: &Vaulted) {
    let served = Served::start(vaulted);
    std::thread::sleep(std::time::Duration::from_secs(2));
    line(
        "memory of serve, idle",
        served.memory(),
        "MB",
        Bound::AtMost(30.0),
    );

    let asked = wrk::reading(&served, vaulted);
    wrk::run(&asked, 8, 2); // the connections and caches of the first moment
    let read = wrk::run(&asked, 8, 10);
    line(
        "get_secret, 8 connections",
        read.per_second,
        "1/s",
        Bound::AtLeast(20_000.0),
    );
    line(
        "get_secret, 8 connections, p99",
        read.p99,
        "ms",
        Bound::AtMost(4.0),
    );

    let asked = wrk::rotating(&served, vaulted);
    wrk::run(&asked, 8, 3); // the log of the store grows once
    let before = wrk::run(&asked, 8, 10);
    line(
        "rotate, 8 connections",
        before.per_second,
        "1/s",
        Bound::AtLeast(7_000.0),
    );
    line(
        "rotate, 8 connections, p99",
        before.p99,
        "ms",
        Bound::AtMost(12.0),
    );
    let many = wrk::run(&asked, 64, 10);
    line(
        "rotate, 64 connections",
        many.per_second,
        "1/s",
        Bound::AtLeast(11_000.0),
    );
    line(
        "rotate, 64 connections, p99",
        many.p99,
        "ms",
        Bound::AtMost(25.0),
    );

    let mut done = before.count + many.count;
    while done < ROTATIONS {
        done += wrk::run(&asked, 64, 5).count;
    }
    note("rotations before the memory is looked at", done as f64, "");
    line(
        "memory of serve after 100,000 rotations",
        served.memory(),
        "MB",
        Bound::AtMost(50.0),
    );
}

fn search() {
    let vaulted = Vaulted::with(MANY);
    let served = Served::start(&vaulted);
    let asked = wrk::searching(&served, &vaulted);
    wrk::run(&asked, 1, 2);
    let found = wrk::run(&asked, 1, 10);
    note(
        "list_secrets with search over 100,000, one connection",
        found.per_second,
        "1/s",
    );
    line(
        "list_secrets with search over 100,000, p99",
        found.p99,
        "ms",
        Bound::AtMost(15.0),
    );
}
