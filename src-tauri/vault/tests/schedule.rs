//! Automatic rotation, reminders and expiry on a real vault file, with a clock that is moved.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use desk::{Desk, create, owner, rotation_to, secret, secret_of, value};
use keyturn_api::{
    Code, DueBy, Instance, IntervalUnit, ListSecrets, NewLock, NewLocks, Plaintext, Reminder,
    Result, RotationPolicy, SecretPatch, SecretView, State, Timestamp, VersionAlias, VersionRef,
    secret::{
        Detail, NewDetail,
        username_password::{New, PasswordGenerationPolicy},
    },
};
use keyturn_vault::{Vault, VaultSettings, wait};

const CURRENT: VersionRef = VersionRef::Alias(VersionAlias::Current);

fn every(count: u32, unit: IntervalUnit) -> RotationPolicy {
    RotationPolicy {
        auto_rotate: true,
        interval: Some(count),
        unit: Some(unit),
        rotate_keys: None,
    }
}

fn days(count: u32) -> RotationPolicy {
    every(count, IntervalUnit::Day)
}

fn credentials(
    vault: &Vault,
    name: &str,
    rotation: RotationPolicy,
    expiration_date: Option<Timestamp>,
) -> Result<String> {
    let new = New {
        username: "app".into(),
        password: None,
        expiration_date,
        rotation,
        password_generation_policy: PasswordGenerationPolicy::default(),
    };
    let new = secret_of(name, NewDetail::UsernamePassword(new));
    Ok(wait(vault.create_secret(&owner(), new))?.view.metadata.id)
}

fn view(vault: &Vault, id: &str) -> SecretView {
    wait(vault.secret_metadata(&owner(), id)).unwrap()
}

fn next(vault: &Vault, id: &str) -> Option<Timestamp> {
    match view(vault, id).metadata.detail {
        Detail::UsernamePassword(detail) => detail.next_rotation_date,
        other => panic!("{other:?}"),
    }
}

fn versions(vault: &Vault, id: &str) -> usize {
    wait(vault.versions(&owner(), id)).unwrap().len()
}

fn patch(vault: &Vault, id: &str, patch: SecretPatch) -> Result<SecretView> {
    wait(vault.update_secret(&owner(), id, patch, None))
}

fn rotating(rotation: RotationPolicy) -> SecretPatch {
    SecretPatch {
        rotation: Some(rotation),
        ..SecretPatch::default()
    }
}

fn reminding(reminder: Option<Reminder>) -> SecretPatch {
    SecretPatch {
        reminder: Some(reminder),
        ..SecretPatch::default()
    }
}

fn run(vault: &Vault) -> u32 {
    wait(vault.run_schedule()).unwrap().rotated
}

#[test]
fn credentials_rotate_when_they_are_due_and_not_before() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = credentials(vault, "db", days(30), None).unwrap();
    let first = value(vault, &id, "current").unwrap();
    desk.clock.advance_days(29);
    assert_eq!(run(vault), 0);
    desk.clock.advance_days(1);
    assert_eq!(run(vault), 1);
    assert_eq!(run(vault), 0, "once");
    assert_ne!(value(vault, &id, "current").unwrap(), first);
    assert_eq!(value(vault, &id, "previous").unwrap(), first);
    let made = &wait(vault.versions(&owner(), &id)).unwrap()[1];
    assert!(made.metadata.auto_rotated);
    assert_eq!(made.metadata.created_by, "local:schedule");
    let due = view(vault, &id).due.unwrap();
    assert_eq!((due.by, due.overdue), (DueBy::Rotation, false));
    assert_eq!(Some(due.at), next(vault, &id));
    assert_eq!(due.at, made.metadata.created_at.plus_days(30));
    assert!(vault.verify_audit().unwrap() > 1);
}

