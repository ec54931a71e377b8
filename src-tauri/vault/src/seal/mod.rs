//! Sealing: the only place that reads key bytes.
//!
//! A vault has one master key ([`Vmk`]). It never encrypts data; every key slot of the [`Header`]
//! wraps it once (OS keyring, passphrase, recovery code), and HKDF derives the subkeys of
//! [`Keys`] from it. Records are sealed with data keys, one per epoch, which a subkey wraps.
//!
//! ```
//! use keyturn_vault::seal::{self, Header, Keys, Kind, RecordId, Vmk};
//!
//! // a new vault
//! let vault = uuid::Uuid::new_v4();
//! let vmk = Vmk::make();
//! let (slot, code) = seal::make_recovery_slot(&vmk, vault, 0);
//! let mut header = Header::make(vault, 0);
//! header.slots.push(slot);
//! let (keys, wrapped) = Keys::create(vmk, &header);
//! let id = RecordId { kind: Kind::Secret, object: uuid::Uuid::new_v4(), field: 0, version: 1 };
//! let sealed = keys.seal(&id, b"metadata");
//!
//! // the next start
//! let vmk = seal::open_vmk_with_recovery_code(&header, &code)?;
//! let keys = Keys::from_vmk(vmk, &header, [(header.epoch, wrapped.as_slice())])?;
//! assert_eq!(keys.open(&id, &sealed)?.expose(), b"metadata");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is absent: storage, and any rule about secrets. This module turns bytes into bytes.

mod aside;
mod enrol;
mod envelope;
pub mod header;
mod kdf;
pub mod keyring;
mod keys;
mod primitive;
mod record;
mod recovery_code;
mod sensitive;
pub mod slot;
mod unlock;

pub use aside::{open_aside, seal_aside};
pub use enrol::{forget_keyring_slot, make_keyring_slot, make_passphrase_slot, make_recovery_slot};
pub use envelope::SealError;
pub use header::{Header, HeaderError};
pub use kdf::{KdfError, KdfParams};
pub use keyring::{KeyringStore, KeyringTrouble, OsKeyring};
pub use keys::{Keys, Vmk};
pub use record::{Kind, RecordId};
pub use recovery_code::{RecoveryCode, RecoveryCodeError};
pub use sensitive::Sensitive;
pub use slot::{Slot, SlotKind};
pub use unlock::{
    UnlockError, open_vmk_with_keyring, open_vmk_with_passphrase, open_vmk_with_recovery_code,
};
