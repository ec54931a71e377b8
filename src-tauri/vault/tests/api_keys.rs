//! API keys and tokens on a real vault file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use std::{collections::BTreeSet, fs, thread};

use data_encoding::BASE64URL_NOPAD;
use desk::{Desk, create, owner, secret};
use keyturn_api::{
    ApiKey, Caller, Code, Instance, Keys, ListSecrets, MadeApiKey, NewApiKey, NewSecretGroup,
    Plaintext, Problem, Result, Role, Scope, Surface, Timestamp,
};
use keyturn_vault::{Vault, wait};

fn new(name: &str, role: Role) -> NewApiKey {
    NewApiKey {
        name: name.into(),
        role,
        groups: None,
        expires_at: None,
    }
}

fn make(vault: &Vault, new: NewApiKey) -> Result<MadeApiKey> {
    wait(vault.create_api_key(&owner(), new))
}

fn manager(vault: &Vault, name: &str) -> MadeApiKey {
    make(vault, new(name, Role::Manager)).unwrap()
}

fn list(vault: &Vault) -> Vec<ApiKey> {
    wait(vault.api_keys(&owner())).unwrap()
}

fn revoke(vault: &Vault, id: &str) -> Result<()> {
    wait(vault.delete_api_key(&owner(), id))
}

fn token(vault: &Vault, key: &str) -> Result<String> {
    Ok(wait(vault.exchange(key))?.access_token.to_string())
}

fn group(vault: &Vault, name: &str) -> String {
    let new = NewSecretGroup {
        name: name.into(),
        description: None,
    };
    let made = wait(vault.create_secret_group(&owner(), new)).unwrap();
    made.group.id
}

/// Nobody came in, and the words are those for everybody.
fn refused<T>(vault: &Vault, outcome: Result<T>) {
    let for_everybody = vault.authenticate("").unwrap_err();
    let problem = outcome.err().unwrap();
    assert_eq!(problem.code, Code::Unauthorized);
    assert_eq!(problem, for_everybody);
}

#[test]
fn a_key_that_was_made_comes_in() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let made = manager(vault, "build");
    assert_eq!(made.secret.len(), 47);
    let body = made.secret.strip_prefix("ktk_").unwrap();
    assert_eq!(BASE64URL_NOPAD.decode(body.as_bytes()).unwrap().len(), 32);
    assert_eq!(made.key.created_by, "local:tester");
    assert!(!made.key.expired && made.key.last_used_at.is_none());

    let token = wait(vault.exchange(&made.secret)).unwrap();
    let life = token.expires_at.millis() - token.issued_at.millis();
    assert_eq!(life, 3_600_000);
    // Through this program and through another one that has the vault open.
    for vault in [vault, &*desk.again_on_time()] {
        let caller = vault.authenticate(&token.access_token).unwrap();
        assert_eq!(caller.id, "apikey:build");
        assert_eq!(caller.role, Role::Manager);
        assert_eq!(caller.scope, Scope::Instance);
        assert_eq!(caller.surface, Surface::Api);
    }
    let caller = vault.authenticate(&token.access_token).unwrap();
    let created = wait(vault.create_secret(&caller, secret("one", Plaintext::text("1".into()))));
    assert_eq!(created.unwrap().view.metadata.created_by, "apikey:build");
}

#[test]
fn a_key_outlives_the_program() {
    let desk = Desk::new();
    let made = manager(&desk.vault, "build");
    let token = token(&desk.vault, &made.secret).unwrap();
    desk.vault.close();
    let locked = desk.vault.authenticate(&token).unwrap_err();
    assert_eq!(locked.code, Code::VaultLocked);
    let locked = wait(desk.vault.exchange(&made.secret)).err().unwrap();
    assert_eq!(locked.code, Code::VaultLocked);
    let again = desk.again_on_time();
    assert!(again.authenticate(&token).is_ok());
    assert!(self::token(&again, &made.secret).is_ok());
}

#[test]
fn a_wrong_key_is_refused() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let secret = manager(vault, "build").secret;
    refused(vault, token(vault, ""));
    refused(vault, token(vault, "ktk_"));
    refused(vault, token(vault, &secret[..46]));
    refused(vault, token(vault, &format!("{}A", *secret)));
    refused(vault, token(vault, &format!(" {}", &secret[..46])));
    refused(vault, token(vault, &secret.to_lowercase()));
    refused(vault, token(vault, &format!("ktk_{}", "A".repeat(43))));
    refused(vault, token(vault, &"x".repeat(1 << 20)));
    let other = Desk::new();
    refused(&other.vault, token(&other.vault, &secret));
    assert!(list(vault)[0].last_used_at.is_none());
}

