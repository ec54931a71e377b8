//! Certificates: files that hold them, what is about to be imported, and what a version says.

use std::sync::Arc;

use keyturn_api::{Result, VersionRef};
use keyturn_pki::{Certificate, CertificateFacts};
use serde::Serialize;
use specta::Type;
use tauri::WebviewWindow;
use zeroize::Zeroizing;

use super::{Shared, blocking};
use crate::certificates::deployment::{self, DeploymentCheck};
use crate::certificates::details::{CertificateDetails, ComparedCertificates};
use crate::certificates::download::{self, CertificateFormat};
use crate::certificates::inspection::{self, Inspection};
use crate::files::certificates::CertificateInput;
use crate::files::save::SaveReceipt;

/// What a kept file holds.
#[derive(Serialize, Type)]
pub(crate) struct CertificateFile {
    certificate: Option<CertificateFacts>,
    intermediates: Vec<CertificateFacts>,
    /// Kind of the private key in it.
    private_key: Option<String>,
}

/// Reads a kept file as certificates. An encrypted one is refused until its password is given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_certificate_file(
    desk: Shared<'_>,
    token: String,
    password: Option<String>,
) -> Result<CertificateFile> {
    let password = password.map(Zeroizing::new);
    blocking(&desk, move |desk| {
        let password = password.as_deref().map(String::as_str);
        let material = desk.files.material(&token, password)?;
        Ok(CertificateFile {
            certificate: material.certificate.as_ref().map(Certificate::facts),
            intermediates: material
                .intermediates
                .iter()
                .map(Certificate::facts)
                .collect(),
            private_key: material
                .private_key
                .as_ref()
                .map(|key| key.algorithm().name()),
        })
    })
    .await
}

/// Looks at parts before they become a new secret (no `id`) or the next version of one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn inspect_certificate(
    desk: Shared<'_>,
    id: Option<String>,
    input: CertificateInput,
) -> Result<Inspection> {
    inspection::inspect(&desk, id.as_deref(), &input).await
}

/// A certificate of a version (`current`, `previous` or an id), decoded.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_certificate(
    desk: Shared<'_>,
    id: String,
    version: String,
) -> Result<CertificateDetails> {
    let version = VersionRef::parse("version", &version)?;
    CertificateDetails::of(&*desk.instance()?, desk.owner(), &id, &version, desk.now()).await
}

/// What differs between the certificates of two versions.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compare_certificates(
    desk: Shared<'_>,
    id: String,
    older: String,
    newer: String,
) -> Result<ComparedCertificates> {
    let older = VersionRef::parse("older", &older)?;
    let newer = VersionRef::parse("newer", &newer)?;
    ComparedCertificates::of(&*desk.instance()?, desk.owner(), &id, &older, &newer).await
}

/// Saves a certificate in a form to a file the person chooses; nothing if they cancel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn download_certificate(
    window: WebviewWindow,
    desk: Shared<'_>,
    id: String,
    version: String,
    format: CertificateFormat,
    password: Option<String>,
) -> Result<Option<SaveReceipt>> {
    let version = VersionRef::parse("version", &version)?;
    let password = password.map(Zeroizing::new);
    download::save(
        &window,
        Arc::clone(desk.inner()),
        &id,
        &version,
        format,
        password,
    )
    .await
}

/// Saves the managed request of a secret to a file the person chooses; nothing if they cancel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn download_csr(
    window: WebviewWindow,
    desk: Shared<'_>,
    id: String,
) -> Result<Option<SaveReceipt>> {
    download::save_csr(&window, Arc::clone(desk.inner()), &id).await
}

/// Asks a server (`host:port`) which certificate it shows.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_deployment(
    desk: Shared<'_>,
    id: String,
    address: String,
    server_name: Option<String>,
) -> Result<DeploymentCheck> {
    deployment::check(&desk, &id, &address, server_name).await
}
