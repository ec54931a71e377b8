//! API keys that the vault made in IBM Cloud IAM. Each has a record of its own from before IAM is told
//! of it until IAM has removed it again, so that none is forgotten, whatever happens in between. What a
//! version keeps is which of them is its value.

use keyturn_api::Result;
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{ClaimRecord, key, open, seal};
use crate::{
    opened::{Opened, Write},
    seal::{Keys, Kind, RecordId},
};

/// The API key of a version.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct CredentialEntry {
    /// Names its record, and what was made in IAM.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) marker: [u8; 16],
    #[n(1)]
    pub(crate) api_key_id: String,
    #[n(2)]
    pub(crate) service_id: String,
    /// Milliseconds since the Unix epoch.
    #[n(3)]
    pub(crate) expires_at: i64,
}

/// Where an API key stands. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct CredentialRecord {
    /// The secret it is for.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) secret: [u8; 16],
    /// Its name, also for when it is gone.
    #[n(1)]
    pub(crate) secret_name: String,
    #[n(2)]
    pub(crate) since: i64,
    /// 0: being made, 1: in use, 2: to be removed.
    #[n(3)]
    pub(crate) stage: u8,
    /// The account it is in.
    #[n(4)]
    pub(crate) account_id: String,
    /// Whose key it is; none while its service ID is being made.
    #[n(5)]
    pub(crate) service_id: Option<String>,
    /// Whether the service ID was made for it, and goes with it.
    #[n(6)]
    pub(crate) generated: bool,
    /// Groups that the service ID was made a member of.
    #[n(7)]
    pub(crate) groups: Vec<String>,
    #[n(8)]
    pub(crate) api_key_id: Option<String>,
    /// In use until then.
    #[n(9)]
    pub(crate) until: Option<i64>,
    /// Who makes it.
    #[n(10)]
    pub(crate) claim: Option<ClaimRecord>,
    /// How many tries to remove it failed.
    #[n(11)]
    pub(crate) tries: u32,
    /// Not before then.
    #[n(12)]
    pub(crate) next_try: Option<i64>,
    /// What went wrong at the last try.
    #[n(13)]
    pub(crate) trouble: Option<String>,
    /// Until then IAM may still carry out a call whose answer was lost.
    #[n(14)]
    pub(crate) settles: Option<i64>,
}

/// Where an API key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Making,
    InUse,
    Removing,
}

impl CredentialRecord {
    const PREFIX: &[u8] = b"i/";

    fn key(marker: Uuid) -> Vec<u8> {
        key(Self::PREFIX, marker.as_bytes())
    }

    const fn record_id(marker: Uuid) -> RecordId {
        RecordId {
            kind: Kind::Intent,
            object: marker,
            field: 0,
            version: 0,
        }
    }

    pub(crate) const fn stage(&self) -> Stage {
        match self.stage {
            0 => Stage::Making,
            1 => Stage::InUse,
            _ => Stage::Removing,
        }
    }

    pub(crate) fn set_stage(&mut self, stage: Stage) {
        self.stage = match stage {
            Stage::Making => 0,
            Stage::InUse => 1,
            Stage::Removing => 2,
        };
    }

    /// Puts it, expecting what was read; none: nothing.
    pub(crate) fn put(&self, keys: &Keys, marker: Uuid, expect: Option<u64>, write: &mut Write) {
        write.expect(Self::key(marker), expect);
        write.put(
            Self::key(marker),
            seal(keys, &Self::record_id(marker), self),
        );
    }

    /// Forgets it, expecting what was read.
    pub(crate) fn delete(marker: Uuid, expect: u64, write: &mut Write) {
        write.expect(Self::key(marker), Some(expect));
        write.delete(Self::key(marker));
    }

    /// With its revision.
    pub(crate) fn read(vault: &Opened, marker: Uuid) -> Result<Option<(Self, u64)>> {
        let Some(row) = vault.get(&Self::key(marker))? else {
            return Ok(None);
        };
        let record = open(vault.keys(), &Self::record_id(marker), &row.value)?;
        Ok(Some((record, row.revision)))
    }

    /// All there are; one that cannot be read is left out, and keeps no other from being removed.
    pub(crate) fn all(vault: &Opened) -> Result<Vec<(Uuid, Self, u64)>> {
        let keys = vault.keys_under(Self::PREFIX)?;
        let ids = keys.iter().filter_map(|key| key.strip_prefix(Self::PREFIX));
        let markers = ids.filter_map(|id| Uuid::from_slice(id).ok());
        let read = markers.filter_map(|marker| {
            let (record, revision) = Self::read(vault, marker).ok()??;
            Some((marker, record, revision))
        });
        Ok(read.collect())
    }
}
