//! Imported certificates from the files that people have, by the native dialogs.

use crate::certificate_files::{PASSWORD, Workshop};
use crate::harness::page::Page;
use crate::harness::vaults::OpenVault;
use crate::harness::{Desktop, native};
use crate::steps;

/// A window before an empty vault, and what openssl and keytool work with.
fn before_files() -> (Desktop, OpenVault, Page, Workshop) {
    let (desktop, vault, page) = steps::before_an_empty_vault("Certificates");
    let workshop = Workshop::of(&desktop);
    (desktop, vault, page, workshop)
}

fn select(page: &Page, part: &str, file: &str) {
    page.press(&format!("Select a file or drop it here: {part}"));
    native::choose_file(&format!("~/{file}"));
}

fn begin(page: &Page, name: &str) {
    steps::begin_adding(page, "Imported certificate", name);
    page.wait_for("radio", "Import a certificate");
}

fn finish(page: &Page, name: &str) {
    page.press("Next");
    page.press("Add");
    page.see(&format!("Added {name}"));
    page.wait_for_no("dialog", "Add a secret");
    steps::dismiss_toasts(page);
}

/// All parts of a version as one PEM text.
fn bundle(vault: &OpenVault, name: &str, version: &str) -> String {
    let id = vault.secret(name).metadata.id;
    String::from_utf8(vault.value(&id, version)).unwrap()
}

#[test]
fn files_of_openssl_and_keytool_fill_all_parts() {
    let (_desktop, vault, page, workshop) = before_files();
    workshop.join(&["one.key", "middle.pem", "one.pem"], "shuffled.pem");
    workshop.openssl(&format!(
        "pkcs12 -export -inkey one.key -in one.pem -certfile middle.pem -out one.p12 -passout \
         pass:{PASSWORD}"
    ));
    workshop.keytool(&format!(
        "-importkeystore -srckeystore one.p12 -srcstoretype PKCS12 -srcstorepass {PASSWORD} \
         -destkeystore one.jks -deststoretype JKS -deststorepass {PASSWORD} -noprompt"
    ));
    workshop.openssl("x509 -in one.pem -outform DER -out one.der");
    let expected = ["one.pem", "middle.pem"].map(|name| certificate(&workshop, name));

    begin(&page, "pem");
    select(&page, "certificate", "shuffled.pem");
    page.wait_for("group", "Selected certificate");
    page.wait_for("group", "Selected intermediate certificate");
    page.wait_for("group", "Selected private key");
    page.see("The private key belongs to the certificate (ECDSA256)");
    page.see("one.example");
    finish(&page, "pem");

    for (name, file) in [("pkcs12", "one.p12"), ("jks", "one.jks")] {
        begin(&page, name);
        select(&page, "certificate", file);
        page.fill("Password of the file", "not it");
        page.press("Open");
        page.see("The password does not open");
        page.fill("Password of the file", PASSWORD);
        page.press("Open");
        page.wait_for("group", "Selected private key");
        page.see("The private key belongs to the certificate (ECDSA256)");
        finish(&page, name);
    }

    begin(&page, "der");
    select(&page, "certificate", "one.der");
    page.wait_for("group", "Selected certificate");
    page.see("There is no private key");
    finish(&page, "der");

    for name in ["pem", "pkcs12", "jks"] {
        let kept = bundle(&vault, name, "current");
        for part in &expected {
            assert!(kept.contains(part.as_str()), "{name}: {kept}");
        }
        std::fs::write(workshop.path("kept.pem"), &kept).unwrap();
        let key = workshop.openssl("pkey -in kept.pem -pubout");
        assert_eq!(key, workshop.openssl("x509 -in one.pem -noout -pubkey"));
    }
    assert_eq!(bundle(&vault, "der", "current"), expected[0]);
}

/// The certificate in a file, as openssl writes it without anything around it.
fn certificate(workshop: &Workshop, name: &str) -> String {
    workshop.openssl(&format!("x509 -in {name}"))
}

#[test]
pub(crate) fn a_rotation_warns_of_what_would_be_lost_and_sends_it_again_with_a_click() {
    let (_desktop, vault, page, workshop) = before_files();
    workshop.join(&["one.pem", "middle.pem", "one.key"], "all.pem");
    begin(&page, "web");
    select(&page, "certificate", "all.pem");
    page.wait_for("group", "Selected private key");
    finish(&page, "web");

    // renewed for the same key, and the key is left out
    workshop.sign_leaf("one", "one.example", 200);
    page.act("web", "Rotate");
    page.wait_for("dialog", "Rotate web");
    select(&page, "certificate", "one.pem");
    page.wait_for("table", "Current version and new version");
    page.see("Without it the new version has no private key.");
    page.press("Use the current private key");
    page.press("Use the current intermediate certificate");
    page.see("Private key of the current version");
    steps::rotate(&page, "web");
    page.wait_for("dialog", "Redeploy the certificate");
    steps::escape(&page);
    steps::dismiss_toasts(&page);
    let kept = bundle(&vault, "web", "current");
    assert!(kept.contains(&certificate(&workshop, "one.pem")), "{kept}");
    assert!(
        kept.contains(&certificate(&workshop, "middle.pem")),
        "{kept}"
    );
    assert!(kept.contains("PRIVATE KEY"), "the key was sent again");

    // another key: nothing fits, and it is told; what is left out is gone
    page.act("web", "Rotate");
    page.wait_for("dialog", "Rotate web");
    select(&page, "certificate", "two.pem");
    page.see("The current version has a private key, this one has none.");
    page.see("two.example");
    select(&page, "private key", "one.key");
    page.see("The private key is another one (ECDSA256)");
    page.press("Rotate");
    page.wait_for("dialog", "Rotate web");
    page.press("Remove private key");
    steps::rotate(&page, "web");
    page.wait_for("dialog", "Redeploy the certificate");
    steps::escape(&page);
    steps::dismiss_toasts(&page);
    assert_eq!(
        bundle(&vault, "web", "current"),
        certificate(&workshop, "two.pem")
    );

    // compared by what they say, and restored
    page.act("web", "Version history");
    page.see("Version 3 Current");
    page.see("New key");
    page.press("Compare with… version 3");
    page.wait_for("dialog", "Compare versions");
    page.wait_for("table", "Differences");
    page.see("one.example");
    page.see("two.example");
    steps::escape(&page);
    page.press("Restore version 2");
    page.press("Restore");
    page.see("Version 4 Current");
    let kept = bundle(&vault, "web", "current");
    assert!(kept.contains(&certificate(&workshop, "one.pem")), "{kept}");
}

