//! PKCS#8 private keys that are encrypted (RFC 5958 section 3).

use der::Decode;
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;

use super::encryption::{self, Effort, Password};
use crate::{Part, PrivateKey, Refusal, Result, limits};

const WHAT: &str = "the private key";

/// Decrypts and reads one, at the expense of the file that it is in.
pub(super) fn decrypt(
    bytes: &[u8],
    password: Option<&str>,
    effort: &mut Effort,
) -> Result<PrivateKey> {
    if bytes.len() > limits::DER_BYTES {
        return Err(unreadable());
    }
    let read = EncryptedPrivateKeyInfo::from_der(bytes).map_err(|_| unreadable())?;
    let Some(password) = password else {
        return Err(Refusal::password_needed(
            Part::PrivateKey,
            "The private key",
        ));
    };
    let plain = encryption::decrypt(
        Part::PrivateKey,
        &read.encryption_algorithm,
        read.encrypted_data.as_bytes(),
        &Password::of(password),
        effort,
    )?;
    let plain = plain.ok_or_else(|| Refusal::password_wrong(WHAT))?;
    // One wrong password in some hundred decrypts to something; it is not a key.
    if !super::binary::is_whole(&plain) {
        return Err(Refusal::password_wrong(WHAT));
    }
    PrivateKey::from_pkcs8_der(&plain)
}

fn unreadable() -> Refusal {
    Refusal::new(
        Part::PrivateKey,
        "Unable to parse the encrypted private key: it is not whole.",
    )
    .remedy("Take it once more from where it was made; it may have been cut off.")
}
