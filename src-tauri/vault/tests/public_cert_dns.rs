//! Public certificates whose records are set unattended, by dynamic updates of a real name server that
//! is the authority's resolver, too.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::{
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

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
    acme_stand_in::Reply,
    issuing_stand_in::IssuingStandIn,
    named::{FIRST, KEY, KEY_NAME, Pair, Zone},
    pebble::Behaviour,
};
use tokio::runtime::Runtime;

/// A secret that the server does not know.
const WRONG: &str = "d3JvbmcgLSB3cm9uZyAtIHdyb25nIC0gd3Jvbmcu";

const DAY: i64 = 86_400_000;

/// An authority that looks names up at a name server of ours, which takes updates.
struct Zoned {
    bench: Bench,
    names: Pair,
}

impl Zoned {
    fn new() -> Self {
        let names = Self::names();
        let resolver = format!("127.0.0.1:{}", names.port);
        let bench = Bench::with_resolver(&Behaviour::default(), &resolver);
        Self::at(bench, names)
    }

    fn names() -> Pair {
        let zones = ["example.test", "other.test"].map(|name| Zone::new(name, &[FIRST]));
        Pair::with(&zones, "")
    }

    /// With an authority that looks nothing up.
    fn at(bench: Bench, names: Pair) -> Self {
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
        self.provider_of(name, secret, None);
    }

    fn provider_of(&self, name: &str, secret: &str, zone: Option<&str>) {
        self.provider_at(self.names.port, name, secret, zone);
    }

