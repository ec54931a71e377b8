//! What goes wrong on the way to a public certificate, each by its name.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::thread;

use desk::owner;
use keyturn_api::{
    Instance, State,
    configuration::acme::NewAcme,
    secret::public_cert::{ChallengeStatus, New, OrderStage},
};
use ordering::{BOTH, Bench, new};
use servers::pebble::Behaviour;

#[test]
fn half_of_all_nonces_are_rejected() {
    let bench = Bench::new(&Behaviour {
        nonces_rejected: 50,
        ..Behaviour::default()
    });
    bench.issued("www", &["example.test", "*.example.test"]);
}

#[test]
fn authorizations_are_reused_and_ask_for_no_record() {
    let bench = Bench::new(&Behaviour {
        authorizations_reused: 100,
        ..Behaviour::default()
    });
    let id = bench.issued("www", &["example.test"]);
    bench.clear_records(&id);
    bench.rotate(&id, false).unwrap();
    bench.go_on();
    assert_eq!(
        bench.issuance(&id).state,
        State::Active,
        "nobody had to validate"
    );
    assert_eq!(bench.versions_total(&id), 2);
    let challenges = bench.challenges(&id);
    assert!(
        challenges
            .iter()
            .all(|one| one.status == ChallengeStatus::Valid)
    );
}

#[test]
fn an_order_whose_time_seems_over_goes_on_while_the_authority_has_it() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.order("www", &["example.test"]);
    bench.desk.clock.advance_days(30); // only our clock: pebble's stays
    bench.go_on();
    assert_eq!(bench.state(&id), State::PreActivation);
    bench.set_records(&id);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.issuance(&id));
}

#[test]
fn the_authority_is_down_when_one_orders_and_the_order_is_kept() {
    let bench = Bench::new(&Behaviour::default());
    let nowhere = NewAcme {
        directory_url: "https://127.0.0.1:9/dir".into(),
        ..bench.new_ca()
    };
    bench.configure("down", nowhere);
    let down = New {
        ca: "down".into(),
        ..new(&["example.test"])
    };
    let id = bench.create("www", down);
    assert_eq!(bench.state(&id), State::PreActivation);
    let order = bench.order_of(&id);
    assert_eq!(order.stage, OrderStage::Placing);
    assert!(order.trouble.is_some() && order.next_try.is_some());
    // tried again for a day, then given up with the reason
    bench.desk.clock.advance_hours(2);
    bench.go_on();
    assert_eq!(bench.order_of(&id).stage, OrderStage::Placing);
    bench.desk.clock.advance_days(2);
    bench.go_on();
    assert_eq!(bench.state(&id), State::PreActivation, "a clock jumped");
    for _ in 0..4 {
        bench.desk.clock.advance_hours(2);
        bench.go_on();
    }
    assert_eq!(bench.state(&id), State::Deactivated);
    assert_eq!(
        bench.issuance(&id).error_code.as_deref(),
        Some("connection")
    );
}

#[test]
fn the_root_of_the_directory_is_wrong() {
    let bench = Bench::new(&Behaviour::default());
    let untrusted = NewAcme {
        root_certificate: Some(bench.pebble().root_pem(0)),
        ..bench.new_ca()
    };
    bench.configure("untrusted", untrusted);
    let order = New {
        ca: "untrusted".into(),
        ..new(&["example.test"])
    };
    let id = bench.create("www", order);
    let told = bench
        .order_of(&id)
        .trouble
        .or_else(|| bench.issuance(&id).error_message);
    assert!(told.unwrap().contains("trust"), "{:?}", bench.issuance(&id));
}

#[test]
fn the_account_is_not_known_to_the_authority_any_more() {
    let mut bench = Bench::new(&Behaviour::default());
    bench.issued("www", &["example.test"]);
    let before = bench.account().account_url.unwrap();
    bench.restart_pebble();
    bench.issued("other", &["other.test"]); // registered anew on the way
    let after = bench.account().account_url.unwrap();
    assert_ne!(after, before);
}

#[test]
fn another_account_key_is_taken_when_no_order_dies_of_it() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.order("www", &["example.test"]);
    let patch = || serde_json::json!({"private_key": rsa_key()});
    let refused = bench.patch_ca(patch()).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "private_key");
    assert!(refused.message.contains("An order"), "{}", refused.message);
    assert!(refused.remedy.unwrap().contains("cancel"));
    bench.set_records(&id);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.issuance(&id));

    let account = bench.patch_ca(patch()).unwrap().account;
    assert_eq!(account.account_key_algorithm, "RSA2048");
    assert_eq!(
        account.account_url, None,
        "registered anew with the next order"
    );
    bench.issued("other", &["other.test"]);
}

fn rsa_key() -> String {
    let key = std::process::Command::new("openssl")
        .args(["genpkey", "-algorithm", "RSA"])
        .args(["-pkeyopt", "rsa_keygen_bits:2048"])
        .output()
        .unwrap();
    String::from_utf8(key.stdout).unwrap()
}

