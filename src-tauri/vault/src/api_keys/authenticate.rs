//! `authenticate`: who comes with a token.

use keyturn_api::{Caller, Result};

use super::{token, unauthorized};
use crate::opened::Opened;

/// Called for every request: the signature comes first, so that nothing but a token of this vault
/// makes us look further.
pub(super) fn authenticate(vault: &Opened, text: &str) -> Result<Caller> {
    let now = vault.now();
    let id = token::read(vault.keys(), text, now).ok_or_else(unauthorized)?;
    vault
        .api_keys()?
        .by_id(id)
        .filter(|key| key.holds(now))
        .map(|key| key.caller.clone())
        .ok_or_else(unauthorized)
}
