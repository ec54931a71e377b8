//! Key stores of Java in its old format, which some servers still want. Its encryption is weak: the
//! password is hashed with SHA-1, once. The library keeps copies of key and password that nobody
//! wipes; they last no longer than the writing.

use std::time::{Duration, SystemTime};

use jks::{
    Certificate as Boxed, KeyStore, KeyStoreOptions, PrivateKeyEntry, TrustedCertificateEntry,
};
use zeroize::Zeroizing;

use super::{Bundle, check_alias, check_password, failed, room, trusted_alias};
use crate::{Certificate, Part, Refusal, Result};

/// What an entry takes besides its certificates, and the file besides its entries.
const OVERHEAD: usize = 8 << 10;

impl Bundle<'_> {
    /// A key store with the certificate, its intermediates and its key, which has the same password
    /// as the store. Without a key it holds the certificates alone.
    pub fn jks(&self, password: &str, alias: &str, created: i64) -> Result<Zeroizing<Vec<u8>>> {
        let password = latin1(password)?;
        let alias = check_alias(alias)?;
        let created = time(created);
        let mut store = empty();
        if let Some(key) = self.private_key {
            let entry = PrivateKeyEntry {
                creation_time: created,
                private_key: key.pkcs8_der().to_vec(),
                certificate_chain: self.chain().map(boxed).collect(),
            };
            store
                .set_private_key_entry(&alias, entry, &password)
                .map_err(|_| failed())?;
        } else {
            add(&mut store, &alias, self.certificate, created)?;
            for (place, one) in self.intermediates.iter().enumerate() {
                add(&mut store, &trusted_alias(place), one, created)?;
            }
        }
        self.write_jks(&store, &password)
    }

    /// A key store with what others are to trust, and no key.
    pub fn truststore_jks(&self, password: &str, created: i64) -> Result<Zeroizing<Vec<u8>>> {
        let password = latin1(password)?;
        let mut store = empty();
        for (place, one) in self.trusted().into_iter().enumerate() {
            add(&mut store, &trusted_alias(place), one, time(created))?;
        }
        self.write_jks(&store, &password)
    }

    fn write_jks(&self, store: &KeyStore, password: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let certificates: usize = self.chain().map(|one| one.der().len() + OVERHEAD).sum();
        let key = self.private_key.map_or(0, |key| key.pkcs8_der().len());
        let mut written = room(certificates + key);
        store.store(&mut *written, password).map_err(|_| failed())?;
        Ok(written)
    }
}

fn empty() -> KeyStore {
    KeyStore::with_options(KeyStoreOptions {
        ordered_aliases: true,
        ..KeyStoreOptions::default()
    })
}

fn add(
    store: &mut KeyStore,
    alias: &str,
    certificate: &Certificate,
    creation_time: SystemTime,
) -> Result<()> {
    let entry = TrustedCertificateEntry {
        creation_time,
        certificate: boxed(certificate),
    };
    store
        .set_trusted_certificate_entry(alias, entry)
        .map_err(|_| failed())
}

fn boxed(certificate: &Certificate) -> Boxed {
    Boxed {
        cert_type: "X.509".to_owned(),
        content: certificate.der().to_vec(),
    }
}

/// The jks crate puts a zero before each byte, which is Java's UTF-16 up to U+00FF and wrong beyond.
fn latin1(password: &str) -> Result<Zeroizing<Vec<u8>>> {
    check_password(password)?;
    let bytes: Option<Vec<u8>> = password
        .chars()
        .map(|char| u8::try_from(char).ok())
        .collect();
    bytes.map(Zeroizing::new).ok_or_else(|| {
        Refusal::new(
            Part::Password,
            "A password of a key store in the format JKS has Latin letters only.",
        )
        .remedy("Enter another password, or save it as PKCS#12.")
    })
}

fn time(created: i64) -> SystemTime {
    // A time before 1970 cannot be written.
    SystemTime::UNIX_EPOCH
        + Duration::from_secs(created.clamp(0, i64::from(u32::MAX)).unsigned_abs())
}
