//! User credentials: the user name stays for life, the password is given or generated.

use keyturn_api::{
    Code, Plaintext, Problem, Result, SecretPatch, SecretType, Timestamp,
    secret::{
        Detail, NewDetail, Payload,
        username_password::{self, PasswordGenerationPolicy},
    },
    version::RotationInput,
};
use minicbor::{Decode, Encode};

use super::{Also, Made, Making, Rotated, Rotation, password::generate, patch_date, wrong_input};
use crate::records::SecretRecord;

pub(crate) struct UsernamePassword;

/// What the record keeps for this type.
#[derive(Debug, Default, Encode, Decode)]
struct Kept {
    #[n(0)]
    username: String,
    #[n(1)]
    length: u16,
    #[n(2)]
    digits: bool,
    #[n(3)]
    symbols: bool,
    #[n(4)]
    uppercase: bool,
    #[n(5)]
    excluded: String,
}

impl Kept {
    fn new(username: String, policy: PasswordGenerationPolicy) -> Self {
        Self {
            username,
            length: policy.length,
            digits: policy.include_digits,
            symbols: policy.include_symbols,
            uppercase: policy.include_uppercase,
            excluded: policy.exclude_characters,
        }
    }

    /// To be shown. The record was opened, so this is as some version of Keyturn wrote it.
    fn of(record: &SecretRecord) -> Self {
        minicbor::decode(&record.detail).unwrap_or_default()
    }

    /// To be changed: what cannot be read is not written over.
    fn read(record: &SecretRecord) -> Result<Self> {
        minicbor::decode(&record.detail).map_err(|_| {
            Problem::new(
                Code::Damaged,
                "What this secret keeps besides its password cannot be read. Nothing was changed.",
            )
            .remedy("Update Keyturn.")
        })
    }

    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into a vector cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    fn policy(&self) -> PasswordGenerationPolicy {
        PasswordGenerationPolicy {
            length: self.length,
            include_digits: self.digits,
            include_symbols: self.symbols,
            include_uppercase: self.uppercase,
            exclude_characters: self.excluded.clone(),
        }
    }
}

impl Rotation for UsernamePassword {
    fn make(&self, _: &Making<'_>, new: NewDetail) -> Result<Made> {
        let NewDetail::UsernamePassword(new) = new else {
            return Err(wrong_input("secret_type", SecretType::UsernamePassword));
        };
        let value = match new.password {
            Some(password) => password,
            None => generate(&new.password_generation_policy)?,
        };
        Ok(Made {
            value: Some(value),
            expires_at: new.expiration_date,
            policy: new.rotation,
            detail: Kept::new(new.username, new.password_generation_policy).encode(),
            ..Made::default()
        })
    }

    fn rotate(
        &self,
        _: &Making<'_>,
        record: &SecretRecord,
        input: RotationInput,
    ) -> Result<Rotated> {
        let RotationInput::UsernamePassword(rotation) = input else {
            return Err(wrong_input("password", SecretType::UsernamePassword));
        };
        let kept = Kept::read(record)?;
        let (before, changed) = (kept.policy(), rotation.password_generation_policy);
        let value = match rotation.password {
            Some(password) => password,
            None => generate(changed.as_ref().unwrap_or(&before))?,
        };
        Ok(Rotated {
            value,
            detail: changed.map(|policy| Kept::new(kept.username, policy).encode()),
            certificate: None,
            also: Also::default(),
        })
    }

    fn effect(&self, _: &SecretRecord) -> String {
        "The password is replaced at once, by a generated one or by the one you provide. The user \
         name stays."
            .to_owned()
    }

    fn expires(&self) -> bool {
        true
    }

    fn alone(&self) -> Option<RotationInput> {
        Some(RotationInput::UsernamePassword(
            username_password::Rotation {
                password: None,
                password_generation_policy: None,
            },
        ))
    }

    fn detail(&self, record: &SecretRecord, now: Timestamp) -> Detail {
        let rotation = record.rotation_policy();
        Detail::UsernamePassword(username_password::Detail {
            expiration_date: record.expiration_date(),
            rotation,
            next_rotation_date: record.due_date(now).filter(|_| rotation.auto_rotate),
            password_generation_policy: Kept::of(record).policy(),
        })
    }

    fn patch(
        &self,
        _: &Making<'_>,
        record: &mut SecretRecord,
        patch: &SecretPatch,
    ) -> Result<Option<Plaintext>> {
        patch_date(self, record, patch)?;
        if let Some(change) = &patch.password_generation_policy {
            let kept = Kept::read(record)?;
            let policy = change.applied(kept.policy());
            policy.check()?;
            record.detail = Kept::new(kept.username, policy).encode();
        }
        Ok(None)
    }

    fn generates(&self) -> bool {
        true
    }

    fn payload(&self, record: &SecretRecord, value: Plaintext) -> Payload {
        Payload::UsernamePassword(username_password::Payload {
            username: Kept::of(record).username,
            password: value,
        })
    }
}
