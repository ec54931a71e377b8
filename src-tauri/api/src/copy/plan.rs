//! What a copy will be: which versions come along, under which name and in which group.

use std::collections::HashSet;

use super::{CopyPlan, CopyRequest, CopySide, PlannedVersion, group, value};
use crate::{
    Code, ListSecrets, Problem, Result, SecretType, SecretView, Target, Timestamp, VersionView,
    fields, secret::Detail,
};

/// What copying a secret would do; nothing is written and no value is read. `now` is what validity is
/// measured against. What hinders it stands in the plan; an error is what kept the plan from being
/// made.
pub async fn plan(
    source: CopySide<'_>,
    target: CopySide<'_>,
    request: &CopyRequest,
    now: Timestamp,
) -> Result<CopyPlan> {
    let planned = make(source, target, request, now).await;
    planned.map(|planned| planned.plan)
}

/// A plan, and what it was made from.
pub(super) struct Planned {
    pub(super) plan: CopyPlan,
    pub(super) secret: SecretView,
    /// The versions that come along, oldest first.
    pub(super) versions: Vec<VersionView>,
    /// Whether the label of the secret tells that its texts are base64 of bytes.
    pub(super) labelled: bool,
}

pub(super) async fn make(
    source: CopySide<'_>,
    target: CopySide<'_>,
    request: &CopyRequest,
    now: Timestamp,
) -> Result<Planned> {
    let id = &request.secret_id;
    let secret = source.instance.secret_metadata(source.caller, id).await?;
    let mut versions = source.instance.versions(source.caller, id).await?;
    versions.sort_by_key(|view| view.number);
    let metadata = &secret.metadata;
    let becomes = value::type_of_copy(metadata);
    let secret_type = becomes
        .as_ref()
        .map_or_else(|_| metadata.detail.secret_type(), |kind| *kind);
    let name = request
        .name
        .clone()
        .unwrap_or_else(|| metadata.name.clone());

    let groups = group::of_target(target).await?;
    let source_group = group::name_in_source(source, &metadata.secret_group_id).await?;
    let wished = group::choose(&request.group, &source_group, &groups);
    let (group, group_problem) = match wished {
        Ok(group) => (group, None),
        Err(problem) => {
            let usual = group::choose(&super::CopyGroup::SameName, &source_group, &groups)?;
            (usual, Some(problem.at(Target::field("group"))))
        }
    };
    let rows: Vec<_> = versions
        .iter()
        .map(|view| row(&secret, view, now))
        .collect();
    let hindrance = becomes
        .err()
        .or_else(|| value_hindrance(&secret, &rows))
        .or_else(|| labels_hindrance(&secret))
        .or_else(|| fields::check_name(&name).err())
        .or(group_problem);
    let (hindrance, suggested_name) = match hindrance {
        Some(problem) => (Some(problem), None),
        None => taken(target, secret_type, &name).await?,
    };
    let any_binary = secret.binary || versions.iter().any(|view| view.binary);
    let labelled = value::is_labelled(&secret, any_binary);
    let mut rest = rows.iter();
    versions.retain(|_| rest.next().is_some_and(|row| row.left_behind.is_none()));
    let plan = CopyPlan {
        secret_id: id.clone(),
        source_name: metadata.name.clone(),
        source_group,
        source_type: metadata.detail.secret_type(),
        name,
        secret_type,
        group,
        groups,
        copied_total: u32::try_from(versions.len()).unwrap_or(u32::MAX),
        versions: rows,
        notes: notes(&secret, &versions, target, secret_type),
        suggested_name,
        hindrance,
    };
    Ok(Planned {
        plan,
        secret,
        versions,
        labelled,
    })
}

fn row(secret: &SecretView, view: &VersionView, now: Timestamp) -> PlannedVersion {
    let metadata = &view.metadata;
    let managed = matches!(&secret.metadata.detail, Detail::ImportedCert(detail)
        if detail.managed_csr.is_some());
    let without_key = view
        .key
        .as_ref()
        .is_some_and(|key| !key.private_key_included);
    let ends = metadata.validity.map(|validity| validity.not_after);
    let ended = ends
        .or(metadata.expiration_date)
        .is_some_and(|end| end <= now);
    let left_behind = if !metadata.payload_available {
        Some("Its value is no longer kept.".to_owned())
    } else if let Some(hindrance) = &view.view_hindrance {
        Some(hindrance.clone())
    } else if managed && without_key {
        Some(value::key_stays().message)
    } else if ended && secret.metadata.detail.secret_type().is_certificate() {
        Some("Its certificate has expired.".to_owned())
    } else {
        None
    };
    PlannedVersion {
        number: view.number,
        created_at: metadata.created_at,
        left_behind,
    }
}

