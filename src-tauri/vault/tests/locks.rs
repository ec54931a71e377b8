//! Locks on a real vault file, against `behaviour.md` section 3.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use desk::{Desk, create, owner, rotation_to, value};
use keyturn_api::{
    Caller, Code, Instance, ListLocks, ListSecrets, ListSecretsLocks, LockMode, LockSort, Metadata,
    NewLock, NewLocks, Problem, Result, Role, SecretLocks, SecretPatch, Sort, SortKey, State,
    VersionAlias, VersionRef, lock::LOCKED,
};
use keyturn_vault::{Vault, wait};

const CURRENT: VersionRef = VersionRef::Alias(VersionAlias::Current);
const PREVIOUS: VersionRef = VersionRef::Alias(VersionAlias::Previous);

fn named(names: &[&str], mode: Option<LockMode>) -> NewLocks {
    let lock = |name: &&str| NewLock {
        name: (*name).into(),
        description: None,
        attributes: None,
    };
    NewLocks {
        locks: names.iter().map(lock).collect(),
        mode,
    }
}

fn lock(vault: &Vault, id: &str, version: &VersionRef, names: &[&str]) -> Result<SecretLocks> {
    wait(vault.create_locks(&owner(), id, version, named(names, None)))
}

fn unlock(vault: &Vault, id: &str, version: Option<&VersionRef>) -> Result<SecretLocks> {
    wait(vault.delete_locks(&owner(), id, version, None))
}

fn rotate(vault: &Vault, id: &str, to: &str) -> Result<()> {
    wait(vault.create_version(&owner(), id, rotation_to(to), None)).map(drop)
}

fn delete(vault: &Vault, id: &str) -> Result<()> {
    wait(vault.delete_secret(&owner(), id, None))
}

fn refused(outcome: Result<()>) -> Problem {
    let problem = outcome.unwrap_err();
    assert_eq!(problem.code, Code::Locked);
    assert_eq!(problem.message, LOCKED);
    problem
}

#[test]
fn locks_of_the_current_version_move_and_then_forbid() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    lock(vault, &id, &CURRENT, &["app"]).unwrap();
    let outlook = wait(vault.rotation_outlook(&owner(), &id)).unwrap();
    assert_eq!(outlook.hindrance, None);
    assert!(outlook.locks_move.unwrap().contains("The lock"));
    rotate(vault, &id, "two").unwrap();

    let outlook = wait(vault.rotation_outlook(&owner(), &id)).unwrap();
    assert_eq!(outlook.hindrance.unwrap().message, LOCKED);
    assert_eq!(outlook.blocking_total, 1);
    assert_eq!(outlook.blocking_locks[0].name, "app");
    assert_eq!(
        outlook.blocking_locks[0].secret_version_alias,
        VersionAlias::Previous
    );
    refused(rotate(vault, &id, "three"));
    refused(delete(vault, &id));
    assert_eq!(value(vault, &id, "current").unwrap(), "two");
    assert_eq!(value(vault, &id, "previous").unwrap(), "one");

    unlock(vault, &id, Some(&PREVIOUS)).unwrap();
    rotate(vault, &id, "three").unwrap();
    delete(vault, &id).unwrap();
}

#[test]
fn a_lock_is_replaced_by_its_name_and_says_all_it_was_given() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    let with = |description: &str| NewLocks {
        locks: vec![NewLock {
            name: "app-1".into(),
            description: Some(description.into()),
            attributes: Some(Metadata::from_iter([("host".to_owned(), "a".into())])),
        }],
        mode: None,
    };
    wait(vault.create_locks(&owner(), &id, &CURRENT, with("first"))).unwrap();
    desk.clock.advance_days(1);
    wait(vault.create_locks(&owner(), &id, &CURRENT, with("second"))).unwrap();
    let page = wait(vault.secret_locks(&owner(), &id, None, &ListLocks::default())).unwrap();
    assert_eq!(page.total_count, 1);
    let lock = &page.items[0];
    assert_eq!(lock.description.as_deref(), Some("second"));
    assert_eq!(lock.attributes.as_ref().unwrap()["host"], "a");
    assert!(lock.updated_at >= lock.created_at.plus_days(1));
    assert_eq!(lock.created_by, owner().id);
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.locks_total, 1);
    let versions = wait(vault.versions(&owner(), &id)).unwrap();
    assert_eq!(versions[0].locks_total, 1);
}

#[test]
fn the_modes_clear_the_previous_version() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let bulk = |id: &str, names: &[&str], mode| {
        wait(vault.create_locks(&owner(), id, &CURRENT, named(names, Some(mode)))).unwrap()
    };
    let id = create(vault, "db", "one");
    lock(vault, &id, &CURRENT, &["app", "job"]).unwrap();
    rotate(vault, &id, "two").unwrap();

    let locks = bulk(&id, &["app"], LockMode::RemovePrevious);
    assert_eq!(locks.versions[0].locks, ["app"]);
    assert_eq!(locks.versions[1].locks, ["job"]);
    refused(rotate(vault, &id, "three"));

    // one is left there, so the data stays
    let locks = bulk(&id, &["app"], LockMode::RemovePreviousAndDelete);
    assert!(locks.versions[1].payload_available);
    let locks = bulk(&id, &["job"], LockMode::RemovePreviousAndDelete);
    assert_eq!(locks.versions[0].locks, ["app", "job"]);
    assert!(locks.versions[1].locks.is_empty() && !locks.versions[1].payload_available);
    assert_eq!(
        value(vault, &id, "previous").unwrap_err().code,
        Code::ValueGone
    );
    let nothing_there = lock(vault, &id, &PREVIOUS, &["late"]).unwrap_err();
    assert_eq!(nothing_there.code, Code::BadRequest);
    rotate(vault, &id, "three").unwrap();
}

