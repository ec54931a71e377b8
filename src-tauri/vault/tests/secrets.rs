//! What a person does with arbitrary secrets, on a real vault file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use desk::{Desk, create, owner, rotation, rotation_to, secret, value};
use keyturn_api::{
    Caller, Code, Instance, ListSecrets, Metadata, NewVersion, Plaintext, Role, Scope, SecretPatch,
    State, Surface, Target, VersionAlias, VersionRef, secret::NewDetail, version::RotationInput,
};
use keyturn_vault::{VaultSettings, wait};

fn restore(from: &str) -> NewVersion {
    let from = VersionRef::parse("restore_from_version", from).unwrap();
    NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::Restore { from },
    }
}

#[test]
fn rotating_moves_the_aliases_and_keeps_the_values() {
    let desk = Desk::new();
    let id = create(&desk.vault, "db-pass", "one");
    let made = wait(
        desk.vault
            .create_version(&owner(), &id, rotation_to("two"), None),
    )
    .unwrap();
    assert_eq!(made.view.number, 2);
    assert_eq!(made.view.metadata.alias, Some(VersionAlias::Current));
    wait(
        desk.vault
            .create_version(&owner(), &id, rotation_to("three"), None),
    )
    .unwrap();

    let versions = wait(desk.vault.versions(&owner(), &id)).unwrap();
    let aliases: Vec<_> = versions
        .iter()
        .map(|version| version.metadata.alias)
        .collect();
    assert_eq!(
        aliases,
        [
            None,
            Some(VersionAlias::Previous),
            Some(VersionAlias::Current)
        ]
    );
    assert_eq!(value(&desk.vault, &id, "current").unwrap(), "three");
    assert_eq!(value(&desk.vault, &id, "previous").unwrap(), "two");
    assert_eq!(
        value(&desk.vault, &id, &versions[0].metadata.id).unwrap(),
        "one"
    );

    // And after a restart.
    desk.vault.close();
    let vault = desk.again();
    assert_eq!(value(&vault, &id, "previous").unwrap(), "two");
    let page = wait(vault.list_secrets(&owner(), &ListSecrets::default())).unwrap();
    assert_eq!(
        (page.total_count, page.items[0].metadata.versions_total),
        (1, 3)
    );
}

#[test]
fn a_binary_file_keeps_its_bytes_and_carries_the_label() {
    let desk = Desk::new();
    let bytes: Vec<u8> = (0..=255).collect();
    let id = create(&desk.vault, "keystore", "text first");
    let vault = &desk.vault;
    wait(vault.create_version(
        &owner(),
        &id,
        rotation(Plaintext::file(bytes.clone())),
        None,
    ))
    .unwrap();
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert!(view.binary);
    assert_eq!(view.metadata.labels, ["encode:base64"]);
    let read = wait(vault.version(&owner(), &id, &VersionRef::CURRENT)).unwrap();
    let Some(keyturn_api::secret::Payload::Arbitrary(payload)) = read.payload else {
        panic!()
    };
    assert_eq!(payload.payload.bytes(), bytes);
    assert_eq!(payload.payload.wire_chars(), 344);

    // Text takes the label away; restoring the file brings bytes and label back.
    wait(vault.create_version(&owner(), &id, rotation_to("text"), None)).unwrap();
    assert!(
        wait(vault.secret_metadata(&owner(), &id))
            .unwrap()
            .metadata
            .labels
            .is_empty()
    );
    let restored = wait(vault.create_version(&owner(), &id, restore("previous"), None)).unwrap();
    assert_eq!(
        (restored.view.number, restored.view.restored_from),
        (4, Some(2))
    );
    assert!(restored.view.binary);
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.labels, ["encode:base64"]);
}

