//! The header of a vault: what can be read before anything is unlocked.
//!
//! `"keyturn" ‖ format u16 ‖ min_reader u16 ‖ CBOR map`. The two numbers stand outside the map so
//! that any version can say "made by a newer program" about any later one. Nothing in it is
//! believed until the MAC was checked, which needs the master key; until then it is untrusted
//! input with bounds.
//!
//! Map: 0 suite, 1 vault, 2 created, 3 epoch, 4 slots; 5 (rekey) and 6 (backup) are reserved.
//! Unknown numbers are skipped and lost when the header is rewritten, so a program that adds one
//! that must not be lost raises `min_reader`.

use minicbor::{Decode, Decoder, Encode};
use uuid::Uuid;

use super::record::SUITE;
use super::{Keys, Slot, SlotKind};

/// The format that this version writes, and the newest that it reads.
pub const FORMAT: u16 = 1;

/// A header is never larger, encoded.
pub const MAX_LEN: usize = 64 * 1024;

/// A header never has more slots.
pub const MAX_SLOTS: usize = 16;
/// We write one; a second has room for a change that keeps the old one.
const MAX_PASSPHRASES: usize = 2;

const MAGIC: &[u8; 7] = b"keyturn";
const MAX_SALT_LEN: usize = 64;
const MAX_WRAPPED_LEN: usize = 256;

/// Why a header was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// The bytes are something else.
    #[error("this is not a vault of Keyturn")]
    NotAVault,
    /// A newer program made it and says that this one must not touch it.
    #[error("the vault has format {format}, this version reads up to {FORMAT}")]
    NewerFormat {
        /// The format found.
        format: u16,
    },
    /// Sealed with a cipher suite that this version does not know.
    #[error("the vault uses cipher suite {suite}, which this version does not know")]
    UnknownSuite {
        /// The number found.
        suite: u8,
    },
    /// Cut short, changed, or beyond the bounds.
    #[error("the header of the vault is damaged")]
    Damaged,
    /// There is no room for another slot.
    #[error("a vault has at most {MAX_SLOTS} unlock methods")]
    TooManySlots,
}

/// The header of a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The format it was written in.
    pub format: u16,
    /// The oldest format whose programs may read and write it.
    pub min_reader: u16,
    /// The cipher suite of the vault.
    pub suite: u8,
    /// The vault.
    pub vault: Uuid,
    /// When it was made, in seconds of Unix time.
    pub created: i64,
    /// The epoch that new records are sealed in.
    pub epoch: u32,
    /// The ways to the master key.
    pub slots: Vec<Slot>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Body {
    #[n(0)]
    suite: u8,
    #[cbor(n(1), with = "uuid_bytes")]
    vault: Uuid,
    #[n(2)]
    created: i64,
    #[n(3)]
    epoch: u32,
    #[n(4)]
    slots: Vec<Slot>,
}

impl Header {
    /// The header of a new vault: first epoch, no slots yet.
    pub fn make(vault: Uuid, created: i64) -> Self {
        let (format, min_reader, suite) = (FORMAT, FORMAT, SUITE);
        Self {
            format,
            min_reader,
            suite,
            vault,
            created,
            epoch: 1,
            slots: Vec::new(),
        }
    }

    /// Whether the vault can be opened when the keyring is gone: the condition for saving the
    /// first secret. A slot that was never confirmed does not count.
    pub fn outlives_keyring(&self) -> bool {
        self.slots
            .iter()
            .any(|slot| slot.kind != SlotKind::Keyring && slot.confirmed)
    }

