//! Draws templates and requests so that many are allowed, and many nearly.

use keyturn_pki::csr::{CsrRequest, create};
use keyturn_pki::issue::template::{CaLimits, LeafRequest, TemplateRules};
use keyturn_pki::{AltNamesText, Csr, ExtendedUse, Subject};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::openssl::hostile_requests;
use crate::{DAY, KINDS, LEAF_KEYS, NOW};

/// A case.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) rules: TemplateRules,
    pub(crate) limits: CaLimits,
    pub(crate) request: LeafRequest,
    pub(crate) csr: Option<Csr>,
}

const DOMAINS: [&str; 9] = [
    "example.com",
    "a.example.com",
    "Example.ORG",
    "com",
    "*.example.com",
    "ftp*.example.com",
    "*",
    "mail@example.com",
    "",
];
const BEFORE: [&str; 14] = [
    "", "a.", "b.a.", "*.", "*.a.", "evil", "ftp1.", "x@", "x@a.", "*@", ".", "f*.", "x@y@", "a b.",
];
const BASES: [&str; 8] = [
    "example.com",
    "a.example.com",
    "example.org",
    "com",
    "localhost",
    "localdomain",
    "10.0.0.1",
    "EXAMPLE.com",
];
const AFTER: [&str; 4] = ["", "", "", ".evil.net"];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (select(&BEFORE[..]), select(&BASES[..]), select(&AFTER[..]))
            .prop_map(|(before, base, after)| format!("{before}{base}{after}")),
        1 => select(&["Jane Doe", "bücher.de", "a\0.example.com", "xn--bcher-kva.example.com"][..])
            .prop_map(str::to_owned),
        1 => "[a-z0-9.*@-]{1,70}",
    ]
}

/// Mostly as it should be, for one wrong name spoils all; else nearly.
fn good_name() -> impl Strategy<Value = String> {
    let good = ["", "a.", "b.a.", "*.", "x@a."];
    let near = ["evil", "x@evil", "ftp1.", "ftp1.a."];
    prop_oneof![
        12 => (select(good.to_vec()), select(&["example.com", "localhost"][..])),
        3 => (select(near.to_vec()), select(&["example.com", "localhost"][..])),
        1 => Just(("", "")),
    ]
    .prop_flat_map(|(before, base)| match base {
        "" => name().boxed(),
        _ => Just(format!("{before}{base}")).boxed(),
    })
}

fn texts(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    subsequence(words, 0..=words.len())
        .prop_map(|words| words.into_iter().map(str::to_owned).collect())
}

fn alt_names() -> impl Strategy<Value = AltNamesText> {
    let some = |words| prop_oneof![3 => Just(Vec::new()), 1 => texts(words)];
    (
        vec(good_name(), 0..3),
        some(&["10.0.0.1", "2001:db8::1", "10.0.0.1"]),
        some(&["spiffe://example.com/a", "https://example.org/b?c"]),
        some(&[
            "1.3.6.1.4.1.311.20.2.3;UTF8:a@example.com",
            "1.2.3.4;UTF8:ü",
        ]),
    )
        .prop_map(|(alt_names, ip, uri, other_sans)| AltNamesText {
            alt_names,
            ip_sans: ip.join(","),
            uri_sans: uri.join(","),
            other_sans,
        })
}

fn subject() -> impl Strategy<Value = Subject> {
    (
        texts(&["Example", "Beispiel GmbH"]),
        texts(&["Shop", "Lager"]),
        texts(&["DE", "at"]),
        texts(&["Köln"]),
        texts(&["NRW"]),
        texts(&["Domplatz 1"]),
        texts(&["50667"]),
        option::weighted(0.2, Just("38-eb".to_owned())),
    )
        .prop_map(|parts| {
            let (organization, ou, country, locality, province, street, postal, serial) = parts;
            Subject {
                organization,
                ou,
                country,
                locality,
                province,
                street_address: street,
                postal_code: postal,
                serial_number: serial,
                ..Subject::default()
            }
        })
}

fn extended_use() -> impl Strategy<Value = ExtendedUse> {
    (
        any::<[bool; 4]>(),
        texts(&["TimeStamping", "ipsecuser", "ExtKeyUsageOCSPSigning", "Any"]),
        texts(&["1.2.3.4.5", "1.3.6.1.5.5.7.3.1"]),
    )
        .prop_map(|(flags, words, oids)| ExtendedUse {
            server: flags[0],
            client: flags[1],
            code_signing: flags[2],
            email_protection: flags[3],
            words,
            oids,
        })
}

