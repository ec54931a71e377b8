//! API keys of IAM credentials that are still to be removed in IAM.

use keyturn_api::{PendingRemoval, Result};

use super::Shared;

/// API keys that could not be removed in IAM yet, the oldest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pending_removals(desk: Shared<'_>) -> Result<Vec<PendingRemoval>> {
    desk.instance()?.pending_removals(desk.owner()).await
}

/// Tries one of them now; what is left then.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_removal(desk: Shared<'_>, id: String) -> Result<Vec<PendingRemoval>> {
    desk.instance()?.retry_removal(desk.owner(), &id).await
}

/// Gives one of them up: what is left in IAM stays there. What is left to be removed then.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_removal(desk: Shared<'_>, id: String) -> Result<Vec<PendingRemoval>> {
    let instance = desk.instance()?;
    instance.forget_removal(desk.owner(), &id).await?;
    instance.pending_removals(desk.owner()).await
}
