//! Which certificate a server serves: to see whether a new version has arrived where it is used.
//! Nothing is trusted and nothing sent but a greeting.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::Resumption;
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, ClientConnection, Error, ProtocolVersion};
use rustls_pki_types::ServerName;

use crate::{Certificate, Part};

mod address;
mod refusal;
mod verdict;
mod wire;
mod witness;

pub use address::Address;
pub use refusal::{ProbeCode, ProbeRefusal};
pub use verdict::{ChainSent, Serves, Verdict, verdict};
use wire::{Wire, timed_out};
use witness::{Seen, Witness};

/// How long a server is waited for, unless somebody says otherwise.
pub const PROBE_TIME: Duration = Duration::from_secs(10);
/// Certificates of a server that are read.
const CERTIFICATES: usize = 20;

/// What a server serves.
#[derive(Clone, Debug)]
pub struct Served {
    /// The certificates that it sent, its own first; at least one, at most 20.
    pub certificates: Vec<Certificate>,
    /// `TLS 1.3` or `TLS 1.2`.
    pub tls_version: &'static str,
    /// The address that answered.
    pub address: SocketAddr,
    /// The name it was asked for.
    pub server_name: String,
}

/// Connects to a server and returns what it serves for a name, which is its host if none is given.
pub fn probe(
    host: &str,
    port: u16,
    server_name: Option<&str>,
    time: Duration,
) -> Result<Served, ProbeRefusal> {
    address::check_host(host)?;
    let asked = server_name.unwrap_or(host);
    address::check_host(asked)?;
    let name = server_name_of(asked)?;
    let address = Address {
        host: host.to_owned(),
        port,
    };
    let (config, witness) = config().map_err(|error| handshake_failed(&error))?;
    let connection = ClientConnection::new(Arc::new(config), name);
    let mut connection = connection.map_err(|error| handshake_failed(&error))?;
    let deadline = Instant::now() + time;
    let (mut wire, reached) = Wire::connect(&address, deadline)?;
    let done = shake_hands(&mut connection, &mut wire);
    let seen = witness.seen();
    // Who insists on a certificate of the client ends the connection, but has shown its own.
    if let (Err(error), false) = (done, seen.proven) {
        return Err(failed(&error, &wire, &address));
    }
    let tls_version = match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
        _ => "TLS 1.3",
    };
    Ok(Served {
        certificates: certificates(&seen)?,
        tls_version,
        address: reached,
        server_name: asked.to_owned(),
    })
}

fn server_name_of(asked: &str) -> Result<ServerName<'static>, ProbeRefusal> {
    if let Ok(address) = asked.parse::<IpAddr>() {
        return Ok(ServerName::from(address));
    }
    ServerName::try_from(asked.to_owned()).map_err(|_| {
        ProbeRefusal::new(
            ProbeCode::AddressInvalid,
            "The server cannot be asked for a name like this.",
        )
        .remedy("Enter a host name, such as example.com.")
    })
}

fn config() -> Result<(ClientConfig, Arc<Witness>), Error> {
    let provider = aws_lc_rs::default_provider();
    let witness = Arc::new(Witness::new(provider.signature_verification_algorithms));
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(witness.clone())
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    Ok((config, witness))
}

fn shake_hands(connection: &mut ClientConnection, wire: &mut Wire) -> std::io::Result<()> {
    while connection.is_handshaking() {
        connection.complete_io(wire)?;
    }
    connection.send_close_notify();
    // The answer is there already; whether the farewell arrives is no matter.
    let _ = connection.write_tls(wire);
    Ok(())
}

