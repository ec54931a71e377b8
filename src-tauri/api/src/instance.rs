//! What any instance can be asked.

use async_trait::async_trait;
use tokio::sync::watch;

use crate::{
    Action, Caller, CertificateParts, Code, Comparison, ConfigType, ConfigurationView, ListLocks,
    ListSecrets, ListSecretsLocks, Lock, Metadata, NewConfiguration, NewLocks, NewSecret,
    NewSecretGroup, NewVersion, Page, PendingRemoval, PolicyOutlook, Problem, Result, Revision,
    RotationOutlook, Secret, SecretGroupPatch, SecretGroupView, SecretLocks, SecretPatch,
    SecretType, SecretView, ShownComparison, Timestamp, Version, VersionRef, VersionView,
    configuration::{
        ConfigurationPatch,
        action::{ActionOutcome, ConfigurationAction},
    },
    secret::private_cert::{self, PrivateCertOutlook},
    secret::public_cert::OrderView,
    version::Compared,
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

    /// The id of the secret with this name, for `get_secret_by_name_type`.
    async fn secret_id(
        &self,
        caller: &Caller,
        group_name: &str,
        secret_type: SecretType,
        name: &str,
    ) -> Result<String>;

    /// [`Self::secret`] as API v2 answers it: without a value while there is none yet, and once
    /// there is none any longer.
    async fn secret_as_it_is(&self, caller: &Caller, id: &str) -> Result<Secret> {
        match self.secret(caller, id).await {
            Err(problem) if is_without_value(&problem) => Ok(Secret {
                view: self.secret_metadata(caller, id).await?,
                payload: None,
            }),
            other => other,
        }
    }

    /// [`Self::version`] in the same way.
    async fn version_as_it_is(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<Version> {
        match self.version(caller, id, version).await {
            Err(problem) if is_without_value(&problem) => {
                let view = self.version_metadata(caller, id, version).await?;
                Ok(Version {
                    revision: view.revision.clone(),
                    payload: None,
                    view,
                })
            }
            other => other,
        }
    }

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

    /// How many secrets are due for rotation.
    async fn overdue_total(&self, caller: &Caller) -> Result<u32>;

    /// What a patch of policy, reminder or expiration date would do, told before it is saved.
    async fn policy_outlook(
        &self,
        caller: &Caller,
        id: &str,
        patch: &SecretPatch,
    ) -> Result<PolicyOutlook>;

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

    /// The certificates of a version, without its key. Not a reading of a value: a server shows them
    /// to everybody.
    async fn certificate(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<CertificateParts>;

    /// What differs between a version and another value, without either. Recorded.
    async fn compare(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<Comparison>;

    /// The same with what differs; versions count as read.
    async fn compare_shown(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<ShownComparison>;

    /// `delete_secret_version_data`: only credentials that a cloud made can be deleted there, so it is
    /// refused for every type but IAM credentials.
    async fn delete_version_data(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<()> {
        caller.may(Action::SecretVersionDataDelete)?;
        let found = self.version_metadata(caller, id, version).await?;
        Err(version_data_stays(found.metadata.secret_type))
    }

    /// `update_secret_version_metadata`: replaces the version's custom metadata.
    async fn update_version(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        version_custom_metadata: Metadata,
        expect: Option<&Revision>,
    ) -> Result<VersionView>;

    /// `list_secret_groups`: `default` first, the others by name.
    async fn secret_groups(&self, caller: &Caller) -> Result<Vec<SecretGroupView>>;

    /// `create_secret_group`.
    async fn create_secret_group(
        &self,
        caller: &Caller,
        new: NewSecretGroup,
    ) -> Result<SecretGroupView>;

    /// `update_secret_group`.
    async fn update_secret_group(
        &self,
        caller: &Caller,
        id: &str,
        patch: SecretGroupPatch,
    ) -> Result<SecretGroupView>;

    /// `delete_secret_group`: refused while there is a secret in it.
    async fn delete_secret_group(&self, caller: &Caller, id: &str) -> Result<()>;

    /// `list_secret_locks` and, with a version, `list_secret_version_locks`.
    async fn secret_locks(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<&VersionRef>,
        query: &ListLocks,
    ) -> Result<Page<Lock>>;

    /// `list_secrets_locks`: locks of all secrets.
    async fn secrets_locks(
        &self,
        caller: &Caller,
        query: &ListSecretsLocks,
    ) -> Result<Page<SecretLocks>>;

    /// `create_secret_locks_bulk` (on the current version) and `create_secret_version_locks_bulk`.
    async fn create_locks(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        new: NewLocks,
    ) -> Result<SecretLocks>;

    /// `delete_secret_locks_bulk` and, with a version, `delete_secret_version_locks_bulk`. No names
    /// means all; a name that no lock has is no error.
    async fn delete_locks(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<&VersionRef>,
        names: Option<&[String]>,
    ) -> Result<SecretLocks>;

    /// `list_configurations`: authorities and templates, by type and name.
    async fn configurations(&self, caller: &Caller) -> Result<Vec<ConfigurationView>>;

    /// The type of the configuration with a name, for clients that name no type: names are unique for
    /// each type only.
    async fn configuration_type(&self, caller: &Caller, name: &str) -> Result<ConfigType> {
        let all = self.configurations(caller).await?;
        let mut kinds = all
            .iter()
            .filter(|view| view.configuration.name == name)
            .map(|view| view.configuration.detail.config_type());
        let first = kinds.next();
        let first = first.ok_or_else(|| Problem::not_found("configuration"))?;
        if kinds.next().is_none() {
            return Ok(first);
        }
        Err(Problem::new(
            Code::Ambiguous,
            "Configurations of several types have this name.",
        ))
    }

    /// `get_configuration`.
    async fn configuration(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
    ) -> Result<ConfigurationView>;

    /// `create_configuration`.
    async fn create_configuration(
        &self,
        caller: &Caller,
        new: NewConfiguration,
    ) -> Result<ConfigurationView>;

    /// `update_configuration`.
    async fn update_configuration(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
        patch: ConfigurationPatch,
        expect: Option<&Revision>,
    ) -> Result<ConfigurationView>;

    /// `delete_configuration`: also if something depends on it, which says so from then on.
    async fn delete_configuration(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
        expect: Option<&Revision>,
    ) -> Result<()>;

    /// `create_configuration_action`.
    async fn configuration_action(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
        action: ConfigurationAction,
    ) -> Result<ActionOutcome>;

    /// The revocation lists of an authority, DER: that of its present key first, then those of
    /// earlier keys whose certificates still live. Anybody may have them.
    async fn revocation_lists(&self, authority: &str) -> Result<Vec<Vec<u8>>>;

    /// The certificates of an authority, PEM: its own first, then those above it to the root. Anybody
    /// may have them.
    async fn authority_certificates(&self, authority: &str) -> Result<Vec<String>>;

    /// What a private certificate would be, or the rule that forbids it; nothing is made.
    async fn private_cert_outlook(
        &self,
        caller: &Caller,
        secret_group_id: &str,
        new: &private_cert::New,
    ) -> Result<PrivateCertOutlook>;

    /// What the next version of a private certificate would be; nothing is made.
    async fn private_cert_rotation_outlook(
        &self,
        caller: &Caller,
        id: &str,
        rotation: &private_cert::Rotation,
    ) -> Result<PrivateCertOutlook>;

    /// `private_cert_action_revoke_certificate`, of the current version (`create_secret_action`) or
    /// of another one (`create_secret_version_action`). When it was revoked.
    async fn revoke_certificate(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<Timestamp>;

    /// The order of a public certificate: what it waits for, and its records. None before the first.
    async fn order(&self, caller: &Caller, id: &str) -> Result<Option<OrderView>>;

    /// `public_cert_action_validate_dns_challenge` (`create_secret_action`): the authority looks at
    /// the records now. The outcome appears later in the metadata.
    async fn validate_dns_challenge(&self, caller: &Caller, id: &str) -> Result<()>;

    /// Gives an order up that is not finished; the certificate in force stays. Beyond API v2.
    async fn cancel_order(&self, caller: &Caller, id: &str) -> Result<()>;

    /// API keys that are still to be removed in IAM, the oldest first. Beyond API v2; an instance that
    /// keeps that to itself tells none.
    async fn pending_removals(&self, caller: &Caller) -> Result<Vec<PendingRemoval>>;

    /// Tries a removal now, without waiting for its next try; what is still to be removed then. One
    /// that is done already, that locks hold or that somebody is at is left alone.
    async fn retry_removal(&self, caller: &Caller, id: &str) -> Result<Vec<PendingRemoval>>;

    /// Gives a removal up that cannot succeed any more, because the account is gone say. What is left
    /// in IAM is left to the person.
    async fn forget_removal(&self, caller: &Caller, id: &str) -> Result<()>;

    /// Tells when something changed.
    fn changed(&self) -> Changed;
}

/// The refusal of [`Instance::delete_version_data`] for types that no cloud makes.
pub fn version_data_stays(kind: SecretType) -> Problem {
    let kind = kind.name();
    Problem::field(
        "id",
        format!("The data of a version cannot be deleted for secrets of type {kind}."),
    )
    .remedy("Rotate the secret, or create a lock with the mode remove_previous_and_delete.")
}

fn is_without_value(problem: &Problem) -> bool {
    matches!(problem.code, Code::WrongState | Code::ValueGone)
}
