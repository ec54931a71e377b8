//! Saving a certificate in the form that a server takes.

use std::sync::Arc;

use keyturn_api::secret::{Detail, Payload};
use keyturn_api::{Problem, Result, VersionRef};
use keyturn_pki::write::{self, Bundle};
use serde::Deserialize;
use specta::Type;
use tauri::WebviewWindow;
use zeroize::Zeroizing;

use super::{Chain, seconds};
use crate::desk::Desk;
use crate::files::certificates::{problem, read};
use crate::files::save::SaveReceipt;
use crate::files::{dialog, file_problem, refused, shown_name};
use crate::{value, whole_file};

/// What a file with a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CertificateFormat {
    /// One PEM text: certificate, intermediates, private key.
    PemBundle,
    /// A ZIP archive with a PEM file for each part.
    PemParts,
    /// The certificate alone, PEM.
    Certificate,
    /// Certificate and intermediates, PEM: what a server shows.
    Chain,
    /// PKCS#12 with the private key.
    Pkcs12,
    /// A Java key store with the private key.
    Jks,
    /// A PKCS#12 trust store: certificates alone.
    TruststorePkcs12,
    /// A Java trust store: certificates alone.
    TruststoreJks,
}

impl CertificateFormat {
    /// Whether the private key leaves the instance.
    const fn holds_key(self) -> bool {
        matches!(
            self,
            Self::PemBundle | Self::PemParts | Self::Pkcs12 | Self::Jks
        )
    }

    const fn file_ending(self) -> &'static str {
        match self {
            Self::PemBundle | Self::Certificate => "pem",
            Self::Chain => "chain.pem",
            Self::PemParts => "zip",
            Self::Pkcs12 => "p12",
            Self::Jks => "jks",
            Self::TruststorePkcs12 => "truststore.p12",
            Self::TruststoreJks => "truststore.jks",
        }
    }
}

/// Asks where to save, and only then reads the version; none if the person cancels.
pub(crate) async fn save(
    window: &WebviewWindow,
    desk: Arc<Desk>,
    id: &str,
    version: &VersionRef,
    format: CertificateFormat,
    password: Option<Zeroizing<String>>,
) -> Result<Option<SaveReceipt>> {
    let instance = desk.instance()?;
    let shown = instance.version_metadata(desk.owner(), id, version).await?;
    let name = shown.metadata.secret_name;
    check_password(format, password.as_deref().map(String::as_str))?;
    let proposal = format!("{name}.{}", format.file_ending());
    let Some(path) = dialog::ask_save(window, &proposal).await? else {
        return Ok(None);
    };
    let instance = desk.instance()?;
    // Without the key nothing secret is read, and nothing counts as read.
    let chain = Chain::of(&*instance, desk.owner(), id, version).await?;
    let key = if format.holds_key() {
        private_key(value::payload(
            instance.version(desk.owner(), id, version).await?,
        )?)?
    } else {
        None
    };
    if format.holds_key() && key.is_none() {
        return Err(Problem::field(
            "format",
            "This version has no private key, so there is none to put into the file.",
        )
        .remedy("Choose a form without a key."));
    }
    let created = seconds(desk.now());
    let saved = tauri::async_runtime::spawn_blocking(move || {
        let bundle = Bundle {
            certificate: &chain.certificate,
            intermediates: &chain.intermediates,
            private_key: key.as_ref(),
        };
        let password = password.as_deref().map_or("", String::as_str);
        let bytes = encode(&bundle, format, password, &name, created).map_err(problem)?;
        let file = shown_name(&path);
        whole_file::write(&path, &bytes)
            .map_err(|error| file_problem(&format!("\"{file}\" was not saved"), &error))?;
        Ok(SaveReceipt {
            name: file,
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        })
    });
    saved
        .await
        .unwrap_or_else(|_| Err(refused("The file was not saved.")))
        .map(Some)
}

fn private_key(payload: Payload) -> Result<Option<keyturn_pki::PrivateKey>> {
    let Some(key) = payload.into_private_key() else {
        return Ok(None);
    };
    Ok(read(key.bytes(), None)?.private_key)
}

/// Told before the dialog asks where to save.
fn check_password(format: CertificateFormat, password: Option<&str>) -> Result<()> {
    match format {
        CertificateFormat::PemBundle
        | CertificateFormat::PemParts
        | CertificateFormat::Certificate
        | CertificateFormat::Chain => Ok(()),
        _ => write::check_password(password.unwrap_or_default()).map_err(problem),
    }
}

fn encode(
    bundle: &Bundle<'_>,
    format: CertificateFormat,
    password: &str,
    alias: &str,
    created: i64,
) -> keyturn_pki::Result<Zeroizing<Vec<u8>>> {
    match format {
        CertificateFormat::PemBundle => Ok(bundle.pem_bundle()),
        CertificateFormat::PemParts => bundle.pem_parts_zip(),
        CertificateFormat::Certificate => {
            Ok(Zeroizing::new(bundle.certificate.to_pem().into_bytes()))
        }
        CertificateFormat::Chain => Ok(Bundle {
            private_key: None,
            ..*bundle
        }
        .pem_bundle()),
        CertificateFormat::Pkcs12 => bundle.pkcs12(password, alias),
        CertificateFormat::Jks => bundle.jks(password, alias, created),
        CertificateFormat::TruststorePkcs12 => bundle.truststore_pkcs12(password),
        CertificateFormat::TruststoreJks => bundle.truststore_jks(password, created),
    }
}

/// Saves the managed request of a secret; none if the person cancels.
pub(crate) async fn save_csr(
    window: &WebviewWindow,
    desk: Arc<Desk>,
    id: &str,
) -> Result<Option<SaveReceipt>> {
    let secret = desk.instance()?.secret_metadata(desk.owner(), id).await?;
    let csr = match secret.metadata.detail {
        Detail::ImportedCert(detail) => detail.managed_csr.map(|managed| managed.csr),
        _ => None,
    };
    let csr = csr.ok_or_else(|| Problem::field("id", "This secret has no managed request."))?;
    let proposal = format!("{}.csr", secret.metadata.name);
    let Some(path) = dialog::ask_save(window, &proposal).await? else {
        return Ok(None);
    };
    let name = shown_name(&path);
    let size = u32::try_from(csr.len()).unwrap_or(u32::MAX);
    let written =
        tauri::async_runtime::spawn_blocking(move || whole_file::write(&path, csr.as_bytes()));
    match written.await {
        Ok(Ok(())) => Ok(Some(SaveReceipt { name, size })),
        Ok(Err(error)) => Err(file_problem(&format!("\"{name}\" was not saved"), &error)),
        Err(_) => Err(refused("The file was not saved.")),
    }
}
