//! Versions of a secret: what rotation makes and the version history shows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    Lock, Metadata, Other, Problem, Result, SecretView, Timestamp, Validity, fields,
    metadata::Json,
    secret::{
        Payload, arbitrary, iam_credentials, imported_cert, kv, private_cert, public_cert,
        username_password,
    },
};

/// State of a record as it was read. Opaque: compare, never interpret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Revision(pub String);

/// API v2: `alias`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum VersionAlias {
    /// The version in force.
    Current,
    /// The one before it.
    Previous,
}

/// How a version is named in a path: by alias or UUID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionRef {
    /// `current` or `previous`.
    Alias(VersionAlias),
    /// UUID, lower case.
    Id(String),
}

impl VersionRef {
    /// The version in force.
    pub const CURRENT: Self = Self::Alias(VersionAlias::Current);

    /// Reads `current`, `previous` or a UUID; `field` names the input in the refusal.
    pub fn parse(field: &str, text: &str) -> Result<Self> {
        match text {
            "current" => Ok(Self::Alias(VersionAlias::Current)),
            "previous" => Ok(Self::Alias(VersionAlias::Previous)),
            _ => uuid::Uuid::try_parse(text)
                .map(|id| Self::Id(id.hyphenated().to_string()))
                .map_err(|_| {
                    Problem::field(
                        field,
                        "A version is named by its id, \"current\" or \"previous\".",
                    )
                }),
        }
    }
}

/// Everything about a version but its value (API v2: `SecretVersionMetadata`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct VersionMetadata {
    /// UUID.
    pub id: String,
    /// Absent on versions older than the previous one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<VersionAlias>,
    /// Whether a policy made it.
    pub auto_rotated: bool,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether its value was read.
    pub downloaded: bool,
    /// Whether the value is still kept.
    pub payload_available: bool,
    /// The secret it belongs to.
    pub secret_id: String,
    /// Name of that secret.
    pub secret_name: String,
    /// Type of that secret.
    pub secret_type: crate::SecretType,
    /// Group of that secret.
    pub secret_group_id: String,
    /// When it becomes unreadable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
    /// Serial number of its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<String>,
    /// Validity of its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// Its API key, as IAM names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<String>,
    /// Whose API key it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// JSON object of the person, at most 10 KB.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<BTreeMap<String, Json>>)]
    pub version_custom_metadata: Option<Metadata>,
    /// What the instance said besides, as JSON; on the wire in its place again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[specta(type = BTreeMap<String, Json>)]
    pub other: Other,
}

/// A version as the history shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct VersionView {
    /// What goes over the wire.
    pub metadata: VersionMetadata,
    /// State of this version's metadata as it was read.
    pub revision: Revision,
    /// 1 for the first version, rising.
    pub number: u32,
    /// Whether the value is binary, base64 on the wire.
    pub binary: bool,
    /// Size of the value in bytes, as long as it is kept.
    pub size: Option<u32>,
    /// Kind of its certificate's key, and the beginning of the key's SHA-256: the same for versions
    /// with the same key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<VersionKey>,
    /// Number of the version this one was restored from.
    pub restored_from: Option<u32>,
    /// Why the value cannot be shown; absent: it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_hindrance: Option<String>,
    /// Why it cannot be restored; absent: it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restore_hindrance: Option<String>,
    /// Why its certificate cannot be revoked; absent: it can, or it is no private certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoke_hindrance: Option<String>,
    /// Locks on it.
    pub locks_total: u32,
    /// Why no lock can be put on it; absent: one can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock_hindrance: Option<String>,
}

/// The key of a version's certificate, as the history tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct VersionKey {
    /// `RSA2048`, `ECDSA256`.
    pub algorithm: String,
    /// Hex.
    pub id: String,
    /// Whether the version holds the private key.
    pub private_key_included: bool,
    /// When its certificate was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

/// A version with its value (API v2: `SecretVersion`).
#[derive(Debug)]
pub struct Version {
    /// Everything but the value.
    pub view: VersionView,
    /// The value, as long as it is kept.
    pub payload: Option<Payload>,
    /// Revision of the secret that this was read from or made.
    pub revision: Revision,
}

