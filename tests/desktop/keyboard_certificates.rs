//! Certificates by keyboard alone.

use fantoccini::key::Key;
use keyturn_api::Plaintext;
use keyturn_api::secret::NewDetail;
use keyturn_api::secret::imported_cert::{New, Rotation};

use crate::certificate_files::Workshop;
use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::vaults;
use crate::keyboard::{choose, unlock};

#[test]
fn an_imported_certificate_is_rotated_and_keeps_its_key_by_keyboard_alone() {
    let mut desktop = Desktop::without_keyring();
    let workshop = Workshop::of(&desktop);
    let parts = Rotation::new(
        workshop.text("one.pem"),
        Some(workshop.text("middle.pem")),
        Some(Plaintext::text(workshop.text("one.key"))),
    );
    let (vault, page) = unlock(&mut desktop, |vault| {
        vault.add_new(vaults::of_type(
            "web",
            NewDetail::ImportedCert(New::Given(parts)),
        ));
    });
    workshop.sign_leaf("one", "one.example", 200);

    open(&page, "web", "Rotate");
    page.wait_for("dialog", "Rotate web");
    page.wait_for_focus("Select a file or drop it here: certificate");
    page.chord(Key::Shift, &char::from(Key::Tab).to_string());
    page.wait_for_focus("Select a file");
    page.key(Key::Right);
    page.wait_for_attribute("tab", "Enter text", "aria-selected", "true");
    page.tab_to("Certificate");
    page.type_text(&workshop.text("one.pem"));
    page.see("Without it the new version has no private key.");
    for part in ["private key", "intermediate certificate"] {
        page.tab_to(&format!("Use the current {part}"));
        page.key(Key::Enter);
        page.wait_for_no("button", &format!("Use the current {part}"));
    }
    finish(&page, "web");

    let id = vault.secret("web").metadata.id;
    let kept = String::from_utf8(vault.value(&id, "current")).unwrap();
    for part in ["one.pem", "middle.pem"] {
        let certificate = workshop.openssl(&format!("x509 -in {part}"));
        assert!(kept.contains(&certificate), "{kept}");
    }
    assert!(kept.contains("PRIVATE KEY"));
}

#[test]
fn a_private_certificate_is_added_and_rotated_by_keyboard_alone() {
    let mut desktop = Desktop::without_keyring();
    let workshop = Workshop::of(&desktop);
    let (vault, page) = unlock(&mut desktop, vaults::OpenVault::add_authority);

    page.tab_to("Add");
    page.key(Key::Enter);
    page.wait_for("dialog", "Add a secret");
    page.wait_for_focus("Other secret type");
    to_tile(&page, "Private certificate");
    page.tab_to("Next");
    page.key(Key::Enter);
    page.wait_for_focus("Name");
    page.type_text("www");
    page.key(Key::Enter);
    page.tab_to("Certificate template");
    page.key(Key::Down);
    page.tab_to("Common name");
    page.type_text("www.example.com");
    page.tab_to("Next");
    page.key(Key::Enter);
    page.see("Review");
    page.tab_to("Add");
    page.key(Key::Enter);
    page.see("Added www");
    page.wait_for_focus("Add");

    open(&page, "www", "Rotate");
    page.wait_for("dialog", "Rotate www");
    finish(&page, "www");
    let id = vault.secret("www").metadata.id;
    let key = |version: &str| {
        std::fs::write(workshop.path("kept.pem"), vault.value(&id, version)).unwrap();
        workshop.openssl("x509 -in kept.pem -noout -pubkey")
    };
    assert_ne!(key("previous"), key("current"));
}

/// Opens an action of a secret.
fn open(page: &Page, secret: &str, action: &str) {
    page.tab_to(&format!("Actions for {secret}"));
    page.key(Key::Enter);
    choose(page, action);
}

/// Rotates, and leaves the dialog that follows.
fn finish(page: &Page, secret: &str) {
    page.tab_to("Rotate");
    page.key(Key::Enter);
    page.see(&format!("Rotated {secret}"));
    page.wait_for("dialog", "Redeploy the certificate");
    page.key(Key::Escape);
    page.wait_for_focus(&format!("Actions for {secret}"));
}

/// Goes from tile to tile until one is chosen.
fn to_tile(page: &Page, name: &str) {
    for _ in 0..8 {
        if page.focused() == name {
            return;
        }
        page.key(Key::Right);
    }
    panic!("the arrow keys never came to {name}");
}
