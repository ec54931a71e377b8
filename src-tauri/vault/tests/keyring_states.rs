//! Promise B-22 at its core: each state of a real keyring leads to its own answer, in time, and
//! none of them to a new key or a lost slot. Needs dbus, gnome-keyring and libsecret-tools.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

#[path = "keyring_states/session.rs"]
mod session;

use std::thread;
use std::time::{Duration, Instant};

use keyturn_vault::seal::{
    Header, KeyringStore, KeyringTrouble, OsKeyring, Slot, SlotKind, UnlockError, Vmk,
    forget_keyring_slot, make_keyring_slot, make_recovery_slot, open_vmk_with_keyring,
    open_vmk_with_recovery_code,
};
use session::{Forgetful, clear_entries, count_entries, in_own_session, plant_entry, until};
use uuid::Uuid;

/// A vault that the keyring was enrolled in, and a recovery code beside it.
fn enrolled_vault() -> Header {
    let mut header = Header::make(Uuid::new_v4(), 0);
    let vmk = Vmk::make();
    header
        .slots
        .push(make_recovery_slot(&vmk, header.vault, 0).0);
    header
        .slots
        .push(make_keyring_slot(&vmk, header.vault, &OsKeyring::new(), 0).unwrap());
    header
}

fn keyring_slot(header: &Header) -> &Slot {
    header
        .slots
        .iter()
        .find(|slot| slot.kind == SlotKind::Keyring)
        .unwrap()
}

fn user(header: &Header) -> String {
    format!("{}/{}", header.vault, keyring_slot(header).id)
}

fn unlock(header: &Header) -> Result<(), UnlockError> {
    open_vmk_with_keyring(header, &OsKeyring::new()).map(drop)
}

fn trouble(header: &Header) -> KeyringTrouble {
    match unlock(header) {
        Err(UnlockError::Keyring(trouble)) => trouble,
        other => panic!("expected trouble with the keyring, got {other:?}"),
    }
}

/// Threads of this process that still wait for a keyring.
fn calls_under_way() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|name| name.trim() == "keyring").count()
}

fn enrol() -> Result<Slot, KeyringTrouble> {
    make_keyring_slot(&Vmk::make(), Uuid::new_v4(), &OsKeyring::new(), 0)
}

#[test]
fn no_bus_is_told_at_once() {
    in_own_session("no_bus_is_told_at_once", |_| {
        let started = Instant::now();
        assert_eq!(
            OsKeyring::new().get("any").unwrap_err(),
            KeyringTrouble::Absent
        );
        assert_eq!(enrol().unwrap_err(), KeyringTrouble::Absent);
        let took = started.elapsed();
        println!("no bus: told in {took:?}");
        assert!(took < Duration::from_millis(500), "{took:?}");
    });
}

#[test]
fn a_bus_without_a_keyring_is_no_keyring_until_there_is_one() {
    in_own_session(
        "a_bus_without_a_keyring_is_no_keyring_until_there_is_one",
        |session| {
            let _bus = session.start_bus();
            assert_eq!(
                OsKeyring::new().get("any").unwrap_err(),
                KeyringTrouble::Absent
            );
            assert_eq!(enrol().unwrap_err(), KeyringTrouble::Absent);

            // the same process, later: nothing of the failure was kept
            let _keyring = session.start_keyring();
            assert_eq!(unlock(&enrolled_vault()), Ok(()));
        },
    );
}

#[test]
fn an_enrolled_keyring_unlocks_also_after_it_was_restarted() {
    in_own_session(
        "an_enrolled_keyring_unlocks_also_after_it_was_restarted",
        |session| {
            let _bus = session.start_bus();
            let keyring = session.start_keyring();
            let header = enrolled_vault();
            assert!(keyring_slot(&header).confirmed);
            assert_eq!(count_entries(), 1);
            assert_eq!(unlock(&header), Ok(()));

            drop(keyring);
            assert_eq!(trouble(&header), KeyringTrouble::Absent);
            let _keyring = session.start_keyring();
            assert_eq!(unlock(&header), Ok(()));
            assert_eq!(count_entries(), 1);

            let callers: Vec<_> = (0..8)
                .map(|_| header.clone())
                .map(|h| thread::spawn(move || unlock(&h)))
                .collect();
            for caller in callers {
                assert_eq!(caller.join().unwrap(), Ok(()), "several callers at once");
            }
        },
    );
}

