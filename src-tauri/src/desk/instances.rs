//! Which instances there are, and how one becomes the active one.

use keyturn_api::{Problem, Result, fields};
use keyturn_vault::{Vault, VaultEntry, VaultKind};
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::Desk;
use super::active::{Entry, Open};
use crate::remotes::seen::SeenFile;
use crate::remotes::{Offline, RemoteAddress, RemoteEntry, RemoteKind};

/// Where vaults are.
const HERE: &str = "This computer";

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
    /// That it does not answer, of an open one.
    pub(crate) offline: Option<Offline>,
    /// Whether the person is asked for its API key after each start.
    pub(crate) ask_for_key: bool,
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
    /// Where a remote instance is; nothing for a vault of this computer.
    pub(crate) remote: Option<RemoteAddress>,
    /// That it does not answer.
    pub(crate) offline: Option<Offline>,
}

/// What stands behind an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InstanceKind {
    /// A vault on this computer.
    Local,
    /// A throw-away vault with invented secrets.
    Sample,
    /// Secrets Manager of IBM Cloud.
    IbmCloud,
    /// A Keyturn server.
    KeyturnServer,
    /// Another server that speaks the API.
    OtherServer,
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
    /// A remote instance that is not open.
    Closed,
    /// A remote instance whose API key is to be entered first.
    KeyNeeded,
    /// A remote instance that does not answer.
    Offline,
    /// A remote instance that does not take its API key any more.
    KeyRefused,
}

impl Desk {
    /// Everything the frame shows.
    pub(crate) fn status(&self) -> Result<AppStatus> {
        let vaults = self.home()?.vaults()?;
        let remotes = self.remotes()?.all()?;
        let vaults = vaults.iter().map(|entry| self.row(entry));
        let remotes = remotes.iter().map(|entry| self.remote_row(entry));
        Ok(AppStatus {
            instances: vaults.chain(remotes).collect(),
            active: self.active_instance(),
            product_version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// Renames an instance.
    pub(crate) fn rename(&self, id: Uuid, name: &str) -> Result<()> {
        if self.remote_entry(id)?.is_some() {
            let name = fields::check_instance_name(name)?;
            self.remotes()?.edit(id, |entry| entry.name = name)?;
        } else {
            self.home()?.rename(id, name)?;
        }
        self.read_entry_again(id)
    }

    /// Gives an instance another colour.
    pub(crate) fn set_color(&self, id: Uuid, color: u8) -> Result<()> {
        if self.remote_entry(id)?.is_some() {
            let color = fields::check_color(color)?;
            self.remotes()?.edit(id, |entry| entry.color = color)?;
        } else {
            self.home()?.set_color(id, color)?;
        }
        self.read_entry_again(id)
    }

    /// Removes an instance for good: a vault with everything in it, of a remote instance what this
    /// computer knows of it. It is closed first, unless the name that was typed is wrong.
    pub(crate) fn remove(&self, id: Uuid, typed_name: &str) -> Result<()> {
        let entry = self.entry(id)?;
        self.end_copy();
        let mut is_active = self.is_active(id);
        if is_active && entry.name() == typed_name {
            self.close();
        }
        if entry.is_remote() {
            self.remove_remote(&entry, typed_name)?;
        } else {
            self.home()?.remove(id, typed_name)?;
        }
        is_active |= self.settings.last_instance() == Some(id);
        if is_active {
            self.active().take_if(|active| active.entry.id() == id);
            self.settings.remember_instance(None);
        }
        Ok(())
    }

    fn remove_remote(&self, entry: &Entry, typed_name: &str) -> Result<()> {
        if entry.name() != typed_name {
            return Err(
                Problem::field("name", "This is not the name of the instance.")
                    .remedy("Type the name exactly as it is shown."),
            );
        }
        self.remote_keys
            .forget(self.home()?.keyring(), entry.id())?;
        self.remotes()?.remove(entry.id())?;
        SeenFile::remove(self.home()?.path(), entry.id());
        self.settings.forget_instance(entry.id());
        Ok(())
    }

    /// The active instance, as the page shows it.
    pub(crate) fn active_instance(&self) -> Option<ActiveInstance> {
        let active = self.active();
        let active = active.as_ref()?;
        let (kind, remote) = match &active.entry {
            Entry::Vault(entry) => (entry.kind.into(), None),
            Entry::Remote(entry) => (entry.kind.into(), Some(entry.route.address())),
        };
        Some(ActiveInstance {
            id: active.entry.id().to_string(),
            name: active.entry.name().to_owned(),
            kind,
            unlocked: active.open.is_some(),
            recovery_confirmed: match &active.open {
                Some(Open::Vault(vault)) => vault.recovery_confirmed(),
                _ => true,
            },
            color: active.entry.color(),
            remote,
            offline: match &active.open {
                Some(Open::Remote(remote)) => Offline::of(remote.reach()),
                _ => None,
            },
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
            location: HERE.to_owned(),
            status,
            secrets: open.map(|vault| u32::try_from(vault.secrets_total()).unwrap_or(u32::MAX)),
            attention,
            color: entry.color,
            offline: None,
            ask_for_key: false,
        }
    }

    fn remote_row(&self, entry: &RemoteEntry) -> InstanceRow {
        let open = self.is_active(entry.id);
        let offline = if open { self.offline() } else { None };
        let status = match &offline {
            Some(offline) if offline.is_refusal() => InstanceStatus::KeyRefused,
            Some(_) => InstanceStatus::Offline,
            None if open => InstanceStatus::Active,
            None if self.remote_keys.is_asked_for(entry) => InstanceStatus::KeyNeeded,
            None => InstanceStatus::Closed,
        };
        InstanceRow {
            id: entry.id.to_string(),
            name: entry.name.clone(),
            kind: entry.kind.into(),
            location: entry.route.host(),
            status,
            secrets: entry.secrets_total,
            attention: offline.as_ref().map(|offline| told(&offline.problem)),
            color: entry.color,
            offline,
            ask_for_key: entry.ask_for_key,
        }
    }

    fn is_active(&self, id: Uuid) -> bool {
        let active = self.active();
        active
            .as_ref()
            .is_some_and(|active| active.entry.id() == id)
    }

    /// Shows the active instance as the list has it by now.
    fn read_entry_again(&self, id: Uuid) -> Result<()> {
        let entry = self.entry(id)?;
        let mut active = self.active();
        if let Some(active) = active.as_mut().filter(|active| active.entry.id() == id) {
            active.entry = entry;
        }
        Ok(())
    }

    pub(super) fn entry(&self, id: Uuid) -> Result<Entry> {
        if let Some(remote) = self.remote_entry(id)? {
            return Ok(Entry::Remote(Box::new(remote)));
        }
        let mut entries = self.home()?.vaults()?.into_iter();
        entries
            .find(|entry| entry.id == id)
            .map(Entry::Vault)
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

impl InstanceKind {
    /// Whether it is on another computer.
    pub(super) const fn is_remote(self) -> bool {
        !matches!(self, Self::Local | Self::Sample)
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

impl From<RemoteKind> for InstanceKind {
    fn from(kind: RemoteKind) -> Self {
        match kind {
            RemoteKind::IbmCloud => Self::IbmCloud,
            RemoteKind::KeyturnServer => Self::KeyturnServer,
            RemoteKind::Other => Self::OtherServer,
        }
    }
}
