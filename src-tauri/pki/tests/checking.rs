//! Every rule of the checks and of the comparison, on certificates of the real `openssl`.

mod workshop;

use keyturn_pki::{
    Certificate, ConcernCode, Extra, FindingCode, PartChange, Parts, PrivateKey, Report, Severity,
    Side, check, compare,
};
use workshop::{AUTHORITY, NOW, Order, SERVER, Workshop, patched};

const NAMED: &str = "subjectAltName=DNS:leaf.test\n";
const DAY: i64 = 86_400;

fn named() -> String {
    format!("{SERVER}{NAMED}")
}

fn report(
    certificate: &Certificate,
    intermediates: &[Certificate],
    private_key: Option<&PrivateKey>,
    now: i64,
) -> Report {
    let parts = Parts {
        certificate,
        intermediates,
        private_key,
        extra: &[],
    };
    check(&parts, now)
}

fn codes(report: &Report) -> Vec<FindingCode> {
    report.findings.iter().map(|finding| finding.code).collect()
}

/// A leaf under two authorities under a root.
fn chain(workshop: &Workshop) -> [Certificate; 4] {
    let root = workshop.authority("root", None);
    let upper = workshop.authority("upper", Some("root"));
    let lower = workshop.authority("lower", Some("upper"));
    let extensions = named();
    let leaf = workshop.issue(&Order {
        issuer: Some("lower"),
        extensions: &extensions,
        ..Order::default()
    });
    [leaf, lower, upper, root]
}

#[test]
fn a_sound_certificate_gives_no_finding() {
    let workshop = Workshop::new();
    let [leaf, lower, upper, root] = chain(&workshop);
    let key = workshop.read_key("leaf");
    for intermediates in [
        vec![lower.clone()],
        vec![lower.clone(), upper.clone()],
        vec![lower, upper, root],
    ] {
        let report = report(&leaf, &intermediates, Some(&key), NOW);
        assert_eq!(report.findings, []);
        assert!(!report.is_refused());
    }
}

#[test]
fn a_key_of_another_certificate_is_refused_by_its_kind() {
    let workshop = Workshop::new();
    let [leaf, lower, ..] = chain(&workshop);
    for (kind, says) in [
        (
            "RSA:2048",
            "the key is RSA2048, the certificate is for ECDSA256",
        ),
        ("EC", "both are ECDSA256, but they are not a pair"),
        ("ED25519", "the key is ED25519"),
    ] {
        let other = workshop.key("other", kind);
        let report = report(&leaf, std::slice::from_ref(&lower), Some(&other), NOW);
        let finding = report.find(FindingCode::KeyMismatch).unwrap();
        assert!(report.is_refused());
        assert_eq!(finding.severity, Severity::Refused);
        assert_eq!(finding.part.field(), "private_key");
        assert!(finding.message.contains(says), "{finding:?}");
    }
    let report = report(&leaf, &[lower], None, NOW);
    assert_eq!(codes(&report), [FindingCode::NoPrivateKey]);
}

#[test]
fn dates_are_held_against_now() {
    let workshop = Workshop::new();
    let [leaf, lower, ..] = chain(&workshop);
    let key = workshop.read_key("leaf");
    let (start, end) = leaf.validity();
    let at = |now| report(&leaf, std::slice::from_ref(&lower), Some(&key), now);
    assert_eq!(codes(&at(start)), []);
    assert_eq!(codes(&at(end)), []);
    let late = at(end + 1);
    assert_eq!(
        codes(&late),
        [FindingCode::Expired, FindingCode::IntermediateExpired]
    );
    let message = &late.findings[0].message;
    assert_eq!(message, "The certificate expired on 2027-01-01.");
    let early = at(start - 1);
    assert!(!early.is_refused());
    assert_eq!(
        codes(&early),
        [
            FindingCode::NotYetValid,
            FindingCode::IntermediateNotYetValid
        ]
    );
}

