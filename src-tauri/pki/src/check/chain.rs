//! The certificates between a certificate and a root. The service takes them as they are, so nothing
//! here refuses.

use super::{Finding, FindingCode, Parts};
use crate::facts::encoding::day;
use crate::{Certificate, Part, Signed};

/// Signatures that are checked at most: a hundred certificates of one name would need thousands.
const SIGNATURES: usize = 300;

/// The certificate and those that issued it, one after the other, as far as they are there.
pub(super) fn order<'a>(parts: &Parts<'a>, findings: &mut Vec<Finding>) -> Vec<&'a Certificate> {
    let leaf = parts.certificate;
    let mut path = vec![leaf];
    let own_issuer = leaf.is_self_issued() && leaf.signed_by(leaf) != Signed::No;
    if parts.intermediates.is_empty() {
        if !own_issuer {
            let message = format!(
                "There is no intermediate certificate: clients that do not know ‘{}’ will not trust the certificate.",
                leaf.issuer().short()
            );
            let finding = Finding::note(Part::Intermediate, FindingCode::NoIntermediate, message);
            findings
                .push(finding.remedy("Add the certificates that the issuer handed out with it."));
        }
        return path;
    }
    let mut left = without_repeated(parts, findings);
    let mut budget = SIGNATURES;
    let (mut in_order, mut forged, mut unchecked) = (true, false, false);
    while let Some(current) = path.last().copied() {
        if current.is_self_issued() && path.len() > 1 {
            break;
        }
        let Some(step) = next(current, &left, &mut budget) else {
            break;
        };
        let issuer = left.remove(step.position);
        in_order &= step.position == 0;
        path.push(issuer);
        unchecked |= step.signed == Signed::Unknown;
        if step.signed == Signed::No {
            forged = true;
            findings.push(signature_wrong(current, issuer));
            break;
        }
    }
    if unchecked {
        findings.push(Finding::note(
            Part::Intermediate,
            FindingCode::SignatureUnchecked,
            "A signature of the chain is of a kind that cannot be checked here.",
        ));
    }
    if !forged {
        rest(&path, &left, own_issuer, findings);
    }
    if !in_order {
        let finding = Finding::warning(
            Part::Intermediate,
            FindingCode::IntermediateOutOfOrder,
            "The intermediate certificates are not in order: older clients will not find the chain.",
        );
        findings.push(
            finding.remedy("Put the one first that issued the certificate, then its issuer."),
        );
    }
    if forged {
        path.truncate(1);
    }
    path
}

struct Step {
    position: usize,
    signed: Signed,
}

/// Which of the others issued a certificate; one of the right name with another key if there is no
/// better.
fn next(current: &Certificate, left: &[&Certificate], budget: &mut usize) -> Option<Step> {
    let mut best = None;
    for (position, candidate) in left.iter().enumerate() {
        if !current.names_issuer(candidate) || *budget == 0 {
            continue;
        }
        *budget -= 1;
        let signed = current.signed_by(candidate);
        match signed {
            Signed::Yes => return Some(Step { position, signed }),
            Signed::Unknown => best = Some(Step { position, signed }),
            Signed::No => best = best.or(Some(Step { position, signed })),
        }
    }
    best
}

/// What follows where the path ends although more is there.
fn rest(
    path: &[&Certificate],
    left: &[&Certificate],
    own_issuer: bool,
    findings: &mut Vec<Finding>,
) {
    let (Some(last), Some(follows)) = (path.last(), left.first()) else {
        return;
    };
    // Where the path has one of that name already, it cannot go on there.
    let stands = |part: &&Certificate| part.tbs().subject() == follows.tbs().subject();
    let unrelated =
        own_issuer || (last.is_self_issued() && path.len() > 1) || path.iter().any(stands);
    let (name, issuer) = (last.subject().short(), last.issuer().short());
    let follows = follows.subject().short();
    findings.push(if unrelated {
        Finding::warning(
            Part::Intermediate,
            FindingCode::IntermediateUnrelated,
            format!("‘{follows}’ does not belong to the chain of the certificate."),
        )
        .remedy("Leave it out.")
    } else if path.len() == 1 {
        Finding::warning(
            Part::Intermediate,
            FindingCode::IntermediateDoesNotSign,
            format!(
                "None of the intermediate certificates issued the certificate; that was ‘{issuer}’."
            ),
        )
        .remedy("Take the intermediate certificates that the issuer handed out with it.")
    } else {
        Finding::warning(
            Part::Intermediate,
            FindingCode::IntermediateGap,
            format!(
                "Between ‘{name}’ and ‘{follows}’ a certificate is missing: that of ‘{issuer}’."
            ),
        )
        .remedy("Add it, or leave out what follows.")
    });
}

