//! The extensions of a certificate (RFC 5280 section 4.2): what they are called, what they say in
//! short, and which of them clients understand.

use const_oid::ObjectIdentifier as Oid;
use serde::Serialize;
use specta::Type;
use x509_cert::ext::Extension;

use super::alt_names::{AltNameKind, general_name, general_names};
use super::encoding::{elements, number, sequence};
use super::usage::{Constraints, extended_usage, key_usage};
use super::{encoding, sources};
use crate::name::{cut, shown, string};

/// Bytes of an extension that are shown as digits.
const HEX_BYTES: usize = 64;
/// Characters of what an extension says in short.
const VALUE_CHARS: usize = 300;

/// One extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ExtensionFacts {
    /// What it is called, or its object identifier.
    pub name: String,
    /// Its object identifier.
    pub oid: String,
    /// Whether who does not understand it must refuse the certificate.
    pub critical: bool,
    /// What it says in short, or its first bytes.
    pub value: String,
    /// Why it is shown as bytes.
    pub note: Option<String>,
}

impl ExtensionFacts {
    pub(crate) fn of(extension: &Extension) -> Self {
        let oid = extension.extn_id.to_string();
        let bytes = extension.extn_value.as_bytes();
        let known = KNOWN.iter().find(|known| known.oid == oid);
        let said = known.map(|known| (known.read)(bytes));
        let note = match &said {
            None => Some("It is not known here."),
            Some(None) => Some("It cannot be decoded."),
            Some(Some(_)) => None,
        };
        Self {
            name: known.map_or_else(|| oid.clone(), |known| known.name.to_owned()),
            oid,
            critical: extension.critical,
            value: said
                .flatten()
                .map_or_else(|| cut_hex(bytes), |said| shown(&cut(&said, VALUE_CHARS))),
            note: note.map(str::to_owned),
        }
    }
}

/// What to call an extension: its name, else its object identifier.
pub(crate) fn extension_name(oid: &Oid) -> String {
    let oid = oid.to_string();
    let known = KNOWN.iter().find(|known| known.oid == oid);
    known.map_or(oid, |known| known.name.to_owned())
}

/// Whether clients act upon an extension that is critical.
pub(crate) fn is_understood(oid: &Oid) -> bool {
    let oid = oid.to_string();
    KNOWN
        .iter()
        .any(|known| known.oid == oid && known.understood)
}

/// Certificates that are logged before they are issued have it; none of them is to be used.
pub(crate) const POISON: Oid = Oid::new_unwrap("1.3.6.1.4.1.11129.2.4.3");

fn cut_hex(bytes: &[u8]) -> String {
    let text = encoding::pairs(&bytes[..bytes.len().min(HEX_BYTES)]);
    if bytes.len() > HEX_BYTES {
        return format!("{text}… ({} bytes)", bytes.len());
    }
    text
}

fn constraints(der: &[u8]) -> Option<String> {
    let read = Constraints::from_der(der)?;
    Some(match (read.ca, read.path_length) {
        (false, _) => "No certificate authority".to_owned(),
        (true, None) => "Certificate authority".to_owned(),
        (true, Some(length)) => format!("Certificate authority, path length {length}"),
    })
}

fn names(der: &[u8]) -> Option<String> {
    let names = general_names(der)?;
    Some(joined(
        names.into_iter().map(|(kind, value)| name(kind, value)),
    ))
}

fn name(kind: AltNameKind, value: String) -> String {
    match kind {
        AltNameKind::Dns | AltNameKind::Email | AltNameKind::Ip | AltNameKind::Uri => value,
        AltNameKind::Directory => format!("({value})"),
        AltNameKind::Other | AltNameKind::RegisteredId => format!("other: {value}"),
    }
}

fn name_constraints(der: &[u8]) -> Option<String> {
    let mut said = Vec::new();
    for trees in sequence(der)? {
        let word = match number(&trees) {
            Some(0) => "permitted",
            Some(1) => "excluded",
            _ => return None,
        };
        for tree in elements(trees.value())? {
            let (kind, value) = general_name(*elements(tree.value())?.first()?);
            said.push(format!("{word} {}", name(kind, value)));
        }
    }
    Some(said.join(", "))
}

fn access(der: &[u8]) -> Option<String> {
    let said = sources::access(der)?.into_iter().map(|(method, location)| {
        let word = match method.as_str() {
            sources::OCSP => "OCSP",
            sources::CA_ISSUERS => "issuer",
            other => other,
        };
        format!("{word} {location}")
    });
    Some(joined(said))
}

fn text(der: &[u8]) -> Option<String> {
    string(der::Decode::from_der(der).ok()?)
}

fn integer(der: &[u8]) -> Option<String> {
    let number: u32 = der::Decode::from_der(der).ok()?;
    Some(number.to_string())
}

fn timestamps(der: &[u8]) -> Option<String> {
    let octets: &der::asn1::OctetStringRef = der::Decode::from_der(der).ok()?;
    let (_, mut rest) = octets.as_bytes().split_at_checked(2)?;
    let mut count = 0;
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_be_bytes(*length))..)?;
        count += 1;
    }
    Some(format!("{count} of certificate transparency"))
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

