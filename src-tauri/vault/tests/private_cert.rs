//! A private certificate authority on a real vault file, judged by the real openssl.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod openssl;

use std::{collections::HashSet, sync::Arc, thread};

use authority::{
    ca, certificate, desk_of_today, detail, field, intermediate, issue, new, outcome, payload,
    root, rotate, rules, template,
};
use desk::{Desk, owner};
use keyturn_api::{
    Code, ConfigType, Instance, IntervalUnit, NewLock, NewLocks, RotationPolicy, SecretPatch, Ttl,
    VersionRef,
    configuration::{
        NewConfigurationDetail,
        action::{ActionOutcome, ConfigurationAction, SigningOptions},
        authority::{AuthorityData, AuthorityStatus, SigningMethod},
    },
    secret::private_cert::New,
};
use keyturn_pki::Crl;
use keyturn_vault::{Vault, wait};
use openssl::OpenSsl;

/// Writes the root, the intermediate, and the lists of both as openssl wants them.
fn lay_out(vault: &Vault, ssl: &OpenSsl) {
    ssl.write(
        "root.pem",
        certificate(&ca(vault, ConfigType::RootCa, "root")),
    );
    ssl.write(
        "middle.pem",
        certificate(&ca(vault, ConfigType::IntermediateCa, "middle")),
    );
    let mut lists = String::new();
    for name in ["root", "middle"] {
        for der in wait(vault.revocation_lists(name)).unwrap() {
            lists += &Crl::from_der(&der).unwrap().to_pem();
        }
    }
    ssl.write("lists.pem", lists);
}

const VERIFY: &str =
    "verify -x509_strict -crl_check_all -CRLfile lists.pem -CAfile root.pem -untrusted middle.pem";

#[test]
fn from_root_to_a_revoked_certificate_as_openssl_sees_it() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    let vault = &desk.vault;
    root(vault, "root");
    intermediate(vault, "middle", Some("root"));
    assert_eq!(
        ca(vault, ConfigType::IntermediateCa, "middle").status,
        AuthorityStatus::CertificateTemplateRequired
    );
    template(vault, "web", "middle", rules(&["example.com"]));
    assert_eq!(
        ca(vault, ConfigType::IntermediateCa, "middle").status,
        AuthorityStatus::Configured
    );
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    lay_out(vault, &ssl);
    let first = payload(vault, &id, "current");
    ssl.write("leaf.pem", &first.certificate);
    ssl.run(&format!("{VERIFY} leaf.pem"));
    let text = ssl.run("x509 -in leaf.pem -noout -text");
    assert!(text.contains("DNS:www.example.com"), "{text}");
    assert_eq!(first.ca_chain.len(), 2);
    let shown = detail(vault, &id);
    assert_eq!(shown.certificate_authority, "middle");
    assert_eq!(
        shown.certificate.common_name.as_deref(),
        Some("www.example.com")
    );

    // with a new key
    assert_eq!(rotate(vault, &id, None).unwrap(), 2);
    let second = payload(vault, &id, "current");
    ssl.write("leaf2.pem", &second.certificate);
    ssl.run(&format!("{VERIFY} leaf2.pem"));
    let key = |name: &str| ssl.run(&format!("x509 -in {name} -noout -pubkey"));
    assert_ne!(key("leaf.pem"), key("leaf2.pem"));

    // for a request; the next rotation is for it again
    ssl.run(
        "req -new -newkey rsa:2048 -nodes -keyout own.key -out own.csr -subj /CN=www.example.com",
    );
    assert_eq!(rotate(vault, &id, Some(ssl.read("own.csr"))).unwrap(), 3);
    let third = payload(vault, &id, "current");
    assert!(third.private_key.is_none());
    ssl.write("leaf3.pem", &third.certificate);
    ssl.run(&format!("{VERIFY} leaf3.pem"));
    assert_eq!(key("leaf3.pem"), ssl.run("pkey -in own.key -pubout"));
    rotate(vault, &id, None).unwrap();
    ssl.write("leaf4.pem", &payload(vault, &id, "current").certificate);
    assert_eq!(key("leaf4.pem"), key("leaf3.pem"));

    // revoked: the list tells, and only of this one
    wait(vault.revoke_certificate(&owner(), &id, &VersionRef::CURRENT)).unwrap();
    lay_out(vault, &ssl);
    let (accepted, why) = ssl.try_run(&format!("{VERIFY} leaf4.pem"));
    assert!(!accepted && why.contains("revoked"), "{why}");
    ssl.run(&format!("{VERIFY} leaf3.pem"));
    assert!(detail(vault, &id).revocation_time_rfc3339.is_some());
    rotate(vault, &id, None).unwrap();
    assert!(detail(vault, &id).revocation_time_rfc3339.is_none());
    let versions = wait(vault.versions(&owner(), &id)).unwrap();
    assert!(versions[3].key.as_ref().unwrap().revoked_at.is_some());
    assert!(versions[4].key.as_ref().unwrap().revoked_at.is_none());
}

