//! What an unlocked vault works with: keys, store, index; and how a use case writes.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard,
    atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    mpsc,
};

use keyturn_api::{Changed, Code, Problem, Result, Timestamp};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    Clock, VaultSettings,
    acme::{Clients, Workers},
    api_keys::KnownKeys,
    audit::{self, AuditEntry, Entry},
    configurations::Signers,
    iam,
    index::Index,
    journal::Journal,
    problem,
    seal::{Header, Keys},
    store::{Commit, CommitError, Committer, NewBody, Row, SqliteStore, Store},
};

mod file;
mod follow;
mod late_reads;
mod load;
mod write;

pub(crate) use file::{File, NO_MANIFEST, create_file, open_file, read_header};
use write::IndexChange;
pub(crate) use write::{Write, WriteError};

/// Reads that are kept to be recorded later, at most.
const LATE_RECORDS: usize = 1000;

/// An unlocked vault.
pub(crate) struct Opened {
    id: Uuid,
    keys: Arc<Keys>,
    store: Arc<SqliteStore>,
    committer: Committer<Journal>,
    memory: Arc<Memory>,
    settings: RwLock<KnownSettings>,
    clock: Arc<dyn Clock>,
    /// Ends the watching thread when it is dropped.
    watching: Mutex<Option<mpsc::Sender<()>>>,
    /// Reads whose record could not be written yet.
    unrecorded: Mutex<Vec<Entry>>,
    late_reads: late_reads::LateReads,
    pub(crate) signers: Signers,
    /// Clients of the authorities that orders are placed with.
    pub(crate) acme: Clients,
    /// Which orders this program works on.
    pub(crate) workers: Workers,
    /// What this program is at in IAM.
    pub(crate) iam: iam::State,
    /// The vault was locked: what takes long ends at its next step.
    closed: AtomicBool,
}

/// The settings as they were read last, and the revision of their record.
type KnownSettings = (VaultSettings, Option<u64>);

/// What is kept in memory and must follow the store.
struct Memory {
    index: RwLock<Index>,
    /// Generation of the store that the index shows.
    applied: AtomicU64,
    /// One at a time applies what changed.
    applying: Mutex<()>,
    header: RwLock<Header>,
    api_keys: RwLock<KnownKeys>,
    changed: watch::Sender<u64>,
    /// Secrets whose record does not open.
    unreadable: AtomicUsize,
}

