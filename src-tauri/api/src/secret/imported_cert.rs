//! Imported certificates: the person brings certificate, intermediate and private key, or brings
//! back the certificate for a request that the instance made.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

pub(crate) use super::managed_csr::check_key;
pub use super::managed_csr::{ManagedCsr, ManagedCsrView, parts};
use crate::certificate::{CertificateFields, check_pem, normal_pem};
use crate::{Plaintext, Problem, Result, Timestamp};

/// What metadata of an imported certificate adds. Before a managed request is answered there is no
/// certificate yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "ImportedCertDetail")] // the page knows types by one name each
pub struct Detail {
    /// What the certificate says.
    #[serde(flatten)]
    pub certificate: Option<CertificateFields>,
    /// The end of its validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
    /// Whether the current version has an intermediate.
    pub intermediate_included: bool,
    /// Whether the current version has a private key.
    pub private_key_included: bool,
    /// The request it is the answer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed_csr: Option<ManagedCsrView>,
}

/// The value: PEM texts as they were given.
#[derive(Debug)]
pub struct Payload {
    /// The certificate.
    pub certificate: String,
    /// What stands between it and a root.
    pub intermediate: Option<String>,
    /// Its private key.
    pub private_key: Option<Plaintext>,
    /// The managed request it is the answer to.
    pub csr: Option<String>,
}

impl Payload {
    /// All parts as one PEM text: certificate, intermediate, private key.
    pub fn into_bundle(self) -> Plaintext {
        let key = self.private_key.as_ref().map(Plaintext::wire);
        let key = key.as_deref().map_or("", String::as_str);
        let parts = [
            self.certificate.as_str(),
            self.intermediate.as_deref().unwrap_or_default(),
            key,
        ];
        // room for all of it: growing would leave copies behind
        let room = parts.iter().map(|part| part.len() + 1).sum();
        let mut bundle = Zeroizing::new(String::with_capacity(room));
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let end = if part.ends_with('\n') { "" } else { "\n" };
            let _ = write!(bundle, "{part}{end}");
        }
        Plaintext::text(std::mem::take(&mut *bundle))
    }
}

/// What creation needs.
#[derive(Debug)]
pub enum New {
    /// A certificate that is there.
    Given(Rotation),
    /// A request, which the instance makes; the certificate comes later.
    Managed(Box<ManagedCsr>),
}

impl New {
    /// Checks sizes and shapes; whether it fits together is checked by the instance.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Given(given) => given.check(),
            Self::Managed(request) => request.check(),
        }
    }
}

/// What rotation needs. Nothing is carried over from the version before.
#[derive(Debug)]
pub struct Rotation {
    /// PEM.
    pub certificate: String,
    /// PEM, one block or several.
    pub intermediate: Option<String>,
    /// PEM, not encrypted.
    pub private_key: Option<Plaintext>,
}

impl Rotation {
    /// Parts as they came; line ends become those of Unix, what is blank counts as absent.
    pub fn new(
        certificate: String,
        intermediate: Option<String>,
        private_key: Option<Plaintext>,
    ) -> Self {
        let given = |text: &String| !text.trim().is_empty();
        Self {
            certificate: normal_pem(certificate),
            intermediate: intermediate.filter(given).map(normal_pem),
            private_key: private_key
                .map(normal_key)
                .filter(|key| key.bytes().iter().any(|byte| !byte.is_ascii_whitespace())),
        }
    }

    /// Checks sizes and shapes.
    pub fn check(&self) -> Result<()> {
        check_pem("certificate", &self.certificate)?;
        if let Some(intermediate) = &self.intermediate {
            check_pem("intermediate", intermediate)?;
        }
        let Some(key) = &self.private_key else {
            return Ok(());
        };
        let text = str::from_utf8(key.bytes())
            .map_err(|_| Problem::field("private_key", "This is not PEM text."))?;
        check_pem("private_key", text)
    }
}

/// A key without carriage returns.
fn normal_key(key: Plaintext) -> Plaintext {
    if !key.bytes().contains(&b'\r') {
        return key;
    }
    let mut bytes = Vec::with_capacity(key.bytes().len());
    bytes.extend(key.bytes().iter().filter(|byte| **byte != b'\r'));
    Plaintext::stored(bytes, key.is_binary())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_holds_all_parts_in_order() {
        let payload = Payload {
            certificate: "leaf".into(),
            intermediate: Some("middle\n".into()),
            private_key: Some(Plaintext::text("key".into())),
            csr: None,
        };
        assert_eq!(payload.into_bundle().bytes(), b"leaf\nmiddle\nkey\n");
    }

    #[test]
    fn blank_parts_are_absent_and_line_ends_are_those_of_unix() {
        let given = Rotation::new(
            "a\r\nb".into(),
            Some(" \n".into()),
            Some(Plaintext::text("k\r\n".into())),
        );
        assert_eq!(given.certificate, "a\nb");
        assert!(given.intermediate.is_none());
        assert_eq!(given.private_key.unwrap().bytes(), b"k\n");
        let given = Rotation::new("a".into(), None, Some(Plaintext::text("\r\n".into())));
        assert!(given.private_key.is_none());
    }
}
