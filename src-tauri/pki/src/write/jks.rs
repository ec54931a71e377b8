//! Key stores of Java in its old format, which some servers still want. Its encryption is weak: the
//! password is hashed with SHA-1, once.

use std::time::{Duration, SystemTime};

use der::Encode;
use der::asn1::{Any, OctetString};
use jks::encoder::Encoder;
use jks::{Certificate as Boxed, Entry, PrivateKeyEntry, TrustedCertificateEntry};
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::{Bundle, check_alias, check_password, failed, room, trusted_alias};
use crate::java::{self, HASH_BYTES, KEY_PROTECTION, WHITENER};
use crate::{Certificate, Part, PrivateKey, Refusal, Result};

const MAGIC: u32 = 0xfeed_feed;
const VERSION: u32 = 2;

/// What an entry takes besides its certificates, and the file besides its entries.
const OVERHEAD: usize = 8 << 10;

impl Bundle<'_> {
    /// A key store with the certificate, its intermediates and its key, which has the same password
    /// as the store. Without a key it holds the certificates alone.
    pub fn jks(&self, password: &str, alias: &str, created: i64) -> Result<Zeroizing<Vec<u8>>> {
        let password = in_latin(password)?;
        let alias = check_alias(alias)?;
        let created = time(created);
        let mut entries = Vec::new();
        if let Some(key) = self.private_key {
            let entry = PrivateKeyEntry {
                creation_time: created,
                private_key: protected(key, &password)?,
                certificate_chain: self.chain().map(boxed).collect(),
            };
            entries.push((alias, Entry::PrivateKey(entry)));
        } else {
            entries.push((alias, trusted(self.certificate, created)));
            for (place, one) in self.intermediates.iter().enumerate() {
                entries.push((trusted_alias(place), trusted(one, created)));
            }
        }
        self.write_jks(&entries, &password)
    }

    /// A key store with what others are to trust, and no key.
    pub fn truststore_jks(&self, password: &str, created: i64) -> Result<Zeroizing<Vec<u8>>> {
        let password = in_latin(password)?;
        let entry = |(place, one)| (trusted_alias(place), trusted(one, time(created)));
        let entries: Vec<_> = self.trusted().into_iter().enumerate().map(entry).collect();
        self.write_jks(&entries, &password)
    }

    /// Entry by entry: a store of the jks crate would want the key itself, and leave it in memory.
    fn write_jks(
        &self,
        entries: &[(String, Entry)],
        password: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>> {
        let certificates: usize = self.chain().map(|one| one.der().len() + OVERHEAD).sum();
        let key = self.private_key.map_or(0, |key| key.pkcs8_der().len());
        let mut written = room(certificates + key);
        let mut encoder = Encoder::new(&mut *written);
        encoder.update_digest(password);
        encoder.update_digest(WHITENER);
        let count = u32::try_from(entries.len()).map_err(|_| failed())?;
        for number in [MAGIC, VERSION, count] {
            encoder.write_u32(number).map_err(|_| failed())?;
        }
        for (alias, entry) in entries {
            match entry {
                Entry::PrivateKey(entry) => encoder.write_private_key_entry(alias, entry),
                Entry::TrustedCertificate(entry) => {
                    encoder.write_trusted_certificate_entry(alias, entry)
                }
            }
            .map_err(|_| failed())?;
        }
        encoder.write_digest().map_err(|_| failed())?;
        Ok(written)
    }
}

/// A key as it stands in the store.
fn protected(key: &PrivateKey, password: &[u8]) -> Result<Vec<u8>> {
    let mut salt = [0; HASH_BYTES];
    aws_lc_rs::rand::fill(&mut salt).map_err(|_| failed())?;
    let protected = java::protect(key.pkcs8_der(), password, &salt);
    let info = EncryptedPrivateKeyInfo {
        encryption_algorithm: AlgorithmIdentifierOwned {
            oid: KEY_PROTECTION,
            parameters: Some(Any::null()),
        },
        encrypted_data: OctetString::new(protected).map_err(|_| failed())?,
    };
    info.to_der().map_err(|_| failed())
}

fn trusted(certificate: &Certificate, creation_time: SystemTime) -> Entry {
    Entry::TrustedCertificate(TrustedCertificateEntry {
        creation_time,
        certificate: boxed(certificate),
    })
}

fn boxed(certificate: &Certificate) -> Boxed {
    Boxed {
        cert_type: "X.509".to_owned(),
        content: certificate.der().to_vec(),
    }
}

/// As Java hashes it. Only letters that keytool was seen to read back are taken: Latin ones.
fn in_latin(password: &str) -> Result<Zeroizing<Vec<u8>>> {
    check_password(password)?;
    if password.chars().all(|char| u8::try_from(char).is_ok()) {
        return Ok(java::password(password));
    }
    Err(Refusal::new(
        Part::Password,
        "A password of a key store in the format JKS has Latin letters only.",
    )
    .remedy("Enter another password, or save it as PKCS#12."))
}

fn time(created: i64) -> SystemTime {
    // A time before 1970 cannot be written.
    SystemTime::UNIX_EPOCH
        + Duration::from_secs(created.clamp(0, i64::from(u32::MAX)).unsigned_abs())
}
