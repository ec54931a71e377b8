//! What reading and writing key stores of Java in their old format have in common: how they protect
//! a key (`sun.security.provider.KeyProtector`) and hash a password.
//!
//! The jks crate protects keys too, but leaves the key and many copies of the password in memory.
//! All buffers are wiped here; what SHA-1 holds of the password in its own block while it runs is
//! not, for the crate cannot wipe it.

use const_oid::ObjectIdentifier as Oid;
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

/// The algorithm, as it stands before a protected key.
pub(crate) const KEY_PROTECTION: Oid = Oid::new_unwrap("1.3.6.1.4.1.42.2.17.1.1");
/// What is hashed with the password into the seal of a file.
pub(crate) const WHITENER: &[u8] = b"Mighty Aphrodite";
/// Bytes of a hash, and of a salt.
pub(crate) const HASH_BYTES: usize = 20;

/// A password as Java has it: UTF-16, big endian.
pub(crate) fn password(text: &str) -> Zeroizing<Vec<u8>> {
    // As large as it can get at once: a vector that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * text.len()));
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// Salt, masked key and check value.
pub(crate) fn protect(key: &[u8], password: &[u8], salt: &[u8; HASH_BYTES]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len() + 2 * HASH_BYTES);
    bytes.extend(salt);
    bytes.extend(key);
    mask(&mut bytes[HASH_BYTES..], password, salt);
    bytes.extend(check_value(key, password));
    bytes
}

/// The key; none if the password is another one.
pub(crate) fn open(protected: &[u8], password: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (salt, rest) = protected.split_at_checked(HASH_BYTES)?;
    let (masked, check) = rest.split_at_checked(rest.len().checked_sub(HASH_BYTES)?)?;
    let mut key = Zeroizing::new(masked.to_vec());
    mask(&mut key, password, salt);
    (check_value(&key, password) == *check).then_some(key)
}

/// Each hash is the salt of the next; all of them in a row are the mask.
fn mask(bytes: &mut [u8], password: &[u8], salt: &[u8]) {
    let mut hash = Zeroizing::new([0; HASH_BYTES]);
    for (place, chunk) in bytes.chunks_mut(HASH_BYTES).enumerate() {
        let salt = if place == 0 { salt } else { &*hash };
        let next = Sha1::new().chain_update(password).chain_update(salt);
        *hash = next.finalize().into();
        for (byte, mask) in chunk.iter_mut().zip(hash.iter()) {
            *byte ^= mask;
        }
    }
}

fn check_value(key: &[u8], password: &[u8]) -> [u8; HASH_BYTES] {
    let hash = Sha1::new().chain_update(password).chain_update(key);
    hash.finalize().into()
}
