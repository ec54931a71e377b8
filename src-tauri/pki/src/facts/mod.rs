//! What a certificate says, for people to read and for the metadata of API v2. Texts are safe to
//! show and bounded; what cannot be decoded is shown as bytes and never hinders the rest.

use aws_lc_rs::digest;
use const_oid::ObjectIdentifier as Oid;
use serde::Serialize;
use specta::Type;

use crate::name::{NameFacts, shown};
use crate::{Certificate, limits};

pub(crate) mod alt_names;
pub(crate) mod encoding;
pub(crate) mod extension;
mod sources;
pub(crate) mod usage;

pub use alt_names::{AltName, AltNameKind};
pub use extension::ExtensionFacts;
use usage::Constraints;

/// All that is shown of one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CertificateFacts {
    /// Whom it is for.
    pub subject: NameFacts,
    /// Who issued it.
    pub issuer: NameFacts,
    /// Whether issuer and subject are the same.
    pub self_issued: bool,
    /// Its alternative names.
    pub alt_names: Vec<AltName>,
    /// How many alternative names are not listed.
    pub alt_names_left_out: u32,
    /// Start of its validity (RFC 3339).
    pub not_before: String,
    /// End of its validity (RFC 3339).
    pub not_after: String,
    /// Its serial number: `38:eb:01:…`.
    pub serial_number: String,
    /// Version of X.509: 1 to 3.
    pub version: u8,
    /// Kind of its key: `RSA2048`.
    pub key_algorithm: String,
    /// What it was signed with: `SHA256-RSA`, or an object identifier.
    pub signing_algorithm: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// SHA-1 of its bytes, as older programs name certificates.
    pub sha1: String,
    /// What its key may be used for; none says nothing about it.
    pub key_usage: Option<Vec<String>>,
    /// The purposes of the certificate; none says nothing about it.
    pub extended_usage: Option<Vec<String>>,
    /// Whether it is a certificate authority.
    pub ca: bool,
    /// How many authorities may follow below it.
    pub path_length: Option<u32>,
    /// Identifier of its key.
    pub subject_key_id: Option<String>,
    /// Identifier of its issuer's key.
    pub authority_key_id: Option<String>,
    /// Where its issuer lists what was revoked.
    pub crl_urls: Vec<String>,
    /// Where to ask whether it was revoked.
    pub ocsp_urls: Vec<String>,
    /// Where the certificate of its issuer is.
    pub issuer_urls: Vec<String>,
    /// Policies it was issued under.
    pub policies: Vec<String>,
    /// All its extensions.
    pub extensions: Vec<ExtensionFacts>,
    /// How many entries of the other lists are not listed.
    pub others_left_out: u32,
}

