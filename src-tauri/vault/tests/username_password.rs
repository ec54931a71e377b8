//! User credentials on a real vault file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use desk::{Desk, owner, rotation_by, secret_of, value};
use keyturn_api::{
    Instance, Plaintext, Result, State, VersionRef,
    secret::{
        Detail, NewDetail, Payload,
        username_password::{New, PasswordGenerationPolicy, Rotation},
    },
    version::RotationInput,
};
use keyturn_vault::{Vault, wait};

fn new(password: Option<&str>, policy: PasswordGenerationPolicy) -> New {
    New {
        username: "app".into(),
        password: password.map(|text| Plaintext::text(text.into())),
        expiration_date: None,
        rotation: keyturn_api::RotationPolicy::default(),
        password_generation_policy: policy,
    }
}

fn create(vault: &Vault, new: New) -> Result<String> {
    let new = secret_of("db", NewDetail::UsernamePassword(new));
    Ok(wait(vault.create_secret(&owner(), new))?.view.metadata.id)
}

fn rotate(
    vault: &Vault,
    id: &str,
    password: Option<&str>,
    policy: Option<PasswordGenerationPolicy>,
) -> Result<()> {
    let input = RotationInput::UsernamePassword(Rotation {
        password: password.map(|text| Plaintext::text(text.into())),
        password_generation_policy: policy,
    });
    wait(vault.create_version(&owner(), id, rotation_by(input), None)).map(drop)
}

fn policy_of(vault: &Vault, id: &str) -> PasswordGenerationPolicy {
    let view = wait(vault.secret_metadata(&owner(), id)).unwrap();
    match view.metadata.detail {
        Detail::UsernamePassword(detail) => detail.password_generation_policy,
        other => panic!("{other:?}"),
    }
}

fn letters(length: u16) -> PasswordGenerationPolicy {
    PasswordGenerationPolicy {
        length,
        include_digits: false,
        include_symbols: false,
        include_uppercase: false,
        exclude_characters: "lo".into(),
    }
}

#[test]
fn a_password_is_given_or_generated_and_the_user_name_stays() {
    let desk = Desk::new();
    let vault = &desk.vault;
    let policy = PasswordGenerationPolicy::default();
    let id = create(vault, new(Some("hunter2"), policy.clone())).unwrap();
    assert_eq!(value(vault, &id, "current").unwrap(), "hunter2");
    assert_eq!(policy_of(vault, &id), policy);

    rotate(vault, &id, None, None).unwrap();
    let generated = value(vault, &id, "current").unwrap();
    assert_eq!(generated.len(), 32);
    assert_eq!(value(vault, &id, "previous").unwrap(), "hunter2");

    let read = wait(vault.version(&owner(), &id, &VersionRef::CURRENT)).unwrap();
    match read.payload {
        Some(Payload::UsernamePassword(payload)) => assert_eq!(payload.username, "app"),
        other => panic!("{other:?}"),
    }

    let from = VersionRef::parse("restore_from_version", "previous").unwrap();
    let restore = rotation_by(RotationInput::Restore { from });
    wait(vault.create_version(&owner(), &id, restore, None)).unwrap();
    assert_eq!(value(vault, &id, "current").unwrap(), "hunter2");
    assert_eq!(value(vault, &id, "previous").unwrap(), generated);
}

#[test]
fn how_passwords_are_generated_is_remembered_with_the_secret() {
    let desk = Desk::new();
    let vault = &desk.vault;
    let id = create(vault, new(None, letters(40))).unwrap();
    let first = value(vault, &id, "current").unwrap();
    assert_eq!(first.len(), 40);
    let fits = |sign: char| sign.is_ascii_lowercase() && sign != 'l' && sign != 'o';
    assert!(first.chars().all(fits), "{}", first.len());

    rotate(vault, &id, None, Some(letters(12))).unwrap();
    assert_eq!(value(vault, &id, "current").unwrap().len(), 12);
    // one that is given changes nothing about it
    rotate(vault, &id, Some("given one"), None).unwrap();
    rotate(vault, &id, None, None).unwrap();
    assert_eq!(value(vault, &id, "current").unwrap().len(), 12);

    vault.close();
    let vault = desk::open(desk.home.path(), desk.vault.id());
    assert_eq!(policy_of(&vault, &id), letters(12));
}

#[test]
fn what_does_not_fit_is_refused_at_its_field_and_nothing_changes() {
    let desk = Desk::new();
    let vault = &desk.vault;
    let policy = PasswordGenerationPolicy::default();
    let field = |refused: keyturn_api::Problem| refused.target.unwrap().name;
    let mut nameless = new(None, policy.clone());
    nameless.username = "a b".into();
    assert_eq!(field(create(vault, nameless).unwrap_err()), "username");
    let short = new(Some("12345"), policy.clone());
    assert_eq!(field(create(vault, short).unwrap_err()), "password");
    assert_eq!(
        field(create(vault, new(None, letters(11))).unwrap_err()),
        "password_generation_policy"
    );

    let id = create(vault, new(Some("hunter2"), policy)).unwrap();
    let long = "x".repeat(257);
    assert_eq!(
        field(rotate(vault, &id, Some(&long), None).unwrap_err()),
        "password"
    );
    assert_eq!(
        field(rotate(vault, &id, None, Some(letters(257))).unwrap_err()),
        "password_generation_policy"
    );
    assert_eq!(value(vault, &id, "current").unwrap(), "hunter2");
    assert_eq!(wait(vault.versions(&owner(), &id)).unwrap().len(), 1);
}

#[test]
fn credentials_expire_by_their_date() {
    let desk = Desk::new();
    let vault = &desk.vault;
    let mut expiring = new(Some("hunter2"), PasswordGenerationPolicy::default());
    expiring.expiration_date = Some(vault.now().plus_days(1));
    let id = create(vault, expiring).unwrap();
    desk.clock.advance_days(2);
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.state, State::Destroyed);
    assert!(value(vault, &id, "current").is_err());
    assert!(rotate(vault, &id, None, None).is_err());
}
