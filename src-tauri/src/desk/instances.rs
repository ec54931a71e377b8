//! Which instances there are, and how one becomes the active one.

use keyturn_api::{Problem, Result};
use keyturn_vault::{Vault, VaultEntry, VaultKind};
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::Desk;

/// What the frame shows.
#[derive(Debug, Serialize, Type)]
pub(crate) struct AppStatus {
    /// Every instance of this computer.
    pub(crate) instances: Vec<InstanceRow>,
    /// The one in use; none at first start.
    pub(crate) active: Option<ActiveInstance>,
    /// Version of this program.
    pub(crate) product_version: String,
}

/// One row of the resource list.
#[derive(Debug, Serialize, Type)]
pub(crate) struct InstanceRow {
    /// UUID.
    pub(crate) id: String,
    /// Name the person gave it.
    pub(crate) name: String,
    /// What stands behind it.
    pub(crate) kind: InstanceKind,
    /// Where it is.
    pub(crate) location: String,
    /// Whether it can be used.
    pub(crate) status: InstanceStatus,
    /// Number of secrets, as far as it is known.
    pub(crate) secrets: Option<u32>,
    /// What needs a person.
    pub(crate) attention: Option<String>,
    /// Number of its colour, 0 to 7.
    pub(crate) color: u8,
}

/// The instance in use.
#[derive(Debug, Serialize, Type)]
pub(crate) struct ActiveInstance {
    /// UUID.
    pub(crate) id: String,
    /// Name the person gave it.
    pub(crate) name: String,
    /// What stands behind it.
    pub(crate) kind: InstanceKind,
    /// Whether it is open; otherwise the Unlock screen comes first.
    pub(crate) unlocked: bool,
    /// Whether the recovery code was typed again; true where there is none to type.
    pub(crate) recovery_confirmed: bool,
    /// Number of its colour, 0 to 7.
    pub(crate) color: u8,
}

/// What stands behind an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InstanceKind {
    /// A vault on this computer.
    Local,
    /// A throw-away vault with invented secrets.
    Sample,
}

/// Whether an instance can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InstanceStatus {
    /// Open.
    Active,
    /// To be unlocked.
    Locked,
    /// Its file cannot be read.
    Unavailable,
}

impl Desk {
    /// Everything the frame shows.
    pub(crate) fn status(&self) -> Result<AppStatus> {
        let entries = self.home()?.vaults()?;
        Ok(AppStatus {
            instances: entries.iter().map(|entry| self.row(entry)).collect(),
            active: self.active_instance(),
            product_version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// Renames an instance.
    pub(crate) fn rename(&self, id: Uuid, name: &str) -> Result<()> {
        self.home()?.rename(id, name)?;
        let entry = self.entry(id)?;
        if let Some(active) = self
            .active()
            .as_mut()
            .filter(|active| active.entry.id == id)
        {
            active.entry = entry;
        }
        Ok(())
    }

    /// Removes an instance for good. It is closed first, unless the name that was typed is wrong.
    pub(crate) fn remove(&self, id: Uuid, typed_name: &str) -> Result<()> {
        let entry = self.entry(id)?;
        let is_active = self
            .active()
            .as_ref()
            .is_some_and(|active| active.entry.id == id);
        if is_active && entry.name == typed_name {
            self.close();
        }
        self.home()?.remove(id, typed_name)?;
        if is_active {
            self.active().take();
            self.settings.remember_instance(None);
        }
        Ok(())
    }

    /// The active instance, as the page shows it.
    pub(crate) fn active_instance(&self) -> Option<ActiveInstance> {
        let active = self.active();
        active.as_ref().map(|active| ActiveInstance {
            id: active.entry.id.to_string(),
            name: active.entry.name.clone(),
            kind: active.entry.kind.into(),
            unlocked: active.vault.is_some(),
            recovery_confirmed: active
                .vault
                .as_ref()
                .is_none_or(|vault| vault.recovery_confirmed()),
            color: active.entry.color,
        })
    }

    fn row(&self, entry: &VaultEntry) -> InstanceRow {
        let open = self.vault().ok().filter(|vault| vault.id() == entry.id);
        let (status, attention) = match &open {
            Some(vault) => (InstanceStatus::Active, attention(vault)),
            None => match self.home().and_then(|home| home.lookup(entry.id)) {
                Ok(_) => (InstanceStatus::Locked, None),
                Err(problem) => (InstanceStatus::Unavailable, Some(told(&problem))),
            },
        };
        InstanceRow {
            id: entry.id.to_string(),
            name: entry.name.clone(),
            kind: entry.kind.into(),
            location: "This computer".to_owned(),
            status,
            secrets: open.map(|vault| u32::try_from(vault.secrets_total()).unwrap_or(u32::MAX)),
            attention,
            color: entry.color,
        }
    }

    pub(super) fn entry(&self, id: Uuid) -> Result<VaultEntry> {
        let mut entries = self.home()?.vaults()?.into_iter();
        entries
            .find(|entry| entry.id == id)
            .ok_or_else(|| Problem::not_found("instance"))
    }
}

/// What an open vault needs a person for.
fn attention(vault: &Vault) -> Option<String> {
    match vault.unreadable_total() {
        0 if vault.recovery_confirmed() => None,
        0 => Some("The recovery code is not confirmed yet.".to_owned()),
        1 => Some("One secret cannot be read: its record is damaged.".to_owned()),
        count => Some(format!(
            "{count} secrets cannot be read: their records are damaged."
        )),
    }
}

fn told(problem: &Problem) -> String {
    let remedy = problem.remedy.as_deref().unwrap_or_default();
    format!("{} {remedy}", problem.message)
        .trim_end()
        .to_owned()
}

impl ActiveInstance {
    /// Whether this is the instance `id`, and open.
    pub(super) fn is_open(&self, id: Uuid) -> bool {
        self.unlocked && self.id == id.to_string()
    }
}

impl From<VaultKind> for InstanceKind {
    fn from(kind: VaultKind) -> Self {
        match kind {
            VaultKind::Local => Self::Local,
            VaultKind::Sample => Self::Sample,
        }
    }
}
