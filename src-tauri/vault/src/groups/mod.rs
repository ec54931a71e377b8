//! Secret groups: one use case a file.

mod change;
mod create;
mod delete;
mod list;

pub(crate) use change::update;
pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use list::list;

use keyturn_api::{Code, Problem, Result, Target, fields};
use uuid::Uuid;

use crate::{
    opened::{Opened, Write},
    records::{GroupsRecord, group_of, group_use_key},
};

/// The groups as they are, and the revision that a change expects.
pub(crate) fn read(vault: &Opened) -> Result<(GroupsRecord, Option<u64>)> {
    let Some(row) = vault.get(GroupsRecord::KEY)? else {
        return Ok((GroupsRecord::default(), None));
    };
    let groups = GroupsRecord::open(vault.keys(), &row.value)?;
    Ok((groups, Some(row.revision)))
}

/// The group that a new secret goes to. The commit that makes the secret fails if the group goes
/// meanwhile, and a deletion of the group sees that the secret came.
pub(crate) fn join(vault: &Opened, id: &str, write: &mut Write) -> Result<Uuid> {
    let group = group_of(id).ok_or_else(unknown)?;
    if group.is_nil() {
        return Ok(group);
    }
    let (groups, revision) = read(vault)?;
    if groups.find(group).is_none() {
        return Err(unknown());
    }
    write.expect(GroupsRecord::KEY.to_vec(), revision);
    write.put(group_use_key(group), Vec::new());
    Ok(group)
}

/// The revision of the groups, as long as a group is one of them.
pub(crate) fn revision_with(vault: &Opened, id: &str) -> Result<Option<u64>> {
    let (groups, revision) = read(vault)?;
    let known = group_of(id).is_some_and(|id| id.is_nil() || groups.find(id).is_some());
    if known { Ok(revision) } else { Err(unknown()) }
}

/// The group is not there, or not for this caller.
pub(crate) fn unknown() -> Problem {
    Problem::field("secret_group_id", "There is no such secret group.")
        .remedy("It may have been deleted. Choose another group.")
}

/// Refuses a name that another group has. `default` has its name without being listed.
fn check_name(groups: &GroupsRecord, id: Uuid, name: &str) -> Result<()> {
    let listed = groups.groups.iter();
    let mut others = listed.filter(|group| group.id != *id.as_bytes());
    if name != fields::DEFAULT_GROUP && others.all(|group| group.name != name) {
        return Ok(());
    }
    Err(Problem::new(
        Code::NameTaken,
        format!("A secret group with the same name already exists: {name}"),
    )
    .at(Target::field("name"))
    .remedy("Choose another name."))
}
