//! `create_api_key`.

use std::collections::BTreeSet;

use data_encoding::BASE64URL_NOPAD;
use keyturn_api::{Action, Caller, Code, MadeApiKey, NewApiKey, Problem, Result, Target};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    exchange::{KEY_CHARS, KEY_PREFIX},
    read,
};
use crate::{
    audit::Entry,
    groups,
    opened::{Opened, Write, WriteError},
    records::{ApiKeyRecord, ApiKeysRecord, GroupsRecord, group_of},
    seal::Sensitive,
};

/// API keys of an instance.
const MOST: usize = 100;

pub(super) async fn create(vault: &Opened, caller: &Caller, new: NewApiKey) -> Result<MadeApiKey> {
    caller.may(Action::ApiKeyCreate)?;
    new.check(vault.now())?;
    vault.require_recovery()?;
    let id = Uuid::new_v4();
    let secret = make_secret()?;
    let text = Sensitive::new(secret.as_bytes().to_vec());
    let mac = vault.keys().token_mac(&text);
    loop {
        let now = vault.now();
        let (mut keys, revision) = read(vault)?;
        check_name(&keys, &new.name)?;
        if keys.keys.len() >= MOST {
            return Err(Problem::new(
                Code::LimitReached,
                format!("An instance has at most {MOST} API keys."),
            )
            .remedy("Revoke a key that is not needed any longer."));
        }
        let mut write = Write::new(Entry::new(Action::ApiKeyCreate, caller, id, now));
        if let Some(wanted) = &new.groups {
            write.expect(GroupsRecord::KEY.to_vec(), check_groups(vault, wanted)?);
        }
        let key = ApiKeyRecord {
            id: *id.as_bytes(),
            name: new.name.clone(),
            mac,
            role: new.role.into(),
            groups: new.groups.clone().map(Vec::from_iter),
            created_at: now.millis(),
            created_by: caller.id.clone(),
            expires_at: new.expires_at.map(keyturn_api::Timestamp::millis),
            last_used_at: None,
        };
        let view = key.view(now);
        keys.keys.push(key);
        write.expect(ApiKeysRecord::KEY.to_vec(), revision);
        write.put(ApiKeysRecord::KEY.to_vec(), keys.seal(vault.keys()));
        write.index_api_keys(keys);
        match vault.write(write).await {
            Ok(_) => return Ok(MadeApiKey { key: view, secret }),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// The text of a new key: 256 random bits.
fn make_secret() -> Result<Zeroizing<String>> {
    let mut random = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *random)
        .map_err(|_| Problem::new(Code::Io, "The operating system gives no random numbers."))?;
    let mut secret = Zeroizing::new(String::with_capacity(KEY_CHARS));
    secret.push_str(KEY_PREFIX);
    BASE64URL_NOPAD.encode_append(&*random, &mut secret);
    Ok(secret)
}

/// Refuses a name that another key has, also one that has expired: it is still listed.
fn check_name(keys: &ApiKeysRecord, name: &str) -> Result<()> {
    if keys.keys.iter().all(|key| key.name != name) {
        return Ok(());
    }
    Err(Problem::new(
        Code::NameTaken,
        format!("An API key with the same name already exists: {name}"),
    )
    .at(Target::field("name"))
    .remedy("Choose another name."))
}

/// The revision of the groups, as long as all that are wanted are among them.
fn check_groups(vault: &Opened, wanted: &BTreeSet<String>) -> Result<Option<u64>> {
    let (groups, revision) = groups::read(vault)?;
    let known =
        |id: &String| group_of(id).is_some_and(|id| id.is_nil() || groups.find(id).is_some());
    if wanted.iter().all(known) {
        return Ok(revision);
    }
    Err(Problem::field("groups", "There is no such secret group.")
        .remedy("It may have been deleted. Choose another group."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_length_that_is_asked_for_and_differ() {
        let (one, two) = (make_secret().unwrap(), make_secret().unwrap());
        assert_eq!((one.len(), one.capacity()), (KEY_CHARS, KEY_CHARS));
        assert!(one.starts_with(KEY_PREFIX));
        assert_ne!(one, two);
    }
}
