//! What is wrong with a certificate and what comes with it, before it is taken. Only what the
//! service refuses as well is refused; the rest is told.

use serde::Serialize;
use specta::Type;

use crate::{Certificate, Part, PrivateKey};

mod chain;
mod finding;
mod leaf;
mod path;

pub use finding::{Finding, FindingCode, Severity};

/// What is checked together.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// The certificates between it and a root, in the order they were given.
    pub intermediates: &'a [Certificate],
    /// Its private key.
    pub private_key: Option<&'a PrivateKey>,
    /// What else the text of the certificate's field held.
    pub extra: &'a [Extra],
}

/// Something that stood beside the certificate in the text of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// Another certificate.
    Certificate,
    /// A private key.
    PrivateKey,
    /// A certificate signing request.
    Csr,
    /// Anything else that is no certificate.
    Other,
}

/// What was found, the worst first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct Report {
    /// All that is to be told.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether the parts are not to be taken.
    pub fn is_refused(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == Severity::Refused)
    }

    /// The first finding with a code.
    pub fn find(&self, code: FindingCode) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.code == code)
    }
}

/// Checks a certificate and what comes with it at a point in time, in seconds since the Unix epoch.
pub fn check(parts: &Parts<'_>, now: i64) -> Report {
    let mut findings = Vec::new();
    private_key(parts, &mut findings);
    leaf::dates(parts.certificate, now, &mut findings);
    leaf::names(parts.certificate, &mut findings);
    leaf::authority(parts.certificate, &mut findings);
    leaf::strength(parts.certificate, &mut findings);
    leaf::form(parts.certificate, &mut findings);
    extra(parts.extra, &mut findings);
    let path = chain::order(parts, &mut findings);
    chain::members(parts, now, &mut findings);
    path::constraints(&path, now, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    Report { findings }
}

fn private_key(parts: &Parts<'_>, findings: &mut Vec<Finding>) {
    let Some(key) = parts.private_key else {
        findings.push(Finding::note(
            Part::PrivateKey,
            FindingCode::NoPrivateKey,
            "There is no private key: whoever gets the certificate cannot use it for a server.",
        ));
        return;
    };
    if key.matches(parts.certificate) {
        return;
    }
    let (key, certificate) = (
        key.algorithm().name(),
        parts.certificate.key_algorithm().name(),
    );
    let kinds = if key == certificate {
        format!("both are {key}, but they are not a pair")
    } else {
        format!("the key is {key}, the certificate is for {certificate}")
    };
    let finding = Finding::refused(
        Part::PrivateKey,
        FindingCode::KeyMismatch,
        format!("The private key does not belong to the certificate: {kinds}."),
    );
    findings.push(finding.remedy("Take the key that the certificate was requested with."));
}

fn extra(extra: &[Extra], findings: &mut Vec<Finding>) {
    for (kind, code, what, remedy) in [
        (
            Extra::PrivateKey,
            FindingCode::ExtraPrivateKey,
            "a private key",
            "Move it to the field for the private key: who may see the certificate would see it.",
        ),
        (
            Extra::Certificate,
            FindingCode::ExtraCertificates,
            "more certificates",
            "Move them to the field for the intermediate certificates.",
        ),
        (
            Extra::Csr,
            FindingCode::ExtraText,
            "a certificate signing request",
            "Leave it out.",
        ),
        (
            Extra::Other,
            FindingCode::ExtraText,
            "text that is no certificate",
            "Leave it out: some programs do not read past it.",
        ),
    ] {
        if extra.contains(&kind) {
            let message = format!("The field for the certificate also holds {what}.");
            findings.push(Finding::warning(Part::Certificate, code, message).remedy(remedy));
        }
    }
}
