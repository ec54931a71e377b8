//! DNS providers that take the records of an order by themselves. Of those that IBM's service knows
//! none is offered outside its cloud; beyond it, dynamic updates (RFC 2136) reach one's own servers.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

use crate::{Problem, Result};

/// How an update is signed (RFC 8945).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum TsigAlgorithm {
    /// HMAC with SHA-256.
    #[default]
    #[serde(rename = "hmac-sha256")]
    HmacSha256,
    /// HMAC with SHA-384.
    #[serde(rename = "hmac-sha384")]
    HmacSha384,
    /// HMAC with SHA-512.
    #[serde(rename = "hmac-sha512")]
    HmacSha512,
}

/// A provider by RFC 2136, as it is configured.
#[derive(Debug, Deserialize, Type)]
pub struct NewRfc2136 {
    /// What is not secret about it.
    #[serde(flatten)]
    pub server: Rfc2136,
    /// The key, base64.
    #[specta(type = String)]
    pub tsig_secret: Zeroizing<String>,
}

/// The same as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Rfc2136 {
    /// Address of the primary server: an IP address or host name, with or without a port.
    pub server: String,
    /// The zone that is updated; absent: the zone of each record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Name of the key.
    pub tsig_key_name: String,
    /// How updates are signed.
    #[serde(default)]
    pub tsig_algorithm: TsigAlgorithm,
}

/// A change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, Type)]
#[serde(default)]
pub struct Rfc2136Patch {
    /// Another server.
    pub server: Option<String>,
    /// Another zone; empty text removes it.
    pub zone: Option<String>,
    /// Name of another key.
    pub tsig_key_name: Option<String>,
    /// Another way to sign.
    pub tsig_algorithm: Option<TsigAlgorithm>,
    /// Another key, base64.
    #[specta(type = Option<String>)]
    pub tsig_secret: Option<Zeroizing<String>>,
}

impl NewRfc2136 {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        self.server.check()?;
        check_secret(&self.tsig_secret)
    }
}

impl Rfc2136 {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        check_server(&self.server)?;
        check_name("tsig_key_name", &self.tsig_key_name)?;
        self.zone
            .as_deref()
            .map_or(Ok(()), |zone| check_name("zone", zone))
    }

    /// With what a patch changes; `None` for the key means that it stays.
    #[must_use]
    pub fn patched(mut self, patch: &Rfc2136Patch) -> Self {
        if let Some(server) = &patch.server {
            self.server.clone_from(server);
        }
        if let Some(zone) = &patch.zone {
            self.zone = Some(zone.clone()).filter(|zone| !zone.is_empty());
        }
        if let Some(name) = &patch.tsig_key_name {
            self.tsig_key_name.clone_from(name);
        }
        if let Some(algorithm) = patch.tsig_algorithm {
            self.tsig_algorithm = algorithm;
        }
        self
    }
}

impl Rfc2136Patch {
    /// Checks the key; the rest is checked with what it is laid over.
    pub fn check(&self) -> Result<()> {
        self.tsig_secret
            .as_ref()
            .map_or(Ok(()), |secret| check_secret(secret))
    }
}

fn check_server(server: &str) -> Result<()> {
    let host = match server.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if server.matches(':').count() > 1 => server,
        None => server.split(':').next().unwrap_or_default(),
    };
    let port = server.strip_prefix('[').map_or_else(
        || {
            server
                .split_once(':')
                .map(|(_, port)| port)
                .filter(|_| server.matches(':').count() == 1)
        },
        |rest| rest.split_once("]:").map(|(_, port)| port),
    );
    let host_is_good = host.parse::<std::net::IpAddr>().is_ok() || is_name(host);
    if host_is_good && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0)) {
        return Ok(());
    }
    Err(Problem::field(
        "server",
        "This is no address of a server, such as ns1.example.com or 192.0.2.53:53.",
    ))
}

fn check_name(field: &str, name: &str) -> Result<()> {
    if is_name(name) {
        return Ok(());
    }
    Err(Problem::field(field, "This is no name as DNS has them.")
        .remedy("Names have letters, digits, hyphens and dots, such as keyturn.example.com."))
}

fn is_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    (1..=253).contains(&name.len())
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        })
}

fn check_secret(secret: &str) -> Result<()> {
    let text = secret.trim();
    // as an update will read it
    let key = BASE64.decode(text.as_bytes()).map(Zeroizing::new);
    if (8..=512).contains(&text.len()) && key.is_ok() {
        return Ok(());
    }
    Err(
        Problem::field("tsig_secret", "The key is base64 text. It was not kept.")
            .remedy("Enter it as tsig-keygen prints it after the word secret."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_addresses_or_names() {
        for server in [
            "192.0.2.1",
            "192.0.2.1:5353",
            "ns1.example.com",
            "ns1:53",
            "2001:db8::1",
            "[2001:db8::1]:53",
        ] {
            assert!(check_server(server).is_ok(), "{server}");
        }
        for server in ["", "ns1:0", "ns1:x", "a b", "[::1]:99999", "https://ns1"] {
            assert!(check_server(server).is_err(), "{server}");
        }
    }

    #[test]
    fn a_key_is_base64_and_never_told_again() {
        assert!(check_secret("c2VjcmV0LXNlY3JldA==").is_ok());
        for wrong in ["p4ssw0rd!", "A===A===", "c2VjcmV0LXNlY3JldB=="] {
            let refused = check_secret(wrong).unwrap_err();
            assert!(!format!("{refused:?}").contains(wrong));
        }
    }
}
