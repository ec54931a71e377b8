//! What goes beyond the active instance: copying to another one, and the palette, which finds secrets
//! of all of them.

use crate::album::{Album, before_secrets};
use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::remote::RemoteInstance;
use crate::harness::vaults::{self, Draft, PASSPHRASE};
use crate::steps;

/// A window before the secrets of a small team, connected to an instance that has one of their names,
/// and beside a vault that is locked.
fn beside_others(album: &Album) -> (Desktop, RemoteInstance, Page) {
    let (desktop, _, page) = before_secrets(album);
    vaults::create(&desktop.session.data(), "Archive", vaults::clock());
    let instance = RemoteInstance::start(desktop.session.folder(), "Production EU");
    instance.vault().add(&Draft {
        name: "payments-webhook-key",
        value: b"whk-0000",
        ..Draft::default()
    });
    open_menu(&page);
    steps::connect(&page, &instance);
    open_menu(&page);
    page.click("link", "Resource List");
    page.press("Production");
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", "Actions for payments-webhook-key");
    (desktop, instance, page)
}

fn open_menu(page: &Page) {
    if !page.has("link", "Resource List") {
        page.press("Open menu");
    }
}

fn choose_target(page: &Page, name: &str) {
    page.click("combobox", "Copy to*");
    page.wait_for("option", name);
    page.click("option", name);
}

#[test]
fn copying() {
    Album::in_each_theme(|album| {
        let (_desktop, mut instance, page) = beside_others(album);
        page.act("payments-webhook-key", "Copy to…");
        page.wait_for("dialog", "Copy payments-webhook-key to…");
        page.click("combobox", "Copy to*");
        page.wait_for("option", "Archive*");
        album.take(&page, "copy-targets");
        page.click("option", "Archive*");
        page.see("Only its passphrase opens it.");
        album.take(&page, "copy-target-locked");
        choose_target(&page, "Production EU*");
        page.wait_for("button", "Use *");
        album.take(&page, "copy-name-taken");
        let free = page.texts("button", "Use *").remove(0);
        page.press(&free);
        page.wait_until_enabled("button", "Copy", true);
        album.take(&page, "copy-plan");
        page.press("Copy");
        page.see("read back: the same, byte for byte.");
        album.take(&page, "copy-checked");
        page.press("Close");
        page.wait_for_no("dialog", "");

        for name in [
            "backup-repository-key",
            "ci-deploy-token",
            "payments-webhook-key",
        ] {
            page.click("checkbox", &format!("Select {name}"));
        }
        page.press("Copy to…");
        page.wait_for("dialog", "Copy 3 secrets to…");
        choose_target(&page, "Production EU*");
        page.wait_for("button", "Use *");
        album.take(&page, "copy-several");
        page.press("Copy 2 of 3");
        page.see("read back: the same, byte for byte.");
        album.take(&page, "copy-several-checked");
        page.press("Close");
        page.wait_for_no("dialog", "");

        instance.stop();
        page.act("staging-db-dsn", "Copy to…");
        page.wait_for("dialog", "Copy staging-db-dsn to…");
        choose_target(&page, "Production EU*");
        page.wait("it says what is wrong", |page| {
            (!page.texts("alert", "").is_empty()).then_some(())
        });
        album.take(&page, "copy-unreachable");
    });
}

#[test]
fn the_palette() {
    Album::in_each_theme(|album| {
        let (_desktop, _instance, page) = beside_others(album);
        let field = "Search all instances, or run an action";
        page.chord(fantoccini::key::Key::Control, "k");
        page.wait_for_focus(field);
        album.take(&page, "palette");
        page.type_text("key");
        page.wait_for("option", "backup-repository-key*");
        page.see("Not searched while locked: Archive.");
        album.take(&page, "palette-found");
        page.key(fantoccini::key::Key::Right);
        page.wait_for("listbox", "Actions for *");
        album.take(&page, "palette-actions");
        page.fill(field, "rotate webhook");
        page.wait_for("option", "Rotate: payments-webhook-key*");
        album.take(&page, "palette-rotate");
        page.fill(field, "no such thing");
        page.wait("nothing is found", |page| {
            page.texts("option", "").is_empty().then_some(())
        });
        album.take(&page, "palette-nothing");
    });
}
