//! Which zone a name belongs to, and who is an authority for it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures_util::future::join_all;
use hickory_proto::rr::{Name, RData, RecordType};

use super::asker::Asker;
use super::text::dotless;
use super::wire::{self, Failure};
use super::{DnsSettings, ZonePlace};

/// Name servers of a zone that are asked: as many as the root has.
const SERVERS: usize = 13;
/// Addresses of them.
const ADDRESSES: usize = 26;

/// Who is an authority for a zone.
#[derive(Debug)]
pub(super) struct Authorities {
    /// Names and addresses, in the order of the names.
    pub(super) servers: Vec<(String, SocketAddr)>,
    /// Why some or all of them could not be found.
    pub(super) trouble: Option<String>,
}

/// Finds the zone of a record's name, for display; none if there is only the root or nobody answers.
pub async fn zone_of(name: &str, settings: &DnsSettings) -> Option<ZonePlace> {
    let name = parse(name)?;
    let asker = Asker::new(settings);
    let zone = asker
        .zone(&name)
        .await
        .ok()
        .filter(|zone| !zone.is_root())?;
    Some(ZonePlace {
        relative_name: relative_name(&name, &zone),
        zone: dotless(&zone),
    })
}

/// A name as it is asked for, whether it ends with a dot or not.
pub(super) fn parse(name: &str) -> Option<Name> {
    let mut name = Name::from_ascii(name).ok()?.to_lowercase();
    name.set_fqdn(true);
    (!name.is_root()).then_some(name)
}

/// The part of a name before its zone.
pub(super) fn relative_name(name: &Name, zone: &Name) -> String {
    let count = usize::from(name.num_labels().saturating_sub(zone.num_labels()));
    match Name::from_labels(name.iter().take(count)) {
        Ok(relative) if count > 0 => dotless(&relative),
        _ => "@".to_owned(),
    }
}

impl Asker<'_> {
    /// The zone of a name, by its SOA record; the root if nobody else is responsible.
    pub(super) async fn zone(&self, name: &Name) -> Result<Name, Failure> {
        let mut at = name.clone();
        while !at.is_root() {
            let said = match self.recursive(&at, RecordType::SOA).await {
                // Where CNAME records lead in a circle, only what is above can be asked for.
                Err(Failure::ServerFailed) if at == *name => {
                    at = at.base_name();
                    continue;
                }
                said => said?,
            };
            let is_soa = |data: &RData| matches!(data, RData::SOA(_));
            // A CNAME's target is in a zone of its own, so then nothing is said about this name.
            let alias = said
                .answers
                .iter()
                .any(|record| record.name == at && matches!(record.data, RData::CNAME(_)));
            let zone = said.answers.iter().chain(&said.authorities);
            let zone = zone.filter(|record| is_soa(&record.data) && record.name.zone_of(&at));
            match zone.map(|record| &record.name).next() {
                Some(zone) if !alias => return Ok(zone.to_lowercase()),
                _ => at = at.base_name(),
            }
        }
        Ok(Name::root())
    }

    /// The servers of a zone, found once for all its records.
    pub(super) async fn authorities(&self, zone: &Name) -> Arc<Authorities> {
        let find = Box::pin(self.find(zone));
        self.zones.get(zone.clone(), find).await
    }

    async fn find(&self, zone: &Name) -> Arc<Authorities> {
        let said = match self.recursive(zone, RecordType::NS).await {
            Ok(said) => said,
            Err(failure) => {
                let trouble = format!(
                    "The servers of the zone ‘{}’ could not be found: {failure}",
                    dotless(zone)
                );
                return Authorities::none(trouble);
            }
        };
        let mut names: Vec<_> = said
            .answers
            .iter()
            .filter_map(|record| match &record.data {
                RData::NS(name) if record.name == *zone => Some(name.0.to_lowercase()),
                _ => None,
            })
            .collect();
        names.sort();
        names.dedup();
        names.truncate(SERVERS);
        if names.is_empty() {
            let trouble = format!("No server is named for the zone ‘{}’.", dotless(zone));
            return Authorities::none(trouble);
        }
        let found = join_all(names.iter().map(|name| self.addresses(name))).await;
        let mut servers: Vec<(String, SocketAddr)> = Vec::new();
        let mut lost = Vec::new();
        for (name, addresses) in names.iter().zip(found) {
            if addresses.is_empty() {
                lost.push(format!("‘{}’", dotless(name)));
            }
            for address in addresses {
                let address = SocketAddr::from((address, self.settings.authoritative_port));
                if servers.len() < ADDRESSES && !servers.iter().any(|(_, known)| *known == address)
                {
                    servers.push((dotless(name), address));
                }
            }
        }
        let trouble = (!lost.is_empty()).then(|| {
            format!(
                "There is no address of the name server {}.",
                lost.join(", ")
            )
        });
        Arc::new(Authorities {
            servers: reachable(servers).await,
            trouble,
        })
    }

    async fn addresses(&self, server: &Name) -> Vec<IpAddr> {
        let kinds = [RecordType::A, RecordType::AAAA];
        let said = join_all(kinds.map(|kind| self.recursive(server, kind))).await;
        let said = said.iter().flatten();
        let addresses =
            said.flat_map(|said| &said.answers)
                .filter_map(|record| match &record.data {
                    RData::A(address) => Some(IpAddr::from(address.0)),
                    RData::AAAA(address) => Some(IpAddr::from(address.0)),
                    _ => None,
                });
        let one = |address: &IpAddr| !address.is_unspecified() && !address.is_multicast();
        addresses.filter(one).collect()
    }
}

impl Authorities {
    fn none(trouble: String) -> Arc<Self> {
        Arc::new(Self {
            servers: Vec::new(),
            trouble: Some(trouble),
        })
    }
}

/// Leaves out addresses of a kind that this computer has no way to, such as IPv6 without a network
/// for it: what is not asked from here says nothing about the record.
async fn reachable(servers: Vec<(String, SocketAddr)>) -> Vec<(String, SocketAddr)> {
    let ways = join_all(servers.iter().map(|(_, address)| wire::connected(*address))).await;
    let ways: Vec<_> = ways.iter().map(Result::is_ok).collect();
    if !ways.contains(&true) {
        return servers;
    }
    let ways = servers.into_iter().zip(ways);
    ways.filter_map(|(server, way)| way.then_some(server))
        .collect()
}

/// [`zone_of`] for many names at once, in their order; each zone is looked for once.
pub async fn zones_of(names: &[String], settings: &DnsSettings) -> Vec<Option<ZonePlace>> {
    let asker = Asker::new(settings);
    let one = async |name: &String| {
        let name = parse(name)?;
        let zone = asker
            .zone(&name)
            .await
            .ok()
            .filter(|zone| !zone.is_root())?;
        Some(ZonePlace {
            relative_name: relative_name(&name, &zone),
            zone: dotless(&zone),
        })
    };
    join_all(names.iter().map(one)).await
}
