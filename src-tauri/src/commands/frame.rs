//! The frame: which instances there are, and which of them is the active one.

use keyturn_api::Result;

use super::{Shared, blocking, parse_id};
use crate::desk::instances::{ActiveInstance, AppStatus};

/// What the frame shows. Waits for an instance that is being opened, for a moment.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_status(desk: Shared<'_>) -> Result<AppStatus> {
    desk.settled().await;
    blocking(&desk, |desk| desk.status()).await
}

/// Makes an instance the active one, opened if its key lies in the keyring; locks the one before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_instance(desk: Shared<'_>, id: String) -> Result<ActiveInstance> {
    let id = parse_id(&id)?;
    blocking(&desk, move |desk| desk.open(id)).await
}

/// Gives an instance another name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rename_instance(desk: Shared<'_>, id: String, name: String) -> Result<()> {
    let id = parse_id(&id)?;
    blocking(&desk, move |desk| desk.rename(id, &name)).await
}

/// Gives an instance another colour, 0 to 7.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_instance_color(desk: Shared<'_>, id: String, color: u8) -> Result<()> {
    let id = parse_id(&id)?;
    blocking(&desk, move |desk| desk.set_color(id, color)).await
}

/// Deletes an instance's vault for good, or forgets a remote instance with its key; its name must
/// have been typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_instance(
    desk: Shared<'_>,
    id: String,
    typed_name: String,
) -> Result<()> {
    let id = parse_id(&id)?;
    blocking(&desk, move |desk| desk.remove(id, &typed_name)).await
}

/// Somebody is at the window: begins the time until it locks itself anew.
#[tauri::command]
#[specta::specta]
pub(crate) async fn touch(desk: Shared<'_>) -> Result<()> {
    desk.activity.touch();
    Ok(())
}
