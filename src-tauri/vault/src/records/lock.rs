//! The locks of a version, in one record. How many there are stands in the secret's record as
//! well, which every change of locks rewrites: so a rotation that looked at it cannot miss one.

use keyturn_api::Result;
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{open, seal};
use crate::seal::{Keys, Kind, RecordId};

/// All locks of one version, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct LocksRecord {
    #[n(0)]
    pub(crate) locks: Vec<LockRecord>,
}

/// A lock. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct LockRecord {
    #[n(0)]
    pub(crate) name: String,
    #[n(1)]
    pub(crate) description: Option<String>,
    /// JSON object.
    #[n(2)]
    pub(crate) attributes: Option<String>,
    #[n(3)]
    pub(crate) created_at: i64,
    #[n(4)]
    pub(crate) updated_at: i64,
    #[n(5)]
    pub(crate) created_by: String,
}

/// How many locks a version has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct LockCount {
    /// Number of the version.
    #[n(0)]
    pub(crate) version: u32,
    /// At least 1.
    #[n(1)]
    pub(crate) count: u32,
}

impl LocksRecord {
    /// Where the locks of the version with this serial stand.
    pub(crate) fn key(serial: &[u8; 16]) -> Vec<u8> {
        [b"l/".as_slice(), serial].concat()
    }

    const fn record_id(secret: Uuid, number: u32) -> RecordId {
        RecordId {
            kind: Kind::Version,
            object: secret,
            field: 2,
            version: number as u64,
        }
    }

    pub(crate) fn seal(&self, keys: &Keys, secret: Uuid, number: u32) -> Vec<u8> {
        seal(keys, &Self::record_id(secret, number), self)
    }

    pub(crate) fn open(keys: &Keys, secret: Uuid, number: u32, sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::record_id(secret, number), sealed)
    }

    /// Adds a lock, or replaces the one of this name, which keeps when and by whom it was made.
    pub(crate) fn put(&mut self, mut lock: LockRecord) {
        match self
            .locks
            .binary_search_by(|other| other.name.cmp(&lock.name))
        {
            Ok(at) => {
                lock.created_at = self.locks[at].created_at;
                lock.created_by.clone_from(&self.locks[at].created_by);
                self.locks[at] = lock;
            }
            Err(at) => self.locks.insert(at, lock),
        }
    }

    /// Takes away the locks with these names; none: all.
    pub(crate) fn remove(&mut self, names: Option<&[String]>) {
        match names {
            None => self.locks.clear(),
            Some(names) => self.locks.retain(|lock| !names.contains(&lock.name)),
        }
    }

    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.locks.len()).unwrap_or(u32::MAX)
    }
}
