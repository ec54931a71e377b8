//! What still works when something is wrong: a damaged record, a vault that cannot be written, a
//! change by somebody else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use std::{fs, os::unix::fs::PermissionsExt, sync::Arc};

use desk::{Desk, create, open, owner, rotation_to, value};
use keyturn_api::{
    Code, Instance, ListSecrets, Metadata, Problem, Revision, SecretPatch, VersionRef,
};
use keyturn_vault::{Home, NewVault, SystemClock, Vault, VaultKind, VaultSettings, wait};

fn revision(vault: &Vault, id: &str) -> Revision {
    wait(vault.secret_metadata(&owner(), id)).unwrap().revision
}

fn names(vault: &Vault) -> Vec<String> {
    let page = wait(vault.list_secrets(&owner(), &ListSecrets::default())).unwrap();
    page.items
        .into_iter()
        .map(|view| view.metadata.name)
        .collect()
}

fn rotate(vault: &Vault, id: &str, text: &str, expect: Option<&Revision>) -> Option<Problem> {
    wait(vault.create_version(&owner(), id, rotation_to(text), expect)).err()
}

#[test]
fn a_damaged_record_keeps_nobody_from_the_others() {
    for (prefix, left, unreadable) in [("s/", 2, 1), ("r/", 3, 0)] {
        let desk = Desk::new();
        for name in ["one", "two", "three"] {
            let id = create(&desk.vault, name, name);
            value(&desk.vault, &id, "current").unwrap();
        }
        desk.vault.close();
        desk.damage(prefix);
        let vault = open(desk.home.path(), desk.vault.id());
        assert_eq!(names(&vault).len(), left, "{prefix}");
        assert_eq!(vault.unreadable_total(), unreadable, "{prefix}");
        let page = wait(vault.list_secrets(&owner(), &ListSecrets::default())).unwrap();
        for secret in page.items {
            let read = value(&vault, &secret.metadata.id, "current");
            assert_eq!(read.unwrap(), secret.metadata.name);
            assert!(rotate(&vault, &secret.metadata.id, "new", None).is_none());
        }
    }
}

#[test]
fn settings_that_cannot_be_read_throw_no_value_away() {
    let desk = Desk::new();
    let id = create(&desk.vault, "kept", "1");
    let two = VaultSettings {
        versions_kept: 2,
        ..VaultSettings::default()
    };
    desk.vault.set_settings(&owner(), two).unwrap();
    desk.vault.close();
    desk.damage("c/");
    let vault = open(desk.home.path(), desk.vault.id());
    for number in 2..=12 {
        assert!(rotate(&vault, &id, &number.to_string(), None).is_none());
    }
    let first = wait(vault.versions(&owner(), &id)).unwrap().remove(0);
    assert!(first.metadata.payload_available);
}

#[test]
fn behind_a_damaged_audit_record_values_are_read_and_nothing_is_written() {
    let desk = Desk::new();
    let id = create(&desk.vault, "still-there", "value");
    desk.vault.close();
    desk.damage("a/");
    let vault = open(desk.home.path(), desk.vault.id());
    assert_eq!(value(&vault, &id, "current").unwrap(), "value");
    let refused = rotate(&vault, &id, "new", None).unwrap();
    assert_eq!(refused.code, Code::Damaged);
    assert!(vault.verify_audit().is_err());
}

#[test]
fn a_header_changed_while_the_vault_is_open_is_not_signed() {
    let desk = Desk::new();
    let id = create(&desk.vault, "one", "value");
    let vault = desk.again(); // which has not written yet
    let file = rusqlite::Connection::open(desk.file()).unwrap();
    let body: Vec<u8> = file
        .query_row("SELECT body FROM head", [], |row| row.get(0))
        .unwrap();
    let mut forged = body.clone();
    *forged.last_mut().unwrap() ^= 1;
    file.execute("UPDATE head SET body = ?1", [&forged])
        .unwrap();
    let refused = rotate(&vault, &id, "new", None).unwrap();
    assert_eq!(refused.code, Code::Damaged, "{}", refused.message);
    file.execute("UPDATE head SET body = ?1", [&body]).unwrap();
    assert!(rotate(&vault, &id, "new", None).is_none());
}

