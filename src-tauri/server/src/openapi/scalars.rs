//! Texts, numbers and lists with their limits: those of the contract, from its own constants where it
//! has them, and each held against its own check by a test.

use keyturn_api::{
    ConfigType, SecretType, fields,
    secret::{iam_credentials, public_cert, username_password::PasswordGenerationPolicy},
};
use serde_json::{Value, json};

/// What names consist of (`check_name`).
const NAME: &str = "^[A-Za-z0-9_][A-Za-z0-9_.-]*[A-Za-z0-9]$";
const LOCK_NAME: &str = "^[A-Za-z][A-Za-z0-9_.-]*$";
const UUID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/// No control characters but tab and line ends, and nothing that turns text round (`check_visible`).
const VISIBLE: &str = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]*$";
const PEM: &str = "-----BEGIN [\\s\\S]*-----END ";
/// `+-=` of the published expression is a range.
const USERNAME: &str = "^[A-Za-z0-9+,./:;<=-]*$";
const TTL: &str = "^[0-9]+[smhd]?$";

/// A scalar by its name.
pub(super) fn scalar(name: &str) -> Option<Value> {
    plain(name)
        .or_else(|| of_secrets(name))
        .or_else(|| of_certificates(name))
        .or_else(|| of_lists(name))
        .or_else(|| of_v1(name))
}

#[rustfmt::skip] // one a line
fn plain(name: &str) -> Option<Value> {
    Some(match name {
        "Any" => json!({}),
        "Null" => json!({ "type": "null" }),
        "Flag" => json!({ "type": "boolean" }),
        "Text" => json!({ "type": "string" }),
        "Count" => json!({ "type": "integer", "minimum": 0 }),
        "Seconds" => json!({ "type": "integer" }),
        "Object" => json!({ "type": "object" }),
        "DateTime" => json!({ "type": "string", "format": "date-time" }),
        "Uri" => json!({ "type": "string", "format": "uri" }),
        "Uuid" => json!({ "type": "string", "format": "uuid" }),
        "State" => json!({ "type": "integer", "enum": keyturn_api::State::ALL }),
        "StateText" => json!({ "type": "string", "enum": keyturn_api::State::ALL.map(keyturn_api::State::description) }),
        "SecretType" => json!({ "type": "string", "enum": SecretType::ALL.map(SecretType::name) }),
        "ConfigType" => json!({ "type": "string", "enum": ConfigType::ALL.map(ConfigType::name) }),
        _ => return None,
    })
}

