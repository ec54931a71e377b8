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
            "This is the certificate of the current version once more.".to_owned(),
        );
    }
    let removed = &comparison.names.removed;
    if !removed.is_empty() {
        let names = listed(removed);
        let message = format!("No longer valid for: {names}.");
        add(ConcernCode::NameGone, message);
    }
    if comparison.private_key == PartChange::NowMissing {
        let remedy = if comparison.old_private_key_fits {
            "the old one fits, so add it again"
        } else {
            "nothing is carried over"
        };
        let message =
            format!("The current version has a private key, this one has none; {remedy}.");
        add(ConcernCode::PrivateKeyMissing, message);
    }
    if comparison.intermediate == PartChange::NowMissing {
        let remedy = if comparison.old_intermediate_signs {
            "the old one issued this certificate too, so add it again"
        } else {
            "nothing is carried over"
        };
        let message = format!(
            "The current version has an intermediate certificate, this one has none; {remedy}."
        );
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
        let day = |time: &str| time.chars().take(10).collect::<String>();
        let (old, new) = (day(&validity.old_not_after), day(&validity.new_not_after));
        let message = format!("It ends on {new}, before the current version does ({old}).");
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
            "It is a certificate authority, which the current version is not.".to_owned(),
        ),
        (true, false) => add(
            ConcernCode::CaChanged,
            "It is no certificate authority, which the current version is.".to_owned(),
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