#[test]
fn values_of_ten_versions_and_metadata_of_fifty_are_kept() {
    let desk = Desk::new();
    let id = create(&desk.vault, "often", "value-1");
    for number in 2..=53 {
        let new = rotation_to(&format!("value-{number}"));
        wait(desk.vault.create_version(&owner(), &id, new, None)).unwrap();
    }
    let versions = wait(desk.vault.versions(&owner(), &id)).unwrap();
    assert_eq!(versions.len(), 50);
    assert_eq!(versions[0].number, 4);
    let kept = versions
        .iter()
        .filter(|version| version.metadata.payload_available)
        .count();
    assert_eq!(kept, 10);
    assert_eq!(
        value(&desk.vault, &id, &versions[40].metadata.id).unwrap(),
        "value-44"
    );
    let gone = value(&desk.vault, &id, &versions[39].metadata.id).unwrap_err();
    assert_eq!(gone.code, Code::ValueGone);
    let refused =
        wait(
            desk.vault
                .create_version(&owner(), &id, restore(&versions[0].metadata.id), None),
        );
    assert_eq!(refused.unwrap_err().code, Code::ValueGone);

    let fewer = VaultSettings {
        versions_kept: 2,
        ..VaultSettings::default()
    };
    desk.vault.set_settings(&owner(), fewer).unwrap();
    wait(
        desk.vault
            .create_version(&owner(), &id, rotation_to("last"), None),
    )
    .unwrap();
    let versions = wait(desk.vault.versions(&owner(), &id)).unwrap();
    assert_eq!(
        versions
            .iter()
            .filter(|version| version.size.is_some())
            .count(),
        2
    );
    let problem = desk
        .vault
        .set_settings(
            &owner(),
            VaultSettings {
                versions_kept: 51,
                ..VaultSettings::default()
            },
        )
        .unwrap_err();
    assert_eq!(problem.target, Some(Target::field("versions_kept")));
}

#[test]
fn the_second_of_two_windows_is_told_what_the_first_did() {
    let desk = Desk::new();
    let id = create(&desk.vault, "shared", "one");
    let other = desk.again();
    let seen = wait(desk.vault.secret_metadata(&owner(), &id))
        .unwrap()
        .revision;
    wait(other.create_version(
        &Caller::owner("alex", Surface::Window),
        &id,
        rotation_to("theirs"),
        Some(&seen),
    ))
    .unwrap();
    let refused = wait(
        desk.vault
            .create_version(&owner(), &id, rotation_to("mine"), Some(&seen)),
    )
    .unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    assert!(
        refused
            .message
            .contains("rotated to version 2 by local:alex"),
        "{}",
        refused.message
    );
    assert!(!refused.message.contains("mine"));
    // Without an expectation, or with the new revision, the next normal action works.
    let seen = wait(desk.vault.rotation_outlook(&owner(), &id))
        .unwrap()
        .secret
        .revision;
    wait(
        desk.vault
            .create_version(&owner(), &id, rotation_to("mine"), Some(&seen)),
    )
    .unwrap();
    assert_eq!(value(&other, &id, "current").unwrap(), "mine");
    assert_eq!(value(&other, &id, "previous").unwrap(), "theirs");
}

#[test]
fn reading_a_value_makes_no_conflict_and_is_noted() {
    let desk = Desk::new();
    let id = create(&desk.vault, "read-me", "one");
    let before = wait(desk.vault.secret_metadata(&owner(), &id)).unwrap();
    assert!(!before.metadata.downloaded);
    assert_eq!(
        before.metadata.retrieved_at.to_string(),
        "1970-01-01T00:00:00Z"
    );
    value(&desk.vault, &id, "current").unwrap();
    let after = wait(desk.vault.secret_metadata(&owner(), &id)).unwrap();
    assert!(after.metadata.downloaded);
    assert!(after.metadata.retrieved_at > before.metadata.retrieved_at);
    assert_eq!(after.revision, before.revision);
    let new = rotation_to("two");
    wait(
        desk.vault
            .create_version(&owner(), &id, new, Some(&before.revision)),
    )
    .unwrap();
    assert!(
        !wait(desk.vault.secret_metadata(&owner(), &id))
            .unwrap()
            .metadata
            .downloaded
    );
}

