//! Files the person picks, for which the page gets a token, never a path; and whether what is typed
//! instead would do.

use keyturn_api::{Plaintext, Result};
use tauri::WebviewWindow;

use super::Shared;
use crate::files::dialog;
use crate::files::{FilePurpose, PickedFile};

/// Asks for a file in the native dialog, reads and checks it; nothing if the person cancels.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_file(
    window: WebviewWindow,
    desk: Shared<'_>,
    purpose: FilePurpose,
) -> Result<Option<PickedFile>> {
    dialog::pick(&window, desk.inner(), purpose).await
}

/// Whether a text is what the purpose takes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_value(purpose: FilePurpose, text: String) -> Result<()> {
    purpose.check(&Plaintext::text(text))
}

/// Whether a dropped file is what the purpose of its place takes; else it is forgotten.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_file(
    desk: Shared<'_>,
    token: String,
    purpose: FilePurpose,
) -> Result<()> {
    desk.files.check(&token, purpose)
}

/// Forgets a file that is not needed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn discard_file(desk: Shared<'_>, token: String) -> Result<()> {
    desk.files.discard(&[token]);
    Ok(())
}

/// The text of a dropped file that shall be metadata; the file is forgotten.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_metadata_file(desk: Shared<'_>, token: String) -> Result<String> {
    desk.files.take_metadata(&token)
}
