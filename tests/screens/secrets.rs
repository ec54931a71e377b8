//! The list of secrets, and what is opened from it.

use crate::album::{Album, before_secrets};
use crate::harness::page::Page;
use crate::steps;

const NAME: &str = "payments-webhook-key";

#[test]
fn the_list() {
    Album::in_each_theme(|album| {
        let (_desktop, _vault, page) = before_secrets(album);
        album.take(&page, "secrets");
        page.press(&format!("Actions for {NAME}"));
        page.wait_for("menuitem", "Rotate");
        album.take(&page, "secrets-actions");
        steps::escape(&page);
        page.press("Actions for license-file");
        page.wait_for("menuitem", "Rotate");
        album.take(&page, "secrets-actions-expired");
        steps::escape(&page);
        page.press("Columns");
        page.wait_for("checkbox", "Description");
        page.click("checkbox", "Labels");
        page.click("checkbox", "Description");
        page.wait_for("columnheader", "Description");
        album.take(&page, "secrets-columns");
        steps::escape(&page);
        page.resize(960, 640);
        album.take(&page, "secrets-narrow");
        page.resize(1280, 800);
        page.click("combobox", "State");
        page.wait_for("option", "Active");
        album.take(&page, "secrets-filter");
        steps::escape(&page);
        page.fill("Search secrets", "no-such-secret");
        page.see("No secret matches");
        album.take(&page, "secrets-no-match");
        page.fill("Search secrets", "x");
        page.wait("the search says what it needs", |page| {
            (!page.description("searchbox", "Search secrets").is_empty()).then_some(())
        });
        album.take(&page, "secrets-search-short");
        page.fill("Search secrets", "mail");
        page.wait_for_no("button", &format!("Actions for {NAME}"));
        page.key(fantoccini::key::Key::Tab);
        page.wait_for_any_focus();
        page.press("Keyboard shortcuts");
        page.wait_for("dialog", "Keyboard shortcuts");
        album.take(&page, "shortcuts");
    });
}

#[test]
fn add() {
    Album::in_each_theme(|album| {
        let (desktop, _vault, page) = before_secrets(album);
        page.press("Add");
        page.wait_for("dialog", "Add a secret");
        album.take(&page, "add-type");
        page.press("Next");
        page.fill("Name", "no spaces please");
        page.fill_and_enter("Labels", "x");
        steps::fill_metadata(&page, "Metadata", "{ \"owner\": }");
        page.see("at line 1, column 12");
        album.take(&page, "add-general-faults");
        page.fill("Name", "tls-keystore");
        page.gone("A name consists of"); // what stands below moves up
        page.press("Remove label x");
        page.fill_and_enter("Labels", "production");
        page.fill("Metadata", "{ \"owner\": \"platform\" }");
        page.gone("at line 1");
        page.press("Next");
        page.wait_for("tab", "Enter a value");
        album.take(&page, "add-value");
        page.press("Next");
        page.see("Select a file, or enter a value.");
        album.take(&page, "add-value-missing");
        desktop.file("keystore.p12", &[0xff; 4312]);
        steps::select_value_file(&page, "~/keystore.p12");
        page.see("4,312 bytes");
        album.take(&page, "add-value-file");
        page.press("Next");
        page.wait_for("button", "Add");
        album.take(&page, "add-review");
    });
}

#[test]
fn rotate() {
    Album::in_each_theme(|album| {
        let (desktop, vault, page) = before_secrets(album);
        open_rotate(&page);
        album.take(&page, "rotate");
        desktop.file("empty.txt", b"");
        steps::select_value_file(&page, "~/empty.txt");
        page.see("was not taken");
        album.take(&page, "rotate-refused-file");
        desktop.file("webhook-key.der", &[0xfe; 1192]);
        steps::select_value_file(&page, "~/webhook-key.der");
        page.see("1,192 bytes");
        album.take(&page, "rotate-file");
        steps::fill_metadata(&page, "Version metadata", "{ \"ticket\": \"OPS-93\" }");
        album.take(&page, "rotate-metadata");
        let id = vault.secret(NAME).metadata.id;
        vault.rotate(&id, b"whk-meanwhile", None);
        page.press("Rotate");
        page.wait_for("button", "Reload and review");
        album.take(&page, "rotate-conflict");
        page.press("Reload and review");
        page.see("What you entered was kept");
        steps::enter_value(&page, "whk-0c44");
        album.take(&page, "rotate-typed");
        steps::rotate(&page, NAME);
        album.take(&page, "rotated");
    });
}

#[test]
fn view_details_delete() {
    Album::in_each_theme(|album| {
        let (_desktop, _vault, page) = before_secrets(album);
        page.act(NAME, "View secret");
        page.wait_for("dialog", "View secret");
        album.take(&page, "view-masked");
        page.press("Show");
        page.wait_for("textbox", "Value");
        page.press("Copy");
        page.see("clipboard");
        album.take(&page, "view-shown");
        steps::escape(&page);
        page.act(NAME, "Details");
        page.wait_for("dialog", "Details");
        album.take(&page, "details");
        page.click("tab", "Expiration");
        album.take(&page, "details-expiration");
        page.click("tab", "Metadata");
        album.take(&page, "details-metadata");
        page.fill("Metadata", "[1]");
        page.see("A JSON object is needed");
        steps::escape(&page);
        page.see("Changes are not saved");
        album.take(&page, "details-unsaved");
        page.press("Drop changes");
        page.act(NAME, "Delete");
        page.wait_for("dialog", &format!("Delete {NAME}"));
        album.take(&page, "delete");
    });
}

fn open_rotate(page: &Page) {
    page.act(NAME, "Rotate");
    page.wait_for("dialog", &format!("Rotate {NAME}"));
    page.see("since");
}

/// The value's step of each further type.
#[test]
fn add_further_types() {
    Album::in_each_theme(|album| {
        let (_desktop, _vault, page) = before_secrets(album);
        steps::begin_adding(&page, "User credentials", "reporting-login");
        page.fill("User name", "report");
        album.take(&page, "add-credentials");
        page.click("checkbox", "Digits");
        page.fill("Characters to leave out", "abcdefghijklmnopqrstuvwxyz");
        page.press("Next");
        page.press("Add");
        page.see("All lower-case letters are left out");
        album.take(&page, "add-credentials-refused");
        page.click("tab", "Enter a password");
        page.fill("New password", "12345");
        page.press("Next");
        page.see("A password has 6 to 256 characters.");
        album.take(&page, "add-credentials-entered");
        steps::drop_changes(&page);

        steps::begin_adding(&page, "Key-value", "search-cluster");
        page.click("tab", "Enter JSON");
        page.fill(
            "New object",
            "{\n  \"user\": \"app\",\n  \"user\": \"root\"\n}",
        );
        page.see("for the second time at line 3, column 8");
        album.take(&page, "add-key-value-fault");
        page.fill("New object", "{ \"user\": \"app\", \"port\": 5432 }");
        page.gone("second time");
        page.press("Next");
        page.press("Add");
        page.see("Added search-cluster");
        page.act("search-cluster", "Rotate");
        page.click("tab", "Enter JSON");
        album.take(&page, "rotate-key-value");
    });
}
