//! `list_secrets`: the index finds, the store tells the rest of the page.

use std::collections::HashMap;

use keyturn_api::{
    Action, Caller, Code, ListSecrets, Page, Result, Scope, SecretView, SortKey, fields,
};
use uuid::Uuid;

use super::read;
use crate::{
    groups,
    opened::Opened,
    records::{GroupRecord, group_of},
};

pub(crate) fn list(
    vault: &Opened,
    caller: &Caller,
    query: &ListSecrets,
) -> Result<Page<SecretView>> {
    caller.may(Action::SecretsList)?;
    query.check()?;
    let now = vault.now();
    let places = places(vault, query)?;
    let place = |group: Uuid| places.get(&group).copied().unwrap_or(u64::MAX);
    let found = vault.index().find(query, now, reach(caller), &place);
    let mut items = Vec::with_capacity(found.ids.len());
    for id in found.ids {
        match read::find(vault, caller, id).and_then(|found| read::view(vault, caller, &found)) {
            Ok(view) => items.push(view),
            // Deleted by somebody since the index was asked, or damaged: the others are still there.
            Err(problem) if matches!(problem.code, Code::NotFound | Code::Damaged) => {}
            Err(problem) => return Err(problem),
        }
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Page {
        items,
        total_count: count(found.total),
        offset: query.offset,
        limit: count(query.rows()),
    })
}

/// Which groups are within the caller's reach.
pub(crate) fn reach(caller: &Caller) -> impl Fn(Uuid) -> bool {
    let groups: Option<Vec<Uuid>> = match &caller.scope {
        Scope::Instance => None,
        Scope::Groups(groups) => Some(groups.iter().filter_map(|id| group_of(id)).collect()),
    };
    move |group| groups.as_ref().is_none_or(|groups| groups.contains(&group))
}

/// The places of the groups by their names, if that is what is sorted by.
fn places(vault: &Opened, query: &ListSecrets) -> Result<HashMap<Uuid, u64>> {
    if query.sort.map(|sort| sort.key) != Some(SortKey::SecretGroup) {
        return Ok(HashMap::new());
    }
    let groups = groups::read(vault)?.0.groups;
    let of = |group: &GroupRecord| (group.name.to_lowercase(), Uuid::from_bytes(group.id));
    let mut named: Vec<_> = groups.iter().map(of).collect();
    named.push((fields::DEFAULT_GROUP.to_owned(), Uuid::nil()));
    named.sort_unstable();
    Ok(named.into_iter().map(|(_, id)| id).zip(0..).collect())
}

/// How many secrets are due for rotation.
pub(crate) fn overdue_total(vault: &Opened, caller: &Caller) -> Result<u32> {
    caller.may(Action::SecretsList)?;
    let now = vault.now();
    let total = vault.index().overdue_total(now, reach(caller));
    Ok(u32::try_from(total).unwrap_or(u32::MAX))
}

/// Every label in use.
pub(crate) fn labels(vault: &Opened, caller: &Caller) -> Result<Vec<String>> {
    caller.may(Action::SecretsList)?;
    Ok(vault.index().labels_in_use())
}
