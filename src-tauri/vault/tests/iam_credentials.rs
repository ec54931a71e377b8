//! IAM credentials from their creation to their end, with a stand-in of IAM.

mod credentials;
mod desk;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use credentials::{Bench, code, every, of_groups, of_service_id, value};
use desk::owner;
use keyturn_api::{
    Code, ConfigType, Instance, SecretPatch, State, VersionRef,
    configuration::{ConfigurationDetail, iam::IamCredentials},
    secret::iam_credentials::{NOT_REUSED, New},
};
use serde_json::json;
use servers::iam::{ACCOUNT, API_KEY, GROUPS, SERVICE_ID};

const DAY: i64 = 86_400_000;

#[test]
fn access_groups_get_a_locked_service_id_with_a_locked_key() {
    let bench = Bench::new();
    let (id, key) = bench.made("app", of_groups());
    assert!(bench.iam.knows(&key));
    let (service, kept) = (
        bench.iam.service_ids().remove(0),
        bench.iam.api_keys().remove(0),
    );
    assert_eq!(service["locked"], true);
    assert_eq!(service["groups"], json!(GROUPS));
    assert_eq!(
        (&kept["locked"], &kept["name"]),
        (&json!(true), &json!("Secrets-Manager-IAM-Secret-app"))
    );
    assert_eq!(kept["iam_id"], service["iam_id"]);

    let detail = bench.detail(&id);
    assert_eq!(detail.api_key_id.as_deref(), kept["id"].as_str());
    assert_eq!(detail.service_id.as_deref(), service["id"].as_str());
    assert!(!detail.service_id_is_static && detail.reuse_api_key);
    let left = detail.expiration_date.unwrap().millis() - bench.vault().now().millis();
    assert!((30 * DAY - 10_000..=30 * DAY).contains(&left), "{left}");
    let view = bench.view(&id);
    assert_eq!(
        (view.metadata.state, view.metadata.versions_total),
        (State::Active, 1)
    );
    let version = &bench.versions(&id)[0].metadata;
    assert_eq!(version.api_key_id, detail.api_key_id);
    assert_eq!((bench.read(&id).unwrap(), bench.pending()), (key, vec![]));
}

#[test]
fn a_service_id_that_exists_gets_a_key_and_stays() {
    let bench = Bench::new();
    let (id, first) = bench.made("app", of_service_id());
    assert_eq!(bench.in_iam(), (1, 0));
    assert!(bench.detail(&id).service_id_is_static);
    let rotated = bench.rotate(&id).unwrap();
    assert_eq!(
        rotated.view.metadata.service_id.as_deref(),
        Some(SERVICE_ID)
    );
    let second = value(rotated.payload);
    assert!(first != second && bench.iam.knows(&first) && bench.iam.knows(&second));
    assert_eq!(bench.in_iam(), (2, 0));
    bench.delete(&id).unwrap();
    assert_eq!((bench.in_iam(), bench.pending()), ((0, 0), vec![]));
}

#[test]
fn the_key_before_lives_until_its_time_ends() {
    let bench = Bench::new();
    let (id, first) = bench.made("app", of_groups());
    bench.desk.clock.advance_days(10);
    let second = value(bench.rotate(&id).unwrap().payload);
    assert_eq!(bench.in_iam(), (2, 2), "another service ID as well");
    assert_eq!(bench.read_version(&id, "previous").unwrap(), first);
    let run = bench.look();
    assert_eq!((run.removed, run.failed), (0, 0));
    assert!(run.next.unwrap() > bench.vault().now());

    bench.desk.clock.advance_days(20);
    assert_eq!(bench.look().removed, 1);
    assert!(!bench.iam.knows(&first) && bench.iam.knows(&second));
    assert_eq!(bench.in_iam(), (1, 1));
    assert_eq!(code(bench.read_version(&id, "previous")), Code::ValueGone);
    assert!(!bench.versions(&id)[0].metadata.payload_available);
    assert_eq!(bench.read(&id).unwrap(), second);

    let refused = bench.restore(&id, "previous").unwrap_err();
    assert_eq!(refused.message, "Version previous is not active.");
}

#[test]
fn a_version_is_restored_while_its_key_lives() {
    let bench = Bench::new();
    let (id, first) = bench.made("app", of_groups());
    let expires = bench.detail(&id).expiration_date;
    bench.desk.clock.advance_days(1);
    bench.rotate(&id).unwrap();
    let restored = bench.restore(&id, "previous").unwrap();
    assert_eq!(value(restored.payload), first);
    assert_eq!(bench.in_iam(), (2, 2), "IAM is not asked");
    let detail = bench.detail(&id);
    assert_eq!(detail.expiration_date, expires, "the key ends when it ends");
    assert_eq!(
        detail.api_key_id,
        bench.versions(&id)[0].metadata.api_key_id
    );
    bench.desk.clock.advance_days(29);
    assert_eq!(bench.view(&id).metadata.state, State::Destroyed);
    bench.look();
    assert!(!bench.iam.knows(&first));
    bench.delete(&id).unwrap();
    assert_eq!(bench.in_iam(), (0, 0));
}

