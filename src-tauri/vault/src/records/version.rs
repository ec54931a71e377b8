//! The two records of a version: what is known of it, and its value. Their keys rise in time, so
//! that new versions fill one page of the file after another.

use keyturn_api::{
    Caller, Other, Plaintext, Result, Revision, State, Timestamp, VersionAlias, VersionMetadata,
    VersionView,
};
use minicbor::{Decode, Encode};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    CertificateEntry, CredentialEntry, Reads, SecretRecord, VersionEntry, open, seal,
    secret::metadata,
};
use crate::{
    due, problem,
    rotation::iam_credentials::is_leased,
    seal::{Keys, Kind, RecordId},
};

/// A new serial: rising in time to the millisecond, unique among all processes (UUID version 7,
/// RFC 9562 section 5.7).
pub(crate) fn make_serial(now: Timestamp) -> [u8; 16] {
    let random = *Uuid::new_v4().as_bytes();
    let mut tail = [0; 10];
    tail.copy_from_slice(&random[6..]);
    let millis = now.millis().max(0).cast_unsigned();
    *uuid::Builder::from_unix_timestamp_millis(millis, &tail)
        .into_uuid()
        .as_bytes()
}

/// What is known of a version.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) struct VersionRecord {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) id: [u8; 16],
    #[n(1)]
    pub(crate) created_by: String,
    #[n(2)]
    pub(crate) created_at: i64,
    #[n(3)]
    pub(crate) auto_rotated: bool,
    /// JSON object.
    #[n(4)]
    pub(crate) custom_metadata: Option<String>,
    /// Whether the value is binary, base64 on the wire.
    #[n(5)]
    pub(crate) binary: bool,
    /// Bytes of the value.
    #[n(6)]
    pub(crate) size: u32,
    /// Number of the version it was restored from.
    #[n(7)]
    pub(crate) restored_from: Option<u32>,
    /// What is noted of its certificate.
    #[n(8)]
    pub(crate) certificate: Option<CertificateEntry>,
    /// Its API key, as IAM knows it.
    #[n(9)]
    pub(crate) credential: Option<CredentialEntry>,
}

const PREFIX: &[u8] = b"v/";

impl VersionRecord {
    /// A new version with a value.
    pub(crate) fn make(caller: &Caller, value: &Plaintext, now: Timestamp) -> Self {
        Self {
            id: *Uuid::new_v4().as_bytes(),
            created_by: caller.id.clone(),
            created_at: now.millis(),
            auto_rotated: false,
            custom_metadata: None,
            binary: value.is_binary(),
            size: u32::try_from(value.bytes().len()).unwrap_or(u32::MAX),
            restored_from: None,
            certificate: None,
            credential: None,
        }
    }

    /// Where the record of the version with this serial stands.
    pub(crate) fn key(serial: &[u8; 16]) -> Vec<u8> {
        [PREFIX, serial, b"m"].concat()
    }

    const fn record_id(secret: Uuid, number: u32) -> RecordId {
        RecordId {
            kind: Kind::Version,
            object: secret,
            field: 0,
            version: number as u64,
        }
    }

    pub(crate) fn seal(&self, keys: &Keys, secret: Uuid, number: u32) -> Vec<u8> {
        seal(keys, &Self::record_id(secret, number), self)
    }

