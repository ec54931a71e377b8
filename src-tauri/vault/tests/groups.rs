//! Secret groups on a real vault file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use std::{collections::BTreeSet, thread};

use desk::{Desk, create, owner, secret};
use keyturn_api::{
    Caller, Code, Instance, ListSecrets, NewSecretGroup, Plaintext, Result, Role, Scope,
    SecretGroupPatch, SecretGroupView, Sort, SortKey,
};
use keyturn_vault::{Vault, wait};

fn group(vault: &Vault, name: &str) -> Result<SecretGroupView> {
    let new = NewSecretGroup {
        name: name.into(),
        description: None,
    };
    wait(vault.create_secret_group(&owner(), new))
}

fn create_in(vault: &Vault, group: &str, name: &str) -> Result<String> {
    let mut new = secret(name, Plaintext::text("one".into()));
    new.secret_group_id = group.into();
    Ok(wait(vault.create_secret(&owner(), new))?.view.metadata.id)
}

fn rename(vault: &Vault, id: &str, name: &str) -> Result<SecretGroupView> {
    let patch = SecretGroupPatch {
        name: Some(name.into()),
        description: None,
    };
    wait(vault.update_secret_group(&owner(), id, patch))
}

fn list(vault: &Vault) -> Vec<(String, u32)> {
    let groups = wait(vault.secret_groups(&owner())).unwrap();
    let line = |view: SecretGroupView| (view.group.name, view.secrets_total);
    groups.into_iter().map(line).collect()
}

fn delete(vault: &Vault, id: &str) -> Result<()> {
    wait(vault.delete_secret_group(&owner(), id))
}

#[test]
fn groups_are_made_renamed_counted_and_listed() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    assert_eq!(list(vault), [("default".into(), 0)]);
    let payments = group(vault, "payments").unwrap().group.id;
    group(vault, "Mail").unwrap();
    create(vault, "loose", "one");
    create_in(vault, &payments, "card-key").unwrap();
    create_in(vault, &payments, "bank-key").unwrap();
    let expected = [("default", 1), ("Mail", 0), ("payments", 2)];
    let expected = expected.map(|(name, total)| (name.to_owned(), total));
    assert_eq!(list(vault), expected);
    assert_eq!(list(&desk.again()), expected);

    let renamed = rename(vault, &payments, "billing").unwrap();
    assert_eq!(
        (renamed.group.name.as_str(), renamed.secrets_total),
        ("billing", 2)
    );
    let taken = rename(vault, &payments, "Mail").unwrap_err();
    assert_eq!(taken.code, Code::NameTaken);
    assert_eq!(group(vault, "billing").unwrap_err().code, Code::NameTaken);
    assert_eq!(group(vault, "default").unwrap_err().code, Code::NameTaken);
    for wrong in ["", "a", "a b", &"x".repeat(65)] {
        let problem = group(vault, wrong).unwrap_err();
        assert_eq!(problem.target.unwrap().name, "name", "{wrong}");
    }
    let query = ListSecrets {
        groups: vec![payments],
        ..ListSecrets::default()
    };
    let found = wait(vault.list_secrets(&owner(), &query)).unwrap();
    assert_eq!(found.total_count, 2);
    let by_group = ListSecrets {
        sort: Some(Sort {
            key: SortKey::SecretGroup,
            descending: true,
        }),
        ..ListSecrets::default()
    };
    let sorted = wait(vault.list_secrets(&owner(), &by_group)).unwrap().items;
    assert_eq!(
        sorted[0].metadata.name, "loose",
        "billing comes before default"
    );
}

#[test]
fn a_group_with_secrets_stays_and_the_refusal_names_them() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = group(vault, "payments").unwrap().group.id;
    let secrets: Vec<String> = (0..7)
        .map(|number| create_in(vault, &id, &format!("key-{number}")).unwrap())
        .collect();
    let problem = delete(vault, &id).unwrap_err();
    assert_eq!(problem.code, Code::NotEmpty);
    assert!(problem.message.contains("7 secrets"), "{}", problem.message);
    assert!(problem.message.contains("2 more"), "{}", problem.message);
    let shown = wait(vault.secret_groups(&owner())).unwrap();
    assert_eq!(shown[1].delete_hindrance.as_ref(), Some(&problem.message));
    for secret in secrets {
        wait(vault.delete_secret(&owner(), &secret, None)).unwrap();
    }
    delete(vault, &id).unwrap();
    assert_eq!(delete(vault, &id).unwrap_err().code, Code::NotFound);
    let gone = create_in(vault, &id, "late").unwrap_err();
    assert_eq!(gone.target.unwrap().name, "secret_group_id");
    assert!(group(vault, "payments").is_ok(), "its name is free again");
}

#[test]
fn default_stays_as_it_is() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    assert!(delete(vault, "default").is_err());
    assert!(rename(vault, "default", "other").is_err());
    let view = &wait(vault.secret_groups(&owner())).unwrap()[0];
    assert!(view.delete_hindrance.is_some() && view.edit_hindrance.is_some());
}

#[test]
fn there_are_at_most_200_groups_among_all_programs() {
    let desk = Desk::new();
    for number in 0..198 {
        group(&desk.vault, &format!("group{number}")).unwrap();
    }
    let other = desk.again();
    let made: usize = thread::scope(|scope| {
        let make = |vault: &'static str, of: &Vault| {
            let tries = (0..4).map(|number| group(of, &format!("{vault}{number}")));
            tries.flatten().count()
        };
        let one = scope.spawn(move || make("one", &other));
        make("two", &desk.vault) + one.join().unwrap()
    });
    assert_eq!(made, 2);
    let problem = group(&desk.vault, "more").unwrap_err();
    assert_eq!(problem.code, Code::LimitReached);
    assert_eq!(list(&desk.vault).len(), 201);
}

#[test]
fn no_secret_is_left_in_a_group_that_is_deleted_meanwhile() {
    let desk = Desk::new();
    let other = desk.again();
    for round in 0..60 {
        let id = group(&desk.vault, &format!("group{round}"))
            .unwrap()
            .group
            .id;
        let (made, deleted) = thread::scope(|scope| {
            let name = format!("key{round}");
            let make = scope.spawn({
                let (id, other) = (id.clone(), &other);
                move || create_in(other, &id, &name)
            });
            let deleted = delete(&desk.vault, &id);
            (make.join().unwrap(), deleted)
        });
        assert!(
            made.is_ok() != deleted.is_ok(),
            "{round}: {made:?} {deleted:?}"
        );
    }
}

#[test]
fn a_role_of_one_group_sees_only_that() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = group(vault, "payments").unwrap().group.id;
    group(vault, "mail").unwrap();
    create(vault, "loose", "one");
    create_in(vault, &id, "card-key").unwrap();
    let scoped = Caller {
        role: Role::Manager,
        scope: Scope::Groups(BTreeSet::from([id.clone()])),
        ..owner()
    };
    let groups = wait(vault.secret_groups(&scoped)).unwrap();
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].group.id, id);
    let listed = wait(vault.list_secrets(&scoped, &ListSecrets::default())).unwrap();
    assert_eq!(listed.total_count, 1);
    let new = secret("other", Plaintext::text("one".into()));
    assert!(wait(vault.create_secret(&scoped, new)).is_err());
}