#[rustfmt::skip] // one a line
fn of_secrets(name: &str) -> Option<Value> {
    let short = fields::SHORT_NAME_CHARS;
    Some(match name {
        "Name" => text(2..=fields::NAME_CHARS, NAME),
        "GroupName" => text(short, NAME),
        "LockName" => text(short, LOCK_NAME),
        "ConfigurationName" => text(CONFIGURATION_NAME, NAME),
        "GroupId" => json!({ "type": "string", "pattern": format!("^({}|{UUID})$", fields::DEFAULT_GROUP) }),
        "VersionId" => json!({ "type": "string", "pattern": format!("^(current|previous|{UUID})$") }),
        "Description" => text(0..=fields::DESCRIPTION_CHARS, VISIBLE),
        "Labels" => json!({
            "type": "array",
            "items": text(2..=fields::LABEL_CHARS, VISIBLE),
            "maxItems": fields::LABELS,
            "uniqueItems": true,
        }),
        "Metadata" => json!({
            "type": "object",
            "propertyNames": { "pattern": VISIBLE },
            "description": format!("At most {} bytes of JSON; not for confidential data.", fields::METADATA_BYTES),
        }),
        "NewLocks" => list("SecretLockPrototype", fields::LOCKS),
        "Payload" => json!({ "type": "string", "maxLength": fields::PAYLOAD_CHARS }),
        "Data" => json!({
            "type": "object",
            "minProperties": 1,
            "description": format!("At most {} bytes of JSON.", fields::DATA_BYTES),
        }),
        "Username" => text(fields::USERNAME_CHARS, USERNAME),
        "Password" => json!({
            "type": "string",
            "minLength": fields::PASSWORD_CHARS.start(),
            "maxLength": fields::PASSWORD_CHARS.end(),
        }),
        "PasswordLength" => json!({
            "type": "integer",
            "minimum": PasswordGenerationPolicy::LENGTH.start(),
            "maximum": PasswordGenerationPolicy::LENGTH.end(),
        }),
        "Excluded" => json!({ "type": "string", "pattern": "^[!-~]*$" }),
        "Pem" => text(fields::PEM_CHARS, PEM),
        // what is blank counts as absent
        "PemOrBlank" => json!({ "type": "string", "maxLength": fields::PEM_CHARS.end(), "pattern": format!("^\\s*$|{PEM}") }),
        "Csr" => text(*fields::PEM_CHARS.start()..=CSR_CHARS, PEM),
        "CsrOrBlank" => json!({ "type": "string", "maxLength": CSR_CHARS, "pattern": format!("^\\s*$|{PEM}") }),
        "Ttl" => json!({ "type": "string", "maxLength": 10, "pattern": TTL }),
        "AccessGroups" => json!({
            "type": "array",
            "items": { "type": "string", "pattern": "^AccessGroupId-[a-z0-9-]+[a-z0-9]$" },
            "minItems": iam_credentials::ACCESS_GROUPS.start(),
            "maxItems": iam_credentials::ACCESS_GROUPS.end(),
        }),
        "ServiceId" => json!({ "type": "string", "pattern": format!("^ServiceId-{UUID}$") }),
        "AccountId" => json!({ "type": "string", "pattern": "^[a-z0-9]{32}$" }),
        "IamApiKey" => json!({ "type": "string", "minLength": 5, "maxLength": 60, "pattern": "^[!-~]*$" }),
        "IamUrl" => json!({ "type": "string", "maxLength": 512, "pattern": "^https?://[!-~]+$" }),
        "Interval" => json!({ "type": "integer", "minimum": 1, "maximum": 731 }),
        "ReminderDays" => json!({ "type": "integer", "minimum": 1, "maximum": 3650 }),
        "Search" => json!({
            "type": "string",
            "minLength": fields::SEARCH_CHARS.start(),
            "maxLength": fields::SEARCH_CHARS.end(),
        }),
        _ => return None,
    })
}

#[rustfmt::skip] // one a line
fn of_certificates(name: &str) -> Option<Value> {
    Some(match name {
        "AltNames" => list("Text", 99),
        "PublicNames" => list("Text", public_cert::NAMES),
        "Texts10" => list("Text", 10),
        "Texts100" => list("Text", 100),
        "Contact" => list("Text", 5),
        "CommaList" => json!({ "type": "string", "maxLength": 2048 }),
        "CommonName" => json!({ "type": "string", "minLength": 4, "maxLength": 128 }),
        "Reference" => json!({ "type": "string", "minLength": 2, "maxLength": 128 }),
        "Given" => json!({ "type": "string", "minLength": 1 }),
        "PathLength" => json!({ "type": "integer", "minimum": -1, "maximum": 10 }),
        "AuthorityBits" => json!({ "type": "integer", "enum": [256, 384, 521, 2048, 4096] }),
        "PreferredChain" => json!({ "type": "string", "maxLength": 30 }),
        "Directory" => json!({ "type": "string", "maxLength": 512, "pattern": "^https://[!-~]+$" }),
        "Short512" => json!({ "type": "string", "maxLength": 512 }),
        "TsigSecret" => json!({ "type": "string", "minLength": 8 }),
        "DnsName" => json!({ "type": "string", "pattern": "^[A-Za-z0-9_.-]*$", "maxLength": 254 }),
        _ => return None,
    })
}

