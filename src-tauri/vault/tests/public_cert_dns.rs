//! Public certificates whose records are set unattended, by dynamic updates of a real name server that
//! is the authority's resolver, too.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use desk::owner;
use keyturn_api::{
    ConfigType, DueBy, Instance, NewConfiguration, RotationPolicy, State,
    configuration::{
        NewConfigurationDetail,
        dns::{NewRfc2136, Rfc2136, TsigAlgorithm},
    },
    secret::public_cert::{New, OrderStage},
};
use keyturn_vault::DnsLookup;
use ordering::{Bench, new};
use servers::{
    named::{FIRST, KEY, KEY_NAME, Pair, Zone},
    pebble::Behaviour,
};

const DAY: i64 = 86_400_000;

/// An authority that looks names up at a name server of ours, which takes updates.
struct Zoned {
    bench: Bench,
    names: Pair,
}

impl Zoned {
    fn new() -> Self {
        let names = Pair::with(&[Zone::new("example.test", &[FIRST])], "");
        let bench =
            Bench::with_resolver(&Behaviour::default(), &format!("127.0.0.1:{}", names.port));
        let lookup = DnsLookup {
            resolvers: Vec::new(),
            authoritative_only: true,
            discovery: vec![format!("127.0.0.1:{}", names.port)],
            authoritative_port: names.port,
        };
        bench.vault().set_dns_lookup(&owner(), &lookup).unwrap();
        let zoned = Self { bench, names };
        zoned.provider("dns", KEY);
        zoned
    }

    fn provider(&self, name: &str, secret: &str) {
        let new = NewConfiguration {
            name: name.into(),
            detail: NewConfigurationDetail::Rfc2136(Box::new(NewRfc2136 {
                server: Rfc2136 {
                    server: format!("127.0.0.1:{}", self.names.port),
                    zone: None,
                    tsig_key_name: KEY_NAME.into(),
                    tsig_algorithm: TsigAlgorithm::HmacSha256,
                },
                tsig_secret: secret.to_owned().into(),
            })),
        };
        let owner = owner();
        self.bench
            .run(self.bench.vault().create_configuration(&owner, new))
            .unwrap();
    }

    fn order(&self, dns: &str, names: &[&str]) -> String {
        let order = New {
            dns: dns.into(),
            rotation: RotationPolicy {
                auto_rotate: true,
                rotate_keys: Some(true),
                ..RotationPolicy::default()
            },
            ..new(names)
        };
        self.bench.create("www", order)
    }

    /// The TXT records of a name, as the server has them.
    fn texts(&self, name: &str) -> String {
        let output = std::process::Command::new("dig")
            .args([
                "+short",
                "@127.0.0.1",
                "-p",
                &self.names.port.to_string(),
                "TXT",
                name,
            ])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

#[test]
fn records_are_set_the_certificate_is_issued_and_the_records_are_removed() {
    let zoned = Zoned::new();
    let id = zoned.order("dns", &["example.test", "*.example.test"]);
    zoned.bench.go_on();
    assert_eq!(
        zoned.bench.state(&id),
        State::Active,
        "{:?}",
        zoned.bench.order_of(&id)
    );
    assert_eq!(
        zoned.bench.issuance(&id).challenges,
        None,
        "nobody has to set any"
    );
    assert_eq!(zoned.texts("_acme-challenge.example.test"), "");
    let due = zoned.bench.view(&id).due.unwrap();
    assert_eq!(due.by, DueBy::Rotation);
}

#[test]
fn the_schedule_renews_it_in_time_and_each_time_once() {
    let zoned = Zoned::new();
    let bench = &zoned.bench;
    let id = zoned.order("dns", &["example.test"]);
    bench.go_on();
    let before = bench.payload(&id);
    let due = bench.detail(&id).next_rotation_date.unwrap();
    bench.run(bench.vault().run_schedule()).unwrap();
    bench.go_on();
    assert_eq!(bench.versions_total(&id), 1, "not yet");

    let days = (due.millis() - bench.vault().now().millis()) / DAY + 1;
    bench.desk.clock.advance_days(days);
    let run = bench.run(bench.vault().run_schedule()).unwrap();
    assert_eq!((run.rotated, run.failed), (1, 0));
    bench.run(bench.vault().run_schedule()).unwrap();
    bench.go_on();
    assert_eq!(bench.versions_total(&id), 2);
    assert!(bench.issuance(&id).auto_rotated);
    assert_ne!(
        bench.payload(&id).private_key.bytes(),
        before.private_key.bytes(),
        "re-keyed"
    );
    assert_eq!(zoned.texts("_acme-challenge.example.test"), "");
    bench.run(bench.vault().run_schedule()).unwrap();
    bench.go_on();
    assert_eq!(bench.versions_total(&id), 2, "once");
}

#[test]
fn a_wrong_key_is_told_and_a_corrected_one_goes_on_with_the_same_order() {
    let zoned = Zoned::new();
    zoned.provider("wrong", "d3JvbmcgLSB3cm9uZyAtIHdyb25nIC0gd3Jvbmcu");
    let bench = &zoned.bench;
    let id = zoned.order("wrong", &["example.test"]);
    bench.go_on();
    let order = bench.order_of(&id);
    assert_eq!(order.stage, OrderStage::SettingRecords);
    let trouble = order.trouble.unwrap();
    assert!(
        trouble.contains("record") && !trouble.contains("d3Jv"),
        "{trouble}"
    );
    let before = order.challenges;
    let patch = serde_json::json!({
        "config_type": "public_cert_configuration_dns_rfc2136", "tsig_secret": KEY,
    });
    let owner = owner();
    bench
        .run(bench.vault().update_configuration(
            &owner,
            ConfigType::Rfc2136,
            "wrong",
            serde_json::from_value(patch).unwrap(),
            None,
        ))
        .unwrap();
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    assert_eq!(bench.state(&id), State::Active);
    assert_eq!(
        bench.order_of(&id).challenges[0].txt_record_value,
        before[0].txt_record_value
    );
}

#[test]
fn a_renewal_that_fails_keeps_the_certificate_and_is_tried_the_next_day() {
    let zoned = Zoned::new();
    let bench = &zoned.bench;
    let id = zoned.order("dns", &["example.test"]);
    bench.go_on();
    let before = bench.payload(&id).certificate;
    let owner = owner();
    bench
        .run(
            bench
                .vault()
                .delete_configuration(&owner, ConfigType::Acme, "ca", None),
        )
        .unwrap();
    let due = bench.detail(&id).next_rotation_date.unwrap();
    let days = (due.millis() - bench.vault().now().millis()) / DAY + 1;
    bench.desk.clock.advance_days(days);
    let run = bench.run(bench.vault().run_schedule()).unwrap();
    assert_eq!(
        (run.rotated, run.failed),
        (0, 1),
        "there is no authority to ask"
    );
    assert_eq!(bench.payload(&id).certificate, before);
    let shown = bench.view(&id).due.unwrap();
    assert!(shown.overdue);
}
