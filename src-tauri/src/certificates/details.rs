//! A certificate decoded for display, and two of them side by side.

use keyturn_api::{Caller, Instance, Result, Timestamp, VersionRef};
use keyturn_pki::{Certificate, CertificateComparison, CertificateFacts, Finding};
use serde::Serialize;
use specta::Type;

use super::{Chain, seconds};

/// A certificate of a version, decoded.
#[derive(Serialize, Type)]
pub(crate) struct CertificateDetails {
    pub(crate) certificate: CertificateFacts,
    /// From the one that signed it upwards.
    pub(crate) intermediates: Vec<CertificateFacts>,
    pub(crate) private_key_included: bool,
    /// When it was revoked.
    pub(crate) revoked_at: Option<Timestamp>,
    /// What is to be said about it now.
    pub(crate) findings: Vec<Finding>,
}

impl CertificateDetails {
    /// Decodes the certificates of a version.
    pub(crate) async fn of(
        instance: &dyn Instance,
        caller: &Caller,
        id: &str,
        version: &VersionRef,
        now: Timestamp,
    ) -> Result<Self> {
        let chain = Chain::of(instance, caller, id, version).await?;
        let shown = instance.version_metadata(caller, id, version).await?;
        let report = keyturn_pki::check(
            &keyturn_pki::Parts {
                certificate: &chain.certificate,
                intermediates: &chain.intermediates,
                private_key: None,
                extra: &[],
            },
            seconds(now),
        );
        let told = |finding: &Finding| {
            // The key stays in the instance, so it is not among the parts.
            finding.part != keyturn_pki::Part::PrivateKey || !chain.private_key_included
        };
        Ok(Self {
            findings: report.findings.into_iter().filter(told).collect(),
            certificate: chain.certificate.facts(),
            intermediates: chain.intermediates.iter().map(Certificate::facts).collect(),
            private_key_included: chain.private_key_included,
            revoked_at: shown.key.and_then(|key| key.revoked_at),
        })
    }
}

/// Two certificates by what they say.
#[derive(Serialize, Type)]
pub(crate) struct ComparedCertificates {
    pub(crate) old: CertificateFacts,
    pub(crate) new: CertificateFacts,
    pub(crate) comparison: CertificateComparison,
}

impl ComparedCertificates {
    /// Compares two versions of a secret.
    pub(crate) async fn of(
        instance: &dyn Instance,
        caller: &Caller,
        id: &str,
        older: &VersionRef,
        newer: &VersionRef,
    ) -> Result<Self> {
        let old = Chain::of(instance, caller, id, older).await?;
        let new = Chain::of(instance, caller, id, newer).await?;
        Ok(Self {
            comparison: keyturn_pki::compare(&old.side(), &new.side()),
            old: old.certificate.facts(),
            new: new.certificate.facts(),
        })
    }
}

impl Chain {
    /// As one side of a comparison.
    pub(crate) fn side(&self) -> keyturn_pki::Side<'_> {
        keyturn_pki::Side {
            certificate: &self.certificate,
            intermediates: &self.intermediates,
            has_private_key: self.private_key_included,
        }
    }
}
