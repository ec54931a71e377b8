//! A certificate authority as a whole: what it signs is within its rules, and other programs agree.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod constraints;
mod draw;
mod lint;
mod openssl;
mod oracle;
mod rules;

use std::sync::LazyLock;

use keyturn_pki::issue::{Authority, CaProfile, LeafProfile, Serial};
use keyturn_pki::{Certificate, Curve, KeyAlgorithm, KeyUse, PrivateKey, Subject};

/// 15 January 2027: the clock of these tests.
const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

/// A root and an authority below it, both with keys on P-256.
static ROOT: LazyLock<Authority> = LazyLock::new(|| root(&KeyAlgorithm::Ec(Curve::P256), None));
static ISSUER: LazyLock<Authority> =
    LazyLock::new(|| below(&ROOT, &KeyAlgorithm::Ec(Curve::P256), "Example Issuing CA"));

/// One key of each kind that leaves have here.
static LEAF_KEYS: LazyLock<Vec<PrivateKey>> = LazyLock::new(|| {
    KINDS
        .iter()
        .map(|kind| PrivateKey::generate(kind).unwrap())
        .collect()
});

const KINDS: [KeyAlgorithm; 5] = [
    KeyAlgorithm::Rsa(2048),
    KeyAlgorithm::Ec(Curve::P256),
    KeyAlgorithm::Ec(Curve::P384),
    KeyAlgorithm::Ec(Curve::P521),
    KeyAlgorithm::Ed25519,
];

fn ca_profile(name: &str) -> CaProfile {
    CaProfile {
        subject: Subject {
            organization: vec!["Example".into(), "Beispiel GmbH".into()],
            country: vec!["DE".into()],
            ..Subject::named(name)
        },
        not_before: NOW - 30,
        not_after: NOW + 3650 * DAY,
        crl_distribution_points: vec!["http://ca.example.com/root.crl".into()],
        issuing_certificate_urls: vec!["http://ca.example.com/root.crt".into()],
        ..CaProfile::default()
    }
}

fn root(kind: &KeyAlgorithm, max_path_length: Option<u8>) -> Authority {
    let key = PrivateKey::generate(kind).unwrap();
    let profile = CaProfile {
        max_path_length,
        crl_distribution_points: Vec::new(),
        issuing_certificate_urls: Vec::new(),
        ..ca_profile("Example Root CA")
    };
    let serial = Serial::random().unwrap();
    let certificate = Authority::self_signed(&profile, &key, &serial, NOW).unwrap();
    Authority::new(certificate, &key).unwrap()
}

fn below(issuer: &Authority, kind: &KeyAlgorithm, name: &str) -> Authority {
    let key = PrivateKey::generate(kind).unwrap();
    let profile = CaProfile {
        not_after: NOW + 1825 * DAY,
        ..ca_profile(name)
    };
    let serial = Serial::random().unwrap();
    let certificate = issuer.sign_ca(&profile, key.public_key(), &serial).unwrap();
    Authority::new(certificate, &key).unwrap()
}

fn leaf_profile(name: &str) -> LeafProfile {
    let mut profile = LeafProfile {
        subject: Subject::named(name),
        not_before: NOW - 30,
        not_after: NOW + 90 * DAY,
        key_usage: vec![KeyUse::DigitalSignature],
        crl_distribution_points: vec!["http://ca.example.com/issuing.crl".into()],
        issuing_certificate_urls: vec!["http://ca.example.com/issuing.crt".into()],
        ..LeafProfile::default()
    };
    profile.alt_names.add_common_name(name);
    profile
}

fn leaf(issuer: &Authority, name: &str) -> Certificate {
    let key = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P256)).unwrap();
    let serial = Serial::random().unwrap();
    let signed = issuer.sign_leaf(&leaf_profile(name), key.public_key(), &serial);
    signed.unwrap()
}
