//! What stands in every commit besides what the caller wants: the audit record and the header's
//! MAC over the new generation.

use std::{ops::ControlFlow, sync::Arc};

use crate::{
    audit::{AuditRecord, Entry, Tail},
    opened::NO_MANIFEST,
    seal::{Keys, header},
    store::{HeadMark, Ledger, Put, Scan, Store, StoreError},
};

/// The chain's end, as the last commit left it.
pub(crate) struct Journal {
    keys: Arc<Keys>,
    tail: Tail,
    /// What [`Ledger::rollback`] goes back to.
    saved: Tail,
}

impl Journal {
    /// Finds the end of the chain. A damaged end keeps nobody from reading: the first commit looks
    /// again, and is refused.
    pub(crate) fn load(keys: Arc<Keys>, store: &dyn Store) -> Result<Self, StoreError> {
        let tail = match last(&keys, store) {
            Err(StoreError::Damaged(_)) => Tail::default(),
            found => found?,
        };
        Ok(Self {
            keys,
            tail,
            saved: tail,
        })
    }
}

impl Ledger for Journal {
    type Entry = Entry;

    fn reload(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        // The commit to come puts a MAC on the header that is there: only on one that had one.
        let head = store.head()?;
        header::verify(
            &self.keys,
            &head.body,
            head.generation,
            &head.manifest,
            &head.mac,
        )
        .map_err(|_| StoreError::Damaged("the header was changed from outside"))?;
        self.tail = last(&self.keys, store)?;
        self.saved = self.tail;
        Ok(())
    }

    fn checkpoint(&mut self) {
        self.saved = self.tail;
    }

    fn rollback(&mut self) {
        self.tail = self.saved;
    }

    fn append(&mut self, entry: &Entry) -> Vec<Put> {
        vec![self.tail.append(&self.keys, entry)]
    }

    fn head(&mut self, body: &[u8], generation: u64) -> HeadMark {
        HeadMark {
            mac: header::mac(&self.keys, body, generation, &NO_MANIFEST),
            manifest: NO_MANIFEST,
        }
    }
}

/// The end of the chain in the store. A last record that does not open is damage: going on
/// behind it would hide it.
fn last(keys: &Keys, store: &dyn Store) -> Result<Tail, StoreError> {
    let mut tail = Some(Tail::default());
    store.scan(
        &Scan::prefix(AuditRecord::prefix()).descending().limit(1),
        &mut |key, _, value| {
            tail = Tail::at(keys, key, value);
            ControlFlow::Break(())
        },
    )?;
    tail.ok_or(StoreError::Damaged("the last audit record does not open"))
}
