//! Authorizations, and the challenges that prove them (RFC 8555 sections 7.1.4 and 8).

use jiff::Timestamp;
use reqwest::Url;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::order::{Identifier, lenient_time};
use crate::{Problem, problem, text, url};

/// Leave of the server to order for one name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Authorization {
    /// The name; for a wildcard, the name below it.
    pub identifier: Identifier,
    /// Its state.
    pub status: AuthorizationStatus,
    /// When it ends; none if the server does not say.
    #[serde(default, deserialize_with = "lenient_time")]
    pub expires: Option<Timestamp>,
    /// The ways to prove it; one is enough.
    #[serde(default)]
    pub challenges: Vec<Challenge>,
    /// Whether it is for the wildcard below the name.
    #[serde(default)]
    pub wildcard: bool,
}

/// States of an authorization (RFC 8555 section 7.1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AuthorizationStatus {
    /// A challenge must be proven.
    Pending,
    /// It is given.
    Valid,
    /// A challenge failed.
    Invalid,
    /// The client gave it up.
    Deactivated,
    /// Its time is over.
    Expired,
    /// The server took it back.
    Revoked,
    /// Any other.
    #[serde(other)]
    Unknown,
}

/// One way to prove that a name is ours.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Challenge {
    /// Its type, such as `dns-01`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its address.
    #[serde(deserialize_with = "url::required")]
    pub url: Url,
    /// Its state.
    pub status: ChallengeStatus,
    /// What the proof is made from; types that we do not know may have none.
    #[serde(default, deserialize_with = "token")]
    pub token: Option<String>,
    /// When the server found the proof.
    #[serde(default, deserialize_with = "lenient_time")]
    pub validated: Option<Timestamp>,
    /// Why it failed.
    #[serde(default, deserialize_with = "problem::lenient")]
    pub error: Option<Problem>,
}

/// States of a challenge (RFC 8555 section 7.1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChallengeStatus {
    /// The server waits to be told that the proof is in place.
    Pending,
    /// The server looks, and will look again.
    Processing,
    /// It is proven.
    Valid,
    /// It failed, for good.
    Invalid,
    /// Any other.
    #[serde(other)]
    Unknown,
}

impl Authorization {
    /// Its `dns-01` challenge (RFC 8555 section 8.4), if it has one with a token.
    pub fn dns_challenge(&self) -> Option<&Challenge> {
        let mut challenges = self.challenges.iter();
        challenges.find(|one| one.kind == "dns-01" && one.token.is_some())
    }
}

/// A token with other characters must be refused: it becomes part of what is signed for
/// (RFC 8555 section 8.1).
fn token<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    match Option::<String>::deserialize(from)? {
        Some(token) if !text::is_base64url(&token) => Err(D::Error::custom("token")),
        token => Ok(token),
    }
}
