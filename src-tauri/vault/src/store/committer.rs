//! Few transactions for many callers.
//!
//! A lone caller commits on its own thread: a hop to another one would cost more than everything
//! but the disk. While the desk is taken, commits go into a queue, and a writer thread takes all
//! that wait into one transaction. Nobody waits for others to come, and there is no leader among
//! the callers: both were measured and are slower.

use std::{
    collections::VecDeque,
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, mpsc},
    thread::{self, JoinHandle},
};

use tokio::sync::oneshot;

use super::{
    Commit, CommitError, Ledger, Patience, Store, StoreError,
    group::{Desk, Job, Outcome, Waiter},
    queue::Queue,
};

/// Most commits in one transaction: enough that the disk's flush hardly counts, few enough that
/// the last one does not wait long.
const GROUP: usize = 64;

/// Writes commits into a store, many at a time when many come, each with its entry in the ledger.
pub struct Committer<L: Ledger> {
    shared: Arc<Shared<L>>,
    writer: Option<JoinHandle<()>>,
}

struct Shared<L: Ledger> {
    /// Held while writing, and until everybody is told: who is told early and commits again then
    /// queues, instead of going alone before the others.
    desk: Mutex<Desk<L>>,
    queue: Queue<L::Entry>,
}

impl<L: Ledger> Committer<L> {
    /// The ledger is read from the store before the first commit, so that what was committed
    /// since it was made is not missed.
    pub fn new(store: Arc<impl Store + 'static>, ledger: L) -> Result<Self, StoreError> {
        let desk = Mutex::new(Desk::new(store, ledger));
        let shared = Arc::new(Shared {
            desk,
            queue: Queue::new(),
        });
        let writing = Arc::clone(&shared);
        let writer = thread::Builder::new()
            .name("vault-writer".into())
            .spawn(move || writing.write_queue())?;
        Ok(Self {
            shared,
            writer: Some(writer),
        })
    }

    /// Commits, durably when it returns, and gives the new generation. For threads that may wait.
    pub fn commit_blocking(&self, commit: Commit<L::Entry>) -> Outcome {
        let shared = &*self.shared;
        if shared.queue.is_empty()
            && let Some(mut desk) = shared.try_desk()
        {
            let mut alone = VecDeque::from([Job {
                commit,
                waiter: Waiter::Here,
            }]);
            let settled = desk.write(&mut alone, Patience::Wait)?.pop();
            return settled.map_or(Err(CommitError::Interrupted), |(_, outcome)| outcome);
        }
        let (teller, told) = mpsc::sync_channel(1);
        shared.queue.push(Job {
            commit,
            waiter: Waiter::Thread(teller),
        });
        shared.queue.wake();
        told.recv().unwrap_or(Err(CommitError::Interrupted))
    }

    /// Commits, durably when it resolves, and gives the new generation. A future that is dropped
    /// may have committed or not.
    pub async fn commit(&self, commit: Commit<L::Entry>) -> Outcome {
        let shared = &*self.shared;
        let (teller, told) = oneshot::channel();
        let ticket = shared.queue.push(Job {
            commit,
            waiter: Waiter::Task(teller),
        });
        {
            let _wake = WakeOnDrop(shared);
            // Tasks that are ready now get their turn, about a microsecond. If they commit, too,
            // all go into one transaction, even on a runtime with a single thread.
            tokio::task::yield_now().await;
            if let Some(mut desk) = shared.try_desk()
                && let Some(job) = shared.queue.withdraw_alone(ticket)
            {
                let mut alone = VecDeque::from([job]);
                match desk.write(&mut alone, Patience::None) {
                    Ok(settled) => tell(settled),
                    // To wait for another process is for the writer thread.
                    Err(StoreError::Busy) => {
                        for job in alone {
                            shared.queue.push(job);
                        }
                    }
                    Err(error) => refuse(alone, &error),
                }
            }
        }
        told.await.unwrap_or(Err(CommitError::Interrupted))
    }
}

/// Finishes what waits, then ends the writer thread.
impl<L: Ledger> Drop for Committer<L> {
    fn drop(&mut self) {
        self.shared.queue.close();
        if let Some(writer) = self.writer.take()
            // The last owner may have been something that ran after a commit.
            && writer.thread().id() != thread::current().id()
        {
            let _ = writer.join();
        }
    }
}

impl<L: Ledger> Shared<L> {
    fn write_queue(&self) {
        while self.queue.wait() {
            let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
            let mut jobs = self.queue.take(GROUP);
            while !jobs.is_empty() {
                let write = AssertUnwindSafe(|| desk.write(&mut jobs, Patience::Wait));
                match panic::catch_unwind(write) {
                    Ok(Ok(settled)) => tell(settled),
                    Ok(Err(error)) => refuse(std::mem::take(&mut jobs), &error),
                    // Dropped, they tell their callers that the outcome is not known.
                    Err(_) => jobs.clear(),
                }
            }
        }
    }

    fn try_desk(&self) -> Option<MutexGuard<'_, Desk<L>>> {
        match self.desk.try_lock() {
            Ok(desk) => Some(desk),
            Err(TryLockError::Poisoned(desk)) => Some(desk.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

/// Wakes the writer also when the future that queued a job is dropped.
struct WakeOnDrop<'a, L: Ledger>(&'a Shared<L>);

impl<L: Ledger> Drop for WakeOnDrop<'_, L> {
    fn drop(&mut self) {
        self.0.queue.wake();
    }
}

fn tell(settled: Vec<(Waiter, Outcome)>) {
    for (waiter, outcome) in settled {
        waiter.tell(outcome);
    }
}

fn refuse<E>(jobs: VecDeque<Job<E>>, error: &StoreError) {
    for job in jobs {
        job.waiter.tell(Err(error.clone().into()));
    }
}

#[cfg(test)]
mod tests;
