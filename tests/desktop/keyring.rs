//! Trouble with the keyring never loses or replaces a vault: the window says what is wrong, offers
//! what works without the keyring, and never makes a new key for a vault that is there.

use std::time::Duration;

use data_encoding::BASE64;

use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::steps::{self, NewVault};

/// Nobody should wonder for longer.
const AT_ONCE: Duration = Duration::from_secs(5);
const PASSPHRASE: &str = "correct horse battery";

/// A vault that the keyring opens, with one secret, and its recovery code.
fn with_a_vault() -> (Desktop, Page, String) {
    let mut desktop = Desktop::new();
    let page = desktop.open();
    let code = steps::create_vault(&page, "Home", NewVault::Keyring);
    steps::add_secret(&page, "deploy-key", "value");
    assert_eq!(desktop.session.keyring_entries(), 1);
    (desktop, page, code)
}

/// Waits for the page that stands before the vault, which says why the keyring did not open it.
fn says(page: &Page, why: &str) {
    page.wait_at_most(AT_ONCE, &format!("the page says “{why}”"), |page| {
        let text = page.text();
        (text.contains("Unlock Home") && text.contains(why)).then_some(())
    });
}

fn is_open(page: &Page) {
    page.wait_for("button", "Actions for deploy-key");
}

#[test]
fn without_a_keyring_the_vault_opens_by_what_one_knows_and_later_by_itself_again() {
    let (mut desktop, page, code) = with_a_vault();
    steps::set_passphrase(&page, PASSPHRASE);
    let key = desktop.session.keyring_key();
    desktop.session.stop_keyring();

    let page = desktop.restart();
    says(&page, "This session has no keyring.");
    for way in ["Keyring", "Passphrase", "Recovery code"] {
        assert!(page.has("tab", way), "{way} is offered");
    }
    steps::unlock(&page, "Recovery code", &code);
    is_open(&page);
    let page = desktop.lock(|page| page.press("Lock"));
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    is_open(&page);

    desktop.session.start_keyring();
    assert_eq!(desktop.session.keyring_entries(), 1);
    assert_eq!(desktop.session.keyring_key(), key);
    let page = desktop.restart();
    is_open(&page);
}

#[test]
fn a_keyring_that_goes_while_the_program_runs_is_asked_again_when_it_is_back() {
    let (mut desktop, _page, _code) = with_a_vault();
    desktop.session.stop_keyring();
    let page = desktop.lock(|page| page.press("Lock"));
    page.press("Unlock with keyring");
    says(&page, "This session has no keyring.");
    page.wait_for("button", "Use the recovery code");

    desktop.session.start_keyring();
    page.press("Unlock with keyring");
    is_open(&page);
    assert_eq!(desktop.session.keyring_entries(), 1);
}

#[test]
fn a_keyring_that_was_reset_is_set_up_again_in_the_settings() {
    let (mut desktop, _page, code) = with_a_vault();
    desktop.session.reset_keyring();
    assert_eq!(desktop.session.keyring_entries(), 0);

    let page = desktop.restart();
    says(&page, "The keyring has no key for this vault.");
    assert_eq!(desktop.session.keyring_entries(), 0, "no new key was made");
    steps::unlock(&page, "Recovery code", &code);
    is_open(&page);
    assert_eq!(desktop.session.keyring_entries(), 0, "no new key was made");

    page.click("link", "Settings");
    page.see("The keyring has no key for this vault.");
    page.press("Set up again");
    page.see("The keyring unlocks this vault");
    page.wait_for_no("button", "Set up again");
    page.gone("The keyring has no key for this vault.");
    assert_eq!(desktop.session.keyring_entries(), 1);

    let page = desktop.restart();
    is_open(&page);
}

#[test]
fn a_foreign_key_in_the_keyring_is_told_and_left_alone() {
    let (mut desktop, _page, code) = with_a_vault();
    let ours = String::from_utf8(desktop.session.keyring_key()).unwrap();
    let foreign = BASE64.encode(&[7; 32]);
    assert_eq!(ours.len(), foreign.len(), "the foreign key looks like ours");
    desktop.session.replace_keyring_key(&foreign);
    assert_eq!(desktop.session.keyring_entries(), 1);

    let page = desktop.restart();
    says(&page, "The keyring holds a different key.");
    steps::unlock(&page, "Recovery code", &code);
    is_open(&page);
    assert_eq!(desktop.session.keyring_entries(), 1);
    assert_eq!(desktop.session.keyring_key(), foreign.as_bytes());

    desktop.session.replace_keyring_key(&ours);
    let page = desktop.restart();
    is_open(&page);
}

#[test]
fn two_entries_for_one_vault_are_told_and_left_alone() {
    let (mut desktop, _page, code) = with_a_vault();
    desktop.session.add_keyring_key(&BASE64.encode(&[7; 32]));
    assert_eq!(desktop.session.keyring_entries(), 2);

    let page = desktop.restart();
    says(&page, "The keyring holds several keys for this vault.");
    steps::unlock(&page, "Recovery code", &code);
    is_open(&page);
    assert_eq!(desktop.session.keyring_entries(), 2);
}
