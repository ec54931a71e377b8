//! Who asks, and which role each action needs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Code, Problem, Result};

/// Service roles of Secrets Manager.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
pub enum Role {
    /// Sees metadata.
    Reader,
    /// Sees metadata and reads values.
    SecretsReader,
    /// Also creates, rotates and edits.
    Writer,
    /// Also deletes, and manages groups, locks and configurations.
    Manager,
}

/// What a caller wants to do; names as in IBM's role table, without the prefix
/// `secrets-manager.`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// `secret.create`
    SecretCreate,
    /// `secret.read`: with the value
    SecretRead,
    /// `secret.delete`
    SecretDelete,
    /// `secrets.list`
    SecretsList,
    /// `secret-metadata.read`
    SecretMetadataRead,
    /// `secret-metadata.update`
    SecretMetadataUpdate,
    /// `secret-version.create`: rotate and restore
    SecretVersionCreate,
    /// `secret-version.read`: with the value
    SecretVersionRead,
    /// `secret-versions.list`
    SecretVersionsList,
    /// `secret-version-metadata.read`
    SecretVersionMetadataRead,
    /// `secret-version-metadata.update`
    SecretVersionMetadataUpdate,
    /// `secret-version-data.delete`. Not in IBM's role table; it destroys data, like `secret.delete`.
    SecretVersionDataDelete,
    /// `secret-task.update`: of no role that a person has
    SecretTaskUpdate,
    /// `secret-task.delete`
    SecretTaskDelete,
    /// `notifications-registration.create` and `.delete`
    NotificationsChange,
    /// `notifications-registration.read` and `.test`
    NotificationsRead,
    /// `secret-version.compare`: what differs, without values. Not an action of IBM's table.
    SecretVersionCompare,
    /// `secret-action.create`: revoke the current version
    SecretActionCreate,
    /// `secret-version-action.create`: revoke a version
    SecretVersionActionCreate,
    /// `secret-policies.set`: API v1; v2 has the policy in the metadata
    SecretPoliciesSet,
    /// `secret-policies.get`: likewise
    SecretPoliciesGet,
    /// `configuration.create`
    ConfigurationCreate,
    /// `configuration.read`
    ConfigurationRead,
    /// `configuration.update`
    ConfigurationUpdate,
    /// `configuration.delete`
    ConfigurationDelete,
    /// `configuration-action.create`
    ConfigurationActionCreate,
    /// `configurations.list`
    ConfigurationsList,
    /// `secret-group.create`
    SecretGroupCreate,
    /// `secret-group.update`
    SecretGroupUpdate,
    /// `secret-group.delete`
    SecretGroupDelete,
    /// `secret-groups.list`
    SecretGroupsList,
    /// `secret-locks.create`
    SecretLocksCreate,
    /// `secret-locks.delete`
    SecretLocksDelete,
    /// `secret-locks.list`
    SecretLocksList,
    /// `secrets-locks.list`: of all secrets
    SecretsLocksList,
    /// Settings of the instance itself; not an action of IBM's table.
    InstanceSettings,
    /// `api-key.create`. Not an action of IBM's table, whose keys are those of the account.
    ApiKeyCreate,
    /// `api-keys.list`. Not an action of IBM's table.
    ApiKeysList,
    /// `api-key.delete`. Not an action of IBM's table.
    ApiKeyDelete,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 39] = [
        Self::SecretCreate,
        Self::SecretRead,
        Self::SecretDelete,
        Self::SecretsList,
        Self::SecretMetadataRead,
        Self::SecretMetadataUpdate,
        Self::SecretVersionCreate,
        Self::SecretVersionRead,
        Self::SecretVersionsList,
        Self::SecretVersionMetadataRead,
        Self::SecretVersionMetadataUpdate,
        Self::SecretVersionDataDelete,
        Self::SecretTaskUpdate,
        Self::SecretTaskDelete,
        Self::NotificationsChange,
        Self::NotificationsRead,
        Self::SecretVersionCompare,
        Self::SecretActionCreate,
        Self::SecretVersionActionCreate,
        Self::SecretPoliciesSet,
        Self::SecretPoliciesGet,
        Self::ConfigurationCreate,
        Self::ConfigurationRead,
        Self::ConfigurationUpdate,
        Self::ConfigurationDelete,
        Self::ConfigurationActionCreate,
        Self::ConfigurationsList,
        Self::SecretGroupCreate,
        Self::SecretGroupUpdate,
        Self::SecretGroupDelete,
        Self::SecretGroupsList,
        Self::SecretLocksCreate,
        Self::SecretLocksDelete,
        Self::SecretLocksList,
        Self::SecretsLocksList,
        Self::InstanceSettings,
        Self::ApiKeyCreate,
        Self::ApiKeysList,
        Self::ApiKeyDelete,
    ];

    /// The roles that may, as `reference/auth.md` section 3 lists them.
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Manager, Reader, SecretsReader, Writer};
        match self {
            Self::SecretsList
            | Self::SecretMetadataRead
            | Self::SecretVersionsList
            | Self::SecretVersionMetadataRead
            | Self::SecretGroupsList
            | Self::SecretLocksList
            | Self::SecretsLocksList
            | Self::NotificationsRead => &[Reader, SecretsReader, Writer, Manager],
            Self::SecretRead | Self::SecretVersionRead | Self::SecretVersionCompare => {
                &[SecretsReader, Writer, Manager]
            }
            Self::SecretCreate
            | Self::SecretMetadataUpdate
            | Self::SecretVersionCreate
            | Self::SecretVersionMetadataUpdate
            | Self::SecretActionCreate
            | Self::SecretVersionActionCreate
            | Self::SecretLocksCreate => &[Writer, Manager],
            Self::ConfigurationsList => &[Reader, Writer, Manager],
            Self::SecretTaskUpdate => &[],
            Self::SecretDelete
            | Self::SecretVersionDataDelete
            | Self::SecretTaskDelete
            | Self::NotificationsChange
            | Self::SecretPoliciesSet
            | Self::SecretPoliciesGet
            | Self::ConfigurationCreate
            | Self::ConfigurationRead
            | Self::ConfigurationUpdate
            | Self::ConfigurationDelete
            | Self::ConfigurationActionCreate
            | Self::SecretGroupCreate
            | Self::SecretGroupUpdate
            | Self::SecretGroupDelete
            | Self::SecretLocksDelete
            | Self::InstanceSettings
            | Self::ApiKeyCreate
            | Self::ApiKeysList
            | Self::ApiKeyDelete => &[Manager],
        }
    }

    /// The name in the role table and in the audit log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecretCreate => "secret.create",
            Self::SecretRead => "secret.read",
            Self::SecretDelete => "secret.delete",
            Self::SecretsList => "secrets.list",
            Self::SecretMetadataRead => "secret-metadata.read",
            Self::SecretMetadataUpdate => "secret-metadata.update",
            Self::SecretVersionCreate => "secret-version.create",
            Self::SecretVersionRead => "secret-version.read",
            Self::SecretVersionsList => "secret-versions.list",
            Self::SecretVersionMetadataRead => "secret-version-metadata.read",
            Self::SecretVersionMetadataUpdate => "secret-version-metadata.update",
            Self::SecretVersionDataDelete => "secret-version-data.delete",
            Self::SecretTaskUpdate => "secret-task.update",
            Self::SecretTaskDelete => "secret-task.delete",
            Self::NotificationsChange => "notifications-registration.create",
            Self::NotificationsRead => "notifications-registration.read",
            Self::SecretVersionCompare => "secret-version.compare",
            Self::SecretActionCreate => "secret-action.create",
            Self::SecretVersionActionCreate => "secret-version-action.create",
            Self::SecretPoliciesSet => "secret-policies.set",
            Self::SecretPoliciesGet => "secret-policies.get",
            Self::ConfigurationCreate => "configuration.create",
            Self::ConfigurationRead => "configuration.read",
            Self::ConfigurationUpdate => "configuration.update",
            Self::ConfigurationDelete => "configuration.delete",
            Self::ConfigurationActionCreate => "configuration-action.create",
            Self::ConfigurationsList => "configurations.list",
            Self::SecretGroupCreate => "secret-group.create",
            Self::SecretGroupUpdate => "secret-group.update",
            Self::SecretGroupDelete => "secret-group.delete",
            Self::SecretGroupsList => "secret-groups.list",
            Self::SecretLocksCreate => "secret-locks.create",
            Self::SecretLocksDelete => "secret-locks.delete",
            Self::SecretLocksList => "secret-locks.list",
            Self::SecretsLocksList => "secrets-locks.list",
            Self::InstanceSettings => "instance-settings.update",
            Self::ApiKeyCreate => "api-key.create",
            Self::ApiKeysList => "api-keys.list",
            Self::ApiKeyDelete => "api-key.delete",
        }
    }

    /// Whether it concerns the instance as a whole, so that a role for some secret groups is not
    /// enough. IBM's page about limits says so of configurations.
    pub const fn needs_instance(self) -> bool {
        matches!(
            self,
            Self::SecretGroupCreate
                | Self::ConfigurationCreate
                | Self::ConfigurationRead
                | Self::ConfigurationUpdate
                | Self::ConfigurationDelete
                | Self::ConfigurationActionCreate
                | Self::ConfigurationsList
                | Self::InstanceSettings
                | Self::ApiKeyCreate
                | Self::ApiKeysList
                | Self::ApiKeyDelete
                | Self::NotificationsChange
                | Self::NotificationsRead
        )
    }
}

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole instance.
    Instance,
    /// These secret groups only.
    Groups(BTreeSet<String>),
}

