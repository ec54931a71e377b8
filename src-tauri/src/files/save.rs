//! Saves a value to a file the person chooses, with its very bytes.

use std::sync::Arc;

use keyturn_api::{Result, VersionRef};
use serde::Serialize;
use specta::Type;
use tauri::WebviewWindow;

use super::{dialog, file_problem, shown_name};
use crate::desk::Desk;
use crate::{value, whole_file};

/// A value that was saved.
#[derive(Serialize, Type)]
pub(crate) struct SaveReceipt {
    /// Name of the file, without its folder.
    pub(crate) name: String,
    /// Bytes.
    pub(crate) size: u32,
}

/// Asks where to save the value of a version, and only then reads it; none if the person cancels.
pub(crate) async fn save_version(
    window: &WebviewWindow,
    desk: Arc<Desk>,
    id: &str,
    version: &VersionRef,
) -> Result<Option<SaveReceipt>> {
    let shown = desk
        .instance()?
        .version_metadata(desk.owner(), id, version)
        .await?;
    let kind = shown.metadata.secret_type.file_extension(shown.binary);
    let proposal = format!("{}.{kind}", shown.metadata.secret_name);
    let Some(path) = dialog::ask_save(window, &proposal).await? else {
        return Ok(None);
    };
    let value = value::of(desk.instance()?.version(desk.owner(), id, version).await?)?;
    let saved = tauri::async_runtime::spawn_blocking(move || {
        let name = shown_name(&path);
        whole_file::write(&path, value.bytes())
            .map_err(|error| file_problem(&format!("\"{name}\" was not saved"), &error))?;
        Ok(SaveReceipt {
            name,
            size: u32::try_from(value.bytes().len()).unwrap_or(u32::MAX),
        })
    });
    saved
        .await
        .unwrap_or_else(|_| Err(super::refused("The file was not saved.")))
        .map(Some)
}
