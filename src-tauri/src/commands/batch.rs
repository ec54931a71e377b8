//! What is done to several selected secrets at once.

use std::sync::Arc;

use keyturn_api::{Code, Problem, Result, Revision, SecretView};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::WebviewWindow;

use super::Shared;
use crate::files::archive::{ArchiveReceipt, save_values};

/// A secret as the person saw it.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct Selected {
    id: String,
    revision: Revision,
}

/// What became of several deletions.
#[derive(Serialize, Type)]
pub(crate) struct DeletionReceipt {
    /// How many are gone.
    deleted: u32,
    /// Those that are still there, and why.
    kept: Vec<Kept>,
}

/// A secret that was not deleted.
#[derive(Serialize, Type)]
pub(crate) struct Kept {
    id: String,
    problem: Problem,
}

/// What has to be typed before several secrets go.
const CONFIRMATION: &str = "delete";

/// Secrets by their ids; one that is not there any more is left out.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_secrets(desk: Shared<'_>, ids: Vec<String>) -> Result<Vec<SecretView>> {
    let instance = desk.instance()?;
    let mut secrets = Vec::with_capacity(ids.len());
    for id in ids {
        match instance.secret_metadata(desk.owner(), &id).await {
            Ok(secret) => secrets.push(secret),
            Err(problem) if problem.code == Code::NotFound => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(secrets)
}

/// Deletes several secrets, each for itself: one that is locked or was changed does not keep the
/// others.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_secrets(
    desk: Shared<'_>,
    secrets: Vec<Selected>,
    typed: String,
) -> Result<DeletionReceipt> {
    if typed != CONFIRMATION {
        let problem = format!("Type the word {CONFIRMATION} to go on.");
        return Err(Problem::field("typed", problem));
    }
    let instance = desk.instance()?;
    let mut receipt = DeletionReceipt {
        deleted: 0,
        kept: Vec::new(),
    };
    for Selected { id, revision } in secrets {
        match instance
            .delete_secret(desk.owner(), &id, Some(&revision))
            .await
        {
            Ok(()) => receipt.deleted += 1,
            Err(problem) => receipt.kept.push(Kept { id, problem }),
        }
    }
    Ok(receipt)
}

/// Saves the current values of several secrets into one archive; nothing if the person cancels.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_secrets(
    window: WebviewWindow,
    desk: Shared<'_>,
    ids: Vec<String>,
) -> Result<Option<ArchiveReceipt>> {
    save_values(&window, Arc::clone(desk.inner()), ids).await
}