#[test]
fn an_absence_is_caught_up_once_and_a_rotation_by_hand_starts_the_interval_anew() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = credentials(vault, "db", every(1, IntervalUnit::Month), None).unwrap();
    desk.clock.advance_days(400);
    assert_eq!((run(vault), run(vault)), (1, 0));
    desk.clock.advance_days(20);
    let by_hand = keyturn_api::NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: keyturn_api::version::RotationInput::UsernamePassword(
            keyturn_api::secret::username_password::Rotation {
                password: None,
                password_generation_policy: None,
            },
        ),
    };
    wait(vault.create_version(&owner(), &id, by_hand, None)).unwrap();
    desk.clock.advance_days(20);
    assert_eq!(run(vault), 0);
    desk.clock.advance_days(11);
    assert_eq!(run(vault), 1);
}

#[test]
fn a_change_of_policy_says_beforehand_whether_it_rotates_at_once() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = credentials(vault, "db", RotationPolicy::default(), None).unwrap();
    assert_eq!(view(vault, &id).due, None);
    desk.clock.advance_days(40);
    let outlook = |policy| wait(vault.policy_outlook(&owner(), &id, &rotating(policy))).unwrap();
    let later = outlook(days(60));
    assert!(!later.at_once && later.hindrance.is_none(), "{later:?}");
    assert!(later.effect.starts_with("It rotates at "), "{later:?}");
    let now = outlook(days(30));
    assert!(now.at_once && now.effect.contains("at once"), "{now:?}");
    let off = outlook(RotationPolicy::default());
    assert_eq!((off.at_once, off.next), (false, None));
    assert_eq!(run(vault), 0, "an outlook changes nothing");

    patch(vault, &id, rotating(days(30))).unwrap();
    assert_eq!(run(vault), 1);
    patch(vault, &id, rotating(RotationPolicy::default())).unwrap();
    desk.clock.advance_days(400);
    assert_eq!(run(vault), 0);
    assert_eq!(next(vault, &id), None);
}

#[test]
fn an_interval_past_the_expiry_is_refused_with_the_code() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let expires = Some(vault.now().plus_days(20));
    let refused = credentials(vault, "db", days(30), expires).unwrap_err();
    assert_eq!(refused.code, Code::IntervalPastExpiry);
    let wire = serde_json::to_value(refused.code).unwrap();
    assert_eq!(wire, "Error02009");
    assert!(refused.message.contains("would expire first"));
    assert!(refused.remedy.unwrap().starts_with("Rotate first"));

    let id = credentials(vault, "db", days(10), expires).unwrap();
    let longer = rotating(days(30));
    let outlook = wait(vault.policy_outlook(&owner(), &id, &longer)).unwrap();
    assert_eq!(outlook.hindrance.unwrap().code, Code::IntervalPastExpiry);
    let refused = patch(vault, &id, longer).unwrap_err();
    assert_eq!(refused.code, Code::IntervalPastExpiry);
    let sooner = SecretPatch {
        expiration_date: Some(Some(vault.now().plus_days(5))),
        ..SecretPatch::default()
    };
    assert_eq!(
        patch(vault, &id, sooner).unwrap_err().code,
        Code::IntervalPastExpiry
    );
    let never = SecretPatch {
        expiration_date: Some(None),
        rotation: Some(days(30)),
        ..SecretPatch::default()
    };
    patch(vault, &id, never).unwrap();
}

#[test]
fn an_expired_secret_does_not_rotate() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let expires = Some(vault.now().plus_days(15));
    let id = credentials(vault, "db", days(10), expires).unwrap();
    desk.clock.advance_days(16);
    assert_eq!(run(vault), 0);
    assert_eq!(view(vault, &id).metadata.state, State::Destroyed);
    assert_eq!(view(vault, &id).due, None);
}

#[test]
fn a_lock_on_the_previous_version_puts_it_off_and_says_so() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = credentials(vault, "db", days(10), None).unwrap();
    let locks = || NewLocks {
        locks: vec![NewLock {
            name: "app".into(),
            description: None,
            attributes: None,
        }],
        mode: None,
    };
    wait(vault.create_locks(&owner(), &id, &CURRENT, locks())).unwrap();
    desk.clock.advance_days(10);
    assert_eq!(run(vault), 1, "the current one moves");
    desk.clock.advance_days(10);
    let blocked = wait(vault.run_schedule()).unwrap();
    assert_eq!((blocked.rotated, blocked.blocked), (0, 1));
    let due = view(vault, &id).due.unwrap();
    assert!(due.overdue && due.hindrance.unwrap().contains("locks"));
    wait(vault.delete_locks(&owner(), &id, None, None)).unwrap();
    assert_eq!(run(vault), 1);
}

