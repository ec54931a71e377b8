//! What pkilint says of certificates and revocation lists.

use std::fs;
use std::path::Path;
use std::process::Command;

use keyturn_pki::issue::Serial;
use keyturn_pki::{KeyAlgorithm, crl};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::draw::drawn;
use crate::rules::issued;
use crate::{DAY, ISSUER, KINDS, NOW, ROOT, below, root};

#[test]
fn pkilint_finds_no_error() {
    // The same ones each time: what a linter thinks of rare draws is for the long twin.
    lint(200, TestRunner::deterministic());
}

#[test]
#[ignore = "long: 3,000 certificates"]
fn pkilint_finds_no_error_in_very_many() {
    lint(3_000, TestRunner::default());
}

/// Signs leaves, and lints them with their authorities and lists.
fn lint(leaves: u32, mut runner: TestRunner) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, der: &[u8]| fs::write(folder.path().join(name), der).unwrap();
    let mut written = 0;
    let strategy = drawn();
    while written < leaves {
        let drawn = strategy.new_tree(&mut runner).unwrap().current();
        if let Some(certificate) = issued(&drawn) {
            write(&format!("leaf-{written}.crt"), certificate.der());
            written += 1;
        }
    }
    write("root.crt", ROOT.certificate().der());
    write("issuer.crt", ISSUER.certificate().der());
    for kind in KINDS
        .iter()
        .filter(|kind| !matches!(kind, KeyAlgorithm::Ec(_)))
    {
        let root = root(kind, Some(3));
        let below = below(&root, kind, "Example CA");
        write(
            &format!("root-{}.crt", kind.name()),
            root.certificate().der(),
        );
        write(
            &format!("below-{}.crt", kind.name()),
            below.certificate().der(),
        );
        written += 2;
    }
    let entry = crl::RevokedEntry {
        serial: Serial::random().unwrap(),
        time: NOW,
        reason: Some(crl::Revocation::Superseded),
    };
    let list = crl::build(&ISSUER, &[entry], 7, NOW, NOW + 3 * DAY).unwrap();
    write("list.crl", list.der());
    let list = crl::build(&ROOT, &[], 1, NOW, NOW + 3 * DAY).unwrap();
    write("empty.crl", list.der());

    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let python = top.join("target/python/bin/python");
    let linted = Command::new(&python)
        .arg(top.join("tests/python/lint_certificates.py"))
        .arg(folder.path())
        .output()
        .unwrap_or_else(|why| panic!("{} (made by setup/python): {why}", python.display()));
    let said = String::from_utf8_lossy(&linted.stdout);
    let failed = String::from_utf8_lossy(&linted.stderr);
    assert!(failed.is_empty(), "{failed}");
    let lines: Vec<_> = said.lines().collect();
    let Some((count, lines)) = lines.split_last() else {
        panic!("nothing was linted");
    };
    assert_eq!(*count, format!("linted {}", written + 4));
    let wrong: Vec<_> = lines.iter().filter(|line| !is_meant(line)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the linter calls wrong, and the rules of a template allow on purpose: a wildcard (RFC 9525;
/// RFC 5280 leaves it to the application), a host name of one label such as `localhost`, and a
/// scheme that is not in the linter's list.
fn is_meant(finding: &str) -> bool {
    let Some((_, code)) = finding.split_once(" ERROR ") else {
        return false;
    };
    let Some((code, rest)) = code.split_once(' ') else {
        return false;
    };
    let name = rest.split('"').nth(1).unwrap_or_default();
    match code {
        "pkix.invalid_domain_name_syntax" => name.starts_with("*.") || !name.contains('.'),
        "pkix.invalid_email_address_syntax" => name
            .split_once('@')
            .is_some_and(|(_, host)| !host.contains('.')),
        "pkix.invalid_uri_syntax" => name.starts_with("spiffe://"),
        _ => false,
    }
}
