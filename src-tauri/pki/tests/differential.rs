//! What the library cryptography reads in its own test vectors (NIST's PKITS among them), we read as
//! well, and to the same; what it refuses, we refuse. `setup/python` gets both.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use data_encoding::HEXLOWER;
use der::Encode;
use keyturn_pki::read::{Found, read};
use keyturn_pki::{Certificate, Reason};
use serde_json::Value;

/// What differs, by the beginning of the path, and why that is right.
const EXCEPTIONS: [(&str, &str); 29] = [
    // Refused by us.
    (
        "x509/PKITS_data/certs/Validpre2000UTCnotBefore",
        "the der crate has no UTCTime before 1970",
    ),
    (
        "x509/PKITS_data/pkcs12/Validpre2000UTCnotBefore",
        "the der crate has no UTCTime before 1970",
    ),
    (
        "x509/PKITS_data/pkcs12/DSACACert",
        "keys with DSA are not supported",
    ),
    (
        "x509/PKITS_data/pkcs12/InvalidDSASignature",
        "keys with DSA are not supported",
    ),
    (
        "x509/PKITS_data/pkcs12/ValidDSASignatures",
        "keys with DSA are not supported",
    ),
    (
        "asymmetric/DER_Serialization/dsa.",
        "keys with DSA are not supported",
    ),
    (
        "asymmetric/DER_Serialization/unenc-dsa-pkcs8.der",
        "keys with DSA are not supported",
    ),
    (
        "asymmetric/PEM_Serialization/dsa_4096",
        "keys with DSA are not supported",
    ),
    (
        "asymmetric/PEM_Serialization/dsa_private",
        "keys with DSA are not supported",
    ),
    (
        "asymmetric/PKCS8/unenc-dsa-pkcs8.pem",
        "keys with DSA are not supported",
    ),
    (
        "asymmetric/Traditional_OpenSSL_Serialization/dsa.",
        "keys with DSA are not supported",
    ),
    (
        "asymmetric/PEM_Serialization/ec_private_key_encrypted",
        "encrypted with MD5: to convert first",
    ),
    (
        "asymmetric/PEM_Serialization/rsa_private_key",
        "encrypted with MD5: to convert first",
    ),
    (
        "asymmetric/Traditional_OpenSSL_Serialization/key1.pem",
        "encrypted with MD5: to convert first",
    ),
    (
        "asymmetric/Traditional_OpenSSL_Serialization/testrsa-enc",
        "encrypted with MD5: to convert first",
    ),
    (
        "asymmetric/PKCS8/enc-ec-sha1-128-rc4",
        "RC4 is not supported: to convert first",
    ),
    (
        "asymmetric/PKCS8/rsa-pbewithmd5anddescbc",
        "DES is not supported: to convert first",
    ),
    // They pass over a private key beside a certificate; we read it and say what is wrong.
    (
        "x509/cryptography.io.with_garbage",
        "the private key in it is none",
    ),
    (
        "x509/cryptography.io.chain_with_garbage",
        "the private key in it is none",
    ),
    (
        "x509/cryptography.io.with_headers",
        "its private key is encrypted with MD5: to convert first",
    ),
    // Read by us: the bytes of a certificate are kept whatever they say, and shown with care.
    (
        "x509/PKITS_data/certs/DSAParametersInherited",
        "the parameters of a key may be another's",
    ),
    (
        "x509/PKITS_data/certs/ValidDSAParameterInher",
        "the parameters of a key may be another's",
    ),
    (
        "x509/custom/dsa_null_alg_params",
        "parameters of an algorithm that should not be there",
    ),
    (
        "x509/custom/ecdsa_null_alg",
        "parameters of an algorithm that should not be there",
    ),
    (
        "x509/custom/invalid_utf8_common_name",
        "a name that is no text",
    ),
    (
        "x509/custom/long-form-name-attribute",
        "a name that is no text",
    ),
    (
        "x509/custom/name_attribute_unsupported_tag",
        "a name that is no text",
    ),
    (
        "x509/ed25519/ed25519-rfc8410",
        "a default value that should have been left out",
    ),
    (
        "asymmetric/PEM_Serialization/rsa-bad-1025-q-is-2",
        "too short to be used, so not checked",
    ),
];

/// As in the script.
const PASSWORDS: [Option<&str>; 12] = [
    None,
    Some("cryptography"),
    Some("password"),
    Some("changeit"),
    Some("foobar"),
    Some("baz"),
    Some("123456"),
    Some("hunter42"),
    Some("hunter2"),
    Some("PolarSSLTest"),
    Some("asdf"),
    Some("test1234"),
];

