//! Which certificate a server shows, against the versions of a secret.

use std::time::Duration;

use keyturn_api::{Code, Problem};
use keyturn_api::{Instance, Result, VersionRef, VersionView};
use keyturn_pki::CertificateFacts;
use keyturn_pki::deployment::{self, Address, Verdict};
use serde::Serialize;
use specta::Type;

use super::Chain;
use crate::desk::Desk;

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a server shows.
#[derive(Serialize, Type)]
pub(crate) struct DeploymentCheck {
    /// Host and port that were asked.
    pub(crate) address: String,
    pub(crate) verdict: Verdict,
    /// What it shows.
    pub(crate) served: CertificateFacts,
}

/// Asks a server, and compares what it shows with the versions of a secret.
pub(crate) async fn check(
    desk: &Desk,
    id: &str,
    address: &str,
    server_name: Option<String>,
) -> Result<DeploymentCheck> {
    let vault = desk.vault()?;
    let address = Address::parse(address).map_err(told)?;
    let current = Chain::of(&*vault, desk.owner(), id, &VersionRef::CURRENT).await?;
    let mut older = Vec::new();
    for VersionView {
        metadata, number, ..
    } in vault.versions(desk.owner(), id).await?
    {
        if !metadata.payload_available || metadata.alias == Some(keyturn_api::VersionAlias::Current)
        {
            continue;
        }
        let version = VersionRef::Id(metadata.id);
        if let Ok(chain) = Chain::of(&*vault, desk.owner(), id, &version).await {
            older.push((number, chain.certificate));
        }
    }
    let asked = tauri::async_runtime::spawn_blocking(move || {
        let served = deployment::probe(&address, server_name.as_deref(), PATIENCE).map_err(told)?;
        Ok(DeploymentCheck {
            verdict: deployment::verdict(&served, &current.certificate, &older),
            served: served.certificate().facts(),
            address: address.to_string(),
        })
    });
    asked.await.unwrap_or_else(|_| {
        Err(Problem::new(Code::Io, "The server could not be asked.").remedy("Try again."))
    })
}

fn told(refusal: deployment::ProbeRefusal) -> Problem {
    let problem = Problem::field("address", refusal.message);
    match refusal.remedy {
        Some(remedy) => problem.remedy(remedy),
        None => problem,
    }
}
