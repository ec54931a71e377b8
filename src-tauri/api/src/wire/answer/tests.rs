//! Answers as they come, whole and broken.

use serde_json::{Value, json};

use super::*;
use crate::{
    Revision, SecretType, VersionAlias,
    secret::{Detail, Payload},
    wire,
};

fn metadata(secret_type: &str, more: Value) -> Value {
    let mut all = json!({
        "id": "7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11", "name": "db", "secret_type": secret_type,
        "secret_group_id": "default", "labels": ["a"], "state": 1, "state_description": "active",
        "crn": "crn:v1:bluemix:public:secrets-manager", "created_by": "iam-ServiceId-1",
        "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-06T10:00:00Z",
        "downloaded": true, "locks_total": 0, "versions_total": 2,
        "referenced_by": ["configuration"],
    });
    let Value::Object(more) = more else {
        return all;
    };
    all.as_object_mut().unwrap().extend(more);
    all
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn value(payload: Option<Payload>) -> String {
    payload.unwrap().into_value().wire().to_string()
}

#[test]
fn a_secret_keeps_its_value_apart_and_what_is_not_known() {
    let answer = metadata("kv", json!({"data": {"n": 1}, "new": {"a": [1]}}));
    let text = answer
        .to_string()
        .replace("{\"n\":1}", "{\"n\":90071992547409931234}");
    let read = secret(text.as_bytes()).unwrap();
    assert_eq!(read.view.metadata.other["new"], json!({"a": [1]}));
    assert_eq!(read.view.metadata.other.len(), 2);
    assert!(read.view.availability.rotate.is_none());
    let written = wire::secret(&read);
    assert!(
        str::from_utf8(&written)
            .unwrap()
            .contains("90071992547409931234")
    );
    assert_eq!(value(read.payload), r#"{"n":90071992547409931234}"#);
    let written: Value = serde_json::from_slice(&written).unwrap();
    for (name, came) in answer.as_object().unwrap() {
        assert!(name == "data" || written[name] == *came, "{name}");
    }
}

#[test]
fn each_value_is_read_by_its_type() {
    for (secret_type, more, expected) in [
        ("arbitrary", json!({"payload": "p\n"}), "p\n"),
        (
            "username_password",
            json!({"username": "me", "password": "hunter2"}),
            "hunter2",
        ),
        (
            "service_credentials",
            json!({"source_service": {"instance": {"crn": "c"}}, "credentials": {"apikey": "k"}}),
            r#"{"apikey":"k"}"#,
        ),
        (
            "custom_credentials",
            json!({"configuration": "c", "credentials_content": {"a": 1}, "rotation":
                {"auto_rotate": true, "interval": 6, "unit": "hour", "new": 1}}),
            r#"{"a":1}"#,
        ),
        (
            "iam_credentials",
            json!({"api_key": "k", "reuse_api_key": true}),
            "k",
        ),
        (
            "imported_cert",
            json!({"certificate": "c", "private_key": "k"}),
            "c\nk\n",
        ),
        ("quantum_key", json!({"qubits": [1]}), r#"{"qubits":[1]}"#),
    ] {
        let answer = metadata(secret_type, more);
        let read = secret(&bytes(&answer)).unwrap_or_else(|_| panic!("{secret_type}"));
        let text = format!("{read:?}");
        assert!(
            !text.contains("hunter2") && !text.contains("\"k\""),
            "{text}"
        );
        let written: Value = serde_json::from_slice(&wire::secret(&read)).unwrap();
        for (name, came) in answer.as_object().unwrap() {
            assert_eq!(written[name], *came, "{secret_type}: {name}");
        }
        assert!(value(read.payload).contains(expected), "{secret_type}");
    }
    let file = json!({"payload": "/wCA", "labels": ["encode:base64"]});
    let file = secret(&bytes(&metadata("arbitrary", file))).unwrap();
    assert!(file.view.binary);
    let Some(Payload::Arbitrary(payload)) = file.payload else {
        panic!("a value");
    };
    assert_eq!(payload.payload.bytes(), [0xff, 0x00, 0x80]);
}

#[test]
fn metadata_never_holds_a_value() {
    for secret_type in ["arbitrary", "quantum_key"] {
        let answer = metadata(
            secret_type,
            json!({"payload": "hunter2", "password": "hunter2"}),
        );
        let view = secret_metadata(&bytes(&answer)).unwrap();
        assert!(!format!("{view:?}").contains("hunter2"));
    }
}

#[test]
fn an_unknown_type_keeps_its_name_and_all_of_its_metadata() {
    let answer = metadata(
        "quantum_key",
        json!({"qubits": 3, "rotation": {"spin": "up"}}),
    );
    let view = secret_metadata(&bytes(&answer)).unwrap();
    assert_eq!(view.metadata.detail.secret_type(), SecretType::Other);
    let Detail::Other(detail) = &view.metadata.detail else {
        panic!("another type");
    };
    assert_eq!(detail.type_name, "quantum_key");
    assert!(view.availability.rotate.is_some());
    let written = wire::secret_metadata(&view);
    for (name, came) in answer.as_object().unwrap() {
        assert_eq!(written[name], *came, "{name}");
    }
}

#[test]
fn states_tell_what_is_left() {
    let view = |state: u8| {
        let answer = metadata("kv", json!({"state": state, "locks_total": state}));
        secret_metadata(&bytes(&answer)).unwrap()
    };
    let gone = view(5).availability;
    assert!(gone.view.is_some() && gone.rotate.is_some() && gone.edit.is_some());
    assert!(view(1).availability.delete.is_some());
    assert!(view(0).availability.view.is_some());
}

#[test]
fn revisions_change_with_metadata_and_not_with_reading() {
    let revision = |more: Value| {
        secret_metadata(&bytes(&metadata("kv", more)))
            .unwrap()
            .revision
    };
    let first = revision(json!({}));
    assert_eq!(
        first,
        revision(json!({"downloaded": false, "retrieved_at": "2026-02-02T00:00:00Z"}))
    );
    assert_ne!(first, revision(json!({"description": "other"})));
    assert_ne!(first, revision(json!({"new": 1})));
}

fn version_of(alias: Option<&str>, at: u32) -> Value {
    json!({
        "id": format!("0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a{at:02}"), "alias": alias,
        "created_by": "me", "created_at": format!("2026-01-{at:02}T10:00:00Z"),
        "payload_available": at > 1, "secret_id": "s", "secret_type": "iam_credentials",
        "secret_group_id": "default", "api_key_id": "ApiKey-1", "service_id": "ServiceId-1",
    })
}

#[test]
fn versions_are_numbered_from_the_oldest_on() {
    let list = [
        version_of(Some("current"), 3),
        version_of(Some("previous"), 2),
        version_of(None, 1),
    ];
    let read = versions(&bytes(&json!({"versions": list, "total_count": 3}))).unwrap();
    let numbers: Vec<u32> = read.iter().map(|view| view.number).collect();
    assert_eq!(numbers, [3, 2, 1]);
    assert_eq!(read[0].metadata.alias, Some(VersionAlias::Current));
    assert!(read[0].restore_hindrance.is_some() && read[1].restore_hindrance.is_none());
    assert!(read[2].view_hindrance.is_some() && read[2].lock_hindrance.is_some());
    assert_eq!(read[0].metadata.api_key_id.as_deref(), Some("ApiKey-1"));
    let turned: Vec<_> = list.into_iter().rev().collect();
    let read = versions(&bytes(&json!({"versions": turned}))).unwrap();
    assert_eq!(read[0].number, 1);
}

#[test]
fn what_a_keyturn_server_tells_besides_comes_back() {
    let mut read = secret(&bytes(&metadata("kv", json!({"data": {"a": 1}})))).unwrap();
    read.view.revision = Revision("7".into());
    read.view.availability.edit = Some("Not now.".into());
    let again = secret(&wire::secret_with_view(&read)).unwrap();
    assert_eq!(again.view, read.view);
    assert_eq!(value(again.payload), r#"{"a":1}"#);
    let again = secret_metadata(&bytes(&wire::secret_metadata_with_view(&read.view))).unwrap();
    assert_eq!(again, read.view);

    let mut read = version(&bytes(&version_of(Some("current"), 3))).unwrap();
    read.view.number = 3;
    read.revision = Revision("9".into());
    let again = version(&wire::version_with_view(&read)).unwrap();
    assert_eq!((again.view, again.revision), (read.view, read.revision));
}

#[test]
fn pages_groups_and_locks_are_read() {
    let page = json!({"total_count": 9, "limit": 2, "offset": 4, "first": {"href": "x"},
        "secrets": [metadata("kv", json!({})), metadata("quantum_key", json!({}))]});
    let page = secrets(&bytes(&page)).unwrap();
    assert_eq!(
        (page.total_count, page.limit, page.offset, page.items.len()),
        (9, 2, 4, 2)
    );
    let group = json!({"id": "default", "created_at": "2026-01-05T10:00:00Z", "created_by": "x",
        "updated_at": "2026-01-05T10:00:00Z", "new": 1});
    let groups = secret_groups(&bytes(&json!({"secret_groups": [group]}))).unwrap();
    assert_eq!(groups[0].group.other["new"], 1);
    assert!(groups[0].delete_hindrance.is_some());
    let lock = json!({"name": "app", "attributes": {"a": 1}, "created_at": "2026-01-05T10:00:00Z",
        "updated_at": "2026-01-05T10:00:00Z", "created_by": "x", "secret_group_id": "default",
        "secret_id": "s", "secret_version_id": "v", "secret_version_alias": "current", "new": 1});
    let page = locks(&bytes(&json!({"locks": [lock], "total_count": 1}))).unwrap();
    assert_eq!(wire::lock(&page.items[0]), lock);
}

#[test]
fn configurations_of_lists_and_of_other_types_are_read_without_their_keys() {
    let configuration = |config_type: &str, more: Value| {
        let mut all = json!({"config_type": config_type, "name": "c", "secret_type": "private_cert",
            "created_by": "x", "created_at": "2026-01-05T10:00:00Z",
            "updated_at": "2026-01-05T10:00:00Z"});
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        configuration(&bytes(&all)).unwrap()
    };
    let listed = json!({"common_name": "Root", "status": "configured", "key_type": "rsa",
        "key_bits": 2048, "crypto_key": {"id": "k"}});
    let root = configuration("private_cert_configuration_root_ca", listed);
    assert_eq!(root.configuration.other["crypto_key"], json!({"id": "k"}));
    assert!(wire::configuration(&root).get("data").is_none());
    let cis =
        json!({"cloud_internet_services_apikey": "hunter2", "cloud_internet_services_crn": "c"});
    let cis = configuration("public_cert_configuration_dns_cloud_internet_services", cis);
    let text = format!("{cis:?}");
    assert!(!text.contains("hunter2"), "{text}");
    let written = wire::configuration(&cis);
    assert_eq!(
        written["config_type"],
        "public_cert_configuration_dns_cloud_internet_services"
    );
    assert_eq!(written["cloud_internet_services_crn"], "c");
    let template = json!({"certificate_authority": "ca", "max_ttl_seconds": 3600,
        "ttl_seconds": 0, "key_type": "rsa", "serial_number": "0a"});
    let template = configuration("private_cert_configuration_template", template);
    let again = wire::configuration_with_view(&template);
    assert_eq!(again["max_ttl_seconds"], 3600);
    assert_eq!(super::configuration(&bytes(&again)).unwrap(), template);
}

#[test]
fn broken_answers_are_refused_without_an_echo() {
    let whole = metadata("arbitrary", json!({"payload": "hunter2"})).to_string();
    let twice = whole.replacen('{', "{\"payload\":\"hunter2\",", 1);
    let wrong = metadata(
        "arbitrary",
        json!({"payload": "hunter2", "versions_total": "hunter2"}),
    );
    let number = metadata("arbitrary", json!({"payload": 12_345_678}));
    let texts = [
        String::new(),
        " ".into(),
        "[]".into(),
        "null".into(),
        twice,
        wrong.to_string(),
        number.to_string(),
    ];
    let cut = (1..whole.len()).map(|end| whole[..end].to_owned());
    for text in texts.into_iter().chain(cut) {
        let refused = secret(text.as_bytes()).unwrap_err();
        assert_eq!(refused.code, Code::Io, "{text}");
        let shown = format!("{refused:?}");
        assert!(
            shown.contains("is not understood. It was asked for a secret."),
            "{shown}"
        );
        assert!(!shown.contains("hunter2") && !shown.contains("12345678"));
    }
    assert!(secret(&[b'{', 0xff, b'}']).is_err());
    assert!(secrets(b"{\"secrets\":{}}").is_err() && versions(b"{}").is_err());
}

#[test]
fn actions_tell_what_they_brought() {
    use crate::configuration::action::ActionOutcome;
    let revoked = action_outcome(br#"{"action_type":"x","revocation_time_seconds":7}"#).unwrap();
    assert!(matches!(revoked, ActionOutcome::Revoked { at } if at.millis() == 7000));
    let signed = br#"{"config":{"data":{"certificate":"c","expiration":1,"ca_chain":["r"]}}}"#;
    assert!(matches!(
        action_outcome(signed).unwrap(),
        ActionOutcome::Signed { .. }
    ));
    assert_eq!(
        action_outcome(br#"{"success":true}"#).unwrap(),
        ActionOutcome::Done
    );
}

#[test]
fn a_value_that_is_not_known_yet_hides_neither_the_secret_nor_its_page() {
    let newer = json!({
        "id": "7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11", "name": "newer", "secret_type": "public_cert",
        "secret_group_id": "default", "crn": "c", "created_by": "x", "versions_total": 1,
        "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-05T10:00:00Z",
        "key_algorithm": "ML-DSA-65", "rotation": { "auto_rotate": false },
    });
    let view = secret_metadata(newer.to_string().as_bytes()).unwrap();
    assert_eq!(view.metadata.detail.secret_type(), SecretType::Other);
    assert_eq!(view.metadata.other["key_algorithm"], "ML-DSA-65");
    let back = wire::secret_metadata(&view);
    assert_eq!(back["secret_type"], "public_cert");
    assert_eq!(back["key_algorithm"], "ML-DSA-65");
}
