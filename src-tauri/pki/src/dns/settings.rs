//! Who is asked, and for how long.

use std::fs::File;
use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// The port of DNS.
pub const DNS_PORT: u16 = 53;
/// Well-known public resolvers: of Cloudflare, Google and Quad9.
pub const PUBLIC_RESOLVERS: [IpAddr; 3] = [
    IpAddr::V4(std::net::Ipv4Addr::new(1, 1, 1, 1)),
    IpAddr::V4(std::net::Ipv4Addr::new(8, 8, 8, 8)),
    IpAddr::V4(std::net::Ipv4Addr::new(9, 9, 9, 9)),
];

/// Where the system says whom it asks.
const RESOLV_CONF: &str = "/etc/resolv.conf";
/// Bytes of it that are read.
const RESOLV_CONF_BYTES: u64 = 64 << 10;
/// Name servers of it that count, as in the C library.
const NAME_SERVERS: usize = 3;

/// Whom a look-up asks, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsSettings {
    /// Resolvers that should see the records too.
    pub resolvers: Vec<SocketAddr>,
    /// Whether the authoritative servers alone are asked for the records.
    pub authoritative_only: bool,
    /// Whether resolvers are spared while no authority has a record: they would remember that it is
    /// missing, often for an hour, and see it late.
    pub spare_resolvers: bool,
    /// Recursive servers that tell the zones and their servers, tried in turn; empty: those of the
    /// system, then the public ones.
    pub discovery: Vec<SocketAddr>,
    /// The port of the authoritative servers.
    pub authoritative_port: u16,
    /// The time for one question to one server.
    pub timeout: Duration,
    /// The time for all of it.
    pub total: Duration,
}

impl Default for DnsSettings {
    fn default() -> Self {
        Self {
            resolvers: public_resolvers().collect(),
            authoritative_only: false,
            spare_resolvers: true,
            discovery: Vec::new(),
            authoritative_port: DNS_PORT,
            timeout: Duration::from_secs(3),
            total: Duration::from_secs(30),
        }
    }
}

impl DnsSettings {
    /// The recursive servers that are asked for zones.
    pub(super) fn recursive_servers(&self) -> Vec<SocketAddr> {
        if !self.discovery.is_empty() {
            return self.discovery.clone();
        }
        let mut conf = String::new();
        if let Ok(file) = File::open(RESOLV_CONF) {
            // What can be read of it counts.
            let _ = file.take(RESOLV_CONF_BYTES).read_to_string(&mut conf);
        }
        let mut servers = name_servers(&conf);
        servers.extend(public_resolvers());
        servers
    }
}

fn public_resolvers() -> impl Iterator<Item = SocketAddr> {
    PUBLIC_RESOLVERS
        .map(|address| (address, DNS_PORT).into())
        .into_iter()
}

/// The servers that `resolv.conf` names; one with a scope (`fe80::1%eth0`) is left out.
fn name_servers(conf: &str) -> Vec<SocketAddr> {
    let mut servers = Vec::new();
    for line in conf.lines() {
        let mut words = line.split_ascii_whitespace();
        if words.next() == Some("nameserver")
            && let Some(address) = words.next().and_then(|word| word.parse::<IpAddr>().ok())
        {
            servers.push((address, DNS_PORT).into());
        }
    }
    servers.truncate(NAME_SERVERS);
    servers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_servers_are_read_as_the_c_library_does() {
        let conf = "# nameserver 9.9.9.9\nsearch example.com\nnameserver 192.0.2.1\n\
                    nameserver\tfd00::1 # second\nnameserver fe80::1%eth0\nnameserver x\n\
                    nameserver 192.0.2.2\nnameserver 192.0.2.3\n";
        let expected = ["192.0.2.1:53", "[fd00::1]:53", "192.0.2.2:53"];
        let found = name_servers(conf);
        assert_eq!(found, expected.map(|server| server.parse().unwrap()));
    }

    #[test]
    fn the_public_resolvers_are_asked_when_the_system_names_none() {
        let servers = DnsSettings::default().recursive_servers();
        assert!(servers.ends_with(&DnsSettings::default().resolvers));
    }
}
