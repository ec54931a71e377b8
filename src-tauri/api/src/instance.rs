//! What any instance can be asked.

use async_trait::async_trait;
use tokio::sync::watch;

use crate::{
    Caller, ListSecrets, Metadata, NewSecret, NewVersion, Page, Result, Revision, RotationOutlook,
    Secret, SecretPatch, SecretView, Version, VersionRef, VersionView,
};

/// Counts the changes seen, by this process or another; a new number means: read again.
pub type Changed = watch::Receiver<u64>;

/// Anything that can do what API v2 of Secrets Manager describes. Each method names its operation;
/// each checks the caller's role, then the fields, then acts.
///
/// `expect`: a revision that was read before. If the record has another one by now, nothing is
/// done and the problem has [`Code::Conflict`](crate::Code::Conflict). `None` means: on whatever
/// is there.
#[async_trait]
pub trait Instance: Send + Sync {
    /// `list_secrets`: a page, metadata only.
    async fn list_secrets(&self, caller: &Caller, query: &ListSecrets) -> Result<Page<SecretView>>;

    /// Every label in use, sorted.
    async fn labels(&self, caller: &Caller) -> Result<Vec<String>>;

    /// `create_secret`.
    async fn create_secret(&self, caller: &Caller, new: NewSecret) -> Result<Secret>;

    /// `get_secret`: with the value, which is recorded.
    async fn secret(&self, caller: &Caller, id: &str) -> Result<Secret>;

    /// `get_secret_metadata`.
    async fn secret_metadata(&self, caller: &Caller, id: &str) -> Result<SecretView>;

    /// `update_secret_metadata`.
    async fn update_secret(
        &self,
        caller: &Caller,
        id: &str,
        patch: SecretPatch,
        expect: Option<&Revision>,
    ) -> Result<SecretView>;

    /// `delete_secret`: with all versions, for good.
    async fn delete_secret(
        &self,
        caller: &Caller,
        id: &str,
        expect: Option<&Revision>,
    ) -> Result<()>;

    /// What a rotation of this secret will do, and what is in its way.
    async fn rotation_outlook(&self, caller: &Caller, id: &str) -> Result<RotationOutlook>;

    /// `create_secret_version`: rotates or restores, in one commit.
    async fn create_version(
        &self,
        caller: &Caller,
        id: &str,
        new: NewVersion,
        expect: Option<&Revision>,
    ) -> Result<Version>;

    /// `list_secret_versions`: at most 50, oldest first.
    async fn versions(&self, caller: &Caller, id: &str) -> Result<Vec<VersionView>>;

    /// `get_secret_version`: with the value, which is recorded.
    async fn version(&self, caller: &Caller, id: &str, version: &VersionRef) -> Result<Version>;

    /// `get_secret_version_metadata`.
    async fn version_metadata(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<VersionView>;

    /// `update_secret_version_metadata`: replaces the version's custom metadata.
    async fn update_version(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        version_custom_metadata: Metadata,
        expect: Option<&Revision>,
    ) -> Result<VersionView>;

    /// Tells when something changed.
    fn changed(&self) -> Changed;
}
