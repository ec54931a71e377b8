//! What the page can ask for, one file per part of the window. Each command parses, calls once and
//! returns; no rule about secrets stands here.
//!
//! **Invariant:** no command takes a path or a window's label, and an address only to look at the
//! certificate that a server shows, or to connect to an instance. A command that is not named in
//! `capabilities/main.json` and `permissions/commands.toml` is refused before it gets here.

pub(crate) mod api_access;
pub(crate) mod batch;
pub(crate) mod certificates;
pub(crate) mod compare;
pub(crate) mod configurations;
pub(crate) mod connections;
pub(crate) mod copies;
pub(crate) mod fields_to_check;
pub(crate) mod files;
pub(crate) mod frame;
pub(crate) mod groups;
pub(crate) mod locks;
pub(crate) mod orders;
pub(crate) mod palette;
pub(crate) mod passwords;
pub(crate) mod private_certs;
pub(crate) mod removals;
pub(crate) mod rotation_forms;
pub(crate) mod saved_filters;
pub(crate) mod secret_forms;
pub(crate) mod secrets;
pub(crate) mod settings;
pub(crate) mod unlock;
pub(crate) mod values;
pub(crate) mod versions;

use std::sync::Arc;

use keyturn_api::{Code, Problem, Result};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// The state every command gets.
pub(crate) type Shared<'a> = State<'a, Arc<Desk>>;

/// Runs what may wait (key derivation, the keyring, files) away from the threads that answer.
pub(crate) async fn blocking<T, F>(desk: &Shared<'_>, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Arc<Desk>) -> Result<T> + Send + 'static,
{
    let desk = Arc::clone(desk.inner());
    tauri::async_runtime::spawn_blocking(move || work(&desk))
        .await
        .unwrap_or_else(|_| {
            Err(
                Problem::new(Code::Io, "Keyturn could not finish this; nothing was lost.")
                    .remedy("Try again. If it keeps failing, close and reopen Keyturn."),
            )
        })
}

/// Reads an id the page sends back.
pub(crate) fn parse_id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Problem::field("id", "This is not an id."))
}
