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
    records::{ConfigurationRecord, CredentialRecord, EngineSecretRecord, SecretText},
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
    let present = record.request::<IamCredentials>()?;
    let elsewhere = patch
        .iam_url
        .as_ref()
        .is_some_and(|url| *url != present.iam_url);
    let engine = present.patched(patch);
    engine.check()?;
    let kept = EngineSecretRecord::read(vault, record.id)?;
    let kept = kept.api_key.as_ref().map_or("", SecretText::as_str);
    let key = patch.api_key.as_ref().map_or(kept, |key| key.as_str());
    iam::check_engine(&engine, &Zeroizing::new(key.to_owned()))?;
    if elsewhere && patch.api_key.is_none() {
        // whoever may change the address may not read the key
        return Err(Problem::field(
            "api_key",
            "Another address is told the API key. Enter the key together with the address.",
        ));
    }
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
        return check_nothing_left(vault);
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

/// Refuses while API keys of secrets that are gone wait for their removal in IAM.
fn check_nothing_left(vault: &Opened) -> Result<()> {
    let left = CredentialRecord::all(vault)?.len();
    if left == 0 {
        return Ok(());
    }
    let keys = if left == 1 {
        "An API key that may still be in IAM needs".to_owned()
    } else {
        format!("{left} API keys that may still be in IAM need")
    };
    Err(Problem::new(
        Code::NotEmpty,
        format!("{keys} this configuration to be removed there. Nothing was changed."),
    )
    .remedy("Wait until they are removed, or try that again in the list of keys."))
}

fn keep(vault: &Opened, record: &ConfigurationRecord, key: &Zeroizing<String>, write: &mut Write) {
    let secret = EngineSecretRecord {
        api_key: Some(SecretText::new(key.to_string())),
        ..EngineSecretRecord::default()
    };
    secret.put(vault.keys(), record.id, write);
}
