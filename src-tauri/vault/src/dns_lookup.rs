//! How the records of orders are looked up in DNS: a setting of the vault.

use std::net::SocketAddr;

use keyturn_api::{Action, Caller, Problem, Result};
use keyturn_pki::dns::{DNS_PORT, DnsSettings, PUBLIC_RESOLVERS};
use serde::{Deserialize, Serialize};

use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::SettingRecord,
    settings, wait,
};

/// Name of the setting in the store.
const NAME: &str = "dns";
/// Servers of each kind, at most.
const SERVERS: usize = 10;

/// Whom a look-up asks. Servers are addresses, with a port where that is not 53.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct DnsLookup {
    /// Resolvers that should see the records, besides the authoritative servers.
    pub resolvers: Vec<String>,
    /// Whether the authoritative servers alone are asked.
    pub authoritative_only: bool,
    /// Recursive servers that tell zones and their servers; empty: those of the system.
    pub discovery: Vec<String>,
    /// The port of the authoritative servers.
    pub authoritative_port: u16,
}

impl Default for DnsLookup {
    fn default() -> Self {
        Self {
            resolvers: PUBLIC_RESOLVERS.iter().map(ToString::to_string).collect(),
            authoritative_only: false,
            discovery: Vec::new(),
            authoritative_port: DNS_PORT,
        }
    }
}

impl DnsLookup {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        for (field, servers) in [
            ("resolvers", &self.resolvers),
            ("discovery", &self.discovery),
        ] {
            if servers.len() > SERVERS {
                return Err(Problem::field(
                    field,
                    format!("There are at most {SERVERS} servers."),
                ));
            }
            if let Some(wrong) = servers.iter().find(|server| address(server).is_none()) {
                return Err(Problem::field(
                    field,
                    format!("\"{wrong}\" is no address of a server."),
                )
                .remedy(
                    "Enter addresses such as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::1]:53.",
                ));
            }
        }
        if self.authoritative_port == 0 {
            return Err(Problem::field(
                "authoritative_port",
                "A port is 1 to 65535.",
            ));
        }
        Ok(())
    }

    /// As a look-up takes them.
    pub fn settings(&self) -> DnsSettings {
        let addresses =
            |servers: &[String]| servers.iter().filter_map(|one| address(one)).collect();
        DnsSettings {
            resolvers: addresses(&self.resolvers),
            authoritative_only: self.authoritative_only,
            discovery: addresses(&self.discovery),
            authoritative_port: self.authoritative_port,
            ..DnsSettings::default()
        }
    }

    pub(crate) fn load(vault: &Opened) -> Result<Self> {
        let text = settings::read(vault, NAME)?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    pub(crate) fn save(&self, vault: &Opened, caller: &Caller) -> Result<()> {
        caller.may(Action::InstanceSettings)?;
        self.check()?;
        let record = SettingRecord {
            name: NAME.to_owned(),
            value: serde_json::to_string(self).unwrap_or_default(),
        };
        let entry = Entry::new(Action::InstanceSettings, caller, vault.id(), vault.now());
        let mut write = Write::new(entry);
        write.put(SettingRecord::key(NAME), record.seal(vault.keys()));
        wait(vault.write(write))
            .map(drop)
            .map_err(WriteError::into_problem)
    }
}

fn address(text: &str) -> Option<SocketAddr> {
    let text = text.trim();
    let plain = text.parse().map(|ip| SocketAddr::new(ip, DNS_PORT));
    let address = plain.ok().or_else(|| text.parse().ok())?;
    (address.port() != 0).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_addresses_with_or_without_a_port() {
        assert_eq!(address("192.0.2.1").unwrap().port(), DNS_PORT);
        assert_eq!(address(" [2001:db8::1]:5353 ").unwrap().port(), 5353);
        let wrong = DnsLookup {
            discovery: vec!["ns1.example.com".into()],
            ..DnsLookup::default()
        };
        assert_eq!(wrong.check().unwrap_err().target.unwrap().name, "discovery");
        assert!(DnsLookup::default().check().is_ok());
    }
}
