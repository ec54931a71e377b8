//! Whether what a server serves is what it should serve.

use rustls_pki_types::{CertificateDer, ServerName};
use serde::Serialize;
use specta::Type;
use webpki::EndEntityCert;

use super::Served;
use crate::name::shown;
use crate::{Certificate, CertificateFacts, Signed};

/// What a server serves, held against the versions of a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Verdict {
    /// Which certificate it serves.
    pub serves: Serves,
    /// Whether that certificate is for the name that was asked for.
    pub covers_name: bool,
    /// Whether the chain comes with it.
    pub chain: ChainSent,
    /// The name that was asked for.
    pub server_name: String,
    /// The address that answered.
    pub address: String,
    /// `TLS 1.3` or `TLS 1.2`.
    pub tls_version: String,
}

/// Which certificate a server serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Serves {
    /// That of the current version.
    Current {
        /// Whether certificates between it and a root come with it.
        intermediates_sent: bool,
    },
    /// That of an older version.
    Older {
        /// The number of the version.
        number: u32,
    },
    /// One that is none of the versions.
    Other {
        /// What it says.
        facts: Box<CertificateFacts>,
    },
}

/// How much of a chain a server sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChainSent {
    /// Each certificate issued the one before it.
    Complete,
    /// The certificate is its own issuer and needs no chain.
    SelfSigned,
    /// The certificate comes alone.
    Missing {
        /// Who issued it.
        issuer: String,
    },
    /// A certificate did not issue the one before it.
    Broken {
        /// Whose certificate should stand there.
        issuer: String,
    },
}

/// Holds what a server serves against the current and the older versions, with their numbers.
pub fn verdict(served: &Served, current: &Certificate, older: &[(u32, Certificate)]) -> Verdict {
    let leaf = served.certificates.first();
    let which = if leaf == Some(current) {
        Serves::Current {
            intermediates_sent: served.certificates.len() > 1,
        }
    } else if let Some((number, _)) = older.iter().find(|(_, old)| leaf == Some(old)) {
        Serves::Older { number: *number }
    } else {
        // A probe without a certificate is refused, so there is one to show.
        let facts = leaf.unwrap_or(current).facts();
        Serves::Other {
            facts: Box::new(facts),
        }
    };
    Verdict {
        serves: which,
        covers_name: leaf.is_some_and(|leaf| covers(leaf, &served.server_name)),
        chain: chain(&served.certificates),
        server_name: shown(&served.server_name),
        address: served.address.to_string(),
        tls_version: served.tls_version.to_owned(),
    }
}

/// Whether a certificate is for a host, as browsers see it: by its alternative names alone.
fn covers(certificate: &Certificate, host: &str) -> bool {
    let der = CertificateDer::from(certificate.der());
    let (Ok(certificate), Ok(name)) = (EndEntityCert::try_from(&der), ServerName::try_from(host))
    else {
        return false;
    };
    certificate.verify_is_valid_for_subject_name(&name).is_ok()
}

/// The root itself need not be sent, so the last one is taken for complete.
fn chain(sent: &[Certificate]) -> ChainSent {
    for pair in sent.windows(2) {
        let [certificate, issuer] = pair else {
            break;
        };
        let fits = certificate.names_issuer(issuer) && certificate.signed_by(issuer) != Signed::No;
        if !fits {
            let issuer = certificate.issuer().short();
            return ChainSent::Broken { issuer };
        }
    }
    match sent {
        [alone] if alone.is_self_issued() => ChainSent::SelfSigned,
        [alone] => ChainSent::Missing {
            issuer: alone.issuer().short(),
        },
        _ => ChainSent::Complete,
    }
}
