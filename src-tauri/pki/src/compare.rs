//! Two certificates side by side, by what they mean: what a rotation would change, and what would be
//! worse than before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use specta::Type;

use crate::facts::bounded;
use crate::facts::usage::ANY;
use crate::name::{common_name, shown};
use crate::{Certificate, SignatureAlgorithm, Signed};

mod concern;

pub use concern::{Concern, ConcernCode};

/// One of the two.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// The certificates between it and a root.
    pub intermediates: &'a [Certificate],
    /// Whether its private key is there.
    pub has_private_key: bool,
}

/// What differs between an old and a new certificate.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own for the page to show"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CertificateComparison {
    /// Whether both are the same certificate.
    pub identical: bool,
    /// What they are for.
    pub names: NameChanges,
    /// Whether both have the same key.
    pub same_key: bool,
    /// Kind of the key.
    pub key_algorithm: AlgorithmChange,
    /// What they were signed with.
    pub signing_algorithm: AlgorithmChange,
    /// Who issued them.
    pub issuer: TextChange,
    /// Their serial numbers.
    pub serial_number: TextChange,
    /// The certificates between them and a root.
    pub intermediate: PartChange,
    /// Whether one of the old intermediate certificates issued the new certificate.
    pub old_intermediate_signs: bool,
    /// Their private keys.
    pub private_key: PartChange,
    /// Whether the old private key is there and is that of the new certificate.
    pub old_private_key_fits: bool,
    /// When they are valid.
    pub validity: ValidityChange,
    /// What they may be used for.
    pub usages: UsageChanges,
    /// Whether the old one is a certificate authority.
    pub old_ca: bool,
    /// Whether the new one is a certificate authority.
    pub new_ca: bool,
    /// What is worse than before.
    pub concerns: Vec<Concern>,
}

/// Names, the common name among them. Upper and lower case are one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct NameChanges {
    /// Only the new one has them.
    pub added: Vec<String>,
    /// Only the old one has them.
    pub removed: Vec<String>,
    /// Both have them.
    pub kept: Vec<String>,
    /// How many are not listed.
    pub left_out: u32,
}

/// An algorithm before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct AlgorithmChange {
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
    /// Whether the new one is easier to break.
    pub weaker: bool,
}

/// A text before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct TextChange {
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
    /// Whether they mean the same.
    pub same: bool,
}

/// What became of a part that may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PartChange {
    /// Neither has it.
    Absent,
    /// Both have the same.
    Same,
    /// Each has its own.
    Other,
    /// The old one had it, the new one has not.
    NowMissing,
    /// The new one has it, the old one had not.
    NowThere,
}

/// Validity before and after (RFC 3339).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ValidityChange {
    /// Start of the old one.
    pub old_not_before: String,
    /// End of the old one.
    pub old_not_after: String,
    /// Start of the new one.
    pub new_not_before: String,
    /// End of the new one.
    pub new_not_after: String,
    /// Whether the new one ends before the old one, by a day at least: hours are nobody's concern.
    pub ends_earlier: bool,
}

/// Key usages and purposes that come or go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct UsageChanges {
    /// What only the old one allows.
    pub lost: Vec<String>,
    /// What only the new one allows.
    pub gained: Vec<String>,
}

/// Compares an old with a new certificate.
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> CertificateComparison {
    let (before, after) = (old.certificate, new.certificate);
    let same_key = before.same_key(after.public_key());
    let mut comparison = CertificateComparison {
        identical: before == after,
        names: names(before, after),
        same_key,
        key_algorithm: key_algorithm(before, after),
        signing_algorithm: signing_algorithm(before, after),
        issuer: TextChange {
            old: before.issuer().text,
            new: after.issuer().text,
            same: before.tbs().issuer() == after.tbs().issuer(),
        },
        serial_number: TextChange {
            old: shown(&before.serial_number()),
            new: shown(&after.serial_number()),
            same: before.serial_number() == after.serial_number(),
        },
        intermediate: part_change(
            !old.intermediates.is_empty(),
            !new.intermediates.is_empty(),
            same_certificates(old.intermediates, new.intermediates),
        ),
        old_intermediate_signs: old
            .intermediates
            .iter()
            .filter(|authority| after.names_issuer(authority))
            .any(|authority| after.signed_by(authority) == Signed::Yes),
        private_key: part_change(old.has_private_key, new.has_private_key, same_key),
        old_private_key_fits: old.has_private_key && same_key,
        validity: validity(before, after),
        usages: usages(before, after),
        old_ca: before.is_ca(),
        new_ca: after.is_ca(),
        concerns: Vec::new(),
    };
    comparison.concerns = concern::concerns(&comparison);
    comparison
}

