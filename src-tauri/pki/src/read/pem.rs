//! PEM (RFC 7468), as people have it: in any order, with text between, and with old labels.
//!
//! The framing is found here and not by a library: the one at hand (rustls-pki-types) passes over
//! `PKCS7`, `ENCRYPTED PRIVATE KEY`, `TRUSTED CERTIFICATE` and the headers of encrypted keys without
//! a word, and so could not say what is wrong with them.

use data_encoding::{BASE64, BASE64_NOPAD};
use memchr::memmem;
use zeroize::Zeroizing;

use super::encryption::Effort;
use super::{Form, Found};
use crate::{Part, PrivateKey, Refusal, Result};

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// Characters of the longest label that is looked at.
const LABEL_CHARS: usize = 64;

/// Reads all sections. What is of no use here (parameters, public keys) is passed over.
pub(super) fn read(text: &[u8], password: Option<&str>) -> Result<Found> {
    let mut found = Found::new(Form::Pem);
    let mut effort = Effort::new();
    let mut rest = text;
    while let Some((label, body, after)) = section(rest)? {
        rest = after;
        let Some(kind) = Kind::of(label) else {
            continue;
        };
        let der = decode(kind, body)?;
        match kind {
            Kind::Certificate => found.add_certificate(&der)?,
            Kind::TrustedCertificate => found.add_trusted_certificate(&der)?,
            Kind::Pkcs7 => found.add_pkcs7(&der)?,
            Kind::Request => found.add_request(&der)?,
            Kind::Pkcs8 => found.add_key(PrivateKey::from_pkcs8_der(&der)?)?,
            Kind::EncryptedPkcs8 => found.add_encrypted_key(&der, password, &mut effort)?,
            Kind::Pkcs1 => found.add_key(PrivateKey::from_pkcs1_der(&der)?)?,
            Kind::Sec1 => found.add_key(PrivateKey::from_sec1_der(&der)?)?,
            Kind::Dsa => return Err(unsupported("DSA", "a key with RSA, ECDSA or Ed25519")),
            Kind::OpenSsh => {
                return Err(unsupported(
                    "OpenSSH",
                    "ssh-keygen -p -m PKCS8 -f to convert it",
                ));
            }
        }
    }
    Ok(found)
}

/// What is read, by its label.
#[derive(Clone, Copy)]
enum Kind {
    Certificate,
    TrustedCertificate,
    Pkcs7,
    Request,
    Pkcs8,
    EncryptedPkcs8,
    Pkcs1,
    Sec1,
    Dsa,
    OpenSsh,
}

impl Kind {
    fn of(label: &[u8]) -> Option<Self> {
        Some(match label {
            b"CERTIFICATE" | b"X509 CERTIFICATE" | b"X.509 CERTIFICATE" => Self::Certificate,
            b"TRUSTED CERTIFICATE" => Self::TrustedCertificate,
            b"PKCS7" | b"PKCS #7 SIGNED DATA" | b"CMS" => Self::Pkcs7,
            b"CERTIFICATE REQUEST" | b"NEW CERTIFICATE REQUEST" => Self::Request,
            b"PRIVATE KEY" => Self::Pkcs8,
            b"ENCRYPTED PRIVATE KEY" => Self::EncryptedPkcs8,
            b"RSA PRIVATE KEY" => Self::Pkcs1,
            b"EC PRIVATE KEY" => Self::Sec1,
            b"DSA PRIVATE KEY" => Self::Dsa,
            b"OPENSSH PRIVATE KEY" => Self::OpenSsh,
            _ => return None,
        })
    }

    const fn part(self) -> (Part, &'static str) {
        match self {
            Self::Certificate | Self::TrustedCertificate => (Part::Certificate, "certificate"),
            Self::Pkcs7 => (Part::File, "PKCS#7 file"),
            Self::Request => (Part::Csr, "request"),
            _ => (Part::PrivateKey, "private key"),
        }
    }
}

/// Label, body and what follows.
type Section<'a> = (&'a [u8], &'a [u8], &'a [u8]);

/// The next section, from the first line that begins one.
fn section(text: &[u8]) -> Result<Option<Section<'_>>> {
    let mut rest = text;
    while let Some(start) = memmem::find(rest, BEGIN) {
        rest = &rest[start + BEGIN.len()..];
        let Some(label) = label(rest) else {
            continue;
        };
        let body = &rest[label.len() + DASHES.len()..];
        let end = memmem::find(body, END).ok_or_else(|| unfinished(label))?;
        let (body, after) = body.split_at(end);
        let after = &after[END.len()..];
        let closed = after
            .strip_prefix(label)
            .and_then(|after| after.strip_prefix(DASHES));
        // A section within a section: the outer one has lost its end.
        let nested = memmem::find(body, BEGIN).is_some();
        return match closed {
            Some(after) if !nested => Ok(Some((label, body, after))),
            _ => Err(unfinished(label)),
        };
    }
    Ok(None)
}

fn label(text: &[u8]) -> Option<&[u8]> {
    let near = &text[..text.len().min(LABEL_CHARS + DASHES.len())];
    let label = &text[..memmem::find(near, DASHES)?];
    let sound = label.iter().all(|byte| matches!(byte, b' '..=b'~'));
    sound.then_some(label)
}

fn decode(kind: Kind, body: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let body = without_headers(kind, body)?;
    let sound = body.iter().filter(|byte| !byte.is_ascii_whitespace());
    // As large as it can get at once: a vector that grows leaves copies behind.
    let mut base64 = Zeroizing::new(Vec::with_capacity(body.len()));
    base64.extend(sound);
    // Some programs leave the padding out.
    let decoded = match base64.len() % 4 {
        0 => BASE64.decode(&base64),
        _ => BASE64_NOPAD.decode(&base64),
    };
    decoded.map(Zeroizing::new).map_err(|_| {
        let (part, what) = kind.part();
        Refusal::new(
            part,
            format!("Unable to parse the {what}: its text is not Base64 throughout."),
        )
        .remedy("Copy it once more, from the line that begins it to the line that ends it.")
    })
}

/// The Base64 below the headers of old (RFC 1421), which end with an empty line.
fn without_headers(kind: Kind, body: &[u8]) -> Result<&[u8]> {
    if !body.contains(&b':') {
        return Ok(body);
    }
    if memmem::find(body, b"ENCRYPTED").is_some() {
        let (part, _) = kind.part();
        return Err(Refusal::new(
            part,
            "The private key is encrypted in the old way of OpenSSL (Proc-Type: 4,ENCRYPTED), \
             which is not read.",
        )
        .remedy("Convert it: openssl pkcs8 -topk8 -in key.pem -out key.p8"));
    }
    let ends: [&[u8]; 3] = [b"\r\n\r\n", b"\n\n", b"\r\r"];
    let ends = ends.map(|end| memmem::find(body, end).map(|at| at + end.len()));
    let end = ends.into_iter().flatten().min().unwrap_or_default();
    Ok(&body[end..])
}

fn unfinished(label: &[u8]) -> Refusal {
    let (part, what) = Kind::of(label).map_or((Part::File, "section"), Kind::part);
    Refusal::new(
        part,
        format!("The file begins a {what} in PEM that has no end."),
    )
    .remedy("Copy it once more, from the line that begins it to the line that ends it.")
}

fn unsupported(what: &str, instead: &str) -> Refusal {
    Refusal::new(
        Part::PrivateKey,
        format!("Private keys of this kind are not supported: {what}."),
    )
    .remedy(format!("Use {instead}."))
}
