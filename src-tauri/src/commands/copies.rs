//! Copying secrets of the active instance to another one. That one is open only meanwhile.

use keyturn_api::Result;
use keyturn_api::copy::{CopyPlan, CopyReport, CopyRequest};

use super::{Shared, blocking, parse_id};
use crate::desk::beside::{CopyTarget, Target};

/// The instances that secrets can be copied to, and why not to some.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_targets(desk: Shared<'_>) -> Result<Vec<CopyTarget>> {
    blocking(&desk, |desk| desk.copy_targets()).await
}

/// What a copy will be. Opens the target, which stays open until `end_copy`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_plan(
    desk: Shared<'_>,
    target: String,
    request: CopyRequest,
) -> Result<CopyPlan> {
    let target = open(&desk, &target).await?;
    desk.plan_copy(&target, &request).await
}

/// Copies a secret; tells how far it is as it goes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_secret(
    desk: Shared<'_>,
    target: String,
    request: CopyRequest,
) -> Result<CopyReport> {
    let target = open(&desk, &target).await?;
    desk.run_copy(&target, &request).await
}

/// Ends a copy before its next version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_copy(desk: Shared<'_>) -> Result<()> {
    desk.cancel_copy();
    Ok(())
}

/// Removes what an unfinished copy left in the target.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_copy(desk: Shared<'_>, target: String, secret_id: String) -> Result<()> {
    let target = open(&desk, &target).await?;
    desk.remove_part(&target, &secret_id).await
}

/// Closes the target.
#[tauri::command]
#[specta::specta]
pub(crate) async fn end_copy(desk: Shared<'_>) -> Result<()> {
    blocking(&desk, |desk| {
        desk.end_copy();
        Ok(())
    })
    .await
}

async fn open(desk: &Shared<'_>, target: &str) -> Result<Target> {
    let id = parse_id(target)?;
    blocking(desk, move |desk| desk.open_target(id)).await
}
