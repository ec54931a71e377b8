//! From a passphrase to keys: Argon2id within bounds that a file cannot move.
//!
//! A vault file is untrusted input. Parameters below the floor would make guessing cheap, those
//! above the ceiling would freeze or kill the program, so both are refused before any memory is
//! taken.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::Sensitive;
use super::primitive::{self, Cipher, Key};

const MIB: u32 = 1024;

/// Accepted salt lengths; ours have 16 bytes.
const SALT_LEN: std::ops::RangeInclusive<usize> = 16..=64;

/// How long one try should take on the machine that makes the slot.
const TARGET: Duration = Duration::from_millis(700);

/// One derivation at a time in the process: each takes up to 1 GiB, and no caller (an API least
/// of all) may start many.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What Argon2id is to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KdfParams {
    /// Memory in KiB.
    #[n(0)]
    pub memory_kib: u32,
    /// Passes over the memory.
    #[n(1)]
    pub passes: u32,
    /// Lanes, computed in parallel.
    #[n(2)]
    pub lanes: u32,
}

/// Why no key was derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KdfError {
    /// Weaker than what this program ever writes.
    #[error("the key derivation parameters are below the accepted minimum")]
    BelowFloor,
    /// More than a passphrase needs: meant to exhaust the machine.
    #[error("the key derivation parameters are above the accepted maximum")]
    AboveCeiling,
    /// All zero, too short or too long.
    #[error("the salt of the key derivation is not acceptable")]
    BadSalt,
    /// The system does not give the memory.
    #[error("there is not enough memory to derive the key")]
    OutOfMemory,
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
}

impl KdfParams {
    /// The weakest parameters that are accepted.
    pub const FLOOR: Self = Self {
        memory_kib: 64 * MIB,
        passes: 3,
        lanes: 1,
    };
    /// The costliest parameters that are accepted.
    pub const CEILING: Self = Self {
        memory_kib: 1024 * MIB,
        passes: 10,
        lanes: 16,
    };
    /// What a slot gets at least.
    pub const DEFAULT: Self = Self {
        memory_kib: 128 * MIB,
        passes: 3,
        lanes: 4,
    };

    /// More than this is never chosen, so that a vault made on a large machine opens on a small.
    const CALIBRATED_MAX_KIB: u32 = 512 * MIB;

    /// The cheapest parameters that are accepted, so that tests that unlock often stay fast.
    pub fn for_tests() -> Self {
        Self::FLOOR
    }

    /// The default, or more memory if this machine does the default in less than 0.7 s. Takes
    /// one derivation of time.
    pub fn calibrated() -> Self {
        let started = Instant::now();
        let probe = derive(&Sensitive::new(vec![0x5a; 16]), &[0x5a; 16], Self::DEFAULT);
        match probe {
            Ok(_) => Self::DEFAULT.scaled(started.elapsed()),
            Err(_) => Self::DEFAULT,
        }
    }

    /// Memory in proportion to the time the default took, in steps of 16 MiB.
    fn scaled(self, elapsed: Duration) -> Self {
        let step = u128::from(16 * MIB);
        let memory = u128::from(self.memory_kib) * TARGET.as_micros() / elapsed.as_micros().max(1);
        let memory = u32::try_from(memory / step * step).unwrap_or(u32::MAX);
        Self {
            memory_kib: memory.clamp(self.memory_kib, Self::CALIBRATED_MAX_KIB),
            ..self
        }
    }

    /// Whether the parameters are within floor and ceiling. Costs nothing.
    pub fn check(&self) -> Result<(), KdfError> {
        let each = |bound: Self| {
            [
                (self.memory_kib, bound.memory_kib),
                (self.passes, bound.passes),
                (self.lanes, bound.lanes),
            ]
        };
        if each(Self::CEILING).iter().any(|(found, most)| found > most) {
            return Err(KdfError::AboveCeiling);
        }
        if each(Self::FLOOR).iter().any(|(found, least)| found < least) {
            return Err(KdfError::BelowFloor);
        }
        Ok(())
    }
}

/// The two halves of what a slot derives: the key that wraps, and the commitment to it.
pub(super) struct SlotKeys {
    pub(super) kek: Cipher,
    pub(super) commitment: [u8; 32],
}

impl SlotKeys {
    pub(super) fn split(derived: &Zeroizing<[u8; 64]>) -> Self {
        let mut commitment = [0; 32];
        commitment.copy_from_slice(&derived[32..]);
        let kek = Cipher::new(Key::filled_by(|key| key.copy_from_slice(&derived[..32])));
        Self { kek, commitment }
    }
}

/// Runs Argon2id; takes as long as the parameters say and cannot be interrupted, so callers run
/// it on a thread of its own.
pub(super) fn derive(
    passphrase: &Sensitive,
    salt: &[u8],
    params: KdfParams,
) -> Result<SlotKeys, KdfError> {
    params.check()?;
    if !SALT_LEN.contains(&salt.len()) || salt.iter().all(|byte| *byte == 0) {
        return Err(KdfError::BadSalt);
    }
    if passphrase.is_empty() {
        return Err(KdfError::EmptyPassphrase);
    }
    let cost = (params.memory_kib, params.passes, params.lanes);
    let mut derived = Zeroizing::new([0; 64]);
    let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let done = primitive::argon2id(passphrase.expose(), salt, cost, &mut *derived);
    drop(turn);
    if done {
        Ok(SlotKeys::split(&derived))
    } else {
        Err(KdfError::OutOfMemory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_follows_the_speed_of_the_machine_within_its_bounds() {
        let mib = |millis| {
            KdfParams::DEFAULT
                .scaled(Duration::from_millis(millis))
                .memory_kib
                / MIB
        };
        assert_eq!(
            [0, 100, 350, 500, 700, 5000].map(mib),
            [512, 512, 256, 176, 128, 128]
        );
    }

    #[test]
    fn what_we_choose_ourselves_is_accepted() {
        for params in [
            KdfParams::for_tests(),
            KdfParams::DEFAULT,
            KdfParams::CEILING,
        ] {
            assert_eq!(params.check(), Ok(()));
        }
        assert_eq!(KdfParams::calibrated().check(), Ok(()));
    }

    #[test]
    fn both_halves_depend_on_passphrase_salt_and_cost() {
        let word = Sensitive::from_string("correct horse".into());
        let other = Sensitive::from_string("correct horsf".into());
        let cost = KdfParams::for_tests();
        let dearer = KdfParams { lanes: 2, ..cost };
        let all = [
            derive(&word, &[1; 16], cost).unwrap(),
            derive(&other, &[1; 16], cost).unwrap(),
            derive(&word, &[2; 16], cost).unwrap(),
            derive(&word, &[1; 16], dearer).unwrap(),
        ];
        for (i, a) in all.iter().enumerate() {
            assert_ne!(**a.kek.key(), a.commitment);
            for b in &all[i + 1..] {
                assert_ne!(**a.kek.key(), **b.kek.key());
                assert_ne!(a.commitment, b.commitment);
            }
        }
    }
}
