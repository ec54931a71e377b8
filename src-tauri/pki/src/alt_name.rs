//! Alternative names of a subject, from the API's text and from a request.

mod general;
mod syntax;

use std::fmt;
use std::net::IpAddr;

use const_oid::ObjectIdentifier as Oid;

use crate::usage::identifier;
use crate::{FieldResult, Part, Refusal, Result, limits};

pub(crate) use syntax::{is_dns_name, is_email, is_uri, uri_host};

/// The other names of a subject (RFC 5280 section 4.2.1.6), each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AltNames {
    /// Host names in lower case; the leftmost label may be `*`.
    pub dns: Vec<String>,
    /// E-mail addresses.
    pub email: Vec<String>,
    /// IP addresses.
    pub ip: Vec<IpAddr>,
    /// URIs.
    pub uri: Vec<String>,
    /// Names of other kinds.
    pub other: Vec<OtherName>,
}

/// A name of a kind that an identifier tells, such as a Microsoft user principal name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherName {
    /// Its kind.
    pub oid: Oid,
    /// Its text.
    pub value: String,
}

impl fmt::Display for OtherName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};UTF8:{}", self.oid, self.value)
    }
}

/// The fields of the API that hold alternative names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AltNamesText {
    /// `alt_names`: host names and e-mail addresses.
    pub alt_names: Vec<String>,
    /// `ip_sans`: IP addresses, between commas.
    pub ip_sans: String,
    /// `uri_sans`: URIs, between commas.
    pub uri_sans: String,
    /// `other_sans`: `<oid>;UTF8:<text>` each.
    pub other_sans: Vec<String>,
}

impl AltNames {
    /// Reads the fields of the API; the first entry that is wrong is refused by field and place.
    pub fn parse(part: Part, text: &AltNamesText) -> Result<Self> {
        Self::parse_by_field(part, text).map_err(|(_, refusal)| refusal)
    }

    /// The same, with the field that is refused.
    pub fn parse_by_field(part: Part, text: &AltNamesText) -> FieldResult<Self> {
        let mut names = Self::default();
        let field = "alt_names";
        for (place, name) in text.alt_names.iter().enumerate() {
            let refuse = |what: &str| entry(part, field, place, what);
            names
                .take_alt_name(name.trim(), &refuse)
                .map_err(Refusal::of(field))?;
        }
        let field = "ip_sans";
        for (place, address) in between_commas(&text.ip_sans).enumerate() {
            let address: IpAddr = address.parse().map_err(|_| {
                let refusal = entry(part, field, place, "is no IP address").remedy(
                    "Write addresses as 192.0.2.1 or 2001:db8::1, without a prefix length.",
                );
                (field, refusal)
            })?;
            push(&mut names.ip, address);
        }
        let field = "uri_sans";
        for (place, uri) in between_commas(&text.uri_sans).enumerate() {
            if !is_uri(uri) {
                let refusal = entry(part, field, place, "is no absolute URI").remedy(
                    "Write a scheme and what follows, in ASCII, such as spiffe://example.com/shop.",
                );
                return Err((field, refusal));
            }
            push(&mut names.uri, uri.to_owned());
        }
        let field = "other_sans";
        for (place, other) in text.other_sans.iter().enumerate() {
            let other = OtherName::parse(other).ok_or_else(|| {
                let refusal = entry(part, field, place, "is no name of another kind")
                    .remedy("Write it as an object identifier, ;UTF8: and a text.");
                (field, refusal)
            })?;
            push(&mut names.other, other);
        }
        names.check_count(part).map_err(Refusal::of("alt_names"))?;
        Ok(names)
    }

    fn take_alt_name(&mut self, name: &str, refuse: &dyn Fn(&str) -> Refusal) -> Result<()> {
        if !name.is_ascii() {
            return Err(refuse("holds characters beyond ASCII")
                .remedy("Write an international name in punycode (xn--...)."));
        }
        if name.contains('@') {
            if !is_email(name) {
                return Err(refuse("is no e-mail address"));
            }
            push(&mut self.email, name.to_owned());
            return Ok(());
        }
        if name.parse::<IpAddr>().is_ok() {
            return Err(refuse("is an IP address").remedy("Give IP addresses in ip_sans."));
        }
        if !is_dns_name(name) {
            return Err(refuse("is neither a host name nor an e-mail address").remedy(
                "A host name has labels of letters, digits and hyphens with dots between; only its \
                 first label may be *.",
            ));
        }
        push(&mut self.dns, name.to_ascii_lowercase());
        Ok(())
    }

