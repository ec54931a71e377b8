//! Secrets: the list, one secret, and what can be done to it besides rotation.

use keyturn_api::{
    ListSecrets, Page, PolicyOutlook, Problem, Result, Revision, SecretView, parse_metadata,
};

use super::Shared;
use super::fields_to_check::FieldsToCheck;
use super::secret_forms::{NewSecretForm, SecretEdit};

/// A page of the list.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_secrets(desk: Shared<'_>, query: ListSecrets) -> Result<Page<SecretView>> {
    let page = desk.instance()?.list_secrets(desk.owner(), &query).await?;
    let items = page.items.into_iter().map(|view| desk.as_reached(view));
    Ok(Page {
        items: items.collect(),
        ..page
    })
}

/// Every label in use.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_labels(desk: Shared<'_>) -> Result<Vec<String>> {
    desk.instance()?.labels(desk.owner()).await
}

/// How many secrets are due for rotation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn overdue_total(desk: Shared<'_>) -> Result<u32> {
    desk.instance()?.overdue_total(desk.owner()).await
}

/// What a change of policy, reminder or expiration date would do.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_policy(
    desk: Shared<'_>,
    id: String,
    edit: SecretEdit,
) -> Result<PolicyOutlook> {
    let patch = edit.parse()?;
    let instance = desk.instance()?;
    instance.policy_outlook(desk.owner(), &id, &patch).await
}

/// One secret, without its value.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_secret(desk: Shared<'_>, id: String) -> Result<SecretView> {
    let view = desk.instance()?.secret_metadata(desk.owner(), &id).await?;
    Ok(desk.as_reached(view))
}

/// What is wrong with fields as they are typed; nothing when they are fine.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_fields(fields: FieldsToCheck) -> Result<Vec<Problem>> {
    Ok(fields.problems())
}

/// Refuses custom metadata that is no JSON object, with line and column.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_metadata(field: String, text: String) -> Result<()> {
    parse_metadata(&field, &text).map(drop)
}

/// Creates a secret with its first version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_secret(desk: Shared<'_>, form: NewSecretForm) -> Result<SecretView> {
    let instance = desk.instance()?;
    let tokens = form.tokens();
    let secret = instance
        .create_secret(desk.owner(), form.parse(&desk.files)?)
        .await?;
    desk.files.discard(&tokens);
    Ok(secret.view)
}

/// Changes metadata; what the edit does not name stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_secret(
    desk: Shared<'_>,
    id: String,
    edit: SecretEdit,
    revision: Revision,
) -> Result<SecretView> {
    let patch = edit.parse()?;
    desk.instance()?
        .update_secret(desk.owner(), &id, patch, Some(&revision))
        .await
}

/// Deletes a secret with all its versions; its name must have been typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_secret(
    desk: Shared<'_>,
    id: String,
    typed_name: String,
    revision: Revision,
) -> Result<()> {
    let instance = desk.instance()?;
    let secret = instance.secret_metadata(desk.owner(), &id).await?;
    if typed_name != secret.metadata.name {
        return Err(Problem::field(
            "typed_name",
            "This is not the name of the secret.",
        ));
    }
    instance
        .delete_secret(desk.owner(), &id, Some(&revision))
        .await
}