#[test]
fn a_lock_forbids_revoking() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    template(vault, "web", "root", rules(&["example.com"]));
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    let locks = NewLocks {
        locks: vec![NewLock {
            name: "consumer".into(),
            description: None,
            attributes: None,
        }],
        mode: None,
    };
    wait(vault.create_locks(&owner(), &id, &VersionRef::CURRENT, locks)).unwrap();
    let refused = wait(vault.revoke_certificate(&owner(), &id, &VersionRef::CURRENT)).unwrap_err();
    assert_eq!(refused.code, Code::Locked);
}

#[test]
fn a_rule_refuses_before_anything_is_made_and_is_named() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    intermediate(vault, "middle", Some("root"));
    template(vault, "web", "middle", rules(&["example.com"]));
    let refused = issue(vault, "www", new("web", "www.other.org")).unwrap_err();
    assert!(refused.message.contains("allowed_domains"), "{refused:?}");
    let preview =
        wait(vault.private_cert_outlook(&owner(), "default", &new("web", "www.other.org")));
    assert_eq!(preview.unwrap_err(), refused);
    let long = New {
        ttl: Some(Ttl::from_days(1000)),
        ..new("web", "www.example.com")
    };
    assert!(
        issue(vault, "www", long)
            .unwrap_err()
            .message
            .contains("max_ttl")
    );
    let often = New {
        rotation: RotationPolicy {
            auto_rotate: true,
            interval: Some(300),
            unit: Some(IntervalUnit::Day),
            rotate_keys: None,
        },
        ..new("web", "www.example.com")
    };
    assert_eq!(field(&issue(vault, "www", often).unwrap_err()), "rotation");
    let shown =
        wait(vault.private_cert_outlook(&owner(), "default", &new("web", "www.example.com")))
            .unwrap();
    assert_eq!(shown.certificate_authority, "middle");
    assert_eq!(shown.alt_names, ["www.example.com"]);
}

#[test]
fn what_is_gone_or_ended_is_named_with_what_to_do() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    intermediate(vault, "middle", Some("root"));
    template(vault, "web", "middle", rules(&["example.com"]));
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    let hindrance = || {
        wait(vault.rotation_outlook(&owner(), &id))
            .unwrap()
            .hindrance
    };
    assert_eq!(hindrance(), None);

    let view = wait(vault.configuration(&owner(), ConfigType::Template, "web")).unwrap();
    assert_eq!((view.used_total, view.used_by[0].name.as_str()), (1, "www"));
    wait(vault.delete_configuration(&owner(), ConfigType::Template, "web", None)).unwrap();
    let told = hindrance().unwrap();
    assert!(told.message.contains("\"web\" is not there"), "{told:?}");
    assert_eq!(rotate(vault, &id, None).unwrap_err(), told);

    template(vault, "web", "middle", rules(&["example.com"]));
    assert_eq!(hindrance(), None);
    outcome(
        vault,
        ConfigType::IntermediateCa,
        "middle",
        ConfigurationAction::RevokeCaCertificate,
    );
    assert_eq!(
        ca(vault, ConfigType::IntermediateCa, "middle").status,
        AuthorityStatus::Revoked
    );
    assert!(hindrance().unwrap().message.contains("revoked"));
    outcome(
        vault,
        ConfigType::IntermediateCa,
        "middle",
        ConfigurationAction::RotateIntermediate,
    );
    assert_eq!(hindrance(), None);
    rotate(vault, &id, None).unwrap();
    wait(vault.delete_configuration(&owner(), ConfigType::IntermediateCa, "middle", None)).unwrap();
    assert!(
        hindrance()
            .unwrap()
            .message
            .contains("\"middle\" is not there")
    );
}

