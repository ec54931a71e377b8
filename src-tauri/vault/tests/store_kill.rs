//! Promise B-1, at the store: what was acknowledged survives `kill -9`, and a rotation is wholly
//! before or wholly after.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;

use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Duration,
};

use crash::{
    acknowledge,
    chain::Chain,
    command, folder,
    rotations::{self, next_serial, open_or_create, rotate},
    run_kills, strace,
};
use keyturn_vault::store::{CommitError, Committer};

/// Kills before a new vault is begun: making one must survive, too, and the model stays small.
const KILLS_A_VAULT: u32 = 40;

#[test]
fn survives_200_kills() {
    kill_at_random(200);
}

#[test]
#[ignore = "long: 1000 kills"]
fn survives_1000_kills() {
    kill_at_random(1000);
}

fn kill_at_random(kills: u32) {
    let mut longest = Duration::ZERO;
    let mut acknowledged = 0;
    for _ in 0..kills / KILLS_A_VAULT {
        let folder = tempfile::tempdir().unwrap();
        let mut total = 0;
        run_kills(
            "child_rotates_without_end",
            folder.path(),
            KILLS_A_VAULT,
            |all| {
                longest = longest.max(rotations::verify(folder.path(), all));
                total = all.len();
            },
        );
        acknowledged += total;
    }
    eprintln!("{kills} kills, {acknowledged} acknowledged, longest recovery {longest:?}");
    assert!(
        acknowledged > kills as usize,
        "the children hardly came to work"
    );
    assert!(
        longest <= Duration::from_secs(2),
        "recovery took {longest:?}"
    );
}

/// Three threads, so that some commits are alone and others in groups.
#[test]
fn child_rotates_without_end() {
    let Some(folder) = folder() else { return };
    let store = open_or_create(&folder).unwrap();
    let committer = Committer::new(store.clone(), Chain::default()).unwrap();
    let serial = AtomicU64::new(next_serial(&store));
    thread::scope(|scope| {
        for caller in 0..3 {
            let (store, committer, serial) = (&store, &committer, &serial);
            scope.spawn(move || {
                let mut dice = crash::Dice::from(std::process::id().into());
                for _ in 0..caller {
                    dice.roll(2);
                }
                loop {
                    let serial = serial.fetch_add(1, Ordering::Relaxed);
                    let size = 300 + usize::try_from(dice.roll(2) * 9000).unwrap();
                    match rotate(store, committer, dice.roll(10), serial, size) {
                        Ok(rotation) => acknowledge(&rotation.to_string()),
                        Err(CommitError::Conflict { .. }) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
}

#[test]
#[ignore = "long: a kill at every system call that writes"]
fn survives_a_kill_at_every_system_call() {
    if !strace::works() {
        return;
    }
    let child = "child_rotates_a_few_times";
    for call in strace::WRITING {
        let folder = tempfile::tempdir().unwrap();
        let calls = strace::count(child, call, folder.path());
        thread::scope(|scope| {
            for first in 1..=2 {
                scope.spawn(move || {
                    (first..=calls)
                        .step_by(2)
                        .for_each(|when| kill_at(child, call, when));
                });
            }
        });
        eprintln!("killed at each of {calls} calls of {call}: nothing lost, nothing half");
    }
}

fn kill_at(child: &str, call: &str, when: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut traced = strace::inject(child, call, "signal=KILL", when, folder.path());
    let output = traced.output().unwrap();
    assert!(!output.status.success(), "{call} {when} was not reached");
    let text = String::from_utf8_lossy(&output.stdout);
    let all: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("ack "))
        .map(Into::into)
        .collect();
    rotations::verify(folder.path(), &all);
    // And the next run goes on from there.
    let more = crash::finish(command(child, folder.path()));
    rotations::verify(folder.path(), &[all, more].concat());
}

/// Makes a vault, fills the log until it is moved into the file, and closes it.
#[test]
fn child_rotates_a_few_times() {
    let Some(folder) = folder() else { return };
    let store = open_or_create(&folder).unwrap();
    let committer = Committer::new(store.clone(), Chain::default()).unwrap();
    let first = next_serial(&store);
    for step in 0..13 {
        let size = if step % 4 == 0 { 600_000 } else { 300 };
        let made = rotate(&store, &committer, step % 3, first + step, size).unwrap();
        acknowledge(&made.to_string());
    }
}
