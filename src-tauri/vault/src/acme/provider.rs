//! DNS providers: what sets the records of an order and removes them again, unattended.

use std::{
    net::{SocketAddr, ToSocketAddrs},
    time::Duration,
};

use async_trait::async_trait;
use keyturn_api::configuration::dns::{Rfc2136, TsigAlgorithm};
use keyturn_pki::dns::{self, Wanted, update};
use zeroize::Zeroizing;

use super::{begin::find_ground, drive::Work, failure::Failure};
use crate::records::{
    AuthorizationRecord, ConfigurationRecord, EngineSecretRecord, ProvidedRecord, SecretText,
};
use crate::{Clock, DnsLookup, SystemClock};

/// Time to live of the records, seconds: they are there for minutes.
const TTL: u32 = 60;
/// Time for one update.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How often it is looked whether the servers have a record, and how long before the authority is let
/// look all the same: it sees more than we do where our view of DNS is not the public one.
const LOOK: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(120);

/// A place where records can be set.
#[async_trait]
pub(super) trait DnsProvider: Send + Sync {
    /// Sets a TXT record beside those there are.
    async fn add(&self, name: &str, value: &str) -> Result<(), Failure>;

    /// Removes it; one that is gone already is no failure.
    async fn remove(&self, name: &str, value: &str) -> Result<(), Failure>;
}

/// Sets the records of an order, and waits until all servers of their zones have them.
pub(super) async fn provide(
    work: &mut Work<'_>,
    configuration: &ConfigurationRecord,
) -> Result<(), Failure> {
    let provider = open(work, configuration)?;
    let wanted: Vec<Wanted> = work
        .order
        .authorizations
        .iter()
        .filter(|one| one.status != AuthorizationRecord::VALID)
        .map(|one| Wanted {
            domain: one.domain.clone(),
            name: one.record_name.clone(),
            value: one.record_value.clone(),
        })
        .collect();
    // noted first, so that nothing stays in the zone that nobody knows of
    for record in &wanted {
        let noted = ProvidedRecord {
            name: record.name.clone(),
            value: record.value.clone(),
        };
        if !work.order.provided.contains(&noted) {
            work.order.provided.push(noted);
        }
    }
    work.save().await?;
    for record in &wanted {
        provider.add(&record.name, &record.value).await?;
    }
    wait_for(work, &wanted).await
}

async fn wait_for(work: &mut Work<'_>, wanted: &[Wanted]) -> Result<(), Failure> {
    let settings = dns::DnsSettings {
        authoritative_only: true,
        ..DnsLookup::load(work.vault)
            .map_err(Failure::of_vault)?
            .settings()
    };
    let began = std::time::Instant::now();
    loop {
        work.vault.still_open().map_err(Failure::of_vault)?;
        work.hold().await?;
        let checked = dns::check(wanted, &settings, &[], |_, _| {}).await;
        if checked.iter().all(|one| one.agreed) || began.elapsed() > PATIENCE {
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Removes what was set for orders that have ended. Without its configuration nothing can be removed:
/// it is then left to the person, who deleted that.
pub(super) async fn clean_up(work: &mut Work<'_>) -> Result<(), Failure> {
    let ground = find_ground(work.vault, &work.order.ca, &work.order.dns);
    let dns = ground.ok().and_then(|ground| ground.dns);
    if let Some(configuration) = dns {
        let provider = open(work, &configuration)?;
        for record in work.order.provided.clone() {
            provider.remove(&record.name, &record.value).await?;
        }
    }
    work.order.provided.clear();
    work.order.trouble = None;
    work.order.tries = 0;
    work.order.next_try = None;
    work.save().await
}

fn open(
    work: &Work<'_>,
    configuration: &ConfigurationRecord,
) -> Result<Box<dyn DnsProvider>, Failure> {
    let server: Rfc2136 = configuration.request().map_err(Failure::of_vault)?;
    let secret =
        EngineSecretRecord::read(work.vault, configuration.id).map_err(Failure::of_vault)?;
    let secret = secret.tsig_secret.as_ref().map_or("", SecretText::as_str);
    let secret = data_encoding::BASE64
        .decode(secret.as_bytes())
        .map_err(|_| {
            Failure::for_good("dns_key", "The key of the DNS provider is no base64 text.")
        })?;
    Ok(Box::new(Updates {
        server,
        secret: Zeroizing::new(secret),
    }))
}

/// Dynamic updates (RFC 2136), signed with TSIG (RFC 8945).
struct Updates {
    server: Rfc2136,
    secret: Zeroizing<Vec<u8>>,
}

impl Updates {
    async fn client(&self) -> Result<update::UpdateClient, Failure> {
        let name = self.server.server.clone();
        let address = tokio::task::spawn_blocking(move || address(&name))
            .await
            .ok()
            .flatten()
            .ok_or_else(|| {
                let server = &self.server.server;
                Failure::passing(
                    "dns_server",
                    format!("The name server {server} has no address."),
                )
            })?;
        Ok(update::UpdateClient {
            server: address,
            zone: self.server.zone.clone(),
            key_name: self.server.tsig_key_name.clone(),
            algorithm: match self.server.tsig_algorithm {
                TsigAlgorithm::HmacSha256 => update::TsigAlgorithm::HmacSha256,
                TsigAlgorithm::HmacSha384 => update::TsigAlgorithm::HmacSha384,
                TsigAlgorithm::HmacSha512 => update::TsigAlgorithm::HmacSha512,
            },
            secret: self.secret.clone(),
            timeout: TIMEOUT,
        })
    }
}

/// The address of a server that is named with or without a port.
fn address(server: &str) -> Option<SocketAddr> {
    let plain = server
        .parse::<std::net::IpAddr>()
        .map(|ip| SocketAddr::new(ip, dns::DNS_PORT));
    plain
        .ok()
        .or_else(|| server.parse().ok())
        .or_else(|| server.to_socket_addrs().ok()?.next())
        .or_else(|| (server, dns::DNS_PORT).to_socket_addrs().ok()?.next())
}

#[async_trait]
impl DnsProvider for Updates {
    async fn add(&self, name: &str, value: &str) -> Result<(), Failure> {
        let client = self.client().await?;
        client
            .add_txt(name, value, TTL, seconds())
            .await
            .map_err(|error| failure(&error))
    }

    async fn remove(&self, name: &str, value: &str) -> Result<(), Failure> {
        let client = self.client().await?;
        client
            .remove_txt(name, value, seconds())
            .await
            .map_err(|error| failure(&error))
    }
}

fn failure(refusal: &update::UpdateRefusal) -> Failure {
    let update::UpdateRefusal {
        message, remedy, ..
    } = refusal;
    Failure::passing(
        "dns_update",
        format!("The DNS provider did not take a record. {message} {remedy}"),
    )
}

/// The time that an update is signed with. The server compares it with its own, so it is that of the
/// computer, whatever clock the vault goes by.
fn seconds() -> u64 {
    u64::try_from(SystemClock.now().millis() / 1000).unwrap_or_default()
}
