//! What the types of secrets differ in. One file a type; [`of`] is the list of them all.

mod arbitrary;
pub(crate) mod certificate;
mod imported_cert;
mod kv;
mod managed_request;
mod password;
pub(crate) mod private_cert;
pub(crate) mod public_cert;
mod username_password;

use keyturn_api::{
    CertificateParts, Code, Plaintext, Problem, Result, RotationPolicy, SecretPatch, SecretType,
    Timestamp,
    secret::{Detail, NewDetail, Payload},
    version::RotationInput,
};

use crate::{
    opened::{Opened, Write},
    records::{CertificateEntry, SecretRecord},
};
use uuid::Uuid;

/// One type of secret. Values are kept as [`Plaintext`]; what they mean is the type's own matter.
pub(crate) trait Rotation: Sync {
    /// The first value and what is kept beside it.
    fn make(&self, making: &Making<'_>, new: NewDetail) -> Result<Made>;

    /// The value of the next version.
    fn rotate(
        &self,
        making: &Making<'_>,
        record: &SecretRecord,
        input: RotationInput,
    ) -> Result<Rotated>;

    /// The value of an older version, which becomes that of the next one.
    fn restore(&self, _: &Making<'_>, _: &SecretRecord, value: Plaintext) -> Result<Rotated> {
        Ok(Rotated::to(value))
    }

    /// Why it cannot be rotated by itself or by a click now, before it is tried.
    fn check_rotatable(&self, _: &Making<'_>, _: &SecretRecord) -> Result<()> {
        Ok(())
    }

    /// A policy that a patch brings, as it is kept.
    fn policy(&self, _: &SecretRecord, policy: RotationPolicy) -> Result<RotationPolicy> {
        policy.check_common().map(|()| policy)
    }

    /// Refuses an interval that the type cannot have.
    fn check_policy(&self, _: &Making<'_>, _: &SecretRecord) -> Result<()> {
        Ok(())
    }

    /// What is noted when the certificate of the current version was revoked.
    fn revoked(&self, _: &SecretRecord, _: Timestamp) -> Result<Vec<u8>> {
        Err(Problem::new(
            Code::NotSupported,
            "Only private certificates can be revoked.",
        ))
    }

    /// Whether it is made without a value, which its first rotation brings.
    fn starts_empty(&self) -> bool {
        false
    }

    /// The certificates in a value; none for types that have none.
    fn certificate(&self, _: &Plaintext) -> Option<CertificateParts> {
        None
    }

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

    /// Applies what a patch may change about this type. What comes back is the private key of a
    /// request that was made anew.
    fn patch(
        &self,
        _: &Making<'_>,
        record: &mut SecretRecord,
        patch: &SecretPatch,
    ) -> Result<Option<Plaintext>> {
        check_patch(self, patch)?;
        if let Some(date) = patch.expiration_date {
            record.expires_at = date.map(Timestamp::millis);
        }
        Ok(None)
    }
}

/// Refuses what a patch cannot change about a type.
fn check_patch(rules: &(impl Rotation + ?Sized), patch: &SecretPatch) -> Result<()> {
    if patch.expiration_date.is_some() && !rules.expires() {
        return Err(Problem::field(
            "expiration_date",
            "Secrets of this type have no expiration date of their own.",
        ));
    }
    if patch.managed_csr.is_some() && !rules.starts_empty() {
        return Err(Problem::field(
            "managed_csr",
            "Only imported certificates have a managed request.",
        ));
    }
    Ok(())
}

/// What a value is made with.
pub(crate) struct Making<'a> {
    /// The vault it is made in.
    pub(crate) vault: &'a Opened,
    /// The secret it is for.
    pub(crate) id: Uuid,
    /// The secret group it is in.
    pub(crate) group: &'a str,
    /// When.
    pub(crate) now: Timestamp,
}

/// What a new secret of some type starts with.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// The value of the first version; none: it comes later.
    pub(crate) value: Option<Plaintext>,
    /// When it becomes unreadable.
    pub(crate) expires_at: Option<Timestamp>,
    /// Whether and when the instance rotates it.
    pub(crate) policy: RotationPolicy,
    /// What the type keeps besides, in its own encoding.
    pub(crate) detail: Vec<u8>,
    /// What is noted of the value's certificate.
    pub(crate) certificate: Option<CertificateEntry>,
    /// The private key of a request that waits for its certificate.
    pub(crate) request_key: Option<Plaintext>,
    /// What is written with it.
    pub(crate) also: Also,
}

/// What a value of some types rests on and leaves behind: rows that are expected and written in the
/// same commit.
#[derive(Debug, Default)]
pub(crate) struct Also {
    /// Rows that must be as they were, by revision; none: absent.
    pub(crate) expect: Vec<(Vec<u8>, Option<u64>)>,
    /// Rows that are marks alone, and hold nothing.
    pub(crate) mark: Vec<Vec<u8>>,
    /// Rows of the type's own.
    pub(crate) put: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Also {
    /// Whether a value stands by itself, and can be written again as it is.
    pub(crate) fn is_empty(&self) -> bool {
        self.expect.is_empty() && self.mark.is_empty() && self.put.is_empty()
    }

    /// Puts the rows into a write.
    pub(crate) fn join(&self, write: &mut Write) {
        for (key, revision) in &self.expect {
            write.expect(key.clone(), *revision);
        }
        for key in &self.mark {
            write.put(key.clone(), Vec::new());
        }
        for (key, sealed) in &self.put {
            write.put(key.clone(), sealed.clone());
        }
    }
}

/// What a rotation brings.
#[derive(Debug)]
pub(crate) struct Rotated {
    /// The value of the next version.
    pub(crate) value: Plaintext,
    /// What the type keeps besides from now on; none: as before.
    pub(crate) detail: Option<Vec<u8>>,
    /// What is noted of the value's certificate.
    pub(crate) certificate: Option<CertificateEntry>,
    /// What is written with it.
    pub(crate) also: Also,
}

impl Rotated {
    /// A value, and nothing besides.
    pub(crate) fn to(value: Plaintext) -> Self {
        Self {
            value,
            detail: None,
            certificate: None,
            also: Also::default(),
        }
    }
}

/// The rules of a type.
pub(crate) fn of(secret_type: SecretType) -> Result<&'static dyn Rotation> {
    match secret_type {
        SecretType::Arbitrary => Ok(&arbitrary::Arbitrary),
        SecretType::ImportedCert => Ok(&imported_cert::ImportedCert),
        SecretType::Kv => Ok(&kv::Kv),
        SecretType::PrivateCert => Ok(&private_cert::PrivateCert),
        SecretType::PublicCert => Ok(&public_cert::PublicCert),
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
