//! Imported certificates: the person brings all parts, and nothing is carried over from the version
//! before; or the vault makes the request and keeps its key, and the person brings the certificate.

use keyturn_api::{
    CertificateFields, CertificateParts, Plaintext, Problem, Result, SecretPatch, SecretType,
    Timestamp, Validity,
    secret::{
        Detail, NewDetail, Payload,
        imported_cert::{self, ManagedCsr, ManagedCsrView},
    },
    version::RotationInput,
};
use keyturn_pki::{Csr, Part, PrivateKey};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::{
    Also, Made, Making, Rotated, Rotation,
    certificate::{self, Parts},
    check_patch, managed_request, wrong_input,
};
use crate::{
    configurations::authority::key_algorithm,
    records::{SecretRecord, open_request_key},
};

pub(crate) struct ImportedCert;

/// What the record keeps for this type. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default, Encode, Decode)]
struct Kept {
    #[n(0)]
    common_name: Option<String>,
    #[n(1)]
    alt_names: Vec<String>,
    #[n(2)]
    issuer: String,
    /// Empty before there is a certificate.
    #[n(3)]
    serial_number: String,
    #[n(4)]
    not_before: i64,
    #[n(5)]
    not_after: i64,
    #[n(6)]
    key_algorithm: String,
    #[n(7)]
    signing_algorithm: String,
    #[n(8)]
    intermediate: bool,
    #[n(9)]
    private_key: bool,
    /// The managed request: what it asks for as JSON, and itself as PEM.
    #[n(10)]
    request: Option<String>,
    #[n(11)]
    csr: Option<String>,
}

impl Kept {
    /// The record was opened, so this is as some version of Keyturn wrote it.
    fn of(record: &SecretRecord) -> Self {
        minicbor::decode(&record.detail).unwrap_or_default()
    }

    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into a vector cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    /// With what another certificate says.
    fn with(self, parts: &Parts, fields: CertificateFields) -> Self {
        Self {
            common_name: fields.common_name,
            alt_names: fields.alt_names,
            issuer: fields.issuer,
            serial_number: fields.serial_number,
            not_before: fields.validity.not_before.millis(),
            not_after: fields.validity.not_after.millis(),
            key_algorithm: fields.key_algorithm,
            signing_algorithm: fields.signing_algorithm,
            intermediate: !parts.intermediates.is_empty(),
            private_key: parts.private_key.is_some(),
            ..self
        }
    }

    fn fields(&self) -> Option<CertificateFields> {
        (!self.serial_number.is_empty()).then(|| CertificateFields {
            common_name: self.common_name.clone(),
            alt_names: self.alt_names.clone(),
            issuer: self.issuer.clone(),
            serial_number: self.serial_number.clone(),
            validity: Validity {
                not_before: Timestamp::from_millis(self.not_before),
                not_after: Timestamp::from_millis(self.not_after),
            },
            key_algorithm: self.key_algorithm.clone(),
            signing_algorithm: self.signing_algorithm.clone(),
        })
    }

    fn managed(&self) -> Option<ManagedCsrView> {
        let request = serde_json::from_str(self.request.as_deref()?).ok()?;
        Some(ManagedCsrView {
            request,
            csr: self.csr.clone()?,
        })
    }

    /// With another managed request.
    fn asking(self, request: &ManagedCsr, csr: String) -> Self {
        Self {
            request: serde_json::to_string(request).ok(),
            csr: Some(csr),
            ..self
        }
    }
}

/// The value as it is kept. Borrowed, so that reading it copies no key.
#[derive(Encode, Decode)]
struct Value<'b> {
    #[n(0)]
    certificate: &'b str,
    #[n(1)]
    intermediate: Option<&'b str>,
    #[n(2)]
    private_key: Option<&'b str>,
    #[n(3)]
    csr: Option<&'b str>,
}

