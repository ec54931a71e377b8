//! Rotation: another key, and with access groups another service ID. The one before lives on until its
//! time ends.

use keyturn_api::{
    Caller, Code, Metadata, NewVersion, Problem, Result, Revision, SecretType, Version,
    secret::Payload, secret::iam_credentials,
};
use uuid::Uuid;

use super::make::{Asked, Credential, confirm, give_up, make};
use crate::{
    due,
    opened::{Opened, WriteError},
    records::{Reads, VersionRecord},
    rotation::{
        Also, Rotated,
        iam_credentials::{Kept, check_reused},
        wrong_input,
    },
    secrets::{self, Found, kept_metadata},
    versions::{check_revision, check_rotates, rotation_write},
};

/// What a rotation is asked with.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wishes<'a> {
    pub(crate) custom_metadata: Option<&'a Metadata>,
    pub(crate) version_custom_metadata: Option<&'a Metadata>,
    pub(crate) expect: Option<&'a Revision>,
    /// Whether a policy asks.
    pub(crate) auto: bool,
}

impl<'a> Wishes<'a> {
    /// Those of a person.
    pub(crate) const fn of(new: &'a NewVersion, expect: Option<&'a Revision>) -> Self {
        Self {
            custom_metadata: new.custom_metadata.as_ref(),
            version_custom_metadata: new.version_custom_metadata.as_ref(),
            expect,
            auto: false,
        }
    }
}

/// Makes the next version. A key that cannot be stored is undone.
pub(crate) async fn rotate(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    wishes: Wishes<'_>,
) -> Result<Version> {
    let found = checked(vault, caller, id, wishes.expect)?;
    let kept = Kept::read(&found.record)?;
    let asked = Asked {
        secret: id,
        name: &found.record.name,
        kept: &kept,
        caller,
    };
    let mut made = make(vault, asked).await?;
    let value = made.value.take();
    let value = value.ok_or_else(|| Problem::new(Code::Io, "IAM gave no API key."))?;
    let rotated = Rotated {
        value,
        detail: None,
        certificate: None,
        also: Also::default(),
    };
    match store(vault, caller, id, wishes, &made, rotated).await {
        Ok(version) => {
            vault.iam.set_failed(id, None);
            Ok(version)
        }
        Err(problem) => {
            give_up(vault, made).await;
            Err(problem)
        }
    }
}

/// The secret, if it can be rotated now.
fn checked(vault: &Opened, caller: &Caller, id: Uuid, expect: Option<&Revision>) -> Result<Found> {
    let found = secrets::find(vault, caller, id)?;
    if found.record.secret_type() != SecretType::IamCredentials {
        return Err(wrong_input("input", found.record.secret_type()));
    }
    check_revision(vault, &found, expect)?;
    check_rotates(&found.record, vault.now())?;
    check_reused(&found.record)?;
    due::check_previous_unlocked(&found.record)?;
    Ok(found)
}

/// Commits version and key together, on whatever the secret is by now.
async fn store(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    wishes: Wishes<'_>,
    made: &Credential<'_>,
    mut rotated: Rotated,
) -> Result<Version> {
    loop {
        let found = checked(vault, caller, id, wishes.expect)?;
        let now = vault.now();
        let kept = Kept::read(&found.record)?.with(Some(&made.entry));
        rotated.detail = Some(kept.encode());
        let version = VersionRecord {
            auto_rotated: wishes.auto,
            custom_metadata: wishes
                .version_custom_metadata
                .cloned()
                .and_then(kept_metadata),
            credential: Some(made.entry.clone()),
            ..VersionRecord::make(caller, &rotated.value, now)
        };
        let metadata = wishes.custom_metadata;
        let (mut write, record) =
            rotation_write(vault, caller, found, &version, metadata, &rotated)?;
        confirm(vault, made, &mut write);
        match vault.write(write).await {
            Ok(revision) => {
                let entry = record
                    .current()
                    .ok_or_else(|| Problem::not_found("version"))?;
                return Ok(Version {
                    view: version.view(id, &record, entry, revision, &Reads::default(), now),
                    payload: Some(Payload::IamCredentials(iam_credentials::Payload {
                        api_key: rotated.value,
                    })),
                    revision: Revision(revision.to_string()),
                });
            }
            Err(WriteError::Conflict) => vault.reload_settings()?,
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