#[test]
fn without_reuse_each_reading_makes_a_key_that_ends() {
    let bench = Bench::new();
    let new = New {
        ttl: "30m".into(),
        reuse_api_key: false,
        ..of_groups()
    };
    let made = bench.create("app", new).unwrap();
    let id = made.view.metadata.id;
    assert!(made.payload.is_none());
    assert_eq!(bench.in_iam(), (0, 0), "nothing before somebody reads");
    let view = bench.view(&id);
    assert_eq!(
        (view.metadata.state, view.metadata.versions_total),
        (State::Active, 1)
    );
    assert!(bench.detail(&id).rotation.is_none());

    let first = bench.read(&id).unwrap();
    let second = bench.read_version(&id, "current").unwrap();
    assert!(first != second && bench.iam.knows(&first) && bench.iam.knows(&second));
    assert_eq!(bench.in_iam(), (2, 2));
    let secret = bench.run(bench.vault().secret(&owner(), &id)).unwrap();
    let keys = bench.iam.api_keys();
    let told = match secret.view.metadata.detail {
        keyturn_api::secret::Detail::IamCredentials(detail) => detail.api_key_id.unwrap(),
        other => panic!("{other:?}"),
    };
    assert!(keys.iter().any(|one| one["id"] == told.as_str()));

    for refused in [bench.rotate(&id), bench.restore(&id, "current")] {
        assert_eq!(refused.unwrap_err().message, NOT_REUSED);
    }
    assert_eq!(
        bench.view(&id).availability.rotate.as_deref(),
        Some(NOT_REUSED)
    );

    bench.lock(&id, "current").unwrap();
    assert_eq!(code(bench.read(&id)), Code::Locked);
    assert!(bench.view(&id).availability.view.is_some());
    bench.unlock(&id);
    assert_eq!(bench.look().removed, 0);
    bench.desk.clock.advance_seconds(1801);
    assert_eq!(bench.look().removed, 3);
    assert_eq!(bench.in_iam(), (0, 0));
    bench.read(&id).unwrap();
    bench.delete(&id).unwrap();
    assert_eq!(bench.in_iam(), (0, 0), "what was lent goes with the secret");
}

#[test]
fn past_its_time_a_value_is_unreadable_at_once_unless_a_lock_holds_it() {
    let bench = Bench::new();
    let (id, key) = bench.made("app", of_groups());
    let (held, held_key) = bench.made("held", of_service_id());
    bench.lock(&held, "current").unwrap();
    bench.desk.clock.advance_days(31);
    assert_eq!(code(bench.read(&id)), Code::WrongState);
    assert_eq!(code(bench.rotate(&id)), Code::WrongState);
    assert_eq!(bench.look().removed, 1);
    assert!(!bench.iam.knows(&key));

    assert_eq!(bench.read(&held).unwrap(), held_key);
    assert!(bench.iam.knows(&held_key));
    bench.unlock(&held);
    assert_eq!(code(bench.read(&held)), Code::WrongState);
    assert_eq!(bench.look().removed, 1);
    assert!(!bench.iam.knows(&held_key));
}

#[test]
fn the_data_of_the_current_version_is_deleted_here_and_in_iam() {
    let bench = Bench::new();
    let (id, key) = bench.made("app", of_groups());
    bench.rotate(&id).unwrap();
    let restored = value(bench.restore(&id, "previous").unwrap().payload);
    assert_eq!(restored, key);
    let owner = owner();
    let delete = |version: &str| {
        let version = VersionRef::parse("id", version).unwrap();
        bench.run(bench.vault().delete_version_data(&owner, &id, &version))
    };
    assert_eq!(code(delete("previous")), Code::BadRequest);
    bench.lock(&id, "current").unwrap();
    assert_eq!(code(delete("current")), Code::Locked);
    bench.unlock(&id);
    delete("current").unwrap();
    assert!(!bench.iam.knows(&key));
    assert_eq!(code(bench.read(&id)), Code::ValueGone);
    assert_eq!(bench.view(&id).metadata.state, State::Active);
    assert!(bench.detail(&id).api_key_id.is_none());
    let kept = |number: usize| bench.versions(&id)[number].metadata.payload_available;
    assert!(
        !kept(0) && kept(1) && !kept(2),
        "the same key is gone everywhere"
    );
    assert_eq!(code(delete("current")), Code::ValueGone);
    let next = value(bench.rotate(&id).unwrap().payload);
    assert_eq!(bench.read(&id).unwrap(), next);
}

