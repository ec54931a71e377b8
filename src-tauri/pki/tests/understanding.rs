//! What certificates of the real `openssl` say, also those that somebody made to mislead.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod workshop;

use keyturn_pki::AltNameKind::{Directory, Dns, Email, Ip, Other, RegisteredId, Uri};
use keyturn_pki::{Certificate, CertificateFacts, Parts, Side, check, compare, limits};
use workshop::{AUTHORITY, NOW, Order, Workshop, patched};

const EMPTY: &str = "[req]\ndistinguished_name = dn\nx509_extensions = ext\n[dn]\n[ext]\n";

fn line(workshop: &Workshop, name: &str, arguments: &[&str]) -> String {
    let pem = format!("{name}.pem");
    let all = [&["x509", "-noout", "-in", &pem], arguments].concat();
    let said = String::from_utf8(workshop.openssl(&all)).unwrap();
    let (_, value) = said.trim().split_once('=').unwrap();
    value.to_owned()
}

fn values(facts: &CertificateFacts) -> Vec<&str> {
    facts
        .alt_names
        .iter()
        .map(|name| name.value.as_str())
        .collect()
}

#[test]
fn everything_a_certificate_says_is_shown() {
    let workshop = Workshop::new();
    workshop.key("root", "RSA:2048");
    workshop.authority("root", None);
    workshop.key("leaf", "RSA:2048");
    let certificate = workshop.issue(&Order {
        subject: "/C=DE/O=Example, Inc./OU=a\\+b/CN=www.example.com",
        issuer: Some("root"),
        extensions: "basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth,1.2.3.4
subjectAltName=DNS:www.example.com,DNS:*.example.org,email:a@example.com,IP:10.0.0.1,IP:2001:db8::1,URI:spiffe://x/y,RID:1.2.3,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:user@corp,dirName:dn
crlDistributionPoints=URI:http://crl.test/a.crl
authorityInfoAccess=OCSP;URI:http://ocsp.test,caIssuers;URI:http://ca.test/a.cer
certificatePolicies=2.23.140.1.2.1,1.2.3.9
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
tlsfeature=status_request
1.2.3.4.5=ASN1:UTF8String:hello
[dn]
CN=inner
",
        ..Order::default()
    });
    let facts = certificate.facts();
    assert_eq!(
        facts.subject.text,
        "CN=www.example.com,OU=a\\+b,O=Example\\, Inc.,C=DE"
    );
    assert_eq!(facts.subject.parts[1].label, "O");
    assert_eq!(facts.subject.parts[1].value, "Example, Inc.");
    assert_eq!(
        facts.subject.common_name.as_deref(),
        Some("www.example.com")
    );
    assert_eq!(facts.issuer.text, "CN=root");
    assert_eq!(
        values(&facts),
        [
            "www.example.com",
            "*.example.org",
            "a@example.com",
            "10.0.0.1",
            "2001:db8::1",
            "spiffe://x/y",
            "1.2.3",
            "UPN user@corp",
            "CN=inner"
        ]
    );
    let kinds: Vec<_> = facts.alt_names.iter().map(|name| name.kind).collect();
    assert_eq!(
        kinds,
        [Dns, Dns, Email, Ip, Ip, Uri, RegisteredId, Other, Directory]
    );
    assert_eq!(facts.not_before, "2026-01-01T00:00:00Z");
    assert_eq!(facts.not_after, "2027-01-01T00:00:00Z");
    assert_eq!(
        (facts.version, facts.ca, facts.path_length),
        (3, false, None)
    );
    assert_eq!(facts.key_algorithm, "RSA2048");
    assert_eq!(facts.signing_algorithm, "SHA256-RSA");
    let expected = |arguments: &[&str]| line(&workshop, "leaf", arguments).to_lowercase();
    assert_eq!(facts.sha256, expected(&["-fingerprint", "-sha256"]));
    assert_eq!(facts.sha1, expected(&["-fingerprint", "-sha1"]));
    assert_eq!(facts.serial_number.replace(':', ""), expected(&["-serial"]));
    assert_eq!(
        facts.key_usage.unwrap(),
        ["Digital signature", "Key encipherment"]
    );
    assert_eq!(
        facts.extended_usage.unwrap(),
        ["TLS server", "TLS client", "1.2.3.4"]
    );
    assert_eq!(facts.crl_urls, ["http://crl.test/a.crl"]);
    assert_eq!(facts.ocsp_urls, ["http://ocsp.test"]);
    assert_eq!(facts.issuer_urls, ["http://ca.test/a.cer"]);
    assert_eq!(
        facts.policies,
        ["Domain validated (2.23.140.1.2.1)", "1.2.3.9"]
    );
    assert_eq!(facts.subject_key_id.unwrap().len(), 59);
    assert_eq!(facts.authority_key_id.unwrap().len(), 59);
    assert_eq!((facts.alt_names_left_out, facts.others_left_out), (0, 0));
    let said = |name: &str| {
        let mut all = facts.extensions.iter();
        all.find(|extension| extension.name == name).unwrap()
    };
    assert!(said("Basic constraints").critical);
    assert_eq!(said("TLS feature").value, "OCSP stapling");
    assert_eq!(
        said("Authority information access").value,
        "OCSP http://ocsp.test, issuer http://ca.test/a.cer"
    );
    assert_eq!(said("1.2.3.4.5").value, "0c:05:68:65:6c:6c:6f");
    let noted = facts.extensions.iter().filter(|said| said.note.is_some());
    assert_eq!(noted.count(), 1);
}

