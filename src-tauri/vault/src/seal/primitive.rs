//! The primitives, each behind one function, so that the published vectors run through the very
//! lines that the vault uses: XChaCha20-Poly1305, HKDF-SHA-256, HMAC-SHA-256, Argon2id.

use std::ops::Deref;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

#[cfg(test)]
mod vectors;

/// A 256-bit key, overwritten when dropped. It lives on the heap and is filled there, so that
/// moving it leaves no copy on the stack.
pub(super) struct Key(Box<[u8; 32]>);

impl Key {
    /// A new random key.
    pub(super) fn make() -> Self {
        Self::filled_by(|key| getrandom::fill(key).expect(RANDOMNESS))
    }

    /// A key that `fill` writes.
    pub(super) fn filled_by(fill: impl FnOnce(&mut [u8; 32])) -> Self {
        let mut key = Self(Box::new([0; 32]));
        fill(&mut key.0);
        key
    }

    /// The bytes as a key, if there are 32.
    pub(super) fn copied_from(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == 32).then(|| Self::filled_by(|key| key.copy_from_slice(bytes)))
    }
}

impl Deref for Key {
    type Target = [u8; 32];

    fn deref(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

const RANDOMNESS: &str = "the operating system gives randomness";

/// The length of a nonce; other lengths do not compile.
pub(super) const NONCE_LEN: usize = 24;

/// The length of an authentication tag.
pub(super) const TAG_LEN: usize = 16;

/// XChaCha20-Poly1305 under one key.
pub(super) struct Cipher(Key);

impl Cipher {
    pub(super) fn new(key: Key) -> Self {
        Self(key)
    }

    /// The key, to be wrapped by another.
    pub(super) fn key(&self) -> &Key {
        &self.0
    }

    /// The crate's cipher holds its key by value, so it is made where it is used and overwrites
    /// it there.
    fn schedule(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }

    /// Encrypts in place and gives the tag.
    pub(super) fn encrypt(
        &self,
        nonce: &[u8; NONCE_LEN],
        aad: &[u8],
        buffer: &mut [u8],
    ) -> [u8; TAG_LEN] {
        self.schedule()
            .encrypt_inout_detached(&XNonce::from(*nonce), aad, buffer.into())
            .expect("a message in memory is shorter than 256 GiB")
            .into()
    }

    /// Checks the tag, then decrypts in place. A buffer that did not pass is overwritten, so no
    /// byte of it can be taken for plaintext.
    #[must_use]
    pub(super) fn decrypt(
        &self,
        nonce: &[u8; NONCE_LEN],
        aad: &[u8],
        buffer: &mut [u8],
        tag: &[u8; TAG_LEN],
    ) -> bool {
        let nonce = XNonce::from(*nonce);
        let passed = self
            .schedule()
            .decrypt_inout_detached(&nonce, aad, (&mut *buffer).into(), tag.into())
            .is_ok();
        if !passed {
            buffer.zeroize();
        }
        passed
    }
}

/// HKDF-SHA-256. `false` if `out` is longer than the 8,160 bytes that HKDF can give.
#[must_use]
pub(super) fn hkdf(ikm: &[u8], salt: &[u8], info: &[&[u8]], out: &mut [u8]) -> bool {
    Hkdf::<Sha256>::new(Some(salt), ikm)
        .expand_multi_info(info, out)
        .is_ok()
}

/// HMAC-SHA-256 over the parts as one message.
pub(super) fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Argon2id version 0x13. `false` if the memory cannot be had, or if the parameters are outside
/// what Argon2 itself allows; the bounds that a vault sets stand in [`super::kdf`].
#[must_use]
pub(super) fn argon2id(
    passphrase: &[u8],
    salt: &[u8],
    (memory_kib, passes, lanes): (u32, u32, u32),
    out: &mut [u8],
) -> bool {
    let Ok(params) = Params::new(memory_kib, passes, lanes, Some(out.len())) else {
        return false;
    };
    // Our own memory rather than the crate's, which is given back without being overwritten: the
    // key can be computed from its last blocks.
    let mut memory = Vec::new();
    if memory.try_reserve_exact(params.block_count()).is_err() {
        return false;
    }
    memory.resize(params.block_count(), Block::new());
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(passphrase, salt, out, &mut memory[..])
        .is_ok();
    memory.zeroize();
    done
}

/// Bytes from the operating system's generator.
///
/// A system that has no randomness is one where nothing may be sealed, so this panics there.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect(RANDOMNESS);
    bytes
}

/// Whether both are the same, in a time that does not tell where they differ.
#[must_use]
pub(super) fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
