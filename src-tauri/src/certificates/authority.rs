//! Saving what an authority publishes: its certificate, its request, its revocation list.

use std::sync::Arc;

use keyturn_api::configuration::ConfigurationDetail;
use keyturn_api::configuration::authority::AuthorityData;
use keyturn_api::{ConfigType, Problem, Result};
use keyturn_pki::Crl;
use serde::Deserialize;
use specta::Type;
use tauri::WebviewWindow;

use crate::desk::Desk;
use crate::files::certificates::problem;
use crate::files::save::SaveReceipt;
use crate::files::{dialog, file_problem, refused, shown_name};
use crate::whole_file;

/// What is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthorityFile {
    /// Its certificate, PEM.
    Certificate,
    /// Its certificate and those above it, PEM.
    Chain,
    /// The request that waits to be signed, PEM.
    Csr,
    /// Its revocation list, PEM.
    CrlPem,
    /// Its revocation list, DER.
    CrlDer,
}

impl AuthorityFile {
    const fn file_ending(self) -> &'static str {
        match self {
            Self::Certificate => "pem",
            Self::Chain => "chain.pem",
            Self::Csr => "csr",
            Self::CrlPem => "crl.pem",
            Self::CrlDer => "crl",
        }
    }
}

/// Asks where to save, and writes it; none if the person cancels.
pub(crate) async fn save(
    window: &WebviewWindow,
    desk: Arc<Desk>,
    config_type: ConfigType,
    name: &str,
    file: AuthorityFile,
) -> Result<Option<SaveReceipt>> {
    let instance = desk.instance()?;
    let view = instance
        .configuration(desk.owner(), config_type, name)
        .await?;
    let data = match view.configuration.detail {
        ConfigurationDetail::RootCa(authority) | ConfigurationDetail::IntermediateCa(authority) => {
            authority.data
        }
        _ => return Err(Problem::not_found("certificate authority")),
    };
    let bytes = match file {
        // DER holds one list; PEM those of earlier keys as well.
        AuthorityFile::CrlDer => {
            let mut lists = instance.revocation_lists(name).await?.into_iter();
            let none = || Problem::not_found("revocation list");
            lists.next().ok_or_else(none)?
        }
        AuthorityFile::CrlPem => {
            let mut text = String::new();
            for list in instance.revocation_lists(name).await? {
                text += &Crl::from_der(&list).map_err(problem)?.to_pem();
            }
            text.into_bytes()
        }
        _ => text(data, file)?.into_bytes(),
    };
    let proposal = format!("{name}.{}", file.file_ending());
    let Some(path) = dialog::ask_save(window, &proposal).await? else {
        return Ok(None);
    };
    let name = shown_name(&path);
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let written = tauri::async_runtime::spawn_blocking(move || whole_file::write(&path, &bytes));
    match written.await {
        Ok(Ok(())) => Ok(Some(SaveReceipt { name, size })),
        Ok(Err(error)) => Err(file_problem(&format!("\"{name}\" was not saved"), &error)),
        Err(_) => Err(refused("The file was not saved.")),
    }
}

fn text(data: AuthorityData, file: AuthorityFile) -> Result<String> {
    match (data, file) {
        (AuthorityData::Certificate { certificate, .. }, AuthorityFile::Certificate) => {
            Ok(certificate)
        }
        (
            AuthorityData::Certificate {
                certificate,
                ca_chain,
                ..
            },
            AuthorityFile::Chain,
        ) => Ok(certificate + &ca_chain.concat()),
        (
            AuthorityData::Request { csr } | AuthorityData::Certificate { csr: Some(csr), .. },
            AuthorityFile::Csr,
        ) => Ok(csr),
        (AuthorityData::Request { .. }, _) => Err(Problem::not_found("certificate")),
        (AuthorityData::Certificate { .. }, _) => Err(Problem::not_found("request")),
    }
}
