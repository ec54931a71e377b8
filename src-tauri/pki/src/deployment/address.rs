//! Where a server is, as people type it.

use std::net::Ipv6Addr;

use super::{ProbeCode, ProbeRefusal};

/// A host and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// A host name or an IP address, without brackets.
    pub host: String,
    /// The port, 443 if none was given.
    pub port: u16,
}

impl Address {
    /// Reads `host`, `host:port`, `[v6]:port`, or either behind `https://`.
    pub fn parse(text: &str) -> Result<Self, ProbeRefusal> {
        let text = text.trim();
        let text = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => {
                rest.strip_suffix('/').unwrap_or(rest)
            }
            Some(_) => {
                return Err(wrong("Only addresses of TLS servers can be looked at.")
                    .remedy("Enter a host and a port, such as example.com:443."));
            }
            None => text,
        };
        if text.contains('@') {
            return Err(wrong("The address holds a user name.")
                .remedy("Leave out what stands before the @."));
        }
        if text.contains(['/', '?', '#', '\\']) {
            return Err(wrong("The address holds a path.")
                .remedy("Enter a host and a port only, such as example.com:443."));
        }
        let (host, port) = split(text)?;
        check_host(host)?;
        Ok(Self {
            host: host.to_owned(),
            port,
        })
    }
}

fn split(text: &str) -> Result<(&str, u16), ProbeRefusal> {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let (host, rest) = rest
            .split_once(']')
            .ok_or_else(|| wrong("The bracket of the address is not closed."))?;
        if host.parse::<Ipv6Addr>().is_err() {
            return Err(wrong("What stands in brackets is no IPv6 address."));
        }
        match rest.strip_prefix(':') {
            Some(port) => (host, Some(port)),
            None if rest.is_empty() => (host, None),
            None => return Err(wrong("After the bracket only a port may follow.")),
        }
    } else if text.parse::<Ipv6Addr>().is_ok() {
        (text, None)
    } else {
        match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        }
    };
    let port = port.map_or(Some(443), |port| {
        // A sign is none of the port, though it parses.
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        port.parse().ok().filter(|port| digits && *port != 0)
    });
    let port = port.ok_or_else(|| wrong("The port is not a number from 1 to 65535."))?;
    Ok((host, port))
}

pub(super) fn check_host(host: &str) -> Result<(), ProbeRefusal> {
    if host.is_empty() {
        return Err(wrong("The address has no host.").remedy("Enter one, such as example.com."));
    }
    if !host.is_ascii() {
        return Err(
            wrong("Host names with letters beyond ASCII are not looked up.")
                .remedy("Enter the name as the network knows it; it begins with xn--."),
        );
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let is_name = host.len() <= 253 && host.bytes().all(allowed);
    if !is_name && host.parse::<Ipv6Addr>().is_err() {
        return Err(wrong("The host is neither a host name nor an IP address."));
    }
    Ok(())
}

fn wrong(message: &str) -> ProbeRefusal {
    ProbeRefusal::new(ProbeCode::AddressInvalid, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_type_them() {
        for (text, host, port) in [
            ("example.com", "example.com", 443),
            (" example.com:8443 ", "example.com", 8443),
            ("[::1]:993", "::1", 993),
            ("[::1]", "::1", 443),
            ("fe80::1", "fe80::1", 443),
            ("10.0.0.1:636", "10.0.0.1", 636),
            ("https://example.com", "example.com", 443),
            ("HTTPS://example.com:9443/", "example.com", 9443),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(
                (address.host.as_str(), address.port),
                (host, port),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (text, word) in [
            ("", "no host"),
            (":443", "no host"),
            ("https://", "no host"),
            ("https://example.com/path", "path"),
            ("example.com/", "path"),
            ("example.com?x", "path"),
            ("http://example.com", "TLS"),
            ("user:secret@example.com", "user name"),
            ("example.com:", "port"),
            ("example.com:0", "port"),
            ("example.com:+443", "port"),
            ("example.com:65536", "port"),
            ("a:b:c", "port"),
            ("[::1", "bracket"),
            ("[example.com]:443", "IPv6"),
            ("[::1]443", "bracket"),
            ("münchen.example", "ASCII"),
            ("exa mple.com", "neither"),
            ("a\0b", "neither"),
        ] {
            let refused = Address::parse(text).unwrap_err();
            assert!(
                refused.message.contains(word),
                "{text}: {}",
                refused.message
            );
            assert!(!refused.message.contains("secret"));
        }
        let refused = Address::parse("münchen.example").unwrap_err();
        assert!(refused.remedy.unwrap().contains("xn--"));
    }
}
