//! `create_secret_group`.

use keyturn_api::{Action, Caller, Code, NewSecretGroup, Problem, Result, SecretGroupView, fields};
use uuid::Uuid;

use super::{check_name, list::view, read};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{GroupRecord, GroupsRecord},
};

pub(crate) async fn create(
    vault: &Opened,
    caller: &Caller,
    new: NewSecretGroup,
) -> Result<SecretGroupView> {
    caller.may(Action::SecretGroupCreate)?;
    new.check()?;
    vault.require_recovery()?;
    let id = Uuid::new_v4();
    loop {
        let now = vault.now();
        let (mut groups, revision) = read(vault)?;
        check_name(&groups, id, &new.name)?;
        if groups.groups.len() >= fields::GROUPS {
            return Err(Problem::new(
                Code::LimitReached,
                format!("An instance has at most {} secret groups.", fields::GROUPS),
            )
            .remedy("Delete a group that is empty."));
        }
        let group = GroupRecord {
            id: *id.as_bytes(),
            name: new.name.clone(),
            description: new.description.clone().filter(|text| !text.is_empty()),
            created_at: now.millis(),
            created_by: caller.id.clone(),
            updated_at: now.millis(),
        };
        groups.groups.push(group.clone());
        let mut write = Write::new(Entry::new(Action::SecretGroupCreate, caller, id, now));
        write.expect(GroupsRecord::KEY.to_vec(), revision);
        write.put(GroupsRecord::KEY.to_vec(), groups.seal(vault.keys()));
        match vault.write(write).await {
            Ok(_) => return Ok(view(vault, caller, group.view(), None)),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
