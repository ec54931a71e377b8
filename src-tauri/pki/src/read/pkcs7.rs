//! PKCS#7 and CMS: the certificates of a signed message that has neither content nor signers, which
//! is how certificate authorities hand out chains.

use cms::content_info::ContentInfo;
use const_oid::ObjectIdentifier as Oid;
use der::asn1::AnyRef;
use der::{Decode, Tag, Tagged};

use super::Found;
use super::binary::elements;
use crate::{Part, Refusal, Result};

const SIGNED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.2");

/// Adds the certificates of a message. They are taken as they stand: the type of the cms crate
/// would read them by its own rules and refuse the whole message for an odd one.
pub(super) fn read(bytes: &[u8], found: &mut Found) -> Result<()> {
    let message = ContentInfo::from_der(bytes).map_err(|_| unreadable())?;
    if message.content_type != SIGNED_DATA {
        return Err(Refusal::new(
            Part::File,
            "The PKCS#7 message is not one that holds certificates.",
        )
        .remedy("Ask for a degenerate PKCS#7 file (.p7b) with the certificates."));
    }
    let before = found.certificates.len();
    for element in elements(message.content.value()) {
        let element = element.map_err(|_| unreadable())?;
        if is_certificates(&element) {
            add(element.value(), found)?;
        }
    }
    if found.certificates.len() > before {
        return Ok(());
    }
    Err(
        Refusal::new(Part::File, "The PKCS#7 file holds no certificate.")
            .remedy("Ask for a degenerate PKCS#7 file (.p7b) with the certificates."),
    )
}

/// `certificates [0] IMPLICIT CertificateSet` (RFC 5652 section 5.1).
fn is_certificates(element: &AnyRef<'_>) -> bool {
    matches!(element.tag(), Tag::ContextSpecific { constructed: true, number } if number.value() == 0)
}

fn add(certificates: &[u8], found: &mut Found) -> Result<()> {
    let mut rest = certificates;
    while !rest.is_empty() {
        let (element, after) = AnyRef::from_der_partial(rest).map_err(|_| unreadable())?;
        let whole = &rest[..rest.len() - after.len()];
        // Others of the choice are attribute certificates and obsolete.
        if element.tag() == Tag::Sequence {
            found.add_certificate(whole)?;
        }
        rest = after;
    }
    Ok(())
}

fn unreadable() -> Refusal {
    Refusal::new(
        Part::File,
        "Unable to parse the PKCS#7 file: it is not whole.",
    )
    .remedy("Take it once more from where it was made; it may have been cut off.")
}
