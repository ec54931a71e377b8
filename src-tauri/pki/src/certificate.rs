//! One certificate that was read.

use std::fmt;

use const_oid::AssociatedOid;
use data_encoding::BASE64;
use der::{Decode, Encode, Reader, SliceReader};
use sha2::{Digest, Sha256};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::certificate::{CertificateInner, Raw, TbsCertificateInner};
use x509_cert::ext::pkix::SubjectAltName;

use crate::{KeyAlgorithm, Part, Refusal, Result, SignatureAlgorithm, limits};

/// A certificate (RFC 5280 section 4) with the very bytes it was read from. Odd ones are read too
/// (serial number zero, for one): what is wrong with them is for the checks to say.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    read: CertificateInner<Raw>,
}

/// Whether one certificate was signed by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// The signature is right.
    Yes,
    /// It is not.
    No,
    /// With an algorithm that cannot be checked here.
    Unknown,
}

impl Certificate {
    /// Reads one certificate, to its last byte.
    pub fn from_der(part: Part, der: &[u8]) -> Result<Self> {
        if der.len() > limits::DER_BYTES {
            return Err(Refusal::new(
                part,
                format!(
                    "A certificate of {} bytes is larger than the {} that are read.",
                    der.len(),
                    limits::DER_BYTES
                ),
            ));
        }
        let read = CertificateInner::from_der(der).map_err(|_| unreadable(part))?;
        Ok(Self {
            der: der.to_vec(),
            read,
        })
    }

    /// The bytes it was read from.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// As PEM (RFC 7468), with a line end at the end.
    pub fn to_pem(&self) -> String {
        pem("CERTIFICATE", &self.der)
    }

    /// What is signed.
    pub(crate) fn tbs(&self) -> &TbsCertificateInner<Raw> {
        self.read.tbs_certificate()
    }

    /// Its public key.
    pub fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        self.tbs().subject_public_key_info()
    }

    /// Kind of its public key.
    pub fn key_algorithm(&self) -> KeyAlgorithm {
        KeyAlgorithm::of(self.public_key())
    }

    /// What it was signed with; none if that is not known.
    pub fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        SignatureAlgorithm::of(self.read.signature_algorithm())
    }

    /// Start and end of its validity, seconds since the Unix epoch, both included.
    pub fn validity(&self) -> (i64, i64) {
        let validity = self.tbs().validity();
        let seconds = |time: x509_cert::time::Time| {
            i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
        };
        (seconds(validity.not_before), seconds(validity.not_after))
    }

    /// Its subject as DER.
    pub fn subject_der(&self) -> Vec<u8> {
        self.tbs().subject().to_der().unwrap_or_default()
    }

    /// Its serial number: big endian, with the sign in the first bit.
    pub fn serial_bytes(&self) -> &[u8] {
        self.tbs().serial_number().as_bytes()
    }

    /// Its subject alternative names as DER, whether or not they can be read.
    pub fn alt_names_der(&self) -> Option<&[u8]> {
        let mut extensions = self.tbs().extensions()?.iter();
        let names = extensions.find(|one| one.extn_id == SubjectAltName::OID)?;
        Some(names.extn_value.as_bytes())
    }

    /// Whether basic constraints say that it is a certificate authority.
    pub fn is_ca(&self) -> bool {
        self.constraints().ca
    }

    /// Whether issuer and subject are the same.
    pub fn is_self_issued(&self) -> bool {
        self.tbs().issuer() == self.tbs().subject()
    }

    /// Whether it names another one as its issuer.
    pub fn names_issuer(&self, issuer: &Self) -> bool {
        self.tbs().issuer() == issuer.tbs().subject()
    }

    /// Whether its signature is that of another certificate's key. Says nothing about names and
    /// dates.
    pub fn signed_by(&self, issuer: &Self) -> Signed {
        let (Some(algorithm), Some(signature), Ok(tbs)) = (
            self.signature_algorithm(),
            self.read.signature().as_bytes(),
            signed_part(&self.der),
        ) else {
            return Signed::Unknown;
        };
        match algorithm.verify(issuer.public_key(), tbs, signature) {
            Some(true) => Signed::Yes,
            Some(false) => Signed::No,
            None => Signed::Unknown,
        }
    }

    /// SHA-256 of its bytes.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// Whether it has the same public key as another one.
    pub fn same_key(&self, other: &SubjectPublicKeyInfoOwned) -> bool {
        same_key(self.public_key(), other)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("bytes", &self.der.len())
            .finish_non_exhaustive()
    }
}

/// The first element within a sequence, as it was read: what is signed in a certificate, a
/// request or a revocation list. To encode it again could change it.
pub(crate) fn signed_part(der: &[u8]) -> der::Result<&[u8]> {
    let mut reader = SliceReader::new(der)?;
    let header = der::Header::decode(&mut reader)?;
    let start = usize::try_from(reader.position())?;
    let end = start + usize::try_from(header.length())?;
    let mut body = SliceReader::new(der.get(start..end).unwrap_or_default())?;
    body.tlv_bytes()
}

/// Whether two public keys are one. Parameters of RSA may be absent or null, and say nothing.
pub(crate) fn same_key(one: &SubjectPublicKeyInfoOwned, other: &SubjectPublicKeyInfoOwned) -> bool {
    let both = (KeyAlgorithm::of(one), KeyAlgorithm::of(other));
    let same_kind = match both {
        (KeyAlgorithm::Rsa(_), KeyAlgorithm::Rsa(_)) => true,
        (KeyAlgorithm::Other(_), _) => one.algorithm == other.algorithm,
        (one, other) => one == other,
    };
    same_kind && one.subject_public_key == other.subject_public_key
}

/// A PEM text (RFC 7468) with lines of 64 characters. It is written in one piece and never grows, so
/// that who wipes it (private keys are written here too) has wiped all of it.
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    let lines = der.len().div_ceil(LINE_BYTES);
    let frame = "-----BEGIN -----\n-----END -----\n".len() + 2 * label.len();
    let mut text = String::with_capacity(frame + BASE64.encode_len(der.len()) + lines);
    for part in ["-----BEGIN ", label, "-----\n"] {
        text.push_str(part);
    }
    for line in der.chunks(LINE_BYTES) {
        BASE64.encode_append(line, &mut text);
        text.push('\n');
    }
    for part in ["-----END ", label, "-----\n"] {
        text.push_str(part);
    }
    text
}

/// Bytes in a line of PEM.
const LINE_BYTES: usize = 48;

fn unreadable(part: Part) -> Refusal {
    let what = match part {
        Part::Intermediate => "Unable to parse the intermediate certificate",
        _ => "Unable to parse the certificate",
    };
    Refusal::new(
        part,
        format!("{what}: it is not a whole X.509 certificate."),
    )
    .remedy("Take it once more from where it was issued; it may have been cut off.")
}
