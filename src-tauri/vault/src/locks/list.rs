//! `list_secret_locks`, `list_secret_version_locks`, `list_secrets_locks`.

use keyturn_api::{
    Action, Caller, Code, ListLocks, ListSecretsLocks, Lock, LockSort, Page, Result, SecretLocks,
    VersionRef,
};
use uuid::Uuid;

use super::{of_version, summary};
use crate::{opened::Opened, records::group_of, secrets, versions::locate};

/// A page of the locks of a secret, or of one of its versions.
pub(crate) fn list(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: Option<&VersionRef>,
    query: &ListLocks,
) -> Result<Page<Lock>> {
    caller.may(Action::SecretLocksList)?;
    query.check()?;
    let found = secrets::find(vault, caller, id)?;
    let entries = match version {
        Some(version) => vec![locate(vault, id, &found.record, version)?.entry],
        None => found
            .record
            .versions
            .iter()
            .rev()
            .take(2)
            .cloned()
            .collect(),
    };
    let mut locks = Vec::new();
    for entry in entries {
        locks.extend(of_version(vault, &found, &entry)?);
    }
    if let Some(search) = &query.search {
        locks.retain(|lock| holds(&lock.name, search));
    }
    match query.sort {
        LockSort::Name => locks.sort_by_cached_key(|lock| lock.name.to_lowercase()),
        LockSort::CreatedAt => locks.sort_by_key(|lock| lock.created_at),
        LockSort::UpdatedAt => locks.sort_by_key(|lock| lock.updated_at),
    }
    if query.descending {
        locks.reverse();
    }
    Ok(page(locks, query.offset, query.rows()))
}

/// A page of the secrets that have locks, by name.
pub(crate) fn list_all(
    vault: &Opened,
    caller: &Caller,
    query: &ListSecretsLocks,
) -> Result<Page<SecretLocks>> {
    caller.may(Action::SecretsLocksList)?;
    query.check()?;
    let groups: Vec<Uuid> = query.groups.iter().filter_map(|id| group_of(id)).collect();
    let reaches = secrets::reach(caller);
    let wanted = |group| (groups.is_empty() || groups.contains(&group)) && reaches(group);
    let ids = vault.index().locked(wanted);
    let rows = query.rows();
    // Without a search the index knows the page, and only that is opened.
    let (ids, offset, total) = if query.search.is_some() {
        (ids, query.offset, None)
    } else {
        let all = page(ids, query.offset, rows);
        (all.items, 0, Some(all.total_count))
    };
    let mut secrets = Vec::new();
    for id in ids {
        let locks = secrets::find(vault, caller, id).and_then(|found| summary(vault, &found));
        match locks {
            Ok(locks) => secrets.extend(matching(locks, query.search.as_deref())),
            // Deleted since, damaged, or not within the caller's groups: the others are there.
            Err(problem) if matches!(problem.code, Code::NotFound | Code::Damaged) => {}
            Err(problem) => return Err(problem),
        }
    }
    let found = page(secrets, offset, rows);
    Ok(Page {
        total_count: total.unwrap_or(found.total_count),
        offset: query.offset,
        ..found
    })
}

/// The secret with those of its locks that a search finds; none if it finds none.
fn matching(mut secret: SecretLocks, search: Option<&str>) -> Option<SecretLocks> {
    if let Some(search) = search {
        for version in &mut secret.versions {
            version.locks.retain(|name| holds(name, search));
        }
    }
    secret.versions.retain(|version| !version.locks.is_empty());
    (!secret.versions.is_empty()).then_some(secret)
}

fn holds(name: &str, search: &str) -> bool {
    name.to_lowercase().contains(&search.to_lowercase())
}

fn page<T>(all: Vec<T>, offset: u32, rows: usize) -> Page<T> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let total_count = count(all.len());
    Page {
        items: all.into_iter().skip(offset as usize).take(rows).collect(),
        total_count,
        offset,
        limit: count(rows),
    }
}