#[test]
fn a_revoked_key_is_out_at_once_and_its_tokens_with_it() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let made = manager(vault, "build");
    let before = token(vault, &made.secret).unwrap();
    assert!(vault.authenticate(&before).is_ok());
    revoke(vault, &made.key.id).unwrap();
    refused(vault, vault.authenticate(&before));
    refused(vault, token(vault, &made.secret));
    assert_eq!(list(vault), []);
    for id in [&*made.key.id, "", "nothing"] {
        assert_eq!(revoke(vault, id).unwrap_err().code, Code::NotFound);
    }
    // Another key of the same name is another key.
    manager(vault, "build");
    refused(vault, vault.authenticate(&before));
    refused(vault, token(vault, &made.secret));
}

#[test]
fn another_program_revokes_and_the_next_request_sees_it() {
    let desk = Desk::new();
    let (here, there) = (&*desk.vault, &*desk.again_on_time());
    for round in 0..40 {
        let made = manager(there, &format!("build-{round}"));
        let token = token(here, &made.secret).unwrap();
        assert!(here.authenticate(&token).is_ok());
        // What this program writes itself just then must not hide it.
        thread::scope(|scope| {
            scope.spawn(|| create(here, &format!("secret-{round}"), "one"));
            revoke(there, &made.key.id).unwrap();
            refused(here, here.authenticate(&token));
        });
        refused(here, here.authenticate(&token));
        refused(here, self::token(here, &made.secret));
    }
}

#[test]
fn requests_that_come_meanwhile_see_it_too() {
    let desk = Desk::new();
    let (here, there) = (&*desk.vault, &*desk.again_on_time());
    let kept = token(here, &manager(here, "kept").secret).unwrap();
    for round in 0..20 {
        let made = manager(here, &format!("build-{round}"));
        let token = token(here, &made.secret).unwrap();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while here.authenticate(&token).is_ok() {}
                    for _ in 0..50 {
                        assert!(here.authenticate(&token).is_err(), "it came back");
                        assert!(here.authenticate(&kept).is_ok());
                    }
                });
            }
            scope.spawn(|| create(here, &format!("secret-{round}"), "one"));
            let by = if round % 2 == 0 { here } else { there };
            revoke(by, &made.key.id).unwrap();
        });
    }
}

#[test]
fn an_expired_key_stays_listed_and_lets_nobody_in() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let now = vault.now().millis();
    let mut soon = new("soon", Role::Reader);
    soon.expires_at = Some(Timestamp::from_millis(now + 600_000));
    let made = make(vault, soon.clone()).unwrap();
    let before = token(vault, &made.secret).unwrap();
    assert!(vault.authenticate(&before).is_ok());
    desk.clock.advance_seconds(600);
    refused(vault, vault.authenticate(&before));
    refused(vault, token(vault, &made.secret));
    let listed = &list(vault)[0];
    assert!(listed.expired);
    assert_eq!(listed.expires_at, soon.expires_at);
    soon.expires_at = Some(vault.now());
    let past = make(vault, soon.clone()).unwrap_err();
    assert_eq!(past.target.unwrap().name, "expires_at");
    soon.expires_at = None;
    assert_eq!(make(vault, soon).unwrap_err().code, Code::NameTaken);
}

#[test]
fn a_token_ends_after_an_hour_and_the_key_gives_another() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let made = manager(vault, "build");
    let first = token(vault, &made.secret).unwrap();
    desk.clock.advance_seconds(3590);
    assert!(vault.authenticate(&first).is_ok());
    desk.clock.advance_seconds(10);
    refused(vault, vault.authenticate(&first));
    let second = token(vault, &made.secret).unwrap();
    assert!(vault.authenticate(&second).is_ok());
}