#[test]
fn a_value_is_read_while_another_program_keeps_the_vault_from_being_written() {
    let desk = Desk::new();
    let id = create(&desk.vault, "needed-now", "value");
    let before = desk.vault.verify_audit().unwrap();
    let other = rusqlite::Connection::open(desk.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(value(&desk.vault, &id, "current").unwrap(), "value");
    let refused = rotate(&desk.vault, &id, "new", None).unwrap();
    assert_eq!(refused.code, Code::Busy);
    other.execute_batch("ROLLBACK").unwrap();
    // The next commit brings the record of that read with it.
    assert!(rotate(&desk.vault, &id, "new", None).is_none());
    assert_eq!(desk.vault.verify_audit().unwrap(), before + 2);
}

#[test]
fn a_conflict_names_every_kind_of_change_since() {
    let desk = Desk::new();
    let id = create(&desk.vault, "shared", "1");
    let seen = revision(&desk.vault, &id);
    assert!(rotate(&desk.vault, &id, "2", None).is_none());
    let patch = SecretPatch {
        description: Some("new".into()),
        labels: Some(vec!["production".into()]),
        ..SecretPatch::default()
    };
    wait(desk.vault.update_secret(&owner(), &id, patch, None)).unwrap();
    let told = rotate(&desk.vault, &id, "3", Some(&seen)).unwrap().message;
    assert!(
        told.contains("rotated to version 2 and edited (description, labels)"),
        "{told}"
    );
    assert_eq!(value(&desk.vault, &id, "current").unwrap(), "2");
}

#[test]
fn metadata_of_a_version_that_somebody_else_edited_is_not_overwritten() {
    let desk = Desk::new();
    let id = create(&desk.vault, "shared", "1");
    let seen = wait(desk.vault.versions(&owner(), &id)).unwrap().remove(0);
    let edit = |text: &str, expect: &Revision| {
        let map = Metadata::from_iter([("note".to_owned(), text.into())]);
        let current = VersionRef::CURRENT;
        wait(
            desk.vault
                .update_version(&owner(), &id, &current, map, Some(expect)),
        )
    };
    let first = edit("first", &seen.revision).unwrap();
    let refused = edit("second", &seen.revision).unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    let second = edit("second", &first.revision).unwrap();
    assert_eq!(
        second.metadata.version_custom_metadata.unwrap()["note"],
        "second"
    );
}

#[test]
fn a_number_of_versions_that_was_just_raised_elsewhere_holds() {
    let desk = Desk::new();
    let id = create(&desk.vault, "kept", "1");
    let kept = |versions_kept| VaultSettings {
        versions_kept,
        ..VaultSettings::default()
    };
    desk.vault.set_settings(&owner(), kept(2)).unwrap();
    assert!(rotate(&desk.vault, &id, "2", None).is_none());
    let other = desk.again();
    other.set_settings(&owner(), kept(50)).unwrap();
    // Before this one has looked again, and after.
    assert!(rotate(&desk.vault, &id, "3", None).is_none());
    let versions = wait(other.versions(&owner(), &id)).unwrap();
    assert!(versions.iter().all(|one| one.metadata.payload_available));
}

#[test]
fn a_vault_whose_page_is_lost_is_still_listed_and_opens() {
    let desk = Desk::new();
    let id = create(&desk.vault, "one", "value");
    desk.vault.close();
    let page = desk.file().with_file_name("about.json");
    for text in [Some("not JSON"), None] {
        match text {
            Some(text) => fs::write(&page, text).unwrap(),
            None => fs::remove_file(&page).unwrap(),
        }
        let vaults = desk.home.vaults().unwrap();
        assert_eq!(vaults.len(), 1);
        assert!(vaults[0].name.starts_with("Vault "), "{}", vaults[0].name);
        let vault = open(desk.home.path(), vaults[0].id);
        assert_eq!(value(&vault, &id, "current").unwrap(), "value");
        vault.close();
    }
    desk.home.rename(desk.vault.id(), "Found again").unwrap();
    assert_eq!(desk.home.vaults().unwrap()[0].name, "Found again");
}

#[test]
fn a_data_folder_that_others_share_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mode = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    let at = || Home::at(folder.path().to_owned());
    fs::write(folder.path().join("theirs"), "x").unwrap();
    mode(0o777);
    assert_eq!(at().unwrap_err().code, Code::Permissions);
    let left = fs::metadata(folder.path()).unwrap().permissions().mode();
    assert_eq!(left & 0o777, 0o777);
    mode(0o700);
    at().unwrap();
    mode(0o755); // ours by now: it is narrowed
    at().unwrap();
    let left = fs::metadata(folder.path()).unwrap().permissions().mode();
    assert_eq!(left & 0o777, 0o700);
}

#[test]
fn a_vault_that_cannot_be_made_leaves_nothing() {
    let desk = Desk::new();
    let vaults = desk.home.path().join("vaults");
    let before = fs::read_dir(&vaults).unwrap().count();
    let refused = desk.home.create(
        &NewVault {
            name: "No way in".into(),
            kind: VaultKind::Local,
            keyring: false,
            passphrase: None,
            kdf: None,
        },
        Arc::new(SystemClock),
    );
    assert!(refused.is_err());
    assert_eq!(fs::read_dir(&vaults).unwrap().count(), before);
}
