//! The window on a remote instance: rotations of every type, by the journeys that run on a vault of
//! this computer, too, and what a person sees while the instance does not answer or takes no key.
//!
//! With `KEYTURN_JOURNEYS=remote` all other journeys run on a remote instance, but for those that
//! `vault_only` names with the reason; `make long` does that.

use std::process::Command;

use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::remote::{RemoteInstance, remotely};
use crate::harness::vaults::{Draft, OpenVault, PASSPHRASE};
use crate::steps;
use crate::{
    conflict, iam_credentials, imported_certificates, instances, key_value, private_authority,
    public_certificates, user_credentials, walking_path,
};

const NAME: &str = "Production";

#[test]
fn an_arbitrary_secret_goes_through_all_of_its_versions() {
    let mut desktop = Desktop::without_keyring();
    let (vault, page) = steps::before_remote(&mut desktop, NAME, |_| ());
    walking_path::walk(&desktop, &page);
    walking_path::check(&vault);
}

#[test]
fn a_key_value_secret_rotates() {
    remotely(key_value::a_key_value_secret_is_added_rotated_and_restored);
}

#[test]
fn user_credentials_rotate() {
    remotely(user_credentials::a_password_is_generated_then_typed_then_generated_as_before);
}

#[test]
fn an_imported_certificate_rotates() {
    remotely(
        imported_certificates::a_rotation_warns_of_what_would_be_lost_and_sends_it_again_with_a_click,
    );
}

#[test]
fn a_private_certificate_rotates_and_is_revoked() {
    remotely(private_authority::from_the_root_to_a_revoked_certificate);
}

#[test]
fn a_public_certificate_rotates_over_challenges() {
    remotely(
        public_certificates::an_order_with_ones_own_dns_from_missing_records_to_a_verified_certificate,
    );
}

#[test]
fn iam_credentials_rotate() {
    remotely(iam_credentials::iam_credentials_of_access_groups_have_another_service_id_after_each_rotation);
}

#[test]
fn a_rotation_that_comes_second_is_told() {
    remotely(conflict::a_rotation_that_comes_second_says_who_was_first_and_keeps_what_was_entered);
}

#[test]
fn while_it_does_not_answer_the_list_stays_and_nothing_can_be_changed() {
    let (mut desktop, vault, page) = before_two_secrets();
    instance(&mut desktop).stop();
    page.see("Production cannot be reached, since");
    page.see("What is shown was read");
    page.fill("Search secrets", "alp");
    page.wait_for_no("button", "Actions for beta");
    page.wait_for("button", "Actions for alpha");
    page.wait_until_enabled("button", "Add", false);
    let why = page.description("button", "Add");
    assert!(why.contains("The instance cannot be reached."), "{why}");
    page.press("Actions for alpha");
    page.wait_for("menuitem", "Rotate");
    page.wait_until_enabled("menuitem", "Rotate", false);
    page.see("The instance cannot be reached.");
    steps::escape(&page);
    instances::open_resource_list(&page);
    page.see("Offline, seen");

    instance(&mut desktop).start_again();
    page.press(NAME);
    page.wait_for("heading", "Secrets");
    if page.has("button", "Try again") {
        page.press("Try again");
    }
    page.gone("cannot be reached");
    rotate_alpha(&vault, &page);
}

#[test]
fn a_key_that_was_revoked_is_told_and_replaced() {
    let (mut desktop, vault, page) = before_two_secrets();
    let before = instance(&mut desktop).api_key.clone();
    instance(&mut desktop).change_key();
    page.press("Refresh");
    page.see("Production does not take its API key.");
    instances::open_resource_list(&page);
    page.see("Key refused");
    page.act(NAME, "Replace API key");
    page.wait_for("dialog", "API key for Production");
    page.fill("API key", &before);
    page.press("Connect");
    page.wait("the dialog says that it is refused", |page| {
        let told = page.texts("alert", "").concat();
        told.contains("not accepted").then_some(())
    });
    page.fill("API key", &instance(&mut desktop).api_key);
    page.press("Connect");
    page.wait_for("heading", "Secrets");
    page.gone("does not take its API key");
    rotate_alpha(&vault, &page);
}

#[test]
fn the_vault_of_this_computer_is_another_instance() {
    let (mut desktop, vault, page) = before_two_secrets();
    let active = page.texts("group", "Active instance");
    assert!(active[0].contains("Keyturn server"), "{active:?}");
    instances::open_resource_list(&page);
    let rows = page.texts("row", "");
    let row = |name: &str| rows.iter().find(|row| row.contains(name)).cloned();
    let remote = row(NAME).unwrap();
    let address = &instance(&mut desktop).address;
    assert!(
        remote.contains("Active") && remote.contains(address.as_str()),
        "{rows:?}"
    );
    page.press("This computer");
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.see("No secrets yet");
    steps::add_secret(&page, "own", "value");
    instances::open_resource_list(&page);
    page.see("Not connected");
    page.press(NAME); // its key is in memory
    page.wait_for("button", "Actions for beta");
    assert!(!page.has("button", "Actions for own"));
    assert_eq!(vault.total(), 2);
}

#[test]
fn what_is_left_out_on_a_remote_instance_is_there() {
    let listed = Command::new(std::env::current_exe().unwrap())
        .args(["--list", "--format=terse"])
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let left_out = include_str!("vault_only").lines();
    for line in left_out.filter(|line| !line.starts_with('#')) {
        let (name, reason) = line.split_once(' ').unwrap_or_default();
        let starts = |test: &str| test.starts_with(name);
        assert!(!reason.trim().is_empty(), "no reason: {line}");
        assert!(listed.lines().any(starts), "no journey is called {name}");
    }
}

/// A window before a remote instance with the secrets `alpha` and `beta`.
fn before_two_secrets() -> (Desktop, OpenVault, Page) {
    let mut desktop = Desktop::without_keyring();
    let (vault, page) = steps::before_remote(&mut desktop, NAME, |vault| {
        for name in ["alpha", "beta"] {
            vault.add(&Draft {
                name,
                value: b"one",
                ..Draft::default()
            });
        }
    });
    page.wait_for("button", "Actions for beta");
    (desktop, vault, page)
}

fn instance(desktop: &mut Desktop) -> &mut RemoteInstance {
    desktop.remote.as_mut().unwrap()
}

fn rotate_alpha(vault: &OpenVault, page: &Page) {
    page.act("alpha", "Rotate");
    page.wait_for("dialog", "Rotate alpha");
    steps::enter_value(page, "two");
    steps::rotate(page, "alpha");
    let id = vault.secret("alpha").metadata.id;
    assert_eq!(vault.value(&id, "current"), b"two");
}
