//! Everything by keyboard: unlock, add, rotate, view, search, lock.

use fantoccini::key::Key;

use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::remote;
use crate::harness::vaults::{self, OpenVault, PASSPHRASE};
use crate::steps;

#[test]
fn a_secret_is_added_rotated_and_viewed_by_keyboard_alone() {
    let (_desktop, vault, page) = unlocked_by_keyboard(|_| ());

    add(&page);
    rotate(&page);
    view(&page);

    let id = vault.secret("api-token").metadata.id;
    assert_eq!(vault.value(&id, "previous"), b"token-1");
    assert_eq!(vault.value(&id, "current"), b"token-2");
}

#[test]
fn credentials_are_added_and_rotated_by_keyboard_alone() {
    let (_desktop, vault, page) = unlocked_by_keyboard(|_| ());

    page.tab_to("Add");
    page.key(Key::Enter);
    page.wait_for_focus("Other secret type");
    page.key(Key::Right);
    page.wait_for_focus("User credentials");
    page.tab_to("Next");
    page.key(Key::Enter);
    page.wait_for_focus("Name");
    page.type_text("db");
    page.key(Key::Enter);
    page.tab_to("User name");
    page.type_text("app");
    page.tab_to("Next");
    page.key(Key::Enter);
    page.see("Generated, 32 characters");
    page.tab_to("Add");
    page.key(Key::Enter);
    page.see("Added db");
    page.wait_for_focus("Add");

    page.tab_to("Actions for db");
    page.key(Key::Enter);
    choose(&page, "Rotate");
    page.wait_for("dialog", "Rotate db");
    page.tab_to("Rotate");
    page.key(Key::Enter);
    page.see("Rotated db");
    page.wait_for_focus("Actions for db");
    let id = vault.secret("db").metadata.id;
    assert_eq!(vault.value(&id, "current").len(), 32);
    assert_ne!(vault.value(&id, "current"), vault.value(&id, "previous"));
}

