//! Secrets: metadata, value, creation and change. What one type has beyond the others stands in
//! its own file; the lists of all types are [`SecretType`], [`Detail`], [`NewDetail`] and
//! [`Payload`].

pub mod arbitrary;
pub mod custom_credentials;
mod detail;
pub mod iam_credentials;
pub mod imported_cert;
pub mod kv;
mod managed_csr;
pub mod other;
pub mod private_cert;
pub mod public_cert;
mod secret_type;
pub mod service_credentials;
pub mod username_password;

pub use detail::Detail;
pub use secret_type::SecretType;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::metadata::Json;
use crate::{
    Due, Metadata, Other, Plaintext, Reminder, Result, Revision, RotationPolicy, State, Timestamp,
    fields,
};

/// Everything about a secret but its value (API v2: `SecretMetadata`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SecretMetadata {
    /// UUID.
    pub id: String,
    /// Unique per type in the instance.
    pub name: String,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Fixed at creation; `default` or a UUID.
    pub secret_group_id: String,
    /// At most 30.
    pub labels: Vec<String>,
    /// Number of the state.
    pub state: State,
    /// Text of the state, snake case.
    pub state_description: String,
    /// Cloud resource name.
    pub crn: String,
    /// Who created it.
    pub created_by: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When anything about it last changed.
    pub updated_at: Timestamp,
    /// When a value was last read; the epoch date if never.
    pub retrieved_at: Timestamp,
    /// Whether the current version's value was read.
    pub downloaded: bool,
    /// Locks on all versions together.
    pub locks_total: u32,
    /// Versions whose metadata is kept, at most 50.
    pub versions_total: u32,
    /// JSON object of the person, at most 10 KB.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<BTreeMap<String, Json>>)]
    pub custom_metadata: Option<Metadata>,
    /// What the instance said besides, as JSON; on the wire in its place again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[specta(type = BTreeMap<String, Json>)]
    pub other: Other,
    /// What the type adds, with `secret_type` as the discriminator.
    #[serde(flatten)]
    pub detail: Detail,
}

/// A value in the clear, by type. Only [`Plaintext`](crate::Plaintext) inside: nothing here is
/// printed or serialised by accident.
#[derive(Debug)]
#[non_exhaustive]
pub enum Payload {
    /// Arbitrary secret.
    Arbitrary(arbitrary::Payload),
    /// Custom credentials.
    CustomCredentials(custom_credentials::Payload),
    /// IAM credentials.
    IamCredentials(iam_credentials::Payload),
    /// Imported certificate.
    ImportedCert(imported_cert::Payload),
    /// Key-value secret.
    Kv(kv::Payload),
    /// A type that this program does not know.
    Other(other::Payload),
    /// Private certificate.
    PrivateCert(private_cert::Payload),
    /// Public certificate.
    PublicCert(public_cert::Payload),
    /// Service credentials.
    ServiceCredentials(service_credentials::Payload),
    /// User credentials.
    UsernamePassword(username_password::Payload),
}

impl Payload {
    /// The user name that belongs to the value, for types that have one.
    pub fn username(&self) -> Option<&str> {
        match self {
            Self::UsernamePassword(credentials) => Some(&credentials.username),
            _ => None,
        }
    }

    /// The private key in it, for types that have one.
    pub fn into_private_key(self) -> Option<Plaintext> {
        match self {
            Self::ImportedCert(parts) => parts.private_key,
            Self::PrivateCert(parts) => parts.private_key,
            Self::PublicCert(parts) => Some(parts.private_key),
            _ => None,
        }
    }

    /// The value that is shown, copied and saved.
    pub fn into_value(self) -> Plaintext {
        match self {
            Self::Arbitrary(arbitrary) => arbitrary.payload,
            Self::CustomCredentials(custom) => custom.credentials_content,
            Self::IamCredentials(credentials) => credentials.api_key,
            Self::ImportedCert(parts) => parts.into_bundle(),
            Self::Kv(kv) => kv.data,
            Self::Other(other) => other.members,
            Self::PrivateCert(parts) => parts.into_bundle(),
            Self::PublicCert(parts) => parts.into_bundle(),
            Self::ServiceCredentials(service) => service.credentials,
            Self::UsernamePassword(credentials) => credentials.password,
        }
    }
}

/// A secret with its value (API v2: `Secret`).
#[derive(Debug)]
pub struct Secret {
    /// Everything but the value.
    pub view: SecretView,
    /// The current value; none while there is none yet or no longer.
    pub payload: Option<Payload>,
}

/// Metadata with what a face needs besides the wire: the revision to expect on a change, and
/// which actions are possible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SecretView {
    /// What goes over the wire.
    pub metadata: SecretMetadata,
    /// Opaque; a change that expects it fails if somebody changed the secret since.
    pub revision: Revision,
    /// When the current version was made.
    pub rotated_at: Timestamp,
    /// Whether the current value is binary, base64 on the wire.
    pub binary: bool,
    /// Which actions can be done now, and why not.
    pub availability: Availability,
    /// When it is due for rotation, and why; absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// The reminder, for types that cannot rotate alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminder: Option<Reminder>,
    /// Whether the instance can rotate this type by itself.
    pub rotates_alone: bool,
    /// Past its date, and kept readable by its locks only.
    pub held_by_locks: bool,
}

/// For each action the reason why it cannot be done now; absent means it can.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Availability {
    /// Show or copy the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// Make a new version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotate: Option<String>,
    /// Change metadata.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<String>,
    /// Delete the secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete: Option<String>,
}

