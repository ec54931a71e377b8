//! Certificate authorities (API v2: `private_cert_configuration_root_ca`,
//! `private_cert_configuration_intermediate_ca`).

use serde::{Deserialize, Serialize};
use specta::Type;

use super::subject::{AltNameFields, SubjectFields};
use crate::certificate::KeyType;
use crate::secret::imported_cert::check_key;
use crate::{Problem, Result, Timestamp, Ttl};

/// API v2: `status` of a certificate authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AuthorityStatus {
    /// Its request waits to be signed by the authority it names.
    SigningRequired,
    /// Its request waits to be signed elsewhere.
    SignedCertificateRequired,
    /// It can sign, and has no template yet.
    CertificateTemplateRequired,
    /// It can sign.
    Configured,
    /// Its certificate has expired.
    Expired,
    /// Its certificate was revoked.
    Revoked,
}

/// How an intermediate authority is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SigningMethod {
    /// By an authority of this instance.
    Internal,
    /// Elsewhere.
    External,
}

/// What is issued and published besides the certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Publishing {
    /// How long a revocation list is valid.
    pub crl_expiry: Ttl,
    /// Whether the list stays empty.
    pub crl_disable: bool,
    /// Whether certificates say where the list is.
    pub crl_distribution_points_encoded: bool,
    /// Whether certificates say where their issuer's certificate is.
    pub issuing_certificates_urls_encoded: bool,
}

impl Default for Publishing {
    fn default() -> Self {
        Self {
            crl_expiry: Ttl::from_hours(72),
            crl_disable: false,
            crl_distribution_points_encoded: false,
            issuing_certificates_urls_encoded: false,
        }
    }
}

/// What every new authority needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewAuthority {
    /// Longest life of a certificate that it issues: 1 to 876,000 hours.
    pub max_ttl: Ttl,
    /// Common name, 4–128 characters.
    pub common_name: String,
    /// The rest of its subject.
    #[serde(flatten)]
    pub subject: SubjectFields,
    /// Its other names.
    #[serde(flatten)]
    pub alt_names: AltNameFields,
    /// What it publishes.
    #[serde(flatten)]
    pub publishing: Publishing,
    /// Kind of its key.
    #[serde(default)]
    pub key_type: KeyType,
    /// Size of its key; absent: the usual one of its kind.
    #[serde(default)]
    pub key_bits: Option<u32>,
}

/// A new root (API v2: `RootCACertificateAuthorityPrototype`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewRoot {
    /// What every authority needs.
    #[serde(flatten)]
    pub authority: NewAuthority,
    /// Life of its own certificate; absent: 10 years.
    #[serde(default)]
    pub ttl: Option<Ttl>,
    /// How many authorities may follow below it; −1: any number.
    #[serde(default = "any_length")]
    pub max_path_length: i8,
    /// Domains that certificates below it may be for; empty: any.
    #[serde(default)]
    pub permitted_dns_domains: Vec<String>,
}

const fn any_length() -> i8 {
    -1
}

/// A new intermediate (API v2: `IntermediateCACertificateAuthorityPrototype`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewIntermediate {
    /// What every authority needs.
    #[serde(flatten)]
    pub authority: NewAuthority,
    /// Who signs it.
    pub signing_method: SigningMethod,
    /// Name of the authority that signs it; for internal signing.
    #[serde(default)]
    pub issuer: Option<String>,
}

/// Life of a root's certificate where nothing is said.
pub const ROOT_TTL: Ttl = Ttl::from_days(3650);
/// Longest life that can be asked for.
pub const LONGEST: Ttl = Ttl::from_hours(876_000);

impl NewAuthority {
    fn check(&self) -> Result<()> {
        check_max_ttl(self.max_ttl)?;
        if !(4..=128).contains(&self.common_name.chars().count()) {
            return Err(Problem::field(
                "common_name",
                "The common name of an authority has 4 to 128 characters.",
            ));
        }
        self.subject.check()?;
        self.alt_names.check()?;
        check_crl_expiry(self.publishing.crl_expiry)?;
        check_ca_key(self.key_type, self.key_bits)
    }
}

impl NewRoot {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        self.authority.check()?;
        check_path_length(self.max_path_length)?;
        let ttl = self.ttl.unwrap_or(ROOT_TTL);
        check_span("ttl", ttl)?;
        check_domains(&self.permitted_dns_domains)
    }
}

pub(super) fn check_domains(domains: &[String]) -> Result<()> {
    if domains.len() <= 100 {
        return Ok(());
    }
    Err(Problem::field(
        "permitted_dns_domains",
        "At most 100 domains are possible.",
    ))
}

impl NewIntermediate {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        self.authority.check()?;
        match (self.signing_method, &self.issuer) {
            (SigningMethod::Internal, None) => Err(Problem::field(
                "issuer",
                "An authority that is signed here needs the name of the one that signs it.",
            )),
            (SigningMethod::External, Some(_)) => Err(Problem::field(
                "issuer",
                "An authority that is signed elsewhere has no issuer here.",
            )),
            _ => Ok(()),
        }
    }
}