#[test]
fn an_object_is_rotated_in_the_table_by_keyboard_alone() {
    let (_desktop, vault, page) = unlocked_by_keyboard(|vault| {
        vault.add_new(vaults::object("db", r#"{"user":"app","port":1.0}"#));
    });
    let id = vault.secret("db").metadata.id;

    page.tab_to("Actions for db");
    page.key(Key::Enter);
    choose(&page, "Rotate");
    page.wait_for("dialog", "Rotate db");
    page.tab_to("Begin with the current object");
    page.key(Key::Enter);
    page.see("The new value is the same as the current one.");
    page.tab_to("Add key");
    page.key(Key::Enter);
    page.wait_for_focus("Key 3");
    page.chord(Key::Control, "a");
    page.type_text("pool");
    page.tab_to("Value of pool");
    page.type_text("7");
    page.see("1 added");
    page.tab_to("Rotate");
    page.key(Key::Enter);
    page.see("Rotated db");
    page.wait_for_focus("Actions for db");
    let expected = br#"{"user":"app","port":1.0,"pool":"7"}"#;
    assert_eq!(vault.value(&id, "current"), expected);
}

#[test]
fn a_group_and_a_lock_are_made_by_keyboard_alone() {
    let (_desktop, vault, page) = unlocked_by_keyboard(|vault| {
        vault.add_new(vaults::object("db", r#"{"user":"app"}"#));
    });
    let id = vault.secret("db").metadata.id;
    page.tab_to("Actions for db");
    page.key(Key::Enter);
    choose(&page, "Locks");
    page.see("No locks");
    page.tab_to("Create lock");
    page.key(Key::Enter);
    page.wait_for_focus("Name");
    page.type_text("app");
    page.key(Key::Enter);
    page.see("Created the lock app");
    assert_eq!(vault.locks(&id), [vec!["app".to_owned()]]);
    page.tab_to("Delete app on the current version");
    page.key(Key::Enter);
    page.wait_for("dialog", "Delete the lock app");
    page.tab_to("Delete");
    page.key(Key::Enter);
    page.see("Deleted the lock app");
    assert_eq!(vault.locks(&id), [Vec::<String>::new()]);
    page.wait_for_no("dialog", "Delete the lock app");
    page.key(Key::Escape);
    page.wait_for_focus("Actions for db");

    page.tab_to("Secret groups");
    page.key(Key::Enter);
    page.wait_for("heading", "Secret groups");
    page.tab_to("Create");
    page.key(Key::Enter);
    page.wait_for_focus("Name");
    page.type_text("payments");
    page.key(Key::Enter);
    page.see("Created payments");
    assert_eq!(vault.groups().len(), 2);
}

#[test]
fn keys_work_from_anywhere_and_escape_gives_the_focus_back() {
    let mut desktop = Desktop::without_keyring();
    let data = desktop.session.data();
    let vault = vaults::create(&data, "Keys", vaults::clock());
    for name in ["api-token", "mail-password"] {
        vault.add(&vaults::Draft {
            name,
            value: b"x",
            ..vaults::Draft::default()
        });
    }
    let page = desktop.open();
    page.wait_for_focus("Passphrase");
    page.type_text(PASSPHRASE);
    page.key(Key::Enter);
    page.wait_for("button", "Actions for mail-password");

    page.type_text("?");
    page.wait_for("dialog", "Keyboard shortcuts");
    page.key(Key::Escape);
    page.wait_for_no("dialog", "Keyboard shortcuts");

    page.wait_for_any_focus();
    page.type_text("/");
    page.wait_for_focus("Search secrets");
    page.type_text("mail");
    page.wait_for_no("button", "Actions for api-token");
    page.wait_for("button", "Actions for mail-password");

    for action in ["Details", "Rotate", "Version history", "Delete"] {
        page.tab_to("Actions for mail-password");
        page.key(Key::Enter);
        choose(&page, action);
        page.wait("a dialog or panel is open", |page| {
            page.has("dialog", "").then_some(())
        });
        page.key(Key::Escape);
        page.wait_for_no("dialog", "");
        page.wait_for_focus("Actions for mail-password");
    }

    let page = desktop.lock(|page| page.chord(Key::Control, "l"));
    page.wait_for("textbox", "Passphrase");
}

fn add(page: &Page) {
    page.tab_to("Add");
    page.key(Key::Enter);
    page.wait_for("dialog", "Add a secret");
    page.tab_to("Next");
    page.key(Key::Enter);
    page.wait_for_focus("Name");
    page.type_text("api-token");
    page.key(Key::Enter);
    type_value(page, "token-1");
    page.tab_to("Next");
    page.key(Key::Enter);
    page.see("Typed, 7 characters");
    page.tab_to("Add");
    page.key(Key::Enter);
    page.see("Added api-token");
    page.wait_for_focus("Add");
}

fn rotate(page: &Page) {
    page.tab_to("Actions for api-token");
    page.key(Key::Enter);
    choose(page, "Rotate");
    page.wait_for("dialog", "Rotate api-token");
    type_value(page, "token-2");
    page.tab_to("Rotate");
    page.key(Key::Enter);
    page.see("Rotated api-token");
    page.wait_for_focus("Actions for api-token");
}

fn view(page: &Page) {
    page.key(Key::Enter);
    choose(page, "View secret");
    page.wait_for_focus("Show");
    page.key(Key::Enter);
    page.wait_for("textbox", "Value");
    assert_eq!(page.value("Value"), "token-2");
    page.key(Key::Escape);
    page.wait_for_no("dialog", "View secret");
    page.wait_for_focus("Actions for api-token");
}

/// The window before the secrets of a vault, unlocked without a pointer.
pub(crate) fn unlocked_by_keyboard(fill: impl FnOnce(&OpenVault)) -> (Desktop, OpenVault, Page) {
    let mut desktop = Desktop::without_keyring();
    let (vault, page) = unlock(&mut desktop, fill);
    (desktop, vault, page)
}

/// The same on a desktop that is there.
pub(crate) fn unlock(desktop: &mut Desktop, fill: impl FnOnce(&OpenVault)) -> (OpenVault, Page) {
    if remote::is_asked_for() {
        return steps::before_remote(desktop, "Keys", fill);
    }
    let vault = vaults::create(&desktop.session.data(), "Keys", vaults::clock());
    fill(&vault);
    let page = desktop.open();
    page.wait_for_focus("Passphrase");
    page.type_text(PASSPHRASE);
    page.key(Key::Enter);
    page.wait_for("heading", "Secrets");
    (vault, page)
}

/// Goes down an open menu to an item and chooses it.
pub(crate) fn choose(page: &Page, item: &str) {
    page.wait_for("menuitem", item);
    // an open menu hands the keyboard from itself to its first item in the next frame
    page.wait_for_focused_role("menuitem");
    for _ in 0..10 {
        if page.focused() == item {
            return page.key(Key::Enter);
        }
        page.key(Key::Down);
    }
    panic!("the arrow keys never came to {item}");
}

/// From where the dialog puts the focus, which is the button for a file, to a typed value.
fn type_value(page: &Page, value: &str) {
    page.wait_for_focus("Select a file or drop it here");
    page.chord(Key::Shift, &char::from(Key::Tab).to_string());
    page.wait_for_focus("Select a file");
    page.key(Key::Right);
    page.wait_for_attribute("tab", "Enter a value", "aria-selected", "true");
    page.tab_to("New value");
    page.type_text(value);
}
