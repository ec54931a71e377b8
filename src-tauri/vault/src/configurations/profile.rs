//! What the certificate of an authority will say.

use keyturn_api::{
    Problem, Result, Timestamp, Ttl,
    configuration::{
        action::SigningOptions,
        authority::{NewAuthority, NewRoot, ROOT_TTL},
        subject::{AltNameFields, SubjectFields},
        template::NewTemplate,
    },
};
use keyturn_pki::{
    AltNames, AltNamesText, Csr, ExtendedUse, Part, Subject,
    issue::{
        Beyond, CaProfile,
        template::{self, TemplateRules},
    },
};

use super::authority::{key_algorithm, seconds};
use crate::rotation::certificate::{problem, problem_of_field, problem_of_rule};

/// What the certificate of a root says.
pub(super) fn root_profile(new: &NewRoot, now: Timestamp) -> Result<CaProfile> {
    let ttl = i64::try_from(new.ttl.unwrap_or(ROOT_TTL).secs()).unwrap_or(i64::MAX);
    let now = seconds(now);
    let profile = CaProfile {
        subject: subject(
            Some(new.authority.common_name.clone()),
            &new.authority.subject,
        ),
        alt_names: names(&new.authority.alt_names)?,
        not_before: now - BEFORE,
        not_after: now.saturating_add(ttl),
        beyond: Beyond::Refuse,
        max_path_length: u8::try_from(new.max_path_length).ok(),
        permitted_dns_domains: new.permitted_dns_domains.clone(),
        exclude_cn_from_sans: true,
        crl_distribution_points: Vec::new(),
        issuing_certificate_urls: Vec::new(),
    };
    profile.check_by_field().map_err(problem_of_field)?;
    Ok(profile)
}

/// Clocks differ: a certificate is valid from a moment before it is made.
const BEFORE: i64 = 30;

/// What the certificate of an intermediate says: the options of the signature, else its request.
pub(super) fn intermediate_profile(
    options: &SigningOptions,
    csr: &Csr,
    parent: &NewAuthority,
    now: Timestamp,
) -> Result<CaProfile> {
    // what the request says is signed whole or not at all
    let asked = if options.use_csr_values {
        csr.whole_subject().map_err(problem)?
    } else {
        csr.subject()
    };
    let own = |given: &Vec<String>, asked: Vec<String>| {
        if given.is_empty() || options.use_csr_values {
            asked
        } else {
            given.clone()
        }
    };
    let given = &options.subject;
    let subject = Subject {
        common_name: options
            .common_name
            .clone()
            .filter(|_| !options.use_csr_values)
            .or(asked.common_name),
        organization: own(&given.organization, asked.organization),
        ou: own(&given.ou, asked.ou),
        country: own(&given.country, asked.country),
        locality: own(&given.locality, asked.locality),
        province: own(&given.province, asked.province),
        street_address: own(&given.street_address, asked.street_address),
        postal_code: own(&given.postal_code, asked.postal_code),
        user_ids: Vec::new(),
        serial_number: asked.serial_number,
    };
    let empty = options.alt_names == AltNameFields::default();
    let alt_names = if options.use_csr_values || empty {
        csr.alt_names().map_err(problem)?
    } else {
        names(&options.alt_names)?
    };
    let now = seconds(now);
    // Without a wish it lives as long as its parent allows, and ends with it at the latest.
    let (ttl, beyond) = match options.ttl {
        Some(ttl) if ttl > parent.max_ttl => {
            return Err(Problem::field(
                "ttl",
                format!(
                    "This is longer than the longest life that the authority gives, {}.",
                    parent.max_ttl.words()
                ),
            ));
        }
        Some(ttl) => (ttl, Beyond::Refuse),
        None => (parent.max_ttl, Beyond::Clamp),
    };
    let profile = CaProfile {
        subject,
        alt_names,
        not_before: now - BEFORE,
        not_after: now.saturating_add(i64::try_from(ttl.secs()).unwrap_or(i64::MAX)),
        beyond,
        max_path_length: options
            .max_path_length
            .and_then(|length| u8::try_from(length).ok()),
        permitted_dns_domains: options.permitted_dns_domains.clone(),
        exclude_cn_from_sans: true,
        crl_distribution_points: Vec::new(),
        issuing_certificate_urls: Vec::new(),
    };
    profile.check_by_field().map_err(problem_of_field)?;
    Ok(profile)
}

/// A distinguished name.
pub(crate) fn subject(common_name: Option<String>, fields: &SubjectFields) -> Subject {
    Subject {
        common_name,
        organization: fields.organization.clone(),
        ou: fields.ou.clone(),
        country: fields.country.clone(),
        locality: fields.locality.clone(),
        province: fields.province.clone(),
        street_address: fields.street_address.clone(),
        postal_code: fields.postal_code.clone(),
        user_ids: Vec::new(),
        serial_number: None,
    }
}

/// Alternative names as they were given.
pub(crate) fn alt_names(fields: &AltNameFields) -> AltNamesText {
    AltNamesText {
        alt_names: fields.alt_names.clone(),
        ip_sans: fields.ip_sans.clone().unwrap_or_default(),
        uri_sans: fields.uri_sans.clone().unwrap_or_default(),
        other_sans: fields.other_sans.clone(),
    }
}

fn names(fields: &AltNameFields) -> Result<AltNames> {
    AltNames::parse_by_field(Part::Certificate, &alt_names(fields)).map_err(problem_of_field)
}

/// The rules of a template, as whoever signs holds a request against them.
pub(crate) fn template_rules(template: &NewTemplate) -> Result<TemplateRules> {
    let rules = template.rules.clone();
    let secs = |ttl: Option<Ttl>| ttl.and_then(|ttl| i64::try_from(ttl.secs()).ok());
    Ok(TemplateRules {
        allowed_domains: rules.allowed_domains,
        allowed_domains_template: rules.allowed_domains_template,
        allow_bare_domains: rules.allow_bare_domains,
        allow_subdomains: rules.allow_subdomains,
        allow_glob_domains: rules.allow_glob_domains,
        allow_wildcard_certificates: rules.allow_wildcard_certificates,
        allow_any_name: rules.allow_any_name,
        allow_localhost: rules.allow_localhost,
        enforce_hostnames: rules.enforce_hostnames,
        allow_ip_sans: rules.allow_ip_sans,
        allowed_uri_sans: rules.allowed_uri_sans,
        allowed_other_sans: rules.allowed_other_sans,
        key: key_algorithm(rules.key_type, rules.key_bits)?,
        key_usage: rules.key_usage,
        ext_key_usage: ExtendedUse {
            server: rules.server_flag,
            client: rules.client_flag,
            code_signing: rules.code_signing_flag,
            email_protection: rules.email_protection_flag,
            words: rules.ext_key_usage,
            oids: rules.ext_key_usage_oids,
        },
        use_csr_common_name: rules.use_csr_common_name,
        use_csr_sans: rules.use_csr_sans,
        require_cn: rules.require_cn,
        policy_identifiers: rules.policy_identifiers,
        subject: subject(None, &rules.subject),
        basic_constraints_valid_for_non_ca: rules.basic_constraints_valid_for_non_ca,
        not_before_duration: secs(rules.not_before_duration).unwrap_or_default(),
        ttl: secs(rules.ttl),
        max_ttl: secs(rules.max_ttl),
    })
}

/// Refuses a template that could never issue anything.
pub(super) fn check_template(template: &NewTemplate) -> Result<()> {
    template::check(&template_rules(template)?).map_err(problem_of_rule)
}
