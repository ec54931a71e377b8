//! `delete_secret`: metadata and all versions, for good.

use keyturn_api::{Action, Caller, Result, Revision, SecretType, lock};
use uuid::Uuid;

use super::read;
use crate::{
    acme,
    audit::Entry,
    iam,
    opened::{Opened, Write, WriteError},
    records::{Reads, SecretRecord, VersionRecord, name_key, value_key},
    versions::check_revision,
};

pub(crate) async fn delete(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    expect: Option<&Revision>,
) -> Result<()> {
    caller.may(Action::SecretDelete)?;
    loop {
        let found = read::find(vault, caller, id)?;
        check_revision(vault, &found, expect)?;
        let record = found.record;
        if record.locks_total() > 0 {
            return Err(lock::locked().remedy("Remove its locks first. Nothing was changed."));
        }
        let mut write = Write::new(Entry::new(Action::SecretDelete, caller, id, vault.now()));
        write.expect(SecretRecord::key(id), Some(found.revision));
        write.delete(SecretRecord::key(id));
        write.delete(Reads::key(id));
        write.delete(name_key(vault.keys(), record.secret_type(), &record.name));
        record.delete_request_key(id, &mut write);
        if record.secret_type() == SecretType::PublicCert {
            acme::delete_order(vault, id, &mut write)?;
        }
        let mut keys = Vec::new();
        if record.secret_type() == SecretType::IamCredentials {
            keys = iam::release_all(vault, id, &mut write)?;
        }
        for version in &record.versions {
            write.delete(VersionRecord::key(&version.serial));
            if version.has_value {
                write.delete(value_key(&version.serial));
            }
        }
        write.index_remove(id);
        match vault.write(write).await {
            Ok(_) => {
                iam::remove_now(vault, &keys).await;
                return Ok(());
            }
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
