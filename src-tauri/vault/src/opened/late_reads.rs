//! Reads by programs, which are recorded in groups within a second after the answer: as many as come
//! would else be as slow as the disk. One record says how often it was read.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures_util::{StreamExt, stream};
use keyturn_api::{Action, Caller, Timestamp};
use uuid::Uuid;

use super::{Opened, Write, WriteError};
use crate::{
    audit::Entry,
    records::{Reads, SecretRecord},
    wait,
};

/// Secrets whose reads wait, at most; those of more are recorded first.
const MOST: usize = 10_000;
/// The same for versions and callers of one secret.
const MOST_OF_ONE: usize = 50;
/// Records that are written at once: enough to fill the groups of commits.
const AT_ONCE: usize = 64;

/// What was read by whom, and is not recorded yet: by secret.
#[derive(Default)]
pub(super) struct LateReads {
    waiting: Mutex<HashMap<Uuid, Vec<Late>>>,
    /// One at a time records, so that none is recorded twice.
    recording: Mutex<()>,
}

/// Reads of one version by one caller.
#[derive(Clone)]
struct Late {
    secret: Uuid,
    number: u32,
    action: Action,
    actor: String,
    count: u32,
    first: Timestamp,
    last: Timestamp,
}

impl LateReads {
    fn locked(&self) -> MutexGuard<'_, HashMap<Uuid, Vec<Late>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Opened {
    /// Notes a read of a version, to be recorded within a second. False: so many wait, or the
    /// vault is being locked, that this one is to be recorded first.
    pub(crate) fn note_read(
        &self,
        caller: &Caller,
        secret: Uuid,
        number: u32,
        action: Action,
        now: Timestamp,
    ) -> bool {
        let mut waiting = self.late_reads.locked();
        if self.still_open().is_err() {
            return false; // nobody comes for what waits any more
        }
        let full = waiting.len() >= MOST;
        match waiting.get_mut(&secret) {
            None if full => return false,
            None => {}
            // the usual case: the same program reads again
            Some(list) => {
                let is_this = |known: &&mut Late| {
                    known.number == number && known.action == action && known.actor == caller.id
                };
                if let Some(known) = list.iter_mut().find(is_this) {
                    known.count = known.count.saturating_add(1);
                    known.last = now;
                    return true;
                }
            }
        }
        let late = Late {
            secret,
            number,
            action,
            actor: caller.id.clone(),
            count: 1,
            first: now,
            last: now,
        };
        add(waiting.entry(secret).or_default(), late)
    }

    /// The reads of a secret with those that are not recorded yet.
    pub(crate) fn with_late_reads(&self, secret: Uuid, mut reads: Reads) -> Reads {
        for late in self.late_reads.locked().get(&secret).into_iter().flatten() {
            reads.note(late.number, reads.at().max(late.last));
        }
        reads
    }

    /// From now on nothing waits: what does is recorded, and what comes is recorded first.
    pub(super) fn end_late_reads(&self, end: impl FnOnce()) {
        let waiting = self.late_reads.locked();
        end();
        drop(waiting);
        self.record_reads();
    }

    /// Records what waits. What cannot be written now waits on.
    pub(super) fn record_reads(&self) {
        let _one = self.late_reads.recording.lock();
        // They stay until they are recorded, so that nobody sees them gone in between.
        let late: Vec<Late> = self
            .late_reads
            .locked()
            .values()
            .flatten()
            .cloned()
            .collect();
        if late.is_empty() {
            return;
        }
        let recording = stream::iter(late)
            .map(|late| self.record_one(late))
            .buffer_unordered(AT_ONCE)
            .collect::<()>();
        wait(recording);
    }

    async fn record_one(&self, late: Late) {
        let entry = Entry::read(late.action, &late.actor, late.secret, late.first);
        let entry = entry.times(late.count);
        loop {
            let mut write = Write::new(entry.clone());
            self.put_read(&late, &mut write);
            match self.write(write).await {
                Ok(_) => return self.forget_read(&late),
                Err(WriteError::Conflict) => {}
                Err(WriteError::Failed(_)) => return,
            }
        }
    }

    /// Takes what was recorded from what waits; it may have been read again meanwhile.
    fn forget_read(&self, recorded: &Late) {
        let mut waiting = self.late_reads.locked();
        let Some(list) = waiting.get_mut(&recorded.secret) else {
            return;
        };
        if let Some(known) = list.iter_mut().find(|known| known.is_like(recorded)) {
            known.count = known.count.saturating_sub(recorded.count);
            known.first = known.last;
        }
        list.retain(|known| known.count > 0);
        if list.is_empty() {
            waiting.remove(&recorded.secret);
        }
    }

    /// When it was read, beside the record; nothing for a secret that was deleted since.
    fn put_read(&self, late: &Late, write: &mut Write) {
        let (secret, key) = (SecretRecord::key(late.secret), Reads::key(late.secret));
        let Ok(Some(found)) = self.get(&secret) else {
            return;
        };
        let Ok(row) = self.get(&key) else { return };
        let revision = row.as_ref().map(|row| row.revision);
        let mut reads = row
            .and_then(|row| Reads::open(&self.keys, late.secret, &row.value).ok())
            .unwrap_or_default();
        reads.note(late.number, reads.at().max(late.last));
        write.expect(secret, Some(found.revision)); // not one that was deleted
        write.expect(key.clone(), revision);
        write.put(key, reads.seal(&self.keys, late.secret));
        write.index_read(late.secret, reads.at());
    }
}

impl Late {
    fn is_like(&self, other: &Self) -> bool {
        (self.number, self.action, &self.actor) == (other.number, other.action, &other.actor)
    }
}

/// Adds a read to those of its secret. False: there are too many kinds.
fn add(list: &mut Vec<Late>, late: Late) -> bool {
    if let Some(known) = list.iter_mut().find(|known| known.is_like(&late)) {
        known.count = known.count.saturating_add(1);
        known.last = late.last;
        return true;
    }
    let room = list.len() < MOST_OF_ONE;
    if room {
        list.push(late);
    }
    room
}