impl Certificate {
    /// What it says.
    pub fn facts(&self) -> CertificateFacts {
        let mut left_out = 0;
        let (alt_names, alt_names_left_out) = self.shown_alt_names();
        let access = self.extension(ACCESS).and_then(sources::access);
        let access = access.unwrap_or_default();
        let located = |method: &str| {
            let locations = access.iter().filter(|(how, _)| how == method);
            locations.map(|(_, location)| location.clone()).collect()
        };
        let mut texts = |list: Vec<String>| {
            bounded(
                list.len(),
                list.iter().map(|text| shown(text)),
                &mut left_out,
            )
        };
        let crl_urls = self
            .extension(CRL_POINTS)
            .and_then(sources::distribution_points);
        let policies = self.extension(POLICIES).and_then(sources::policies);
        let (crl_urls, policies) = (
            texts(crl_urls.unwrap_or_default()),
            texts(policies.unwrap_or_default()),
        );
        let (ocsp_urls, issuer_urls) = (
            texts(located(sources::OCSP)),
            texts(located(sources::CA_ISSUERS)),
        );
        let (key_usage, extended_usage) = (self.key_usage(), self.extended_usage().map(&mut texts));
        let extensions = self.extensions();
        let extensions = bounded(
            extensions.len(),
            extensions.iter().map(ExtensionFacts::of),
            &mut left_out,
        );
        CertificateFacts {
            subject: self.subject(),
            issuer: self.issuer(),
            self_issued: self.is_self_issued(),
            alt_names,
            alt_names_left_out,
            not_before: self.tbs().validity().not_before.to_string(),
            not_after: self.tbs().validity().not_after.to_string(),
            serial_number: self.serial_number(),
            version: self.tbs().version() as u8 + 1,
            key_algorithm: self.key_algorithm_name(),
            signing_algorithm: self.signing_algorithm_name(),
            sha256: encoding::pairs(&self.fingerprint()),
            sha1: encoding::pairs(
                digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, self.der()).as_ref(),
            ),
            key_usage,
            extended_usage,
            ca: self.constraints().ca,
            path_length: self.constraints().path_length,
            subject_key_id: self
                .extension(SUBJECT_KEY)
                .and_then(sources::subject_key_id),
            authority_key_id: self
                .extension(AUTHORITY_KEY)
                .and_then(sources::authority_key_id),
            crl_urls,
            ocsp_urls,
            issuer_urls,
            policies,
            extensions,
            others_left_out: left_out,
        }
    }

    /// Whom it is for.
    pub fn subject(&self) -> NameFacts {
        NameFacts::of(self.tbs().subject())
    }

    /// Who issued it.
    pub fn issuer(&self) -> NameFacts {
        NameFacts::of(self.tbs().issuer())
    }

    /// Its serial number: `38:eb:01:…`.
    pub fn serial_number(&self) -> String {
        encoding::serial(self.tbs().serial_number().as_bytes())
    }

    /// Kind of its key: `RSA2048`.
    pub fn key_algorithm_name(&self) -> String {
        shown(&self.key_algorithm().name())
    }

    /// Its alternative names, safe to show, and how many more there are.
    pub fn shown_alt_names(&self) -> (Vec<AltName>, u32) {
        let names = self.alt_names();
        let mut left_out = 0;
        let shown = names.len();
        let shown = bounded(shown, names.into_iter().map(AltName::shown), &mut left_out);
        (shown, left_out)
    }

    /// What it was signed with, or the object identifier of that.
    pub fn signing_algorithm_name(&self) -> String {
        let oid = || self.tbs().signature().oid.to_string();
        self.signature_algorithm()
            .map_or_else(oid, |known| known.name().to_owned())
    }

    /// All alternative names, as they came: neither bounded nor safe to show.
    pub(crate) fn alt_names(&self) -> Vec<(AltNameKind, String)> {
        let names = self.extension(ALT_NAMES).and_then(alt_names::general_names);
        names.unwrap_or_default()
    }

    pub(crate) fn extensions(&self) -> &[x509_cert::ext::Extension] {
        self.tbs().extensions().map_or(&[], Vec::as_slice)
    }

    /// The first extension with an identifier.
    pub(crate) fn extension(&self, oid: Oid) -> Option<&[u8]> {
        let mut extensions = self.extensions().iter();
        let found = extensions.find(|extension| extension.extn_id == oid)?;
        Some(found.extn_value.as_bytes())
    }

    pub(crate) fn constraints(&self) -> Constraints {
        let read = self.extension(CONSTRAINTS).and_then(Constraints::from_der);
        read.unwrap_or_default()
    }

    pub(crate) fn key_usage(&self) -> Option<Vec<String>> {
        self.extension(KEY_USAGE).and_then(usage::key_usage)
    }

    pub(crate) fn extended_usage(&self) -> Option<Vec<String>> {
        self.extension(EXTENDED_USAGE)
            .and_then(usage::extended_usage)
    }

    /// Whether a server may use it: nothing, or this among others, is said about its purposes.
    pub(crate) fn is_for_servers(&self) -> bool {
        let fits = |purpose: &String| purpose == usage::SERVER || purpose == usage::ANY;
        let purposes = self.extended_usage();
        purposes.is_none_or(|purposes| purposes.iter().any(fits))
    }
}

/// The first entries of a list; those left out are counted.
pub(crate) fn bounded<T>(
    count: usize,
    list: impl Iterator<Item = T>,
    left_out: &mut u32,
) -> Vec<T> {
    let over = u32::try_from(count.saturating_sub(limits::NAMES)).unwrap_or(u32::MAX);
    *left_out = left_out.saturating_add(over);
    list.take(limits::NAMES).collect()
}

const SUBJECT_KEY: Oid = Oid::new_unwrap("2.5.29.14");
const KEY_USAGE: Oid = Oid::new_unwrap("2.5.29.15");
const ALT_NAMES: Oid = Oid::new_unwrap("2.5.29.17");
const CONSTRAINTS: Oid = Oid::new_unwrap("2.5.29.19");
const CRL_POINTS: Oid = Oid::new_unwrap("2.5.29.31");
const POLICIES: Oid = Oid::new_unwrap("2.5.29.32");
const AUTHORITY_KEY: Oid = Oid::new_unwrap("2.5.29.35");
const EXTENDED_USAGE: Oid = Oid::new_unwrap("2.5.29.37");
const ACCESS: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.1.1");
