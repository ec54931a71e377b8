//! Promise B-23, at the store: processes that write the same vault lose nothing of each other,
//! and each sees what the others commit.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;

use std::{
    fs,
    ops::ControlFlow,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crash::{
    acknowledge,
    chain::{self, Chain},
    command, finish, folder,
    rotations::{file, open_or_create},
};
use keyturn_vault::store::{
    Changes, Commit, CommitError, Committer, Patience, SqliteStore, Store, StoreError,
};

const COMMITS: u64 = 1000;
const COUNTERS: u64 = 10;

#[test]
fn two_processes_lose_no_update() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_or_create(folder.path()).unwrap();
    let reports: Vec<String> = thread::scope(|scope| {
        let children: Vec<_> = (0..2)
            .map(|_| scope.spawn(|| finish(command("child_counts", folder.path()))))
            .collect();
        await_children(folder.path(), 2);
        // Somebody with another program keeps the vault locked now and then.
        let foreign = rusqlite::Connection::open(file(folder.path())).unwrap();
        foreign.busy_timeout(Duration::from_secs(10)).unwrap();
        for _ in 0..3 {
            foreign.execute_batch("BEGIN EXCLUSIVE").unwrap();
            thread::sleep(Duration::from_millis(200));
            foreign.execute_batch("ROLLBACK").unwrap();
            thread::sleep(Duration::from_millis(50));
        }
        children
            .into_iter()
            .flat_map(|child| child.join().unwrap())
            .collect()
    });

    let mut counted = 0;
    store
        .range(b"s/", &mut |_, _, value| {
            counted += parse(value).0;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(counted, 2 * COMMITS, "an update was lost");
    assert_eq!(
        store.generation(),
        Ok(2 * COMMITS),
        "each was alone in its process"
    );
    assert_eq!(
        chain::verified(&*store).len(),
        usize::try_from(2 * COMMITS).unwrap()
    );
    assert_eq!(store.check(), Ok(()));
    let Ok(Changes::Keys { upto, keys }) = store.changes(0) else {
        panic!("no list of changes")
    };
    assert_eq!(upto, 2 * COMMITS);
    assert_eq!(
        keys.iter()
            .filter(|(key, _)| key.starts_with(b"s/"))
            .count(),
        10
    );
    for report in reports {
        eprintln!("{report}");
        let [_conflicts, seen] = numbers(&report);
        assert!(seen > 0, "one process never saw the other: {report}");
    }
}

/// Counts up ten counters, each time from the value that was read, and follows the other process.
#[test]
fn child_counts() {
    let Some(folder) = folder() else { return };
    let store = open_or_create(&folder).unwrap();
    let committer = Committer::new(store.clone(), Chain::default()).unwrap();
    let me = u64::from(std::process::id());
    let mut dice = crash::Dice::from(me);
    fs::write(folder.join(format!("child-{me}")), b"").unwrap();
    await_children(&folder, 2);

    let (mut conflicts, mut by_others, mut known) = (0, 0, 0);
    let mut done = 0;
    while done < COMMITS {
        let key = format!("s/{}", dice.roll(COUNTERS)).into_bytes();
        let row = store.get(&key).unwrap();
        let count = row.as_ref().map_or(0, |row| parse(&row.value).0) + 1;
        let outcome = committer.commit_blocking(Commit {
            expect: vec![(key.clone(), row.map(|row| row.revision))],
            puts: vec![(key, format!("{count} {me}").into_bytes())],
            deletes: Vec::new(),
            body: None,
            entry: format!("count {me}"),
            after: Box::new(|_| ()),
        });
        match outcome {
            Ok(_) => done += 1,
            Err(CommitError::Conflict { .. }) => conflicts += 1,
            Err(error) => panic!("{error}"),
        }
        by_others += follow(&store, &mut known, me);
    }
    acknowledge(&format!("{conflicts} {by_others}"));
}

/// How many counters somebody else has changed since `known`, which moves on.
fn follow(store: &SqliteStore, known: &mut u64, me: u64) -> u64 {
    if store.generation() == Ok(*known) {
        return 0;
    }
    let Ok(Changes::Keys { upto, keys }) = store.changes(*known) else {
        panic!("cannot follow")
    };
    *known = upto;
    let counters = keys
        .iter()
        .filter(|(key, deleted)| key.starts_with(b"s/") && !deleted);
    let others = counters.filter(|(key, _)| {
        let row = store.get(key).unwrap().unwrap();
        parse(&row.value).1 != me
    });
    others.count() as u64
}

#[test]
fn a_vault_that_stays_locked_is_busy_after_five_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_or_create(folder.path()).unwrap();
    let committer = Committer::new(store.clone(), Chain::default()).unwrap();
    let foreign = rusqlite::Connection::open(file(folder.path())).unwrap();
    foreign.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let commit = || Commit {
        expect: Vec::new(),
        puts: vec![(b"s/1".to_vec(), b"1 1".to_vec())],
        deletes: Vec::new(),
        body: None,
        entry: String::from("count"),
        after: Box::new(|_| ()),
    };

    let start = Instant::now();
    assert_eq!(
        committer.commit_blocking(commit()),
        Err(StoreError::Busy.into())
    );
    let waited = start.elapsed();
    assert!(
        waited > Duration::from_secs(4) && waited < Duration::from_secs(6),
        "{waited:?}"
    );
    let start = Instant::now();
    assert!(matches!(store.begin(Patience::None), Err(StoreError::Busy)));
    assert!(start.elapsed() < Duration::from_millis(500));
    assert_eq!(store.get(b"s/1"), Ok(None), "reading goes on");

    foreign.execute_batch("ROLLBACK").unwrap();
    assert_eq!(committer.commit_blocking(commit()), Ok(1));
    assert_eq!(chain::verified(&*store), ["count"]);
}

fn await_children(folder: &Path, count: usize) {
    let start = Instant::now();
    let is_child = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with("child-");
    while fs::read_dir(folder)
        .unwrap()
        .filter(|entry| is_child(entry.as_ref().unwrap()))
        .count()
        < count
    {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "the other process did not start"
        );
        thread::sleep(Duration::from_millis(1));
    }
}

fn parse(value: &[u8]) -> (u64, u64) {
    let [count, writer] = numbers(std::str::from_utf8(value).unwrap());
    (count, writer)
}

fn numbers(text: &str) -> [u64; 2] {
    let numbers: Vec<u64> = text
        .split(' ')
        .map(|number| number.parse().unwrap())
        .collect();
    numbers.try_into().unwrap()
}
