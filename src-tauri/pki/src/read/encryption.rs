//! What a password opens: PBES2 (RFC 8018), and PBES1 as PKCS#12 has it (RFC 7292 appendix C). What
//! a file asks for is held against the limits before anything is derived from the password.

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use const_oid::ObjectIdentifier as Oid;
use der::{Decode, Encode};
use pkcs8::pkcs5::pbes2;
use pkcs12::kdf::{self, Pkcs12KeyType};
use pkcs12::pbe_params::Pkcs12PbeParams;
use sha1::Sha1;
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use crate::{Part, Refusal, Result, limits};

const SHA1_AND_3DES: Oid = Oid::new_unwrap("1.2.840.113549.1.12.1.3");
const SHA1_AND_RC2_128: Oid = Oid::new_unwrap("1.2.840.113549.1.12.1.5");
const SHA1_AND_RC2_40: Oid = Oid::new_unwrap("1.2.840.113549.1.12.1.6");

/// Lanes of scrypt, which run one after the other.
const LANES: u16 = 16;

/// Fuzzing is not to spend its time on hashing.
const ITERATIONS: u32 = if cfg!(fuzzing) {
    16
} else {
    limits::KDF_ITERATIONS
};
const MEMORY: u64 = if cfg!(fuzzing) {
    1 << 14
} else {
    limits::KDF_MEMORY
};

/// A password in the two spellings that the formats know.
pub(super) struct Password {
    utf8: Zeroizing<Vec<u8>>,
    /// UTF-16, big endian, with a zero at its end (RFC 7292 appendix B.1).
    utf16: Zeroizing<Vec<u8>>,
}

impl Password {
    /// One that was entered.
    pub(super) fn of(text: &str) -> Self {
        let utf16 = text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes);
        Self {
            utf8: Zeroizing::new(text.as_bytes().to_vec()),
            utf16: Zeroizing::new(utf16.collect()),
        }
    }

    /// No password at all, which PKCS#12 tells from an empty one.
    pub(super) fn absent() -> Self {
        Self {
            utf8: Zeroizing::default(),
            utf16: Zeroizing::default(),
        }
    }

    /// As PKCS#12 hashes it.
    pub(super) fn utf16(&self) -> &[u8] {
        &self.utf16
    }
}

/// How much hashing one file may still cost: one with many keys or small boxes must not cost more
/// than the largest key store that anybody would make.
pub(super) struct Effort {
    left: u64,
}

impl Effort {
    /// That of a fresh file.
    pub(super) const fn new() -> Self {
        Self {
            left: ITERATIONS as u64 * limits::KEYS as u64,
        }
    }

    /// Takes the rounds of one derivation from it, before they are made.
    pub(super) fn spend(&mut self, part: Part, rounds: i64) -> Result<()> {
        let most = i64::from(ITERATIONS);
        if !(1..=most).contains(&rounds) {
            return Err(Refusal::new(
                part,
                format!(
                    "The encryption asks for {rounds} iterations; between 1 and {most} are made."
                ),
            )
            .remedy("Write the file once more with fewer iterations."));
        }
        let left = self.left.checked_sub(rounds.unsigned_abs());
        self.left = left.ok_or_else(|| {
            Refusal::new(
                part,
                "The file is encrypted in so many pieces that to open it would take too long.",
            )
            .remedy("Split it into several files.")
        })?;
        Ok(())
    }

    fn spend_on_scrypt(&mut self, part: Part, scrypt: &pbes2::ScryptParams) -> Result<()> {
        let memory = u128::from(scrypt.cost_parameter) * u128::from(scrypt.block_size) * 128;
        let lanes = scrypt.parallelization;
        if memory > u128::from(MEMORY) || !(1..=LANES).contains(&lanes) {
            return Err(Refusal::new(
                part,
                format!(
                    "The encryption asks for {memory} bytes of memory in {lanes} lanes; at most \
                     {MEMORY} bytes and {LANES} lanes are used."
                ),
            )
            .remedy("Write the file once more with smaller parameters of scrypt."));
        }
        // The library takes the logarithm of the cost, and does not bear one that is zero.
        if !scrypt.cost_parameter.is_power_of_two() || scrypt.block_size == 0 {
            return Err(unreadable(part));
        }
        // What fills the memory takes about as long as the most iterations.
        let most = u128::from(ITERATIONS);
        let rounds = i64::try_from(most * memory / u128::from(MEMORY)).unwrap_or(i64::MAX);
        for _ in 0..lanes {
            self.spend(part, rounds.max(1))?;
        }
        Ok(())
    }
}

/// Decrypts; none if the password is not the right one, as far as this can be seen.
pub(super) fn decrypt(
    part: Part,
    algorithm: &AlgorithmIdentifierOwned,
    data: &[u8],
    password: &Password,
    effort: &mut Effort,
) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let parameters = algorithm.parameters.as_ref().map(Encode::to_der);
    let Some(Ok(parameters)) = parameters else {
        return Err(unreadable(part));
    };
    match algorithm.oid {
        pbes2::PBES2_OID => {
            let parameters =
                pbes2::Parameters::from_der(&parameters).map_err(|_| unsupported(part))?;
            match &parameters.kdf {
                pbes2::Kdf::Pbkdf2(kdf) => effort.spend(part, kdf.iteration_count.into())?,
                pbes2::Kdf::Scrypt(kdf) => effort.spend_on_scrypt(part, kdf)?,
                _ => return Err(unsupported(part)),
            }
            let mut buffer = Zeroizing::new(data.to_vec());
            let plain = parameters.decrypt_in_place(&password.utf8, &mut buffer);
            Ok(plain.ok().map(|plain| Zeroizing::new(plain.to_vec())))
        }
        SHA1_AND_3DES => pbes1::<des::TdesEde3>(part, &parameters, data, password, effort, 24),
        SHA1_AND_RC2_128 => pbes1::<rc2::Rc2>(part, &parameters, data, password, effort, 16),
        SHA1_AND_RC2_40 => pbes1::<rc2::Rc2>(part, &parameters, data, password, effort, 5),
        _ => Err(unsupported(part)),
    }
}

fn pbes1<Cipher: BlockCipherDecrypt + KeyInit>(
    part: Part,
    parameters: &[u8],
    data: &[u8],
    password: &Password,
    effort: &mut Effort,
    key_bytes: usize,
) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let parameters = Pkcs12PbeParams::from_der(parameters).map_err(|_| unreadable(part))?;
    let rounds = parameters.iterations;
    effort.spend(part, rounds.into())?;
    let derive = |purpose, bytes| {
        let salt = parameters.salt.as_bytes();
        Zeroizing::new(kdf::derive_key::<Sha1>(
            password.utf16(),
            salt,
            purpose,
            rounds,
            bytes,
        ))
    };
    let key = derive(Pkcs12KeyType::EncryptionKey, key_bytes);
    let vector = derive(Pkcs12KeyType::Iv, 8);
    let cipher =
        cbc::Decryptor::<Cipher>::new_from_slices(&key, &vector).map_err(|_| unsupported(part))?;
    Ok(cipher
        .decrypt_padded_vec::<Pkcs7>(data)
        .ok()
        .map(Zeroizing::new))
}

fn unreadable(part: Part) -> Refusal {
    Refusal::new(part, "The parameters of the encryption are damaged.")
        .remedy("Take the file once more from where it was made.")
}

fn unsupported(part: Part) -> Refusal {
    Refusal::new(
        part,
        "It is encrypted with an algorithm that is not supported.",
    )
    .remedy("Write it once more with AES-256: openssl pkcs8 -topk8 -v2 aes-256-cbc.")
}
