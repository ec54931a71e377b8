//! `update_secret_group`.

use keyturn_api::{Action, Caller, Problem, Result, SecretGroupPatch, SecretGroupView};
use uuid::Uuid;

use super::{check_name, list, read};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{GroupsRecord, group_of},
};

pub(crate) async fn update(
    vault: &Opened,
    caller: &Caller,
    id: &str,
    patch: SecretGroupPatch,
) -> Result<SecretGroupView> {
    caller.may(Action::SecretGroupUpdate)?;
    patch.check()?;
    let group = group_of(id)
        .filter(|_| caller.reaches(id))
        .ok_or_else(|| Problem::not_found("secret group"))?;
    if group.is_nil() {
        return Err(Problem::field("id", list::DEFAULT_STAYS));
    }
    loop {
        let now = vault.now();
        let (mut groups, revision) = read(vault)?;
        if let Some(name) = &patch.name {
            check_name(&groups, group, name)?;
        }
        let listed = groups
            .groups
            .iter_mut()
            .find(|other| Uuid::from_bytes(other.id) == group)
            .ok_or_else(|| Problem::not_found("secret group"))?;
        if let Some(name) = &patch.name {
            listed.name.clone_from(name);
        }
        if let Some(text) = &patch.description {
            listed.description = Some(text.clone()).filter(|text| !text.is_empty());
        }
        listed.updated_at = now.millis();
        let changed = listed.view();
        let mut write = Write::new(Entry::new(Action::SecretGroupUpdate, caller, group, now));
        write.expect(GroupsRecord::KEY.to_vec(), revision);
        write.put(GroupsRecord::KEY.to_vec(), groups.seal(vault.keys()));
        match vault.write(write).await {
            Ok(_) => {
                let inside = list::inside(vault, group);
                return Ok(list::view(vault, caller, changed, inside.as_ref()));
            }
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
