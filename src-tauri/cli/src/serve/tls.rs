//! The certificate that a server shows: from files, or from the vault, whose rotations it follows.

use std::sync::{Arc, PoisonError, RwLock, Weak};

use keyturn_api::{
    Caller, Changed, Code, Instance, ListSecrets, Problem, Result, SecretType, Surface, Target,
};
use keyturn_vault::Vault;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use uuid::Uuid;

use super::ServeOptions;
use crate::input;
use crate::send::user_name;

const TYPES: [SecretType; 3] = [
    SecretType::ImportedCert,
    SecretType::PrivateCert,
    SecretType::PublicCert,
];

/// What TLS needs, if the options want it.
pub(super) async fn settings(
    options: &ServeOptions,
    vault: &Arc<Vault>,
) -> Result<Option<Arc<ServerConfig>>> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let shown = if let Some(name) = &options.tls_secret {
        let id = find(vault, name).await?;
        // before it is read: a rotation in between is seen
        let changed = vault.changed();
        let first = from_vault(vault, &id, &provider).await?;
        let shown = Arc::new(Shown(RwLock::new(Arc::new(first))));
        let following = follow(
            Arc::downgrade(vault),
            changed,
            id,
            Arc::clone(&shown),
            Arc::clone(&provider),
        );
        tokio::spawn(following);
        shown
    } else if let (Some(certificate), Some(key)) = (&options.tls_certificate, &options.tls_key) {
        let certificate = input::read_file(certificate)?;
        let key = input::read_file(key)?;
        let pair = pair(&certificate, &key, &provider)?;
        Arc::new(Shown(RwLock::new(Arc::new(pair))))
    } else {
        return Ok(None);
    };
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Problem::new(Code::Io, "TLS cannot be set up."))?;
    let mut config = config.with_no_client_auth().with_cert_resolver(shown);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(Arc::new(config)))
}

/// The certificate in force.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let shown = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&shown))
    }
}

/// Shows the new certificate after each rotation. One that cannot be used leaves the old one.
async fn follow(
    vault: Weak<Vault>,
    mut changed: Changed,
    id: String,
    shown: Arc<Shown>,
    provider: Arc<CryptoProvider>,
) {
    let mut known = None;
    while changed.changed().await.is_ok() {
        let Some(vault) = vault.upgrade() else { return };
        let Ok(view) = vault.secret_metadata(&caller(), &id).await else {
            continue;
        };
        // the value is read after a rotation only: a read is recorded
        if known.replace(view.rotated_at) == Some(view.rotated_at) {
            continue;
        }
        if let Ok(pair) = from_vault(&vault, &id, &provider).await {
            *shown.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(pair);
        }
    }
}

/// The secret with an id or a name.
async fn find(vault: &Vault, named: &str) -> Result<String> {
    if Uuid::try_parse(named).is_ok() {
        return Ok(named.to_owned());
    }
    let query = ListSecrets {
        search: Some(named.to_owned()),
        secret_types: TYPES.to_vec(),
        limit: 1000,
        ..ListSecrets::default()
    };
    let page = vault.list_secrets(&caller(), &query).await?;
    let mut found = page.items.into_iter().map(|view| view.metadata);
    let found = found.find(|secret| secret.name == named);
    found.map(|secret| secret.id).ok_or_else(|| {
        Problem::new(Code::NotFound, "The vault has no certificate of this name.")
            .at(Target::parameter("tls_secret"))
    })
}

async fn from_vault(vault: &Vault, id: &str, provider: &CryptoProvider) -> Result<CertifiedKey> {
    let secret = vault.secret(&caller(), id).await?;
    let bundle = secret.payload.map(keyturn_api::secret::Payload::into_value);
    let bundle = bundle.ok_or_else(unusable)?;
    pair(bundle.bytes(), bundle.bytes(), provider)
}

/// Certificates and key from PEM texts, if they belong together.
fn pair(certificates: &[u8], key: &[u8], provider: &CryptoProvider) -> Result<CertifiedKey> {
    let chain: std::result::Result<Vec<_>, _> =
        CertificateDer::pem_slice_iter(certificates).collect();
    let chain = chain.map_err(|_| unusable())?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| unusable())?;
    CertifiedKey::from_der(chain, key, provider).map_err(|_| unusable())
}

fn unusable() -> Problem {
    Problem::new(
        Code::File,
        "There is no certificate with its private key, or they do not belong together.",
    )
    .remedy("A server needs a certificate in force, and its own key, unencrypted, in PEM.")
}

fn caller() -> Caller {
    Caller::owner(&user_name(), Surface::CommandLine)
}