#[rustfmt::skip] // one a line
fn of_lists(name: &str) -> Option<Value> {
    let short = fields::SHORT_NAME_CHARS;
    Some(match name {
        "Offset" => json!({ "type": "integer", "minimum": 0, "maximum": OFFSET, "default": 0 }),
        "LockOffset" => json!({ "type": "integer", "minimum": 0, "maximum": 1000, "default": 0 }),
        "Limit" => json!({ "type": "integer", "minimum": 1, "maximum": 1000, "default": 200 }),
        "LockLimit" => json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 25 }),
        "SecretSort" => json!({ "type": "string", "pattern": "^-?(id|created_at|updated_at|retrieved_at|expiration_date|secret_type|name)$" }),
        "AnySecretSort" => json!({ "type": "string", "pattern": "^-?(id|created_at|updated_at|retrieved_at|expiration_date|secret_type|name|secret_group|state|rotated_at|locks_total|due)$" }),
        "States" => list("State", keyturn_api::State::ALL.len()),
        "Days" => json!({ "type": "integer", "minimum": 0, "maximum": keyturn_api::ListSecrets::DAYS }),
        "LockSort" => json!({ "type": "string", "pattern": "^-?(created_at|updated_at|name)$" }),
        "ConfigurationSort" => json!({ "type": "string", "pattern": "^-?(config_type|secret_type|name)$" }),
        "OldSort" => json!({ "type": "string", "pattern": "^-?(id|creation_date|expiration_date|secret_type|name)$" }),
        "GroupIds" => list("GroupId", 201),
        "SecretTypes" => list("SecretType", SecretType::ALL.len()),
        "EngineTypes" => list("EngineType", ENGINE_TYPES.len()),
        "EngineType" => json!({ "type": "string", "enum": ENGINE_TYPES.map(SecretType::name) }),
        "AllLabels" => list("Text", fields::LABELS),
        "LockNames" => json!({ "type": "array", "items": text(short, LOCK_NAME), "minItems": 1, "maxItems": fields::LOCKS }),
        _ => return None,
    })
}

#[rustfmt::skip] // one a line
fn of_v1(name: &str) -> Option<Value> {
    Some(match name {
        "ObjectOrNull" => json!({ "type": ["object", "null"] }),
        "OldSecretType" => json!({ "type": "string", "enum": OLD_TYPES.map(SecretType::name) }),
        "OldVersionId" => json!({ "type": "string", "pattern": format!("^(previous|{UUID})$") }),
        "OldLocksLimit" => json!({ "type": "integer", "minimum": 1, "maximum": 1000, "default": 25 }),
        "OldLockNames" => json!({ "type": "array", "items": { "type": "string", "pattern": "^([A-Za-z][A-Za-z0-9_.-]{1,63}|[*])$" }, "minItems": 1, "maxItems": fields::LOCKS }),
        "ConfigElement" => json!({ "type": "string", "enum": CONFIG_ELEMENTS }),
        // seconds as a number or text
        "OldTtl" => json!({ "anyOf": [{ "type": "string", "maxLength": 10, "pattern": TTL }, { "type": "integer", "minimum": 0 }] }),
        "TextOrTexts" => json!({ "anyOf": [{ "type": "string" }, list("Text", 99)] }),
        // empty: one is generated
        "PasswordOrNone" => json!({ "anyOf": [{ "const": "" }, scalar("Password")] }),
        _ => return None,
    })
}

/// Names of configurations, `check_configuration_name`.
const CONFIGURATION_NAME: std::ops::RangeInclusive<usize> = 2..=128;
/// Those that have configurations.
const ENGINE_TYPES: [SecretType; 4] = [
    SecretType::CustomCredentials,
    SecretType::IamCredentials,
    SecretType::PrivateCert,
    SecretType::PublicCert,
];
/// API v1 knows no others.
const OLD_TYPES: [SecretType; 7] = [
    SecretType::Arbitrary,
    SecretType::IamCredentials,
    SecretType::ImportedCert,
    SecretType::Kv,
    SecretType::PrivateCert,
    SecretType::PublicCert,
    SecretType::UsernamePassword,
];
const CONFIG_ELEMENTS: [&str; 5] = [
    "certificate_authorities",
    "dns_providers",
    "root_certificate_authorities",
    "intermediate_certificate_authorities",
    "certificate_templates",
];
const CSR_CHARS: usize = 4096;
const OFFSET: u32 = 10_000_000;

fn text(chars: std::ops::RangeInclusive<usize>, pattern: &str) -> Value {
    let mut schema = json!({ "type": "string", "maxLength": chars.end(), "pattern": pattern });
    if *chars.start() > 0 {
        schema["minLength"] = json!(chars.start());
    }
    schema
}

fn list(item: &str, most: usize) -> Value {
    json!({ "type": "array", "items": super::shape::kind(item), "maxItems": most })
}
