//! The configurations of secrets engines, all in one record: there are few, and whoever adds or
//! changes one sees the others, so that names stay unique and the limits hold among all processes.
//! What is secret or grows has records of its own: private keys and revocation lists of authorities,
//! and the claims on serial numbers.

use keyturn_api::{
    ConfigType, Plaintext, Problem, Result, Timestamp, configuration::authority::CrlView,
};
use keyturn_pki::Serial;
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{key, open, seal};
use crate::{
    opened::Opened,
    problem,
    seal::{Keys, Kind, RecordId},
};

/// Every configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct CatalogueRecord {
    #[n(0)]
    pub(crate) configurations: Vec<ConfigurationRecord>,
}

/// A configuration. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ConfigurationRecord {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) id: [u8; 16],
    /// Name of the type on the wire.
    #[n(1)]
    pub(crate) config_type: String,
    #[n(2)]
    pub(crate) name: String,
    #[n(3)]
    pub(crate) created_by: String,
    #[n(4)]
    pub(crate) created_at: i64,
    #[n(5)]
    pub(crate) updated_at: i64,
    /// Who changed it last.
    #[n(6)]
    pub(crate) updated_by: String,
    /// Rises with each change.
    #[n(7)]
    pub(crate) revision: u64,
    /// What it was made from, JSON as the API has it.
    #[n(8)]
    pub(crate) request: String,
    /// Certificate of an authority, PEM.
    #[n(9)]
    pub(crate) certificate: Option<String>,
    /// Request of an authority that waits to be signed, PEM.
    #[n(10)]
    pub(crate) csr: Option<String>,
    /// The authority of this instance that signed it.
    #[cbor(n(11), with = "minicbor::bytes")]
    pub(crate) signed_by: Option<[u8; 16]>,
    /// The chain above an authority that was signed elsewhere, PEM.
    #[n(12)]
    pub(crate) chain: Option<Vec<String>>,
    #[n(13)]
    pub(crate) revoked_at: Option<i64>,
    /// Under which id its key, its list and its serial numbers stand; none: its own. Each rotation
    /// gives another, so that what an earlier key signed can still be revoked.
    #[cbor(n(14), with = "minicbor::bytes")]
    pub(crate) key_id: Option<[u8; 16]>,
    /// What it signed with before its rotations, and what still lives by it.
    #[n(15)]
    pub(crate) former: Option<Vec<FormerRecord>>,
    /// With which options it was signed, JSON as the API has it.
    #[n(16)]
    pub(crate) signing: Option<String>,
    /// An authority above it that was revoked, and is deleted since: its name.
    #[n(17)]
    pub(crate) revoked_above: Option<String>,
    /// Address of the account with an authority of public certificates, once it is registered.
    #[n(18)]
    pub(crate) account_url: Option<String>,
    /// Whether the contact was changed, and that authority is still to be told.
    #[n(19)]
    pub(crate) contact_untold: Option<bool>,
}

/// An earlier key of an authority.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct FormerRecord {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) key_id: [u8; 16],
    /// PEM.
    #[n(1)]
    pub(crate) certificate: String,
}

/// A key of an authority and its certificate: the present ones, or earlier ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Generation<'a> {
    pub(crate) key_id: [u8; 16],
    /// PEM; none while it waits to be signed.
    pub(crate) certificate: Option<&'a str>,
}

impl CatalogueRecord {
    /// Where it stands.
    pub(crate) const KEY: &[u8] = b"e/catalogue";

    const RECORD_ID: RecordId = RecordId {
        kind: Kind::Configuration,
        object: Uuid::nil(),
        field: 0,
        version: 0,
    };

    pub(crate) fn seal(&self, keys: &Keys) -> Vec<u8> {
        seal(keys, &Self::RECORD_ID, self)
    }

    pub(crate) fn open(keys: &Keys, sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::RECORD_ID, sealed)
    }

    /// The configuration of a type and name.
    pub(crate) fn named(
        &self,
        config_type: ConfigType,
        name: &str,
    ) -> Option<&ConfigurationRecord> {
        let named =
            |one: &&ConfigurationRecord| one.config_type == config_type.name() && one.name == name;
        self.configurations.iter().find(named)
    }

    /// The authority with a name, root or intermediate.
    pub(crate) fn authority(&self, name: &str) -> Option<&ConfigurationRecord> {
        self.named(ConfigType::IntermediateCa, name)
            .or_else(|| self.named(ConfigType::RootCa, name))
    }

    /// The authority that signs or signed with a key.
    pub(crate) fn by_key(
        &self,
        key_id: [u8; 16],
    ) -> Option<(&ConfigurationRecord, Generation<'_>)> {
        let authorities = self.configurations.iter().filter(|one| one.is_authority());
        authorities
            .flat_map(|one| one.generations().map(move |generation| (one, generation)))
            .find(|(_, generation)| generation.key_id == key_id)
    }

    pub(crate) fn by_id(&self, id: [u8; 16]) -> Option<&ConfigurationRecord> {
        self.configurations.iter().find(|one| one.id == id)
    }

    pub(crate) fn by_id_mut(&mut self, id: [u8; 16]) -> Option<&mut ConfigurationRecord> {
        self.configurations.iter_mut().find(|one| one.id == id)
    }
}