#[test]
fn an_external_account_is_wanted_and_given() {
    let key = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    let bench = Bench::new(&Behaviour {
        external_accounts: vec![("kid-1", key)],
        ..Behaviour::default()
    });
    let id = bench.order("without", &["example.test"]);
    assert_eq!(bench.state(&id), State::Deactivated);
    let message = bench.issuance(&id).error_message.unwrap();
    assert!(message.contains("external account"), "{message}");
    let told = |patch: serde_json::Value| {
        let refused = bench.patch_ca(patch).unwrap_err();
        assert!(!format!("{refused:?}").contains("abcde"), "{refused:?}");
        refused.target.unwrap().name
    };
    let (kid, hmac) = ("external_account_key_id", "external_account_hmac_key");
    assert_eq!(told(serde_json::json!({ kid: "kid-1" })), hmac);
    assert_eq!(told(serde_json::json!({ hmac: key })), kid);
    assert_eq!(
        told(serde_json::json!({ kid: "kid-1", hmac: "abcde" })),
        hmac
    );
    let both = serde_json::json!({ kid: "kid-0", hmac: key });
    bench.patch_ca(both).unwrap();
    // the identifier was mistyped: its key stays
    let bound = bench.patch_ca(serde_json::json!({ kid: "kid-1" }));
    let bound = bound.unwrap().external_account_key_id;
    assert_eq!(bound.as_deref(), Some("kid-1"));
    let id = bench.order("with", &["example.test"]);
    bench.set_records(&id);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active);
    let freed = bench.patch_ca(serde_json::json!({ kid: "" }));
    assert_eq!(freed.unwrap().external_account_key_id, None);
}

#[test]
fn what_an_order_could_not_read_is_refused_when_it_is_configured() {
    let bench = Bench::new(&Behaviour::default());
    let bound = |key: &str| NewAcme {
        external_account_key_id: Some("kid".into()),
        external_account_hmac_key: Some(key.to_owned().into()),
        ..bench.new_ca()
    };
    // as authorities show it: base64url or base64, with or without padding
    for (at, key) in ["-_8", "+/8=", "-_8="].into_iter().enumerate() {
        bench.configure(&format!("bound{at}"), bound(key));
    }
    for key in ["abcde", "a b", "="] {
        let refused = bench.try_configure("wrong", bound(key)).unwrap_err();
        assert_eq!(refused.target.unwrap().name, "external_account_hmac_key");
    }
    let nowhere = NewAcme {
        directory_url: "https://ca.example:99999/".into(),
        ..bench.new_ca()
    };
    let refused = bench.try_configure("nowhere", nowhere).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "directory_url");
}

#[test]
fn the_validation_fails_at_the_authority_for_one_of_two_values() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.order("www", &["example.test", "*.example.test"]);
    let first = bench.challenges(&id).remove(0);
    bench
        .dns()
        .add_txt(&first.txt_record_name, &first.txt_record_value);
    bench.validate(&id);
    let issuance = bench.issuance(&id);
    assert_eq!(issuance.state, State::Deactivated);
    let other = bench.challenges(&id).remove(1);
    assert!(
        issuance.error_message.unwrap().contains(&other.domain),
        "names which one"
    );
}

#[test]
fn two_windows_press_validate() {
    let bench = Bench::new(&Behaviour::default());
    let other = bench.desk.again_on_time();
    for round in 0..10 {
        let name = format!("www{round}");
        let id = bench.order(&name, &[&format!("{name}.example.test")]);
        bench.set_records(&id);
        thread::scope(|scope| {
            for vault in [bench.vault(), &other] {
                let (owner, id) = (owner(), id.clone());
                scope.spawn(move || {
                    let runtime = tokio::runtime::Runtime::new().unwrap();
                    runtime.block_on(async {
                        // the second is told that it is under way, or that it is over
                        let _ = vault.validate_dns_challenge(&owner, &id).await;
                        vault.run_orders(|_| {}).await.unwrap();
                    });
                });
            }
        });
        bench.go_on();
        assert_eq!(bench.state(&id), State::Active, "{:?}", bench.issuance(&id));
        assert_eq!(bench.versions_total(&id), 1, "one order, one certificate");
    }
}

#[test]
fn the_clock_is_an_hour_off() {
    let bench = Bench::new(&Behaviour::default());
    bench.desk.clock.advance_hours(1);
    bench.issued("ahead", &["example.test"]);
    bench.desk.clock.advance_hours(-2);
    let id = bench.order("behind", &["other.test"]);
    bench.set_records(&id);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active);
}

#[test]
fn a_lock_on_the_previous_version_keeps_the_certificate_until_it_is_removed() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.issued("www", &BOTH);
    bench.rotate(&id, false).unwrap();
    bench.set_records(&id);
    bench.validate(&id);
    bench.rotate(&id, false).unwrap();
    let owner = owner();
    let new_lock = keyturn_api::NewLocks {
        locks: vec![keyturn_api::NewLock {
            name: "in-use".into(),
            description: None,
            attributes: None,
        }],
        mode: None,
    };
    let previous = keyturn_api::VersionRef::parse("id", "previous").unwrap();
    bench
        .run(bench.vault().create_locks(&owner, &id, &previous, new_lock))
        .unwrap();
    bench.set_records(&id);
    bench.validate(&id);
    let order = bench.order_of(&id);
    assert!(order.trouble.unwrap().contains("issued"), "kept, not lost");
    bench
        .run(bench.vault().delete_locks(&owner, &id, None, None))
        .unwrap();
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    assert_eq!(bench.versions_total(&id), 3);
}
