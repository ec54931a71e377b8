//! What is kept of a private certificate: beside its versions, and as the value of one.

use keyturn_api::{CertificateFields, Code, Plaintext, Problem, Result, secret::private_cert::New};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::records::SecretRecord;

/// What the record keeps for this type. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, Default, Encode, Decode)]
pub(super) struct Kept {
    /// What was asked for at creation, JSON as the API has it; with the request given last.
    #[n(0)]
    pub(super) request: String,
    /// Name of the authority that signed the current version.
    #[n(1)]
    pub(super) authority: String,
    #[n(2)]
    pub(super) common_name: Option<String>,
    #[n(3)]
    pub(super) alt_names: Vec<String>,
    #[n(4)]
    pub(super) issuer: String,
    #[n(5)]
    pub(super) serial_number: String,
    #[n(6)]
    pub(super) not_before: i64,
    #[n(7)]
    pub(super) not_after: i64,
    #[n(8)]
    pub(super) key_algorithm: String,
    #[n(9)]
    pub(super) signing_algorithm: String,
    #[n(10)]
    pub(super) revoked_at: Option<i64>,
    #[n(11)]
    #[cbor(default)]
    pub(super) private_key_included: bool,
}

impl Kept {
    pub(super) fn of(record: &SecretRecord) -> Self {
        minicbor::decode(&record.detail).unwrap_or_default()
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into a vector cannot fail.
        let _ = minicbor::encode(self, &mut bytes);
        bytes
    }

    pub(super) fn of_certificate(
        new: &New,
        authority: &str,
        fields: CertificateFields,
        private_key_included: bool,
    ) -> Self {
        Self {
            request: serde_json::to_string(new).unwrap_or_default(),
            authority: authority.to_owned(),
            common_name: fields.common_name,
            alt_names: fields.alt_names,
            issuer: fields.issuer,
            serial_number: fields.serial_number,
            not_before: fields.validity.not_before.millis(),
            not_after: fields.validity.not_after.millis(),
            key_algorithm: fields.key_algorithm,
            signing_algorithm: fields.signing_algorithm,
            revoked_at: None,
            private_key_included,
        }
    }

    pub(super) fn request(&self) -> Result<New> {
        serde_json::from_str(&self.request).map_err(|_| {
            Problem::new(
                Code::Damaged,
                "What this certificate was asked for cannot be read.",
            )
            .remedy("Update Keyturn.")
        })
    }
}

/// The value as it is kept. Borrowed, so that reading it copies no key.
#[derive(Encode, Decode)]
pub(super) struct Value<'b> {
    #[n(0)]
    pub(super) certificate: &'b str,
    #[n(1)]
    pub(super) private_key: Option<&'b str>,
    #[n(2)]
    pub(super) ca_chain: Vec<&'b str>,
    /// Name of the authority that signed.
    #[n(3)]
    pub(super) authority: &'b str,
}

impl<'b> Value<'b> {
    pub(super) fn encode(&self) -> Plaintext {
        let chain: usize = self.ca_chain.iter().map(|one| one.len() + 8).sum();
        let length = self.certificate.len() + self.private_key.map_or(0, str::len) + chain;
        // room for all of it: growing would leave copies of the key behind
        let mut bytes = Zeroizing::new(Vec::with_capacity(length + 64 + self.authority.len()));
        let _ = minicbor::encode(self, &mut *bytes);
        Plaintext::stored(std::mem::take(&mut *bytes), false)
    }

    pub(super) fn decode(value: &'b Plaintext) -> Option<Self> {
        minicbor::decode(value.bytes()).ok()
    }
}
