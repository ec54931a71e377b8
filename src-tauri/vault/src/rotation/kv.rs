//! Key-value secrets: the person brings a JSON object, which replaces the one before as a whole.

use keyturn_api::{
    Plaintext, Result, SecretType, Timestamp,
    secret::{Detail, NewDetail, Payload, kv},
    version::RotationInput,
};

use super::{Made, Making, Rotated, Rotation, wrong_input};
use crate::records::SecretRecord;

pub(crate) struct Kv;

impl Rotation for Kv {
    fn make(&self, _: &Making<'_>, new: NewDetail) -> Result<Made> {
        let NewDetail::Kv(new) = new else {
            return Err(wrong_input("secret_type", SecretType::Kv));
        };
        Ok(Made {
            value: Some(new.data.into_plaintext()),
            ..Made::default()
        })
    }

    fn rotate(&self, _: &Making<'_>, _: &SecretRecord, input: RotationInput) -> Result<Rotated> {
        match input {
            RotationInput::Kv(rotation) => Ok(Rotated::to(rotation.data.into_plaintext())),
            _ => Err(wrong_input("data", SecretType::Kv)),
        }
    }

    fn effect(&self, _: &SecretRecord) -> String {
        "The current object is replaced at once by the one you provide, as a whole: keys that are \
         not in the new one are gone."
            .to_owned()
    }

    fn expires(&self) -> bool {
        false
    }

    fn detail(&self, _: &SecretRecord, _: Timestamp) -> Detail {
        Detail::Kv(kv::Detail {})
    }

    fn payload(&self, _: &SecretRecord, value: Plaintext) -> Payload {
        Payload::Kv(kv::Payload { data: value })
    }
}
