//! What a person sees of an order, and what they can tell it.

use keyturn_api::{
    Action, Caller, Code, Problem, Result, Timestamp,
    secret::public_cert::{MANUAL, OrderStage, OrderView},
};
use uuid::Uuid;

use super::{
    begin::find_ground,
    failure::Failure,
    order::{put_issuance, put_secret},
    workers::claim,
};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{AuthorizationRecord, OrderRecord, Outcome},
    secrets,
};

/// The order of a secret; none before the first.
pub(crate) fn view(vault: &Opened, caller: &Caller, id: Uuid) -> Result<Option<OrderView>> {
    caller.may(Action::SecretMetadataRead)?;
    secrets::find(vault, caller, id)?;
    let Some((order, _)) = OrderRecord::read(vault, id)? else {
        return Ok(None);
    };
    Ok(Some(OrderView {
        stage: stage(&order),
        challenges: order.challenges(),
        expires: order.lapses().map(Timestamp::from_millis),
        trouble: order.trouble.clone(),
        next_try: order
            .next_try
            .filter(|_| order.trouble.is_some())
            .map(Timestamp::from_millis),
        former: order.former.iter().map(AuthorizationRecord::view).collect(),
        caa_identities: order.caa_identities.clone(),
        rotate_keys: order.rotate_keys,
        version_custom_metadata: order
            .version_custom_metadata
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok()),
        account_url: find_ground(vault, &order.ca, MANUAL)
            .ok()
            .and_then(|ground| ground.ca.account_url),
    }))
}

fn stage(order: &OrderRecord) -> OrderStage {
    match order.outcome() {
        Outcome::Issued => OrderStage::Issued,
        Outcome::Failed => OrderStage::Failed,
        Outcome::UnderWay if order.authorizations.is_empty() => OrderStage::Placing,
        Outcome::UnderWay if order.is_proven() => OrderStage::Issuing,
        Outcome::UnderWay if order.validate_at.is_some() => OrderStage::Validating,
        Outcome::UnderWay if order.is_manual() => OrderStage::AwaitingRecords,
        Outcome::UnderWay => OrderStage::SettingRecords,
    }
}

/// `public_cert_action_validate_dns_challenge`.
pub(crate) async fn validate(vault: &Opened, caller: &Caller, id: Uuid) -> Result<()> {
    caller.may(Action::SecretActionCreate)?;
    change(vault, caller, id, "order.validate", |order, now| {
        let none = |message: &str, remedy: &str| {
            Err(Problem::new(Code::WrongState, message).remedy(remedy))
        };
        if !order.is_manual() {
            return none(
                "The DNS provider of this certificate sets its records, and they are validated by \
                 themselves.",
                "Wait for the order, or look at its state in Details.",
            );
        }
        match stage(order) {
            OrderStage::Placing => none(
                "The order is still being placed.",
                "Wait until its challenges are there.",
            ),
            OrderStage::AwaitingRecords => {
                order.validate_at = Some(now.millis());
                order.next_try = None;
                order.claim = Some(claim(vault));
                order.tries = 0;
                Ok(true)
            }
            // another window was first
            OrderStage::Validating | OrderStage::Issuing | OrderStage::SettingRecords => Ok(false),
            OrderStage::Issued | OrderStage::Failed => none(
                "No order waits to be validated.",
                "Rotate the certificate to begin a new one.",
            ),
        }
    })
    .await
}

/// Gives an order up that is under way.
pub(crate) async fn cancel(vault: &Opened, caller: &Caller, id: Uuid) -> Result<()> {
    caller.may(Action::SecretActionCreate)?;
    change(vault, caller, id, "order.cancel", |order, _| {
        if order.outcome() != Outcome::UnderWay {
            return Err(Problem::new(Code::WrongState, "No order is under way.")
                .remedy("It ended meanwhile. Look at its state in Details."));
        }
        let failure = Failure::for_good("canceled", "The order was canceled.");
        super::end::mark_failed(order, &failure);
        Ok(true)
    })
    .await
}

/// Changes an order and what its secret tells of it, in one commit; `act` says whether there is
/// something to write.
async fn change(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    verb: &'static str,
    act: impl Fn(&mut OrderRecord, Timestamp) -> Result<bool>,
) -> Result<()> {
    loop {
        let now = vault.now();
        let found = secrets::find(vault, caller, id)?;
        let Some((mut order, revision)) = OrderRecord::read(vault, id)? else {
            return Err(Problem::new(Code::WrongState, "This secret has no order.")
                .remedy("Only public certificates have orders."));
        };
        if !act(&mut order, now)? {
            return Ok(());
        }
        let mut record = found.record;
        put_issuance(&mut record, &order);
        super::end::settle(&mut record, &order, now);
        let mut write = Write::new(Entry::of_schedule(verb, caller, id, now));
        order.put(vault.keys(), id, Some(revision), &mut write);
        put_secret(vault, (id, found.revision), record, &caller.id, &mut write);
        match vault.write(write).await {
            Ok(_) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
