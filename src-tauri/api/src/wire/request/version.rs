//! Rotation and restoration: another version.

use serde::Serialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::{
    Metadata, NewVersion, Plaintext, VersionAlias, VersionRef,
    version::RotationInput,
    wire::{Json, secret::write},
};

/// The body of `create_secret_version` (`SecretVersionPrototype`). A new policy for passwords is no
/// part of it: whoever rotates with one changes the secret first.
pub fn new_version(new: &NewVersion) -> Json {
    let text: Zeroizing<String>;
    let key: Option<Zeroizing<String>>;
    let input = match &new.input {
        RotationInput::Arbitrary(rotation) => {
            text = rotation.payload.wire();
            Members::Arbitrary { payload: &text }
        }
        RotationInput::Kv(rotation) => {
            text = rotation.data.plaintext().wire();
            Members::Kv {
                // it was checked when it was taken
                data: serde_json::from_str(&text).unwrap_or(RawValue::NULL),
            }
        }
        RotationInput::UsernamePassword(rotation) => {
            key = rotation.password.as_ref().map(Plaintext::wire);
            Members::UsernamePassword {
                password: key.as_ref().map(|key| key.as_str()),
            }
        }
        RotationInput::ImportedCert(parts) => {
            key = parts.private_key.as_ref().map(Plaintext::wire);
            Members::ImportedCert {
                certificate: &parts.certificate,
                intermediate: parts.intermediate.as_deref(),
                private_key: key.as_ref().map(|key| key.as_str()),
            }
        }
        RotationInput::PrivateCert(rotation) => Members::PrivateCert {
            csr: rotation.csr.as_deref(),
        },
        RotationInput::PublicCert(rotation) => Members::PublicCert {
            rotation: Order {
                rotate_keys: rotation.rotate_keys,
            },
        },
        RotationInput::CustomCredentials
        | RotationInput::IamCredentials(_)
        | RotationInput::ServiceCredentials => Members::Nothing {},
        RotationInput::Restore { from } => Members::Restore {
            restore_from_version: match from {
                VersionRef::Alias(VersionAlias::Current) => "current",
                VersionRef::Alias(VersionAlias::Previous) => "previous",
                VersionRef::Id(id) => id,
            },
        },
    };
    write(&Whole {
        custom_metadata: new.custom_metadata.as_ref(),
        version_custom_metadata: new.version_custom_metadata.as_ref(),
        input,
    })
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_metadata: Option<&'a Metadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_custom_metadata: Option<&'a Metadata>,
    #[serde(flatten)]
    input: Members<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Members<'a> {
    Nothing {},
    Arbitrary {
        payload: &'a str,
    },
    Kv {
        data: &'a RawValue,
    },
    UsernamePassword {
        #[serde(skip_serializing_if = "Option::is_none")]
        password: Option<&'a str>,
    },
    ImportedCert {
        certificate: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        intermediate: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        private_key: Option<&'a str>,
    },
    PrivateCert {
        #[serde(skip_serializing_if = "Option::is_none")]
        csr: Option<&'a str>,
    },
    PublicCert {
        rotation: Order,
    },
    Restore {
        restore_from_version: &'a str,
    },
}

#[derive(Serialize)]
struct Order {
    rotate_keys: bool,
}
