//! Private certificates: issued at once by an authority of the instance, within the rules of a
//! template.

use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

use crate::certificate::{CertificateFields, check_pem, normal_pem};
use crate::configuration::subject::AltNameFields;
use crate::{Plaintext, Problem, Result, RotationPolicy, Timestamp, Ttl};

/// What metadata of a private certificate adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "PrivateCertDetail")] // the page knows types by one name each
pub struct Detail {
    /// Name of the template.
    pub certificate_template: String,
    /// Name of the authority that signed the current version.
    pub certificate_authority: String,
    /// What the certificate says.
    #[serde(flatten)]
    pub certificate: CertificateFields,
    /// The end of its validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
    /// Whether and when the instance rotates it.
    pub rotation: RotationPolicy,
    /// When it does next; only while a policy is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<Timestamp>,
    /// Life that was asked for; absent: that of the template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Ttl>,
    /// Whether its key stands in a request that was given, and so is not kept here.
    pub csr_given: bool,
    /// Whether the current version has a private key.
    pub private_key_included: bool,
    /// When the current version was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_time_rfc3339: Option<Timestamp>,
}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// The certificate, PEM.
    pub certificate: String,
    /// Its private key; none if a request was given.
    pub private_key: Option<Plaintext>,
    /// Certificate of the authority that signed it, PEM.
    pub issuing_ca: Option<String>,
    /// From the one that signed it to the root, PEM.
    pub ca_chain: Vec<String>,
}

impl Payload {
    /// All parts as one PEM text: certificate, authorities, private key.
    pub fn into_bundle(self) -> Plaintext {
        let key = self.private_key.as_ref().map(Plaintext::wire);
        let key = key.as_deref().map_or("", String::as_str);
        let parts = std::iter::once(self.certificate.as_str())
            .chain(self.ca_chain.iter().map(String::as_str))
            .chain(std::iter::once(key));
        // room for all of it: growing would leave copies behind
        let room = parts.clone().map(str::len).sum();
        let mut bundle = Zeroizing::new(String::with_capacity(room));
        parts.for_each(|part| bundle.push_str(part));
        Plaintext::text(std::mem::take(&mut *bundle))
    }
}

/// What creation needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "NewPrivateCert")]
pub struct New {
    /// Name of the template.
    pub certificate_template: String,
    /// Common name.
    pub common_name: String,
    /// Its other names.
    #[serde(flatten)]
    pub alt_names: AltNameFields,
    /// A request with a key of its own; absent: the instance makes a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csr: Option<String>,
    /// Life; absent: that of the template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Ttl>,
    /// Whether and when the instance rotates it.
    #[serde(default)]
    pub rotation: RotationPolicy,
}

impl New {
    /// Checks sizes and shapes; whether the template allows it is checked by the instance.
    pub fn check(&self) -> Result<()> {
        if self.certificate_template.is_empty() {
            return Err(Problem::field(
                "certificate_template",
                "A certificate template is needed.",
            )
            .remedy("Choose the template whose rules the certificate follows."));
        }
        self.alt_names.check()?;
        self.csr.as_deref().map_or(Ok(()), check_csr)?;
        self.rotation.check_common()
    }
}

/// What rotation needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    /// Another request; absent: the one that was given last, or a new key.
    pub csr: Option<String>,
}

impl Rotation {
    /// A request as it came; blank text counts as absent.
    pub fn new(csr: Option<String>) -> Self {
        let given = csr.filter(|text| !text.trim().is_empty());
        Self {
            csr: given.map(normal_pem),
        }
    }

    /// Checks sizes and shapes.
    pub fn check(&self) -> Result<()> {
        self.csr.as_deref().map_or(Ok(()), check_csr)
    }
}

fn check_csr(csr: &str) -> Result<()> {
    if csr.len() > 4_096 {
        return Err(Problem::field(
            "csr",
            "A certificate signing request has at most 4,096 characters.",
        ));
    }
    check_pem("csr", csr)
}

/// What a private certificate would be, told before it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PrivateCertOutlook {
    /// Name of the authority that would sign.
    pub certificate_authority: String,
    /// Common name it would have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Alternative names it would have.
    pub alt_names: Vec<String>,
    /// Its end.
    pub not_after: Timestamp,
    /// Kind of its key.
    pub key_algorithm: String,
}
