//! The certificate of the server. It can be exchanged while it serves, so that one from a vault
//! follows its rotations.

use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

/// A certificate with its chain and key. Cheap to clone; all clones are exchanged together.
#[derive(Clone, Debug)]
pub struct ServerCertificate {
    current: Arc<Current>,
    config: Arc<ServerConfig>,
}

#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let key = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&key))
    }
}

impl ServerCertificate {
    /// From PEM: the certificate first, then what stands between it and a root; and its key.
    pub fn new(chain: &str, key: &str) -> io::Result<Self> {
        let current = Arc::new(Current(RwLock::new(read(chain, key)?)));
        let provider = Arc::new(aws_lc_rs::default_provider());
        // TLS 1.2 and 1.3
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| invalid(&error))?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&current) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            current,
            config: Arc::new(config),
        })
    }

    /// Another certificate from now on. Connections that stand are not broken.
    pub fn exchange(&self, chain: &str, key: &str) -> io::Result<()> {
        let new = read(chain, key)?;
        *self
            .current
            .0
            .write()
            .unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    pub(crate) fn server(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config)
    }
}

fn read(chain: &str, key: &str) -> io::Result<Arc<CertifiedKey>> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain.as_bytes()).collect();
    let chain = chain.map_err(|error| invalid(&error))?;
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|error| invalid(&error))?;
    CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider())
        .map(Arc::new)
        .map_err(|error| invalid(&error))
}

fn invalid(error: &impl std::fmt::Display) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the certificate and key cannot be taken: {error}"),
    )
}
