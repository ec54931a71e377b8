//! How IAM credentials are made: an API key, and where IAM is.

use keyturn_api::{
    Caller, Code, ListSecrets, Problem, Result, SecretType,
    configuration::{
        ConfigurationDetail,
        iam::{IamCredentials, IamCredentialsPatch, NewIamCredentials},
    },
};
use zeroize::Zeroizing;

use super::create::json;
use crate::{
    iam,
    opened::{Opened, Write},
    records::{ConfigurationRecord, EngineSecretRecord, SecretText},
    secrets,
};

/// Takes over what a new configuration is to be.
pub(super) fn engine(
    vault: &Opened,
    new: &NewIamCredentials,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    iam::check_engine(&new.engine, &new.api_key)?;
    record.request = json(&new.engine);
    keep(vault, record, &new.api_key, write);
    Ok(())
}

/// Applies a patch.
pub(super) fn patch(
    vault: &Opened,
    patch: &IamCredentialsPatch,
    record: &mut ConfigurationRecord,
    write: &mut Write,
) -> Result<()> {
    patch.check()?;
    let engine = record.request::<IamCredentials>()?.patched(patch);
    engine.check()?;
    let kept = EngineSecretRecord::read(vault, record.id)?;
    let kept = kept.api_key.as_ref().map_or("", SecretText::as_str);
    let key = patch.api_key.as_ref().map_or(kept, |key| key.as_str());
    iam::check_engine(&engine, &Zeroizing::new(key.to_owned()))?;
    record.request = json(&engine);
    if let Some(key) = &patch.api_key {
        keep(vault, record, key, write);
    }
    Ok(())
}

/// What faces see of it.
pub(super) fn view(record: &ConfigurationRecord) -> Result<ConfigurationDetail> {
    Ok(ConfigurationDetail::IamCredentials(Box::new(
        record.request()?,
    )))
}

/// Refuses to let the key go while secrets need it: nobody else can remove their API keys in IAM.
pub(super) fn check_unused(vault: &Opened) -> Result<()> {
    let query = ListSecrets {
        secret_types: vec![SecretType::IamCredentials],
        limit: 1,
        ..ListSecrets::default()
    };
    let count = secrets::list(vault, &Caller::schedule(), &query)?.total_count;
    if count == 0 {
        return Ok(());
    }
    let secrets = if count == 1 {
        "An IAM credentials secret needs".to_owned()
    } else {
        format!("{count} IAM credentials secrets need")
    };
    Err(Problem::new(
        Code::NotEmpty,
        format!(
            "{secrets} this configuration to have API keys removed in IAM. Nothing was changed."
        ),
    )
    .remedy("Delete them first."))
}

fn keep(vault: &Opened, record: &ConfigurationRecord, key: &Zeroizing<String>, write: &mut Write) {
    let secret = EngineSecretRecord {
        api_key: Some(SecretText::new(key.to_string())),
        ..EngineSecretRecord::default()
    };
    secret.put(vault.keys(), record.id, write);
}