#[test]
fn each_form_that_is_downloaded_is_read_by_other_programs() {
    let (_desktop, _vault, page, workshop) = before_files();
    workshop.join(&["one.pem", "middle.pem", "one.key"], "all.pem");
    begin(&page, "web");
    select(&page, "certificate", "all.pem");
    page.wait_for("group", "Selected private key");
    finish(&page, "web");
    let download = |form: &str, file: &str, locked: bool| {
        page.act("web", "Download");
        page.wait_for("dialog", "Download web");
        page.click("radio", form);
        if locked {
            page.fill("Password of the file", PASSWORD);
            page.fill("Repeat the password", PASSWORD);
        }
        page.press("Download");
        native::save_as(&format!("~/{file}"));
        page.see(&format!("Saved {file}"));
        steps::dismiss_toasts(&page);
    };
    let public = workshop.openssl("x509 -in one.pem -noout -pubkey");

    download("PEM bundle", "web.pem", false);
    assert_eq!(workshop.openssl("pkey -in web.pem -pubout"), public);
    workshop.openssl("verify -CAfile root.pem -untrusted web.pem web.pem");
    download("Certificate only (PEM)", "leaf.pem", false);
    assert_eq!(workshop.openssl("x509 -in leaf.pem -noout -pubkey"), public);
    assert!(!workshop.text("leaf.pem").contains("PRIVATE"));
    download("Certificate and intermediates (PEM)", "chain.pem", false);
    assert_eq!(
        workshop
            .text("chain.pem")
            .matches("BEGIN CERTIFICATE")
            .count(),
        2
    );
    download("PEM files (ZIP)", "parts.zip", false);
    let zip = std::fs::read(workshop.path("parts.zip")).unwrap();
    assert!(zip.starts_with(b"PK"));
    download("PKCS#12", "web.p12", true);
    let read = workshop.openssl(&format!(
        "pkcs12 -in web.p12 -nodes -passin pass:{PASSWORD} -out unpacked.pem"
    ));
    assert!(!read.contains("error"), "{read}");
    assert_eq!(workshop.openssl("pkey -in unpacked.pem -pubout"), public);
    download("Java KeyStore (JKS)", "web.jks", true);
    let listed = workshop.keytool(&format!("-list -keystore web.jks -storepass {PASSWORD}"));
    assert!(listed.contains("PrivateKeyEntry"), "{listed}");
    download("Trust store (PKCS#12), without keys", "trust.p12", true);
    download("Trust store (JKS), without keys", "trust.jks", true);
    for store in ["trust.p12", "trust.jks"] {
        let listed = workshop.keytool(&format!("-list -keystore {store} -storepass {PASSWORD}"));
        assert!(listed.contains("trustedCertEntry"), "{store}: {listed}");
        assert!(!listed.contains("PrivateKeyEntry"), "{store}: {listed}");
    }
}

#[test]
fn a_managed_request_is_signed_by_openssl_and_becomes_active() {
    let (_desktop, vault, page, workshop) = before_files();
    begin(&page, "api");
    page.click("radio", "Create a Certificate Signing Request (CSR)");
    page.fill("Common name", "api.example");
    page.fill("Alternative names (optional)", "api.example, www.example");
    finish(&page, "api");
    page.see("Pre-activation");

    page.act("api", "Rotate");
    page.wait_for("dialog", "Rotate api");
    page.see("The private key stays in the vault");
    page.press("Download CSR");
    native::save_as("~/api.csr");
    page.see("api.csr");
    workshop.openssl("req -in api.csr -noout -verify");
    select(&page, "certificate", "two.pem");
    page.see("This certificate was not signed for the current request");
    page.press("Remove certificate");
    workshop.sign_leaf("api", "api.example", 90);
    select(&page, "certificate", "api.pem");
    page.see("api.example");
    steps::rotate(&page, "api");
    page.wait_for("dialog", "Redeploy the certificate");
    steps::escape(&page);
    page.see("Active");
    std::fs::write(workshop.path("kept.pem"), bundle(&vault, "api", "current")).unwrap();
    assert_eq!(
        workshop.openssl("pkey -in kept.pem -pubout"),
        workshop.openssl("x509 -in api.pem -noout -pubkey")
    );
}
