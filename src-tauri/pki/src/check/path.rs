//! What the authorities of a chain allow each other (RFC 5280 section 6.1): how many may follow, and
//! for which names they may issue.

use std::time::Duration;

use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert};

use super::{Finding, FindingCode};
use crate::{Certificate, Part};

/// Checks a path from the certificate to the last authority that is there.
pub(super) fn constraints(path: &[&Certificate], now: i64, findings: &mut Vec<Finding>) {
    path_length(path, findings);
    if is_name_refused(path, now) {
        let finding = Finding::warning(
            Part::Intermediate,
            FindingCode::NameConstraint,
            "An authority of the chain may not issue certificates for one of the names of this one.",
        );
        findings
            .push(finding.remedy("Have it issued by an authority that may, or without that name."));
    }
}

/// Counted here, for the last authority is one that others trust and so do not check.
fn path_length(path: &[&Certificate], findings: &mut Vec<Finding>) {
    let mut below = 0_u32;
    for authority in path.iter().skip(1) {
        let allowed = authority.constraints().path_length;
        if let Some(allowed) = allowed.filter(|allowed| below > *allowed) {
            findings.push(Finding::warning(
                Part::Intermediate,
                FindingCode::PathLength,
                format!(
                    "‘{}’ allows {allowed} authorities below it, and there are {below}: clients will refuse the chain.",
                    authority.subject().short()
                ),
            ));
        }
        below += u32::from(!authority.is_self_issued());
    }
}

fn is_name_refused(path: &[&Certificate], now: i64) -> bool {
    let ders: Vec<_> = path
        .iter()
        .map(|part| CertificateDer::from(part.der()))
        .collect();
    let [leaf, between @ .., last] = ders.as_slice() else {
        return false;
    };
    let (Ok(leaf), Ok(anchor)) = (
        EndEntityCert::try_from(leaf),
        anchor_from_trusted_cert(last),
    ) else {
        return false;
    };
    let anchors = [anchor];
    // A purpose that it lacks would hide the rest.
    let usage = match path.first() {
        Some(leaf) if !leaf.is_for_servers() => KeyUsage::client_auth(),
        _ => KeyUsage::server_auth(),
    };
    let verified = leaf.verify_for_usage(
        ALL_VERIFICATION_ALGS,
        &anchors,
        between,
        moment(path, now),
        usage,
        None,
        None,
    );
    matches!(verified, Err(Error::NameConstraintViolation))
}

/// The time that is nearest to now at which all of a path is valid: dates have been checked, and
/// would hide the rest.
fn moment(path: &[&Certificate], now: i64) -> UnixTime {
    let dates = path.iter().map(|part| part.validity());
    let start = dates.clone().map(|(start, _)| start).max().unwrap_or(now);
    let end = dates.map(|(_, end)| end).min().unwrap_or(now);
    let moment = if start <= end {
        now.clamp(start, end)
    } else {
        now
    };
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(moment).unwrap_or(0)))
}
