//! What we write is what openssl, keytool and unzip read, and what we read again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Cursor;
use std::process::Command;
use std::time::Instant;

use keyturn_pki::read::{Form, read};
use keyturn_pki::write::Bundle;
use keyturn_pki::{Certificate, Material, Part};

mod made;
use made::{KINDS, Made, PASSWORD};

/// A Tuesday in 2026.
const CREATED: i64 = 1_780_000_000;

fn material(made: &Made) -> Material {
    let text = made.joined(&["leaf.pem", "mid.pem", "root.pem", "leaf.key"]);
    read(text.as_bytes(), None)
        .unwrap()
        .into_material()
        .unwrap()
}

fn bundle(material: &Material) -> Bundle<'_> {
    Bundle {
        certificate: material.certificate.as_ref().unwrap(),
        intermediates: &material.intermediates,
        private_key: material.private_key.as_ref(),
    }
}

/// The same, read by us.
fn same(written: &[u8], form: Form, password: Option<&str>, material: &Material) {
    let found = read(written, password).unwrap();
    assert_eq!(found.form, form);
    let again = found.into_material().unwrap();
    assert_eq!(again.certificate, material.certificate);
    assert_eq!(again.intermediates, material.intermediates);
    let key = |material: &Material| material.private_key_pem().unwrap().to_string();
    assert_eq!(key(&again), key(material));
}

#[test]
fn pem_is_written_certificate_first_and_key_last() {
    for (kind, _) in KINDS {
        let made = Made::of(kind);
        let material = material(&made);
        let written = bundle(&material).pem_bundle();
        same(&written, Form::Pem, None, &material);
        let text = std::str::from_utf8(&written).unwrap();
        let labels: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("-----BEGIN"))
            .collect();
        let certificate = "-----BEGIN CERTIFICATE-----";
        assert_eq!(
            labels,
            [certificate, certificate, "-----BEGIN PRIVATE KEY-----"]
        );
        made.put("all.pem", &written);
        let own = made.openssl("x509 -in leaf.pem -noout -fingerprint");
        assert_eq!(made.openssl("x509 -in all.pem -noout -fingerprint"), own);
        made.openssl("pkey -in all.pem -noout -check");
    }
}

#[test]
fn a_pkcs12_key_store_is_one_for_openssl_and_java() {
    for (kind, _) in KINDS {
        let made = Made::of(kind);
        let material = material(&made);
        let started = Instant::now();
        let written = bundle(&material).pkcs12(PASSWORD, "Server").unwrap();
        println!("a PKCS#12 file was made in {:?}", started.elapsed());
        same(&written, Form::Pkcs12, Some(PASSWORD), &material);
        made.put("made.p12", &written);
        let password = format!("pass:{PASSWORD}");
        let shown = made.run(
            "openssl",
            &["pkcs12", "-in", "made.p12", "-nodes", "-passin", &password],
        );
        same(shown.as_bytes(), Form::Pem, None, &material);
        let info = Command::new("openssl")
            .args(["pkcs12", "-info", "-noout", "-passin", &password, "-in"])
            .arg(made.path("made.p12"))
            .output()
            .unwrap();
        let info = String::from_utf8(info.stderr).unwrap();
        assert!(info.contains("PBES2, PBKDF2, AES-256-CBC, Iteration 300000, PRF hmacWithSHA256"));
        assert!(info.contains("MAC: sha256, Iteration 300000"), "{info}");
        let list = made.run(
            "keytool",
            &[
                "-list",
                "-v",
                "-keystore",
                "made.p12",
                "-storepass",
                PASSWORD,
            ],
        );
        assert!(list.contains("Alias name: server"), "{list}");
        assert!(list.contains("Entry type: PrivateKeyEntry"));
        assert!(list.contains("Certificate chain length: 2"));
    }
}

