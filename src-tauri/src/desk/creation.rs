//! Creating a vault, and showing its recovery code once.

use std::sync::Arc;

use keyturn_api::Result;
use keyturn_vault::{NewVault, Sensitive, VaultKind};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Desk;
use super::active::Open;

/// What a vault is made from.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewVaultForm {
    name: String,
    /// A throw-away vault with invented secrets; it needs neither keyring nor passphrase.
    sample: bool,
    /// Whether the operating system's keyring shall keep the key.
    keyring: bool,
    /// Something to unlock it with besides.
    passphrase: Option<String>,
}

/// A vault that was just made.
#[derive(Serialize, Type)]
pub(crate) struct CreatedVault {
    /// UUID.
    pub(crate) id: String,
    /// To be written down; a sample vault has none.
    pub(crate) recovery: Option<RecoveryCode>,
}

/// A recovery code, shown once.
#[derive(Serialize, Type)]
pub(crate) struct RecoveryCode {
    /// The code, group by group.
    pub(crate) groups: Vec<String>,
    /// Indices of the two groups that are to be typed again.
    pub(crate) ask: Vec<u32>,
}

impl Desk {
    /// Creates a vault and makes it the active one.
    pub(crate) fn create(&self, form: NewVaultForm) -> Result<CreatedVault> {
        let new = NewVault {
            name: form.name,
            kind: if form.sample {
                VaultKind::Sample
            } else {
                VaultKind::Local
            },
            keyring: form.keyring,
            passphrase: form.passphrase.map(Sensitive::from_string),
            kdf: None,
        };
        let turn = self.turn();
        let (vault, code) = self.home()?.create(&new, Arc::clone(&self.clock))?;
        let id = vault.id();
        // Locked meanwhile, it stays closed, and is unlocked from the resource list.
        self.put_in_turn(turn, self.entry(id)?, Open::Vault(vault));
        Ok(CreatedVault {
            id: id.to_string(),
            recovery: code.map(RecoveryCode::from),
        })
    }
}

impl From<keyturn_vault::RecoveryCode> for RecoveryCode {
    fn from(code: keyturn_vault::RecoveryCode) -> Self {
        let index = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            groups: code.groups.iter().map(|group| group.to_string()).collect(),
            ask: code.ask.map(index).to_vec(),
        }
    }
}
