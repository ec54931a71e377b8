//! What a server shows during the handshake. Any certificate is taken, for nothing is sent to the
//! server that matters: it is only looked at. That the server has the private key is checked.

use std::sync::{Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};

use der::Encode;

use crate::{Certificate, Part};

/// What was seen.
#[derive(Debug)]
pub(super) struct Witness {
    algorithms: WebPkiSupportedAlgorithms,
    seen: Mutex<Seen>,
}

/// The certificates, and whether the server proved to have the key of the first.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) proven: bool,
}

impl Witness {
    pub(super) fn new(algorithms: WebPkiSupportedAlgorithms) -> Self {
        Self {
            algorithms,
            seen: Mutex::default(),
        }
    }

    pub(super) fn seen(&self) -> Seen {
        let seen = self.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn proven(&self) -> HandshakeSignatureValid {
        let seen = self.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner).proven = true;
        HandshakeSignatureValid::assertion()
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let all = std::iter::once(end_entity).chain(intermediates);
        let seen = Seen {
            certificates: all.map(|der| der.to_vec()).collect(),
            proven: false,
        };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = seen;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // By the key alone: a certificate that clients refuse is still to be looked at.
        let certificate = read(certificate)?;
        let key = certificate.public_key();
        let id = key.algorithm.to_der().unwrap_or_default();
        // An identifier of webpki is what stands within the sequence.
        let id = der::asn1::AnyRef::try_from(id.as_slice());
        let id = id.map(|id| id.value().to_vec()).unwrap_or_default();
        let bits = key.subject_public_key.raw_bytes();
        let known = self.algorithms.mapping.iter();
        let right = known
            .filter(|(scheme, _)| *scheme == signed.scheme)
            .flat_map(|(_, algorithms)| algorithms.iter())
            .filter(|algorithm| algorithm.public_key_alg_id().as_ref() == id)
            .any(|algorithm| {
                algorithm
                    .verify_signature(bits, message, signed.signature())
                    .is_ok()
            });
        if right {
            return Ok(self.proven());
        }
        Err(Error::InvalidCertificate(CertificateError::BadSignature))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let key = read(certificate)?.public_key().to_der();
        let key = SubjectPublicKeyInfoDer::from(key.map_err(|_| unreadable())?);
        verify_tls13_signature_with_raw_key(message, &key, signed, &self.algorithms)?;
        Ok(self.proven())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

fn read(certificate: &CertificateDer<'_>) -> Result<Certificate, Error> {
    Certificate::from_der(Part::Certificate, certificate).map_err(|_| unreadable())
}

fn unreadable() -> Error {
    Error::InvalidCertificate(CertificateError::BadEncoding)
}
