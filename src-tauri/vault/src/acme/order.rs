//! What the record of a secret tells of its order, and how it is put with it.

use keyturn_api::State;
use uuid::Uuid;

use crate::{
    opened::{Opened, Write},
    records::{Change, ChangeKind, OrderRecord, Outcome, SecretRecord},
    rotation::public_cert::{Issuance, Kept},
};

/// The issuance of an order.
pub(crate) fn issuance(order: &OrderRecord) -> Issuance {
    let state = match order.outcome() {
        Outcome::UnderWay => State::PreActivation,
        Outcome::Issued => State::Active,
        Outcome::Failed => State::Deactivated,
    };
    Issuance {
        auto: order.auto,
        ordered_on: order.ordered_on,
        validate_at: order.validate_at,
        state: state.number(),
        error_code: order.error_code.clone(),
        error_message: order.error_message.clone(),
        challenges: if order.is_manual() {
            order.authorizations.clone()
        } else {
            Vec::new()
        },
    }
}

/// Takes the issuance of an order over into its secret; whether that reads otherwise now.
pub(super) fn put_issuance(record: &mut SecretRecord, order: &OrderRecord) -> bool {
    let mut kept = Kept::of(record);
    kept.issuance = Some(issuance(order));
    let detail = kept.encode();
    let changed = detail != record.detail;
    record.detail = detail;
    changed
}

/// Puts a secret whose order changed into the write of that; `revision` is that of its record.
pub(super) fn put_secret(
    vault: &Opened,
    (id, revision): (Uuid, u64),
    mut record: SecretRecord,
    by: &str,
    write: &mut Write,
) {
    let now = vault.now().millis();
    record.updated_at = now;
    record.last_change = Change {
        kind: ChangeKind::Edited,
        by: by.to_owned(),
        at: now,
        fields: Some(vec!["issuance_info".to_owned()]),
    };
    write.expect(SecretRecord::key(id), Some(revision));
    write.put(SecretRecord::key(id), record.seal(vault.keys(), id));
    write.index_put(id, &record);
}
