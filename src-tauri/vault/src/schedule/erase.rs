//! Erasing values after the grace time. An expired value is unreadable at once; that it is gone for
//! good must not be the work of a clock that was set wrong, so the grace time is not the clock's.

use keyturn_api::{Caller, Code, Result, State, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ScheduleRun;
use crate::{
    VaultSettings,
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{Change, ChangeKind, SecretRecord, SettingRecord, value_key},
    secrets,
};

/// Name of the vault's own time in the store.
const TIME: &str = "time";
/// The vault's own time moves on in steps of at least so many milliseconds.
const STEP: i64 = 3_600_000;

/// The vault's own time: it passes as the clock does, but a step of the clock counts for a quarter
/// of the grace time at most. So no single jump, however far, and no long absence ends a grace
/// time, and it is over after the clock was seen to move on at least four times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct OwnTime {
    /// The clock when it was last looked at, milliseconds since the Unix epoch.
    seen: i64,
    /// Milliseconds that have passed.
    passed: i64,
}

impl OwnTime {
    /// After another look at the clock; none while it is too soon.
    fn after(self, now: Timestamp, grace: i64) -> Option<Self> {
        let step = now.millis() - self.seen;
        if (0..STEP).contains(&step) {
            return None;
        }
        Some(Self {
            seen: now.millis(),
            passed: self.passed + step.clamp(0, grace / 4),
        })
    }
}

/// Marks secrets whose expiry is seen for the first time, takes the mark off those that have not
/// expired after all, and erases the values of those whose grace time is over. One that fails keeps
/// nobody else from it.
pub(super) async fn erase(vault: &Opened, caller: &Caller, run: &mut ScheduleRun) -> Result<()> {
    let now = vault.now();
    let (expired, wrong) = {
        let index = vault.index();
        (index.expired(now), index.wrongly_marked(now))
    };
    for id in wrong {
        run.failed += u32::from(change(vault, caller, id, Step::Unmark).await.is_err());
    }
    if expired.is_empty() {
        return Ok(());
    }
    let Some(passed) = own_time(vault).await? else {
        return Ok(());
    };
    for id in expired {
        vault.still_open()?;
        match change(vault, caller, id, Step::Expire { passed }).await {
            Ok(erased) => run.erased += u32::from(erased),
            Err(_) => run.failed += 1,
        }
    }
    Ok(())
}

/// The grace time in milliseconds.
fn grace(settings: VaultSettings) -> i64 {
    i64::from(settings.grace_days) * 86_400_000
}

/// The vault's own time, moved on; none while there is nothing new to tell.
async fn own_time(vault: &Opened) -> Result<Option<i64>> {
    let key = SettingRecord::key(TIME);
    loop {
        let row = vault.get(&key)?;
        let revision = row.as_ref().map(|row| row.revision);
        let before: OwnTime = row
            .and_then(|row| SettingRecord::open(vault.keys(), TIME, &row.value).ok())
            .and_then(|record| serde_json::from_str(&record.value).ok())
            .unwrap_or_default();
        let now = vault.now();
        let time = match before.after(now, grace(vault.settings())) {
            None => return Ok(None),
            // The first look ever: nothing has passed yet.
            Some(_) if revision.is_none() => OwnTime {
                seen: now.millis(),
                passed: 0,
            },
            Some(time) => time,
        };
        let record = SettingRecord {
            name: TIME.to_owned(),
            value: serde_json::to_string(&time).unwrap_or_default(),
        };
        let mut write = Write::new(Entry::of_vault("time.note", vault.id(), now));
        write.expect(key.clone(), revision);
        write.put(key.clone(), record.seal(vault.keys()));
        match vault.write(write).await {
            Ok(_) => return Ok(Some(time.passed)),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// What is to be done about one secret.
#[derive(Clone, Copy)]
enum Step {
    /// It has expired: mark it, or erase it.
    Expire {
        /// The vault's own time.
        passed: i64,
    },
    /// It has not.
    Unmark,
}

/// Whether the values of a secret were erased.
async fn change(vault: &Opened, caller: &Caller, id: Uuid, step: Step) -> Result<bool> {
    loop {
        let found = match secrets::find(vault, caller, id) {
            Err(problem) if problem.code == Code::NotFound => return Ok(false),
            found => found?,
        };
        let now = vault.now();
        let mut record = found.record;
        let (settings, revision) = vault.known_settings();
        let (verb, over) = match (step, record.expiry_seen, record.state(now)) {
            (Step::Unmark, Some(_), State::Active) => ("secret.expire-not", false),
            (Step::Expire { .. }, None, State::Destroyed) => ("secret.expire", false),
            (Step::Expire { passed }, Some(seen), State::Destroyed)
                if passed - seen >= grace(settings) =>
            {
                ("secret.erase", true)
            }
            _ => return Ok(false),
        };
        let mut write = Write::new(Entry::of_schedule(verb, caller, id, now));
        if over {
            // Another process may have set a longer grace time a moment ago.
            write.expect(SettingRecord::key(VaultSettings::NAME), revision);
            destroy(id, &mut record, &mut write);
        } else {
            record.expiry_seen = match step {
                Step::Expire { passed } => Some(passed),
                Step::Unmark => None,
            };
        }
        record.last_change = Change {
            kind: ChangeKind::Edited,
            by: caller.id.clone(),
            at: now.millis(),
            fields: Some(vec!["state".to_owned()]),
        };
        write.expect(SecretRecord::key(id), Some(found.revision));
        write.put(SecretRecord::key(id), record.seal(vault.keys(), id));
        write.index_put(id, &record);
        match vault.write(write).await {
            Ok(_) => return Ok(over),
            Err(WriteError::Conflict) => vault.reload_settings()?,
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

fn destroy(id: Uuid, record: &mut SecretRecord, write: &mut Write) {
    record.delete_request_key(id, write);
    record.request_key = None;
    record.state = State::Destroyed.number();
    for entry in &mut record.versions {
        if entry.has_value {
            write.delete(value_key(&entry.serial));
            entry.has_value = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;
    const GRACE: i64 = 30 * DAY;

    fn looks(steps: &[i64]) -> i64 {
        let mut clock = 20_000 * DAY;
        let mut time = OwnTime {
            seen: clock,
            passed: 0,
        };
        for step in steps {
            clock += step;
            let now = Timestamp::from_millis(clock);
            time = time.after(now, GRACE).unwrap_or(time);
        }
        time.passed
    }

    #[test]
    fn no_jump_ends_a_grace_time() {
        assert!(looks(&[3650 * DAY]) < GRACE);
        assert!(looks(&[3650 * DAY, -3650 * DAY, 3650 * DAY]) < GRACE);
        assert_eq!(looks(&[-3650 * DAY]), 0);
    }

    #[test]
    fn days_that_pass_count_and_a_moment_does_not() {
        assert_eq!(looks(&[DAY; 30]), GRACE);
        assert_eq!(looks(&[STEP; 24]), DAY);
        assert_eq!(looks(&[STEP / 2]), 0);
        assert_eq!(looks(&[STEP / 2; 2]), STEP, "half steps add up");
    }
}