prop_compose! {
    fn rules()(
        domains in texts(&DOMAINS),
        flags in any::<[bool; 13]>(),
        any_name in prop::bool::weighted(0.2),
        allowed_uri_sans in texts(&["spiffe://example.com/*", "*"]),
        allowed_other_sans in texts(&["1.3.6.1.4.1.311.20.2.3;UTF8:*@example.com", "1.2.3.4;UTF8:*"]),
        kind in select(&KINDS[..]),
        key_usage in texts(&["DigitalSignature", "KeyAgreement", "KeyEncipherment",
            "contentcommitment", "KeyUsageDataEncipherment", "EncipherOnly", "DecipherOnly"]),
        odd_use in prop::bool::weighted(0.05),
        ext_key_usage in extended_use(),
        policy_identifiers in texts(&["1.2.3.4", "2.23.140.1.2.1"]),
        subject in subject(),
        not_before_duration in prop_oneof![Just(30), Just(0), Just(-5), Just(86_400 * 500)],
        ttl in option::of(1_i64..2000 * DAY),
        max_ttl in option::of(1_i64..2000 * DAY),
    ) -> TemplateRules {
        let mut key_usage = key_usage;
        if odd_use {
            key_usage.push("CertSign".into());
        }
        TemplateRules {
            allowed_domains: domains,
            allowed_domains_template: false,
            allow_bare_domains: flags[0],
            allow_subdomains: flags[1],
            allow_glob_domains: flags[2],
            allow_wildcard_certificates: flags[3],
            allow_any_name: any_name,
            allow_localhost: flags[4],
            enforce_hostnames: flags[5],
            allow_ip_sans: flags[6],
            allowed_uri_sans,
            allowed_other_sans,
            key: kind,
            key_usage,
            ext_key_usage,
            use_csr_common_name: flags[7],
            use_csr_sans: flags[8],
            require_cn: flags[9],
            policy_identifiers,
            subject,
            basic_constraints_valid_for_non_ca: flags[10],
            not_before_duration,
            ttl,
            max_ttl,
        }
    }
}

fn request() -> impl Strategy<Value = LeafRequest> {
    (
        option::weighted(0.8, good_name()),
        alt_names(),
        option::weighted(0.3, -1_i64..2000 * DAY),
        any::<bool>(),
    )
        .prop_map(|(common_name, alt_names, ttl, exclude)| LeafRequest {
            common_name,
            alt_names,
            ttl,
            exclude_cn_from_sans: exclude,
        })
}

/// A request that was signed: with names of its own, or one that asks for what it must not have.
fn csr(key: usize) -> impl Strategy<Value = Option<Csr>> {
    let own = (option::weighted(0.8, good_name()), alt_names(), subject()).prop_map(
        move |(common_name, alt_names, subject)| {
            let asked = CsrRequest {
                subject: Subject {
                    common_name,
                    ..subject
                },
                alt_names,
                exclude_cn_from_sans: true,
                ..CsrRequest::default()
            };
            create(&asked, &LEAF_KEYS[key]).ok()
        },
    );
    let hostile = select(hostile_requests()[5 * key..][..5].to_vec()).prop_map(Some);
    prop_oneof![4 => Just(None), 3 => own, 1 => hostile]
}

pub(crate) fn drawn() -> impl Strategy<Value = Drawn> {
    (0..KINDS.len()).prop_flat_map(|key| {
        let limits =
            (1_i64..1825, option::of(1_i64..2000 * DAY)).prop_map(|(days, max_ttl)| CaLimits {
                not_after: NOW + days * DAY,
                max_ttl,
            });
        let same_kind = prop::bool::weighted(0.9);
        (rules(), same_kind, limits, request(), csr(key)).prop_map(
            move |(rules, same_kind, limits, request, csr)| {
                let kind = if same_kind {
                    KINDS[key].clone()
                } else {
                    rules.key.clone()
                };
                Drawn {
                    rules: TemplateRules { key: kind, ..rules },
                    limits,
                    request,
                    csr,
                }
            },
        )
    })
}
