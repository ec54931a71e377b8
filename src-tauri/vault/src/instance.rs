//! The vault as an instance: each call goes to its use case.

use async_trait::async_trait;
use keyturn_api::{
    Caller, Changed, Instance, ListSecrets, Metadata, NewSecret, NewVersion, Page, Result,
    Revision, RotationOutlook, Secret, SecretPatch, SecretView, Version, VersionRef, VersionView,
};

use crate::{
    Vault,
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
        secrets::create(&*self.opened()?, caller, new).await
    }

    async fn secret(&self, caller: &Caller, id: &str) -> Result<Secret> {
        secrets::read(&*self.opened()?, caller, parse_id(id)?).await
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
        versions::create(&*self.opened()?, caller, parse_id(id)?, new, expect).await
    }

    async fn versions(&self, caller: &Caller, id: &str) -> Result<Vec<VersionView>> {
        versions::list(&*self.opened()?, caller, parse_id(id)?)
    }

    async fn version(&self, caller: &Caller, id: &str, version: &VersionRef) -> Result<Version> {
        let action = keyturn_api::Action::SecretVersionRead;
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

    fn changed(&self) -> Changed {
        self.changed_receiver()
    }
}
