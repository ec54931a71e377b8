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
    /// Days from expiry until a value is erased, 1–365.
    pub grace_days: u32,
}

impl Default for VaultSettings {
    fn default() -> Self {
        Self {
            versions_kept: 10,
            grace_days: 30,
        }
    }
}

impl VaultSettings {
    /// Name of the setting in the store.
    pub(crate) const NAME: &str = "settings";

    pub(crate) fn check(self) -> Result<()> {
        let most = u32::try_from(fields::VERSIONS).unwrap_or(u32::MAX);
        if !(2..=most).contains(&self.versions_kept) {
            return Err(Problem::field(
                "versions_kept",
                format!("A vault keeps the values of 2 to {most} versions."),
            ));
        }
        if !(1..=365).contains(&self.grace_days) {
            return Err(Problem::field(
                "grace_days",
                "Expired values are kept for 1 to 365 days.",
            ));
        }
        Ok(())
    }

    /// As the store has them, with the revision of the record; the defaults where it has none.
    pub(crate) fn load_with_revision(vault: &Opened) -> Result<(Self, Option<u64>)> {
        let Some(row) = vault.get(&SettingRecord::key(Self::NAME))? else {
            return Ok((Self::default(), None));
        };
        let settings = SettingRecord::open(vault.keys(), Self::NAME, &row.value)
            .ok()
            .and_then(|record| serde_json::from_str(&record.value).ok())
            .unwrap_or(Self::KEEPING_ALL);
        Ok((settings, Some(row.revision)))
    }

    /// What holds where the settings are there but cannot be read: nothing is thrown away.
    const KEEPING_ALL: Self = Self {
        versions_kept: 50,
        grace_days: 365,
    };
}

/// The setting of a name.
pub(crate) fn read(vault: &Opened, name: &str) -> Result<Option<String>> {
    let row = vault.get(&SettingRecord::key(name))?;
    row.map(|row| SettingRecord::open(vault.keys(), name, &row.value))
        .transpose()
        .map(|record| record.map(|record| record.value))
}
