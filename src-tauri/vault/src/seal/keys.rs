//! The unlocked key material of one vault.

use std::fmt;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use uuid::Uuid;
use zeroize::Zeroizing;

use super::envelope::{self, Envelope, SealError};
use super::primitive::{self, Cipher, Key};
use super::{Header, Kind, RecordId, Sensitive};

/// The vault master key: 32 random bytes that only derive and wrap, never encrypt data.
pub struct Vmk(Key);

impl Vmk {
    /// A new random master key, for a new vault.
    pub fn make() -> Self {
        Self(Key::make())
    }

    /// A master key that the caller already holds.
    pub fn from_bytes(bytes: &Zeroizing<[u8; 32]>) -> Self {
        Self(Key::filled_by(|key| key.copy_from_slice(&**bytes)))
    }

    pub(super) fn from_key(key: Key) -> Self {
        Self(key)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    fn derive(&self, label: &str, vault: Uuid) -> Key {
        let info: [&[u8]; 3] = [b"keyturn1/", label.as_bytes(), vault.as_bytes()];
        Key::filled_by(|key| {
            assert!(
                primitive::hkdf(&*self.0, &[], &info, key),
                "32 bytes are not too many"
            );
        })
    }
}

impl fmt::Debug for Vmk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vmk(<redacted>)")
    }
}

/// The unlocked keys of one vault: master key, subkeys, and the data key of each epoch.
///
/// Everything takes `&self` and may be called from many threads. All keys are overwritten when
/// the value is dropped, which is what locking a vault means.
pub struct Keys {
    vault: Uuid,
    vmk: Vmk,
    header: Key,
    index: Key,
    audit: Key,
    token: Key,
    signing: Key,
    export: Key,
    wrap: Cipher,
    ring: RwLock<Ring>,
}

/// The data keys by epoch. The current one is always there, so that sealing cannot fail.
struct Ring {
    current: (u32, Cipher),
    others: Vec<(u32, Cipher)>,
}

impl Keys {
    /// The keys of a new vault, with a new data key for the header's epoch: the second value is
    /// its wrapped form, to be stored.
    pub fn create(vmk: Vmk, header: &Header) -> (Self, Vec<u8>) {
        let wrap = Cipher::new(vmk.derive("wrap", header.vault));
        let dek = Cipher::new(Key::make());
        let wrapped = wrap_dek(&wrap, header.vault, header.epoch, &dek);
        (
            Self::derive(vmk, header.vault, (header.epoch, dek)),
            wrapped,
        )
    }

    /// The keys of an existing vault with its wrapped data keys. That of the header's epoch must
    /// be among them.
    ///
    /// The master key opens the data keys before the header's MAC can be checked, so the caller
    /// checks it next ([`super::header::verify`]) and believes nothing of the header until then.
    pub fn from_vmk<'a>(
        vmk: Vmk,
        header: &Header,
        wrapped_deks: impl IntoIterator<Item = (u32, &'a [u8])>,
    ) -> Result<Self, SealError> {
        let wrap = Cipher::new(vmk.derive("wrap", header.vault));
        let mut current = None;
        let mut others = Vec::new();
        for (epoch, wrapped) in wrapped_deks {
            let cipher = unwrap_dek(&wrap, header.vault, epoch, wrapped)?;
            if epoch == header.epoch {
                current = Some((epoch, cipher));
            } else {
                others.push((epoch, cipher));
            }
        }
        let current = current.ok_or(SealError::UnknownEpoch {
            epoch: header.epoch,
        })?;
        let keys = Self::derive(vmk, header.vault, current);
        keys.ring_mut().others = others;
        Ok(keys)
    }

