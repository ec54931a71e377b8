//! Versions, with and without their values.

use serde_json::{Map, Value};

use super::{
    members::{Members, typed},
    payload, tolerance, view,
};
use crate::{
    Result, Version, VersionAlias, VersionMetadata, VersionView,
    secret::Payload,
    wire::{known::unknown, secret::metadata_of_version},
};

const WHAT: &str = "a version of a secret";
const LIST: &str = "the versions of a secret";

/// `SecretVersion`: metadata and, as long as it is kept, the value. Its number is known from a list
/// only, so it is 0 here, but from a Keyturn server.
pub fn version(answer: &[u8]) -> Result<Version> {
    let (read, payload) = read(Members::whole(WHAT, answer)?, true)?;
    let mut view = read.view;
    if let Some(payload) = &payload {
        view.size.get_or_insert_with(|| payload::size(payload));
    }
    Ok(Version {
        revision: read.of_secret.unwrap_or_else(|| view.revision.clone()),
        view,
        payload,
    })
}

/// `SecretVersionMetadata`; of its number the same holds.
pub fn version_metadata(answer: &[u8]) -> Result<VersionView> {
    read(Members::whole(WHAT, answer)?, false).map(|(read, _)| read.view)
}

/// `list_secret_versions`, in the order of the answer, numbered from the oldest on.
pub fn versions(answer: &[u8]) -> Result<Vec<VersionView>> {
    let mut answer = Members::whole(LIST, answer)?;
    let entries = answer.entries("versions")?;
    let total: Option<u32> = answer.read_member("total_count")?;
    let read_one = |text| read(Members::within(LIST, text)?, false).map(|(read, _)| read.view);
    let mut versions = entries
        .into_iter()
        .map(read_one)
        .collect::<Result<Vec<_>>>()?;
    number(&mut versions, total);
    Ok(versions)
}

/// Numbers versions whose answer tells no number: the newest is as many as there are.
fn number(versions: &mut [VersionView], total: Option<u32>) {
    if versions.iter().any(|version| version.number > 0) {
        return;
    }
    let count = u32::try_from(versions.len()).unwrap_or(u32::MAX);
    let is_current = |view: &VersionView| view.metadata.alias == Some(VersionAlias::Current);
    let mut order: Vec<usize> = (0..versions.len()).collect();
    if versions.first().is_some_and(is_current) {
        order.reverse();
    } else if !versions.last().is_some_and(is_current) {
        order.sort_by_key(|&at| versions[at].metadata.created_at);
    }
    let mut next = total.unwrap_or(count).max(count) - count;
    for at in order {
        next = next.saturating_add(1);
        versions[at].number = next;
    }
}

/// Metadata that stands beside the value of every type.
const BESIDE: &[&str] = &[
    "id",
    "alias",
    "auto_rotated",
    "created_by",
    "created_at",
    "downloaded",
    "payload_available",
    "secret_id",
    "secret_name",
    "secret_type",
    "secret_group_id",
    "version_custom_metadata",
    "expiration_date",
    "serial_number",
    "validity",
];

fn read(mut answer: Members<'_>, with_value: bool) -> Result<(view::Read, Option<Payload>)> {
    let told: Option<Map<String, Value>> = answer.read_member(crate::served::VIEW)?;
    let name: String = answer
        .peek("secret_type")?
        .ok_or_else(|| answer.refused())?;
    let secret_type = tolerance::known_secret(&name);
    let binary = told.as_ref().and_then(|told| told.get("binary")) == Some(&Value::Bool(true));
    let payload = if with_value || secret_type.is_some() {
        let shape = payload::Shape {
            secret_type,
            binary,
            beside: BESIDE,
        };
        payload::take(&mut answer, shape)?
    } else {
        None
    };
    let came = answer.rest()?;
    let mut members = came.clone();
    members.remove(crate::wire::known::OTHER);
    tolerance::version(&mut members);
    let metadata: VersionMetadata = typed(WHAT, members)?;
    let read = view::version(metadata, told, |metadata, revoked| {
        let written = metadata_of_version(metadata, revoked);
        unknown(&came, &written).into_iter().collect()
    })?;
    Ok((read, payload))
}
