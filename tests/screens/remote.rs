//! Remote instances: connecting, working there, and what shows while one does not answer.

use crate::album::{self, Album};
use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::remote::{self, RemoteInstance};
use crate::harness::vaults::{self, PASSPHRASE, SetClock};
use crate::steps;

/// A window in the album's theme before a remote instance with the secrets of a small team.
fn before_remote(album: &Album) -> (Desktop, Page) {
    let mut desktop = Desktop::without_keyring();
    let data = desktop.session.data();
    let elsewhere = remote::data(desktop.session.folder());
    let (_, page) = steps::before_remote(&mut desktop, "Production EU", |_| {
        let clock = SetClock::days_ago(90);
        let unlock = vaults::passphrase(PASSPHRASE);
        let vault = vaults::open_at(&elsewhere, unlock, clock.clone());
        album::fill(&vault, &clock);
        vaults::change_settings(&data, &[("theme", album.theme)]);
    });
    page.wait_for("button", "Actions for payments-webhook-key");
    (desktop, page)
}

fn open_resource_list(page: &Page) {
    if !page.has("link", "Resource List") {
        page.press("Open menu");
    }
    page.click("link", "Resource List");
    page.wait_for("heading", "Resource List");
}

fn instance(desktop: &mut Desktop) -> &mut RemoteInstance {
    desktop.remote.as_mut().unwrap()
}

#[test]
fn connecting() {
    Album::in_each_theme(|album| {
        let (mut desktop, page) = before_remote(album);
        let url = instance(&mut desktop).url();
        open_resource_list(&page);
        album.take(&page, "remote-resource-list");
        page.press("Connect");
        page.wait_for("dialog", "Connect to an instance");
        album.take(&page, "connect-ibm-cloud");
        page.fill("Instance ID", "production");
        page.fill("API key", "kt-0000");
        page.press("Test connection");
        page.see("This is no id of an instance.");
        album.take(&page, "connect-ibm-cloud-fault");
        page.fill("Name", "Staging");
        page.click("radio", "Address");
        page.press("More");
        page.wait_for("textbox", "Proxy (optional)*");
        album.take(&page, "connect-more");
        page.press("More");
        page.fill("URL", "http://127.0.0.1:9");
        page.press("Test connection");
        page.wait("it says what is wrong", |page| {
            (!page.texts("alert", "").is_empty()).then_some(())
        });
        album.take(&page, "connect-unreachable");
        page.fill("URL", &url);
        page.press("Test connection");
        page.see("not accepted");
        album.take(&page, "connect-refused");
        page.fill("API key", &instance(&mut desktop).api_key);
        page.press("Test connection");
        page.see("answered.");
        album.take(&page, "connect-tested");
        page.press("Connect");
        page.see("this session has no keyring");
        album.take(&page, "connect-no-keyring");
        page.click("checkbox", "Ask for the key each time");
        page.press("Connect");
        page.wait_for_no("dialog", "Connect to an instance");
        open_resource_list(&page);
        album.take(&page, "remote-resource-list-two");
        page.press("Actions for Staging");
        page.wait_for("menuitem", "Replace API key");
        album.take(&page, "remote-resource-list-actions");
        page.click("menuitem", "Remove");
        page.wait_for("dialog", "Remove Staging?");
        album.take(&page, "remote-remove");
        steps::escape(&page);
        page.wait_for_no("dialog", "");
        page.act("Staging", "Change colour");
        page.wait_for("dialog", "");
        album.take(&page, "remote-colour");
    });
}

#[test]
fn working_on_it_and_without_it() {
    Album::in_each_theme(|album| {
        let (mut desktop, page) = before_remote(album);
        album.take(&page, "remote-secrets");
        page.act("payments-webhook-key", "Rotate");
        page.wait_for("dialog", "Rotate payments-webhook-key");
        page.see("4, since");
        steps::enter_value(&page, "whk-2f60");
        album.take(&page, "remote-rotate");
        steps::drop_changes(&page);
        page.act("payments-webhook-key", "Version history");
        page.wait_for("heading", "Version 4");
        album.take(&page, "remote-versions");
        steps::escape(&page);
        page.wait_for_no("heading", "Version 4");

        instance(&mut desktop).stop();
        page.see("Production EU cannot be reached, since");
        album.take(&page, "remote-offline");
        page.press("Actions for payments-webhook-key");
        page.wait_for("menuitem", "Rotate");
        album.take(&page, "remote-offline-actions");
        steps::escape(&page);
        page.fill("Search secrets", "nothing like it");
        page.wait_for_no("button", "Actions for payments-webhook-key");
        album.take(&page, "remote-offline-nothing-found");
        page.click("link", "Secrets engines");
        page.wait_for("heading", "Secrets engines");
        album.take(&page, "remote-offline-engines");
        open_resource_list(&page);
        page.see("Offline, seen");
        album.take(&page, "remote-resource-list-offline");

        instance(&mut desktop).start_again();
        instance(&mut desktop).change_key();
        page.press("Production EU");
        page.see("Production EU does not take its API key.");
        album.take(&page, "remote-key-refused");
        open_resource_list(&page);
        page.see("Key refused");
        album.take(&page, "remote-resource-list-key-refused");
        page.act("Production EU", "Replace API key");
        page.wait_for("dialog", "API key for Production EU");
        page.fill("API key", "kt-0000");
        page.press("Connect");
        page.wait("the key is refused", |page| {
            (!page.texts("alert", "").is_empty()).then_some(())
        });
        album.take(&page, "remote-replace-key-refused");
    });
}
