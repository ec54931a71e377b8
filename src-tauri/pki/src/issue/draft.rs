//! A certificate that is about to be signed.

use der::Encode;
use spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, SubjectKeyIdentifier};
use x509_cert::name::Name;
use x509_cert::time::Validity;

use crate::extension::ExtensionList;
use crate::signer::{Signature, Signer, encoded};
use crate::{Certificate, Part, Refusal, Result};

use super::{Serial, time};

/// What it says, but for its key, serial number and life.
pub(super) struct Draft {
    pub(super) issuer: Name,
    pub(super) subject: Name,
    pub(super) authority: SubjectKeyIdentifier,
    pub(super) extensions: Vec<Extension>,
}

impl Draft {
    pub(super) fn sign(
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

/// As RFC 5280 section 4.2.1.2 makes it: the SHA-1 of the key, which names it and protects nothing.
pub(super) fn key_identifier(key: &SubjectPublicKeyInfoOwned) -> Result<SubjectKeyIdentifier> {
    key.to_der()
        .ok()
        .and_then(|der| {
            let key = SubjectPublicKeyInfoRef::try_from(der.as_slice()).ok()?;
            SubjectKeyIdentifier::try_from(key).ok()
        })
        .ok_or_else(|| Refusal::new(Part::Certificate, "The public key cannot be read."))
}
