//! Public certificate authorities (API v2: `public_cert_configuration_ca_lets_encrypt`), and beyond it
//! any other with an ACME directory (RFC 8555).

use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

use crate::certificate::{check_pem, normal_pem};
use crate::{Problem, Result};

/// API v2: `lets_encrypt_environment`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Certificates that everybody trusts.
    Production,
    /// For trying out, with generous limits: nobody trusts them.
    Staging,
}

impl Environment {
    /// The directory of the environment.
    pub const fn directory(self) -> &'static str {
        match self {
            Self::Production => "https://acme-v02.api.letsencrypt.org/directory",
            Self::Staging => "https://acme-staging-v02.api.letsencrypt.org/directory",
        }
    }
}

/// Let's Encrypt, as it is configured.
#[derive(Debug, Deserialize, Type)]
pub struct NewLetsEncrypt {
    /// Which one.
    pub lets_encrypt_environment: Environment,
    /// Private key of the account, PEM; absent: a new account with a key that is made here.
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub lets_encrypt_private_key: Option<Zeroizing<String>>,
    /// Common name of the issuer of the chain that is preferred where the authority offers several.
    #[serde(default)]
    pub lets_encrypt_preferred_chain: Option<String>,
    /// Addresses the authority writes to. Beyond API v2.
    #[serde(default)]
    pub contact: Vec<String>,
}

/// Let's Encrypt, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LetsEncrypt {
    /// Which one.
    pub lets_encrypt_environment: Environment,
    /// The chain that is preferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lets_encrypt_preferred_chain: Option<String>,
    /// Its account.
    #[serde(flatten)]
    pub account: AccountView,
}

/// A change of [`LetsEncrypt`]; what is absent stays.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct LetsEncryptPatch {
    /// Which one; another one needs an account of its own.
    pub lets_encrypt_environment: Environment,
    /// Private key of another account, PEM.
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub lets_encrypt_private_key: Option<Zeroizing<String>>,
    /// The chain that is preferred; empty text removes it.
    #[serde(default)]
    pub lets_encrypt_preferred_chain: Option<String>,
    /// Addresses the authority writes to.
    #[serde(default)]
    pub contact: Option<Vec<String>>,
}

/// Another authority, as it is configured.
#[derive(Debug, Deserialize, Type)]
pub struct NewAcme {
    /// Address of its directory, https.
    pub directory_url: String,
    /// The root its server is trusted by besides those of the system, PEM.
    #[serde(default)]
    pub root_certificate: Option<String>,
    /// Private key of the account, PEM; absent: a new account with a key that is made here.
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub private_key: Option<Zeroizing<String>>,
    /// Common name of the issuer of the chain that is preferred where the authority offers several.
    #[serde(default)]
    pub preferred_chain: Option<String>,
    /// Addresses the authority writes to.
    #[serde(default)]
    pub contact: Vec<String>,
    /// Key identifier of an external account (RFC 8555, 7.3.4).
    #[serde(default)]
    pub external_account_key_id: Option<String>,
    /// Its key, base64url or base64.
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub external_account_hmac_key: Option<Zeroizing<String>>,
}

/// Another authority, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Acme {
    /// Address of its directory.
    pub directory_url: String,
    /// The root its server is trusted by, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_certificate: Option<String>,
    /// The chain that is preferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_chain: Option<String>,
    /// Key identifier of the external account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_account_key_id: Option<String>,
    /// Its account.
    #[serde(flatten)]
    pub account: AccountView,
}

/// A change of [`Acme`]; what is absent stays. The directory stays: another one is another authority.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct AcmePatch {
    /// Another root, PEM; empty text removes it.
    #[serde(default)]
    pub root_certificate: Option<String>,
    /// Private key of another account, PEM.
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub private_key: Option<Zeroizing<String>>,
    /// The chain that is preferred; empty text removes it.
    #[serde(default)]
    pub preferred_chain: Option<String>,
    /// Addresses the authority writes to.
    #[serde(default)]
    pub contact: Option<Vec<String>>,
    /// Key identifier of another external account; empty text removes it with its key.
    #[serde(default)]
    pub external_account_key_id: Option<String>,
    /// Its key, base64url or base64.
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub external_account_hmac_key: Option<Zeroizing<String>>,
}

/// The account with an authority. Its key is never shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AccountView {
    /// Addresses the authority writes to.
    pub contact: Vec<String>,
    /// Its address with the authority; absent: it is made with the first order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_url: Option<String>,
    /// Kind of its key: `RSA2048`, `ECDSA256`.
    pub account_key_algorithm: String,
}

impl NewLetsEncrypt {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        check_key(
            "lets_encrypt_private_key",
            self.lets_encrypt_private_key.as_ref(),
        )?;
        check_chain(
            "lets_encrypt_preferred_chain",
            self.lets_encrypt_preferred_chain.as_deref(),
        )?;
        check_contact(&self.contact)
    }
}

impl LetsEncryptPatch {
    /// Checks every field that is there.
    pub fn check(&self) -> Result<()> {
        check_key(
            "lets_encrypt_private_key",
            self.lets_encrypt_private_key.as_ref(),
        )?;
        check_chain(
            "lets_encrypt_preferred_chain",
            self.lets_encrypt_preferred_chain.as_deref(),
        )?;
        self.contact.as_deref().map_or(Ok(()), check_contact)
    }
}