#[test]
fn a_policy_rotates_in_time_and_needs_a_key_that_is_reused() {
    let bench = Bench::new();
    let with = |ttl: &str, days| New {
        ttl: ttl.into(),
        rotation: every(days),
        ..of_service_id()
    };
    for (ttl, days) in [("30m", 1), ("10d", 11)] {
        assert_eq!(code(bench.create("app", with(ttl, days))), Code::BadRequest);
    }
    assert_eq!(bench.in_iam(), (0, 0));
    let (id, first) = bench.made("app", with("10d", 10));
    assert!(
        bench.detail(&id).next_rotation_date.unwrap() < bench.detail(&id).expiration_date.unwrap()
    );
    bench.desk.clock.advance_days(8);
    assert_eq!(bench.look().rotated, 0);
    bench.desk.clock.advance_hours(26);
    bench
        .iam
        .fail(&json!({"method": "POST", "path": "/v1/apikeys", "status": 503}));
    assert_eq!(
        (bench.look().failed, bench.look().failed),
        (1, 0),
        "not again at once"
    );
    let told = bench.view(&id).due.unwrap().hindrance.unwrap();
    assert!(told.contains("HTTP status 503"), "{told}");
    bench.desk.clock.advance_seconds(61);
    assert_eq!(bench.look().rotated, 1);
    assert!(bench.view(&id).due.unwrap().hindrance.is_none());
    assert!(bench.read(&id).unwrap() != first && bench.iam.knows(&first));
    let versions = bench.versions(&id);
    assert!(versions[1].metadata.auto_rotated && versions.len() == 2);
    bench.settle();
    assert_eq!(bench.in_iam(), (2, 0));

    let patch = |text: &str| {
        let patch: SecretPatch = serde_json::from_str(text).unwrap();
        bench.run(bench.vault().update_secret(&owner(), &id, patch, None))
    };
    assert_eq!(code(patch(r#"{"ttl":"9d"}"#)), Code::BadRequest);
    assert_eq!(code(patch(r#"{"ttl":"100d"}"#)), Code::BadRequest);
    let before = bench.detail(&id).expiration_date;
    patch(r#"{"ttl":"20d"}"#).unwrap();
    assert_eq!(
        bench.detail(&id).expiration_date,
        before,
        "from the next rotation on"
    );
    bench.rotate(&id).unwrap();
    let left = bench.detail(&id).expiration_date.unwrap().millis() - bench.vault().now().millis();
    assert!((20 * DAY - 10_000..=20 * DAY).contains(&left));
    patch(r#"{"rotation":{"auto_rotate":false}}"#).unwrap();
    assert!(bench.detail(&id).next_rotation_date.is_none());
}

#[test]
fn the_configuration_is_one_and_never_tells_its_key() {
    let bench = Bench::new();
    assert_eq!(
        code(bench.configure("second", bench.engine())),
        Code::LimitReached
    );
    let view = bench
        .run(
            bench
                .vault()
                .configuration(&owner(), ConfigType::IamCredentials, "engine"),
        )
        .unwrap();
    assert!(!format!("{view:?}").contains(API_KEY));
    let answered = keyturn_api::wire::configuration(&view);
    assert_eq!(answered["api_key"], "");
    let ConfigurationDetail::IamCredentials(shown) = view.configuration.detail else {
        panic!("another type");
    };
    let expected = IamCredentials {
        disabled: false,
        iam_url: bench.iam.url().into(),
        account_id: None,
    };
    assert_eq!(*shown, expected);

    for wrong in [
        json!({"iam_url": "http://iam.cloud.ibm.com"}),
        json!({"iam_url": "nowhere"}),
        json!({"api_key": "abc"}),
        json!({"account_id": "short"}),
    ] {
        assert_eq!(
            code(bench.patch_engine(wrong.clone())),
            Code::BadRequest,
            "{wrong}"
        );
    }
    let elsewhere = json!({"iam_url": "http://127.0.0.1:9"});
    let target = bench.patch_engine(elsewhere).unwrap_err().target.unwrap();
    assert_eq!(target.name, "api_key", "the kept key goes nowhere else");
    let with_key = json!({"iam_url": bench.iam.url(), "api_key": API_KEY});
    bench.patch_engine(with_key).unwrap();
    let (id, _) = bench.made("app", of_service_id());
    let forget = || {
        let owner = owner();
        let kind = ConfigType::IamCredentials;
        bench.run(
            bench
                .vault()
                .delete_configuration(&owner, kind, "engine", None),
        )
    };
    assert_eq!(code(forget()), Code::NotEmpty);
    let view = bench.patch_engine(json!({"disabled": true})).unwrap();
    assert_eq!((view.used_total, view.used_by[0].name.as_str()), (1, "app"));
    assert!(bench.rotate(&id).unwrap_err().message.contains("disabled"));
    bench.delete(&id).unwrap();
    assert_eq!(bench.in_iam(), (0, 0), "a disabled one still takes away");
    forget().unwrap();
    let refused = bench.create("app", of_service_id()).unwrap_err();
    assert!(refused.message.contains("no configuration") && refused.remedy.is_some());
}

#[test]
fn an_account_of_one_s_own_is_worked_in() {
    let bench = Bench::new();
    let new = New {
        account_id: Some(ACCOUNT.into()),
        ..of_groups()
    };
    let (id, _) = bench.made("app", new);
    assert_eq!(bench.detail(&id).account_id.as_deref(), Some(ACCOUNT));
    assert!(
        bench
            .iam
            .calls()
            .iter()
            .all(|call| !call.ends_with("/details"))
    );
}
