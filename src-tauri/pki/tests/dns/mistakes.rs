//! The usual mistakes, each made at real servers.

use keyturn_pki::dns::{Answer, Mistake};

use crate::named::{FIRST, Pair, SECOND, Zone};
use crate::{
    OTHER, VALUE, all, answer_of, checked, checked_with, only_mistake, reason, settings, wanted,
};

const NAME: &str = "_acme-challenge.example.test";

#[test]
fn a_zone_that_was_doubled_is_recognised() {
    let pair = Pair::start();
    pair.set_txt("_acme-challenge.example.test.example.test", VALUE);
    let found_at = "_acme-challenge.example.test.example.test".to_owned();
    assert_eq!(
        only_mistake(&checked(&pair)),
        &Mistake::ZoneDoubled { found_at }
    );
}

#[test]
fn quotes_and_white_space_in_the_value_are_recognised() {
    for value in [
        format!("\"{VALUE}\""),
        format!(" {VALUE}"),
        format!("{VALUE} "),
    ] {
        let pair = Pair::start();
        pair.set_txt(NAME, &value);
        let checked = checked(&pair);
        assert_eq!(only_mistake(&checked), &Mistake::Quoted);
        let values = vec![value];
        assert_eq!(
            answer_of(&checked, FIRST),
            &Answer::Wrong { values, ttl: 60 }
        );
    }
}

#[test]
fn one_value_of_two_is_recognised() {
    let pair = Pair::start();
    pair.set_txt(NAME, OTHER);
    let both = [
        wanted("example.test", VALUE),
        wanted("*.example.test", OTHER),
    ];
    let checked = all(&settings(pair.first.address), &both, &[]);
    assert_eq!(only_mistake(&checked[0]), &Mistake::OtherValueOnly);
    assert!(checked[1].agreed && checked[1].mistakes.is_empty());
}

#[test]
fn a_record_at_the_wrong_depth_is_found() {
    let pair = Pair::start();
    let settings = settings(pair.first.address);
    let domain = "www.sub.example.test";
    for place in [
        "_acme-challenge.example.test",
        "_acme-challenge.sub.example.test",
        "www.sub.example.test",
        "_acme-challenge.www.www.sub.example.test",
        "_acme-challenge._acme-challenge.www.sub.example.test",
        "_acme-challenge.*.www.sub.example.test",
    ] {
        pair.set_txt(place, VALUE);
        let checked = checked_with(&settings, domain, &[]);
        let found_at = place.to_owned();
        assert_eq!(only_mistake(&checked), &Mistake::WrongDepth { found_at });
        pair.remove_txt(place, VALUE);
    }
    pair.set_txt(&format!("_acme-challenge.{domain}"), VALUE);
    assert!(checked_with(&settings, domain, &[]).agreed);
}

#[test]
fn a_cname_is_followed_into_another_zone() {
    let pair = Pair::start();
    pair.set(NAME, "CNAME", "example-test.acme.other.test.");
    pair.set_txt("example-test.acme.other.test", VALUE);
    let mut settings = settings(pair.first.address);
    settings.resolvers = vec![pair.second.address];
    let checked = checked_with(&settings, "example.test", &[]);
    assert!(checked.agreed, "{checked:?}");
    assert_eq!(checked.zone.as_deref(), Some("example.test"));
    assert_eq!(
        checked.followed.as_deref(),
        Some("example-test.acme.other.test")
    );
    let names: Vec<_> = checked
        .servers
        .iter()
        .map(|server| server.name.as_str())
        .collect();
    assert_eq!(names, ["ns1.other.test", "ns2.other.test", "127.0.0.2"]);
}

#[test]
fn a_cname_to_where_the_record_is_missing_is_recognised() {
    let pair = Pair::start();
    pair.set(NAME, "CNAME", "x.other.test.");
    let checked = checked(&pair);
    let target = "x.other.test".to_owned();
    assert_eq!(checked.followed.as_ref(), Some(&target));
    assert_eq!(only_mistake(&checked), &Mistake::CnameElsewhere { target });
    assert!(matches!(answer_of(&checked, FIRST), Answer::Missing { .. }));
}

#[test]
fn a_cname_to_nowhere_is_recognised() {
    let pair = Pair::start();
    pair.set(NAME, "CNAME", "x.gone.nowhere.");
    let checked = checked(&pair);
    let target = "x.gone.nowhere".to_owned();
    assert_eq!(only_mistake(&checked), &Mistake::CnameElsewhere { target });
    let trouble = "There is no zone for ‘x.gone.nowhere’.";
    assert_eq!(checked.trouble.as_deref(), Some(trouble));
}

