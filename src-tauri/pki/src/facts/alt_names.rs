//! The alternative names of a certificate (RFC 5280 section 4.2.1.6), read one by one: one that
//! cannot be read does not take the others with it.

use std::net::{Ipv4Addr, Ipv6Addr};

use const_oid::ObjectIdentifier as Oid;
use der::asn1::AnyRef;
use der::{Decode, Encode};
use serde::Serialize;
use specta::Type;
use x509_cert::name::Name;

use super::encoding::{elements, hex, sequence};
use crate::name::{shown, string, text};

/// What kind of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AltNameKind {
    /// A host name.
    Dns,
    /// An e-mail address.
    Email,
    /// An IP address.
    Ip,
    /// A URI.
    Uri,
    /// A name as a subject has it.
    Directory,
    /// A name of a kind that its identifier tells.
    Other,
    /// An object identifier.
    RegisteredId,
}

/// One alternative name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct AltName {
    /// What kind of name it is.
    pub kind: AltNameKind,
    /// The name, safe to show.
    pub value: String,
}

impl AltName {
    /// Makes a name that was read safe to show.
    pub(crate) fn shown((kind, value): (AltNameKind, String)) -> Self {
        Self {
            kind,
            value: shown(&value),
        }
    }
}

/// The names of an extension as they came; none if it is no list of names at all.
pub(crate) fn general_names(der: &[u8]) -> Option<Vec<(AltNameKind, String)>> {
    Some(sequence(der)?.into_iter().map(general_name).collect())
}

/// One name as it came.
pub(crate) fn general_name(name: AnyRef<'_>) -> (AltNameKind, String) {
    let bytes = name.value();
    let tag = name.header().tag();
    let lossy = || String::from_utf8_lossy(bytes).into_owned();
    let hex = || hex(bytes);
    if !tag.is_context_specific() {
        return (AltNameKind::Other, hex());
    }
    match tag.number().value() {
        0 => (AltNameKind::Other, other_name(bytes).unwrap_or_else(hex)),
        1 => (AltNameKind::Email, lossy()),
        2 => (AltNameKind::Dns, lossy()),
        4 => {
            let name = Name::from_der(bytes).map(|name| text(&name));
            (AltNameKind::Directory, name.unwrap_or_else(|_| hex()))
        }
        6 => (AltNameKind::Uri, lossy()),
        7 => (AltNameKind::Ip, address(bytes).unwrap_or_else(hex)),
        8 => {
            let oid = Oid::from_bytes(bytes).map(|oid| oid.to_string());
            (AltNameKind::RegisteredId, oid.unwrap_or_else(|_| hex()))
        }
        _ => (AltNameKind::Other, hex()),
    }
}

/// An address, or with its mask where names are constrained; none of any other length.
fn address(bytes: &[u8]) -> Option<String> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(v4).to_string());
    }
    if let Ok(v6) = <[u8; 16]>::try_from(bytes) {
        return Some(Ipv6Addr::from(v6).to_string());
    }
    let (address, mask) = bytes.split_at_checked(bytes.len() / 2)?;
    let full = mask.iter().take_while(|byte| **byte == 0xFF);
    let full = full.count();
    let bits = full * 8
        + mask
            .get(full)
            .map_or(0, |byte| byte.leading_ones() as usize);
    let ones: u32 = mask.iter().map(|byte| byte.count_ones()).sum();
    let whole = ones as usize == bits;
    let known = matches!(bytes.len(), 8 | 32) && whole;
    known.then(|| Some(format!("{}/{bits}", self::address(address)?)))?
}

/// `OtherName`: its identifier, and its value where that is a text.
fn other_name(bytes: &[u8]) -> Option<String> {
    let [oid, wrapped] = elements(bytes)?.try_into().ok()?;
    let oid = oid.decode_as::<Oid>().ok()?.to_string();
    let value = AnyRef::from_der(wrapped.value()).ok()?;
    let value = string(value).or_else(|| Some(hex(&value.to_der().ok()?)))?;
    Some(match oid.as_str() {
        "1.3.6.1.4.1.311.20.2.3" => format!("UPN {value}"),
        "1.3.6.1.5.5.7.8.7" => format!("SRV {value}"),
        "1.3.6.1.5.5.7.8.9" => format!("SmtpUTF8 {value}"),
        oid => format!("{oid} {value}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_name_does_not_take_the_others_with_it() {
        let der = [
            &[0x30, 23][..],
            &[0x82, 1, b'a'],
            &[0x87, 3, 1, 2, 3],
            &[0x82, 2, 0xFF, b'b'],
            &[0x88, 1, 0x2A],
            &[0xA4, 0],
            &[0x87, 4, 10, 0, 0, 1],
        ]
        .concat();
        let names = general_names(&der).unwrap();
        let texts: Vec<_> = names.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(texts, ["a", "#010203", "\u{FFFD}b", "1.2", "#", "10.0.0.1"]);
    }

    #[test]
    fn what_is_no_list_is_none() {
        assert_eq!(general_names(&[0x04, 0]), None);
        assert_eq!(general_names(&[0x30, 2, 0x82, 9]), None);
        assert_eq!(general_names(&[0x30, 0]), Some(Vec::new()));
    }

    #[test]
    fn constrained_addresses_have_a_mask() {
        assert_eq!(address(&[10, 0, 0, 0, 255, 0, 0, 0]).unwrap(), "10.0.0.0/8");
        assert_eq!(address(&[10, 0, 0, 0, 0, 255, 0, 0]), None);
        assert_eq!(address(&[0; 16]).unwrap(), "::");
        assert_eq!(address(&[]), None);
    }
}
