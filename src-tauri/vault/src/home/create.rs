//! A new vault: keys, unlock methods, file, in this order, so that a failure leaves nothing.

use std::{fs, os::unix::fs::DirBuilderExt, sync::Arc};

use keyturn_api::{Problem, Result};
use uuid::Uuid;

use super::{Home, VAULTS, about, io, sample, sync_folder};
use crate::{
    Clock, RecoveryCode, Vault, VaultEntry, VaultKind, problem,
    seal::{self, Header, KdfParams, Keys, Sensitive, Vmk},
    unlock::{PendingCode, SAMPLE_PASSPHRASE, check_passphrase},
};

/// What a vault is made from.
#[derive(Debug)]
pub struct NewVault {
    /// 1–64 characters.
    pub name: String,
    /// Local vault or sample data.
    pub kind: VaultKind,
    /// Whether the OS keyring shall unlock it.
    pub keyring: bool,
    /// Whether a passphrase shall.
    pub passphrase: Option<Sensitive>,
    /// What Argon2id is to spend on the passphrase; none: as much as this computer does in about
    /// 0.7 s.
    pub kdf: Option<KdfParams>,
}

impl Home {
    /// Makes a vault and leaves it open. With it comes the recovery code, to be shown once and
    /// confirmed ([`Vault::confirm_recovery_code`]); sample data has none.
    pub fn create(
        &self,
        new: &NewVault,
        clock: Arc<dyn Clock>,
    ) -> Result<(Arc<Vault>, Option<RecoveryCode>)> {
        let name = keyturn_api::fields::check_instance_name(&new.name)?;
        let now = clock.now();
        let seconds = now.millis() / 1000;
        let id = Uuid::new_v4();
        let vmk = Vmk::make();
        let mut header = Header::make(id, seconds);
        let mut pending = None;
        let sample = new.kind == VaultKind::Sample;
        if sample {
            let passphrase = Sensitive::from_string(SAMPLE_PASSPHRASE.to_owned());
            let slot = seal::make_passphrase_slot(&vmk, id, &passphrase, KdfParams::FLOOR, seconds);
            header.slots.push(slot.map_err(problem::kdf)?);
        } else {
            if !new.keyring && new.passphrase.is_none() {
                return Err(
                    Problem::field("passphrase", "Choose how the vault unlocks.")
                        .remedy("Use the keyring of this computer, a passphrase, or both."),
                );
            }
            if let Some(passphrase) = &new.passphrase {
                check_passphrase(passphrase)?;
                let params = new.kdf.unwrap_or_else(KdfParams::calibrated);
                let slot = seal::make_passphrase_slot(&vmk, id, passphrase, params, seconds);
                header.slots.push(slot.map_err(problem::kdf)?);
            }
            let (slot, code) = seal::make_recovery_slot(&vmk, id, seconds);
            pending = Some(PendingCode::new(slot.id, &code));
            header.slots.push(slot);
            if new.keyring {
                let slot = seal::make_keyring_slot(&vmk, id, &*self.keyring, seconds);
                header.slots.push(slot.map_err(problem::keyring)?);
            }
        }
        let count = self.vaults().map_or(0, |vaults| vaults.len());
        let color = u8::try_from(count % 8).unwrap_or(0);
        let entry = VaultEntry {
            id,
            name,
            kind: new.kind,
            color,
            created_at: now,
        };
        let code = pending.as_ref().map(PendingCode::shown);
        let made = self
            .write_vault(&entry, &header, vmk)
            .and_then(|(keys, file)| {
                let keyring = Arc::clone(&self.keyring);
                let vault = Vault::open(entry, keys, file, clock, keyring, pending)?;
                if sample {
                    sample::fill(&vault)?;
                }
                Ok(vault)
            });
        match made {
            Ok(vault) => Ok((vault, code)),
            Err(problem) => {
                self.undo_create(id, &header);
                Err(problem)
            }
        }
    }

    fn write_vault(
        &self,
        entry: &VaultEntry,
        header: &Header,
        vmk: Vmk,
    ) -> Result<(Keys, crate::opened::File)> {
        let folder = self.folder(entry.id);
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .and_then(|()| sync_folder(&self.path.join(VAULTS)))
            .map_err(|error| io(&error))?;
        let (keys, wrapped_dek) = Keys::create(vmk, header);
        let file = crate::opened::create_file(&self.file(entry.id), &keys, header, wrapped_dek)?;
        about::write(&folder, entry)?;
        Ok((keys, file))
    }

    fn undo_create(&self, id: Uuid, header: &Header) {
        for slot in &header.slots {
            if slot.kind == seal::SlotKind::Keyring {
                let _ = seal::forget_keyring_slot(&*self.keyring, id, slot.id);
            }
        }
        let _ = fs::remove_dir_all(self.folder(id));
    }
}
