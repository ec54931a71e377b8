//! Unlocking a vault, and the ways to do it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use keyturn_api::{Code, Problem, Result, Target, Timestamp};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    Clock, Vault, VaultEntry, opened, problem,
    seal::{self, Header, KeyringStore, Sensitive, Slot, SlotKind},
};

/// What opens a sample vault. It guards nothing.
pub(crate) const SAMPLE_PASSPHRASE: &str = "sample data";

/// Shortest passphrase.
pub const PASSPHRASE_CHARS: usize = 10;

/// How a person unlocks.
#[derive(Debug)]
pub enum Unlock {
    /// With the key in the OS keyring.
    Keyring,
    /// With a passphrase.
    Passphrase(Sensitive),
    /// With the recovery code, as it was typed.
    RecoveryCode(Sensitive),
    /// Sample data opens by itself.
    Sample,
}

/// One way to unlock a vault, as its header lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlockMethod {
    /// Names the method when it is removed.
    pub slot_id: Uuid,
    /// What it is.
    pub kind: UnlockKind,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Whether the person has shown to have it.
    pub confirmed: bool,
}

/// Kinds of [`UnlockMethod`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockKind {
    /// OS keyring.
    Keyring,
    /// Passphrase.
    Passphrase,
    /// Recovery code.
    RecoveryCode,
}

impl From<&Slot> for UnlockMethod {
    fn from(slot: &Slot) -> Self {
        let kind = match slot.kind {
            SlotKind::Keyring => UnlockKind::Keyring,
            SlotKind::Passphrase(_) => UnlockKind::Passphrase,
            _ => UnlockKind::RecoveryCode,
        };
        let created_at = Timestamp::from_millis(slot.created.saturating_mul(1000));
        Self {
            slot_id: slot.id,
            kind,
            created_at,
            confirmed: slot.confirmed,
        }
    }
}

/// A vault that is not unlocked: its header was read and nothing else.
pub struct LockedVault {
    entry: VaultEntry,
    header: Header,
    file: PathBuf,
    keyring: Arc<dyn KeyringStore>,
}

impl std::fmt::Debug for LockedVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LockedVault")
            .field("id", &self.entry.id)
            .finish_non_exhaustive()
    }
}

impl LockedVault {
    pub(crate) fn read(
        entry: VaultEntry,
        file: &Path,
        keyring: Arc<dyn KeyringStore>,
    ) -> Result<Self> {
        let header = opened::read_header(file)?;
        if header.vault != entry.id {
            return Err(
                Problem::new(Code::Damaged, "This is the file of another vault.")
                    .remedy("Put the vault's own file back."),
            );
        }
        Ok(Self {
            entry,
            header,
            file: file.to_owned(),
            keyring,
        })
    }

    /// What the page about the vault says.
    pub fn entry(&self) -> &VaultEntry {
        &self.entry
    }

    /// The ways to unlock it.
    pub fn methods(&self) -> Vec<UnlockMethod> {
        self.header.slots.iter().map(UnlockMethod::from).collect()
    }

    /// Unlocks. Takes about half a second with a passphrase, and as long as the person needs
    /// (at most 30 s) if the keyring asks; call it on a thread that may wait.
    pub fn unlock(&self, with: Unlock, clock: Arc<dyn Clock>) -> Result<Arc<Vault>> {
        let vmk = match with {
            Unlock::Keyring => seal::open_vmk_with_keyring(&self.header, &*self.keyring),
            Unlock::Passphrase(passphrase) => {
                seal::open_vmk_with_passphrase(&self.header, &passphrase)
            }
            Unlock::RecoveryCode(code) => seal::open_vmk_with_recovery_code(&self.header, &code),
            Unlock::Sample => seal::open_vmk_with_passphrase(
                &self.header,
                &Sensitive::from_string(SAMPLE_PASSPHRASE.to_owned()),
            ),
        };
        let vmk = vmk.map_err(|error| problem::unlock(&error))?;
        let (keys, file) = opened::open_file(&self.file, vmk)?;
        Vault::open(
            self.entry.clone(),
            keys,
            file,
            clock,
            Arc::clone(&self.keyring),
            None,
        )
    }

    pub(crate) fn forget_keyring(&self) {
        for slot in self
            .header
            .slots
            .iter()
            .filter(|slot| slot.kind == SlotKind::Keyring)
        {
            let _ = seal::forget_keyring_slot(&*self.keyring, self.entry.id, slot.id);
        }
    }
}

/// A passphrase has at least ten characters.
pub(crate) fn check_passphrase(passphrase: &Sensitive) -> Result<()> {
    let count = passphrase
        .expose_str()
        .map_or(0, |text| text.chars().count());
    if count >= PASSPHRASE_CHARS {
        return Ok(());
    }
    Err(Problem::field(
        "passphrase",
        format!("A passphrase has at least {PASSPHRASE_CHARS} characters."),
    )
    .remedy("A few random words are easy to remember and hard to guess."))
}

/// A recovery code, to be shown once.
#[derive(Debug)]
pub struct RecoveryCode {
    /// As it is shown.
    pub groups: Vec<Zeroizing<String>>,
    /// Positions of the groups the person is asked to type.
    pub ask: [usize; 2],
}

/// A recovery code that waits to be confirmed.
pub(crate) struct PendingCode {
    pub(crate) slot: Uuid,
    groups: Vec<Zeroizing<String>>,
    ask: [usize; 2],
}

impl PendingCode {
    pub(crate) fn new(slot: Uuid, code: &Sensitive) -> Self {
        let text = code.expose_str().unwrap_or_default();
        let groups: Vec<_> = text
            .split('-')
            .map(|group| Zeroizing::new(group.to_owned()))
            .collect();
        let random = Uuid::new_v4().as_u128();
        let count = groups.len().max(2) as u128;
        let first = random % count;
        let second = (first + 1 + (random >> 64) % (count - 1)) % count;
        let mut ask = [first, second].map(|at| usize::try_from(at).unwrap_or(0));
        ask.sort_unstable();
        Self { slot, groups, ask }
    }

    pub(crate) fn shown(&self) -> RecoveryCode {
        RecoveryCode {
            groups: self.groups.clone(),
            ask: self.ask,
        }
    }

    /// Whether the person typed the groups that were asked for.
    pub(crate) fn check(&self, answers: &[(usize, String)]) -> Result<()> {
        for at in self.ask {
            let typed = answers
                .iter()
                .find(|(index, _)| *index == at)
                .map(|(_, text)| text);
            let matches =
                typed.is_some_and(|text| text.trim().eq_ignore_ascii_case(&self.groups[at]));
            if !matches {
                return Err(Problem::new(
                    Code::WrongKey,
                    format!("Group {} is not as it was shown.", at + 1),
                )
                .at(Target::field("recovery_code"))
                .remedy("Go back and compare it with what you wrote down."));
            }
        }
        Ok(())
    }
}
