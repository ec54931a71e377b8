//! API keys of service IDs (`/v1/apikeys`).

use reqwest::Method;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    Account, Error,
    call::{Ask, check_id},
    service_id::absent_is_done,
};

/// An API key to be made. It is locked from the start, and IAM does not keep its value.
#[derive(Clone, Copy, Debug)]
pub struct NewApiKey<'a> {
    /// Not unique in IAM.
    pub name: &'a str,
    /// Whose key it is to be: `iam-ServiceId-…`
    pub iam_id: &'a str,
    /// The account of the service ID.
    pub account_id: &'a str,
    /// Free text, with a marker in it.
    pub description: &'a str,
}

#[derive(Serialize)]
struct Request<'a> {
    name: &'a str,
    iam_id: &'a str,
    account_id: &'a str,
    description: &'a str,
    store_value: bool,
}

/// An API key that was made; its value is told this once.
pub struct MadeApiKey {
    /// `ApiKey-…`
    pub id: String,
    /// The key itself.
    pub value: Zeroizing<String>,
}

impl std::fmt::Debug for MadeApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeApiKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// An API key as IAM lists it, without its value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ApiKey {
    /// `ApiKey-…`
    pub id: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
}

#[derive(Deserialize)]
struct Made {
    id: String,
    apikey: Zeroizing<String>,
}

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    apikeys: Vec<ApiKey>,
}

impl Account {
    /// Makes an API key.
    pub async fn create_api_key(&self, new: NewApiKey<'_>) -> Result<MadeApiKey, Error> {
        let request = Request {
            name: new.name,
            iam_id: new.iam_id,
            account_id: new.account_id,
            description: new.description,
            store_value: false,
        };
        let ask = Ask {
            headers: &[("Entity-Lock", "true")],
            ..Ask::new(Method::POST, "v1/apikeys").json(&request)
        };
        let made: Made = self.ask(ask).await?;
        check_id(&made.id)?;
        let visible = |byte: u8| byte.is_ascii_graphic();
        if made.apikey.is_empty() || !made.apikey.bytes().all(visible) {
            return Err(Error::Answer);
        }
        Ok(MadeApiKey {
            id: made.id,
            value: made.apikey,
        })
    }

    /// The API keys of a service ID.
    pub async fn api_keys_of(&self, account_id: &str, iam_id: &str) -> Result<Vec<ApiKey>, Error> {
        let query = [("account_id", account_id), ("iam_id", iam_id)];
        let pages: Vec<List> = self.pages("v1/apikeys", &query).await?;
        let keys = pages.into_iter().flat_map(|page| page.apikeys);
        keys.map(|key| check_id(&key.id).map(|()| key)).collect()
    }

    /// Removes an API key, locked or not. One that is not there any more is no failure.
    pub async fn delete_api_key(&self, id: &str) -> Result<(), Error> {
        check_id(id)?;
        let lock = format!("v1/apikeys/{id}/lock");
        absent_is_done(self.call(Ask::new(Method::DELETE, &lock)).await)?;
        let path = format!("v1/apikeys/{id}");
        absent_is_done(self.call(Ask::new(Method::DELETE, &path)).await)
    }
}
