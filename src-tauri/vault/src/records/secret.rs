//! The record of a secret: metadata and which versions there are.

use keyturn_api::{
    Availability, Metadata, Other, Reminder, Result, Revision, SecretMetadata, SecretType,
    SecretView, State, Timestamp, fields,
};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{
    CertificateEntry, Change, LockCount, PolicyRecord, Reads, ReminderRecord, key, open, seal,
};
use crate::{
    acme, due,
    index::{Entry, Marks},
    problem,
    rotation::{self, iam_credentials::is_leased},
    seal::{Keys, Kind, RecordId},
};

/// A secret as it is kept. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) struct SecretRecord {
    #[n(0)]
    pub(crate) name: String,
    /// Name of the type on the wire.
    #[n(1)]
    pub(crate) secret_type: String,
    /// Nil for the group `default`.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) group: [u8; 16],
    #[n(3)]
    pub(crate) description: Option<String>,
    #[n(4)]
    pub(crate) labels: Vec<String>,
    /// Number of the state as recorded; [`Self::state`] is the one by the clock.
    #[n(5)]
    pub(crate) state: u8,
    #[n(6)]
    pub(crate) created_by: String,
    #[n(7)]
    pub(crate) created_at: i64,
    #[n(8)]
    pub(crate) updated_at: i64,
    /// JSON object.
    #[n(9)]
    pub(crate) custom_metadata: Option<String>,
    #[n(10)]
    pub(crate) expires_at: Option<i64>,
    /// Oldest first, at most 50.
    #[n(11)]
    pub(crate) versions: Vec<VersionEntry>,
    /// What was done to the secret last.
    #[n(12)]
    pub(crate) last_change: Change,
    /// When the current version was made.
    #[n(13)]
    pub(crate) rotated_at: i64,
    /// Whether the current value is binary.
    #[n(14)]
    pub(crate) binary: bool,
    /// What the type keeps besides, in its own encoding.
    #[cbor(n(15), with = "minicbor::bytes")]
    pub(crate) detail: Vec<u8>,
    /// Versions that have locks.
    #[n(16)]
    pub(crate) locks: Option<Vec<LockCount>>,
    /// Automatic rotation; none: off.
    #[n(17)]
    pub(crate) policy: Option<PolicyRecord>,
    #[n(18)]
    pub(crate) reminder: Option<ReminderRecord>,
    /// From when a policy counts while `rotated_at` lies in the future.
    #[n(19)]
    pub(crate) counted_from: Option<i64>,
    /// The vault's own time (`schedule::steady`) at which its expiry was first seen.
    #[n(20)]
    pub(crate) expiry_seen: Option<i64>,
    /// What is searched besides: names, issuer and serial number of a certificate.
    #[n(21)]
    pub(crate) search: Option<String>,
    /// Whether a private key is kept for a request.
    #[n(22)]
    pub(crate) request_key: Option<bool>,
    /// When a public certificate is to be ordered anew; none while it is.
    #[n(23)]
    pub(crate) renew_at: Option<i64>,
    /// Why then: 1: its authority asks for it, 2: the last order failed.
    #[n(24)]
    pub(crate) renew_why: Option<u8>,
}

/// The type of a name; none: one of a later version of Keyturn.
pub(super) fn type_named(name: &str) -> Option<SecretType> {
    let known = |kind: &SecretType| kind.name() == name;
    SecretType::ALL.into_iter().find(known)
}

/// Where a version stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct VersionEntry {
    /// 1 for the first, rising.
    #[n(0)]
    pub(crate) number: u32,
    /// Part of the key of its records.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(crate) serial: [u8; 16],
    /// Whether the value is still kept.
    #[n(2)]
    pub(crate) has_value: bool,
}

impl SecretRecord {
    const PREFIX: &[u8] = b"s/";

    /// Where the record of a secret stands.
    pub(crate) fn key(id: Uuid) -> Vec<u8> {
        key(Self::PREFIX, id.as_bytes())
    }

