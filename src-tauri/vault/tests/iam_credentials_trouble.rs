//! IAM that refuses, is slow, or cannot be reached: what is stored and what is in IAM agree all the
//! same, now or as soon as it answers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod credentials;
mod desk;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::time::Duration;

use credentials::{Bench, engine, of_groups, of_service_id};
use desk::{owner, secret_of};
use keyturn_api::{
    Code, Instance, ListSecrets, Problem,
    configuration::ConfigType,
    secret::{NewDetail, iam_credentials::New},
};
use serde_json::{Value, json};
use servers::iam::{API_KEY, Iam};

/// The steps of a creation with access groups.
const STEPS: [(&str, &str); 4] = [
    ("POST", "/v1/serviceids"),
    ("PUT", "/v2/groups/AccessGroupId-2"),
    ("POST", "/v1/apikeys"),
    ("POST", "/v1/serviceids/"),
];

fn refused(bench: &Bench, new: New) -> Problem {
    let problem = bench.create("app", new).unwrap_err();
    assert!(!format!("{problem:?}").contains(API_KEY));
    assert!(problem.remedy.is_some(), "{problem:?}");
    assert!(nothing_stored(bench));
    problem
}

fn nothing_stored(bench: &Bench) -> bool {
    let query = ListSecrets {
        limit: 10,
        ..ListSecrets::default()
    };
    let listed = bench.run(bench.vault().list_secrets(&owner(), &query));
    listed.unwrap().total_count == 0
}

#[test]
fn each_refusal_says_what_iam_says_and_leaves_nothing() {
    let bench = Bench::new();
    for (step, (method, path)) in STEPS.into_iter().enumerate() {
        for (status, expected) in [(403, Code::BadRequest), (429, Code::RateLimited)] {
            let how = json!({
                "method": method, "path": path, "status": status, "code": "BXNIM9999E",
                "message": "Not you.",
            });
            bench.iam.fail(&how);
            let problem = refused(&bench, of_groups());
            assert_eq!(problem.code, expected, "{path}");
            if status == 403 {
                assert!(
                    problem.message.contains("(BXNIM9999E: Not you)"),
                    "{}",
                    problem.message
                );
            }
            assert!(
                problem.message.contains("nothing is left in IAM"),
                "{}",
                problem.message
            );
            assert_eq!(
                (bench.in_iam(), bench.pending()),
                ((0, 0), vec![]),
                "{step}"
            );
        }
    }
    bench.made("app", of_groups());
}

#[test]
fn what_iam_does_not_know_is_named() {
    let bench = Bench::new();
    let group = "AccessGroupId-99999999-9999-4999-8999-999999999999";
    let service_id = "ServiceId-99999999-9999-4999-8999-999999999999";
    for reuse_api_key in [true, false] {
        let problem = refused(
            &bench,
            New {
                access_groups: Some(vec![group.into()]),
                reuse_api_key,
                ..of_groups()
            },
        );
        assert_eq!(problem.target.unwrap().name, "access_groups");
        assert!(problem.message.contains(group), "{}", problem.message);
        let problem = refused(
            &bench,
            New {
                service_id: Some(service_id.into()),
                reuse_api_key,
                ..of_service_id()
            },
        );
        assert_eq!(problem.target.unwrap().name, "service_id");
    }
    let other = Some("b".repeat(32));
    let problem = refused(
        &bench,
        New {
            account_id: other.clone(),
            ..of_service_id()
        },
    );
    assert_eq!(problem.target.unwrap().name, "account_id");
    let problem = refused(
        &bench,
        New {
            account_id: other,
            ..of_groups()
        },
    );
    assert!(problem.remedy.unwrap().contains("account"));
    assert_eq!((bench.in_iam(), bench.pending()), ((0, 0), vec![]));
}

