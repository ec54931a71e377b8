//! Secrets engines: authorities, templates, signing and revocation.

use std::sync::Arc;

use keyturn_api::configuration::ConfigurationPatch;
use keyturn_api::configuration::action::{ActionOutcome, ConfigurationAction, SigningOptions};
use keyturn_api::{ConfigType, ConfigurationView, NewConfiguration, Problem, Result, Revision};
use tauri::WebviewWindow;

use super::Shared;
use crate::certificates::authority;
use crate::certificates::authority::AuthorityFile;
use crate::files::certificates::{PartInput, certificates_pem, csr_pem};
use crate::files::save::SaveReceipt;

/// Every authority and template.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_configurations(desk: Shared<'_>) -> Result<Vec<ConfigurationView>> {
    desk.instance()?.configurations(desk.owner()).await
}

/// Makes an authority or a template.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_configuration(
    desk: Shared<'_>,
    configuration: NewConfiguration,
) -> Result<ConfigurationView> {
    desk.instance()?
        .create_configuration(desk.owner(), configuration)
        .await
}

/// Changes an authority or a template; a conflict if somebody changed it since it was read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_configuration(
    desk: Shared<'_>,
    config_type: ConfigType,
    name: String,
    patch: ConfigurationPatch,
    revision: Revision,
) -> Result<ConfigurationView> {
    desk.instance()?
        .update_configuration(desk.owner(), config_type, &name, patch, Some(&revision))
        .await
}

/// Deletes an authority or a template; its name must have been typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_configuration(
    desk: Shared<'_>,
    config_type: ConfigType,
    name: String,
    typed_name: String,
    revision: Revision,
) -> Result<()> {
    if typed_name != name {
        let wrong = "This is not the name of the configuration.";
        return Err(Problem::field("typed_name", wrong));
    }
    desk.instance()?
        .delete_configuration(desk.owner(), config_type, &name, Some(&revision))
        .await
}

/// Signs, revokes or rotates an authority, or makes its revocation list anew.
#[tauri::command]
#[specta::specta]
pub(crate) async fn act_on_configuration(
    desk: Shared<'_>,
    config_type: ConfigType,
    name: String,
    action: ConfigurationAction,
) -> Result<ActionOutcome> {
    desk.instance()?
        .configuration_action(desk.owner(), config_type, &name, action)
        .await
}

/// Saves what an authority publishes to a file the person chooses; nothing if they cancel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn download_authority(
    window: WebviewWindow,
    desk: Shared<'_>,
    config_type: ConfigType,
    name: String,
    file: AuthorityFile,
) -> Result<Option<SaveReceipt>> {
    authority::save(&window, Arc::clone(desk.inner()), config_type, &name, file).await
}

/// Takes the certificate of an authority that was signed elsewhere, from a file or text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_signed_certificate(
    desk: Shared<'_>,
    config_type: ConfigType,
    name: String,
    certificate: PartInput,
) -> Result<ActionOutcome> {
    let certificate = certificates_pem(&certificate, &desk.files)?;
    let action = ConfigurationAction::SetSigned { certificate };
    act_on_configuration(desk, config_type, name, action).await
}

/// Signs a request from a file or text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_csr(
    desk: Shared<'_>,
    config_type: ConfigType,
    name: String,
    csr: PartInput,
    options: SigningOptions,
) -> Result<ActionOutcome> {
    let none = || Problem::field("csr", "A certificate signing request is needed.");
    let csr = csr_pem(Some(&csr), &desk.files)?.ok_or_else(none)?;
    let action = ConfigurationAction::SignCsr {
        csr,
        options: Box::new(options),
    };
    act_on_configuration(desk, config_type, name, action).await
}
