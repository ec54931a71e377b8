//! `delete_configuration`: what depends on it stays, and says from then on what is missing.

use keyturn_api::{Action, Caller, ConfigType, Result, Revision};
use uuid::Uuid;

use super::{catalogue, check_revision, find, put};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{CrlRecord, authority_key},
};

pub(crate) async fn delete(
    vault: &Opened,
    caller: &Caller,
    config_type: ConfigType,
    name: &str,
    expect: Option<&Revision>,
) -> Result<()> {
    caller.may(Action::ConfigurationDelete)?;
    loop {
        let (mut catalogue, revision) = catalogue(vault)?;
        let record = find(&catalogue, config_type, name)?;
        check_revision(&record, expect)?;
        catalogue.configurations.retain(|one| one.id != record.id);
        let id = Uuid::from_bytes(record.id);
        let mut write = Write::new(Entry::new(
            Action::ConfigurationDelete,
            caller,
            id,
            vault.now(),
        ));
        if record.is_authority() {
            write.delete(authority_key(record.id));
            write.delete(CrlRecord::key(record.id));
        }
        put(vault, &catalogue, revision, &mut write);
        match vault.write(write).await {
            Ok(_) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