#[test]
fn a_java_key_store_is_one_for_java() {
    for kind in ["rsa", "p256"] {
        let made = Made::of(kind);
        let material = material(&made);
        for (place, password) in ["changeit", "páßwörd"].into_iter().enumerate() {
            let written = bundle(&material).jks(password, "Server", CREATED).unwrap();
            same(&written, Form::Jks, Some(password), &material);
            let name = format!("made{place}.jks");
            made.put(&name, &written);
            if !password.is_ascii() {
                continue; // keytool reads arguments in the encoding of the desktop
            }
            let list = made.keytool(&format!("-list -v -keystore {name} -storepass changeit"));
            assert!(list.contains("Keystore type: JKS"), "{list}");
            assert!(list.contains("Alias name: server") && list.contains("2026"));
            assert!(list.contains("Certificate chain length: 2"));
            // The key opens as well.
            made.keytool(&format!(
                "-importkeystore -srckeystore {name} -srcstorepass changeit -destkeystore again.p12 \
                 -deststoretype PKCS12 -deststorepass changeit -noprompt"
            ));
            same(
                &made.bytes("again.p12"),
                Form::Pkcs12,
                Some(password),
                &material,
            );
        }
        let refusal = bundle(&material)
            .jks("漢字漢字漢字", "a", CREATED)
            .unwrap_err();
        assert_eq!(refusal.part, Part::Password);
    }
}

#[test]
fn trust_stores_are_seen_as_such_by_java() {
    let made = Made::quick();
    let material = material(&made);
    let chain = [&material.intermediates[..], &material.roots[..]].concat();
    let whole = Bundle {
        intermediates: &chain,
        ..bundle(&material)
    };
    let alone = Bundle {
        intermediates: &[],
        ..bundle(&material)
    };
    for (bundle, wanted) in [
        (whole, chain.clone()),
        (alone, Vec::from_iter(material.certificate.clone())),
    ] {
        let p12 = bundle.truststore_pkcs12("changeit").unwrap();
        let jks = bundle.truststore_jks("changeit", CREATED).unwrap();
        for (name, written) in [("trust.p12", p12), ("trust.jks", jks)] {
            let found = read(&written, Some("changeit")).unwrap();
            assert!(found.keys.is_empty());
            let has = |one: &Certificate| found.certificates.contains(one);
            assert!(found.certificates.len() == wanted.len() && wanted.iter().all(has));
            made.put(name, &written);
            let list = made.keytool(&format!("-list -keystore {name} -storepass changeit"));
            let entries = list.matches("trustedCertEntry").count();
            assert_eq!(entries, wanted.len(), "{list}");
        }
    }
}

#[test]
fn without_a_key_the_certificates_are_written() {
    let made = Made::quick();
    let material = material(&made);
    let bundle = Bundle {
        private_key: None,
        ..bundle(&material)
    };
    let text = bundle.pem_bundle();
    assert!(!String::from_utf8_lossy(&text).contains("PRIVATE"));
    for written in [
        bundle.pkcs12("changeit", "a").unwrap(),
        bundle.jks("changeit", "a", CREATED).unwrap(),
    ] {
        let found = read(&written, Some("changeit")).unwrap();
        assert_eq!((found.certificates.len(), found.keys.len()), (2, 0));
    }
}

#[test]
fn the_archive_has_a_file_a_part_for_its_owner_alone() {
    let made = Made::quick();
    let material = material(&made);
    let written = bundle(&material).pem_parts_zip().unwrap();
    assert_eq!(written, bundle(&material).pem_parts_zip().unwrap());
    let mut zip = zip::ZipArchive::new(Cursor::new(&*written)).unwrap();
    let mut names = Vec::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        assert_eq!(file.unix_mode().unwrap() & 0o777, 0o600);
        assert_eq!(file.last_modified().unwrap().year(), 1980);
        let text = std::io::read_to_string(&mut file).unwrap();
        let found = read(text.as_bytes(), None).unwrap();
        assert_eq!(found.certificates.len() + found.keys.len(), 1);
        names.push(file.name().to_owned());
    }
    assert_eq!(
        names,
        ["certificate.pem", "intermediate.pem", "private_key.pem"]
    );
}

#[test]
fn a_password_that_is_too_short_or_long_is_refused() {
    let made = Made::quick();
    let material = material(&made);
    let bundle = bundle(&material);
    for password in ["", "12345", &"x".repeat(1025)] {
        for refused in [
            bundle.pkcs12(password, "a").unwrap_err(),
            bundle.jks(password, "a", CREATED).unwrap_err(),
            bundle.truststore_pkcs12(password).unwrap_err(),
            bundle.truststore_jks(password, CREATED).unwrap_err(),
        ] {
            assert_eq!(refused.part, Part::Password);
        }
    }
}
