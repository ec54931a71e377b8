//! Names of subjects and issuers (X.501) as text. Whoever asks for a certificate chooses what stands
//! in them, so nothing of them is shown as it came.

use der::asn1::AnyRef;
use der::{Encode, Tag};
use serde::Serialize;
use specta::Type;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::Name;

use crate::facts::encoding::hex;
use crate::limits;

/// Characters of one text that are shown.
const TEXT_CHARS: usize = 1_000;
/// Characters of a name in a sentence.
const SHORT_CHARS: usize = 80;

/// A name of a subject or issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct NameFacts {
    /// In one line, the last part first (RFC 4514).
    pub text: String,
    /// Its parts, in the order of the certificate.
    pub parts: Vec<NamePart>,
    /// The last common name in it.
    pub common_name: Option<String>,
}

/// One attribute of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct NamePart {
    /// `CN`, `O`, or an object identifier.
    pub label: String,
    /// What it says.
    pub value: String,
}

impl NameFacts {
    /// Reads a name. Never fails: what cannot be read as text is shown as hexadecimal digits.
    pub(crate) fn of(name: &Name) -> Self {
        let part = |attribute: &AttributeTypeAndValue| NamePart {
            label: label(attribute),
            value: shown(&value(attribute)),
        };
        Self {
            text: shown(&text(name)),
            parts: name.iter().take(limits::NAMES).map(part).collect(),
            common_name: common_name(name).map(|value| shown(&value)),
        }
    }

    /// What to call it in a sentence: its common name, else all of it, and of that the beginning.
    pub fn short(&self) -> String {
        let name = match self.common_name.as_deref() {
            Some(name) if !name.is_empty() => name,
            _ if self.text.is_empty() => "(no name)",
            _ => &self.text,
        };
        cut(name, SHORT_CHARS)
    }
}

/// The last common name, as it came.
pub(crate) fn common_name(name: &Name) -> Option<String> {
    let named = |attribute: &&AttributeTypeAndValue| attribute.oid.to_string() == "2.5.4.3";
    name.iter().filter(named).last().map(value)
}

/// In one line (RFC 4514), as it came but for the escapes.
pub(crate) fn text(name: &Name) -> String {
    let rdns: Vec<_> = name.iter_rdn().collect();
    let rdns = rdns.into_iter().rev().map(|rdn| {
        let parts: Vec<_> = rdn.iter().map(attribute_text).collect();
        parts.join("+")
    });
    rdns.collect::<Vec<_>>().join(",")
}

fn attribute_text(attribute: &AttributeTypeAndValue) -> String {
    let label = label(attribute);
    // Section 2.4: what has no name of its own is written as its encoding.
    if label.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("{label}={}", encoding(attribute));
    }
    let value = value(attribute);
    let count = value.chars().count();
    let mut text = format!("{label}=");
    for (position, c) in value.chars().enumerate() {
        let special = matches!(c, '"' | '+' | ',' | ';' | '<' | '>' | '\\')
            || (c == '#' && position == 0)
            || (c == ' ' && (position == 0 || position + 1 == count));
        if special {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

fn label(attribute: &AttributeTypeAndValue) -> String {
    let oid = attribute.oid.to_string();
    let known = LABELS.iter().find(|(known, _)| *known == oid);
    known.map_or(oid, |(_, label)| (*label).to_owned())
}

fn value(attribute: &AttributeTypeAndValue) -> String {
    string(attribute.value.to_ref()).unwrap_or_else(|| encoding(attribute))
}

fn encoding(attribute: &AttributeTypeAndValue) -> String {
    let der = attribute.value.to_der().unwrap_or_default();
    hex(&der)
}

/// A value of one of the string types; none for all others.
pub(crate) fn string(value: AnyRef<'_>) -> Option<String> {
    let bytes = value.value();
    Some(match value.header().tag() {
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::Ia5String
        | Tag::VisibleString
        | Tag::NumericString
        | Tag::GeneralString => String::from_utf8_lossy(bytes).into_owned(),
        // As everybody else reads it, whatever T.61 says.
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        Tag::BmpString => {
            let units = bytes.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0xFFFD,
            });
            String::from_utf16_lossy(&units.collect::<Vec<_>>())
        }
        _ => return None,
    })
}

