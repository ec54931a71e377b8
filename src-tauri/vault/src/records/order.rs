//! The order of a public certificate: everything that is needed to go on with it after the program
//! was killed at any moment, its private key among it. One a secret; it stays when the order has
//! ended, for the records that are then to be removed. A mark of its own says that there is work.

use keyturn_api::{Result, Timestamp, secret::public_cert};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{SecretText, key, open, seal};
use crate::{
    opened::{Opened, Write},
    seal::{Keys, Kind, RecordId},
};

/// An order. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(crate) struct OrderRecord {
    /// Who ordered.
    #[n(0)]
    pub(crate) by: String,
    /// Whether a policy did.
    #[n(1)]
    pub(crate) auto: bool,
    #[n(2)]
    pub(crate) ordered_on: i64,
    /// Lower case, each once.
    #[n(3)]
    pub(crate) names: Vec<String>,
    /// Common name of the certificate.
    #[n(4)]
    pub(crate) common_name: Option<String>,
    /// PEM; gone when the order has ended.
    #[n(5)]
    pub(crate) private_key: Option<SecretText>,
    /// Name of the configuration of the authority.
    #[n(6)]
    pub(crate) ca: String,
    /// Name of the configuration of the DNS provider, or `manual`.
    #[n(7)]
    pub(crate) dns: String,
    /// For the version it becomes.
    #[n(8)]
    pub(crate) version_custom_metadata: Option<String>,
    /// Its address, once the authority has it.
    #[n(10)]
    pub(crate) url: Option<String>,
    /// Its end.
    #[n(11)]
    pub(crate) expires: Option<i64>,
    #[n(12)]
    pub(crate) authorizations: Vec<AuthorizationRecord>,
    /// When a person asked for the validation.
    #[n(13)]
    pub(crate) validate_at: Option<i64>,
    /// How many tries of the present step failed.
    #[n(14)]
    pub(crate) tries: u32,
    /// Not before then.
    #[n(15)]
    pub(crate) next_try: Option<i64>,
    /// What went wrong at the last try.
    #[n(16)]
    pub(crate) trouble: Option<String>,
    /// 0: under way, 1: issued, 2: failed.
    #[n(17)]
    pub(crate) outcome: u8,
    /// Challenges of the order before.
    #[n(18)]
    pub(crate) former: Vec<AuthorizationRecord>,
    /// Records that the DNS provider was told to set, and not yet to remove.
    #[n(19)]
    pub(crate) provided: Vec<ProvidedRecord>,
    /// Who works on it, and until when nobody else does.
    #[n(20)]
    pub(crate) claim: Option<ClaimRecord>,
    /// Domain names of the authority in CAA records.
    #[n(21)]
    pub(crate) caa_identities: Vec<String>,
    /// Whether it was placed a second time: the first turned out to be that of another secret.
    #[n(22)]
    pub(crate) placed_anew: bool,
    /// The certificate it replaces, as ARI names it (RFC 9773).
    #[n(23)]
    pub(crate) replaces: Option<String>,
    /// The certificate it brought, named likewise.
    #[n(24)]
    pub(crate) certificate_id: Option<String>,
    /// When the authority is asked next by when it wants that renewed.
    #[n(25)]
    pub(crate) ask_renewal: Option<i64>,
    /// Why it failed: for programs, and for people.
    #[n(26)]
    pub(crate) error_code: Option<String>,
    #[n(27)]
    pub(crate) error_message: Option<String>,
    /// Whether it was begun with a new key.
    #[n(28)]
    #[cbor(default)]
    pub(crate) rotate_keys: bool,
    /// How often the account was made anew for it.
    #[n(29)]
    #[cbor(default)]
    pub(crate) registrations: u32,
}

/// An authorization and its DNS challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct AuthorizationRecord {
    #[n(0)]
    pub(crate) url: String,
    /// As ordered: a wildcard with its `*.`.
    #[n(1)]
    pub(crate) domain: String,
    #[n(2)]
    pub(crate) challenge_url: String,
    /// Full name of the record.
    #[n(3)]
    pub(crate) record_name: String,
    /// What it says.
    #[n(4)]
    pub(crate) record_value: String,
    /// 0: pending, 1: processing, 2: valid, 3: invalid.
    #[n(5)]
    pub(crate) status: u8,
    #[n(6)]
    pub(crate) expires: Option<i64>,
    /// When the authority was told that the record is there.
    #[n(7)]
    pub(crate) answered_at: Option<i64>,
}

/// A record that a DNS provider sets.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ProvidedRecord {
    #[n(0)]
    pub(crate) name: String,
    #[n(1)]
    pub(crate) value: String,
}

/// A claim on an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ClaimRecord {
    /// A random number of the program that has the vault open.
    #[n(0)]
    pub(crate) owner: u64,
    #[n(1)]
    pub(crate) until: i64,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    UnderWay,
    Issued,
    Failed,
}

impl OrderRecord {
    const MARKS: &[u8] = b"w/";

    fn key(id: Uuid) -> Vec<u8> {
        key(b"o/", id.as_bytes())
    }

    fn mark(id: Uuid) -> Vec<u8> {
        key(Self::MARKS, id.as_bytes())
    }

