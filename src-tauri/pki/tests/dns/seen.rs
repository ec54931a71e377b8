//! What real servers have, and that it is told as it is.

use std::collections::HashSet;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use keyturn_pki::dns::{Answer, DnsSettings, Issuer, ZonePlace, check, zone_file, zone_of};

use crate::named::{FIRST, NEGATIVE_TTL, Pair, SECOND, Zone};
use crate::{OTHER, VALUE, all, answer_of, checked, checked_with, run, settings, wanted};

const NAME: &str = "_acme-challenge.example.test";

#[test]
fn a_record_that_all_servers_have_is_seen() {
    let pair = Pair::start();
    pair.set_txt(NAME, VALUE);
    let checked = checked(&pair);
    assert!(checked.agreed, "{checked:?}");
    assert_eq!(checked.zone.as_deref(), Some("example.test"));
    assert_eq!(checked.relative_name, "_acme-challenge");
    assert_eq!((checked.followed, checked.trouble), (None, None));
    assert!(checked.mistakes.is_empty());
    let servers: Vec<_> = checked
        .servers
        .iter()
        .map(|server| {
            let seen = server.answer == Answer::Seen { ttl: 60 };
            (
                server.name.as_str(),
                server.address.clone(),
                server.authoritative && seen,
            )
        })
        .collect();
    let address = |host: Ipv4Addr| format!("{host}:{}", pair.port);
    assert_eq!(
        servers,
        [
            ("ns1.example.test", address(FIRST), true),
            ("ns2.example.test", address(SECOND), true),
        ]
    );
}

#[test]
fn a_record_that_nobody_has_is_missing() {
    let pair = Pair::start();
    let checked = checked(&pair);
    assert!(
        !checked.agreed && checked.mistakes.is_empty(),
        "{checked:?}"
    );
    let ttl = Some(NEGATIVE_TTL);
    assert_eq!(answer_of(&checked, FIRST), &Answer::Missing { ttl });
    assert_eq!(answer_of(&checked, SECOND), &Answer::Missing { ttl });
}

#[test]
fn another_value_is_wrong_and_shown() {
    let pair = Pair::start();
    pair.set_txt(NAME, "of last time");
    let checked = checked(&pair);
    assert!(
        !checked.agreed && checked.mistakes.is_empty(),
        "{checked:?}"
    );
    let values = vec!["of last time".to_owned()];
    assert_eq!(
        answer_of(&checked, FIRST),
        &Answer::Wrong { values, ttl: 60 }
    );
}

#[test]
fn a_value_in_several_strings_is_one_value() {
    let pair = Pair::start();
    let (start, end) = VALUE.split_at(20);
    pair.set(NAME, "TXT", &format!("\"{start}\" \"{end}\""));
    assert!(checked(&pair).agreed);
}

#[test]
fn apex_and_wildcard_have_two_values_at_one_name() {
    let pair = Pair::start();
    pair.set_txt(NAME, VALUE);
    pair.set_txt(NAME, OTHER);
    let both = [
        wanted("example.test", VALUE),
        wanted("*.example.test", OTHER),
    ];
    let checked = all(&settings(pair.first.address), &both, &[]);
    assert!(checked[0].agreed && checked[1].agreed, "{checked:?}");
}

#[test]
fn servers_that_disagree_are_told_apart() {
    let pair = Pair::start();
    pair.first.set_txt(NAME, VALUE);
    let checked = checked(&pair);
    assert!(
        !checked.agreed && checked.mistakes.is_empty(),
        "{checked:?}"
    );
    assert_eq!(answer_of(&checked, FIRST), &Answer::Seen { ttl: 60 });
    assert!(matches!(
        answer_of(&checked, SECOND),
        Answer::Missing { .. }
    ));
}

#[test]
fn chosen_resolvers_must_see_it_too_unless_the_authorities_alone_are_asked() {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST])], "");
    pair.first.set_txt(NAME, VALUE);
    let mut settings = settings(pair.first.address);
    settings.resolvers = vec![pair.second.address];
    let checked = checked_with(&settings, "example.test", &[]);
    assert!(!checked.agreed, "{checked:?}");
    let [authority, resolver] = &checked.servers[..] else {
        panic!("{checked:?}");
    };
    assert!(authority.authoritative && authority.answer.is_seen());
    assert!(!resolver.authoritative && resolver.name == SECOND.to_string());
    assert_eq!(
        resolver.answer,
        Answer::Missing {
            ttl: Some(NEGATIVE_TTL)
        }
    );
    settings.authoritative_only = true;
    let checked = checked_with(&settings, "example.test", &[]);
    assert!(checked.agreed && checked.servers.len() == 1, "{checked:?}");
    pair.second.set_txt(NAME, VALUE);
    settings.authoritative_only = false;
    assert!(checked_with(&settings, "example.test", &[]).agreed);
}