#[test]
fn an_authority_shows_its_bounds_and_a_self_signed_one_itself() {
    let workshop = Workshop::new();
    let certificate = workshop.issue(&Order {
        extensions: "basicConstraints=critical,CA:TRUE,pathlen:1000
nameConstraints=critical,permitted;DNS:.a.test,excluded;IP:10.0.0.0/255.0.0.0
",
        dates: ("20260101000000Z", "99991231235959Z"),
        digest: "sha512",
        ..Order::default()
    });
    let facts = certificate.facts();
    assert!(facts.ca && facts.self_issued && certificate.is_ca());
    assert_eq!(facts.path_length, Some(1_000));
    assert_eq!(facts.not_after, "9999-12-31T23:59:59Z");
    assert_eq!(facts.key_algorithm, "ECDSA256");
    assert_eq!(facts.signing_algorithm, "ECDSA-SHA512");
    assert_eq!(facts.key_usage, None);
    assert_eq!(
        facts.extensions[1].value,
        "permitted .a.test, excluded 10.0.0.0/8"
    );
}

#[test]
fn odd_serial_numbers_and_versions_are_shown() {
    let workshop = Workshop::new();
    for (serial, shown) in [
        ("0", "00"),
        ("-5", "-05"),
        ("255", "ff"),
        (
            "0x0102030405060708090a0b0c0d0e0f101112131415",
            "01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13:14:15",
        ),
    ] {
        let made = workshop.self_made("odd", EMPTY, &["-subj", "/CN=x", "-set_serial", serial]);
        assert_eq!(made.facts().serial_number, shown);
    }
    let config = "[req]\ndistinguished_name = dn\n[dn]\n";
    let old = workshop.self_made("old", config, &["-subj", "/CN=x"]);
    assert_eq!(old.facts().version, 1);
    assert!(old.facts().extensions.is_empty());
}

#[test]
fn hostile_names_neither_hide_nor_move_anything() {
    let workshop = Workshop::new();
    let subject = "/CN=good.test\u{202E}moc.live\nIssuer: good/O=\u{1b}[31m\u{200B}";
    let config = format!("{EMPTY}subjectAltName=@names\n[names]\nDNS.1=good.test\n");
    let made = workshop.self_made("hostile", &config, &["-subj", subject]);
    let facts = made.facts();
    let name = facts.subject.common_name.unwrap();
    assert_eq!(name, "good.test\u{FFFD}moc.live\u{FFFD}Issuer: good");
    assert_eq!(facts.subject.parts[1].value, "\u{FFFD}[31m\u{FFFD}");
    let hostile = patched(&made, b"good.test", b"good\0\xFF\xFEst");
    let facts = hostile.facts();
    assert_eq!(facts.alt_names[0].value, "good\u{FFFD}\u{FFFD}\u{FFFD}st");
    assert!(
        facts.subject.text.starts_with("O="),
        "{}",
        facts.subject.text
    );
}

