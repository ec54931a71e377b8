//! The instance that secrets are copied to: open beside the active one while somebody copies.
//!
//! **Invariant:** there is one at most, and it is closed when the copying ends or the active instance
//! is closed or replaced. Nothing runs for it: no schedule, no orders, no server.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyturn_api::{Code, Problem, Result};
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::Desk;
use super::active::{Entry, Open};
use super::instances::{InstanceKind, InstanceRow, InstanceStatus};
use super::opening::by_itself;

/// Why a vault cannot be opened beside another.
const NEEDS_A_PERSON: &str =
    "Only its passphrase opens it. Unlock it once and let the keyring unlock it from then on.";
/// Why a remote instance cannot.
const NEEDS_ITS_KEY: &str = "Its API key is asked for each time. Open it once and come back.";

/// An instance that can be copied to.
#[derive(Debug, Serialize, Type)]
pub(crate) struct CopyTarget {
    /// UUID.
    pub(crate) id: String,
    /// Name the person gave it.
    pub(crate) name: String,
    /// What stands behind it.
    pub(crate) kind: InstanceKind,
    /// Where it is.
    pub(crate) location: String,
    /// Number of its colour, 0 to 7.
    pub(crate) color: u8,
    /// Why it cannot be; absent: it can.
    pub(crate) hindrance: Option<String>,
}

/// What is open beside the active instance.
#[derive(Default)]
pub(super) struct Beside {
    target: Mutex<Option<Target>>,
    /// Copies this program left unfinished: where, and the secret.
    parts: Mutex<HashSet<(Uuid, String)>>,
}

/// An instance that is copied to.
#[derive(Clone)]
pub(crate) struct Target {
    pub(super) id: Uuid,
    pub(super) open: Open,
    pub(super) is_keyturn: bool,
    pub(super) cancelled: Arc<AtomicBool>,
}

impl Beside {
    /// Closes what is open, and ends what is being copied there.
    pub(super) fn close(&self) {
        if let Some(target) = self.target().take() {
            target.cancelled.store(true, Ordering::Release);
            target.open.close();
        }
    }

    pub(super) fn target(&self) -> MutexGuard<'_, Option<Target>> {
        self.target.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn parts(&self) -> MutexGuard<'_, HashSet<(Uuid, String)>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Every instance but the active one, with what keeps it from being copied to.
    pub(crate) fn copy_targets(&self) -> Result<Vec<CopyTarget>> {
        let status = self.status()?;
        let active = status.active.map(|active| active.id);
        let others = status.instances.into_iter();
        let others = others.filter(|row| active.as_ref() != Some(&row.id));
        Ok(others.map(|row| self.copy_target(row)).collect())
    }

    fn copy_target(&self, row: InstanceRow) -> CopyTarget {
        let hindrance = match row.status {
            InstanceStatus::Unavailable => row.attention,
            InstanceStatus::KeyNeeded => Some(NEEDS_ITS_KEY.to_owned()),
            _ if row.kind.is_remote() => None,
            _ => self
                .needs_a_person(&row.id)
                .then(|| NEEDS_A_PERSON.to_owned()),
        };
        CopyTarget {
            id: row.id,
            name: row.name,
            kind: row.kind,
            location: row.location,
            color: row.color,
            hindrance,
        }
    }

    fn needs_a_person(&self, id: &str) -> bool {
        let Ok(id) = Uuid::try_parse(id) else {
            return true;
        };
        let locked = self.home().and_then(|home| home.lookup(id));
        locked.map_or(true, |locked| by_itself(&locked).is_none())
    }

    /// Opens an instance to copy to, unless it is open beside the active one already. May wait for
    /// the keyring.
    pub(crate) fn open_target(&self, id: Uuid) -> Result<Target> {
        if let Some(open) = self.beside.target().clone().filter(|open| open.id == id) {
            return Ok(open);
        }
        if self
            .active()
            .as_ref()
            .is_some_and(|active| active.entry.id() == id)
        {
            return Err(Problem::field(
                "target",
                "The secret is in this instance already.",
            ));
        }
        let turn = self.turn();
        let entry = self.entry(id)?;
        let target = Target {
            id,
            open: self.open_for_copies(&entry)?,
            is_keyturn: entry.is_keyturn(),
            cancelled: Arc::default(),
        };
        let active = self.active();
        if self.turn() != turn {
            drop(active);
            target.open.close();
            return Err(super::locked());
        }
        let before = self.beside.target().replace(target.clone());
        drop(active);
        if let Some(before) = before {
            before.cancelled.store(true, Ordering::Release);
            before.open.close();
        }
        Ok(target)
    }

    fn open_for_copies(&self, entry: &Entry) -> Result<Open> {
        let home = self.home()?;
        match entry {
            Entry::Remote(entry) => {
                let key = self.remote_keys.find(home.keyring(), entry)?;
                entry.route.remote(key).map(Open::Remote)
            }
            Entry::Vault(entry) => {
                let locked = home.lookup(entry.id)?;
                let with = by_itself(&locked)
                    .ok_or_else(|| Problem::new(Code::VaultLocked, NEEDS_A_PERSON))?;
                let vault = locked.unlock(with, Arc::clone(&self.clock))?;
                Ok(Open::Vault(vault))
            }
        }
    }
}
