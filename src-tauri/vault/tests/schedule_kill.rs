//! The schedule killed with `kill -9` in the middle of its work: what it had rotated is not rotated
//! again, and what it had not reached follows.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;
mod desk;

use std::{fs, path::Path, sync::Arc};

use crash::{acknowledge, folder, run_kills};
use desk::{Desk, PASSPHRASE, owner, secret_of};
use keyturn_api::{
    Instance, IntervalUnit, ListSecrets, RotationPolicy, Timestamp,
    secret::{
        NewDetail,
        username_password::{New, PasswordGenerationPolicy},
    },
};
use keyturn_vault::{Clock, Home, Sensitive, Unlock, Vault, wait};

const DAY: i64 = 86_400_000;
const SECRETS: usize = 30;
/// A day long before any other clock of these tests.
const FIRST: i64 = 21_000;

/// Stands on a day that a file tells, so that it survives a kill.
struct Day(std::path::PathBuf);

impl Day {
    fn read(&self) -> i64 {
        fs::read_to_string(&self.0).map_or(FIRST, |day| day.parse().unwrap())
    }

    fn next(&self) {
        let other = self.0.with_extension("new");
        fs::write(&other, (self.read() + 1).to_string()).unwrap();
        fs::rename(other, &self.0).unwrap();
    }
}

impl Clock for Day {
    fn now(&self) -> Timestamp {
        // Late on the day: the secrets were made earlier on theirs.
        Timestamp::from_millis(self.read() * DAY + DAY / 24 * 23)
    }
}

#[test]
fn a_killed_schedule_rotates_each_secret_once_a_day() {
    let desk = Desk::new();
    desk.clock
        .advance_days(FIRST - desk.vault.now().millis() / DAY);
    let new = |number: usize| {
        let new = New {
            username: "app".into(),
            password: None,
            expiration_date: None,
            rotation: RotationPolicy {
                auto_rotate: true,
                interval: Some(1),
                unit: Some(IntervalUnit::Day),
                rotate_keys: None,
            },
            password_generation_policy: PasswordGenerationPolicy::default(),
        };
        secret_of(&format!("db{number}"), NewDetail::UsernamePassword(new))
    };
    desk.vault.seed(&owner(), (0..SECRETS).map(new)).unwrap();
    let home = desk.home.path().to_owned();
    desk.vault.close();

    let mut days = 0;
    run_kills("child_runs_the_schedule", &home, 30, |all| {
        days = all.len();
        verify(&home);
    });
    assert!(days > 15, "the children hardly came to work: {days} days");
}

/// Each day is one run; the run of a day that was cut off is the next child's first.
#[test]
fn child_runs_the_schedule() {
    let Some(home) = folder() else { return };
    let day = Day(home.join("day"));
    let vault = open(&home);
    loop {
        let run = wait(vault.run_schedule()).unwrap();
        assert_eq!(run.failed, 0);
        acknowledge(&day.read().to_string());
        day.next();
    }
}

/// Every secret was rotated on each day up to the last one, once.
fn verify(home: &Path) {
    let today = Day(home.join("day")).read();
    let vault = open(home);
    let query = ListSecrets::default();
    let listed = wait(vault.list_secrets(&owner(), &query)).unwrap().items;
    assert_eq!(listed.len(), SECRETS);
    for secret in listed {
        let versions = wait(vault.versions(&owner(), &secret.metadata.id)).unwrap();
        let days: Vec<i64> = versions
            .iter()
            .map(|version| version.metadata.created_at.millis() / DAY)
            .collect();
        let name = &secret.metadata.name;
        assert!(
            days.windows(2).all(|pair| pair[0] + 1 == pair[1]),
            "{name}: {days:?}"
        );
        let last = *days.last().unwrap();
        assert!(
            last == today || last == today - 1,
            "{name}: {last}, {today}"
        );
    }
    assert!(vault.verify_audit().is_ok());
    vault.close();
}

fn open(home: &Path) -> Arc<Vault> {
    let clock = Arc::new(Day(home.join("day")));
    let home = Home::at(home.to_owned()).unwrap();
    let id = home.vaults().unwrap()[0].id;
    let passphrase = Sensitive::from_string(PASSPHRASE.into());
    home.lookup(id)
        .unwrap()
        .unlock(Unlock::Passphrase(passphrase), clock)
        .unwrap()
}
