//! The data folder: one folder for each vault, with the vault's file and a page about it that can
//! be read while the vault is locked.
//!
//! ```text
//! {home}/vaults/{uuid}/vault.keyturn   the vault (SQLite)
//! {home}/vaults/{uuid}/about.json      name, kind, colour
//! ```

mod about;
mod create;
mod sample;

pub use about::{VaultEntry, VaultKind};
pub use create::NewVault;

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use keyturn_api::{Code, Problem, Result, Target, fields};
use uuid::Uuid;

use crate::{
    LockedVault,
    seal::{KeyringStore, OsKeyring},
};

/// File of a vault, in its folder.
const VAULT: &str = "vault.keyturn";
/// Folder of the vaults' folders.
const VAULTS: &str = "vaults";

/// The data folder of one person.
#[derive(Clone)]
pub struct Home {
    path: PathBuf,
    keyring: Arc<dyn KeyringStore>,
}

impl std::fmt::Debug for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Home")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Home {
    /// `KEYTURN_HOME`, or `keyturn` in the platform's data folder.
    pub fn locate() -> Result<Self> {
        if let Some(path) = std::env::var_os("KEYTURN_HOME").filter(|path| !path.is_empty()) {
            return Self::at(PathBuf::from(path));
        }
        let base = directories::BaseDirs::new().ok_or_else(|| {
            Problem::new(Code::Io, "This system does not tell where to keep data.")
                .remedy("Set KEYTURN_HOME to a folder of your own.")
        })?;
        Self::at(base.data_local_dir().join("keyturn"))
    }

    /// A data folder of choice, made if it is not there.
    pub fn at(path: PathBuf) -> Result<Self> {
        make_private(&path)?;
        make_private(&path.join(VAULTS))?;
        Ok(Self {
            path,
            keyring: Arc::new(OsKeyring::new()),
        })
    }

    /// With another keyring than the operating system's.
    #[must_use]
    pub fn with_keyring(mut self, keyring: Arc<dyn KeyringStore>) -> Self {
        self.keyring = keyring;
        self
    }

    /// The keyring that keeps keys.
    pub fn keyring(&self) -> &dyn KeyringStore {
        &*self.keyring
    }

    /// The data folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All vaults, oldest first. A folder without a vault's file is passed over.
    pub fn vaults(&self) -> Result<Vec<VaultEntry>> {
        let folders = fs::read_dir(self.path.join(VAULTS)).map_err(|error| io(&error))?;
        let mut vaults: Vec<VaultEntry> = folders
            .flatten()
            .filter_map(|folder| about::read(&folder.path()).ok())
            .collect();
        vaults.sort_by_key(|vault| (vault.created_at, vault.id));
        Ok(vaults)
    }

    /// A vault, to be unlocked.
    pub fn lookup(&self, id: Uuid) -> Result<LockedVault> {
        let entry = self.entry(id)?;
        LockedVault::read(entry, &self.file(id), Arc::clone(&self.keyring))
    }

    /// Gives a vault another name.
    pub fn rename(&self, id: Uuid, name: &str) -> Result<()> {
        let name = fields::check_instance_name(name)?;
        let entry = self.entry(id)?;
        about::write(&self.folder(id), &VaultEntry { name, ..entry })
    }

    /// Gives a vault another mark, 0–7.
    pub fn set_color(&self, id: Uuid, color: u8) -> Result<()> {
        let color = fields::check_color(color)?;
        let entry = self.entry(id)?;
        about::write(&self.folder(id), &VaultEntry { color, ..entry })
    }

    /// Deletes a vault's folder for good; its name must be typed.
    pub fn remove(&self, id: Uuid, typed_name: &str) -> Result<()> {
        let entry = self.entry(id)?;
        if typed_name != entry.name {
            return Err(Problem::field("name", "This is not the name of the vault.")
                .remedy("Type the name exactly as it is shown."));
        }
        if let Ok(locked) = self.lookup(id) {
            locked.forget_keyring();
        }
        fs::remove_dir_all(self.folder(id)).map_err(|error| io(&error))
    }

    fn entry(&self, id: Uuid) -> Result<VaultEntry> {
        about::read(&self.folder(id)).map_err(|_| Problem::not_found("vault"))
    }

    fn folder(&self, id: Uuid) -> PathBuf {
        self.path.join(VAULTS).join(id.hyphenated().to_string())
    }

    fn file(&self, id: Uuid) -> PathBuf {
        self.folder(id).join(VAULT)
    }
}

/// A folder that only its owner may enter. Made if it is missing; one that is there and open to
/// others is narrowed if nothing but Keyturn's lies in it, and refused otherwise: it may be shared
/// on purpose.
fn make_private(path: &Path) -> Result<()> {
    if !path.exists() {
        let mut builder = fs::DirBuilder::new();
        let made = builder.recursive(true).mode(0o700).create(path);
        // Durable, before what is put into it is said to be.
        return made
            .and_then(|()| sync_folder(path.parent().unwrap_or(path)))
            .map_err(|error| io(&error));
    }
    let seen = fs::metadata(path).map_err(|error| io(&error))?;
    if seen.uid() != rustix::process::geteuid().as_raw() {
        return Err(refused("The data folder belongs to somebody else."));
    }
    let others = seen.permissions().mode() & 0o077;
    if others == 0 {
        return Ok(());
    }
    let empty = || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    let ours = path.ends_with(VAULTS) || path.join(VAULTS).is_dir();
    if !ours && !empty() {
        return Err(refused(
            "The data folder is open to other users, and other things lie in it.",
        ));
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(|error| io(&error))
}

fn refused(message: &str) -> Problem {
    Problem::new(Code::Permissions, message)
        .at(Target::parameter("KEYTURN_HOME"))
        .remedy("Let KEYTURN_HOME name a folder of your own that only Keyturn uses.")
}

/// Makes sure that what was made in a folder is there after a loss of power.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// A failure of the file system, without the path.
pub(crate) fn io(error: &std::io::Error) -> Problem {
    let (code, message) = match error.kind() {
        std::io::ErrorKind::StorageFull => (Code::DiskFull, "No space is left on the disk."),
        std::io::ErrorKind::PermissionDenied => (
            Code::Permissions,
            "The data folder may not be read or written.",
        ),
        std::io::ErrorKind::ReadOnlyFilesystem => (
            Code::ReadOnly,
            "The data folder can be read but not written.",
        ),
        _ => (Code::Io, "The data folder could not be read or written."),
    };
    Problem::new(code, message)
        .at(Target::parameter("KEYTURN_HOME"))
        .remedy("Check the folder that Keyturn keeps its data in, then try again.")
}
