//! What people do in the window again and again, in its own words.

use fantoccini::key::Key;

use serde_json::{Value, json};

use crate::harness::page::Page;
use crate::harness::remote::{self, RemoteInstance};
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
    before_vault(name, |_| ())
}

/// The same with something in the vault before the window opens.
pub(crate) fn before_vault(
    name: &str,
    fill: impl FnOnce(&OpenVault),
) -> (Desktop, OpenVault, Page) {
    let mut desktop = Desktop::without_keyring();
    if remote::is_asked_for() {
        let (vault, page) = before_remote(&mut desktop, name, fill);
        return (desktop, vault, page);
    }
    let vault = vaults::create(&desktop.session.data(), name, vaults::clock());
    fill(&vault);
    let page = desktop.open();
    unlock(&page, "Passphrase", PASSPHRASE);
    (desktop, vault, page)
}

/// A new remote instance beside a vault of this computer, and the page with its list. The vault that
/// is given is the one over there.
pub(crate) fn before_remote(
    desktop: &mut Desktop,
    name: &str,
    fill: impl FnOnce(&OpenVault),
) -> (OpenVault, Page) {
    vaults::create(&desktop.session.data(), "This computer", vaults::clock());
    let instance = RemoteInstance::start(desktop.session.folder(), name);
    let vault = instance.vault();
    fill(&vault);
    let page = desktop.open();
    page.wait_for("heading", "Unlock This computer");
    connect(&page, &instance);
    desktop.remote = Some(instance);
    (vault, page)
}

/// Connects to an instance by its address; its key is asked for each time.
pub(crate) fn connect(page: &Page, instance: &RemoteInstance) {
    fill_in_connection(page, instance);
    page.press("Connect");
    page.wait_for("heading", "Secrets");
}

/// The dialog **Connect** before its last click.
pub(crate) fn fill_in_connection(page: &Page, instance: &RemoteInstance) {
    page.click("link", "Resource List");
    page.press("Connect");
    page.wait_for("dialog", "Connect to an instance");
    page.fill("Name", &instance.name);
    page.click("radio", "Address");
    page.fill("URL", &instance.url());
    page.fill("API key", &instance.api_key);
    page.click("checkbox", "Ask for the key each time");
}

/// Opens, after a restart, what was open before.
pub(crate) fn come_back(desktop: &Desktop, page: &Page) {
    let Some(instance) = &desktop.remote else {
        return unlock(page, "Passphrase", PASSPHRASE);
    };
    page.press(&instance.name);
    page.wait_for("dialog", &format!("API key for {}", instance.name));
    page.fill("API key", &instance.api_key);
    page.press("Connect");
    page.wait_for("heading", "Secrets");
}

/// How the list was last seen, as it is kept: in the vault, for a remote instance in the program's
/// settings.
pub(crate) fn list_state(desktop: &Desktop, vault: &OpenVault) -> Option<Value> {
    if desktop.remote.is_none() {
        return serde_json::from_str(&vault.list_state()?).ok();
    }
    let settings = std::fs::read(desktop.session.data().join("settings.json")).ok()?;
    let settings: Value = serde_json::from_slice(&settings).ok()?;
    let (_, views) = settings["views"].as_object()?.iter().next()?;
    serde_json::from_str(views["secrets"].as_str()?).ok()
}

/// Lets the records of orders be looked up at name servers of the test, by the window and by what
/// it is connected to. No page has a field for the port.
pub(crate) fn look_up_at(desktop: &Desktop, vault: &OpenVault, page: &Page, port: u16) {
    let lookup = vaults::dns_lookup_at(port);
    vault.look_up_as(&lookup);
    if desktop.remote.is_some() {
        let set = "const done = arguments[1];
            window.__TAURI_INTERNALS__.invoke('set_dns_lookup', { lookup: arguments[0] })
                .then(() => done('set'), (refusal) => done(refusal.message));";
        assert_eq!(page.script_async(set, vec![json!(lookup)]), "set");
    }
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
