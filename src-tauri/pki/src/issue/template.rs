//! What a template lets be signed: rules, a request, and the certificate that follows from both.
//!
//! The rules mean what they mean in the secrets engine that the service runs. Where that is lenient
//! and the outcome would surprise, this is not: an alternative name that is not well formed is
//! refused instead of left out, a longer life is refused instead of cut, `*.localhost` needs
//! `allow_subdomains`, and a wildcard is a whole label (`*.example.com`, not `f*.example.com`).

mod life;
mod name;

use crate::usage::identifiers;
use crate::{
    AltNames, AltNamesText, Csr, Curve, ExtendedUse, KeyAlgorithm, KeyUse, Part, Refusal, Subject,
};

use super::{Beyond, LeafProfile, check_kind};

/// A template (API v2, `private_cert_configuration_template`). The names of the fields are the
/// API's; times are in seconds.
#[expect(clippy::struct_excessive_bools, reason = "so it is in the API")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRules {
    /// Domains that names may stand in, as the three fields below allow.
    pub allowed_domains: Vec<String>,
    /// Whether `allowed_domains` holds templates of an identity; these cannot be filled in here.
    pub allowed_domains_template: bool,
    /// Whether a name may be one of the domains itself.
    pub allow_bare_domains: bool,
    /// Whether a name may lie below one of the domains.
    pub allow_subdomains: bool,
    /// Whether `*` in one of the domains stands for any text.
    pub allow_glob_domains: bool,
    /// Whether the first label of a name may be `*`; goes before `allow_any_name`.
    pub allow_wildcard_certificates: bool,
    /// Whether any name is allowed.
    pub allow_any_name: bool,
    /// Whether `localhost` and `localdomain` are allowed.
    pub allow_localhost: bool,
    /// Whether a common name must be a host name or an e-mail address. Alternative names always are.
    pub enforce_hostnames: bool,
    /// Whether IP addresses are allowed.
    pub allow_ip_sans: bool,
    /// URIs that are allowed; `*` stands for any text.
    pub allowed_uri_sans: Vec<String>,
    /// Other names that are allowed: `<oid>;UTF8:<text>`, where `*` stands for any text, or `*` for
    /// all.
    pub allowed_other_sans: Vec<String>,
    /// What `key_type` and `key_bits` name.
    pub key: KeyAlgorithm,
    /// `key_usage`.
    pub key_usage: Vec<String>,
    /// The four flags, `ext_key_usage` and `ext_key_usage_oids`.
    pub ext_key_usage: ExtendedUse,
    /// Whether the common name of a request goes before the one that is asked for.
    pub use_csr_common_name: bool,
    /// Whether the alternative names of a request take the place of those that are asked for.
    pub use_csr_sans: bool,
    /// Whether there must be a common name.
    pub require_cn: bool,
    /// `policy_identifiers`.
    pub policy_identifiers: Vec<String>,
    /// The seven fields of the subject and its serial number. The common name is not looked at.
    pub subject: Subject,
    /// Whether certificates say that they are none of an authority.
    pub basic_constraints_valid_for_non_ca: bool,
    /// How long before now a certificate begins.
    pub not_before_duration: i64,
    /// How long it is valid if nothing else is asked for.
    pub ttl: Option<i64>,
    /// How long it is valid at most.
    pub max_ttl: Option<i64>,
}

impl Default for TemplateRules {
    /// As the service fills in what is not given.
    fn default() -> Self {
        Self {
            allowed_domains: Vec::new(),
            allowed_domains_template: false,
            allow_bare_domains: false,
            allow_subdomains: false,
            allow_glob_domains: false,
            allow_wildcard_certificates: true,
            allow_any_name: false,
            allow_localhost: true,
            enforce_hostnames: true,
            allow_ip_sans: true,
            allowed_uri_sans: Vec::new(),
            allowed_other_sans: Vec::new(),
            key: KeyAlgorithm::Rsa(2048),
            key_usage: ["DigitalSignature", "KeyAgreement", "KeyEncipherment"]
                .map(str::to_owned)
                .to_vec(),
            ext_key_usage: ExtendedUse {
                server: true,
                client: true,
                ..ExtendedUse::default()
            },
            use_csr_common_name: true,
            use_csr_sans: true,
            require_cn: true,
            policy_identifiers: Vec::new(),
            subject: Subject::default(),
            basic_constraints_valid_for_non_ca: false,
            not_before_duration: 30,
            ttl: None,
            max_ttl: None,
        }
    }
}

