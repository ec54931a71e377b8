//! What a face shows besides the wire. A Keyturn server tells it in the member `keyturn`; IBM's service
//! tells metadata only, so it is made up from them by the rules of that service.

use std::fmt::Write as _;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{not_understood, secret::is_binary};
use crate::{
    Availability, Configuration, ConfigurationView, Due, DueBy, Other, Result, Revision,
    SecretGroup, SecretGroupView, SecretMetadata, SecretType, SecretView, State, Timestamp,
    VersionAlias, VersionMetadata, VersionView, fields,
    secret::{Detail, iam_credentials},
};

type Told = Option<Map<String, Value>>;

/// A view that the answer tells but for one member, which is given here.
fn told_with<T: DeserializeOwned>(
    what: &str,
    mut told: Map<String, Value>,
    member: &str,
    value: &impl Serialize,
) -> Result<T> {
    let value = serde_json::to_value(value).map_err(|_| not_understood(what))?;
    told.insert(member.to_owned(), value);
    super::members::typed(what, told)
}

/// A revision that changes with what it is made of.
fn digest(of: &impl Serialize) -> Revision {
    let hash = Sha256::digest(serde_json::to_vec(of).unwrap_or_default());
    Revision(hash[..16].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// A secret.
pub(super) fn secret(metadata: SecretMetadata, told: Told) -> Result<SecretView> {
    if let Some(told) = told {
        let view: SecretView = told_with("a secret", told, "metadata", &metadata)?;
        return Ok(SecretView { metadata, ..view });
    }
    // reading a value changes nothing that a change could overwrite
    let unread = SecretMetadata {
        retrieved_at: Timestamp::EPOCH,
        downloaded: false,
        ..metadata.clone()
    };
    let secret_type = metadata.detail.secret_type();
    Ok(SecretView {
        revision: digest(&unread),
        rotated_at: metadata.updated_at,
        binary: secret_type == SecretType::Arbitrary && is_binary(&metadata.labels),
        availability: availability(&metadata),
        due: next_rotation(&metadata.detail).map(|at| Due {
            by: DueBy::Rotation,
            at,
            overdue: false,
            reason: "The instance rotates it by its policy.".to_owned(),
            hindrance: None,
        }),
        reminder: None,
        rotates_alone: rotates_alone(secret_type),
        held_by_locks: false,
        metadata,
    })
}

fn next_rotation(detail: &Detail) -> Option<Timestamp> {
    match detail {
        Detail::CustomCredentials(detail) => detail.next_rotation_date,
        Detail::IamCredentials(detail) => detail.next_rotation_date,
        Detail::PrivateCert(detail) => detail.next_rotation_date,
        Detail::PublicCert(detail) => detail.next_rotation_date,
        Detail::ServiceCredentials(detail) => detail.next_rotation_date,
        Detail::UsernamePassword(detail) => detail.next_rotation_date,
        Detail::Arbitrary(_) | Detail::ImportedCert(_) | Detail::Kv(_) | Detail::Other(_) => None,
    }
}

const fn rotates_alone(secret_type: SecretType) -> bool {
    matches!(
        secret_type,
        SecretType::CustomCredentials
            | SecretType::IamCredentials
            | SecretType::PrivateCert
            | SecretType::PublicCert
            | SecretType::ServiceCredentials
            | SecretType::UsernamePassword
    )
}

/// What can be done with a secret of IBM's service.
fn availability(metadata: &SecretMetadata) -> Availability {
    let mut why = Availability::default();
    match metadata.state {
        State::Deactivated | State::Destroyed => {
            let only = "A secret in this state can only be deleted.".to_owned();
            why.view = Some(only.clone());
            why.rotate = Some(only.clone());
            why.edit = Some(only);
        }
        State::PreActivation => {
            why.view = Some("There is no value yet.".to_owned());
            if !matches!(metadata.detail, Detail::ImportedCert(_)) {
                why.rotate = Some("Its first value is still on the way.".to_owned());
            }
        }
        State::Active | State::Suspended => why.rotate = rotation_hindrance(metadata),
    }
    if metadata.locks_total > 0 {
        why.delete = Some("A version of it is locked.".to_owned());
    }
    why
}

fn rotation_hindrance(metadata: &SecretMetadata) -> Option<String> {
    match &metadata.detail {
        Detail::IamCredentials(detail) if !detail.reuse_api_key => {
            Some(iam_credentials::NOT_REUSED.to_owned())
        }
        Detail::Other(detail) => Some(format!(
            "Keyturn does not know secrets of type {}.",
            detail.type_name
        )),
        _ => None,
    }
}

/// A version, and the revision of the secret that it was read from, if that was told.
pub(super) struct Read {
    pub(super) view: VersionView,
    pub(super) of_secret: Option<Revision>,
}

/// A version. `other` tells what of it is not known, given when its certificate was revoked.
pub(super) fn version(
    mut metadata: VersionMetadata,
    told: Told,
    other: impl FnOnce(&VersionMetadata, Option<Timestamp>) -> Other,
) -> Result<Read> {
    const WHAT: &str = "a version of a secret";
    if let Some(mut told) = told {
        let of_secret = match told.remove(SECRET_REVISION) {
            Some(Value::String(text)) => Some(Revision(text)),
            _ => None,
        };
        let mut view: VersionView = told_with(WHAT, told, "metadata", &metadata)?;
        let revoked = view.key.as_ref().and_then(|key| key.revoked_at);
        view.metadata.other = other(&view.metadata, revoked);
        return Ok(Read { view, of_secret });
    }
    metadata.other = other(&metadata, None);
    let unread = VersionMetadata {
        downloaded: false,
        ..metadata.clone()
    };
    let gone = || "The instance no longer keeps this value.".to_owned();
    let gone = (!metadata.payload_available).then(gone);
    let restore = match (metadata.alias, metadata.secret_type) {
        (Some(VersionAlias::Current), _) => Some("This is the current version already.".to_owned()),
        (_, SecretType::IamCredentials) => gone.clone(),
        _ => Some("This instance restores IAM credentials only.".to_owned()),
    };
    let lock = match metadata.alias {
        None => Some("Only the current and the previous version can be locked.".to_owned()),
        Some(_) => gone.clone(),
    };
    let view = VersionView {
        revision: digest(&unread),
        number: 0,
        binary: false,
        size: None,
        key: None,
        restored_from: None,
        view_hindrance: gone,
        restore_hindrance: restore,
        revoke_hindrance: None,
        locks_total: 0,
        lock_hindrance: lock,
        metadata,
    };
    Ok(Read {
        view,
        of_secret: None,
    })
}

/// Where a Keyturn server tells the revision of a version's secret.
pub(crate) const SECRET_REVISION: &str = "secret_revision";

/// A group. How many secrets it has, IBM's service does not tell.
pub(super) fn group(group: SecretGroup, told: Told) -> Result<SecretGroupView> {
    if let Some(told) = told {
        return told_with("a secret group", told, "group", &group);
    }
    let is_default = group.id == fields::DEFAULT_GROUP;
    Ok(SecretGroupView {
        group,
        secrets_total: 0,
        edit_hindrance: None,
        delete_hindrance: is_default.then(|| "Every instance has this group.".to_owned()),
    })
}

/// A configuration. What depends on it, IBM's service does not tell.
pub(super) fn configuration(configuration: Configuration, told: Told) -> Result<ConfigurationView> {
    if let Some(told) = told {
        let what = "a configuration";
        let view: ConfigurationView = told_with(what, told, "configuration", &configuration)?;
        return Ok(ConfigurationView {
            configuration,
            ..view
        });
    }
    // a list shows less of it than it is
    let kind = configuration.detail.config_type().name();
    let revision = digest(&(kind, &configuration.name, configuration.updated_at));
    Ok(ConfigurationView {
        configuration,
        revision,
        used_by: Vec::new(),
        used_total: 0,
        outliving: Vec::new(),
        outliving_total: 0,
    })
}
