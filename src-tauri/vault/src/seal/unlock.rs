//! From what a person or the keyring has to the master key.

use super::kdf::{self, KdfError};
use super::keyring::{self, KeyringStore, KeyringTrouble};
use super::slot::{Opened, derive_from_random};
use super::{Header, RecoveryCode, RecoveryCodeError, Sensitive, Slot, SlotKind, Vmk};

/// Why a slot did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnlockError {
    /// The vault has no slot of this kind.
    #[error("this vault cannot be unlocked in this way")]
    NoSuchSlot,
    /// Another passphrase, or a damaged slot: told apart, the answer would help to guess.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A well-formed code of something else, or a damaged slot.
    #[error("the recovery code is not the one of this vault")]
    WrongRecoveryCode,
    /// Not a recovery code as it was shown.
    #[error(transparent)]
    Mistyped(#[from] RecoveryCodeError),
    /// The keyring did not give the key.
    #[error(transparent)]
    Keyring(#[from] KeyringTrouble),
    /// The keyring gave the right key, but the slot was changed.
    #[error("the keyring slot of the vault is damaged")]
    DamagedSlot,
    /// The parameters in the file were refused, or there is no memory.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

/// Tries the passphrase on each passphrase slot. Each try takes as long as the slot says (about
/// half a second), cannot be interrupted, and waits for its turn; parameters out of bounds are
/// refused at once.
pub fn open_vmk_with_passphrase(
    header: &Header,
    passphrase: &Sensitive,
) -> Result<Vmk, UnlockError> {
    let mut outcome = UnlockError::NoSuchSlot;
    for slot in &header.slots {
        let SlotKind::Passphrase(params) = slot.kind else {
            continue;
        };
        match kdf::derive(passphrase, &slot.salt, params) {
            Ok(keys) => match slot.unwrap(header.vault, &keys) {
                Opened::Vmk(vmk) => return Ok(vmk),
                Opened::AnotherKey | Opened::Damaged => outcome = UnlockError::WrongPassphrase,
            },
            Err(refused) if outcome == UnlockError::NoSuchSlot => outcome = refused.into(),
            Err(_) => {}
        }
    }
    Err(outcome)
}

/// Opens with the recovery code as it was typed.
pub fn open_vmk_with_recovery_code(header: &Header, code: &Sensitive) -> Result<Vmk, UnlockError> {
    let code = RecoveryCode::parse(code)?;
    let mut outcome = UnlockError::NoSuchSlot;
    for slot in header
        .slots
        .iter()
        .filter(|slot| slot.kind == SlotKind::RecoveryCode)
    {
        let keys = derive_from_random(code.expose(), slot.kind, header.vault, &slot.salt);
        match slot.unwrap(header.vault, &keys) {
            Opened::Vmk(vmk) => return Ok(vmk),
            Opened::AnotherKey | Opened::Damaged => outcome = UnlockError::WrongRecoveryCode,
        }
    }
    Err(outcome)
}

/// Opens with what the keyring holds. A vault that was used on two machines has a keyring slot
/// of each, so an entry that is missing for one slot does not end the search.
///
/// Nothing is ever written to the keyring here: whatever it answers, no new key is made.
pub fn open_vmk_with_keyring(
    header: &Header,
    store: &dyn KeyringStore,
) -> Result<Vmk, UnlockError> {
    let mut outcome = UnlockError::NoSuchSlot;
    for slot in header
        .slots
        .iter()
        .filter(|slot| slot.kind == SlotKind::Keyring)
    {
        match open_with_entry(header, slot, store) {
            Ok(vmk) => return Ok(vmk),
            Err(
                trouble @ UnlockError::Keyring(
                    KeyringTrouble::Absent | KeyringTrouble::Locked | KeyringTrouble::TimedOut,
                ),
            ) => return Err(trouble),
            // what is there and does not fit says more than what is not there
            Err(trouble) if trouble != UnlockError::Keyring(KeyringTrouble::NoEntry) => {
                outcome = trouble;
            }
            Err(missing) if outcome == UnlockError::NoSuchSlot => outcome = missing,
            Err(_) => {}
        }
    }
    Err(outcome)
}

fn open_with_entry(
    header: &Header,
    slot: &Slot,
    store: &dyn KeyringStore,
) -> Result<Vmk, UnlockError> {
    let entry = store.get(&keyring::user(header.vault, slot.id))?;
    let entry = entry.ok_or(KeyringTrouble::NoEntry)?;
    let secret = keyring::decode(&entry).ok_or(KeyringTrouble::ForeignKey)?;
    let keys = derive_from_random(&secret, slot.kind, header.vault, &slot.salt);
    match slot.unwrap(header.vault, &keys) {
        Opened::Vmk(vmk) => Ok(vmk),
        Opened::AnotherKey => Err(KeyringTrouble::ForeignKey.into()),
        Opened::Damaged => Err(UnlockError::DamagedSlot),
    }
}