    pub(crate) fn open(keys: &Keys, secret: Uuid, number: u32, sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::record_id(secret, number), sealed)
    }

    pub(crate) fn id(&self) -> Uuid {
        Uuid::from_bytes(self.id)
    }

    /// Whether its certificate was revoked.
    pub(crate) fn is_revoked(&self) -> bool {
        let note = self.certificate.as_ref();
        note.is_some_and(|note| note.revoked_at.is_some())
    }

    /// Whether its API key has not come to the end of its time, or a lock keeps it; true for types
    /// that have none.
    pub(crate) fn key_lives(
        &self,
        secret: &SecretRecord,
        entry: &VersionEntry,
        now: Timestamp,
    ) -> bool {
        let ended = |key: &CredentialEntry| key.expires_at <= now.millis();
        let is_current = alias(secret, entry.number) == Some(VersionAlias::Current);
        !self.credential.as_ref().is_some_and(ended)
            || secret.locks_on(entry.number) > 0
            || (is_current && secret.locks_total() > 0)
    }

    /// What faces see.
    pub(crate) fn view(
        &self,
        id: Uuid,
        secret: &SecretRecord,
        entry: &VersionEntry,
        revision: u64,
        reads: &Reads,
        now: Timestamp,
    ) -> VersionView {
        let alias = alias(secret, entry.number);
        let expired = secret.state(now) == State::Destroyed;
        let leased = is_leased(secret) && alias == Some(VersionAlias::Current);
        let lives = self.key_lives(secret, entry, now);
        let available = (entry.has_value || leased) && !expired && lives;
        let gone = if expired {
            "The secret has expired."
        } else if !lives {
            "Its API key has come to the end of its time."
        } else {
            "The value of this version is no longer kept."
        };
        let view_hindrance = (!available).then(|| gone.to_owned());
        let restore_hindrance = match alias {
            Some(VersionAlias::Current) => Some("This is the current version already.".to_owned()),
            _ => view_hindrance
                .clone()
                .or_else(|| self.is_revoked().then(|| REVOKED.to_owned()))
                .or_else(|| {
                    due::previous_locked(secret)
                        .then(|| "The locks on the previous version forbid it.".to_owned())
                }),
        };
        VersionView {
            metadata: VersionMetadata {
                id: self.id().hyphenated().to_string(),
                alias,
                auto_rotated: self.auto_rotated,
                created_by: self.created_by.clone(),
                created_at: Timestamp::from_millis(self.created_at),
                downloaded: reads.has(entry.number),
                payload_available: available,
                secret_id: id.hyphenated().to_string(),
                secret_name: secret.name.clone(),
                secret_type: secret.secret_type(),
                secret_group_id: secret.group_id(),
                expiration_date: self
                    .certificate
                    .as_ref()
                    .map(CertificateEntry::not_after)
                    .or_else(|| self.credential.as_ref().map(key_end))
                    .or_else(|| secret.expiration_date()),
                serial_number: self
                    .certificate
                    .as_ref()
                    .map(|certificate| certificate.serial_number.clone()),
                validity: self.certificate.as_ref().map(CertificateEntry::validity),
                api_key_id: self.credential.as_ref().map(|key| key.api_key_id.clone()),
                service_id: self.credential.as_ref().map(|key| key.service_id.clone()),
                version_custom_metadata: metadata(self.custom_metadata.as_deref()),
                other: Other::new(),
            },
            revision: Revision(revision.to_string()),
            number: entry.number,
            binary: self.binary,
            size: (available && !leased).then_some(self.size),
            key: self.certificate.as_ref().map(CertificateEntry::key),
            restored_from: self.restored_from,
            view_hindrance,
            restore_hindrance,
            revoke_hindrance: None,
            locks_total: secret.locks_on(entry.number),
            lock_hindrance: lock_hindrance(alias, available),
        }
    }
}

const fn key_end(key: &CredentialEntry) -> Timestamp {
    Timestamp::from_millis(key.expires_at)
}

/// Why a revoked certificate is not restored.
pub(crate) const REVOKED: &str = "Its certificate was revoked.";

/// Why a version takes no locks.
pub(crate) fn lock_hindrance(alias: Option<VersionAlias>, available: bool) -> Option<String> {
    let words = match (alias, available) {
        (Some(_), true) => return None,
        (Some(_), false) => "The value of this version is no longer kept.",
        (None, _) => "Only the current and the previous version can be locked.",
    };
    Some(words.to_owned())
}

/// Where the value of the version with this serial stands.
pub(crate) fn value_key(serial: &[u8; 16]) -> Vec<u8> {
    [PREFIX, serial, b"p"].concat()
}

const fn value_id(secret: Uuid, number: u32) -> RecordId {
    RecordId {
        kind: Kind::Version,
        object: secret,
        field: 1,
        version: number as u64,
    }
}

/// Seals a value together with whether it is binary.
pub(crate) fn seal_value(keys: &Keys, secret: Uuid, number: u32, value: &Plaintext) -> Vec<u8> {
    let mut plain = Zeroizing::new(Vec::with_capacity(value.bytes().len() + 1));
    plain.push(u8::from(value.is_binary()));
    plain.extend_from_slice(value.bytes());
    keys.seal(&value_id(secret, number), &plain)
}

/// Opens a value.
pub(crate) fn open_value(
    keys: &Keys,
    secret: Uuid,
    number: u32,
    sealed: &[u8],
) -> Result<Plaintext> {
    let id = value_id(secret, number);
    let plain = keys
        .open(&id, sealed)
        .map_err(|error| problem::damaged(&id, error))?;
    match plain.expose().split_first() {
        Some((binary @ (0 | 1), bytes)) => Ok(Plaintext::stored(bytes.to_vec(), *binary == 1)),
        _ => Err(problem::unreadable(&id)),
    }
}

/// `current` for the last version, `previous` for the one before it.
pub(crate) fn alias(secret: &SecretRecord, number: u32) -> Option<VersionAlias> {
    let mut newest = secret.versions.iter().rev().map(|entry| entry.number);
    match (newest.next(), newest.next()) {
        (Some(current), _) if current == number => Some(VersionAlias::Current),
        (_, Some(previous)) if previous == number => Some(VersionAlias::Previous),
        _ => None,
    }
}