struct Known {
    oid: &'static str,
    name: &'static str,
    understood: bool,
    read: fn(&[u8]) -> Option<String>,
}

#[rustfmt::skip] // one extension a line
const KNOWN: [Known; 21] = [
    Known { oid: "2.5.29.14", name: "Subject key identifier", understood: true, read: sources::subject_key_id },
    Known { oid: "2.5.29.35", name: "Authority key identifier", understood: true, read: sources::authority_key_id },
    Known { oid: "2.5.29.15", name: "Key usage", understood: true, read: |der| Some(key_usage(der)?.join(", ")) },
    Known { oid: "2.5.29.37", name: "Extended key usage", understood: true, read: |der| Some(extended_usage(der)?.join(", ")) },
    Known { oid: "2.5.29.17", name: "Subject alternative name", understood: true, read: names },
    Known { oid: "2.5.29.18", name: "Issuer alternative name", understood: true, read: names },
    Known { oid: "2.5.29.19", name: "Basic constraints", understood: true, read: constraints },
    Known { oid: "2.5.29.30", name: "Name constraints", understood: true, read: name_constraints },
    Known { oid: "2.5.29.31", name: "CRL distribution points", understood: true, read: |der| Some(sources::distribution_points(der)?.join(", ")) },
    Known { oid: "2.5.29.46", name: "Freshest CRL", understood: false, read: |der| Some(sources::distribution_points(der)?.join(", ")) },
    Known { oid: "2.5.29.32", name: "Certificate policies", understood: true, read: |der| Some(sources::policies(der)?.join(", ")) },
    Known { oid: "2.5.29.33", name: "Policy mappings", understood: true, read: |der| Some(format!("{} mappings", sequence(der)?.len())) },
    Known { oid: "2.5.29.36", name: "Policy constraints", understood: true, read: |der| Some(format!("{} constraints", sequence(der)?.len())) },
    Known { oid: "2.5.29.54", name: "Inhibit any policy", understood: true, read: integer },
    Known { oid: "1.3.6.1.5.5.7.1.1", name: "Authority information access", understood: true, read: access },
    Known { oid: "1.3.6.1.5.5.7.1.11", name: "Subject information access", understood: false, read: access },
    Known { oid: "1.3.6.1.5.5.7.1.24", name: "TLS feature", understood: true, read: |der| Some(if der == [0x30, 3, 2, 1, 5] { "OCSP stapling".to_owned() } else { format!("{} features", sequence(der)?.len()) }) },
    Known { oid: "1.3.6.1.5.5.7.48.1.5", name: "OCSP no check", understood: true, read: |_| Some("Present".to_owned()) },
    Known { oid: "1.3.6.1.4.1.11129.2.4.2", name: "Signed timestamps", understood: true, read: timestamps },
    Known { oid: "1.3.6.1.4.1.11129.2.4.3", name: "Precertificate poison", understood: false, read: |_| Some("Present".to_owned()) },
    Known { oid: "2.16.840.1.113730.1.13", name: "Comment", understood: false, read: text },
];

#[cfg(test)]
mod tests {
    use der::asn1::OctetString;

    use super::*;

    fn facts(oid: &str, bytes: &[u8]) -> ExtensionFacts {
        ExtensionFacts::of(&Extension {
            extn_id: Oid::new(oid).unwrap(),
            critical: true,
            extn_value: OctetString::new(bytes).unwrap(),
        })
    }

    #[test]
    fn what_is_not_known_or_damaged_is_shown_as_bytes_with_a_note() {
        let unknown = facts("1.2.3.4", &[7; 100]);
        assert_eq!(unknown.name, "1.2.3.4");
        assert!(unknown.value.starts_with("07:07"), "{unknown:?}");
        assert!(unknown.value.ends_with("07… (100 bytes)"), "{unknown:?}");
        assert_eq!(unknown.note.as_deref(), Some("It is not known here."));
        let damaged = facts("2.5.29.15", &[1, 2]);
        assert_eq!(
            (damaged.name.as_str(), damaged.value.as_str()),
            ("Key usage", "01:02")
        );
        assert_eq!(damaged.note.as_deref(), Some("It cannot be decoded."));
    }

    #[test]
    fn no_damage_of_a_known_extension_panics() {
        for known in &KNOWN {
            assert!(Oid::new(known.oid).is_ok(), "{}", known.oid);
            for bytes in [
                &[][..],
                &[0x30],
                &[0x30, 0],
                &[0x30, 3, 0xA0, 1, 0],
                &[4, 2, 0, 1],
                &[4, 3, 0, 1, 9],
            ] {
                let _ = facts(known.oid, bytes);
            }
        }
    }

    #[test]
    fn constraints_on_names_say_which() {
        let der = [0x30, 9, 0xA0, 7, 0x30, 5, 0x82, 3, b'a', b'.', b'b'];
        assert_eq!(facts("2.5.29.30", &der).value, "permitted a.b");
    }
}
