//! What differs between two versions, or between the current one and what is about to replace it.

use keyturn_api::version::Compared;
use keyturn_api::{Comparison, Result, ShownComparison, VersionRef};
use serde::Serialize;
use specta::Type;

use super::Shared;
use crate::types::{Given, RotationInputForm};

/// What differs, to be shown for a time.
#[derive(Serialize, Type)]
pub(crate) struct RevealedComparison {
    comparison: ShownComparison,
    /// How long to show it.
    seconds: u32,
}

/// What differs between two versions (`current`, `previous` or ids), without their values.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compare_versions(
    desk: Shared<'_>,
    id: String,
    older: String,
    newer: String,
) -> Result<Comparison> {
    let (older, with) = versions(&older, &newer)?;
    let instance = desk.instance()?;
    instance.compare(desk.owner(), &id, &older, with).await
}

/// The same with the values.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal_comparison(
    desk: Shared<'_>,
    id: String,
    older: String,
    newer: String,
) -> Result<RevealedComparison> {
    let (older, with) = versions(&older, &newer)?;
    reveal(&desk, &id, &older, with).await
}

/// What a rotation would change, without the values.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compare_rotation(
    desk: Shared<'_>,
    id: String,
    input: RotationInputForm,
) -> Result<Comparison> {
    let with = Compared::Input(input.parse(&Given::files(&desk.files))?);
    let instance = desk.instance()?;
    instance
        .compare(desk.owner(), &id, &VersionRef::CURRENT, with)
        .await
}

/// The same with the values.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal_rotation_comparison(
    desk: Shared<'_>,
    id: String,
    input: RotationInputForm,
) -> Result<RevealedComparison> {
    let with = Compared::Input(input.parse(&Given::files(&desk.files))?);
    reveal(&desk, &id, &VersionRef::CURRENT, with).await
}

async fn reveal(
    desk: &Shared<'_>,
    id: &str,
    version: &VersionRef,
    with: Compared,
) -> Result<RevealedComparison> {
    let instance = desk.instance()?;
    let comparison = instance
        .compare_shown(desk.owner(), id, version, with)
        .await?;
    Ok(RevealedComparison {
        comparison,
        seconds: desk.settings.current().reveal_seconds,
    })
}

fn versions(older: &str, newer: &str) -> Result<(VersionRef, Compared)> {
    let older = VersionRef::parse("older", older)?;
    Ok((older, Compared::Version(VersionRef::parse("newer", newer)?)))
}
