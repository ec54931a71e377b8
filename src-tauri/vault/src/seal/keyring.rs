//! The keyring of the operating system, and every way in which it may fail us.
//!
//! The crate's errors can hold the secret's bytes and print them, so they become a
//! [`KeyringTrouble`] at once and go no further. A locked keyring asks the person and the call
//! waits for as long as that takes, so each call runs on a thread of its own with a limit.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use data_encoding::BASE64;
use keyring::{Entry, Error};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use super::Sensitive;
use super::primitive::Key;

const SERVICE: &str = "keyturn";

/// A keyring is given up after this time.
const LIMIT: Duration = Duration::from_secs(30);

/// Entries by user name, as keyrings have them.
pub trait KeyringStore: Send + Sync {
    /// The entry, if there is one.
    fn get(&self, user: &str) -> Result<Option<Sensitive>, KeyringTrouble>;
    /// Writes an entry of ASCII text, over an earlier one if there is one.
    fn set(&self, user: &str, entry: &Sensitive) -> Result<(), KeyringTrouble>;
    /// Removes the entry. None there is no error.
    fn delete(&self, user: &str) -> Result<(), KeyringTrouble>;
}

/// What kept the keyring from helping. In none of these states is a new key made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyringTrouble {
    /// There is no keyring: no session bus, or nothing that offers secrets on it.
    #[error("this session has no keyring")]
    Absent,
    /// The keyring stayed locked: nobody could be asked, or the prompt was dismissed.
    #[error("the keyring is locked")]
    Locked,
    /// The keyring works and has no entry for this vault.
    #[error("the keyring has no key for this vault")]
    NoEntry,
    /// What the keyring holds is not the key of this vault.
    #[error("the keyring holds a different key")]
    ForeignKey,
    /// Several entries claim to be the key of this vault.
    #[error("the keyring holds several keys for this vault")]
    Ambiguous,
    /// The keyring failed in another way, for example because it ended during the call.
    #[error("the keyring failed")]
    Failed,
    /// The keyring did not answer in time.
    #[error("the keyring did not answer in time")]
    TimedOut,
}

/// The keyring of this session: Secret Service, Keychain or Windows Credential Manager.
#[derive(Debug, Clone)]
pub struct OsKeyring {
    limit: Duration,
}

impl OsKeyring {
    /// With the usual limit of 30 seconds a call.
    pub fn new() -> Self {
        Self::with_limit(LIMIT)
    }

    /// With another limit.
    pub fn with_limit(limit: Duration) -> Self {
        Self { limit }
    }
}

impl Default for OsKeyring {
    fn default() -> Self {
        Self::new()
    }
}

impl KeyringStore for OsKeyring {
    fn get(&self, user: &str) -> Result<Option<Sensitive>, KeyringTrouble> {
        let user = user.to_owned();
        let read = move || match entry(&user)?.get_password().map(Sensitive::from_string) {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(trouble(error)),
        };
        within(self.limit, read, || {})
    }

    fn set(&self, user: &str, secret: &Sensitive) -> Result<(), KeyringTrouble> {
        let (user, late) = (user.to_owned(), user.to_owned());
        let text = secret.expose_str().ok_or(KeyringTrouble::Failed)?;
        let text = Zeroizing::new(text.to_owned());
        let write = move || entry(&user)?.set_password(&text).map_err(trouble);
        // A prompt answered after we gave up must not leave a key that no slot knows.
        within(self.limit, write, move || _ = remove(&late))
    }

    fn delete(&self, user: &str) -> Result<(), KeyringTrouble> {
        let user = user.to_owned();
        within(self.limit, move || remove(&user), || {})
    }
}

/// The name of a slot's entry. Another program may plant an entry of this name, which the slot's
/// commitment then tells.
pub(super) fn user(vault: Uuid, slot: Uuid) -> String {
    format!("{vault}/{slot}")
}

/// Base64, for there are keyrings that store nothing but text.
pub(super) fn encode(key: &Key) -> Sensitive {
    Sensitive::from_string(BASE64.encode(&**key))
}

pub(super) fn decode(entry: &Sensitive) -> Option<Key> {
    let bytes = Zeroizing::new(BASE64.decode(entry.expose()).ok()?);
    Key::copied_from(&bytes)
}

