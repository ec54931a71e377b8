//! Extensions of requests and certificates, as they are written.

use const_oid::{AssociatedOid, ObjectIdentifier as Oid};
use der::Encode;
use der::asn1::Ia5String;
use x509_cert::ext::pkix::certpolicy::PolicyInformation;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::crl::dp::DistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    AccessDescription, AuthorityInfoAccessSyntax, CertificatePolicies, CrlDistributionPoints,
    ExtendedKeyUsage, NameConstraints, SubjectAltName,
};
use x509_cert::ext::{Criticality, Extension, ToExtension};
use x509_cert::name::Name;

use crate::alt_name::{is_dns_name, is_uri};
use crate::{AltNames, KeyUse, Part, Refusal, Result};

/// Authority information access: where the certificate of the issuer is (RFC 5280 section 4.2.2.1).
const CA_ISSUERS: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.48.2");

const TIME_STAMPING: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.3.8");

/// A growing list of extensions. What is empty is left out, for an empty extension is not valid.
pub(crate) struct ExtensionList<'a> {
    part: Part,
    subject: &'a Name,
    list: Vec<Extension>,
}

impl<'a> ExtensionList<'a> {
    pub(crate) const fn new(part: Part, subject: &'a Name) -> Self {
        Self {
            part,
            subject,
            list: Vec::new(),
        }
    }

    pub(crate) fn into_list(self) -> Vec<Extension> {
        self.list
    }

    pub(crate) fn add<T: Criticality + AssociatedOid + Encode>(&mut self, value: &T) -> Result<()> {
        let extension = value
            .to_extension(self.subject, &self.list)
            .map_err(|_| self.refuse("An extension could not be written."))?;
        self.list.push(extension);
        Ok(())
    }

    fn add_critical<T: AssociatedOid + Encode>(&mut self, value: &T) -> Result<()> {
        let extension = (true, value)
            .to_extension(self.subject, &self.list)
            .map_err(|_| self.refuse("An extension could not be written."))?;
        self.list.push(extension);
        Ok(())
    }

    pub(crate) fn uses(&mut self, uses: &[KeyUse]) -> Result<()> {
        if uses.is_empty() {
            return Ok(());
        }
        self.add(&KeyUse::extension(uses))
    }

    pub(crate) fn extended_uses(&mut self, uses: &[Oid]) -> Result<()> {
        if uses.is_empty() {
            return Ok(());
        }
        let value = ExtendedKeyUsage(uses.to_vec());
        // RFC 3161 section 2.3: with time stamping it must be critical.
        if uses.contains(&TIME_STAMPING) {
            return self.add_critical(&value);
        }
        self.add(&value)
    }

    pub(crate) fn policies(&mut self, policies: &[Oid]) -> Result<()> {
        if policies.is_empty() {
            return Ok(());
        }
        let policies = policies.iter().map(|policy| PolicyInformation {
            policy_identifier: *policy,
            policy_qualifiers: None,
        });
        self.add(&CertificatePolicies(policies.collect()))
    }

    /// Critical if the subject is empty (RFC 5280 section 4.2.1.6).
    pub(crate) fn names(&mut self, names: &AltNames) -> Result<()> {
        if names.is_empty() {
            return Ok(());
        }
        self.add(&SubjectAltName(names.to_general(self.part)?))
    }

    pub(crate) fn permitted_domains(&mut self, domains: &[String]) -> Result<()> {
        if domains.is_empty() {
            return Ok(());
        }
        let mut subtrees = Vec::with_capacity(domains.len());
        for domain in domains {
            if domain.starts_with('*') || !is_dns_name(domain) {
                return Err(self
                    .refuse("An entry of permitted_dns_domains is no host name.")
                    .remedy("Write domains as example.com, without a dot or * before it."));
            }
            subtrees.push(GeneralSubtree {
                base: GeneralName::DnsName(self.ia5(domain)?),
                minimum: 0,
                maximum: None,
            });
        }
        self.add(&NameConstraints {
            permitted_subtrees: Some(subtrees),
            excluded_subtrees: None,
        })
    }

    /// One distribution point with all places: each of them has the same list.
    pub(crate) fn crl_distribution_points(&mut self, urls: &[String]) -> Result<()> {
        if urls.is_empty() {
            return Ok(());
        }
        let places = self.places("crl_distribution_points", urls)?;
        self.add(&CrlDistributionPoints(vec![DistributionPoint {
            distribution_point: Some(DistributionPointName::FullName(places)),
            reasons: None,
            crl_issuer: None,
        }]))
    }

    pub(crate) fn issuing_certificate_urls(&mut self, urls: &[String]) -> Result<()> {
        if urls.is_empty() {
            return Ok(());
        }
        let places = self.places("issuing_certificate_urls", urls)?;
        let places = places.into_iter().map(|access_location| AccessDescription {
            access_method: CA_ISSUERS,
            access_location,
        });
        self.add(&AuthorityInfoAccessSyntax(places.collect()))
    }

    fn places(&self, field: &str, urls: &[String]) -> Result<Vec<GeneralName>> {
        let known = |url: &&String| {
            let scheme = ["http://", "https://", "ldap://"];
            is_uri(url) && scheme.iter().any(|scheme| url.starts_with(scheme))
        };
        urls.iter()
            .map(|url| {
                let url = Some(url).filter(known).ok_or_else(|| {
                    self.refuse(&format!("An entry of {field} is no place on the net."))
                        .remedy("Write a URL that begins with http://, https:// or ldap://.")
                })?;
                Ok(GeneralName::UniformResourceIdentifier(self.ia5(url)?))
            })
            .collect()
    }

    fn ia5(&self, text: &str) -> Result<Ia5String> {
        Ia5String::new(text).map_err(|_| self.refuse("A name is not in ASCII."))
    }

    fn refuse(&self, message: &str) -> Refusal {
        Refusal::new(self.part, message)
    }
}
