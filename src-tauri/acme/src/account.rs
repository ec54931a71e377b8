//! Accounts (RFC 8555 section 7.3).

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::jws::{Jws, Signatory};
use crate::{AccountKey, Client, Error, ErrorKind, Result, url};

/// What an account is asked for with.
#[derive(Clone, Debug, Default)]
pub struct NewAccount {
    /// Addresses that the authority may write to, such as `mailto:admin@example.org`.
    pub contact: Vec<String>,
    /// Whether the terms of service were agreed to, by a person.
    pub terms_of_service_agreed: bool,
    /// The external account to bind it to, if the server wants one.
    pub external_account: Option<ExternalAccount>,
}

/// An account outside of ACME that an account is bound to (RFC 8555 section 7.3.4).
#[derive(Clone)]
pub struct ExternalAccount {
    /// The name of the key that the authority gave.
    pub key_id: String,
    /// The key itself, its bytes.
    pub hmac_key: Zeroizing<Vec<u8>>,
}

/// An account as the server has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its address, by which it is named from then on.
    pub url: Url,
    /// Its state.
    pub status: AccountStatus,
    /// Addresses that the authority may write to; many servers do not tell.
    pub contact: Vec<String>,
    /// Where its orders are listed; many servers do not list them.
    pub orders: Option<Url>,
}

/// States of an account (RFC 8555 section 7.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountStatus {
    /// It can be used.
    Valid,
    /// Its owner has ended it.
    Deactivated,
    /// The authority has ended it.
    Revoked,
    /// Any other.
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
struct Answered {
    status: AccountStatus,
    #[serde(default)]
    contact: Option<Vec<String>>,
    #[serde(default, deserialize_with = "url::optional")]
    orders: Option<Url>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    contact: &'a [String],
    #[serde(skip_serializing_if = "is_not")]
    terms_of_service_agreed: bool,
    #[serde(skip_serializing_if = "is_not")]
    only_return_existing: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_account_binding: Option<Jws>,
}

impl Client {
    /// Makes an account for a key, or gives the one that the key has already, as it is: for another
    /// contact see [`Session::update_contact`](crate::Session::update_contact).
    pub async fn register(&self, key: &AccountKey, account: &NewAccount) -> Result<Account> {
        let url = &self.directory().await?.new_account;
        let external = account.external_account.as_ref();
        let request = Request {
            contact: &account.contact,
            terms_of_service_agreed: account.terms_of_service_agreed,
            external_account_binding: external.and_then(|bound| Jws::bound(bound, key, url)),
            ..Request::default()
        };
        self.ask_account(key, url, &request).await
    }

    /// The account that a key has (RFC 8555 section 7.3.1); an error for which
    /// [`Error::is_account_unknown`] holds if it has none.
    pub async fn find_account(&self, key: &AccountKey) -> Result<Account> {
        let url = &self.directory().await?.new_account;
        let request = Request {
            only_return_existing: true,
            ..Request::default()
        };
        self.ask_account(key, url, &request).await
    }

    async fn ask_account(
        &self,
        key: &AccountKey,
        url: &Url,
        request: &Request<'_>,
    ) -> Result<Account> {
        let payload = serde_json::to_string(request).expect("text is always written");
        let reply = self
            .post(key, Signatory::Key, url, &payload, "application/json")
            .await?;
        let Answered {
            status,
            contact,
            orders,
        } = reply.json("an account")?.value;
        Ok(Account {
            url: reply.location()?,
            status,
            contact: contact.unwrap_or_default(),
            orders,
        })
    }
}

impl ExternalAccount {
    /// From the key as authorities show it: base64url, or base64, with or without padding.
    pub fn from_text(key_id: &str, hmac_key: &str) -> Result<Self> {
        let text = hmac_key.trim().trim_end_matches('=').bytes();
        let text: Zeroizing<Vec<u8>> = Zeroizing::new(
            text.map(|byte| match byte {
                b'+' => b'-',
                b'/' => b'_',
                byte => byte,
            })
            .collect(),
        );
        let key = BASE64URL_NOPAD.decode(&text).map(Zeroizing::new);
        match key {
            Ok(hmac_key) if !hmac_key.is_empty() => Ok(Self {
                key_id: key_id.trim().to_owned(),
                hmac_key,
            }),
            _ => Err(Error::new(ErrorKind::Setup(
                "The key of the external account is not base64url.".into(),
            ))),
        }
    }
}

impl fmt::Debug for ExternalAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ExternalAccount");
        shown.field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that serde asks for"
)]
fn is_not(flag: &bool) -> bool {
    !flag
}
