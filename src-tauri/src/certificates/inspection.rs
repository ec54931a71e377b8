//! What a person is about to import or rotate to, looked at before the click: each part, how the
//! parts fit each other, and what becomes of the current version.

use keyturn_api::secret::Detail;
use keyturn_api::{Problem, Result, SecretView, VersionRef};
use keyturn_pki::{
    Certificate, CertificateComparison, CertificateFacts, Csr, Finding, Part, PrivateKey,
};
use serde::Serialize;
use specta::Type;

use super::{Chain, certificates, seconds};
use crate::desk::Desk;
use crate::files::certificates::{CertificateInput, PartInput};

/// What was found out about the parts.
#[derive(Serialize, Type)]
pub(crate) struct Inspection {
    pub(crate) certificate: Option<CertificateFacts>,
    /// From the one that signed it upwards.
    pub(crate) intermediates: Vec<CertificateFacts>,
    pub(crate) private_key: Option<KeyFacts>,
    /// What is to be said about them together; what is refused stands first.
    pub(crate) findings: Vec<Finding>,
    /// Parts that could not be read.
    pub(crate) problems: Vec<Problem>,
    /// The version that will be replaced.
    pub(crate) current: Option<CurrentCertificate>,
    /// What changes.
    pub(crate) comparison: Option<CertificateComparison>,
    /// Whether the private key of the current version belongs to the new certificate and would be
    /// lost.
    pub(crate) carry_private_key: bool,
    /// Whether the intermediate of the current version signed the new certificate and would be lost.
    pub(crate) carry_intermediate: bool,
}

/// A private key, without the key.
#[derive(Serialize, Type)]
pub(crate) struct KeyFacts {
    /// `RSA2048`, `ECDSA256`.
    pub(crate) algorithm: String,
    /// Whether it belongs to the certificate; absent without one.
    pub(crate) matches: Option<bool>,
}

/// The version that will be replaced.
#[derive(Serialize, Type)]
pub(crate) struct CurrentCertificate {
    pub(crate) certificate: CertificateFacts,
    pub(crate) intermediates: Vec<CertificateFacts>,
    pub(crate) private_key_included: bool,
}

/// Looks at parts that shall become a new secret, or the next version of one.
pub(crate) async fn inspect(
    desk: &Desk,
    id: Option<&str>,
    input: &CertificateInput,
) -> Result<Inspection> {
    let instance = desk.instance()?;
    let secret = match id {
        Some(id) => Some(instance.secret_metadata(desk.owner(), id).await?),
        None => None,
    };
    let current = match (&secret, id) {
        (Some(secret), Some(id)) if secret.metadata.versions_total > 0 => {
            Some(Chain::of(&*instance, desk.owner(), id, &VersionRef::CURRENT).await?)
        }
        _ => None,
    };
    Ok(look(desk, secret.as_ref(), current, input))
}

fn look(
    desk: &Desk,
    secret: Option<&SecretView>,
    current: Option<Chain>,
    input: &CertificateInput,
) -> Inspection {
    let mut problems = Vec::new();
    let given = Parts::read(desk, current.as_ref(), input, &mut problems);
    let csr = secret.and_then(managed_csr);
    if let (Some(csr), Some(certificate)) = (&csr, &given.certificate)
        && let Err(refusal) = csr.check_answer(certificate)
    {
        problems.push(crate::files::certificates::problem(refusal));
    }
    let carries_key = matches!(input.private_key, Some(PartInput::Current));
    if carries_key
        && let (Some(current), Some(certificate)) = (&current, &given.certificate)
        && !certificate.same_key(current.certificate.public_key())
    {
        problems.push(
            Problem::field(
                "private_key",
                "The private key of the current version belongs to another certificate.",
            )
            .remedy("Give the private key that belongs to the new one, or none."),
        );
    }
    let has_key = given.private_key.is_some() || carries_key || csr.is_some();
    let findings = given.findings(seconds(desk.now()), has_key);
    let comparison =
        current
            .as_ref()
            .zip(given.certificate.as_ref())
            .map(|(current, certificate)| {
                let new = keyturn_pki::Side {
                    certificate,
                    intermediates: &given.intermediates,
                    has_private_key: has_key,
                };
                keyturn_pki::compare(&current.side(), &new)
            });
    let lost = |fits: fn(&CertificateComparison) -> bool| comparison.as_ref().is_some_and(fits);
    let old_key = current.as_ref().is_some_and(|old| old.private_key_included);
    let old_chain = current
        .as_ref()
        .is_some_and(|old| !old.intermediates.is_empty());
    Inspection {
        carry_private_key: old_key
            && (!has_key || carries_key)
            && csr.is_none()
            && lost(|comparison| comparison.old_private_key_fits),
        carry_intermediate: old_chain
            && (given.intermediates.is_empty()
                || matches!(input.intermediate, Some(PartInput::Current)))
            && lost(|comparison| comparison.old_intermediate_signs),
        private_key: given.key_facts(),
        certificate: given.certificate.as_ref().map(Certificate::facts),
        intermediates: given.intermediates.iter().map(Certificate::facts).collect(),
        findings,
        problems,
        comparison,
        current: current.map(|chain| CurrentCertificate {
            certificate: chain.certificate.facts(),
            intermediates: chain.intermediates.iter().map(Certificate::facts).collect(),
            private_key_included: chain.private_key_included,
        }),
    }
}

