//! Sealing what lies beside vaults, under a key that comes from something that is kept elsewhere.

use zeroize::Zeroizing;

use super::{
    SealError, Sensitive,
    envelope::{self, Envelope},
    primitive::{Cipher, Key, hkdf},
};

/// Seals bytes under a high-entropy secret, such as an API key. `context` says what they are: opened
/// as something else they are damage.
pub fn seal_aside(secret: &[u8], context: &str, plaintext: &[u8]) -> Vec<u8> {
    envelope::seal(&cipher(secret), 0, context.as_bytes(), plaintext)
}

/// Opens what [`seal_aside`] sealed.
pub fn open_aside(secret: &[u8], context: &str, sealed: &[u8]) -> Result<Sensitive, SealError> {
    let mut plaintext = Zeroizing::new(Vec::new());
    let envelope = Envelope::parse(sealed)?;
    envelope.open_into(&cipher(secret), context.as_bytes(), &mut plaintext)?;
    Ok(Sensitive::new(std::mem::take(&mut *plaintext)))
}

/// A key of its own: the secret stays what it is used for elsewhere (RFC 5869).
fn cipher(secret: &[u8]) -> Cipher {
    let key = Key::filled_by(|key| {
        let derived = hkdf(secret, b"keyturn", &[b"aside v1"], key);
        debug_assert!(derived, "32 bytes are within what HKDF gives");
    });
    Cipher::new(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_aside_opens_with_its_secret_and_context_alone() {
        let sealed = seal_aside(b"secret", "seen of a", b"metadata");
        assert!(!sealed.windows(8).any(|part| part == b"metadata"));
        assert_eq!(
            open_aside(b"secret", "seen of a", &sealed)
                .unwrap()
                .expose(),
            b"metadata"
        );
        assert!(open_aside(b"secres", "seen of a", &sealed).is_err());
        assert!(open_aside(b"secret", "seen of b", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            // the epoch is not used here
            let epoch = (2..6).contains(&at);
            assert!(
                epoch || open_aside(b"secret", "seen of a", &changed).is_err(),
                "{at}"
            );
            assert!(open_aside(b"secret", "seen of a", &sealed[..at]).is_err());
        }
    }
}