/// What a version is made from (API v2: `SecretVersionPrototype`, `create_secret_version`).
#[derive(Debug)]
pub struct NewVersion {
    /// Replaces the secret's custom metadata.
    pub custom_metadata: Option<Metadata>,
    /// For the new version.
    pub version_custom_metadata: Option<Metadata>,
    /// What the type needs.
    pub input: RotationInput,
}

impl NewVersion {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        fields::check_metadata("custom_metadata", self.custom_metadata.as_ref())?;
        fields::check_metadata(
            "version_custom_metadata",
            self.version_custom_metadata.as_ref(),
        )?;
        self.input.check()
    }
}

/// The type-specific part of [`NewVersion`].
#[derive(Debug)]
#[non_exhaustive]
pub enum RotationInput {
    /// Arbitrary secret: a new value.
    Arbitrary(arbitrary::Rotation),
    /// Custom credentials: others, which the person's job makes.
    CustomCredentials,
    /// IAM credentials: another API key.
    IamCredentials(iam_credentials::Rotation),
    /// Imported certificate: another certificate.
    ImportedCert(imported_cert::Rotation),
    /// Key-value secret: a new object.
    Kv(kv::Rotation),
    /// Private certificate: another one, with a new key or for a request.
    PrivateCert(private_cert::Rotation),
    /// Public certificate: another order.
    PublicCert(public_cert::Rotation),
    /// Service credentials: others, which the service makes.
    ServiceCredentials,
    /// User credentials: a new password.
    UsernamePassword(username_password::Rotation),
    /// Any type: the value of an older version (`restore_from_version`).
    Restore {
        /// Which one.
        from: VersionRef,
    },
}

impl RotationInput {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Arbitrary(rotation) => arbitrary::check_payload(&rotation.payload),
            Self::ImportedCert(rotation) => rotation.check(),
            Self::PrivateCert(rotation) => rotation.check(),
            Self::UsernamePassword(rotation) => rotation.check(),
            // its data was checked when it was read
            Self::Kv(_)
            | Self::CustomCredentials
            | Self::IamCredentials(_)
            | Self::PublicCert(_)
            | Self::ServiceCredentials
            | Self::Restore { .. } => Ok(()),
        }
    }

    /// The same once more, for what may have to be made anew because the ground moved.
    pub fn again(&self) -> Option<Self> {
        match self {
            Self::PrivateCert(rotation) => Some(Self::PrivateCert(rotation.clone())),
            _ => None,
        }
    }

    /// Whether the instance makes the value, so that nobody can know it beforehand.
    pub const fn is_generated(&self) -> bool {
        match self {
            Self::UsernamePassword(rotation) => rotation.password.is_none(),
            Self::CustomCredentials
            | Self::IamCredentials(_)
            | Self::PrivateCert(_)
            | Self::PublicCert(_)
            | Self::ServiceCredentials => true,
            Self::Arbitrary(_) | Self::ImportedCert(_) | Self::Kv(_) | Self::Restore { .. } => {
                false
            }
        }
    }
}

/// What a version is compared with.
#[derive(Debug)]
pub enum Compared {
    /// Another version.
    Version(VersionRef),
    /// What a rotation would put in its place.
    Input(RotationInput),
}

/// What a rotation will do, told before the click.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RotationOutlook {
    /// The secret as it is now.
    pub secret: SecretView,
    /// One sentence: what this rotation will do.
    pub effect: String,
    /// One sentence: what becomes of the versions there are.
    pub fate: String,
    /// Number the new version will have.
    pub next_number: u32,
    /// One sentence: what becomes of the locks on the current version; absent: it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locks_move: Option<String>,
    /// The locks on the previous version that are in the way, the first of them by name.
    pub blocking_locks: Vec<Lock>,
    /// How many are in the way in all.
    pub blocking_total: u32,
    /// Why it cannot be done; absent: it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hindrance: Option<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_named_by_alias_or_uuid() {
        assert_eq!(
            VersionRef::parse("id", "current").unwrap(),
            VersionRef::CURRENT
        );
        let id = "0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77";
        assert_eq!(
            VersionRef::parse("id", id).unwrap(),
            VersionRef::Id(id.into())
        );
        let refused = VersionRef::parse("restore_from_version", "latest").unwrap_err();
        assert_eq!(refused.target.unwrap().name, "restore_from_version");
    }
}
