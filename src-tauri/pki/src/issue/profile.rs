//! What a certificate is to say.

use std::time::Duration;

use const_oid::ObjectIdentifier as Oid;
use der::DateTime;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::BasicConstraints;
use x509_cert::name::Name;
use x509_cert::time::Time;

use crate::extension::ExtensionList;
use crate::{AltNames, FieldResult, KeyAlgorithm, KeyUse, Part, Refusal, Result, Subject};

/// What happens to a certificate that would outlive that of its issuer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beyond {
    /// It is refused.
    #[default]
    Refuse,
    /// It ends with that of its issuer.
    Clamp,
}

/// The certificate of an authority, root or below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaProfile {
    /// Whom it is for; needs at least one value.
    pub subject: Subject,
    /// Alternative names.
    pub alt_names: AltNames,
    /// Start, seconds since the Unix epoch; never before that of the issuer.
    pub not_before: i64,
    /// End, seconds since the Unix epoch.
    pub not_after: i64,
    /// What to do if the end is after that of the issuer.
    pub beyond: Beyond,
    /// How many authorities may stand below it in a path; none for no limit of its own.
    pub max_path_length: Option<u8>,
    /// If there are any, host names below it must lie within them.
    pub permitted_dns_domains: Vec<String>,
    /// Whether a common name that is a host name is kept out of the alternative names.
    pub exclude_cn_from_sans: bool,
    /// Where the revocation list of its issuer is.
    pub crl_distribution_points: Vec<String>,
    /// Where the certificate of its issuer is.
    pub issuing_certificate_urls: Vec<String>,
}

/// The certificate of a server, a client or anything else that signs no certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeafProfile {
    /// Whom it is for.
    pub subject: Subject,
    /// Alternative names, with the common name if it is to be among them.
    pub alt_names: AltNames,
    /// Start, seconds since the Unix epoch; never before that of the issuer.
    pub not_before: i64,
    /// End, seconds since the Unix epoch.
    pub not_after: i64,
    /// What to do if the end is after that of the issuer.
    pub beyond: Beyond,
    /// What its key may be used for; what its kind of key cannot do is left out.
    pub key_usage: Vec<KeyUse>,
    /// Extended uses.
    pub ext_key_usage: Vec<Oid>,
    /// Policies.
    pub policy_identifiers: Vec<Oid>,
    /// Whether it says that it is not an authority; it is none either way.
    pub basic_constraints: bool,
    /// Where the revocation list of its issuer is.
    pub crl_distribution_points: Vec<String>,
    /// Where the certificate of its issuer is.
    pub issuing_certificate_urls: Vec<String>,
}

impl CaProfile {
    /// All alternative names, with the common name if it is to be among them.
    pub(super) fn names(&self) -> Result<AltNames> {
        // RFC 5280 section 4.1.2.6: the subject of an authority must not be empty.
        if self.subject.is_empty() {
            return Err(
                Refusal::new(Part::Certificate, "An authority must have a name.")
                    .remedy("Give a common_name."),
            );
        }
        let mut names = self.alt_names.clone();
        if let (Some(name), false) = (&self.subject.common_name, self.exclude_cn_from_sans) {
            names.add_common_name(name);
        }
        Ok(names)
    }

    /// Refuses what cannot be written, with the field of the API that holds it. Whether an issuer
    /// signs it is another question.
    pub fn check_by_field(&self) -> FieldResult<()> {
        let subject = self.subject.to_name_by_field(Part::Certificate)?;
        self.extensions_by_field(&subject, self.max_path_length)
            .map(|_| ())
    }

    pub(super) fn extensions(&self, subject: &Name, length: Option<u8>) -> Result<Vec<Extension>> {
        self.extensions_by_field(subject, length)
            .map_err(|(_, refusal)| refusal)
    }

