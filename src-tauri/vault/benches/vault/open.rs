//! Opening without key derivation, and memory per secret; each in a process of its own, as a
//! person's program would be.

use std::{process::Command, time::Instant};

use super::{
    report::{Bound, line, median, note},
    sample::{Made, Vaults},
};

/// Opens one vault and tells seconds and bytes of memory it took.
pub fn child(home: &str, id: &str, code: &str) {
    let made = Made {
        home: home.into(),
        id: id.parse().expect("id"),
        code: code.into(),
        count: 0,
    };
    let before = resident();
    let start = Instant::now();
    let vault = made.open();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{seconds} {} {}",
        resident() - before,
        vault.secrets_total()
    );
}

pub fn all(vaults: &Vaults, long: bool) {
    let (small, _) = figures(vaults.of(10_000));
    line("open 10,000", small, "s", Bound::AtMost(0.1));
    let (middle, bytes) = figures(vaults.of(100_000));
    line("open 100,000", middle, "s", Bound::AtMost(0.6));
    line(
        "memory per secret of 100,000",
        bytes / 100_000.0,
        "B",
        Bound::AtMost(800.0),
    );
    if long && vaults.has(1_000_000) {
        let (large, more) = figures(vaults.of(1_000_000));
        note("open 1,000,000", large, "s");
        line(
            "open 1,000,000 / open 100,000",
            large / middle,
            "x",
            Bound::AtMost(11.0),
        );
        line(
            "memory of 1,000,000 / of 100,000",
            more / bytes,
            "x",
            Bound::AtMost(11.0),
        );
    }
}

/// Medians of five runs.
fn figures(made: &Made) -> (f64, f64) {
    let mut seconds = Vec::new();
    let mut bytes = Vec::new();
    for _ in 0..5 {
        let program = std::env::current_exe().expect("this program");
        let id = made.id.to_string();
        let output = Command::new(program)
            .args(["open", made.home.to_str().expect("path"), &id, &made.code])
            .output()
            .expect("a process of its own");
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut numbers = text
            .split_whitespace()
            .map(|number| number.parse::<f64>().expect("figure"));
        seconds.push(numbers.next().expect("seconds"));
        bytes.push(numbers.next().expect("bytes"));
        assert_eq!(
            numbers.next().map(|count| count as usize),
            Some(made.count),
            "all were loaded"
        );
    }
    (median(seconds), median(bytes))
}

/// Bytes of memory this process holds.
fn resident() -> f64 {
    let text = std::fs::read_to_string("/proc/self/statm").expect("statm");
    let pages: f64 = text
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .expect("pages");
    pages * rustix::param::page_size() as f64
}
