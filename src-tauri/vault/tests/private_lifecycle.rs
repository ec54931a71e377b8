//! Private certificates in the long run: what ends, is revoked, signed again or deleted, judged by the
//! real openssl where others rely on it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod openssl;

use authority::{
    ca, certificate, desk_of_today, detail, field, intermediate, issue, new, outcome, payload,
    root, rotate, rules, template,
};
use desk::owner;
use keyturn_api::{
    Code, ConfigType, Instance, IntervalUnit, KeyType, NewConfiguration, RotationPolicy,
    SecretPatch, Ttl, VersionRef,
    configuration::{
        ConfigurationDetail, ConfigurationPatch, NewConfigurationDetail,
        action::{ConfigurationAction, SigningOptions},
        authority::{AuthorityData, AuthorityStatus},
        subject::SubjectFields,
        template::{NewTemplate, Rules},
    },
    secret::private_cert::New,
    version::RotationInput,
};
use keyturn_pki::Crl;
use keyturn_vault::{Vault, wait};
use openssl::OpenSsl;

fn every(interval: u32, unit: IntervalUnit) -> RotationPolicy {
    RotationPolicy {
        auto_rotate: true,
        interval: Some(interval),
        unit: Some(unit),
        rotate_keys: None,
    }
}

fn living(days: u64) -> Rules {
    Rules {
        ttl: Some(Ttl::from_days(days)),
        max_ttl: Some(Ttl::from_days(days)),
        ..rules(&["example.com"])
    }
}

fn revoke(vault: &Vault, id: &str, version: &str) -> keyturn_api::Result<()> {
    let version = VersionRef::parse("id", version).unwrap();
    wait(vault.revoke_certificate(&owner(), id, &version)).map(drop)
}

fn restore(vault: &Vault, id: &str, version: &str) -> keyturn_api::Result<u32> {
    let from = VersionRef::parse("id", version).unwrap();
    let input = desk::rotation_by(RotationInput::Restore { from });
    wait(vault.create_version(&owner(), id, input, None)).map(|made| made.view.number)
}

fn version_id(vault: &Vault, id: &str, number: usize) -> String {
    wait(vault.versions(&owner(), id)).unwrap()[number - 1]
        .metadata
        .id
        .clone()
}

fn lists(vault: &Vault, name: &str) -> String {
    let lists = wait(vault.revocation_lists(name)).unwrap();
    lists
        .iter()
        .map(|der| Crl::from_der(der).unwrap().to_pem())
        .collect()
}

/// Root, intermediate `middle`, template `web`.
fn family(vault: &Vault) {
    root(vault, "root");
    intermediate(vault, "middle", Some("root"));
    template(vault, "web", "middle", rules(&["example.com"]));
}

#[test]
fn an_interval_as_long_as_the_life_rotates_before_the_end_and_a_longer_one_is_refused() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    template(vault, "month", "root", living(30));
    let of = |rotation| New {
        rotation,
        ..new("month", "www.example.com")
    };
    let id = issue(vault, "www", of(every(30, IntervalUnit::Day))).unwrap();
    desk.clock.advance_days(28);
    assert_eq!(wait(vault.run_schedule()).unwrap().rotated, 0);
    desk.clock.advance_days(1);
    desk.clock.advance_hours(1);
    // what is due is known to a program that has just opened the vault, too
    let opened = desk.again_on_time();
    assert_eq!(wait(opened.run_schedule()).unwrap().rotated, 1);
    assert_eq!(wait(vault.run_schedule()).unwrap().rotated, 0);
    assert_eq!(wait(vault.versions(&owner(), &id)).unwrap().len(), 2);
    // the same by an edit
    let plain = issue(vault, "plain", new("month", "www.example.com")).unwrap();
    let patch = |rotation| {
        let patch = SecretPatch {
            rotation: Some(rotation),
            ..SecretPatch::default()
        };
        wait(vault.update_secret(&owner(), &plain, patch, None))
    };
    patch(every(30, IntervalUnit::Day)).unwrap();
    assert_eq!(
        field(&patch(every(31, IntervalUnit::Day)).unwrap_err()),
        "rotation"
    );

    let refused = issue(vault, "long", of(every(2, IntervalUnit::Month))).unwrap_err();
    assert_eq!(field(&refused), "rotation");
    let backdated = Rules {
        not_before_duration: Some(Ttl::from_days(30)),
        ..living(1)
    };
    template(vault, "day", "root", backdated);
    let day = New {
        certificate_template: "day".into(),
        ..of(every(30, IntervalUnit::Day))
    };
    assert_eq!(field(&issue(vault, "day", day).unwrap_err()), "rotation");
}

