//! Sealed bytes: how a record looks on disk.
//!
//! `'K' ‖ suite u8 ‖ epoch u32 ‖ nonce 24 ‖ ciphertext ‖ tag 16`, numbers big-endian. The plaintext
//! is padded to a bucket before it is encrypted, and its length stands in the last four bytes of
//! the bucket, so that opening is one truncation.

use zeroize::Zeroize;

use super::primitive::{Cipher, NONCE_LEN, TAG_LEN, random};
use super::record::SUITE;

/// The first byte of everything sealed; names format 1.
const TAG_BYTE: u8 = b'K';

const PREFIX_LEN: usize = 1 + 1 + 4 + NONCE_LEN;
const LENGTH_LEN: usize = 4;

/// Why sealed bytes were not opened. It carries no byte of the record; the caller knows which
/// record it asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The bytes do not begin as sealed bytes do.
    #[error("the record is not sealed")]
    NotSealed,
    /// The bytes end before the smallest sealed record would.
    #[error("the sealed record is cut short")]
    Truncated,
    /// Sealed with a cipher suite that this version does not know.
    #[error("the record was sealed with cipher suite {suite}, which this version does not know")]
    UnknownSuite {
        /// The number found.
        suite: u8,
    },
    /// Sealed in an epoch whose data key is not loaded.
    #[error("the record was sealed in key epoch {epoch}, whose key is not loaded")]
    UnknownEpoch {
        /// The number found.
        epoch: u32,
    },
    /// The epoch has a data key already; a second one would orphan its records.
    #[error("key epoch {epoch} exists already")]
    EpochTaken {
        /// The number asked for.
        epoch: u32,
    },
    /// The bytes were changed, belong to another record, or another vault.
    #[error("the record is damaged or is not the record it stands for")]
    Damaged,
}

/// Pads and encrypts under a fresh random nonce.
pub(super) fn seal(cipher: &Cipher, epoch: u32, aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let length = u32::try_from(plaintext.len()).expect("a plaintext is shorter than 4 GiB");
    let nonce = random::<NONCE_LEN>();
    let padded = bucket(plaintext.len() + LENGTH_LEN);

    let mut sealed = Vec::with_capacity(PREFIX_LEN + padded + TAG_LEN);
    sealed.push(TAG_BYTE);
    sealed.push(SUITE);
    sealed.extend_from_slice(&epoch.to_be_bytes());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plaintext);
    sealed.resize(PREFIX_LEN + padded - LENGTH_LEN, 0);
    sealed.extend_from_slice(&length.to_be_bytes());

    let tag = cipher.encrypt(&nonce, aad, &mut sealed[PREFIX_LEN..]);
    sealed.extend_from_slice(&tag);
    sealed
}

/// Sealed bytes taken apart. Nothing in it is authenticated yet.
pub(super) struct Envelope<'a> {
    pub(super) epoch: u32,
    nonce: &'a [u8; NONCE_LEN],
    ciphertext: &'a [u8],
    tag: &'a [u8; TAG_LEN],
}

impl<'a> Envelope<'a> {
    pub(super) fn parse(sealed: &'a [u8]) -> Result<Self, SealError> {
        let (&tag_byte, rest) = sealed.split_first().ok_or(SealError::Truncated)?;
        if tag_byte != TAG_BYTE {
            return Err(SealError::NotSealed);
        }
        let (&suite, rest) = rest.split_first().ok_or(SealError::Truncated)?;
        if suite != SUITE {
            return Err(SealError::UnknownSuite { suite });
        }
        let (epoch, rest) = rest.split_first_chunk().ok_or(SealError::Truncated)?;
        let (nonce, rest) = rest.split_first_chunk().ok_or(SealError::Truncated)?;
        let (ciphertext, tag) = rest.split_last_chunk().ok_or(SealError::Truncated)?;
        if ciphertext.len() < LENGTH_LEN {
            return Err(SealError::Truncated);
        }
        Ok(Self {
            epoch: u32::from_be_bytes(*epoch),
            nonce,
            ciphertext,
            tag,
        })
    }

