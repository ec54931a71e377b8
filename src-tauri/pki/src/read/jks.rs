//! Key stores of Java in its old format (`sun.security.provider.JavaKeyStore`).
//!
//! The jks crate would read one too, but believes its lengths: four bytes make it reserve 4 GiB, and
//! a short box for a key makes it panic. So the file is walked here, within its bytes, and the crate
//! is given boxes that were checked, to open them. The seal is checked here as well: the crate
//! knows only passwords in ASCII for it.

use const_oid::ObjectIdentifier as Oid;
use der::Decode;
use jks::keyprotector;
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::{Form, Found};
use crate::{Part, PrivateKey, Refusal, Result, limits};

const MAGIC: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
const MAGIC_JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
const WHITENER: &[u8] = b"Mighty Aphrodite";
const SEAL_BYTES: usize = 20;
/// Salt and check value around an encrypted key.
const BOX_BYTES: usize = 40;
const KEY_PROTECTION: Oid = Oid::new_unwrap("1.3.6.1.4.1.42.2.17.1.1");
const WHAT: &str = "the key store";

/// Whether bytes begin like a key store of Java.
pub(super) fn is_meant(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC) || bytes.starts_with(&MAGIC_JCEKS)
}

/// Reads a key store whose keys have the same password as itself. Certificates stand open in it and
/// are read without a password if there is no key.
pub(super) fn read(bytes: &[u8], password: Option<&str>) -> Result<Found> {
    if bytes.starts_with(&MAGIC_JCEKS) {
        return Err(Refusal::new(
            Part::File,
            "The file is a key store of Java in the format JCEKS, which is not read.",
        )
        .remedy(
            "Convert it: keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 \
             -deststoretype PKCS12",
        ));
    }
    let sealed = bytes.len().checked_sub(SEAL_BYTES).ok_or_else(unreadable)?;
    let (body, seal) = bytes.split_at(sealed);
    if let Some(password) = password {
        let mut hash = Sha1::new();
        hash.update(&*in_java(password));
        hash.update(WHITENER);
        hash.update(body);
        // While fuzzing hardly any change would get past it.
        if hash.finalize()[..] != *seal && !cfg!(fuzzing) {
            return Err(Refusal::password_wrong(WHAT));
        }
    }
    let rest = body.strip_prefix(&MAGIC).ok_or_else(unreadable)?;
    let mut walk = Walk { rest };
    let found = walk.read(password)?;
    if !walk.rest.is_empty() {
        return Err(unreadable());
    }
    if found.is_empty() {
        return Err(Refusal::new(
            Part::File,
            "The key store holds neither a certificate nor a key.",
        )
        .remedy("Choose another file."));
    }
    Ok(found)
}

/// What is left of a key store to read.
struct Walk<'a> {
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    fn read(&mut self, password: Option<&str>) -> Result<Found> {
        let mut found = Found::new(Form::Jks);
        let version = self.number()?;
        if !(1..=2).contains(&version) {
            return Err(unreadable());
        }
        // An entry takes some bytes of the file, so that a false count ends the reading soon.
        for _ in 0..self.number()? {
            let kind = self.number()?;
            self.text()?; // the alias
            self.take(8)?; // when it was made
            match kind {
                1 => {
                    let protected = self.block()?;
                    found.check_keys()?;
                    let password = password
                        .ok_or_else(|| Refusal::password_needed(Part::File, "The key store"))?;
                    found.add_key(open(protected, password)?)?;
                    for _ in 0..self.number()? {
                        self.certificate(version, &mut found)?;
                    }
                }
                2 => self.certificate(version, &mut found)?,
                _ => return Err(unreadable()),
            }
        }
        Ok(found)
    }

    fn certificate(&mut self, version: u32, found: &mut Found) -> Result<()> {
        let kind = if version == 1 {
            &b"X.509"[..]
        } else {
            self.text()?
        };
        let der = self.block()?;
        // Another kind has not been seen; it would be of no use here.
        if matches!(kind, b"X.509" | b"X509") {
            found.add_certificate(der)?;
        }
        Ok(())
    }

    fn take(&mut self, bytes: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(bytes).ok_or_else(unreadable)?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32> {
        let bytes = self.take(4)?.try_into().map_err(|_| unreadable())?;
        Ok(u32::from_be_bytes(bytes))
    }

    fn block(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.take(usize::try_from(length).map_err(|_| unreadable())?)
    }

    fn text(&mut self) -> Result<&'a [u8]> {
        let bytes = self.take(2)?.try_into().map_err(|_| unreadable())?;
        self.take(u16::from_be_bytes(bytes).into())
    }
}

fn open(protected: &[u8], password: &str) -> Result<PrivateKey> {
    if protected.len() > limits::DER_BYTES {
        return Err(unreadable());
    }
    let checked = EncryptedPrivateKeyInfo::from_der(protected).map_err(|_| unreadable())?;
    if checked.encryption_algorithm.oid != KEY_PROTECTION
        || checked.encrypted_data.as_bytes().len() < BOX_BYTES
    {
        return Err(unreadable());
    }
    let plain = keyprotector::decrypt(protected, password.as_bytes(), |password| {
        // The bytes are those of the text above.
        in_java(std::str::from_utf8(password).unwrap_or_default()).to_vec()
    });
    let plain = plain.map(Zeroizing::new).map_err(|_| {
        let mut refusal = Refusal::password_wrong("a private key of the key store");
        refusal.remedy = Some(
            "Give the key the password of its key store: keytool -keypasswd -keystore FILE -alias \
             NAME"
                .to_owned(),
        );
        refusal
    })?;
    PrivateKey::from_pkcs8_der(&plain)
}

/// A password as Java has it: UTF-16, big endian.
fn in_java(password: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(password.encode_utf16().flat_map(u16::to_be_bytes).collect())
}

fn unreadable() -> Refusal {
    Refusal::new(
        Part::File,
        "Unable to parse the key store: it is not whole.",
    )
    .remedy("Take it once more from where it was made; it may have been cut off.")
}
