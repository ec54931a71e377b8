//! What people do in the window again and again, in its own words.

use fantoccini::key::Key;

use crate::harness::page::Page;
use crate::harness::vaults::{self, OpenVault, PASSPHRASE};
use crate::harness::{Desktop, native, until};

/// How a new vault unlocks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum NewVault<'a> {
    /// By the keyring alone.
    Keyring,
    /// By a passphrase alone.
    Passphrase(&'a str),
}

/// A new vault, unlocked by its passphrase, and the page with its empty list.
pub(crate) fn before_an_empty_vault(name: &str) -> (Desktop, OpenVault, Page) {
    let mut desktop = Desktop::without_keyring();
    let vault = vaults::create(&desktop.session.data(), name, vaults::clock());
    let page = desktop.open();
    unlock(&page, "Passphrase", PASSPHRASE);
    (desktop, vault, page)
}

/// First start: makes a vault, writes the recovery code down, confirms it, and is before its
/// secrets. Gives the code as it was written down.
pub(crate) fn create_vault(page: &Page, name: &str, unlock: NewVault<'_>) -> String {
    page.press("Create a vault on this computer");
    page.fill("Name of the vault", name);
    if let NewVault::Passphrase(passphrase) = unlock {
        page.click("checkbox", "Keyring of this computer");
        page.click("checkbox", "Passphrase");
        page.fill("Passphrase", passphrase);
        page.fill("Repeat the passphrase", passphrase);
    }
    page.press("Create vault");
    write_down_recovery_code(page)
}

/// Reads the recovery code off the screen, and types the two groups that are asked for.
pub(crate) fn write_down_recovery_code(page: &Page) -> String {
    page.wait_for("heading", "Write down the recovery code");
    let groups = recovery_groups(page);
    page.press("I wrote it down");
    confirm_recovery_code(page, &groups);
    page.wait_for("heading", "Secrets");
    groups.join("-")
}

/// The groups of the recovery code that the page shows.
pub(crate) fn recovery_groups(page: &Page) -> Vec<String> {
    let groups: Vec<String> = page.wait("the page shows the recovery code", |page| {
        let shown = page.script(
            "return [...document.querySelectorAll('[aria-label=\"Recovery code\"] code')]
                .map((group) => group.textContent)",
            vec![],
        );
        serde_json::from_value(shown)
            .ok()
            .filter(|groups: &Vec<String>| !groups.is_empty())
    });
    assert_eq!(
        groups.len(),
        15,
        "the recovery code has 15 groups: {groups:?}"
    );
    groups
}

/// Types the groups that the page asks for.
pub(crate) fn confirm_recovery_code(page: &Page, groups: &[String]) {
    page.wait_for("heading", "Confirm the recovery code");
    let asked: Vec<usize> = (1..=groups.len())
        .filter(|number| page.has("textbox", &format!("Group {number}")))
        .collect();
    assert_eq!(asked.len(), 2, "two groups are asked for");
    for number in asked {
        page.fill(&format!("Group {number}"), &groups[number - 1]);
    }
    page.press("Confirm");
}

/// Adds an arbitrary secret with a typed value.
pub(crate) fn add_secret(page: &Page, name: &str, value: &str) {
    open_add(page);
    page.fill("Name", name);
    page.press("Next");
    enter_value(page, value);
    page.press("Next");
    page.see("Review");
    page.press("Add");
    page.see(&format!("Added {name}"));
    page.wait_for("button", &format!("Actions for {name}"));
}

/// Opens **Add** and chooses the type.
pub(crate) fn open_add(page: &Page) {
    page.press("Add");
    page.wait_for("dialog", "Add a secret");
    page.press("Next");
    page.wait_for("textbox", "Name");
}

/// Opens **Add**, chooses a type by its tile, names the secret and is before its value.
pub(crate) fn begin_adding(page: &Page, secret_type: &str, name: &str) {
    page.press("Add");
    page.wait_for("dialog", "Add a secret");
    page.click("radio", secret_type);
    page.press("Next");
    page.fill("Name", name);
    page.press("Next");
    page.wait_for_no("textbox", "Name");
}

/// Types the value in a dialog that takes a file or a typed one.
pub(crate) fn enter_value(page: &Page, value: &str) {
    page.click("tab", "Enter a value");
    page.fill("New value", value);
}

/// Chooses the value's file in the native dialog.
pub(crate) fn select_value_file(page: &Page, path: &str) {
    page.press("Select a file or drop it here");
    native::choose_file(path);
}

/// Chooses the file that metadata is read from, in the native dialog.
pub(crate) fn select_metadata_file(page: &Page, label: &str, path: &str) {
    page.press(&format!("Select a file for {label}"));
    native::choose_file(path);
}

/// Types into one of the folded sections for metadata.
pub(crate) fn fill_metadata(page: &Page, label: &str, json: &str) {
    if !page.has("textbox", label) {
        page.press(label);
    }
    page.fill(label, json);
}

/// Presses **Rotate** in the dialog and waits for what is told then.
pub(crate) fn rotate(page: &Page, name: &str) {
    page.press("Rotate");
    page.see(&format!("Rotated {name}"));
    page.wait_for_no("dialog", &format!("Rotate {name}"));
}

/// Closes what is open.
pub(crate) fn escape(page: &Page) {
    page.key(Key::Escape);
}

/// Closes the dialog that is open, and drops what was entered in it.
pub(crate) fn drop_changes(page: &Page) {
    escape(page);
    page.press("Drop changes");
    page.wait_for_no("dialog", "");
}

/// Unlocks by typing a passphrase or a recovery code.
pub(crate) fn unlock(page: &Page, method: &str, text: &str) {
    if !page.has("textbox", method) {
        page.click("tab", method);
    }
    page.fill(method, text);
    page.press("Unlock");
    page.wait_for("heading", "Secrets");
}

/// Sets a passphrase in the settings.
pub(crate) fn set_passphrase(page: &Page, passphrase: &str) {
    page.click("link", "Settings");
    page.wait_for("heading", "Settings");
    page.press("Set passphrase");
    page.fill("Passphrase", passphrase);
    page.fill("Repeat the passphrase", passphrase);
    page.press("Set passphrase");
    page.see("The passphrase is set");
    page.wait_for("button", "Change passphrase");
}

/// Waits for a toast, and closes all there are.
pub(crate) fn dismiss_toasts(page: &Page) {
    until("the toasts are closed", || {
        page.script(
            "document.querySelectorAll('.kt-toasts button').forEach((button) => button.click());
             return document.querySelectorAll('.kt-toasts button').length",
            vec![],
        )
        .as_u64()
        .filter(|left| *left == 0)
    });
}
