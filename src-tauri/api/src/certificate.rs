//! Certificates as they stand in metadata, and the public part of a version.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Problem, Result, Timestamp, fields};

/// API v2: `validity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Validity {
    /// Start, included.
    pub not_before: Timestamp,
    /// End, included.
    pub not_after: Timestamp,
}

/// What a certificate says, as far as metadata tells it (API v2: fields of the certificate types).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CertificateFields {
    /// Common name of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Alternative names, as text.
    pub alt_names: Vec<String>,
    /// Distinguished name of the issuer (RFC 4514).
    pub issuer: String,
    /// Lower-case hex in pairs: `38:eb:01:a3`.
    pub serial_number: String,
    /// When it is valid.
    pub validity: Validity,
    /// `RSA2048`, `ECDSA256`.
    pub key_algorithm: String,
    /// `SHA256-RSA`.
    pub signing_algorithm: String,
}

/// The certificates of a version as PEM: what a server shows to everybody, and no key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateParts {
    /// The certificate itself.
    pub certificate: String,
    /// What stands between it and a root, if it is kept.
    pub intermediate: Option<String>,
    /// Whether the version has a private key as well.
    pub private_key_included: bool,
}

/// Kind of a key that is made (API v2: `key_type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyType {
    /// RSA.
    #[default]
    Rsa,
    /// On a NIST curve.
    Ec,
    /// Ed25519; for managed requests only.
    Ed25519,
}

impl KeyType {
    /// The bits where nothing is said; none where there is no choice.
    pub const fn default_bits(self) -> Option<u32> {
        match self {
            Self::Rsa => Some(2048),
            Self::Ec => Some(256),
            Self::Ed25519 => None,
        }
    }
}

/// PEM text of a part: 50–100,000 characters, with at least one block. `field` names the input.
pub fn check_pem(field: &str, text: &str) -> Result<()> {
    let count = text.chars().count();
    if !fields::PEM_CHARS.contains(&count) {
        return Err(Problem::field(
            field,
            format!(
                "PEM text has {} to {} characters; this has {}.",
                fields::PEM_CHARS.start(),
                fields::grouped(*fields::PEM_CHARS.end()),
                fields::grouped(count)
            ),
        ));
    }
    let begins = text.find("-----BEGIN ");
    if begins.is_some_and(|at| text[at..].contains("-----END ")) {
        return Ok(());
    }
    Err(Problem::field(field, "This is not PEM text.")
        .remedy("It begins with a line -----BEGIN … ----- and ends with a line -----END … -----."))
}

/// PEM text as it is kept: without the carriage returns of other systems.
pub fn normal_pem(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pem_has_a_size_and_a_block() {
        let block = format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            "A".repeat(60)
        );
        assert!(check_pem("certificate", &block).is_ok());
        let refused = check_pem("certificate", "short").unwrap_err();
        assert_eq!(refused.target.unwrap().name, "certificate");
        assert!(check_pem("intermediate", &"x".repeat(60)).is_err());
        assert!(check_pem("private_key", &block.repeat(1200)).is_err());
    }

    #[test]
    fn carriage_returns_go() {
        assert_eq!(normal_pem("a\r\nb\rc\n".into()), "a\nb\nc\n");
    }
}