#[test]
fn names_are_unique_also_between_processes_and_free_after_deletion() {
    let desk = Desk::new();
    let other = desk.again();
    let id = create(&desk.vault, "only-one", "one");
    let refused =
        wait(other.create_secret(&owner(), secret("only-one", Plaintext::text("x".into()))))
            .unwrap_err();
    assert_eq!(
        (refused.code, refused.target),
        (Code::NameTaken, Some(Target::field("name")))
    );
    let second = create(&other, "second", "two");
    let rename = SecretPatch {
        name: Some("only-one".into()),
        ..SecretPatch::default()
    };
    let refused = wait(other.update_secret(&owner(), &second, rename.clone(), None)).unwrap_err();
    assert_eq!(refused.code, Code::NameTaken);
    wait(desk.vault.delete_secret(&owner(), &id, None)).unwrap();
    wait(other.update_secret(&owner(), &second, rename, None)).unwrap();
    create(&desk.vault, "second", "free again");
}

#[test]
fn editing_changes_what_the_patch_names_and_nothing_else() {
    let desk = Desk::new();
    let mut new = secret("edit-me", Plaintext::text("v".into()));
    new.description = Some("before".into());
    new.labels = vec!["keep".into()];
    let id = wait(desk.vault.create_secret(&owner(), new))
        .unwrap()
        .view
        .metadata
        .id;
    let patch = SecretPatch {
        description: Some(String::new()),
        custom_metadata: Some(Metadata::from_iter([("ticket".into(), "OPS-7".into())])),
        ..SecretPatch::default()
    };
    let view = wait(desk.vault.update_secret(&owner(), &id, patch, None)).unwrap();
    assert_eq!(view.metadata.description, None);
    assert_eq!(view.metadata.labels, ["keep"]);
    assert_eq!(view.metadata.custom_metadata.unwrap()["ticket"], "OPS-7");
    let bad = SecretPatch {
        labels: Some(vec!["x".into()]),
        ..SecretPatch::default()
    };
    let refused = wait(desk.vault.update_secret(&owner(), &id, bad, None)).unwrap_err();
    assert_eq!(refused.target, Some(Target::field("labels")));
}

#[test]
fn version_metadata_can_be_replaced_and_removed() {
    let desk = Desk::new();
    let id = create(&desk.vault, "noted", "one");
    let map = Metadata::from_iter([("reason".into(), "leak".into())]);
    let current = VersionRef::CURRENT;
    let view = wait(
        desk.vault
            .update_version(&owner(), &id, &current, map, None),
    )
    .unwrap();
    assert_eq!(
        view.metadata.version_custom_metadata.unwrap()["reason"],
        "leak"
    );
    let view = wait(
        desk.vault
            .update_version(&owner(), &id, &current, Metadata::new(), None),
    )
    .unwrap();
    assert_eq!(view.metadata.version_custom_metadata, None);
    let large = Metadata::from_iter([("x".into(), "y".repeat(11_000).into())]);
    assert!(
        wait(
            desk.vault
                .update_version(&owner(), &id, &current, large, None)
        )
        .is_err()
    );
}

#[test]
fn past_its_date_a_value_is_unreadable_at_once_and_only_deletion_is_left() {
    let desk = Desk::new();
    let mut new = secret("short-lived", Plaintext::text("v".into()));
    let NewDetail::Arbitrary(detail) = &mut new.detail else {
        panic!()
    };
    detail.expiration_date = Some(desk.vault.now().plus_days(2));
    let id = wait(desk.vault.create_secret(&owner(), new))
        .unwrap()
        .view
        .metadata
        .id;
    assert_eq!(value(&desk.vault, &id, "current").unwrap(), "v");
    desk.clock.advance_days(3);
    assert_eq!(
        value(&desk.vault, &id, "current").unwrap_err().code,
        Code::WrongState
    );
    let view = wait(desk.vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.state, State::Destroyed);
    assert!(view.availability.rotate.is_some() && view.availability.delete.is_none());
    let refused = wait(
        desk.vault
            .create_version(&owner(), &id, rotation_to("x"), None),
    )
    .unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    let outlook = wait(desk.vault.rotation_outlook(&owner(), &id)).unwrap();
    assert_eq!(outlook.hindrance.unwrap().code, Code::WrongState);
    wait(desk.vault.delete_secret(&owner(), &id, None)).unwrap();
    assert_eq!(
        wait(desk.vault.secret_metadata(&owner(), &id))
            .unwrap_err()
            .code,
        Code::NotFound
    );
}

