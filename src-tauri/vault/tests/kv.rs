//! Key-value secrets on a real vault file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use desk::{Desk, owner, rotation_by, rotation_to, secret_of, value};
use keyturn_api::{
    Code, Instance, ListSecrets, Plaintext, Result, SecretPatch, SecretType, VersionRef,
    secret::{Detail, NewDetail, kv},
    version::RotationInput,
};
use keyturn_vault::{Vault, wait};

fn data(text: &str) -> kv::Data {
    kv::Data::parse(&Plaintext::text(text.to_owned())).unwrap()
}

fn create(vault: &Vault, name: &str, text: &str) -> Result<String> {
    let detail = NewDetail::Kv(kv::New { data: data(text) });
    let made = wait(vault.create_secret(&owner(), secret_of(name, detail)))?;
    Ok(made.view.metadata.id)
}

fn rotate(vault: &Vault, id: &str, text: &str) -> Result<u32> {
    let input = RotationInput::Kv(kv::Rotation { data: data(text) });
    let made = wait(vault.create_version(&owner(), id, rotation_by(input), None))?;
    Ok(made.view.number)
}

#[test]
fn a_rotation_replaces_the_object_and_merges_nothing() {
    let desk = Desk::new();
    let vault = &desk.vault;
    let first = r#"{"user":"app","port":90071992547409931234}"#;
    let id = create(vault, "db", first).unwrap();
    assert_eq!(rotate(vault, &id, "{ \"user\": \"app2\" }").unwrap(), 2);
    assert_eq!(value(vault, &id, "current").unwrap(), r#"{"user":"app2"}"#);
    assert_eq!(value(vault, &id, "previous").unwrap(), first);

    let from = VersionRef::parse("restore_from_version", "previous").unwrap();
    let restore = rotation_by(RotationInput::Restore { from });
    wait(vault.create_version(&owner(), &id, restore, None)).unwrap();
    assert_eq!(value(vault, &id, "current").unwrap(), first);

    let read = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(read.metadata.detail, Detail::Kv(kv::Detail {}));
}

#[test]
fn types_have_names_of_their_own_and_the_list_filters_by_them() {
    let desk = Desk::new();
    let vault = &desk.vault;
    desk::create(vault, "db", "an arbitrary one");
    create(vault, "db", r#"{"a":1}"#).unwrap();
    let taken = create(vault, "db", r#"{"a":2}"#).unwrap_err();
    assert_eq!(taken.code, Code::NameTaken);

    let query = ListSecrets {
        secret_types: vec![SecretType::Kv],
        ..ListSecrets::default()
    };
    let page = wait(vault.list_secrets(&owner(), &query)).unwrap();
    assert_eq!(page.total_count, 1);
    assert_eq!(page.items[0].metadata.detail.secret_type(), SecretType::Kv);
}

#[test]
fn what_another_type_takes_is_refused_and_nothing_changes() {
    let desk = Desk::new();
    let vault = &desk.vault;
    let id = create(vault, "db", r#"{"a":1}"#).unwrap();
    let refused = wait(vault.create_version(&owner(), &id, rotation_to("text"), None)).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "data");
    let other = desk::create(vault, "token", "text");
    assert!(rotate(vault, &other, r#"{"a":1}"#).is_err());

    let expiry = SecretPatch {
        expiration_date: Some(Some(vault.now().plus_days(1))),
        ..SecretPatch::default()
    };
    let refused = wait(vault.update_secret(&owner(), &id, expiry, None)).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "expiration_date");
    assert_eq!(value(vault, &id, "current").unwrap(), r#"{"a":1}"#);
    assert_eq!(wait(vault.versions(&owner(), &id)).unwrap().len(), 1);
}
