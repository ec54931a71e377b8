//! Rule by rule.

use super::*;
use crate::csr::{CsrRequest, create};
use crate::{AltNamesText, PrivateKey};

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;
const CA: CaLimits = CaLimits {
    not_after: NOW + 400 * DAY,
    max_ttl: None,
};

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

fn template() -> TemplateRules {
    TemplateRules {
        allowed_domains: words(&["example.com"]),
        allow_subdomains: true,
        ..TemplateRules::default()
    }
}

fn named(name: &str) -> LeafRequest {
    LeafRequest {
        common_name: Some(name.into()),
        ..LeafRequest::default()
    }
}

fn planned(template: &TemplateRules, request: &LeafRequest) -> Result<LeafProfile> {
    plan(template, &CA, request, None, NOW)
}

/// The rule that refuses, or nothing.
fn rule(template: &TemplateRules, request: &LeafRequest) -> &'static str {
    planned(template, request).map_or_else(|refusal| refusal.rule, |_| "")
}

#[test]
fn names_are_allowed_by_domain() {
    let bare = TemplateRules {
        allow_bare_domains: true,
        allow_subdomains: false,
        ..template()
    };
    let glob = TemplateRules {
        allowed_domains: words(&["ftp*.example.com"]),
        allow_glob_domains: true,
        allow_subdomains: false,
        ..template()
    };
    let refused = "allowed_domains";
    for (template, name, wanted) in [
        (&template(), "a.example.com", ""),
        (&template(), "A.B.Example.com", ""),
        (&template(), "*.example.com", ""),
        (&template(), "a@b.example.com", ""),
        (&template(), "example.com", refused),
        (&template(), "a@example.com", refused),
        (&template(), "example.org", refused),
        (&template(), "evilexample.com", refused),
        (&template(), "a.example.com.evil.org", refused),
        (&template(), "localhost", ""),
        (&template(), "a.localdomain", ""),
        (&bare, "example.com", ""),
        (&bare, "a@example.com", ""),
        (&bare, "a.example.com", refused),
        (&bare, "*.example.com", refused),
        (&bare, "*.localhost", refused),
        (&glob, "ftp1.example.com", ""),
        (&glob, "ftp.example.com", ""),
        (&glob, "www.example.com", refused),
        (&glob, "ftp*.example.com", "allow_wildcard_certificates"),
    ] {
        assert_eq!(rule(template, &named(name)), wanted, "{name}");
        // The same as an alternative name; its syntax is checked first there.
        let mut request = named("localhost");
        request.alt_names.alt_names = words(&[name]);
        let wanted = if name.starts_with("ftp*") {
            "alt_names"
        } else {
            wanted
        };
        assert_eq!(rule(template, &request), wanted, "{name}");
    }
}

#[test]
fn any_name_still_keeps_to_hosts_and_wildcards() {
    let any = TemplateRules {
        allow_any_name: true,
        ..template()
    };
    let strict = TemplateRules {
        allow_wildcard_certificates: false,
        ..any.clone()
    };
    let free = TemplateRules {
        enforce_hostnames: false,
        ..any.clone()
    };
    assert_eq!(rule(&any, &named("else.org")), "");
    assert_eq!(rule(&any, &named("Jane Doe")), "enforce_hostnames");
    assert_eq!(rule(&any, &named("bücher.de")), "enforce_hostnames");
    assert_eq!(
        rule(&strict, &named("*.else.org")),
        "allow_wildcard_certificates"
    );
    let profile = planned(&free, &named("Jane Doe")).unwrap();
    assert!(profile.alt_names.is_empty());
    assert_eq!(
        rule(&free, &named("a@b@c.example.com")),
        "enforce_hostnames"
    );
    assert_eq!(rule(&free, &named("a\0.example.com")), "common_name");
    assert_eq!(rule(&free, &named(&"x".repeat(65))), "common_name");
}

#[test]
fn localhost_is_allowed_by_its_own_rule() {
    let none = TemplateRules {
        allow_localhost: false,
        ..template()
    };
    assert_eq!(rule(&none, &named("localhost")), "allowed_domains");
    assert_eq!(rule(&none, &named("a.localhost")), "allowed_domains");
}

#[test]
fn templates_of_domains_are_told_to_be_unsupported() {
    let identities = TemplateRules {
        allowed_domains: words(&["{{identity.entity.name}}.example.com"]),
        allowed_domains_template: true,
        ..template()
    };
    assert_eq!(
        rule(&identities, &named("a.example.com")),
        "allowed_domains_template"
    );
}

