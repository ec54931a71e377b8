//! Signed requests (RFC 7515 as RFC 8555 section 6.2 wants it).

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use data_encoding::BASE64URL_NOPAD;
use reqwest::Url;
use serde::Serialize;

use crate::key::Jwk;
use crate::{AccountKey, ExternalAccount};

/// Who a request says it is from.
#[derive(Clone, Copy)]
pub(crate) enum Signatory<'a> {
    /// The key itself, where its account is asked for.
    Key,
    /// The account at this address.
    Account(&'a Url),
}

#[derive(Serialize)]
struct Protected<'a> {
    alg: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jwk: Option<&'a Jwk>,
}

/// A signed request in the flattened form.
#[derive(Serialize)]
pub(crate) struct Jws {
    protected: String,
    payload: String,
    signature: String,
}

impl Jws {
    /// Signs a request. An empty payload reads (POST-as-GET, RFC 8555 section 6.3). None if the
    /// system has no randomness or memory left.
    pub(crate) fn signed(
        key: &AccountKey,
        signatory: Signatory<'_>,
        url: &Url,
        nonce: &str,
        payload: &str,
    ) -> Option<Self> {
        let protected = Protected {
            alg: key.signs_with(),
            nonce: Some(nonce),
            url: url.as_str(),
            kid: match signatory {
                Signatory::Key => None,
                Signatory::Account(account) => Some(account.as_str()),
            },
            jwk: matches!(signatory, Signatory::Key).then(|| key.public()),
        };
        Self::new(&protected, payload, |message| key.sign(message))
    }

    /// Binds an account to an external one (RFC 8555 section 7.3.4).
    pub(crate) fn bound(external: &ExternalAccount, key: &AccountKey, url: &Url) -> Option<Self> {
        let protected = Protected {
            alg: "HS256",
            nonce: None,
            url: url.as_str(),
            kid: Some(&external.key_id),
            jwk: None,
        };
        let secret = hmac::Key::new(HMAC_SHA256, &external.hmac_key);
        Self::new(&protected, &key.public().canonical(), |message| {
            Some(hmac::sign(&secret, message).as_ref().to_vec())
        })
    }

    fn new(
        protected: &Protected<'_>,
        payload: &str,
        sign: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
    ) -> Option<Self> {
        let protected = BASE64URL_NOPAD.encode(&serde_json::to_vec(protected).ok()?);
        let payload = BASE64URL_NOPAD.encode(payload.as_bytes());
        let signature = sign(format!("{protected}.{payload}").as_bytes())?;
        Some(Self {
            protected,
            payload,
            signature: BASE64URL_NOPAD.encode(&signature),
        })
    }
}
