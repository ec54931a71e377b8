//! Remote instances: testing a connection, connecting, and another API key. The key comes once and
//! is never sent back.

use keyturn_api::Result;

use super::{Shared, blocking, parse_id};
use crate::desk::instances::ActiveInstance;
use crate::remotes::ConnectionReport;
use crate::remotes::form::{ConnectionForm, KeyForm};

/// Asks what stands behind an address and what the key may do there. Nothing is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_connection(
    desk: Shared<'_>,
    form: ConnectionForm,
) -> Result<ConnectionReport> {
    let new = form.parse(&desk.files, false)?;
    let found = desk.probe(new.route.remote(new.api_key)?).await?;
    Ok(ConnectionReport::from(&found))
}

/// Connects to an instance that answers, and makes it the active one. Its key goes into the keyring.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connect_instance(
    desk: Shared<'_>,
    form: ConnectionForm,
) -> Result<ActiveInstance> {
    let tokens = form.tokens();
    let new = form.parse(&desk.files, true)?;
    let found = desk.probe(new.route.remote(new.api_key.clone())?).await?;
    let active = blocking(&desk, move |desk| desk.connect(new, &found)).await?;
    desk.files.discard(&tokens);
    Ok(active)
}

/// Gives a known instance another key, if it takes that, and makes it the active one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reconnect_instance(
    desk: Shared<'_>,
    id: String,
    form: KeyForm,
) -> Result<ActiveInstance> {
    let id = parse_id(&id)?;
    desk.probe(desk.remote_with(id, &form)?).await?;
    blocking(&desk, move |desk| desk.replace_key(id, &form)).await
}

/// Ends a test of a connection, or connecting, if the instance did not answer yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_connection(desk: Shared<'_>) -> Result<()> {
    desk.give_up_connecting();
    Ok(())
}

/// Asks the active instance once more, if it did not answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_connection(desk: Shared<'_>) -> Result<()> {
    desk.retry_connection().await
}
