//! Who did what, when, to which object: a chain of records, each sealed, each tied to the one
//! before it by a keyed hash, each written in the same commit as what it tells of. No names, no
//! values, no request bodies.

use std::ops::ControlFlow;

use keyturn_api::{Action, Caller, Timestamp};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use crate::{
    seal::{Keys, Kind, RecordId},
    store::{Store, StoreError},
};

/// What is to be recorded; its place in the chain is found when it is written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    verb: &'static str,
    actor: String,
    object: Uuid,
    at: Timestamp,
    /// How often, if more than once.
    times: Option<u32>,
}

impl Entry {
    /// An action on a secret.
    pub(crate) fn new(action: Action, caller: &Caller, object: Uuid, at: Timestamp) -> Self {
        Self {
            verb: action.name(),
            actor: caller.id.clone(),
            object,
            at,
            times: None,
        }
    }

    /// A value was read by somebody who is known by id.
    pub(crate) fn read(action: Action, actor: &str, object: Uuid, at: Timestamp) -> Self {
        Self {
            verb: action.name(),
            actor: actor.to_owned(),
            object,
            at,
            times: None,
        }
    }

    /// The same for what was done so often within a moment.
    pub(crate) fn times(mut self, count: u32) -> Self {
        self.times = (count > 1).then_some(count);
        self
    }

    /// The same for an action that did something else as well, which is to be told.
    pub(crate) fn told_as(mut self, verb: &'static str) -> Self {
        self.verb = verb;
        self
    }

    /// An API key was exchanged for a token.
    pub(crate) fn login(caller: &Caller, api_key: Uuid, at: Timestamp) -> Self {
        Self {
            verb: "instance.login",
            actor: caller.id.clone(),
            object: api_key,
            at,
            times: None,
        }
    }

    /// Something that time did to a secret.
    pub(crate) fn of_schedule(
        verb: &'static str,
        caller: &Caller,
        object: Uuid,
        at: Timestamp,
    ) -> Self {
        Self {
            verb,
            actor: caller.id.clone(),
            object,
            at,
            times: None,
        }
    }

    /// Something done to the vault itself.
    pub(crate) fn of_vault(verb: &'static str, vault: Uuid, at: Timestamp) -> Self {
        Self {
            verb,
            actor: "local".to_owned(),
            object: vault,
            at,
            times: None,
        }
    }
}

/// A record of the chain as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct AuditRecord {
    /// 1 for the first, without gaps.
    #[n(0)]
    pub(crate) sequence: u64,
    /// Milliseconds since the Unix epoch.
    #[n(1)]
    pub(crate) at: i64,
    #[n(2)]
    pub(crate) actor: String,
    /// Name of the action.
    #[n(3)]
    pub(crate) verb: String,
    #[cbor(n(4), with = "minicbor::bytes")]
    pub(crate) object: [u8; 16],
    #[n(5)]
    pub(crate) outcome: Outcome,
    /// Ties this record and all before it together.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub(crate) chain: [u8; 32],
    /// How often it was done; absent: once.
    #[n(7)]
    pub(crate) times: Option<u32>,
}

/// How it ended, by a number: later versions may know more than this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub(crate) struct Outcome(#[n(0)] u8);

impl Outcome {
    pub(crate) const SUCCESS: Self = Self(0);
}

/// The end of the chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tail {
    sequence: u64,
    chain: [u8; 32],
}

const PREFIX: &[u8] = b"a/";

impl Tail {
    /// The next record of the chain, as a row of the store.
    pub(crate) fn append(&mut self, keys: &Keys, entry: &Entry) -> (Vec<u8>, Vec<u8>) {
        let mut record = AuditRecord {
            sequence: self.sequence + 1,
            at: entry.at.millis(),
            actor: entry.actor.clone(),
            verb: entry.verb.to_owned(),
            object: *entry.object.as_bytes(),
            outcome: Outcome::SUCCESS,
            chain: [0; 32],
            times: entry.times,
        };
        record.chain = keys.audit_mac(&self.chain, &record.linked());
        *self = Self {
            sequence: record.sequence,
            chain: record.chain,
        };
        let row = encode(&record);
        (
            AuditRecord::key(record.sequence),
            keys.seal(&AuditRecord::record_id(record.sequence), &row),
        )
    }

    /// The tail after a row that was read; none if the row is not a record of this chain.
    pub(crate) fn at(keys: &Keys, key: &[u8], sealed: &[u8]) -> Option<Self> {
        let record = AuditRecord::open(keys, key, sealed)?;
        Some(Self {
            sequence: record.sequence,
            chain: record.chain,
        })
    }

