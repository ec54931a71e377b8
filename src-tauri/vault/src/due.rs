//! When a secret is due, in words.

use keyturn_api::{Code, Due, DueBy, PolicyOutlook, Problem, Result, Target, Timestamp, lock};

use crate::{
    acme,
    policy::{Verdict, is_ahead},
    records::{SecretRecord, When},
    rotation,
};

/// When it is due, and why; none without policy or reminder, and for what can no longer rotate.
pub(crate) fn due(record: &SecretRecord, now: Timestamp) -> Option<Due> {
    let plan = record.plan()?;
    crate::versions::check_active(record, now).ok()?;
    let at = record.due_date(now)?;
    let overdue = at <= now && plan.snoozed_until().is_none_or(|until| until <= now);
    let rotated = Timestamp::from_millis(record.rotated_at);
    let reason = match plan.when {
        When::At(_) => acme::renewal_reason(record),
        When::Every { interval, .. } if is_ahead(rotated, now) => format!(
            "The last rotation lies in the future, so {} count from when this was noticed.",
            interval.words()
        ),
        When::Every { interval, .. } => format!("{} after the last rotation.", interval.words()),
    };
    Some(Due {
        by: plan.by,
        at,
        overdue,
        reason,
        hindrance: hindrance(record, now)
            .filter(|_| plan.by == DueBy::Rotation)
            .map(str::to_owned),
    })
}

/// Why the schedule does not rotate a secret although it is due; none: it does.
pub(crate) fn hindrance(record: &SecretRecord, now: Timestamp) -> Option<&'static str> {
    if previous_locked(record) {
        Some("Automatic rotation waits until the locks on the previous version are removed.")
    } else if record.is_past(now) {
        // it would get a password that dies with the last of its locks
        Some("The expiration date has passed, and only its locks keep the secret.")
    } else {
        None
    }
}

/// Whether a lock on the previous version forbids rotation.
pub(crate) fn previous_locked(record: &SecretRecord) -> bool {
    record
        .previous()
        .is_some_and(|version| record.locks_on(version.number) > 0)
}

/// Refuses a rotation that would take a locked version's place.
pub(crate) fn check_previous_unlocked(record: &SecretRecord) -> Result<()> {
    if !previous_locked(record) {
        return Ok(());
    }
    Err(lock::locked()
        .remedy("Remove the locks on the previous version first. Nothing was changed."))
}

/// Refuses what the type cannot have, and an interval that ends after the secret has expired.
/// `dated`: interval or expiration date are new.
pub(crate) fn check_plan(record: &SecretRecord, dated: bool, now: Timestamp) -> Result<()> {
    let alone = rotation::of(record.secret_type())?.alone().is_some();
    if record.policy.is_some() && !alone {
        return Err(Problem::field(
            "rotation",
            "Secrets of this type cannot rotate by themselves: their value comes from you.",
        )
        .remedy("Set a reminder instead."));
    }
    if record.policy.is_some() && record.reminder.is_some() {
        return Err(Problem::field(
            "reminder",
            "This secret rotates by itself, so nobody needs to be reminded.",
        )
        .remedy("Turn automatic rotation off first."));
    }
    if dated {
        check_interval(record, now)
    } else {
        Ok(())
    }
}

/// Refuses an automatic rotation that would come after the version has expired.
fn check_interval(record: &SecretRecord, now: Timestamp) -> Result<()> {
    let (Some(_), Some(expires)) = (record.policy, record.expiration_date()) else {
        return Ok(());
    };
    let next = record.due_date(now).unwrap_or(now).max(now);
    if next <= expires {
        return Ok(());
    }
    Err(Problem::new(
        Code::IntervalPastExpiry,
        format!(
            "The current version would expire first, at {expires}; the next rotation would be at \
             {next}. Nothing was changed."
        ),
    )
    .at(Target::field("rotation"))
    .remedy("Rotate first, choose a shorter interval, or a later expiration date."))
}

/// What a patched record would do, before it is saved.
pub(crate) fn outlook(
    patched: &SecretRecord,
    refused: Option<Problem>,
    now: Timestamp,
) -> PolicyOutlook {
    let due = due(patched, now);
    let rotates = due.as_ref().is_some_and(|due| due.by == DueBy::Rotation);
    let at_once = refused.is_none()
        && rotates
        && matches!(patched.verdict(now), Some(Verdict::Due(_)))
        && hindrance(patched, now).is_none();
    let effect = match &due {
        None => "Nothing rotates or reminds by itself.".to_owned(),
        Some(due) if at_once => format!(
            "It rotates at once, because it was due at {}, and then {}.",
            due.at,
            again(patched)
        ),
        Some(due) if rotates => format!("It rotates at {}, and then {}.", due.at, again(patched)),
        Some(due) if due.overdue => format!("The reminder is due at once: since {}.", due.at),
        Some(due) => format!("You are reminded at {}.", due.at),
    };
    PolicyOutlook {
        at_once,
        next: due.map(|due| due.at),
        effect,
        hindrance: refused,
    }
}

fn again(record: &SecretRecord) -> String {
    match record.plan().map(|plan| plan.when) {
        Some(When::Every { interval, .. }) => format!("every {}", interval.words()),
        _ => "each time in time before the certificate ends".to_owned(),
    }
}