    /// What all such keys start with.
    pub(crate) const fn prefix() -> &'static [u8] {
        Self::PREFIX
    }

    /// The secret a key belongs to.
    pub(crate) fn id_of(key: &[u8]) -> Option<Uuid> {
        Uuid::from_slice(key.strip_prefix(Self::PREFIX)?).ok()
    }

    /// What the record's seal is bound to.
    pub(crate) const fn record_id(id: Uuid) -> RecordId {
        RecordId {
            kind: Kind::Secret,
            object: id,
            field: 0,
            version: 0,
        }
    }

    pub(crate) fn seal(&self, keys: &Keys, id: Uuid) -> Vec<u8> {
        seal(keys, &Self::record_id(id), self)
    }

    pub(crate) fn open(keys: &Keys, id: Uuid, sealed: &[u8]) -> Result<Self> {
        let record: Self = open(keys, &Self::record_id(id), sealed)?;
        if type_named(&record.secret_type).is_none() {
            return Err(problem::unreadable(&Self::record_id(id)));
        }
        Ok(record)
    }

    /// The type, which is known for every record that opened.
    pub(crate) fn secret_type(&self) -> SecretType {
        type_named(&self.secret_type).unwrap_or(SecretType::Arbitrary)
    }

    pub(crate) fn group_id(&self) -> String {
        group_id(Uuid::from_bytes(self.group))
    }

    pub(crate) fn expiration_date(&self) -> Option<Timestamp> {
        self.expires_at.map(Timestamp::from_millis)
    }

    fn recorded_state(&self) -> State {
        State::from_number(self.state).unwrap_or(State::Suspended)
    }

    /// The state by the clock: past its date a secret is destroyed at once.
    pub(crate) fn state(&self, now: Timestamp) -> State {
        match self.recorded_state() {
            State::Active if self.is_past(now) && !self.is_held() => State::Destroyed,
            state => state,
        }
    }

    /// Whether its expiration date has come. A locked secret outlives it.
    pub(crate) fn is_past(&self, now: Timestamp) -> bool {
        self.expiration_date().is_some_and(|date| date <= now)
    }

    /// Whether locks keep it past its date. Certificates end when they say, locked or not.
    fn is_held(&self) -> bool {
        self.locks_total() > 0 && !self.secret_type().is_certificate()
    }

    /// Takes over what follows from the certificate of its current version, which was made `at`.
    pub(crate) fn note_certificate(&mut self, certificate: &CertificateEntry, at: i64) {
        self.expires_at = Some(certificate.not_after);
        self.expiry_seen = None; // the grace time is that of a date
        self.search = Some(certificate.search.clone());
        if self.secret_type() == SecretType::PublicCert {
            let (start, end) = (certificate.not_before, certificate.not_after);
            let soonest = acme::soonest_renewal(start, end, at);
            self.renew_at = Some(acme::renewal_date(start, end).max(soonest));
            self.renew_why = None;
        }
    }

    /// Locks on all versions together.
    pub(crate) fn locks_total(&self) -> u32 {
        locks_total(self.locks.as_deref())
    }

    /// Locks on one version.
    pub(crate) fn locks_on(&self, number: u32) -> u32 {
        let counts = self.locks.as_deref().unwrap_or_default();
        let of = |entry: &&LockCount| entry.version == number;
        counts.iter().find(of).map_or(0, |entry| entry.count)
    }

    /// Notes how many locks a version has.
    pub(crate) fn set_locks(&mut self, version: u32, count: u32) {
        let mut counts = self.locks.take().unwrap_or_default();
        counts.retain(|entry| entry.version != version);
        if count > 0 {
            counts.push(LockCount { version, count });
        }
        self.locks = Some(counts).filter(|counts| !counts.is_empty());
    }

    pub(crate) fn previous(&self) -> Option<&VersionEntry> {
        self.versions.iter().rev().nth(1)
    }

    pub(crate) fn current(&self) -> Option<&VersionEntry> {
        self.versions.last()
    }

    /// Calls `put` with what the index keeps.
    pub(crate) fn index<T>(&self, id: Uuid, put: impl FnOnce(&Entry<'_>) -> T) -> T {
        let labels: Vec<&str> = self.labels.iter().map(String::as_str).collect();
        put(&Entry {
            id,
            name: &self.name,
            description: self.description.as_deref().unwrap_or_default(),
            search: self.search.as_deref().unwrap_or_default(),
            labels: &labels,
            secret_type: self.secret_type(),
            group: Uuid::from_bytes(self.group),
            state: self.recorded_state(),
            created_at: Timestamp::from_millis(self.created_at),
            updated_at: Timestamp::from_millis(self.updated_at),
            rotated_at: Timestamp::from_millis(self.rotated_at),
            expires_at: self.expiration_date(),
            locks: self.locks_total(),
            due_at: self.index_due(),
            marks: Marks {
                rotates: self.policy.is_some(),
                expiry_seen: self.expiry_seen.is_some(),
                recounted: self.counted_from.is_some(),
            },
        })
    }

    /// What faces see.
    pub(crate) fn view(
        &self,
        id: Uuid,
        vault: Uuid,
        revision: u64,
        reads: &Reads,
        availability: Availability,
        now: Timestamp,
    ) -> Result<SecretView> {
        let state = self.state(now);
        let rules = rotation::of(self.secret_type())?;
        let downloaded = self
            .current()
            .is_some_and(|version| reads.has(version.number));
        let metadata = SecretMetadata {
            id: id.hyphenated().to_string(),
            name: self.name.clone(),
            description: self.description.clone(),
            secret_group_id: self.group_id(),
            labels: self.labels.clone(),
            state,
            state_description: state.description().to_owned(),
            crn: format!("crn:v1:keyturn:public:secrets-manager:local:a/local:{vault}:secret:{id}"),
            created_by: self.created_by.clone(),
            created_at: Timestamp::from_millis(self.created_at),
            updated_at: Timestamp::from_millis(self.updated_at),
            retrieved_at: reads.at(),
            downloaded,
            locks_total: self.locks_total(),
            versions_total: u32::try_from(self.versions.len()).unwrap_or(u32::MAX),
            custom_metadata: metadata(self.custom_metadata.as_deref()),
            other: Other::new(),
            detail: rules.detail(self, now),
        };
        Ok(SecretView {
            metadata,
            revision: Revision(revision.to_string()),
            rotated_at: Timestamp::from_millis(self.rotated_at),
            binary: self.binary,
            availability,
            due: due::due(self, now),
            reminder: self.reminder.map(Reminder::from),
            rotates_alone: rules.alone().is_some() && !is_leased(self),
            held_by_locks: state == State::Active && self.is_past(now),
        })
    }
}

pub(super) fn locks_total(counts: Option<&[LockCount]>) -> u32 {
    let counts = counts.unwrap_or_default().iter();
    counts.map(|entry| entry.count).sum()
}

/// The id of a group on the wire.
pub(crate) fn group_id(group: Uuid) -> String {
    if group.is_nil() {
        fields::DEFAULT_GROUP.to_owned()
    } else {
        group.hyphenated().to_string()
    }
}

/// The group of an id on the wire; none if there can be no such group.
pub(crate) fn group_of(id: &str) -> Option<Uuid> {
    if id == fields::DEFAULT_GROUP {
        Some(Uuid::nil())
    } else {
        Uuid::try_parse(id).ok()
    }
}

/// Metadata as it is kept, read back.
pub(crate) fn metadata(text: Option<&str>) -> Option<Metadata> {
    text.and_then(|text| serde_json::from_str(text).ok())
}