    /// Replaces the contents of `plaintext`. On an error it is empty and overwritten.
    pub(super) fn open_into(
        &self,
        cipher: &Cipher,
        aad: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Result<(), SealError> {
        if plaintext.capacity() < self.ciphertext.len() {
            // growing would free an earlier plaintext as it is
            plaintext.zeroize();
        }
        plaintext.clear();
        plaintext.extend_from_slice(self.ciphertext);
        if cipher.decrypt(self.nonce, aad, plaintext, self.tag)
            && let Some((room, length)) = plaintext.split_last_chunk::<LENGTH_LEN>()
            && let Ok(length) = usize::try_from(u32::from_be_bytes(*length))
            && length <= room.len()
        {
            plaintext.truncate(length);
            return Ok(());
        }
        plaintext.zeroize();
        Err(SealError::Damaged)
    }
}

/// The smallest bucket that holds `len` bytes: 64 B, 256 B, 1 KiB, then steps of a tenth.
fn bucket(len: usize) -> usize {
    let mut size = match len {
        0..=64 => 64,
        65..=256 => 256,
        _ => 1024,
    };
    while size < len {
        size += size / 10;
    }
    size
}

#[cfg(test)]
mod tests {
    use super::super::primitive::Key;
    use super::*;

    #[test]
    fn buckets_grow_as_documented_and_waste_at_most_a_tenth() {
        let sizes = [1, 64, 65, 256, 257, 1024, 1025, 1126, 1127];
        let buckets = sizes.map(bucket);
        assert_eq!(buckets, [64, 64, 256, 256, 1024, 1024, 1126, 1126, 1238]);
        for len in (1024..2_000_000).step_by(9973) {
            assert!(
                bucket(len) >= len && bucket(len) <= len + len / 10 + 1,
                "{len}"
            );
        }
    }

    #[test]
    fn what_was_sealed_is_opened_at_every_length_around_a_bucket() {
        let cipher = Cipher::new(Key::make());
        let mut opened = Vec::new();
        for len in (0..300).chain(1000..1140).chain([1_000_000]) {
            let plaintext = vec![0x5a; len];
            let sealed = seal(&cipher, 1, b"aad", &plaintext);
            assert_eq!(
                sealed.len(),
                PREFIX_LEN + bucket(len + LENGTH_LEN) + TAG_LEN
            );
            let envelope = Envelope::parse(&sealed).unwrap();
            envelope.open_into(&cipher, b"aad", &mut opened).unwrap();
            assert_eq!(opened, plaintext);
        }
    }

    #[test]
    fn two_seals_of_the_same_bytes_share_nothing_after_the_epoch() {
        let cipher = Cipher::new(Key::make());
        let (a, b) = (
            seal(&cipher, 1, b"", b"same"),
            seal(&cipher, 1, b"", b"same"),
        );
        let equal = a[6..].iter().zip(&b[6..]).filter(|(a, b)| a == b).count();
        assert!(equal < 12, "{equal} of {} bytes are equal", a.len() - 6);
    }

    #[test]
    fn a_length_beyond_the_bucket_is_damage_though_the_tag_is_right() {
        let cipher = Cipher::new(Key::make());
        let nonce = random();
        let mut padded = [0u8; 64];
        padded[60..].copy_from_slice(&61u32.to_be_bytes());
        let tag = cipher.encrypt(&nonce, b"", &mut padded);
        let envelope = Envelope {
            epoch: 1,
            nonce: &nonce,
            ciphertext: &padded,
            tag: &tag,
        };
        let mut opened = Vec::new();
        assert_eq!(
            envelope.open_into(&cipher, b"", &mut opened),
            Err(SealError::Damaged)
        );
        assert!(opened.is_empty());
    }

    #[test]
    fn a_refused_record_leaves_no_earlier_plaintext_in_the_buffer() {
        let cipher = Cipher::new(Key::make());
        let mut buffer = b"an earlier plaintext".to_vec();
        buffer.reserve_exact(200);
        let mut sealed = seal(&cipher, 1, b"", b"x");
        sealed[PREFIX_LEN] ^= 1;
        let refused = Envelope::parse(&sealed)
            .unwrap()
            .open_into(&cipher, b"", &mut buffer);
        assert_eq!(refused, Err(SealError::Damaged));
        assert!(buffer.is_empty());
    }
}
