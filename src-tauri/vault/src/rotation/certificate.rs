//! What the certificate types share: reading PEM parts, checking that they fit each other, and noting
//! what a certificate says.

use keyturn_api::{
    CertificateFields, Plaintext, Problem, Result, Target, Timestamp, Validity,
    secret::imported_cert,
};
use keyturn_pki::{
    Certificate, Part, PrivateKey, Refusal, Severity, issue::template::RuleRefusal, read::read,
};
use sha2::{Digest, Sha256};

use crate::records::CertificateEntry;

/// Parts that were read.
pub(super) struct Parts {
    pub(super) certificate: Certificate,
    pub(super) intermediates: Vec<Certificate>,
    pub(super) private_key: Option<PrivateKey>,
}

impl Parts {
    /// Reads PEM parts and refuses what cannot be used: a part that is something else, a key that
    /// does not match, a certificate that has expired.
    pub(super) fn read(given: &imported_cert::Rotation, now: Timestamp) -> Result<Self> {
        let certificate = read_certificates(Part::Certificate, &given.certificate)?;
        let intermediates = match &given.intermediate {
            Some(text) => read_certificates(Part::Intermediate, text)?,
            None => Vec::new(),
        };
        let mut certificates = certificate.into_iter();
        let certificate = certificates
            .next()
            .ok_or_else(|| problem(nothing(Part::Certificate)))?;
        let parts = Self {
            certificate,
            // a bundle: what follows the certificate stands between it and a root
            intermediates: certificates.chain(intermediates).collect(),
            private_key: given
                .private_key
                .as_ref()
                .map(read_private_key)
                .transpose()?,
        };
        parts.check(now)?;
        Ok(parts)
    }

    /// Refuses parts that do not fit each other.
    pub(super) fn check(&self, now: Timestamp) -> Result<()> {
        let report = keyturn_pki::check(
            &keyturn_pki::Parts {
                certificate: &self.certificate,
                intermediates: &self.intermediates,
                private_key: self.private_key.as_ref(),
                extra: &[],
            },
            now.millis().div_euclid(1000),
        );
        let refused = report
            .findings
            .into_iter()
            .find(|finding| finding.severity == Severity::Refused);
        let Some(finding) = refused else {
            return Ok(());
        };
        let refused = Problem::field(finding.part.field(), finding.message);
        Err(match finding.remedy {
            Some(remedy) => refused.remedy(remedy),
            None => refused,
        })
    }
}

/// The certificates of a PEM text.
pub(crate) fn read_certificates(part: Part, text: &str) -> Result<Vec<Certificate>> {
    let found = read(text.as_bytes(), None).map_err(|refusal| problem(named(part, refusal)))?;
    if !found.keys.is_empty() {
        return Err(problem(
            Refusal::new(part, "A private key stands where a certificate belongs.")
                .remedy("Give it as the private key. It was not kept."),
        ));
    }
    if found.certificates.is_empty() {
        return Err(problem(nothing(part)));
    }
    Ok(found.certificates)
}

/// The private key of a PEM text.
pub(crate) fn read_private_key(text: &Plaintext) -> Result<PrivateKey> {
    let found =
        read(text.bytes(), None).map_err(|refusal| problem(named(Part::PrivateKey, refusal)))?;
    let mut keys = found.keys.into_iter();
    match (keys.next(), keys.next()) {
        (Some(key), None) => Ok(key),
        (None, _) => Err(problem(
            Refusal::new(Part::PrivateKey, "There is no private key in this text.")
                .remedy("It begins with a line -----BEGIN PRIVATE KEY-----."),
        )),
        _ => Err(problem(
            Refusal::new(
                Part::PrivateKey,
                "There is more than one private key in this text.",
            )
            .remedy("Leave the one that belongs to the certificate."),
        )),
    }
}

/// A refusal of the text as a whole is one of the field it stood in.
fn named(part: Part, refusal: Refusal) -> Refusal {
    Refusal { part, ..refusal }
}

fn nothing(part: Part) -> Refusal {
    Refusal::new(
        part,
        "Unable to parse the certificate: there is none in this text.",
    )
    .remedy("It begins with a line -----BEGIN CERTIFICATE-----.")
}

/// A refusal as a face tells it.
pub(crate) fn problem(refusal: Refusal) -> Problem {
    let problem = Problem::field(refusal.part.field(), refusal.message);
    match refusal.remedy {
        Some(remedy) => problem.remedy(remedy),
        None => problem,
    }
}

/// The same of one field of a request.
pub(crate) fn problem_of_field((field, refusal): (&'static str, Refusal)) -> Problem {
    problem(refusal).at(Target::field(field))
}

/// The same of a rule of a template, which the API has a field for.
pub(crate) fn problem_of_rule(refusal: RuleRefusal) -> Problem {
    let problem = Problem::field(refusal.rule, refusal.message);
    match refusal.remedy {
        Some(remedy) => problem.remedy(remedy),
        None => problem,
    }
}

/// What metadata tells of a certificate, and what is noted with a version: decoded once for both, and
/// no more than that, for it is done at each rotation.
pub(crate) fn noted(
    certificate: &Certificate,
    private_key_included: bool,
) -> (CertificateFields, CertificateEntry) {
    let issuer = certificate.issuer();
    let (alt_names, _) = certificate.shown_alt_names();
    let fields = CertificateFields {
        // as API v2 has them, without their kinds
        alt_names: alt_names.into_iter().map(|name| name.value).collect(),
        validity: validity(certificate),
        common_name: certificate.subject().common_name,
        issuer: issuer.text,
        serial_number: certificate.serial_number(),
        key_algorithm: certificate.key_algorithm_name(),
        signing_algorithm: certificate.signing_algorithm_name(),
    };
    let issuer = issuer.common_name;
    let key = certificate.public_key().subject_public_key.raw_bytes();
    let key = Sha256::digest(key);
    let mut key_id = [0; 8];
    key_id.copy_from_slice(&key[..8]);
    let entry = CertificateEntry {
        search: search(&fields, issuer.as_deref().unwrap_or(&fields.issuer)),
        serial_number: fields.serial_number.clone(),
        not_before: fields.validity.not_before.millis(),
        not_after: fields.validity.not_after.millis(),
        key_algorithm: fields.key_algorithm.clone(),
        key_id,
        private_key_included,
        revoked_at: None,
        signed_by: None,
    };
    (fields, entry)
}

fn validity(certificate: &Certificate) -> Validity {
    let (start, end) = certificate.validity();
    let at = |seconds: i64| Timestamp::from_millis(seconds.saturating_mul(1000));
    Validity {
        not_before: at(start),
        not_after: at(end),
    }
}

/// Most characters of a certificate that are searched.
const SEARCH_CHARS: usize = 2_000;

/// What is searched: names, the issuer's name, and the serial number without its colons.
fn search(fields: &CertificateFields, issuer: &str) -> String {
    let mut text = String::new();
    let bare = fields.serial_number.replace(':', "");
    let names = fields.common_name.iter().chain(&fields.alt_names);
    let words = [issuer, &bare];
    for word in words.into_iter().chain(names.map(String::as_str)) {
        if text.len() + word.len() > SEARCH_CHARS {
            break;
        }
        text.push_str(word);
        text.push(' ');
    }
    text
}
