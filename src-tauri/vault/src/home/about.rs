//! The page about a vault: what can be shown while it is locked. Never anything of its secrets.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use keyturn_api::{Problem, Result, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::io;

/// A vault of the data folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultEntry {
    /// The vault.
    pub id: Uuid,
    /// What the person calls it.
    pub name: String,
    /// What it is for.
    pub kind: VaultKind,
    /// Mark, 0–7.
    pub color: u8,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a vault is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VaultKind {
    /// Kept.
    Local,
    /// Sample data, to look around and throw away.
    Sample,
}

const FILE: &str = "about.json";

/// What is known of the vault in a folder. A page that is lost or cannot be read must not hide the
/// vault: it then goes by its id until somebody renames it.
pub(super) fn read(folder: &Path) -> Result<VaultEntry> {
    let id = folder
        .file_name()
        .and_then(|name| Uuid::try_parse(name.to_str()?).ok())
        .ok_or_else(|| Problem::not_found("vault"))?;
    let page = fs::read(folder.join(FILE))
        .ok()
        .and_then(|text| serde_json::from_slice::<VaultEntry>(&text).ok())
        .filter(|entry| entry.id == id);
    match page {
        Some(entry) => Ok(entry),
        None if folder.join(super::VAULT).exists() => Ok(VaultEntry {
            id,
            name: format!("Vault {}", &id.simple().to_string()[..8]),
            kind: VaultKind::Local,
            color: 0,
            created_at: Timestamp::EPOCH,
        }),
        None => Err(Problem::not_found("vault")),
    }
}

/// Writes the page wholly or not at all.
pub(super) fn write(folder: &Path, entry: &VaultEntry) -> Result<()> {
    let text = serde_json::to_vec_pretty(entry).unwrap_or_default();
    let new = folder.join(format!("{FILE}.new"));
    let put = || {
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&new, folder.join(FILE))?;
        fs::File::open(folder)?.sync_all()
    };
    put().map_err(|error| io(&error))
}
