//! `delete_secret_group`: only an empty one goes.

use keyturn_api::{Action, Caller, Code, Problem, Result};
use uuid::Uuid;

use super::{list, read};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{GroupsRecord, group_of, group_use_key},
};

pub(crate) async fn delete(vault: &Opened, caller: &Caller, id: &str) -> Result<()> {
    caller.may(Action::SecretGroupDelete)?;
    let unknown = || Problem::not_found("secret group");
    let group = group_of(id)
        .filter(|_| caller.reaches(id))
        .ok_or_else(unknown)?;
    if group.is_nil() {
        return Err(Problem::field("id", list::DEFAULT_STAYS));
    }
    loop {
        let now = vault.now();
        let (mut groups, revision) = read(vault)?;
        groups.find(group).ok_or_else(unknown)?;
        // Read before looking whether it is empty: a secret that comes later changes the mark.
        let mark = vault.get(&group_use_key(group))?.map(|row| row.revision);
        if let Some(inside) = list::inside(vault, group) {
            let words = list::words(vault, caller, &inside);
            return Err(Problem::new(Code::NotEmpty, words).remedy(
                "Delete these secrets first; a secret cannot move to another group. Nothing was \
                 changed.",
            ));
        }
        groups
            .groups
            .retain(|other| Uuid::from_bytes(other.id) != group);
        let mut write = Write::new(Entry::new(Action::SecretGroupDelete, caller, group, now));
        write.expect(GroupsRecord::KEY.to_vec(), revision);
        write.expect(group_use_key(group), mark);
        write.put(GroupsRecord::KEY.to_vec(), groups.seal(vault.keys()));
        if mark.is_some() {
            write.delete(group_use_key(group));
        }
        match vault.write(write).await {
            Ok(_) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
