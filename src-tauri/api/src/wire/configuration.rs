//! Configurations: bodies of creation, change and actions, and how they are answered.

use serde_json::{Map, Value};

use super::Body;
use super::known::restore;
use super::new_secret::{FORMATS, KEY_FORMATS, check_format};
use crate::{
    Code, ConfigType, Configuration, ConfigurationView, NewConfiguration, Page, Problem, Result,
    configuration::{ConfigurationDetail, ConfigurationPatch, template::Rules},
};

/// Types that API v2 has and that need a cloud.
const CLOUD_TYPES: [&str; 3] = [
    "public_cert_configuration_dns_cloud_internet_services",
    "public_cert_configuration_dns_classic_infrastructure",
    "custom_credentials_configuration",
];

/// Reads the body of `create_configuration` (`ConfigurationPrototype`).
pub fn new_configuration(body: &[u8]) -> Result<NewConfiguration> {
    let mut parts = Body::parse(body)?;
    let config_type = config_type("config_type", &parts.required::<String>("config_type")?)?;
    let name = parts.required("name")?;
    formats(&mut parts)?;
    let detail = parts.rest(config_type.name(), config_type.fields())?;
    Ok(NewConfiguration { name, detail })
}

/// The type with this name; `field` names the input in the refusal.
pub fn config_type(field: &str, name: &str) -> Result<ConfigType> {
    if let Some(known) = ConfigType::ALL.into_iter().find(|kind| kind.name() == name) {
        return Ok(known);
    }
    if CLOUD_TYPES.contains(&name) {
        return Err(needs_a_cloud(field, name));
    }
    Err(Problem::field(field, "This is no type of configuration."))
}

fn needs_a_cloud(field: &str, name: &str) -> Problem {
    Problem::new(
        Code::NotSupported,
        format!("Configurations of type {name} need a cloud, which this instance is not."),
    )
    .at(crate::Target::field(field))
}

/// Reads the body of `update_configuration`, a merge-patch (RFC 7386), for the configuration as it is.
pub fn configuration_patch(current: &Configuration, body: &[u8]) -> Result<ConfigurationPatch> {
    let parts = Body::parse(body)?;
    match &current.detail {
        ConfigurationDetail::RootCa(_) | ConfigurationDetail::IntermediateCa(_) => {
            parts.rest("private_cert_configuration_ca", AUTHORITY_PATCH)
        }
        ConfigurationDetail::Template(template) => {
            let rules = patched_rules(&template.rules, parts)?;
            Ok(ConfigurationPatch::Template(Box::new(rules)))
        }
        ConfigurationDetail::LetsEncrypt(_)
        | ConfigurationDetail::Acme(_)
        | ConfigurationDetail::Rfc2136(_)
        | ConfigurationDetail::IamCredentials(_) => {
            let kind = current.detail.config_type();
            parts.rest(kind.name(), kind.patch_fields())
        }
        ConfigurationDetail::Other(other) => Err(needs_a_cloud("config_type", &other.type_name)),
    }
}

const AUTHORITY_PATCH: &[&str] = &[
    "max_ttl",
    "crl_expiry",
    "crl_disable",
    "crl_distribution_points_encoded",
    "issuing_certificates_urls_encoded",
];

/// Rules with what a patch says of them; `null` gives a rule its usual value back.
fn patched_rules(rules: &Rules, mut patch: Body<'_>) -> Result<Rules> {
    let mut members = object(serde_json::to_value(rules));
    let usual = object(serde_json::to_value(Rules::default()));
    check_supported(&mut patch)?;
    for &name in RULES.iter().chain(SUBJECT) {
        if name == "allow_wildcard_certificates" {
            continue; // API v2: only at creation
        }
        match patch.patched::<Value>(name)? {
            None => {}
            Some(Some(value)) => {
                members.insert(name.into(), value);
            }
            Some(None) => {
                members.remove(name);
                if let Some(value) = usual.get(name) {
                    members.insert(name.into(), value.clone());
                }
            }
        }
    }
    patch.finish()?;
    super::body::read_whole(&Value::Object(members).to_string())
}