fn part_change(old: bool, new: bool, same: bool) -> PartChange {
    match (old, new) {
        (false, false) => PartChange::Absent,
        (true, false) => PartChange::NowMissing,
        (false, true) => PartChange::NowThere,
        (true, true) if same => PartChange::Same,
        (true, true) => PartChange::Other,
    }
}

/// Whether the same ones are there; their order is for the checks.
fn same_certificates(old: &[Certificate], new: &[Certificate]) -> bool {
    let all = |list: &[Certificate]| {
        let prints = list.iter().map(Certificate::fingerprint);
        prints.collect::<BTreeSet<_>>()
    };
    all(old) == all(new)
}

fn names(old: &Certificate, new: &Certificate) -> NameChanges {
    let (old, new) = (all_names(old), all_names(new));
    let only = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        let names = one.iter().filter(|(key, _)| !other.contains_key(*key));
        names.map(|(_, name)| shown(name)).collect::<Vec<_>>()
    };
    let (added, removed) = (only(&new, &old), only(&old, &new));
    let kept = new.iter().filter(|(key, _)| old.contains_key(*key));
    let kept: Vec<_> = kept.map(|(_, name)| shown(name)).collect();
    let mut left_out = 0;
    let mut list = |names: Vec<String>| bounded(names.len(), names.into_iter(), &mut left_out);
    let (added, removed, kept) = (list(added), list(removed), list(kept));
    NameChanges {
        added,
        removed,
        kept,
        left_out,
    }
}

/// All names by how they are compared: as they came, for what is shown may be cut.
fn all_names(certificate: &Certificate) -> BTreeMap<String, String> {
    let common = common_name(certificate.tbs().subject());
    let common = common.filter(|name| !name.is_empty());
    let others = certificate.alt_names().into_iter().map(|(_, name)| name);
    let names = common.into_iter().chain(others);
    names.map(|name| (name.to_lowercase(), name)).collect()
}

fn key_algorithm(old: &Certificate, new: &Certificate) -> AlgorithmChange {
    let (old, new) = (old.key_algorithm(), new.key_algorithm());
    let weaker = matches!((old.strength(), new.strength()), (Some(old), Some(new)) if new < old);
    AlgorithmChange {
        old: shown(&old.name()),
        new: shown(&new.name()),
        weaker,
    }
}

/// From SHA-256 on none is easier to forge than another.
fn signing_algorithm(old: &Certificate, new: &Certificate) -> AlgorithmChange {
    let weak = |certificate: &Certificate| {
        let known = certificate.signature_algorithm();
        known.is_some_and(SignatureAlgorithm::is_weak)
    };
    AlgorithmChange {
        weaker: weak(new) && !weak(old),
        old: old.signing_algorithm_name(),
        new: new.signing_algorithm_name(),
    }
}

fn validity(old: &Certificate, new: &Certificate) -> ValidityChange {
    let (before, after) = (old.tbs().validity(), new.tbs().validity());
    ValidityChange {
        old_not_before: before.not_before.to_string(),
        old_not_after: before.not_after.to_string(),
        new_not_before: after.not_before.to_string(),
        new_not_after: after.not_after.to_string(),
        ends_earlier: new.validity().1 < old.validity().1 - A_DAY,
    }
}

/// Seconds of a day.
const A_DAY: i64 = 86_400;

fn usages(old: &Certificate, new: &Certificate) -> UsageChanges {
    let mut changes = UsageChanges::default();
    for (old, new, all) in [
        (old.key_usage(), new.key_usage(), "Any use of the key"),
        (old.extended_usage(), new.extended_usage(), ANY),
    ] {
        // Who says nothing allows everything.
        let (old, new) = (allowed(old, all), allowed(new, all));
        if !new.contains(all) {
            changes
                .lost
                .extend(old.difference(&new).map(|usage| shown(usage)));
        }
        if !old.contains(all) {
            changes
                .gained
                .extend(new.difference(&old).map(|usage| shown(usage)));
        }
    }
    changes
}

fn allowed(usages: Option<Vec<String>>, all: &str) -> BTreeSet<String> {
    let usages = usages.unwrap_or_else(|| vec![all.to_owned()]);
    usages.into_iter().collect()
}