/// What a secret is made from (API v2: `SecretPrototype`).
#[derive(Debug)]
pub struct NewSecret {
    /// 2–256 characters.
    pub name: String,
    /// At most 1,024 characters.
    pub description: Option<String>,
    /// `default` where nothing is said.
    pub secret_group_id: String,
    /// At most 30.
    pub labels: Vec<String>,
    /// For the secret.
    pub custom_metadata: Option<Metadata>,
    /// For its first version.
    pub version_custom_metadata: Option<Metadata>,
    /// For a type that the instance cannot rotate by itself. Beyond API v2.
    pub reminder: Option<Reminder>,
    /// What the type needs.
    pub detail: NewDetail,
}

impl NewSecret {
    /// Checks every field; `now` is what an expiration date is measured against.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        fields::check_name(&self.name)?;
        self.description
            .as_deref()
            .map_or(Ok(()), fields::check_description)?;
        fields::check_group_id(&self.secret_group_id)?;
        fields::check_labels(&self.labels)?;
        fields::check_metadata("custom_metadata", self.custom_metadata.as_ref())?;
        fields::check_metadata(
            "version_custom_metadata",
            self.version_custom_metadata.as_ref(),
        )?;
        self.reminder.as_ref().map_or(Ok(()), Reminder::check)?;
        match &self.detail {
            NewDetail::Arbitrary(new) => new.check(now),
            NewDetail::IamCredentials(new) => new.check(),
            NewDetail::ImportedCert(new) => new.check(),
            // its data was checked when it was read
            NewDetail::Kv(_) => Ok(()),
            NewDetail::PrivateCert(new) => new.check(),
            NewDetail::PublicCert(new) => new.check(),
            NewDetail::UsernamePassword(new) => new.check(now),
        }
    }
}

/// The type-specific part of [`NewSecret`].
#[derive(Debug)]
#[non_exhaustive]
pub enum NewDetail {
    /// Arbitrary secret.
    Arbitrary(arbitrary::New),
    /// IAM credentials.
    IamCredentials(Box<iam_credentials::New>),
    /// Imported certificate.
    ImportedCert(imported_cert::New),
    /// Key-value secret.
    Kv(kv::New),
    /// Private certificate.
    PrivateCert(Box<private_cert::New>),
    /// Public certificate.
    PublicCert(Box<public_cert::New>),
    /// User credentials.
    UsernamePassword(username_password::New),
}

impl NewDetail {
    /// The type that is made.
    pub const fn secret_type(&self) -> SecretType {
        match self {
            Self::Arbitrary(_) => SecretType::Arbitrary,
            Self::IamCredentials(_) => SecretType::IamCredentials,
            Self::ImportedCert(_) => SecretType::ImportedCert,
            Self::Kv(_) => SecretType::Kv,
            Self::PrivateCert(_) => SecretType::PrivateCert,
            Self::PublicCert(_) => SecretType::PublicCert,
            Self::UsernamePassword(_) => SecretType::UsernamePassword,
        }
    }
}

/// A change of metadata (API v2: `SecretMetadataPatch`, merge-patch): what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct SecretPatch {
    /// New name.
    pub name: Option<String>,
    /// New description; empty text removes it.
    pub description: Option<String>,
    /// All labels it shall have.
    pub labels: Option<Vec<String>>,
    /// Replaces the custom metadata; an empty object removes it.
    pub custom_metadata: Option<Metadata>,
    /// New expiration date; null removes it.
    #[serde(deserialize_with = "present")]
    #[specta(type = Option<Option<Timestamp>>)]
    pub expiration_date: Option<Option<Timestamp>>,
    /// New policy of a type that the instance can rotate.
    pub rotation: Option<RotationPolicy>,
    /// How long credentials live, from the next rotation on; for IAM credentials.
    pub ttl: Option<String>,
    /// Another request for an imported certificate; makes a new one.
    pub managed_csr: Option<Box<imported_cert::ManagedCsr>>,
    /// How passwords are generated from the next rotation on; for user credentials.
    pub password_generation_policy: Option<username_password::PolicyPatch>,
    /// New reminder of a type that it cannot; null removes it. Beyond API v2.
    #[serde(deserialize_with = "present")]
    #[specta(type = Option<Option<Reminder>>)]
    pub reminder: Option<Option<Reminder>>,
}

impl SecretPatch {
    /// Checks every field that is there.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        self.name.as_deref().map_or(Ok(()), fields::check_name)?;
        self.description
            .as_deref()
            .map_or(Ok(()), fields::check_description)?;
        self.labels
            .as_deref()
            .map_or(Ok(()), fields::check_labels)?;
        fields::check_metadata("custom_metadata", self.custom_metadata.as_ref())?;
        self.rotation
            .as_ref()
            .map_or(Ok(()), RotationPolicy::check)?;
        self.reminder
            .flatten()
            .as_ref()
            .map_or(Ok(()), Reminder::check)?;
        self.managed_csr
            .as_deref()
            .map_or(Ok(()), imported_cert::ManagedCsr::check)?;
        fields::check_expiration(self.expiration_date.flatten(), now)
    }
}

/// Tells `null` (remove) from absent (leave).
#[expect(clippy::option_option, reason = "merge-patch knows three cases")]
fn present<'de, D, T>(deserializer: D) -> std::result::Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_tells_null_from_absent_and_refuses_unknown_fields() {
        let patch: SecretPatch = serde_json::from_str(r#"{"expiration_date": null}"#).unwrap();
        assert_eq!(patch.expiration_date, Some(None));
        let patch: SecretPatch = serde_json::from_str(r#"{"name": "ab"}"#).unwrap();
        assert_eq!(patch.expiration_date, None);
        assert!(serde_json::from_str::<SecretPatch>(r#"{"secret_group_id": "x"}"#).is_err());
    }
}
