//! Comparing versions on a real vault file: what it takes, and what it leaves behind.

mod desk;

use desk::{Desk, create, owner, rotation_to};
use keyturn_api::{
    Caller, Code, Comparison, Instance, Plaintext, Role, ShownComparison, VersionAlias, VersionRef,
    secret::arbitrary,
    version::{Compared, RotationInput},
};
use keyturn_vault::wait;

const CURRENT: VersionRef = VersionRef::Alias(VersionAlias::Current);
const PREVIOUS: VersionRef = VersionRef::Alias(VersionAlias::Previous);

fn input(value: &str) -> Compared {
    Compared::Input(RotationInput::Arbitrary(arbitrary::Rotation {
        payload: Plaintext::text(value.into()),
    }))
}

#[test]
fn a_masked_comparison_is_recorded_and_reads_nothing() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "host a\nport 1\n");
    let new = rotation_to("host a\nport 2\n");
    wait(vault.create_version(&owner(), &id, new, None)).unwrap();
    let before = vault.verify_audit().unwrap();
    let with = Compared::Version(CURRENT);
    let found = wait(vault.compare(&owner(), &id, &PREVIOUS, with)).unwrap();
    let Comparison::Lines(lines) = found else {
        panic!("{found:?}")
    };
    assert_eq!((lines.added, lines.removed, lines.unchanged), (1, 1, 1));
    assert_eq!(vault.verify_audit().unwrap(), before + 1);
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert!(!view.metadata.downloaded);
    assert_eq!(view.metadata.retrieved_at, keyturn_api::Timestamp::EPOCH);
}

#[test]
fn a_shown_one_counts_as_reading_both() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    wait(vault.create_version(&owner(), &id, rotation_to("two"), None)).unwrap();
    let with = Compared::Version(CURRENT);
    let shown = wait(vault.compare_shown(&owner(), &id, &PREVIOUS, with)).unwrap();
    assert!(matches!(shown, ShownComparison::Lines(_)));
    let text = serde_json::to_string(&shown).unwrap();
    assert!(text.contains("one") && text.contains("two"), "{text}");
    let versions = wait(vault.versions(&owner(), &id)).unwrap();
    assert!(versions.iter().all(|version| version.metadata.downloaded));
}

#[test]
fn what_is_about_to_replace_a_value_is_compared_without_replacing_it() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    let compare = |value| wait(vault.compare(&owner(), &id, &CURRENT, input(value))).unwrap();
    let Comparison::Lines(same) = compare("one") else {
        panic!("lines")
    };
    assert!(same.same);
    let Comparison::Lines(other) = compare("other") else {
        panic!("lines")
    };
    assert!(!other.same);
    assert_eq!(wait(vault.versions(&owner(), &id)).unwrap().len(), 1);
}

#[test]
fn a_reader_learns_nothing_and_what_is_gone_is_said() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    let reader = Caller {
        role: Role::Reader,
        ..owner()
    };
    let refused = wait(vault.compare(&reader, &id, &CURRENT, input("x"))).unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
    let with = Compared::Version(PREVIOUS);
    let missing = wait(vault.compare(&owner(), &id, &CURRENT, with)).unwrap_err();
    assert_eq!(missing.code, Code::NotFound);
}
