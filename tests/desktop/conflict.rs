//! Two at work on the same vault: what the other one does is seen, and nothing of either is lost.

use serde_json::json;

use crate::harness::Desktop;
use crate::harness::vaults::{self, Draft, PASSPHRASE};
use crate::steps;

#[test]
pub(crate) fn a_rotation_that_comes_second_says_who_was_first_and_keeps_what_was_entered() {
    let (_desktop, other, page) = steps::before_vault("Shared", |vault| {
        vault.add(&Draft {
            name: "db-password",
            value: b"one",
            ..Draft::default()
        });
    });
    let id = other.secret("db-password").metadata.id;

    page.act("db-password", "Rotate");
    page.wait_for("dialog", "Rotate db-password");
    page.see("1, since");
    steps::enter_value(&page, "three");
    steps::fill_metadata(&page, "Version metadata", r#"{ "why": "leak" }"#);
    other.rotate(&id, b"two", Some(json!({ "why": "schedule" })));
    page.press("Rotate");
    page.see("somebody-else");
    page.wait_for("dialog", "Rotate db-password");
    assert_eq!(
        other.value(&id, "current"),
        b"two",
        "nothing was overwritten"
    );
    assert_eq!(page.value("New value"), "three");

    page.press("Reload and review");
    page.see("What you entered was kept");
    page.see("2, since");
    assert_eq!(page.value("New value"), "three");
    assert_eq!(page.value("Version metadata"), r#"{ "why": "leak" }"#);
    steps::rotate(&page, "db-password");

    let values = ["one", "two", "three"].map(|value| value.as_bytes().to_vec());
    let versions = other.versions(&id);
    let found: Vec<_> = versions
        .iter()
        .map(|version| other.value(&id, &version.metadata.id))
        .collect();
    assert_eq!(found, values);
    let why = versions[2].metadata.version_custom_metadata.clone();
    assert_eq!(why, Some(vaults::metadata(json!({ "why": "leak" }))));
}

#[test]
fn the_list_shows_what_another_program_changed() {
    let (_desktop, other, page) = steps::before_an_empty_vault("Shared");
    page.see("No secrets yet");
    other.add(&Draft {
        name: "made-elsewhere",
        value: b"x",
        ..Draft::default()
    });
    page.wait_for("button", "Actions for made-elsewhere");
}

#[test]
fn two_windows_on_one_vault_see_each_other() {
    let mut first = Desktop::without_keyring();
    let vault = vaults::create(&first.session.data(), "Shared", vaults::clock());
    let id = vault.add(&Draft {
        name: "db-password",
        value: b"one",
        ..Draft::default()
    });
    let one = first.open();
    steps::unlock(&one, "Passphrase", PASSPHRASE);
    let second = first.open_another();
    let two = second.page.clone();
    steps::unlock(&two, "Passphrase", PASSPHRASE);

    for page in [&one, &two] {
        page.act("db-password", "Rotate");
        page.wait_for("dialog", "Rotate db-password");
    }
    steps::enter_value(&one, "from the first");
    steps::enter_value(&two, "from the second");
    steps::rotate(&one, "db-password");
    two.press("Rotate");
    two.wait_for("button", "Reload and review");
    two.press("Reload and review");
    two.see("2, since");
    steps::rotate(&two, "db-password");

    assert_eq!(vault.value(&id, "previous"), b"from the first");
    assert_eq!(vault.value(&id, "current"), b"from the second");
    assert_eq!(vault.versions(&id).len(), 3);
}