#[test]
fn cnames_in_a_circle_are_refused() {
    let pair = Pair::start();
    pair.set(NAME, "CNAME", "a.other.test.");
    pair.set("a.other.test", "CNAME", "b.other.test.");
    pair.set("b.other.test", "CNAME", &format!("{NAME}."));
    let checked = checked(&pair);
    let circle = "CNAME records lead in a circle, or too far.";
    assert_eq!(reason(answer_of(&checked, FIRST)), circle);
    assert_eq!(reason(answer_of(&checked, SECOND)), circle);
    assert!(matches!(
        only_mistake(&checked),
        Mistake::CnameElsewhere { .. }
    ));
}

#[test]
fn cnames_without_an_end_are_given_up() {
    let pair = Pair::start();
    pair.set(NAME, "CNAME", "n0.other.test.");
    for number in 0..9 {
        let next = format!("n{}.other.test.", number + 1);
        pair.set(&format!("n{number}.other.test"), "CNAME", &next);
    }
    let checked = checked(&pair);
    assert!(
        reason(answer_of(&checked, FIRST)).contains("too far"),
        "{checked:?}"
    );
}

#[test]
fn a_server_whose_cname_leads_elsewhere_is_told() {
    let pair = Pair::start();
    pair.first.set(NAME, "CNAME", "a.other.test.");
    pair.second.set(NAME, "CNAME", "b.other.test.");
    pair.set_txt("a.other.test", VALUE);
    let checked = checked(&pair);
    assert!(!checked.agreed);
    assert!(
        reason(answer_of(&checked, SECOND)).contains("‘b.other.test’"),
        "{checked:?}"
    );
}

#[test]
fn caa_records_forbid_or_allow_the_authority() {
    let pair = Pair::start();
    let settings = settings(pair.first.address);
    pair.set_txt("_acme-challenge.www.example.test", VALUE);
    let forbidden = |domain: &str, identities: &[&str]| {
        let identities: Vec<_> = identities.iter().map(ToString::to_string).collect();
        let checked = checked_with(&settings, domain, &identities);
        assert!(checked.agreed, "{checked:?}");
        checked.mistakes
    };
    let caa = |issuers: &[&str]| {
        let issuers = issuers.iter().map(ToString::to_string).collect();
        vec![Mistake::CaaForbids { issuers }]
    };
    let ours = ["ca.example"];
    assert_eq!(forbidden("www.example.test", &ours), []);
    pair.set("example.test", "CAA", "0 issue \"ca.example\"");
    assert_eq!(forbidden("www.example.test", &ours), []);
    assert_eq!(forbidden("*.www.example.test", &ours), []);
    assert_eq!(
        forbidden("www.example.test", &["a.example", "b.example"]),
        caa(&ours)
    );
    assert_eq!(forbidden("www.example.test", &[]), [], "not to be judged");
    pair.set("example.test", "CAA", "0 issuewild \"rival.example; x=y\"");
    assert_eq!(forbidden("www.example.test", &ours), []);
    assert_eq!(
        forbidden("*.www.example.test", &ours),
        caa(&["rival.example"])
    );
    // What is closer to the name counts alone.
    pair.set("www.example.test", "CAA", "0 issue \";\"");
    assert_eq!(forbidden("www.example.test", &ours), caa(&[]));
    assert_eq!(forbidden("*.www.example.test", &ours), caa(&[]));
}

#[test]
fn caa_records_at_the_end_of_a_cname_count() {
    let pair = Pair::start();
    pair.set("www.example.test", "CNAME", "www.other.test.");
    pair.set("www.other.test", "CAA", "0 issue \"rival.example\"");
    let identities = ["ca.example".to_owned()];
    let checked = checked_with(
        &settings(pair.first.address),
        "www.example.test",
        &identities,
    );
    let issuers = vec!["rival.example".to_owned()];
    assert_eq!(only_mistake(&checked), &Mistake::CaaForbids { issuers });
}

#[test]
fn a_domain_that_is_not_registered_has_no_zone() {
    let pair = Pair::with(&[Zone::new("test", &[FIRST])], "");
    let settings = settings(pair.first.address);
    for domain in ["mispelt.test", "www.mispelt.test", "example.nowhere"] {
        let checked = checked_with(&settings, domain, &[]);
        assert_eq!(only_mistake(&checked), &Mistake::NoZone, "{checked:?}");
    }
    // A company's own zone of one label is one.
    pair.first.set("intranet.test", "A", "192.0.2.1");
    let checked = checked_with(&settings, "intranet.test", &[]);
    assert!(
        checked.mistakes.is_empty() && !checked.agreed,
        "{checked:?}"
    );
}
