//! Making key slots. The caller puts the slot into the header and commits it.

use uuid::Uuid;

use super::kdf;
use super::keyring::{self, KeyringStore, KeyringTrouble};
use super::primitive::{self, Key, random};
use super::slot::derive_from_random;
use super::{KdfError, KdfParams, RecoveryCode, Sensitive, Slot, SlotKind, Vmk};

const SALT_LEN: usize = 16;

/// A slot that the passphrase opens. Takes as long as the parameters say; runs on a thread of its
/// own.
pub fn make_passphrase_slot(
    vmk: &Vmk,
    vault: Uuid,
    passphrase: &Sensitive,
    params: KdfParams,
    now: i64,
) -> Result<Slot, KdfError> {
    let salt = random::<SALT_LEN>().to_vec();
    let keys = kdf::derive(passphrase, &salt, params)?;
    let identity = (Uuid::new_v4(), SlotKind::Passphrase(params), now);
    Ok(Slot {
        confirmed: true,
        ..Slot::wrap(vmk, vault, identity, salt, &keys)
    })
}

/// A slot that a new recovery code opens, and the code, which exists nowhere else. The slot is
/// not confirmed until the person has typed the code back.
pub fn make_recovery_slot(vmk: &Vmk, vault: Uuid, now: i64) -> (Slot, Sensitive) {
    let code = RecoveryCode::make();
    let salt = random::<SALT_LEN>().to_vec();
    let keys = derive_from_random(code.expose(), SlotKind::RecoveryCode, vault, &salt);
    let identity = (Uuid::new_v4(), SlotKind::RecoveryCode, now);
    (Slot::wrap(vmk, vault, identity, salt, &keys), code.text())
}

/// A slot that this machine's keyring opens. The entry is written and read back; if either
/// fails, the entry is removed again and there is no slot.
pub fn make_keyring_slot(
    vmk: &Vmk,
    vault: Uuid,
    store: &dyn KeyringStore,
    now: i64,
) -> Result<Slot, KeyringTrouble> {
    let id = Uuid::new_v4();
    let user = keyring::user(vault, id);
    let secret = Key::make();
    if let Err(trouble) = write_and_read_back(store, &user, &keyring::encode(&secret)) {
        roll_back(store, &user, trouble);
        return Err(trouble);
    }
    let salt = random::<SALT_LEN>().to_vec();
    let keys = derive_from_random(&secret, SlotKind::Keyring, vault, &salt);
    let identity = (id, SlotKind::Keyring, now);
    Ok(Slot {
        confirmed: true,
        ..Slot::wrap(vmk, vault, identity, salt, &keys)
    })
}

/// Removes the entry of a slot that was removed from the header. No entry is no error.
pub fn forget_keyring_slot(
    store: &dyn KeyringStore,
    vault: Uuid,
    slot: Uuid,
) -> Result<(), KeyringTrouble> {
    store.delete(&keyring::user(vault, slot))
}

fn write_and_read_back(
    store: &dyn KeyringStore,
    user: &str,
    entry: &Sensitive,
) -> Result<(), KeyringTrouble> {
    store.set(user, entry)?;
    match store.get(user)? {
        None => Err(KeyringTrouble::NoEntry),
        Some(read) if primitive::same(read.expose(), entry.expose()) => Ok(()),
        Some(_) => Err(KeyringTrouble::ForeignKey),
    }
}

/// A keyring that answers nothing is not asked again: the person waits already, and an entry
/// without a slot opens nothing.
fn roll_back(store: &dyn KeyringStore, user: &str, trouble: KeyringTrouble) {
    match trouble {
        KeyringTrouble::Absent | KeyringTrouble::Locked | KeyringTrouble::TimedOut => {}
        // what cannot be removed opens nothing either; the first trouble is what is reported
        _ => _ = store.delete(user),
    }
}
