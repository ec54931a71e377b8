//! Unlock methods of a real vault file: recovery code, passphrase, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use std::sync::Arc;

use desk::{Desk, PASSPHRASE, create, owner, secret, value};
use keyturn_api::{Code, Instance, Plaintext, Target};
use keyturn_vault::{
    Home, NewVault, Sensitive, Unlock, UnlockKind, VaultKind, seal::KdfParams, wait,
};

fn sensitive(text: &str) -> Sensitive {
    Sensitive::from_string(text.to_owned())
}

#[test]
fn the_recovery_code_opens_once_confirmed_and_a_new_one_replaces_it() {
    let desk = Desk::new();
    let id = create(&desk.vault, "kept", "v");
    let code = desk.vault.new_recovery_code().unwrap();
    let wrong = [
        (code.ask[0], "0000".to_owned()),
        (code.ask[1], code.groups[code.ask[1]].to_string()),
    ];
    let refused = desk.vault.confirm_recovery_code(&wrong).unwrap_err();
    assert_eq!(refused.target, Some(Target::field("recovery_code")));
    let right = code.ask.map(|at| (at, code.groups[at].to_lowercase()));
    desk.vault.confirm_recovery_code(&right).unwrap();
    desk.vault.close();

    let text = code
        .groups
        .iter()
        .map(|group| group.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let locked = desk.home.lookup(desk.vault.id()).unwrap();
    let vault = locked
        .unlock(Unlock::RecoveryCode(sensitive(&text)), desk.clock.clone())
        .unwrap();
    assert_eq!(value(&vault, &id, "current").unwrap(), "v");

    let newer = vault.new_recovery_code().unwrap();
    let right = newer.ask.map(|at| (at, newer.groups[at].to_string()));
    vault.confirm_recovery_code(&right).unwrap();
    let codes = vault
        .methods()
        .iter()
        .filter(|method| method.kind == UnlockKind::RecoveryCode)
        .count();
    assert_eq!(codes, 1);
    let locked = desk.home.lookup(desk.vault.id()).unwrap();
    let refused = locked
        .unlock(Unlock::RecoveryCode(sensitive(&text)), desk.clock.clone())
        .unwrap_err();
    assert_eq!(refused.code, Code::WrongKey);
}

#[test]
fn a_new_passphrase_replaces_the_old_one() {
    let desk = Desk::new();
    desk.vault
        .set_passphrase_with(&sensitive("another passphrase"), KdfParams::for_tests())
        .unwrap();
    let locked = desk.home.lookup(desk.vault.id()).unwrap();
    let open = |text: &str| locked.unlock(Unlock::Passphrase(sensitive(text)), desk.clock.clone());
    assert_eq!(open(PASSPHRASE).unwrap_err().code, Code::WrongKey);
    assert!(open("another passphrase").is_ok());
    let short = desk
        .vault
        .set_passphrase_with(&sensitive("short"), KdfParams::for_tests());
    assert_eq!(short.unwrap_err().target, Some(Target::field("passphrase")));
}

#[test]
fn the_last_method_besides_the_keyring_stays() {
    let desk = Desk::new();
    let passphrase = desk
        .vault
        .methods()
        .into_iter()
        .find(|m| m.kind == UnlockKind::Passphrase)
        .unwrap();
    let refused = desk.vault.remove_method(passphrase.slot_id).unwrap_err();
    assert_eq!(refused.code, Code::RecoveryRequired);
    let code = desk.vault.new_recovery_code().unwrap();
    let right = code.ask.map(|at| (at, code.groups[at].to_string()));
    desk.vault.confirm_recovery_code(&right).unwrap();
    desk.vault.remove_method(passphrase.slot_id).unwrap();
    assert_eq!(desk.vault.methods().len(), 1);
}

#[test]
fn nothing_is_saved_before_there_is_a_way_in_besides_the_keyring() {
    let folder = tempfile::TempDir::new().unwrap();
    let home = Home::at(folder.path().join("home"))
        .unwrap()
        .with_keyring(Arc::new(Held::default()));
    let new = NewVault {
        name: "Keyring only".into(),
        kind: VaultKind::Local,
        keyring: true,
        passphrase: None,
        kdf: None,
    };
    let (vault, code) = home.create(&new, desk::TestClock::new()).unwrap();
    let refused = wait(vault.create_secret(&owner(), secret("early", Plaintext::text("v".into()))))
        .unwrap_err();
    assert_eq!(refused.code, Code::RecoveryRequired);
    assert!(!vault.recovery_confirmed());
    let code = code.unwrap();
    let right = code.ask.map(|at| (at, code.groups[at].to_string()));
    vault.confirm_recovery_code(&right).unwrap();
    create(&vault, "early", "v");
    vault.close();
    let again = home
        .lookup(vault.id())
        .unwrap()
        .unlock(Unlock::Keyring, desk::TestClock::new());
    assert_eq!(again.unwrap().secrets_total(), 1);
}

/// Entries in memory: the real keyring has its own test program (`keyring_states`).
#[derive(Default)]
struct Held(std::sync::Mutex<std::collections::HashMap<String, Vec<u8>>>);

impl keyturn_vault::seal::KeyringStore for Held {
    fn get(&self, user: &str) -> Result<Option<Sensitive>, keyturn_vault::seal::KeyringTrouble> {
        Ok(self
            .0
            .lock()
            .unwrap()
            .get(user)
            .map(|bytes| Sensitive::new(bytes.clone())))
    }

    fn set(
        &self,
        user: &str,
        secret: &Sensitive,
    ) -> Result<(), keyturn_vault::seal::KeyringTrouble> {
        self.0
            .lock()
            .unwrap()
            .insert(user.to_owned(), secret.expose().to_vec());
        Ok(())
    }

    fn delete(&self, user: &str) -> Result<(), keyturn_vault::seal::KeyringTrouble> {
        self.0.lock().unwrap().remove(user);
        Ok(())
    }
}

#[test]
fn vaults_are_listed_renamed_and_removed_by_name() {
    let desk = Desk::new();
    desk.home.rename(desk.vault.id(), " Production ").unwrap();
    assert_eq!(desk.home.vaults().unwrap()[0].name, "Production");
    desk.vault.close();
    let refused = desk.home.remove(desk.vault.id(), "production").unwrap_err();
    assert_eq!(refused.target, Some(Target::field("name")));
    desk.home.remove(desk.vault.id(), "Production").unwrap();
    assert!(desk.home.vaults().unwrap().is_empty());
}

#[test]
fn sample_data_opens_by_itself() {
    let desk = Desk::new();
    let new = NewVault {
        name: "Sample data".into(),
        kind: VaultKind::Sample,
        keyring: false,
        passphrase: None,
        kdf: None,
    };
    let (vault, code) = desk.home.create(&new, desk.clock.clone()).unwrap();
    assert!(code.is_none());
    let count = vault.secrets_total();
    assert!(count >= 5);
    vault.close();
    let again = desk
        .home
        .lookup(vault.id())
        .unwrap()
        .unlock(Unlock::Sample, desk.clock.clone());
    assert_eq!(again.unwrap().secrets_total(), count);
}