#[test]
fn an_authority_signed_by_openssl_works_and_a_foreign_certificate_is_refused() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    let vault = &desk.vault;
    ssl.authorities();
    intermediate(vault, "middle", None);
    let shown = ca(vault, ConfigType::IntermediateCa, "middle");
    assert_eq!(shown.status, AuthorityStatus::SignedCertificateRequired);
    assert_eq!(shown.signing_method, Some(SigningMethod::External));
    let AuthorityData::Request { csr } = shown.data else {
        panic!("it is signed");
    };
    ssl.write("outside.csr", csr);
    ssl.run("req -in outside.csr -noout -verify");
    ssl.run(
        "x509 -req -in outside.csr -CA root.pem -CAkey root.key -CAcreateserial -out outside.pem -days \
         1000 -extfile ca.ext",
    );
    let set = |text: String| {
        wait(vault.configuration_action(
            &owner(),
            ConfigType::IntermediateCa,
            "middle",
            ConfigurationAction::SetSigned { certificate: text },
        ))
    };
    assert_eq!(
        field(&set(ssl.read("middle.pem")).unwrap_err()),
        "certificate"
    );
    set(ssl.read("outside.pem") + &ssl.read("root.pem")).unwrap();
    template(vault, "web", "middle", rules(&["example.com"]));
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    let made = payload(vault, &id, "current");
    assert_eq!(made.ca_chain.len(), 2);
    ssl.write("leaf.pem", &made.certificate);
    ssl.run("verify -CAfile root.pem -untrusted outside.pem leaf.pem");
}

#[test]
fn a_root_takes_no_certificate_from_elsewhere() {
    let desk = desk_of_today();
    root(&desk.vault, "root");
    let refused = wait(desk.vault.configuration_action(
        &owner(),
        ConfigType::RootCa,
        "root",
        ConfigurationAction::SetSigned {
            certificate: "none".into(),
        },
    ));
    assert_eq!(field(&refused.unwrap_err()), "action_type");
}

#[test]
fn a_request_of_an_authority_elsewhere_is_signed_within_the_path() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    let vault = &desk.vault;
    root(vault, "root");
    ssl.run(
        "req -new -newkey rsa:2048 -nodes -keyout sub.key -out sub.csr -subj /CN=Sub-Authority",
    );
    let sign = |options: SigningOptions| {
        wait(vault.configuration_action(
            &owner(),
            ConfigType::RootCa,
            "root",
            ConfigurationAction::SignCsr {
                csr: ssl.read("sub.csr"),
                options: Box::new(options),
            },
        ))
    };
    let ActionOutcome::Signed { certificate, .. } = sign(SigningOptions::default()).unwrap() else {
        panic!("not signed");
    };
    ssl.write("sub.pem", certificate);
    lay_out_root(vault, &ssl);
    ssl.run("verify -x509_strict -CAfile root.pem sub.pem");
    let text = ssl.run("x509 -in sub.pem -noout -text");
    assert!(text.contains("CA:TRUE"), "{text}");
    let long = SigningOptions {
        max_path_length: Some(9),
        ..SigningOptions::default()
    };
    assert!(sign(long).unwrap_err().message.contains("max_path_length"));
    let late = SigningOptions {
        ttl: Some(Ttl::from_days(30_000)),
        ..SigningOptions::default()
    };
    assert_eq!(field(&sign(late).unwrap_err()), "ttl");
}

fn lay_out_root(vault: &Vault, ssl: &OpenSsl) {
    ssl.write(
        "root.pem",
        certificate(&ca(vault, ConfigType::RootCa, "root")),
    );
}