    fn provider_at(&self, port: u16, name: &str, secret: &str, zone: Option<&str>) {
        let new = NewConfiguration {
            name: name.into(),
            detail: NewConfigurationDetail::Rfc2136(Box::new(NewRfc2136 {
                server: Rfc2136 {
                    server: format!("127.0.0.1:{port}"),
                    zone: zone.map(Into::into),
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

    fn change_key(&self, name: &str, secret: &str) {
        let patch = serde_json::json!({
            "config_type": "public_cert_configuration_dns_rfc2136", "tsig_secret": secret,
        });
        let patch = serde_json::from_value(patch).unwrap();
        let owner = owner();
        let vault = self.bench.vault();
        let changed = vault.update_configuration(&owner, ConfigType::Rfc2136, name, patch, None);
        self.bench.run(changed).unwrap();
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
    zoned.provider("wrong", WRONG);
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
    zoned.change_key("wrong", KEY);
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    assert_eq!(bench.state(&id), State::Active);
    assert_eq!(
        bench.order_of(&id).challenges[0].txt_record_value,
        before[0].txt_record_value
    );
}

#[test]
fn a_name_that_a_cname_delegates_gets_its_record_where_that_leads() {
    for zone in [Some("other.test"), None] {
        let zoned = Zoned::new();
        let challenge = "_acme-challenge.example.test";
        zoned.names.set(challenge, "CNAME", "x.other.test.");
        zoned.provider_of("delegated", KEY, zone);
        let id = zoned.order("delegated", &["example.test", "*.example.test"]);
        zoned.bench.go_on();
        assert_eq!(
            zoned.bench.state(&id),
            State::Active,
            "{zone:?}: {:?}",
            zoned.bench.order_of(&id)
        );
        assert_eq!(zoned.texts("x.other.test"), "", "removed there, too");
    }
}

#[test]
fn without_its_authority_a_renewal_fails_with_the_reason_and_is_tried_each_day() {
    let zoned = Zoned::new();
    let bench = &zoned.bench;
    let id = zoned.order("dns", &["example.test"]);
    bench.go_on();
    let before = bench.payload(&id).certificate;
    let ca = bench.new_ca();
    bench.forget_ca();
    let told = bench.view(&id).due.unwrap().hindrance.unwrap();
    assert!(told.contains("\"ca\""), "beforehand: {told}");

    bench.until_due(&id);
    assert_eq!(bench.schedule(), (0, 1), "there is no authority to ask");
    assert_eq!(bench.schedule(), (0, 0), "once a day");
    assert_eq!(bench.payload(&id).certificate, before);
    let issuance = bench.issuance(&id);
    assert_eq!(
        (bench.state(&id), issuance.state),
        (State::Active, State::Deactivated)
    );
    assert_eq!(
        issuance.error_code.as_deref(),
        Some("configuration_missing")
    );
    let message = issuance.error_message.unwrap();
    assert!(message.contains("\"ca\""), "{message}");

    bench.desk.clock.advance_days(1);
    assert_eq!(bench.schedule(), (0, 1), "the next day");
    bench.configure("ca", ca);
    bench.desk.clock.advance_days(1);
    assert_eq!(bench.schedule(), (1, 0));
    bench.go_on();
    assert_eq!(bench.issuance(&id).state, State::Active);
    assert_eq!(bench.versions_total(&id), 2);
}

#[test]
fn a_renewal_that_fails_keeps_the_certificate_and_is_tried_the_next_day() {
    let zoned = Zoned::new();
    let bench = &zoned.bench;
    let id = zoned.order("dns", &["example.test"]);
    bench.go_on();
    let before = bench.payload(&id).certificate;
    bench.until_due(&id);
    assert_eq!(bench.schedule(), (1, 0));
    bench
        .run(bench.vault().cancel_order(&owner(), &id))
        .unwrap();
    assert_eq!(bench.state(&id), State::Active);
    let failed = bench.issuance(&id);
    assert_eq!(failed.state, State::Deactivated);
    assert_eq!(bench.payload(&id).certificate, before);

    assert_eq!(bench.schedule(), (0, 0), "not on the same day");
    bench.desk.clock.advance_days(1);
    assert_eq!(bench.schedule(), (1, 0), "the next one");
    bench.go_on();
    let second = bench.issuance(&id);
    assert_eq!(second.state, State::Active, "{:?}", bench.order_of(&id));
    let apart = second.ordered_on.millis() - failed.ordered_on.millis();
    assert!((DAY..DAY + 60_000).contains(&apart), "{apart}");
    assert_ne!(bench.payload(&id).certificate, before);
}

#[test]
fn a_rotation_that_is_canceled_long_before_time_leaves_the_date_of_the_renewal() {
    let zoned = Zoned::new();
    let bench = &zoned.bench;
    let id = zoned.order("dns", &["example.test"]);
    bench.go_on();
    let due = bench.view(&id).due.unwrap();
    zoned.change_key("dns", WRONG); // so that it waits
    bench.rotate(&id, true).unwrap();
    bench
        .run(bench.vault().cancel_order(&owner(), &id))
        .unwrap();
    assert_eq!(bench.view(&id).due.unwrap(), due);
}

#[test]
fn asking_when_to_renew_does_not_put_the_next_try_off() {
    let ca = IssuingStandIn::start();
    let bench = Bench::at(&ca.directory_url(), &ca.tls_root_pem());
    let zoned = Zoned::at(bench, Zoned::names());
    let bench = &zoned.bench;
    let id = zoned.order("dns", &["example.test"]);
    bench.go_on();
    let now = bench.vault().now();
    ca.want_renewal(
        &now.plus_days(80).to_string(),
        &now.plus_days(81).to_string(),
    );
    bench.until_due(&id);
    // it is asked twice: the second time without what it replaces
    ca.refuse(
        "/new-order",
        2,
        Reply::problem(403, "rejectedIdentifier", "not today"),
    );
    assert_eq!(bench.schedule(), (1, 0));
    bench.go_on();
    assert_eq!(bench.issuance(&id).state, State::Deactivated);
    for _ in 0..5 {
        bench.desk.clock.advance_hours(5);
        bench.go_on(); // it is asked each hour
    }
    assert_eq!(bench.schedule(), (1, 0), "a day later");
    bench.go_on();
    assert_eq!(bench.issuance(&id).state, State::Active);
}

#[test]
fn a_secret_is_not_deleted_before_the_records_of_its_order_are_removed() {
    let zoned = Zoned::new();
    zoned.provider("wrong", WRONG);
    let bench = &zoned.bench;
    let delete = |id: &str| bench.run(bench.vault().delete_secret(&owner(), id, None));
    let cancel = |id: &str| bench.run(bench.vault().cancel_order(&owner(), id)).unwrap();

    let id = zoned.order("wrong", &["example.test"]);
    let record = bench.order_of(&id).challenges.remove(0);
    let (name, value) = (&record.txt_record_name, &record.txt_record_value);
    zoned.names.first.set_txt(name, value); // as by a try whose answer was lost
    let refused = delete(&id).unwrap_err();
    assert!(refused.message.contains("_acme-challenge.example.test"));
    assert!(refused.remedy.unwrap().contains("Cancel the order"));
    cancel(&id);
    let refused = delete(&id).unwrap_err();
    assert!(refused.remedy.unwrap().contains("Wait"));
    zoned.change_key("wrong", KEY);
    bench.go_on();
    assert_eq!(zoned.texts(name), "");
    delete(&id).unwrap();

    // a server that never takes it, and one that is no longer configured, do not keep it
    zoned.change_key("wrong", WRONG);
    let id = zoned.order("wrong", &["example.test"]);
    cancel(&id);
    bench.go_on();
    delete(&id).unwrap();
    let id = zoned.order("wrong", &["example.test"]);
    let owner = owner();
    let configured = bench.vault();
    bench
        .run(configured.delete_configuration(&owner, ConfigType::Rfc2136, "wrong", None))
        .unwrap();
    delete(&id).unwrap();
}

#[test]
fn records_are_removed_although_the_authority_is_no_longer_configured() {
    let zoned = Zoned::new();
    zoned.provider("wrong", WRONG);
    let bench = &zoned.bench;
    let id = zoned.order("wrong", &["example.test"]);
    let record = bench.order_of(&id).challenges.remove(0);
    let (name, value) = (&record.txt_record_name, &record.txt_record_value);
    zoned.names.first.set_txt(name, value);
    bench.forget_ca();
    zoned.change_key("wrong", KEY);
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    assert_eq!(bench.state(&id), State::Deactivated);
    assert_eq!(zoned.texts(name), "");
}

#[test]
fn records_that_cannot_be_removed_keep_nobody_from_asking_when_to_renew() {
    let ca = IssuingStandIn::start();
    let names = Zoned::names();
    let zoned = Zoned::at(Bench::at(&ca.directory_url(), &ca.tls_root_pem()), names);
    ca.refuse("/cert", 1, Reply::bytes(503, Vec::new()));
    let bench = &zoned.bench;
    let id = zoned.order("dns", &["example.test"]);
    bench.go_on();
    zoned.change_key("dns", WRONG);
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.order_of(&id));
    assert!(bench.order_of(&id).trouble.is_some());
    let asked = |path: &String| path.starts_with("/renewal-info/");
    assert!(ca.paths().iter().any(asked));
}

#[test]
fn slow_updates_do_not_outlast_the_claim_on_their_order() {
    let zoned = Zoned::new();
    let named = SocketAddr::from((FIRST, zoned.names.port));
    let listener = TcpListener::bind((FIRST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    zoned.provider_at(port, "slow", KEY, Some("example.test"));
    let clock = Arc::clone(&zoned.bench.desk.clock);
    let other = zoned.bench.desk.again_on_time();
    let updates = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&updates);
    // each update takes 40 seconds by the vault's clock; at the third another program has a look
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            clock.advance_seconds(40);
            let other = Arc::clone(&other);
            let is_third = seen.fetch_add(1, Ordering::SeqCst) == 2;
            thread::spawn(move || {
                if is_third {
                    let look = other.run_orders(|_| {});
                    let look = async { tokio::time::timeout(Duration::from_secs(5), look).await };
                    let _ = Runtime::new().unwrap().block_on(look);
                }
                pass_on(&client, &TcpStream::connect(named).unwrap());
            });
        }
    });
    let three = ["a.example.test", "b.example.test", "c.example.test"];
    let id = zoned.order("slow", &three);
    zoned.bench.go_on();
    assert_eq!(zoned.bench.state(&id), State::Active);
    // three records set and removed, and nothing twice
    assert_eq!(updates.load(Ordering::SeqCst), 6);
}

fn pass_on(client: &TcpStream, server: &TcpStream) {
    thread::scope(|scope| {
        for (mut from, mut to) in [(client, server), (server, client)] {
            scope.spawn(move || {
                let _ = std::io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Write);
            });
        }
    });
}