#[test]
fn only_what_the_vault_can_make_rotates_alone() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "token", "one");
    assert!(!view(vault, &id).rotates_alone);
    let refused = patch(vault, &id, rotating(days(30))).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "rotation");
    assert!(refused.remedy.unwrap().contains("reminder"));
}

#[test]
fn a_reminder_falls_due_can_be_put_off_and_ends_with_a_rotation() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let reminder = |snoozed_until| {
        Some(Reminder {
            every_days: 30,
            snoozed_until,
        })
    };
    let mut new = secret("token", Plaintext::text("one".into()));
    new.reminder = reminder(None);
    let id = wait(vault.create_secret(&owner(), new))
        .unwrap()
        .view
        .metadata
        .id;
    create(vault, "other", "one");
    let overdue = || {
        let query = ListSecrets {
            overdue: true,
            ..ListSecrets::default()
        };
        let listed = wait(vault.list_secrets(&owner(), &query))
            .unwrap()
            .total_count;
        let total = wait(vault.overdue_total(&owner())).unwrap();
        assert_eq!(listed, total);
        assert_eq!(view(vault, &id).due.unwrap().overdue, total == 1);
        total
    };
    desk.clock.advance_days(29);
    assert_eq!(overdue(), 0);
    let next = wait(vault.run_schedule()).unwrap().next.unwrap();
    assert!(next <= vault.now().plus_days(1));
    desk.clock.advance_days(1);
    assert_eq!(overdue(), 1);
    assert_eq!(run(vault), 0, "a person has to");
    let until = vault.now().plus_days(7);
    patch(vault, &id, reminding(reminder(Some(until)))).unwrap();
    assert_eq!(overdue(), 0);
    desk.clock.advance_days(8);
    assert_eq!(overdue(), 1);
    wait(vault.create_version(&owner(), &id, rotation_to("two"), None)).unwrap();
    assert_eq!(overdue(), 0);
    assert_eq!(view(vault, &id).reminder.unwrap().snoozed_until, None);
    patch(vault, &id, reminding(None)).unwrap();
    assert_eq!(view(vault, &id).due, None);
}

#[test]
fn what_rotates_by_itself_needs_no_reminder() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = credentials(vault, "db", RotationPolicy::default(), None).unwrap();
    let reminder = Reminder {
        every_days: 30,
        snoozed_until: None,
    };
    patch(vault, &id, reminding(Some(reminder))).unwrap();
    patch(vault, &id, rotating(days(30))).unwrap();
    assert_eq!(view(vault, &id).reminder, None);
    let refused = patch(vault, &id, reminding(Some(reminder))).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "reminder");
    for wrong in [0, 3651] {
        let reminder = Reminder {
            every_days: wrong,
            snoozed_until: None,
        };
        assert!(patch(vault, &id, reminding(Some(reminder))).is_err());
    }
}

#[test]
fn a_clock_years_ahead_rotates_once_and_destroys_nothing() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = credentials(vault, "db", days(30), None).unwrap();
    let expires = Some(vault.now().plus_days(100));
    let other = credentials(vault, "old", RotationPolicy::default(), expires).unwrap();
    let kept = value(vault, &other, "current").unwrap();
    desk.clock.advance_days(3000);
    for _ in 0..3 {
        let run = wait(vault.run_schedule()).unwrap();
        assert_eq!(run.erased, 0);
        desk.clock.advance_days(300);
        desk.clock.advance_days(-300);
    }
    assert_eq!(versions(vault, &id), 2, "rotated once");
    assert_eq!(view(vault, &other).metadata.state, State::Destroyed);
    desk.clock.advance_days(-3000);
    assert_eq!(run(vault), 0, "not again");
    assert_eq!(view(vault, &other).metadata.state, State::Active);
    assert_eq!(value(vault, &other, "current").unwrap(), kept);
    // The version is from the future, so the interval counts from now.
    assert!(next(vault, &id).unwrap() <= vault.now().plus_days(30));
    desk.clock.advance_days(31);
    assert_eq!(run(vault), 1);
}

