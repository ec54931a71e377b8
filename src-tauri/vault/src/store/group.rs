//! Several commits in one transaction: who joins, who is refused, who waits for the next one.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, mpsc},
};

use tokio::sync::oneshot;

use super::{
    Batch, Commit, CommitError, HeadMark, Ledger, Patience, Store, StoreError, Transaction,
    transaction::fits,
};

/// What became of a commit: the generation it made, or why it was not made.
pub(super) type Outcome = Result<u64, CommitError>;

/// A commit, and who waits for it.
pub(super) struct Job<E> {
    pub(super) commit: Commit<E>,
    pub(super) waiter: Waiter,
}

/// Who is told the outcome.
pub(super) enum Waiter {
    /// The thread that writes it.
    Here,
    Thread(mpsc::SyncSender<Outcome>),
    Task(oneshot::Sender<Outcome>),
}

impl Waiter {
    /// A waiter that has gone away meanwhile is no error: the outcome stands.
    pub(super) fn tell(self, outcome: Outcome) {
        match self {
            Self::Here => {}
            Self::Thread(thread) => drop(thread.send(outcome)),
            Self::Task(task) => drop(task.send(outcome)),
        }
    }
}

/// What one writer at a time needs.
pub(super) struct Desk<L> {
    store: Arc<dyn Store>,
    ledger: L,
    /// The state that the ledger stands on. None: ask the store before the next transaction.
    known: Option<Known>,
}

struct Known {
    generation: u64,
    body: Vec<u8>,
}

impl<L: Ledger> Desk<L> {
    pub(super) fn new(store: Arc<dyn Store>, ledger: L) -> Self {
        Self {
            store,
            ledger,
            known: None,
        }
    }

    /// Writes, from the front of `jobs`, as many as go into one transaction; says what became of
    /// each, in order. On an error none was taken.
    pub(super) fn write(
        &mut self,
        jobs: &mut VecDeque<Job<L::Entry>>,
        patience: Patience,
    ) -> Result<Vec<(Waiter, Outcome)>, StoreError> {
        let store = Arc::clone(&self.store);
        let transaction = store.begin(patience)?;
        let known = self.known_to(&*transaction)?;
        // Should something below panic, the ledger is read from the store again.
        let mut group = Group::new(&known.body);
        self.ledger.checkpoint();
        let outcome = group
            .fill(&*transaction, jobs, &mut self.ledger)
            .map_err(CommitError::from)
            .and_then(|()| group.commit(transaction, known.generation, &mut self.ledger));
        match outcome {
            Ok(generation) => {
                let body = group.batch.body.take().unwrap_or(known.body);
                self.known = Some(Known { generation, body });
            }
            // Whether the transaction left anything is for the store to say, next time.
            Err(_) => self.ledger.rollback(),
        }
        Ok(group.settle(&outcome))
    }

    /// The state this transaction stands on, which the ledger then stands on, too.
    fn known_to(&mut self, transaction: &dyn Transaction) -> Result<Known, StoreError> {
        let generation = transaction.generation();
        if let Some(known) = self.known.take_if(|known| known.generation == generation) {
            return Ok(known);
        }
        // Another process committed. Nobody can while we hold the transaction, so what the
        // readers see is what it stands on.
        self.ledger.reload(&*self.store)?;
        Ok(Known {
            generation,
            body: transaction.body()?,
        })
    }
}

type After = Box<dyn FnOnce(u64) + Send>;

struct Group {
    body: Vec<u8>,
    batch: Batch,
    /// Keys that earlier commits of this group write, and whether they delete them.
    touched: HashMap<Vec<u8>, bool>,
    members: Vec<(Waiter, Result<After, CommitError>)>,
    joined: bool,
}

enum Verdict {
    Join,
    Refuse(CommitError),
    /// It overwrites what the group writes. Were both in one transaction, both revisions of the
    /// record would have the same number, and nobody could tell the second from the first.
    NextTime,
}

