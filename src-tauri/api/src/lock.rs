//! Locks: they keep the data of a version from being replaced or deleted, as long as some
//! consumer says that it still uses it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    Code, Metadata, Other, Problem, Result, SecretType, Target, Timestamp, VersionAlias, fields,
    metadata::Json,
};

/// IBM's sentence for whatever a lock forbids (HTTP 412).
pub const LOCKED: &str =
    "The requested action can't be completed because the secret version is locked.";

/// A lock as it is asked for (API v2: `SecretLockPrototype`).
#[derive(Clone, Debug, PartialEq, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct NewLock {
    /// 2–64 characters; one of the same name on the same version is replaced.
    pub name: String,
    /// At most 1,024 characters.
    #[serde(default)]
    pub description: Option<String>,
    /// JSON object of the person, at most 10 KB.
    #[serde(default)]
    #[specta(type = Option<BTreeMap<String, Json>>)]
    pub attributes: Option<Metadata>,
}

impl NewLock {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        fields::check_lock_name(&self.name)?;
        self.description
            .as_deref()
            .map_or(Ok(()), fields::check_description)?;
        fields::check_metadata("attributes", self.attributes.as_ref())
    }
}

/// What else creating locks on the current version does (API v2: query `mode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LockMode {
    /// Locks of the same names on the previous version go.
    RemovePrevious,
    /// And if none is left there, the data of the previous version, too.
    RemovePreviousAndDelete,
}

/// What creating locks takes.
#[derive(Clone, Debug, PartialEq)]
pub struct NewLocks {
    /// At most 1,000.
    pub locks: Vec<NewLock>,
    /// What becomes of locks and data of the previous version; none: nothing.
    pub mode: Option<LockMode>,
}

impl NewLocks {
    /// Checks every field. Two locks of one name in one request are a mistake.
    pub fn check(&self) -> Result<()> {
        if self.locks.len() > fields::LOCKS {
            return Err(too_many(self.locks.len()));
        }
        let mut names = std::collections::HashSet::new();
        for lock in &self.locks {
            lock.check()?;
            if !names.insert(lock.name.as_str()) {
                return Err(Problem::field(
                    "locks",
                    format!("The lock {} stands there twice.", lock.name),
                ));
            }
        }
        Ok(())
    }
}

/// A lock as lists show it (API v2: `SecretLock`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Lock {
    /// Unique per version.
    pub name: String,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// JSON object of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<BTreeMap<String, Json>>)]
    pub attributes: Option<Metadata>,
    /// When it was first created.
    pub created_at: Timestamp,
    /// When it was last replaced.
    pub updated_at: Timestamp,
    /// Who created it.
    pub created_by: String,
    /// Group of the secret.
    pub secret_group_id: String,
    /// The secret.
    pub secret_id: String,
    /// The version it locks.
    pub secret_version_id: String,
    /// That version's alias.
    pub secret_version_alias: VersionAlias,
    /// What the instance said besides, as JSON; on the wire in its place again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[specta(type = BTreeMap<String, Json>)]
    pub other: Other,
}

/// The locks of a secret by version (API v2: `SecretLocks`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SecretLocks {
    /// The secret.
    pub secret_id: String,
    /// Its group.
    pub secret_group_id: String,
    /// Its type.
    pub secret_type: SecretType,
    /// Its name.
    pub secret_name: String,
    /// Versions that can be locked.
    pub versions: Vec<VersionLocks>,
}

/// Names of the locks of a version (API v2: `SecretVersionLocks`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct VersionLocks {
    /// UUID.
    pub version_id: String,
    /// `current` or `previous`.
    pub version_alias: VersionAlias,
    /// Sorted.
    pub locks: Vec<String>,
    /// Whether its value is still kept.
    pub payload_available: bool,
}

/// Parameters of the lists of locks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct ListLocks {
    /// First row.
    pub offset: u32,
    /// Rows, at most 100; 0 means the default of 25.
    pub limit: u32,
    /// Order; without it by name.
    pub sort: LockSort,
    /// Largest first (`-` before the key on the wire).
    pub descending: bool,
    /// 2–128 characters, looked for in the name; case is ignored.
    pub search: Option<String>,
}

