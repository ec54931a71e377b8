//! Comparing: what differs is said, and shown only on demand.

use crate::harness::axe;
use crate::harness::vaults::{self, Draft};
use crate::steps;

#[test]
fn versions_are_compared_with_their_values_hidden_until_they_are_asked_for() {
    let (_desktop, vault, page) = steps::before_an_empty_vault("Compare");
    let id = vault.add(&Draft {
        name: "config",
        value: b"host = alpha\nport = 1\n",
        ..Draft::default()
    });
    vault.rotate(&id, b"host = omega\nport = 1\n", None);
    page.wait_for("button", "Actions for config");
    page.act("config", "Version history");
    page.press("Compare with… version 1");
    page.wait_for("dialog", "Compare versions");
    page.see("1 line added, 1 removed");
    assert!(!page.shows("alpha") && !page.shows("omega"));
    axe::check(&page, "compare versions, hidden");
    page.press("Show values");
    page.see("host = omega");
    page.see("host = alpha");
    axe::check(&page, "compare versions, shown");
    page.press("Hide values");
    page.gone("host = omega");
    assert!(!page.shows("alpha"));
}

#[test]
fn a_rotation_of_an_object_says_what_it_changes_before_the_click() {
    let (_desktop, vault, page) = steps::before_an_empty_vault("Compare");
    let json = r#"{"user":"app","port":90071992547409931234,"tls":{"on":true}}"#;
    let id = vault.add_new(vaults::object("db", json));
    page.wait_for("button", "Actions for db");
    page.act("db", "Rotate");
    page.press("Begin with the current object");
    page.see("Difference to the current version");
    page.see("The new value is the same as the current one.");

    // one key of many, in the table; the rest stays as it was written
    page.click("tab", "Edit as table");
    page.wait_for("textbox", "Key 1");
    axe::check(&page, "rotate an object in the table");
    page.click("switch", ""); // shows what is typed
    page.fill("Value of user", "root");
    page.press("Add key");
    page.fill("Key 4", "pool");
    page.fill("Value of pool", "7");
    page.see("1 added, 1 changed");
    page.see("user");
    steps::rotate(&page, "db");
    let expected = r#"{"user":"root","port":90071992547409931234,"tls":{"on":true},"pool":"7"}"#;
    assert_eq!(vault.value(&id, "current"), expected.as_bytes());
}