#[test]
fn limits_and_names_hold_and_what_cannot_be_done_is_refused_with_the_reason() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    for number in 0..10 {
        root(vault, &format!("root-{number}"));
    }
    let one_more = authority::new_root("root-10");
    let refused = wait(vault.create_configuration(&owner(), one_more)).unwrap_err();
    assert_eq!(refused.code, Code::LimitReached);
    assert!(
        refused.message.contains("reached the maximum"),
        "{refused:?}"
    );
    let same = authority::new_root("root-0");
    let refused = wait(vault.create_configuration(&owner(), same)).unwrap_err();
    assert_eq!(refused.code, Code::NameTaken);
    assert!(refused.message.contains("already exists"), "{refused:?}");
    let mut weak = authority::new_root("weak");
    let NewConfigurationDetail::RootCa(new) = &mut weak.detail else {
        panic!("not a root");
    };
    new.authority.key_bits = Some(224);
    let refused = wait(vault.create_configuration(&owner(), weak)).unwrap_err();
    assert_eq!(field(&refused), "key_bits");
}

#[test]
fn the_schedule_rotates_certificates_and_renews_lists() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    template(vault, "web", "root", rules(&["example.com"]));
    let every_20_days = RotationPolicy {
        auto_rotate: true,
        interval: Some(20),
        unit: Some(IntervalUnit::Day),
        rotate_keys: None,
    };
    let new = New {
        rotation: every_20_days,
        ..new("web", "www.example.com")
    };
    let id = issue(vault, "www", new).unwrap();
    let list = || ca(vault, ConfigType::RootCa, "root").crl.unwrap();
    let first = list();
    assert_eq!(wait(vault.run_schedule()).unwrap().rotated, 0);
    desk.clock.advance_days(2);
    desk.clock.advance_hours(8);
    let run = wait(vault.run_schedule()).unwrap();
    assert_eq!((run.lists_renewed, run.rotated), (1, 0));
    assert_eq!(list().number, first.number + 1);
    desk.clock.advance_days(18);
    assert_eq!(wait(vault.run_schedule()).unwrap().rotated, 1);
    let versions = wait(vault.versions(&owner(), &id)).unwrap();
    assert!(versions[1].metadata.auto_rotated);

    // an authority that is gone stops it, and that is told
    wait(vault.delete_configuration(&owner(), ConfigType::Template, "web", None)).unwrap();
    desk.clock.advance_days(21);
    let run = wait(vault.run_schedule()).unwrap();
    assert_eq!((run.rotated, run.failed), (0, 1));
    let patch = SecretPatch {
        rotation: Some(RotationPolicy::default()),
        ..SecretPatch::default()
    };
    wait(vault.update_secret(&owner(), &id, patch, None)).unwrap();
}

#[test]
fn many_at_once_get_serial_numbers_of_their_own() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    let template_rules = keyturn_api::configuration::template::Rules {
        key_type: keyturn_api::KeyType::Ec,
        key_bits: Some(256),
        ..rules(&["example.com"])
    };
    template(vault, "web", "root", template_rules);
    let ids: Vec<String> = (0..8)
        .map(|number| issue(vault, &format!("s{number}"), new("web", "a.example.com")).unwrap())
        .collect();
    let threads: Vec<_> = ids
        .iter()
        .map(|id| {
            let (vault, id) = (Arc::clone(vault), id.clone());
            thread::spawn(move || {
                for _ in 0..5 {
                    rotate(&vault, &id, None).unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let mut serials = HashSet::new();
    for id in &ids {
        for version in wait(vault.versions(&owner(), id)).unwrap() {
            assert!(serials.insert(version.metadata.serial_number.unwrap()));
        }
    }
    assert_eq!(serials.len(), 8 * 6);
}

#[test]
fn the_file_of_the_vault_does_not_tell_the_key_of_an_authority() {
    let desk: Desk = desk_of_today();
    root(&desk.vault, "root");
    let bytes = std::fs::read(desk.file()).unwrap();
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(!holds(b"PRIVATE KEY") && !holds(b"BEGIN CERTIFICATE"));
}