#[test]
fn a_token_of_another_vault_or_a_changed_one_is_refused() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let token = token(vault, &manager(vault, "build").secret).unwrap();
    let reader = make(vault, new("reader", Role::Reader)).unwrap();
    let of_reader = self::token(vault, &reader.secret).unwrap();
    let other = Desk::new();
    let foreign = self::token(&other.vault, &manager(&other.vault, "build").secret).unwrap();
    refused(vault, vault.authenticate(&foreign));

    let parts: Vec<&str> = token.split('.').collect();
    let others: Vec<&str> = of_reader.split('.').collect();
    let with = |part: usize, text: &str| {
        let mut changed = parts.clone();
        changed[part] = text;
        changed.join(".")
    };
    for part in 0..3 {
        refused(vault, vault.authenticate(&with(part, others[part])));
        refused(vault, vault.authenticate(&with(part, "")));
        let flipped = if parts[part].starts_with('A') {
            "B"
        } else {
            "A"
        };
        let flipped = format!("{flipped}{}", &parts[part][1..]);
        refused(vault, vault.authenticate(&with(part, &flipped)));
    }
    let header = BASE64URL_NOPAD.decode(parts[0].as_bytes()).unwrap();
    let none = String::from_utf8(header).unwrap().replace("HS256", "none");
    let none = BASE64URL_NOPAD.encode(none.as_bytes());
    refused(vault, vault.authenticate(&with(0, &none)));
    let unsigned = format!("{none}.{}.", parts[1]);
    refused(vault, vault.authenticate(&unsigned));
    refused(vault, vault.authenticate(&format!("{none}.{}", parts[1])));
    for garbage in [
        "",
        "..",
        "a.b.c",
        &format!("{token}."),
        &"A.".repeat(1 << 20),
    ] {
        refused(vault, vault.authenticate(garbage));
    }
    assert!(vault.authenticate(&token).is_ok());
}

#[test]
fn role_and_groups_are_carried_over() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    for role in [
        Role::Reader,
        Role::SecretsReader,
        Role::Writer,
        Role::Manager,
    ] {
        let made = make(vault, new(&format!("{role:?}"), role)).unwrap();
        assert_eq!(made.key.role, role);
        let token = token(vault, &made.secret).unwrap();
        assert_eq!(vault.authenticate(&token).unwrap().role, role);
    }
    let payments = group(vault, "payments");
    let groups = BTreeSet::from([payments.clone(), "default".to_owned()]);
    let mut scoped = new("scoped", Role::Writer);
    scoped.groups = Some(groups.clone());
    let made = make(vault, scoped.clone()).unwrap();
    assert_eq!(made.key.groups.as_ref(), Some(&groups));
    let token = token(vault, &made.secret).unwrap();
    let caller = vault.authenticate(&token).unwrap();
    assert_eq!(caller.scope, Scope::Groups(groups.clone()));

    create(vault, "seen", "one");
    let mut elsewhere = secret("elsewhere", Plaintext::text("one".into()));
    elsewhere.secret_group_id = group(vault, "mail");
    wait(vault.create_secret(&owner(), elsewhere)).unwrap();
    let total = |caller: &Caller| {
        let listed = wait(vault.list_secrets(caller, &ListSecrets::default()));
        listed.unwrap().total_count
    };
    assert_eq!((total(&caller), total(&owner())), (1, 2));

    // The key stays when one of its groups goes; there is nothing left there to be reached.
    wait(vault.delete_secret_group(&owner(), &payments)).unwrap();
    assert_eq!(total(&vault.authenticate(&token).unwrap()), 1);
    assert_eq!(list(vault).len(), 5);
    scoped.name = "late".into();
    let gone = make(vault, scoped).unwrap_err();
    assert_eq!(gone.target.unwrap().name, "groups");
}

#[test]
fn only_a_manager_of_the_instance_deals_with_keys() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let made = manager(vault, "build");
    let scoped = Scope::Groups(BTreeSet::from(["default".to_owned()]));
    for (role, scope) in [
        (Role::Reader, Scope::Instance),
        (Role::SecretsReader, Scope::Instance),
        (Role::Writer, Scope::Instance),
        (Role::Manager, scoped),
    ] {
        let caller = Caller {
            role,
            scope,
            ..owner()
        };
        let forbidden = |problem: Problem| assert_eq!(problem.code, Code::Forbidden);
        forbidden(wait(vault.api_keys(&caller)).unwrap_err());
        let more = new("more", Role::Reader);
        forbidden(wait(vault.create_api_key(&caller, more)).unwrap_err());
        forbidden(wait(vault.delete_api_key(&caller, &made.key.id)).unwrap_err());
    }
    assert_eq!(list(vault).len(), 1);
}

#[test]
fn names_are_unique_and_written_like_those_of_groups() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    manager(vault, "zebra");
    manager(vault, "Build");
    let names = list(vault).into_iter().map(|key| key.name);
    assert!(names.eq(["Build", "zebra"]));
    let taken = make(vault, new("zebra", Role::Reader)).unwrap_err();
    assert_eq!(taken.code, Code::NameTaken);
    assert_eq!(taken.target.unwrap().name, "name");
    for wrong in ["", "a", "a b", "a\"b", &"x".repeat(65)] {
        let problem = make(vault, new(wrong, Role::Reader)).unwrap_err();
        assert_eq!(problem.target.unwrap().name, "name", "{wrong}");
    }
}

