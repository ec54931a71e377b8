//! What a server says is wrong (RFC 7807, and RFC 8555 section 6.7).

use std::fmt;

use serde::{Deserialize, Deserializer};

use crate::order::Identifier;
use crate::{limits, text};

/// A problem document: why a request was refused, or why an order or a challenge failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// Its type.
    #[serde(rename = "type", default)]
    pub problem_type: ProblemType,
    /// What the server says about it; text of a stranger.
    #[serde(default, deserialize_with = "text::lenient")]
    pub detail: Option<String>,
    /// The HTTP status; none where the problem is told inside of an order or a challenge.
    #[serde(default, deserialize_with = "status")]
    pub status: Option<u16>,
    /// What is wrong with which name (RFC 8555 section 6.7.1).
    #[serde(default, deserialize_with = "subproblems")]
    pub subproblems: Vec<Subproblem>,
}

/// A problem with one name of several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Subproblem {
    /// The name; none if the server does not say.
    #[serde(default)]
    pub identifier: Option<Identifier>,
    /// Its type.
    #[serde(rename = "type", default)]
    pub problem_type: ProblemType,
    /// What the server says about it; text of a stranger.
    #[serde(default, deserialize_with = "text::lenient")]
    pub detail: Option<String>,
}

/// Writes the enumeration with the names that stand on the wire.
macro_rules! problem_types {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// Types of problems (RFC 8555 section 6.7, RFC 9773 section 7.4).
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub enum ProblemType {
            $($(#[doc = $doc])+ $variant,)+
            /// The server gave none.
            #[default]
            Unspecified,
            /// Any other; text of a stranger.
            Other(String),
        }

        impl ProblemType {
            fn known(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The name, without the prefix that all of ACME's have.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Unspecified => "about:blank",
                    Self::Other(name) => name,
                }
            }
        }
    };
}

problem_types! {
    /// No account belongs to the key.
    AccountDoesNotExist = "accountDoesNotExist",
    /// The certificate was replaced by another order already.
    AlreadyReplaced = "alreadyReplaced",
    /// The certificate is revoked already.
    AlreadyRevoked = "alreadyRevoked",
    /// The certificate signing request is not accepted.
    BadCsr = "badCSR",
    /// The nonce was not accepted.
    BadNonce = "badNonce",
    /// The account key is of a kind that the server does not support.
    BadPublicKey = "badPublicKey",
    /// The reason for a revocation is not allowed.
    BadRevocationReason = "badRevocationReason",
    /// The signature's algorithm is not supported.
    BadSignatureAlgorithm = "badSignatureAlgorithm",
    /// CAA records forbid this certificate authority (RFC 8659).
    Caa = "caa",
    /// Several problems, told one by one.
    Compound = "compound",
    /// The server that is validated could not be reached.
    Connection = "connection",
    /// A DNS look-up failed.
    Dns = "dns",
    /// The account must be bound to an external one.
    ExternalAccountRequired = "externalAccountRequired",
    /// What was found does not fit the challenge.
    IncorrectResponse = "incorrectResponse",
    /// A contact of the account cannot be used.
    InvalidContact = "invalidContact",
    /// The request is wrong.
    Malformed = "malformed",
    /// The order is not ready to be finalized.
    OrderNotReady = "orderNotReady",
    /// Too many requests or orders.
    RateLimited = "rateLimited",
    /// The authority does not issue for this name.
    RejectedIdentifier = "rejectedIdentifier",
    /// The server failed.
    ServerInternal = "serverInternal",
    /// TLS failed during validation.
    Tls = "tls",
    /// The account may not do this.
    Unauthorized = "unauthorized",
    /// A contact of the account has an unknown form.
    UnsupportedContact = "unsupportedContact",
    /// A name is of a kind that is not supported.
    UnsupportedIdentifier = "unsupportedIdentifier",
    /// A person must do something first, such as agree to new terms of service.
    UserActionRequired = "userActionRequired",
}

impl ProblemType {
    fn read(text: &str) -> Self {
        match text.strip_prefix("urn:ietf:params:acme:error:") {
            Some(name) => Self::known(name).unwrap_or_else(|| Self::Other(text::shown(name))),
            None if text.is_empty() || text == "about:blank" => Self::Unspecified,
            None => Self::Other(text::shown(text)),
        }
    }

    /// Whether the same request may be taken later.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::BadNonce | Self::RateLimited | Self::ServerInternal
        )
    }
}

impl<'de> Deserialize<'de> for ProblemType {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(from)?;
        Ok(Self::read(value.as_str().unwrap_or_default()))
    }
}

/// One sentence or more: what the server says, or the name of the type; then name by name.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.detail, &self.problem_type, self.status) {
            (Some(detail), ..) => write!(f, "{detail}")?,
            (None, ProblemType::Unspecified, Some(status)) => write!(f, "HTTP status {status}")?,
            (None, ProblemType::Unspecified, None) => write!(f, "no reason given")?,
            (None, kind, _) => write!(f, "{}", kind.name())?,
        }
        for one in &self.subproblems {
            let detail = one.detail.as_deref();
            let detail = detail.unwrap_or_else(|| one.problem_type.name());
            match &one.identifier {
                Some(identifier) => write!(f, "; {}: {detail}", identifier.value)?,
                None => write!(f, "; {detail}")?,
            }
        }
        Ok(())
    }
}

/// The problem of an order or a challenge; one of an odd form must not hide their state.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Problem>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(value).ok())
}

/// What is wrong with the problem document itself matters less than the problem.
fn status<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u16>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_u64().and_then(|number| u16::try_from(number).ok()))
}

fn subproblems<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Subproblem>, D::Error> {
    let serde_json::Value::Array(values) = serde_json::Value::deserialize(from)? else {
        return Ok(Vec::new());
    };
    let read = values.into_iter().take(limits::SUBPROBLEMS);
    Ok(read
        .filter_map(|value| serde_json::from_value(value).ok())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_told_name_by_name() {
        let problem: Problem = serde_json::from_str(
            r#"{"type": "urn:ietf:params:acme:error:malformed", "detail": "Some names\u0000 are refused", "instance": 1,
                "status": "odd", "subproblems": [
                    {"type": "urn:ietf:params:acme:error:caa", "detail": "CAA forbids",
                     "identifier": {"type": "dns", "value": "a.example.test"}},
                    17,
                    {"type": "urn:example:odd"}]}"#,
        )
        .unwrap();
        assert_eq!(problem.problem_type, ProblemType::Malformed);
        assert_eq!(problem.subproblems[0].problem_type, ProblemType::Caa);
        assert_eq!(
            problem.to_string(),
            "Some names  are refused; a.example.test: CAA forbids; urn:example:odd"
        );
    }

    #[test]
    fn a_problem_may_say_nothing() {
        let problem: Problem = serde_json::from_str("{}").unwrap();
        assert_eq!(problem, Problem::default());
        assert_eq!(problem.to_string(), "no reason given");
    }
}