#[test]
fn an_end_that_is_none_is_told() {
    let workshop = Workshop::new();
    workshop.authority("root", None);
    let extensions = named();
    let mut order = Order {
        issuer: Some("root"),
        extensions: &extensions,
        dates: ("20260101000000Z", "99991231235959Z"),
        ..Order::default()
    };
    let key = workshop.key("leaf", "EC");
    let root = [workshop.read("root")];
    let endless = report(&workshop.issue(&order), &root, Some(&key), NOW);
    assert_eq!(
        codes(&endless),
        [FindingCode::IntermediateEndsEarlier, FindingCode::NoEnd]
    );
    order.dates = ("20260601000000Z", "20260101000000Z");
    let reversed = report(&workshop.issue(&order), &root, Some(&key), NOW);
    assert!(codes(&reversed).contains(&FindingCode::DatesReversed));
}

#[test]
fn what_is_wrong_with_a_chain_is_named() {
    let workshop = Workshop::new();
    let [leaf, lower, upper, root] = chain(&workshop);
    let key = workshop.read_key("leaf");
    let other = workshop.authority("other", None);
    let lower_again = Workshop::new().authority("lower", None);
    for (intermediates, expected, says) in [
        (vec![], vec![FindingCode::NoIntermediate], "‘lower’"),
        (
            vec![upper.clone()],
            vec![FindingCode::IntermediateDoesNotSign],
            "‘lower’",
        ),
        (
            vec![upper.clone(), lower.clone()],
            vec![FindingCode::IntermediateOutOfOrder],
            "order",
        ),
        (
            vec![lower.clone(), root.clone()],
            vec![FindingCode::IntermediateGap],
            "Between ‘lower’ and ‘root’ a certificate is missing: that of ‘upper’",
        ),
        (
            vec![lower.clone(), upper.clone(), root.clone(), other],
            vec![FindingCode::IntermediateUnrelated],
            "‘other’",
        ),
        (
            vec![leaf.clone(), lower.clone()],
            vec![FindingCode::IntermediateRepeated],
            "itself",
        ),
        (
            vec![lower.clone(), lower.clone()],
            vec![FindingCode::IntermediateRepeated],
            "twice",
        ),
        (
            vec![lower_again.clone()],
            vec![FindingCode::SignatureWrong],
            "‘leaf.test’ names ‘lower’",
        ),
        // The right one is found behind one of the same name.
        (
            vec![lower_again, lower],
            vec![
                FindingCode::IntermediateUnrelated,
                FindingCode::IntermediateOutOfOrder,
            ],
            "‘lower’ does not belong",
        ),
    ] {
        let report = report(&leaf, &intermediates, Some(&key), NOW);
        assert_eq!(codes(&report), expected);
        let message = &report.findings[0].message;
        assert!(message.contains(says), "{message}");
        assert!(!report.is_refused());
    }
}

#[test]
fn intermediates_are_authorities_and_strong() {
    let workshop = Workshop::new();
    let plain = workshop.issue(&Order {
        name: "plain",
        subject: "/CN=plain",
        ..Order::default()
    });
    workshop.key("weak", "RSA:1024");
    workshop.authority("weak", None);
    let extensions = named();
    let order = |issuer| Order {
        issuer: Some(issuer),
        extensions: &extensions,
        ..Order::default()
    };
    let key = workshop.key("leaf", "EC");
    let leaf = workshop.issue(&order("plain"));
    let said = report(&leaf, &[plain], Some(&key), NOW);
    assert_eq!(codes(&said), [FindingCode::IntermediateNoCa]);
    let leaf = workshop.issue(&order("weak"));
    let said = report(&leaf, &[workshop.read("weak")], Some(&key), NOW);
    assert_eq!(codes(&said), [FindingCode::IntermediateWeak]);
}

