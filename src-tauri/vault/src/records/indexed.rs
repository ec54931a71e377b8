//! What the index needs of a secret's record, for loading many.

use keyturn_api::{Result, State, Timestamp};
use minicbor::Decode;
use uuid::Uuid;

use super::{
    LockCount, PolicyRecord, ReminderRecord, SecretRecord, index_due, plan,
    secret::{locks_total, type_named},
};
use crate::{
    index::{Entry, Marks},
    problem,
    seal::Keys,
};

/// What the index needs of a [`SecretRecord`], borrowed from its plaintext: the same numbers, for
/// loading many.
#[derive(Debug, Decode)]
struct IndexedRecord<'b> {
    #[n(0)]
    name: &'b str,
    #[n(1)]
    secret_type: &'b str,
    #[cbor(n(2), with = "minicbor::bytes")]
    group: [u8; 16],
    #[n(3)]
    description: Option<&'b str>,
    #[n(4)]
    labels: Vec<&'b str>,
    #[n(5)]
    state: u8,
    #[n(7)]
    created_at: i64,
    #[n(8)]
    updated_at: i64,
    #[n(10)]
    expires_at: Option<i64>,
    #[n(13)]
    rotated_at: i64,
    #[n(16)]
    locks: Option<Vec<LockCount>>,
    #[n(17)]
    policy: Option<PolicyRecord>,
    #[n(18)]
    reminder: Option<ReminderRecord>,
    #[n(19)]
    counted_from: Option<i64>,
    #[n(20)]
    expiry_seen: Option<i64>,
    #[n(21)]
    search: Option<&'b str>,
    #[n(23)]
    renew_at: Option<i64>,
}

/// Opens a secret's record into `plain`, a buffer for many, and calls `put` with what the index
/// keeps of it.
pub(crate) fn open_indexed<T>(
    keys: &Keys,
    id: Uuid,
    sealed: &[u8],
    plain: &mut Vec<u8>,
    put: impl FnOnce(&Entry<'_>) -> T,
) -> Result<T> {
    let record_id = SecretRecord::record_id(id);
    keys.open_into(&record_id, sealed, plain)
        .map_err(|error| problem::damaged(&record_id, error))?;
    let unreadable = || problem::unreadable(&record_id);
    let record: IndexedRecord<'_> = minicbor::decode(plain).map_err(|_| unreadable())?;
    let secret_type = type_named(record.secret_type).ok_or_else(unreadable)?;
    Ok(put(&Entry {
        id,
        name: record.name,
        description: record.description.unwrap_or_default(),
        search: record.search.unwrap_or_default(),
        labels: &record.labels,
        secret_type,
        group: Uuid::from_bytes(record.group),
        state: State::from_number(record.state).unwrap_or(State::Suspended),
        created_at: Timestamp::from_millis(record.created_at),
        updated_at: Timestamp::from_millis(record.updated_at),
        rotated_at: Timestamp::from_millis(record.rotated_at),
        expires_at: record.expires_at.map(Timestamp::from_millis),
        locks: locks_total(record.locks.as_deref()),
        due_at: index_due(
            plan(record.policy, record.reminder, record.renew_at),
            secret_type,
            (record.rotated_at, record.counted_from),
            record.expires_at,
        ),
        marks: Marks {
            rotates: record.policy.is_some(),
            expiry_seen: record.expiry_seen.is_some(),
            recounted: record.counted_from.is_some(),
        },
    }))
}