    fn extensions_by_field(
        &self,
        subject: &Name,
        length: Option<u8>,
    ) -> FieldResult<Vec<Extension>> {
        let names = self.names().map_err(Refusal::of("common_name"))?;
        let mut list = ExtensionList::new(Part::Certificate, subject);
        list.add(&BasicConstraints {
            ca: true,
            path_len_constraint: length,
        })
        .map_err(Refusal::of("max_path_length"))?;
        list.uses(&[KeyUse::CertSign, KeyUse::CrlSign])
            .map_err(Refusal::of("key_usage"))?;
        list.permitted_domains(&self.permitted_dns_domains)
            .map_err(Refusal::of("permitted_dns_domains"))?;
        list.names(&names).map_err(Refusal::of("alt_names"))?;
        list.crl_distribution_points(&self.crl_distribution_points)
            .map_err(Refusal::of("crl_distribution_points"))?;
        list.issuing_certificate_urls(&self.issuing_certificate_urls)
            .map_err(Refusal::of("issuing_certificate_urls"))?;
        Ok(list.into_list())
    }
}

impl LeafProfile {
    pub(super) fn extensions(&self, subject: &Name, key: &KeyAlgorithm) -> Result<Vec<Extension>> {
        if subject.is_empty() && self.alt_names.is_empty() {
            return Err(
                Refusal::new(Part::Certificate, "The certificate has no name at all.")
                    .remedy("Give a common name or an alternative name."),
            );
        }
        if self.key_usage.iter().any(|one| one.is_of_authority()) {
            return Err(Refusal::new(
                Part::Certificate,
                "The field key_usage holds a use that only certificate authorities have.",
            )
            .remedy("Leave out CertSign and CRLSign."));
        }
        let mut list = ExtensionList::new(Part::Certificate, subject);
        if self.basic_constraints {
            list.add(&BasicConstraints {
                ca: false,
                path_len_constraint: None,
            })?;
        }
        list.uses(&KeyUse::fitting(Part::Certificate, &self.key_usage, key)?)?;
        list.extended_uses(&self.ext_key_usage)?;
        list.policies(&self.policy_identifiers)?;
        list.names(&self.alt_names)?;
        list.crl_distribution_points(&self.crl_distribution_points)?;
        list.issuing_certificate_urls(&self.issuing_certificate_urls)?;
        Ok(list.into_list())
    }
}

/// A time as certificates and revocation lists write it: until 2049 with two digits of the year,
/// later with four (RFC 5280 section 4.1.2.5).
pub(crate) fn time(seconds: i64) -> Result<Time> {
    u64::try_from(seconds)
        .ok()
        .and_then(|seconds| DateTime::from_unix_duration(Duration::from_secs(seconds)).ok())
        .map(Time::from)
        .ok_or_else(|| {
            Refusal::new(
                Part::Certificate,
                "A time lies beyond the years 1970 to 9999.",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change that spoils a profile.
    type Spoil = fn(&mut CaProfile);

    #[test]
    fn what_is_refused_in_an_authority_is_told_by_its_field() {
        let sound = || CaProfile {
            subject: Subject::named("Example CA"),
            permitted_dns_domains: vec!["example.com".into()],
            ..CaProfile::default()
        };
        assert_eq!(sound().check_by_field(), Ok(()));
        let spoils: [(&str, Spoil); 6] = [
            ("common_name", |asked| asked.subject = Subject::default()),
            ("common_name", |asked| {
                asked.subject = Subject::named("x".repeat(65));
            }),
            ("country", |asked| {
                asked.subject.country = vec!["Germany".into()];
            }),
            ("permitted_dns_domains", |asked| {
                asked.permitted_dns_domains = vec!["*.example.com".into()];
            }),
            ("crl_distribution_points", |asked| {
                asked.crl_distribution_points = vec!["ftp://a".into()];
            }),
            ("issuing_certificate_urls", |asked| {
                asked.issuing_certificate_urls = vec!["a".into()];
            }),
        ];
        for (field, spoil) in spoils {
            let mut asked = sound();
            spoil(&mut asked);
            let (refused, refusal) = asked.check_by_field().unwrap_err();
            assert_eq!(refused, field, "{refusal}");
        }
    }
}
