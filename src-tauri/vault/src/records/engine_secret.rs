//! What is secret about a configuration: the key of an account with an authority of public
//! certificates, the key that updates of a DNS zone are signed with, or an API key of IAM.

use keyturn_api::{Problem, Result};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{SecretText, key, open, seal};
use crate::{
    opened::{Opened, Write},
    seal::{Keys, Kind, RecordId},
};

/// The secrets of one configuration.
#[derive(Clone, Default, Encode, Decode)]
pub(crate) struct EngineSecretRecord {
    /// Private key of the account, PEM.
    #[n(0)]
    pub(crate) account_key: Option<SecretText>,
    /// Key of the external account, base64url (RFC 8555, 7.3.4).
    #[n(1)]
    pub(crate) external_key: Option<SecretText>,
    /// Key that updates are signed with, base64 (RFC 8945).
    #[n(2)]
    pub(crate) tsig_secret: Option<SecretText>,
    /// API key of an identity that manages service IDs in IBM Cloud IAM.
    #[n(3)]
    pub(crate) api_key: Option<SecretText>,
}

impl EngineSecretRecord {
    fn key(configuration: [u8; 16]) -> Vec<u8> {
        key(b"e/s/", &configuration)
    }

    const fn record_id(configuration: Uuid) -> RecordId {
        RecordId {
            kind: Kind::Configuration,
            object: configuration,
            field: 3,
            version: 0,
        }
    }

    /// Puts it into the write that puts its configuration, which is what others expect.
    pub(crate) fn put(&self, keys: &Keys, configuration: [u8; 16], write: &mut Write) {
        let id = Self::record_id(Uuid::from_bytes(configuration));
        write.put(Self::key(configuration), seal(keys, &id, self));
    }

    /// Takes it away with its configuration.
    pub(crate) fn delete(configuration: [u8; 16], write: &mut Write) {
        write.delete(Self::key(configuration));
    }

    /// The secrets of a configuration.
    pub(crate) fn read(vault: &Opened, configuration: [u8; 16]) -> Result<Self> {
        let row = vault
            .get(&Self::key(configuration))?
            .ok_or_else(|| Problem::not_found("key of the configuration"))?;
        let id = Self::record_id(Uuid::from_bytes(configuration));
        open(vault.keys(), &id, &row.value)
    }
}
