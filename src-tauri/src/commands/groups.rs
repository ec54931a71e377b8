//! Secret groups.

use keyturn_api::{NewSecretGroup, Result, SecretGroupPatch, SecretGroupView};

use super::Shared;

/// Every group, `default` first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_groups(desk: Shared<'_>) -> Result<Vec<SecretGroupView>> {
    desk.instance()?.secret_groups(desk.owner()).await
}

/// Creates a group.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_group(
    desk: Shared<'_>,
    group: NewSecretGroup,
) -> Result<SecretGroupView> {
    desk.instance()?
        .create_secret_group(desk.owner(), group)
        .await
}

/// Changes name or description of a group.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_group(
    desk: Shared<'_>,
    id: String,
    patch: SecretGroupPatch,
) -> Result<SecretGroupView> {
    let instance = desk.instance()?;
    instance.update_secret_group(desk.owner(), &id, patch).await
}

/// Deletes a group that is empty.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_group(desk: Shared<'_>, id: String) -> Result<()> {
    desk.instance()?
        .delete_secret_group(desk.owner(), &id)
        .await
}
