//! Writing certificates and keys as other programs want them.

mod archive;
mod jks;
mod pkcs12;

use zeroize::Zeroizing;

use crate::{Certificate, Part, PrivateKey, Refusal, Result, limits};

/// Characters of a password at least: keytool takes no shorter ones.
const PASSWORD_CHARS: usize = 6;

/// What is written together.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The certificate itself.
    pub certificate: &'a Certificate,
    /// Those that lead to its root, each signing the one before; with the root or without.
    pub intermediates: &'a [Certificate],
    /// Its private key, if it is there.
    pub private_key: Option<&'a PrivateKey>,
}

impl Bundle<'_> {
    /// All as one PEM text: the certificate, the intermediates, the key. Servers that take one file
    /// (nginx, `HAProxy`, Postfix) send the certificates as they stand, and TLS wants the server's
    /// first; the key comes last so that who cuts the text off by hand loses the key and not the
    /// chain.
    pub fn pem_bundle(&self) -> Zeroizing<Vec<u8>> {
        let mut parts: Vec<Zeroizing<String>> = Vec::new();
        parts.extend(self.chain().map(|one| Zeroizing::new(one.to_pem())));
        parts.extend(self.private_key.map(PrivateKey::to_pem));
        let mut text = room(parts.iter().map(|part| part.len()).sum());
        for part in &parts {
            text.extend_from_slice(part.as_bytes());
        }
        text
    }

    /// The certificate, then its intermediates.
    fn chain(&self) -> impl Iterator<Item = &Certificate> {
        std::iter::once(self.certificate).chain(self.intermediates)
    }

    /// What others are to trust: the authorities, or the certificate itself if it has none.
    fn trusted(&self) -> Vec<&Certificate> {
        if self.intermediates.is_empty() {
            vec![self.certificate]
        } else {
            self.intermediates.iter().collect()
        }
    }
}

/// A buffer that holds so much without growing: a vector that grows leaves copies behind.
fn room(bytes: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(bytes))
}

/// Refuses a password of a key store that other programs would not take.
pub fn check_password(password: &str) -> Result<()> {
    let chars = password.chars().count();
    if (PASSWORD_CHARS..=limits::PASSWORD_CHARS).contains(&chars) {
        return Ok(());
    }
    Err(Refusal::new(
        Part::Password,
        format!(
            "A password of a key store has {PASSWORD_CHARS} to {} characters.",
            limits::PASSWORD_CHARS
        ),
    )
    .remedy("Enter another password."))
}

/// An alias as Java keeps it: without regard to case, and with text in it.
fn check_alias(alias: &str) -> Result<String> {
    let alias = alias.trim().to_lowercase();
    if (1..=ALIAS_CHARS).contains(&alias.chars().count()) && !alias.chars().any(is_odd) {
        return Ok(alias);
    }
    Err(Refusal::new(
        Part::File,
        format!("An alias in a key store has 1 to {ALIAS_CHARS} characters without control characters or emoji."),
    )
    .remedy("Enter another alias."))
}

const ALIAS_CHARS: usize = 250;

/// What Java's two spellings of text (`BMPString`, modified UTF-8) do not agree on.
fn is_odd(char: char) -> bool {
    char.is_control() || u32::from(char) > 0xffff
}

/// Aliases of a trust store, in which every one has to have its own.
fn trusted_alias(place: usize) -> String {
    format!("ca-{}", place + 1)
}

fn failed() -> Refusal {
    Refusal::new(Part::File, "The key store could not be made.")
}

#[cfg(test)]
mod tests;
