//! What callers of the committer may rely on.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use super::super::{
    NewBody, Row, SqliteStore,
    testing::{Chain, chain_of, fresh, put},
};
use super::*;

fn committer() -> (tempfile::TempDir, Arc<SqliteStore>, Committer<Chain>) {
    let (folder, store) = fresh();
    let committer = Committer::new(Arc::clone(&store), Chain::default()).unwrap();
    // Until then it takes what is queued without being woken.
    while !committer.shared.queue.is_writer_asleep() {
        thread::yield_now();
    }
    (folder, store, committer)
}

#[test]
fn a_commit_is_there_with_its_entry_and_its_header() {
    let (_folder, store, committer) = committer();
    assert_eq!(committer.commit_blocking(put("s/1", "one")), Ok(1));
    assert_eq!(committer.commit_blocking(put("s/1", "two")), Ok(2));
    assert_eq!(
        store.get(b"s/1"),
        Ok(Some(Row {
            revision: 2,
            value: b"two".to_vec()
        }))
    );
    assert_eq!(chain_of(&*store), ["put s/1", "put s/1"]);
    let head = store.head().unwrap();
    assert_eq!(head.generation, 2);
    assert_eq!(head.mac[..8], 2_u64.to_be_bytes());
    assert_eq!(head.manifest[..8], 2_u64.to_be_bytes());
}

#[test]
fn an_expectation_that_fails_leaves_nothing() {
    let (_folder, store, committer) = committer();
    committer.commit_blocking(put("s/1", "one")).unwrap();
    for (key, revision) in [("s/1", None), ("s/1", Some(7)), ("s/2", Some(1))] {
        let mut commit = put("s/3", "three");
        commit.expect = vec![(key.into(), revision)];
        commit.after = Box::new(|_| panic!("it was not committed"));
        let conflict = CommitError::Conflict { key: key.into() };
        assert_eq!(committer.commit_blocking(commit), Err(conflict));
    }
    assert_eq!(store.get(b"s/3"), Ok(None));
    assert_eq!(store.generation(), Ok(1));
    assert_eq!(chain_of(&*store).len(), 1);
}

#[test]
fn what_fails_to_be_written_leaves_nothing_and_the_next_one_works() {
    let (_folder, store, committer) = committer();
    committer.commit_blocking(put("s/1", "one")).unwrap();
    let mut huge = put("s/2", "two");
    huge.entry = "huge".into();
    assert_eq!(
        committer.commit_blocking(huge),
        Err(StoreError::TooLarge.into())
    );
    assert_eq!(store.get(b"s/2"), Ok(None));
    assert_eq!(committer.commit_blocking(put("s/3", "three")), Ok(2));
    assert_eq!(chain_of(&*store), ["put s/1", "put s/3"]);
}

#[test]
fn a_panic_of_the_ledger_is_not_the_end() {
    let (_folder, store, committer) = committer();
    committer.commit_blocking(put("s/1", "one")).unwrap();
    let mut broken = put("s/2", "two");
    broken.entry = "panic".into();
    let panicked = panic::catch_unwind(AssertUnwindSafe(|| committer.commit_blocking(broken)));
    assert!(panicked.is_err());
    assert_eq!(committer.commit_blocking(put("s/3", "three")), Ok(2));
    assert_eq!(chain_of(&*store), ["put s/1", "put s/3"]);
}

#[test]
fn the_header_changes_only_from_the_body_that_was_read() {
    let (_folder, store, committer) = committer();
    let change = |expect: &str, body: &str| {
        let mut commit = put("c/slots", body);
        commit.body = Some(NewBody {
            expect: expect.into(),
            body: body.into(),
        });
        commit
    };
    assert_eq!(
        committer.commit_blocking(change("header", "longer header")),
        Ok(1)
    );
    assert_eq!(store.head().unwrap().body, b"longer header");
    assert_eq!(store.head().unwrap().mac[8..16], 13_u64.to_be_bytes());
    let conflict = CommitError::Conflict { key: Vec::new() };
    assert_eq!(
        committer.commit_blocking(change("header", "other")),
        Err(conflict)
    );
    assert_eq!(committer.commit_blocking(put("s/1", "one")), Ok(2));
    assert_eq!(store.head().unwrap().mac[8..16], 13_u64.to_be_bytes());
}

/// Holds the desk while `queue` is filled, so that its jobs meet in one group.
fn together(committer: &Committer<Chain>, commits: Vec<Commit<String>>) -> Vec<Outcome> {
    let mut told = Vec::new();
    let desk = committer.shared.desk.lock().unwrap();
    for commit in commits {
        let (teller, answer) = mpsc::sync_channel(1);
        committer.shared.queue.push(Job {
            commit,
            waiter: Waiter::Thread(teller),
        });
        told.push(answer);
    }
    committer.shared.queue.wake();
    drop(desk);
    told.into_iter()
        .map(|told| told.recv().unwrap_or(Err(CommitError::Interrupted)))
        .collect()
}

#[test]
fn a_group_is_one_transaction_and_drops_only_who_conflicts() {
    let (_folder, store, committer) = committer();
    let mut expects = put("s/2", "late");
    expects.expect = vec![(b"s/2".to_vec(), None)];
    let mut first = put("s/2", "first");
    first.expect = vec![(b"s/2".to_vec(), None)];
    let mut too_large = put("s/5", "");
    too_large.puts[0].1 = vec![0; 20 << 20];
    let group = vec![
        put("s/1", "one"),
        first,
        expects,
        too_large,
        put("s/3", "three"),
    ];
    let conflict = CommitError::Conflict {
        key: b"s/2".to_vec(),
    };
    let told = together(&committer, group);
    let expected = [
        Ok(1),
        Ok(1),
        Err(conflict),
        Err(StoreError::TooLarge.into()),
        Ok(1),
    ];
    assert_eq!(told, expected);
    assert_eq!(store.get(b"s/2").unwrap().unwrap().value, b"first");
    assert_eq!(chain_of(&*store), ["put s/1", "put s/2", "put s/3"]);
}

