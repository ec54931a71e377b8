//! What a certificate may be used for (RFC 5280 sections 4.2.1.3, 4.2.1.9 and 4.2.1.12).

use const_oid::ObjectIdentifier as Oid;
use der::Decode;
use der::asn1::{BitStringRef, UintRef};

use super::encoding::sequence;

/// `BasicConstraints`: whether it is a certificate authority, and how many may follow below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Constraints {
    pub(crate) ca: bool,
    pub(crate) path_length: Option<u32>,
}

#[derive(der::Sequence)]
struct BasicConstraints<'a> {
    #[asn1(default = "Default::default")]
    ca: bool,
    #[asn1(optional = "true")]
    path_length: Option<UintRef<'a>>,
}

impl Constraints {
    pub(crate) fn from_der(der: &[u8]) -> Option<Self> {
        let read = BasicConstraints::from_der(der).ok()?;
        let number = |number: UintRef<'_>| {
            let add = |sum: u32, byte: &u8| sum.checked_mul(256)?.checked_add(u32::from(*byte));
            // More than can be counted bounds nothing.
            let bytes = number.as_bytes();
            bytes.iter().try_fold(0, add).unwrap_or(u32::MAX)
        };
        Some(Self {
            ca: read.ca,
            path_length: read.path_length.map(number),
        })
    }
}

/// Words for the bits of a key usage.
pub(crate) fn key_usage(der: &[u8]) -> Option<Vec<String>> {
    let bits = BitStringRef::from_der(der).ok()?;
    let words = KEY_USAGES.iter().zip(bits.bits());
    let words = words
        .filter(|(_, set)| *set)
        .map(|(word, _)| (*word).to_owned());
    Some(words.collect())
}

/// Words for the purposes of an extended key usage, or their object identifiers.
pub(crate) fn extended_usage(der: &[u8]) -> Option<Vec<String>> {
    let purposes = sequence(der)?.into_iter().map(|purpose| {
        let oid = purpose.decode_as::<Oid>().ok()?.to_string();
        let known = PURPOSES.iter().find(|(known, _)| *known == oid);
        Some(known.map_or(oid, |(_, word)| (*word).to_owned()))
    });
    purposes.collect()
}

/// In the order of their bits.
const KEY_USAGES: [&str; 9] = [
    "Digital signature",
    "Non-repudiation",
    "Key encipherment",
    "Data encipherment",
    "Key agreement",
    "Certificate signing",
    "CRL signing",
    "Encipher only",
    "Decipher only",
];

/// What a certificate with this purpose may be used for: everything.
pub(crate) const ANY: &str = "Any purpose";
/// The purpose of a TLS server.
pub(crate) const SERVER: &str = "TLS server";

/// Purposes by their identifiers.
const PURPOSES: [(&str, &str); 13] = [
    ("2.5.29.37.0", ANY),
    ("1.3.6.1.5.5.7.3.1", SERVER),
    ("1.3.6.1.5.5.7.3.2", "TLS client"),
    ("1.3.6.1.5.5.7.3.3", "Code signing"),
    ("1.3.6.1.5.5.7.3.4", "E-mail protection"),
    ("1.3.6.1.5.5.7.3.8", "Time stamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSP signing"),
    ("1.3.6.1.5.5.7.3.17", "IPsec"),
    ("1.3.6.1.5.5.7.3.21", "SSH client"),
    ("1.3.6.1.5.5.7.3.22", "SSH server"),
    ("1.3.6.1.5.5.7.3.36", "Document signing"),
    ("1.3.6.1.5.2.3.5", "Kerberos KDC"),
    ("1.3.6.1.4.1.311.20.2.2", "Smart card logon"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_are_read_whatever_their_number() {
        let read = |der: &[u8]| Constraints::from_der(der);
        assert_eq!(read(&[0x30, 0]).unwrap(), Constraints::default());
        let authority = read(&[0x30, 6, 1, 1, 0xFF, 2, 1, 0]).unwrap();
        assert_eq!((authority.ca, authority.path_length), (true, Some(0)));
        let long = read(&[0x30, 7, 1, 1, 0xFF, 2, 2, 3, 0xE8]).unwrap();
        assert_eq!(long.path_length, Some(1_000));
        let endless = read(&[0x30, 10, 1, 1, 0xFF, 2, 5, 1, 0, 0, 0, 0]).unwrap();
        assert_eq!(endless.path_length, Some(u32::MAX));
        assert_eq!(read(&[0x30, 9]), None);
    }

    #[test]
    fn usages_become_words() {
        let usage = key_usage(&[3, 2, 5, 0xA0]).unwrap();
        assert_eq!(usage, ["Digital signature", "Key encipherment"]);
        assert_eq!(key_usage(&[3, 3, 7, 0, 0x80]).unwrap(), ["Decipher only"]);
        assert_eq!(key_usage(&[3, 1]), None);
        assert_eq!(extended_usage(&[0x30, 3, 6, 1, 42]).unwrap(), ["1.2"]);
    }
}