/// Through which face a call comes; decides when a read is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// The window: a value shown or copied is recorded first.
    Window,
    /// The command line.
    CommandLine,
    /// The HTTP API: reads are recorded in groups within a second after the answer.
    Api,
    /// The schedule: nobody asked, a policy was due.
    Schedule,
}

/// Who asks: every call of an [`Instance`](crate::Instance) carries one.
#[derive(Clone, Debug)]
pub struct Caller {
    /// `local:{user name}` or `apikey:{name}`; becomes `created_by`.
    pub id: String,
    /// The role it has.
    pub role: Role,
    /// Where it has that role.
    pub scope: Scope,
    /// The face it comes through.
    pub surface: Surface,
}

impl Caller {
    /// The person at this computer: Manager of their own vault.
    pub fn owner(user: &str, surface: Surface) -> Self {
        Self {
            id: format!("local:{user}"),
            role: Role::Manager,
            scope: Scope::Instance,
            surface,
        }
    }

    /// Somebody who showed no token: reaches nothing.
    pub fn nobody() -> Self {
        Self {
            id: "nobody".to_owned(),
            role: Role::Reader,
            scope: Scope::Groups(BTreeSet::new()),
            surface: Surface::Api,
        }
    }

    /// Whoever does what policies ask for.
    pub fn schedule() -> Self {
        Self {
            id: "local:schedule".to_owned(),
            role: Role::Manager,
            scope: Scope::Instance,
            surface: Surface::Schedule,
        }
    }

