//! A value on its way from one instance to another.

use data_encoding::BASE64;

use super::CopySide;
use crate::compare::{Comparison, compare};
use crate::secret::{
    Detail, NewDetail, Payload, arbitrary, imported_cert, kv, private_cert, public_cert,
    username_password,
};
use crate::version::RotationInput;
use crate::{Plaintext, Problem, Result, SecretMetadata, SecretType, SecretView, fields};

/// How the certificate of a bundle ends, before those above it.
const END: &str = "-----END CERTIFICATE-----";

/// A value as the target is given it.
pub(super) enum Given {
    Arbitrary(Plaintext),
    Kv(kv::Data),
    Password(username_password::Payload),
    Certificate(imported_cert::Rotation),
}

/// What a secret becomes in another instance; the reason where it cannot.
pub(super) fn type_of_copy(secret: &SecretMetadata) -> Result<SecretType> {
    let refused = |message: &str, remedy: &str| {
        Err(Problem::new(crate::Code::NotSupported, message).remedy(remedy))
    };
    match &secret.detail {
        Detail::Arbitrary(_) => Ok(SecretType::Arbitrary),
        Detail::Kv(_) => Ok(SecretType::Kv),
        Detail::UsernamePassword(_) => Ok(SecretType::UsernamePassword),
        Detail::PrivateCert(_) | Detail::PublicCert(_) => Ok(SecretType::ImportedCert),
        Detail::ImportedCert(detail) => {
            if detail.managed_csr.is_some() && !detail.private_key_included {
                return Err(key_stays());
            }
            Ok(SecretType::ImportedCert)
        }
        Detail::IamCredentials(_) => refused(
            "IAM credentials cannot be copied: their API key was made for this instance, which \
             deletes it in IBM Cloud when it is replaced.",
            "Create IAM credentials in the other instance.",
        ),
        Detail::ServiceCredentials(_) => refused(
            "Service credentials cannot be copied: a cloud service made them for this instance.",
            "Create service credentials in the other instance.",
        ),
        Detail::CustomCredentials(_) => refused(
            "Custom credentials cannot be copied: a job of this instance makes and deletes them.",
            "Create custom credentials in the other instance.",
        ),
        Detail::Other(_) => refused(
            "Secrets of this type cannot be copied: Keyturn does not know it.",
            "Create the secret in the other instance.",
        ),
    }
}

/// Why a certificate for a managed request stays where it is.
pub(super) fn key_stays() -> Problem {
    Problem::new(
        crate::Code::NotSupported,
        "The private key of this certificate was made by the instance and cannot be read.",
    )
    .remedy("Create a certificate signing request in the other instance.")
}

/// Whether values that come as text are base64 of bytes: an instance where the label alone tells so.
pub(super) fn is_labelled(secret: &SecretView, any_binary: bool) -> bool {
    let label = |label: &String| label == fields::BASE64_LABEL;
    !any_binary && secret.metadata.labels.iter().any(label)
}

impl Given {
    /// What the source answered; with `labelled`, base64 becomes the bytes it stands for.
    pub(super) fn of(payload: Payload, labelled: bool) -> Result<Self> {
        Ok(match payload {
            Payload::Arbitrary(arbitrary) => Self::Arbitrary(bytes_of(arbitrary.payload, labelled)),
            Payload::Kv(kv) => Self::Kv(kv::Data::parse(&kv.data)?),
            Payload::UsernamePassword(credentials) => Self::Password(credentials),
            Payload::ImportedCert(parts) => {
                if parts.csr.is_some() && parts.private_key.is_none() {
                    return Err(key_stays());
                }
                Self::Certificate(imported_cert::Rotation::new(
                    parts.certificate,
                    parts.intermediate,
                    parts.private_key,
                ))
            }
            Payload::PrivateCert(parts) => Self::Certificate(of_authority(parts)),
            Payload::PublicCert(parts) => Self::Certificate(of_order(parts)),
            Payload::CustomCredentials(_)
            | Payload::IamCredentials(_)
            | Payload::Other(_)
            | Payload::ServiceCredentials(_) => {
                return Err(Problem::new(
                    crate::Code::NotSupported,
                    "Secrets of this type cannot be copied.",
                ));
            }
        })
    }

    /// The same once more, to be compared with what is read back.
    pub(super) fn twin(&self) -> Result<Self> {
        Ok(match self {
            Self::Arbitrary(value) => Self::Arbitrary(twin(value)),
            Self::Kv(data) => Self::Kv(kv::Data::parse(data.plaintext())?),
            Self::Password(credentials) => Self::Password(username_password::Payload {
                username: credentials.username.clone(),
                password: twin(&credentials.password),
            }),
            Self::Certificate(parts) => Self::Certificate(imported_cert::Rotation {
                certificate: parts.certificate.clone(),
                intermediate: parts.intermediate.clone(),
                private_key: parts.private_key.as_ref().map(twin),
            }),
        })
    }

    pub(super) fn is_binary(&self) -> bool {
        matches!(self, Self::Arbitrary(value) if value.is_binary())
    }