#[test]
fn a_clock_years_behind_rotates_nothing() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = credentials(vault, "db", days(30), None).unwrap();
    desk.clock.advance_days(-3000);
    assert_eq!((run(vault), run(vault)), (0, 0));
    desk.clock.advance_days(3010);
    assert_eq!(run(vault), 0, "ten days old");
    desk.clock.advance_days(20);
    assert_eq!(run(vault), 1);
    assert_eq!(versions(vault, &id), 2);
}

#[test]
fn values_are_erased_after_the_grace_time_and_not_by_a_jump() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let settings = VaultSettings {
        grace_days: 8,
        ..VaultSettings::default()
    };
    vault.set_settings(&owner(), settings).unwrap();
    let expires = Some(vault.now().plus_days(1));
    let id = credentials(vault, "db", RotationPolicy::default(), expires).unwrap();
    desk.clock.advance_days(1);
    let erased = || wait(vault.run_schedule()).unwrap().erased;
    assert_eq!(erased(), 0);
    for _ in 0..3 {
        desk.clock.advance_days(1000);
        assert_eq!(erased(), 0, "a jump is a quarter of the grace time at most");
        desk.clock.advance_days(-1000);
        assert_eq!(erased(), 0);
    }
    desk.clock.advance_days(2);
    assert_eq!((erased(), erased()), (1, 0));
    let record = &wait(vault.versions(&owner(), &id)).unwrap()[0];
    assert!(!record.metadata.payload_available);
    desk.clock.advance_days(-5000);
    assert_eq!(view(vault, &id).metadata.state, State::Destroyed);
    assert_eq!(
        value(vault, &id, "current").unwrap_err().code,
        Code::WrongState
    );
}

#[test]
fn two_programs_with_a_schedule_each_rotate_once() {
    let desk = Desk::new();
    let ids: Vec<String> = (0..40)
        .map(|number| credentials(&desk.vault, &format!("db{number}"), days(30), None).unwrap())
        .collect();
    let others: Vec<_> = (0..3).map(|_| desk.again_on_time()).collect();
    desk.clock.advance_days(31);
    let rotated: u32 = thread::scope(|scope| {
        let runs: Vec<_> = others
            .iter()
            .chain([&desk.vault])
            .map(|vault| scope.spawn(|| run(vault)))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(rotated, 40);
    for id in ids {
        assert_eq!(versions(&desk.vault, &id), 2);
    }
    assert!(desk.vault.verify_audit().is_ok());
}

#[test]
fn a_bulk_is_caught_up_in_one_run() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let new = |number: u32| {
        let new = New {
            username: "app".into(),
            password: None,
            expiration_date: None,
            rotation: days(1),
            password_generation_policy: PasswordGenerationPolicy::default(),
        };
        secret_of(&format!("db{number}"), NewDetail::UsernamePassword(new))
    };
    vault.seed(&owner(), (0..500).map(new)).unwrap();
    desk.clock.advance_days(2);
    let done = wait(vault.run_schedule()).unwrap();
    assert_eq!((done.rotated, done.failed), (500, 0));
    assert_eq!(run(vault), 0);
}

#[test]
fn a_jump_long_ago_does_not_shorten_the_grace_time() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let expiring = |name: &str, days: i64| {
        let expires = Some(vault.now().plus_days(days));
        credentials(vault, name, RotationPolicy::default(), expires).unwrap()
    };
    let (sooner, later) = (expiring("sooner", 30), expiring("later", 100));
    let erased = || wait(vault.run_schedule()).unwrap().erased;
    desk.clock.advance_days(3000);
    assert_eq!(erased(), 0, "both are marked");
    desk.clock.advance_days(-3000);
    let mut gone = Vec::new();
    for day in 0..140 {
        if erased() > 0 {
            gone.push(day);
        }
        desk.clock.advance_days(1);
    }
    assert!(
        gone.len() == 2 && gone[0] >= 60 && gone[1] >= 130,
        "{gone:?}"
    );
    for id in [sooner, later] {
        assert_eq!(view(vault, &id).metadata.state, State::Destroyed);
    }
}

