//! Locks of the versions of a secret.

use keyturn_api::{
    ListLocks, Lock, LockMode, NewLock, NewLocks, Page, Result, SecretLocks, VersionRef,
    parse_metadata,
};
use serde::Deserialize;
use specta::Type;

use super::Shared;

/// A lock as it is filled in.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct LockForm {
    name: String,
    description: String,
    /// JSON; may be blank.
    attributes: String,
}

impl LockForm {
    fn parse(self) -> Result<NewLock> {
        Ok(NewLock {
            name: self.name,
            description: Some(self.description).filter(|text| !text.is_empty()),
            attributes: parse_metadata("attributes", &self.attributes)?,
        })
    }
}

/// A page of the locks on the current and the previous version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_locks(
    desk: Shared<'_>,
    id: String,
    query: ListLocks,
) -> Result<Page<Lock>> {
    let instance = desk.instance()?;
    instance.secret_locks(desk.owner(), &id, None, &query).await
}

/// Puts locks on a version (`current`, `previous` or an id).
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_locks(
    desk: Shared<'_>,
    id: String,
    version: String,
    locks: Vec<LockForm>,
    mode: Option<LockMode>,
) -> Result<SecretLocks> {
    let version = VersionRef::parse("version", &version)?;
    let locks = locks
        .into_iter()
        .map(LockForm::parse)
        .collect::<Result<_>>()?;
    let new = NewLocks { locks, mode };
    let instance = desk.instance()?;
    instance
        .create_locks(desk.owner(), &id, &version, new)
        .await
}

/// Removes locks from a version; without names all of them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_locks(
    desk: Shared<'_>,
    id: String,
    version: String,
    names: Option<Vec<String>>,
) -> Result<SecretLocks> {
    let version = VersionRef::parse("version", &version)?;
    let instance = desk.instance()?;
    instance
        .delete_locks(desk.owner(), &id, Some(&version), names.as_deref())
        .await
}