/// The managed request of a secret.
fn managed_csr(secret: &SecretView) -> Option<Csr> {
    let Detail::ImportedCert(detail) = &secret.metadata.detail else {
        return None;
    };
    Csr::from_pem(&detail.managed_csr.as_ref()?.csr).ok()
}

/// Parts as far as they could be read.
struct Parts {
    certificate: Option<Certificate>,
    intermediates: Vec<Certificate>,
    private_key: Option<PrivateKey>,
}

impl Parts {
    fn read(
        desk: &Desk,
        current: Option<&Chain>,
        input: &CertificateInput,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut told = |problem: Problem| {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        };
        let mut chain = Vec::new();
        let certificate = input.certificate_pem(&desk.files).and_then(|text| {
            text.map_or_else(
                || Ok(Vec::new()),
                |text| certificates(Part::Certificate, &text),
            )
        });
        let certificate = match certificate {
            Ok(mut found) if !found.is_empty() => {
                chain = found.split_off(1);
                found.pop()
            }
            Ok(_) => None,
            Err(problem) => {
                told(problem);
                None
            }
        };
        let intermediates = input.intermediate_pem(&desk.files).and_then(|text| {
            text.map_or_else(
                || Ok(Vec::new()),
                |text| certificates(Part::Intermediate, &text),
            )
        });
        match intermediates {
            Ok(found) => chain.extend(found),
            Err(problem) => told(problem),
        }
        if let (Some(PartInput::Current), Some(current)) = (&input.intermediate, current) {
            chain.extend(current.intermediates.iter().cloned());
        }
        let private_key = input.private_key_pem(&desk.files).and_then(|text| {
            text.map(|text| {
                keyturn_pki::read::read(text.bytes(), None)
                    .map_err(crate::files::certificates::problem)
            })
            .transpose()
        });
        let private_key = match private_key {
            Ok(found) => found.and_then(|mut found| found.keys.pop()),
            Err(problem) => {
                told(problem);
                None
            }
        };
        Self {
            certificate,
            intermediates: chain,
            private_key,
        }
    }

    fn findings(&self, now: i64, has_key: bool) -> Vec<Finding> {
        let Some(certificate) = &self.certificate else {
            return Vec::new();
        };
        let report = keyturn_pki::check(
            &keyturn_pki::Parts {
                certificate,
                intermediates: &self.intermediates,
                private_key: self.private_key.as_ref(),
                extra: &[],
            },
            now,
        );
        let absent = |finding: &Finding| {
            // The key of the instance is not here to be checked.
            finding.part == Part::PrivateKey && has_key && self.private_key.is_none()
        };
        let findings = report.findings.into_iter();
        findings.filter(|finding| !absent(finding)).collect()
    }

    fn key_facts(&self) -> Option<KeyFacts> {
        let key = self.private_key.as_ref()?;
        Some(KeyFacts {
            algorithm: key.algorithm().name(),
            matches: self
                .certificate
                .as_ref()
                .map(|certificate| key.matches(certificate)),
        })
    }
}
