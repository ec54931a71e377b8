//! Reading every secret's record at start. Opening records is most of the work, so it is shared:
//! one thread reads the file, two open, decode and put into the index.

use std::{
    ops::ControlFlow,
    sync::{Mutex, PoisonError, atomic::Ordering, mpsc},
    thread,
};

use keyturn_api::{Problem, Result, Timestamp};
use uuid::Uuid;
use zeroize::Zeroize;

use super::Opened;
use crate::{
    index::Index,
    problem,
    records::{Reads, SecretRecord, open_indexed},
    seal::Keys,
    store::{Scan, SqliteStore, Store},
};

/// Records that go from thread to thread at once.
const BATCH: usize = 256;
/// Batches that wait at most.
const BATCHES: usize = 4;

/// Sealed records, one after the other in one piece of memory.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    records: Vec<(Uuid, usize)>,
}

impl Opened {
    /// The whole index from the store. A record that does not open is left out and counted: it must
    /// not keep the others away from their owner.
    pub(super) fn load_index(&self) -> Result<Index> {
        let count = self.store.count(&Scan::prefix(SecretRecord::prefix()));
        let mut index = Index::with_room_for(count.map_err(|error| problem::store(&error))?);
        let unreadable = load_secrets(&self.store, &self.keys, &mut index)?;
        self.memory.unreadable.store(unreadable, Ordering::Relaxed);
        load_reads(&self.store, &self.keys, &mut index)?;
        index.finish_load();
        Ok(index)
    }
}

/// Gives the number of records that do not open.
fn load_secrets(store: &SqliteStore, keys: &Keys, index: &mut Index) -> Result<usize> {
    let (full, batches) = mpsc::sync_channel::<Batch>(BATCHES);
    // Used batches go back to the reader, so that the same few pieces of memory serve all.
    let (used, spare) = mpsc::channel();
    let batches = Mutex::new(batches);
    let index = Mutex::new(index);
    thread::scope(|scope| {
        let reading = scope.spawn(move || read(store, &full, &spare));
        let helping = {
            let (batches, index, used) = (&batches, &index, used.clone());
            scope.spawn(move || open(keys, batches, index, &used))
        };
        let unreadable = open(keys, &batches, &index, &used);
        let helped = helping.join().map_err(|_| interrupted())?;
        reading.join().unwrap_or_else(|_| Err(interrupted()))?;
        Ok(unreadable + helped)
    })
}

/// Opens batches as long as there are any; gives the number of records that do not open.
fn open(
    keys: &Keys,
    batches: &Mutex<mpsc::Receiver<Batch>>,
    index: &Mutex<&mut Index>,
    used: &mpsc::Sender<Batch>,
) -> usize {
    let mut plain = Vec::new();
    let mut unreadable = 0;
    loop {
        let next = batches
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(mut batch) = next else { break };
        unreadable += open_batch(keys, &batch, &mut plain, index);
        batch.bytes.clear();
        batch.records.clear();
        let _ = used.send(batch);
    }
    plain.zeroize();
    unreadable
}

fn open_batch(keys: &Keys, batch: &Batch, plain: &mut Vec<u8>, index: &Mutex<&mut Index>) -> usize {
    let (mut start, mut unreadable) = (0, 0);
    for (id, end) in &batch.records {
        let sealed = &batch.bytes[start..*end];
        let opened = open_indexed(keys, *id, sealed, plain, |entry| {
            index
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .put(entry);
        });
        unreadable += usize::from(opened.is_err());
        start = *end;
    }
    unreadable
}

fn read(
    store: &SqliteStore,
    full: &mpsc::SyncSender<Batch>,
    spare: &mpsc::Receiver<Batch>,
) -> Result<()> {
    let mut batch = Batch::default();
    let scan = Scan::prefix(SecretRecord::prefix()).as_stored();
    let scanned = store.scan(&scan, &mut |key, _, sealed| {
        let Some(id) = SecretRecord::id_of(key) else {
            return ControlFlow::Continue(());
        };
        batch.bytes.extend_from_slice(sealed);
        batch.records.push((id, batch.bytes.len()));
        if batch.records.len() < BATCH {
            return ControlFlow::Continue(());
        }
        let empty = spare.try_recv().unwrap_or_default();
        match full.send(std::mem::replace(&mut batch, empty)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    scanned.map_err(|error| problem::store(&error))?;
    let _ = full.send(batch);
    Ok(())
}

/// When values were read is worth less than the values: what does not open reads as never.
fn load_reads(store: &SqliteStore, keys: &Keys, index: &mut Index) -> Result<()> {
    let scanned = store.range(Reads::prefix(), &mut |key, _, sealed| {
        if let Some(id) = Reads::id_of(key)
            && let Ok(reads) = Reads::open(keys, id, sealed)
            && reads.at() > Timestamp::EPOCH
        {
            index.mark_read(id, reads.at());
        }
        ControlFlow::Continue(())
    });
    scanned.map_err(|error| problem::store(&error))
}

fn interrupted() -> Problem {
    Problem::new(keyturn_api::Code::Io, "Reading the vault was interrupted.").remedy("Try again.")
}