#[test]
fn a_missing_entry_is_not_replaced() {
    in_own_session("a_missing_entry_is_not_replaced", |session| {
        let _bus = session.start_bus();
        let _keyring = session.start_keyring();
        let header = enrolled_vault();
        clear_entries(&user(&header));
        assert_eq!(trouble(&header), KeyringTrouble::NoEntry);
        assert_eq!(
            trouble(&header),
            KeyringTrouble::NoEntry,
            "and asking changes nothing"
        );
        assert_eq!(count_entries(), 0);
    });
}

#[test]
fn a_slot_that_was_removed_leaves_no_entry() {
    in_own_session("a_slot_that_was_removed_leaves_no_entry", |session| {
        let _bus = session.start_bus();
        let _keyring = session.start_keyring();
        let header = enrolled_vault();
        let slot = keyring_slot(&header).id;
        for _ in 0..2 {
            forget_keyring_slot(&OsKeyring::new(), header.vault, slot).unwrap();
            assert_eq!(count_entries(), 0);
        }
        assert_eq!(trouble(&header), KeyringTrouble::NoEntry);
    });
}

#[test]
fn another_key_is_told_and_kept() {
    in_own_session("another_key_is_told_and_kept", |session| {
        let _bus = session.start_bus();
        let _keyring = session.start_keyring();
        let header = enrolled_vault();
        let others: [&[u8]; 4] = [
            b"gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp8=",
            b"hunter2",
            b"",
            b"\xff\xfe\x80",
        ];
        for other in others {
            clear_entries(&user(&header));
            plant_entry(&user(&header), other);
            assert_eq!(trouble(&header), KeyringTrouble::ForeignKey, "{other:?}");
            assert_eq!(count_entries(), 1, "nothing is deleted");
        }
    });
}

#[test]
fn a_second_entry_is_not_chosen_from() {
    in_own_session("a_second_entry_is_not_chosen_from", |session| {
        let _bus = session.start_bus();
        let _keyring = session.start_keyring();
        let header = enrolled_vault();
        plant_entry(
            &user(&header),
            b"gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp8=",
        );
        assert_eq!(trouble(&header), KeyringTrouble::Ambiguous);
        assert_eq!(count_entries(), 2, "nothing is deleted");
    });
}

#[test]
fn a_locked_keyring_that_can_ask_nobody_stays_locked() {
    in_own_session(
        "a_locked_keyring_that_can_ask_nobody_stays_locked",
        |session| {
            let _bus = session.start_bus();
            let header = {
                let _unlocked = session.start_keyring();
                enrolled_vault()
            };
            let locked = session.start_locked_keyring();
            let started = Instant::now();
            assert_eq!(trouble(&header), KeyringTrouble::Locked);
            println!(
                "locked, no prompt possible: told in {:?}",
                started.elapsed()
            );
            assert!(started.elapsed() < Duration::from_secs(10));
            assert_eq!(enrol().unwrap_err(), KeyringTrouble::Locked);

            drop(locked);
            let _unlocked = session.start_keyring();
            assert_eq!(
                unlock(&header),
                Ok(()),
                "the retry works once it is unlocked"
            );
            assert_eq!(count_entries(), 1, "nothing was enrolled meanwhile");
        },
    );
}

