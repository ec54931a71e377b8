//! Authorities: what they are made of, whether they can sign, and signing.

use std::sync::Arc;

use keyturn_api::{
    Code, ConfigType, KeyType, Plaintext, Problem, Result, Target, Timestamp, Ttl,
    configuration::{
        authority::{
            Authority, AuthorityData, AuthorityStatus, NewAuthority, NewIntermediate, NewRoot,
            ROOT_TTL, SigningMethod,
        },
        template::NewTemplate,
    },
};
use keyturn_pki::{
    Certificate, Csr, KeyAlgorithm, Part, PrivateKey,
    csr::{self, CsrRequest},
    issue,
};

use super::{
    catalogue,
    hindrance::{check_revocable, check_rotatable},
    profile::{alt_names, subject},
};
use crate::{
    opened::Opened,
    records::{CatalogueRecord, ConfigurationRecord, CrlRecord},
    rotation::certificate::{problem, problem_of_field, read_certificates},
};

/// Seconds of a point in time, as certificates count.
pub(crate) const fn seconds(now: Timestamp) -> i64 {
    now.millis().div_euclid(1000)
}

/// What an authority was made from, root or intermediate.
pub(crate) fn made_from(record: &ConfigurationRecord) -> Result<NewAuthority> {
    Ok(match record.config_type() {
        Some(ConfigType::RootCa) => record.request::<NewRoot>()?.authority,
        _ => record.request::<NewIntermediate>()?.authority,
    })
}

/// What faces see of an authority.
pub(super) fn view(
    vault: &Opened,
    catalogue: &CatalogueRecord,
    record: &ConfigurationRecord,
) -> Result<Authority> {
    let new = made_from(record)?;
    let root = match record.config_type() {
        Some(ConfigType::RootCa) => Some(record.request::<NewRoot>()?),
        _ => None,
    };
    let intermediate = match record.config_type() {
        Some(ConfigType::IntermediateCa) => Some(record.request::<NewIntermediate>()?),
        _ => None,
    };
    let certificate = own_certificate(record)?;
    let facts = certificate.as_ref().map(Certificate::facts);
    let end = certificate.as_ref().map(|one| one.validity().1);
    let below = intermediate.is_some();
    let told = |checked: Result<&ConfigurationRecord>| {
        checked
            .err()
            .filter(|_| below)
            .map(|problem| problem.message)
    };
    let small = |ttl: Ttl| u32::try_from(ttl.secs()).unwrap_or(u32::MAX);
    Ok(Authority {
        status: status(
            catalogue,
            record,
            certificate.as_ref(),
            seconds(vault.now()),
        ),
        expiration_date: end.map(|end| Timestamp::from_millis(end.saturating_mul(1000))),
        key_bits: new
            .key_bits
            .or_else(|| new.key_type.default_bits())
            .unwrap_or_default(),
        key_type: new.key_type,
        ttl_seconds: root
            .as_ref()
            .map(|root| small(root.ttl.unwrap_or(ROOT_TTL))),
        max_ttl_seconds: small(new.max_ttl),
        crl_expiry_seconds: small(new.publishing.crl_expiry),
        crl_disable: new.publishing.crl_disable,
        crl_distribution_points_encoded: new.publishing.crl_distribution_points_encoded,
        issuing_certificates_urls_encoded: new.publishing.issuing_certificates_urls_encoded,
        max_path_length: facts
            .and_then(|facts| facts.path_length)
            .and_then(|length| i8::try_from(length).ok())
            .unwrap_or(-1),
        permitted_dns_domains: root
            .map(|root| root.permitted_dns_domains)
            .unwrap_or_default(),
        signing_method: intermediate.as_ref().map(|new| new.signing_method),
        issuer: intermediate.and_then(|new| new.issuer),
        data: match (&record.certificate, &record.csr, end) {
            (Some(certificate), _, Some(end)) => {
                let chain = chain(catalogue, record);
                AuthorityData::Certificate {
                    certificate: certificate.clone(),
                    issuing_ca: chain.first().cloned(),
                    ca_chain: chain,
                    csr: record.csr.clone().filter(|_| record.signed_by.is_none()),
                    expiration: end,
                }
            }
            (_, csr, _) => AuthorityData::Request {
                csr: csr.clone().unwrap_or_default(),
            },
        },
        crl: crl(vault, record.present().key_id)?.map(|(crl, _)| crl.view()),
        revoked_at: record.revoked_at.map(Timestamp::from_millis),
        revoke_hindrance: told(check_revocable(catalogue, record)),
        rotate_hindrance: told(check_rotatable(catalogue, record, vault.now())),
        common_name: new.common_name,
        subject: new.subject,
        alt_names: new.alt_names,
    })
}

