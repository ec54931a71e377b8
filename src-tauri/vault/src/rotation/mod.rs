//! What the types of secrets differ in. One file a type; [`of`] is the list of them all.

mod arbitrary;
mod kv;
mod password;
mod username_password;

use keyturn_api::{
    Code, Plaintext, Problem, Result, RotationPolicy, SecretPatch, SecretType, Timestamp,
    secret::{Detail, NewDetail, Payload},
    version::RotationInput,
};

use crate::records::SecretRecord;

/// One type of secret. Values are kept as [`Plaintext`]; what they mean is the type's own matter.
pub(crate) trait Rotation: Sync {
    /// The first value and what is kept beside it.
    fn make(&self, new: NewDetail) -> Result<Made>;

    /// The value of the next version.
    fn rotate(&self, record: &SecretRecord, input: RotationInput) -> Result<Rotated>;

    /// One sentence: what a rotation will do.
    fn effect(&self, record: &SecretRecord) -> String;

    /// Whether the person can set an expiration date.
    fn expires(&self) -> bool;

    /// The input of a rotation that nobody gives; none: the value must come from a person.
    fn alone(&self) -> Option<RotationInput> {
        None
    }

    /// The type's part of the metadata.
    fn detail(&self, record: &SecretRecord, now: Timestamp) -> Detail;

    /// A kept value as the API shows it.
    fn payload(&self, record: &SecretRecord, value: Plaintext) -> Payload;

    /// Applies what a patch may change about this type.
    fn patch(&self, record: &mut SecretRecord, patch: &SecretPatch) -> Result<()> {
        if let Some(date) = patch.expiration_date {
            if !self.expires() {
                return Err(Problem::field(
                    "expiration_date",
                    "Secrets of this type have no expiration date of their own.",
                ));
            }
            record.expires_at = date.map(Timestamp::millis);
        }
        Ok(())
    }
}

/// What a new secret of some type starts with.
#[derive(Debug)]
pub(crate) struct Made {
    /// The value of the first version.
    pub(crate) value: Plaintext,
    /// When it becomes unreadable.
    pub(crate) expires_at: Option<Timestamp>,
    /// Whether and when the instance rotates it.
    pub(crate) policy: RotationPolicy,
    /// What the type keeps besides, in its own encoding.
    pub(crate) detail: Vec<u8>,
}

/// What a rotation brings.
#[derive(Debug)]
pub(crate) struct Rotated {
    /// The value of the next version.
    pub(crate) value: Plaintext,
    /// What the type keeps besides from now on; none: as before.
    pub(crate) detail: Option<Vec<u8>>,
}

impl Rotated {
    /// A value, and nothing besides.
    pub(crate) const fn to(value: Plaintext) -> Self {
        Self {
            value,
            detail: None,
        }
    }
}

/// The rules of a type.
pub(crate) fn of(secret_type: SecretType) -> Result<&'static dyn Rotation> {
    match secret_type {
        SecretType::Arbitrary => Ok(&arbitrary::Arbitrary),
        SecretType::Kv => Ok(&kv::Kv),
        SecretType::UsernamePassword => Ok(&username_password::UsernamePassword),
        other => Err(Problem::new(
            Code::NotSupported,
            format!("This vault does not know secrets of type {}.", other.name()),
        )
        .remedy("Update Keyturn.")),
    }
}

/// The input does not fit the type of the secret.
pub(crate) fn wrong_input(field: &str, secret_type: SecretType) -> Problem {
    Problem::field(
        field,
        format!(
            "This is not what a secret of type {} takes.",
            secret_type.name()
        ),
    )
}