#[test]
fn weak_keys_and_signatures_are_told() {
    let workshop = Workshop::new();
    workshop.key("root", "RSA:2048");
    let root = [workshop.authority("root", None)];
    let extensions = named();
    let key = workshop.key("leaf", "RSA:1024");
    let leaf = workshop.issue(&Order {
        issuer: Some("root"),
        extensions: &extensions,
        digest: "sha1",
        ..Order::default()
    });
    let said = report(&leaf, &root, Some(&key), NOW);
    assert_eq!(
        codes(&said),
        [FindingCode::WeakKey, FindingCode::WeakSignature]
    );
    assert!(said.findings[0].message.contains("RSA1024"));
    assert!(said.findings[1].message.contains("SHA1-RSA"));
}

#[test]
fn names_and_authorities_are_told_apart() {
    let workshop = Workshop::new();
    let key = workshop.key("leaf", "EC");
    let unnamed = workshop.issue(&Order::default());
    let said = report(&unnamed, &[], Some(&key), NOW);
    assert_eq!(
        codes(&said),
        [FindingCode::NoAlternativeNames, FindingCode::SelfSigned]
    );
    let client = workshop.issue(&Order {
        extensions: "extendedKeyUsage=clientAuth\n",
        ..Order::default()
    });
    let said = report(&client, &[], Some(&key), NOW);
    assert_eq!(codes(&said), [FindingCode::SelfSigned]);
    let authority = workshop.authority("leaf", None);
    let said = report(&authority, &[], Some(&key), NOW);
    assert_eq!(codes(&said), [FindingCode::CaAsLeaf]);
    let both = format!("{AUTHORITY}{NAMED}");
    let both = workshop.issue(&Order {
        extensions: &both,
        ..Order::default()
    });
    let said = report(&both, &[], Some(&key), NOW);
    assert_eq!(codes(&said), [FindingCode::SelfSignedCa]);
    assert_eq!(said.findings[0].severity, Severity::Note);
}

#[test]
fn odd_forms_are_told() {
    let workshop = Workshop::new();
    let key = workshop.key("leaf", "EC");
    let extensions = format!(
        "{}1.2.3.4=critical,ASN1:UTF8String:a\n1.2.3.5=ASN1:UTF8String:b\n",
        named()
    );
    let leaf = workshop.issue(&Order {
        extensions: &extensions,
        ..Order::default()
    });
    let said = report(&leaf, &[], Some(&key), NOW);
    let unknown = said.find(FindingCode::UnknownCriticalExtension).unwrap();
    assert!(unknown.message.ends_with(": 1.2.3.4."), "{unknown:?}");
    let twice = patched(&leaf, &[6, 3, 0x2A, 3, 5], &[6, 3, 0x2A, 3, 4]);
    let said = report(&twice, &[], Some(&key), NOW);
    let said = said.find(FindingCode::DuplicateExtension);
    assert!(said.unwrap().message.contains("1.2.3.4"));
    let extensions = format!("{}1.3.6.1.4.1.11129.2.4.3=critical,ASN1:NULL\n", named());
    let poisoned = workshop.issue(&Order {
        extensions: &extensions,
        ..Order::default()
    });
    let said = report(&poisoned, &[], Some(&key), NOW);
    assert!(said.find(FindingCode::Precertificate).is_some());
    let config = format!(
        "[req]\ndistinguished_name = dn\nx509_extensions = ext\n[dn]\n[ext]\n{NAMED}keyUsage=DER:0102\n"
    );
    for (serial, says) in [
        ("0", "zero"),
        ("-5", "negative: -05"),
        ("0x0102030405060708090a0b0c0d0e0f101112131415", "longer"),
    ] {
        let arguments = ["-subj", "/CN=x", "-set_serial", serial];
        let odd = workshop.self_made("leaf", &config, &arguments);
        let said = report(&odd, &[], Some(&key), NOW);
        assert!(said.find(FindingCode::DamagedExtension).is_some());
        let message = &said.find(FindingCode::SerialNumber).unwrap().message;
        assert!(
            message
                .replace(", which some clients refuse", "")
                .contains(says),
            "{message}"
        );
    }
}