#[test]
fn a_life_that_became_shorter_than_the_interval_keeps_nobody_from_rotating() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    template(vault, "web", "root", living(60));
    let by_itself = New {
        rotation: every(45, IntervalUnit::Day),
        ..new("web", "www.example.com")
    };
    let id = issue(vault, "www", by_itself).unwrap();
    let shorter = ConfigurationPatch::Template(Box::new(living(20)));
    wait(vault.update_configuration(&owner(), ConfigType::Template, "web", shorter, None)).unwrap();
    assert_eq!(rotate(vault, &id, None).unwrap(), 2);
    desk.clock.advance_days(19);
    desk.clock.advance_hours(1);
    assert_eq!(wait(vault.run_schedule()).unwrap().rotated, 1);
}

#[test]
fn a_revoked_certificate_is_not_restored_and_its_copies_are_revoked_with_it() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    family(vault);
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    rotate(vault, &id, None).unwrap();
    assert_eq!(restore(vault, &id, "previous").unwrap(), 3);
    revoke(vault, &id, "current").unwrap();
    let versions = wait(vault.versions(&owner(), &id)).unwrap();
    let revoked: Vec<bool> = versions
        .iter()
        .map(|one| one.key.as_ref().unwrap().revoked_at.is_some())
        .collect();
    assert_eq!(revoked, [true, false, true]);
    assert!(
        versions[0]
            .revoke_hindrance
            .as_ref()
            .unwrap()
            .contains("revoked")
    );
    assert_eq!(versions[1].revoke_hindrance, None);
    assert!(detail(vault, &id).revocation_time_rfc3339.is_some());
    rotate(vault, &id, None).unwrap();
    let refused = restore(vault, &id, "previous").unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    let shown = wait(vault.versions(&owner(), &id)).unwrap();
    assert_eq!(
        shown[2].restore_hindrance.as_deref(),
        Some(&*refused.message)
    );
}

#[test]
fn a_version_whose_value_is_gone_can_be_revoked() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    let vault = &desk.vault;
    family(vault);
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    ssl.write("stolen.pem", payload(vault, &id, "current").certificate);
    for _ in 0..12 {
        rotate(vault, &id, None).unwrap();
    }
    let shown = wait(vault.versions(&owner(), &id)).unwrap();
    assert!(!shown[0].metadata.payload_available);
    revoke(vault, &id, &version_id(vault, &id, 1)).unwrap();
    ssl.write(
        "root.pem",
        certificate(&ca(vault, ConfigType::RootCa, "root")),
    );
    ssl.write(
        "middle.pem",
        certificate(&ca(vault, ConfigType::IntermediateCa, "middle")),
    );
    ssl.write("lists.pem", lists(vault, "middle"));
    let (accepted, why) = ssl.try_run(
        "verify -crl_check -CRLfile lists.pem -CAfile root.pem -untrusted middle.pem stolen.pem",
    );
    assert!(!accepted && why.contains("revoked"), "{why}");
}

#[test]
fn another_authority_of_the_same_name_does_not_revoke_for_the_one_that_signed() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    family(vault);
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    wait(vault.delete_configuration(&owner(), ConfigType::IntermediateCa, "middle", None)).unwrap();
    intermediate(vault, "middle", Some("root"));
    let refused = revoke(vault, &id, "current").unwrap_err();
    assert!(
        refused.message.contains("not there any more"),
        "{refused:?}"
    );
    let told = &wait(vault.versions(&owner(), &id)).unwrap()[0];
    assert_eq!(told.revoke_hindrance.as_deref(), Some(&*refused.message));
    let list = ca(vault, ConfigType::IntermediateCa, "middle").crl.unwrap();
    assert_eq!(list.revoked, 0);
}