/// The revocation list as it is kept, and the revision that a change expects.
pub(super) fn crl(vault: &Opened, key_id: [u8; 16]) -> Result<Option<(CrlRecord, u64)>> {
    let Some(row) = vault.get(&CrlRecord::key(key_id))? else {
        return Ok(None);
    };
    let record = CrlRecord::open(vault.keys(), key_id, &row.value)?;
    Ok(Some((record, row.revision)))
}

/// The certificate of an authority; none while it waits to be signed.
pub(crate) fn own_certificate(record: &ConfigurationRecord) -> Result<Option<Certificate>> {
    let Some(text) = &record.certificate else {
        return Ok(None);
    };
    Ok(read_certificates(Part::Certificate, text)?
        .into_iter()
        .next())
}

fn status(
    catalogue: &CatalogueRecord,
    record: &ConfigurationRecord,
    certificate: Option<&Certificate>,
    now: i64,
) -> AuthorityStatus {
    let Some(certificate) = certificate else {
        let method = record
            .request::<NewIntermediate>()
            .map(|new| new.signing_method);
        return match method {
            Ok(SigningMethod::External) => AuthorityStatus::SignedCertificateRequired,
            _ => AuthorityStatus::SigningRequired,
        };
    };
    if record.revoked_at.is_some() {
        return AuthorityStatus::Revoked;
    }
    if certificate.validity().1 < now {
        return AuthorityStatus::Expired;
    }
    let has_template = catalogue.configurations.iter().any(|other| {
        other.config_type() == Some(ConfigType::Template)
            && other
                .request::<NewTemplate>()
                .is_ok_and(|new| new.certificate_authority == record.name)
    });
    let needs = record.config_type() == Some(ConfigType::IntermediateCa) && !has_template;
    if needs {
        AuthorityStatus::CertificateTemplateRequired
    } else {
        AuthorityStatus::Configured
    }
}

/// The authorities of this instance above one, from the one that signed it.
pub(super) fn above<'a>(
    catalogue: &'a CatalogueRecord,
    record: &'a ConfigurationRecord,
) -> impl Iterator<Item = &'a ConfigurationRecord> {
    let next = |at: &&'a ConfigurationRecord| at.signed_by.and_then(|id| catalogue.by_id(id));
    // as many as there are at most: a circle would be a fault, and must not be endless
    std::iter::successors(next(&record), next).take(catalogue.configurations.len())
}

/// The name of an authority above one that was revoked, also if it is deleted since.
pub(super) fn revoked_above<'a>(
    catalogue: &'a CatalogueRecord,
    record: &'a ConfigurationRecord,
) -> Option<&'a str> {
    let of = |one: &'a ConfigurationRecord| one.revoked_at.map(|_| one.name.as_str());
    let lost = |one: &'a ConfigurationRecord| one.revoked_above.as_deref();
    let mut line = above(catalogue, record);
    lost(record).or_else(|| line.find_map(|one| of(one).or_else(|| lost(one))))
}

/// The certificates above an authority, from the one that signed it to the root, PEM.
pub(crate) fn chain(catalogue: &CatalogueRecord, record: &ConfigurationRecord) -> Vec<String> {
    let mut top = record;
    let mut chain = Vec::new();
    for above in above(catalogue, record) {
        chain.extend(above.certificate.clone());
        top = above;
    }
    chain.extend(top.chain.iter().flatten().cloned());
    chain
}

/// The authority of a name, if it can sign now; else why not and what to do.
pub(crate) fn check_signs<'a>(
    catalogue: &'a CatalogueRecord,
    name: &str,
    now: Timestamp,
) -> Result<&'a ConfigurationRecord> {
    let record = named(catalogue, name)?;
    let certificate = own_certificate(record)?;
    check_ready(catalogue, record, certificate.as_ref(), now)?;
    Ok(record)
}

/// The authority of a name, ready to sign.
pub(crate) fn signer<'a>(
    vault: &Opened,
    catalogue: &'a CatalogueRecord,
    name: &str,
    now: Timestamp,
) -> Result<(&'a ConfigurationRecord, Arc<issue::Authority>)> {
    let record = named(catalogue, name)?;
    if record.certificate.is_none() {
        check_ready(catalogue, record, None, now)?;
    }
    let signer = load(vault, catalogue, record)?;
    check_ready(catalogue, record, Some(signer.certificate()), now)?;
    Ok((record, signer))
}

