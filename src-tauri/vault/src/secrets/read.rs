//! `get_secret_metadata` and `get_secret`.

use keyturn_api::{
    Action, Caller, DueBy, Problem, Result, Secret, SecretType, SecretView, fields, secret::Detail,
};
use uuid::Uuid;

use super::availability;
use crate::{
    acme, groups,
    opened::Opened,
    records::{Reads, SecretRecord},
    store::Row,
    versions,
};

/// A record with the revision it was read at.
pub(crate) struct Found {
    pub(crate) id: Uuid,
    pub(crate) revision: u64,
    pub(crate) record: SecretRecord,
}

/// The secret, if it is there and within the caller's groups; else both read as unknown.
pub(crate) fn find(vault: &Opened, caller: &Caller, id: Uuid) -> Result<Found> {
    let row = vault
        .get(&SecretRecord::key(id))?
        .ok_or_else(|| Problem::not_found("secret"))?;
    let record = SecretRecord::open(vault.keys(), id, &row.value)?;
    if !caller.reaches(&record.group_id()) {
        return Err(Problem::not_found("secret"));
    }
    Ok(Found {
        id,
        revision: row.revision,
        record,
    })
}

/// The id in a path.
pub(crate) fn parse_id(id: &str) -> Result<Uuid> {
    Uuid::try_parse(id).map_err(|_| Problem::not_found("secret"))
}

/// The secret with this type and name, if it is in the group of that name.
pub(crate) fn id_by_name(
    vault: &Opened,
    caller: &Caller,
    group_name: &str,
    secret_type: SecretType,
    name: &str,
) -> Result<String> {
    caller.may(Action::SecretRead)?;
    let ids = vault.index().named(name);
    let groups = groups::read(vault)?.0;
    let is_group = |id: Uuid| match groups.find(id) {
        Some(group) => group.name == group_name,
        None => id.is_nil() && group_name == fields::DEFAULT_GROUP,
    };
    let found = ids.into_iter().find(|id| {
        find(vault, caller, *id).is_ok_and(|found| {
            let record = &found.record;
            record.name == name
                && record.secret_type() == secret_type
                && is_group(Uuid::from_bytes(record.group))
        })
    });
    found
        .map(|id| id.hyphenated().to_string())
        .ok_or_else(|| Problem::not_found("secret"))
}

/// When values of the secret were read. A record of that which does not open reads as never: it is
/// worth less than what it stands beside.
pub(crate) fn reads(vault: &Opened, id: Uuid) -> Result<Reads> {
    let row = vault.get(&Reads::key(id))?;
    Ok(vault.with_late_reads(id, reads_of(vault, id, row)))
}

/// What a row says of it.
pub(crate) fn reads_of(vault: &Opened, id: Uuid, row: Option<Row>) -> Reads {
    row.and_then(|row| Reads::open(vault.keys(), id, &row.value).ok())
        .unwrap_or_default()
}

/// What a face sees of a secret that was found.
pub(crate) fn view(vault: &Opened, caller: &Caller, found: &Found) -> Result<SecretView> {
    view_with(vault, caller, found, &reads(vault, found.id)?)
}

/// The same with what is known of its reads.
fn view_with(vault: &Opened, caller: &Caller, found: &Found, reads: &Reads) -> Result<SecretView> {
    let now = vault.now();
    let availability = availability(caller, &found.record, now);
    let mut view = found.record.view(
        found.id,
        vault.id(),
        found.revision,
        reads,
        availability,
        now,
    )?;
    // what the record alone does not tell
    if let Some(due) = &mut view.due
        && due.by == DueBy::Rotation
        && due.hindrance.is_none()
    {
        due.hindrance = match found.record.secret_type() {
            SecretType::PublicCert => acme::hindrance(vault, &found.record),
            SecretType::IamCredentials => vault.iam.trouble(found.id),
            _ => None,
        };
    }
    Ok(view)
}

/// Everything but the value.
pub(crate) fn metadata(vault: &Opened, caller: &Caller, id: Uuid) -> Result<SecretView> {
    caller.may(Action::SecretMetadataRead)?;
    view(vault, caller, &find(vault, caller, id)?)
}

/// With the current value, whose reading is recorded before it leaves.
pub(crate) async fn read(vault: &Opened, caller: &Caller, id: Uuid) -> Result<Secret> {
    caller.may(Action::SecretRead)?;
    let found = find(vault, caller, id)?;
    let (version, reads) =
        versions::read_current(vault, caller, &found, Action::SecretRead).await?;
    let mut view = view_with(vault, caller, &found, &reads)?;
    if let Detail::IamCredentials(detail) = &mut view.metadata.detail {
        // where each reader gets a key of its own, only the version tells which
        let version = &version.view.metadata;
        detail.api_key_id.clone_from(&version.api_key_id);
        detail.service_id.clone_from(&version.service_id);
    }
    Ok(Secret {
        view,
        payload: version.payload,
    })
}