pub(super) const SUBJECT: &[&str] = &[
    "ou",
    "organization",
    "country",
    "locality",
    "province",
    "street_address",
    "postal_code",
];

const AUTHORITY: &[&str] = &[
    "max_ttl",
    "common_name",
    "crl_expiry",
    "crl_disable",
    "crl_distribution_points_encoded",
    "issuing_certificates_urls_encoded",
    "alt_names",
    "ip_sans",
    "uri_sans",
    "other_sans",
    "key_type",
    "key_bits",
    "exclude_cn_from_sans",
];

const RULES: &[&str] = &[
    "allowed_secret_groups",
    "max_ttl",
    "ttl",
    "allow_localhost",
    "allowed_domains",
    "allowed_domains_template",
    "allow_bare_domains",
    "allow_subdomains",
    "allow_glob_domains",
    "allow_wildcard_certificates",
    "allow_any_name",
    "enforce_hostnames",
    "allow_ip_sans",
    "allowed_uri_sans",
    "allowed_other_sans",
    "server_flag",
    "client_flag",
    "code_signing_flag",
    "email_protection_flag",
    "key_type",
    "key_bits",
    "key_usage",
    "ext_key_usage",
    "ext_key_usage_oids",
    "use_csr_common_name",
    "use_csr_sans",
    "require_cn",
    "policy_identifiers",
    "basic_constraints_valid_for_non_ca",
    "not_before_duration",
];

impl ConfigType {
    /// The fields of creation besides name and type.
    fn fields(self) -> Vec<&'static str> {
        let groups: &[&[&str]] = match self {
            Self::RootCa => &[
                AUTHORITY,
                SUBJECT,
                &["ttl", "max_path_length", "permitted_dns_domains"],
            ],
            Self::IntermediateCa => &[AUTHORITY, SUBJECT, &["signing_method", "issuer"]],
            Self::Template => &[RULES, SUBJECT, &["certificate_authority"]],
            _ => {
                return self
                    .patch_fields()
                    .iter()
                    .chain(CREATED_WITH)
                    .copied()
                    .collect();
            }
        };
        groups.concat()
    }

    /// The fields of a change, for types whose change names what it replaces.
    fn patch_fields(self) -> &'static [&'static str] {
        match self {
            Self::LetsEncrypt => &[
                "lets_encrypt_environment",
                "lets_encrypt_private_key",
                "lets_encrypt_preferred_chain",
                "contact",
            ],
            Self::Acme => &[
                "root_certificate",
                "private_key",
                "preferred_chain",
                "contact",
                "external_account_key_id",
                "external_account_hmac_key",
            ],
            Self::Rfc2136 => &[
                "server",
                "zone",
                "tsig_key_name",
                "tsig_algorithm",
                "tsig_secret",
            ],
            Self::IamCredentials => &["api_key", "disabled", "iam_url", "account_id"],
            Self::RootCa | Self::IntermediateCa | Self::Template | Self::Other => &[],
        }
    }
}

/// What other authorities are created with and keep.
const CREATED_WITH: &[&str] = &["directory_url"];

/// Choices of API v2 that change nothing here: everything is PEM, and no key lies in a cloud's HSM.
fn formats(parts: &mut Body<'_>) -> Result<()> {
    check_format(parts, "format", FORMATS)?;
    check_format(parts, "private_key_format", KEY_FORMATS)?;
    check_supported(parts)
}

/// Refuses fields of API v2 that would have no effect here; `null` asks for none.
pub(super) fn check_supported(parts: &mut Body<'_>) -> Result<()> {
    let here = NOT_SUPPORTED
        .iter()
        .find(|(name, _)| parts.raw(name).is_some());
    here.map_or(Ok(()), |(name, why)| {
        Err(Problem::new(Code::NotSupported, *why).at(crate::Target::field(*name)))
    })
}

const NOT_SUPPORTED: [(&str, &str); 2] = [
    (
        "crypto_key",
        "Keys of authorities are made in this instance, not in a cloud's HSM.",
    ),
    (
        "serial_number",
        "Certificates of this instance have no serial number in their subject.",
    ),
];

/// `Configuration`.
pub fn configuration(view: &ConfigurationView) -> Value {
    Value::Object(whole(&view.configuration))
}

