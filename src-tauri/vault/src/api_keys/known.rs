//! The keys in memory, ready to be asked for with each request.

use std::collections::HashMap;

use keyturn_api::{Caller, Result, Scope, Surface, Timestamp};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    opened::Opened,
    records::{ApiKeyRecord, ApiKeysRecord},
};

/// The keys as a record of some revision has them; none: there was no record yet.
#[derive(Debug, Default)]
pub(crate) struct KnownKeys {
    keys: HashMap<Uuid, Known>,
    revision: Option<u64>,
}

/// A key, and who comes with it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: Uuid,
    mac: [u8; 32],
    pub(super) caller: Caller,
    expires_at: Option<Timestamp>,
    pub(super) last_used_at: Option<Timestamp>,
}

impl KnownKeys {
    pub(crate) fn new(record: &ApiKeysRecord, revision: u64) -> Self {
        let known = record.keys.iter().filter_map(Known::new);
        Self {
            keys: known.map(|key| (key.id, key)).collect(),
            revision: Some(revision),
        }
    }

    /// From the store. With a record that does not open, nobody comes in.
    pub(crate) fn load(vault: &Opened) -> Result<Self> {
        let Some(row) = vault.get(ApiKeysRecord::KEY)? else {
            return Ok(Self::default());
        };
        let record = ApiKeysRecord::open(vault.keys(), &row.value).unwrap_or_default();
        Ok(Self::new(&record, row.revision))
    }

    /// Whether these were written after the others.
    pub(crate) fn is_later_than(&self, other: &Self) -> bool {
        self.revision > other.revision
    }

    pub(super) fn by_id(&self, id: Uuid) -> Option<&Known> {
        self.keys.get(&id)
    }

    /// The key whose text has this keyed hash.
    pub(super) fn by_mac(&self, mac: &[u8; 32]) -> Option<&Known> {
        self.keys.values().find(|key| key.mac.ct_eq(mac).into())
    }
}

impl Known {
    /// None for a role that only a later version knows.
    fn new(record: &ApiKeyRecord) -> Option<Self> {
        let scope = match &record.groups {
            Some(groups) => Scope::Groups(groups.iter().cloned().collect()),
            None => Scope::Instance,
        };
        Some(Self {
            id: Uuid::from_bytes(record.id),
            mac: record.mac,
            caller: Caller {
                id: format!("apikey:{}", record.name),
                role: record.role.role()?,
                scope,
                surface: Surface::Api,
            },
            expires_at: record.expires_at(),
            last_used_at: record.last_used_at.map(Timestamp::from_millis),
        })
    }

    /// Whether its end has not come.
    pub(super) fn holds(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|at| at > now)
    }
}

#[cfg(test)]
mod tests {
    use keyturn_api::Role;

    use super::*;

    fn record(name: &str, groups: Option<Vec<String>>) -> ApiKeyRecord {
        ApiKeyRecord {
            id: *Uuid::new_v4().as_bytes(),
            name: name.into(),
            mac: if name == "one" { [1; 32] } else { [2; 32] },
            role: Role::Writer.into(),
            groups,
            created_at: 0,
            created_by: "local:tester".into(),
            expires_at: Some(1000),
            last_used_at: None,
        }
    }

    #[test]
    fn a_key_is_found_by_its_hash_with_its_role_and_groups() {
        let keys = vec![
            record("one", Some(vec!["default".into()])),
            record("two", None),
        ];
        let known = KnownKeys::new(&ApiKeysRecord { keys }, 1);
        let one = known.by_mac(&[1; 32]).unwrap();
        assert_eq!(one.caller.id, "apikey:one");
        assert_eq!(one.caller.role, Role::Writer);
        assert_eq!(one.caller.surface, Surface::Api);
        assert!(one.caller.reaches("default") && !one.caller.reaches("other"));
        assert_eq!(known.by_id(one.id).unwrap().caller.id, "apikey:one");
        let two = known.by_mac(&[2; 32]).unwrap();
        assert_eq!(two.caller.scope, Scope::Instance);
        assert!(known.by_mac(&[3; 32]).is_none());
    }

    #[test]
    fn a_key_ends_at_its_very_time() {
        let known = Known::new(&record("one", None)).unwrap();
        assert!(known.holds(Timestamp::from_millis(999)));
        assert!(!known.holds(Timestamp::from_millis(1000)));
    }

    #[test]
    fn only_later_keys_replace_those_that_are_known() {
        let of = |revision| KnownKeys::new(&ApiKeysRecord::default(), revision);
        assert!(of(1).is_later_than(&KnownKeys::default()));
        assert!(of(2).is_later_than(&of(1)));
        assert!(!of(1).is_later_than(&of(1)));
        assert!(!of(1).is_later_than(&of(2)));
        assert!(!KnownKeys::default().is_later_than(&of(1)));
    }
}