    /// The bytes to store and to give to [`mac`]. What could not be read back is not written.
    pub fn encode(&self) -> Result<Vec<u8>, HeaderError> {
        if self.slots.len() > MAX_SLOTS {
            return Err(HeaderError::TooManySlots);
        }
        if !acceptable(&self.slots) {
            return Err(HeaderError::Damaged);
        }
        let body = Body {
            suite: self.suite,
            vault: self.vault,
            created: self.created,
            epoch: self.epoch,
            slots: self.slots.clone(),
        };
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&self.format.to_be_bytes());
        bytes.extend_from_slice(&self.min_reader.to_be_bytes());
        minicbor::encode(body, &mut bytes).map_err(|_| HeaderError::Damaged)?;
        if bytes.len() > MAX_LEN {
            Err(HeaderError::Damaged)
        } else {
            Ok(bytes)
        }
    }

    /// Reads a header. Key derivation parameters are judged when a slot is used, so that one bad
    /// slot does not shut the others.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(HeaderError::NotAVault)?;
        let (format, rest) = rest.split_first_chunk().ok_or(HeaderError::Damaged)?;
        let (min_reader, rest) = rest.split_first_chunk().ok_or(HeaderError::Damaged)?;
        let (format, min_reader) = (u16::from_be_bytes(*format), u16::from_be_bytes(*min_reader));
        if min_reader > FORMAT {
            return Err(HeaderError::NewerFormat { format });
        }
        if bytes.len() > MAX_LEN || min_reader == 0 || format < min_reader {
            return Err(HeaderError::Damaged);
        }

        let mut decoder = Decoder::new(rest);
        let body: Body = decoder.decode().map_err(|_| HeaderError::Damaged)?;
        if decoder.position() != rest.len() {
            return Err(HeaderError::Damaged);
        }
        if body.suite != SUITE {
            return Err(HeaderError::UnknownSuite { suite: body.suite });
        }
        if !acceptable(&body.slots) {
            return Err(HeaderError::Damaged);
        }
        let Body {
            suite,
            vault,
            created,
            epoch,
            slots,
        } = body;
        Ok(Self {
            format,
            min_reader,
            suite,
            vault,
            created,
            epoch,
            slots,
        })
    }
}

/// The MAC over the header as it is stored, with the two numbers that change at each commit.
pub fn mac(keys: &Keys, header: &[u8], generation: u64, manifest_root: &[u8; 32]) -> [u8; 32] {
    keys.header_mac(&[header, &generation.to_be_bytes(), manifest_root])
}

/// Checks that MAC in constant time.
pub fn verify(
    keys: &Keys,
    header: &[u8],
    generation: u64,
    manifest_root: &[u8; 32],
    mac: &[u8],
) -> Result<(), HeaderError> {
    let parts = [header, &generation.to_be_bytes(), manifest_root.as_slice()];
    if keys.verify_header_mac(&parts, mac) {
        Ok(())
    } else {
        Err(HeaderError::Damaged)
    }
}

fn acceptable(slots: &[Slot]) -> bool {
    // Each costs a derivation at an attempt, and nobody can stop one.
    let passphrases = slots
        .iter()
        .filter(|slot| matches!(slot.kind, SlotKind::Passphrase(_)))
        .count();
    let distinct = |slot: &&Slot| slots.iter().filter(|other| other.id == slot.id).count() == 1;
    slots.len() <= MAX_SLOTS
        && passphrases <= MAX_PASSPHRASES
        && slots.iter().all(|slot| {
            slot.salt.len() <= MAX_SALT_LEN && slot.wrapped_vmk.len() <= MAX_WRAPPED_LEN
        })
        && slots.iter().filter(distinct).count() == slots.len()
}

/// A UUID as its 16 bytes, rather than as text.
pub(super) mod uuid_bytes {
    use minicbor::bytes::{ByteArray, ByteSlice};
    use minicbor::decode::{Decoder, Error};
    use minicbor::encode::{self, Encoder, Write};
    use uuid::Uuid;

    pub(in super::super) fn encode<C, W: Write>(
        uuid: &Uuid,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.encode(<&ByteSlice>::from(uuid.as_bytes().as_slice()))?
            .ok()
    }

    pub(in super::super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Uuid, Error> {
        d.decode::<ByteArray<16>>()
            .map(|bytes| Uuid::from_bytes(bytes.into()))
    }
}

#[cfg(test)]
mod tests;
