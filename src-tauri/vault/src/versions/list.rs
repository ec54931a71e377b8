//! `list_secret_versions`.

use keyturn_api::{Action, Caller, Result, VersionView};
use uuid::Uuid;

use super::{load, revoke::Revoking};
use crate::{opened::Opened, secrets};

/// At most 50, oldest first.
pub(crate) fn list(vault: &Opened, caller: &Caller, id: Uuid) -> Result<Vec<VersionView>> {
    caller.may(Action::SecretVersionsList)?;
    let found = secrets::find(vault, caller, id)?;
    let reads = secrets::reads(vault, id)?;
    let now = vault.now();
    let revoking = Revoking::of(vault, &found.record, now)?;
    let view = |entry| {
        let located = load(vault, id, entry)?;
        let mut view = located.view(id, &found.record, &reads, now);
        view.revoke_hindrance = revoking
            .as_ref()
            .and_then(|revoking| revoking.check(&located).err())
            .map(|problem| problem.message);
        Ok(view)
    };
    found.record.versions.iter().map(view).collect()
}
