//! Groups, locks, what is due, comparison, and work on many secrets.

use keyturn_api::Reminder;

use crate::album::{Album, before_secrets};
use crate::harness::vaults::{self, Draft, every_days};
use crate::steps;

const NAME: &str = "payments-webhook-key";

#[test]
fn groups() {
    Album::in_each_theme(|album| {
        let (_desktop, vault, page) = before_secrets(album);
        page.click("link", "Secret groups");
        page.see("Only the group default so far");
        album.take(&page, "groups-empty");
        page.press("Create");
        page.fill_and_enter("Name", "default");
        page.see("already exists");
        album.take(&page, "groups-create-refused");
        steps::drop_changes(&page);
        let group = vault.add_group("payments");
        vault.add_group("databases");
        let mut new = vaults::new_secret(&Draft {
            name: "card-key",
            value: b"1",
            ..Draft::default()
        });
        new.secret_group_id = group;
        vault.add_new(new);
        page.wait_for("button", "1 secret in payments");
        album.take(&page, "groups");
        page.press("Actions for payments");
        page.see("The group holds 1 secret: card-key.");
        album.take(&page, "groups-actions");
    });
}

#[test]
fn locks() {
    Album::in_each_theme(|album| {
        let (_desktop, vault, page) = before_secrets(album);
        let id = vault.secret(NAME).metadata.id;
        page.act(NAME, "Locks");
        page.see("No locks");
        album.take(&page, "locks-empty");
        page.press("Create lock");
        page.wait_for("dialog", "Create lock");
        page.fill("Name", "checkout-eu");
        page.click("checkbox", "Remove previous locks");
        page.click("checkbox", "Delete previous version data");
        page.see("is then gone");
        album.take(&page, "locks-create");
        steps::escape(&page);
        page.press("Drop changes");
        page.wait_for_no("dialog", "Create lock");
        vault.lock(&id, &["checkout-eu", "checkout-us"]);
        vault.rotate(&id, b"next", None);
        vault.lock(&id, &["checkout-eu"]);
        page.see("checkout-us");
        album.take(&page, "locks");
        steps::escape(&page);
        page.wait_for_no("dialog", "Locks");
        page.act(NAME, "Rotate");
        page.wait_for("button", "Remove these locks…");
        album.take(&page, "rotate-locked");
        page.press("Remove these locks…");
        page.wait_for("button", "Keep locks");
        album.take(&page, "rotate-locked-question");
    });
}

#[test]
fn what_is_due() {
    Album::in_each_theme(|album| {
        let (_desktop, vault, page) = before_secrets(album);
        let mut new = vaults::new_secret(&Draft {
            name: "relay-token",
            value: b"1",
            ..Draft::default()
        });
        new.reminder = Some(Reminder {
            every_days: 30,
            snoozed_until: None,
        });
        vault.add_new(new);
        vault.add_new(vaults::credentials("reporting-db", every_days(30)));
        page.wait_for("button", "Actions for relay-token");
        page.act("relay-token", "Details");
        page.click("tab", "Rotation");
        page.see("30 days after the last rotation.");
        album.take(&page, "details-reminder");
        steps::escape(&page);
        page.act("reporting-db", "Details");
        page.click("tab", "Rotation");
        page.click("radio", "60 days");
        page.see("It rotates at");
        album.take(&page, "details-rotation");
    });
}

#[test]
fn comparison() {
    Album::in_each_theme(|album| {
        let (_desktop, vault, page) = before_secrets(album);
        page.act(NAME, "Version history");
        page.press("Compare with… version 1");
        page.see("line");
        album.take(&page, "compare");
        page.press("Show values");
        page.wait_for("button", "Hide values");
        album.take(&page, "compare-shown");
        steps::escape(&page);
        page.wait_for_no("dialog", "Compare versions");
        steps::escape(&page);
        let json = r#"{"user":"app","port":5432,"tls":{"on":true,"hosts":["a","b"]}}"#;
        vault.add_new(vaults::object("search-cluster", json));
        page.wait_for("button", "Actions for search-cluster");
        page.act("search-cluster", "Rotate");
        page.press("Begin with the current object");
        page.click("tab", "Edit as table");
        page.fill("Value of user", "root");
        page.press("Expand tls");
        page.see("1 changed");
        album.take(&page, "rotate-key-value-table");
    });
}

#[test]
fn many() {
    Album::in_each_theme(|album| {
        let (_desktop, vault, page) = before_secrets(album);
        let id = vault.secret("mail-relay-token").metadata.id;
        vault.lock(&id, &["relay"]);
        page.click("checkbox", "Select mail-relay-token");
        page.click("checkbox", "Select ci-deploy-token");
        page.see("2 items selected");
        album.take(&page, "selected");
        page.press("Delete");
        page.see("cannot be deleted");
        album.take(&page, "selected-delete");
        steps::escape(&page);
        page.wait_for_no("dialog", "Delete 2 secrets");
        page.press("Download");
        page.see("unencrypted");
        album.take(&page, "selected-download");
        steps::escape(&page);
        page.wait_for_no("dialog", "Download 2 secrets");
        page.press("Cancel");
        page.click("checkbox", "Overdue");
        page.wait_for_no("button", "Actions for ci-deploy-token");
        page.press("Saved filters");
        page.click("menuitem", "Save current filter…");
        page.wait_for("dialog", "Save current filter");
        album.take(&page, "filter-save");
        page.fill_and_enter("Name", "To be rotated");
        page.see("Saved filter");
        steps::dismiss_toasts(&page);
        page.press("Saved filters");
        page.wait_for("menuitem", "To be rotated");
        album.take(&page, "filters-saved");
    });
}