    const fn record_id(id: Uuid) -> RecordId {
        RecordId {
            kind: Kind::Secret,
            object: id,
            field: 2,
            version: 0,
        }
    }

    /// The rows of an order: for a write that makes its secret.
    pub(crate) fn rows(&self, keys: &Keys, id: Uuid) -> [(Vec<u8>, Vec<u8>); 2] {
        [
            (Self::key(id), seal(keys, &Self::record_id(id), self)),
            (Self::mark(id), Vec::new()),
        ]
    }

    /// Puts it, expecting what was read.
    pub(crate) fn put(&self, keys: &Keys, id: Uuid, expect: Option<u64>, write: &mut Write) {
        write.expect(Self::key(id), expect);
        write.put(Self::key(id), seal(keys, &Self::record_id(id), self));
        if self.has_work() {
            write.put(Self::mark(id), Vec::new());
        } else {
            write.delete(Self::mark(id));
        }
    }

    /// Expects what was read.
    pub(crate) fn expect(id: Uuid, revision: u64, write: &mut Write) {
        write.expect(Self::key(id), Some(revision));
    }

    /// Takes it away with its secret.
    pub(crate) fn delete(id: Uuid, write: &mut Write) {
        write.delete(Self::key(id));
        write.delete(Self::mark(id));
    }

    /// The order of a secret, with its revision.
    pub(crate) fn read(vault: &Opened, id: Uuid) -> Result<Option<(Self, u64)>> {
        let Some(row) = vault.get(&Self::key(id))? else {
            return Ok(None);
        };
        let record = open(vault.keys(), &Self::record_id(id), &row.value)?;
        Ok(Some((record, row.revision)))
    }

    /// The secrets whose orders have work.
    pub(crate) fn with_work(vault: &Opened) -> Result<Vec<Uuid>> {
        let keys = vault.keys_under(Self::MARKS)?;
        let ids = keys.iter().filter_map(|key| key.strip_prefix(Self::MARKS));
        Ok(ids.filter_map(|id| Uuid::from_slice(id).ok()).collect())
    }

    /// The orders under way, by their secrets; one that cannot be read is lost, and left out.
    pub(crate) fn under_way(vault: &Opened) -> Result<Vec<(Uuid, Self)>> {
        let ids = Self::with_work(vault)?.into_iter();
        let read = ids.filter_map(|id| Some((id, Self::read(vault, id).ok()??.0)));
        Ok(read
            .filter(|(_, order)| order.outcome() == Outcome::UnderWay)
            .collect())
    }

    pub(crate) const fn outcome(&self) -> Outcome {
        match self.outcome {
            0 => Outcome::UnderWay,
            1 => Outcome::Issued,
            _ => Outcome::Failed,
        }
    }

    /// Whether something is to be done about it, now or later: to finish it, or to clean up.
    pub(crate) const fn has_work(&self) -> bool {
        matches!(self.outcome(), Outcome::UnderWay)
            || !self.provided.is_empty()
            || self.ask_renewal.is_some()
    }

    /// Whether the person sets the records.
    pub(crate) fn is_manual(&self) -> bool {
        self.dns == public_cert::MANUAL
    }

    /// Whether the person is to set records, and to say so.
    pub(crate) fn waits_for_person(&self) -> bool {
        self.is_manual()
            && self.validate_at.is_none()
            && !self.authorizations.is_empty()
            && !self.is_proven()
    }

    /// When its time is over: that of the order, or of what it needs.
    pub(crate) fn lapses(&self) -> Option<i64> {
        let ends = self.authorizations.iter().filter_map(|one| one.expires);
        ends.chain(self.expires).min()
    }

    /// Whether the authority wants to see nothing more.
    pub(crate) fn is_proven(&self) -> bool {
        let valid = |one: &AuthorizationRecord| one.status == AuthorizationRecord::VALID;
        !self.authorizations.is_empty() && self.authorizations.iter().all(valid)
    }

    /// The challenges, as the API tells them.
    pub(crate) fn challenges(&self) -> Vec<public_cert::Challenge> {
        self.authorizations
            .iter()
            .map(AuthorizationRecord::view)
            .collect()
    }
}

impl AuthorizationRecord {
    pub(crate) const PENDING: u8 = 0;
    pub(crate) const PROCESSING: u8 = 1;
    pub(crate) const VALID: u8 = 2;
    pub(crate) const INVALID: u8 = 3;

    /// Whether both want the same record.
    pub(crate) fn is_same_record(&self, other: &Self) -> bool {
        self.record_name == other.record_name && self.record_value == other.record_value
    }

    pub(crate) fn view(&self) -> public_cert::Challenge {
        public_cert::Challenge {
            domain: self.domain.clone(),
            expiration: self.expires.map(Timestamp::from_millis),
            status: match self.status {
                Self::PENDING => public_cert::ChallengeStatus::Pending,
                Self::PROCESSING => public_cert::ChallengeStatus::Processing,
                Self::VALID => public_cert::ChallengeStatus::Valid,
                _ => public_cert::ChallengeStatus::Invalid,
            },
            txt_record_name: self.record_name.clone(),
            txt_record_value: self.record_value.clone(),
        }
    }
}
