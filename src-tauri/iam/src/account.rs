//! An identity that manages service IDs, and the account it is in.

use reqwest::{Client, Method};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{Error, Settings, TokenSource, call::Ask, exchange};

/// What an API key may do in its account: make and remove service IDs, their keys and memberships.
pub struct Account {
    pub(crate) tokens: TokenSource,
    pub(crate) http: Client,
    /// Address of IAM.
    pub(crate) url: String,
    pub(crate) key: Zeroizing<String>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Details {
    account_id: String,
}

impl Account {
    /// Checks address and key as they are written; asks nothing yet.
    pub fn new(settings: &Settings, api_key: Zeroizing<String>) -> Result<Self, Error> {
        Ok(Self {
            http: exchange::http(settings)?,
            tokens: TokenSource::new(settings, api_key.clone())?,
            url: settings.url.clone(),
            key: api_key,
        })
    }

    /// The account that the key belongs to (`GET /v1/apikeys/details`).
    pub async fn id(&self) -> Result<String, Error> {
        let ask = Ask {
            headers: &[("IAM-ApiKey", &self.key)],
            ..Ask::new(Method::GET, "v1/apikeys/details")
        };
        let details: Details = self.ask(ask).await?;
        let inside = |byte: u8| byte.is_ascii_alphanumeric();
        if details.account_id.is_empty() || !details.account_id.bytes().all(inside) {
            return Err(Error::Answer);
        }
        Ok(details.account_id)
    }
}
