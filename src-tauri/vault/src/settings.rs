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
    /// Whether a window in which the vault is open serves it to programs on its computer.
    pub api_access: bool,
    /// The port at which it does.
    pub api_port: u16,
}

impl Default for VaultSettings {
    fn default() -> Self {
        Self {
            versions_kept: 10,
            grace_days: 30,
            api_access: false,
            api_port: API_PORT,
        }
    }
}

/// The port of the HTTP API, unless another one is chosen.
const API_PORT: u16 = 8200;
/// Ports below are the system's own.
const LEAST_PORT: u16 = 1024;

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
        if self.api_port < LEAST_PORT {
            return Err(Problem::field(
                "api_port",
                format!("A port is {LEAST_PORT} to {}.", u16::MAX),
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

    /// What holds where the settings are there but cannot be read: nothing is thrown away, and no
    /// program let in.
    const KEEPING_ALL: Self = Self {
        versions_kept: 50,
        grace_days: 365,
        api_access: false,
        api_port: API_PORT,
    };
}

/// The setting of a name.
pub(crate) fn read(vault: &Opened, name: &str) -> Result<Option<String>> {
    let row = vault.get(&SettingRecord::key(name))?;
    row.map(|row| SettingRecord::open(vault.keys(), name, &row.value))
        .transpose()
        .map(|record| record.map(|record| record.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_an_earlier_program_let_no_program_in() {
        let earlier = r#"{"versions_kept":20,"grace_days":7}"#;
        let settings: VaultSettings = serde_json::from_str(earlier).unwrap();
        assert_eq!((settings.versions_kept, settings.grace_days), (20, 7));
        assert!(!settings.api_access);
        assert_eq!(settings.api_port, API_PORT);
    }

    #[test]
    fn ports_of_the_system_are_refused() {
        let at = |api_port| VaultSettings {
            api_port,
            ..VaultSettings::default()
        };
        let problem = at(1023).check().unwrap_err();
        assert_eq!(problem.target.unwrap().name, "api_port");
        assert!(at(1024).check().is_ok());
        assert!(at(u16::MAX).check().is_ok());
    }
}
