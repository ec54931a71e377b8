//! Which certificate a server shows, against the versions of a secret.

use keyturn_api::{Code, Problem, Result, VersionAlias, VersionMetadata, VersionRef, VersionView};
use keyturn_pki::{Address, PROBE_TIME, ProbeCode, ProbeRefusal, Verdict};
use serde::Serialize;
use specta::Type;

use super::Chain;
use crate::desk::Desk;

/// What a server shows.
#[derive(Serialize, Type)]
pub(crate) struct DeploymentCheck {
    /// Host and port that were asked.
    pub(crate) asked: String,
    pub(crate) verdict: Verdict,
}

/// Asks a server, and compares what it shows with the versions of a secret.
pub(crate) async fn check(
    desk: &Desk,
    id: &str,
    address: &str,
    server_name: Option<String>,
) -> Result<DeploymentCheck> {
    let instance = desk.instance()?;
    let address = Address::parse(address).map_err(told)?;
    let current = Chain::of(&*instance, desk.owner(), id, &VersionRef::CURRENT).await?;
    let mut older = Vec::new();
    for VersionView {
        metadata, number, ..
    } in instance.versions(desk.owner(), id).await?
    {
        if !is_older(&metadata) {
            continue;
        }
        let version = VersionRef::Id(metadata.id);
        if let Ok(chain) = Chain::of(&*instance, desk.owner(), id, &version).await {
            older.push((number, chain.certificate));
        }
    }
    let asked = tauri::async_runtime::spawn_blocking(move || {
        let name = server_name.as_deref().filter(|name| !name.is_empty());
        let served =
            keyturn_pki::probe(&address.host, address.port, name, PROBE_TIME).map_err(told)?;
        Ok(DeploymentCheck {
            verdict: keyturn_pki::verdict(&served, &current.certificate, &older),
            asked: format!("{}:{}", address.host, address.port),
        })
    });
    asked.await.unwrap_or_else(|_| {
        Err(Problem::new(Code::Io, "The server could not be asked.").remedy("Try again."))
    })
}

/// Whether it is a version before the current one whose certificate is still kept.
fn is_older(version: &VersionMetadata) -> bool {
    version.payload_available && version.alias != Some(VersionAlias::Current)
}

/// Only what was typed wrong is the fault of a field.
fn told(refusal: ProbeRefusal) -> Problem {
    let problem = match refusal.code {
        ProbeCode::AddressInvalid => Problem::field("address", refusal.message),
        _ => Problem::new(Code::Io, refusal.message),
    };
    match refusal.remedy {
        Some(remedy) => problem.remedy(remedy),
        None => problem,
    }
}
