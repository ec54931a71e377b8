//! Orders (RFC 8555 section 7.1.3).

use jiff::Timestamp;
use reqwest::Url;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{Problem, problem, text, url};

/// What a certificate is for: a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// Its kind: `dns`, or `ip` (RFC 8738).
    #[serde(rename = "type")]
    pub kind: String,
    /// The name; in an order it may begin with `*.`.
    #[serde(deserialize_with = "name")]
    pub value: String,
}

/// An order as the server has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Order {
    /// Its state.
    pub status: OrderStatus,
    /// When the server forgets it; none if it does not say.
    #[serde(default, deserialize_with = "lenient_time")]
    pub expires: Option<Timestamp>,
    /// What it is for.
    pub identifiers: Vec<Identifier>,
    /// The authorizations it needs. Valid ones are among them where the server uses them again.
    #[serde(deserialize_with = "url::list")]
    pub authorizations: Vec<Url>,
    /// Where the certificate signing request goes.
    #[serde(deserialize_with = "url::required")]
    pub finalize: Url,
    /// Where the certificate is, once it was issued.
    #[serde(default, deserialize_with = "url::optional")]
    pub certificate: Option<Url>,
    /// Why it failed.
    #[serde(default, deserialize_with = "problem::lenient")]
    pub error: Option<Problem>,
    /// The certificate that it replaces (RFC 9773 section 5), if the server understood that.
    #[serde(default, deserialize_with = "text::lenient")]
    pub replaces: Option<String>,
}

/// States of an order (RFC 8555 section 7.1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OrderStatus {
    /// Authorizations are missing.
    Pending,
    /// It waits for the certificate signing request.
    Ready,
    /// The certificate is being issued.
    Processing,
    /// The certificate was issued.
    Valid,
    /// It failed or its time is over.
    Invalid,
    /// Any other.
    #[serde(other)]
    Unknown,
}

impl Identifier {
    /// A name of the DNS.
    pub fn dns(name: impl Into<String>) -> Self {
        Self {
            kind: "dns".into(),
            value: name.into(),
        }
    }
}

/// A name as the server repeats it; what nobody can have asked for is refused.
fn name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    if name.len() > 255 || text::shown(&name) != name {
        return Err(D::Error::custom("name"));
    }
    Ok(name)
}

/// A time (RFC 3339) that can be done without.
pub(crate) fn lenient_time<'de, D>(from: D) -> Result<Option<Timestamp>, D::Error>
where
    D: Deserializer<'de>,
{
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_str().and_then(|text| text.parse().ok()))
}
