//! What a face sees is read by serde as it was written: types go over connections of our own.

use std::fmt::Debug;

use keyturn_api::{
    Availability, Comparison, ConfigurationView, Lock, Page, PolicyOutlook, RotationOutlook,
    SecretGroupView, SecretLocks, SecretView, ShownComparison, VersionView,
    configuration::action::ActionOutcome,
    secret::{private_cert::PrivateCertOutlook, public_cert::OrderView},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Reads, writes, and reads again; what was written is what was read.
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(json: Value) -> T {
    let came = json.clone();
    let read: T = serde_json::from_value(json).unwrap_or_else(|error| panic!("{error}"));
    let written = serde_json::to_value(&read).expect("JSON as it was made");
    assert_eq!(
        serde_json::from_value::<T>(written.clone()).expect("JSON as it was made"),
        read
    );
    assert!(holds(&written, &came), "{came}\nwas written as {written}");
    read
}

/// Whether all that came was written; usual values may be written besides.
fn holds(written: &Value, came: &Value) -> bool {
    match (written, came) {
        (Value::Object(written), Value::Object(came)) => came.iter().all(|(name, came)| {
            let found = written.get(name).unwrap_or(&Value::Null);
            holds(found, came)
        }),
        (Value::Array(written), Value::Array(came)) => {
            let pairs = written.iter().zip(came);
            written.len() == came.len() && pairs.into_iter().all(|(one, other)| holds(one, other))
        }
        _ => written == came,
    }
}

const AT: &str = "2026-01-05T10:00:00Z";

fn with(mut object: Value, more: &Value) -> Value {
    let members = object.as_object_mut().expect("JSON as it was made");
    members.extend(more.as_object().expect("JSON as it was made").clone());
    object
}

fn secret(detail: &Value) -> Value {
    let metadata = json!({
        "id": "1", "name": "db", "description": "d", "secret_group_id": "default", "labels": ["a"],
        "state": 1, "state_description": "active", "crn": "c", "created_by": "me",
        "created_at": AT, "updated_at": AT, "retrieved_at": "1970-01-01T00:00:00Z",
        "downloaded": true, "locks_total": 1, "versions_total": 2, "custom_metadata": {"a": [1.5]},
        "other": {"referenced_by": ["x"], "rotation": {"new": 1}},
    });
    json!({
        "metadata": with(metadata, detail), "revision": "7", "rotated_at": AT, "binary": false,
        "availability": {"view": "v", "rotate": "r", "edit": "e", "delete": "d"},
        "due": {"by": "rotation", "at": AT, "overdue": true, "reason": "r", "hindrance": "h"},
        "reminder": {"every_days": 30}, "rotates_alone": true, "held_by_locks": true,
    })
}

fn certificate() -> Value {
    json!({
        "common_name": "a", "alt_names": ["a"], "issuer": "i", "serial_number": "0a",
        "validity": {"not_before": AT, "not_after": AT}, "key_algorithm": "RSA2048",
        "signing_algorithm": "SHA256-RSA", "expiration_date": AT,
    })
}

fn policy() -> Value {
    json!({"auto_rotate": true, "interval": 2, "unit": "month"})
}

fn challenge() -> Value {
    json!({"domain": "a", "expiration": AT, "status": "processing", "txt_record_name": "n.",
        "txt_record_value": "v"})
}

#[test]
fn secrets_of_every_type() {
    let issued = json!({"auto_rotated": true, "challenges": [challenge()], "ordered_on": AT,
        "dns_challenge_validation_time": AT, "error_code": "e", "error_message": "m", "state": 3,
        "state_description": "deactivated"});
    let managed = json!({"csr": "c", "ou": ["o"], "common_name": "a", "alt_names": "b",
        "key_usage": null, "key_bits": null, "key_type": "ed25519"});
    for detail in [
        json!({"secret_type": "arbitrary", "expiration_date": AT}),
        json!({"secret_type": "kv"}),
        json!({"secret_type": "username_password", "rotation": policy(),
            "password_generation_policy": {"length": 20, "exclude_characters": "l"}}),
        with(
            json!({"secret_type": "imported_cert", "intermediate_included": true,
                "private_key_included": true, "managed_csr": managed}),
            &certificate(),
        ),
        json!({"secret_type": "imported_cert", "intermediate_included": false,
            "private_key_included": false}),
        with(
            json!({"secret_type": "private_cert", "certificate_template": "t",
                "certificate_authority": "ca", "rotation": policy(), "ttl": "720h",
                "csr_given": true, "private_key_included": false,
                "revocation_time_rfc3339": AT, "next_rotation_date": AT}),
            &certificate(),
        ),
        with(
            json!({"secret_type": "public_cert", "bundle_certs": true, "ca": "le",
                "dns": "manual", "rotation": {"auto_rotate": true, "rotate_keys": true},
                "issuance_info": issued}),
            &certificate(),
        ),
        json!({"secret_type": "service_credentials", "ttl": "1800", "rotation": policy(),
            "source_service": {"instance": {"crn": "c"}, "role": {"crn": "r"},
                "parameters": {"a": 1}, "iam": {"apikey": {"id": "i", "name": "n"},
                "serviceid": {"crn": "s"}}, "resource_key": {"crn": "c", "name": "n"}}}),
        json!({"secret_type": "custom_credentials", "configuration": "c", "task_count": 2,
            "parameters": {"a": true}, "rotation": {"auto_rotate": true, "interval": 6,
                "unit": "hour"}, "last_rotation_failed": false}),
        json!({"secret_type": "other", "type_name": "quantum_key"}),
    ] {
        let view = secret(&detail);
        let kind = view["metadata"]["secret_type"].clone();
        let read: SecretView = same(view);
        assert_eq!(kind, read.metadata.detail.secret_type().name());
    }
    let page = json!({"items": [secret(&json!({"secret_type": "kv"}))], "total_count": 3,
        "offset": 1, "limit": 1});
    same::<Page<SecretView>>(page);
    assert_eq!(same::<Availability>(json!({})), Availability::default());
}

fn lock() -> Value {
    json!({"name": "app", "description": "d", "attributes": {"a": 1}, "created_at": AT,
        "updated_at": AT, "created_by": "me", "secret_group_id": "default", "secret_id": "s",
        "secret_version_id": "v", "secret_version_alias": "previous", "other": {"new": 1}})
}

#[test]
fn versions_locks_groups_and_outlooks() {
    let metadata = json!({"id": "v", "alias": "current", "auto_rotated": true, "created_by": "me",
        "created_at": AT, "downloaded": true, "payload_available": true, "secret_id": "s",
        "secret_name": "n", "secret_type": "other", "secret_group_id": "default",
        "expiration_date": AT, "serial_number": "0a",
        "validity": {"not_before": AT, "not_after": AT}, "version_custom_metadata": {"a": 1},
        "other": {"secret_type": "quantum_key"}});
    same::<VersionView>(
        json!({"metadata": metadata, "revision": "1", "number": 2, "binary": true,
        "size": 3, "key": {"algorithm": "RSA2048", "id": "ab", "private_key_included": true,
        "revoked_at": AT}, "restored_from": 1, "view_hindrance": "v", "restore_hindrance": "r",
        "revoke_hindrance": "x", "locks_total": 1, "lock_hindrance": "l"}),
    );
    same::<Lock>(lock());
    same::<SecretLocks>(json!({"secret_id": "s", "secret_group_id": "default",
        "secret_type": "kv", "secret_name": "n", "versions": [{"version_id": "v",
        "version_alias": "current", "locks": ["a"], "payload_available": true}]}));
    let group = json!({"id": "g", "name": "n", "description": "", "created_at": AT,
        "created_by": "me", "updated_at": AT, "other": {"new": null}});
    same::<SecretGroupView>(
        json!({"group": group, "secrets_total": 3, "edit_hindrance": "e",
        "delete_hindrance": "d"}),
    );
    let problem = json!({"code": "Error02009", "message": "m", "remedy": "r",
        "target": {"type": "field", "name": "rotation"}});
    same::<RotationOutlook>(json!({"secret": secret(&json!({"secret_type": "kv"})),
        "effect": "e", "fate": "f", "next_number": 3, "locks_move": "l",
        "blocking_locks": [lock()], "blocking_total": 1, "hindrance": problem}));
    same::<PolicyOutlook>(json!({"at_once": true, "next": AT, "effect": "e",
        "hindrance": problem}));
    same::<OrderView>(
        json!({"stage": "awaiting_records", "challenges": [challenge()],
        "expires": AT, "trouble": "t", "next_try": AT, "former": [challenge()],
        "caa_identities": ["ca"], "rotate_keys": true, "version_custom_metadata": {"a": 1},
        "account_url": "u"}),
    );
    same::<PrivateCertOutlook>(json!({"certificate_authority": "ca", "common_name": "a",
        "alt_names": ["a"], "not_after": AT, "key_algorithm": "RSA2048"}));
}

#[test]
fn configurations_of_every_type_and_what_actions_brought() {
    let authority = |config_type: &str, data: Value| {
        json!({"config_type": config_type, "common_name": "Root", "ou": ["o"], "ip_sans": "i",
            "status": "configured", "expiration_date": AT, "key_type": "ec", "key_bits": 384,
            "ttl_seconds": 1, "max_ttl_seconds": 2, "crl_expiry_seconds": 3, "crl_disable": true,
            "crl_distribution_points_encoded": true, "issuing_certificates_urls_encoded": true,
            "max_path_length": -1, "permitted_dns_domains": ["d"], "signing_method": "internal",
            "issuer": "root", "data": data, "crl": {"number": 1, "this_update": AT,
            "next_update": AT, "revoked": 2}, "revoked_at": AT, "revoke_hindrance": "h"})
    };
    let signed = json!({"certificate": "c", "issuing_ca": "i", "ca_chain": ["r"], "csr": "q",
        "expiration": 7});
    let account = json!({"contact": ["a@b"], "account_url": "u",
        "account_key_algorithm": "ECDSA256"});
    for detail in [
        authority("private_cert_configuration_root_ca", signed),
        authority(
            "private_cert_configuration_intermediate_ca",
            json!({"csr": "q"}),
        ),
        json!({"config_type": "private_cert_configuration_template",
            "certificate_authority": "ca", "ttl": null, "max_ttl": "24h", "key_bits": 2048,
            "not_before_duration": null,
            "hindrance": {"code": "wrong_state", "message": "m"}}),
        with(
            json!({"config_type": "public_cert_configuration_ca_lets_encrypt",
                "lets_encrypt_environment": "staging", "lets_encrypt_preferred_chain": "p"}),
            &account,
        ),
        with(
            json!({"config_type": "public_cert_configuration_ca_acme", "directory_url": "d",
                "root_certificate": "r", "external_account_key_id": "k"}),
            &account,
        ),
        json!({"config_type": "public_cert_configuration_dns_rfc2136", "server": "s", "zone": "z",
            "tsig_key_name": "k", "tsig_algorithm": "hmac-sha384"}),
        json!({"config_type": "other", "type_name": "iam_credentials_configuration"}),
    ] {
        let configuration = with(
            json!({"name": "n", "secret_type": "private_cert", "created_by": "me",
                "created_at": AT, "updated_at": AT, "other": {"new": 1}}),
            &detail,
        );
        same::<ConfigurationView>(json!({"configuration": configuration, "revision": "1",
            "used_by": [{"kind": "secret", "name": "n", "secret_id": "s"}], "used_total": 1,
            "outliving": [], "outliving_total": 0}));
    }
    same::<ActionOutcome>(json!({"kind": "done"}));
    same::<ActionOutcome>(json!({"kind": "revoked", "at": AT}));
    same::<ActionOutcome>(
        json!({"kind": "signed", "certificate": "c", "serial_number": "0a",
        "issuing_ca": "i", "ca_chain": ["r"], "expiration": AT}),
    );
}

#[test]
fn comparisons() {
    let counts = json!({"added": 1, "removed": 2, "changed": 3, "unchanged": 4, "unlisted": 5});
    let of = |kind: &str, more: &Value| with(with(json!({"kind": kind}), &counts), more);
    same::<Comparison>(of(
        "keys",
        &json!({"entries": [{"path": "a", "change": "added"}]}),
    ));
    same::<Comparison>(json!({"kind": "password", "same": false}));
    same::<Comparison>(json!({"kind": "bytes", "same": false, "old_size": 1, "new_size": 2}));
    let shown = json!({"path": "a", "change": "changed", "old": "1", "new": "2", "cut": true});
    same::<ShownComparison>(of("keys", &json!({"entries": [shown]})));
    same::<ShownComparison>(json!({"kind": "password", "same": false, "old": "a", "new": "b"}));
}
