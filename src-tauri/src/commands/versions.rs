//! Rotation and the version history.

use keyturn_api::version::RotationInput;
use keyturn_api::{
    NewVersion, Result, Revision, RotationOutlook, VersionRef, VersionView, parse_metadata,
};

use super::Shared;
use super::rotation_forms::RotationForm;
use crate::certificates;
use crate::types::Given;

/// What a rotation will do, and what is in its way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_rotation(desk: Shared<'_>, id: String) -> Result<RotationOutlook> {
    desk.instance()?.rotation_outlook(desk.owner(), &id).await
}

/// Makes a new version; a conflict if somebody changed the secret since it was read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rotate_secret(
    desk: Shared<'_>,
    id: String,
    form: RotationForm,
) -> Result<VersionView> {
    let (instance, revision, tokens) = (desk.instance()?, form.revision.clone(), form.tokens());
    let mut given = Given::files(&desk.files);
    if form.carries_over() {
        given.current = certificates::current(&*instance, desk.owner(), &id).await?;
    }
    let new = form.parse(&given)?;
    let version = instance
        .create_version(desk.owner(), &id, new, Some(&revision))
        .await?;
    desk.files.discard(&tokens);
    Ok(version.view)
}

/// Every version, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_versions(desk: Shared<'_>, id: String) -> Result<Vec<VersionView>> {
    let mut versions = desk.instance()?.versions(desk.owner(), &id).await?;
    versions.reverse();
    Ok(versions)
}

/// Makes a new version with the value of an older one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_version(
    desk: Shared<'_>,
    id: String,
    version_id: String,
    revision: Revision,
) -> Result<VersionView> {
    let from = VersionRef::parse("version_id", &version_id)?;
    let new = NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::Restore { from },
    };
    let instance = desk.instance()?;
    let version = instance
        .create_version(desk.owner(), &id, new, Some(&revision))
        .await?;
    Ok(version.view)
}

/// Replaces the metadata of a version; blank text removes it. A conflict if somebody changed it since
/// it was read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_version_metadata(
    desk: Shared<'_>,
    id: String,
    version_id: String,
    text: String,
    revision: Revision,
) -> Result<VersionView> {
    let version = VersionRef::parse("version_id", &version_id)?;
    let metadata = parse_metadata("version_custom_metadata", &text)?.unwrap_or_default();
    desk.instance()?
        .update_version(desk.owner(), &id, &version, metadata, Some(&revision))
        .await
}
