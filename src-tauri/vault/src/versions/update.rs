//! `update_secret_version_metadata`.

use keyturn_api::{
    Action, Caller, Code, Metadata, Problem, Result, Revision, VersionRef, VersionView, fields,
};
use uuid::Uuid;

use super::locate;
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::VersionRecord,
    secrets,
};

/// Replaces the custom metadata of a version; an empty object removes it.
pub(crate) async fn update(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
    metadata: Metadata,
    expect: Option<&Revision>,
) -> Result<VersionView> {
    caller.may(Action::SecretVersionMetadataUpdate)?;
    fields::check_metadata("version_custom_metadata", Some(&metadata))?;
    loop {
        let now = vault.now();
        let found = secrets::find(vault, caller, id)?;
        let located = locate(vault, id, &found.record, version)?;
        if expect.is_some_and(|seen| seen.0 != located.revision.to_string()) {
            return Err(Problem::new(
                Code::Conflict,
                "Somebody else edited the metadata of this version after you opened it. Nothing \
                 was changed.",
            )
            .remedy("Look at the change, then decide again."));
        }
        let (entry, mut record) = (located.entry, located.record);
        record.custom_metadata = secrets::kept_metadata(metadata.clone());
        let key = VersionRecord::key(&entry.serial);
        let mut write = Write::new(Entry::new(
            Action::SecretVersionMetadataUpdate,
            caller,
            id,
            now,
        ));
        write.expect(key.clone(), Some(located.revision));
        write.put(key, record.seal(vault.keys(), id, entry.number));
        match vault.write(write).await {
            Ok(revision) => {
                let reads = secrets::reads(vault, id)?;
                return Ok(record.view(id, &found.record, &entry, revision, &reads, now));
            }
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
