//! Private certificates: signed at once by an authority of the vault, within the rules of a template,
//! with a new key each time or for a request that was given.

mod issue;
mod kept;

pub(crate) use issue::{outlook, rotation_outlook};

use super::{Also, Made, Making, Rotated, Rotation, certificate, check_patch, wrong_input};
use crate::records::SecretRecord;
use issue::{check_interval, ground, issue};
use kept::{Kept, Value};
use keyturn_api::{
    CertificateFields, CertificateParts, Code, Plaintext, Problem, Result, SecretPatch, SecretType,
    Timestamp, Validity,
    secret::{
        Detail, NewDetail, Payload,
        private_cert::{self, New},
    },
    version::RotationInput,
};

pub(crate) struct PrivateCert;

impl Rotation for PrivateCert {
    fn make(&self, making: &Making<'_>, new: NewDetail) -> Result<Made> {
        let NewDetail::PrivateCert(new) = new else {
            return Err(wrong_input("secret_type", SecretType::PrivateCert));
        };
        let (kept, rotated) = issue(making, &new, true)?;
        Ok(Made {
            value: Some(rotated.value),
            policy: new.rotation,
            detail: kept.encode(),
            certificate: rotated.certificate,
            also: rotated.also,
            ..Made::default()
        })
    }

    fn rotate(
        &self,
        making: &Making<'_>,
        record: &SecretRecord,
        input: RotationInput,
    ) -> Result<Rotated> {
        let RotationInput::PrivateCert(rotation) = input else {
            return Err(wrong_input("csr", SecretType::PrivateCert));
        };
        let new = asked_again(record, &rotation)?;
        issue(making, &new, false).map(|(_, rotated)| rotated)
    }

    fn restore(
        &self,
        making: &Making<'_>,
        record: &SecretRecord,
        value: Plaintext,
    ) -> Result<Rotated> {
        let unreadable = || Problem::new(Code::Damaged, "The certificate cannot be read.");
        let parts = Value::decode(&value).ok_or_else(unreadable)?;
        let given = keyturn_api::secret::imported_cert::Rotation {
            certificate: parts.certificate.to_owned(),
            intermediate: None,
            private_key: None,
        };
        // refuses one that has expired meanwhile
        let read = certificate::Parts::read(&given, making.now)?;
        let (fields, entry) = certificate::noted(&read.certificate, parts.private_key.is_some());
        let new = Kept::of(record).request()?;
        let with_key = parts.private_key.is_some();
        let kept = Kept::of_certificate(&new, parts.authority, fields, with_key);
        Ok(Rotated {
            detail: Some(kept.encode()),
            certificate: Some(entry),
            also: Also::default(),
            value,
        })
    }

    fn check_rotatable(&self, making: &Making<'_>, record: &SecretRecord) -> Result<()> {
        let new = Kept::of(record).request()?;
        ground(making, &new).map(drop)
    }

    fn check_policy(&self, making: &Making<'_>, record: &SecretRecord) -> Result<()> {
        let new = New {
            rotation: record.rotation_policy(),
            ..Kept::of(record).request()?
        };
        check_interval(&new, &ground(making, &new)?.profile, making.now)
    }

    fn revoked(&self, record: &SecretRecord, at: Timestamp) -> Result<Vec<u8>> {
        let kept = Kept {
            revoked_at: Some(at.millis()),
            ..Kept::of(record)
        };
        Ok(kept.encode())
    }

    fn certificate(&self, value: &Plaintext) -> Option<CertificateParts> {
        let parts = Value::decode(value)?;
        Some(CertificateParts {
            certificate: parts.certificate.to_owned(),
            intermediate: Some(parts.ca_chain.concat()).filter(|chain| !chain.is_empty()),
            private_key_included: parts.private_key.is_some(),
        })
    }

    fn effect(&self, record: &SecretRecord) -> String {
        let kept = Kept::of(record);
        let key = if kept.request().is_ok_and(|new| new.csr.is_some()) {
            "for the request that was given last, unless you provide another one"
        } else {
            "with a new key, unless you provide a certificate signing request"
        };
        format!(
            "The certificate is replaced at once by one that the authority of its template signs, \
             {key}."
        )
    }

    fn expires(&self) -> bool {
        false
    }

    fn alone(&self) -> Option<RotationInput> {
        Some(RotationInput::PrivateCert(private_cert::Rotation::default()))
    }

    fn detail(&self, record: &SecretRecord, now: Timestamp) -> Detail {
        let kept = Kept::of(record);
        let new = kept.request().ok();
        let rotation = record.rotation_policy();
        Detail::PrivateCert(Box::new(private_cert::Detail {
            certificate_template: new
                .as_ref()
                .map(|new| new.certificate_template.clone())
                .unwrap_or_default(),
            certificate_authority: kept.authority.clone(),
            certificate: CertificateFields {
                common_name: kept.common_name,
                alt_names: kept.alt_names,
                issuer: kept.issuer,
                serial_number: kept.serial_number,
                validity: Validity {
                    not_before: Timestamp::from_millis(kept.not_before),
                    not_after: Timestamp::from_millis(kept.not_after),
                },
                key_algorithm: kept.key_algorithm,
                signing_algorithm: kept.signing_algorithm,
            },
            expiration_date: record.expiration_date(),
            rotation,
            next_rotation_date: record.due_date(now).filter(|_| rotation.auto_rotate),
            ttl: new.as_ref().and_then(|new| new.ttl),
            csr_given: new.is_some_and(|new| new.csr.is_some()),
            private_key_included: kept.private_key_included,
            revocation_time_rfc3339: kept.revoked_at.map(Timestamp::from_millis),
        }))
    }

    fn payload(&self, _: &SecretRecord, value: Plaintext) -> Payload {
        let parts = Value::decode(&value);
        let chain: Vec<String> = parts
            .iter()
            .flat_map(|parts| &parts.ca_chain)
            .map(|one| (*one).to_owned())
            .collect();
        Payload::PrivateCert(private_cert::Payload {
            certificate: parts
                .as_ref()
                .map(|parts| parts.certificate.to_owned())
                .unwrap_or_default(),
            private_key: parts
                .as_ref()
                .and_then(|parts| parts.private_key)
                .map(|key| Plaintext::text(key.to_owned())),
            issuing_ca: chain.first().cloned(),
            ca_chain: chain,
        })
    }

    fn patch(
        &self,
        _: &Making<'_>,
        _: &mut SecretRecord,
        patch: &SecretPatch,
    ) -> Result<Option<Plaintext>> {
        check_patch(self, patch).map(|()| None)
    }
}

/// What the next version is made from: what was asked for at creation, with the request given last.
fn asked_again(record: &SecretRecord, rotation: &private_cert::Rotation) -> Result<New> {
    let mut new = Kept::of(record).request()?;
    if rotation.csr.is_some() {
        new.csr.clone_from(&rotation.csr);
    }
    new.rotation = record.rotation_policy();
    Ok(new)
}