#[test]
fn roles_and_groups_decide_before_anything_is_looked_up() {
    let desk = Desk::new();
    let id = create(&desk.vault, "guarded", "v");
    let caller = |role, scope| Caller {
        id: "apikey:t".into(),
        role,
        scope,
        surface: Surface::Api,
    };
    let reader = caller(Role::Reader, Scope::Instance);
    let current = VersionRef::CURRENT;
    assert_eq!(
        wait(desk.vault.version(&reader, &id, &current))
            .unwrap_err()
            .code,
        Code::Forbidden
    );
    let unknown = "0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77";
    let refused = wait(desk.vault.version(&reader, unknown, &current)).unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
    let elsewhere = caller(Role::Manager, Scope::Groups([unknown.to_owned()].into()));
    let refused = wait(desk.vault.secret_metadata(&elsewhere, &id)).unwrap_err();
    let missing = wait(desk.vault.secret_metadata(&elsewhere, unknown)).unwrap_err();
    assert_eq!(refused, missing);
    let page = wait(desk.vault.list_secrets(&elsewhere, &ListSecrets::default())).unwrap();
    assert_eq!(page.total_count, 0);
}

#[test]
fn another_process_is_seen() {
    let desk = Desk::new();
    let other = desk.again();
    let mut changed = desk.vault.changed();
    changed.mark_unchanged();
    let id = create(&other, "from-elsewhere", "v");
    let found = ListSecrets {
        search: Some("ELSEWHERE".into()),
        ..ListSecrets::default()
    };
    assert_eq!(
        wait(desk.vault.list_secrets(&owner(), &found))
            .unwrap()
            .total_count,
        1
    );
    assert!(changed.has_changed().unwrap());
    wait(other.delete_secret(&owner(), &id, None)).unwrap();
    assert_eq!(
        wait(desk.vault.list_secrets(&owner(), &found))
            .unwrap()
            .total_count,
        0
    );
}

#[test]
fn a_closed_vault_answers_that_it_is_locked() {
    let desk = Desk::new();
    let id = create(&desk.vault, "locked", "v");
    desk.vault.close();
    let refused = wait(desk.vault.secret_metadata(&owner(), &id)).unwrap_err();
    assert_eq!(refused.code, Code::VaultLocked);
    assert_eq!(desk.vault.secrets_total(), 0);
}

#[test]
fn reads_by_programs_are_recorded_together_and_before_the_vault_closes() {
    let desk = Desk::new();
    let id = create(&desk.vault, "db", "one");
    let program = Caller {
        surface: Surface::Api,
        ..owner()
    };
    let before = desk.vault.verify_audit().unwrap();
    for _ in 0..100 {
        let read = wait(desk.vault.secret(&program, &id)).unwrap();
        assert!(read.payload.is_some());
    }
    let seen = wait(desk.vault.secret_metadata(&owner(), &id)).unwrap();
    assert!(seen.metadata.downloaded, "it is told at once");
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(10);
    let mut after = before;
    while after == before {
        assert!(std::time::Instant::now() < patience, "it is recorded soon");
        std::thread::sleep(std::time::Duration::from_millis(20));
        after = desk.vault.verify_audit().unwrap();
    }
    assert!(after < before + 10, "a hundred reads are few records");

    wait(desk.vault.secret(&program, &id)).unwrap();
    desk.vault.close();
    let again = desk.again_on_time();
    assert!(again.verify_audit().unwrap() > after);
}
