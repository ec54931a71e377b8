//! PKCS#12 key stores (RFC 7292), in the modern way only.

use p12_keystore::{
    Certificate as Boxed, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm,
    PrivateKey as BoxedKey, PrivateKeyChain,
};
use zeroize::Zeroizing;

use super::{Bundle, check_alias, check_password, failed, trusted_alias};
use crate::{Certificate, Result};

/// Iterations for each of the three derivations (certificates, key, seal). What .NET reads without
/// being told to (`Pkcs12LoaderLimits`): 300,000 each and 1,000,000 in all.
const ITERATIONS: u32 = 300_000;

impl Bundle<'_> {
    /// A key store with the certificate, its intermediates and its key: AES-256 with PBKDF2 and
    /// HMAC-SHA-256. Without a key it holds the certificates alone.
    pub fn pkcs12(&self, password: &str, alias: &str) -> Result<Zeroizing<Vec<u8>>> {
        check_password(password)?;
        let alias = check_alias(alias)?;
        let mut store = KeyStore::new();
        if let Some(key) = self.private_key {
            let key = BoxedKey::from_der(key.pkcs8_der()).map_err(|_| failed())?;
            let chain = self.chain().map(boxed).collect::<Result<Vec<_>>>()?;
            let id = self.certificate.fingerprint().to_vec();
            let chain = PrivateKeyChain::new(id, key, chain);
            store.add_entry(&alias, KeyStoreEntry::PrivateKeyChain(chain));
        } else {
            store.add_entry(&alias, KeyStoreEntry::Certificate(boxed(self.certificate)?));
            add_trusted(&mut store, self.intermediates)?;
        }
        write(&store, password)
    }

    /// A key store with what others are to trust, and no key. Java takes only what is marked for
    /// it, and so it is.
    pub fn truststore_pkcs12(&self, password: &str) -> Result<Zeroizing<Vec<u8>>> {
        check_password(password)?;
        let mut store = KeyStore::new();
        add_trusted(&mut store, self.trusted())?;
        write(&store, password)
    }
}

fn add_trusted<'a>(
    store: &mut KeyStore,
    certificates: impl IntoIterator<Item = &'a Certificate>,
) -> Result<()> {
    for (place, one) in certificates.into_iter().enumerate() {
        let entry = KeyStoreEntry::Certificate(boxed(one)?);
        store.add_entry(&trusted_alias(place), entry);
    }
    Ok(())
}

fn boxed(certificate: &Certificate) -> Result<Boxed> {
    Boxed::from_der(certificate.der()).map_err(|_| failed())
}

fn write(store: &KeyStore, password: &str) -> Result<Zeroizing<Vec<u8>>> {
    let written = store
        .writer(password)
        .encryption_algorithm(EncryptionAlgorithm::PbeWithHmacSha256AndAes256)
        .encryption_iterations(ITERATIONS)
        .mac_algorithm(MacAlgorithm::HmacSha256)
        .mac_iterations(ITERATIONS)
        .write();
    written.map(Zeroizing::new).map_err(|_| failed())
}
