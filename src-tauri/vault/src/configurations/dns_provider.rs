//! DNS providers that set the records of an order by themselves: dynamic updates (RFC 2136).

use keyturn_api::{
    Result,
    configuration::{
        ConfigurationDetail,
        dns::{NewRfc2136, Rfc2136, Rfc2136Patch},
    },
};

use super::create::json;
use crate::{
    opened::{Opened, Write},
    records::{ConfigurationRecord, EngineSecretRecord, SecretText},
};

/// Takes over what a new provider is to be.
pub(super) fn rfc2136(
    vault: &Opened,
    new: &NewRfc2136,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) {
    record.request = json(&new.server);
    keep(vault, record, &new.tsig_secret, write);
}

/// Applies a patch.
pub(super) fn patch(
    vault: &Opened,
    patch: &Rfc2136Patch,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    patch.check()?;
    let server = record.request::<Rfc2136>()?.patched(patch);
    server.check()?;
    record.request = json(&server);
    if let Some(secret) = &patch.tsig_secret {
        keep(vault, record, secret, write);
    }
    Ok(())
}

/// What faces see of a provider.
pub(super) fn view(record: &ConfigurationRecord) -> Result<ConfigurationDetail> {
    Ok(ConfigurationDetail::Rfc2136(Box::new(record.request()?)))
}

fn keep(vault: &Opened, record: &ConfigurationRecord, secret: &str, write: &mut Write) {
    let secret = EngineSecretRecord {
        tsig_secret: Some(SecretText::new(secret.trim().to_owned())),
        ..EngineSecretRecord::default()
    };
    secret.put(vault.keys(), record.id, write);
}