    /// Adds a common name if it is a host name or an e-mail address, as the service does.
    pub fn add_common_name(&mut self, name: &str) {
        if is_email(name) {
            push(&mut self.email, name.to_owned());
        } else if is_dns_name(name) {
            push(&mut self.dns, name.to_ascii_lowercase());
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        let Self {
            dns,
            email,
            ip,
            uri,
            other,
        } = self;
        dns.len() + email.len() + ip.len() + uri.len() + other.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn check_count(&self, part: Part) -> Result<()> {
        if self.len() <= limits::NAMES {
            return Ok(());
        }
        let many = format!(
            "More than {} alternative names are not taken.",
            limits::NAMES
        );
        Err(Refusal::new(part, many))
    }
}

impl OtherName {
    /// Reads `<oid>;UTF8:<text>`; upper and lower case of the word are one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (oid, rest) = text.trim().split_once(';')?;
        let (kind, value) = rest.split_once(':')?;
        let known = ["UTF8", "UTF-8"]
            .iter()
            .any(|name| kind.trim().eq_ignore_ascii_case(name));
        if !known || value.is_empty() || value.chars().any(char::is_control) {
            return None;
        }
        Some(Self {
            oid: identifier(oid)?,
            value: value.to_owned(),
        })
    }
}

fn between_commas(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

fn entry(part: Part, field: &str, place: usize, what: &str) -> Refusal {
    Refusal::new(part, format!("Entry {} of {field} {what}.", place + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> AltNamesText {
        AltNamesText {
            alt_names: [
                "Shop.Example.com",
                "shop.example.com",
                "*.example.com",
                "a.b@example.com",
            ]
            .map(str::to_owned)
            .to_vec(),
            ip_sans: "192.0.2.1, 2001:db8::1,".into(),
            uri_sans: "spiffe://example.com/shop,urn:uuid:1".into(),
            other_sans: vec!["1.3.6.1.4.1.311.20.2.3;utf8:shop@example.com".into()],
        }
    }

    #[test]
    fn names_are_read_as_they_were_written() {
        let names = AltNames::parse(Part::Certificate, &text()).unwrap();
        assert_eq!(names.dns, ["shop.example.com", "*.example.com"]);
        assert_eq!(names.len(), 8);
        assert_eq!(
            names.other[0].to_string(),
            "1.3.6.1.4.1.311.20.2.3;UTF8:shop@example.com"
        );
        let general = names.to_general(Part::Certificate).unwrap();
        assert_eq!(AltNames::of_request(&general).unwrap(), names);
    }

    #[test]
    fn what_is_wrong_is_refused_by_field_and_place() {
        let refused = |text: AltNamesText| {
            let (field, refusal) = AltNames::parse_by_field(Part::Certificate, &text).unwrap_err();
            assert!(
                refusal.message.contains(&format!(" of {field} ")),
                "{refusal}"
            );
            refusal
        };
        for name in [
            "a_b.com",
            "-a.com",
            "a..com",
            "a.com.",
            "*",
            "a.*.com",
            "f*.com",
            "10.0.0.1",
            "a b",
            "@b.com",
            "a@b@c.com",
            "a@",
            "",
            "1.2",
        ] {
            let alt_names = vec!["ok.example.com".into(), name.into()];
            let message = refused(AltNamesText {
                alt_names,
                ..AltNamesText::default()
            })
            .message;
            assert!(
                message.starts_with("Entry 2 of alt_names "),
                "{name}: {message}"
            );
        }
        let refusal = refused(AltNamesText {
            alt_names: vec!["bücher.de".into()],
            ..text()
        });
        assert!(refusal.remedy.unwrap().contains("punycode"));
        for (field, text) in [
            (
                "ip_sans",
                AltNamesText {
                    ip_sans: "10.0.0.0/8".into(),
                    ..text()
                },
            ),
            (
                "uri_sans",
                AltNamesText {
                    uri_sans: "/relative".into(),
                    ..text()
                },
            ),
            (
                "other_sans",
                AltNamesText {
                    other_sans: vec!["1.2.3;DER:00".into()],
                    ..text()
                },
            ),
        ] {
            let message = refused(text).message;
            assert!(
                message.starts_with(&format!("Entry 1 of {field} ")),
                "{message}"
            );
        }
    }
}
