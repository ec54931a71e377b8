//! What an account does: orders, challenges, certificates.

use std::collections::HashSet;

use data_encoding::BASE64URL_NOPAD;
use reqwest::Url;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::certificate::PEM_CHAIN;
use crate::jws::Signatory;
use crate::transport::Reply;
use crate::{
    AccountKey, Answer, Authorization, Chain, Challenge, Client, Identifier, Order, Result, answer,
    limits, url,
};

/// A client with the key and the address of an account. Each method is one request, and may be
/// called again after any failure; only [`Session::new_order`] then makes a second order, unless the
/// first is found with [`Session::orders`].
#[derive(Clone)]
pub struct Session<'a> {
    client: &'a Client,
    key: &'a AccountKey,
    account: Url,
}

#[derive(Serialize)]
struct NewOrder<'a> {
    identifiers: &'a [Identifier],
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<&'a str>,
}

#[derive(Serialize)]
struct Contact<'a> {
    contact: &'a [String],
}

#[derive(Deserialize)]
struct OrderList {
    #[serde(deserialize_with = "url::list")]
    orders: Vec<Url>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(client: &'a Client, key: &'a AccountKey, account: Url) -> Self {
        Self {
            client,
            key,
            account,
        }
    }

    /// The address of the account.
    pub fn account_url(&self) -> &Url {
        &self.account
    }

    /// Gives the account these addresses in the place of those it has (RFC 8555 section 7.3.2).
    pub async fn update_contact(&self, contact: &[String]) -> Result<()> {
        let payload = serde_json::to_string(&Contact { contact });
        let payload = payload.expect("text is always written");
        self.post(&self.account, &payload).await.map(drop)
    }

    /// Orders a certificate (RFC 8555 section 7.4). It may say which certificate it replaces
    /// (RFC 9773 section 5, see [`certificate_id`](crate::certificate_id)), where the server offers
    /// renewal windows. Gives the address of the order too: keep it.
    pub async fn new_order(
        &self,
        identifiers: &[Identifier],
        replaces: Option<&str>,
    ) -> Result<(Url, Answer<Order>)> {
        let url = &self.client.directory().await?.new_order;
        let order = NewOrder {
            identifiers,
            replaces,
        };
        let payload = serde_json::to_string(&order).expect("text is always written");
        let reply = self.post(url, &payload).await?;
        Ok((reply.location()?, reply.json("an order")?))
    }

    /// An order as it is now (RFC 8555 section 7.4).
    pub async fn order(&self, url: &Url) -> Result<Answer<Order>> {
        self.read(url, "an order").await
    }

    /// The addresses of the account's orders (RFC 8555 section 7.1.2.1), to find one whose answer
    /// was lost. At most [`limits::ORDER_PAGES`] pages are read.
    pub async fn orders(&self, list_url: &Url) -> Result<Vec<Url>> {
        let (mut orders, mut seen) = (Vec::new(), HashSet::new());
        let mut next = Some(list_url.clone());
        while let Some(page) = next.take() {
            if seen.len() == limits::ORDER_PAGES || !seen.insert(page.clone()) {
                break;
            }
            let reply = self.post(&page, "").await?;
            orders.extend(reply.json::<OrderList>("a list of orders")?.value.orders);
            next = answer::links(&reply.headers, &page, "next")
                .into_iter()
                .next();
        }
        Ok(orders)
    }

    /// An authorization as it is now (RFC 8555 section 7.5).
    pub async fn authorization(&self, url: &Url) -> Result<Answer<Authorization>> {
        self.read(url, "an authorization").await
    }

    /// Gives an authorization up (RFC 8555 section 7.5.2).
    pub async fn deactivate_authorization(&self, url: &Url) -> Result<Answer<Authorization>> {
        let reply = self.post(url, r#"{"status":"deactivated"}"#).await?;
        reply.json("an authorization")
    }

    /// A challenge as it is now (RFC 8555 section 7.5.1).
    pub async fn challenge(&self, url: &Url) -> Result<Answer<Challenge>> {
        self.read(url, "a challenge").await
    }

    /// Tells the server that the proof is in place (RFC 8555 section 7.5.1). It then looks, once or
    /// more; a challenge that failed stays so, and so does its order.
    pub async fn respond(&self, challenge_url: &Url) -> Result<Answer<Challenge>> {
        self.post(challenge_url, "{}").await?.json("a challenge")
    }

    /// Sends the certificate signing request (PKCS#10, RFC 2986) of an order that is ready
    /// (RFC 8555 section 7.4).
    pub async fn finalize(&self, url: &Url, csr_der: &[u8]) -> Result<Answer<Order>> {
        let csr = BASE64URL_NOPAD.encode(csr_der);
        let reply = self.post(url, &format!(r#"{{"csr":"{csr}"}}"#)).await?;
        reply.json("an order")
    }

    /// The certificate of an order that is valid, or one of its alternates (RFC 8555 section
    /// 7.4.2).
    pub async fn certificate(&self, url: &Url) -> Result<Chain> {
        let account = Signatory::Account(&self.account);
        let reply = self.client.post(self.key, account, url, "", PEM_CHAIN);
        Chain::read(&reply.await?)
    }

    /// The value of the TXT record for the token of a `dns-01` challenge; see
    /// [`AccountKey::key_authorization_digest`].
    pub fn key_authorization_digest(&self, token: &str) -> String {
        self.key.key_authorization_digest(token)
    }

    async fn read<T: DeserializeOwned>(&self, url: &Url, what: &str) -> Result<Answer<T>> {
        self.post(url, "").await?.json(what)
    }

    async fn post(&self, url: &Url, payload: &str) -> Result<Reply> {
        let account = Signatory::Account(&self.account);
        self.client
            .post(self.key, account, url, payload, "application/json")
            .await
    }
}