#[test]
fn a_reminder_comes_although_the_clock_was_ahead_at_the_rotation() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let id = create(vault, "token", "one");
    let reminder = Reminder {
        every_days: 30,
        snoozed_until: None,
    };
    patch(vault, &id, reminding(Some(reminder))).unwrap();
    desk.clock.advance_days(2000);
    wait(vault.create_version(&owner(), &id, rotation_to("two"), None)).unwrap();
    desk.clock.advance_days(-2000);
    run(vault);
    let overdue = || wait(vault.overdue_total(&owner())).unwrap();
    assert_eq!(overdue(), 0);
    desk.clock.advance_days(31);
    assert_eq!(overdue(), 1);
    assert!(view(vault, &id).due.unwrap().overdue);
    // and when the clock has reached the rotation, that counts again
    desk.clock.advance_days(1975);
    run(vault);
    assert_eq!(overdue(), 0);
    assert!(!view(vault, &id).due.unwrap().overdue);
}

#[test]
fn what_only_its_locks_keep_does_not_rotate() {
    let desk = Desk::new();
    let vault = &*desk.vault;
    let expires = Some(vault.now().plus_days(15));
    let id = credentials(vault, "db", days(10), expires).unwrap();
    let locks = NewLocks {
        locks: vec![NewLock {
            name: "app".into(),
            description: None,
            attributes: None,
        }],
        mode: None,
    };
    wait(vault.create_locks(&owner(), &id, &CURRENT, locks)).unwrap();
    desk.clock.advance_days(16);
    assert!(view(vault, &id).held_by_locks);
    assert!(view(vault, &id).due.unwrap().hindrance.is_some());
    let looked = wait(vault.run_schedule()).unwrap();
    assert_eq!((looked.rotated, looked.blocked), (0, 1));
    assert_eq!(versions(vault, &id), 1);
}

#[test]
fn two_programs_change_two_settings_and_neither_loses_one() {
    let desk = Desk::new();
    let other = desk.again_on_time();
    let change = |vault: &Vault, change: fn(&mut VaultSettings)| {
        vault.change_settings(&owner(), change).unwrap();
    };
    change(&desk.vault, |settings| settings.grace_days = 365);
    change(&other, |settings| settings.versions_kept = 3);
    let settings = desk.again().settings();
    assert_eq!((settings.grace_days, settings.versions_kept), (365, 3));
    let wrong = |settings: &mut VaultSettings| settings.grace_days = 0;
    let refused = desk.vault.change_settings(&owner(), wrong).unwrap_err();
    assert_eq!(refused.target.unwrap().name, "grace_days");
}

#[test]
fn whoever_is_told_of_other_settings_finds_them() {
    let desk = Desk::new();
    for grace_days in 40..90 {
        let (vault, (found, finds)) = (Arc::clone(&desk.vault), mpsc::channel());
        thread::spawn(move || {
            let mut changed = vault.changed();
            while vault.settings().grace_days != grace_days {
                if wait(changed.changed()).is_err() {
                    return;
                }
            }
            let _ = found.send(());
        });
        let change = |settings: &mut VaultSettings| settings.grace_days = grace_days;
        desk.vault.change_settings(&owner(), change).unwrap();
        finds.recv_timeout(Duration::from_secs(10)).unwrap();
    }
}

#[test]
fn a_vault_that_was_locked_ends_the_run() {
    let desk = Desk::new();
    let id = credentials(&desk.vault, "db", days(1), None).unwrap();
    desk.clock.advance_days(2);
    desk.vault.close();
    let refused = wait(desk.vault.run_schedule()).unwrap_err();
    assert_eq!(refused.code, Code::VaultLocked);
    assert_eq!(versions(&desk.again_on_time(), &id), 1);
}
