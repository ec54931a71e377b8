//! Account keys in the forms that `openssl` writes, and what they sign.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use keyturn_acme::{AccountKey, KeyAlgorithm, KeyRefusal};
use ordering::openssl;

fn text(arguments: &[&str], input: &str) -> String {
    String::from_utf8(openssl(arguments, input.as_bytes())).unwrap()
}

fn rsa(bits: &str) -> String {
    let option = format!("rsa_keygen_bits:{bits}");
    text(&["genpkey", "-algorithm", "RSA", "-pkeyopt", &option], "")
}

fn ec(curve: &str) -> String {
    let option = format!("ec_paramgen_curve:{curve}");
    text(&["genpkey", "-algorithm", "EC", "-pkeyopt", &option], "")
}

#[test]
fn all_forms_of_a_key_are_the_same_key() {
    for (pkcs8, algorithm) in [
        (rsa("2048"), KeyAlgorithm::Rsa(2048)),
        (rsa("3072"), KeyAlgorithm::Rsa(3072)),
        (ec("P-256"), KeyAlgorithm::P256),
        (ec("P-384"), KeyAlgorithm::P384),
    ] {
        let key = AccountKey::from_pem(&pkcs8).unwrap();
        assert_eq!(key.algorithm(), algorithm);
        let old = text(&["pkey", "-traditional"], &pkcs8);
        assert!(old.contains("BEGIN RSA ") || old.contains("BEGIN EC "));
        let der = openssl(
            &["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"],
            pkcs8.as_bytes(),
        );
        let windows = pkcs8.replace('\n', "\r\n");
        for same in [
            AccountKey::from_pem(&old),
            AccountKey::from_pem(&windows),
            AccountKey::from_pem(&format!("a note\n{windows}and {old}")),
            AccountKey::from_pkcs8(&der),
            AccountKey::from_pkcs8(&key.to_pkcs8()),
        ] {
            assert_eq!(same.unwrap().thumbprint(), key.thumbprint());
        }
    }
}

#[test]
fn a_key_of_openssl_with_its_parameters_in_front_is_read() {
    let pem = text(&["ecparam", "-genkey", "-name", "secp384r1"], "");
    assert!(pem.starts_with("-----BEGIN EC PARAMETERS"));
    let key = AccountKey::from_pem(&pem).unwrap();
    assert_eq!(key.algorithm(), KeyAlgorithm::P384);
}

#[test]
fn other_keys_are_refused_with_the_reason() {
    let refusal = |pem: &str| AccountKey::from_pem(pem).err();
    let public = text(&["pkey", "-pubout"], &ec("P-256"));
    let password = ["-aes-128-cbc", "-passout", "pass:secret"];
    let encrypted = text(&[&["pkey"], &password[..]].concat(), &ec("P-256"));
    let old = text(
        &[&["rsa", "-traditional"], &password[..]].concat(),
        &rsa("2048"),
    );
    let ed25519 = text(&["genpkey", "-algorithm", "ED25519"], "");
    for (pem, expected) in [
        ("", KeyRefusal::Missing),
        (&public, KeyRefusal::Missing),
        ("-----BEGIN PRIVATE KEY-----\nMA==", KeyRefusal::Missing),
        (&encrypted, KeyRefusal::Encrypted),
        (&old, KeyRefusal::Encrypted),
        (&rsa("1024"), KeyRefusal::Unusable),
        (&ec("P-521"), KeyRefusal::Unusable),
        (&ec("secp256k1"), KeyRefusal::Unusable),
        (&ed25519, KeyRefusal::Unusable),
        (
            "-----BEGIN PRIVATE KEY-----\nM\n-----END PRIVATE KEY-----",
            KeyRefusal::Unusable,
        ),
    ] {
        assert_eq!(refusal(pem), Some(expected), "{pem}");
    }
    assert_eq!(
        AccountKey::from_pkcs8(b"").err(),
        Some(KeyRefusal::Unusable)
    );
}

#[test]
fn thumbprint_and_txt_value_are_those_of_another_program() {
    // Both by hand, from the standards, in Python.
    let program = r#"
import base64, hashlib, json, subprocess, sys
pem = sys.stdin.read()
der = subprocess.run(["openssl", "pkey", "-pubout", "-outform", "DER"], input=pem.encode(),
                     capture_output=True, check=True).stdout
b64 = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
x, y = der[-64:-32], der[-32:]
jwk = json.dumps({"crv": "P-256", "kty": "EC", "x": b64(x), "y": b64(y)}, separators=(",", ":"))
thumbprint = b64(hashlib.sha256(jwk.encode()).digest())
print(thumbprint, b64(hashlib.sha256(f"token.{thumbprint}".encode()).digest()), end="")
"#;
    let pem = ec("P-256");
    let mut python = std::process::Command::new("python3")
        .args(["-c", program])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut python.stdin.take().unwrap(), pem.as_bytes()).unwrap();
    let output = String::from_utf8(python.wait_with_output().unwrap().stdout).unwrap();
    let key = AccountKey::from_pem(&pem).unwrap();
    let ours = format!(
        "{} {}",
        key.thumbprint(),
        key.key_authorization_digest("token")
    );
    assert_eq!(ours, output);
}
