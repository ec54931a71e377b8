//! Certificates and revocation lists of authorities, which anybody may have (api-v1.md, section 5).

use http::StatusCode;
use keyturn_api::{Problem, Result};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use std::fmt::Write as _;

use super::Call;
use crate::respond::Answer;

const CRL: &str = "application/pkix-crl"; // RFC 5280, 4.2.1.13
const CERTIFICATE: &str = "application/pkix-cert";
const PEM: &str = "application/pem-certificate-chain"; // RFC 8555, 9.1

fn file(content_type: &'static str, bytes: Vec<u8>) -> Answer {
    Answer {
        content_type,
        ..Answer::with(StatusCode::OK, bytes)
    }
}

/// The list of the authority's present key.
pub(in crate::routes) async fn crl_der(call: &Call) -> Result<Answer> {
    let lists = call
        .inner
        .instance
        .revocation_lists(call.part("name"))
        .await?;
    let first = lists.into_iter().next();
    first
        .map(|list| file(CRL, list))
        .ok_or_else(|| Problem::not_found("revocation list"))
}

/// The lists of all keys whose certificates still live.
pub(in crate::routes) async fn crl_pem(call: &Call) -> Result<Answer> {
    let lists = call
        .inner
        .instance
        .revocation_lists(call.part("name"))
        .await?;
    let text: String = lists.iter().map(|list| pem("X509 CRL", list)).collect();
    Ok(file("application/x-pem-file", text.into_bytes()))
}

pub(in crate::routes) async fn ca_der(call: &Call) -> Result<Answer> {
    let own = own(call).await?;
    let der = CertificateDer::from_pem_slice(own.as_bytes())
        .map_err(|_| Problem::not_found("certificate"))?;
    Ok(file(CERTIFICATE, der.to_vec()))
}

pub(in crate::routes) async fn ca_pem(call: &Call) -> Result<Answer> {
    own(call).await.map(|pem| file(PEM, pem.into_bytes()))
}

async fn own(call: &Call) -> Result<String> {
    let certificates = call
        .inner
        .instance
        .authority_certificates(call.part("name"))
        .await?;
    let first = certificates.into_iter().next();
    first.ok_or_else(|| Problem::not_found("certificate"))
}

/// From its own certificate to that of its root.
pub(in crate::routes) async fn ca_chain(call: &Call) -> Result<Answer> {
    let certificates = call
        .inner
        .instance
        .authority_certificates(call.part("name"))
        .await?;
    let ended = |mut pem: String| {
        if !pem.ends_with('\n') {
            pem.push('\n');
        }
        pem
    };
    let text: String = certificates.into_iter().map(ended).collect();
    Ok(file(PEM, text.into_bytes()))
}

/// Textual encoding (RFC 7468): lines of 64 characters.
fn pem(label: &str, der: &[u8]) -> String {
    let base64 = data_encoding::BASE64.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in base64.as_bytes().chunks(64) {
        let _ = writeln!(text, "{}", String::from_utf8_lossy(line));
    }
    let _ = writeln!(text, "-----END {label}-----");
    text
}