/// A text that may be shown: bounded, and nothing in it moves, hides or turns around the rest.
pub(crate) fn shown(text: &str) -> String {
    let safe = |c| if misleads(c) { '\u{FFFD}' } else { c };
    cut(text, TEXT_CHARS).chars().map(safe).collect()
}

/// The beginning of a text.
pub(crate) fn cut(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Control characters, direction (Unicode annex 9), line ends, and what has no width.
fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{61C}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// RFC 4514 section 3, and what OpenSSL calls those that certificates hold besides.
const LABELS: [(&str, &str); 25] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.42", "GN"),
    ("2.5.4.43", "initials"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.65", "pseudonym"),
    ("2.5.4.97", "organizationIdentifier"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
    ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
    ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"),
];

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use der::asn1::Any;
    use x509_cert::name::RdnSequence;

    use super::*;

    fn name(oid: &str, tag: Tag, bytes: &[u8]) -> Name {
        let attribute = AttributeTypeAndValue {
            oid: const_oid::ObjectIdentifier::new(oid).unwrap(),
            value: Any::new(tag, bytes).unwrap(),
        };
        let mut rdns = RdnSequence::default();
        rdns.push(vec![attribute].try_into().unwrap());
        Name::hazmat_from_rdn_sequence(rdns)
    }

    #[test]
    fn a_name_reads_as_others_write_it() {
        let name = Name::from_str("CN=a\\, b,O=\\#1 \\+ 2,C=DE").unwrap();
        let facts = NameFacts::of(&name);
        assert_eq!(facts.text, "CN=a\\, b,O=\\#1 \\+ 2,C=DE");
        assert_eq!(facts.common_name.as_deref(), Some("a, b"));
        assert_eq!(facts.parts[1].label, "O");
        assert_eq!(facts.parts[1].value, "#1 + 2");
        assert_eq!(facts.short(), "a, b");
        assert_eq!(NameFacts::of(&Name::default()).short(), "(no name)");
    }

    #[test]
    fn every_encoding_shows_something() {
        for (tag, bytes, text) in [
            (Tag::BmpString, &b"\0k\0\xFC"[..], "kü"),
            (Tag::BmpString, &b"\0k\xFC"[..], "k\u{FFFD}"),
            (Tag::BmpString, &b"\xD8\x00\0a"[..], "\u{FFFD}a"),
            (Tag::TeletexString, &b"k\xFC"[..], "kü"),
            (Tag::Utf8String, &b"k\xFC"[..], "k\u{FFFD}"),
            (Tag::PrintableString, "kü".as_bytes(), "kü"),
            (Tag::Utf8String, &b""[..], ""),
            (Tag::Integer, &b"\x05"[..], "#020105"),
            (Tag::Utf8String, &b"a\0.b"[..], "a\u{FFFD}.b"),
        ] {
            let facts = NameFacts::of(&name("2.5.4.3", tag, bytes));
            assert_eq!(facts.common_name.as_deref(), Some(text), "{tag}");
        }
        let unknown = NameFacts::of(&name("1.2.3", Tag::Utf8String, b"x"));
        assert_eq!(unknown.text, "1.2.3=#0c0178");
        assert_eq!(unknown.parts[0].value, "x");
    }

    #[test]
    fn nothing_in_a_name_moves_or_hides_the_rest() {
        for hostile in [
            "\u{202E}",
            "\n",
            "\u{1b}[2J",
            "\u{200B}",
            "\u{2028}",
            "\u{85}",
        ] {
            let shown = shown(&format!("a{hostile}b"));
            assert!(shown.contains('\u{FFFD}'), "{hostile:?}");
            assert!(!shown.contains(hostile), "{hostile:?}");
        }
        assert_eq!(shown(&"x".repeat(5_000)).chars().count(), TEXT_CHARS + 1);
    }
}
