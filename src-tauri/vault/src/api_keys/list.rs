//! `api_keys`.

use keyturn_api::{Action, ApiKey, Caller, Result};

use super::read;
use crate::opened::Opened;

/// All keys by name, those that have expired among them.
pub(super) fn list(vault: &Opened, caller: &Caller) -> Result<Vec<ApiKey>> {
    caller.may(Action::ApiKeysList)?;
    let now = vault.now();
    let (keys, _) = read(vault)?;
    let mut listed: Vec<ApiKey> = keys.keys.iter().map(|key| key.view(now)).collect();
    listed.sort_by_cached_key(|key| key.name.to_lowercase());
    Ok(listed)
}