    /// Refuses what the role lacks, before anything is looked up.
    pub fn may(&self, action: Action) -> Result<()> {
        if action.needs_instance() && self.scope != Scope::Instance {
            return Err(Problem::new(
                Code::Forbidden,
                format!(
                    "A role for some secret groups does not allow {}.",
                    action.name()
                ),
            )
            .remedy("Ask a Manager of this instance for a role in the whole instance."));
        }
        if action.roles().contains(&self.role) {
            return Ok(());
        }
        Err(Problem::new(
            Code::Forbidden,
            format!("The role {:?} does not allow {}.", self.role, action.name()),
        )
        .remedy("Ask a Manager of this instance for a role that does."))
    }

    /// Whether a secret group is within the caller's reach; outside it a secret reads as unknown.
    pub fn reaches(&self, group: &str) -> bool {
        match &self.scope {
            Scope::Instance => true,
            Scope::Groups(groups) => groups.contains(group),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(role: Role) -> Caller {
        Caller {
            id: "t".into(),
            role,
            scope: Scope::Instance,
            surface: Surface::Api,
        }
    }

    #[test]
    fn a_reader_reads_no_values_and_a_writer_deletes_nothing() {
        assert!(caller(Role::Reader).may(Action::SecretsList).is_ok());
        assert_eq!(
            caller(Role::Reader)
                .may(Action::SecretRead)
                .unwrap_err()
                .code,
            Code::Forbidden
        );
        assert!(caller(Role::SecretsReader).may(Action::SecretRead).is_ok());
        assert!(
            caller(Role::SecretsReader)
                .may(Action::SecretVersionCreate)
                .is_err()
        );
        assert!(
            caller(Role::Writer)
                .may(Action::SecretVersionCreate)
                .is_ok()
        );
        assert!(caller(Role::Writer).may(Action::SecretDelete).is_err());
        for action in Action::ALL {
            // the one that only a job in a cloud may
            if action == Action::SecretTaskUpdate {
                continue;
            }
            assert!(caller(Role::Manager).may(action).is_ok(), "{action:?}");
        }
    }

    #[test]
    fn a_scoped_role_reaches_its_groups_only() {
        let mut scoped = caller(Role::Manager);
        scoped.scope = Scope::Groups(BTreeSet::from(["default".to_owned()]));
        assert!(scoped.may(Action::SecretCreate).is_ok());
        assert!(scoped.may(Action::ConfigurationsList).is_err());
        assert!(scoped.reaches("default"));
        assert!(!scoped.reaches("7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11"));
    }
}
