//! What a template lets be signed: rules, a request, and the certificate that follows from both.
//!
//! The rules mean what they mean in the secrets engine that the service runs. Where that is lenient
//! and the outcome would surprise, this is not: an alternative name that is not well formed is
//! refused instead of left out, a longer life is refused instead of cut, `*.localhost` needs
//! `allow_subdomains`, and a wildcard is a whole label (`*.example.com`, not `f*.example.com`).

mod life;
mod name;
mod rules;

use const_oid::ObjectIdentifier as Oid;

use crate::usage::identifiers;
use crate::{AltNames, Csr, Curve, KeyAlgorithm, KeyUse, Part, Refusal, Subject};

pub use rules::{CaLimits, LeafRequest, TemplateRules};

use super::bounds::check_kind;
use super::{Beyond, LeafProfile};

/// A request that a rule does not allow. A name stands in the message only if it is well formed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleRefusal {
    /// The field of the API that holds the rule.
    pub rule: &'static str,
    /// One sentence: what is not allowed.
    pub message: String,
    /// One sentence: what to do.
    pub remedy: Option<String>,
}

type Result<T> = std::result::Result<T, RuleRefusal>;

impl RuleRefusal {
    fn new(rule: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            remedy: Some(remedy.into()),
        }
    }

    fn of(rule: &'static str) -> impl Fn(Refusal) -> Self {
        move |refusal| Self::by_field((rule, refusal))
    }

    fn by_field((rule, refusal): (&'static str, Refusal)) -> Self {
        Self {
            rule,
            message: refusal.message,
            remedy: refusal.remedy,
        }
    }
}

/// Holds a request against the rules of its template. What comes out is within all of them, for the
/// key of the request if there is one, else for one of the template's kind.
pub fn plan(
    template: &TemplateRules,
    authority: &CaLimits,
    request: &LeafRequest,
    csr: Option<&Csr>,
    now: i64,
) -> Result<LeafProfile> {
    if let Some(csr) = csr {
        check_request(template, csr)?;
    }
    let common_name = common_name(template, request, csr)?;
    let mut alt_names = match csr {
        Some(csr) if template.use_csr_sans => csr.alt_names().map_err(RuleRefusal::of("csr"))?,
        _ => AltNames::parse_by_field(Part::Certificate, &request.alt_names)
            .map_err(RuleRefusal::by_field)?,
    };
    if let Some(name) = &common_name {
        name::check(template, name::COMMON_NAME, name)?;
        if !request.exclude_cn_from_sans {
            alt_names.add_common_name(name);
        }
    }
    check_alt_names(template, &alt_names)?;

    let subject = Subject {
        common_name,
        ..template.subject.clone()
    };
    check_subject(&subject)?;
    if subject.is_empty() && alt_names.is_empty() {
        return Err(RuleRefusal::new(
            "common_name",
            "The certificate has no name at all.",
            "Give a common name or an alternative name.",
        ));
    }
    let (not_before, not_after) = life::plan(template, authority, request.ttl, now)?;
    Ok(LeafProfile {
        subject,
        alt_names,
        not_before,
        not_after,
        beyond: Beyond::Refuse,
        key_usage: key_usage(template)?,
        ext_key_usage: extended_usage(template)?,
        policy_identifiers: policies(template)?,
        basic_constraints: template.basic_constraints_valid_for_non_ca,
        crl_distribution_points: Vec::new(),
        issuing_certificate_urls: Vec::new(),
    })
}

/// Refuses a template by which nothing could ever be signed, whatever is asked for, so that this is
/// told when the template is made. Any text is a pattern of URIs; it may just match none.
pub fn check(template: &TemplateRules) -> Result<()> {
    check_key(&template.key)?;
    key_usage(template)?;
    extended_usage(template)?;
    policies(template)?;
    name::other_patterns(template)?;
    check_subject(&Subject {
        common_name: None,
        ..template.subject.clone()
    })?;
    if template.not_before_duration < 0 {
        return Err(RuleRefusal::new(
            "not_before_duration",
            "A certificate cannot begin after it is signed.",
            "Give a not_before_duration of zero or more.",
        ));
    }
    Ok(())
}

/// Refuses a kind of key for which no request can be verified and no key be made.
fn check_key(key: &KeyAlgorithm) -> Result<()> {
    let (rule, known) = match key {
        KeyAlgorithm::Rsa(bits) => ("key_bits", (2048..=8192).contains(bits)),
        KeyAlgorithm::Ec(curve) => ("key_bits", *curve != Curve::P224),
        KeyAlgorithm::Ed25519 => ("key_type", true),
        KeyAlgorithm::Other(_) => ("key_type", false),
    };
    if known {
        return Ok(());
    }
    let name = key.name();
    Err(RuleRefusal::new(
        rule,
        format!("Keys of the kind {name} are not signed."),
        "Use RSA with 2,048 to 8,192 bits, ECDSA with P-256, P-384 or P-521, or Ed25519.",
    ))
}

