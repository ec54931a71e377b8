//! How an instance becomes the active one, and is unlocked.

use std::sync::Arc;

use keyturn_api::{Code, Problem, Result};
use keyturn_vault::{LockedVault, Unlock, UnlockKind, VaultKind};
use uuid::Uuid;

use super::Desk;
use super::active::{Entry, Open};
use super::instances::ActiveInstance;
use crate::events::InstanceChanged;

impl Desk {
    /// Opens, while the window is being made, the instance that was last in use.
    pub(crate) fn open_last(self: &Arc<Self>) {
        let Some(id) = self.settings.last_instance() else {
            return;
        };
        let desk = Arc::clone(self);
        desk.opening.send_replace(true);
        tauri::async_runtime::spawn_blocking(move || {
            // An instance that is gone, damaged or without its key shows in the resource list, with its reason.
            let _ = desk.open(id);
            desk.opening.send_replace(false);
            desk.page.emit(&InstanceChanged {});
        });
    }

    /// Makes an instance the active one: open if nobody has to be asked, otherwise locked. It is
    /// locked while the keyring thinks; if the person then unlocks it another way or goes elsewhere,
    /// the keyring's answer comes too late and is dropped.
    pub(crate) fn open(&self, id: Uuid) -> Result<ActiveInstance> {
        if let Some(open) = self.active_instance().filter(|active| active.is_open(id)) {
            return Ok(open);
        }
        if let Some(remote) = self.remote_entry(id)? {
            return self.open_remote(remote);
        }
        let locked = self.home()?.lookup(id)?;
        let entry = || Entry::Vault(locked.entry().clone());
        let turn = self.put(entry());
        if let Some(with) = by_itself(&locked) {
            match locked.unlock(with, Arc::clone(&self.clock)) {
                Ok(vault) => {
                    self.put_in_turn(turn, entry(), Open::Vault(vault));
                }
                Err(problem) if is_of_keyring(&problem) => self.note_keyring(id, Some(problem)),
                Err(problem) => return Err(problem),
            }
        }
        self.active_instance()
            .ok_or_else(|| Problem::not_found("instance"))
    }

    /// Unlocks an instance and makes it the active one. If the person locked meanwhile, it stays
    /// locked; if they unlocked it another way, that is kept.
    pub(crate) fn unlock(&self, id: Uuid, with: Unlock) -> Result<ActiveInstance> {
        let locked = self.home()?.lookup(id)?;
        let turn = self.turn();
        let by_keyring = matches!(with, Unlock::Keyring);
        let opened = locked.unlock(with, Arc::clone(&self.clock));
        if by_keyring {
            let problem = opened
                .as_ref()
                .err()
                .filter(|problem| is_of_keyring(problem));
            self.note_keyring(id, problem.cloned());
        }
        let entry = Entry::Vault(locked.entry().clone());
        self.put_in_turn(turn, entry, Open::Vault(opened?));
        self.active_instance()
            .filter(|active| active.is_open(id))
            .ok_or_else(|| {
                Problem::new(
                    Code::VaultLocked,
                    "It was locked while it was being unlocked.",
                )
                .remedy("Unlock it again.")
            })
    }
}

/// Whether another way to unlock helps.
fn is_of_keyring(problem: &Problem) -> bool {
    matches!(
        problem.code,
        Code::KeyringAbsent | Code::KeyringLocked | Code::KeyringNoEntry | Code::KeyringForeignKey
    )
}

