//! The group of a copy: groups are told apart by name, because ids differ between instances.

use super::{CopyGroup, CopySide, PlannedGroup};
use crate::{NewSecretGroup, Problem, Result, SecretGroupView, fields};

/// Name of a group in the source; its id where nobody may see the group.
pub(super) async fn name_in_source(source: CopySide<'_>, id: &str) -> Result<String> {
    let groups = source.instance.secret_groups(source.caller).await?;
    let found = groups.into_iter().find(|view| view.group.id == id);
    Ok(found.map_or_else(|| id.to_owned(), |view| view.group.name))
}

/// The groups of the target.
pub(super) async fn of_target(target: CopySide<'_>) -> Result<Vec<PlannedGroup>> {
    let groups = target.instance.secret_groups(target.caller).await?;
    Ok(groups.into_iter().map(planned).collect())
}

/// The group among them that is wished.
pub(super) fn choose(
    wish: &CopyGroup,
    source_name: &str,
    groups: &[PlannedGroup],
) -> Result<PlannedGroup> {
    let by_name = |name: &str| groups.iter().find(|group| group.name == name).cloned();
    let by_id = |id: &str| {
        let mut all = groups.iter();
        all.find(|group| group.id.as_deref() == Some(id)).cloned()
    };
    match wish {
        CopyGroup::SameName => Ok(by_name(source_name)
            .or_else(|| by_id(fields::DEFAULT_GROUP))
            .unwrap_or_else(|| PlannedGroup {
                id: Some(fields::DEFAULT_GROUP.to_owned()),
                name: fields::DEFAULT_GROUP.to_owned(),
            })),
        CopyGroup::Existing { id } => by_id(id).ok_or_else(|| {
            Problem::field("group", "This group is not there any more.")
                .remedy("Choose another group.")
        }),
        CopyGroup::New { name } => {
            fields::check_group_name(name)?;
            Ok(by_name(name).unwrap_or_else(|| PlannedGroup {
                id: None,
                name: name.clone(),
            }))
        }
    }
}

/// Id of a planned group, which is created if it is not there yet; then with true.
pub(super) async fn settle(target: CopySide<'_>, group: &PlannedGroup) -> Result<(String, bool)> {
    if let Some(id) = &group.id {
        return Ok((id.clone(), false));
    }
    let new = NewSecretGroup {
        name: group.name.clone(),
        description: None,
    };
    let made = target
        .instance
        .create_secret_group(target.caller, new)
        .await?;
    Ok((made.group.id, true))
}

fn planned(view: SecretGroupView) -> PlannedGroup {
    PlannedGroup {
        id: Some(view.group.id),
        name: view.group.name,
    }
}
