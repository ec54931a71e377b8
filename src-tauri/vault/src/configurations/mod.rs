//! Configurations of secrets engines: one use case a file.

mod action;
pub(crate) mod authority;
mod create;
pub(crate) mod crl;
mod delete;
mod dns_provider;
mod hindrance;
mod iam;
mod list;
pub(crate) mod profile;
pub(crate) mod public_ca;
mod sign;
mod signers;
mod update;

pub(crate) use action::action;
pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use list::{certificates, list, read};
pub(crate) use signers::Signers;
pub(crate) use update::update;

use keyturn_api::{Caller, Code, ConfigType, Problem, Result, Revision, Timestamp};

use crate::{
    opened::{Opened, Write},
    records::{CatalogueRecord, ConfigurationRecord},
};

/// The catalogue as it is, and the revision that a change expects.
pub(crate) fn catalogue(vault: &Opened) -> Result<(CatalogueRecord, Option<u64>)> {
    let Some(row) = vault.get(CatalogueRecord::KEY)? else {
        return Ok((CatalogueRecord::default(), None));
    };
    let catalogue = CatalogueRecord::open(vault.keys(), &row.value)?;
    Ok((catalogue, Some(row.revision)))
}

/// The configuration, or that there is none.
pub(crate) fn find(
    catalogue: &CatalogueRecord,
    config_type: ConfigType,
    name: &str,
) -> Result<ConfigurationRecord> {
    catalogue
        .named(config_type, name)
        .cloned()
        .ok_or_else(|| Problem::not_found(config_type.word()))
}

/// Refuses if the configuration is not as it was when the caller read it.
fn check_revision(record: &ConfigurationRecord, expect: Option<&Revision>) -> Result<()> {
    if expect.is_none_or(|seen| seen.0 == record.revision.to_string()) {
        return Ok(());
    }
    Err(Problem::new(
        Code::Conflict,
        format!(
            "\"{}\" was changed by {} at {}, after you opened it. Nothing was changed.",
            record.name,
            record.updated_by,
            Timestamp::from_millis(record.updated_at)
        ),
    )
    .remedy("Look at the change, then decide again."))
}

/// Puts the whole catalogue, expecting what was read.
fn put(vault: &Opened, catalogue: &CatalogueRecord, revision: Option<u64>, write: &mut Write) {
    write.expect(CatalogueRecord::KEY.to_vec(), revision);
    write.put(CatalogueRecord::KEY.to_vec(), catalogue.seal(vault.keys()));
}

/// Notes a change in a record.
fn touch(record: &mut ConfigurationRecord, caller: &Caller, now: Timestamp) {
    record.updated_at = now.millis();
    record.updated_by.clone_from(&caller.id);
    record.revision += 1;
}
