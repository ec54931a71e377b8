//! What stands in the store, one kind of record a file: its key, its sealed form, its reading and
//! writing. Plaintexts are CBOR with numbered fields (RFC 8949): fields are only ever added, with
//! a new number and optional, so that older programs read newer records.

mod api_key;
mod certificate;
mod change;
mod configuration;
mod credential;
mod engine_secret;
mod group;
mod indexed;
mod lock;
mod name;
mod order;
mod policy;
mod reads;
mod request_key;
mod secret;
mod secret_text;
mod setting;
mod version;

pub(crate) use api_key::{ApiKeyRecord, ApiKeysRecord};
pub(crate) use certificate::CertificateEntry;
pub(crate) use change::{Change, ChangeKind};
pub(crate) use configuration::{
    CatalogueRecord, ConfigurationRecord, CrlRecord, FormerRecord, Generation, RevokedRecord,
    authority_key, open_authority_key, seal_authority_key, serial_key,
};
pub(crate) use credential::{CredentialEntry, CredentialRecord, Stage};
pub(crate) use engine_secret::EngineSecretRecord;
pub(crate) use group::{GroupRecord, GroupsRecord, group_use_key};
pub(crate) use indexed::open_indexed;
pub(crate) use lock::{LockCount, LockRecord, LocksRecord};
pub(crate) use name::name_key;
pub(crate) use order::{AuthorizationRecord, ClaimRecord, OrderRecord, Outcome, ProvidedRecord};
pub(crate) use policy::{PolicyRecord, ReminderRecord, When, index_due, plan};
pub(crate) use reads::Reads;
pub(crate) use request_key::open_request_key;
pub(crate) use secret::{SecretRecord, VersionEntry, group_of, metadata};
pub(crate) use secret_text::SecretText;
pub(crate) use setting::SettingRecord;
pub(crate) use version::{
    REVOKED, VersionRecord, alias, lock_hindrance, make_serial, open_value, seal_value, value_key,
};

use keyturn_api::Result;
use minicbor::{Decode, Encode};

use crate::{
    problem,
    seal::{Keys, RecordId},
};

/// Seals the CBOR of a record.
fn seal<T: Encode<()>>(keys: &Keys, id: &RecordId, record: &T) -> Vec<u8> {
    let mut plain = zeroize::Zeroizing::new(Vec::with_capacity(512));
    // Writing into a vector cannot fail.
    let _ = minicbor::encode(record, &mut *plain);
    keys.seal(id, &plain)
}

/// Opens a record and reads its CBOR.
fn open<T>(keys: &Keys, id: &RecordId, sealed: &[u8]) -> Result<T>
where
    T: for<'b> Decode<'b, ()>,
{
    let plain = keys
        .open(id, sealed)
        .map_err(|error| problem::damaged(id, error))?;
    minicbor::decode(plain.expose()).map_err(|_| problem::unreadable(id))
}

/// `prefix` followed by the bytes of an id.
fn key(prefix: &[u8], id: &[u8]) -> Vec<u8> {
    [prefix, id].concat()
}
