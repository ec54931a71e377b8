//! The API keys of remote instances: in the operating system's keyring, or in memory until the
//! program ends.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use keyturn_api::{Code, Problem, Result, Target};
use keyturn_vault::Sensitive;
use keyturn_vault::seal::{KeyringStore, KeyringTrouble};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::RemoteEntry;

/// Keys that the person gave for as long as the program runs.
#[derive(Default)]
pub(crate) struct RemoteKeys(Mutex<HashMap<Uuid, Zeroizing<String>>>);

impl RemoteKeys {
    /// The key of an instance, from memory or the keyring.
    pub(crate) fn find(
        &self,
        keyring: &dyn KeyringStore,
        entry: &RemoteEntry,
    ) -> Result<Zeroizing<String>> {
        if let Some(key) = self.in_memory().get(&entry.id) {
            return Ok(key.clone());
        }
        if entry.ask_for_key {
            return Err(absent(
                "The API key of this instance is asked for each time.",
            ));
        }
        let kept = keyring
            .get(&user(entry.id))
            .map_err(|trouble| not_used("The API key was not read", trouble))?;
        let key = kept.and_then(|kept| {
            let key = kept.expose_str()?;
            Some(Zeroizing::new(key.to_owned()))
        });
        key.ok_or_else(|| absent("The keyring has no API key for this instance."))
    }

    /// Whether the person has to be asked before this instance can be opened.
    pub(crate) fn is_asked_for(&self, entry: &RemoteEntry) -> bool {
        entry.ask_for_key && !self.in_memory().contains_key(&entry.id)
    }

    /// Keeps a key: in the keyring, or with `ask_for_key` in memory.
    pub(crate) fn keep(
        &self,
        keyring: &dyn KeyringStore,
        id: Uuid,
        key: &Zeroizing<String>,
        ask_for_key: bool,
    ) -> Result<()> {
        if ask_for_key {
            self.in_memory().insert(id, key.clone());
            return Ok(());
        }
        let entry = Sensitive::from_string(key.to_string());
        keyring.set(&user(id), &entry).map_err(not_kept)?;
        self.in_memory().remove(&id);
        Ok(())
    }

    /// Forgets the key of an instance.
    pub(crate) fn forget(&self, keyring: &dyn KeyringStore, id: Uuid) -> Result<()> {
        self.in_memory().remove(&id);
        take_out(keyring, id)
    }

