//! Certificates as the window shows them: decoded, checked before they are sent, compared by what
//! they say, downloaded in a form, and looked up where they are deployed. The rules stand in
//! `keyturn_pki`; a remote instance gets the same, for all of it happens on this side.

pub(crate) mod authority;
pub(crate) mod deployment;
pub(crate) mod details;
pub(crate) mod download;
pub(crate) mod inspection;

use keyturn_api::secret::{Payload, imported_cert};
use keyturn_api::{Caller, CertificateParts, Instance, Problem, Result, VersionRef};
use keyturn_pki::{Certificate, Part};

use crate::files::certificates::problem;
use crate::value;

/// Certificates of a version, read.
pub(crate) struct Chain {
    pub(crate) certificate: Certificate,
    pub(crate) intermediates: Vec<Certificate>,
    pub(crate) private_key_included: bool,
}

impl Chain {
    /// Reads the certificates of a version.
    pub(crate) async fn of(
        instance: &dyn Instance,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
    ) -> Result<Self> {
        Self::read(&instance.certificate(caller, id, version).await?)
    }

    pub(crate) fn read(parts: &CertificateParts) -> Result<Self> {
        let mut certificates = certificates(Part::Certificate, &parts.certificate)?.into_iter();
        let certificate = certificates
            .next()
            .ok_or_else(|| Problem::field("certificate", "There is no certificate."))?;
        let mut intermediates: Vec<_> = certificates.collect();
        if let Some(text) = &parts.intermediate {
            intermediates.extend(self::certificates(Part::Intermediate, text)?);
        }
        Ok(Self {
            certificate,
            intermediates,
            private_key_included: parts.private_key_included,
        })
    }
}

/// The certificates of a PEM text.
pub(crate) fn certificates(part: Part, text: &str) -> Result<Vec<Certificate>> {
    keyturn_pki::read::read(text.as_bytes(), None)
        .map(|found| found.certificates)
        .map_err(|refusal| problem(keyturn_pki::Refusal { part, ..refusal }))
}

/// Now, as certificates count: seconds since the Unix epoch.
pub(crate) fn seconds(now: keyturn_api::Timestamp) -> i64 {
    now.millis().div_euclid(1000)
}

/// The value of the current version, of which a part is sent once more: that counts as read.
pub(crate) async fn current(
    instance: &dyn Instance,
    caller: &Caller,
    id: &str,
) -> Result<Option<imported_cert::Payload>> {
    let version = instance.version(caller, id, &VersionRef::CURRENT).await?;
    Ok(match value::payload(version)? {
        Payload::ImportedCert(parts) => Some(parts),
        _ => None,
    })
}