impl ConfigurationRecord {
    /// The type, if this version of Keyturn knows it.
    pub(crate) fn config_type(&self) -> Option<ConfigType> {
        let known = |one: &ConfigType| one.name() == self.config_type;
        ConfigType::ALL.into_iter().find(known)
    }

    /// What it was made from.
    pub(crate) fn request<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.request)
            .map_err(|_| problem::unreadable(&CatalogueRecord::RECORD_ID))
    }

    pub(crate) const fn is_authority(&self) -> bool {
        self.certificate.is_some() || self.csr.is_some()
    }

    /// What an authority signs with.
    pub(crate) fn present(&self) -> Generation<'_> {
        Generation {
            key_id: self.key_id.unwrap_or(self.id),
            certificate: self.certificate.as_deref(),
        }
    }

    /// What an authority signs and signed with, the present key first.
    pub(crate) fn generations(&self) -> impl Iterator<Item = Generation<'_>> {
        let former = self.former.iter().flatten().map(|former| Generation {
            key_id: former.key_id,
            certificate: Some(&former.certificate),
        });
        std::iter::once(self.present()).chain(former)
    }
}

/// Where the private key of an authority stands.
pub(crate) fn authority_key(id: [u8; 16]) -> Vec<u8> {
    key(b"e/k/", &id)
}

const fn authority_key_id(id: Uuid) -> RecordId {
    RecordId {
        kind: Kind::Configuration,
        object: id,
        field: 1,
        version: 0,
    }
}

/// Seals the private key of an authority, PEM.
pub(crate) fn seal_authority_key(keys: &Keys, id: [u8; 16], private_key: &[u8]) -> Vec<u8> {
    keys.seal(&authority_key_id(Uuid::from_bytes(id)), private_key)
}

/// Opens the private key of an authority, PEM.
pub(crate) fn open_authority_key(vault: &Opened, id: [u8; 16]) -> Result<Plaintext> {
    let row = vault
        .get(&authority_key(id))?
        .ok_or_else(|| Problem::not_found("private key of the authority"))?;
    let record_id = authority_key_id(Uuid::from_bytes(id));
    let plain = vault
        .keys()
        .open(&record_id, &row.value)
        .map_err(|error| problem::damaged(&record_id, error))?;
    Ok(Plaintext::stored(plain.expose().to_vec(), false))
}

/// The claim on a serial number: a keyed hash, so that no authority gives one twice, not even after
/// a crash, and the file does not tell which were given.
pub(crate) fn serial_key(keys: &Keys, authority: [u8; 16], serial: &Serial) -> Vec<u8> {
    let hash = keys.index_mac(&[b"serial", &authority, serial.as_bytes()]);
    key(b"e/i/", &hash[..16])
}

/// The revocation list of an authority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct CrlRecord {
    #[n(0)]
    pub(crate) number: u32,
    /// Milliseconds since the Unix epoch.
    #[n(1)]
    pub(crate) this_update: i64,
    #[n(2)]
    pub(crate) next_update: i64,
    /// The list as it is published.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub(crate) der: Vec<u8>,
    /// What was revoked.
    #[n(4)]
    pub(crate) revoked: Vec<RevokedRecord>,
}

/// A certificate that was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct RevokedRecord {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) serial: Vec<u8>,
    /// Seconds since the Unix epoch.
    #[n(1)]
    pub(crate) at: i64,
}

impl CrlRecord {
    pub(crate) fn key(authority: [u8; 16]) -> Vec<u8> {
        key(b"e/r/", &authority)
    }

    const fn record_id(authority: Uuid) -> RecordId {
        RecordId {
            kind: Kind::Configuration,
            object: authority,
            field: 2,
            version: 0,
        }
    }

    pub(crate) fn seal(&self, keys: &Keys, authority: [u8; 16]) -> Vec<u8> {
        seal(keys, &Self::record_id(Uuid::from_bytes(authority)), self)
    }

    pub(crate) fn open(keys: &Keys, authority: [u8; 16], sealed: &[u8]) -> Result<Self> {
        open(keys, &Self::record_id(Uuid::from_bytes(authority)), sealed)
    }

    pub(crate) fn view(&self) -> CrlView {
        CrlView {
            number: self.number,
            this_update: Timestamp::from_millis(self.this_update),
            next_update: Timestamp::from_millis(self.next_update),
            revoked: u32::try_from(self.revoked.len()).unwrap_or(u32::MAX),
        }
    }
}
