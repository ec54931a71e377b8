//! The secret groups, all in one record: at most 200, and whoever adds or changes one sees the
//! others, so that names stay unique and the limit holds among all processes.

use keyturn_api::{Other, Result, SecretGroup, Timestamp};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{open, seal, secret::group_id};
use crate::seal::{Keys, Kind, RecordId};

/// Every group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct GroupsRecord {
    #[n(0)]
    pub(crate) groups: Vec<GroupRecord>,
}

/// A group. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct GroupRecord {
    /// Never nil: `default` is not kept, for it never changes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) id: [u8; 16],
    #[n(1)]
    pub(crate) name: String,
    #[n(2)]
    pub(crate) description: Option<String>,
    #[n(3)]
    pub(crate) created_at: i64,
    #[n(4)]
    pub(crate) created_by: String,
    #[n(5)]
    pub(crate) updated_at: i64,
}

impl GroupsRecord {
    /// Where it stands.
    pub(crate) const KEY: &[u8] = b"g/groups";

    const RECORD_ID: RecordId = RecordId {
        kind: Kind::Setting,
        object: Uuid::nil(),
        field: 1,
        version: 0,
    };

    pub(crate) fn seal(&self, keys: &Keys) -> Vec<u8> {
        seal(keys, &Self::RECORD_ID, self)
    }

    pub(crate) fn open(keys: &Keys, sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::RECORD_ID, sealed)
    }

    /// The group of an id, if there is one.
    pub(crate) fn find(&self, id: Uuid) -> Option<&GroupRecord> {
        self.groups.iter().find(|group| group.id == *id.as_bytes())
    }
}

impl GroupRecord {
    /// As it goes over the wire.
    pub(crate) fn view(&self) -> SecretGroup {
        SecretGroup {
            id: group_id(Uuid::from_bytes(self.id)),
            name: self.name.clone(),
            description: self.description.clone().unwrap_or_default(),
            created_at: Timestamp::from_millis(self.created_at),
            created_by: self.created_by.clone(),
            updated_at: Timestamp::from_millis(self.updated_at),
            other: Other::new(),
        }
    }
}

/// A mark that every secret made in a group writes anew: a deletion of the group that expects the
/// mark it has seen cannot overlook a secret that is just being made.
pub(crate) fn group_use_key(id: Uuid) -> Vec<u8> {
    [b"g/u/".as_slice(), id.as_bytes()].concat()
}
