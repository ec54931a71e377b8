//! Opaque bytes under keys, in one place: SQLite now, shaped so that etcd (one transaction with
//! compare on `mod_revision`, watch) fits later.
//!
//! The store knows no cryptography and no secrets. Everything it is given is sealed already, and
//! what it returns is opened, and thereby checked, by others. [`Store`] is one place,
//! [`Committer`] groups what many callers want written into few transactions of it.

use std::ops::ControlFlow;

mod change;
mod commit;
mod committer;
mod connection;
mod error;
mod group;
mod import;
mod ledger;
mod place;
mod queue;
mod readers;
mod schema;
mod sqlite;
mod transaction;

#[cfg(test)]
mod testing;

pub use change::Changes;
pub use commit::{Commit, NewBody};
pub use committer::Committer;
pub use error::{CommitError, Place, StoreError};
pub use ledger::{HeadMark, Ledger};
pub use sqlite::{SqliteStore, sqlite_version};

/// A key and the bytes to keep under it.
pub type Put = (Vec<u8>, Vec<u8>);

/// What `range` and `scan` call for each record: key, revision, value. The bytes live only
/// during the call. `Break` ends the walk.
pub type Each<'a> = &'a mut dyn FnMut(&[u8], u64, &[u8]) -> ControlFlow<()>;

/// One place of opaque bytes under keys, which several processes may have open.
///
/// The *generation* counts commits: it starts with the first header and rises by one with each
/// commit of any process. A record's *revision* is the generation of the commit that last put it.
pub trait Store: Send + Sync {
    /// The record under this key.
    fn get(&self, key: &[u8]) -> Result<Option<Row>, StoreError>;

    /// The records under these keys, in their order, all as of one generation: one look instead of
    /// several.
    fn get_all(&self, keys: &[&[u8]]) -> Result<Vec<Option<Row>>, StoreError>;

    /// Walks the records of a span of keys, all as of one generation.
    fn scan(&self, scan: &Scan, each: Each<'_>) -> Result<(), StoreError>;

    /// Walks the records whose key starts with `prefix`, ascending.
    fn range(&self, prefix: &[u8], each: Each<'_>) -> Result<(), StoreError> {
        self.scan(&Scan::prefix(prefix), each)
    }

    /// The header row.
    fn head(&self) -> Result<Head, StoreError>;

    /// The current generation: cheap (microseconds), tells whether another process committed.
    fn generation(&self) -> Result<u64, StoreError>;

    /// Which keys were touched by commits later than generation `since`.
    fn changes(&self, since: u64) -> Result<Changes, StoreError>;

    /// Begins the one write transaction there can be. Reads through `self` go on meanwhile and
    /// see the state before it.
    fn begin(&self, patience: Patience) -> Result<Box<dyn Transaction + '_>, StoreError>;

    /// Applies `batch`, all or nothing, durable when it returns.
    fn commit(&self, batch: &Batch) -> Result<(), CommitError> {
        self.begin(Patience::Wait)?.commit(batch)
    }
}

/// The write transaction: nobody else can commit while it lives. Dropped, it leaves no trace.
pub trait Transaction {
    /// The generation on top of which this transaction writes.
    fn generation(&self) -> u64;

    /// The revision of the record under this key; `None` when there is none.
    fn revision(&self, key: &[u8]) -> Result<Option<u64>, StoreError>;

    /// The header's body.
    fn body(&self) -> Result<Vec<u8>, StoreError>;

    /// Applies `batch` and ends. [`CommitError::Stale`] when it expects another generation.
    fn commit(self: Box<Self>, batch: &Batch) -> Result<(), CommitError>;
}

/// How long to wait for another process that is just writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Up to five seconds, then [`StoreError::Busy`].
    Wait,
    /// Not at all.
    None,
}

/// A record as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The generation that last put this record.
    pub revision: u64,
    /// Its sealed bytes.
    pub value: Vec<u8>,
}

/// The header row. The store keeps it and understands the generation only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The header proper: format, key slots and so on.
    pub body: Vec<u8>,
    /// How many commits were made, counted from the one that made the vault.
    pub generation: u64,
    /// The root over all records (all zero until it is used).
    pub manifest: [u8; 32],
    /// The keyed checksum over the rest of the header.
    pub mac: [u8; 32],
}

/// What one transaction writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The generation the vault must have; the batch makes it one higher.
    pub expect_generation: u64,
    /// The manifest of the state after this batch.
    pub manifest: [u8; 32],
    /// The header's checksum after this batch.
    pub mac: [u8; 32],
    /// The header's new body, if it changes.
    pub body: Option<Vec<u8>>,
    /// Records to write; each gets the new generation as its revision.
    pub puts: Vec<Put>,
    /// Keys whose records go. A key that has none is no error.
    pub deletes: Vec<Vec<u8>>,
}

impl Batch {
    /// The generation the vault has once this batch is applied.
    pub fn generation(&self) -> u64 {
        self.expect_generation + 1
    }
}

/// A span of keys and the order to walk it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    from: Vec<u8>,
    until: Option<Vec<u8>>,
    order: Order,
    limit: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Ascending,
    Descending,
    Stored,
}

impl Scan {
    /// All keys that start with `prefix`, ascending.
    pub fn prefix(prefix: &[u8]) -> Self {
        Self {
            from: prefix.to_vec(),
            until: successor(prefix),
            order: Order::Ascending,
            limit: None,
        }
    }

    /// Only keys at or after `key`.
    #[must_use]
    pub fn from(mut self, key: &[u8]) -> Self {
        if key > self.from.as_slice() {
            self.from = key.to_vec();
        }
        self
    }

    /// Only keys before `key`.
    #[must_use]
    pub fn until(mut self, key: &[u8]) -> Self {
        if self.until.as_deref().is_none_or(|until| key < until) {
            self.until = Some(key.to_vec());
        }
        self
    }

    /// Highest key first.
    #[must_use]
    pub fn descending(mut self) -> Self {
        self.order = Order::Descending;
        self
    }

    /// In whatever order is fastest to read from the disk; right for loading a whole index.
    #[must_use]
    pub fn as_stored(mut self) -> Self {
        self.order = Order::Stored;
        self
    }

    /// At most this many records.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }
}

/// The first key after all keys that start with `prefix`; `None` when there is no such key.
fn successor(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|&byte| byte != u8::MAX)?;
    let mut next = prefix[..=last].to_vec();
    next[last] += 1;
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_before_its_successor() {
        assert_eq!(successor(b"s/"), Some(b"s0".to_vec()));
        assert_eq!(successor(b"a\xff"), Some(b"b".to_vec()));
        assert_eq!(successor(b"\xff\xff"), None);
        assert_eq!(successor(b""), None);
    }

    #[test]
    fn a_span_only_narrows() {
        let scan = Scan::prefix(b"a/")
            .from(b"a/5")
            .from(b"a/2")
            .until(b"z")
            .until(b"a/9");
        assert_eq!(scan.from, b"a/5");
        assert_eq!(scan.until.as_deref(), Some(b"a/9".as_slice()));
    }
}
