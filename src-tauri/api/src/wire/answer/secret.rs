//! Secrets, with and without their values.

use serde_json::{Map, Value};

use super::{
    members::{Members, typed},
    page, payload,
    tolerance::{self, Told},
    view,
};
use crate::{
    Page, Result, Secret, SecretMetadata, SecretType, SecretView, fields,
    secret::Payload,
    wire::{known::unknown, secret::metadata_members},
};

const WHAT: &str = "a secret";
const LIST: &str = "secrets";

/// `Secret`: metadata and, as long as there is one, the value.
pub fn secret(answer: &[u8]) -> Result<Secret> {
    let (view, payload) = read(Members::whole(WHAT, answer)?, true)?;
    Ok(Secret { view, payload })
}

/// `SecretMetadata`.
pub fn secret_metadata(answer: &[u8]) -> Result<SecretView> {
    read(Members::whole(WHAT, answer)?, false).map(|(view, _)| view)
}

/// A page of `list_secrets`.
pub fn secrets(answer: &[u8]) -> Result<Page<SecretView>> {
    page::read(LIST, answer, "secrets", |text| {
        read(Members::within(LIST, text)?, false).map(|(view, _)| view)
    })
}

/// Metadata that stands beside the value of every type.
const BESIDE: &[&str] = &[
    "id",
    "name",
    "description",
    "secret_type",
    "secret_group_id",
    "labels",
    "state",
    "state_description",
    "crn",
    "created_by",
    "created_at",
    "updated_at",
    "retrieved_at",
    "downloaded",
    "locks_total",
    "versions_total",
    "custom_metadata",
    "referenced_by",
    "expiration_date",
    "next_rotation_date",
    "rotation",
    "ttl",
];

fn read(mut answer: Members<'_>, with_value: bool) -> Result<(SecretView, Option<Payload>)> {
    let told = answer.read_member(crate::served::VIEW)?;
    let name: String = answer
        .peek("secret_type")?
        .ok_or_else(|| answer.refused())?;
    let secret_type = tolerance::known_secret(&name);
    let labels: Vec<String> = answer.peek("labels")?.unwrap_or_default();
    let binary = secret_type == Some(SecretType::Arbitrary) && is_binary(&labels);
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
    let metadata = metadata(&answer.rest()?)?;
    let view = view::secret(metadata, told)?;
    Ok((view, payload))
}

/// Whether labels say that the value is base64 of bytes.
pub(super) fn is_binary(labels: &[String]) -> bool {
    labels.iter().any(|label| label == fields::BASE64_LABEL)
}

fn metadata(came: &Map<String, Value>) -> Result<SecretMetadata> {
    let read = |told| {
        let mut members = came.clone();
        members.remove(crate::wire::known::OTHER);
        tolerance::secret(&mut members, told);
        typed::<SecretMetadata>(WHAT, members)
    };
    // one secret of a newer kind does not hide the others of its page
    let mut metadata = read(Told::AsKnown).or_else(|_| read(Told::Newer))?;
    metadata.other = unknown(came, &metadata_members(&metadata))
        .into_iter()
        .collect();
    Ok(metadata)
}
