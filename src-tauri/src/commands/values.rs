//! Values: shown for a time, copied, or saved to a file. Each is recorded before it leaves the instance.

use std::sync::Arc;

use data_encoding::BASE64;
use keyturn_api::{Result, VersionRef};
use serde::Serialize;
use specta::Type;
use tauri::WebviewWindow;

use super::{Shared, blocking};
use crate::files::save::{SaveReceipt, save_version as save};
use crate::value;

/// A value on the screen.
#[derive(Serialize, Type)]
pub(crate) struct Revealed {
    /// The user name that belongs to the value, for types that have one.
    pub(crate) username: Option<String>,
    /// The value, unless it is binary.
    pub(crate) text: Option<String>,
    /// The value as base64, if it is binary.
    pub base64: Option<String>,
    /// Bytes of the value.
    pub(crate) size: u32,
    /// How long to show it.
    pub(crate) seconds: u32,
}

/// A value on the clipboard.
#[derive(Serialize, Type)]
pub(crate) struct CopyReceipt {
    /// When the clipboard is cleared, unless something else lies there by then.
    pub(crate) seconds: u32,
}

/// The value of a version (`current`, `previous` or an id), to be shown for a time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal_version(
    desk: Shared<'_>,
    id: String,
    version: String,
) -> Result<Revealed> {
    let version = VersionRef::parse("version", &version)?;
    let payload = value::payload(
        desk.instance()?
            .version(desk.owner(), &id, &version)
            .await?,
    )?;
    let username = payload.username().map(ToOwned::to_owned);
    let value = payload.into_value();
    Ok(Revealed {
        username,
        text: (!value.is_binary()).then(|| value.wire().to_string()),
        base64: value.is_binary().then(|| BASE64.encode(value.bytes())),
        size: u32::try_from(value.bytes().len()).unwrap_or(u32::MAX),
        seconds: desk.settings.current().reveal_seconds,
    })
}

/// Puts the value of a version onto the clipboard, for a time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_version(
    desk: Shared<'_>,
    id: String,
    version: String,
) -> Result<CopyReceipt> {
    let version = VersionRef::parse("version", &version)?;
    let value = value::of(
        desk.instance()?
            .version(desk.owner(), &id, &version)
            .await?,
    )?;
    let seconds = desk.settings.current().clipboard_seconds;
    blocking(&desk, move |desk| {
        desk.clipboard.copy(value.wire(), seconds)?;
        // Locking clears the clipboard, but may have been before this.
        desk.instance()
            .map(|_| ())
            .inspect_err(|_| desk.clipboard.clear_ours())
    })
    .await?;
    Ok(CopyReceipt { seconds })
}

/// Clears the clipboard, if what Keyturn put there still lies there.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clear_clipboard(desk: Shared<'_>) -> Result<()> {
    blocking(&desk, |desk| {
        desk.clipboard.clear_ours();
        Ok(())
    })
    .await
}

/// Saves the value of a version to a file the person chooses; nothing if they cancel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_version(
    window: WebviewWindow,
    desk: Shared<'_>,
    id: String,
    version: String,
) -> Result<Option<SaveReceipt>> {
    let version = VersionRef::parse("version", &version)?;
    save(&window, Arc::clone(desk.inner()), &id, &version).await
}
