//! Public certificates from order to rotation, with pebble as the authority and openssl as the judge.

mod authority;
mod desk;
mod openssl;
mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use desk::owner;
use keyturn_api::{
    Code, ConfigType, Instance, SecretPatch, State,
    secret::public_cert::{ChallengeStatus, KeyAlgorithm, New, OrderStage},
};
use openssl::OpenSsl;
use ordering::{BOTH, Bench, new};
use servers::pebble::Behaviour;

#[test]
fn an_order_by_hand_becomes_a_certificate_that_openssl_verifies() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.order("www", &["example.test", "*.example.test"]);
    assert_eq!(bench.state(&id), State::PreActivation);
    let challenges = bench.challenges(&id);
    let mut domains: Vec<_> = challenges.iter().map(|one| one.domain.as_str()).collect();
    domains.sort_unstable();
    assert_eq!(domains, ["*.example.test", "example.test"]);
    for one in &challenges {
        assert_eq!(one.txt_record_name, "_acme-challenge.example.test.");
        assert_eq!(one.txt_record_value.len(), 43);
        assert_eq!(one.status, ChallengeStatus::Pending);
        assert!(one.expiration.is_some());
    }
    assert_ne!(
        challenges[0].txt_record_value,
        challenges[1].txt_record_value
    );
    assert_eq!(bench.order_of(&id).stage, OrderStage::AwaitingRecords);

    bench.set_records(&id);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active);
    let detail = bench.detail(&id);
    assert!(detail.issuer.is_some() && detail.serial_number.is_some());
    let issuance = detail.issuance_info.unwrap();
    assert_eq!(issuance.state, State::Active);
    assert!(issuance.dns_challenge_validation_time.is_some() && issuance.error_code.is_none());
    assert_eq!(bench.order_of(&id).stage, OrderStage::Issued);

    let payload = bench.payload(&id);
    let ssl = OpenSsl::new();
    ssl.write("root.pem", bench.pebble().root_pem(0));
    ssl.write("chain.pem", payload.intermediate.as_deref().unwrap());
    ssl.write("leaf.pem", &payload.certificate);
    ssl.write("leaf.key", payload.private_key.wire().as_bytes());
    ssl.run("verify -CAfile root.pem -untrusted chain.pem leaf.pem");
    let names = ssl.run("x509 -in leaf.pem -noout -ext subjectAltName");
    assert!(
        names.contains("DNS:example.test") && names.contains("DNS:*.example.test"),
        "{names}"
    );
    let of_certificate = ssl.run("x509 -in leaf.pem -noout -pubkey");
    assert_eq!(
        of_certificate,
        ssl.run("pkey -in leaf.key -pubout"),
        "the key is the secret's"
    );
    assert!(
        payload.certificate.matches("BEGIN CERTIFICATE").count() > 1,
        "bundled"
    );
}

#[test]
fn a_rotation_keeps_the_key_or_makes_another_and_the_old_one_stays_until_then() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.issued("www", &BOTH);
    let first = bench.payload(&id);

    bench.rotate(&id, false).unwrap();
    assert_eq!(bench.state(&id), State::Active);
    assert_eq!(
        bench.issuance(&id).state,
        State::PreActivation,
        "rotation pending"
    );
    assert_eq!(
        bench.payload(&id).certificate,
        first.certificate,
        "in force until then"
    );
    let again = bench.rotate(&id, false).unwrap_err();
    assert_eq!(again.code, Code::Conflict);
    bench.set_records(&id);
    bench.validate(&id);
    let second = bench.payload(&id);
    assert_ne!(second.certificate, first.certificate);
    assert_eq!(second.private_key.bytes(), first.private_key.bytes());
    assert_eq!(bench.versions_total(&id), 2);
    assert_eq!(
        bench.order_of(&id).former.len(),
        2,
        "the records of the order before"
    );

    bench.rotate(&id, true).unwrap();
    bench.set_records(&id);
    bench.validate(&id);
    let third = bench.payload(&id);
    assert_ne!(third.private_key.bytes(), first.private_key.bytes());
}

#[test]
fn a_validation_that_fails_says_why_and_leaves_the_old_certificate_in_force() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.issued("www", &BOTH);
    let before = bench.payload(&id).certificate;
    bench.clear_records(&id);
    bench.rotate(&id, false).unwrap();
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active);
    let issuance = bench.issuance(&id);
    assert_eq!(issuance.state, State::Deactivated, "rotation failed");
    assert!(issuance.error_message.unwrap().contains("example.test"));
    assert!(issuance.error_code.is_some());
    assert_eq!(bench.payload(&id).certificate, before);
    // and a new order is possible at once
    bench.rotate(&id, false).unwrap();
    bench.set_records(&id);
    bench.validate(&id);
    assert_ne!(bench.payload(&id).certificate, before);
    assert_eq!(bench.issuance(&id).error_message, None);
}

#[test]
fn a_first_order_that_fails_is_deactivated_for_ever() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.order("www", &["example.test"]);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Deactivated);
    assert_eq!(bench.rotate(&id, false).unwrap_err().code, Code::WrongState);
    bench
        .run(bench.vault().delete_secret(&owner(), &id, None))
        .unwrap();
}