fn check_subject(subject: &Subject) -> Result<()> {
    subject
        .check_by_field(Part::Certificate)
        .map_err(RuleRefusal::by_field)
}

fn check_request(template: &TemplateRules, csr: &Csr) -> Result<()> {
    csr.verify().map_err(RuleRefusal::of("csr"))?;
    if csr.asks_for_ca() {
        return Err(RuleRefusal::new(
            "csr",
            "The request asks to become a certificate authority.",
            "Make a request without basic constraints CA:TRUE and without the use CertSign.",
        ));
    }
    check_kind(csr.public_key()).map_err(RuleRefusal::of("key_type"))?;
    let (asked, allowed) = (csr.key_algorithm(), &template.key);
    if asked == *allowed {
        return Ok(());
    }
    let rule = match (&asked, allowed) {
        (KeyAlgorithm::Rsa(_), KeyAlgorithm::Rsa(_)) => "key_bits",
        // Both curves of 256 bits are `ec` of the same `key_bits`, and only P-256 is the API's.
        (KeyAlgorithm::Ec(asked), KeyAlgorithm::Ec(_)) if *asked != Curve::K256 => "key_bits",
        _ => "key_type",
    };
    let (asked, allowed) = (asked.name(), allowed.name());
    Err(RuleRefusal::new(
        rule,
        format!("The template allows keys of the kind {allowed}, and the request has {asked}."),
        format!("Make a request with a key of the kind {allowed}."),
    ))
}

fn common_name(
    template: &TemplateRules,
    request: &LeafRequest,
    csr: Option<&Csr>,
) -> Result<Option<String>> {
    let given = |name: &String| !name.is_empty();
    let name = csr
        .filter(|_| template.use_csr_common_name)
        .and_then(|csr| csr.subject().common_name.filter(given))
        .or_else(|| request.common_name.clone().filter(given));
    if name.is_none() && template.require_cn {
        return Err(RuleRefusal::new(
            "require_cn",
            "The template needs a common name, and there is none.",
            "Give common_name, or a request that has one if the template takes it from there.",
        ));
    }
    Ok(name)
}

fn check_alt_names(template: &TemplateRules, names: &AltNames) -> Result<()> {
    for name in names.dns.iter().chain(&names.email) {
        name::check(template, "alternative name", name)?;
    }
    if !template.allow_ip_sans && !names.ip.is_empty() {
        return Err(RuleRefusal::new(
            "allow_ip_sans",
            "The template allows no IP addresses.",
            "Leave out ip_sans, or allow them in the template.",
        ));
    }
    let uri_is_allowed = |uri: &String| {
        let mut allowed = template.allowed_uri_sans.iter();
        allowed.any(|pattern| name::glob(pattern, uri))
    };
    if let Some(uri) = names.uri.iter().find(|uri| !uri_is_allowed(uri)) {
        return Err(RuleRefusal::new(
            "allowed_uri_sans",
            format!("The template does not allow the URI {uri}."),
            "Leave it out, or allow it in the template.",
        ));
    }
    name::check_other(template, &names.other)
}

fn key_usage(template: &TemplateRules) -> Result<Vec<KeyUse>> {
    let rule = "key_usage";
    let uses =
        KeyUse::parse_all(Part::Certificate, &template.key_usage).map_err(RuleRefusal::of(rule))?;
    if uses.iter().any(|one| one.is_of_authority()) {
        return Err(RuleRefusal::new(
            rule,
            "The template holds a use that only certificate authorities have.",
            "Take CertSign and CRLSign out of the template.",
        ));
    }
    KeyUse::fitting(Part::Certificate, &uses, &template.key).map_err(RuleRefusal::of(rule))
}

fn policies(template: &TemplateRules) -> Result<Vec<Oid>> {
    let rule = "policy_identifiers";
    identifiers(Part::Certificate, rule, &template.policy_identifiers)
        .map_err(RuleRefusal::of(rule))
}

fn extended_usage(template: &TemplateRules) -> Result<Vec<Oid>> {
    let uses = template.ext_key_usage.parse_by_field(Part::Certificate);
    uses.map_err(RuleRefusal::by_field)
}

#[cfg(test)]
mod tests;
