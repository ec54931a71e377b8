//! Commits that wait for the writer.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use super::group::Job;

pub(super) struct Queue<E> {
    waiting: Mutex<Waiting<E>>,
    arrived: Condvar,
}

struct Waiting<E> {
    jobs: VecDeque<(Ticket, Job<E>)>,
    next: u64,
    /// The writer sleeps and must be woken.
    asleep: bool,
    closed: bool,
}

/// Names a job in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket(u64);

impl<E> Queue<E> {
    pub(super) fn new() -> Self {
        let waiting = Waiting {
            jobs: VecDeque::new(),
            next: 0,
            asleep: false,
            closed: false,
        };
        Self {
            waiting: Mutex::new(waiting),
            arrived: Condvar::new(),
        }
    }

    /// Adds a job at the end. The writer sleeps on until [`Self::wake`].
    pub(super) fn push(&self, job: Job<E>) -> Ticket {
        let mut waiting = self.lock();
        let ticket = Ticket(waiting.next);
        waiting.next += 1;
        waiting.jobs.push_back((ticket, job));
        ticket
    }

    /// Lets the writer look.
    pub(super) fn wake(&self) {
        let mut waiting = self.lock();
        if waiting.asleep && !waiting.jobs.is_empty() {
            waiting.asleep = false;
            self.arrived.notify_one();
        }
    }

    /// Takes the job back if it is the only one.
    pub(super) fn withdraw_alone(&self, ticket: Ticket) -> Option<Job<E>> {
        let mut waiting = self.lock();
        let alone = waiting.jobs.len() == 1 && waiting.jobs[0].0 == ticket;
        if alone {
            waiting.jobs.pop_front().map(|(_, job)| job)
        } else {
            None
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lock().jobs.is_empty()
    }

    /// Waits for jobs. False: there are none, and none will come.
    pub(super) fn wait(&self) -> bool {
        let mut waiting = self.lock();
        while waiting.jobs.is_empty() && !waiting.closed {
            waiting.asleep = true;
            waiting = self
                .arrived
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
        waiting.asleep = false;
        !waiting.jobs.is_empty()
    }

    /// Takes the first jobs, at most `most`.
    pub(super) fn take(&self, most: usize) -> VecDeque<Job<E>> {
        let mut waiting = self.lock();
        let count = waiting.jobs.len().min(most);
        waiting.jobs.drain(..count).map(|(_, job)| job).collect()
    }

    /// No more jobs will come; those that wait are still done.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_one();
    }

    /// Whether the writer waits to be woken. Just started, it looks by itself.
    #[cfg(test)]
    pub(super) fn is_writer_asleep(&self) -> bool {
        self.lock().asleep
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<E>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
