//! The record of a secret: metadata and which versions there are.

use keyturn_api::{
    Availability, Metadata, Result, Revision, SecretMetadata, SecretType, SecretView, State,
    Timestamp, fields,
};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{Reads, key, open, seal};
use crate::{
    index::Entry,
    problem, rotation,
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
}

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
        labels: &record.labels,
        secret_type,
        group: Uuid::from_bytes(record.group),
        state: State::from_number(record.state).unwrap_or(State::Suspended),
        created_at: Timestamp::from_millis(record.created_at),
        updated_at: Timestamp::from_millis(record.updated_at),
        rotated_at: Timestamp::from_millis(record.rotated_at),
        expires_at: record.expires_at.map(Timestamp::from_millis),
    }))
}

/// The type of a name; none: one of a later version of Keyturn.
fn type_named(name: &str) -> Option<SecretType> {
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

/// Who did what, for the words of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Change {
    #[n(0)]
    pub(crate) kind: ChangeKind,
    #[n(1)]
    pub(crate) by: String,
    #[n(2)]
    pub(crate) at: i64,
    /// The fields that were edited, by their names on the wire.
    #[n(3)]
    pub(crate) fields: Option<Vec<String>>,
}

/// Kinds of change, by their numbers in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Created,
    Rotated,
    Restored,
    Edited,
    /// Of a later version of Keyturn.
    Other(u8),
}

impl<C> Encode<C> for ChangeKind {
    fn encode<W: minicbor::encode::Write>(
        &self,
        encoder: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> std::result::Result<(), minicbor::encode::Error<W::Error>> {
        let number = match self {
            Self::Created => 0,
            Self::Rotated => 1,
            Self::Restored => 2,
            Self::Edited => 3,
            Self::Other(number) => *number,
        };
        encoder.u8(number)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for ChangeKind {
    fn decode(
        decoder: &mut minicbor::Decoder<'b>,
        _: &mut C,
    ) -> std::result::Result<Self, minicbor::decode::Error> {
        Ok(match decoder.u8()? {
            0 => Self::Created,
            1 => Self::Rotated,
            2 => Self::Restored,
            3 => Self::Edited,
            number => Self::Other(number),
        })
    }
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
        let expired = self.expiration_date().is_some_and(|date| date <= now);
        match self.recorded_state() {
            State::Active if expired => State::Destroyed,
            state => state,
        }
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
            labels: &labels,
            secret_type: self.secret_type(),
            group: Uuid::from_bytes(self.group),
            state: self.recorded_state(),
            created_at: Timestamp::from_millis(self.created_at),
            updated_at: Timestamp::from_millis(self.updated_at),
            rotated_at: Timestamp::from_millis(self.rotated_at),
            expires_at: self.expiration_date(),
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
            locks_total: 0,
            versions_total: u32::try_from(self.versions.len()).unwrap_or(u32::MAX),
            custom_metadata: metadata(self.custom_metadata.as_deref()),
            detail: rotation::of(self.secret_type())?.detail(self),
        };
        Ok(SecretView {
            metadata,
            revision: Revision(revision.to_string()),
            rotated_at: Timestamp::from_millis(self.rotated_at),
            binary: self.binary,
            availability,
        })
    }
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
