//! Settings of the program and of the active vault, and how the list of an instance was last seen.

use keyturn_api::{ListSecrets, Result};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::AppHandle;

use super::{Shared, blocking};
use crate::settings::Settings;
use crate::window;

/// Name of the list's state among what is remembered of an instance.
const LIST: &str = "secrets";
/// Name of the tab of **Secrets engines** there.
const ENGINE: &str = "engine";

/// How the list of secrets was last seen.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListState {
    /// Search, filters, order and page.
    pub(crate) query: ListSecrets,
    /// The columns that are shown.
    pub(crate) columns: Vec<String>,
}

/// The tabs of **Secrets engines**.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EngineTab {
    /// Public certificates.
    Public,
    /// Private certificates.
    Private,
    /// IAM credentials.
    IamCredentials,
}

/// What a person can set about the active vault.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct VaultSettings {
    /// Versions of a secret that keep their value, 2 to 50.
    versions_kept: u32,
    /// Days from expiry until a value is erased, 1 to 365.
    grace_days: u32,
}

/// A change of them: what is absent stays, also if somebody else has just changed it.
#[derive(Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VaultSettingsChange {
    versions_kept: Option<u32>,
    grace_days: Option<u32>,
}

/// The settings of this program.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_settings(desk: Shared<'_>) -> Result<Settings> {
    Ok(desk.settings.current())
}

/// Changes the settings of this program.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_settings(
    app: AppHandle,
    desk: Shared<'_>,
    settings: Settings,
) -> Result<Settings> {
    let saved = blocking(&desk, move |desk| desk.settings.change(settings)).await?;
    window::paint(&app, saved.theme);
    Ok(saved)
}

/// The settings of the active vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_vault_settings(desk: Shared<'_>) -> Result<VaultSettings> {
    Ok(desk.vault()?.settings().into())
}

/// Changes the settings of the active vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_vault_settings(
    desk: Shared<'_>,
    change: VaultSettingsChange,
) -> Result<VaultSettings> {
    blocking(&desk, move |desk| {
        let vault = desk.vault()?;
        vault.change_settings(desk.owner(), |known| {
            known.versions_kept = change.versions_kept.unwrap_or(known.versions_kept);
            known.grace_days = change.grace_days.unwrap_or(known.grace_days);
        })?;
        Ok(vault.settings().into())
    })
    .await
}

/// How the list was last seen; nothing if never, or by a program that kept something else.
#[tauri::command]
#[specta::specta]
pub(crate) async fn load_list_state(desk: Shared<'_>) -> Result<Option<ListState>> {
    let state = blocking(&desk, |desk| desk.view_state(LIST)).await?;
    Ok(state.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Remembers how the list is seen; sealed in the vault, for a search says what one looks for.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_list_state(desk: Shared<'_>, state: ListState) -> Result<()> {
    let json = serde_json::to_string(&state).unwrap_or_default();
    blocking(&desk, move |desk| desk.set_view_state(LIST, &json)).await
}

/// Which tab of **Secrets engines** was seen last; nothing if none was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn load_engine_tab(desk: Shared<'_>) -> Result<Option<EngineTab>> {
    let tab = blocking(&desk, |desk| desk.view_state(ENGINE)).await?;
    Ok(tab.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Remembers which tab of **Secrets engines** is seen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_engine_tab(desk: Shared<'_>, tab: EngineTab) -> Result<()> {
    let json = serde_json::to_string(&tab).unwrap_or_default();
    blocking(&desk, move |desk| desk.set_view_state(ENGINE, &json)).await
}

impl From<keyturn_vault::VaultSettings> for VaultSettings {
    fn from(settings: keyturn_vault::VaultSettings) -> Self {
        Self {
            versions_kept: settings.versions_kept,
            grace_days: settings.grace_days,
        }
    }
}