/// Runs the call on its own thread. If it succeeds only after the limit, `undo` follows it.
fn within<T: Send + 'static>(
    limit: Duration,
    call: impl FnOnce() -> Result<T, KeyringTrouble> + Send + 'static,
    undo: impl FnOnce() + Send + 'static,
) -> Result<T, KeyringTrouble> {
    // No room in the channel: a send succeeds only if the answer was taken.
    let (reply, answer) = sync_channel(0);
    thread::Builder::new()
        .name("keyring".into())
        .spawn(move || {
            let outcome = call();
            let worked = outcome.is_ok();
            if reply.send(outcome).is_err() && worked {
                undo();
            }
        })
        .map_err(|_| KeyringTrouble::Failed)?;
    answer.recv_timeout(limit).unwrap_or_else(|error| {
        Err(match error {
            RecvTimeoutError::Timeout => KeyringTrouble::TimedOut,
            // the thread panicked
            RecvTimeoutError::Disconnected => KeyringTrouble::Failed,
        })
    })
}

fn remove(user: &str) -> Result<(), KeyringTrouble> {
    match entry(user)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(trouble(error)),
    }
}

/// An entry over a new connection.
///
/// `Entry::new` connects once in the life of the process and keeps the outcome: after a start
/// without a keyring, after a restart of the daemon, or behind a prompt that nobody answers, no
/// later call would work. Here each call stands alone, so that "try again" means it.
#[cfg(all(
    unix,
    not(any(target_os = "macos", target_os = "ios", target_os = "android"))
))]
fn entry(user: &str) -> Result<Entry, KeyringTrouble> {
    use keyring_core::api::CredentialStoreApi;
    use std::collections::HashMap;

    let store =
        zbus_secret_service_keyring_store::Store::new().map_err(|_| KeyringTrouble::Absent)?;
    let label = format!("Keyturn vault {user}");
    let inner = store
        .build(
            SERVICE,
            user,
            Some(&HashMap::from([("label", label.as_str())])),
        )
        .map_err(trouble)?;
    Ok(Entry { inner })
}

#[cfg(not(all(
    unix,
    not(any(target_os = "macos", target_os = "ios", target_os = "android"))
)))]
fn entry(user: &str) -> Result<Entry, KeyringTrouble> {
    Entry::new(SERVICE, user).map_err(trouble)
}

fn trouble(error: Error) -> KeyringTrouble {
    match error {
        Error::NoEntry => KeyringTrouble::NoEntry,
        Error::NoDefaultStore => KeyringTrouble::Absent,
        Error::NoStorageAccess(_) => KeyringTrouble::Locked,
        Error::Ambiguous(_) => KeyringTrouble::Ambiguous,
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            KeyringTrouble::ForeignKey
        }
        _ => KeyringTrouble::Failed,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn errors_that_carry_bytes_become_a_word() {
        let shown = format!("{:?}", trouble(Error::BadEncoding(b"hunter2\xff".to_vec())));
        assert_eq!(shown, "ForeignKey");
    }

    #[test]
    fn only_32_bytes_in_base64_are_a_key() {
        let key = Key::filled_by(|key| key.fill(7));
        assert_eq!(*decode(&encode(&key)).unwrap(), *key);
        for other in [
            "",
            "hunter2",
            &BASE64.encode(&[7; 31]),
            &BASE64.encode(&[7; 33]),
        ] {
            assert!(
                decode(&Sensitive::from_string(other.to_owned())).is_none(),
                "{other}"
            );
        }
    }

    #[test]
    fn a_call_that_succeeds_too_late_is_undone() {
        let (go, gate) = channel::<()>();
        let (done, undone) = channel();
        let late = within(
            Duration::from_millis(20),
            move || gate.recv().map_err(|_| KeyringTrouble::Failed),
            move || done.send(()).unwrap(),
        );
        assert_eq!(late, Err(KeyringTrouble::TimedOut));
        go.send(()).unwrap();
        undone.recv_timeout(Duration::from_secs(10)).unwrap();
    }

    #[test]
    fn a_call_that_panics_is_a_failure() {
        let outcome = within(
            LIMIT,
            || -> Result<(), _> { panic!("expected here") },
            || {},
        );
        assert_eq!(outcome, Err(KeyringTrouble::Failed));
    }
}
