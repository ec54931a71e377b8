//! Public certificates: ordered from a certificate authority. A rotation begins an order (`acme`),
//! which brings the next version when it ends; until then the present one stays in force.

mod kept;

pub(crate) use kept::{Issuance, Kept, Value};

use keyturn_api::{
    CertificateParts, Code, Plaintext, Problem, Result, RotationPolicy, SecretPatch, SecretType,
    Timestamp,
    secret::{
        Detail, NewDetail, Payload, imported_cert,
        public_cert::{self, MANUAL},
    },
    version::RotationInput,
};

use super::{
    Also, Made, Making, Rotated, Rotation,
    certificate::{self, Parts},
    check_patch, wrong_input,
};
use crate::{acme, records::SecretRecord};

pub(crate) struct PublicCert;

impl Rotation for PublicCert {
    fn make(&self, making: &Making<'_>, new: NewDetail) -> Result<Made> {
        let NewDetail::PublicCert(new) = new else {
            return Err(wrong_input("secret_type", SecretType::PublicCert));
        };
        let order = acme::first_order(making, &new)?;
        let mut kept = Kept::new(&new);
        kept.issuance = Some(acme::issuance(&order));
        Ok(Made {
            policy: new.kept_rotation(),
            detail: kept.encode(),
            order: Some(order),
            ..Made::default()
        })
    }

    fn rotate(&self, _: &Making<'_>, _: &SecretRecord, _: RotationInput) -> Result<Rotated> {
        Err(Problem::new(
            Code::WrongState,
            "A public certificate is rotated by an order.",
        ))
    }

    fn restore(
        &self,
        making: &Making<'_>,
        record: &SecretRecord,
        value: Plaintext,
    ) -> Result<Rotated> {
        let unreadable = || Problem::new(Code::Damaged, "The certificate cannot be read.");
        let parts = Value::decode(&value).ok_or_else(unreadable)?;
        // refuses one that has expired meanwhile
        let read = Parts::read(
            &imported_cert::Rotation {
                certificate: parts.certificate.to_owned(),
                intermediate: None,
                private_key: None,
            },
            making.now,
        )?;
        let (fields, entry) = certificate::noted(&read.certificate, true);
        Ok(Rotated {
            detail: Some(Kept::of(record).with(fields).encode()),
            certificate: Some(entry),
            also: Also::default(),
            value,
        })
    }

    fn check_rotatable(&self, making: &Making<'_>, record: &SecretRecord) -> Result<()> {
        let request = Kept::of(record).request()?;
        acme::ground(making.vault, &request).map(drop)?;
        acme::check_none_under_way(making.vault, making.id)
    }

    fn policy(&self, record: &SecretRecord, policy: RotationPolicy) -> Result<RotationPolicy> {
        let mut request = Kept::of(record).request()?;
        request.rotation = policy;
        request.check()?;
        Ok(request.kept_rotation())
    }

    fn certificate(&self, value: &Plaintext) -> Option<CertificateParts> {
        let parts = Value::decode(value)?;
        Some(CertificateParts {
            certificate: parts.certificate.to_owned(),
            intermediate: parts.intermediate.map(ToOwned::to_owned),
            private_key_included: true,
        })
    }

    fn effect(&self, record: &SecretRecord) -> String {
        let manual = Kept::of(record)
            .request()
            .is_ok_and(|new| new.dns == MANUAL);
        let then = if manual {
            "It tells which TXT records to set; once you validate them, the certificate is issued."
        } else {
            "The DNS provider sets the records that it wants to see."
        };
        format!(
            "A new certificate is ordered for the same names. {then} Until then the current one stays \
             in force."
        )
    }

    fn expires(&self) -> bool {
        false
    }

    fn alone(&self) -> Option<RotationInput> {
        Some(RotationInput::PublicCert(public_cert::Rotation::default()))
    }

    fn detail(&self, record: &SecretRecord, now: Timestamp) -> Detail {
        let kept = Kept::of(record);
        let request = kept.request().ok();
        let auto_rotate = record.policy.is_some();
        let (issuer, serial_number, signing_algorithm, validity) = kept.certificate().map_or(
            (None, None, None, None),
            |(issuer, serial, algorithm, validity)| {
                (Some(issuer), Some(serial), Some(algorithm), Some(validity))
            },
        );
        let dns = request
            .as_ref()
            .map(|new| new.dns.clone())
            .unwrap_or_default();
        Detail::PublicCert(Box::new(public_cert::Detail {
            key_algorithm: request
                .as_ref()
                .map(|new| new.key_algorithm)
                .unwrap_or_default(),
            rotation: RotationPolicy {
                auto_rotate,
                interval: None,
                unit: None,
                rotate_keys: Some(kept.rotate_keys),
            },
            next_rotation_date: record.due_date(now).filter(|_| auto_rotate),
            bundle_certs: request.as_ref().is_some_and(|new| new.bundle_certs),
            ca: request
                .as_ref()
                .map(|new| new.ca.clone())
                .unwrap_or_default(),
            issuance_info: kept.issuance_info(dns == MANUAL),
            dns,
            common_name: request.as_ref().and_then(public_cert::New::subject_name),
            alt_names: request.map(|new| new.names()).unwrap_or_default(),
            issuer,
            serial_number,
            signing_algorithm,
            validity,
            expiration_date: record.expiration_date(),
        }))
    }

    fn payload(&self, record: &SecretRecord, value: Plaintext) -> Payload {
        let bundled = Kept::of(record).request().is_ok_and(|new| new.bundle_certs);
        let parts = Value::decode(&value);
        let (certificate, intermediate, key) = parts.map_or_else(Default::default, |parts| {
            (
                parts.certificate.to_owned(),
                parts.intermediate.map(ToOwned::to_owned),
                parts.private_key.to_owned(),
            )
        });
        let certificate = match &intermediate {
            Some(chain) if bundled => certificate + chain,
            _ => certificate,
        };
        Payload::PublicCert(public_cert::Payload {
            certificate,
            intermediate,
            private_key: Plaintext::text(key),
            bundled,
        })
    }

    fn patch(
        &self,
        _: &Making<'_>,
        record: &mut SecretRecord,
        patch: &SecretPatch,
    ) -> Result<Option<Plaintext>> {
        check_patch(self, patch)?;
        if let Some(rotate_keys) = patch.rotation.and_then(|policy| policy.rotate_keys) {
            let mut kept = Kept::of(record);
            kept.rotate_keys = rotate_keys;
            record.detail = kept.encode();
        }
        Ok(None)
    }
}