    fn in_memory(&self) -> MutexGuard<'_, HashMap<Uuid, Zeroizing<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the key of an instance out of the keyring. A session without one has none to forget.
pub(crate) fn take_out(keyring: &dyn KeyringStore, id: Uuid) -> Result<()> {
    match keyring.delete(&user(id)) {
        Ok(()) | Err(KeyringTrouble::Absent | KeyringTrouble::NoEntry) => Ok(()),
        Err(trouble) => Err(not_used("The API key was not removed", trouble)
            .remedy("Unlock the keyring of this computer and try again.")),
    }
}

/// Name of the entry, beside those of vaults (`{vault}/{slot}`) and of the command line
/// (`apikey:{service URL}`).
fn user(id: Uuid) -> String {
    format!("apikey:{id}")
}

fn absent(message: &str) -> Problem {
    Problem::new(Code::KeyringNoEntry, message)
        .remedy("Enter it in the Resource List: Actions > Replace API key.")
}

fn not_used(what: &str, trouble: KeyringTrouble) -> Problem {
    let code = match trouble {
        KeyringTrouble::Absent => Code::KeyringAbsent,
        _ => Code::KeyringLocked,
    };
    Problem::new(code, format!("{what}: {}.", words(trouble))).remedy(
        "Unlock the keyring and try again, or enter the key in the Resource List: Actions > Replace \
         API key.",
    )
}

fn not_kept(trouble: KeyringTrouble) -> Problem {
    not_used("The API key was not kept, and nothing was changed", trouble)
        .at(Target::field("ask_for_key"))
        .remedy("Unlock the keyring and try again, or choose to be asked for the key each time.")
}

fn words(trouble: KeyringTrouble) -> &'static str {
    match trouble {
        KeyringTrouble::Absent => "this session has no keyring",
        KeyringTrouble::TimedOut => "the keyring did not answer in time",
        KeyringTrouble::Locked => "the keyring is locked",
        KeyringTrouble::Ambiguous => "the keyring holds several keys for this instance",
        _ => "the keyring failed",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::form::tests::entry;
    use super::*;

    type Answer<T> = std::result::Result<T, KeyringTrouble>;

    /// A keyring in memory; with a trouble it fails at everything.
    #[derive(Default)]
    pub(crate) struct TestKeyring {
        pub(crate) entries: Mutex<HashMap<String, Vec<u8>>>,
        pub(crate) trouble: Mutex<Option<KeyringTrouble>>,
    }

    impl TestKeyring {
        fn works(&self) -> Answer<()> {
            self.trouble.lock().unwrap().map_or(Ok(()), Err)
        }
    }

    impl KeyringStore for TestKeyring {
        fn get(&self, user: &str) -> Answer<Option<Sensitive>> {
            self.works()?;
            let entries = self.entries.lock().unwrap();
            Ok(entries.get(user).cloned().map(Sensitive::new))
        }

        fn set(&self, user: &str, entry: &Sensitive) -> Answer<()> {
            self.works()?;
            let bytes = entry.expose().to_vec();
            self.entries.lock().unwrap().insert(user.to_owned(), bytes);
            Ok(())
        }

        fn delete(&self, user: &str) -> Answer<()> {
            self.works()?;
            self.entries.lock().unwrap().remove(user);
            Ok(())
        }
    }

    fn key(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }

    #[test]
    fn a_key_is_kept_found_replaced_and_forgotten() {
        let (keyring, keys) = (TestKeyring::default(), RemoteKeys::default());
        let remote = entry("A");
        let found = |keys: &RemoteKeys| keys.find(&keyring, &remote);
        assert_eq!(found(&keys).unwrap_err().code, Code::KeyringNoEntry);
        keys.keep(&keyring, remote.id, &key("one"), false).unwrap();
        keys.keep(&keyring, remote.id, &key("two"), false).unwrap();
        // also by another run of the program
        assert_eq!(*found(&RemoteKeys::default()).unwrap(), "two");
        keys.forget(&keyring, remote.id).unwrap();
        assert_eq!(found(&keys).unwrap_err().code, Code::KeyringNoEntry);
        assert!(keyring.entries.lock().unwrap().is_empty());
    }

    #[test]
    fn a_key_that_is_asked_for_never_reaches_the_keyring() {
        let (keyring, keys) = (TestKeyring::default(), RemoteKeys::default());
        let remote = RemoteEntry {
            ask_for_key: true,
            ..entry("A")
        };
        assert!(keys.is_asked_for(&remote));
        keys.keep(&keyring, remote.id, &key("one"), true).unwrap();
        assert!(!keys.is_asked_for(&remote));
        assert_eq!(*keys.find(&keyring, &remote).unwrap(), "one");
        assert!(keyring.entries.lock().unwrap().is_empty());
        let other_run = RemoteKeys::default();
        let problem = other_run.find(&keyring, &remote).unwrap_err();
        assert_eq!(problem.code, Code::KeyringNoEntry);
    }

    #[test]
    fn a_keyring_that_fails_is_told_with_the_other_choice() {
        let (keyring, keys) = (TestKeyring::default(), RemoteKeys::default());
        for (trouble, code) in [
            (KeyringTrouble::Absent, Code::KeyringAbsent),
            (KeyringTrouble::Locked, Code::KeyringLocked),
            (KeyringTrouble::TimedOut, Code::KeyringLocked),
        ] {
            *keyring.trouble.lock().unwrap() = Some(trouble);
            let kept = keys.keep(&keyring, Uuid::from_u128(1), &key("hunter2"), false);
            let problem = kept.unwrap_err();
            assert_eq!(problem.code, code);
            assert!(problem.remedy.as_ref().unwrap().contains("each time"));
            assert!(!format!("{problem:?}").contains("hunter2"));
        }
        assert!(keys.forget(&keyring, Uuid::from_u128(1)).is_err());
        *keyring.trouble.lock().unwrap() = Some(KeyringTrouble::Absent);
        keys.forget(&keyring, Uuid::from_u128(1)).unwrap();
    }
}
