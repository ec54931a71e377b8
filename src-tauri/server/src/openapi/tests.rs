//! That the document is whole, and says what the contract checks.

use std::collections::BTreeSet;

use keyturn_api::{
    ListSecrets, Plaintext, SecretType, fields, lock,
    secret::username_password::{PasswordGenerationPolicy, check_password, check_username},
    wire::{self, Query},
};

use super::*;
use crate::openapi::scalars::scalar;

fn whole() -> Value {
    serde_json::from_slice(&DOCUMENT).unwrap()
}

/// Names of all schemas that a part of the document refers to.
fn referred<'a>(value: &'a Value, names: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(members) => {
            let name = members.get("$ref").and_then(Value::as_str);
            names.extend(name.and_then(|name| name.strip_prefix("#/components/schemas/")));
            members.values().for_each(|value| referred(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| referred(value, names)),
        _ => {}
    }
}

#[test]
fn every_route_is_documented_and_nothing_else() {
    for route in ROUTES.iter() {
        assert!(
            documented(route).is_some(),
            "{} is missing",
            route.operation
        );
    }
    let all = operations::V2.iter().chain(v1::OPERATIONS);
    let mut known = BTreeSet::new();
    for documented in all {
        let name = documented.operation;
        assert!(known.insert(name), "{name} stands there twice");
        assert!(
            ROUTES.iter().any(|route| route.operation == name),
            "{name} is no route"
        );
    }
    let document = whole();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|path| path.as_object().unwrap());
    assert_eq!(operations.count(), ROUTES.len());
}

#[test]
fn every_schema_is_there_and_used() {
    let document = whole();
    let mut used = BTreeSet::new();
    referred(&document, &mut used);
    let there: BTreeSet<&str> = schemas().map(|schema| schema.name).collect();
    assert_eq!(there.len(), schemas().count(), "a name stands there twice");
    let missing: Vec<_> = used.difference(&there).collect();
    assert!(missing.is_empty(), "these are referred to: {missing:?}");
    let unused: Vec<_> = there.difference(&used).collect();
    assert!(unused.is_empty(), "nothing refers to these: {unused:?}");
}

#[test]
fn every_refusal_has_words_and_every_operation_an_action_or_is_open() {
    for documented in operations::V2.iter().chain(v1::OPERATIONS) {
        for status in documented.refusals.iter().filter(|status| **status != 202) {
            let known = REFUSALS.iter().any(|(known, _)| known == status);
            assert!(known, "{}: {status}", documented.operation);
        }
    }
    let document = whole();
    let operation = &document["paths"]["/api/v2/secrets/{id}/versions"]["post"];
    assert_eq!(operation["x-keyturn-action"], "secret-version.create");
    let patch = &document["paths"]["/api/v2/secrets/{id}/metadata"]["patch"];
    assert!(patch["requestBody"]["content"]["application/merge-patch+json"].is_object());
    assert_eq!(
        document["paths"]["/identity/token"]["post"]["security"],
        json!([])
    );
}

/// Longest and shortest text of a scalar, and one more or less.
fn edges(name: &str, fill: &str) -> (Vec<String>, Vec<String>) {
    let schema = scalar(name).unwrap();
    let bound = |name: &str| {
        schema[name]
            .as_u64()
            .map(|bound| usize::try_from(bound).unwrap())
    };
    let (least, most) = (bound("minLength").unwrap_or(0), bound("maxLength").unwrap());
    let of = |count: usize| fill.repeat(count);
    let outside = [most + 1].into_iter().chain(least.checked_sub(1));
    (vec![of(least), of(most)], outside.map(of).collect())
}

#[test]
fn texts_have_the_limits_of_the_contract() {
    type Check = fn(&str) -> bool;
    let checks: [(&str, Check); 9] = [
        ("Name", |text| fields::check_name(text).is_ok()),
        ("GroupName", |text| fields::check_group_name(text).is_ok()),
        ("LockName", |text| fields::check_lock_name(text).is_ok()),
        ("ConfigurationName", |text| {
            keyturn_api::configuration::check_configuration_name(text).is_ok()
        }),
        ("Description", |text| {
            fields::check_description(text).is_ok()
        }),
        ("Username", |text| check_username(text).is_ok()),
        ("Password", |text| {
            check_password(&Plaintext::text(text.to_owned())).is_ok()
        }),
        ("Search", |text| fields::check_search(text).is_ok()),
        ("Payload", |text| {
            let payload = Plaintext::text(text.to_owned());
            keyturn_api::secret::arbitrary::check_payload(&payload).is_ok()
        }),
    ];
    for (name, check) in checks {
        let (inside, outside) = edges(name, "x");
        assert!(inside.iter().all(|text| check(text)), "{name}");
        assert!(outside.iter().all(|text| !check(text)), "{name}");
    }
    let labels = scalar("Labels").unwrap();
    let count = usize::try_from(labels["maxItems"].as_u64().unwrap()).unwrap();
    let many: Vec<String> = (0..=count).map(|at| format!("label-{at}")).collect();
    assert!(fields::check_labels(&many[..count]).is_ok());
    assert!(fields::check_labels(&many).is_err());
}

fn bound(name: &str, which: &str) -> u32 {
    let schema = scalar(name).unwrap();
    u32::try_from(schema[which].as_u64().unwrap()).unwrap()
}