#[test]
fn other_kinds_of_names_have_their_own_rules() {
    let asked = |change: fn(&mut AltNamesText)| {
        let mut request = named("a.example.com");
        change(&mut request.alt_names);
        request
    };
    let none = TemplateRules {
        allow_ip_sans: false,
        ..template()
    };
    let some = TemplateRules {
        allowed_uri_sans: words(&["spiffe://example.com/*"]),
        allowed_other_sans: words(&["1.2.3.4;UTF8:*@example.com"]),
        ..template()
    };
    let all = TemplateRules {
        allowed_other_sans: words(&["*"]),
        ..template()
    };
    let ip = asked(|text| text.ip_sans = "10.0.0.1".into());
    let uri = asked(|text| text.uri_sans = "spiffe://example.com/shop".into());
    let far = asked(|text| text.uri_sans = "spiffe://example.org/shop".into());
    let other = asked(|text| text.other_sans = vec!["1.2.3.4;UTF8:a@example.com".into()]);
    let alien = asked(|text| text.other_sans = vec!["1.2.3.5;UTF8:a@example.com".into()]);
    for (template, request, wanted) in [
        (&none, &ip, "allow_ip_sans"),
        (&none, &uri, "allowed_uri_sans"),
        (&none, &other, "allowed_other_sans"),
        (&some, &ip, ""),
        (&some, &uri, ""),
        (&some, &far, "allowed_uri_sans"),
        (&some, &other, ""),
        (&some, &alien, "allowed_other_sans"),
        (&all, &alien, ""),
        (&all, &asked(|text| text.ip_sans = "x".into()), "ip_sans"),
        (&all, &asked(|text| text.uri_sans = "x".into()), "uri_sans"),
        (
            &all,
            &asked(|text| text.other_sans = vec!["x".into()]),
            "other_sans",
        ),
    ] {
        assert_eq!(rule(template, request), wanted);
    }
}

#[test]
fn a_life_is_within_every_limit() {
    let lives = |template: &TemplateRules, authority: CaLimits, ttl| {
        let request = LeafRequest {
            ttl,
            ..named("a.example.com")
        };
        let profile = plan(template, &authority, &request, None, NOW);
        profile
            .map(|profile| profile.not_after - NOW)
            .map_err(|refusal| refusal.rule)
    };
    let limited = TemplateRules {
        ttl: Some(20 * DAY),
        max_ttl: Some(10 * DAY),
        ..template()
    };
    let long = CaLimits {
        not_after: NOW + 4000 * DAY,
        max_ttl: None,
    };
    let short = CaLimits {
        max_ttl: Some(5 * DAY),
        ..long
    };
    let over = CaLimits {
        not_after: NOW,
        max_ttl: None,
    };
    assert_eq!(lives(&template(), CA, None), Ok(32 * DAY));
    assert_eq!(lives(&template(), CA, Some(400 * DAY)), Ok(400 * DAY));
    assert_eq!(
        lives(&template(), CA, Some(400 * DAY + 1)),
        Err("certificate_authority")
    );
    assert_eq!(lives(&template(), long, Some(1096 * DAY)), Ok(1096 * DAY));
    assert_eq!(lives(&template(), long, Some(1096 * DAY + 1)), Err("ttl"));
    assert_eq!(lives(&template(), long, Some(0)), Err("ttl"));
    assert_eq!(lives(&limited, long, None), Ok(10 * DAY));
    assert_eq!(lives(&limited, long, Some(11 * DAY)), Err("max_ttl"));
    assert_eq!(lives(&limited, short, None), Ok(5 * DAY));
    assert_eq!(lives(&limited, short, Some(6 * DAY)), Err("max_ttl"));
    assert_eq!(lives(&template(), over, None), Err("certificate_authority"));
    let profile = planned(&template(), &named("a.example.com")).unwrap();
    assert_eq!(profile.not_before, NOW - 30);
}

#[test]
fn a_certificate_needs_a_name() {
    let free = TemplateRules {
        require_cn: false,
        ..template()
    };
    assert_eq!(rule(&template(), &LeafRequest::default()), "require_cn");
    assert_eq!(rule(&free, &LeafRequest::default()), "common_name");
    let mut request = LeafRequest::default();
    request.alt_names.alt_names = words(&["a.example.com"]);
    assert!(planned(&free, &request).unwrap().subject.is_empty());
}

#[test]
fn the_subject_is_the_templates() {
    let rules = TemplateRules {
        subject: Subject {
            organization: words(&["Example"]),
            ..Subject::named("never taken")
        },
        ..template()
    };
    let profile = planned(&rules, &named("a.example.com")).unwrap();
    assert_eq!(profile.subject.organization, ["Example"]);
    assert_eq!(
        profile.subject.common_name.as_deref(),
        Some("a.example.com")
    );
    assert_eq!(profile.alt_names.dns, ["a.example.com"]);
    let request = LeafRequest {
        exclude_cn_from_sans: true,
        ..named("a.example.com")
    };
    assert!(planned(&rules, &request).unwrap().alt_names.is_empty());
    let wrong = TemplateRules {
        subject: Subject {
            country: words(&["Germany"]),
            ..Subject::default()
        },
        ..template()
    };
    assert_eq!(rule(&wrong, &named("a.example.com")), "country");
}

