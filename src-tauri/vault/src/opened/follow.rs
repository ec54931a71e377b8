//! Keeping index, header and settings up to date with what other processes commit.

use std::{
    sync::{
        Arc, PoisonError,
        atomic::Ordering,
        mpsc::{self, RecvTimeoutError},
    },
    time::Duration,
};

use keyturn_api::Result;

use super::{Opened, file::verified_header};
use crate::{
    api_keys::KnownKeys,
    problem,
    records::{ApiKeysRecord, Reads, SecretRecord, SettingRecord},
    settings::VaultSettings,
    store::{Changes, Store},
};

/// How often the store is asked whether another process has written.
const LOOK: Duration = Duration::from_millis(300);

impl Opened {
    /// Applies what was committed since the index was last looked at. Costs microseconds when
    /// nothing was.
    pub(super) fn catch_up(&self) -> Result<()> {
        let generation = self
            .store
            .generation()
            .map_err(|error| problem::store(&error))?;
        if generation == self.memory.applied.load(Ordering::Acquire) {
            return Ok(());
        }
        let _one = self.applying();
        let applied = self.memory.applied.load(Ordering::Acquire);
        if generation <= applied {
            return Ok(());
        }
        match self.store.changes(applied) {
            Ok(Changes::Keys { upto, keys }) => self.apply_keys(upto, &keys)?,
            Ok(Changes::TooOld) => self.reload()?,
            Err(error) => return Err(problem::store(&error)),
        }
        self.memory.changed.send_replace(generation);
        Ok(())
    }

    fn apply_keys(&self, upto: u64, keys: &[(Vec<u8>, bool)]) -> Result<()> {
        self.reload_header()?;
        // Read and opened before the index is locked. What we commit meanwhile ourselves comes
        // later than `upto`, and is applied again at the next look.
        let mut secrets = Vec::new();
        let mut reads = Vec::new();
        for (key, deleted) in keys {
            if let Some(id) = SecretRecord::id_of(key) {
                let row = self.get(key)?.filter(|_| !deleted);
                // One that does not open is not there, as at the start.
                let record =
                    row.and_then(|row| SecretRecord::open(&self.keys, id, &row.value).ok());
                secrets.push((id, record));
            } else if let Some(id) = Reads::id_of(key) {
                let row = self.get(key)?;
                reads.extend(row.and_then(|row| {
                    let reads = Reads::open(&self.keys, id, &row.value).ok()?;
                    Some((id, reads.at()))
                }));
            } else if *key == SettingRecord::key(VaultSettings::NAME) {
                self.reload_settings()?;
            } else if key == ApiKeysRecord::KEY {
                self.reload_api_keys()?;
            }
        }
        let mut index = self
            .memory
            .index
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for (id, record) in secrets {
            match record {
                Some(record) => record.index(id, |entry| index.put(entry)),
                None => index.remove(id),
            }
        }
        for (id, at) in reads {
            index.mark_read(id, at);
        }
        self.memory.applied.store(upto, Ordering::Release);
        Ok(())
    }

    fn reload(&self) -> Result<()> {
        self.reload_header()?;
        let generation = self
            .store
            .generation()
            .map_err(|error| problem::store(&error))?;
        let index = self.load_index()?;
        *self
            .memory
            .index
            .write()
            .unwrap_or_else(PoisonError::into_inner) = index;
        self.reload_settings()?;
        self.reload_api_keys()?;
        self.memory.applied.store(generation, Ordering::Release);
        Ok(())
    }

    fn reload_header(&self) -> Result<()> {
        // Locked before it is read, so that an own change in between is not taken back.
        let mut header = self
            .memory
            .header
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        (_, *header) = verified_header(&self.store, &self.keys)?;
        Ok(())
    }

    pub(super) fn reload_api_keys(&self) -> Result<()> {
        self.memory.know(KnownKeys::load(self)?);
        Ok(())
    }

    /// Watches for other processes until the vault is closed.
    pub(super) fn watch(self: &Arc<Self>) {
        let vault = Arc::downgrade(self);
        let (open, closed) = mpsc::channel::<()>();
        *self.watching.lock().unwrap_or_else(PoisonError::into_inner) = Some(open);
        let look = move || {
            while closed.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                let Some(vault) = vault.upgrade() else { return };
                vault.record_reads();
                // What cannot be read now is looked at again.
                let _ = vault.catch_up();
            }
        };
        // Without the thread, changes of others are seen at the next look at the list.
        let _ = std::thread::Builder::new()
            .name("vault-watch".into())
            .spawn(look);
    }
}
