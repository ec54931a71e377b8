//! DNS providers: what sets the records of an order and removes them again, unattended.

use std::{
    collections::HashSet,
    net::{SocketAddr, ToSocketAddrs},
    time::Duration,
};

use async_trait::async_trait;
use keyturn_api::{
    Code, Problem,
    configuration::dns::{Rfc2136, TsigAlgorithm},
};
use keyturn_pki::dns::{self, Wanted, update};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{begin::find_dns, drive::Work, failure::Failure};
use crate::{
    Clock, DnsLookup, SystemClock,
    opened::{Opened, Write},
    records::{
        AuthorizationRecord, ConfigurationRecord, EngineSecretRecord, OrderRecord, Outcome,
        ProvidedRecord, SecretText,
    },
};

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
    let records = records(work, &wanted).await?;
    // noted first, so that nothing stays in the zone that nobody knows of
    for record in &records {
        if !work.order.provided.contains(record) {
            work.order.provided.push(record.clone());
        }
    }
    work.save().await?;
    for record in &records {
        work.hold().await?; // many slow updates outlast a claim
        provider.add(&record.name, &record.value).await?;
    }
    wait_for(work, &wanted).await
}

/// The records to set: where a CNAME record delegates a name to another zone, there.
async fn records(work: &mut Work<'_>, wanted: &[Wanted]) -> Result<Vec<ProvidedRecord>, Failure> {
    work.hold().await?;
    let names: Vec<String> = wanted.iter().map(|one| one.name.clone()).collect();
    let targets = dns::targets_of(&names, &lookup(work)?).await;
    let record = |(wanted, target): (&Wanted, Option<String>)| ProvidedRecord {
        name: target.unwrap_or_else(|| wanted.name.clone()),
        value: wanted.value.clone(),
    };
    Ok(wanted.iter().zip(targets).map(record).collect())
}

fn lookup(work: &Work<'_>) -> Result<dns::DnsSettings, Failure> {
    let kept = DnsLookup::load(work.vault).map_err(Failure::of_vault)?;
    Ok(dns::DnsSettings {
        authoritative_only: true,
        ..kept.settings()
    })
}

async fn wait_for(work: &mut Work<'_>, wanted: &[Wanted]) -> Result<(), Failure> {
    let settings = lookup(work)?;
    let began = std::time::Instant::now();
    loop {
        work.vault.still_open().map_err(Failure::of_vault)?;
        work.hold().await?;
        let checked = dns::check(wanted, &settings, &dns::Issuer::default(), |_, _| {}).await;
        if checked.iter().all(|one| one.agreed) || began.elapsed() > PATIENCE {
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Removes what was set for orders that have ended. Without its configuration nothing can be removed:
/// it is then left to the person, who deleted that.
pub(super) async fn clean_up(work: &mut Work<'_>) -> Result<(), Failure> {
    let configuration = find_dns(work.vault, &work.order.dns).map_err(Failure::of_vault)?;
    if let Some(configuration) = configuration {
        let provider = open(work, &configuration)?;
        let needed = needed_by_others(work)?;
        for record in work.order.provided.clone() {
            if !needed.contains(&(record.name.clone(), record.value.clone())) {
                provider.remove(&record.name, &record.value).await?;
            }
        }
    }
    work.order.provided.clear();
    work.order.trouble = None;
    work.order.tries = 0;
    work.order.next_try = None;
    work.save().await
}

/// Records that other orders under way have set: an authority may give two the same challenge. Who
/// is last removes them.
fn needed_by_others(work: &Work<'_>) -> Result<HashSet<(String, String)>, Failure> {
    let under_way = OrderRecord::under_way(work.vault).map_err(Failure::of_vault)?;
    let others = under_way.into_iter().filter(|(id, _)| *id != work.id);
    let records = others.flat_map(|(_, order)| order.provided);
    Ok(records.map(|one| (one.name, one.value)).collect())
}

/// Takes an order away with its secret. Records it has set would stay in the zone, and nobody would
/// know of them, so they are removed first. Where that may never succeed, because its configuration is
/// gone or removing failed before, the secret goes all the same: a server that is gone for good must
/// not keep it for ever. Nor does an order that cannot be read.
pub(crate) fn delete_order(vault: &Opened, id: Uuid, write: &mut Write) -> Result<(), Problem> {
    if let Ok(Some((order, revision))) = OrderRecord::read(vault, id) {
        let under_way = order.outcome() == Outcome::UnderWay;
        // trouble after the end is that of removing
        let is_hopeless = !under_way && order.trouble.is_some();
        if let Some(record) = order.provided.first()
            && find_dns(vault, &order.dns)?.is_some()
            && !is_hopeless
        {
            let name = record.name.trim_end_matches('.');
            let message = format!(
                "A TXT record that was set for this certificate is still at {name}. Nothing was \
                 changed."
            );
            return Err(
                Problem::new(Code::WrongState, message).remedy(if under_way {
                    "Cancel the order, wait until its records are removed, then delete the secret."
                } else {
                    "Wait until its records are removed, then delete the secret."
                }),
            );
        }
        OrderRecord::expect(id, revision, write);
    }
    OrderRecord::delete(id, write);
    Ok(())
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