#[test]
fn both_read_the_same_or_refuse() {
    let lines = described();
    let (mut compared, mut excused) = (0, BTreeSet::new());
    let mut differing = Vec::new();
    for line in lines.lines() {
        let theirs: Value = serde_json::from_str(line).unwrap();
        let file = theirs["file"].as_str().unwrap();
        let differs = difference(file, &theirs);
        let exception = EXCEPTIONS.iter().find(|(path, _)| file.starts_with(path));
        match (differs, exception) {
            (None, _) => compared += 1,
            (Some(_), Some((path, _))) => _ = excused.insert(path),
            (Some(how), None) => differing.push(format!("{file}: {how}")),
        }
    }
    println!("{compared} files read alike, {} exceptions", excused.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(compared > 1_000, "only {compared} files");
    let stale = EXCEPTIONS
        .iter()
        .filter(|(path, _)| !excused.contains(path));
    assert_eq!(stale.count(), 0, "an exception is needed no longer");
}

/// How we differ, if we do.
fn difference(file: &str, theirs: &Value) -> Option<String> {
    let bytes = std::fs::read(vectors().join(file)).unwrap();
    let kind = theirs["kind"].as_str().unwrap();
    let passwords = if kind == "certificate" {
        &PASSWORDS[..1]
    } else {
        &PASSWORDS
    };
    let mut ours = passwords.iter().map(|password| read(&bytes, *password));
    let ours = ours.find(|read| !matches!(read, Err(refusal) if refusal.reason != Reason::Other));
    let ours = ours.unwrap_or_else(|| read(&bytes, None));
    let found = match (ours, theirs["refused"].as_str()) {
        (Err(_), Some(_)) => return None,
        (Err(refusal), None) => return Some(format!("refused by us alone: {refusal}")),
        (Ok(found), None) => found,
        // A file of the other kind.
        (Ok(found), Some(_)) if kind == "key" && found.keys.is_empty() => return None,
        (Ok(found), Some(_)) if kind == "certificate" && found.certificates.is_empty() => {
            return None;
        }
        (Ok(_), Some(why)) => return Some(format!("refused by them alone: {why}")),
    };
    let differs = if kind == "key" {
        None
    } else {
        certificates_differ(&found, theirs)
    };
    let differs = differs.map(|what| format!("{what} differs"));
    if kind == "certificate" {
        differs
    } else {
        differs.or_else(|| keys_differ(&found, theirs))
    }
}

fn certificates_differ(found: &Found, theirs: &Value) -> Option<&'static str> {
    let theirs = theirs["certificates"].as_array().unwrap();
    let text = |value: &Value, name: &str| value[name].as_str().unwrap().to_owned();
    let der: BTreeSet<_> = theirs.iter().map(|one| text(one, "der")).collect();
    let own: BTreeSet<_> = found
        .certificates
        .iter()
        .map(|one| HEXLOWER.encode(one.der()))
        .collect();
    if der != own {
        return Some("the set of certificates");
    }
    found.certificates.iter().find_map(|ours| {
        let der = HEXLOWER.encode(ours.der());
        let theirs = theirs.iter().find(|one| text(one, "der") == der).unwrap();
        differing_field(ours, theirs)
    })
}

fn differing_field(ours: &Certificate, theirs: &Value) -> Option<&'static str> {
    let (start, end) = ours.validity();
    let names = ours.alt_names_der().map(|names| HEXLOWER.encode(names));
    if theirs["subject"] != HEXLOWER.encode(&ours.subject_der()) {
        Some("the subject")
    } else if theirs["serial"] != HEXLOWER.encode(ours.serial_bytes()) {
        Some("the serial number")
    } else if theirs["validity"] != serde_json::json!([start, end]) {
        Some("the validity")
    } else if theirs["names"] != "unreadable" && theirs["names"].as_str() != names.as_deref() {
        Some("the alternative names")
    } else {
        None
    }
}

fn keys_differ(found: &Found, theirs: &Value) -> Option<String> {
    let keys: Vec<_> = found
        .keys
        .iter()
        .map(|key| key.public_key().to_der().unwrap())
        .collect();
    match (&keys[..], theirs["key"].as_str()) {
        ([], None) => None,
        ([key], Some(theirs)) if HEXLOWER.encode(key) == theirs => None,
        _ => Some(format!("the key differs; {} found", keys.len())),
    }
}

fn described() -> String {
    let root = root();
    let script = root.join("tests/python/describe_certificates.py");
    let ran = Command::new(root.join("target/python/bin/python"))
        .arg(script)
        .arg(vectors())
        .output();
    let ran = ran.expect("setup/python makes target/python");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8(ran.stdout).unwrap()
}

/// The folder of the package `cryptography_vectors`.
fn vectors() -> PathBuf {
    let versions = std::fs::read_dir(root().join("target/python/lib")).unwrap();
    let mut found = versions.map(|version| {
        version
            .unwrap()
            .path()
            .join("site-packages/cryptography_vectors")
    });
    found
        .find(|folder| folder.is_dir())
        .expect("setup/python installs the vectors")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
