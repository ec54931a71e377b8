//! What differs between two values. Whoever sees only that, sees no value, but learns about them: it
//! takes the role that reads values, and is recorded.

use keyturn_api::{
    Action, Caller, Comparison, Problem, Result, ShownComparison,
    compare::{compare, compare_shown},
    secret::Payload,
    version::{Compared, VersionRef},
};
use uuid::Uuid;

use super::{
    check_active, locate,
    read::{only_writing_failed, open_payload, record_read},
};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    rotation::{self, Making},
    secrets::{self, Found},
};

/// Without the values.
pub(crate) async fn masked(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
    with: Compared,
) -> Result<Comparison> {
    caller.may(Action::SecretVersionCompare)?;
    let (_, _, old, new) = both(vault, caller, id, version, with)?;
    let entry = Entry::new(Action::SecretVersionCompare, caller, id, vault.now());
    match vault.write(Write::new(entry.clone())).await {
        Err(WriteError::Failed(problem)) if only_writing_failed(&problem) => {
            vault.record_later(entry);
        }
        Err(error) => return Err(error.into_problem()),
        Ok(_) => {}
    }
    compare(&old, &new)
}

/// With what differs: both values count as read.
pub(crate) async fn shown(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
    with: Compared,
) -> Result<ShownComparison> {
    caller.may(Action::SecretVersionRead)?;
    let (found, numbers, old, new) = both(vault, caller, id, version, with)?;
    for number in numbers {
        record_read(vault, caller, &found, number, Action::SecretVersionRead).await?;
    }
    compare_shown(&old, &new)
}

/// Both values, and the numbers of the versions they are of.
fn both(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
    with: Compared,
) -> Result<(Found, Vec<u32>, Payload, Payload)> {
    let found = secrets::find(vault, caller, id)?;
    check_active(&found.record, vault.now())?;
    let rules = rotation::of(found.record.secret_type())?;
    let kept = |version: &VersionRef| {
        let entry = locate(vault, id, &found.record, version)?.entry;
        let value = open_payload(vault, id, &entry)?;
        Ok::<_, Problem>((entry.number, rules.payload(&found.record, value)))
    };
    let (number, old) = kept(version)?;
    let mut numbers = vec![number];
    let new = match with {
        Compared::Version(other) => {
            let (number, new) = kept(&other)?;
            numbers.push(number);
            new
        }
        Compared::Input(input) => {
            input.check()?;
            if input.is_generated() {
                return Err(Problem::field(
                    "input",
                    "A value that is generated is another one; there is nothing to compare yet.",
                ));
            }
            let group = found.record.group_id();
            let making = Making {
                vault,
                id,
                group: &group,
                now: vault.now(),
            };
            let made = rules.rotate(&making, &found.record, input)?;
            rules.payload(&found.record, made.value)
        }
    };
    Ok((found, numbers, old, new))
}
