//! The types of secrets.

use serde::{Deserialize, Serialize};
use specta::Type;

/// API v2: `secret_type`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum SecretType {
    /// Text or a file the person brings.
    Arbitrary,
    /// Credentials a job of the person makes.
    CustomCredentials,
    /// A service ID's API key.
    IamCredentials,
    /// A certificate made elsewhere.
    ImportedCert,
    /// A JSON object.
    Kv,
    /// A type that this program does not know; an instance names it otherwise.
    Other,
    /// A certificate of the instance's own CA.
    PrivateCert,
    /// A certificate ordered by ACME.
    PublicCert,
    /// Credentials of a cloud service.
    ServiceCredentials,
    /// A user name and its password.
    UsernamePassword,
}

impl SecretType {
    /// Every type of API v2, in the order of their names.
    pub const ALL: [Self; 9] = [
        Self::Arbitrary,
        Self::CustomCredentials,
        Self::IamCredentials,
        Self::ImportedCert,
        Self::Kv,
        Self::PrivateCert,
        Self::PublicCert,
        Self::ServiceCredentials,
        Self::UsernamePassword,
    ];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arbitrary => "arbitrary",
            Self::CustomCredentials => "custom_credentials",
            Self::IamCredentials => "iam_credentials",
            Self::ImportedCert => "imported_cert",
            Self::Kv => "kv",
            Self::Other => "other",
            Self::PrivateCert => "private_cert",
            Self::PublicCert => "public_cert",
            Self::ServiceCredentials => "service_credentials",
            Self::UsernamePassword => "username_password",
        }
    }

    /// Whether its value is a certificate, which ends when it says so, locks or not.
    pub const fn is_certificate(self) -> bool {
        matches!(
            self,
            Self::ImportedCert | Self::PrivateCert | Self::PublicCert
        )
    }

    /// How the name of a file ends that holds a value of this type.
    pub const fn file_extension(self, binary: bool) -> &'static str {
        match (self, binary) {
            (Self::Kv | Self::Other | Self::CustomCredentials | Self::ServiceCredentials, _) => {
                "json"
            }
            (Self::ImportedCert | Self::PrivateCert | Self::PublicCert, _) => "pem",
            (_, true) => "bin",
            (_, false) => "txt",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names_are_those_of_the_wire() {
        for kind in SecretType::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