fn signature_wrong(certificate: &Certificate, issuer: &Certificate) -> Finding {
    Finding::warning(
        Part::Intermediate,
        FindingCode::SignatureWrong,
        format!(
            "‘{}’ names ‘{}’ as its issuer, but was not signed with the key of that certificate.",
            certificate.subject().short(),
            issuer.subject().short()
        ),
    )
    .remedy("The issuer may have a newer certificate of the same name; take that one.")
}

fn without_repeated<'a>(parts: &Parts<'a>, findings: &mut Vec<Finding>) -> Vec<&'a Certificate> {
    let mut left: Vec<&Certificate> = Vec::new();
    for certificate in parts.intermediates {
        let what = if certificate == parts.certificate {
            "The certificate itself is also"
        } else if left.contains(&certificate) {
            "A certificate is twice"
        } else {
            left.push(certificate);
            continue;
        };
        let message = format!("{what} among the intermediate certificates.");
        let code = FindingCode::IntermediateRepeated;
        let finding = Finding::warning(Part::Intermediate, code, message);
        findings.push(finding.remedy("Leave it out there."));
    }
    left
}

/// What is wrong with the intermediate certificates by themselves.
pub(super) fn members(parts: &Parts<'_>, now: i64, findings: &mut Vec<Finding>) {
    let (_, leaf_end) = parts.certificate.validity();
    let others = parts.intermediates.iter();
    for certificate in others.filter(|other| *other != parts.certificate) {
        let (start, end) = certificate.validity();
        let name = certificate.subject().short();
        let mut warn = |code, message: String| {
            findings.push(Finding::warning(Part::Intermediate, code, message));
        };
        if end < now {
            let day = day(end);
            warn(
                FindingCode::IntermediateExpired,
                format!("The intermediate certificate ‘{name}’ expired on {day}."),
            );
        } else if end < leaf_end {
            let day = day(end);
            warn(
                FindingCode::IntermediateEndsEarlier,
                format!(
                    "The intermediate certificate ‘{name}’ ends on {day}, before the certificate."
                ),
            );
        }
        if start > now {
            let day = day(start);
            warn(
                FindingCode::IntermediateNotYetValid,
                format!("The intermediate certificate ‘{name}’ is not valid before {day}."),
            );
        }
        // Version 1 has no way to say it; only roots are that old.
        let old_root = certificate.is_self_issued() && certificate.extensions().is_empty();
        if !certificate.is_ca() && !old_root {
            warn(
                FindingCode::IntermediateNoCa,
                format!("The intermediate certificate ‘{name}’ is no certificate authority."),
            );
        }
        let signature = certificate
            .signature_algorithm()
            .filter(|known| known.is_weak());
        let key = certificate.key_algorithm();
        if key.is_weak() {
            let key = key.name();
            warn(
                FindingCode::IntermediateWeak,
                format!("The key of the intermediate certificate ‘{name}’ is too weak: {key}."),
            );
        } else if let Some(algorithm) = signature.filter(|_| !certificate.is_self_issued()) {
            let algorithm = algorithm.name();
            warn(
                FindingCode::IntermediateWeak,
                format!(
                    "The intermediate certificate ‘{name}’ was signed with {algorithm}, which can be forged."
                ),
            );
        }
    }
}
