//! Which of the DER structures a file is: they all are sequences, told apart by their elements.

use const_oid::ObjectIdentifier as Oid;
use der::asn1::AnyRef;
use der::{Decode, Reader, SliceReader, Tag, Tagged};

use super::encryption::Effort;
use super::{Form, Found, pkcs12};
use crate::{Part, PrivateKey, Refusal, Result};

/// What a sequence is by its elements. Whether it is whole is for its reader to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Certificate,
    Request,
    RevocationList,
    PublicKey,
    Pkcs7,
    Pkcs8,
    EncryptedPkcs8,
    Pkcs12,
    Pkcs1,
    Sec1,
    Unknown,
}

/// Whether bytes are one sequence, to their end.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    AnyRef::from_der(bytes).is_ok_and(|any| any.tag() == Tag::Sequence)
}

/// The first element of bytes that have something behind it.
pub(super) fn first(bytes: &[u8]) -> Option<&[u8]> {
    SliceReader::new(bytes).ok()?.tlv_bytes().ok()
}

/// Reads a file that is one sequence.
pub(super) fn read(bytes: &[u8], password: Option<&str>) -> Result<Found> {
    let of = Found::new;
    let mut found;
    match shape(bytes) {
        Shape::Certificate => {
            found = of(Form::Der);
            found.add_certificate(bytes)?;
        }
        Shape::Request => {
            found = of(Form::Der);
            found.add_request(bytes)?;
        }
        Shape::Pkcs7 => {
            found = of(Form::Pkcs7);
            found.add_pkcs7(bytes)?;
        }
        Shape::Pkcs8 => {
            found = of(Form::Pkcs8);
            found.add_key(PrivateKey::from_pkcs8_der(bytes)?)?;
        }
        Shape::EncryptedPkcs8 => {
            found = of(Form::Pkcs8);
            found.add_encrypted_key(bytes, password, &mut Effort::new())?;
        }
        Shape::Pkcs1 => {
            found = of(Form::Der);
            found.add_key(PrivateKey::from_pkcs1_der(bytes)?)?;
        }
        Shape::Sec1 => {
            found = of(Form::Der);
            found.add_key(PrivateKey::from_sec1_der(bytes)?)?;
        }
        Shape::Pkcs12 => return pkcs12::read(bytes, password),
        Shape::RevocationList => return Err(other("a certificate revocation list")),
        Shape::PublicKey => return Err(other("a public key")),
        Shape::Unknown => return Err(super::nothing()),
    }
    Ok(found)
}

/// What is wrong with a file that begins like DER but is not one whole sequence.
pub(super) fn damaged(bytes: &[u8]) -> Option<Refusal> {
    // A sequence whose length takes one to four bytes, or is left open. Text begins otherwise.
    let [0x30, length @ 0x80..=0x84, ..] = bytes else {
        return None;
    };
    if *length == 0x80 {
        return Some(
            Refusal::new(
                Part::File,
                "The file is written as BER with lengths left open, which is not read.",
            )
            .remedy("Write it once more as PEM, with openssl or the program that made it."),
        );
    }
    Some(
        Refusal::new(
            Part::File,
            "The file was cut off, or has something behind its end.",
        )
        .remedy("Take it once more from where it was made."),
    )
}

fn shape(bytes: &[u8]) -> Shape {
    shape_of(bytes).unwrap_or(Shape::Unknown)
}

fn shape_of(bytes: &[u8]) -> Option<Shape> {
    let outer = AnyRef::from_der(bytes).ok()?;
    let mut elements = elements(outer.value());
    let mut next = || elements.next()?.ok();
    let (one, two) = (next()?, next()?);
    Some(match (one.tag(), two.tag()) {
        (Tag::ObjectIdentifier, _) => Shape::Pkcs7,
        (Tag::Integer, Tag::Integer) => Shape::Pkcs1,
        (Tag::Integer, Tag::OctetString) => Shape::Sec1,
        (Tag::Integer, Tag::Sequence) if is_content(&two) => Shape::Pkcs12,
        (Tag::Integer, Tag::Sequence) => Shape::Pkcs8,
        (Tag::Sequence, Tag::OctetString) => Shape::EncryptedPkcs8,
        (Tag::Sequence, Tag::BitString) => Shape::PublicKey,
        (Tag::Sequence, Tag::Sequence) if next()?.tag() == Tag::BitString => signed(&one)?,
        _ => return None,
    })
}

/// What a signed thing is: its signed part begins with a version that may be left out.
fn signed(signed: &AnyRef<'_>) -> Option<Shape> {
    let tags = elements(signed.value())
        .take(4)
        .map(|element| Some(element.ok()?.tag()));
    let tags: Vec<Tag> = tags.collect::<Option<_>>()?;
    Some(match tags[..] {
        [Tag::ContextSpecific { .. }, ..]
        | [Tag::Integer, Tag::Sequence, Tag::Sequence, Tag::Sequence] => Shape::Certificate,
        [
            Tag::Integer,
            Tag::Sequence,
            Tag::Sequence,
            Tag::UtcTime | Tag::GeneralizedTime,
        ]
        | [
            Tag::Sequence,
            Tag::Sequence,
            Tag::UtcTime | Tag::GeneralizedTime,
            ..,
        ] => Shape::RevocationList,
        [Tag::Integer, Tag::Sequence, Tag::Sequence, ..] => Shape::Request,
        _ => return None,
    })
}

/// Whether a sequence begins with the type of a content (RFC 2315): `1.2.840.113549.1.7.*`.
fn is_content(sequence: &AnyRef<'_>) -> bool {
    const CONTENTS: Oid = Oid::new_unwrap("1.2.840.113549.1.7");
    let first = elements(sequence.value()).next();
    matches!(first, Some(Ok(first)) if first.tag() == Tag::ObjectIdentifier
        && first.value().starts_with(CONTENTS.as_bytes()))
}

/// The elements of a sequence or set, as far as they can be told apart.
pub(super) fn elements(value: &[u8]) -> impl Iterator<Item = der::Result<AnyRef<'_>>> {
    let mut rest = value;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        match AnyRef::from_der_partial(rest) {
            Ok((element, after)) => {
                rest = after;
                Some(Ok(element))
            }
            Err(error) => {
                rest = &[];
                Some(Err(error))
            }
        }
    })
}

/// What stands in an explicit tag of a number.
pub(super) fn explicit<'a>(element: &AnyRef<'a>, number: u32) -> Option<AnyRef<'a>> {
    let Tag::ContextSpecific {
        constructed: true,
        number: found,
    } = element.tag()
    else {
        return None;
    };
    if found.value() != number {
        return None;
    }
    AnyRef::from_der(element.value()).ok()
}

fn other(what: &str) -> Refusal {
    Refusal::new(
        Part::File,
        format!("This file is {what}; a certificate, private key or request is needed."),
    )
    .remedy("Choose another file.")
}
