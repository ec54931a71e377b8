//! What can be done, and which roles may.

use super::Role;

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