#[test]
fn the_order_and_its_values_are_there_when_one_comes_back() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.order("www", &["example.test"]);
    let before = bench.challenges(&id);
    let again = bench.desk.again_on_time();
    let seen = bench.run(again.order(&owner(), &id)).unwrap().unwrap();
    assert_eq!(seen.challenges, before);
    bench.set_records(&id);
    bench
        .run(again.validate_dns_challenge(&owner(), &id))
        .unwrap();
    bench.run(again.run_orders(|_| {})).unwrap();
    assert_eq!(
        bench.state(&id),
        State::Active,
        "the other program finished it"
    );
    assert_eq!(bench.versions_total(&id), 1);
}

#[test]
fn every_kind_of_key_is_what_was_asked_for() {
    let bench = Bench::new(&Behaviour::default());
    let ssl = OpenSsl::new();
    for (at, (algorithm, words)) in [
        (KeyAlgorithm::Rsa2048, "(2048 bit)"),
        (KeyAlgorithm::Ecdsa256, "prime256v1"),
        (KeyAlgorithm::Ecdsa384, "secp384r1"),
    ]
    .into_iter()
    .enumerate()
    {
        let new = New {
            key_algorithm: algorithm,
            bundle_certs: false,
            ..new(&[&format!("h{at}.example.test")])
        };
        let id = bench.create(&format!("secret-{at}"), new);
        bench.set_records(&id);
        bench.validate(&id);
        let payload = bench.payload(&id);
        assert_eq!(
            payload.certificate.matches("BEGIN CERTIFICATE").count(),
            1,
            "not bundled"
        );
        ssl.write("leaf.pem", &payload.certificate);
        let text = ssl.run("x509 -in leaf.pem -noout -text");
        assert!(text.contains(words), "{algorithm:?}: {text}");
    }
}

#[test]
fn what_is_missing_is_named_before_anything_is_ordered() {
    let bench = Bench::new(&Behaviour::default());
    let refused = |new: New| {
        let detail = keyturn_api::secret::NewDetail::PublicCert(Box::new(new));
        let owner = owner();
        let secret = desk::secret_of("x1", detail);
        bench
            .run(bench.vault().create_secret(&owner, secret))
            .unwrap_err()
            .target
            .unwrap()
            .name
    };
    assert_eq!(
        refused(New {
            ca: "nobody".into(),
            ..new(&["example.test"])
        }),
        "ca"
    );
    assert_eq!(
        refused(New {
            dns: "nobody".into(),
            ..new(&["example.test"])
        }),
        "dns"
    );
    assert_eq!(refused(new(&["not a name"])), "common_name");
}

#[test]
fn a_configuration_that_was_deleted_is_named_with_what_to_do() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.issued("www", &["example.test"]);
    let owner = owner();
    bench
        .run(
            bench
                .vault()
                .delete_configuration(&owner, ConfigType::Acme, "ca", None),
        )
        .unwrap();
    let refused = bench.rotate(&id, false).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "ca");
    assert!(refused.message.contains("\"ca\"") && refused.remedy.unwrap().contains("Configure"));
    let outlook = bench
        .run(bench.vault().rotation_outlook(&owner, &id))
        .unwrap();
    assert!(outlook.hindrance.is_some(), "told before the click");
}

#[test]
fn an_order_can_be_given_up_and_the_values_stay_those_of_the_next() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.issued("www", &BOTH);
    bench.rotate(&id, false).unwrap();
    bench
        .run(bench.vault().cancel_order(&owner(), &id))
        .unwrap();
    assert_eq!(bench.issuance(&id).error_code.as_deref(), Some("canceled"));
    assert_eq!(bench.order_of(&id).stage, OrderStage::Failed);
    let over = bench
        .run(bench.vault().validate_dns_challenge(&owner(), &id))
        .unwrap_err();
    assert_eq!(over.code, Code::WrongState);
    bench.rotate(&id, false).unwrap();
}

#[test]
fn a_policy_needs_dns_that_works_unattended_and_a_person_is_asked_in_time() {
    let bench = Bench::new(&Behaviour::default());
    let id = bench.issued("www", &["example.test"]);
    let policy = keyturn_api::RotationPolicy {
        auto_rotate: true,
        rotate_keys: Some(true),
        ..keyturn_api::RotationPolicy::default()
    };
    let patch = SecretPatch {
        rotation: Some(policy),
        ..SecretPatch::default()
    };
    let view = bench
        .run(bench.vault().update_secret(&owner(), &id, patch, None))
        .unwrap();
    let rotation = bench.detail(&id).rotation;
    assert!(!rotation.auto_rotate && rotation.rotate_keys == Some(true));
    let due = view.due.unwrap();
    assert_eq!(due.by, keyturn_api::DueBy::Reminder);
    assert!(!due.overdue);
    let days = (bench.detail(&id).expiration_date.unwrap().millis() - due.at.millis()) / 86_400_000;
    assert!(days > 30, "{days}");
}
