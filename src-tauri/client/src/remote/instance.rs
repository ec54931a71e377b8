//! Each call of an instance becomes a request of API v2, and its answer what the call returns.

use async_trait::async_trait;
use http::Method;
use keyturn_api::configuration::{
    ConfigurationPatch,
    action::{ActionOutcome, ConfigurationAction},
};
use keyturn_api::secret::private_cert::{self, PrivateCertOutlook};
use keyturn_api::secret::public_cert::OrderView;
use keyturn_api::version::Compared;
use keyturn_api::wire::{answer, request};
use keyturn_api::{
    Caller, CertificateParts, Changed, Comparison, ConfigType, ConfigurationView, Instance,
    ListLocks, ListSecrets, ListSecretsLocks, Lock, Metadata, NewConfiguration, NewLocks,
    NewSecret, NewSecretGroup, NewVersion, Page, PendingRemoval, PolicyOutlook, Result, Revision,
    RotationOutlook, Secret, SecretGroupPatch, SecretGroupView, SecretLocks, SecretPatch,
    SecretType, SecretView, ShownComparison, Timestamp, Version, VersionRef, VersionView,
};
use zeroize::Zeroizing;

use super::compare::gone;
use super::{Ask, Remote, now, secret_path};

// The instance knows whom the key belongs to and checks its role; `caller` is the person here.
#[async_trait]
impl Instance for Remote {
    async fn list_secrets(&self, _: &Caller, query: &ListSecrets) -> Result<Page<SecretView>> {
        self.list(query).await
    }

    async fn labels(&self, _: &Caller) -> Result<Vec<String>> {
        self.every_label().await
    }

    async fn create_secret(&self, _: &Caller, new: NewSecret) -> Result<Secret> {
        new.check(now())?;
        self.add(&new).await
    }

    async fn secret(&self, _: &Caller, id: &str) -> Result<Secret> {
        self.with_value(id).await
    }

    async fn secret_id(
        &self,
        _: &Caller,
        group_name: &str,
        secret_type: SecretType,
        name: &str,
    ) -> Result<String> {
        self.id_of(group_name, secret_type, name).await
    }

    async fn secret_metadata(&self, _: &Caller, id: &str) -> Result<SecretView> {
        self.metadata(id).await
    }

    async fn update_secret(
        &self,
        _: &Caller,
        id: &str,
        patch: SecretPatch,
        expect: Option<&Revision>,
    ) -> Result<SecretView> {
        patch.check(now())?;
        self.check_unchanged(id, expect).await?;
        let place = secret_path(id, "/metadata")?;
        let ask = Ask::with(Method::PATCH, &place, request::secret_patch(&patch)).expecting(expect);
        let view = answer::secret_metadata(&self.ask(ask).await?.body)?;
        self.memory().learn([&view]);
        self.tell_change();
        Ok(self.for_role(view))
    }

    async fn delete_secret(&self, _: &Caller, id: &str, expect: Option<&Revision>) -> Result<()> {
        self.check_unchanged(id, expect).await?;
        let path = secret_path(id, "")?;
        let ask = Ask::with(Method::DELETE, &path, Zeroizing::default()).expecting(expect);
        self.ask(ask).await?;
        self.memory().forget(id);
        self.tell_change();
        Ok(())
    }

    async fn overdue_total(&self, _: &Caller) -> Result<u32> {
        let query = ListSecrets {
            limit: 1,
            overdue: true,
            ..ListSecrets::default()
        };
        self.list(&query).await.map(|page| page.total_count)
    }

    async fn policy_outlook(
        &self,
        _: &Caller,
        id: &str,
        patch: &SecretPatch,
    ) -> Result<PolicyOutlook> {
        self.policy(id, patch).await
    }

    async fn rotation_outlook(&self, _: &Caller, id: &str) -> Result<RotationOutlook> {
        self.rotation(id).await
    }

    async fn create_version(
        &self,
        _: &Caller,
        id: &str,
        new: NewVersion,
        expect: Option<&Revision>,
    ) -> Result<Version> {
        new.check()?;
        self.check_unchanged(id, expect).await?;
        self.rotate(id, &new, expect).await
    }

    async fn versions(&self, _: &Caller, id: &str) -> Result<Vec<VersionView>> {
        self.history(id).await
    }

    async fn version(&self, _: &Caller, id: &str, version: &VersionRef) -> Result<Version> {
        let found = self.version_with_value(id, version).await?;
        match found.payload {
            Some(_) => Ok(found),
            None => Err(gone(found.view.view_hindrance)),
        }
    }

