//! `list_secret_groups`.

use keyturn_api::{Action, Caller, Other, Result, SecretGroup, SecretGroupView, Timestamp, fields};
use uuid::Uuid;

use super::read;
use crate::{
    index::Inside,
    opened::Opened,
    records::{GroupRecord, group_of},
    secrets,
};

/// Why `default` is neither renamed nor deleted.
pub(super) const DEFAULT_STAYS: &str = "Every instance has the group default; it stays as it is.";

/// Secrets of a group that a refusal names, at most.
const NAMED: usize = 5;

/// `default` first, the others by name; only those within the caller's reach.
pub(crate) fn list(vault: &Opened, caller: &Caller) -> Result<Vec<SecretGroupView>> {
    caller.may(Action::SecretGroupsList)?;
    let inside = vault.index().by_group(NAMED);
    let mut groups: Vec<SecretGroup> = read(vault)?
        .0
        .groups
        .iter()
        .map(GroupRecord::view)
        .collect();
    groups.sort_by_cached_key(|group| group.name.to_lowercase());
    groups.insert(0, default_group());
    groups.retain(|group| caller.reaches(&group.id));
    Ok(groups
        .into_iter()
        .map(|group| {
            let inside = group_of(&group.id).and_then(|id| inside.get(&id));
            view(vault, caller, group, inside)
        })
        .collect())
}

/// A group with what can be done to it.
pub(super) fn view(
    vault: &Opened,
    caller: &Caller,
    group: SecretGroup,
    inside: Option<&Inside>,
) -> SecretGroupView {
    let stays = (group.id == fields::DEFAULT_GROUP).then(|| DEFAULT_STAYS.to_owned());
    let role = |action: Action| caller.may(action).err().map(|problem| problem.message);
    SecretGroupView {
        secrets_total: inside.map_or(0, |inside| inside.total),
        edit_hindrance: role(Action::SecretGroupUpdate).or_else(|| stays.clone()),
        delete_hindrance: role(Action::SecretGroupDelete)
            .or(stays)
            .or_else(|| inside.map(|inside| words(vault, caller, inside))),
        group,
    }
}

/// What is in a group; none: nothing.
pub(super) fn inside(vault: &Opened, group: Uuid) -> Option<Inside> {
    vault.index().by_group(NAMED).remove(&group)
}

/// What is in a group, in one sentence.
pub(super) fn words(vault: &Opened, caller: &Caller, inside: &Inside) -> String {
    let mut names: Vec<String> = inside
        .some
        .iter()
        .filter_map(|&id| Some(secrets::find(vault, caller, id).ok()?.record.name))
        .collect();
    names.sort_unstable();
    let total = inside.total as usize;
    let more = total.saturating_sub(names.len());
    if more > 0 {
        names.push(format!("{} more", fields::grouped(more)));
    }
    let secrets = if total == 1 { "secret" } else { "secrets" };
    format!(
        "The group holds {} {secrets}: {}.",
        fields::grouped(total),
        names.join(", ")
    )
}

fn default_group() -> SecretGroup {
    SecretGroup {
        id: fields::DEFAULT_GROUP.to_owned(),
        name: fields::DEFAULT_GROUP.to_owned(),
        description: "Where secrets are that belong to no other group.".to_owned(),
        created_at: Timestamp::EPOCH,
        created_by: "local".to_owned(),
        updated_at: Timestamp::EPOCH,
        other: Other::new(),
    }
}
