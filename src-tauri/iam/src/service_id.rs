//! Service IDs (`/v1/serviceids`).

use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::{
    Account, Error,
    call::{Ask, check_id},
};

/// A service ID to be made.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NewServiceId<'a> {
    /// The account it is to be in.
    pub account_id: &'a str,
    /// Not unique in IAM; with a marker in it, it is.
    pub name: &'a str,
    /// Free text.
    pub description: &'a str,
}

/// A service ID as IAM tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ServiceId {
    /// `ServiceId-…`
    pub id: String,
    /// What keys and memberships name it by: `iam-ServiceId-…`
    pub iam_id: String,
    /// The account it is in.
    pub account_id: String,
    /// As it was named.
    pub name: String,
    /// Whether it is protected from changes.
    #[serde(default)]
    pub locked: bool,
}

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    serviceids: Vec<ServiceId>,
}

impl ServiceId {
    fn checked(self) -> Result<Self, Error> {
        check_id(&self.id)?;
        check_id(&self.iam_id)?;
        check_id(&self.account_id)?;
        Ok(self)
    }
}

impl Account {
    /// Makes a service ID. It is not locked: nothing could be put under it then.
    pub async fn create_service_id(&self, new: NewServiceId<'_>) -> Result<ServiceId, Error> {
        let ask = Ask::new(Method::POST, "v1/serviceids").json(&new);
        self.ask::<ServiceId>(ask).await?.checked()
    }

    /// A service ID that is there.
    pub async fn service_id(&self, id: &str) -> Result<ServiceId, Error> {
        check_id(id)?;
        let path = format!("v1/serviceids/{id}");
        let found: ServiceId = self.ask(Ask::new(Method::GET, &path)).await?;
        found.checked()
    }

    /// The service IDs of an account that have exactly this name.
    pub async fn service_ids_named(
        &self,
        account_id: &str,
        name: &str,
    ) -> Result<Vec<ServiceId>, Error> {
        let query = [("account_id", account_id), ("name", name)];
        let pages: Vec<List> = self.pages("v1/serviceids", &query).await?;
        let found = pages.into_iter().flat_map(|page| page.serviceids);
        found
            .filter(|one| one.name == name)
            .map(ServiceId::checked)
            .collect()
    }

    /// Protects a service ID from changes by others.
    pub async fn lock_service_id(&self, id: &str) -> Result<(), Error> {
        check_id(id)?;
        let path = format!("v1/serviceids/{id}/lock");
        self.call(Ask::new(Method::POST, &path)).await.map(drop)
    }

    /// Takes the protection away. One that is not there any more is no failure.
    pub async fn unlock_service_id(&self, id: &str) -> Result<(), Error> {
        check_id(id)?;
        let path = format!("v1/serviceids/{id}/lock");
        absent_is_done(self.call(Ask::new(Method::DELETE, &path)).await)
    }

    /// Removes a service ID that is not locked, with what is left under it. One that is not there any
    /// more is no failure.
    pub async fn delete_service_id(&self, id: &str) -> Result<(), Error> {
        check_id(id)?;
        let path = format!("v1/serviceids/{id}");
        absent_is_done(self.call(Ask::new(Method::DELETE, &path)).await)
    }
}

/// What is gone already needs no removal.
pub(crate) fn absent_is_done<T>(answer: Result<T, Error>) -> Result<(), Error> {
    match answer {
        Err(error) if error.is_absent() => Ok(()),
        other => other.map(drop),
    }
}