#[test]
fn who_overwrites_a_record_of_the_group_goes_into_the_next_one() {
    let (_folder, store, committer) = committer();
    let mut delete = put("s/2", "two");
    delete.deletes = vec![b"s/1".to_vec()];
    let mut again = put("s/1", "new");
    again.expect = vec![(b"s/1".to_vec(), None)];
    let told = together(
        &committer,
        vec![
            put("s/1", "one"),
            put("s/1", "other"),
            delete,
            again,
            put("s/9", "nine"),
        ],
    );
    // The third and the fourth each touch what the one before them wrote.
    assert_eq!(told, [Ok(1), Ok(2), Ok(3), Ok(4), Ok(4)]);
    assert_eq!(
        store.get(b"s/1"),
        Ok(Some(Row {
            revision: 4,
            value: b"new".to_vec()
        }))
    );
}

#[test]
fn a_group_that_fails_fails_for_all_and_stays_out_of_the_chain() {
    let (_folder, store, committer) = committer();
    let mut huge = put("s/2", "two");
    huge.entry = "huge".into();
    let told = together(&committer, vec![put("s/1", "one"), huge]);
    assert_eq!(told, vec![Err(CommitError::from(StoreError::TooLarge)); 2]);
    assert_eq!(store.generation(), Ok(0));
    let mut broken = put("s/2", "two");
    broken.entry = "panic".into();
    let told = together(&committer, vec![broken, put("s/3", "three")]);
    assert_eq!(told, vec![Err(CommitError::Interrupted); 2]);
    assert_eq!(committer.commit_blocking(put("s/4", "four")), Ok(1));
    assert_eq!(chain_of(&*store), ["put s/4"]);
}

#[test]
fn callers_are_told_in_the_order_of_commits_and_after_theirs_has_run() {
    let (_folder, _store, committer) = committer();
    let order = Arc::new(Mutex::new(Vec::new()));
    let commits = (0..10)
        .map(|number| {
            let order = Arc::clone(&order);
            let mut commit = put(&format!("s/{number}"), "x");
            commit.after = Box::new(move |_| order.lock().unwrap().push(number));
            commit
        })
        .collect();
    together(&committer, commits);
    assert_eq!(*order.lock().unwrap(), (0..10).collect::<Vec<_>>());
}

#[test]
fn tasks_on_one_thread_share_a_transaction() {
    let (_folder, store, committer) = committer();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let committer = Arc::new(committer);
    runtime.block_on(async {
        let tasks: Vec<_> = (0..64)
            .map(|number| {
                let committer = Arc::clone(&committer);
                let commit = put(&format!("s/{number:02}"), "x");
                tokio::spawn(async move { committer.commit(commit).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    assert_eq!(store.generation(), Ok(1));
    assert_eq!(chain_of(&*store).len(), 64);
}

#[test]
fn a_lone_task_commits_on_its_own_thread_and_needs_no_runtime() {
    let (_folder, _store, committer) = committer();
    let ran_on = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&ran_on);
    let mut commit = put("s/1", "one");
    commit.after = Box::new(move |_| *seen.lock().unwrap() = Some(thread::current().id()));
    let mut future = std::pin::pin!(committer.commit(commit));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let outcome = loop {
        if let std::task::Poll::Ready(outcome) = future.as_mut().poll(&mut context) {
            break outcome;
        }
    };
    assert_eq!(outcome, Ok(1));
    assert_eq!(*ran_on.lock().unwrap(), Some(thread::current().id()));
}

#[test]
fn a_future_that_is_dropped_leaves_no_job_behind() {
    let (_folder, store, committer) = committer();
    {
        let mut future = std::pin::pin!(committer.commit(put("s/1", "one")));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_pending());
    }
    // It had queued its job; the writer does it without being asked by anybody else.
    drop(committer);
    assert_eq!(store.generation(), Ok(1));
}

#[test]
fn many_threads_lose_nothing() {
    let (_folder, store, committer) = committer();
    let conflicts = AtomicU64::new(0);
    thread::scope(|scope| {
        for caller in 0..8 {
            let (store, committer, conflicts) = (&store, &committer, &conflicts);
            scope.spawn(move || {
                for step in 0..50 {
                    add_one(
                        store,
                        committer,
                        &format!("s/{}", (caller + step) % 3),
                        conflicts,
                    );
                }
            });
        }
    });
    let sum: u64 = ["s/0", "s/1", "s/2"]
        .map(|key| String::from_utf8(store.get(key.as_bytes()).unwrap().unwrap().value).unwrap())
        .map(|count| count.parse::<u64>().unwrap())
        .iter()
        .sum();
    assert_eq!(sum, 400);
    assert_eq!(chain_of(&*store).len(), 400);
    assert!(store.generation().unwrap() <= 400);
}

fn add_one(store: &SqliteStore, committer: &Committer<Chain>, key: &str, conflicts: &AtomicU64) {
    loop {
        let row = store.get(key.as_bytes()).unwrap();
        let count = row.as_ref().map_or(0, |row| {
            String::from_utf8_lossy(&row.value).parse::<u64>().unwrap()
        });
        let mut commit = put(key, &(count + 1).to_string());
        commit.expect = vec![(key.into(), row.map(|row| row.revision))];
        match committer.commit_blocking(commit) {
            Ok(_) => return,
            Err(CommitError::Conflict { .. }) => conflicts.fetch_add(1, Ordering::Relaxed),
            Err(error) => panic!("{error}"),
        };
    }
}