/// What unlocks a vault without asking the person for anything.
pub(super) fn by_itself(locked: &LockedVault) -> Option<Unlock> {
    let keyring = |locked: &LockedVault| {
        let mut methods = locked.methods().into_iter();
        methods.any(|method| method.kind == UnlockKind::Keyring)
    };
    match locked.entry().kind {
        VaultKind::Sample => Some(Unlock::Sample),
        VaultKind::Local => keyring(locked).then_some(Unlock::Keyring),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::{Barrier, Mutex, PoisonError};

    use keyturn_vault::seal::{KeyringStore, KeyringTrouble};
    use keyturn_vault::{Home, Sensitive};

    use super::super::creation::NewVaultForm;
    use super::*;

    type Answer<T> = std::result::Result<T, KeyringTrouble>;

    const PASSPHRASE: &str = "correct horse battery staple";

    /// A keyring that answers a question only when it is told to, as one does that asks a person.
    #[derive(Default)]
    struct AskingKeyring {
        entries: Mutex<HashMap<String, Vec<u8>>>,
        asked: Mutex<Option<Arc<Barrier>>>,
    }

    impl AskingKeyring {
        /// Asks before each answer: the barrier is met when it has asked, and when it may answer.
        fn ask_from_now_on(&self) -> Arc<Barrier> {
            let asked = Arc::new(Barrier::new(2));
            *self.asked.lock().unwrap() = Some(Arc::clone(&asked));
            asked
        }
    }

    impl KeyringStore for AskingKeyring {
        fn get(&self, user: &str) -> Answer<Option<Sensitive>> {
            let asked = self
                .asked
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            if let Some(asked) = asked {
                asked.wait(); // the question is on the screen
                asked.wait(); // and answered
            }
            let entries = self.entries.lock().unwrap();
            Ok(entries.get(user).cloned().map(Sensitive::new))
        }

        fn set(&self, user: &str, entry: &Sensitive) -> Answer<()> {
            let bytes = entry.expose().to_vec();
            self.entries.lock().unwrap().insert(user.to_owned(), bytes);
            Ok(())
        }

        fn delete(&self, user: &str) -> Answer<()> {
            self.entries.lock().unwrap().remove(user);
            Ok(())
        }
    }

    struct Fixture {
        desk: Arc<Desk>,
        keyring: Arc<AskingKeyring>,
        folder: tempfile::TempDir,
    }

    fn fixture() -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Arc::new(AskingKeyring::default());
        let home = Home::at(folder.path().join("data")).unwrap();
        let home = home.with_keyring(Arc::clone(&keyring) as Arc<dyn KeyringStore>);
        Fixture {
            desk: Arc::new(Desk::at(Ok(home))),
            keyring,
            folder,
        }
    }

    fn create(desk: &Desk, name: &str, sample: bool) -> Uuid {
        let form = serde_json::json!({
            "name": name, "sample": sample, "keyring": !sample,
            "passphrase": if sample { None } else { Some(PASSPHRASE) },
        });
        let form: NewVaultForm = serde_json::from_value(form).unwrap();
        desk.create(form).unwrap().id.parse().unwrap()
    }

    fn by_passphrase(text: &str) -> Unlock {
        Unlock::Passphrase(Sensitive::from_string(text.to_owned()))
    }

    #[test]
    fn a_closed_vault_answers_nothing_and_a_wrong_passphrase_leaves_it_closed() {
        let Fixture {
            desk,
            folder: _folder,
            ..
        } = fixture();
        let id = create(&desk, "Mine", false);
        let kept = desk.vault().unwrap();
        assert!(desk.close());
        assert!(!desk.close());
        assert_eq!(desk.vault().unwrap_err().code, Code::VaultLocked);
        assert_eq!(kept.secrets_total(), 0);

        assert_eq!(
            desk.unlock(id, by_passphrase("wrong")).unwrap_err().code,
            Code::WrongKey
        );
        assert!(!desk.is_open());
        assert!(desk.unlock(id, by_passphrase(PASSPHRASE)).unwrap().unlocked);
    }

    #[test]
    fn another_instance_closes_the_one_before() {
        let Fixture {
            desk,
            folder: _folder,
            ..
        } = fixture();
        let mine = create(&desk, "Mine", false);
        let before = desk.vault().unwrap();
        let sample = create(&desk, "Sample", true);
        assert!(before.methods().is_empty(), "it is closed");
        assert_eq!(desk.settings.last_instance(), Some(sample));
        assert!(desk.open(mine).unwrap().unlocked, "the keyring opens it");

        assert!(desk.remove(sample, "Mine").is_err());
        desk.remove(sample, "Sample").unwrap();
        assert!(desk.is_open());
        assert!(desk.remove(mine, "mine").is_err());
        assert!(desk.is_open());
        desk.remove(mine, "Mine").unwrap();
        assert!(desk.active_instance().is_none());
        assert_eq!(desk.settings.last_instance(), None);
    }

    #[test]
    fn a_late_answer_of_the_keyring_changes_nothing() {
        let Fixture {
            desk,
            keyring,
            folder: _folder,
        } = fixture();
        let id = create(&desk, "Mine", false);
        desk.close();
        let asked = keyring.ask_from_now_on();
        let opening = std::thread::spawn({
            let desk = Arc::clone(&desk);
            move || desk.open(id)
        });
        asked.wait();
        assert!(!desk.active_instance().unwrap().unlocked);
        desk.unlock(id, by_passphrase(PASSPHRASE)).unwrap();
        let mine = desk.vault().unwrap();
        asked.wait();
        assert!(opening.join().unwrap().unwrap().unlocked);
        assert!(Arc::ptr_eq(&mine, &desk.vault().unwrap()));
        assert!(!mine.methods().is_empty(), "it stays open");
    }

    #[test]
    fn what_was_locked_while_it_was_being_unlocked_stays_locked() {
        let Fixture {
            desk,
            keyring,
            folder: _folder,
        } = fixture();
        let id = create(&desk, "Mine", false);
        desk.close();
        let asked = keyring.ask_from_now_on();
        let unlocking = std::thread::spawn({
            let desk = Arc::clone(&desk);
            move || desk.unlock(id, Unlock::Keyring)
        });
        asked.wait();
        desk.close();
        asked.wait();
        assert_eq!(
            unlocking.join().unwrap().unwrap_err().code,
            Code::VaultLocked
        );
        assert!(!desk.is_open());
    }

    #[test]
    fn a_keyring_without_the_key_is_told_and_creates_nothing() {
        let Fixture {
            desk,
            keyring,
            folder: _folder,
        } = fixture();
        let id = create(&desk, "Mine", false);
        desk.close();
        keyring.entries.lock().unwrap().clear();
        assert!(!desk.open(id).unwrap().unlocked);
        let methods = desk.unlock_methods(id).unwrap();
        assert!(methods.keyring && methods.passphrase && methods.recovery_code);
        assert_eq!(methods.keyring_problem.unwrap().code, Code::KeyringNoEntry);
        assert!(keyring.entries.lock().unwrap().is_empty());

        // It is still told when the vault is open, until it is mended.
        desk.unlock(id, by_passphrase(PASSPHRASE)).unwrap();
        let told = |desk: &Desk| desk.unlock_methods(id).unwrap().keyring_problem;
        assert_eq!(told(&desk).unwrap().code, Code::KeyringNoEntry);
        desk.add_keyring().unwrap();
        assert_eq!(told(&desk), None);
        assert_eq!(keyring.entries.lock().unwrap().len(), 1);
        desk.close();
        assert!(desk.open(id).unwrap().unlocked);
    }
}
