//! Whatever is drawn: what is signed is within the rules.

use std::cell::RefCell;
use std::collections::HashSet;

use keyturn_pki::issue::Serial;
use keyturn_pki::issue::template::{TemplateRules, check as check_template, plan};
use keyturn_pki::{Certificate, Signed};
use proptest::test_runner::{Config, TestRunner};

use crate::draw::{Drawn, drawn};
use crate::oracle::{allows, fills, names};
use crate::{DAY, ISSUER, LEAF_KEYS, NOW};

/// Signs what the rules allow.
pub(crate) fn issued(drawn: &Drawn) -> Option<Certificate> {
    let Drawn {
        rules,
        limits,
        request,
        csr,
    } = drawn;
    let mut profile = plan(rules, limits, request, csr.as_ref(), NOW).ok()?;
    profile.crl_distribution_points = vec!["http://ca.example.com/issuing.crl".into()];
    profile.issuing_certificate_urls = vec!["http://ca.example.com/issuing.crt".into()];
    let own = LEAF_KEYS
        .iter()
        .find(|key| key.algorithm() == rules.key)
        .unwrap();
    let public = csr
        .as_ref()
        .map_or_else(|| own.public_key(), |csr| csr.public_key());
    assert!(
        csr.as_ref()
            .is_none_or(|csr| csr.key_algorithm() == rules.key)
    );
    let serial = Serial::random().unwrap();
    // What the rules allow can be signed: there is no second set of rules.
    let certificate = ISSUER.sign_leaf(&profile, public, &serial).unwrap();
    assert_eq!(Serial::of(&certificate), Some(serial));
    Some(certificate)
}

fn check(drawn: &Drawn, certificate: &Certificate) {
    let Drawn {
        rules,
        limits,
        request,
        csr,
        ..
    } = drawn;
    let stands = TemplateRules {
        // Signing takes what is below zero for zero.
        not_before_duration: rules.not_before_duration.max(0),
        ..rules.clone()
    };
    assert_eq!(check_template(&stands), Ok(()));
    assert!(!certificate.is_ca());
    assert_eq!(
        certificate.signed_by(&ISSUER.certificate().clone()),
        Signed::Yes
    );
    let (start, end) = certificate.validity();
    assert!(end <= limits.not_after && end <= ISSUER.certificate().validity().1);
    assert!(start >= ISSUER.certificate().validity().0 && start <= NOW && end > NOW);
    for limit in [rules.max_ttl, limits.max_ttl, Some(1096 * DAY)]
        .into_iter()
        .flatten()
    {
        assert!(end - NOW <= limit);
    }
    assert!(request.ttl.is_none_or(|ttl| end == NOW + ttl));
    if let Some(csr) = csr {
        assert!(!csr.asks_for_ca() && csr.verify().is_ok() && csr.fits(certificate));
    }

    let found = names(certificate);
    for name in found.common.iter().chain(&found.hosts).chain(&found.mails) {
        assert!(allows(rules, name), "{name} by {rules:?}");
    }
    for name in &found.hosts {
        assert!(!name.contains(['@', ' ', '\0']) && !name.trim_start_matches("*.").contains('*'));
    }
    assert!(found.common.is_some() || !rules.require_cn);
    assert!(found.ips == 0 || rules.allow_ip_sans);
    assert!(found.others == 0 || !rules.allowed_other_sans.is_empty());
    for uri in &found.uris {
        assert!(
            rules
                .allowed_uri_sans
                .iter()
                .any(|pattern| fills(pattern, uri))
        );
    }
}

/// Draws cases; how many were signed, and how many of these for a request.
fn hold(cases: u32) -> (u32, u32) {
    let serials = RefCell::new(HashSet::new());
    let (mut signed, with_csr) = (RefCell::new(0), RefCell::new(0));
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&drawn(), |drawn| {
            if let Some(certificate) = issued(&drawn) {
                check(&drawn, &certificate);
                let serial = Serial::of(&certificate).unwrap();
                assert!(serials.borrow_mut().insert(serial), "a serial number twice");
                *signed.borrow_mut() += 1;
                *with_csr.borrow_mut() += u32::from(drawn.csr.is_some());
            }
            Ok(())
        })
        .unwrap();
    let (signed, with_csr) = (*signed.get_mut(), with_csr.into_inner());
    assert!(
        signed > cases / 25 && with_csr > cases / 200,
        "{signed} {with_csr}"
    );
    (signed, with_csr)
}

#[test]
fn what_is_signed_is_within_the_rules() {
    hold(600);
}

#[test]
#[ignore = "long: 10,000 templates and requests"]
fn what_is_signed_is_within_the_rules_of_very_many() {
    let (signed, with_csr) = hold(10_000);
    println!("{signed} of 10000 signed, {with_csr} of them for a request");
}