    /// Whether what was read back is this value. Bytes that the target answers as base64 are.
    pub(super) fn equals(self, read: Self) -> bool {
        match (self, read) {
            (Self::Arbitrary(mine), Self::Arbitrary(there)) => mine.wire() == there.wire(),
            (Self::Kv(mine), Self::Kv(there)) => same_object(mine, there),
            (Self::Password(mine), Self::Password(there)) => {
                mine.username == there.username && mine.password.bytes() == there.password.bytes()
            }
            (Self::Certificate(mine), Self::Certificate(there)) => {
                let text =
                    |text: &Option<String>| text.as_deref().map(|text| text.trim_end().to_owned());
                let key =
                    |key: &Option<Plaintext>| key.as_ref().map(|key| twin_trimmed(key.bytes()));
                mine.certificate.trim_end() == there.certificate.trim_end()
                    && text(&mine.intermediate) == text(&there.intermediate)
                    && same_bytes(key(&mine.private_key), key(&there.private_key))
            }
            _ => false,
        }
    }

    /// What the copy is created from.
    pub(super) fn into_new(self, secret: &SecretMetadata, target: CopySide<'_>) -> NewDetail {
        let expiration_date = secret.detail.expiration_date();
        match self {
            Self::Arbitrary(payload) => NewDetail::Arbitrary(arbitrary::New {
                payload,
                expiration_date,
            }),
            Self::Kv(data) => NewDetail::Kv(kv::New { data }),
            Self::Certificate(parts) => NewDetail::ImportedCert(imported_cert::New::Given(parts)),
            Self::Password(credentials) => {
                let (rotation, mut policy) = match &secret.detail {
                    Detail::UsernamePassword(detail) => {
                        (detail.rotation, detail.password_generation_policy.clone())
                    }
                    _ => Default::default(),
                };
                if !target.is_keyturn {
                    policy.exclude_characters.clear();
                }
                NewDetail::UsernamePassword(username_password::New {
                    username: credentials.username,
                    password: Some(credentials.password),
                    expiration_date,
                    rotation,
                    password_generation_policy: policy,
                })
            }
        }
    }

    /// What its next version is made from.
    pub(super) fn into_rotation(self) -> RotationInput {
        match self {
            Self::Arbitrary(payload) => RotationInput::Arbitrary(arbitrary::Rotation { payload }),
            Self::Kv(data) => RotationInput::Kv(kv::Rotation { data }),
            Self::Certificate(parts) => RotationInput::ImportedCert(parts),
            Self::Password(credentials) => {
                RotationInput::UsernamePassword(username_password::Rotation {
                    password: Some(credentials.password),
                    password_generation_policy: None,
                })
            }
        }
    }
}

fn bytes_of(value: Plaintext, labelled: bool) -> Plaintext {
    if !labelled || value.is_binary() {
        return value;
    }
    match BASE64.decode(value.bytes()) {
        Ok(bytes) => Plaintext::stored(bytes, true),
        Err(_) => value,
    }
}

fn twin(value: &Plaintext) -> Plaintext {
    Plaintext::stored(value.bytes().to_vec(), value.is_binary())
}

/// Without the line ends after it, which some instances drop.
fn twin_trimmed(bytes: &[u8]) -> Plaintext {
    Plaintext::stored(bytes.trim_ascii_end().to_vec(), false)
}

fn same_bytes(mine: Option<Plaintext>, there: Option<Plaintext>) -> bool {
    match (mine, there) {
        (Some(mine), Some(there)) => mine.bytes() == there.bytes(),
        (None, None) => true,
        _ => false,
    }
}

/// Instances may order the keys of an object, which changes nothing about it.
fn same_object(mine: kv::Data, there: kv::Data) -> bool {
    if mine.plaintext().bytes() == there.plaintext().bytes() {
        return true;
    }
    let payload = |data: kv::Data| {
        Payload::Kv(kv::Payload {
            data: data.into_plaintext(),
        })
    };
    match compare(&payload(mine), &payload(there)) {
        Ok(Comparison::Keys(keys)) => keys.added + keys.removed + keys.changed == 0,
        _ => false,
    }
}

/// A private certificate with what stands between it and its root.
fn of_authority(parts: private_cert::Payload) -> imported_cert::Rotation {
    let mut above = parts.ca_chain;
    if above.is_empty() {
        above.extend(parts.issuing_ca);
    }
    let lines = |text: String| text.trim_end().to_owned() + "\n";
    let above: String = above.into_iter().map(lines).collect();
    imported_cert::Rotation::new(parts.certificate, Some(above), parts.private_key)
}

/// A public certificate; a bundle comes apart again.
fn of_order(parts: public_cert::Payload) -> imported_cert::Rotation {
    let mut certificate = parts.certificate;
    let mut intermediate = parts.intermediate;
    if let Some(at) = certificate.find(END) {
        let above = certificate.split_off(at + END.len());
        certificate.push('\n');
        let above = above.trim_start();
        if intermediate.is_none() && !above.is_empty() {
            intermediate = Some(above.to_owned());
        }
    }
    imported_cert::Rotation::new(certificate, intermediate, Some(parts.private_key))
}
