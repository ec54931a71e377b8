//! Signing as a certificate authority.

mod profile;
mod serial;
pub mod template;

use const_oid::ObjectIdentifier as Oid;
use der::Encode;
use spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::constraints::name::{GeneralSubtree, GeneralSubtrees};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsage, NameConstraints, SubjectKeyIdentifier,
};
use x509_cert::name::Name;
use x509_cert::time::Validity;

use crate::certificate::same_key;
use crate::extension::ExtensionList;
use crate::signer::{Signature, Signer, encoded};
use crate::{AltNames, Certificate, KeyAlgorithm, KeyUse, Part, PrivateKey, Refusal, Result};

pub(crate) use profile::time;
pub use profile::{Beyond, CaProfile, LeafProfile};
pub use serial::Serial;

const RSASSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");

/// A certificate authority: its certificate and its key, ready to sign.
pub struct Authority {
    certificate: Certificate,
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
            signer: Signer::new(key)?,
        })
    }

    /// Its certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
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
        self.check_domains(&profile.names()?)?;
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
        self.check_domains(&profile.alt_names)?;
        let life = self.life(profile.not_before, profile.not_after, profile.beyond)?;
        let subject = profile.subject.to_name(Part::Certificate)?;
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

    /// The key of the authority itself is not signed once more, for whatever use.
    fn check_key(&self, key: &SubjectPublicKeyInfoOwned) -> Result<()> {
        check_kind(key)?;
        if same_key(key, self.certificate.public_key()) {
            let own = "The key is that of the authority itself.";
            return Err(Refusal::new(Part::Csr, own).remedy("Make a new key for the request."));
        }
        Ok(())
    }

    /// How long the path of an authority below it can be; none if there is no limit.
    fn path_left(&self) -> Result<Option<u8>> {
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
    fn life(&self, not_before: i64, not_after: i64, beyond: Beyond) -> Result<(i64, i64)> {
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
    fn check_domains(&self, names: &AltNames) -> Result<()> {
        let constraints = self.certificate.tbs().get_extension::<NameConstraints>();
        let Ok(Some((_, constraints))) = constraints else {
            return Ok(());
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

/// What is about to be signed.
struct Draft {
    issuer: Name,
    subject: Name,
    authority: SubjectKeyIdentifier,
    extensions: Vec<Extension>,
}

impl Draft {
    fn sign(
        self,
        signer: &Signer,
        public_key: &SubjectPublicKeyInfoOwned,
        serial: &Serial,
        (not_before, not_after): (i64, i64),
    ) -> Result<Certificate> {
        if not_after < not_before {
            let none = "The life of the certificate would end before it begins.";
            return Err(Refusal::new(Part::Certificate, none)
                .remedy("Give a longer ttl; if the issuer has expired, renew it first."));
        }
        let validity = Validity::new(time(not_before)?, time(not_after)?);
        let unwritten =
            |_| Refusal::new(Part::Certificate, "The certificate could not be written.");
        let serial = serial.to_number()?;
        let certificate = CertificateBuilder::new(self, serial, validity, public_key.clone())
            .and_then(|builder| builder.build::<_, Signature>(signer))
            .map_err(unwritten)?;
        let der = encoded(Part::Certificate, &certificate)?;
        Certificate::from_der(Part::Certificate, &der)
    }
}

impl BuilderProfile for Draft {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        own: SubjectPublicKeyInfoRef<'_>,
        _issuer: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let mut list = ExtensionList::new(Part::Certificate, tbs.subject());
        let own = SubjectKeyIdentifier::try_from(own)?;
        let authority = AuthorityKeyIdentifier {
            key_identifier: Some(self.authority.0.clone()),
            ..AuthorityKeyIdentifier::default()
        };
        let added = list.add(&own).and_then(|()| list.add(&authority));
        added.map_err(|_| x509_cert::builder::Error::MissingAttributes)?;
        let mut list = list.into_list();
        list.extend(self.extensions.iter().cloned());
        Ok(list)
    }
}

/// Refuses a public key that is too short, not known, or only for RSASSA-PSS: that one has other
/// uses than the API knows for `rsa` (RFC 4055 section 1.2), and the service does not read it.
fn check_kind(key: &SubjectPublicKeyInfoOwned) -> Result<()> {
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

/// Whether key usage allows a use; without the extension all are (RFC 5280 section 4.2.1.3).
pub(crate) fn may(certificate: &Certificate, one: KeyUse) -> bool {
    match certificate.tbs().get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) => KeyUse::read(usage).contains(&one),
        Ok(None) => true,
        Err(_) => false,
    }
}

/// As RFC 5280 section 4.2.1.2 makes it: the SHA-1 of the key, which names it and protects nothing.
fn key_identifier(key: &SubjectPublicKeyInfoOwned) -> Result<SubjectKeyIdentifier> {
    key.to_der()
        .ok()
        .and_then(|der| {
            let key = SubjectPublicKeyInfoRef::try_from(der.as_slice()).ok()?;
            SubjectKeyIdentifier::try_from(key).ok()
        })
        .ok_or_else(|| Refusal::new(Part::Certificate, "The public key cannot be read."))
}
