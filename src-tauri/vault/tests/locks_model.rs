//! Random sequences of what people do to a locked secret, each step held against a model that
//! knows nothing but the rules.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use std::{collections::BTreeSet, thread};

use desk::{Desk, create, owner, rotation_by, rotation_to};
use keyturn_api::{
    Code, Instance, LockMode, NewLock, NewLocks, Result, VersionAlias, VersionRef,
    version::RotationInput,
};
use keyturn_vault::{Vault, wait};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

const SEQUENCES: usize = 10_000;
const THREADS: usize = 16;
const NAMES: [&str; 3] = ["app", "job", "web"];

#[derive(Clone, Copy, Debug)]
enum Op {
    Lock(VersionAlias, Names, Option<LockMode>),
    Unlock(Option<VersionAlias>, Option<Names>),
    Rotate,
    Restore,
    Delete,
}

/// Some of [`NAMES`], a bit each.
#[derive(Clone, Copy, Debug)]
struct Names(u8);

impl Names {
    fn list(self) -> Vec<&'static str> {
        let chosen = |at: &usize| self.0 & (1 << at) != 0;
        (0..NAMES.len())
            .filter(chosen)
            .map(|at| NAMES[at])
            .collect()
    }
}

fn op() -> impl Strategy<Value = Op> {
    let alias = || prop_oneof![Just(VersionAlias::Current), Just(VersionAlias::Previous)];
    let names = || (1u8..8).prop_map(Names);
    let mode = prop_oneof![
        2 => Just(None),
        1 => Just(Some(LockMode::RemovePrevious)),
        1 => Just(Some(LockMode::RemovePreviousAndDelete)),
    ];
    prop_oneof![
        3 => (alias(), names(), mode).prop_map(|(at, names, mode)| Op::Lock(at, names, mode)),
        2 => (prop::option::of(alias()), prop::option::of(names()))
            .prop_map(|(at, names)| Op::Unlock(at, names)),
        4 => Just(Op::Rotate),
        1 => Just(Op::Restore),
        1 => Just(Op::Delete),
    ]
}

/// A version as the rules see it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    locks: BTreeSet<&'static str>,
    gone: bool,
}

/// The secret as the rules see it: the current version, and the one before it.
#[derive(Debug)]
struct Model {
    current: Known,
    previous: Option<Known>,
}

impl Model {
    /// What an operation must answer; the model follows.
    fn step(&mut self, op: Op) -> std::result::Result<(), Code> {
        match op {
            Op::Lock(VersionAlias::Current, names, mode) => {
                if let (Some(mode), Some(previous)) = (mode, &mut self.previous) {
                    previous.locks.retain(|name| !names.list().contains(name));
                    let delete = mode == LockMode::RemovePreviousAndDelete;
                    previous.gone |= delete && previous.locks.is_empty();
                }
                self.current.locks.extend(names.list());
            }
            Op::Lock(VersionAlias::Previous, names, _) => match &mut self.previous {
                None => return Err(Code::NotFound),
                Some(previous) if previous.gone => return Err(Code::BadRequest),
                Some(previous) => previous.locks.extend(names.list()),
            },
            Op::Unlock(at, names) => {
                if at == Some(VersionAlias::Previous) && self.previous.is_none() {
                    return Err(Code::NotFound);
                }
                let goes = |name: &&str| names.is_none_or(|names| names.list().contains(name));
                if at != Some(VersionAlias::Previous) {
                    self.current.locks.retain(|name| !goes(name));
                }
                if let (true, Some(previous)) =
                    (at != Some(VersionAlias::Current), &mut self.previous)
                {
                    previous.locks.retain(|name| !goes(name));
                }
            }
            Op::Rotate | Op::Restore => {
                let previous = self.previous.clone();
                if previous
                    .as_ref()
                    .is_some_and(|version| !version.locks.is_empty())
                {
                    return Err(Code::Locked);
                }
                match (op, previous) {
                    (Op::Restore, None) => return Err(Code::NotFound),
                    (Op::Restore, Some(version)) if version.gone => return Err(Code::ValueGone),
                    _ => {}
                }
                self.previous = Some(std::mem::take(&mut self.current));
            }
            Op::Delete => {
                let mut versions = self.previous.iter().chain([&self.current]);
                if versions.any(|version| !version.locks.is_empty()) {
                    return Err(Code::Locked);
                }
            }
        }
        Ok(())
    }
}

