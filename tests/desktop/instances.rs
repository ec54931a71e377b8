//! Vaults side by side, and what of them is the same after a restart.

use fantoccini::key::Key;

use crate::harness::page::Page;
use crate::harness::vaults::{self, Draft, PASSPHRASE};
use crate::harness::{Desktop, until};
use crate::steps::{self, NewVault};

#[test]
fn without_a_keyring_a_vault_is_made_and_opened_by_passphrase() {
    let mut desktop = Desktop::without_keyring();
    let page = desktop.open();
    page.see("Welcome to Keyturn");
    let code = steps::create_vault(&page, "Home", NewVault::Passphrase(PASSPHRASE));
    steps::add_secret(&page, "deploy-key", "value");

    let page = desktop.restart();
    page.wait_for("heading", "Unlock Home");
    assert!(!page.has("tab", "Keyring"), "the vault has no such method");
    assert!(!page.shows("deploy-key"));
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", "Actions for deploy-key");
    desktop.quit();

    let data = desktop.session.data();
    for unlock in [vaults::passphrase(PASSPHRASE), vaults::recovery_code(&code)] {
        let vault = vaults::open(&data, unlock);
        let id = vault.secret("deploy-key").metadata.id;
        assert_eq!(vault.value(&id, "current"), b"value");
    }
}

#[test]
fn sample_data_is_a_vault_of_its_own_that_is_thrown_away() {
    let mut desktop = Desktop::without_keyring();
    let data = desktop.session.data();
    vaults::create(&data, "Home", vaults::clock()).add(&Draft {
        name: "real-one",
        value: b"kept",
        ..Draft::default()
    });
    let page = desktop.open();
    page.click("link", "Resource List");
    page.press("Look around with sample data");
    page.wait_for("button", "Actions for ci-deploy-token");
    assert!(!page.shows("real-one"));
    let active = page.texts("group", "Active instance");
    assert!(active[0].contains("Sample data"), "{active:?}");

    open_resource_list(&page);
    let rows = page.texts("row", "");
    let row = |name: &str| rows.iter().find(|row| row.contains(name)).cloned();
    assert!(row("Home").unwrap().contains("Local vault"), "{rows:?}");
    assert!(row("Sample data").unwrap().contains("Active"), "{rows:?}");
    page.act("Sample data", "Remove");
    page.wait_for("dialog", "Remove Sample data?");
    page.wait_until_enabled("button", "Remove", false);
    page.fill("Type Sample data to confirm", "Sample data");
    page.press("Remove");
    page.see("Sample data was removed");
    page.wait_for_no("button", "Actions for Sample data");

    let page = desktop.restart();
    assert!(!page.shows("ci-deploy-token"));
    page.press("Home");
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", "Actions for real-one");
    desktop.quit();
    let vault = vaults::open(&data, vaults::passphrase(PASSPHRASE)); // the only one there is
    assert_eq!(vault.total(), 1);
}

#[test]
fn another_name_of_a_vault_is_kept() {
    let mut desktop = Desktop::without_keyring();
    vaults::create(&desktop.session.data(), "Before", vaults::clock());
    let page = desktop.open();
    page.wait_for("heading", "Unlock Before");
    page.click("link", "Resource List");
    page.act("Before", "Rename");
    page.wait_for("dialog", "Rename Before");
    page.fill_and_enter("Name", "After, ž");
    page.wait_for("button", "Actions for After, ž");
    page.wait_for_no("button", "Actions for Before");

    let page = desktop.restart();
    page.wait_for("heading", "Unlock After, ž");
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    let active = page.texts("group", "Active instance");
    assert!(active[0].contains("After, ž"), "{active:?}");
}

#[test]
fn the_list_comes_back_as_it_was_left() {
    let names: Vec<_> = (0..60).map(|number| format!("team-{number:02}")).collect();
    let drafts = names.iter().map(String::as_str).chain(["other"]);
    let drafts = drafts.map(|name| Draft {
        name,
        value: b"x",
        ..Draft::default()
    });
    let (mut desktop, vault, page) = steps::before_vault("Home", |vault| {
        drafts.for_each(|draft| drop(vault.add(&draft)));
    });
    page.see("1–25 of 61 items");
    arrange(&page);
    assert_arranged(&page);
    until("how the list is seen is kept", || {
        let state = steps::list_state(&desktop, &vault)?;
        let columns = state["columns"].as_array()?;
        columns.contains(&"description".into()).then_some(())
    });

    let page = desktop.restart();
    steps::come_back(&desktop, &page);
    assert_arranged(&page);
    assert_eq!(page.value("Search secrets"), "team");
}

/// Another search, order, length of a page, and another column.
fn arrange(page: &Page) {
    page.fill("Search secrets", "team");
    page.see("1–25 of 60 items");
    page.choose("Items per page:", "50");
    page.see("1–50 of 60 items");
    page.click("button", "Name*");
    page.wait_for("button", "Actions for team-59");
    page.press("Columns");
    page.click("checkbox", "Type");
    page.click("checkbox", "Description"); // last: its column is waited for
    page.key(Key::Escape);
    page.wait_for_no("checkbox", "Description");
}

fn assert_arranged(page: &Page) {
    page.see("1–50 of 60 items");
    page.wait_for("columnheader", "Description");
    page.wait_for_no("columnheader", "Type*");
    let rows = page.texts("row", "");
    assert!(rows[1].contains("team-59"), "the order is turned: {rows:?}");
    assert!(rows[50].contains("team-10"), "{rows:?}");
}

pub(crate) fn open_resource_list(page: &Page) {
    if !page.has("link", "Resource List") {
        page.press("Open menu");
    }
    page.click("link", "Resource List");
    page.wait_for("heading", "Resource List");
}
