//! Certificate signing requests (PKCS#10, RFC 2986): read, checked and made.

mod request;

use std::fmt;

use const_oid::ObjectIdentifier as Oid;
use der::{Decode, Document};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName};
use x509_cert::request::CertReq;

use crate::certificate::signed_part;
use crate::certificate::{pem, same_key};
use crate::{
    AltNames, Certificate, KeyAlgorithm, KeyUse, Part, Refusal, Result, SignatureAlgorithm,
    Subject, limits,
};

pub use request::{CsrRequest, create, create_by_field, key_algorithm};

/// A request with the very bytes it was read from. All that it says is a wish of whoever made it,
/// and its signature may be wrong until [`Csr::verify`] was asked.
#[derive(Clone)]
pub struct Csr {
    der: Vec<u8>,
    read: CertReq,
    extensions: Vec<Extension>,
}

/// PKCS#9 `extensionRequest`, and Microsoft's identifier for the same.
const EXTENSION_REQUESTS: [Oid; 2] = [
    Oid::new_unwrap("1.2.840.113549.1.9.14"),
    Oid::new_unwrap("1.3.6.1.4.1.311.2.1.14"),
];

impl Csr {
    /// Reads one request, to its last byte.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        if der.len() > limits::DER_BYTES {
            let many = format!(
                "A request of {} bytes is larger than the {} that are read.",
                der.len(),
                limits::DER_BYTES
            );
            return Err(Refusal::new(Part::Csr, many));
        }
        let read = CertReq::from_der(der).map_err(|_| unreadable())?;
        let mut extensions = Vec::new();
        for attribute in read.info.attributes.iter() {
            if EXTENSION_REQUESTS.contains(&attribute.oid) {
                for value in attribute.values.iter() {
                    let asked: Vec<Extension> = value.decode_as().map_err(|_| unreadable())?;
                    extensions.extend(asked);
                }
            }
        }
        let mut oids: Vec<_> = extensions.iter().map(|asked| asked.extn_id).collect();
        oids.sort_unstable();
        if oids.windows(2).any(|pair| pair[0] == pair[1]) {
            let twice = "The request asks for an extension twice.";
            return Err(Refusal::new(Part::Csr, twice).remedy("Make the request once more."));
        }
        Ok(Self {
            der: der.to_vec(),
            read,
            extensions,
        })
    }

    /// Reads the one request of a PEM text (RFC 7468 section 7).
    pub fn from_pem(text: &str) -> Result<Self> {
        if text.len() > limits::PEM_CHARS {
            let many = format!(
                "A request of more than {} characters is not read.",
                limits::PEM_CHARS
            );
            return Err(Refusal::new(Part::Csr, many));
        }
        let (label, document) = Document::from_pem(text.trim()).map_err(|_| unreadable())?;
        if !matches!(label, "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST") {
            return Err(Refusal::new(Part::Csr, "The PEM text holds no request.")
                .remedy("Give the text between BEGIN and END CERTIFICATE REQUEST, with both."));
        }
        Self::from_der(document.as_bytes())
    }

    /// The bytes it was read from.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// As PEM, with a line end at the end.
    pub fn to_pem(&self) -> String {
        pem("CERTIFICATE REQUEST", &self.der)
    }

    /// Checks that whoever made it holds the private key: that it is signed with it.
    pub fn verify(&self) -> Result<()> {
        let signed = SignatureAlgorithm::of(&self.read.algorithm).and_then(|algorithm| {
            let message = signed_part(&self.der).ok()?;
            let signature = self.read.signature.as_bytes()?;
            Some((
                algorithm,
                algorithm.verify(self.public_key(), message, signature)?,
            ))
        });
        match signed {
            Some((algorithm, _)) if algorithm.is_weak() => Err(Refusal::new(
                Part::Csr,
                format!(
                    "The request is signed with {}, which can be forged.",
                    algorithm.name()
                ),
            )
            .remedy("Sign the request with SHA-256 or better.")),
            Some((_, true)) => Ok(()),
            Some((_, false)) => Err(Refusal::new(
                Part::Csr,
                "The signature of the request is not that of its key.",
            )
            .remedy("Make the request once more with the private key it is for.")),
            None => Err(Refusal::new(
                Part::Csr,
                "The signature of the request cannot be checked: its algorithm or its curve is not \
                 available.",
            )
            .remedy(
                "Use RSA with 2,048 bits or more, ECDSA with P-256, P-384 or P-521, or Ed25519.",
            )),
        }
    }

    /// Whom it is for; what has no field in [`Subject`] is left out.
    pub fn subject(&self) -> Subject {
        Subject::read(&self.read.info.subject).0
    }

    /// Whom it is for, refused if not all of it can be kept: what `use_csr_values` needs. All values
    /// are; their order is that in which names are written here.
    pub fn whole_subject(&self) -> Result<Subject> {
        let refuse = |message: String| {
            Refusal::new(Part::Csr, message)
                .remedy("Give the subject yourself, without use_csr_values.")
        };
        let (subject, left) = Subject::read(&self.read.info.subject);
        if let Some(oid) = left {
            let what = subject.left_over(oid);
            return Err(refuse(format!("The subject of the request holds {what}.")));
        }
        subject.check_by_field(Part::Csr).map_err(|(_, why)| {
            refuse(format!(
                "The subject of the request cannot be kept. {}",
                why.message
            ))
        })?;
        Ok(subject)
    }

    /// The alternative names it asks for.
    pub fn alt_names(&self) -> Result<AltNames> {
        let names = self.extension::<SubjectAltName>()?;
        names.map_or_else(
            || Ok(AltNames::default()),
            |names| AltNames::of_request(&names.0),
        )
    }

    /// The uses it asks for.
    pub fn key_usage(&self) -> Result<Vec<KeyUse>> {
        let usage = self.extension::<KeyUsage>()?;
        Ok(usage.map_or_else(Vec::new, KeyUse::read))
    }

    /// The extended uses it asks for.
    pub fn ext_key_usage(&self) -> Result<Vec<Oid>> {
        let usage = self.extension::<ExtendedKeyUsage>()?;
        Ok(usage.map_or_else(Vec::new, |usage| usage.0))
    }

    /// Identifiers of all extensions that it asks for.
    pub fn extensions(&self) -> Vec<Oid> {
        self.extensions.iter().map(|asked| asked.extn_id).collect()
    }

    /// Whether it asks to become a certificate authority, by basic constraints or by key usage;
    /// also if either cannot be read.
    pub fn asks_for_ca(&self) -> bool {
        let basic = self.extension::<BasicConstraints>();
        let usage = self.extension::<KeyUsage>();
        !matches!(basic, Ok(None | Some(BasicConstraints { ca: false, .. })))
            || !usage.is_ok_and(|usage| !usage.is_some_and(|usage| usage.key_cert_sign()))
    }

    /// The public key it is for.
    pub fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        &self.read.info.public_key
    }

    /// Kind of its public key.
    pub fn key_algorithm(&self) -> KeyAlgorithm {
        KeyAlgorithm::of(self.public_key())
    }

    /// Whether a certificate was made for its key.
    pub fn fits(&self, certificate: &Certificate) -> bool {
        same_key(self.public_key(), certificate.public_key())
    }

    /// Refuses a certificate that was made for another key.
    pub fn check_answer(&self, certificate: &Certificate) -> Result<()> {
        if self.fits(certificate) {
            return Ok(());
        }
        Err(Refusal::new(
            Part::Certificate,
            "This certificate was not signed for the current request: its public key is another one.",
        )
        .remedy("Download the request again, have that one signed, and bring the answer."))
    }

    fn extension<'a, T: Decode<'a, Error = der::Error> + const_oid::AssociatedOid>(
        &'a self,
    ) -> Result<Option<T>> {
        let mut asked = self.extensions.iter();
        let asked = asked.find(|asked| asked.extn_id == T::OID);
        asked
            .map(|asked| T::from_der(asked.extn_value.as_bytes()))
            .transpose()
            .map_err(|_| {
                Refusal::new(
                    Part::Csr,
                    format!("An extension of the request cannot be read: {}.", T::OID),
                )
                .remedy("Make the request once more.")
            })
    }
}

impl fmt::Debug for Csr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Csr")
            .field("bytes", &self.der.len())
            .finish_non_exhaustive()
    }
}

fn unreadable() -> Refusal {
    Refusal::new(
        Part::Csr,
        "Unable to parse the request: it is not a whole PKCS#10 certificate signing request.",
    )
    .remedy("Take it once more from where it was made; it may have been cut off.")
}
