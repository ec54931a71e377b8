//! Private certificates: what would be issued, and revoking.

use keyturn_api::secret::private_cert::{PrivateCertOutlook, Rotation};
use keyturn_api::{Result, Timestamp, VersionRef};

use super::Shared;
use crate::files::certificates::{PartInput, csr_pem};
use crate::types::{Given, NewPrivateCertForm};

/// What a private certificate would be, or the rule that forbids it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_private_cert(
    desk: Shared<'_>,
    secret_group_id: String,
    form: NewPrivateCertForm,
) -> Result<PrivateCertOutlook> {
    let new = form.parse(&Given::files(&desk.files))?;
    desk.instance()?
        .private_cert_outlook(desk.owner(), &secret_group_id, &new)
        .await
}

/// What the next version of a private certificate would be, or the rule that forbids it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_private_cert_rotation(
    desk: Shared<'_>,
    id: String,
    csr: Option<PartInput>,
) -> Result<PrivateCertOutlook> {
    let rotation = Rotation::new(csr_pem(csr.as_ref(), &desk.files)?);
    desk.instance()?
        .private_cert_rotation_outlook(desk.owner(), &id, &rotation)
        .await
}

/// Revokes the private certificate of a version (`current`, `previous` or an id). When it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn revoke_certificate(
    desk: Shared<'_>,
    id: String,
    version: String,
) -> Result<Timestamp> {
    let version = VersionRef::parse("version", &version)?;
    desk.instance()?
        .revoke_certificate(desk.owner(), &id, &version)
        .await
}