impl Opened {
    pub(crate) fn id(&self) -> Uuid {
        self.id
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Row>> {
        self.store.get(key).map_err(|error| problem::store(&error))
    }

    /// The records under these keys, in their order, all as of one moment.
    pub(crate) fn get_all<const COUNT: usize>(
        &self,
        keys: [&[u8]; COUNT],
    ) -> Result<[Option<Row>; COUNT]> {
        let rows = self
            .store
            .get_all(&keys)
            .map_err(|error| problem::store(&error))?;
        let mut rows = rows.into_iter();
        Ok(std::array::from_fn(|_| rows.next().flatten()))
    }

    /// The keys of all records whose key starts so, in their order.
    pub(crate) fn keys_under(&self, prefix: &[u8]) -> Result<Vec<Vec<u8>>> {
        let mut keys = Vec::new();
        self.store
            .range(prefix, &mut |key, _, _| {
                keys.push(key.to_vec());
                std::ops::ControlFlow::Continue(())
            })
            .map_err(|error| problem::store(&error))?;
        Ok(keys)
    }

    /// The index, up to date with what any process has committed.
    pub(crate) fn index(&self) -> RwLockReadGuard<'_, Index> {
        // A store that cannot be read now is asked again at the next look.
        let _ = self.catch_up();
        self.memory
            .index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The API keys, up to date with what any process has committed. Unlike the index they are
    /// not given out if that cannot be told: a key may have been revoked.
    pub(crate) fn api_keys(&self) -> Result<RwLockReadGuard<'_, KnownKeys>> {
        self.catch_up()?;
        Ok(self
            .memory
            .api_keys
            .read()
            .unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn header(&self) -> Header {
        self.memory
            .header
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn settings(&self) -> VaultSettings {
        self.known_settings().0
    }

    /// With the revision that a commit which relies on them expects: another process may have
    /// changed them a moment ago.
    pub(crate) fn known_settings(&self) -> KnownSettings {
        *self.settings.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn reload_settings(&self) -> Result<()> {
        let settings = VaultSettings::load_with_revision(self)?;
        *self
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    pub(crate) fn changed(&self) -> Changed {
        self.memory.changed.subscribe()
    }

    /// From now on, work that takes long ends at its next step.
    pub(crate) fn close(&self) {
        self.end_late_reads(|| self.closed.store(true, Ordering::Release));
    }

    /// Refuses the next step of work that takes long once the vault was locked.
    pub(crate) fn still_open(&self) -> Result<()> {
        if self.closed.load(Ordering::Acquire) {
            return Err(problem::locked());
        }
        Ok(())
    }

    /// Tells of a change that only the clock made.
    pub(crate) fn announce(&self) {
        self.memory.changed.send_modify(|_| {});
    }

    /// Nothing is saved before there is a way in besides the keyring: a keyring that is reset
    /// would lose everything.
    pub(crate) fn require_recovery(&self) -> Result<()> {
        let header = self
            .memory
            .header
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if header.outlives_keyring() {
            return Ok(());
        }
        Err(Problem::new(
            Code::RecoveryRequired,
            "The recovery code was not confirmed yet, so nothing can be saved.",
        )
        .remedy("Finish setting up the recovery code."))
    }

    /// Writes, durably when it returns. Gives the generation of the store, which is the revision
    /// of every record that was put.
    pub(crate) async fn write(&self, write: Write) -> std::result::Result<u64, WriteError> {
        let Write {
            expect,
            puts,
            deletes,
            audit,
            index,
        } = write;
        let memory = Arc::clone(&self.memory);
        let after = Box::new(move |generation| memory.apply_own(generation, index));
        let commit = Commit {
            expect,
            puts,
            deletes,
            body: None,
            entry: audit,
            after,
        };
        let generation = self.committer.commit(commit).await.map_err(failed)?;
        self.record_late().await;
        Ok(generation)
    }

    /// Notes a read whose record cannot be written now. A vault that cannot be written must still
    /// give its values out: the record follows with the next commit that succeeds.
    pub(crate) fn record_later(&self, entry: Entry) {
        let mut unrecorded = self.unrecorded();
        if unrecorded.len() < LATE_RECORDS {
            unrecorded.push(entry);
        }
    }

    async fn record_late(&self) {
        let late = std::mem::take(&mut *self.unrecorded());
        for entry in late {
            let commit = Commit {
                expect: Vec::new(),
                puts: Vec::new(),
                deletes: Vec::new(),
                body: None,
                entry: entry.clone(),
                after: self.applying_nothing(),
            };
            if self.committer.commit(commit).await.is_err() {
                self.record_later(entry);
            }
        }
    }

    fn applying_nothing(&self) -> Box<dyn FnOnce(u64) + Send> {
        let memory = Arc::clone(&self.memory);
        Box::new(move |generation| memory.apply_own(generation, Vec::new()))
    }

    fn unrecorded(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.unrecorded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// How many secrets cannot be read, because their record is damaged or of a newer version.
    pub(crate) fn unreadable(&self) -> usize {
        self.memory.unreadable.load(Ordering::Relaxed)
    }

    /// Changes the unlock methods. Somebody else's change in between is kept.
    pub(crate) fn change_header(
        &self,
        audit: &Entry,
        mut change: impl FnMut(&mut Header) -> Result<()>,
    ) -> Result<()> {
        loop {
            let (head, mut header) = file::verified_header(&self.store, &self.keys)?;
            change(&mut header)?;
            let body = header.encode().map_err(problem::header)?;
            let memory = Arc::clone(&self.memory);
            let after = Box::new(move |generation| {
                *memory
                    .header
                    .write()
                    .unwrap_or_else(PoisonError::into_inner) = header;
                memory.apply_own(generation, Vec::new());
            });
            let commit = Commit {
                expect: Vec::new(),
                puts: Vec::new(),
                deletes: Vec::new(),
                body: Some(NewBody {
                    expect: head.body,
                    body,
                }),
                entry: audit.clone(),
                after,
            };
            match self.committer.commit_blocking(commit).map_err(failed) {
                Ok(_) => return Ok(()),
                Err(WriteError::Conflict) => {}
                Err(WriteError::Failed(problem)) => return Err(problem),
            }
        }
    }

    /// Follows the audit chain; gives the number of its records.
    pub(crate) fn verify_audit(&self) -> Result<u64> {
        let verified =
            audit::verify(&self.keys, &*self.store).map_err(|error| problem::store(&error))?;
        verified.ok_or_else(|| {
            Problem::new(Code::Damaged, "The audit log was changed from outside.")
                .remedy("Compare it with a backup of the vault.")
        })
    }

    /// The audit log after a record.
    pub(crate) fn audit(&self, after: u64, most: usize) -> Result<Vec<AuditEntry>> {
        audit::read(&self.keys, &*self.store, after, most).map_err(|error| problem::store(&error))
    }

    fn applying(&self) -> MutexGuard<'_, ()> {
        self.memory
            .applying
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// Shows what this process has just committed. Commits are applied in their order; one that
    /// was seen in the store already is not applied again, for a later one may have been, too.
    fn apply_own(&self, generation: u64, changes: Vec<IndexChange>) {
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let applied = self.applied.load(Ordering::Acquire);
        if generation == applied || generation == applied + 1 {
            for change in changes {
                match change {
                    IndexChange::Put(id, record) => record.index(id, |entry| index.put(entry)),
                    IndexChange::Remove(id) => index.remove(id),
                    IndexChange::Read(id, at) => index.mark_read(id, at),
                    IndexChange::ApiKeys(keys) => self.know(KnownKeys::new(&keys, generation)),
                }
            }
            self.applied.store(generation, Ordering::Release);
        }
        // Further ahead: another process committed in between, and the next look at the index
        // catches up with both.
        drop(index);
        self.changed.send_replace(generation);
    }

    /// Keeps the API keys unless later ones are known, which another thread may have read.
    fn know(&self, keys: KnownKeys) {
        let mut known = self
            .api_keys
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if keys.is_later_than(&known) {
            *known = keys;
        }
    }
}

fn failed(error: CommitError) -> WriteError {
    match error {
        CommitError::Conflict { .. } | CommitError::Stale => WriteError::Conflict,
        CommitError::Store(error) => WriteError::Failed(problem::store(&error)),
        _ => WriteError::Failed(
            Problem::new(Code::Io, "The vault was closed while this was being saved.")
                .remedy("Unlock the vault and look whether it was saved."),
        ),
    }
}