/// With what only readers see, and with what this program does not know.
pub(super) fn whole(configuration: &Configuration) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(configuration));
    match &configuration.detail {
        ConfigurationDetail::Template(template) => {
            let rules = &template.rules;
            for (name, ttl) in [
                ("max_ttl", rules.max_ttl),
                ("ttl", rules.ttl),
                ("not_before_duration", rules.not_before_duration),
            ] {
                members.remove(name);
                // lengths of time are texts in requests and seconds in answers
                let seconds = ttl.map_or(0, crate::Ttl::secs);
                members.insert(format!("{name}_seconds"), seconds.into());
            }
            members.remove("hindrance");
            members.remove("allow_wildcard_certificates"); // API v2: only at creation
        }
        ConfigurationDetail::RootCa(_) | ConfigurationDetail::IntermediateCa(_) => {
            members.insert("format".into(), "pem".into());
            members.insert("private_key_format".into(), "der".into());
            // a list of another instance tells neither certificate nor request
            if members["data"]["csr"] == "" {
                members.remove("data");
            }
        }
        ConfigurationDetail::LetsEncrypt(_) => {
            members.insert("lets_encrypt_private_key".into(), "".into());
        }
        ConfigurationDetail::IamCredentials(_) => {
            members.insert("api_key".into(), "".into());
        }
        _ => {}
    }
    restore(&mut members, "config_type");
    members
}

/// A configuration as lists have it (`ConfigurationMetadata`): without what only its readers see.
pub fn listed_configuration(view: &ConfigurationView) -> Value {
    let mut members = whole(&view.configuration);
    let kept: &[&str] = match view.configuration.detail.config_type() {
        ConfigType::RootCa | ConfigType::IntermediateCa => &[
            "common_name",
            "status",
            "expiration_date",
            "key_type",
            "key_bits",
            "crl_distribution_points_encoded",
            "issuer",
            "signing_method",
        ],
        ConfigType::Template => &["certificate_authority"],
        ConfigType::LetsEncrypt => &["lets_encrypt_environment", "lets_encrypt_preferred_chain"],
        ConfigType::Acme => &["directory_url", "preferred_chain"],
        ConfigType::Rfc2136 => &["server", "zone"],
        // nobody knows here what of it lists leave out
        ConfigType::Other => return Value::Object(members),
        ConfigType::IamCredentials => &["disabled"],
    };
    let common = [
        "config_type",
        "name",
        "secret_type",
        "created_by",
        "created_at",
        "updated_at",
    ];
    members.retain(|name, _| common.contains(&name.as_str()) || kept.contains(&name.as_str()));
    Value::Object(members)
}

/// A page of `list_configurations`.
pub fn configurations(page: &Page<ConfigurationView>, address: &str) -> Vec<u8> {
    super::page_of(page, "configurations", address, listed_configuration)
}

pub(crate) fn object(value: serde_json::Result<Value>) -> Map<String, Value> {
    match value {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_have_no_effect_is_refused_with_its_name() {
        let root = r#"{"config_type":"private_cert_configuration_root_ca","name":"root","max_ttl":"1h","common_name":"Root""#;
        for field in ["crypto_key", "serial_number"] {
            let body = format!("{root},\"{field}\":\"x\"}}");
            let refused = new_configuration(body.as_bytes()).unwrap_err();
            assert_eq!(refused.code, Code::NotSupported);
            assert_eq!(refused.target.unwrap().name, field);
        }
        let none = format!("{root},\"serial_number\":null}}");
        assert!(new_configuration(none.as_bytes()).is_ok());

        let prefix = "private_cert_configuration_action_";
        let body = format!(
            "{{\"action_type\":\"{prefix}sign_csr\",\"csr\":\"x\",\"serial_number\":\"x\"}}"
        );
        let refused = super::super::configuration_action(body.as_bytes()).unwrap_err();
        assert_eq!(refused.code, Code::NotSupported);
        let body = format!("{{\"action_type\":\"{prefix}rotate_intermediate\",\"config\":{{}}}}");
        let refused = super::super::configuration_action(body.as_bytes()).unwrap_err();
        assert_eq!(refused.target.unwrap().name, "config");
    }
}
