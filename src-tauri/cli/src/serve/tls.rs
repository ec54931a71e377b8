//! The certificate that a server shows: from files, or from the vault, whose rotations it follows.

use std::sync::{Arc, Weak};

use keyturn_api::{
    Caller, Changed, Code, Instance, ListSecrets, Problem, Result, SecretType, Surface, Target,
};
use keyturn_server::ServerCertificate;
use keyturn_vault::Vault;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::ServeOptions;
use crate::input;
use crate::send::user_name;

const TYPES: [SecretType; 3] = [
    SecretType::ImportedCert,
    SecretType::PrivateCert,
    SecretType::PublicCert,
];

/// What TLS needs, if the options want it.
pub(super) async fn certificate(
    options: &ServeOptions,
    vault: &Arc<Vault>,
) -> Result<Option<ServerCertificate>> {
    if let Some(name) = &options.tls_secret {
        let id = find(vault, name).await?;
        // before it is read: a rotation in between is seen
        let changed = vault.changed();
        let bundle = bundle(vault, &id).await?;
        let shown = ServerCertificate::new(&bundle, &bundle).map_err(|_| unusable())?;
        tokio::spawn(follow(Arc::downgrade(vault), changed, id, shown.clone()));
        return Ok(Some(shown));
    }
    if let (Some(certificate), Some(key)) = (&options.tls_certificate, &options.tls_key) {
        let certificate = input::text(input::read_file(certificate)?)?;
        let key = input::text(input::read_file(key)?)?;
        let shown = ServerCertificate::new(&certificate, &key).map_err(|_| unusable())?;
        return Ok(Some(shown));
    }
    Ok(None)
}

/// Shows the new certificate after each rotation. One that cannot be used leaves the old one.
async fn follow(vault: Weak<Vault>, mut changed: Changed, id: String, shown: ServerCertificate) {
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
        if let Ok(bundle) = bundle(&vault, &id).await {
            let _ = shown.exchange(&bundle, &bundle);
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

/// Certificates and private key as one PEM text.
async fn bundle(vault: &Vault, id: &str) -> Result<Zeroizing<String>> {
    let secret = vault.secret(&caller(), id).await?;
    let payload = secret.payload.ok_or_else(unusable)?;
    Ok(payload.into_value().wire())
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
