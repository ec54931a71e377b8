//! Signing as a certificate authority.

mod bounds;
mod constraints;
mod draft;
mod profile;
mod serial;
pub mod template;

use std::fmt;

use spki::SubjectPublicKeyInfoOwned;
use x509_cert::ext::pkix::{KeyUsage, SubjectKeyIdentifier};

use crate::signer::Signer;
use crate::{Certificate, KeyAlgorithm, KeyUse, Part, PrivateKey, Refusal, Result};

use constraints::check_name;
use draft::{Draft, key_identifier};

pub use constraints::{check_names, check_subject};
pub(crate) use profile::time;
pub use profile::{Beyond, CaProfile, LeafProfile};
pub use serial::Serial;

/// A certificate authority: its certificate and its key, ready to sign.
pub struct Authority {
    certificate: Certificate,
    above: Vec<Certificate>,
    signer: Signer,
}

impl Authority {
    /// Puts a certificate and its key together; refused unless both belong together and may sign
    /// certificates.
    pub fn new(certificate: Certificate, key: &PrivateKey) -> Result<Self> {
        if !key.matches(&certificate) {
            let other = "The private key is not that of the certificate of the authority.";
            return Err(Refusal::new(Part::PrivateKey, other));
        }
        if !certificate.is_ca() || !may(&certificate, KeyUse::CertSign) {
            let leaf = "The certificate is not that of a certificate authority.";
            return Err(Refusal::new(Part::Certificate, leaf)
                .remedy("Have it signed with basic constraints CA:TRUE and the use CertSign."));
        }
        Ok(Self {
            certificate,
            above: Vec::new(),
            signer: Signer::new(key)?,
        })
    }

    /// With the certificates above its own, up to the root: each has issued the one before. What
    /// they do not let stand below them is not signed.
    #[must_use]
    pub fn with_chain(self, above: Vec<Certificate>) -> Self {
        Self { above, ..self }
    }

    /// Its certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Its certificate and those above it.
    pub fn path(&self) -> impl Iterator<Item = &Certificate> {
        std::iter::once(&self.certificate).chain(&self.above)
    }

    /// Makes the certificate of a root: signed by the key that it is for.
    pub fn self_signed(
        profile: &CaProfile,
        key: &PrivateKey,
        serial: &Serial,
        now: i64,
    ) -> Result<Certificate> {
        if profile.not_after <= now {
            return Err(Refusal::new(
                Part::Certificate,
                "The certificate would have expired already.",
            )
            .remedy("Give a longer ttl."));
        }
        let signer = Signer::new(key)?;
        let subject = profile.subject.to_name(Part::Certificate)?;
        let draft = Draft {
            issuer: subject.clone(),
            extensions: profile.extensions(&subject, profile.max_path_length)?,
            subject,
            authority: key_identifier(key.public_key())?,
        };
        let life = (profile.not_before, profile.not_after);
        draft.sign(&signer, key.public_key(), serial, life)
    }

    /// Signs the certificate of an authority below this one. That whoever asks holds the key is for
    /// the caller to see to ([`crate::Csr::verify`]). Its path is at least one shorter than
    /// what this one leaves; without a length of its own it gets all that is left.
    pub fn sign_ca(
        &self,
        profile: &CaProfile,
        public_key: &SubjectPublicKeyInfoOwned,
        serial: &Serial,
    ) -> Result<Certificate> {
        self.check_key(public_key)?;
        let left = self.path_left()?;
        let length = match (profile.max_path_length, left) {
            (Some(asked), Some(left)) if asked > left => {
                return Err(Refusal::new(
                    Part::Certificate,
                    format!(
                        "The field max_path_length is above the {left} that its issuer leaves."
                    ),
                )
                .remedy("Give a smaller max_path_length, or none."));
            }
            (asked, left) => asked.or(left),
        };
        let subject = profile.subject.to_name(Part::Certificate)?;
        if subject == *self.certificate.tbs().subject() {
            let own = "The subject is that of the issuer.";
            return Err(Refusal::new(Part::Certificate, own).remedy("Give another common_name."));
        }
        check_name(self.path(), &subject)?;
        check_names(self.path(), &profile.names()?)?;
        let life = self.life(profile.not_before, profile.not_after, profile.beyond)?;
        let draft = Draft {
            issuer: self.certificate.tbs().subject().clone(),
            extensions: profile.extensions(&subject, length)?,
            subject,
            authority: self.key_identifier()?,
        };
        draft.sign(&self.signer, public_key, serial, life)
    }

    /// Signs a certificate that is not one of an authority. What it may say, a template tells
    /// ([`template::plan`]).
    pub fn sign_leaf(
        &self,
        profile: &LeafProfile,
        public_key: &SubjectPublicKeyInfoOwned,
        serial: &Serial,
    ) -> Result<Certificate> {
        self.check_key(public_key)?;
        self.check_path()?;
        check_names(self.path(), &profile.alt_names)?;
        let subject = profile.subject.to_name(Part::Certificate)?;
        check_name(self.path(), &subject)?;
        let life = self.life(profile.not_before, profile.not_after, profile.beyond)?;
        let draft = Draft {
            issuer: self.certificate.tbs().subject().clone(),
            extensions: profile.extensions(&subject, &KeyAlgorithm::of(public_key))?,
            subject,
            authority: self.key_identifier()?,
        };
        draft.sign(&self.signer, public_key, serial, life)
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }

    /// The identifier of its key: that in its certificate, which need not be made as ours are.
    pub(crate) fn key_identifier(&self) -> Result<SubjectKeyIdentifier> {
        match self
            .certificate
            .tbs()
            .get_extension::<SubjectKeyIdentifier>()
        {
            Ok(Some((_, identifier))) => Ok(identifier),
            _ => key_identifier(self.certificate.public_key()),
        }
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

/// Whether key usage allows a use; without the extension all are (RFC 5280 section 4.2.1.3).
pub(crate) fn may(certificate: &Certificate, one: KeyUse) -> bool {
    match certificate.tbs().get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) => KeyUse::read(usage).contains(&one),
        Ok(None) => true,
        Err(_) => false,
    }
}