/// Why there is nothing to copy. Without the current version an older one would be in force there.
fn value_hindrance(secret: &SecretView, rows: &[PlannedVersion]) -> Option<Problem> {
    let refused = |reason: &str| {
        Problem::new(
            Code::WrongState,
            format!("The secret cannot be copied. {reason}"),
        )
    };
    let Some(current) = rows.last() else {
        return Some(refused("It has no value yet."));
    };
    let of_secret = secret.availability.view.as_deref();
    let reason = of_secret.or(current.left_behind.as_deref())?;
    Some(refused(reason))
}

/// A binary value needs a label of its own.
fn labels_hindrance(secret: &SecretView) -> Option<Problem> {
    let labels = &secret.metadata.labels;
    let labelled = labels.iter().any(|label| label == fields::BASE64_LABEL);
    (secret.binary && !labelled && labels.len() >= fields::LABELS).then(|| {
        Problem::field(
            "labels",
            "The value is binary and needs one more label than there may be.",
        )
        .remedy("Remove a label of the secret first.")
    })
}

/// Whether the name is taken in the target, and then by which other one it could go.
async fn taken(
    target: CopySide<'_>,
    secret_type: SecretType,
    name: &str,
) -> Result<(Option<Problem>, Option<String>)> {
    let query = ListSecrets {
        // enough of it: what is found is compared as a whole
        search: Some(name.chars().take(*fields::SEARCH_CHARS.end()).collect()),
        secret_types: vec![secret_type],
        limit: 1000,
        ..ListSecrets::default()
    };
    let found = target.instance.list_secrets(target.caller, &query).await?;
    let names: HashSet<_> = found
        .items
        .into_iter()
        .map(|view| view.metadata.name)
        .collect();
    if !names.contains(name) {
        return Ok((None, None));
    }
    let problem = Problem::new(
        Code::NameTaken,
        format!("A secret named {name} is already there."),
    )
    .at(Target::field("name"))
    .remedy("Choose another name.");
    Ok((Some(problem), free_name(name, &names)))
}

fn free_name(name: &str, names: &HashSet<String>) -> Option<String> {
    let room = fields::NAME_CHARS - "-copy-99".len();
    let base: String = name.chars().take(room).collect();
    let numbered = (2..100).map(|number| format!("{base}-copy-{number}"));
    std::iter::once(format!("{base}-copy"))
        .chain(numbered)
        .find(|candidate| !names.contains(candidate))
}

/// What a person should know before.
fn notes(
    secret: &SecretView,
    copied: &[VersionView],
    target: CopySide<'_>,
    secret_type: SecretType,
) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |applies: bool, text: &str| {
        if applies {
            notes.push(text.to_owned());
        }
    };
    let metadata = &secret.metadata;
    note(
        secret_type != metadata.detail.secret_type(),
        "It becomes an imported certificate: the other instance does not renew it.",
    );
    note(
        metadata.locks_total > 0,
        "Its locks stay here; the copy has none.",
    );
    note(
        secret.reminder.is_some() && !target.is_keyturn,
        "Its reminder stays here: the other instance has none.",
    );
    if let Detail::UsernamePassword(detail) = &metadata.detail {
        note(
            detail.rotation.auto_rotate,
            "Its rotation policy comes along, so that each of the two gets passwords of its own from \
             the next rotation on.",
        );
        note(
            !detail
                .password_generation_policy
                .exclude_characters
                .is_empty()
                && !target.is_keyturn,
            "The characters that its passwords leave out are not known there.",
        );
    }
    let binary = copied.iter().filter(|view| view.binary).count();
    note(
        binary > 0 && binary < copied.len(),
        "Some versions are text and some are files. Over the API one label tells of all of them \
         together, as the current version is.",
    );
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_name_is_the_first_that_nobody_has() {
        let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(free_name("db", &names(&["db"])).unwrap(), "db-copy");
        let taken = names(&["db", "db-copy", "db-copy-2"]);
        assert_eq!(free_name("db", &taken).unwrap(), "db-copy-3");
        let long = "x".repeat(fields::NAME_CHARS);
        let free = free_name(&long, &names(&[&long])).unwrap();
        assert!(fields::check_name(&free).is_ok());
    }
}
