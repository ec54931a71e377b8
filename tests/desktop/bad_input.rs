//! Bad input: a clear sentence at the field or about the file, nothing lost, and the next normal
//! action works.

use std::fs;

use rustix::fs::{CWD, FileType, mknodat};

use crate::harness::Desktop;
use crate::harness::page::Page;
use crate::harness::vaults::{self, Draft, OpenVault};
use crate::steps;

/// A window before a vault with one secret, `taken`.
fn before_secrets() -> (Desktop, OpenVault, Page) {
    let taken = Draft {
        name: "taken",
        value: b"kept",
        ..Draft::default()
    };
    steps::before_vault("Strict", |vault| {
        vault.add(&taken);
    })
}

#[test]
fn fields_of_a_new_secret_say_what_is_wrong_as_one_types() {
    let (_desktop, vault, page) = before_secrets();
    steps::open_add(&page);
    for (name, sentence) in [
        ("a", "A name has 2 to 256 characters; this one has 1."),
        (
            "two words",
            "A name consists of letters, digits, dashes, dots and underscores",
        ),
        ("ends-with-dash-", "A name consists of letters"),
    ] {
        page.fill("Name", name);
        page.see(sentence); // without leaving the field
        let told = page.description("textbox", "Name");
        assert!(
            told.contains(sentence),
            "a screen reader hears only “{told}”"
        );
    }
    page.press("Next");
    page.wait_for("textbox", "Name"); // it does not go on

    page.fill("Name", "taken");
    page.fill("Description (optional)", "turned \u{202e}around");
    page.see("There is a text direction override (U+202E) at position 8.");
    page.fill("Description (optional)", "kept as typed");
    page.gone("direction override");
    page.fill_and_enter("Labels", "x");
    page.see("A label has 2 to 64 characters; label 1 has 1.");
    page.press("Remove label x");
    page.gone("A label has");

    steps::fill_metadata(&page, "Metadata", "{\n  \"a\": 1,\n  \"b\": }");
    page.see("at line 3, column 8");
    page.fill("Metadata", "[1, 2]");
    page.see("A JSON object is needed, but an array starts at line 1, column 1.");
    page.fill("Metadata", r#"{ "a": 1 }"#);
    page.gone("A JSON object is needed");

    page.press("Next");
    page.wait_for("tab", "Enter a value");
    page.press("Next"); // without a value
    page.see("Select a file, or enter a value.");
    steps::enter_value(&page, "value");
    page.press("Next");
    page.press("Add");
    page.see("A secret with the same name already exists: taken");
    assert_eq!(page.value("Description (optional)"), "kept as typed");
    page.fill("Name", "free");
    page.gone("already exists");
    page.press("Next");
    page.wait_for("tab", "Enter a value");
    page.press("Next");
    page.press("Add");
    page.see("Added free");
    assert_eq!(
        vault.value(&vault.secret("free").metadata.id, "current"),
        b"value"
    );
    assert_eq!(vault.total(), 2);
}

#[test]
fn files_that_cannot_be_taken_are_named_and_the_next_one_is_taken() {
    let (desktop, vault, page) = before_secrets();
    desktop.file("empty.txt", b"");
    desktop.file("large.bin", &vec![0xff; 750_001]);
    desktop.file("good.txt", b"good");
    let pipe = desktop.session.home().join("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, 0o600.into(), 0).unwrap();

    page.act("taken", "Rotate");
    page.wait_for("dialog", "Rotate taken");
    for (file, sentence) in [
        (
            "~/empty.txt",
            "\"empty.txt\" was not taken: the file is empty.",
        ),
        (
            "~/pipe",
            "\"pipe\" was not taken: it is a pipe, not a file.",
        ),
        (
            "~/large.bin",
            "\"large.bin\" was not taken. The file has 750,001 bytes",
        ),
    ] {
        steps::select_value_file(&page, file);
        page.see(sentence);
    }
    page.press("Rotate");
    page.see("Select a file, or enter a value.");
    steps::select_value_file(&page, "~/good.txt");
    page.see("4 bytes; text of at most 1,000,000 characters");
    page.gone("was not taken");
    fs::remove_file(desktop.session.home().join("good.txt")).unwrap(); // it was read already
    steps::rotate(&page, "taken");

    let id = vault.secret("taken").metadata.id;
    assert_eq!(vault.value(&id, "current"), b"good");
    assert_eq!(vault.versions(&id).len(), 2);
}

#[test]
fn metadata_comes_from_a_file_too_and_its_fault_is_told_at_the_field() {
    let (desktop, vault, page) = before_secrets();
    desktop.file("bad.json", b"{ \"a\" 1 }");
    desktop.file("good.json", b"{ \"a\": 1 }");
    desktop.file("photo.json", &[0xff, 0xd8, 0xff]);
    page.act("taken", "Rotate");
    steps::enter_value(&page, "new");
    page.press("Metadata");
    for (file, sentence) in [
        ("~/bad.json", "at line 1, column 7"),
        (
            "~/photo.json",
            "\"photo.json\" was not taken. Metadata is JSON, and this is no text.",
        ),
    ] {
        steps::select_metadata_file(&page, "Metadata", file);
        page.see(sentence);
    }
    steps::select_metadata_file(&page, "Metadata", "~/good.json");
    page.gone("was not taken");
    page.gone("line 1, column 7");
    steps::rotate(&page, "taken");
    let metadata = vault.secret("taken").metadata.custom_metadata;
    assert_eq!(
        metadata,
        Some(vaults::metadata(serde_json::json!({ "a": 1 })))
    );
}

#[test]
fn a_dismissed_dialog_changes_nothing() {
    let (_desktop, vault, page) = before_secrets();
    page.act("taken", "Rotate");
    page.press("Select a file or drop it here");
    crate::harness::native::dismiss(crate::harness::native::OPEN);
    page.wait_for("button", "Select a file or drop it here");
    steps::escape(&page);
    page.wait_for_no("dialog", "Rotate taken");
    assert_eq!(vault.versions(&vault.secret("taken").metadata.id).len(), 1);
}

#[test]
fn deleting_asks_for_the_name() {
    let (_desktop, vault, page) = before_secrets();
    page.act("taken", "Delete");
    page.wait_until_enabled("button", "Delete", false);
    page.fill("Name of the secret", "take");
    page.wait_until_enabled("button", "Delete", false);
    page.fill("Name of the secret", "taken");
    page.wait_until_enabled("button", "Delete", true);
    page.press("Delete");
    page.see("Deleted taken");
    page.see("No secrets yet");
    assert_eq!(vault.total(), 0);
}
