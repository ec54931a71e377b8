//! What is noted of a version's certificate, so that lists need not read it.

use keyturn_api::{Timestamp, Validity, version::VersionKey};
use keyturn_pki::Serial;
use minicbor::{Decode, Encode};

/// What is noted. Times are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct CertificateEntry {
    /// Hex in pairs.
    #[n(0)]
    pub(crate) serial_number: String,
    #[n(1)]
    pub(crate) not_before: i64,
    #[n(2)]
    pub(crate) not_after: i64,
    #[n(3)]
    pub(crate) key_algorithm: String,
    /// Beginning of the SHA-256 of its public key.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub(crate) key_id: [u8; 8],
    #[n(5)]
    pub(crate) private_key_included: bool,
    /// When it was revoked.
    #[n(6)]
    pub(crate) revoked_at: Option<i64>,
    /// The key of an authority of this vault that signed it.
    #[cbor(n(7), with = "minicbor::bytes")]
    pub(crate) signed_by: Option<[u8; 16]>,
    /// Names, issuer and serial number; stands in the record of the secret, not in this one.
    #[cbor(skip)]
    pub(crate) search: String,
}

impl CertificateEntry {
    /// The serial number; none for one that an authority of ours would not give.
    pub(crate) fn serial(&self) -> Option<Serial> {
        let hex = self.serial_number.replace(':', "").to_ascii_lowercase();
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?;
        Serial::from_bytes(&bytes).ok()
    }

    pub(crate) fn validity(&self) -> Validity {
        Validity {
            not_before: Timestamp::from_millis(self.not_before),
            not_after: self.not_after(),
        }
    }

    pub(crate) fn not_after(&self) -> Timestamp {
        Timestamp::from_millis(self.not_after)
    }

    pub(crate) fn key(&self) -> VersionKey {
        VersionKey {
            algorithm: self.key_algorithm.clone(),
            id: data_encoding::HEXLOWER.encode(&self.key_id),
            private_key_included: self.private_key_included,
            revoked_at: self.revoked_at.map(Timestamp::from_millis),
        }
    }
}
