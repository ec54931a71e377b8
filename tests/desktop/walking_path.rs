//! The walking path: from the first start to three versions, and everything that can be done with
//! them, over locking and restarts.

use keyturn_api::VersionAlias;
use serde_json::json;

use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::vaults::{self, OpenVault};
use crate::steps::{self, NewVault};

/// Not UTF-8, as the files that people rotate often are.
const CERTIFICATE: &[u8] = &[0x30, 0x82, 0x03, 0xff, 0x00, 0xfe, 0x0a, 0x80];
const PASSPHRASE: &str = "correct horse battery";
const NAME: &str = "deploy-key";

#[test]
fn first_start_to_three_versions_and_back_over_locks_and_a_restart() {
    let mut desktop = Desktop::new();
    let page = desktop.open();
    page.see("Welcome to Keyturn");
    let code = steps::create_vault(&page, "Home", NewVault::Keyring);
    assert_eq!(desktop.session.keyring_entries(), 1);

    walk(&desktop, &page);

    let page = desktop.lock(|page| page.press("Lock"));
    assert!(!page.shows(NAME), "a locked window names no secret");
    steps::unlock(&page, "Recovery code", &code.to_lowercase());
    steps::set_passphrase(&page, PASSPHRASE);
    let page = desktop.lock(|page| page.press("Lock"));
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", &format!("Actions for {NAME}"));

    let page = desktop.restart();
    page.wait_for("heading", "Secrets"); // the keyring opened it
    page.act(NAME, "Version history");
    page.wait_for("heading", "Version 4");
    page.wait_for("heading", "Version 1");
    desktop.quit();

    let data = desktop.session.data();
    check(&vaults::open(&data, vaults::passphrase(PASSPHRASE)));
    check(&vaults::open(&data, vaults::recovery_code(&code)));
}

/// From no secret to three versions of one, and back to the first.
pub(crate) fn walk(desktop: &Desktop, page: &Page) {
    desktop.file("cert.der", CERTIFICATE);
    steps::add_secret(page, NAME, "first value");
    rotate_by_file(page);
    rotate_by_hand(page);
    look_at_history(page);
    view_and_restore(page);
}

fn rotate_by_file(page: &Page) {
    page.act(NAME, "Rotate");
    page.wait_for("dialog", &format!("Rotate {NAME}"));
    steps::select_value_file(page, "~/cert.der");
    page.see("cert.der");
    page.see("8 bytes of at most 750,000");
    page.see("Binary");
    steps::rotate(page, NAME);
}

fn rotate_by_hand(page: &Page) {
    page.act(NAME, "Rotate");
    page.wait_for("dialog", &format!("Rotate {NAME}"));
    steps::enter_value(page, "third value, ž");
    steps::fill_metadata(page, "Metadata", r#"{ "owner": "platform" }"#);
    steps::fill_metadata(page, "Version metadata", r#"{ "ticket": "OPS-7" }"#);
    steps::rotate(page, NAME);
}

fn look_at_history(page: &Page) {
    page.act(NAME, "Version history");
    page.wait_for("dialog", "Version history");
    page.wait_for("heading", "Version 3");
    assert_eq!(
        page.texts("heading", "Version*"),
        ["Version history", "Version 3", "Version 2", "Version 1"]
    );
    let cards = page.texts("listitem", "Version*");
    assert_eq!(cards.len(), 3, "{cards:?}");
    assert!(
        cards[0].contains("Current") && cards[0].contains("OPS-7"),
        "{cards:?}"
    );
    assert!(
        cards[1].contains("Previous") && cards[1].contains("Binary"),
        "{cards:?}"
    );
    assert!(
        !cards[2].contains("Current") && !cards[2].contains("Previous"),
        "{cards:?}"
    );
}

fn view_and_restore(page: &Page) {
    page.press("View version 1");
    page.wait_for("dialog", "View version 1");
    page.press("Show");
    page.wait_for("textbox", "Value");
    assert_eq!(page.value("Value"), "first value");
    page.press("Hide");
    page.wait_for_no("textbox", "Value");
    steps::escape(page);
    page.wait_for_no("dialog", "View version 1");

    page.press("Restore version 1");
    page.wait_for("dialog", "Restore version 1");
    page.press("Restore");
    page.see("Restored version 1");
    page.wait_for("heading", "Version 4");
    page.see("restored from version 1");
    steps::escape(page);
    page.wait_for_no("dialog", "Version history");
}

/// What the vault itself says about all that was done.
pub(crate) fn check(vault: &OpenVault) {
    let secret = vault.secret(NAME);
    let id = &secret.metadata.id;
    assert_eq!(vault.total(), 1);
    assert_eq!(secret.metadata.versions_total, 4);
    assert_eq!(
        secret.metadata.custom_metadata,
        Some(vaults::metadata(json!({ "owner": "platform" })))
    );
    // the current value is text again; the label told of the binary one
    assert_eq!(secret.metadata.labels, Vec::<String>::new());

    let versions = vault.versions(id);
    let numbers: Vec<u32> = versions.iter().map(|version| version.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    let binary: Vec<bool> = versions.iter().map(|version| version.binary).collect();
    assert_eq!(binary, [false, true, false, false]);
    let aliases: Vec<_> = versions
        .iter()
        .map(|version| version.metadata.alias)
        .collect();
    assert_eq!(
        aliases,
        [
            None,
            None,
            Some(VersionAlias::Previous),
            Some(VersionAlias::Current)
        ]
    );
    assert_eq!(versions[3].restored_from, Some(1));
    let comment = versions[2].metadata.version_custom_metadata.clone();
    assert_eq!(
        comment,
        Some(vaults::metadata(json!({ "ticket": "OPS-7" })))
    );

    let values: Vec<Vec<u8>> = versions
        .iter()
        .map(|version| vault.value(id, &version.metadata.id))
        .collect();
    assert_eq!(values[0], b"first value");
    assert_eq!(values[1], CERTIFICATE);
    assert_eq!(values[2], "third value, ž".as_bytes());
    assert_eq!(values[3], b"first value");
}
