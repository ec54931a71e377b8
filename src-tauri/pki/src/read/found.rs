//! What was found in a file, and how much of it there may be.

use der::Decode;
use serde::Serialize;
use specta::Type;
use x509_cert::request::CertReq;

use super::encryption::Effort;
use super::{binary, pkcs7, pkcs8};
use crate::{Certificate, Part, PrivateKey, Refusal, Result, limits};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Text (RFC 7468).
    Pem,
    /// One certificate or request, or one key as PKCS#1 or SEC 1, as it is signed.
    Der,
    /// A bag of certificates (RFC 2315, RFC 5652).
    Pkcs7,
    /// One private key (RFC 5958), encrypted or not.
    Pkcs8,
    /// A key store (RFC 7292).
    Pkcs12,
    /// A key store of Java.
    Jks,
}

impl Form {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pem => "PEM",
            Self::Der => "DER",
            Self::Pkcs7 => "PKCS#7",
            Self::Pkcs8 => "PKCS#8",
            Self::Pkcs12 => "PKCS#12",
            Self::Jks => "JKS",
        }
    }
}

/// All that a file holds, in the order of the file.
#[derive(Debug)]
pub struct Found {
    /// How the file is written.
    pub form: Form,
    /// Its certificates, some maybe twice.
    pub certificates: Vec<Certificate>,
    /// Its private keys.
    pub keys: Vec<PrivateKey>,
    /// Its certificate signing requests, as DER.
    pub requests: Vec<Vec<u8>>,
}

impl Found {
    pub(super) const fn new(form: Form) -> Self {
        Self {
            form,
            certificates: Vec::new(),
            keys: Vec::new(),
            requests: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.keys.is_empty() && self.requests.is_empty()
    }

    /// Adds a certificate, and says which one it was if it cannot be read.
    pub(super) fn add_certificate(&mut self, der: &[u8]) -> Result<()> {
        let place = self.certificates.len() + 1;
        if place > limits::CERTIFICATES {
            return Err(too_many(Part::File, "certificates", limits::CERTIFICATES)
                .remedy("Take only the certificate and those that lead to its root."));
        }
        let read = Certificate::from_der(Part::Certificate, der).map_err(|mut refusal| {
            if place > 1 {
                refusal.message = format!("Certificate {place} of the file: {}", refusal.message);
            }
            refusal
        })?;
        self.certificates.push(read);
        Ok(())
    }

    /// Adds the certificates of a PKCS#7 file.
    pub(super) fn add_pkcs7(&mut self, der: &[u8]) -> Result<()> {
        pkcs7::read(der, self)
    }

    /// Makes room for a key before it is decrypted, which is what costs.
    pub(super) fn check_keys(&self) -> Result<()> {
        if self.keys.len() < limits::KEYS {
            return Ok(());
        }
        Err(too_many(Part::File, "private keys", limits::KEYS)
            .remedy("Take only the one that belongs to the certificate."))
    }

    /// Adds a key that was read.
    pub(super) fn add_key(&mut self, key: PrivateKey) -> Result<()> {
        self.check_keys()?;
        self.keys.push(key);
        Ok(())
    }

    /// Adds a key as PKCS#8, encrypted.
    pub(super) fn add_encrypted_key(
        &mut self,
        der: &[u8],
        password: Option<&str>,
        effort: &mut Effort,
    ) -> Result<()> {
        self.check_keys()?;
        self.add_key(pkcs8::decrypt(der, password, effort)?)
    }

    /// Adds a request that is whole; whether its signature is right is for others to say.
    pub(super) fn add_request(&mut self, der: &[u8]) -> Result<()> {
        if self.requests.len() >= limits::KEYS {
            return Err(too_many(Part::File, "requests", limits::KEYS)
                .remedy("Take only the one that belongs to the certificate."));
        }
        if der.len() > limits::DER_BYTES || CertReq::from_der(der).is_err() {
            return Err(Refusal::new(
                Part::Csr,
                "Unable to parse the request: it is not a whole certificate signing request.",
            )
            .remedy("Take it once more from where it was made; it may have been cut off."));
        }
        self.requests.push(der.to_vec());
        Ok(())
    }

    /// Adds the certificate of what OpenSSL calls a trusted one: it has notes of OpenSSL behind it.
    pub(super) fn add_trusted_certificate(&mut self, bytes: &[u8]) -> Result<()> {
        self.add_certificate(binary::first(bytes).unwrap_or(bytes))
    }
}

fn too_many(part: Part, what: &str, most: usize) -> Refusal {
    Refusal::new(part, format!("The file holds more than {most} {what}."))
}