    /// The tail one record further, if that record ties on to this one.
    pub(crate) fn follow(self, keys: &Keys, record: &AuditRecord) -> Option<Self> {
        let linked = record.linked();
        let tied = record.sequence == self.sequence + 1
            && keys.verify_audit_mac(&self.chain, &linked, &record.chain);
        tied.then_some(Self {
            sequence: record.sequence,
            chain: record.chain,
        })
    }
}

/// A record of the audit log, as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// 1 for the first, without gaps.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who: `local:{user}`, `apikey:{name}`, `local`.
    pub actor: String,
    /// What, by the name of the action.
    pub action: String,
    /// The secret, group, configuration or key; else the vault.
    pub object: Uuid,
    /// How often within a moment.
    pub times: u32,
}

/// The records after `after`, as many as there are up to `most`.
pub(crate) fn read(
    keys: &Keys,
    store: &dyn Store,
    after: u64,
    most: usize,
) -> Result<Vec<AuditEntry>, StoreError> {
    let mut entries = Vec::new();
    store.range(PREFIX, &mut |key, _, sealed| {
        if let Some(record) = AuditRecord::open(keys, key, sealed)
            && record.sequence > after
        {
            entries.push(AuditEntry {
                sequence: record.sequence,
                at: Timestamp::from_millis(record.at),
                actor: record.actor,
                action: record.verb,
                object: Uuid::from_bytes(record.object),
                times: record.times.unwrap_or(1),
            });
        }
        if entries.len() < most {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(entries)
}

/// Follows the chain from its first record to its last and gives their number; none if a link is
/// missing, exchanged or changed.
pub(crate) fn verify(keys: &Keys, store: &dyn Store) -> Result<Option<u64>, StoreError> {
    let mut tail = Some(Tail::default());
    store.range(PREFIX, &mut |key, _, sealed| {
        tail = tail.and_then(|tail| tail.follow(keys, &AuditRecord::open(keys, key, sealed)?));
        if tail.is_some() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(tail.map(|tail| tail.sequence))
}

impl AuditRecord {
    /// What all keys of the chain start with.
    pub(crate) const fn prefix() -> &'static [u8] {
        PREFIX
    }

    fn key(sequence: u64) -> Vec<u8> {
        [PREFIX, &sequence.to_be_bytes()].concat()
    }

    const fn record_id(sequence: u64) -> RecordId {
        RecordId {
            kind: Kind::Audit,
            object: Uuid::nil(),
            field: 0,
            version: sequence,
        }
    }

    /// Opens a row of the chain; none if it is damaged or stands in the wrong place.
    pub(crate) fn open(keys: &Keys, key: &[u8], sealed: &[u8]) -> Option<Self> {
        let sequence = u64::from_be_bytes(key.strip_prefix(PREFIX)?.try_into().ok()?);
        let plain = keys.open(&Self::record_id(sequence), sealed).ok()?;
        let record: Self = minicbor::decode(plain.expose()).ok()?;
        (record.sequence == sequence).then_some(record)
    }

    /// What the chain hashes: everything but the link itself.
    fn linked(&self) -> Vec<u8> {
        encode(&Self {
            chain: [0; 32],
            ..self.clone()
        })
    }
}

fn encode(record: &AuditRecord) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(160);
    // Writing into a vector cannot fail.
    let _ = minicbor::encode(record, &mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        seal::{Header, Vmk},
        store::Put,
    };

    fn chain(count: u64) -> (Keys, Vec<Put>) {
        let (keys, _) = Keys::create(Vmk::make(), &Header::make(Uuid::new_v4(), 0));
        let mut tail = Tail::default();
        let rows = (0..count)
            .map(|at| {
                let at = Timestamp::from_millis(at.cast_signed());
                tail.append(&keys, &Entry::of_vault("test", Uuid::nil(), at))
            })
            .collect();
        (keys, rows)
    }

    fn links(keys: &Keys, rows: &[Put]) -> bool {
        let follow = |tail: Tail, (key, sealed): &Put| {
            tail.follow(keys, &AuditRecord::open(keys, key, sealed)?)
        };
        rows.iter().try_fold(Tail::default(), follow).is_some()
    }

    #[test]
    fn a_chain_verifies_and_any_loss_or_exchange_is_found() {
        let (keys, rows) = chain(5);
        assert!(links(&keys, &rows));
        for gone in 0..4 {
            let mut short = rows.clone();
            short.remove(gone);
            assert!(!links(&keys, &short), "row {gone} is missing");
        }
        let mut swapped = rows.clone();
        swapped.swap(1, 2);
        assert!(!links(&keys, &swapped));
        let (_, foreign) = chain(5);
        assert!(!links(&keys, &foreign));
    }
}
