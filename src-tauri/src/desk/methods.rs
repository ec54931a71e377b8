//! The ways to unlock a vault, as the page shows them.

use keyturn_api::{Problem, Result, Timestamp};
use keyturn_vault::{Sensitive, Unlock, UnlockKind as SlotKind, UnlockMethod, VaultKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

use super::Desk;

/// How a vault is unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UnlockKind {
    /// The operating system keeps the key.
    Keyring,
    /// Something a person knows.
    Passphrase,
    /// Something a person wrote down.
    RecoveryCode,
}

/// One way to unlock a vault.
#[derive(Debug, Serialize, Type)]
pub(crate) struct UnlockMethodRow {
    /// UUID of the key slot.
    pub(crate) slot_id: String,
    /// What it takes.
    pub(crate) kind: UnlockKind,
    /// When it was added.
    pub(crate) created_at: Timestamp,
    /// A recovery code counts once it was typed again.
    pub(crate) confirmed: bool,
}

/// The ways to unlock a vault, and what is wrong with its keyring.
#[derive(Debug, Serialize, Type)]
pub(crate) struct UnlockMethods {
    /// Whether the keyring is one of them.
    pub(crate) keyring: bool,
    /// Whether a passphrase is one of them.
    pub(crate) passphrase: bool,
    /// Whether a recovery code is one of them.
    pub(crate) recovery_code: bool,
    /// Why the keyring did not unlock this vault when it was last asked.
    pub(crate) keyring_problem: Option<Problem>,
    /// Each of them.
    pub(crate) methods: Vec<UnlockMethodRow>,
}

impl UnlockKind {
    /// What unlocks a vault this way.
    pub(crate) fn with(self, secret: String) -> Unlock {
        match self {
            Self::Keyring => Unlock::Keyring,
            Self::Passphrase => Unlock::Passphrase(Sensitive::from_string(secret)),
            Self::RecoveryCode => Unlock::RecoveryCode(Sensitive::from_string(secret)),
        }
    }
}

impl From<UnlockMethod> for UnlockMethodRow {
    fn from(method: UnlockMethod) -> Self {
        Self {
            slot_id: method.slot_id.to_string(),
            kind: match method.kind {
                SlotKind::Keyring => UnlockKind::Keyring,
                SlotKind::Passphrase => UnlockKind::Passphrase,
                SlotKind::RecoveryCode => UnlockKind::RecoveryCode,
            },
            created_at: method.created_at,
            confirmed: method.confirmed,
        }
    }
}

impl Desk {
    /// Lets the keyring unlock the open vault, too; mends an entry that was lost.
    pub(crate) fn add_keyring(&self) -> Result<()> {
        let vault = self.vault()?;
        vault.add_keyring()?;
        self.note_keyring(vault.id(), None);
        Ok(())
    }

    /// Removes a way to unlock the open vault.
    pub(crate) fn remove_method(&self, slot: Uuid) -> Result<()> {
        let vault = self.vault()?;
        vault.remove_method(slot)?;
        let methods = vault.methods();
        if !methods
            .iter()
            .any(|method| method.kind == SlotKind::Keyring)
        {
            self.note_keyring(vault.id(), None);
        }
        Ok(())
    }

    /// How a vault can be unlocked, open or not.
    pub(crate) fn unlock_methods(&self, id: Uuid) -> Result<UnlockMethods> {
        let locked = self.home()?.lookup(id)?;
        let methods: Vec<_> = match locked.entry().kind {
            VaultKind::Local => locked
                .methods()
                .into_iter()
                .map(UnlockMethodRow::from)
                .collect(),
            VaultKind::Sample => Vec::new(), // it guards nothing and opens by itself
        };
        let has = |kind| methods.iter().any(|method| method.kind == kind);
        Ok(UnlockMethods {
            keyring: has(UnlockKind::Keyring),
            passphrase: has(UnlockKind::Passphrase),
            recovery_code: has(UnlockKind::RecoveryCode),
            keyring_problem: self.keyring_problem(id),
            methods,
        })
    }
}