#[test]
fn two_programs_make_keys_at_once_with_unique_names_within_the_limit() {
    let desk = Desk::new();
    let (here, there) = (&*desk.vault, &*desk.again_on_time());
    let run = |vault: &Vault| -> Vec<Option<Code>> {
        let made = (0..40).map(|number| make(vault, new(&format!("key{number}"), Role::Reader)));
        made.map(|made| made.err().map(|problem| problem.code))
            .collect()
    };
    let (one, two) = thread::scope(|scope| {
        let two = scope.spawn(|| run(there));
        (run(here), two.join().unwrap())
    });
    for (number, pair) in one.into_iter().zip(two).enumerate() {
        let expected =
            pair == (None, Some(Code::NameTaken)) || pair == (Some(Code::NameTaken), None);
        assert!(expected, "{number}: {pair:?}");
    }
    for number in 40..98 {
        manager(here, &format!("key{number}"));
    }
    let run = |vault: &Vault, name: &str| -> usize {
        let made = (0..4).map(|number| make(vault, new(&format!("{name}{number}"), Role::Reader)));
        made.flatten().count()
    };
    let made: usize = thread::scope(|scope| {
        let two = scope.spawn(|| run(there, "there"));
        run(here, "here") + two.join().unwrap()
    });
    assert_eq!(made, 2);
    let more = make(here, new("more", Role::Reader)).unwrap_err();
    assert_eq!(more.code, Code::LimitReached);
    assert_eq!(list(here).len(), 100);
    assert_eq!(list(here), list(there));
}

#[test]
fn neither_the_list_nor_the_file_holds_a_key() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let made = manager(vault, "build");
    let token = token(vault, &made.secret).unwrap();
    let listed = format!("{:?}", list(vault));
    assert!(!listed.contains("ktk_"));
    let folder = desk.file().parent().unwrap().to_owned();
    let body = &made.secret.as_bytes()[4..];
    let random = BASE64URL_NOPAD.decode(body).unwrap();
    let mut read = 0;
    for file in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        read += bytes.len();
        for needle in [body, &random, token.as_bytes(), b"build"] {
            let found = bytes.windows(needle.len()).any(|window| window == needle);
            assert!(!found);
        }
    }
    assert!(read > 4096);
}

#[test]
fn the_last_use_is_noted_once_a_minute_with_a_record() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let made = manager(vault, "build");
    let used = |vault: &Vault| list(vault)[0].last_used_at.map(Timestamp::millis);
    let records = vault.verify_audit().unwrap();
    assert_eq!(used(vault), None);

    let started = vault.now().millis();
    token(vault, &made.secret).unwrap();
    let first = used(vault).unwrap();
    assert!((started..started + 1000).contains(&first));
    assert_eq!(vault.verify_audit().unwrap(), records + 1);
    let other = desk.again_on_time();
    for vault in [vault, &*other] {
        desk.clock.advance_seconds(25);
        token(vault, &made.secret).unwrap();
        assert_eq!(used(vault), Some(first));
    }
    assert_eq!(vault.verify_audit().unwrap(), records + 1);
    desk.clock.advance_seconds(15);
    token(&other, &made.secret).unwrap();
    assert!(used(vault).unwrap() >= first + 60_000);
    assert_eq!(used(vault), used(&other));
    assert_eq!(vault.verify_audit().unwrap(), records + 2);
}

#[test]
fn a_vault_that_cannot_be_written_lets_programs_in() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let made = manager(vault, "build");
    let records = vault.verify_audit().unwrap();
    let other = rusqlite::Connection::open(desk.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let token = token(vault, &made.secret).unwrap();
    assert!(vault.authenticate(&token).is_ok());
    assert!(list(vault)[0].last_used_at.is_none());
    other.execute_batch("ROLLBACK").unwrap();
    // The next commit brings the record of the login with it.
    create(vault, "one", "value");
    assert_eq!(vault.verify_audit().unwrap(), records + 2);
}

#[test]
fn with_damaged_keys_nobody_comes_in_and_all_else_goes_on() {
    let desk = Desk::new();
    let made = manager(&desk.vault, "build");
    let before = token(&desk.vault, &made.secret).unwrap();
    desk.vault.close();
    desk.damage("t/keys");
    let vault = &*desk.again_on_time();
    refused(vault, vault.authenticate(&before));
    refused(vault, token(vault, &made.secret));
    assert_eq!(
        wait(vault.api_keys(&owner())).unwrap_err().code,
        Code::Damaged
    );
    let another = make(vault, new("another", Role::Reader)).unwrap_err();
    assert_eq!(another.code, Code::Damaged);
    create(vault, "one", "value");
}
