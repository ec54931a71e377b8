//! Where a certificate says that more is found: keys of its issuer, lists of what was revoked,
//! answers to whether it was, and the policies it was issued under.

use const_oid::ObjectIdentifier as Oid;
use der::Decode;
use der::asn1::OctetStringRef;

use super::alt_names::{AltNameKind, general_name};
use super::encoding::{elements, number, pairs, sequence};

/// Subject key identifier (RFC 5280 section 4.2.1.2).
pub(crate) fn subject_key_id(der: &[u8]) -> Option<String> {
    Some(pairs(<&OctetStringRef>::from_der(der).ok()?.as_bytes()))
}

/// Authority key identifier (section 4.2.1.1); empty if it names the issuer otherwise.
pub(crate) fn authority_key_id(der: &[u8]) -> Option<String> {
    let fields = sequence(der)?;
    let id = fields.iter().find(|field| number(field) == Some(0));
    Some(id.map_or_else(String::new, |id| pairs(id.value())))
}

/// CRL distribution points (section 4.2.1.13): their URLs, or other names.
pub(crate) fn distribution_points(der: &[u8]) -> Option<Vec<String>> {
    let mut points = Vec::new();
    for point in sequence(der)? {
        let fields = elements(point.value())?;
        // `distributionPoint [0]`, and in it `fullName [0]`.
        let Some(name) = fields.iter().find(|field| number(field) == Some(0)) else {
            continue;
        };
        let choice = elements(name.value())?;
        let full = choice.iter().filter(|name| number(name) == Some(0));
        for names in full {
            let names = elements(names.value())?.into_iter().map(general_name);
            points.extend(names.map(|(_, value)| value));
        }
    }
    Some(points)
}

/// Authority information access (section 4.2.2.1): how, and where.
pub(crate) fn access(der: &[u8]) -> Option<Vec<(String, String)>> {
    let descriptions = sequence(der)?.into_iter().map(|description| {
        let [method, location] = elements(description.value())?.try_into().ok()?;
        let method = method.decode_as::<Oid>().ok()?.to_string();
        let (kind, location) = general_name(location);
        let location = match kind {
            AltNameKind::Uri => location,
            _ => format!("({location})"),
        };
        Some((method, location))
    });
    descriptions.collect()
}

/// Certificate policies (section 4.2.1.4), those of the CA/Browser Forum with a word.
pub(crate) fn policies(der: &[u8]) -> Option<Vec<String>> {
    let policies = sequence(der)?.into_iter().map(|policy| {
        let fields = elements(policy.value())?;
        let oid = fields.first()?.decode_as::<Oid>().ok()?.to_string();
        let word = match oid.as_str() {
            "2.5.29.32.0" => "Any policy",
            "2.23.140.1.1" => "Extended validation",
            "2.23.140.1.2.1" => "Domain validated",
            "2.23.140.1.2.2" => "Organization validated",
            "2.23.140.1.2.3" => "Individual validated",
            _ => return Some(oid),
        };
        Some(format!("{word} ({oid})"))
    });
    policies.collect()
}

/// How the status of a certificate is asked for.
pub(crate) const OCSP: &str = "1.3.6.1.5.5.7.48.1";

/// Where the certificate of the issuer is.
pub(crate) const CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";
