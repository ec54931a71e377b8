//! IAM credentials. IAM is asked in `iam/`, for that takes time and can fail halfway; here is what a
//! record keeps and shows, and what a patch may change.

use keyturn_api::{
    Code, Plaintext, Problem, Result, RotationPolicy, SecretPatch, SecretType, Timestamp, Ttl,
    secret::{
        Detail, NewDetail, Payload,
        iam_credentials::{self, NOT_REUSED, New, check_rotation, parse_ttl},
    },
    version::RotationInput,
};
use minicbor::{Decode, Encode};

use super::{Made, Making, Rotated, Rotation, check_patch, wrong_input};
use crate::records::{CredentialEntry, SecretRecord};

pub(crate) struct IamCredentials;

/// What the record keeps for this type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Kept {
    /// As it was given.
    #[n(0)]
    pub(crate) ttl: String,
    #[n(1)]
    pub(crate) access_groups: Option<Vec<String>>,
    /// The service ID that was there before.
    #[n(2)]
    pub(crate) service_id: Option<String>,
    #[n(3)]
    pub(crate) account_id: Option<String>,
    #[n(4)]
    pub(crate) reuse: bool,
    /// Of the version in force.
    #[n(5)]
    pub(crate) current_key: Option<String>,
    /// Of the version in force.
    #[n(6)]
    pub(crate) current_service: Option<String>,
}

impl Kept {
    pub(crate) fn new(new: &New) -> Self {
        Self {
            ttl: new.ttl.clone(),
            access_groups: new.access_groups.clone(),
            service_id: new.service_id.clone(),
            account_id: new.account_id.clone(),
            reuse: new.reuse_api_key,
            current_key: None,
            current_service: None,
        }
    }

    /// To be shown. The record was opened, so this is as some version of Keyturn wrote it.
    pub(crate) fn of(record: &SecretRecord) -> Self {
        minicbor::decode(&record.detail).unwrap_or_default()
    }

    /// To be acted upon: what cannot be read is not guessed.
    pub(crate) fn read(record: &SecretRecord) -> Result<Self> {
        minicbor::decode(&record.detail).map_err(|_| {
            Problem::new(
                Code::Damaged,
                "What this secret keeps besides its API key cannot be read. Nothing was changed.",
            )
            .remedy("Update Keyturn.")
        })
    }

    /// With this key in force; none: with none.
    #[must_use]
    pub(crate) fn with(mut self, key: Option<&CredentialEntry>) -> Self {
        self.current_key = key.map(|key| key.api_key_id.clone());
        self.current_service = key.map(|key| key.service_id.clone());
        self
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into a vector cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    /// How long a key lives.
    pub(crate) fn lifetime(&self) -> Result<Ttl> {
        parse_ttl(&self.ttl)
    }
}

/// Whether no value is kept, and each reading makes a key.
pub(crate) fn is_leased(record: &SecretRecord) -> bool {
    record.secret_type() == SecretType::IamCredentials && !Kept::of(record).reuse
}

/// Refuses rotation and restoring where no value is kept.
pub(crate) fn check_reused(record: &SecretRecord) -> Result<()> {
    if is_leased(record) {
        return Err(Problem::new(Code::BadRequest, NOT_REUSED));
    }
    Ok(())
}

impl Rotation for IamCredentials {
    /// Without a value: IAM makes it.
    fn make(&self, _: &Making<'_>, new: NewDetail) -> Result<Made> {
        let NewDetail::IamCredentials(new) = new else {
            return Err(wrong_input("secret_type", SecretType::IamCredentials));
        };
        Ok(Made {
            policy: new.rotation,
            detail: Kept::new(&new).encode(),
            ..Made::default()
        })
    }

    fn rotate(&self, _: &Making<'_>, _: &SecretRecord, _: RotationInput) -> Result<Rotated> {
        Err(wrong_input("payload", SecretType::IamCredentials))
    }

    fn check_rotatable(&self, _: &Making<'_>, record: &SecretRecord) -> Result<()> {
        check_reused(record)
    }

    fn check_policy(&self, _: &Making<'_>, record: &SecretRecord) -> Result<()> {
        check_kept(&Kept::read(record)?, &record.rotation_policy())
    }

    fn effect(&self, record: &SecretRecord) -> String {
        let what = if Kept::of(record).service_id.is_some() {
            "IAM makes another API key of the same service ID."
        } else {
            "IAM makes another service ID in the access groups, and an API key of it."
        };
        format!(
            "{what} The API key in force works until its time to live ends, and is removed then."
        )
    }

    fn expires(&self) -> bool {
        false
    }

    fn lives(&self) -> bool {
        true
    }

    fn alone(&self) -> Option<RotationInput> {
        Some(RotationInput::IamCredentials(iam_credentials::Rotation))
    }

    fn detail(&self, record: &SecretRecord, now: Timestamp) -> Detail {
        let kept = Kept::of(record);
        let rotation = record.rotation_policy();
        Detail::IamCredentials(Box::new(iam_credentials::Detail {
            ttl: kept.ttl,
            access_groups: kept.access_groups,
            api_key_id: kept.current_key,
            service_id_is_static: kept.service_id.is_some(),
            service_id: kept.service_id.or(kept.current_service),
            account_id: kept.account_id,
            reuse_api_key: kept.reuse,
            rotation: kept.reuse.then_some(rotation),
            next_rotation_date: record.due_date(now).filter(|_| rotation.auto_rotate),
            expiration_date: record.expiration_date(),
        }))
    }

    fn patch(
        &self,
        _: &Making<'_>,
        record: &mut SecretRecord,
        patch: &SecretPatch,
    ) -> Result<Option<Plaintext>> {
        check_patch(self, patch)?;
        if patch.ttl.is_none() && patch.rotation.is_none() {
            return Ok(None);
        }
        let mut kept = Kept::read(record)?;
        if let Some(ttl) = &patch.ttl {
            kept.ttl.clone_from(ttl);
        }
        let policy = patch.rotation.unwrap_or_else(|| record.rotation_policy());
        check_kept(&kept, &policy)?;
        record.detail = kept.encode();
        Ok(None)
    }

    fn payload(&self, _: &SecretRecord, value: Plaintext) -> Payload {
        Payload::IamCredentials(iam_credentials::Payload { api_key: value })
    }
}

fn check_kept(kept: &Kept, policy: &RotationPolicy) -> Result<()> {
    check_rotation(policy, kept.lifetime()?, kept.reuse)
}
