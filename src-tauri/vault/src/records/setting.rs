//! Settings of a vault and what the window remembers of it, each a text under a name.

use keyturn_api::Result;
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{key, open, seal};
use crate::seal::{Keys, Kind, RecordId};

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct SettingRecord {
    #[n(0)]
    pub(crate) name: String,
    /// JSON.
    #[n(1)]
    pub(crate) value: String,
}

impl SettingRecord {
    pub(crate) fn key(name: &str) -> Vec<u8> {
        key(b"c/", name.as_bytes())
    }

    /// Settings have no id of their own: the name, hashed into the place of one, binds the seal.
    fn record_id(keys: &Keys, name: &str) -> RecordId {
        let hash = keys.index_mac(&[b"setting", name.as_bytes()]);
        let object = Uuid::from_slice(&hash[..16]).unwrap_or_default();
        RecordId {
            kind: Kind::Setting,
            object,
            field: 0,
            version: 0,
        }
    }

    pub(crate) fn seal(&self, keys: &Keys) -> Vec<u8> {
        seal(keys, &Self::record_id(keys, &self.name), self)
    }

    pub(crate) fn open(keys: &Keys, name: &str, sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::record_id(keys, name), sealed)
    }
}
