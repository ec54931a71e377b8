//! Chains are found, ordered and described, whatever the order and whoever signed twice.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use keyturn_pki::chain::{Break, ChainState, describe, order};
use keyturn_pki::issue::{Authority, CaProfile, Serial};
use keyturn_pki::read::{Form, Found, read};
use keyturn_pki::{Certificate, Curve, KeyAlgorithm, Material, PrivateKey, Subject, limits};

mod made;
use made::Made;

/// root → mid → low → leaf, a stranger, and one with the name but not the key of the intermediate.
fn made() -> Made {
    let made = Made::nothing();
    made.authority("p256", "root", "Root", None);
    made.authority("p256", "mid", "Intermediate", Some("root"));
    made.authority("p384", "low", "Lower", Some("mid"));
    made.leaf("p256", "leaf", "leaf.example", "low");
    made.authority("p256", "stranger", "Stranger", None);
    made.authority("p256", "other", "Other", Some("stranger"));
    made.authority("p256", "false", "Lower", Some("mid"));
    made
}

fn get(made: &Made, names: &[&str]) -> Vec<Certificate> {
    let read = |name: &&str| read(&made.bytes(&format!("{name}.pem")), None).unwrap();
    names
        .iter()
        .map(|name| read(name).certificates.remove(0))
        .collect()
}

fn one(made: &Made, name: &str) -> Certificate {
    get(made, &[name]).remove(0)
}

#[test]
fn a_chain_is_found_in_any_order() {
    let made = made();
    let leaf = one(&made, "leaf");
    for pool in [
        ["root", "mid", "low", "stranger"],
        ["stranger", "low", "root", "mid"],
        ["mid", "stranger", "low", "root"],
    ] {
        let chain = order(&leaf, get(&made, &pool));
        assert_eq!(chain.intermediates, get(&made, &["low", "mid"]));
        assert_eq!(chain.root, Some(one(&made, "root")));
        assert_eq!(chain.unrelated, get(&made, &["stranger"]));
        assert_eq!(chain.breaks, None);
    }
    let chain = order(&leaf, get(&made, &["leaf", "root", "low", "low"]));
    assert_eq!(chain.intermediates, get(&made, &["low"]));
    assert_eq!(
        chain.breaks,
        Some(Break::Missing("Intermediate".to_owned()))
    );
    assert_eq!(chain.unrelated, get(&made, &["root"]));
    let chain = order(&leaf, get(&made, &["false", "mid"]));
    assert_eq!(chain.breaks, Some(Break::NotSigned("Lower".to_owned())));
    let chain = order(&leaf, get(&made, &["false", "low"]));
    assert_eq!(chain.intermediates, get(&made, &["low"]));
    let chain = order(&one(&made, "root"), get(&made, &["mid"]));
    assert!(chain.intermediates.is_empty() && chain.breaks.is_none());
}

#[test]
fn given_intermediates_are_described() {
    let made = made();
    let leaf = one(&made, "leaf");
    let state = |names: &[&str]| describe(&leaf, &get(&made, names));
    assert_eq!(state(&[]), ChainState::Ordered);
    assert_eq!(state(&["low"]), ChainState::Ordered);
    assert_eq!(state(&["low", "mid", "root"]), ChainState::Ordered);
    assert_eq!(state(&["mid", "low"]), ChainState::OutOfOrder);
    assert_eq!(state(&["root", "low", "mid"]), ChainState::OutOfOrder);
    let missing = |name: &str| ChainState::Gap {
        missing: name.to_owned(),
    };
    assert_eq!(state(&["low", "root"]), missing("Intermediate"));
    assert_eq!(state(&["root"]), missing("Lower"));
    let stranger = |name: &str, wanted: &str| ChainState::DoesNotSign {
        subject: name.to_owned(),
        wanted: Some(wanted.to_owned()).filter(|name| !name.is_empty()),
    };
    assert_eq!(state(&["other"]), stranger("Other", "Lower"));
    assert_eq!(state(&["mid"]), stranger("Intermediate", "Lower"));
    assert_eq!(state(&["low", "mid", "other"]), stranger("Other", "Root"));
    assert_eq!(
        state(&["low", "mid", "root", "other"]),
        stranger("Other", "")
    );
    let wrong = ChainState::WrongSignature {
        subject: "Lower".to_owned(),
    };
    assert_eq!(state(&["false"]), wrong);
    assert_eq!(state(&["false", "mid"]), wrong);
}

#[test]
fn who_signed_each_other_does_not_lead_in_circles() {
    let made = made();
    // The key of "Lower" is certified by Intermediate, Other and itself; that of Intermediate by
    // Lower as well.
    made.again("low", "low-other", "Lower", "other");
    made.again("mid", "mid-low", "Intermediate", "low");
    let leaf = one(&made, "leaf");
    let circle = order(&leaf, get(&made, &["mid-low", "low"]));
    assert!(circle.root.is_none() && circle.intermediates.len() <= 2);
    let pool = get(&made, &["mid-low", "low-other", "low", "mid", "root"]);
    let chain = order(&leaf, pool);
    assert!(chain.root.is_some(), "{chain:?}");
    assert_eq!(chain.intermediates.len() + chain.unrelated.len(), 4);
}

