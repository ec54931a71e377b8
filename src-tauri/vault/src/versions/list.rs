//! `list_secret_versions`.

use keyturn_api::{Action, Caller, Result, VersionView};
use uuid::Uuid;

use super::load;
use crate::{opened::Opened, secrets};

/// At most 50, oldest first.
pub(crate) fn list(vault: &Opened, caller: &Caller, id: Uuid) -> Result<Vec<VersionView>> {
    caller.may(Action::SecretVersionsList)?;
    let found = secrets::find(vault, caller, id)?;
    let reads = secrets::reads(vault, id)?;
    let now = vault.now();
    let view = |entry| {
        let located = load(vault, id, entry)?;
        Ok(located.view(id, &found.record, &reads, now))
    };
    found.record.versions.iter().map(view).collect()
}
