//! The vault as an instance: each call goes to its use case.

use async_trait::async_trait;
use keyturn_api::{
    Action, Caller, CertificateParts, Changed, Comparison, ConfigType, ConfigurationView, Instance,
    ListLocks, ListSecrets, ListSecretsLocks, Lock, Metadata, NewConfiguration, NewLocks,
    NewSecret, NewSecretGroup, NewVersion, Page, PendingRemoval, PolicyOutlook, Result, Revision,
    RotationOutlook, Secret, SecretGroupPatch, SecretGroupView, SecretLocks, SecretPatch,
    SecretType, SecretView, ShownComparison, Timestamp, Version, VersionRef, VersionView,
    configuration::{
        ConfigurationPatch,
        action::{ActionOutcome, ConfigurationAction},
    },
    secret::{
        private_cert::{self, PrivateCertOutlook},
        public_cert::OrderView,
    },
    version::Compared,
    version_data_stays,
};

use crate::{
    Vault, acme, configurations, groups, iam, locks, rotation,
    secrets::{self, parse_id},
    versions,
};

#[async_trait]
impl Instance for Vault {
    async fn list_secrets(&self, caller: &Caller, query: &ListSecrets) -> Result<Page<SecretView>> {
        secrets::list(&*self.opened()?, caller, query)
    }

    async fn labels(&self, caller: &Caller) -> Result<Vec<String>> {
        secrets::labels(&*self.opened()?, caller)
    }

    async fn create_secret(&self, caller: &Caller, new: NewSecret) -> Result<Secret> {
        secrets::create(&self.opened()?, caller, new).await
    }

    async fn secret(&self, caller: &Caller, id: &str) -> Result<Secret> {
        secrets::read(&*self.opened()?, caller, parse_id(id)?).await
    }

    async fn secret_id(
        &self,
        caller: &Caller,
        group_name: &str,
        secret_type: SecretType,
        name: &str,
    ) -> Result<String> {
        secrets::id_by_name(&*self.opened()?, caller, group_name, secret_type, name)
    }

    async fn secret_metadata(&self, caller: &Caller, id: &str) -> Result<SecretView> {
        secrets::metadata(&*self.opened()?, caller, parse_id(id)?)
    }

    async fn update_secret(
        &self,
        caller: &Caller,
        id: &str,
        patch: SecretPatch,
        expect: Option<&Revision>,
    ) -> Result<SecretView> {
        secrets::update(&*self.opened()?, caller, parse_id(id)?, patch, expect).await
    }

    async fn delete_secret(
        &self,
        caller: &Caller,
        id: &str,
        expect: Option<&Revision>,
    ) -> Result<()> {
        secrets::delete(&*self.opened()?, caller, parse_id(id)?, expect).await
    }

    async fn overdue_total(&self, caller: &Caller) -> Result<u32> {
        secrets::overdue_total(&*self.opened()?, caller)
    }

    async fn policy_outlook(
        &self,
        caller: &Caller,
        id: &str,
        patch: &SecretPatch,
    ) -> Result<PolicyOutlook> {
        secrets::outlook(&*self.opened()?, caller, parse_id(id)?, patch)
    }

    async fn rotation_outlook(&self, caller: &Caller, id: &str) -> Result<RotationOutlook> {
        versions::outlook(&*self.opened()?, caller, parse_id(id)?)
    }

    async fn create_version(
        &self,
        caller: &Caller,
        id: &str,
        new: NewVersion,
        expect: Option<&Revision>,
    ) -> Result<Version> {
        versions::create(&self.opened()?, caller, parse_id(id)?, new, expect).await
    }

    async fn versions(&self, caller: &Caller, id: &str) -> Result<Vec<VersionView>> {
        versions::list(&*self.opened()?, caller, parse_id(id)?)
    }

    async fn version(&self, caller: &Caller, id: &str, version: &VersionRef) -> Result<Version> {
        let action = Action::SecretVersionRead;
        versions::read(&*self.opened()?, caller, parse_id(id)?, version, action).await
    }