#[test]
fn what_an_earlier_key_signed_is_revoked_on_the_list_of_that_key() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    let vault = &desk.vault;
    family(vault);
    let old = issue(vault, "old", new("web", "old.example.com")).unwrap();
    let kept = issue(vault, "kept", new("web", "kept.example.com")).unwrap();
    ssl.write(
        "root.pem",
        certificate(&ca(vault, ConfigType::RootCa, "root")),
    );
    ssl.write(
        "first.pem",
        certificate(&ca(vault, ConfigType::IntermediateCa, "middle")),
    );
    ssl.write("old.pem", payload(vault, &old, "current").certificate);
    ssl.write("kept.pem", payload(vault, &kept, "current").certificate);
    let rotation = ConfigurationAction::RotateIntermediate;
    outcome(vault, ConfigType::IntermediateCa, "middle", rotation);
    ssl.write(
        "second.pem",
        certificate(&ca(vault, ConfigType::IntermediateCa, "middle")),
    );
    rotate(vault, &old, None).unwrap();
    ssl.write("new.pem", payload(vault, &old, "current").certificate);
    revoke(vault, &old, "previous").unwrap();
    let judge = |authority: &str, leaf: &str| {
        ssl.write("lists.pem", lists(vault, "root") + &lists(vault, "middle"));
        ssl.try_run(&format!(
            "verify -x509_strict -crl_check_all -CRLfile lists.pem -CAfile root.pem -untrusted \
             {authority} {leaf}"
        ))
    };
    let (accepted, why) = judge("first.pem", "old.pem");
    assert!(!accepted && why.contains("revoked"), "{why}");
    for (authority, leaf) in [("first.pem", "kept.pem"), ("second.pem", "new.pem")] {
        let (accepted, why) = judge(authority, leaf);
        assert!(accepted, "{why}");
    }
    // both lists are renewed in time; that of the present key comes first
    let numbers = || -> Vec<_> {
        let lists = wait(vault.revocation_lists("middle")).unwrap();
        lists
            .iter()
            .map(|der| Crl::from_der(der).unwrap().number().unwrap())
            .collect()
    };
    assert_eq!(numbers(), [1, 2]);
    desk.clock.advance_hours(60);
    assert_eq!(wait(vault.run_schedule()).unwrap().lists_renewed, 3);
    assert_eq!(numbers(), [2, 3]);
    // once its certificate has ended, nobody needs its list
    desk.clock.advance_days(1600);
    assert_eq!(numbers(), [2]);
}

#[test]
fn a_list_from_a_time_that_has_not_come_is_made_anew() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    let list = || ca(vault, ConfigType::RootCa, "root").crl.unwrap();
    desk.clock.advance_days(3000);
    assert_eq!(wait(vault.run_schedule()).unwrap().lists_renewed, 1);
    let ahead = list();
    desk.clock.advance_days(-3000);
    assert_eq!(wait(vault.run_schedule()).unwrap().lists_renewed, 1);
    assert!(list().this_update < ahead.this_update);
    assert_eq!(list().number, ahead.number + 1);
    assert_eq!(wait(vault.run_schedule()).unwrap().lists_renewed, 0);
}

#[test]
fn an_authority_is_signed_again_with_options_that_its_rotation_keeps() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    let vault = &desk.vault;
    family(vault);
    let id = issue(vault, "www", new("web", "www.example.com")).unwrap();
    let sign = |below: &str, parent: (ConfigType, &str)| {
        let action = ConfigurationAction::SignIntermediate {
            intermediate_certificate_authority: below.into(),
            options: Box::new(SigningOptions {
                permitted_dns_domains: vec!["example.com".into()],
                max_path_length: Some(0),
                ..SigningOptions::default()
            }),
        };
        wait(vault.configuration_action(&owner(), parent.0, parent.1, action))
    };
    let told = || {
        ssl.write(
            "middle.pem",
            certificate(&ca(vault, ConfigType::IntermediateCa, "middle")),
        );
        ssl.run("x509 -in middle.pem -noout -text")
    };
    assert!(!told().contains("Name Constraints"));
    sign("middle", (ConfigType::RootCa, "root")).unwrap();
    let text = told();
    assert!(
        text.contains("Name Constraints") && text.contains("pathlen:0"),
        "{text}"
    );
    // the key is the same, so what it signed stays valid
    ssl.write(
        "root.pem",
        certificate(&ca(vault, ConfigType::RootCa, "root")),
    );
    ssl.write("leaf.pem", payload(vault, &id, "current").certificate);
    ssl.run("verify -x509_strict -CAfile root.pem -untrusted middle.pem leaf.pem");
    let rotation = ConfigurationAction::RotateIntermediate;
    outcome(vault, ConfigType::IntermediateCa, "middle", rotation);
    assert!(told().contains("Name Constraints"));
    // nobody signs what stands above
    let circle = sign("middle", (ConfigType::IntermediateCa, "middle")).unwrap_err();
    assert_eq!(field(&circle), "intermediate_certificate_authority");
}

