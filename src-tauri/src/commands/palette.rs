//! The palette: one field that finds secrets of every instance.

use keyturn_api::Result;

use super::Shared;
use crate::desk::search::FoundSecret;

/// The first secrets that match a text, those of the active instance first. Too short a text finds
/// nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search_everywhere(desk: Shared<'_>, text: String) -> Result<Vec<FoundSecret>> {
    desk.search_everywhere(&text).await
}