impl Group {
    fn new(body: &[u8]) -> Self {
        Self {
            body: body.to_vec(),
            batch: Batch::default(),
            touched: HashMap::new(),
            members: Vec::new(),
            joined: false,
        }
    }

    fn fill<L: Ledger>(
        &mut self,
        transaction: &dyn Transaction,
        jobs: &mut VecDeque<Job<L::Entry>>,
        ledger: &mut L,
    ) -> Result<(), StoreError> {
        while let Some(job) = jobs.pop_front() {
            match self.judge(transaction, &job.commit) {
                Ok(Verdict::Join) => self.join(job, ledger, !jobs.is_empty()),
                Ok(Verdict::Refuse(error)) => self.members.push((job.waiter, Err(error))),
                Ok(Verdict::NextTime) => {
                    jobs.push_front(job);
                    break;
                }
                Err(error) => {
                    self.members.push((job.waiter, Err(error.clone().into())));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn judge<E>(
        &self,
        transaction: &dyn Transaction,
        commit: &Commit<E>,
    ) -> Result<Verdict, StoreError> {
        let conflict = |key: &[u8]| Ok(Verdict::Refuse(CommitError::Conflict { key: key.into() }));
        for (key, revision) in &commit.expect {
            match self.touched.get(key) {
                Some(true) if revision.is_none() => return Ok(Verdict::NextTime),
                Some(_) => return conflict(key),
                None if transaction.revision(key)? != *revision => return conflict(key),
                None => {}
            }
        }
        if let Some(new) = &commit.body
            && (self.batch.body.is_some() || new.expect != self.body)
        {
            return conflict(&[]);
        }
        for (key, value) in &commit.puts {
            if let Err(error) = fits(key, value) {
                return Ok(Verdict::Refuse(error.into()));
            }
        }
        let mut keys = commit
            .puts
            .iter()
            .map(|(key, _)| key)
            .chain(&commit.deletes);
        if keys.any(|key| self.touched.contains_key(key)) {
            return Ok(Verdict::NextTime);
        }
        Ok(Verdict::Join)
    }

    fn join<L: Ledger>(&mut self, job: Job<L::Entry>, ledger: &mut L, others_follow: bool) {
        let Job { commit, waiter } = job;
        if others_follow {
            let puts = commit.puts.iter().map(|(key, _)| (key.clone(), false));
            self.touched.extend(puts);
            self.touched
                .extend(commit.deletes.iter().map(|key| (key.clone(), true)));
        }
        self.batch.puts.extend(commit.puts);
        self.batch.puts.extend(ledger.append(&commit.entry));
        self.batch.deletes.extend(commit.deletes);
        if let Some(new) = commit.body {
            self.batch.body = Some(new.body);
        }
        self.members.push((waiter, Ok(commit.after)));
        self.joined = true;
    }

    /// The generation after it: one more, or the same if nobody joined.
    fn commit<L: Ledger>(
        &mut self,
        transaction: Box<dyn Transaction + '_>,
        generation: u64,
        ledger: &mut L,
    ) -> Outcome {
        if !self.joined {
            return Ok(generation);
        }
        self.batch.expect_generation = generation;
        let body = self.batch.body.as_ref().unwrap_or(&self.body);
        let HeadMark { mac, manifest } = ledger.head(body, self.batch.generation());
        (self.batch.mac, self.batch.manifest) = (mac, manifest);
        transaction.commit(&self.batch)?;
        Ok(self.batch.generation())
    }

    /// Runs what the members want to be run, and says what became of each.
    fn settle(self, outcome: &Outcome) -> Vec<(Waiter, Outcome)> {
        let mut settled = Vec::with_capacity(self.members.len());
        for (waiter, member) in self.members {
            let told = match (member, outcome) {
                (Ok(after), Ok(generation)) => {
                    after(*generation);
                    Ok(*generation)
                }
                (Ok(_), Err(error)) => Err(error.clone()),
                (Err(refused), _) => Err(refused),
            };
            settled.push((waiter, told));
        }
        settled
    }
}
