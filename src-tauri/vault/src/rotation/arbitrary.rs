//! Arbitrary secrets: the person brings the value, as text or as a file.

use keyturn_api::{
    Plaintext, Result, SecretType, Timestamp,
    secret::{Detail, NewDetail, Payload, arbitrary},
    version::RotationInput,
};

use super::{Made, Making, Rotated, Rotation, wrong_input};
use crate::records::SecretRecord;

pub(crate) struct Arbitrary;

impl Rotation for Arbitrary {
    fn make(&self, _: &Making<'_>, new: NewDetail) -> Result<Made> {
        let NewDetail::Arbitrary(new) = new else {
            return Err(wrong_input("secret_type", SecretType::Arbitrary));
        };
        Ok(Made {
            value: Some(new.payload),
            expires_at: new.expiration_date,
            ..Made::default()
        })
    }

    fn rotate(&self, _: &Making<'_>, _: &SecretRecord, input: RotationInput) -> Result<Rotated> {
        match input {
            RotationInput::Arbitrary(rotation) => Ok(Rotated::to(rotation.payload)),
            _ => Err(wrong_input("payload", SecretType::Arbitrary)),
        }
    }

    fn effect(&self, _: &SecretRecord) -> String {
        "The current value is replaced at once by the one you provide.".to_owned()
    }

    fn expires(&self) -> bool {
        true
    }

    fn detail(&self, record: &SecretRecord, _: Timestamp) -> Detail {
        Detail::Arbitrary(arbitrary::Detail {
            expiration_date: record.expiration_date(),
        })
    }

    fn payload(&self, _: &SecretRecord, value: Plaintext) -> Payload {
        Payload::Arbitrary(arbitrary::Payload { payload: value })
    }
}
