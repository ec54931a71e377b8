//! Reading every secret's record at start. Opening records is most of the work, so it is shared:
//! one thread reads the file, two open, decode and put into the index.

use std::{
    ops::ControlFlow,
    sync::{Mutex, PoisonError, mpsc},
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
    /// The whole index from the store.
    pub(super) fn load_index(&self) -> Result<Index> {
        let mut index = Index::default();
        load_secrets(&self.store, &self.keys, &mut index)?;
        load_reads(&self.store, &self.keys, &mut index)?;
        index.finish_load();
        Ok(index)
    }
}

fn load_secrets(store: &SqliteStore, keys: &Keys, index: &mut Index) -> Result<()> {
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
        let opened = open(keys, &batches, &index, &used);
        let helped = helping.join().unwrap_or_else(|_| Err(interrupted()));
        let read = reading.join().unwrap_or_else(|_| Err(interrupted()));
        opened.and(helped).and(read)
    })
}

/// Opens batches as long as there are any.
fn open(
    keys: &Keys,
    batches: &Mutex<mpsc::Receiver<Batch>>,
    index: &Mutex<&mut Index>,
    used: &mpsc::Sender<Batch>,
) -> Result<()> {
    let mut plain = Vec::new();
    let mut outcome = Ok(());
    loop {
        let next = batches
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(mut batch) = next else { break };
        if outcome.is_ok() {
            outcome = open_batch(keys, &batch, &mut plain, index);
        }
        batch.bytes.clear();
        batch.records.clear();
        let _ = used.send(batch);
    }
    plain.zeroize();
    outcome
}

fn open_batch(
    keys: &Keys,
    batch: &Batch,
    plain: &mut Vec<u8>,
    index: &Mutex<&mut Index>,
) -> Result<()> {
    let mut start = 0;
    for (id, end) in &batch.records {
        let sealed = &batch.bytes[start..*end];
        open_indexed(keys, *id, sealed, plain, |entry| {
            index
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .put(entry);
        })?;
        start = *end;
    }
    Ok(())
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

fn load_reads(store: &SqliteStore, keys: &Keys, index: &mut Index) -> Result<()> {
    let mut outcome: Result<()> = Ok(());
    let scanned = store.range(Reads::prefix(), &mut |key, _, sealed| {
        let Some(id) = Reads::id_of(key) else {
            return ControlFlow::Continue(());
        };
        match Reads::open(keys, id, sealed).map(|reads| reads.at()) {
            Ok(at) if at > Timestamp::EPOCH => index.mark_read(id, at),
            Ok(_) => {}
            Err(problem) => {
                outcome = Err(problem);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    });
    scanned.map_err(|error| problem::store(&error))?;
    outcome
}

fn interrupted() -> Problem {
    Problem::new(keyturn_api::Code::Io, "Reading the vault was interrupted.").remedy("Try again.")
}