/// A change of an authority; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct AuthorityPatch {
    /// Longest life of a certificate that it issues.
    pub max_ttl: Option<Ttl>,
    /// How long a revocation list is valid.
    pub crl_expiry: Option<Ttl>,
    /// Whether the list stays empty.
    pub crl_disable: Option<bool>,
    /// Whether certificates say where the list is.
    pub crl_distribution_points_encoded: Option<bool>,
    /// Whether certificates say where their issuer's certificate is.
    pub issuing_certificates_urls_encoded: Option<bool>,
}

impl AuthorityPatch {
    /// Checks every field that is there.
    pub fn check(&self) -> Result<()> {
        self.max_ttl.map_or(Ok(()), check_max_ttl)?;
        self.crl_expiry.map_or(Ok(()), check_crl_expiry)
    }
}

/// An authority as it is read. Lengths of time are seconds here, as API v2 answers them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Authority {
    /// Common name.
    pub common_name: String,
    /// The rest of its subject.
    #[serde(flatten)]
    pub subject: SubjectFields,
    /// Its other names.
    #[serde(flatten)]
    pub alt_names: AltNameFields,
    /// Where it stands.
    pub status: AuthorityStatus,
    /// End of its certificate; absent before it is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
    /// Kind of its key.
    pub key_type: KeyType,
    /// Size of its key.
    pub key_bits: u32,
    /// Life of its own certificate that was asked for, in seconds; of a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<u32>,
    /// Longest life of a certificate that it issues, in seconds.
    pub max_ttl_seconds: u32,
    /// How long a revocation list is valid, in seconds.
    pub crl_expiry_seconds: u32,
    /// Whether the list stays empty.
    pub crl_disable: bool,
    /// Whether certificates say where the list is.
    pub crl_distribution_points_encoded: bool,
    /// Whether certificates say where their issuer's certificate is.
    pub issuing_certificates_urls_encoded: bool,
    /// How many authorities may follow below it; −1: any number.
    pub max_path_length: i8,
    /// Domains that certificates below it may be for; empty: any.
    pub permitted_dns_domains: Vec<String>,
    /// Who signs it; absent for a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_method: Option<SigningMethod>,
    /// Name of the authority that signs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Its certificate, PEM; before that its request.
    pub data: AuthorityData,
    /// Its revocation list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crl: Option<CrlView>,
    /// When its certificate was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
    /// Why its certificate cannot be revoked; absent: it can, or it is a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoke_hindrance: Option<String>,
    /// Why it cannot be given another key; absent: it can, or it is a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotate_hindrance: Option<String>,
}

/// API v2: `data` of an authority. Its private key is never given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum AuthorityData {
    /// It is signed.
    Certificate {
        /// PEM.
        certificate: String,
        /// Certificate of the authority that signed it, PEM.
        #[serde(skip_serializing_if = "Option::is_none")]
        issuing_ca: Option<String>,
        /// From the one that signed it to the root, PEM.
        ca_chain: Vec<String>,
        /// The request of one that is signed elsewhere, to have it signed once more. PEM.
        #[serde(skip_serializing_if = "Option::is_none")]
        csr: Option<String>,
        /// Seconds since the Unix epoch.
        #[specta(type = f64)]
        expiration: i64,
    },
    /// It waits to be signed.
    Request {
        /// PEM.
        csr: String,
    },
}

/// A revocation list as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CrlView {
    /// Rises with each list.
    pub number: u32,
    /// When it was made.
    pub this_update: Timestamp,
    /// When it ends.
    pub next_update: Timestamp,
    /// Certificates on it.
    pub revoked: u32,
}

fn check_max_ttl(ttl: Ttl) -> Result<()> {
    check_span("max_ttl", ttl)
}

pub(super) fn check_span(field: &str, ttl: Ttl) -> Result<()> {
    if (Ttl::from_hours(1)..=LONGEST).contains(&ttl) {
        return Ok(());
    }
    Err(Problem::field(
        field,
        "This is 1 hour at least and 876,000 hours at most.",
    ))
}

fn check_crl_expiry(ttl: Ttl) -> Result<()> {
    check_span("crl_expiry", ttl)
}

/// −1 to 10.
pub(super) fn check_path_length(length: i8) -> Result<()> {
    if (-1..=10).contains(&length) {
        return Ok(());
    }
    Err(Problem::field(
        "max_path_length",
        "This is 0 to 10, or −1 for any number.",
    ))
}

/// RSA 2048 or 4096, EC 256, 384 or 521.
pub(super) fn check_ca_key(key_type: KeyType, bits: Option<u32>) -> Result<()> {
    match (key_type, bits) {
        (KeyType::Ed25519, _) => Err(Problem::field(
            "key_type",
            "Authorities and templates use RSA or EC keys.",
        )),
        (KeyType::Rsa, Some(bits)) if bits != 2048 && bits != 4096 => Err(Problem::field(
            "key_bits",
            "RSA keys of authorities and templates have 2048 or 4096 bits.",
        )),
        _ => check_key(key_type, bits),
    }
}
