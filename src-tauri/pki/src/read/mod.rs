//! Reading what people have. A file is told by what is in it, never by its name.

mod binary;
mod encryption;
mod found;
mod integrity;
mod jks;
mod pem;
mod pkcs12;
mod pkcs7;
mod pkcs8;

pub use found::{Form, Found};

use crate::{Part, Refusal, Result, limits};

/// Reads all certificates, private keys and requests of a file. The password is for what is
/// encrypted in it, if anything is.
pub fn read(bytes: &[u8], password: Option<&str>) -> Result<Found> {
    check(bytes, password)?;
    if binary::is_whole(bytes) {
        return binary::read(bytes, password);
    }
    if jks::is_meant(bytes) {
        return jks::read(bytes, password);
    }
    let found = pem::read(bytes, password)?;
    if !found.is_empty() {
        return Ok(found);
    }
    Err(binary::damaged(bytes).unwrap_or_else(nothing))
}

fn check(bytes: &[u8], password: Option<&str>) -> Result<()> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(Refusal::new(
            Part::File,
            format!(
                "A file of {} bytes is larger than the {} that are read.",
                bytes.len(),
                limits::FILE_BYTES
            ),
        )
        .remedy("Take a file with the certificate, its chain and its key alone."));
    }
    if password.is_some_and(|text| text.chars().nth(limits::PASSWORD_CHARS).is_some()) {
        return Err(Refusal::new(
            Part::Password,
            format!(
                "A password has at most {} characters.",
                limits::PASSWORD_CHARS
            ),
        )
        .remedy("Check the password and enter it again."));
    }
    Ok(())
}

fn nothing() -> Refusal {
    Refusal::new(
        Part::File,
        "This file holds no certificate, private key or request as PEM, DER, PKCS#7, PKCS#8, \
         PKCS#12 or JKS.",
    )
    .remedy("Choose the file that the certificate authority or the key store gave you.")
}

#[cfg(test)]
mod tests;
