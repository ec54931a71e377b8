//! The HTTP API of the active vault: its switch and port, and the keys that programs come in with.

use keyturn_api::{ApiKey, Keys, NewApiKey, Result};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::values::CopyReceipt;
use super::{Shared, blocking};
use crate::api_access::ApiAccess;

/// A change of switch or port: what is absent stays.
#[derive(Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ApiAccessChange {
    enabled: Option<bool>,
    port: Option<u16>,
}

/// An API key that was just made.
#[derive(Serialize, Type)]
pub(crate) struct CreatedApiKey {
    /// As lists show it.
    key: ApiKey,
    /// The key itself, to be shown once.
    text: String,
}

/// Whether the active vault is served to programs on this computer, and where.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_api_access(desk: Shared<'_>) -> Result<ApiAccess> {
    Ok(desk.api_access()?.outcome().await)
}

/// Turns it on or off, or changes the port; what came of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_api_access(desk: Shared<'_>, change: ApiAccessChange) -> Result<ApiAccess> {
    let changed = blocking(&desk, move |desk| {
        desk.vault()?.change_settings(desk.owner(), |known| {
            known.api_access = change.enabled.unwrap_or(known.api_access);
            known.api_port = change.port.unwrap_or(known.api_port);
        })?;
        desk.api_access()
    });
    Ok(changed.await?.outcome().await)
}

/// Every API key, by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_api_keys(desk: Shared<'_>) -> Result<Vec<ApiKey>> {
    desk.vault()?.api_keys(desk.owner()).await
}

/// Makes an API key, and keeps its text to be copied until it is forgotten.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_api_key(desk: Shared<'_>, key: NewApiKey) -> Result<CreatedApiKey> {
    let made = desk.vault()?.create_api_key(desk.owner(), key).await?;
    desk.shown_api_key.show(&made);
    Ok(CreatedApiKey {
        text: made.secret.to_string(),
        key: made.key,
    })
}

/// Puts the API key that is shown onto the clipboard, for a time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_api_key(desk: Shared<'_>) -> Result<CopyReceipt> {
    let seconds = desk.settings.current().clipboard_seconds;
    blocking(&desk, move |desk| {
        desk.clipboard.copy(desk.shown_api_key.text()?, seconds)?;
        // Locking clears the clipboard, but may have been before this.
        desk.vault()
            .map(|_| CopyReceipt { seconds })
            .inspect_err(|_| desk.clipboard.clear_ours())
    })
    .await
}

/// The API key is not shown any longer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_api_key(desk: Shared<'_>) -> Result<()> {
    desk.shown_api_key.forget();
    Ok(())
}

/// Revokes an API key: it and its tokens let nobody in from now on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn revoke_api_key(desk: Shared<'_>, id: String) -> Result<()> {
    desk.vault()?.delete_api_key(desk.owner(), &id).await
}