#[test]
fn a_key_that_is_not_accepted_and_an_address_where_nobody_is() {
    let bench = Bench::unconfigured();
    let mut wrong = bench.engine();
    wrong.api_key = zeroize::Zeroizing::new("not-the-key-of-iam".into());
    bench.configure("engine", wrong).unwrap();
    let problem = bench.create("app", of_groups()).unwrap_err();
    assert!(
        problem.message.contains("did not accept the API key"),
        "{}",
        problem.message
    );
    assert!(!format!("{problem:?}").contains("not-the-key-of-iam"));
    bench.patch_engine(json!({"api_key": API_KEY})).unwrap();
    bench.made("app", of_groups());

    let nowhere = Bench::unconfigured();
    nowhere
        .configure("engine", engine("http://127.0.0.1:9"))
        .unwrap();
    let problem = refused(&nowhere, of_groups());
    assert_eq!(problem.code, Code::Io);
    assert!(
        problem.message.contains("cannot be reached"),
        "{}",
        problem.message
    );
}

#[test]
fn an_answer_that_was_lost_leaves_nothing_once_it_cannot_come_any_more() {
    let bench = Bench::new();
    for (method, path) in STEPS {
        for how in [
            json!({"method": method, "path": path, "drop": true, "after": true}),
            json!({"method": method, "path": path, "status": 502, "after": true}),
            json!({"method": method, "path": path, "drop": true}),
        ] {
            bench.iam.fail(&how);
            let problem = bench.create("app", of_groups()).unwrap_err();
            assert_eq!(problem.code, Code::Io, "{how}");
            assert!(
                problem.message.contains("looked for and removed"),
                "{}",
                problem.message
            );
            assert_eq!(bench.in_iam(), (0, 0), "{how}");
            assert_eq!(bench.pending().len(), 1, "it is looked for once more");
            bench.settle();
            assert_eq!(bench.pending(), vec![]);
        }
    }
    assert!(nothing_stored(&bench));
}