#[test]
fn what_stands_below_a_deleted_authority_keeps_its_chain() {
    let (desk, ssl) = (desk_of_today(), OpenSsl::new());
    let vault = &desk.vault;
    family(vault);
    ssl.write(
        "root.pem",
        certificate(&ca(vault, ConfigType::RootCa, "root")),
    );
    intermediate(vault, "low", Some("middle"));
    template(vault, "deep", "low", rules(&["example.com"]));
    for (config_type, name) in [
        (ConfigType::IntermediateCa, "middle"),
        (ConfigType::RootCa, "root"),
    ] {
        wait(vault.delete_configuration(&owner(), config_type, name, None)).unwrap();
    }
    let id = issue(vault, "www", new("deep", "www.example.com")).unwrap();
    let made = payload(vault, &id, "current");
    assert_eq!(made.ca_chain.len(), 3);
    ssl.write("leaf.pem", &made.certificate);
    ssl.write("chain.pem", made.ca_chain.concat());
    ssl.run("verify -x509_strict -CAfile root.pem -untrusted chain.pem leaf.pem");
    let low = ca(vault, ConfigType::IntermediateCa, "low");
    for hindrance in [low.revoke_hindrance, low.rotate_hindrance] {
        assert!(hindrance.unwrap().contains("was deleted"));
    }
    let AuthorityData::Certificate { ca_chain, .. } = low.data else {
        panic!("it is not signed");
    };
    assert_eq!(ca_chain.len(), 2);
}

#[test]
fn below_a_revoked_authority_nothing_is_issued() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    family(vault);
    intermediate(vault, "low", Some("middle"));
    template(vault, "deep", "low", rules(&["example.com"]));
    let revocation = ConfigurationAction::RevokeCaCertificate;
    outcome(vault, ConfigType::IntermediateCa, "middle", revocation);
    let refused = issue(vault, "www", new("deep", "www.example.com")).unwrap_err();
    assert!(
        refused
            .message
            .contains("\"middle\" above \"low\" was revoked"),
        "{refused:?}"
    );
    let middle = ca(vault, ConfigType::IntermediateCa, "middle");
    assert_eq!(middle.status, AuthorityStatus::Revoked);
    assert!(middle.revoke_hindrance.unwrap().contains("before"));
    // deleting what was revoked makes nobody trust it
    wait(vault.delete_configuration(&owner(), ConfigType::IntermediateCa, "middle", None)).unwrap();
    assert_eq!(
        issue(vault, "www", new("deep", "www.example.com")).unwrap_err(),
        refused
    );
}

#[test]
fn certificates_that_would_outlive_their_authority_are_told() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    family(vault);
    issue(vault, "soon", new("web", "www.example.com")).unwrap();
    let view =
        || wait(vault.configuration(&owner(), ConfigType::IntermediateCa, "middle")).unwrap();
    assert_eq!(view().outliving_total, 0);
    desk.clock.advance_days(1370);
    issue(vault, "late", new("web", "late.example.com")).unwrap();
    let view = view();
    assert_eq!(
        (view.outliving_total, view.outliving[0].name.as_str()),
        (1, "late")
    );
}

