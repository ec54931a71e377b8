//! What an authority does that pebble does not: it is down at one step, has limits, and asks for an
//! early renewal.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use keyturn_api::{Instance, State, Timestamp, secret::public_cert::OrderStage};
use ordering::Bench;
use servers::{acme_stand_in::Reply, issuing_stand_in::IssuingStandIn};

const HOUR: i64 = 3_600_000;

fn bench() -> (IssuingStandIn, Bench) {
    let ca = IssuingStandIn::start();
    let bench = Bench::at(&ca.directory_url(), &ca.tls_root_pem());
    (ca, bench)
}

/// Lets time pass until nothing is tried again.
fn go_on_for_hours(bench: &Bench, hours: usize) {
    for _ in 0..hours {
        bench.go_on();
        bench.desk.clock.advance_hours(1);
    }
    bench.go_on();
}

#[test]
fn the_authority_is_down_at_each_step_and_the_same_order_goes_on() {
    for step in [
        "/dir",
        "/new-nonce",
        "/new-account",
        "/new-order",
        "/order",
        "/authz",
        "/chall",
        "/finalize",
        "/cert",
    ] {
        for page in [
            Reply::bytes(503, Vec::new()),
            // a portal or a proxy answers in its place
            Reply::bytes(403, b"<html>Log in".to_vec()),
        ] {
            let (ca, bench) = bench();
            ca.refuse(step, 2, page);
            let id = bench.order("www", &["example.test"]);
            go_on_for_hours(&bench, 3);
            bench.validate(&id);
            go_on_for_hours(&bench, 3);
            assert_eq!(
                bench.state(&id),
                State::Active,
                "{step}: {:?}",
                bench.order_of(&id)
            );
            assert_eq!(ca.orders(), 1, "{step}: one order for one request");
            assert_eq!(bench.versions_total(&id), 1, "{step}");
        }
    }
}

#[test]
fn retry_after_is_respected_as_seconds_and_as_a_date_and_nonsense_is_not() {
    let date = http_date("+2 hours");
    for (value, hours) in [("7200", 2), (date.as_str(), 2), ("soon", 0), ("-5", 0)] {
        let (ca, bench) = bench();
        let limited = Reply::problem(429, "rateLimited", "too many orders");
        let limited = limited.with("Date", http_date("now"));
        ca.refuse("/new-order", 1, limited.with("Retry-After", value));
        let id = bench.order("www", &["example.test"]);
        let order = bench.order_of(&id);
        assert!(order.trouble.unwrap().contains("too many orders"));
        let wait = order.next_try.unwrap().millis() - bench.vault().now().millis();
        assert!(
            wait > (hours * HOUR) - 60_000 && wait < (hours + 1) * HOUR,
            "{value}: {wait}"
        );
        assert_eq!(ca.orders(), 0);
        go_on_for_hours(&bench, 4);
        assert_eq!(ca.orders(), 1, "{value}");
    }
}

#[test]
fn an_order_that_is_processed_until_a_date_is_looked_at_then() {
    let (ca, bench) = bench();
    let id = bench.order("www", &["example.test"]);
    let url = ca.directory_url();
    let base = url.trim_end_matches("/dir");
    let processing = serde_json::json!({
        "status": "processing",
        "identifiers": [{"type": "dns", "value": "example.test"}],
        "authorizations": [format!("{base}/authz/0")],
        "finalize": format!("{base}/finalize/1"),
    });
    let reply = Reply::json(200, &processing).with("Replay-Nonce", "bm9uY2U");
    let reply = reply.with("Date", http_date("now"));
    ca.refuse(
        "/order",
        1,
        reply.with("Retry-After", http_date("+2 hours")),
    );
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::PreActivation);
    let looks = || ca.paths().iter().filter(|path| *path == "/order/1").count();
    let before = looks();
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    assert_eq!(looks(), before, "not yet");
    bench.desk.clock.advance_hours(2);
    bench.go_on();
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.order_of(&id));
}

/// As HTTP writes it (RFC 9110 section 5.6.7).
fn http_date(when: &str) -> String {
    let date = std::process::Command::new("date")
        .args(["-u", "-d", when, "+%a, %d %b %Y %H:%M:%S GMT"])
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    String::from_utf8(date.stdout).unwrap().trim().to_owned()
}

