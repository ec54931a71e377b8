//! What IBM's service may leave out: filled in with what its absence means, before the contract's
//! types, which have it always, are read. Beside what was read, what came stays as it was.

use serde_json::{Map, Value, json};

use crate::{ConfigType, SecretType, State, Ttl, wire::known::TYPE_NAME};

type Object = Map<String, Value>;

/// A secret's metadata. What is `told` of a type in words that are not known here is read as a type that
/// is not.
pub(super) fn secret(members: &mut Object, told: Told) {
    let known = |name: &str| told == Told::AsKnown && known_secret(name).is_some();
    let name = discriminator(members, "secret_type", known);
    let state = members.get("state").and_then(Value::as_u64).unwrap_or(1);
    let state = u8::try_from(state).ok().and_then(State::from_number);
    fill(
        members,
        json!({
            "name": "",
            "labels": [],
            "state": State::Active.number(),
            "state_description": state.map_or("", State::description),
            "retrieved_at": "1970-01-01T00:00:00Z",
            "downloaded": false,
            "locks_total": 0,
        }),
    );
    if told == Told::Newer {
        return;
    }
    policy(members);
    match name.as_str() {
        "username_password" => {
            fill(
                members,
                json!({ "rotation": off(), "password_generation_policy": {} }),
            );
            only(members, "password_generation_policy", &PASSWORD_POLICY);
        }
        "imported_cert" => imported(members),
        "private_cert" => {
            fill(
                members,
                json!({
                    "certificate_authority": "", "rotation": off(), "csr_given": false,
                    "private_key_included": true,
                }),
            );
            certificate(members);
        }
        "public_cert" => public(members),
        "iam_credentials" => fill(
            members,
            json!({ "ttl": "", "service_id_is_static": false, "reuse_api_key": true }),
        ),
        "service_credentials" => fill(members, json!({ "source_service": {} })),
        _ => {}
    }
}

/// The type whose metadata and values are read in full.
pub(super) fn known_secret(name: &str) -> Option<SecretType> {
    SecretType::ALL.into_iter().find(|kind| kind.name() == name)
}

fn is_named(name: &str) -> bool {
    SecretType::ALL.iter().any(|kind| kind.name() == name)
}

/// The policy of what the instance does not rotate.
fn off() -> Value {
    json!({ "auto_rotate": false })
}

const PASSWORD_POLICY: [&str; 5] = [
    "length",
    "include_digits",
    "include_symbols",
    "include_uppercase",
    "exclude_characters",
];

fn policy(members: &mut Object) {
    only(
        members,
        "rotation",
        &["auto_rotate", "interval", "unit", "rotate_keys"],
    );
    if let Some(Value::Object(rotation)) = members.get_mut("rotation") {
        fill(rotation, off());
    }
}

fn certificate(members: &mut Object) {
    fill(
        members,
        json!({ "alt_names": [], "issuer": "", "key_algorithm": "", "signing_algorithm": "" }),
    );
}

fn imported(members: &mut Object) {
    fill(
        members,
        json!({ "intermediate_included": false, "private_key_included": false }),
    );
    if members.contains_key("validity") {
        certificate(members);
    }
    if let Some(Value::Object(request)) = members.get_mut("managed_csr") {
        // absent is not what a request without them would get
        for name in ["key_usage", "key_bits"] {
            request.entry(name).or_insert(Value::Null);
        }
        fill(request, json!({ "csr": "" }));
    }
}

fn public(members: &mut Object) {
    fill(
        members,
        json!({
            "key_algorithm": "RSA2048", "rotation": off(), "bundle_certs": true, "ca": "", "dns": "",
            "alt_names": [],
        }),
    );
    let made = members.get("created_at").cloned().unwrap_or_default();
    let Some(Value::Object(order)) = members.get_mut("issuance_info") else {
        return;
    };
    let state = order.get("state").and_then(Value::as_u64).unwrap_or(0);
    let state = u8::try_from(state).ok().and_then(State::from_number);
    fill(
        order,
        json!({
            "auto_rotated": false, "ordered_on": made, "state": 0,
            "state_description": state.map_or("", State::description),
        }),
    );
    let challenges = order.get_mut("challenges").and_then(Value::as_array_mut);
    for challenge in challenges.into_iter().flatten() {
        if let Value::Object(challenge) = challenge {
            let status = challenge.get("status").and_then(Value::as_str);
            if !status.is_some_and(|status| STATUSES.contains(&status)) {
                challenge.insert("status".into(), "pending".into());
            }
            let texts = json!({ "domain": "", "txt_record_name": "", "txt_record_value": "" });
            fill(challenge, texts);
        }
    }
}