impl ListLocks {
    /// Rows asked for.
    pub const fn rows(&self) -> usize {
        if self.limit == 0 {
            25
        } else {
            self.limit as usize
        }
    }

    /// Checks every parameter.
    pub fn check(&self) -> Result<()> {
        let parameter = |name: &str, message: &str| {
            Err(Problem::new(Code::BadRequest, message).at(Target::parameter(name)))
        };
        if self.offset > 1000 {
            return parameter("offset", "The offset is at most 1000.");
        }
        if self.limit > 100 {
            return parameter("limit", "The limit is at most 100.");
        }
        self.search.as_deref().map_or(Ok(()), fields::check_search)
    }
}

/// What locks can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LockSort {
    /// Name, case ignored.
    #[default]
    Name,
    /// Creation.
    CreatedAt,
    /// Last replacement.
    UpdatedAt,
}

/// Parameters of `list_secrets_locks`: locks of all secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct ListSecretsLocks {
    /// First secret.
    pub offset: u32,
    /// Secrets, 1..=1000; 0 means the default of 200.
    pub limit: u32,
    /// 2–128 characters, looked for in the names of locks; case is ignored.
    pub search: Option<String>,
    /// Any of these groups; empty: all.
    pub groups: Vec<String>,
}

impl ListSecretsLocks {
    /// Secrets asked for.
    pub const fn rows(&self) -> usize {
        if self.limit == 0 {
            200
        } else {
            self.limit as usize
        }
    }

    /// Checks every parameter.
    pub fn check(&self) -> Result<()> {
        let parameter = |name: &str, message: &str| {
            Err(Problem::new(Code::BadRequest, message).at(Target::parameter(name)))
        };
        if self.offset > 10_000_000 {
            return parameter("offset", "The offset is at most 10,000,000.");
        }
        if self.limit > 1000 {
            return parameter("limit", "The limit is at most 1000.");
        }
        if self.groups.len() > 201 {
            return parameter("groups", "At most 201 groups can be named.");
        }
        for group in &self.groups {
            fields::check_group_id(group)
                .map_err(|problem| problem.at(Target::parameter("groups")))?;
        }
        self.search.as_deref().map_or(Ok(()), fields::check_search)
    }
}

/// The refusal of whatever a lock forbids.
pub fn locked() -> Problem {
    Problem::new(Code::Locked, LOCKED)
}

/// More locks than a secret can have.
pub fn too_many(count: usize) -> Problem {
    Problem::new(
        Code::LimitReached,
        format!(
            "A secret has at most {} locks; these would be {}.",
            fields::grouped(fields::LOCKS),
            fields::grouped(count)
        ),
    )
    .at(Target::field("locks"))
    .remedy("Remove locks that are no longer needed. Nothing was changed.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(name: &str) -> NewLock {
        NewLock {
            name: name.into(),
            description: None,
            attributes: None,
        }
    }

    #[test]
    fn names_of_locks_start_with_a_letter() {
        for good in ["ab", "A1", "app-1_prod.eu", &"x".repeat(64)] {
            assert!(lock(good).check().is_ok(), "{good}");
        }
        for bad in ["", "a", "1a", "-a", "a b", "ab!", "žab", &"x".repeat(65)] {
            let problem = lock(bad).check().unwrap_err();
            assert_eq!(problem.target.unwrap().name, "name", "{bad}");
        }
    }

    #[test]
    fn a_request_has_at_most_1000_locks_each_once() {
        let of = |count: usize| NewLocks {
            locks: (0..count)
                .map(|number| lock(&format!("lock{number}")))
                .collect(),
            mode: None,
        };
        assert!(of(1000).check().is_ok());
        assert_eq!(of(1001).check().unwrap_err().code, Code::LimitReached);
        let twice = NewLocks {
            locks: vec![lock("app"), lock("app")],
            mode: None,
        };
        assert!(twice.check().unwrap_err().message.contains("twice"));
    }

    #[test]
    fn modes_are_spelled_as_on_the_wire() {
        let mode = serde_json::to_value(LockMode::RemovePreviousAndDelete).unwrap();
        assert_eq!(mode, "remove_previous_and_delete");
    }
}
