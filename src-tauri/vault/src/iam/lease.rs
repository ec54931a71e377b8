//! Reading where no value is kept: each reading makes a key of its own, which is removed after its time.

use super::make::{Asked, confirm, give_up, make};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{Reads, SecretRecord},
    rotation::iam_credentials::Kept,
    secrets::Found,
    versions::{check_active, load, record_read},
};
use keyturn_api::{
    Action, Caller, Code, Problem, Result, Revision, Timestamp, Version, lock,
    secret::{Payload, iam_credentials},
};

/// A key for one reader, as the current version of the secret.
pub(crate) async fn lease(
    vault: &Opened,
    caller: &Caller,
    found: &Found,
    action: Action,
) -> Result<(Version, Reads)> {
    let record = &found.record;
    check_active(record, vault.now())?;
    if record.locks_total() > 0 {
        return Err(lock::locked().remedy(
            "Reading these credentials makes a new API key, so remove the locks of the secret first.",
        ));
    }
    vault.require_recovery()?;
    let current = record
        .current()
        .ok_or_else(|| Problem::not_found("version"))?;
    let located = load(vault, found.id, current)?;
    let kept = Kept::read(record)?;
    let asked = Asked {
        secret: found.id,
        name: &record.name,
        kept: &kept,
        caller,
    };
    let mut made = make(vault, asked).await?;
    let value = made.value.take();
    let outcome = async {
        let value = value.ok_or_else(|| Problem::new(Code::Io, "IAM gave no API key."))?;
        let entry = Entry::of_schedule("iam-credentials.lease", caller, found.id, vault.now());
        let mut write = Write::new(entry);
        // not of a secret that was deleted or locked meanwhile
        write.expect(SecretRecord::key(found.id), Some(found.revision));
        confirm(vault, &made, &mut write);
        vault.write(write).await.map_err(WriteError::into_problem)?;
        let reads = record_read(vault, caller, found, current.number, action).await?;
        Ok::<_, Problem>((value, reads))
    };
    let (value, reads) = match outcome.await {
        Ok(done) => done,
        Err(problem) => {
            give_up(vault, made).await;
            return Err(problem);
        }
    };
    let mut view = located.view(found.id, record, &reads, vault.now());
    view.metadata.api_key_id = Some(made.entry.api_key_id.clone());
    view.metadata.service_id = Some(made.entry.service_id.clone());
    view.metadata.expiration_date = Some(Timestamp::from_millis(made.entry.expires_at));
    let version = Version {
        view,
        payload: Some(Payload::IamCredentials(iam_credentials::Payload {
            api_key: value,
        })),
        revision: Revision(found.revision.to_string()),
    };
    Ok((version, reads))
}
