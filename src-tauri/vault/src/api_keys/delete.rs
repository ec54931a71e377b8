//! `delete_api_key`: revokes it.

use keyturn_api::{Action, Caller, Problem, Result};
use uuid::Uuid;

use super::read;
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::ApiKeysRecord,
};

pub(super) async fn delete(vault: &Opened, caller: &Caller, id: &str) -> Result<()> {
    caller.may(Action::ApiKeyDelete)?;
    let unknown = || Problem::not_found("API key");
    let id = Uuid::try_parse(id).map_err(|_| unknown())?;
    loop {
        let (mut keys, revision) = read(vault)?;
        let before = keys.keys.len();
        keys.keys.retain(|key| key.id != *id.as_bytes());
        if keys.keys.len() == before {
            return Err(unknown());
        }
        let entry = Entry::new(Action::ApiKeyDelete, caller, id, vault.now());
        let mut write = Write::new(entry);
        write.expect(ApiKeysRecord::KEY.to_vec(), revision);
        write.put(ApiKeysRecord::KEY.to_vec(), keys.seal(vault.keys()));
        write.index_api_keys(keys);
        match vault.write(write).await {
            Ok(_) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