#[test]
fn a_hundred_of_one_name_cost_little() {
    let made = made();
    let leaf = one(&made, "leaf");
    let mut pool = Vec::new();
    for place in 0..98 {
        let name = if place % 2 == 0 { "low" } else { "false" };
        pool.push(one(&made, name));
    }
    let started = std::time::Instant::now();
    let chain = order(&leaf, pool);
    assert_eq!(chain.intermediates, get(&made, &["low"]));
    assert!(started.elapsed().as_secs() < 2, "{:?}", started.elapsed());
}

fn material(made: &Made, names: &[&str]) -> Result<Material, keyturn_pki::Refusal> {
    read(made.joined(names).as_bytes(), None)
        .unwrap()
        .into_material()
}

#[test]
fn the_certificate_is_told_from_the_others() {
    let made = made();
    let leaf = Some(one(&made, "leaf"));
    let found = material(
        &made,
        &["root.pem", "low.pem", "leaf.pem", "mid.pem", "leaf.key"],
    )
    .unwrap();
    assert_eq!(found.certificate, leaf);
    assert_eq!(found.intermediates, get(&made, &["low", "mid"]));
    assert_eq!(found.roots, get(&made, &["root"]));
    // The only one that is no authority; the only one that issued none of the others; the key's.
    assert_eq!(
        material(&made, &["mid.pem", "leaf.pem"])
            .unwrap()
            .certificate,
        leaf
    );
    let found = material(&made, &["root.pem", "low.pem", "mid.pem"]).unwrap();
    assert_eq!(found.certificate, Some(one(&made, "low")));
    let found = material(&made, &["leaf.pem", "low.pem", "mid.pem", "mid.key"]).unwrap();
    assert_eq!(found.certificate, Some(one(&made, "mid")));
    assert!(found.private_key.is_some());
    // Twice the same is once.
    assert_eq!(
        material(&made, &["leaf.pem", "leaf.pem"])
            .unwrap()
            .certificate,
        leaf
    );
    // A link is missing, and what stands above it is kept.
    let found = material(&made, &["leaf.pem", "mid.pem", "root.pem"]).unwrap();
    assert_eq!(found.intermediates, get(&made, &["mid"]));
}

#[test]
fn keys_are_told_apart_and_a_foreign_one_is_left_for_the_checks() {
    let made = made();
    let found = material(&made, &["other.key", "leaf.key", "leaf.pem"]).unwrap();
    assert!(found.private_key.unwrap().matches(&one(&made, "leaf")));
    let found = material(&made, &["other.key", "leaf.pem"]).unwrap();
    assert!(!found.private_key.unwrap().matches(&one(&made, "leaf")));
    let refusal = material(&made, &["other.key", "mid.key", "leaf.pem"]).unwrap_err();
    assert!(refusal.message.contains("2 private keys"), "{refusal}");
    let refusal = material(&made, &["other.key", "mid.key"]).unwrap_err();
    assert!(refusal.message.contains("2 private keys"), "{refusal}");
    let found = material(&made, &["other.key", "other.key"]).unwrap();
    assert!(found.private_key.is_some() && found.private_key_pem().is_some());
}

#[test]
fn two_that_could_be_meant_are_refused_with_their_number() {
    let made = made();
    made.leaf("p256", "second", "second.example", "low");
    for names in [
        &["leaf.pem", "second.pem", "low.pem"][..],
        &["leaf.pem", "second.pem", "leaf.key", "second.key"],
    ] {
        let refusal = material(&made, names).unwrap_err();
        assert!(
            refusal.message.contains("holds 2 certificates"),
            "{refusal}"
        );
        assert!(refusal.remedy.is_some());
    }
    let found = material(&made, &["leaf.pem", "second.pem", "low.pem", "second.key"]).unwrap();
    assert_eq!(found.certificate, Some(one(&made, "second")));
    assert_eq!(found.intermediates, get(&made, &["low"]));
}

#[test]
fn a_hundred_certificates_of_one_name_cost_no_more_than_one_chain() {
    let certificates = (0..limits::CERTIFICATES).map(|_| {
        let key = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P384)).unwrap();
        let profile = CaProfile {
            subject: Subject::named("Same"),
            not_after: 2_000_000_000,
            ..CaProfile::default()
        };
        let serial = Serial::random().unwrap();
        Authority::self_signed(&profile, &key, &serial, 0).unwrap()
    });
    let found = Found {
        form: Form::Pem,
        certificates: certificates.collect(),
        keys: Vec::new(),
        requests: Vec::new(),
    };
    let started = worked();
    let refusal = found.into_material().unwrap_err();
    let took = worked().saturating_sub(started);
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(refusal.message.contains("100 certificates"), "{refusal}");
    assert!(refusal.remedy.is_some());
}

/// How long this thread had the processor, whatever else the computer does.
fn worked() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}
