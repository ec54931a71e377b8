//! A vault locks itself when nobody is there, and what was copied does not outlive its time.

use std::time::{Duration, Instant};

use crate::harness::page::Page;
use crate::harness::vaults::{self, Draft, PASSPHRASE};
use crate::harness::{Desktop, clipboard, until};
use crate::steps;

const NAME: &str = "db-password";
const VALUE: &str = "correct value, ž";
/// The mark by which clipboard histories leave a text out.
const HINT: &str = "x-kde-passwordManagerHint";

/// A window before a vault with one secret.
fn before_a_secret(settings: &[(&str, u32)]) -> (Desktop, Page) {
    let mut desktop = Desktop::without_keyring();
    let data = desktop.session.data();
    vaults::create(&data, "Home", vaults::clock()).add(&Draft {
        name: NAME,
        value: VALUE.as_bytes(),
        ..Draft::default()
    });
    vaults::change_settings(&data, settings);
    let page = desktop.open();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", &format!("Actions for {NAME}"));
    (desktop, page)
}

/// Copies the value, and leaves the dialog open.
fn copy(desktop: &Desktop, page: &Page) {
    page.press("Copy");
    page.see(&format!("Copied the value of {NAME}"));
    assert_eq!(clipboard::text(&desktop.session), VALUE);
}

fn view(page: &Page) {
    page.act(NAME, "View secret");
    page.wait_for("dialog", "View secret");
}

/// Waits until the clipboard is empty.
fn cleared(desktop: &Desktop) {
    until("the clipboard is cleared", || {
        clipboard::text(&desktop.session).is_empty().then_some(())
    });
}

#[test]
fn it_locks_itself_after_a_minute_without_anybody() {
    let (desktop, page) = before_a_secret(&[("auto_lock_minutes", 1)]);
    let last_sign = Instant::now();
    view(&page); // what is open then goes, too
    let page = desktop.locked_within(Duration::from_secs(90), |_| ());
    let minute = last_sign.elapsed();
    assert!(minute >= Duration::from_secs(60), "after {minute:?}");
    page.wait_for("textbox", "Passphrase");
    assert!(!page.shows(NAME), "a locked window names no secret");
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", &format!("Actions for {NAME}"));
}

#[test]
fn a_copied_value_is_marked_for_histories_and_goes_after_its_time() {
    let (desktop, page) = before_a_secret(&[("clipboard_seconds", 5)]);
    view(&page);
    let before = Instant::now();
    copy(&desktop, &page);
    let forms = clipboard::forms(&desktop.session);
    assert!(forms.iter().any(|form| form == HINT), "{forms:?}");
    let hint = clipboard::read(&desktop.session, clipboard::SELECTIONS[0], HINT);
    assert_eq!(hint, "secret");
    cleared(&desktop);
    let time = before.elapsed();
    assert!(time >= Duration::from_secs(5), "after {time:?}");
    page.gone(&format!("Copied the value of {NAME}"));
}

#[test]
fn what_another_program_copied_since_stays() {
    let (desktop, page) = before_a_secret(&[("clipboard_seconds", 5)]);
    view(&page);
    copy(&desktop, &page);
    let _other = clipboard::Other::copies(&desktop.session, "of another program");
    page.gone(&format!("Copied the value of {NAME}")); // its time is over
    assert_eq!(clipboard::text(&desktop.session), "of another program");
    steps::escape(&page);
    page.wait_for_no("dialog", "View secret");
    desktop.lock(|page| page.press("Lock"));
    assert_eq!(clipboard::text(&desktop.session), "of another program");
}

#[test]
fn locking_and_quitting_clear_the_clipboard() {
    let (mut desktop, page) = before_a_secret(&[("clipboard_seconds", 300)]);
    view(&page);
    copy(&desktop, &page);
    steps::escape(&page);
    page.wait_for_no("dialog", "View secret");
    let page = desktop.lock(|page| page.press("Lock"));
    cleared(&desktop);

    steps::unlock(&page, "Passphrase", PASSPHRASE);
    view(&page);
    copy(&desktop, &page);
    desktop.quit();
    cleared(&desktop);
}
