//! What keeps an authority from being revoked or rotated.

use keyturn_api::{Code, Problem, Result, Timestamp};

use super::authority::check_signs;
use crate::records::{CatalogueRecord, ConfigurationRecord};

/// The authority that signed this one, if that can revoke it.
pub(super) fn check_revocable<'a>(
    catalogue: &'a CatalogueRecord,
    record: &ConfigurationRecord,
) -> Result<&'a ConfigurationRecord> {
    let parent = parent(catalogue, record, "revoked")?;
    if record.revoked_at.is_some() {
        return Err(Problem::new(
            Code::WrongState,
            "The certificate of this authority was revoked before.",
        ));
    }
    Ok(parent)
}

/// The authority that signed this one, if that can give it another key.
pub(super) fn check_rotatable<'a>(
    catalogue: &'a CatalogueRecord,
    record: &ConfigurationRecord,
    now: Timestamp,
) -> Result<&'a ConfigurationRecord> {
    let parent = parent(catalogue, record, "rotated")?;
    check_signs(catalogue, &parent.name, now)?;
    let signs = |one: &ConfigurationRecord| one.signed_by == Some(record.id);
    if catalogue.configurations.iter().any(signs) {
        return Err(Problem::new(
            Code::WrongState,
            "This authority has signed other authorities; it cannot be rotated in place.",
        )
        .remedy("Create another authority, and move what is below this one."));
    }
    Ok(parent)
}

fn parent<'a>(
    catalogue: &'a CatalogueRecord,
    record: &ConfigurationRecord,
    done: &str,
) -> Result<&'a ConfigurationRecord> {
    let Some(id) = record.signed_by else {
        return Err(Problem::new(
            Code::WrongState,
            format!("Only an authority that was signed within this instance can be {done} here."),
        )
        .remedy("Ask whoever signed it."));
    };
    catalogue.by_id(id).ok_or_else(|| {
        Problem::new(
            Code::WrongState,
            format!("The authority that signed this one was deleted, so it cannot be {done}."),
        )
        .remedy("Create another authority, and move what is below this one.")
    })
}