fn perform(vault: &Vault, id: &str, op: Op) -> Result<()> {
    let owner = owner();
    let texts = |names: Names| {
        names
            .list()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    match op {
        Op::Lock(at, names, mode) => {
            let lock = |name: String| NewLock {
                name,
                description: None,
                attributes: None,
            };
            let locks = texts(names).into_iter().map(lock).collect();
            let new = NewLocks { locks, mode };
            wait(vault.create_locks(&owner, id, &VersionRef::Alias(at), new)).map(drop)
        }
        Op::Unlock(at, names) => {
            let version = at.map(VersionRef::Alias);
            let names = names.map(texts);
            wait(vault.delete_locks(&owner, id, version.as_ref(), names.as_deref())).map(drop)
        }
        Op::Rotate => wait(vault.create_version(&owner, id, rotation_to("next"), None)).map(drop),
        Op::Restore => {
            let from = VersionRef::Alias(VersionAlias::Previous);
            let new = rotation_by(RotationInput::Restore { from });
            wait(vault.create_version(&owner, id, new, None)).map(drop)
        }
        Op::Delete => wait(vault.delete_secret(&owner, id, None)),
    }
}

/// What the vault says of the secret, as the model has it.
fn seen(vault: &Vault, id: &str) -> (Known, Option<Known>) {
    let read = |locks: keyturn_api::VersionLocks| Known {
        locks: NAMES
            .into_iter()
            .filter(|name| locks.locks.iter().any(|lock| lock == name))
            .collect(),
        gone: !locks.payload_available,
    };
    // no names: nothing goes, and the answer tells all
    let locks = wait(vault.delete_locks(&owner(), id, None, Some(&[]))).unwrap();
    let mut versions = locks.versions.into_iter();
    let current = versions.next().map(read).unwrap();
    (current, versions.next().map(read))
}

fn run(vault: &Vault, name: &str, ops: &[Op]) {
    let id = create(vault, name, "first");
    let mut model = Model {
        current: Known::default(),
        previous: None,
    };
    for (at, op) in ops.iter().enumerate() {
        let done = perform(vault, &id, *op).map_err(|problem| problem.code);
        let expected = model.step(*op);
        assert_eq!(done, expected, "step {at} of {ops:?}");
        if matches!(op, Op::Delete) && expected.is_ok() {
            return;
        }
        let (current, previous) = seen(vault, &id);
        assert_eq!(
            (&current, &previous),
            (&model.current, &model.previous),
            "after step {at} of {ops:?}"
        );
        let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
        let total = current.locks.len() + previous.map_or(0, |version| version.locks.len());
        assert_eq!(view.metadata.locks_total as usize, total);
        assert_eq!(view.availability.delete.is_some(), total > 0);
    }
}

#[test]
fn locks_follow_the_rules_through_10000_random_sequences() {
    let desk = Desk::new();
    thread::scope(|scope| {
        for number in 0..THREADS {
            let vault = &*desk.vault;
            scope.spawn(move || {
                let mut seed = [7; 32];
                seed[0] = u8::try_from(number).unwrap();
                let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
                let mut runner = TestRunner::new_with_rng(Config::default(), rng);
                let sequences = prop::collection::vec(op(), 1..10);
                for sequence in 0..SEQUENCES / THREADS {
                    let ops = sequences.new_tree(&mut runner).unwrap().current();
                    run(vault, &format!("s{number}-{sequence}"), &ops);
                }
            });
        }
    });
    assert_eq!(desk.vault.unreadable_total(), 0);
}