#[test]
fn a_secret_has_at_most_1000_locks_on_all_versions() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    let names: Vec<String> = (0..999).map(|number| format!("lock{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    lock(vault, &id, &CURRENT, &names).unwrap();
    rotate(vault, &id, "two").unwrap();
    lock(vault, &id, &CURRENT, &["one"]).unwrap();
    let problem = lock(vault, &id, &CURRENT, &["two"]).unwrap_err();
    assert_eq!(problem.code, Code::LimitReached);
    assert!(problem.message.contains("1,000"), "{}", problem.message);
    assert!(lock(vault, &id, &CURRENT, &["one"]).is_ok(), "replaced");
    assert!(lock(vault, &id, &PREVIOUS, &["lock7"]).is_ok(), "replaced");
    let outlook = wait(vault.rotation_outlook(&owner(), &id)).unwrap();
    assert_eq!(
        (outlook.blocking_locks.len(), outlook.blocking_total),
        (10, 999)
    );
    unlock(vault, &id, None).unwrap();
    rotate(vault, &id, "three").unwrap();
}

#[test]
fn locks_are_searched_sorted_and_paged() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    let other = create(vault, "api", "one");
    for name in ["web", "App-a", "app-b", "job"] {
        lock(vault, &id, &CURRENT, &[name]).unwrap();
        desk.clock.advance_days(1);
    }
    lock(vault, &other, &CURRENT, &["app-z"]).unwrap();
    let names = |query: ListLocks| {
        let page = wait(vault.secret_locks(&owner(), &id, None, &query)).unwrap();
        let names: Vec<String> = page.items.into_iter().map(|lock| lock.name).collect();
        (names, page.total_count)
    };
    assert_eq!(
        names(ListLocks::default()).0,
        ["App-a", "app-b", "job", "web"]
    );
    let newest = ListLocks {
        sort: LockSort::CreatedAt,
        descending: true,
        limit: 2,
        ..ListLocks::default()
    };
    assert_eq!(names(newest), (vec!["job".into(), "app-b".into()], 4));
    let found = ListLocks {
        search: Some("APP".into()),
        offset: 1,
        ..ListLocks::default()
    };
    assert_eq!(names(found), (vec!["app-b".into()], 2));

    let query = ListSecretsLocks {
        search: Some("app".into()),
        ..ListSecretsLocks::default()
    };
    let all = wait(vault.secrets_locks(&owner(), &query)).unwrap();
    let found: Vec<_> = all
        .items
        .iter()
        .map(|secret| (secret.secret_name.as_str(), secret.versions[0].locks.len()))
        .collect();
    assert_eq!(found, [("api", 1), ("db", 2)]);
    let most = ListSecrets {
        sort: Some(Sort {
            key: SortKey::LocksTotal,
            descending: true,
        }),
        ..ListSecrets::default()
    };
    let listed = wait(vault.list_secrets(&owner(), &most)).unwrap();
    assert_eq!(listed.items[0].metadata.name, "db");
}

#[test]
fn a_locked_secret_outlives_its_date_until_the_last_lock_goes() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    let patch = SecretPatch {
        expiration_date: Some(Some(vault.now().plus_days(5))),
        ..SecretPatch::default()
    };
    wait(vault.update_secret(&owner(), &id, patch, None)).unwrap();
    lock(vault, &id, &CURRENT, &["app"]).unwrap();
    desk.clock.advance_days(6);
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.state, State::Active);
    assert!(view.held_by_locks);
    assert_eq!(value(vault, &id, "current").unwrap(), "one");
    let listed = |state| {
        let query = ListSecrets {
            states: vec![state],
            ..ListSecrets::default()
        };
        wait(vault.list_secrets(&owner(), &query))
            .unwrap()
            .total_count
    };
    assert_eq!((listed(State::Active), listed(State::Destroyed)), (1, 0));

    unlock(vault, &id, Some(&CURRENT)).unwrap();
    let view = wait(vault.secret_metadata(&owner(), &id)).unwrap();
    assert_eq!(view.metadata.state, State::Destroyed);
    assert_eq!((listed(State::Active), listed(State::Destroyed)), (0, 1));
    assert_eq!(
        value(vault, &id, "current").unwrap_err().code,
        Code::WrongState
    );
    assert_eq!(
        lock(vault, &id, &CURRENT, &["late"]).unwrap_err().code,
        Code::WrongState
    );
}

#[test]
fn a_writer_locks_and_only_a_manager_unlocks() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "db", "one");
    let writer = Caller {
        role: Role::Writer,
        ..owner()
    };
    wait(vault.create_locks(&writer, &id, &CURRENT, named(&["app"], None))).unwrap();
    let refused = wait(vault.delete_locks(&writer, &id, None, None)).unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
}

#[test]
fn locks_survive_a_restart_and_are_seen_by_another_program() {
    let desk = Desk::new();
    let id = create(&desk.vault, "db", "one");
    let other = desk.again();
    lock(&desk.vault, &id, &CURRENT, &["app"]).unwrap();
    rotate(&other, &id, "two").unwrap();
    refused(rotate(&desk.vault, &id, "three"));
    unlock(&other, &id, None).unwrap();
    rotate(&desk.vault, &id, "three").unwrap();
    assert!(desk.vault.verify_audit().unwrap() >= 5);
}