#[test]
fn resolvers_are_spared_while_no_authority_has_the_record() {
    let pair = Pair::start();
    let mut settings = settings(pair.first.address);
    settings.resolvers = vec![pair.second.address];
    let resolver = |settings: &DnsSettings| {
        let mut checked = checked_with(settings, "example.test", &[]);
        assert!(!checked.agreed);
        checked.servers.pop().unwrap().answer
    };
    assert_eq!(resolver(&settings), Answer::NotAsked);
    settings.spare_resolvers = false;
    assert!(matches!(resolver(&settings), Answer::Missing { .. }));
    pair.set_txt(NAME, OTHER);
    assert!(matches!(resolver(&settings), Answer::Wrong { .. }));
    settings.spare_resolvers = true;
    assert_eq!(resolver(&settings), Answer::NotAsked);
    pair.set_txt(NAME, VALUE);
    assert!(checked_with(&settings, "example.test", &[]).agreed);
}

#[test]
fn the_page_gets_what_was_found_by_its_kind() {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST])], "");
    pair.first
        .set_txt("_acme-challenge.example.test.example.test", VALUE);
    let checked = serde_json::to_value(checked(&pair)).unwrap();
    let expected = serde_json::json!({
        "record": {
            "domain": "example.test",
            "name": "_acme-challenge.example.test",
            "value": VALUE,
        },
        "zone": "example.test",
        "relative_name": "_acme-challenge",
        "followed": null,
        "servers": [{
            "name": "ns1.example.test",
            "address": format!("127.0.0.1:{}", pair.port),
            "authoritative": true,
            "answer": { "kind": "missing", "ttl": NEGATIVE_TTL },
        }],
        "agreed": false,
        "mistakes": [{
            "kind": "zone_doubled",
            "found_at": "_acme-challenge.example.test.example.test",
        }],
        "trouble": null,
    });
    assert_eq!(checked, expected);
}

#[test]
fn the_zone_of_a_name_is_the_closest_one() {
    let zones = ["example.test", "deep.sub.example.test"].map(|name| Zone::new(name, &[FIRST]));
    let pair = Pair::with(&zones, "");
    let settings = settings(pair.first.address);
    for (name, zone, relative_name) in [
        (
            "_acme-challenge.example.test",
            "example.test",
            "_acme-challenge",
        ),
        (
            "_ACME-challenge.WWW.example.test.",
            "example.test",
            "_acme-challenge.www",
        ),
        (
            "_acme-challenge.sub.example.test",
            "example.test",
            "_acme-challenge.sub",
        ),
        (
            "_acme-challenge.a.deep.sub.example.test",
            "deep.sub.example.test",
            "_acme-challenge.a",
        ),
        ("example.test", "example.test", "@"),
    ] {
        let expected = ZonePlace {
            zone: zone.to_owned(),
            relative_name: relative_name.to_owned(),
        };
        assert_eq!(run(zone_of(name, &settings)), Some(expected), "{name}");
    }
    for name in [
        "_acme-challenge.example.nowhere",
        "",
        ".",
        "a b",
        &"x.".repeat(200),
    ] {
        assert_eq!(run(zone_of(name, &settings)), None, "{name}");
    }
}

#[test]
fn a_name_that_is_none_is_told() {
    let pair = Pair::start();
    let checked = checked_with(&settings(pair.first.address), "exa mple..test", &[]);
    assert_eq!(
        checked.trouble.as_deref(),
        Some("It is no name that a record can have.")
    );
}

#[test]
fn a_hundred_records_are_checked_within_a_second_and_told_one_by_one() {
    let pair = Pair::start();
    let domains: Vec<_> = (0..100)
        .map(|number| format!("host-{number}.example.test"))
        .collect();
    let every_other = domains.iter().step_by(2);
    let script: Vec<_> = every_other
        .map(|domain| format!("update add _acme-challenge.{domain} 60 TXT \"{VALUE}\"\n"))
        .collect();
    let script = script.concat();
    pair.first.update(&script);
    pair.second.update(&script);
    let wanted: Vec<_> = domains.iter().map(|domain| wanted(domain, VALUE)).collect();
    let mut told = HashSet::new();
    let settings = settings(pair.first.address);
    let began = Instant::now();
    let checked = run(check(
        &wanted,
        &settings,
        &Issuer::default(),
        |index, checked| {
            assert_eq!(checked.agreed, index % 2 == 0, "{checked:?}");
            assert!(told.insert(index));
        },
    ));
    let took = began.elapsed();
    assert_eq!((checked.len(), told.len()), (100, 100));
    assert!(
        checked
            .iter()
            .enumerate()
            .all(|(index, checked)| checked.agreed == (index % 2 == 0)
                && checked.record == wanted[index])
    );
    println!("100 records at two servers, half of them missing: {took:?}");
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[test]
fn the_zone_file_is_one_that_a_server_takes() {
    let pair = Pair::start();
    let odd = "q\" b\\ c; @ $ (x)";
    let records = [wanted("example.test", VALUE), wanted("*.example.test", odd)];
    let file = zone_file(&records);
    let script: Vec<_> = (file.lines())
        .map(|line| format!("update add {line}\n"))
        .collect();
    let script = script.concat();
    pair.first.update(&script);
    pair.second.update(&script);
    let checked = all(&settings(pair.first.address), &records, &[]);
    assert!(checked.iter().all(|checked| checked.agreed), "{checked:?}");
}

#[test]
fn a_check_may_run_on_any_thread() {
    fn sent<T: Send>(_: &T) {}
    let settings = settings((FIRST, 9).into());
    sent(&check(&[], &settings, &Issuer::default(), |_, _| ()));
    sent(&zone_of(NAME, &settings));
}