#[test]
fn a_prompt_that_nobody_answers_does_not_hold_the_vault() {
    in_own_session(
        "a_prompt_that_nobody_answers_does_not_hold_the_vault",
        |session| {
            let _bus = session.start_bus();
            let header = {
                let _unlocked = session.start_keyring();
                enrolled_vault()
            };
            let _locked = session.start_locked_keyring();
            // a prompter that is there and never answers
            let _prompter = zbus::blocking::connection::Builder::session()
                .and_then(|builder| builder.name("org.gnome.keyring.SystemPrompter"))
                .and_then(zbus::blocking::connection::Builder::build)
                .unwrap();
            let limit = Duration::from_millis(1500);
            for _ in 0..2 {
                let started = Instant::now();
                let outcome = open_vmk_with_keyring(&header, &OsKeyring::with_limit(limit));
                let took = started.elapsed();
                let expected = UnlockError::Keyring(KeyringTrouble::TimedOut);
                assert_eq!(outcome.unwrap_err(), expected);
                assert!(
                    took >= limit && took < limit + Duration::from_secs(5),
                    "{took:?}"
                );
            }
        },
    );
}

#[test]
fn a_keyring_that_hangs_is_given_up_and_a_late_write_undone() {
    in_own_session(
        "a_keyring_that_hangs_is_given_up_and_a_late_write_undone",
        |session| {
            let _bus = session.start_bus();
            let keyring = session.start_keyring();
            let header = enrolled_vault();
            keyring.pause();
            let limit = Duration::from_millis(500);
            let started = Instant::now();
            let read = open_vmk_with_keyring(&header, &OsKeyring::with_limit(limit)).unwrap_err();
            assert_eq!(read, UnlockError::Keyring(KeyringTrouble::TimedOut));
            let hasty = OsKeyring::with_limit(limit);
            let enrolled = make_keyring_slot(&Vmk::make(), header.vault, &hasty, 0);
            assert_eq!(enrolled.unwrap_err(), KeyringTrouble::TimedOut);
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "{:?}",
                started.elapsed()
            );
            assert_eq!(calls_under_way(), 2);

            keyring.resume();
            assert_eq!(unlock(&header), Ok(()));
            until(
                || calls_under_way() == 0,
                "the calls that were given up have ended",
            );
            assert_eq!(
                count_entries(),
                1,
                "the entry that was written late is gone"
            );
        },
    );
}

#[test]
fn a_keyring_killed_in_the_middle_of_a_call_is_told_and_works_again() {
    in_own_session(
        "a_keyring_killed_in_the_middle_of_a_call_is_told_and_works_again",
        |session| {
            let _bus = session.start_bus();
            let keyring = session.start_keyring();
            let header = enrolled_vault();
            keyring.pause();
            let (started, caller) = (Instant::now(), header.clone());
            let caller = thread::spawn(move || trouble(&caller));
            thread::sleep(Duration::from_millis(300));
            assert!(!caller.is_finished(), "the call is under way");
            drop(keyring);
            let told = caller.join().unwrap();
            assert!(
                matches!(told, KeyringTrouble::Absent | KeyringTrouble::Failed),
                "{told:?}"
            );
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "{:?}",
                started.elapsed()
            );

            let _keyring = session.start_keyring();
            assert_eq!(unlock(&header), Ok(()));
            assert_eq!(count_entries(), 1);
        },
    );
}

#[test]
fn an_enrolment_that_does_not_read_back_is_rolled_back() {
    in_own_session(
        "an_enrolment_that_does_not_read_back_is_rolled_back",
        |session| {
            let _bus = session.start_bus();
            let _keyring = session.start_keyring();
            let mut header = Header::make(Uuid::new_v4(), 0);
            let vmk = Vmk::make();
            let (slot, code) = make_recovery_slot(&vmk, header.vault, 0);
            header.slots.push(slot);
            let refused = make_keyring_slot(&vmk, header.vault, &Forgetful(OsKeyring::new()), 0);
            assert_eq!(refused.unwrap_err(), KeyringTrouble::ForeignKey);
            assert_eq!(count_entries(), 0);
            assert_eq!(unlock(&header), Err(UnlockError::NoSuchSlot));
            open_vmk_with_recovery_code(&header, &code).expect("the other slot still opens");
        },
    );
}