#[test]
fn names_that_an_authority_above_does_not_permit_are_refused_before_anything_is_made() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    let mut narrow = authority::new_root("root");
    let NewConfigurationDetail::RootCa(made) = &mut narrow.detail else {
        panic!("not a root");
    };
    made.permitted_dns_domains = vec!["example.com".into()];
    wait(vault.create_configuration(&owner(), narrow)).unwrap();
    intermediate(vault, "middle", Some("root"));
    let any = Rules {
        allow_any_name: true,
        ..rules(&[])
    };
    template(vault, "any", "middle", any);
    issue(vault, "www", new("any", "www.example.com")).unwrap();
    let other = new("any", "shop.other.org");
    let refused = issue(vault, "shop", other.clone()).unwrap_err();
    assert_eq!(field(&refused), "alt_names");
    let told = wait(vault.private_cert_outlook(&owner(), "default", &other)).unwrap_err();
    assert_eq!(told, refused);
}

#[test]
fn a_template_that_could_never_issue_is_refused_with_its_field() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    template(vault, "web", "root", rules(&["example.com"]));
    let wrong = [
        (
            "key_usage",
            Rules {
                key_usage: vec!["Bogus".into()],
                ..rules(&["example.com"])
            },
        ),
        (
            "ext_key_usage_oids",
            Rules {
                ext_key_usage_oids: vec!["abc".into()],
                ..rules(&["example.com"])
            },
        ),
        (
            "country",
            Rules {
                subject: SubjectFields {
                    country: vec!["Germany".into()],
                    ..SubjectFields::default()
                },
                ..rules(&["example.com"])
            },
        ),
    ];
    for (name, rules) in wrong {
        let detail = NewConfigurationDetail::Template(Box::new(NewTemplate {
            certificate_authority: "root".into(),
            rules: rules.clone(),
        }));
        let new = NewConfiguration {
            name: "wrong".into(),
            detail,
        };
        let refused = wait(vault.create_configuration(&owner(), new)).unwrap_err();
        assert_eq!(field(&refused), name, "{refused:?}");
        let patch = ConfigurationPatch::Template(Box::new(rules));
        let edited =
            wait(vault.update_configuration(&owner(), ConfigType::Template, "web", patch, None));
        assert_eq!(edited.unwrap_err(), refused);
    }
    issue(vault, "www", new("web", "www.example.com")).unwrap();
}

#[test]
fn a_field_of_an_authority_that_cannot_stand_in_its_certificate_is_named() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    let make = |common_name: &str, ip_sans: &str, issuer: Option<&str>| {
        let mut new = match issuer {
            Some(_) => authority::new_intermediate("new", issuer),
            None => authority::new_root("new"),
        };
        let made = match &mut new.detail {
            NewConfigurationDetail::RootCa(root) => &mut root.authority,
            NewConfigurationDetail::IntermediateCa(below) => &mut below.authority,
            _ => panic!("no authority"),
        };
        made.common_name = common_name.into();
        made.alt_names.ip_sans = Some(ip_sans.into());
        field(&wait(vault.create_configuration(&owner(), new)).unwrap_err()).to_owned()
    };
    for issuer in [None, Some("root")] {
        assert_eq!(make("Name", "10.0.0.0/8", issuer), "ip_sans");
        assert_eq!(make(&"x".repeat(100), "", issuer), "common_name");
    }
}

#[test]
fn a_template_that_names_only_the_kind_of_key_gets_its_usual_size() {
    let desk = desk_of_today();
    let vault = &desk.vault;
    root(vault, "root");
    for (key_type, bits, name) in [
        (KeyType::Rsa, Some(2048), "RSA2048"),
        (KeyType::Ec, Some(256), "ECDSA256"),
    ] {
        let of_kind = Rules {
            key_type,
            ..rules(&["example.com"])
        };
        template(vault, name, "root", of_kind);
        let view = wait(vault.configuration(&owner(), ConfigType::Template, name)).unwrap();
        let ConfigurationDetail::Template(shown) = view.configuration.detail else {
            panic!("no template");
        };
        assert_eq!(shown.rules.key_bits, bits);
        let id = issue(vault, name, new(name, "www.example.com")).unwrap();
        assert_eq!(detail(vault, &id).certificate.key_algorithm, name);
    }
}