#[test]
fn every_kind_of_string_is_read() {
    let workshop = Workshop::new();
    for (mask, tag) in [("0x0800", 30), ("0x0004", 20), ("0x2000", 12)] {
        let config = EMPTY.replace("[dn]", &format!("string_mask = MASK:{mask}\n[dn]"));
        let made = workshop.self_made("string", &config, &["-subj", "/CN=Kürt"]);
        let value = made.facts().subject.common_name.unwrap();
        assert_eq!(value, "Kürt", "{mask}");
        let common_name = [6, 3, 0x55, 4, 3, tag];
        assert!(made.der().windows(6).any(|part| part == common_name));
    }
}

#[test]
fn ten_thousand_names_are_counted_and_not_listed() {
    let workshop = Workshop::new();
    let names: Vec<_> = (0..10_000)
        .map(|number| format!("DNS:{number:04}"))
        .collect();
    let config = format!("{EMPTY}subjectAltName={}\n", names.join(","));
    let made = workshop.self_made("many", &config, &["-subj", "/CN=x"]);
    let facts = made.facts();
    assert_eq!(facts.alt_names.len(), limits::NAMES);
    assert_eq!(facts.alt_names_left_out, 9_000);
    assert!(facts.extensions[0].value.chars().count() <= 301);
}

#[test]
fn damaged_extensions_are_shown_as_bytes() {
    let workshop = Workshop::new();
    let config = format!(
        "{EMPTY}subjectAltName=DER:300482FF6162\nkeyUsage=DER:0102\nbasicConstraints=DER:30\nauthorityInfoAccess=DER:3003020105\n"
    );
    let facts = workshop
        .self_made("damaged", &config, &["-subj", "/CN=x"])
        .facts();
    let damaged = facts.extensions.iter();
    let damaged = damaged.filter(|said| said.note.as_deref() == Some("It cannot be decoded."));
    let damaged: Vec<_> = damaged.map(|said| said.value.as_str()).collect();
    assert_eq!(
        damaged,
        ["30:04:82:ff:61:62", "01:02", "30", "30:03:02:01:05"]
    );
    assert!(facts.alt_names.is_empty() && facts.key_usage.is_none() && !facts.ca);
}

#[test]
fn no_byte_that_changes_makes_it_panic() {
    let workshop = Workshop::new();
    let made = workshop.issue(&Order {
        extensions: &format!("{AUTHORITY}subjectAltName=DNS:a.test,IP:10.0.0.1,dirName:dn\ncrlDistributionPoints=URI:http://a\n[dn]\nCN=x\n"),
        ..Order::default()
    });
    let mut read = 0;
    for position in 0..made.der().len() {
        for value in [0, 1, 0x7F, 0x80, 0xFF] {
            let mut der = made.der().to_vec();
            der[position] = value;
            if let Ok(certificate) = Certificate::from_der(keyturn_pki::Part::Certificate, &der) {
                assert_eq!(certificate.facts().sha256.len(), 95);
                let parts = Parts {
                    certificate: &certificate,
                    intermediates: std::slice::from_ref(&made),
                    private_key: None,
                    extra: &[],
                };
                assert!(!check(&parts, NOW).findings.is_empty());
                let side = |certificate| Side {
                    certificate,
                    intermediates: &[],
                    has_private_key: false,
                };
                let _ = compare(&side(&made), &side(&certificate));
                read += 1;
            }
        }
    }
    assert!(read > 500, "{read}");
}