fn certificates(seen: &Seen) -> Result<Vec<Certificate>, ProbeRefusal> {
    let mut certificates = Vec::new();
    for der in seen.certificates.iter().take(CERTIFICATES) {
        let part = match certificates.len() {
            0 => Part::Certificate,
            _ => Part::Intermediate,
        };
        match Certificate::from_der(part, der) {
            Ok(certificate) => certificates.push(certificate),
            Err(refusal) if certificates.is_empty() => {
                return Err(ProbeRefusal::new(
                    ProbeCode::CertificateUnreadable,
                    refusal.message,
                ));
            }
            // What follows after damage belongs to nothing.
            Err(_) => break,
        }
    }
    if certificates.is_empty() {
        return Err(ProbeRefusal::new(
            ProbeCode::CertificateUnreadable,
            "The server sent no certificate.",
        ));
    }
    Ok(certificates)
}

fn failed(error: &std::io::Error, wire: &Wire, address: &Address) -> ProbeRefusal {
    if let Some(refusal) = plain_text(&wire.first) {
        return refusal;
    }
    match error.kind() {
        std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => timed_out(address),
        std::io::ErrorKind::InvalidData => {
            let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
            cause.map_or_else(not_tls, handshake_failed)
        }
        std::io::ErrorKind::QuotaExceeded => ProbeRefusal::new(
            ProbeCode::HandshakeFailed,
            "The server sent more than a handshake holds.",
        ),
        _ if wire.first.is_empty() => ProbeRefusal::new(
            ProbeCode::NotTls,
            "The server closed the connection without an answer.",
        )
        .remedy("Check whether TLS is spoken on this port."),
        _ => ProbeRefusal::new(
            ProbeCode::HandshakeFailed,
            "The server closed the connection during the handshake.",
        ),
    }
}

fn handshake_failed(error: &Error) -> ProbeRefusal {
    let failed = |message: String| ProbeRefusal::new(ProbeCode::HandshakeFailed, message);
    match error {
        Error::InvalidMessage(_) => not_tls(),
        Error::AlertReceived(alert) => failed(format!(
            "The server refused the handshake: {}.",
            words(&format!("{alert:?}"))
        ))
        .remedy("It may know no certificate for this name, or speak an older TLS than 1.2 only."),
        Error::PeerIncompatible(_) => {
            failed("The server speaks no TLS that is spoken here: 1.2 or 1.3.".to_owned())
        }
        Error::InvalidCertificate(rustls::CertificateError::BadEncoding) => ProbeRefusal::new(
            ProbeCode::CertificateUnreadable,
            "Unable to parse the certificate that the server sent.",
        ),
        Error::InvalidCertificate(_) => failed(
            "The server did not prove that it has the private key of its certificate.".to_owned(),
        ),
        _ => failed("TLS could not be agreed upon with the server.".to_owned()),
    }
}

/// `HandshakeFailure` as `handshake failure`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

fn not_tls() -> ProbeRefusal {
    ProbeRefusal::new(ProbeCode::NotTls, "What answers there does not speak TLS.")
        .remedy("Enter the port on which TLS begins at once.")
}

/// Protocols that begin in the clear, by how they greet.
fn plain_text(first: &[u8]) -> Option<ProbeRefusal> {
    let starts = |greeting: &str| first.starts_with(greeting.as_bytes());
    let (what, port) = if starts("220") {
        ("SMTP or FTP", "465 for SMTP, 990 for FTP")
    } else if starts("* OK") || starts("* BYE") {
        ("IMAP", "993")
    } else if starts("+OK") {
        ("POP3", "995")
    } else if starts("HTTP/") || starts("<html") || starts("<!DOCTYPE") {
        ("HTTP without TLS", "443")
    } else if starts("SSH-") {
        ("SSH, which has no certificates of this kind", "443")
    } else if starts("<?xml") || starts("<stream") {
        ("XMPP", "5223")
    } else {
        return None;
    };
    let message = format!("What answers there is {what}: it begins in plain text.");
    let remedy = format!(
        "STARTTLS is not spoken here. Enter the port on which TLS begins at once, such as {port}."
    );
    Some(ProbeRefusal::new(ProbeCode::NotTls, message).remedy(remedy))
}
