//! What falls due: automatic rotation with a clock that has moved on, reminders, and notices on the
//! desktop.

use std::time::Duration;

use keyturn_api::{Reminder, RotationPolicy};

use crate::harness::vaults::{self, Draft, OpenVault, PASSPHRASE, SetClock, every_days};
use crate::harness::{Desktop, axe, until, within};
use crate::steps;

/// A vault that was filled so many days ago, and the desktop it will be opened on.
fn filled(days: i64, fill: impl FnOnce(&OpenVault)) -> Desktop {
    let desktop = Desktop::without_keyring();
    let clock = SetClock::days_ago(days);
    let vault = vaults::create(&desktop.session.data(), "Due", clock);
    fill(&vault);
    desktop
}

fn beside(desktop: &Desktop) -> OpenVault {
    vaults::open(&desktop.session.data(), vaults::passphrase(PASSPHRASE))
}

#[test]
fn credentials_that_fell_due_meanwhile_rotate_once() {
    let mut desktop = filled(40, |vault| {
        vault.add_new(vaults::credentials("db", every_days(30)));
    });
    let vault = beside(&desktop);
    let id = vault.secret("db").metadata.id;
    let first = vault.value(&id, "current");
    let page = desktop.open();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    until("the schedule has caught up", || {
        (vault.versions(&id).len() == 2).then_some(())
    });
    // another program's schedule finds nothing left to do
    assert_eq!(vault.run_schedule().rotated, 0);
    assert_ne!(vault.value(&id, "current"), first);
    page.act("db", "Version history");
    page.see("Rotated automatically");
    steps::escape(&page);
    page.act("db", "Details");
    page.click("tab", "Rotation");
    page.see("30 days after the last rotation.");
    axe::check(&page, "details, rotation");
    assert_eq!(vault.versions(&id).len(), 2);
}

#[test]
fn a_change_of_the_interval_says_beforehand_that_it_rotates_at_once() {
    let mut desktop = filled(40, |vault| {
        vault.add_new(vaults::credentials("db", RotationPolicy::default()));
    });
    let vault = beside(&desktop);
    let id = vault.secret("db").metadata.id;
    let page = desktop.open();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", "Actions for db");
    page.act("db", "Details");
    page.click("tab", "Rotation");
    page.click("switch", "Automatic rotation*");
    page.click("radio", "60 days");
    page.see("It rotates at");
    page.click("radio", "30 days");
    page.see("Rotates at once when you save.");
    assert_eq!(vault.versions(&id).len(), 1);
    page.press("Save");
    until("it rotates at once", || {
        (vault.versions(&id).len() == 2).then_some(())
    });
}

#[test]
fn a_reminder_is_overdue_counted_told_and_put_off() {
    let mut desktop = filled(40, |vault| {
        let mut new = vaults::new_secret(&Draft {
            name: "relay-token",
            value: b"one",
            ..Draft::default()
        });
        new.reminder = Some(Reminder {
            every_days: 30,
            snoozed_until: None,
        });
        vault.add_new(new);
        vault.add(&Draft {
            name: "quiet",
            value: b"one",
            ..Draft::default()
        });
    });
    desktop.session.start_notices();
    let page = desktop.open();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.wait_for("button", "Actions for relay-token");
    page.see("Overdue");
    page.see("Secrets 1 overdue");
    axe::check(&page, "secrets with one overdue");
    let told = within(Duration::from_secs(20), "the desktop is told", || {
        let told = desktop.session.notices();
        told.contains("1 secret is due for rotation.")
            .then_some(told)
    });
    assert!(told.contains("Due"), "{told}");
    assert!(!told.contains("relay-token"), "{told}");

    page.act("relay-token", "Details");
    page.click("tab", "Rotation");
    page.press("Snooze");
    page.click("menuitem", "1 week");
    page.see("Snoozed until");
    steps::escape(&page);
    page.gone("1 overdue");
    page.gone("Due since");
}
