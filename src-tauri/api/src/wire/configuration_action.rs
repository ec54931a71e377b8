//! Actions on authorities: their bodies, and what is answered.

use serde_json::{Map, Value, json};

use super::{
    Body,
    configuration::{SUBJECT, check_supported, object},
    new_secret::{FORMATS, check_format},
};
use crate::{
    Problem, Result, Timestamp,
    configuration::action::{ActionOutcome, ConfigurationAction, SigningOptions},
};

/// Reads the body of `create_configuration_action`.
pub fn configuration_action(body: &[u8]) -> Result<ConfigurationAction> {
    let mut parts = Body::parse(body)?;
    let name: String = parts.required("action_type")?;
    let short = name
        .strip_prefix("private_cert_configuration_action_")
        .unwrap_or_default();
    let fields: &[&[&str]] = match short {
        "rotate_crl" | "revoke_ca_certificate" | "rotate_intermediate" => &[],
        "sign_intermediate" => &[&["intermediate_certificate_authority"], SIGNING, SUBJECT],
        "sign_csr" => &[&["csr"], SIGNING, SUBJECT],
        "set_signed" => &[&["certificate"]],
        _ => {
            return Err(Problem::field(
                "action_type",
                "This is no action on a configuration.",
            ));
        }
    };
    check_format(&mut parts, "format", FORMATS)?;
    check_supported(&mut parts)?;
    parts.rest_of("action_type", &name, &fields.concat())
}

const SIGNING: &[&str] = &[
    "common_name",
    "alt_names",
    "ip_sans",
    "uri_sans",
    "other_sans",
    "ttl",
    "max_path_length",
    "exclude_cn_from_sans",
    "permitted_dns_domains",
    "use_csr_values",
];

/// The answer to an action: its type, what was asked for, and what came of it.
pub fn action_outcome(name: &str, action: &ConfigurationAction, outcome: &ActionOutcome) -> Value {
    let mut members = requested(name, action);
    match outcome {
        ActionOutcome::Done => {}
        ActionOutcome::Signed {
            certificate,
            serial_number,
            issuing_ca,
            ca_chain,
            expiration,
        } => {
            let data = json!({
                "certificate": certificate,
                "serial_number": serial_number,
                "issuing_ca": issuing_ca,
                "ca_chain": ca_chain,
                "expiration": seconds(*expiration),
            });
            match members.get_mut("config") {
                Some(config) => config["data"] = data,
                None => {
                    members.insert("data".into(), data);
                }
            }
        }
        ActionOutcome::Revoked { at } => {
            members.insert("revocation_time_seconds".into(), seconds(*at).into());
        }
    }
    Value::Object(members)
}

/// What was asked for, as answers repeat it.
pub(super) fn requested(name: &str, action: &ConfigurationAction) -> Map<String, Value> {
    match action {
        ConfigurationAction::RotateCrl => object(Ok(json!({
            "action_type": "private_cert_configuration_action_rotate_crl",
            "success": true,
        }))),
        ConfigurationAction::SignIntermediate {
            intermediate_certificate_authority,
            options,
        } => {
            let mut members = signing(options);
            members.insert(
                "intermediate_certificate_authority".into(),
                intermediate_certificate_authority.clone().into(),
            );
            typed(members, "sign_intermediate")
        }
        ConfigurationAction::SignCsr { csr, options } => {
            let mut members = signing(options);
            members.insert("csr".into(), csr.clone().into());
            typed(members, "sign_csr")
        }
        ConfigurationAction::SetSigned { certificate } => {
            let members = object(Ok(json!({ "certificate": certificate })));
            typed(members, "set_signed")
        }
        ConfigurationAction::RevokeCaCertificate => typed(Map::new(), "revoke_ca_certificate"),
        ConfigurationAction::RotateIntermediate => {
            let members = object(Ok(json!({ "name": name, "config": {} })));
            typed(members, "rotate_intermediate")
        }
    }
}

fn typed(mut members: Map<String, Value>, action: &str) -> Map<String, Value> {
    let name = format!("private_cert_configuration_action_{action}");
    members.insert("action_type".into(), name.into());
    members
}

fn signing(options: &SigningOptions) -> Map<String, Value> {
    object(serde_json::to_value(options))
}

fn seconds(at: Timestamp) -> i64 {
    at.millis().div_euclid(1000)
}
