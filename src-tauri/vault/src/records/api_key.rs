//! The API keys, all in one record: at most 100, and whoever adds one sees the others, so that names
//! stay unique and the limit holds among all processes. The keys themselves are not in it.

use keyturn_api::{ApiKey, Result, Role, Timestamp};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{open, seal};
use crate::seal::{Keys, Kind, RecordId};

/// Every API key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ApiKeysRecord {
    #[n(0)]
    pub(crate) keys: Vec<ApiKeyRecord>,
}

/// An API key. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ApiKeyRecord {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) id: [u8; 16],
    #[n(1)]
    pub(crate) name: String,
    /// Keyed hash of its text.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) mac: [u8; 32],
    #[n(3)]
    pub(crate) role: KeptRole,
    /// Ids of the groups it is for, as on the wire; none: the whole instance.
    #[n(4)]
    pub(crate) groups: Option<Vec<String>>,
    #[n(5)]
    pub(crate) created_at: i64,
    #[n(6)]
    pub(crate) created_by: String,
    #[n(7)]
    pub(crate) expires_at: Option<i64>,
    #[n(8)]
    pub(crate) last_used_at: Option<i64>,
}

/// A role by a number: later versions may know more than this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub(crate) struct KeptRole(#[n(0)] u8);

impl ApiKeysRecord {
    /// Where it stands.
    pub(crate) const KEY: &[u8] = b"t/keys";

    const RECORD_ID: RecordId = RecordId {
        kind: Kind::Token,
        object: Uuid::nil(),
        field: 0,
        version: 0,
    };

    pub(crate) fn seal(&self, keys: &Keys) -> Vec<u8> {
        seal(keys, &Self::RECORD_ID, self)
    }

    pub(crate) fn open(keys: &Keys, sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::RECORD_ID, sealed)
    }
}

impl ApiKeyRecord {
    pub(crate) fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at.map(Timestamp::from_millis)
    }

    /// As lists show it.
    pub(crate) fn view(&self, now: Timestamp) -> ApiKey {
        ApiKey {
            id: Uuid::from_bytes(self.id).hyphenated().to_string(),
            name: self.name.clone(),
            // Nobody comes in with a role that this version does not know.
            role: self.role.role().unwrap_or(Role::Reader),
            groups: self
                .groups
                .as_ref()
                .map(|groups| groups.iter().cloned().collect()),
            created_at: Timestamp::from_millis(self.created_at),
            created_by: self.created_by.clone(),
            expires_at: self.expires_at(),
            last_used_at: self.last_used_at.map(Timestamp::from_millis),
            expired: self.expires_at().is_some_and(|at| at <= now),
        }
    }
}

impl KeptRole {
    /// The role, if this version knows it.
    pub(crate) fn role(self) -> Option<Role> {
        [
            Role::Reader,
            Role::SecretsReader,
            Role::Writer,
            Role::Manager,
        ]
        .into_iter()
        .find(|&role| Self::from(role) == self)
    }
}

impl From<Role> for KeptRole {
    fn from(role: Role) -> Self {
        // The numbers are on disk: never change or reuse one.
        Self(match role {
            Role::Reader => 1,
            Role::SecretsReader => 2,
            Role::Writer => 3,
            Role::Manager => 4,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_comes_back_and_no_other_number_is_one() {
        let roles = (0..=u8::MAX).filter_map(|number| KeptRole(number).role());
        let all = [
            Role::Reader,
            Role::SecretsReader,
            Role::Writer,
            Role::Manager,
        ];
        assert!(roles.eq(all));
    }
}