#[test]
fn what_authorities_allow_is_held_against_what_they_issued() {
    let workshop = Workshop::new();
    let bound = format!("{AUTHORITY}nameConstraints=critical,permitted;DNS:a.test\n");
    let short = AUTHORITY.replace("CA:TRUE", "CA:TRUE,pathlen:0");
    let root = workshop.issue(&Order {
        name: "root",
        subject: "/CN=root",
        extensions: &bound,
        ..Order::default()
    });
    let upper = workshop.issue(&Order {
        name: "upper",
        subject: "/CN=upper",
        issuer: Some("root"),
        extensions: &short,
        ..Order::default()
    });
    let lower = workshop.authority("lower", Some("upper"));
    let key = workshop.key("leaf", "EC");
    let mut extensions = format!("{SERVER}subjectAltName=DNS:www.a.test\n");
    let issue = |issuer, extensions: &str| {
        workshop.issue(&Order {
            issuer: Some(issuer),
            extensions,
            ..Order::default()
        })
    };
    let good = issue("upper", &extensions);
    let said = report(&good, &[upper.clone(), root.clone()], Some(&key), NOW);
    assert_eq!(said.findings, []);
    let deep = issue("lower", &extensions);
    let said = report(&deep, &[lower, upper.clone()], Some(&key), NOW);
    assert_eq!(codes(&said), [FindingCode::PathLength]);
    assert!(said.findings[0].message.contains("‘upper’ allows 0"));
    extensions = format!("{SERVER}subjectAltName=DNS:www.b.test\n");
    let beyond = issue("upper", &extensions);
    let client = extensions.replace("serverAuth", "clientAuth");
    let client = issue("upper", &client);
    let said = report(&client, &[upper.clone(), root.clone()], Some(&key), NOW);
    assert_eq!(codes(&said), [FindingCode::NameConstraint]);
    // Also when the dates would hide it.
    for now in [NOW, NOW + 900 * DAY] {
        let said = report(&beyond, &[upper.clone(), root.clone()], Some(&key), now);
        assert!(said.find(FindingCode::NameConstraint).is_some());
    }
}

#[test]
fn what_else_stands_in_the_field_is_told() {
    let workshop = Workshop::new();
    let [leaf, lower, ..] = chain(&workshop);
    let key = workshop.read_key("leaf");
    let parts = Parts {
        certificate: &leaf,
        intermediates: &[lower],
        private_key: Some(&key),
        extra: &[Extra::Certificate, Extra::PrivateKey, Extra::Other],
    };
    let said = check(&parts, NOW);
    assert_eq!(
        codes(&said),
        [
            FindingCode::ExtraPrivateKey,
            FindingCode::ExtraCertificates,
            FindingCode::ExtraText
        ]
    );
}

#[test]
fn the_same_certificate_again_is_no_change() {
    let workshop = Workshop::new();
    let [leaf, lower, ..] = chain(&workshop);
    let intermediates = [lower];
    let side = Side {
        certificate: &leaf,
        intermediates: &intermediates,
        has_private_key: true,
    };
    let same = compare(&side, &side);
    assert!(same.identical && same.same_key && same.old_private_key_fits);
    assert!(same.old_intermediate_signs && same.issuer.same && same.serial_number.same);
    assert_eq!(same.intermediate, PartChange::Same);
    assert_eq!(same.private_key, PartChange::Same);
    assert_eq!(same.names.kept, ["leaf.test"]);
    let codes: Vec<_> = same.concerns.iter().map(|concern| concern.code).collect();
    assert_eq!(codes, [ConcernCode::Identical]);
}