    async fn version_metadata(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<VersionView> {
        versions::metadata(&*self.opened()?, caller, parse_id(id)?, version)
    }

    async fn certificate(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<CertificateParts> {
        versions::certificate(&*self.opened()?, caller, parse_id(id)?, version)
    }

    async fn compare(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<Comparison> {
        versions::compare(&*self.opened()?, caller, parse_id(id)?, version, with).await
    }

    async fn compare_shown(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<ShownComparison> {
        versions::compare_shown(&*self.opened()?, caller, parse_id(id)?, version, with).await
    }

    async fn update_version(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        version_custom_metadata: Metadata,
        expect: Option<&Revision>,
    ) -> Result<VersionView> {
        let vault = self.opened()?;
        versions::update(
            &vault,
            caller,
            parse_id(id)?,
            version,
            version_custom_metadata,
            expect,
        )
        .await
    }

    async fn delete_version_data(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<()> {
        caller.may(Action::SecretVersionDataDelete)?;
        let (vault, id) = (self.opened()?, parse_id(id)?);
        let kind = secrets::find(&vault, caller, id)?.record.secret_type();
        if kind == SecretType::IamCredentials {
            return iam::delete_data(&vault, caller, id, version).await;
        }
        versions::metadata(&vault, caller, id, version)?;
        Err(version_data_stays(kind))
    }

    async fn secret_groups(&self, caller: &Caller) -> Result<Vec<SecretGroupView>> {
        groups::list(&*self.opened()?, caller)
    }

    async fn create_secret_group(
        &self,
        caller: &Caller,
        new: NewSecretGroup,
    ) -> Result<SecretGroupView> {
        groups::create(&*self.opened()?, caller, new).await
    }

    async fn update_secret_group(
        &self,
        caller: &Caller,
        id: &str,
        patch: SecretGroupPatch,
    ) -> Result<SecretGroupView> {
        groups::update(&*self.opened()?, caller, id, patch).await
    }

    async fn delete_secret_group(&self, caller: &Caller, id: &str) -> Result<()> {
        groups::delete(&*self.opened()?, caller, id).await
    }

    async fn secret_locks(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<&VersionRef>,
        query: &ListLocks,
    ) -> Result<Page<Lock>> {
        locks::list(&*self.opened()?, caller, parse_id(id)?, version, query)
    }

    async fn secrets_locks(
        &self,
        caller: &Caller,
        query: &ListSecretsLocks,
    ) -> Result<Page<SecretLocks>> {
        locks::list_all(&*self.opened()?, caller, query)
    }

    async fn create_locks(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        new: NewLocks,
    ) -> Result<SecretLocks> {
        locks::create(&*self.opened()?, caller, parse_id(id)?, version, new).await
    }

    async fn delete_locks(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<&VersionRef>,
        names: Option<&[String]>,
    ) -> Result<SecretLocks> {
        locks::delete(&*self.opened()?, caller, parse_id(id)?, version, names).await
    }

    async fn configurations(&self, caller: &Caller) -> Result<Vec<ConfigurationView>> {
        configurations::list(&*self.opened()?, caller)
    }

    async fn configuration(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
    ) -> Result<ConfigurationView> {
        configurations::read(&*self.opened()?, caller, config_type, name)
    }

    async fn create_configuration(
        &self,
        caller: &Caller,
        new: NewConfiguration,
    ) -> Result<ConfigurationView> {
        configurations::create(&*self.opened()?, caller, new).await
    }

    async fn update_configuration(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
        patch: ConfigurationPatch,
        expect: Option<&Revision>,
    ) -> Result<ConfigurationView> {
        let vault = self.opened()?;
        configurations::update(&vault, caller, config_type, name, patch, expect).await
    }

    async fn delete_configuration(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
        expect: Option<&Revision>,
    ) -> Result<()> {
        configurations::delete(&*self.opened()?, caller, config_type, name, expect).await
    }

    async fn configuration_action(
        &self,
        caller: &Caller,
        config_type: ConfigType,
        name: &str,
        action: ConfigurationAction,
    ) -> Result<ActionOutcome> {
        configurations::action(&*self.opened()?, caller, config_type, name, action).await
    }

    async fn revocation_lists(&self, authority: &str) -> Result<Vec<Vec<u8>>> {
        configurations::crl::published(&*self.opened()?, authority)
    }

    async fn authority_certificates(&self, authority: &str) -> Result<Vec<String>> {
        configurations::certificates(&*self.opened()?, authority)
    }

    async fn private_cert_outlook(
        &self,
        caller: &Caller,
        secret_group_id: &str,
        new: &private_cert::New,
    ) -> Result<PrivateCertOutlook> {
        caller.may(Action::SecretCreate)?;
        rotation::private_cert::outlook(&*self.opened()?, secret_group_id, new)
    }

    async fn private_cert_rotation_outlook(
        &self,
        caller: &Caller,
        id: &str,
        rotation: &private_cert::Rotation,
    ) -> Result<PrivateCertOutlook> {
        caller.may(Action::SecretVersionCreate)?;
        let vault = self.opened()?;
        let found = secrets::find(&vault, caller, parse_id(id)?)?;
        rotation::private_cert::rotation_outlook(&vault, &found, rotation)
    }

    async fn revoke_certificate(
        &self,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<Timestamp> {
        versions::revoke(&*self.opened()?, caller, parse_id(id)?, version).await
    }

    async fn order(&self, caller: &Caller, id: &str) -> Result<Option<OrderView>> {
        acme::view(&*self.opened()?, caller, parse_id(id)?)
    }

    async fn validate_dns_challenge(&self, caller: &Caller, id: &str) -> Result<()> {
        acme::validate(&*self.opened()?, caller, parse_id(id)?).await
    }

    async fn cancel_order(&self, caller: &Caller, id: &str) -> Result<()> {
        acme::cancel(&*self.opened()?, caller, parse_id(id)?).await
    }

    async fn pending_removals(&self, caller: &Caller) -> Result<Vec<PendingRemoval>> {
        iam::pending_removals(&*self.opened()?, caller)
    }

    async fn retry_removal(&self, caller: &Caller, id: &str) -> Result<Vec<PendingRemoval>> {
        iam::retry_removal(&self.opened()?, caller, id).await
    }

    async fn forget_removal(&self, caller: &Caller, id: &str) -> Result<()> {
        iam::forget_removal(&*self.opened()?, caller, id).await
    }

    fn changed(&self) -> Changed {
        self.changed_receiver()
    }
}