const STATUSES: [&str; 4] = ["pending", "processing", "valid", "invalid"];

/// A version's metadata.
pub(super) fn version(members: &mut Object) {
    secret_type(members);
    fill(
        members,
        json!({ "auto_rotated": false, "downloaded": false, "secret_name": "" }),
    );
}

/// The locks of a secret.
pub(super) fn secret_locks(members: &mut Object) {
    secret_type(members);
    fill(members, json!({ "secret_name": "" }));
    let versions = members.get_mut("versions").and_then(Value::as_array_mut);
    for version in versions.into_iter().flatten() {
        if let Value::Object(version) = version {
            fill(version, json!({ "payload_available": true }));
        }
    }
}

/// A group.
pub(super) fn group(members: &mut Object) {
    let name = members.get("id").cloned().unwrap_or_default();
    fill(members, json!({ "name": name, "description": "" }));
}

/// A configuration. Lists tell only a part of it.
pub(super) fn configuration(members: &mut Object) {
    let known = |name: &str| ConfigType::ALL.iter().any(|kind| kind.name() == name);
    let name = discriminator(members, "config_type", known);
    secret_type(members);
    let kind = ConfigType::ALL.into_iter().find(|kind| kind.name() == name);
    match kind {
        Some(ConfigType::RootCa | ConfigType::IntermediateCa) => authority(members),
        Some(ConfigType::Template) => template(members),
        Some(ConfigType::LetsEncrypt | ConfigType::Acme) => {
            fill(
                members,
                json!({ "contact": [], "account_key_algorithm": "" }),
            );
        }
        Some(ConfigType::Rfc2136) => fill(members, json!({ "tsig_key_name": "" })),
        Some(ConfigType::IamCredentials | ConfigType::Other) | None => {}
    }
}

fn authority(members: &mut Object) {
    fill(
        members,
        json!({
            "max_ttl_seconds": 0, "crl_expiry_seconds": 0, "crl_disable": false,
            "crl_distribution_points_encoded": false, "issuing_certificates_urls_encoded": false,
            "max_path_length": -1, "permitted_dns_domains": [], "data": {},
        }),
    );
    if let Some(Value::Object(data)) = members.get_mut("data") {
        let absent = if data.contains_key("certificate") {
            json!({ "ca_chain": [], "expiration": 0 })
        } else {
            json!({ "csr": "" })
        };
        fill(data, absent);
    }
}

/// Lengths of time are seconds in answers and texts in our rules; those that are absent are not the
/// usual ones.
fn template(members: &mut Object) {
    for name in ["max_ttl", "ttl", "not_before_duration"] {
        let seconds = members.remove(&format!("{name}_seconds"));
        let seconds = seconds.and_then(|seconds| seconds.as_u64());
        let ttl = seconds.filter(|seconds| *seconds > 0).map(Ttl::from_secs);
        let text = ttl.map_or(Value::Null, |ttl| ttl.to_string().into());
        members.insert(name.into(), text);
    }
}

/// How the members of a type are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// As this program knows them.
    AsKnown,
    /// With a value that it does not: the service is newer.
    Newer,
}

/// The type that a thing is of; one that is not known gives its name to `type_name`.
fn discriminator(members: &mut Object, member: &str, known: impl Fn(&str) -> bool) -> String {
    // of that name there is none on the wire
    members.remove(TYPE_NAME);
    let name = members.get(member).and_then(Value::as_str);
    let name = name.unwrap_or_default().to_owned();
    if !name.is_empty() && !known(&name) {
        members.insert(TYPE_NAME.into(), name.as_str().into());
        members.insert(member.into(), "other".into());
    }
    name
}

/// A type of secrets that something belongs to.
fn secret_type(members: &mut Object) {
    let name = members.get("secret_type").and_then(Value::as_str);
    if name.is_some_and(|name| !is_named(name)) {
        members.insert("secret_type".into(), "other".into());
    }
}

fn fill(members: &mut Object, absent: Value) {
    let Value::Object(absent) = absent else {
        return;
    };
    for (name, value) in absent {
        members.entry(name).or_insert(value);
    }
}

/// Takes from an object what its type would refuse.
fn only(members: &mut Object, name: &str, known: &[&str]) {
    if let Some(Value::Object(below)) = members.get_mut(name) {
        below.retain(|name, _| known.contains(&name.as_str()));
    }
}
