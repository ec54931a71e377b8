//! Speed and memory of the embedded vault, printed as `name figure bound ok|MISS`, one a line.
//!
//! How the figures are made to repeat stands with each of them: alternating short blocks against
//! bare SQLite, medians of five runs, a process of its own for memory.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    unreachable_pub,
    reason = "figures are rounded and printed"
)]

mod baseline;
mod certificates;
mod daily;
mod open;
mod orders;
mod report;
mod rotate;
mod sample;
mod seal;
mod search;
#[path = "../../../../tests/servers/mod.rs"]
mod servers;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, home, id, code] = arguments.as_slice()
        && mode == "open"
    {
        open::child(home, id, code);
        return ExitCode::SUCCESS;
    }
    // `cargo bench --bench vault -- open` runs that part alone.
    let chosen = |part: &str| {
        let mut named = arguments
            .iter()
            .filter(|argument| !argument.starts_with('-'))
            .peekable();
        named.peek().is_none() || named.any(|argument| argument == part)
    };
    if chosen("seal") {
        seal::all();
    }
    let long = std::env::var_os("KEYTURN_BENCH_LONG").is_some();
    let vaults = sample::Vaults::make(if long { 1_000_000 } else { 100_000 });
    if chosen("rotate") {
        rotate::lone(vaults.of(100_000));
        rotate::concurrent(vaults.of(100_000));
    }
    if chosen("search") {
        search::all(vaults.of(100_000), "");
    }
    if chosen("daily") {
        daily::all(vaults.of(100_000));
    }
    if chosen("certificates") {
        certificates::all(vaults.of(1000));
        let (_folder, half) = certificates::half_certificates(100_000);
        search::all(&half, "half certificates, ");
    }
    if chosen("orders") {
        orders::all(vaults.of(1000));
    }
    if chosen("open") {
        open::all(&vaults, long);
    }
    ExitCode::SUCCESS
}
