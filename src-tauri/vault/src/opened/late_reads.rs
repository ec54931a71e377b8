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

/// Kinds of reads that wait, at most; more are recorded first.
const MOST: usize = 1000;
/// Records that are written at once: enough to fill the groups of commits.
const AT_ONCE: usize = 64;

/// What was read by whom, and is not recorded yet.
#[derive(Default)]
pub(super) struct LateReads(Mutex<HashMap<Read, Late>>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Read {
    secret: Uuid,
    number: u32,
    action: &'static str,
    actor: String,
}

struct Late {
    entry: Entry,
    count: u32,
    last: Timestamp,
}

impl LateReads {
    fn locked(&self) -> MutexGuard<'_, HashMap<Read, Late>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Opened {
    /// Notes a read of a version, to be recorded within a second. False: so many wait that this one
    /// is to be recorded first.
    pub(crate) fn note_read(
        &self,
        caller: &Caller,
        secret: Uuid,
        number: u32,
        action: Action,
        now: Timestamp,
    ) -> bool {
        let read = Read {
            secret,
            number,
            action: action.name(),
            actor: caller.id.clone(),
        };
        let mut late = self.late_reads.locked();
        if let Some(known) = late.get_mut(&read) {
            known.count = known.count.saturating_add(1);
            known.last = now;
            return true;
        }
        if late.len() >= MOST {
            return false;
        }
        let entry = Entry::new(action, caller, secret, now);
        late.insert(
            read,
            Late {
                entry,
                count: 1,
                last: now,
            },
        );
        true
    }

    /// Records what waits. What cannot be written now waits on.
    pub(super) fn record_reads(&self) {
        let late = std::mem::take(&mut *self.late_reads.locked());
        if late.is_empty() {
            return;
        }
        let recording = stream::iter(late)
            .map(|(read, late)| self.record_one(read, late))
            .buffer_unordered(AT_ONCE)
            .collect::<()>();
        wait(recording);
    }

    async fn record_one(&self, read: Read, late: Late) {
        let entry = late.entry.clone().times(late.count);
        loop {
            let mut write = Write::new(entry.clone());
            self.put_read(&read, late.last, &mut write);
            match self.write(write).await {
                Ok(_) => return,
                Err(WriteError::Conflict) => {}
                Err(WriteError::Failed(_)) => {
                    let mut waiting = self.late_reads.locked();
                    let count = late.count;
                    let known = waiting.entry(read).or_insert(Late { count: 0, ..late });
                    known.count = known.count.saturating_add(count);
                    return;
                }
            }
        }
    }

    /// When it was read, beside the record; nothing for a secret that was deleted since.
    fn put_read(&self, read: &Read, last: Timestamp, write: &mut Write) {
        let (secret, key) = (SecretRecord::key(read.secret), Reads::key(read.secret));
        let Ok(Some(found)) = self.get(&secret) else {
            return;
        };
        let Ok(row) = self.get(&key) else { return };
        let revision = row.as_ref().map(|row| row.revision);
        let mut reads = row
            .and_then(|row| Reads::open(&self.keys, read.secret, &row.value).ok())
            .unwrap_or_default();
        reads.note(read.number, reads.at().max(last));
        write.expect(secret, Some(found.revision)); // not one that was deleted
        write.expect(key.clone(), revision);
        write.put(key, reads.seal(&self.keys, read.secret));
        write.index_read(read.secret, reads.at());
    }
}