/// What the authority of a template allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaLimits {
    /// End of its certificate, seconds since the Unix epoch.
    pub not_after: i64,
    /// How long what it signs is valid at most.
    pub max_ttl: Option<i64>,
}

/// What is asked for (API v2, private certificate).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeafRequest {
    /// `common_name`.
    pub common_name: Option<String>,
    /// `alt_names`, `ip_sans`, `uri_sans`, `other_sans`.
    pub alt_names: AltNamesText,
    /// `ttl` in seconds.
    pub ttl: Option<i64>,
    /// Whether the common name is kept out of the alternative names.
    pub exclude_cn_from_sans: bool,
}

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
        move |refusal| Self {
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
        _ => asked_names(&request.alt_names)?,
    };
    if let Some(name) = &common_name {
        name::check(template, "common_name", name)?;
        if !request.exclude_cn_from_sans {
            alt_names.add_common_name(name);
        }
    }
    check_alt_names(template, &alt_names)?;

    let subject = Subject {
        common_name,
        ..template.subject.clone()
    };
    subject
        .to_name_by_field(Part::Certificate)
        .map_err(|(field, refusal)| RuleRefusal::of(field)(refusal))?;
    if subject.is_empty() && alt_names.is_empty() {
        return Err(RuleRefusal::new(
            "common_name",
            "The certificate has no name at all.",
            "Give a common name or an alternative name.",
        ));
    }
    let (not_before, not_after) = life::plan(template, authority, request.ttl, now)?;
    let policies = &template.policy_identifiers;
    Ok(LeafProfile {
        subject,
        alt_names,
        not_before,
        not_after,
        beyond: Beyond::Refuse,
        key_usage: key_usage(template)?,
        ext_key_usage: extended_usage(&template.ext_key_usage)?,
        policy_identifiers: identifiers(Part::Certificate, "policy_identifiers", policies)
            .map_err(RuleRefusal::of("policy_identifiers"))?,
        basic_constraints: template.basic_constraints_valid_for_non_ca,
        crl_distribution_points: Vec::new(),
        issuing_certificate_urls: Vec::new(),
    })
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

/// Reads field by field, so that the one that is wrong can be named.
fn asked_names(text: &AltNamesText) -> Result<AltNames> {
    let none = AltNamesText::default;
    let fields = [
        (
            "alt_names",
            AltNamesText {
                alt_names: text.alt_names.clone(),
                ..none()
            },
        ),
        (
            "ip_sans",
            AltNamesText {
                ip_sans: text.ip_sans.clone(),
                ..none()
            },
        ),
        (
            "uri_sans",
            AltNamesText {
                uri_sans: text.uri_sans.clone(),
                ..none()
            },
        ),
        (
            "other_sans",
            AltNamesText {
                other_sans: text.other_sans.clone(),
                ..none()
            },
        ),
    ];
    for (field, text) in fields {
        AltNames::parse(Part::Certificate, &text).map_err(RuleRefusal::of(field))?;
    }
    AltNames::parse(Part::Certificate, text).map_err(RuleRefusal::of("alt_names"))
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

fn extended_usage(asked: &ExtendedUse) -> Result<Vec<const_oid::ObjectIdentifier>> {
    let words = ExtendedUse {
        oids: Vec::new(),
        ..asked.clone()
    };
    words
        .parse(Part::Certificate)
        .map_err(RuleRefusal::of("ext_key_usage"))?;
    asked
        .parse(Part::Certificate)
        .map_err(RuleRefusal::of("ext_key_usage_oids"))
}

#[cfg(test)]
mod tests;