impl NewAcme {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        check_directory(&self.directory_url)?;
        check_root(self.root_certificate.as_deref())?;
        check_key("private_key", self.private_key.as_ref())?;
        check_chain("preferred_chain", self.preferred_chain.as_deref())?;
        check_contact(&self.contact)?;
        let key = self.external_account_hmac_key.as_deref();
        check_external(
            self.external_account_key_id.as_deref(),
            key.map(String::as_str),
        )
    }
}

impl AcmePatch {
    /// Checks every field that is there.
    pub fn check(&self) -> Result<()> {
        let root = self
            .root_certificate
            .as_deref()
            .filter(|text| !text.is_empty());
        check_root(root)?;
        check_key("private_key", self.private_key.as_ref())?;
        check_chain("preferred_chain", self.preferred_chain.as_deref())?;
        self.contact.as_deref().map_or(Ok(()), check_contact)
    }
}

fn check_directory(address: &str) -> Result<()> {
    let refused = |message| {
        Err(Problem::field("directory_url", message)
            .remedy("The authority tells its directory's address; it begins with https://."))
    };
    let Some(rest) = address.strip_prefix("https://") else {
        return refused("The address of a directory begins with https://.");
    };
    let plain = address.len() <= 512 && address.bytes().all(|byte| byte.is_ascii_graphic());
    if !plain || rest.is_empty() || rest.starts_with('/') {
        return refused("This is no address.");
    }
    let host = rest.split('/').next().unwrap_or_default();
    if host.contains('@') {
        return refused("The address of a directory has no user name or password.");
    }
    Ok(())
}

fn check_root(pem: Option<&str>) -> Result<()> {
    pem.map_or(Ok(()), |pem| {
        check_pem("root_certificate", &normal_pem(pem.to_owned()))
    })
}

fn check_key(field: &str, pem: Option<&Zeroizing<String>>) -> Result<()> {
    pem.map_or(Ok(()), |pem| check_pem(field, pem))
}

/// API v2: 2–30 characters; empty text is the wish for none.
fn check_chain(field: &str, name: Option<&str>) -> Result<()> {
    match name.unwrap_or_default().chars().count() {
        0 | 2..=30 => Ok(()),
        count => Err(Problem::field(
            field,
            format!("The name of the issuer has 2 to 30 characters; this one has {count}."),
        )),
    }
}

fn check_contact(contact: &[String]) -> Result<()> {
    let is_address = |text: &String| {
        let parts = text.split_once('@');
        text.len() <= 254
            && text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b",?;<>\"".contains(&byte))
            && parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    if contact.len() > 5 || !contact.iter().all(is_address) {
        return Err(Problem::field(
            "contact",
            "The authority writes to at most five e-mail addresses, such as ops@example.com.",
        ));
    }
    Ok(())
}

/// Checks an external account: it has an identifier and a key, or it is absent.
pub fn check_external(id: Option<&str>, key: Option<&str>) -> Result<()> {
    let (id, key) = match (id, key) {
        (None, None) => return Ok(()),
        (Some(id), Some(key)) => (id, key),
        (None, _) => {
            return Err(Problem::field(
                "external_account_key_id",
                "An external account has a key identifier and a key; the identifier is missing.",
            ));
        }
        (_, None) => {
            return Err(Problem::field(
                "external_account_hmac_key",
                "An external account has a key identifier and a key; the key is missing.",
            ));
        }
    };
    if !(1..=512).contains(&id.len()) || !id.is_ascii() {
        return Err(Problem::field(
            "external_account_key_id",
            "A key identifier has 1 to 512 characters.",
        ));
    }
    if !(1..=512).contains(&key.len()) {
        return Err(Problem::field(
            "external_account_hmac_key",
            "The key of an external account has 1 to 512 characters. It was not kept.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(directory: &str) -> NewAcme {
        NewAcme {
            directory_url: directory.into(),
            root_certificate: None,
            private_key: None,
            preferred_chain: None,
            contact: vec![],
            external_account_key_id: None,
            external_account_hmac_key: None,
        }
    }

    #[test]
    fn a_directory_has_an_address_and_nothing_secret_in_it() {
        assert!(new("https://ca.example/acme/directory").check().is_ok());
        assert!(new("https://127.0.0.1:14000/dir").check().is_ok());
        for address in [
            "http://ca.example/dir",
            "https://",
            "https:///x",
            "https://u:p@ca.example/",
            "ca.example",
        ] {
            let refused = new(address).check().unwrap_err();
            assert_eq!(refused.target.unwrap().name, "directory_url", "{address}");
        }
    }

    #[test]
    fn an_external_account_is_whole_or_absent() {
        let half = NewAcme {
            external_account_key_id: Some("kid".into()),
            ..new("https://a.example/")
        };
        let refused = half.check().unwrap_err();
        assert_eq!(refused.target.unwrap().name, "external_account_hmac_key");
    }

    #[test]
    fn contacts_are_addresses() {
        assert!(check_contact(&["ops@example.com".into()]).is_ok());
        for wrong in ["ops", "mailto:x", "a@b", "a,b@c.example", "a@c.example?x"] {
            assert!(check_contact(&[wrong.into()]).is_err(), "{wrong}");
        }
    }
}
