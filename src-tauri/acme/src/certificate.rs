//! Certificates as they are issued (RFC 8555 section 7.4.2).

use data_encoding::BASE64;
use reqwest::Url;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use crate::transport::Reply;
use crate::{Error, Result, answer};

/// How certificates are asked for (RFC 8555 section 9.1).
pub(crate) const PEM_CHAIN: &str = "application/pem-certificate-chain";

/// A certificate with those above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The certificate, its issuer, and so on; the root is usually not among them.
    pub certificates: Vec<CertificateDer<'static>>,
    /// Where the same certificate is with other certificates above it; which one to take is for
    /// the caller to choose.
    pub alternates: Vec<Url>,
}

impl Chain {
    pub(crate) fn read(reply: &Reply) -> Result<Self> {
        let certificates: std::result::Result<Vec<_>, _> =
            CertificateDer::pem_slice_iter(&reply.body).collect();
        match certificates {
            Ok(certificates) if !certificates.is_empty() => Ok(Self {
                certificates,
                alternates: answer::links(&reply.headers, &reply.url, "alternate"),
            }),
            _ => Err(Error::not_acme(
                &reply.url,
                "its answer is no PEM of certificates",
            )),
        }
    }

    /// As PEM (RFC 7468), written anew: what else the server may have put between is left out.
    pub fn pem(&self) -> String {
        let mut pem = String::new();
        for certificate in &self.certificates {
            pem.push_str("-----BEGIN CERTIFICATE-----\n");
            let text = BASE64.encode(certificate);
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
                pem.push_str(line);
                pem.push('\n');
                rest = after;
            }
            pem.push_str("-----END CERTIFICATE-----\n");
        }
        pem
    }
}
