//! What an authority never signs, whatever a template or its owner says.

use const_oid::ObjectIdentifier as Oid;
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::ext::pkix::constraints::name::{GeneralSubtree, GeneralSubtrees};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, NameConstraints};

use crate::certificate::same_key;
use crate::{AltNames, KeyAlgorithm, Part, Refusal, Result};

use super::{Authority, Beyond};

const RSASSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");

impl Authority {
    /// The key of the authority itself is not signed once more, for whatever use.
    pub(super) fn check_key(&self, key: &SubjectPublicKeyInfoOwned) -> Result<()> {
        check_kind(key)?;
        if same_key(key, self.certificate.public_key()) {
            let own = "The key is that of the authority itself.";
            return Err(Refusal::new(Part::Csr, own).remedy("Make a new key for the request."));
        }
        Ok(())
    }

    /// How long the path of an authority below it can be; none if there is no limit.
    pub(super) fn path_left(&self) -> Result<Option<u8>> {
        let basic = self.certificate.tbs().get_extension::<BasicConstraints>();
        let length = basic
            .ok()
            .flatten()
            .and_then(|(_, basic)| basic.path_len_constraint);
        if length == Some(0) {
            return Err(Refusal::new(
                Part::Certificate,
                "The issuer has a max_path_length of 0: no authority can stand below it.",
            )
            .remedy("Have it signed by an issuer with a longer path."));
        }
        Ok(length.map(|length| length - 1))
    }

    /// Holds a life within that of the authority.
    pub(super) fn life(
        &self,
        not_before: i64,
        not_after: i64,
        beyond: Beyond,
    ) -> Result<(i64, i64)> {
        let (first, last) = self.certificate.validity();
        let not_before = not_before.max(first);
        let end = match beyond {
            Beyond::Clamp => not_after.min(last),
            Beyond::Refuse if not_after > last => {
                return Err(Refusal::new(
                    Part::Certificate,
                    "The certificate would outlive the certificate of its issuer.",
                )
                .remedy("Give a shorter ttl, or renew the issuer first."));
            }
            Beyond::Refuse => not_after,
        };
        Ok((not_before, end))
    }

    /// Holds host names within those that its own certificate permits (RFC 5280 section 4.2.1.10):
    /// one beyond them would be signed, and trusted by nobody.
    pub(super) fn check_domains(&self, names: &AltNames) -> Result<()> {
        let constraints = self.certificate.tbs().get_extension::<NameConstraints>();
        let constraints = match constraints {
            Ok(None) => return Ok(()),
            Ok(Some((_, constraints))) => constraints,
            Err(_) => {
                let odd = "The name constraints of the issuer cannot be read.";
                return Err(Refusal::new(Part::Certificate, odd).remedy("Use another issuer."));
            }
        };
        let permitted = domains(constraints.permitted_subtrees.as_ref());
        let excluded = domains(constraints.excluded_subtrees.as_ref());
        let beyond = |name: &String| {
            (!permitted.is_empty() && !permitted.iter().any(|domain| is_within(name, domain)))
                || excluded.iter().any(|domain| is_within(name, domain))
        };
        if !names.dns.iter().any(beyond) {
            return Ok(());
        }
        Err(Refusal::new(
            Part::Certificate,
            "A host name lies beyond the permitted_dns_domains of the issuer.",
        )
        .remedy("Leave the name out, or use another issuer."))
    }
}

fn domains(subtrees: Option<&GeneralSubtrees>) -> Vec<String> {
    let domain = |subtree: &GeneralSubtree| match &subtree.base {
        GeneralName::DnsName(name) => Some(name.as_str().to_ascii_lowercase()),
        _ => None,
    };
    subtrees.into_iter().flatten().filter_map(domain).collect()
}

fn is_within(name: &str, domain: &str) -> bool {
    let domain = domain.trim_start_matches('.');
    let rest = name.strip_suffix(domain);
    domain.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Refuses a public key that is too short, not known, or only for RSASSA-PSS: that one has other
/// uses than the API knows for `rsa` (RFC 4055 section 1.2), and the service does not read it.
pub(super) fn check_kind(key: &SubjectPublicKeyInfoOwned) -> Result<()> {
    let algorithm = KeyAlgorithm::of(key);
    let pss = key.algorithm.oid == RSASSA_PSS;
    if !pss && !algorithm.is_weak() && !matches!(algorithm, KeyAlgorithm::Other(_)) {
        return Ok(());
    }
    let name = if pss {
        "RSASSA-PSS".to_owned()
    } else {
        algorithm.name()
    };
    Err(Refusal::new(
        Part::Csr,
        format!("Keys of the kind {name} are not signed."),
    )
    .remedy("Use RSA with 2,048 bits or more, ECDSA with P-256, P-384 or P-521, or Ed25519."))
}
