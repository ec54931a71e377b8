//! Configurations, their changes, and actions on them.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::body;
use crate::{
    NewConfiguration,
    configuration::{
        ConfigurationPatch, NewConfigurationDetail, acme, action::ConfigurationAction,
        authority::AuthorityPatch, dns, iam, template::Rules,
    },
    wire::{Json, configuration::object, configuration_action::requested, secret::write},
};

/// The body of `create_configuration` (`ConfigurationPrototype`).
pub fn new_configuration(new: &NewConfiguration) -> Json {
    let config_type = new.detail.config_type().name();
    let plain = |detail: serde_json::Result<Value>| {
        let mut members = object(detail);
        members.insert("config_type".into(), config_type.into());
        members.insert("name".into(), new.name.as_str().into());
        body(members)
    };
    match &new.detail {
        NewConfigurationDetail::RootCa(detail) => plain(serde_json::to_value(detail)),
        NewConfigurationDetail::IntermediateCa(detail) => plain(serde_json::to_value(detail)),
        NewConfigurationDetail::Template(detail) => plain(serde_json::to_value(detail)),
        NewConfigurationDetail::LetsEncrypt(detail) => write(&Named {
            config_type,
            name: &new.name,
            detail: Account::new(detail),
        }),
        NewConfigurationDetail::Acme(detail) => write(&Named {
            config_type,
            name: &new.name,
            detail: Acme::new(detail),
        }),
        NewConfigurationDetail::Rfc2136(detail) => write(&Named {
            config_type,
            name: &new.name,
            detail: Rfc2136 {
                server: &detail.server,
                tsig_secret: &detail.tsig_secret,
            },
        }),
        NewConfigurationDetail::IamCredentials(detail) => write(&Named {
            config_type,
            name: &new.name,
            detail: IamCredentials {
                api_key: Some(&detail.api_key),
                disabled: Some(detail.engine.disabled),
                // IBM's service knows neither
                iam_url: Some(detail.engine.iam_url.as_str()).filter(|url| *url != iam::IAM_URL),
                account_id: detail.engine.account_id.as_deref(),
            },
        }),
    }
}

#[derive(Serialize)]
struct Named<'a, D: Serialize> {
    config_type: &'a str,
    name: &'a str,
    #[serde(flatten)]
    detail: D,
}

#[derive(Serialize)]
struct Account<'a> {
    lets_encrypt_environment: acme::Environment,
    #[serde(skip_serializing_if = "Option::is_none")]
    lets_encrypt_private_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lets_encrypt_preferred_chain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a [String]>,
}

impl<'a> Account<'a> {
    fn new(new: &'a acme::NewLetsEncrypt) -> Self {
        let key = new.lets_encrypt_private_key.as_ref();
        Self {
            lets_encrypt_environment: new.lets_encrypt_environment,
            lets_encrypt_private_key: key.map(|key| key.as_str()),
            lets_encrypt_preferred_chain: new.lets_encrypt_preferred_chain.as_deref(),
            contact: Some(new.contact.as_slice()).filter(|list| !list.is_empty()),
        }
    }

    fn patch(patch: &'a acme::LetsEncryptPatch) -> Self {
        let key = patch.lets_encrypt_private_key.as_ref();
        Self {
            lets_encrypt_environment: patch.lets_encrypt_environment,
            lets_encrypt_private_key: key.map(|key| key.as_str()),
            lets_encrypt_preferred_chain: patch.lets_encrypt_preferred_chain.as_deref(),
            contact: patch.contact.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Acme<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    directory_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    root_certificate: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    private_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_chain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_account_key_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_account_hmac_key: Option<&'a str>,
}

impl<'a> Acme<'a> {
    fn new(new: &'a acme::NewAcme) -> Self {
        Self {
            directory_url: Some(&new.directory_url),
            root_certificate: new.root_certificate.as_deref(),
            private_key: new.private_key.as_ref().map(|key| key.as_str()),
            preferred_chain: new.preferred_chain.as_deref(),
            contact: Some(&new.contact),
            external_account_key_id: new.external_account_key_id.as_deref(),
            external_account_hmac_key: (new.external_account_hmac_key.as_ref())
                .map(|key| key.as_str()),
        }
    }

    fn patch(patch: &'a acme::AcmePatch) -> Self {
        Self {
            directory_url: None,
            root_certificate: patch.root_certificate.as_deref(),
            private_key: patch.private_key.as_ref().map(|key| key.as_str()),
            preferred_chain: patch.preferred_chain.as_deref(),
            contact: patch.contact.as_deref(),
            external_account_key_id: patch.external_account_key_id.as_deref(),
            external_account_hmac_key: (patch.external_account_hmac_key.as_ref())
                .map(|key| key.as_str()),
        }
    }
}

#[derive(Serialize)]
struct IamCredentials<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iam_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Rfc2136<'a> {
    #[serde(flatten)]
    server: &'a dns::Rfc2136,
    tsig_secret: &'a str,
}

#[derive(Serialize)]
struct Rfc2136Patch<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tsig_key_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tsig_algorithm: Option<dns::TsigAlgorithm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tsig_secret: Option<&'a str>,
}

/// The body of `update_configuration`, a merge-patch. The rules of a template are all there; those that
/// are absent become `null`, and so as usual.
pub fn configuration_patch(patch: &ConfigurationPatch) -> Json {
    match patch {
        ConfigurationPatch::Authority(patch) => authority_patch(patch),
        ConfigurationPatch::Template(rules) => write(&template_patch(rules)),
        ConfigurationPatch::LetsEncrypt(patch) => write(&Account::patch(patch)),
        ConfigurationPatch::Acme(patch) => write(&Acme::patch(patch)),
        ConfigurationPatch::Rfc2136(patch) => write(&Rfc2136Patch {
            server: patch.server.as_deref(),
            zone: patch.zone.as_deref(),
            tsig_key_name: patch.tsig_key_name.as_deref(),
            tsig_algorithm: patch.tsig_algorithm,
            tsig_secret: patch.tsig_secret.as_ref().map(|key| key.as_str()),
        }),
        ConfigurationPatch::IamCredentials(patch) => write(&IamCredentials {
            api_key: patch.api_key.as_ref().map(|key| key.as_str()),
            disabled: patch.disabled,
            iam_url: patch.iam_url.as_deref(),
            account_id: patch.account_id.as_deref(),
        }),
    }
}

fn authority_patch(patch: &AuthorityPatch) -> Json {
    body(object(Ok(json!({
        "max_ttl": patch.max_ttl,
        "crl_expiry": patch.crl_expiry,
        "crl_disable": patch.crl_disable,
        "crl_distribution_points_encoded": patch.crl_distribution_points_encoded,
        "issuing_certificates_urls_encoded": patch.issuing_certificates_urls_encoded,
    }))))
}

fn template_patch(rules: &Rules) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(rules));
    // API v2: only at creation
    members.remove("allow_wildcard_certificates");
    for name in [
        "allowed_secret_groups",
        "max_ttl",
        "ttl",
        "key_bits",
        "not_before_duration",
    ] {
        members.entry(name).or_insert(Value::Null);
    }
    members
}

/// The body of `create_configuration_action`; `name` is that of the configuration.
pub fn configuration_action(name: &str, action: &ConfigurationAction) -> Json {
    let mut members = requested(name, action);
    if let ConfigurationAction::RotateIntermediate = action {
        // what an answer has besides
        members.retain(|member, _| member == "action_type");
    }
    members.remove("success");
    body(members)
}