#[test]
fn another_contact_is_told_once_and_keeps_the_account() {
    let (ca, bench) = bench();
    issued(&bench, "www");
    let account = bench.account().account_url;
    let patch = serde_json::json!({"contact": ["new@example.test"]});
    assert_eq!(bench.patch_ca(patch).unwrap().account.account_url, account);
    let refused = Reply::bytes(503, Vec::new());
    ca.refuse("/account/1", 1, refused);
    let id = bench.order("second", &["example.test"]);
    assert!(bench.order_of(&id).trouble.unwrap().contains("contact"));
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    bench.order("third", &["example.test"]);
    let told = serde_json::json!({"contact": ["mailto:new@example.test"]});
    assert_eq!(ca.sent_to("/account/1"), [told.clone(), told], "and again");
    let made = ca.sent_to("/new-account").into_iter();
    let made = made.filter(|asked| asked["onlyReturnExisting"] != true);
    assert_eq!(made.count(), 1);
}

#[test]
fn a_contact_that_the_authority_does_not_want_keeps_nobody_from_ordering() {
    let (ca, bench) = bench();
    issued(&bench, "www");
    let patch = serde_json::json!({"contact": ["new@example.test"]});
    bench.patch_ca(patch).unwrap();
    let refused = Reply::problem(400, "invalidContact", "not that one");
    ca.refuse("/account/1", 1, refused);
    issued(&bench, "second");
}

#[test]
fn the_earlier_of_the_window_and_the_rule_wins_and_the_window_says_which() {
    let (ca, bench) = bench();
    let id = issued(&bench, "early");
    let by_rule = bench.view(&id).due.unwrap();
    assert!(by_rule.reason.contains("third"), "{}", by_rule.reason);
    let now = bench.vault().now();
    ca.want_renewal(&now.plus_days(5).to_string(), &now.plus_days(6).to_string());
    bench.desk.clock.advance_hours(7);
    bench.go_on();
    let by_authority = bench.view(&id).due.unwrap();
    assert!(
        by_authority.reason.contains("authority"),
        "{}",
        by_authority.reason
    );
    assert!((now.plus_days(5)..=now.plus_days(6)).contains(&by_authority.at));

    // a window later than the rule changes nothing
    ca.want_renewal(
        &now.plus_days(80).to_string(),
        &now.plus_days(81).to_string(),
    );
    bench.desk.clock.advance_hours(7);
    bench.go_on();
    assert_eq!(bench.view(&id).due.unwrap().at, by_rule.at);
}

#[test]
fn a_window_that_is_over_already_renews_no_sooner_than_after_a_day() {
    let (ca, bench) = bench();
    let now = bench.vault().now();
    ca.want_renewal(
        &now.plus_days(-9).to_string(),
        &now.plus_days(-8).to_string(),
    );
    let id = issued(&bench, "www");
    let due = bench.view(&id).due.unwrap();
    assert!(due.at >= now.plus_days(1), "{due:?}");
}

#[test]
fn a_renewal_says_which_certificate_it_replaces() {
    let (ca, bench) = bench();
    let id = issued(&bench, "www");
    let asked = ca
        .paths()
        .into_iter()
        .filter(|path| path.starts_with("/renewal-info/"));
    assert_eq!(asked.count(), 1, "asked once after it was issued");
    bench.rotate(&id, false).unwrap();
    bench.validate(&id);
    assert_eq!(bench.versions_total(&id), 2);
    assert!(bench.detail(&id).expiration_date.unwrap() > Timestamp::from_millis(0));
}

fn issued(bench: &Bench, name: &str) -> String {
    let id = bench.order(name, &["example.test"]);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.order_of(&id));
    id
}

#[test]
fn trouble_that_is_over_is_no_longer_told() {
    let (ca, bench) = bench();
    ca.refuse("/authz", 1, Reply::bytes(503, Vec::new()));
    let id = bench.order("www", &["example.test"]);
    assert!(bench.order_of(&id).trouble.is_some());
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    let order = bench.order_of(&id);
    assert_eq!(order.stage, OrderStage::AwaitingRecords);
    assert_eq!(order.trouble, None);
}

#[test]
fn after_a_rotation_that_failed_the_authority_is_asked_on() {
    let (ca, bench) = bench();
    let id = issued(&bench, "www");
    bench.rotate(&id, false).unwrap();
    let owner = desk::owner();
    bench.run(bench.vault().cancel_order(&owner, &id)).unwrap();
    let now = bench.vault().now();
    ca.want_renewal(&now.plus_days(5).to_string(), &now.plus_days(6).to_string());
    bench.desk.clock.advance_hours(7);
    bench.go_on();
    let due = bench.view(&id).due.unwrap();
    assert!(due.reason.contains("authority"), "{}", due.reason);
}
