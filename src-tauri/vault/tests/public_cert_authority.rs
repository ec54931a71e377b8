//! What an authority may do that pebble does not: take its time, hold several orders for one, forget,
//! and issue something else.

mod authority;
mod desk;
mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use keyturn_api::{State, secret::public_cert::OrderStage};
use ordering::Bench;
use servers::{
    acme_stand_in::Reply,
    issuing_stand_in::{IssuingStandIn, Whim},
};

fn bench(whim: Whim) -> (IssuingStandIn, Bench) {
    let ca = IssuingStandIn::start();
    ca.take_a_whim(whim);
    let bench = Bench::at(&ca.directory_url(), &ca.tls_root_pem());
    (ca, bench)
}

#[test]
fn a_challenge_is_answered_once_while_the_authority_looks() {
    let (ca, bench) = bench(Whim::Slow(4));
    let id = bench.order("www", &["example.test", "two.example.test"]);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active);
    assert_eq!(ca.answers(), [1, 1]);
}

#[test]
fn an_answer_that_was_lost_is_given_again() {
    let (ca, bench) = bench(Whim::Nothing);
    let id = bench.order("www", &["example.test"]);
    ca.refuse(
        "/chall",
        1,
        Reply::bytes(200, b"{\"type\":\"dns-01\"}".to_vec()).cut(),
    );
    bench.validate(&id);
    bench.desk.clock.advance_hours(1);
    bench.go_on();
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.order_of(&id));
    assert_eq!(ca.answers(), [1]);
}

#[test]
fn what_was_finalized_and_still_reads_ready_is_looked_at_again() {
    let (ca, bench) = bench(Whim::LateNews);
    let id = bench.order("www", &["example.test"]);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.issuance(&id));
    assert_eq!(ca.orders(), 1);
}

#[test]
fn an_order_that_the_authority_has_forgotten_is_over() {
    for reply in [
        Reply::problem(404, "malformed", "no such order"),
        Reply::problem(410, "malformed", "it expired"),
    ] {
        let (ca, bench) = bench(Whim::Nothing);
        let id = bench.order("www", &["example.test"]);
        ca.refuse("/order", 1, reply);
        bench.validate(&id);
        assert_eq!(bench.state(&id), State::Deactivated);
        let issuance = bench.issuance(&id);
        assert_eq!(issuance.error_code.as_deref(), Some("order_gone"));
    }
}

#[test]
fn an_order_that_is_gone_before_its_challenges_were_read_is_over() {
    let (ca, bench) = bench(Whim::Nothing);
    ca.refuse("/authz", 1, Reply::problem(404, "malformed", "no such one"));
    let id = bench.order("www", &["example.test"]);
    bench.go_on();
    assert_eq!(
        bench.state(&id),
        State::Deactivated,
        "{:?}",
        bench.order_of(&id)
    );
}

#[test]
fn the_order_expired_while_the_person_was_away() {
    let (ca, bench) = bench(Whim::Nothing);
    ca.expire(&bench.vault().now().plus_days(7).to_string());
    let id = bench.order("www", &["example.test"]);
    bench.go_on();
    assert_eq!(bench.order_of(&id).stage, OrderStage::AwaitingRecords);
    bench.desk.clock.advance_days(8);
    ca.refuse(
        "/order",
        1,
        Reply::problem(404, "malformed", "no such order"),
    );
    bench.go_on();
    assert_eq!(bench.state(&id), State::Deactivated);
    let issuance = bench.issuance(&id);
    assert_eq!(issuance.error_code.as_deref(), Some("order_expired"));
}

#[test]
fn nothing_is_proven_that_was_not_ordered() {
    let (ca, bench) = bench(Whim::OtherName);
    let id = bench.order("www", &["example.test"]);
    let issuance = bench.issuance(&id);
    assert_eq!(issuance.error_code.as_deref(), Some("foreign_order"));
    assert!(
        issuance
            .error_message
            .unwrap()
            .contains("other-example.test")
    );
    assert_eq!(ca.answers(), [0]);
}

#[test]
fn a_certificate_without_the_names_is_not_taken() {
    let (_ca, bench) = bench(Whim::NoNames);
    let id = bench.order("www", &["example.test"]);
    bench.validate(&id);
    assert_eq!(bench.state(&id), State::Deactivated);
    let issuance = bench.issuance(&id);
    assert_eq!(issuance.error_code.as_deref(), Some("wrong_names"));
}

#[test]
fn an_order_that_became_anothers_certificate_is_placed_anew() {
    let (ca, bench) = bench(Whim::TakenOrder);
    let id = bench.order("www", &["example.test"]);
    bench.go_on();
    if bench.order_of(&id).stage == OrderStage::AwaitingRecords {
        bench.validate(&id);
    }
    bench.go_on();
    assert_eq!(bench.state(&id), State::Active, "{:?}", bench.issuance(&id));
    assert_eq!(ca.orders(), 2);
}
