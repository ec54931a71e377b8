//! What a host name, an e-mail address and a URI look like.

use std::net::Ipv6Addr;

/// Whether it is a host name in the preferred syntax (RFC 1034 section 3.5 as RFC 5280 section
/// 4.2.1.6 takes it, RFC 1123 section 2.1): labels of letters, digits and hyphens, neither an
/// underscore nor a dot at the end. The leftmost label may be `*` as a whole if another name of two
/// labels or more follows, or one label such as `localhost`. A last label of digits alone would be
/// an address.
pub(crate) fn is_dns_name(name: &str) -> bool {
    let base = name.strip_prefix("*.").unwrap_or(name);
    let last = base.rsplit('.').next().unwrap_or_default();
    name.len() <= 253
        && base.split('.').all(is_label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether it is a mailbox in ASCII (RFC 5321 section 4.1.2): one `@`, before it words with dots
/// between, after it a host name. Quoted words are not taken.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= 64
        && text.len() <= 254
        && local.split('.').all(atom)
        && !domain.starts_with('*')
        && is_dns_name(domain)
}

/// Whether it is an absolute URI in ASCII (RFC 3986, RFC 5280 section 4.2.1.6): a scheme and
/// something after it, and if that begins with `//`, a host that is a host name or an address.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_is_right = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    scheme_is_right && !rest.is_empty() && text.len() <= 2048 && is_encoded(rest) && has_host(rest)
}

fn has_host(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("//") else {
        return !rest.contains(['[', ']']);
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    if path.contains(['[', ']']) {
        return false;
    }
    let (host, port) = match host.strip_prefix('[') {
        Some(address) => {
            let Some((address, port)) = address.split_once(']') else {
                return false;
            };
            if address.parse::<Ipv6Addr>().is_err() {
                return false;
            }
            (None, port)
        }
        None => match host.find(':') {
            Some(colon) => (Some(&host[..colon]), &host[colon..]),
            None => (Some(host), ""),
        },
    };
    let port_is_right = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| port.parse::<u16>().is_ok());
    let host_is_right = host.is_none_or(|host| {
        host.parse::<std::net::Ipv4Addr>().is_ok() || (!host.contains('*') && is_dns_name(host))
    });
    port_is_right && host_is_right
}

/// The host name of a URI that is well formed; none if it has no authority, or an address there.
pub(crate) fn uri_host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once(':')?;
    let rest = rest.strip_prefix("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = host.split(':').next()?;
    is_dns_name(host).then_some(host)
}

/// Characters of a URI, with `%` before two hexadecimal digits only, and one `#` at most.
fn is_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let percent = |at: usize| {
        let digits = bytes.get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    text.matches('#').count() <= 1
        && bytes.iter().enumerate().all(|(at, byte)| match byte {
            b'%' => percent(at),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_keep_to_the_preferred_syntax() {
        let long = format!("{}.com", "a".repeat(63));
        for name in [
            "localhost",
            "a-b.example.com",
            "*.example.com",
            "xn--bcher-kva.de",
            &long,
        ] {
            assert!(is_dns_name(name), "{name}");
        }
        let label = format!("{}.com", "a".repeat(64));
        let whole = ["a".repeat(63).as_str(); 4].join(".");
        for name in [
            "", ".", "a.", ".a", "*.", "*", "*a.com", "a_b.com", "a b.com", "1.2.3.4", &label,
            &whole,
        ] {
            assert!(!is_dns_name(name), "{name}");
        }
    }

    #[test]
    fn addresses_and_uris_are_told_from_what_looks_like_them() {
        for text in ["a@b.com", "a.b+c@b.com"] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "a",
            "@b.com",
            "a@",
            "a..b@c.com",
            "a@b@c",
            "a@*.com",
            "a b@c.com",
            "\"a\"@b.com",
        ] {
            assert!(!is_email(text), "{text}");
        }
        for text in [
            "https://example.com:443/a?b#c",
            "urn:a:b",
            "spiffe://td/x",
            "http://[::1]/",
            "http://1.2.3.4",
            "a:%20",
        ] {
            assert!(is_uri(text), "{text}");
        }
        for text in [
            "",
            "a",
            ":b",
            "1a:b",
            "a:",
            "a:b c",
            "a:%2",
            "http://",
            "http://a_b/",
            "http://[::1",
            "http://a:b",
            "a:ü",
            "a:#b#",
        ] {
            assert!(!is_uri(text), "{text}");
        }
    }
}
