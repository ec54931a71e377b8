//! Settings of a vault, sealed in it.

use keyturn_api::{Problem, Result, fields};
use serde::{Deserialize, Serialize};

use crate::{opened::Opened, records::SettingRecord};

/// What a person can set about a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct VaultSettings {
    /// Versions of a secret that keep their value, 2–50.
    pub versions_kept: u32,
}

impl Default for VaultSettings {
    fn default() -> Self {
        Self { versions_kept: 10 }
    }
}

impl VaultSettings {
    /// Name of the setting in the store.
    pub(crate) const NAME: &str = "settings";

    pub(crate) fn check(self) -> Result<()> {
        let most = u32::try_from(fields::VERSIONS).unwrap_or(u32::MAX);
        if (2..=most).contains(&self.versions_kept) {
            return Ok(());
        }
        Err(Problem::field(
            "versions_kept",
            format!("A vault keeps the values of 2 to {most} versions."),
        ))
    }

    /// As the store has them; the defaults where it has none.
    pub(crate) fn load(vault: &Opened) -> Result<Self> {
        let text = read(vault, Self::NAME)?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }
}

/// The setting of a name.
pub(crate) fn read(vault: &Opened, name: &str) -> Result<Option<String>> {
    let row = vault.get(&SettingRecord::key(name))?;
    row.map(|row| SettingRecord::open(vault.keys(), name, &row.value))
        .transpose()
        .map(|record| record.map(|record| record.value))
}
