//! The first key of a new secret.

use keyturn_api::{Caller, NewSecret, Result, secret::iam_credentials::New};
use keyturn_iam::Error;
use uuid::Uuid;

use super::{
    engine::{self, problem},
    make::{Asked, Credential, make},
};
use crate::{
    audit::Entry,
    groups,
    opened::{Opened, Write},
    records::name_key,
    rotation::iam_credentials::Kept,
    secrets::name_taken,
};

/// Refuses, before IAM is asked, what could not be stored afterwards.
pub(crate) fn check_creation(vault: &Opened, caller: &Caller, new: &NewSecret) -> Result<()> {
    if !caller.reaches(&new.secret_group_id) {
        return Err(groups::unknown());
    }
    let scratch = Entry::of_vault("iam-credentials.check", vault.id(), vault.now());
    groups::join(vault, &new.secret_group_id, &mut Write::new(scratch))?;
    let claim = name_key(vault.keys(), new.detail.secret_type(), &new.name);
    match vault.get(&claim)? {
        Some(_) => Err(name_taken(&new.name)),
        None => Ok(()),
    }
}

/// The key a new secret starts with; none for one whose readers each get their own, if IAM knows what
/// it is to be made from.
pub(crate) async fn first<'a>(
    vault: &'a Opened,
    caller: &Caller,
    secret: Uuid,
    name: &str,
    new: &New,
) -> Result<Option<Credential<'a>>> {
    let kept = Kept::new(new);
    if new.reuse_api_key {
        let asked = Asked {
            secret,
            name,
            kept: &kept,
            caller,
        };
        return make(vault, asked).await.map(Some);
    }
    let engine = engine::open(vault, true)?;
    engine.account_id(vault, new.account_id.as_deref()).await?;
    let account = &engine.account;
    let refused = |field| {
        move |error: Error| {
            problem(
                &error,
                "IAM does not give what the API keys are to be made from. Nothing was stored.",
                Some(field),
            )
        }
    };
    if let Some(id) = &new.service_id {
        account
            .service_id(id)
            .await
            .map_err(refused("service_id"))?;
    }
    for group in new.access_groups.iter().flatten() {
        let found = account.check_group(group).await;
        found.map_err(refused("access_groups"))?;
    }
    Ok(None)
}
