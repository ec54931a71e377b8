//! `list_secrets`: the index finds, the store tells the rest of the page.

use keyturn_api::{Action, Caller, Code, ListSecrets, Page, Result, Scope, SecretView};
use uuid::Uuid;

use super::read;
use crate::{opened::Opened, records::group_of};

pub(crate) fn list(
    vault: &Opened,
    caller: &Caller,
    query: &ListSecrets,
) -> Result<Page<SecretView>> {
    caller.may(Action::SecretsList)?;
    query.check()?;
    let now = vault.now();
    let found = match &caller.scope {
        Scope::Instance => vault.index().find(query, now, |_| true),
        Scope::Groups(groups) => {
            let groups: Vec<Uuid> = groups.iter().filter_map(|id| group_of(id)).collect();
            vault
                .index()
                .find(query, now, |group| groups.contains(&group))
        }
    };
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

/// Every label in use.
pub(crate) fn labels(vault: &Opened, caller: &Caller) -> Result<Vec<String>> {
    caller.may(Action::SecretsList)?;
    Ok(vault.index().labels_in_use())
}
