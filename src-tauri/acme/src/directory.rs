//! Where a server does what, and what it says of itself.

use std::collections::BTreeMap;

use reqwest::Url;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{text, url};

/// The directory of a server (RFC 8555 section 7.1.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Directory {
    /// Gives nonces.
    #[serde(deserialize_with = "url::required")]
    pub new_nonce: Url,
    /// Makes and finds accounts.
    #[serde(deserialize_with = "url::required")]
    pub new_account: Url,
    /// Takes orders.
    #[serde(deserialize_with = "url::required")]
    pub new_order: Url,
    /// Revokes certificates.
    #[serde(default, deserialize_with = "url::optional")]
    pub revoke_cert: Option<Url>,
    /// Changes the key of an account.
    #[serde(default, deserialize_with = "url::optional")]
    pub key_change: Option<Url>,
    /// Says when to renew (RFC 9773 section 3); not all servers do.
    #[serde(default, deserialize_with = "url::optional")]
    pub renewal_info: Option<Url>,
    /// What the server says of itself.
    #[serde(default)]
    pub meta: Meta,
}

/// What a server says of itself (RFC 8555 section 9.7.6). Text of a stranger, and nothing relies
/// on it, so whatever has an odd form counts as not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Meta {
    /// Where the terms of service are. Some servers give no `https` address here, so it is text;
    /// see [`parse_url`](crate::parse_url) before anything opens it.
    #[serde(deserialize_with = "text::lenient")]
    pub terms_of_service: Option<String>,
    /// Where the server is described; text as well.
    #[serde(deserialize_with = "text::lenient")]
    pub website: Option<String>,
    /// What CAA records call this authority (RFC 8659).
    #[serde(deserialize_with = "texts")]
    pub caa_identities: Vec<String>,
    /// Whether accounts must be bound to external ones.
    #[serde(deserialize_with = "flag")]
    pub external_account_required: bool,
    /// Profiles of certificates, each with its description.
    #[serde(deserialize_with = "profiles")]
    pub profiles: BTreeMap<String, String>,
}

fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let values = Value::deserialize(from)?;
    let values = values.as_array().into_iter().flatten();
    Ok(values.filter_map(Value::as_str).map(text::shown).collect())
}

fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(from)?.as_bool().unwrap_or_default())
}

fn profiles<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let values = Value::deserialize(from)?;
    let values = values.as_object().into_iter().flatten();
    let described = values.filter_map(|(name, text)| Some((name, text.as_str()?)));
    Ok(described
        .map(|(name, text)| (text::shown(name), text::shown(text)))
        .collect())
}