fn named<'a>(catalogue: &'a CatalogueRecord, name: &str) -> Result<&'a ConfigurationRecord> {
    catalogue.authority(name).ok_or_else(|| {
        cannot_sign(
            format!("The certificate authority \"{name}\" is not there any more."),
            "Create an authority and a template for it, and a new secret from that template.",
        )
    })
}

fn cannot_sign(message: String, remedy: &str) -> Problem {
    Problem::new(Code::WrongState, message)
        .at(Target::field("certificate_authority"))
        .remedy(remedy)
}

/// Refuses an authority without certificate, and one that nobody trusts any longer.
fn check_ready(
    catalogue: &CatalogueRecord,
    record: &ConfigurationRecord,
    certificate: Option<&Certificate>,
    now: Timestamp,
) -> Result<()> {
    let name = &record.name;
    let Some(certificate) = certificate else {
        return Err(cannot_sign(
            format!("The certificate authority \"{name}\" has not been signed yet."),
            "Have it signed first, in Secrets engines.",
        ));
    };
    if record.revoked_at.is_some() {
        return Err(cannot_sign(
            format!("The certificate of the authority \"{name}\" was revoked."),
            "Rotate the authority first, or use another one.",
        ));
    }
    if certificate.validity().1 < seconds(now) {
        return Err(cannot_sign(
            format!("The certificate of the authority \"{name}\" has expired."),
            "Rotate the authority first, or use another one.",
        ));
    }
    revoked_above(catalogue, record).map_or(Ok(()), |revoked| {
        Err(cannot_sign(
            format!("The certificate of the authority \"{revoked}\" above \"{name}\" was revoked."),
            "Use an authority below another one.",
        ))
    })
}

/// An authority with its key, ready to sign.
pub(super) fn load(
    vault: &Opened,
    catalogue: &CatalogueRecord,
    record: &ConfigurationRecord,
) -> Result<Arc<issue::Authority>> {
    let chain = chain(catalogue, record);
    vault.signers.get(vault, record.present(), chain)
}

/// Makes the key of an authority.
pub(super) fn make_key(new: &NewAuthority) -> Result<PrivateKey> {
    PrivateKey::generate(&key_algorithm(new.key_type, new.key_bits)?).map_err(problem)
}

/// A kind of key, as the API spells it.
pub(crate) fn key_algorithm(key_type: KeyType, bits: Option<u32>) -> Result<KeyAlgorithm> {
    let word = match key_type {
        KeyType::Rsa => "rsa",
        KeyType::Ec => "ec",
        KeyType::Ed25519 => "ed25519",
    };
    csr::key_algorithm(word, bits).map_err(problem)
}

/// The key as it is kept.
pub(super) fn key_text(key: &PrivateKey) -> Plaintext {
    Plaintext::text(std::mem::take(&mut *key.to_pem()))
}

/// The request of an authority that others sign.
pub(super) fn request(new: &NewAuthority, key: &PrivateKey) -> Result<Csr> {
    let asked = CsrRequest {
        subject: subject(Some(new.common_name.clone()), &new.subject),
        alt_names: alt_names(&new.alt_names),
        exclude_cn_from_sans: true, // the name of an authority is no host name
        ..CsrRequest::default()
    };
    csr::create_by_field(&asked, key).map_err(problem_of_field)
}

/// Refuses what needs an address under which this vault publishes something.
pub(super) fn check_publishing(
    new: &keyturn_api::configuration::authority::Publishing,
) -> Result<()> {
    for (field, on) in [
        (
            "crl_distribution_points_encoded",
            new.crl_distribution_points_encoded,
        ),
        (
            "issuing_certificates_urls_encoded",
            new.issuing_certificates_urls_encoded,
        ),
    ] {
        if on {
            return Err(Problem::new(
                Code::NotSupported,
                "This vault has no address under which others could fetch lists and certificates, \
                 so none can stand in a certificate.",
            )
            .at(Target::field(field))
            .remedy("Leave it off, and hand the revocation list out by download."));
        }
    }
    Ok(())
}

/// The names of authorities are one space for templates and issuers, so they are unique over both
/// types.
pub(super) fn check_free(vault: &Opened, name: &str) -> Result<()> {
    let (catalogue, _) = catalogue(vault)?;
    if catalogue.authority(name).is_none() {
        return Ok(());
    }
    Err(Problem::new(
        Code::NameTaken,
        format!("A configuration with the same name already exists: {name}"),
    )
    .at(Target::field("name"))
    .remedy("Choose another name."))
}
