//! Creating, unlocking and locking a vault, and the ways to unlock it.

use keyturn_api::Result;
use keyturn_vault::Sensitive;
use serde::Deserialize;
use specta::Type;
use tauri::AppHandle;

use super::{Shared, blocking, parse_id};
use crate::desk::creation::{CreatedVault, NewVaultForm, RecoveryCode};
use crate::desk::instances::ActiveInstance;
use crate::desk::methods::{UnlockKind, UnlockMethods};

/// A group of the recovery code as it was typed again.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecoveryAnswer {
    /// Which group, from 0.
    pub(crate) index: u32,
    /// What was typed.
    pub(crate) text: String,
}

/// Creates a vault and makes it the active one. With `sample` it holds invented secrets and has no
/// recovery code.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_vault(desk: Shared<'_>, form: NewVaultForm) -> Result<CreatedVault> {
    blocking(&desk, move |desk| desk.create(form)).await
}

/// Confirms the recovery code by some of its groups.
#[tauri::command]
#[specta::specta]
pub(crate) async fn confirm_recovery_code(
    desk: Shared<'_>,
    answers: Vec<RecoveryAnswer>,
) -> Result<()> {
    let answers: Vec<_> = answers
        .into_iter()
        .map(|answer| (answer.index as usize, answer.text))
        .collect();
    blocking(&desk, move |desk| {
        desk.vault()?.confirm_recovery_code(&answers)
    })
    .await
}

/// Makes a recovery code that replaces the present one as soon as it is confirmed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn new_recovery_code(desk: Shared<'_>) -> Result<RecoveryCode> {
    blocking(&desk, |desk| desk.vault()?.new_recovery_code())
        .await
        .map(RecoveryCode::from)
}

/// How the vault can be unlocked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock_methods(desk: Shared<'_>, id: String) -> Result<UnlockMethods> {
    let id = parse_id(&id)?;
    blocking(&desk, move |desk| desk.unlock_methods(id)).await
}

/// Unlocks a vault and makes it the active one. Passphrase and recovery code take their time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock_vault(
    desk: Shared<'_>,
    id: String,
    method: UnlockKind,
    secret: Option<String>,
) -> Result<ActiveInstance> {
    let (id, with) = (parse_id(&id)?, method.with(secret.unwrap_or_default()));
    blocking(&desk, move |desk| desk.unlock(id, with)).await
}

/// Locks the active vault; this page ends and a new one begins.
#[tauri::command]
#[specta::specta]
pub(crate) async fn lock_vault(app: AppHandle, desk: Shared<'_>) -> Result<()> {
    blocking(&desk, move |_| {
        crate::lock::lock(&app);
        Ok(())
    })
    .await
}

/// Puts the key into the operating system's keyring.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_keyring(desk: Shared<'_>) -> Result<()> {
    blocking(&desk, |desk| desk.add_keyring()).await
}

/// Sets the passphrase, or another one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_passphrase(desk: Shared<'_>, passphrase: String) -> Result<()> {
    let passphrase = Sensitive::from_string(passphrase);
    blocking(&desk, move |desk| desk.vault()?.set_passphrase(&passphrase)).await
}

/// Removes a way to unlock; refused for the last that works without the keyring.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_unlock_method(desk: Shared<'_>, slot_id: String) -> Result<()> {
    let slot = parse_id(&slot_id)?;
    blocking(&desk, move |desk| desk.remove_method(slot)).await
}