    fn derive(vmk: Vmk, vault: Uuid, current: (u32, Cipher)) -> Self {
        Self {
            vault,
            header: vmk.derive("hdr", vault),
            index: vmk.derive("idx", vault),
            audit: vmk.derive("aud", vault),
            token: vmk.derive("tok", vault),
            signing: vmk.derive("jwt", vault),
            export: vmk.derive("exp", vault),
            wrap: Cipher::new(vmk.derive("wrap", vault)),
            ring: RwLock::new(Ring {
                current,
                others: Vec::new(),
            }),
            vmk,
        }
    }

    /// The vault whose keys these are.
    pub fn vault(&self) -> Uuid {
        self.vault
    }

    /// The master key, to make another key slot with.
    pub fn vmk(&self) -> &Vmk {
        &self.vmk
    }

    /// The epoch that new records are sealed in.
    pub fn epoch(&self) -> u32 {
        self.ring().current.0
    }

    /// Seals a record in the current epoch. The same record sealed twice gives different bytes.
    pub fn seal(&self, id: &RecordId, plaintext: &[u8]) -> Vec<u8> {
        let ring = self.ring();
        let (epoch, cipher) = &ring.current;
        envelope::seal(
            cipher,
            *epoch,
            &id.associated_data(self.vault, *epoch),
            plaintext,
        )
    }

    /// Opens a record sealed for this very identity, in any epoch whose key is loaded.
    pub fn open(&self, id: &RecordId, sealed: &[u8]) -> Result<Sensitive, SealError> {
        let mut plaintext = Vec::with_capacity(sealed.len());
        self.open_into(id, sealed, &mut plaintext)?;
        Ok(Sensitive::new(plaintext))
    }

    /// Opens into a buffer, for whoever opens many records and allocates once. The buffer's old
    /// contents are replaced, also on an error; the caller overwrites it at the end.
    pub fn open_into(
        &self,
        id: &RecordId,
        sealed: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Result<(), SealError> {
        plaintext.clear();
        let envelope = Envelope::parse(sealed)?;
        let epoch = envelope.epoch;
        let aad = id.associated_data(self.vault, epoch);
        let ring = self.ring();
        let cipher = ring
            .cipher(epoch)
            .ok_or(SealError::UnknownEpoch { epoch })?;
        envelope.open_into(cipher, &aad, plaintext)
    }

    /// Makes the data key of a new epoch and gives its wrapped form, to be stored. Records are
    /// still sealed in the current epoch until [`Keys::use_epoch`].
    pub fn make_dek(&self, epoch: u32) -> Result<Vec<u8>, SealError> {
        let dek = Cipher::new(Key::make());
        let mut ring = self.ring_mut();
        if ring.cipher(epoch).is_some() {
            return Err(SealError::EpochTaken { epoch });
        }
        let wrapped = wrap_dek(&self.wrap, self.vault, epoch, &dek);
        ring.others.push((epoch, dek));
        Ok(wrapped)
    }

    /// Loads a data key that another process made. One that is loaded already stays as it is.
    pub fn add_wrapped_dek(&self, epoch: u32, wrapped: &[u8]) -> Result<(), SealError> {
        let cipher = unwrap_dek(&self.wrap, self.vault, epoch, wrapped)?;
        let mut ring = self.ring_mut();
        if ring.cipher(epoch).is_none() {
            ring.others.push((epoch, cipher));
        }
        Ok(())
    }

    /// Seals in another epoch from now on; its data key must be loaded.
    pub fn use_epoch(&self, epoch: u32) -> Result<(), SealError> {
        let mut ring = self.ring_mut();
        if ring.current.0 == epoch {
            return Ok(());
        }
        let at = ring.others.iter().position(|(found, _)| *found == epoch);
        let next = ring
            .others
            .swap_remove(at.ok_or(SealError::UnknownEpoch { epoch })?);
        let previous = std::mem::replace(&mut ring.current, next);
        ring.others.push(previous);
        Ok(())
    }

    /// The MAC of header parts under the header key. Each part counts with its length, so no
    /// two lists of parts share a message.
    pub fn header_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac_of_parts(&self.header, parts)
    }

