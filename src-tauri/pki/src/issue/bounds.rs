//! What an authority never signs, whatever a template or its owner says.

use const_oid::ObjectIdentifier as Oid;
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::ext::pkix::BasicConstraints;

use crate::certificate::same_key;
use crate::{Certificate, KeyAlgorithm, Part, Refusal, Result};

use super::constraints::called;
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
        self.path_with(1)
    }

    /// Refuses if its own path is too long already.
    pub(super) fn check_path(&self) -> Result<()> {
        self.path_with(0).map(|_| ())
    }

    /// What is left of the path with so many more authorities. Each one counts the authorities below
    /// it that were not issued by one of their own name (RFC 5280 section 6.1.4).
    fn path_with(&self, more: u8) -> Result<Option<u8>> {
        let mut left = None;
        let mut below = more;
        for authority in self.path() {
            if let Some(length) = path_length(authority)? {
                let Some(rest) = length.checked_sub(below) else {
                    return Err(too_long(authority, length));
                };
                left = Some(left.map_or(rest, |left: u8| left.min(rest)));
            }
            below = below.saturating_add(u8::from(!authority.is_self_issued()));
        }
        Ok(left)
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
}

fn path_length(authority: &Certificate) -> Result<Option<u8>> {
    let basic = authority.tbs().get_extension::<BasicConstraints>();
    let basic = basic.map_err(|_| {
        let authority = called(authority);
        let odd = format!("The basic constraints of the authority{authority} cannot be read.");
        Refusal::new(Part::Certificate, odd).remedy("Use another issuer.")
    })?;
    Ok(basic.and_then(|(_, basic)| basic.path_len_constraint))
}

fn too_long(authority: &Certificate, length: u8) -> Refusal {
    let authority = called(authority);
    Refusal::new(
        Part::Certificate,
        format!(
            "The path would be longer than the max_path_length of {length} of the \
             authority{authority}."
        ),
    )
    .remedy("Have it signed by an issuer with a longer path.")
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