impl<'b> Value<'b> {
    fn encode(&self) -> Plaintext {
        let parts = [
            Some(self.certificate),
            self.intermediate,
            self.private_key,
            self.csr,
        ];
        let length: usize = parts.into_iter().flatten().map(str::len).sum();
        // room for all of it: growing would leave copies of the key behind
        let mut bytes = Zeroizing::new(Vec::with_capacity(length + 64));
        let _ = minicbor::encode(self, &mut *bytes);
        Plaintext::stored(std::mem::take(&mut *bytes), false)
    }

    fn decode(value: &'b Plaintext) -> Result<Self> {
        minicbor::decode(value.bytes()).map_err(|_| {
            Problem::new(
                keyturn_api::Code::Damaged,
                "The parts of this certificate cannot be read.",
            )
            .remedy("Update Keyturn.")
        })
    }

    /// As it would be given again.
    fn given(&self) -> imported_cert::Rotation {
        imported_cert::Rotation {
            certificate: self.certificate.to_owned(),
            intermediate: self.intermediate.map(ToOwned::to_owned),
            private_key: self.private_key.map(|key| Plaintext::text(key.to_owned())),
        }
    }
}

impl Rotation for ImportedCert {
    fn make(&self, making: &Making<'_>, new: NewDetail) -> Result<Made> {
        match new {
            NewDetail::ImportedCert(imported_cert::New::Given(given)) => {
                let (kept, rotated) = take(making, Kept::default(), &given, None)?;
                Ok(Made {
                    value: Some(rotated.value),
                    detail: kept.encode(),
                    certificate: rotated.certificate,
                    ..Made::default()
                })
            }
            NewDetail::ImportedCert(imported_cert::New::Managed(request)) => {
                let key = make_key(&request)?;
                let csr = managed_request::make(&request, &key)?;
                Ok(Made {
                    detail: Kept::default().asking(&request, csr).encode(),
                    request_key: Some(key_text(&key)),
                    ..Made::default()
                })
            }
            _ => Err(wrong_input("secret_type", SecretType::ImportedCert)),
        }
    }

    fn rotate(
        &self,
        making: &Making<'_>,
        record: &SecretRecord,
        input: RotationInput,
    ) -> Result<Rotated> {
        let RotationInput::ImportedCert(given) = input else {
            return Err(wrong_input("certificate", SecretType::ImportedCert));
        };
        let kept = Kept::of(record);
        let Some(csr) = kept.csr.clone() else {
            return take(making, kept, &given, None).map(|(_, rotated)| rotated);
        };
        if given.private_key.is_some() {
            return Err(Problem::field(
                "private_key",
                "The private key of a managed request stays in the vault; none is taken.",
            )
            .remedy("Bring the signed certificate and its intermediate only."));
        }
        let given = imported_cert::Rotation {
            private_key: Some(open_request_key(making.vault, making.id)?),
            ..given
        };
        let request = Csr::from_pem(&csr).map_err(certificate::problem)?;
        let answer = certificate::read_certificates(Part::Certificate, &given.certificate)?;
        if let Some(answer) = answer.first() {
            request.check_answer(answer).map_err(certificate::problem)?;
        }
        take(making, kept, &given, Some(&csr)).map(|(_, rotated)| rotated)
    }

    fn restore(
        &self,
        making: &Making<'_>,
        record: &SecretRecord,
        value: Plaintext,
    ) -> Result<Rotated> {
        let parts = Value::decode(&value)?;
        let given = parts.given();
        take(making, Kept::of(record), &given, parts.csr).map(|(_, rotated)| rotated)
    }

    fn starts_empty(&self) -> bool {
        true
    }

    fn certificate(&self, value: &Plaintext) -> Option<CertificateParts> {
        let parts = Value::decode(value).ok()?;
        Some(CertificateParts {
            certificate: parts.certificate.to_owned(),
            intermediate: parts.intermediate.map(ToOwned::to_owned),
            private_key_included: parts.private_key.is_some(),
        })
    }