    /// Whether `mac` is that of the parts, in constant time.
    #[must_use]
    pub fn verify_header_mac(&self, parts: &[&[u8]], mac: &[u8]) -> bool {
        primitive::same(&self.header_mac(parts), mac)
    }

    /// The link of an audit entry to the one before it; the first entry follows 32 zero bytes.
    pub fn audit_mac(&self, previous: &[u8; 32], entry: &[u8]) -> [u8; 32] {
        primitive::hmac(&*self.audit, &[previous, entry])
    }

    /// Whether `mac` links the entry to the one before it, in constant time.
    #[must_use]
    pub fn verify_audit_mac(&self, previous: &[u8; 32], entry: &[u8], mac: &[u8]) -> bool {
        primitive::same(&self.audit_mac(previous, entry), mac)
    }

    /// The MAC of one row for the manifest that notices rows missing or rolled back.
    pub fn index_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac_of_parts(&self.index, parts)
    }

    /// What is stored of an API key, which is itself never stored.
    pub fn token_mac(&self, token: &Sensitive) -> [u8; 32] {
        primitive::hmac(&*self.token, &[token.expose()])
    }

    /// The signature of a token that an API key is exchanged for: HS256 (RFC 7518 section 3.2).
    pub fn sign_token(&self, signed: &[u8]) -> [u8; 32] {
        primitive::hmac(&*self.signing, &[signed])
    }

    /// Whether `signature` is that of the token, in constant time.
    #[must_use]
    pub fn verify_token(&self, signed: &[u8], signature: &[u8]) -> bool {
        primitive::same(&self.sign_token(signed), signature)
    }

    /// The MAC of a backup's parts.
    pub fn export_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac_of_parts(&self.export, parts)
    }

    // A panic elsewhere cannot leave the ring half-changed, so a poisoned lock is as good as any.
    fn ring(&self) -> RwLockReadGuard<'_, Ring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring_mut(&self) -> RwLockWriteGuard<'_, Ring> {
        self.ring.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("vault", &self.vault)
            .finish_non_exhaustive()
    }
}

impl Ring {
    fn cipher(&self, epoch: u32) -> Option<&Cipher> {
        if self.current.0 == epoch {
            return Some(&self.current.1);
        }
        self.others
            .iter()
            .find(|(found, _)| *found == epoch)
            .map(|(_, cipher)| cipher)
    }
}

fn wrap_dek(wrap: &Cipher, vault: Uuid, epoch: u32, dek: &Cipher) -> Vec<u8> {
    let aad = dek_id(vault, epoch).associated_data(vault, epoch);
    envelope::seal(wrap, epoch, &aad, &**dek.key())
}

fn unwrap_dek(wrap: &Cipher, vault: Uuid, epoch: u32, wrapped: &[u8]) -> Result<Cipher, SealError> {
    let envelope = Envelope::parse(wrapped)?;
    if envelope.epoch != epoch {
        return Err(SealError::Damaged);
    }
    let mut dek = Zeroizing::new(Vec::with_capacity(wrapped.len()));
    envelope.open_into(
        wrap,
        &dek_id(vault, epoch).associated_data(vault, epoch),
        &mut dek,
    )?;
    Key::copied_from(&dek)
        .map(Cipher::new)
        .ok_or(SealError::Damaged)
}

fn dek_id(vault: Uuid, epoch: u32) -> RecordId {
    RecordId {
        kind: Kind::Dek,
        object: vault,
        field: 0,
        version: u64::from(epoch),
    }
}

fn mac_of_parts(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let lengths: Vec<_> = parts
        .iter()
        .map(|part| (part.len() as u64).to_be_bytes())
        .collect();
    let message: Vec<&[u8]> = lengths
        .iter()
        .zip(parts)
        .flat_map(|(length, part)| [length.as_slice(), part])
        .collect();
    primitive::hmac(&**key, &message)
}
