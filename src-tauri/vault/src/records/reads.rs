//! When values of a secret were read. A record of its own, so that reading never makes the
//! change of somebody else a conflict.

use keyturn_api::{Result, Timestamp};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{key, open, seal};
use crate::seal::{Keys, Kind, RecordId};

/// The reads of a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Reads {
    /// Milliseconds since the Unix epoch; 0: never.
    #[n(0)]
    retrieved_at: i64,
    /// Numbers of the versions whose value was read.
    #[n(1)]
    downloaded: Vec<u32>,
}

impl Reads {
    const PREFIX: &[u8] = b"r/";

    pub(crate) fn key(secret: Uuid) -> Vec<u8> {
        key(Self::PREFIX, secret.as_bytes())
    }

    pub(crate) const fn prefix() -> &'static [u8] {
        Self::PREFIX
    }

    pub(crate) fn id_of(key: &[u8]) -> Option<Uuid> {
        Uuid::from_slice(key.strip_prefix(Self::PREFIX)?).ok()
    }

    const fn record_id(secret: Uuid) -> RecordId {
        RecordId {
            kind: Kind::Secret,
            object: secret,
            field: 1,
            version: 0,
        }
    }

    pub(crate) fn seal(&self, keys: &Keys, secret: Uuid) -> Vec<u8> {
        seal(keys, &Self::record_id(secret), self)
    }

    pub(crate) fn open(keys: &Keys, secret: Uuid, sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::record_id(secret), sealed)
    }

    /// When a value was last read; the epoch date if never.
    pub(crate) const fn at(&self) -> Timestamp {
        Timestamp::from_millis(self.retrieved_at)
    }

    /// Whether the value of the version with this number was read.
    pub(crate) fn has(&self, number: u32) -> bool {
        self.downloaded.contains(&number)
    }

    /// Notes a read. Only the newest 50 versions can still be asked for.
    pub(crate) fn note(&mut self, number: u32, at: Timestamp) {
        self.retrieved_at = at.millis();
        if !self.has(number) {
            self.downloaded.push(number);
            self.downloaded.sort_unstable();
            let surplus = self
                .downloaded
                .len()
                .saturating_sub(keyturn_api::fields::VERSIONS);
            self.downloaded.drain(..surplus);
        }
    }
}