#[test]
fn numbers_have_the_limits_of_the_contract() {
    let query = |text: String| Query::parse(&text).unwrap();
    for (name, parameter) in [("Offset", "offset"), ("Limit", "limit")] {
        let (most, over) = (bound(name, "maximum"), bound(name, "maximum") + 1);
        let [most, over] = [most, over].map(|number| format!("{parameter}={number}"));
        assert!(query(most.clone()).list_secrets().is_ok(), "{name}");
        assert!(query(over.clone()).list_secrets().is_err(), "{name}");
        assert!(query(most.clone()).list_secrets_locks().is_ok(), "{name}");
        assert!(query(over.clone()).list_secrets_locks().is_err(), "{name}");
        assert!(query(most).list_configurations().is_ok(), "{name}");
        assert!(query(over).list_configurations().is_err(), "{name}");
    }
    for kind in SecretType::ALL {
        let listed = query(format!("secret_types={}", kind.name())).list_configurations();
        let types = scalar("EngineType").unwrap()["enum"].clone();
        let named = types.as_array().unwrap().contains(&kind.name().into());
        assert_eq!(listed.is_ok(), named, "{}", kind.name());
    }
    for (name, parameter) in [("LockOffset", "offset"), ("LockLimit", "limit")] {
        let at = |number: u32| query(format!("{parameter}={number}")).list_locks();
        assert!(at(bound(name, "maximum")).is_ok(), "{name}");
        assert!(at(bound(name, "maximum") + 1).is_err(), "{name}");
    }
    assert_eq!(
        scalar("Limit").unwrap()["default"],
        ListSecrets::default().rows()
    );
    assert_eq!(
        scalar("LockLimit").unwrap()["default"],
        lock::ListLocks::default().rows()
    );
    let length = |length: u32| PasswordGenerationPolicy {
        length: u16::try_from(length).unwrap(),
        ..PasswordGenerationPolicy::default()
    };
    for (which, beyond) in [("minimum", -1), ("maximum", 1)] {
        let at = bound("PasswordLength", which);
        assert!(length(at).check().is_ok());
        assert!(length(at.saturating_add_signed(beyond)).check().is_err());
        let days = bound("Interval", which);
        let policy = |interval: u32| keyturn_api::RotationPolicy {
            auto_rotate: true,
            interval: Some(interval),
            unit: Some(keyturn_api::IntervalUnit::Day),
            rotate_keys: None,
        };
        assert!(policy(days).check().is_ok());
        assert!(policy(days.saturating_add_signed(beyond)).check().is_err());
    }
}

/// The members that objects of a request may have, one list for each object that can stand there.
fn members(name: &str) -> Vec<Vec<&'static str>> {
    let schema = schemas().find(|schema| schema.name == name).unwrap();
    match schema.form {
        shape::Form::Closed(lists) | shape::Form::Open(lists) => {
            let members = lists.iter().copied().flatten();
            vec![members.map(|member| member.name).collect()]
        }
        shape::Form::OneOf(_, variants) => variants
            .iter()
            .flat_map(|(_, name)| members(name))
            .collect(),
        shape::Form::AnyOf(variants) => variants.iter().flat_map(|name| members(name)).collect(),
    }
}

/// A text that a member of a request must have, which tells what is sent.
fn told(schema: &str, member: &str) -> Option<Value> {
    let document = whole();
    let texts = &document["components"]["schemas"][schema]["properties"][member]["enum"];
    texts.get(0).cloned()
}

#[test]
fn the_reader_of_requests_knows_each_member_and_no_other() {
    type Read = fn(&[u8]) -> Result<()>;
    let readers: [(&str, &str, Read); 3] = [
        ("SecretPrototype", "secret_type", |body| {
            wire::new_secret(body).map(|_| ())
        }),
        ("ConfigurationPrototype", "config_type", |body| {
            wire::new_configuration(body).map(|_| ())
        }),
        ("ConfigurationAction", "action_type", |body| {
            wire::configuration_action(body).map(|_| ())
        }),
    ];
    for (schema, discriminator, read) in readers {
        for (name, needed) in variants(schema) {
            let Some(kind) = told(name, discriminator) else {
                panic!("{name} is not told apart");
            };
            let mut body = json!({ discriminator: kind });
            for (member, value) in needed {
                body[member] = value;
            }
            for member in members(name).concat() {
                let mut body = body.clone();
                if body.get(member).is_none() {
                    body[member] = Value::Null;
                }
                assert!(
                    !is_unknown(read(body.to_string().as_bytes())),
                    "{name}: {member}"
                );
            }
            body["zz_unknown"] = Value::Null;
            assert!(
                is_unknown(read(body.to_string().as_bytes())),
                "{name} is open"
            );
        }
    }
}

fn is_unknown(read: Result<()>) -> bool {
    read.is_err_and(|problem| problem.message.contains("not known here"))
}

/// The objects of a request that has several, each with a value for what it needs.
fn variants(name: &str) -> Vec<(&'static str, Vec<(&'static str, Value)>)> {
    let schema = schemas().find(|schema| schema.name == name).unwrap();
    match schema.form {
        shape::Form::Closed(lists) | shape::Form::Open(lists) => {
            let needed = lists
                .iter()
                .copied()
                .flatten()
                .filter(|one| one.is_needed());
            let value = |one: &Member| (one.name, sample(&kind(one.kind)));
            vec![(schema.name, needed.map(value).collect())]
        }
        shape::Form::OneOf(_, all) => all.iter().flat_map(|(_, name)| variants(name)).collect(),
        shape::Form::AnyOf(all) => all.iter().flat_map(|name| variants(name)).collect(),
    }
}

fn sample(schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("boolean") => true.into(),
        Some("integer") => schema.get("minimum").cloned().unwrap_or_else(|| 1.into()),
        Some("array") => json!([]),
        Some("string") if schema["enum"].is_array() => schema["enum"][0].clone(),
        Some("string") => "1h".into(),
        _ => json!({ "common_name": "a.example" }),
    }
}