async fn held(iam: &Iam) {
    while !iam.holds() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[test]
fn a_caller_who_goes_away_leaves_nothing() {
    let bench = Bench::new();
    for after in [false, true] {
        for (method, path) in STEPS {
            bench.iam.reset();
            let how = json!({"method": method, "path": path, "hold": true, "after": after});
            bench.iam.fail(&how);
            let secret = secret_of("app", NewDetail::IamCredentials(Box::new(of_groups())));
            let owner = owner();
            let create = bench.vault().create_secret(&owner, secret);
            // dropped while IAM is at this step
            let gone = bench.run(async {
                tokio::select! {
                    _ = create => false,
                    () = held(&bench.iam) => true,
                }
            });
            assert!(gone, "{how}");
            bench.look();
            // it takes effect, or its answer comes, only now
            bench.iam.release();
            bench.settle();
            assert_eq!((bench.in_iam(), bench.pending()), ((0, 0), vec![]), "{how}");
        }
    }
    assert!(nothing_stored(&bench));
    bench.made("app", of_groups());
}

#[test]
fn a_rotation_that_fails_leaves_the_version_in_force() {
    let bench = Bench::new();
    let (id, key) = bench.made("app", of_groups());
    for (method, path) in STEPS {
        bench
            .iam
            .fail(&json!({"method": method, "path": path, "status": 500, "after": true}));
        assert_eq!(bench.rotate(&id).unwrap_err().code, Code::Io);
        assert_eq!(bench.read(&id).unwrap(), key);
        assert_eq!(bench.versions(&id).len(), 1);
        bench.settle();
        assert_eq!((bench.in_iam(), bench.pending()), ((1, 1), vec![]));
    }
}

#[test]
fn removals_that_fail_wait_longer_each_time_and_are_told() {
    let bench = Bench::new();
    let (id, key) = bench.made("app", of_groups());
    let down = |times: u32| {
        let how = json!({"method": "DELETE", "path": "/v1/", "status": 503, "message": "Down.", "times": times});
        bench.iam.fail(&how);
    };
    down(1000);
    bench.delete(&id).unwrap();
    assert!(bench.iam.knows(&key));
    let pending = bench.pending();
    assert_eq!((pending.len(), pending[0].tries), (1, 1));
    assert_eq!(
        (pending[0].secret_name.as_str(), &pending[0].secret_id),
        ("app", &id)
    );
    assert!(pending[0].problem.as_deref().unwrap().contains("Down"));
    let mut waits: Vec<i64> = Vec::new();
    for tries in 2..6 {
        let next = bench.pending()[0].next_try.unwrap();
        let wait = next.millis() - bench.vault().now().millis();
        assert_eq!(bench.look().failed, 0, "not before its time");
        bench.desk.clock.advance_seconds(wait / 1000 + 1);
        assert_eq!(bench.look().failed, 1);
        assert_eq!(bench.pending()[0].tries, tries);
        waits.push(wait);
    }
    assert!(waits.is_sorted() && waits[3] > 10 * waits[0], "{waits:?}");
    let (other, _) = bench.made("other", of_service_id());
    bench.delete(&other).unwrap();
    let given_up = bench.pending().remove(1);
    assert_eq!(given_up.secret_name, "other");
    bench
        .run(bench.vault().forget_removal(&owner(), &given_up.id))
        .unwrap();
    assert_eq!(bench.pending().len(), 1);
    bench.iam.reset();
    bench.desk.clock.advance_hours(2);
    assert_eq!(bench.look().removed, 1);
    assert_eq!((bench.in_iam(), bench.pending()), ((1, 0), vec![]));
}

#[test]
fn a_removal_is_tried_at_once_where_a_person_asks() {
    let bench = Bench::new();
    let (id, key) = bench.made("app", of_groups());
    bench.iam.fail(
        &json!({"method": "DELETE", "path": "/v1/", "status": 503, "message": "Down.", "times": 1000}),
    );
    bench.delete(&id).unwrap();
    let again = |removal: &str| bench.run(bench.vault().retry_removal(&owner(), removal));
    let waiting = bench.pending().remove(0);
    let still = again(&waiting.id).unwrap();
    assert_eq!((still.len(), still[0].tries), (1, 2), "before its time");
    assert!(bench.iam.knows(&key));
    let forget = || {
        let (owner, kind) = (owner(), ConfigType::IamCredentials);
        let vault = bench.vault();
        bench.run(vault.delete_configuration(&owner, kind, "engine", None))
    };
    let refused = forget().unwrap_err();
    assert_eq!(refused.code, Code::NotEmpty, "its key is still needed");
    let nobody = "00000000-0000-4000-8000-000000000000";
    assert_eq!(again(nobody).unwrap().len(), 1, "others are left alone");
    bench.iam.reset();
    assert_eq!(again(&waiting.id).unwrap(), vec![]);
    assert_eq!(bench.in_iam(), (0, 0));
    assert_eq!(again(&waiting.id).unwrap(), vec![], "it is done already");
    forget().unwrap();
}

#[test]
fn what_somebody_else_removed_needs_no_removal() {
    let bench = Bench::new();
    let (id, _) = bench.made("app", of_groups());
    let service_id = bench.detail(&id).service_id.unwrap();
    bench.iam.forget_service_id(&service_id);
    bench.delete(&id).unwrap();
    assert_eq!((bench.in_iam(), bench.pending()), ((0, 0), vec![]));
}

#[test]
fn a_name_that_is_taken_asks_iam_nothing() {
    let bench = Bench::new();
    bench.made("app", of_service_id());
    bench.iam.reset();
    assert_eq!(
        bench.create("app", of_groups()).unwrap_err().code,
        Code::NameTaken
    );
    let none: Vec<String> = Vec::new();
    assert_eq!(bench.iam.calls(), none);
}

#[test]
fn two_who_rotate_at_once_each_get_a_version() {
    let bench = Bench::new();
    let (id, _) = bench.made("app", of_service_id());
    let how: Value = json!({"method": "POST", "path": "/v1/apikeys", "delay": 0.2, "times": 2});
    bench.iam.fail(&how);
    let rotation = || {
        let input = keyturn_api::version::RotationInput::IamCredentials(
            keyturn_api::secret::iam_credentials::Rotation,
        );
        desk::rotation_by(input)
    };
    let owner = owner();
    let both = async {
        let one = bench.vault().create_version(&owner, &id, rotation(), None);
        let other = bench.vault().create_version(&owner, &id, rotation(), None);
        tokio::join!(one, other)
    };
    let (one, other) = bench.run(both);
    one.unwrap();
    other.unwrap();
    assert_eq!(bench.versions(&id).len(), 3);
    assert_eq!((bench.in_iam(), bench.pending()), ((3, 0), vec![]));
}
