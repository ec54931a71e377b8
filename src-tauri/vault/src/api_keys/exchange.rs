//! `exchange`: a key for a token.

use keyturn_api::{Result, Timestamp, Token};

use super::{known::Known, read, token, unauthorized};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::ApiKeysRecord,
    seal::Sensitive,
};

/// What every key starts with, so that a scanner finds one that leaked.
pub(super) const KEY_PREFIX: &str = "ktk_";
/// Characters of a key: the prefix and 32 bytes in Base64.
pub(super) const KEY_CHARS: usize = 47;

/// How long a key that was used counts as just used, in milliseconds.
const JUST_USED: i64 = 60_000;

pub(super) async fn exchange(vault: &Opened, text: &str) -> Result<Token> {
    if text.len() != KEY_CHARS || !text.starts_with(KEY_PREFIX) {
        return Err(unauthorized());
    }
    let text = Sensitive::new(text.as_bytes().to_vec());
    let mac = vault.keys().token_mac(&text);
    let now = vault.now();
    let key = vault
        .api_keys()?
        .by_mac(&mac)
        .filter(|key| key.holds(now))
        .cloned()
        .ok_or_else(unauthorized)?;
    let token = token::make(vault.keys(), key.id, &key.caller.id, now);
    note_use(vault, &key, now).await;
    Ok(token)
}

/// Notes when the key was used, with the record of the login: at most once a minute, for each is a
/// commit. A vault that cannot be written lets programs in all the same; the record of the login
/// follows.
async fn note_use(vault: &Opened, key: &Known, now: Timestamp) {
    if just_used(key.last_used_at, now) {
        return;
    }
    let entry = Entry::login(&key.caller, key.id, now);
    loop {
        let Ok((mut keys, revision)) = read(vault) else {
            return vault.record_later(entry);
        };
        let mut listed = keys.keys.iter_mut();
        // One that was revoked meanwhile has nothing to be noted: its token is not taken.
        let Some(record) = listed.find(|other| other.id == *key.id.as_bytes()) else {
            return;
        };
        if just_used(record.last_used_at.map(Timestamp::from_millis), now) {
            return;
        }
        record.last_used_at = Some(now.millis());
        let mut write = Write::new(entry.clone());
        write.expect(ApiKeysRecord::KEY.to_vec(), revision);
        write.put(ApiKeysRecord::KEY.to_vec(), keys.seal(vault.keys()));
        write.index_api_keys(keys);
        match vault.write(write).await {
            Ok(_) => return,
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(_)) => return vault.record_later(entry),
        }
    }
}

/// A time in the future is that of a clock which went wrong, and is written anew.
fn just_used(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_some_and(|last| (0..JUST_USED).contains(&now.millis().saturating_sub(last.millis())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_counts_for_a_minute() {
        let at = |millis| Timestamp::from_millis(millis);
        assert!(!just_used(None, at(0)));
        assert!(just_used(Some(at(1000)), at(1000)));
        assert!(just_used(Some(at(1000)), at(60_999)));
        assert!(!just_used(Some(at(1000)), at(61_000)));
        assert!(!just_used(Some(at(1000)), at(999)));
        assert!(!just_used(Some(at(i64::MIN)), at(i64::MAX)));
    }
}
