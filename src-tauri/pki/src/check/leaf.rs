//! What is wrong with a certificate by itself.

use std::collections::BTreeSet;

use super::{Finding, FindingCode};
use crate::facts::encoding::{day, serial};
use crate::facts::extension::{ExtensionFacts, POISON, extension_name, is_understood};
use crate::name::cut;
use crate::{Certificate, Part, Signed};

/// 9999-01-01: from there on an end is none (RFC 5280 section 4.1.2.5).
const NO_END: i64 = 253_370_764_800;

pub(super) fn dates(certificate: &Certificate, now: i64, findings: &mut Vec<Finding>) {
    let (start, end) = certificate.validity();
    if end < now {
        let message = format!("The certificate expired on {}.", day(end));
        let finding = Finding::refused(Part::Certificate, FindingCode::Expired, message);
        findings.push(finding.remedy("Have it issued anew."));
    }
    if start > now {
        let message = format!("The certificate is not valid before {}.", day(start));
        let finding = Finding::warning(Part::Certificate, FindingCode::NotYetValid, message);
        findings.push(finding.remedy("Put it to use after that day."));
    }
    if start > end {
        findings.push(Finding::warning(
            Part::Certificate,
            FindingCode::DatesReversed,
            "The certificate ends before it begins, so it is never valid.",
        ));
    }
    if end >= NO_END {
        findings.push(Finding::note(
            Part::Certificate,
            FindingCode::NoEnd,
            "The certificate has no end: nothing will remind you to replace it.",
        ));
    }
}

pub(super) fn names(certificate: &Certificate, findings: &mut Vec<Finding>) {
    let server = certificate.is_for_servers() && !certificate.is_ca();
    if server && certificate.alt_names().is_empty() {
        let finding = Finding::warning(
            Part::Certificate,
            FindingCode::NoAlternativeNames,
            "The certificate has no alternative names: browsers do not look at its common name.",
        );
        findings.push(finding.remedy("Have it issued with its host names as alternative names."));
    }
}

pub(super) fn authority(certificate: &Certificate, findings: &mut Vec<Finding>) {
    let own_issuer =
        certificate.is_self_issued() && certificate.signed_by(certificate) != Signed::No;
    let named = !certificate.alt_names().is_empty();
    findings.push(match (certificate.is_ca(), own_issuer) {
        (false, false) => return,
        (false, true) => Finding::note(
            Part::Certificate,
            FindingCode::SelfSigned,
            "The certificate is its own issuer: clients must be told to trust it.",
        ),
        (true, true) if named => Finding::note(
            Part::Certificate,
            FindingCode::SelfSignedCa,
            "The certificate is its own issuer and says that it is an authority: whoever trusts it trusts all that its key signs.",
        ),
        (true, _) => Finding::warning(
            Part::Certificate,
            FindingCode::CaAsLeaf,
            "The certificate is a certificate authority, not that of a server or client.",
        )
        .remedy("Take the certificate that it issued, and put this one among the intermediate certificates."),
    });
}

pub(super) fn strength(certificate: &Certificate, findings: &mut Vec<Finding>) {
    let key = certificate.key_algorithm();
    if key.is_weak() {
        let finding = Finding::warning(
            Part::Certificate,
            FindingCode::WeakKey,
            format!("The key of the certificate is too weak: {}.", key.name()),
        );
        findings.push(finding.remedy("Have it issued for RSA with 2,048 bits or more, or ECDSA."));
    }
    // Nobody relies on the signature of a certificate that vouches for itself.
    let weak = certificate
        .signature_algorithm()
        .filter(|known| known.is_weak());
    if let Some(algorithm) = weak.filter(|_| !certificate.is_self_issued()) {
        let finding = Finding::warning(
            Part::Certificate,
            FindingCode::WeakSignature,
            format!(
                "The certificate was signed with {}, which can be forged.",
                algorithm.name()
            ),
        );
        findings.push(finding.remedy("Have it issued anew with SHA-256 or better."));
    }
}

pub(super) fn form(certificate: &Certificate, findings: &mut Vec<Finding>) {
    serial_number(certificate, findings);
    let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
    let (mut unknown, mut damaged) = (BTreeSet::new(), BTreeSet::new());
    for extension in certificate.extensions() {
        let oid = &extension.extn_id;
        if !seen.insert(*oid) {
            repeated.insert(extension_name(oid));
        } else if *oid == POISON {
            findings.push(precertificate());
        } else if extension.critical && !is_understood(oid) {
            unknown.insert(extension_name(oid));
        } else if is_understood(oid) && ExtensionFacts::of(extension).note.is_some() {
            damaged.insert(extension_name(oid));
        }
    }
    for (code, names, what) in [
        (
            FindingCode::UnknownCriticalExtension,
            unknown,
            "An extension that clients must understand is not known here",
        ),
        (
            FindingCode::DamagedExtension,
            damaged,
            "An extension cannot be decoded",
        ),
        (
            FindingCode::DuplicateExtension,
            repeated,
            "An extension is there more than once",
        ),
    ] {
        if !names.is_empty() {
            let message = format!(
                "{what}, so many will refuse the certificate: {}.",
                first(&names)
            );
            findings.push(Finding::warning(Part::Certificate, code, message));
        }
    }
}

fn precertificate() -> Finding {
    Finding::warning(
        Part::Certificate,
        FindingCode::Precertificate,
        "This is a precertificate, made for the logs of certificate transparency and not for use.",
    )
    .remedy("Take the certificate that was issued after it.")
}

/// The first few of them, and how many more there are.
fn first(names: &BTreeSet<String>) -> String {
    let listed: Vec<_> = names.iter().take(3).map(|name| cut(name, 80)).collect();
    let listed = listed.join(", ");
    match names.len().saturating_sub(3) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// RFC 5280 section 4.1.2.2: positive, and no longer than 20 bytes.
fn serial_number(certificate: &Certificate, findings: &mut Vec<Finding>) {
    let bytes = certificate.tbs().serial_number().as_bytes();
    let wrong = match bytes {
        [] | [0] => "is zero",
        [first, ..] if *first >= 0x80 => "is negative",
        _ if bytes.len() > 20 => "is longer than 20 bytes",
        _ => return,
    };
    let shown = cut(&serial(bytes), 80);
    findings.push(Finding::warning(
        Part::Certificate,
        FindingCode::SerialNumber,
        format!("The serial number {wrong}, which some clients refuse: {shown}."),
    ));
}