#[test]
fn uses_are_checked_by_field() {
    let with = |change: fn(&mut TemplateRules)| {
        let mut rules = template();
        change(&mut rules);
        rule(&rules, &named("a.example.com"))
    };
    assert_eq!(
        with(|rules| rules.key_usage = words(&["CertSign"])),
        "key_usage"
    );
    assert_eq!(
        with(|rules| rules.key_usage = words(&["KeyAgreement"])),
        "key_usage"
    );
    assert_eq!(with(|rules| rules.key_usage = words(&["x"])), "key_usage");
    assert_eq!(
        with(|rules| rules.ext_key_usage.words = words(&["x"])),
        "ext_key_usage"
    );
    assert_eq!(
        with(|rules| rules.ext_key_usage.oids = words(&["x"])),
        "ext_key_usage_oids"
    );
    assert_eq!(
        with(|rules| rules.policy_identifiers = words(&["x"])),
        "policy_identifiers"
    );
}

/// A change that spoils a template.
type Spoil = fn(&mut TemplateRules);

#[test]
fn a_template_that_can_never_sign_is_refused_by_its_field() {
    assert_eq!(check(&template()), Ok(()));
    let spoils: [(&str, Spoil); 16] = [
        ("key_usage", |rules| rules.key_usage = words(&["x"])),
        ("key_usage", |rules| rules.key_usage = words(&["CertSign"])),
        ("key_usage", |rules| rules.key_usage = words(&["CRLSign"])),
        ("key_usage", |rules| {
            rules.key_usage = words(&["KeyAgreement"]);
        }),
        ("ext_key_usage", |rules| {
            rules.ext_key_usage.words = words(&["x"]);
        }),
        ("ext_key_usage_oids", |rules| {
            rules.ext_key_usage.oids = words(&["x"]);
        }),
        ("policy_identifiers", |rules| {
            rules.policy_identifiers = words(&["9.9"]);
        }),
        ("allowed_other_sans", |rules| {
            rules.allowed_other_sans = words(&["*", "*"]);
        }),
        ("allowed_other_sans", |rules| {
            rules.allowed_other_sans = words(&["1.2.3;DER:00"]);
        }),
        ("country", |rules| {
            rules.subject.country = words(&["Germany"]);
        }),
        ("postal_code", |rules| {
            rules.subject.postal_code = words(&[" "]);
        }),
        ("serial_number", |rules| {
            rules.subject.serial_number = Some("a_b".into());
        }),
        ("not_before_duration", |rules| {
            rules.not_before_duration = -1;
        }),
        ("key_bits", |rules| rules.key = KeyAlgorithm::Rsa(1024)),
        ("key_bits", |rules| {
            rules.key = KeyAlgorithm::Ec(Curve::P224);
        }),
        ("key_type", |rules| {
            rules.key = KeyAlgorithm::Other("DSA".into());
        }),
    ];
    for (field, spoil) in spoils {
        let mut rules = template();
        spoil(&mut rules);
        let refused = check(&rules).unwrap_err();
        assert_eq!(refused.rule, field);
        assert!(refused.message.ends_with('.'), "{refused}");
    }
    let unused = TemplateRules {
        subject: Subject::named("x".repeat(65)),
        allowed_other_sans: words(&["*"]),
        ..template()
    };
    assert_eq!(check(&unused), Ok(()));
}

#[test]
fn a_request_is_held_to_the_same_rules() {
    let key = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P256)).unwrap();
    let asked = CsrRequest {
        subject: Subject::named("csr.example.com"),
        alt_names: AltNamesText {
            alt_names: words(&["alt.example.com"]),
            ..AltNamesText::default()
        },
        ..CsrRequest::default()
    };
    let csr = create(&asked, &key).unwrap();
    let rules = TemplateRules {
        key: KeyAlgorithm::Ec(Curve::P256),
        ..template()
    };
    let taken = |rules: &TemplateRules| {
        let profile = plan(rules, &CA, &named("api.example.com"), Some(&csr), NOW).unwrap();
        (profile.subject.common_name.unwrap(), profile.alt_names.dns)
    };
    let (name, names) = taken(&rules);
    assert_eq!(name, "csr.example.com");
    assert_eq!(names, ["alt.example.com", "csr.example.com"]);
    let (name, names) = taken(&TemplateRules {
        use_csr_common_name: false,
        use_csr_sans: false,
        ..rules.clone()
    });
    assert_eq!(name, "api.example.com");
    assert_eq!(names, ["api.example.com"]);

    let refused = |rules: &TemplateRules| {
        let request = named("api.example.com");
        plan(rules, &CA, &request, Some(&csr), NOW)
            .unwrap_err()
            .rule
    };
    assert_eq!(refused(&template()), "key_type");
    let other = TemplateRules {
        key: KeyAlgorithm::Ec(Curve::P384),
        ..template()
    };
    assert_eq!(refused(&other), "key_bits");
    let name = csr.der().windows(3).position(|part| part == b"csr");
    let mut changed = csr.der().to_vec();
    changed[name.unwrap()] = b'C';
    let changed = Csr::from_der(&changed).unwrap();
    let request = named("api.example.com");
    let broken = plan(&rules, &CA, &request, Some(&changed), NOW).unwrap_err();
    assert_eq!(broken.rule, "csr");

    let elsewhere = TemplateRules {
        allowed_domains: words(&["example.org"]),
        ..rules
    };
    assert_eq!(refused(&elsewhere), "allowed_domains");
}
