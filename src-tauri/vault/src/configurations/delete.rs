//! `delete_configuration`: what depends on it stays, and says from then on what is missing. Only the
//! configuration of IAM credentials stays while there are any.

use keyturn_api::{Action, Caller, ConfigType, Result, Revision, SecretType};
use uuid::Uuid;

use super::{authority, catalogue, check_revision, find, iam, put};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{CatalogueRecord, ConfigurationRecord, CrlRecord, EngineSecretRecord, authority_key},
};

pub(crate) async fn delete(
    vault: &Opened,
    caller: &Caller,
    config_type: ConfigType,
    name: &str,
    expect: Option<&Revision>,
) -> Result<()> {
    caller.may(Action::ConfigurationDelete)?;
    loop {
        let (mut catalogue, revision) = catalogue(vault)?;
        let record = find(&catalogue, config_type, name)?;
        check_revision(&record, expect)?;
        if config_type == ConfigType::IamCredentials {
            iam::check_unused(vault)?;
        }
        keep_chain_below(&mut catalogue, &record);
        catalogue.configurations.retain(|one| one.id != record.id);
        let id = Uuid::from_bytes(record.id);
        let mut write = Write::new(Entry::new(
            Action::ConfigurationDelete,
            caller,
            id,
            vault.now(),
        ));
        for generation in record.generations().filter(|_| record.is_authority()) {
            write.delete(authority_key(generation.key_id));
            write.delete(CrlRecord::key(generation.key_id));
        }
        if config_type.secret_type() != SecretType::PrivateCert {
            EngineSecretRecord::delete(record.id, &mut write);
        }
        put(vault, &catalogue, revision, &mut write);
        match vault.write(write).await {
            Ok(_) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// What an authority signed goes on without it, so the certificates above stay with that, and that one
/// of them was revoked.
fn keep_chain_below(catalogue: &mut CatalogueRecord, gone: &ConfigurationRecord) {
    let mut chain: Vec<String> = gone.certificate.iter().cloned().collect();
    chain.extend(authority::chain(catalogue, gone));
    let revoked = authority::revoked_above(catalogue, gone);
    let revoked = match gone.revoked_at {
        Some(_) => Some(gone.name.clone()),
        None => revoked.map(ToOwned::to_owned),
    };
    for below in &mut catalogue.configurations {
        if below.signed_by == Some(gone.id) {
            below.chain = Some(chain.clone());
            below.revoked_above.clone_from(&revoked);
        }
    }
}
