//! The seal of a PKCS#12 key store (RFC 7292 section 5.1), which tells a wrong password.

use const_oid::ObjectIdentifier as Oid;
use hmac::digest::block_api::BlockSizeUser;
use hmac::digest::{Digest, FixedOutputReset, OutputSizeUser};
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use pkcs12::MacData;
use pkcs12::kdf::{self, Pkcs12KeyType};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::encryption::{Effort, Password};
use crate::{Part, Refusal, Result};

const SHA1: Oid = Oid::new_unwrap("1.3.14.3.2.26");
const SHA224: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.4");
const SHA256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.3");

/// Whether the seal is that of a password.
pub(super) fn is_right(
    mac: &MacData,
    data: &[u8],
    password: &Password,
    effort: &mut Effort,
) -> Result<bool> {
    let check = match mac.mac.algorithm.oid {
        SHA1 => check::<Sha1>,
        SHA224 => check::<Sha224>,
        SHA256 => check::<Sha256>,
        SHA384 => check::<Sha384>,
        SHA512 => check::<Sha512>,
        _ => {
            return Err(Refusal::new(
                Part::File,
                "The PKCS#12 file is protected by an algorithm that is not supported.",
            )
            .remedy("Export it once more with SHA-256: openssl pkcs12 -export -macalg sha256."));
        }
    };
    effort.spend(Part::File, mac.iterations.into())?;
    // Hardly any change would get past it.
    Ok(check(mac, data, password) || cfg!(fuzzing))
}

fn check<Hash>(mac: &MacData, data: &[u8], password: &Password) -> bool
where
    Hash: Digest + FixedOutputReset + BlockSizeUser + EagerHash,
{
    let key = Zeroizing::new(kdf::derive_key::<Hash>(
        password.utf16(),
        mac.mac_salt.as_bytes(),
        Pkcs12KeyType::Mac,
        mac.iterations,
        <Hash as OutputSizeUser>::output_size(),
    ));
    let Ok(mut sealed) = Hmac::<Hash>::new_from_slice(&key) else {
        return false;
    };
    sealed.update(data);
    sealed.verify_slice(mac.mac.digest.as_bytes()).is_ok()
}
