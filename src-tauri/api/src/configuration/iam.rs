//! How IAM credentials are made: with an API key of an identity that may manage service IDs in IBM
//! Cloud IAM. An instance has one such configuration.

use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

use crate::{Problem, Result, secret::iam_credentials::check_account_id};

/// The address of IBM Cloud's own IAM.
pub const IAM_URL: &str = "https://iam.cloud.ibm.com";
/// Characters of an API key (API v2, 7).
const API_KEY_CHARS: std::ops::RangeInclusive<usize> = 5..=60;

/// A new configuration.
#[derive(Debug, Deserialize, Type)]
pub struct NewIamCredentials {
    /// 5–60 characters; never told again.
    #[specta(type = String)]
    pub api_key: Zeroizing<String>,
    /// What is not secret about it.
    #[serde(flatten)]
    pub engine: IamCredentials,
}

/// The same as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "IamCredentialsConfiguration")] // the page knows types by one name each
pub struct IamCredentials {
    /// Whether nothing is made with it. At IBM a service authorization takes its place then, which
    /// there is none of here.
    #[serde(default)]
    pub disabled: bool,
    /// Address of IAM: https, or http within this computer. Beyond API v2.
    #[serde(default = "ibm")]
    pub iam_url: String,
    /// Account that service IDs are made in; absent: that of the key. Beyond API v2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

fn ibm() -> String {
    IAM_URL.to_owned()
}

/// A change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, Type)]
#[serde(default)]
pub struct IamCredentialsPatch {
    /// Another key.
    #[specta(type = Option<String>)]
    pub api_key: Option<Zeroizing<String>>,
    /// Whether nothing is made with it.
    pub disabled: Option<bool>,
    /// Another address.
    pub iam_url: Option<String>,
    /// Another account; empty text: that of the key.
    pub account_id: Option<String>,
}

impl NewIamCredentials {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        check_api_key(&self.api_key)?;
        self.engine.check()
    }
}

impl IamCredentials {
    /// Checks every field; how an address is written is checked by who goes there.
    pub fn check(&self) -> Result<()> {
        if self.iam_url.len() > 512 || self.iam_url.is_empty() {
            return Err(Problem::field(
                "iam_url",
                "The address of IAM has at most 512 characters.",
            ));
        }
        self.account_id.as_deref().map_or(Ok(()), check_account_id)
    }

    /// With what a patch changes.
    #[must_use]
    pub fn patched(mut self, patch: &IamCredentialsPatch) -> Self {
        if let Some(disabled) = patch.disabled {
            self.disabled = disabled;
        }
        if let Some(url) = &patch.iam_url {
            self.iam_url.clone_from(url);
        }
        if let Some(account) = &patch.account_id {
            self.account_id = Some(account.clone()).filter(|account| !account.is_empty());
        }
        self
    }
}

impl IamCredentialsPatch {
    /// Checks the key; the rest is checked with what it is laid over.
    pub fn check(&self) -> Result<()> {
        self.api_key
            .as_ref()
            .map_or(Ok(()), |key| check_api_key(key))
    }
}

fn check_api_key(key: &str) -> Result<()> {
    if API_KEY_CHARS.contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Problem::field(
        "api_key",
        "An API key has 5 to 60 characters without spaces. It was not kept.",
    )
    .remedy("Enter it as IBM Cloud showed it when it was made."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_5_to_60_characters_and_is_never_told() {
        for key in ["hunt", &"x".repeat(61), "hunter two", "žluťoučký"] {
            let refused = check_api_key(key).unwrap_err();
            assert!(!format!("{refused:?}").contains(key), "{key}");
        }
        assert!(check_api_key("12345").is_ok() && check_api_key(&"x".repeat(60)).is_ok());
    }

    #[test]
    fn what_is_absent_has_its_usual_value() {
        let new: NewIamCredentials = serde_json::from_str(r#"{"api_key":"abcdef"}"#).unwrap();
        assert!(new.check().is_ok() && !new.engine.disabled);
        assert_eq!(new.engine.iam_url, IAM_URL);
        let patch: IamCredentialsPatch =
            serde_json::from_str(r#"{"disabled":true,"account_id":""}"#).unwrap();
        let patched = new.engine.patched(&patch);
        assert!(patched.disabled && patched.account_id.is_none());
        let wrong = IamCredentials {
            account_id: Some("short".into()),
            ..patched
        };
        assert!(wrong.check().is_err());
    }
}
