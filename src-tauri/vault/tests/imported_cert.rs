//! Imported certificates on a real vault file, with material of the real openssl.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod openssl;

use authority::desk_of_today;
use desk::{owner, rotation_by, secret_of, value};
use keyturn_api::{
    Code, Instance, ListSecrets, NewLock, NewLocks, Plaintext, Problem, Result, SecretPatch,
    SecretView, State, VersionRef,
    secret::{
        Detail, NewDetail,
        imported_cert::{self, ManagedCsr, New, Rotation},
    },
    version::RotationInput,
};
use keyturn_vault::{Vault, wait};
use openssl::OpenSsl;

fn parts(ssl: &OpenSsl, certificate: &str, middle: Option<&str>, key: Option<&str>) -> Rotation {
    Rotation::new(
        ssl.read(certificate),
        middle.map(|name| ssl.read(name)),
        key.map(|name| Plaintext::text(ssl.read(name))),
    )
}

fn import(vault: &Vault, name: &str, given: Rotation) -> Result<SecretView> {
    let detail = NewDetail::ImportedCert(New::Given(given));
    wait(vault.create_secret(&owner(), secret_of(name, detail))).map(|made| made.view)
}

fn rotate(vault: &Vault, id: &str, given: Rotation) -> Result<u32> {
    let input = RotationInput::ImportedCert(given);
    wait(vault.create_version(&owner(), id, rotation_by(input), None)).map(|made| made.view.number)
}

fn detail(vault: &Vault, id: &str) -> imported_cert::Detail {
    let view = wait(vault.secret_metadata(&owner(), id)).unwrap();
    match view.metadata.detail {
        Detail::ImportedCert(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

fn field(problem: &Problem) -> &str {
    problem
        .target
        .as_ref()
        .map_or("", |target| target.name.as_str())
}

#[test]
fn a_certificate_is_imported_rotated_and_restored_and_nothing_is_carried_over() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    ssl.authorities();
    ssl.leaf("one", "one.example", 90);
    ssl.leaf("two", "two.example", 200);
    let vault = &desk.vault;
    let given = parts(&ssl, "one.pem", Some("middle.pem"), Some("one.key"));
    let made = import(vault, "web", given).unwrap();
    let id = made.metadata.id.clone();
    assert_eq!(made.metadata.state, State::Active);
    let first = detail(vault, &id);
    let facts = first.certificate.clone().unwrap();
    assert_eq!(facts.common_name.as_deref(), Some("one.example"));
    assert_eq!(facts.alt_names, ["one.example"]);
    assert_eq!(facts.key_algorithm, "ECDSA256");
    assert_eq!(first.expiration_date, Some(facts.validity.not_after));
    assert!(first.intermediate_included && first.private_key_included);

    assert_eq!(
        rotate(vault, &id, parts(&ssl, "two.pem", None, None)).unwrap(),
        2
    );
    let second = detail(vault, &id);
    assert!(!second.intermediate_included && !second.private_key_included);
    assert!(second.expiration_date > first.expiration_date);
    let bundle = value(vault, &id, "current").unwrap();
    assert_eq!(bundle, ssl.read("two.pem"), "nothing was carried over");

    let from = VersionRef::parse("restore_from_version", "previous").unwrap();
    let restore = rotation_by(RotationInput::Restore { from });
    wait(vault.create_version(&owner(), &id, restore, None)).unwrap();
    assert_eq!(detail(vault, &id).certificate.as_ref(), Some(&facts));
    let expected = [
        ssl.read("one.pem"),
        ssl.read("middle.pem"),
        ssl.read("one.key"),
    ]
    .concat();
    assert_eq!(value(vault, &id, "current").unwrap(), expected);

    let versions = wait(vault.versions(&owner(), &id)).unwrap();
    let serials: Vec<_> = versions
        .iter()
        .map(|one| one.metadata.serial_number.clone())
        .collect();
    assert_eq!(serials[0], serials[2]);
    assert_ne!(serials[0], serials[1]);
    let keys: Vec<_> = versions
        .iter()
        .map(|one| one.key.clone().unwrap())
        .collect();
    assert_eq!(keys[0].id, keys[2].id);
    assert_ne!(keys[0].id, keys[1].id);
    assert!(keys[0].private_key_included && !keys[1].private_key_included);

    let serial = &facts.serial_number;
    for (text, hits) in [
        (serial.as_str(), 1),
        (&serial.to_uppercase(), 1),
        (&serial.replace(':', ""), 1),
        (&serial[3..8], 1),
        ("00:00:00:00:00:00", 0),
        ("test-intermediate", 1),
    ] {
        let search = ListSecrets {
            search: Some(text.into()),
            ..ListSecrets::default()
        };
        let found = wait(vault.list_secrets(&owner(), &search)).unwrap();
        assert_eq!(found.total_count, hits, "{text}");
    }
}

#[test]
fn each_refusal_names_the_part_and_nothing_is_written() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    ssl.authorities();
    ssl.leaf("one", "one.example", 90);
    ssl.leaf("two", "two.example", 90);
    ssl.run("pkcs8 -topk8 -in one.key -out locked.key -passout pass:secret");
    let vault = &desk.vault;
    let cases = [
        ("private_key", parts(&ssl, "one.pem", None, Some("two.key"))),
        (
            "private_key",
            parts(&ssl, "one.pem", None, Some("locked.key")),
        ),
        (
            "private_key",
            parts(&ssl, "one.pem", None, Some("middle.pem")),
        ),
        ("certificate", parts(&ssl, "one.key", None, None)),
        ("certificate", parts(&ssl, "one.csr", None, None)),
        (
            "intermediate",
            parts(&ssl, "one.pem", Some("one.key"), None),
        ),
        (
            "certificate",
            Rotation::new(ssl.read("one.pem").replace('A', "!"), None, None),
        ),
    ];
    for (part, given) in cases {
        let refused = import(vault, "web", given).unwrap_err();
        assert_eq!(field(&refused), part, "{refused:?}");
        assert!(!refused.message.contains("BEGIN"), "{refused:?}");
    }
    assert_eq!(
        wait(vault.list_secrets(&owner(), &ListSecrets::default()))
            .unwrap()
            .total_count,
        0
    );
    let id = import(vault, "web", parts(&ssl, "one.pem", None, None))
        .unwrap()
        .metadata
        .id;
    let refused = rotate(vault, &id, parts(&ssl, "two.pem", None, Some("one.key"))).unwrap_err();
    assert_eq!(field(&refused), "private_key");
    desk.clock.advance_days(100);
    let refused = import(vault, "old", parts(&ssl, "two.pem", None, None)).unwrap_err();
    assert_eq!(field(&refused), "certificate");
    assert!(refused.message.contains("expired"), "{refused:?}");
}

#[test]
fn a_certificate_ends_at_its_date_also_when_it_is_locked() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    ssl.authorities();
    ssl.leaf("one", "one.example", 30);
    let vault = &desk.vault;
    let id = import(vault, "web", parts(&ssl, "one.pem", None, Some("one.key")))
        .unwrap()
        .metadata
        .id;
    let locks = NewLocks {
        locks: vec![NewLock {
            name: "load-balancer".into(),
            description: None,
            attributes: None,
        }],
        mode: None,
    };
    wait(vault.create_locks(&owner(), &id, &VersionRef::CURRENT, locks)).unwrap();
    desk.clock.advance_days(31);
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.state, State::Destroyed);
    assert!(!view.held_by_locks);
    let read = wait(vault.version(&owner(), &id, &VersionRef::CURRENT)).unwrap_err();
    assert_eq!(read.code, Code::WrongState);
    let query = ListSecrets {
        states: vec![State::Destroyed],
        ..ListSecrets::default()
    };
    assert_eq!(
        wait(vault.list_secrets(&owner(), &query))
            .unwrap()
            .total_count,
        1
    );
}

