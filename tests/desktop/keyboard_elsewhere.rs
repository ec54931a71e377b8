//! Instances beside the active one by keyboard alone: connecting to one, copying a secret there and
//! back, and the palette, which finds what is in either.

use std::path::Path;

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::remote::RemoteInstance;
use crate::harness::vaults::{self, Draft, OpenVault};
use crate::keyboard::choose;
use crate::steps;

/// The field of the palette.
const FIELD: &str = "Search all instances, or run an action";
const FILE: &[u8] = &[0xff, 0, 0x80, b'\n'];

#[test]
fn a_secret_goes_to_another_instance_and_back_by_keyboard_alone() {
    let mut desktop = Desktop::new();
    let page = desktop.open();
    let code = steps::create_vault(&page, "Home", steps::NewVault::Keyring);
    let home = vaults::open(&desktop.session.data(), vaults::recovery_code(&code));
    let id = home.add(&Draft {
        name: "db",
        description: "of the web shop",
        labels: &["eu-de", "two words"],
        value: b"first \xc5\xbe",
        metadata: Some(json!({ "owner": "platform" })),
        ..Draft::default()
    });
    home.rotate(&id, FILE, Some(json!({ "ticket": "OPS-7" })));
    home.rotate(&id, b"third", None);
    page.wait_for("button", "Actions for db");

    let (_served, there) = connect(&page, desktop.session.folder());
    page.see("No secrets yet");
    palette(&page, "switch to home");
    page.wait_for("button", "Actions for db");

    copy(&page, "Production", |page| {
        page.see("3 versions with their values, oldest first.");
    });
    page.tab_to("Open there");
    page.key(Key::Enter);
    page.wait("the other instance is open", |page| {
        let active = page.texts("group", "Active instance").concat();
        active.contains("Production").then_some(())
    });
    same(&home, "db", &there, "db");

    steps::escape(&page);
    page.wait_for_no("dialog", "");
    palette(&page, "view db");
    page.wait_for("dialog", "View secret");
    page.wait_for_focus("Show");
    page.key(Key::Enter);
    page.wait_for("textbox", "Value");
    assert_eq!(page.value("Value"), "third");
    page.key(Key::Escape);
    page.wait_for_no("dialog", "View secret");

    let mut free = String::new();
    copy(&page, "Home", |page| {
        page.wait_for("button", "Use *");
        let button = page.texts("button", "Use *").remove(0);
        page.tab_to(&button);
        page.key(Key::Enter);
        free = button.trim_start_matches("Use ").to_owned();
    });
    page.tab_to("Close");
    page.key(Key::Enter);
    page.wait_for_no("dialog", "");
    assert_eq!(home.total(), 2);
    same(&there, "db", &home, &free);

    page.chord(Key::Control, "k");
    page.wait_for_focus(FIELD);
    page.type_text(&free);
    page.see("Not searched while locked: Home.");
    page.key(Key::Escape);
    palette(&page, "switch to home");
    page.wait("the vault is open", |page| {
        let active = page.texts("group", "Active instance").concat();
        active.contains("Home").then_some(())
    });
    palette(&page, &free);
    page.wait_for("dialog", "Details");
}

/// Connects to a new instance; the vault behind it is the second.
fn connect(page: &Page, folder: &Path) -> (RemoteInstance, OpenVault) {
    let instance = RemoteInstance::start(folder, "Production");
    palette(page, "connect");
    page.wait_for_focus("Name");
    page.type_text("Production");
    page.tab_to("IBM Cloud");
    page.key(Key::Right);
    page.wait_for_focus("Address");
    page.tab_to("URL");
    page.type_text(&instance.url());
    page.tab_to("API key");
    page.type_text(&instance.api_key);
    page.tab_to("Test connection");
    page.key(Key::Enter);
    page.see("The key sees 0 secrets.");
    page.tab_to("Connect");
    page.key(Key::Enter);
    page.wait_for("heading", "Secrets");
    let vault = instance.vault();
    (instance, vault)
}

/// Runs what the palette finds first.
fn palette(page: &Page, text: &str) {
    page.wait_for_any_focus();
    page.chord(Key::Control, "k");
    page.wait_for_focus(FIELD);
    page.type_text(text);
    let last = text.rsplit(' ').next().unwrap_or_default();
    page.wait("the palette has an answer", |page| {
        let found = page.texts("option", "");
        let first = found.first()?.to_lowercase();
        first.contains(last).then_some(())
    });
    page.key(Key::Enter);
}

/// Copies `db` to an instance, after a look at what will be copied.
fn copy(page: &Page, target: &str, look: impl FnOnce(&Page)) {
    page.tab_to("Actions for db");
    page.key(Key::Enter);
    choose(page, "Copy to…");
    page.wait_for("dialog", "Copy db to…");
    page.tab_to("Copy to");
    page.key(Key::Down);
    page.see(target);
    page.key(Key::Enter);
    look(page);
    page.wait_until_enabled("button", "Copy", true);
    page.tab_to("Copy");
    page.key(Key::Enter);
    page.see("3 versions were read back: the same, byte for byte.");
}

/// Values byte for byte, metadata, and the order of versions.
fn same(one: &OpenVault, name: &str, other: &OpenVault, copy: &str) {
    let (secret, copied) = (one.secret(name).metadata, other.secret(copy).metadata);
    assert_eq!(secret.description, copied.description);
    assert_eq!(secret.labels, copied.labels);
    assert_eq!(secret.custom_metadata, copied.custom_metadata);
    let versions = |vault: &OpenVault, id: &str| -> Vec<_> {
        let all = vault.versions(id).into_iter();
        let all = all.map(|version| {
            let value = vault.value(id, &version.metadata.id);
            (
                version.number,
                version.binary,
                version.metadata.version_custom_metadata,
                value,
            )
        });
        all.collect()
    };
    let mine = versions(one, &secret.id);
    assert_eq!(mine.len(), 3);
    assert_eq!(mine[1].3, FILE);
    assert_eq!(mine, versions(other, &copied.id));
}