    async fn version_metadata(
        &self,
        _: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<VersionView> {
        self.one_of_history(id, version).await
    }

    async fn certificate(
        &self,
        _: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<CertificateParts> {
        self.certificate_parts(id, version).await
    }

    async fn compare(
        &self,
        _: &Caller,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<Comparison> {
        self.compared(id, version, with).await
    }

    async fn compare_shown(
        &self,
        _: &Caller,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<ShownComparison> {
        self.compared_shown(id, version, with).await
    }

    async fn delete_version_data(&self, _: &Caller, id: &str, version: &VersionRef) -> Result<()> {
        self.delete_data(id, version).await
    }

    async fn update_version(
        &self,
        _: &Caller,
        id: &str,
        version: &VersionRef,
        version_custom_metadata: Metadata,
        expect: Option<&Revision>,
    ) -> Result<VersionView> {
        self.edit_version(id, version, &version_custom_metadata, expect)
            .await
    }

    async fn secret_groups(&self, _: &Caller) -> Result<Vec<SecretGroupView>> {
        self.groups().await
    }

    async fn create_secret_group(
        &self,
        _: &Caller,
        new: NewSecretGroup,
    ) -> Result<SecretGroupView> {
        new.check()?;
        let ask = Ask::post("/api/v2/secret_groups", request::new_group(&new));
        self.changed_group(ask).await
    }

    async fn update_secret_group(
        &self,
        _: &Caller,
        id: &str,
        patch: SecretGroupPatch,
    ) -> Result<SecretGroupView> {
        patch.check()?;
        let place = Self::group_path(id)?;
        self.changed_group(Ask::with(
            Method::PATCH,
            &place,
            request::group_patch(&patch),
        ))
        .await
    }

    async fn delete_secret_group(&self, _: &Caller, id: &str) -> Result<()> {
        let path = Self::group_path(id)?;
        self.ask(Ask::with(Method::DELETE, &path, Zeroizing::default()))
            .await?;
        self.tell_change();
        Ok(())
    }

    async fn secret_locks(
        &self,
        _: &Caller,
        id: &str,
        version: Option<&VersionRef>,
        query: &ListLocks,
    ) -> Result<Page<Lock>> {
        self.locks(id, version, query).await
    }

    async fn secrets_locks(
        &self,
        _: &Caller,
        query: &ListSecretsLocks,
    ) -> Result<Page<SecretLocks>> {
        let path = format!(
            "/api/v2/secrets_locks?{}",
            request::list_secrets_locks(query)
        );
        answer::secrets_locks(&self.ask(Ask::get(&path)).await?.body)
    }

    async fn create_locks(
        &self,
        _: &Caller,
        id: &str,
        version: &VersionRef,
        new: NewLocks,
    ) -> Result<SecretLocks> {
        self.lock_version(id, version, &new).await
    }

    async fn delete_locks(
        &self,
        _: &Caller,
        id: &str,
        version: Option<&VersionRef>,
        names: Option<&[String]>,
    ) -> Result<SecretLocks> {
        self.unlock(id, version, names).await
    }

    async fn configurations(&self, _: &Caller) -> Result<Vec<ConfigurationView>> {
        self.all_configurations().await
    }

    async fn configuration(
        &self,
        _: &Caller,
        config_type: ConfigType,
        name: &str,
    ) -> Result<ConfigurationView> {
        let ask = Self::on_configuration(Method::GET, config_type, name, "", Zeroizing::default());
        let reply = self.ask(ask.ask()).await?;
        answer::configuration(&reply.body)
    }

    async fn create_configuration(
        &self,
        _: &Caller,
        new: NewConfiguration,
    ) -> Result<ConfigurationView> {
        self.add_configuration(&new).await
    }

    async fn update_configuration(
        &self,
        _: &Caller,
        config_type: ConfigType,
        name: &str,
        patch: ConfigurationPatch,
        expect: Option<&Revision>,
    ) -> Result<ConfigurationView> {
        let body = request::configuration_patch(&patch);
        let ask = Self::on_configuration(Method::PATCH, config_type, name, "", body);
        let reply = self.ask(ask.ask().expecting(expect)).await?;
        self.tell_change();
        answer::configuration(&reply.body)
    }

    async fn delete_configuration(
        &self,
        _: &Caller,
        config_type: ConfigType,
        name: &str,
        expect: Option<&Revision>,
    ) -> Result<()> {
        let nothing = Zeroizing::default();
        let ask = Self::on_configuration(Method::DELETE, config_type, name, "", nothing);
        self.ask(ask.ask().expecting(expect)).await?;
        self.tell_change();
        Ok(())
    }

    async fn configuration_action(
        &self,
        _: &Caller,
        config_type: ConfigType,
        name: &str,
        action: ConfigurationAction,
    ) -> Result<ActionOutcome> {
        let body = request::configuration_action(name, &action);
        let ask = Self::on_configuration(Method::POST, config_type, name, "/actions", body);
        let reply = self.ask(ask.ask()).await?;
        self.tell_change();
        answer::action_outcome(&reply.body)
    }

    async fn revocation_lists(&self, authority: &str) -> Result<Vec<Vec<u8>>> {
        let path = Self::published(authority, "crl");
        Ok(vec![self.ask(Ask::get(&path)).await?.body.to_vec()])
    }

    async fn authority_certificates(&self, authority: &str) -> Result<Vec<String>> {
        let path = Self::published(authority, "ca_chain");
        let reply = self.ask(Ask::get(&path)).await?;
        Ok(super::configurations::blocks(&reply.body))
    }

    async fn private_cert_outlook(
        &self,
        _: &Caller,
        secret_group_id: &str,
        new: &private_cert::New,
    ) -> Result<PrivateCertOutlook> {
        self.private_cert(secret_group_id, new).await
    }

    async fn private_cert_rotation_outlook(
        &self,
        _: &Caller,
        id: &str,
        rotation: &private_cert::Rotation,
    ) -> Result<PrivateCertOutlook> {
        self.private_cert_rotation(id, rotation).await
    }

    async fn revoke_certificate(
        &self,
        _: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<Timestamp> {
        self.revoke(id, version).await
    }

    async fn order(&self, _: &Caller, id: &str) -> Result<Option<OrderView>> {
        self.newest_order(id).await
    }

    async fn validate_dns_challenge(&self, _: &Caller, id: &str) -> Result<()> {
        self.validate(id).await
    }

    async fn cancel_order(&self, _: &Caller, id: &str) -> Result<()> {
        self.cancel(id).await
    }

    async fn pending_removals(&self, _: &Caller) -> Result<Vec<PendingRemoval>> {
        self.removals().await
    }

    async fn retry_removal(&self, _: &Caller, id: &str) -> Result<Vec<PendingRemoval>> {
        self.retry(id).await
    }

    async fn forget_removal(&self, _: &Caller, id: &str) -> Result<()> {
        self.give_up(id).await
    }

    fn changed(&self) -> Changed {
        self.changed.subscribe()
    }
}