#[test]
fn a_managed_request_waits_for_its_certificate_and_keeps_its_key() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    ssl.authorities();
    let vault = &desk.vault;
    let request = ManagedCsr {
        common_name: Some("api.example".into()),
        alt_names: Some("api.example, www.example".into()),
        organization: vec!["Example & Co".into()],
        ..ManagedCsr::default()
    };
    let detail_of = NewDetail::ImportedCert(New::Managed(Box::new(request.clone())));
    let made = wait(vault.create_secret(&owner(), secret_of("api", detail_of))).unwrap();
    let id = made.view.metadata.id.clone();
    assert!(made.payload.is_none());
    assert_eq!(made.view.metadata.state, State::PreActivation);
    assert_eq!(made.view.metadata.versions_total, 0);
    assert_eq!(made.view.availability.rotate, None);
    assert!(made.view.availability.view.is_some());

    let csr = detail(vault, &id).managed_csr.unwrap().csr;
    ssl.write("api.csr", &csr);
    let text = ssl.run("req -in api.csr -noout -verify -subject -text");
    assert!(
        text.contains("api.example") && text.contains("www.example"),
        "{text}"
    );

    // another key than that of the request
    ssl.leaf("other", "api.example", 90);
    let refused = rotate(vault, &id, parts(&ssl, "other.pem", None, None)).unwrap_err();
    assert_eq!(field(&refused), "certificate");
    let refused = rotate(
        vault,
        &id,
        parts(&ssl, "other.pem", None, Some("other.key")),
    )
    .unwrap_err();
    assert_eq!(field(&refused), "private_key");

    ssl.sign("api", "api.example", 90);
    assert_eq!(
        rotate(vault, &id, parts(&ssl, "api.pem", Some("middle.pem"), None)).unwrap(),
        1
    );
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.state, State::Active);
    assert!(detail(vault, &id).private_key_included);
    ssl.write("bundle.pem", value(vault, &id, "current").unwrap());
    let key = ssl.run("pkey -in bundle.pem -pubout");
    assert_eq!(
        key,
        ssl.run("x509 -in api.pem -noout -pubkey"),
        "the key of the vault"
    );

    // renewed for the same request
    ssl.sign("api", "api.example", 200);
    assert_eq!(
        rotate(vault, &id, parts(&ssl, "api.pem", None, None)).unwrap(),
        2
    );

    let patch = |request: ManagedCsr| SecretPatch {
        managed_csr: Some(Box::new(request)),
        ..SecretPatch::default()
    };
    let other = ManagedCsr {
        common_name: Some("else.example".into()),
        alt_names: None,
        ..request.clone()
    };
    let refused = wait(vault.update_secret(&owner(), &id, patch(other), None)).unwrap_err();
    assert_eq!(field(&refused), "common_name");
    let anew = ManagedCsr {
        rotate_keys: true,
        ..request
    };
    wait(vault.update_secret(&owner(), &id, patch(anew), None)).unwrap();
    assert_ne!(detail(vault, &id).managed_csr.unwrap().csr, csr);
    let refused = rotate(vault, &id, parts(&ssl, "api.pem", None, None)).unwrap_err();
    assert_eq!(field(&refused), "certificate");
    wait(vault.delete_secret(&owner(), &id, None)).unwrap();
}
