//! What a secret is made of: a certificate, what leads to its root, and its private key.

use std::cell::Cell;

use zeroize::Zeroizing;

use crate::chain::{SIGNATURES, signs};
use crate::read::Found;
use crate::{Certificate, Part, PrivateKey, Refusal, Result, chain};

/// A certificate with what belongs to it.
#[derive(Debug, Default)]
pub struct Material {
    /// The certificate itself.
    pub certificate: Option<Certificate>,
    /// Those between it and the root: each signs the one before.
    pub intermediates: Vec<Certificate>,
    /// Certificates that signed themselves, which others must know already.
    pub roots: Vec<Certificate>,
    /// The private key. It may be another's: that is for the checks to say.
    pub private_key: Option<PrivateKey>,
    /// A certificate signing request, as DER.
    pub request: Option<Vec<u8>>,
}

impl Material {
    /// The certificate as PEM.
    pub fn certificate_pem(&self) -> Option<String> {
        self.certificate.as_ref().map(Certificate::to_pem)
    }

    /// The intermediates as PEM, one after the other; roots are left out.
    pub fn intermediate_pem(&self) -> Option<String> {
        let pem = self.intermediates.iter().map(Certificate::to_pem);
        (!self.intermediates.is_empty()).then(|| pem.collect())
    }

    /// All authorities as PEM, roots last: for a file that was given as the chain of another
    /// certificate. One without any is taken as it is.
    pub fn authorities_pem(&self) -> Option<String> {
        let others = !self.intermediates.is_empty() || !self.roots.is_empty();
        let own = self.certificate.iter().filter(|one| one.is_ca() || !others);
        let all = own.chain(&self.intermediates).chain(&self.roots);
        let pem: String = all.map(Certificate::to_pem).collect();
        (!pem.is_empty()).then_some(pem)
    }

    /// The private key as PEM, not encrypted.
    pub fn private_key_pem(&self) -> Option<Zeroizing<String>> {
        self.private_key.as_ref().map(PrivateKey::to_pem)
    }
}

impl Found {
    /// Tells the certificate from those that lead to its root, and its key from others. Refuses
    /// what can be understood in two ways.
    pub fn into_material(mut self) -> Result<Material> {
        if self.requests.len() > 1 {
            return Err(several(Part::Csr, "requests", self.requests.len()));
        }
        let request = self.requests.pop();
        let certificates = distinct(self.certificates, |one, other| one == other);
        let mut keys = distinct(self.keys, |one, other| {
            one.public_key() == other.public_key()
        });
        let Some(place) = leaf(&certificates, &keys)? else {
            if keys.len() > 1 {
                return Err(several(Part::PrivateKey, "private keys", keys.len()));
            }
            return Ok(Material {
                private_key: keys.pop(),
                request,
                ..Material::default()
            });
        };
        let mut pool = certificates;
        let certificate = pool.swap_remove(place);
        let private_key = match keys.iter().position(|key| key.matches(&certificate)) {
            Some(place) => Some(keys.swap_remove(place)),
            None if keys.len() > 1 => {
                return Err(Refusal::new(
                    Part::PrivateKey,
                    format!(
                        "The file holds {} private keys, and none of them is that of the \
                         certificate.",
                        keys.len()
                    ),
                )
                .remedy("Take a file with the one private key that belongs to the certificate."));
            }
            None => keys.pop(),
        };
        let chain = chain::order(&certificate, pool);
        let (mut intermediates, mut roots) = (chain.intermediates, Vec::from_iter(chain.root));
        // With a link missing, what stands above it cannot be placed, but is not lost.
        for one in chain.unrelated.into_iter().filter(Certificate::is_ca) {
            if one.is_self_issued() {
                roots.push(one);
            } else {
                intermediates.push(one);
            }
        }
        Ok(Material {
            certificate: Some(certificate),
            intermediates,
            roots,
            private_key,
            request,
        })
    }
}

/// The place of the certificate that all is about; none if there is no certificate.
fn leaf(certificates: &[Certificate], keys: &[PrivateKey]) -> Result<Option<usize>> {
    let all: Vec<usize> = (0..certificates.len()).collect();
    let with_key = |place: &usize| keys.iter().any(|key| key.matches(&certificates[*place]));
    let mut candidates: Vec<_> = all.iter().copied().filter(with_key).collect();
    if candidates.is_empty() {
        candidates = all;
    }
    if candidates.len() <= 1 {
        return Ok(candidates.pop());
    }
    let no_ca = |place: &usize| !certificates[*place].is_ca();
    let ends: Vec<_> = candidates.iter().copied().filter(no_ca).collect();
    if let [only] = ends[..] {
        return Ok(Some(only));
    }
    // Certificates that all have one name could each have signed all others.
    let checks = Cell::new(SIGNATURES);
    let issued_none = |place: &usize| {
        let one = &certificates[*place];
        let mut others = candidates.iter().filter(|other| *other != place);
        !others.any(|other| {
            let other = &certificates[*other];
            other.names_issuer(one) && signs(one, other, &checks)
        })
    };
    let last: Vec<_> = candidates.iter().copied().filter(issued_none).collect();
    match last[..] {
        // With nothing left, not all of them were looked at.
        [only] if checks.get() > 0 => Ok(Some(only)),
        _ => Err(Refusal::new(
            Part::Certificate,
            format!(
                "The file holds {} certificates that could each be the one that is meant.",
                match (checks.get(), ends.len()) {
                    (0, _) => candidates.len(),
                    (_, 0) => last.len(),
                    (_, ends) => ends,
                }
            ),
        )
        .remedy(
            "Take a file with one certificate, those that lead to its root, and its private key.",
        )),
    }
}

fn distinct<T>(all: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    for one in all {
        if !kept.iter().any(|other| same(&one, other)) {
            kept.push(one);
        }
    }
    kept
}

fn several(part: Part, what: &str, count: usize) -> Refusal {
    Refusal::new(part, format!("The file holds {count} {what}."))
        .remedy("Take a file with the one that belongs to the certificate.")
}
