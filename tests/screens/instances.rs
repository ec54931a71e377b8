//! First start, unlocking, and the resource list.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;

use serde_json::json;

use crate::album::{Album, before_secrets};
use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::vaults::{self, PASSPHRASE};
use crate::steps;

/// A first start in the album's theme.
fn first_start(album: &Album, mut desktop: Desktop) -> (Desktop, Page) {
    let data = desktop.session.data();
    DirBuilder::new().mode(0o700).create(&data).unwrap();
    let settings = json!({ "settings": vaults::settings(album.theme), "last_instance": null });
    fs::write(data.join("settings.json"), settings.to_string()).unwrap();
    let page = desktop.open();
    page.see("Welcome to Keyturn");
    (desktop, page)
}

#[test]
fn first_start_with_a_keyring() {
    Album::in_each_theme(|album| {
        let (_desktop, page) = first_start(album, Desktop::new());
        album.take(&page, "welcome");
        page.press("Create a vault on this computer");
        page.wait_for("textbox", "Name of the vault");
        album.take(&page, "create-vault");
        page.press("Create vault");
        page.wait_for("heading", "Write down the recovery code");
        album.take(&page, "recovery-code");
        let groups = steps::recovery_groups(&page);
        page.press("I wrote it down");
        page.wait_for("heading", "Confirm the recovery code");
        album.take(&page, "recovery-confirm");
        page.press("Show the code again");
        page.press("Do this later");
        page.see("No secrets yet");
        album.take(&page, "secrets-empty-unconfirmed");
        page.press("Finish setting up the recovery code");
        page.wait_for("dialog", "New recovery code");
        album.take(&page, "recovery-dialog");
        page.press("Show a new code");
        page.wait_for("dialog", "Write down the recovery code");
        assert_ne!(steps::recovery_groups(&page), groups);
        album.take(&page, "recovery-dialog-code");
    });
}

#[test]
fn first_start_without_a_keyring() {
    Album::in_each_theme(|album| {
        let (_desktop, page) = first_start(album, Desktop::without_keyring());
        page.press("Create a vault on this computer");
        page.press("Create vault");
        page.see("No vault was created");
        album.take(&page, "create-vault-no-keyring");
        page.press("Continue with a passphrase");
        page.fill("Passphrase", "short");
        page.press("Create vault");
        page.see("at least 10 characters");
        album.take(&page, "create-vault-faults");
    });
}

#[test]
fn sample_data_and_the_resource_list() {
    Album::in_each_theme(|album| {
        let (desktop, page) = first_start(album, Desktop::without_keyring());
        vaults::create(&desktop.session.data(), "Production", vaults::clock());
        vaults::create(&desktop.session.data(), "Staging", vaults::clock());
        page.press("Look around with sample data");
        page.wait_for("button", "Actions for ci-deploy-token");
        album.take(&page, "sample-data");
        page.press("Open menu");
        page.wait_for("link", "Resource List");
        album.take(&page, "menu");
        page.click("link", "Resource List");
        page.wait_for("button", "Actions for Production");
        album.take(&page, "resource-list");
        page.press("Actions for Production");
        page.wait_for("menuitem", "Rename");
        album.take(&page, "resource-list-actions");
        page.click("menuitem", "Remove");
        page.wait_for("dialog", "Remove Production?");
        album.take(&page, "resource-list-remove");
        steps::escape(&page);
        page.act("Production", "Rename");
        page.wait_for("dialog", "Rename Production");
        album.take(&page, "resource-list-rename");
    });
}

#[test]
fn locked() {
    Album::in_each_theme(|album| {
        let (desktop, _vault, page) = before_secrets(album);
        page.click("link", "Settings");
        page.press("New recovery code");
        page.press("Show a new code");
        let groups = steps::recovery_groups(&page);
        page.press("I wrote it down");
        steps::confirm_recovery_code(&page, &groups);
        page.see("The recovery code is set up");
        let page = desktop.lock(|page| page.press("Lock"));
        page.wait_for("textbox", "Passphrase");
        album.take(&page, "unlock");
        page.fill("Passphrase", &PASSPHRASE.to_uppercase());
        page.press("Unlock");
        page.see("does not open");
        album.take(&page, "unlock-wrong");
        page.click("tab", "Recovery code");
        page.fill("Recovery code", "not one");
        page.press("Unlock");
        page.wait("what is wrong is said", |page| {
            (!page.description("textbox", "Recovery code").is_empty()).then_some(())
        });
        album.take(&page, "unlock-recovery-code");
    });
}

#[test]
fn a_keyring_that_lost_the_key() {
    Album::in_each_theme(|album| {
        let (mut desktop, page) = first_start(album, Desktop::new());
        steps::create_vault(&page, "Home", steps::NewVault::Keyring);
        desktop.quit();
        desktop.session.reset_keyring();
        let page = desktop.open();
        page.wait_for("textbox", "Recovery code");
        album.take(&page, "unlock-keyring-trouble");
    });
}
