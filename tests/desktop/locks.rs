//! Locks: what they forbid is said before the click, and the way out stands beside it.

use crate::harness::vaults::Draft;
use crate::harness::{axe, remote};
use crate::steps;

const SENTENCE: &str =
    "The requested action can't be completed because the secret version is locked.";

fn draft(name: &str) -> Draft<'_> {
    Draft {
        name,
        value: b"one",
        ..Draft::default()
    }
}

#[test]
fn a_locked_previous_version_refuses_a_rotation_until_its_locks_are_removed() {
    let (_desktop, vault, page) = steps::before_an_empty_vault("Locks");
    let id = vault.add(&draft("db"));
    page.wait_for("button", "Actions for db");

    page.act("db", "Locks");
    page.see("No locks");
    axe::check(&page, "locks without any");
    page.press("Create lock");
    page.wait_for("dialog", "Create lock");
    axe::check(&page, "create lock");
    page.fill("Name", "1app");
    page.fill("Description", "the web shop");
    page.see("starts with a letter");
    page.fill("Name", "app");
    page.press("Create");
    page.see("Created the lock app");
    assert_eq!(vault.locks(&id), [vec!["app".to_owned()]]);
    page.see("the web shop");
    axe::check(&page, "locks");
    steps::escape(&page);
    page.wait_for_no("heading", "Locks");

    // the current version is locked: the rotation passes, and the dialog says what moves
    page.act("db", "Rotate");
    page.see("moves with it to the previous version");
    steps::enter_value(&page, "two");
    steps::rotate(&page, "db");
    assert_eq!(vault.locks(&id), [vec![], vec!["app".to_owned()]]);

    // the previous one is locked now: refused before the click, what was entered stays
    page.act("db", "Rotate");
    page.see(SENTENCE);
    let who = if remote::is_asked_for() {
        "apikey:"
    } else {
        "local:"
    };
    page.see(&format!("app by {who}"));
    page.wait_until_enabled("button", "Rotate", false);
    axe::check(&page, "rotate, locked");
    steps::enter_value(&page, "three");
    page.press("Remove these locks…");
    page.see("Remove 1 lock from the previous version?");
    page.press("Remove locks");
    page.gone(SENTENCE);
    assert_eq!(page.value("New value"), "three");
    steps::rotate(&page, "db");
    assert_eq!(vault.value(&id, "current"), b"three");
}

#[test]
fn locks_in_bulk_clear_the_previous_version_and_hold_a_deletion_off() {
    let (_desktop, vault, page) = steps::before_an_empty_vault("Locks");
    let id = vault.add(&draft("db"));
    vault.lock(&id, &["app", "job"]);
    vault.rotate(&id, b"two", None);
    page.wait_for("button", "Actions for db");

    page.press("Actions for db");
    page.wait_for("menuitem", "Delete");
    page.see("The secret is locked. Remove its locks first.");
    steps::escape(&page);

    page.act("db", "Locks");
    page.press("Create lock");
    page.fill("Name", "app");
    page.press("Add another lock");
    page.script(
        "document.querySelectorAll('[id^=kt-lock-name-]')[1].focus()",
        vec![],
    );
    page.type_text("job");
    page.click("checkbox", "Remove previous locks");
    page.click("checkbox", "Delete previous version data");
    page.see("The value of the previous version is then gone.");
    page.press("Create");
    page.see("Created 2 locks");
    let both = vec!["app".to_owned(), "job".to_owned()];
    assert_eq!(vault.locks(&id), [both, vec![]]);
    page.press("Delete all locks on the current version");
    page.wait_for("dialog", "Delete all locks on the current version");
    page.press("Delete");
    page.see("Deleted 2 locks");
    steps::escape(&page);

    page.act("db", "Delete");
    page.wait_for("dialog", "Delete db");
}
