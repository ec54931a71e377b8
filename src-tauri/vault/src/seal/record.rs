//! The identity of a sealed record, and the associated data that binds a record to it.

use uuid::Uuid;

/// The format that the associated data names. A record sealed under another format would carry
/// another tag byte, so that old records stay readable beside new ones.
const FORMAT: u16 = 1;

/// The cipher suite of this format: XChaCha20-Poly1305 (2 is reserved for AES-256-GCM-SIV).
pub(super) const SUITE: u8 = 1;

/// Nine fields with one length byte each.
const AAD_LEN: usize = 9 + 8 + 1 + 2 + 16 + 1 + 16 + 2 + 8 + 4;

/// What kind of object a record belongs to. The numbers are on disk: never change or reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Kind {
    /// A secret's metadata.
    Secret = 1,
    /// One version of a secret: its metadata or its value.
    Version = 2,
    /// A configuration of a secrets engine.
    Configuration = 3,
    /// The API keys.
    Token = 4,
    /// A setting of the vault.
    Setting = 5,
    /// An intended external change, written before it is tried.
    Intent = 6,
    /// A wrapped data key.
    Dek = 7,
    /// The master key as a key slot wraps it.
    Slot = 8,
    /// An audit record.
    Audit = 9,
    /// A secret group.
    Group = 10,
    /// A lock on a secret or a version.
    Lock = 11,
}

/// Which record the bytes are. Bytes sealed for one identity open under no other.
///
/// It names objects, never places: no row numbers, no store keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordId {
    /// The kind of the object.
    pub kind: Kind,
    /// The object.
    pub object: Uuid,
    /// The part of the object that is sealed on its own, numbered by the kind.
    pub field: u16,
    /// The version of the object, 0 where there is but one.
    pub version: u64,
}

impl RecordId {
    /// The associated data: each field with its length before it, in this order.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no field is longer than 16 bytes"
    )]
    pub(super) fn associated_data(&self, vault: Uuid, epoch: u32) -> [u8; AAD_LEN] {
        let mut aad = [0; AAD_LEN];
        let mut at = 0;
        let mut put = |field: &[u8]| {
            aad[at] = field.len() as u8;
            aad[at + 1..=at + field.len()].copy_from_slice(field);
            at += 1 + field.len();
        };
        put(b"keyturn1");
        put(&[SUITE]);
        put(&FORMAT.to_be_bytes());
        put(vault.as_bytes());
        put(&[self.kind as u8]);
        put(self.object.as_bytes());
        put(&self.field.to_be_bytes());
        put(&self.version.to_be_bytes());
        put(&epoch.to_be_bytes());
        aad
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn associated_data_is_laid_out_as_documented() {
        let id = RecordId {
            kind: Kind::Version,
            object: Uuid::from_bytes([0xbb; 16]),
            field: 0x0102,
            version: 3,
        };
        let aad = id.associated_data(Uuid::from_bytes([0xaa; 16]), 4);
        let expected = [
            "08",
            "6b65797475726e31",
            "01",
            "01",
            "02",
            "0001",
            "10",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "01",
            "02",
            "10",
            "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "02",
            "0102",
            "08",
            "0000000000000003",
            "04",
            "00000004",
        ];
        assert_eq!(data_encoding::HEXLOWER.encode(&aad), expected.concat());
    }

    #[test]
    fn every_part_of_the_identity_changes_the_associated_data() {
        let vault = Uuid::from_u128(1);
        let id = RecordId {
            kind: Kind::Secret,
            object: vault,
            field: 0,
            version: 0,
        };
        let distinct = HashSet::from([
            id.associated_data(vault, 1),
            id.associated_data(vault, 2),
            id.associated_data(Uuid::from_u128(2), 1),
            RecordId {
                kind: Kind::Group,
                ..id
            }
            .associated_data(vault, 1),
            RecordId {
                object: Uuid::from_u128(2),
                ..id
            }
            .associated_data(vault, 1),
            RecordId { field: 1, ..id }.associated_data(vault, 1),
            RecordId { version: 1, ..id }.associated_data(vault, 1),
        ]);
        assert_eq!(distinct.len(), 7);
    }
}
