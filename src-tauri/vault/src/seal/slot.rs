//! A key slot: one way to the master key.
//!
//! Key derivation gives 64 bytes: a key that wraps the master key, and a commitment to that key.
//! XChaCha20-Poly1305 does not commit to its key, so one file could be made to open under many
//! passphrases and each try would test many guesses; hence the commitment is compared before
//! anything is opened. It also tells "another key" from "damaged".

use minicbor::{Decode, Encode};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::envelope::{self, Envelope};
use super::kdf::{KdfParams, SlotKeys};
use super::primitive::{self, Key};
use super::{Kind, RecordId, Vmk};

/// Slots stay when the data keys change, so they belong to no epoch.
const NO_EPOCH: u32 = 0;

/// A key slot as the header stores it. Fields are numbered: a later version may add some, and
/// this one skips what it does not know.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Slot {
    /// The slot.
    #[cbor(n(0), with = "super::header::uuid_bytes")]
    pub id: Uuid,
    /// How the key is had.
    #[n(1)]
    pub kind: SlotKind,
    /// When it was made, in seconds of Unix time.
    #[n(2)]
    pub created: i64,
    /// Whether the person has shown to have it (for a recovery code: typed it back).
    #[n(3)]
    pub confirmed: bool,
    /// The salt of the key derivation.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub salt: Vec<u8>,
    /// Derived beside the wrapping key, compared before opening.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub commitment: [u8; 32],
    /// The master key, sealed with the wrapping key.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub wrapped_vmk: Vec<u8>,
}

/// How the key of a slot is had. The numbers are on disk; a program that adds one raises the
/// header's `min_reader`, for this one could not rewrite the header without losing the slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[non_exhaustive]
pub enum SlotKind {
    /// 32 random bytes that the keyring of the operating system holds.
    #[n(1)]
    Keyring,
    /// A passphrase, with what Argon2id is to spend on it.
    #[n(2)]
    Passphrase(#[n(0)] KdfParams),
    /// 256 random bits that were shown once.
    #[n(3)]
    RecoveryCode,
}

impl SlotKind {
    fn number(self) -> u16 {
        match self {
            Self::Keyring => 1,
            Self::Passphrase(_) => 2,
            Self::RecoveryCode => 3,
        }
    }
}

/// What the derived key of a slot led to.
pub(super) enum Opened {
    Vmk(Vmk),
    /// Derived from something else than the slot was made with.
    AnotherKey,
    /// The right key, but the wrapped master key was changed.
    Damaged,
}

impl Slot {
    /// Wraps the master key. What the slot holds in clear is authenticated by the header's MAC.
    pub(super) fn wrap(
        vmk: &Vmk,
        vault: Uuid,
        (id, kind, created): (Uuid, SlotKind, i64),
        salt: Vec<u8>,
        keys: &SlotKeys,
    ) -> Self {
        let aad = slot_id(id, kind).associated_data(vault, NO_EPOCH);
        let wrapped_vmk = envelope::seal(&keys.kek, NO_EPOCH, &aad, vmk.expose());
        let commitment = keys.commitment;
        Self {
            id,
            kind,
            created,
            confirmed: false,
            salt,
            commitment,
            wrapped_vmk,
        }
    }

    pub(super) fn unwrap(&self, vault: Uuid, keys: &SlotKeys) -> Opened {
        if !primitive::same(&keys.commitment, &self.commitment) {
            return Opened::AnotherKey;
        }
        let envelope = match Envelope::parse(&self.wrapped_vmk) {
            Ok(envelope) if envelope.epoch == NO_EPOCH => envelope,
            _ => return Opened::Damaged,
        };
        let aad = slot_id(self.id, self.kind).associated_data(vault, NO_EPOCH);
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.wrapped_vmk.len()));
        let opened = envelope.open_into(&keys.kek, &aad, &mut bytes);
        match Key::copied_from(&bytes) {
            Some(vmk) if opened.is_ok() => Opened::Vmk(Vmk::from_key(vmk)),
            _ => Opened::Damaged,
        }
    }
}

/// The keys of a slot whose secret is itself 256 random bits: no stretching needed.
pub(super) fn derive_from_random(
    secret: &[u8; 32],
    kind: SlotKind,
    vault: Uuid,
    salt: &[u8],
) -> SlotKeys {
    let label: &[u8] = match kind {
        SlotKind::Keyring => b"keyring",
        SlotKind::Passphrase(_) => b"passphrase",
        SlotKind::RecoveryCode => b"recovery",
    };
    let mut derived = Zeroizing::new([0; 64]);
    let info = [b"keyturn1/slot/", label, vault.as_bytes()];
    assert!(
        primitive::hkdf(secret, salt, &info, &mut *derived),
        "64 bytes are not too many"
    );
    SlotKeys::split(&derived)
}

fn slot_id(id: Uuid, kind: SlotKind) -> RecordId {
    RecordId {
        kind: Kind::Slot,
        object: id,
        field: kind.number(),
        version: 0,
    }
}
