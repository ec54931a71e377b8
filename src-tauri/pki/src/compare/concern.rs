//! What is worse with the new certificate than with the old one.

use serde::Serialize;
use specta::Type;

use super::{CertificateComparison, PartChange};

/// Names that one sentence lists.
const LISTED: usize = 3;

/// What is worse, to branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConcernCode {
    /// It is the same certificate once more.
    Identical,
    /// A name is gone.
    NameGone,
    /// The private key that was there will be missing.
    PrivateKeyMissing,
    /// The intermediate certificate that was there will be missing.
    IntermediateMissing,
    /// The key is easier to break.
    WeakerKey,
    /// The signature is easier to forge.
    WeakerSignature,
    /// It ends before the old one.
    EndsEarlier,
    /// A use is no longer allowed.
    UsageLost,
    /// It became a certificate authority, or is none any more.
    CaChanged,
}

/// One thing that is worse than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Concern {
    /// What is worse, to branch on.
    pub code: ConcernCode,
    /// What is worse, in a sentence.
    pub message: String,
}

pub(super) fn concerns(comparison: &CertificateComparison) -> Vec<Concern> {
    let mut concerns = Vec::new();
    let mut add = |code, message: String| concerns.push(Concern { code, message });
    if comparison.identical {
        add(
            ConcernCode::Identical,
            "Both are the same certificate.".to_owned(),
        );
    }
    let removed = &comparison.names.removed;
    if !removed.is_empty() {
        let names = listed(removed);
        let message = format!("No longer valid for: {names}.");
        add(ConcernCode::NameGone, message);
    }
    if comparison.private_key == PartChange::NowMissing {
        let message = "The old one has a private key, the new one has none.".to_owned();
        add(ConcernCode::PrivateKeyMissing, message);
    }
    if comparison.intermediate == PartChange::NowMissing {
        let message =
            "The old one has an intermediate certificate, the new one has none.".to_owned();
        add(ConcernCode::IntermediateMissing, message);
    }
    let (key, signature) = (&comparison.key_algorithm, &comparison.signing_algorithm);
    if key.weaker {
        let message = format!("The key is weaker: {} instead of {}.", key.new, key.old);
        add(ConcernCode::WeakerKey, message);
    }
    if signature.weaker {
        let (old, new) = (&signature.old, &signature.new);
        let message = format!("The signature is weaker: {new} instead of {old}.");
        add(ConcernCode::WeakerSignature, message);
    }
    let validity = &comparison.validity;
    if validity.ends_earlier {
        let (old, new) = (&validity.old_not_after, &validity.new_not_after);
        let message = format!("The new one ends at {new}, before the old one does, at {old}.");
        add(ConcernCode::EndsEarlier, message);
    }
    if !comparison.usages.lost.is_empty() {
        let usages = listed(&comparison.usages.lost);
        let message = format!("No longer allowed: {usages}.");
        add(ConcernCode::UsageLost, message);
    }
    match (comparison.old_ca, comparison.new_ca) {
        (false, true) => add(
            ConcernCode::CaChanged,
            "The new one is a certificate authority, the old one is not.".to_owned(),
        ),
        (true, false) => add(
            ConcernCode::CaChanged,
            "The new one is no certificate authority, the old one is.".to_owned(),
        ),
        _ => {}
    }
    concerns
}

fn listed(names: &[String]) -> String {
    let first: Vec<_> = names.iter().take(LISTED).map(String::as_str).collect();
    let first = first.join(", ");
    match names.len().saturating_sub(LISTED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