    fn effect(&self, record: &SecretRecord) -> String {
        if record.versions.is_empty() {
            "The secret becomes active with the certificate you provide, which must have been signed \
             for the current request. Its private key is the one the vault keeps."
        } else if Kept::of(record).csr.is_some() {
            "The certificate is replaced at once by the one you provide, which must have been signed \
             for the current request. Its private key is the one the vault keeps."
        } else {
            "The certificate is replaced at once by what you provide. Nothing is carried over: \
             without a private key or intermediate the new version has none."
        }
        .to_owned()
    }

    fn expires(&self) -> bool {
        false
    }

    fn detail(&self, record: &SecretRecord, _: Timestamp) -> Detail {
        let kept = Kept::of(record);
        Detail::ImportedCert(Box::new(imported_cert::Detail {
            certificate: kept.fields(),
            expiration_date: record.expiration_date(),
            intermediate_included: kept.intermediate,
            private_key_included: kept.private_key,
            managed_csr: kept.managed(),
        }))
    }

    fn payload(&self, _: &SecretRecord, value: Plaintext) -> Payload {
        let parts = Value::decode(&value).ok();
        Payload::ImportedCert(imported_cert::Payload {
            certificate: parts
                .as_ref()
                .map(|parts| parts.certificate.to_owned())
                .unwrap_or_default(),
            intermediate: parts
                .as_ref()
                .and_then(|parts| parts.intermediate.map(ToOwned::to_owned)),
            private_key: parts
                .as_ref()
                .and_then(|parts| parts.private_key)
                .map(|key| Plaintext::text(key.to_owned())),
            csr: parts.and_then(|parts| parts.csr.map(ToOwned::to_owned)),
        })
    }

    fn patch(
        &self,
        making: &Making<'_>,
        record: &mut SecretRecord,
        patch: &SecretPatch,
    ) -> Result<Option<Plaintext>> {
        check_patch(self, patch)?;
        let Some(request) = &patch.managed_csr else {
            return Ok(None);
        };
        let kept = Kept::of(record);
        let before = kept.managed().ok_or_else(|| {
            Problem::field(
                "managed_csr",
                "This certificate was imported as a whole; it has no managed request.",
            )
        })?;
        before.request.check_change(request)?;
        let other_kind = (request.key_type, request.key_bits)
            != (before.request.key_type, before.request.key_bits);
        let key = if request.rotate_keys || other_kind {
            make_key(request)?
        } else {
            certificate::read_private_key(&open_request_key(making.vault, making.id)?)?
        };
        let csr = managed_request::make(request, &key)?;
        // the wish for a new key is fulfilled once
        let request = ManagedCsr {
            rotate_keys: false,
            ..ManagedCsr::clone(request)
        };
        record.detail = kept.asking(&request, csr).encode();
        Ok(Some(key_text(&key)))
    }
}

/// Reads and checks what was given, and notes it.
fn take(
    making: &Making<'_>,
    kept: Kept,
    given: &imported_cert::Rotation,
    csr: Option<&str>,
) -> Result<(Kept, Rotated)> {
    let parts = Parts::read(given, making.now)?;
    let (fields, entry) = certificate::noted(&parts.certificate, parts.private_key.is_some());
    let kept = kept.with(&parts, fields);
    let key = given
        .private_key
        .as_ref()
        .and_then(|key| str::from_utf8(key.bytes()).ok());
    let value = Value {
        certificate: &given.certificate,
        intermediate: given.intermediate.as_deref(),
        private_key: key,
        csr,
    };
    let rotated = Rotated {
        value: value.encode(),
        detail: Some(kept.encode()),
        certificate: Some(entry),
        also: Also::default(),
    };
    Ok((kept, rotated))
}

fn make_key(request: &ManagedCsr) -> Result<PrivateKey> {
    PrivateKey::generate(&key_algorithm(request.key_type, request.key_bits)?)
        .map_err(certificate::problem)
}

fn key_text(key: &PrivateKey) -> Plaintext {
    Plaintext::text(std::mem::take(&mut *key.to_pem()))
}
