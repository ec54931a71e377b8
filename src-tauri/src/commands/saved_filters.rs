//! Filters of the list that were given a name.

use keyturn_api::{ListSecrets, Problem, Result, fields};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Shared, blocking};

/// Name of the filters among what is remembered of an instance.
const FILTERS: &str = "filters";

/// Search and filters under a name.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedFilter {
    /// 1–64 characters, unique.
    name: String,
    /// Search, filters and order.
    query: ListSecrets,
}

/// The filters that were given a name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn load_saved_filters(desk: Shared<'_>) -> Result<Vec<SavedFilter>> {
    let saved = blocking(&desk, |desk| desk.view_state(FILTERS)).await?;
    Ok(saved
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default())
}

/// Keeps filters under their names; sealed in the vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_saved_filters(desk: Shared<'_>, filters: Vec<SavedFilter>) -> Result<()> {
    check_filters(&filters)?;
    let json = serde_json::to_string(&filters).unwrap_or_default();
    blocking(&desk, move |desk| desk.set_view_state(FILTERS, &json)).await
}

fn check_filters(filters: &[SavedFilter]) -> Result<()> {
    let refused = |message: &str| Err(Problem::field("name", message));
    if filters.len() > 50 {
        return refused("At most 50 filters can be saved.");
    }
    for (index, filter) in filters.iter().enumerate() {
        if !(1..=64).contains(&filter.name.chars().count()) {
            return refused("The name of a filter has 1 to 64 characters.");
        }
        if filters[..index]
            .iter()
            .any(|other| other.name == filter.name)
        {
            return refused("A filter of this name is saved already.");
        }
        fields::check_visible("name", &filter.name)?;
        filter.query.check()?;
    }
    Ok(())
}
