//! What the metadata of each type adds.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    SecretType, arbitrary, custom_credentials, iam_credentials, imported_cert, kv, other,
    private_cert, public_cert, service_credentials, username_password,
};
use crate::Timestamp;

/// The type-specific part of [`SecretMetadata`](super::SecretMetadata).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "secret_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Detail {
    /// Arbitrary secret.
    Arbitrary(arbitrary::Detail),
    /// Custom credentials.
    CustomCredentials(Box<custom_credentials::Detail>),
    /// IAM credentials.
    IamCredentials(Box<iam_credentials::Detail>),
    /// Imported certificate.
    ImportedCert(Box<imported_cert::Detail>),
    /// Key-value secret.
    Kv(kv::Detail),
    /// A type that this program does not know.
    Other(other::Detail),
    /// Private certificate.
    PrivateCert(Box<private_cert::Detail>),
    /// Public certificate.
    PublicCert(Box<public_cert::Detail>),
    /// Service credentials.
    ServiceCredentials(Box<service_credentials::Detail>),
    /// User credentials.
    UsernamePassword(username_password::Detail),
}

impl Detail {
    /// When the value becomes unreadable, for types that know it.
    pub fn expiration_date(&self) -> Option<Timestamp> {
        match self {
            Self::Arbitrary(detail) => detail.expiration_date,
            Self::CustomCredentials(detail) => detail.expiration_date,
            Self::IamCredentials(detail) => detail.expiration_date,
            Self::ImportedCert(detail) => detail.expiration_date,
            Self::PrivateCert(detail) => detail.expiration_date,
            Self::PublicCert(detail) => detail.expiration_date,
            Self::ServiceCredentials(detail) => detail.expiration_date,
            Self::UsernamePassword(detail) => detail.expiration_date,
            Self::Kv(_) | Self::Other(_) => None,
        }
    }

    /// The discriminator.
    pub const fn secret_type(&self) -> SecretType {
        match self {
            Self::Arbitrary(_) => SecretType::Arbitrary,
            Self::CustomCredentials(_) => SecretType::CustomCredentials,
            Self::IamCredentials(_) => SecretType::IamCredentials,
            Self::ImportedCert(_) => SecretType::ImportedCert,
            Self::Kv(_) => SecretType::Kv,
            Self::Other(_) => SecretType::Other,
            Self::PrivateCert(_) => SecretType::PrivateCert,
            Self::PublicCert(_) => SecretType::PublicCert,
            Self::ServiceCredentials(_) => SecretType::ServiceCredentials,
            Self::UsernamePassword(_) => SecretType::UsernamePassword,
        }
    }
}
