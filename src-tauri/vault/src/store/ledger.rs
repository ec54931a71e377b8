//! What stands in every transaction besides the commits themselves.

use super::{Put, Store, StoreError};

/// Keeps a chain of entries and the header's checksum. It is asked inside the write transaction,
/// one caller at a time, so that each entry knows the one before it.
pub trait Ledger: Send + 'static {
    /// What is noted of one commit.
    type Entry: Send + 'static;

    /// Reads the end of the chain from the store: at the start, and when another process
    /// committed.
    fn reload(&mut self, store: &dyn Store) -> Result<(), StoreError>;

    /// Marks the state that [`Self::rollback`] returns to.
    fn checkpoint(&mut self);

    /// Forgets what was appended since the last checkpoint: it was not written.
    fn rollback(&mut self);

    /// The records that note this entry.
    fn append(&mut self, entry: &Self::Entry) -> Vec<Put>;

    /// What the header says once everything appended so far is written.
    fn head(&mut self, body: &[u8], generation: u64) -> HeadMark;
}

/// The parts of the header that change with every transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadMark {
    /// The keyed checksum over the rest of the header.
    pub mac: [u8; 32],
    /// The root over all records.
    pub manifest: [u8; 32],
}
