//! API keys of IAM credentials that are still to be removed in IAM. A remote instance keeps its own
//! and tells nobody of them.

use keyturn_api::{Code, Result};
use keyturn_vault::PendingRemoval;

use super::{Shared, parse_id};

/// API keys that could not be removed in IAM yet, the oldest first; none of a remote instance.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pending_removals(desk: Shared<'_>) -> Result<Vec<PendingRemoval>> {
    match desk.vault() {
        Ok(vault) => vault.pending_removals(desk.owner()),
        Err(problem) if problem.code == Code::NotSupported => Ok(Vec::new()),
        Err(problem) => Err(problem),
    }
}

/// Tries one of them now; what is left then.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_removal(desk: Shared<'_>, id: String) -> Result<Vec<PendingRemoval>> {
    let id = parse_id(&id)?;
    desk.vault()?.retry_removal(desk.owner(), id).await
}