#[test]
fn what_a_rotation_changes_is_shown_and_what_is_worse_is_told() {
    let workshop = Workshop::new();
    workshop.key("one", "RSA:2048");
    let one = workshop.authority("one", None);
    workshop.key("two", "RSA:2048");
    workshop.authority("two", None);
    workshop.key("old", "RSA:3072");
    let old = workshop.issue(&Order {
        name: "old",
        subject: "/CN=WWW.a.test",
        issuer: Some("one"),
        extensions: "keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=DNS:www.a.test,DNS:b.test,IP:10.0.0.1\n",
        ..Order::default()
    });
    workshop.key("new", "RSA:2048");
    let new = workshop.issue(&Order {
        name: "new",
        subject: "/CN=c.test",
        issuer: Some("two"),
        extensions: "keyUsage=digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:www.A.test,DNS:c.test\n",
        dates: ("20260201000000Z", "20261001000000Z"),
        digest: "sha1",
    });
    let intermediates = [one];
    let before = Side {
        certificate: &old,
        intermediates: &intermediates,
        has_private_key: true,
    };
    let after = Side {
        certificate: &new,
        intermediates: &[],
        has_private_key: false,
    };
    let found = compare(&before, &after);
    assert_eq!(found.names.added, ["c.test"]);
    assert_eq!(found.names.removed, ["10.0.0.1", "b.test"]);
    assert_eq!(found.names.kept, ["www.A.test"]);
    assert_eq!(found.key_algorithm.old, "RSA3072");
    assert_eq!(found.signing_algorithm.new, "SHA1-RSA");
    assert_eq!(
        (found.issuer.old.as_str(), found.issuer.new.as_str()),
        ("CN=one", "CN=two")
    );
    assert!(!found.same_key && !found.old_private_key_fits && !found.old_intermediate_signs);
    assert_eq!(found.validity.new_not_after, "2026-10-01T00:00:00Z");
    assert_eq!(found.usages.lost, ["Key encipherment", "TLS client"]);
    let codes: Vec<_> = found.concerns.iter().map(|concern| concern.code).collect();
    assert_eq!(
        codes,
        [
            ConcernCode::NameGone,
            ConcernCode::PrivateKeyMissing,
            ConcernCode::IntermediateMissing,
            ConcernCode::WeakerKey,
            ConcernCode::WeakerSignature,
            ConcernCode::EndsEarlier,
            ConcernCode::UsageLost
        ]
    );
    assert_eq!(
        found.concerns[0].message,
        "No longer valid for: 10.0.0.1, b.test."
    );
    let back = compare(&after, &before);
    assert_eq!(back.private_key, PartChange::NowThere);
    assert_eq!(back.intermediate, PartChange::NowThere);
    assert_eq!(back.usages.gained, ["Key encipherment", "TLS client"]);
    let codes: Vec<_> = back.concerns.iter().map(|concern| concern.code).collect();
    assert_eq!(codes, [ConcernCode::NameGone]);
}

#[test]
fn a_renewal_tells_that_the_old_parts_fit() {
    let workshop = Workshop::new();
    let [old, lower, ..] = chain(&workshop);
    let renewed = workshop.issue(&Order {
        issuer: Some("lower"),
        extensions: NAMED,
        dates: ("20260601000000Z", "20270601000000Z"),
        ..Order::default()
    });
    let intermediates = [lower];
    let before = Side {
        certificate: &old,
        intermediates: &intermediates,
        has_private_key: true,
    };
    let after = Side {
        certificate: &renewed,
        intermediates: &[],
        has_private_key: false,
    };
    let found = compare(&before, &after);
    assert!(found.same_key && found.old_private_key_fits && found.old_intermediate_signs);
    // It says nothing about its use any more, so all are allowed.
    assert_eq!(found.usages.lost, [""; 0]);
    assert_eq!(found.usages.gained, ["Any use of the key", "Any purpose"]);
    let messages: Vec<_> = found
        .concerns
        .iter()
        .map(|said| said.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "The old one has a private key, the new one has none.",
            "The old one has an intermediate certificate, the new one has none."
        ]
    );
}
