//! The account with an authority: made with the first order, and remembered by its address.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use keyturn_acme::{AccountKey, Client, Error, ExternalAccount, NewAccount, Options, Url};
use keyturn_api::{Caller, Problem};
use keyturn_pki::Part;
use sha2::{Digest, Sha256};

use super::failure::{Failure, Then};
use crate::{
    audit::Entry,
    configurations::{catalogue, public_ca::CaRequest},
    opened::{Opened, Write, WriteError},
    records::{CatalogueRecord, ConfigurationRecord, EngineSecretRecord, SecretText},
    rotation::certificate::read_certificates,
};

/// Time for one request.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Clients of the authorities, each with the request it was made for: making one reads the roots of
/// the system, and its nonces are good for the next call.
#[derive(Default)]
pub(crate) struct Clients(Mutex<HashMap<[u8; 16], MadeFor>>);

/// A client, and the request of the configuration that it was made for.
type MadeFor = (String, Arc<Client>);

/// What orders are placed with.
pub(super) struct Account {
    pub(super) client: Arc<Client>,
    pub(super) key: AccountKey,
    pub(super) url: Url,
    pub(super) request: CaRequest,
}

impl Account {
    /// The account of an authority; made if there is none yet.
    pub(super) async fn open(vault: &Opened, ca: &ConfigurationRecord) -> Result<Self, Failure> {
        let request: CaRequest = ca.request().map_err(Failure::of_vault)?;
        let client = client(vault, ca, &request)?;
        let secret = EngineSecretRecord::read(vault, ca.id).map_err(Failure::of_vault)?;
        let pem = secret.account_key.as_ref().map_or("", SecretText::as_str);
        let key = AccountKey::from_pem(pem)
            .map_err(|refusal| Failure::for_good("account_key", refusal.to_string()))?;
        let known = ca
            .account_url
            .as_deref()
            .and_then(|url| keyturn_acme::parse_url(url).ok());
        let url = match known {
            Some(url) => url,
            None => register(vault, ca, &request, &secret, &client, &key).await?,
        };
        let account = Self {
            client,
            key,
            url,
            request,
        };
        if ca.contact_untold == Some(true) {
            account.tell_contact().await?;
            note(vault, ca, &secret, |record| record.contact_untold = None).await?;
        }
        Ok(account)
    }

    /// What the authority does not want to hear is no reason not to order.
    async fn tell_contact(&self) -> Result<(), Failure> {
        let session = self.client.session(&self.key, self.url.clone());
        let told = session.update_contact(&contact(&self.request)).await;
        match told.map_err(Failure::from) {
            Err(failure) if !matches!(failure.then, Then::Refused | Then::GiveUp) => Err(Failure {
                message: format!(
                    "The contact in the configuration of the authority could not be told. {}",
                    failure.message
                ),
                ..failure
            }),
            _ => Ok(()),
        }
    }
}

/// The authority does not know the account (any more): it is made anew with the next try.
pub(super) async fn forget(vault: &Opened, ca: &ConfigurationRecord) -> Result<(), Failure> {
    let secret = EngineSecretRecord::read(vault, ca.id).map_err(Failure::of_vault)?;
    note(vault, ca, &secret, |record| record.account_url = None).await
}

async fn register(
    vault: &Opened,
    ca: &ConfigurationRecord,
    request: &CaRequest,
    secret: &EngineSecretRecord,
    client: &Client,
    key: &AccountKey,
) -> Result<Url, Failure> {
    let external = match (&request.external_account_key_id, &secret.external_key) {
        (Some(id), Some(hmac)) => Some(ExternalAccount::from_text(id, hmac.as_str())?),
        _ => None,
    };
    let new = NewAccount {
        contact: contact(request),
        // the window says so where an authority is configured
        terms_of_service_agreed: true,
        external_account: external,
    };
    let account = client.register(key, &new).await?;
    let url = account.url.to_string();
    note(vault, ca, secret, |record| {
        record.account_url = Some(url.clone());
    })
    .await?;
    Ok(account.url)
}

fn contact(request: &CaRequest) -> Vec<String> {
    let addresses = request.contact.iter();
    addresses
        .map(|address| format!("mailto:{address}"))
        .collect()
}

/// Keeps what is known of an account.
async fn note(
    vault: &Opened,
    ca: &ConfigurationRecord,
    used: &EngineSecretRecord,
    set: impl Fn(&mut ConfigurationRecord),
) -> Result<(), Failure> {
    let key = |secret: &EngineSecretRecord| {
        let key = secret.account_key.as_ref();
        key.map(|key| Sha256::digest(key.as_str()))
    };
    loop {
        let (mut all, revision) = catalogue(vault).map_err(Failure::of_vault)?;
        // an account belongs to a key, which is put in one commit with the configuration
        let kept = EngineSecretRecord::read(vault, ca.id).map_err(Failure::of_vault)?;
        if key(&kept) != key(used) {
            return Ok(());
        }
        let Some(record) = all
            .by_id_mut(ca.id)
            .filter(|record| record.request == ca.request)
        else {
            return Ok(()); // changed or deleted meanwhile: its next order registers
        };
        set(record);
        let caller = Caller::schedule();
        let id = uuid::Uuid::from_bytes(ca.id);
        let mut write = Write::new(Entry::of_schedule("account.note", &caller, id, vault.now()));
        write.expect(CatalogueRecord::KEY.to_vec(), revision);
        write.put(CatalogueRecord::KEY.to_vec(), all.seal(vault.keys()));
        match vault.write(write).await {
            Ok(_) => return Ok(()),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(Failure::of_vault(problem)),
        }
    }
}

/// The client of an authority; for what needs no account.
pub(super) fn client_of(vault: &Opened, ca: &ConfigurationRecord) -> Result<Arc<Client>, Failure> {
    let request: CaRequest = ca.request().map_err(Failure::of_vault)?;
    client(vault, ca, &request)
}

fn client(
    vault: &Opened,
    ca: &ConfigurationRecord,
    request: &CaRequest,
) -> Result<Arc<Client>, Failure> {
    let mut clients = vault.acme.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((made_for, client)) = clients.get(&ca.id)
        && *made_for == ca.request
    {
        return Ok(Arc::clone(client));
    }
    let roots = roots(request.root_certificate.as_deref()).map_err(Failure::of_vault)?;
    let options = Options {
        roots,
        timeout: TIMEOUT,
        user_agent: concat!("keyturn/", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let client = Arc::new(
        Client::new(&request.directory_url, &options)
            .map_err(|error: Error| Failure::from(error))?,
    );
    clients.insert(ca.id, (ca.request.clone(), Arc::clone(&client)));
    Ok(client)
}

fn roots(pem: Option<&str>) -> Result<Vec<rustls_pki_types::CertificateDer<'static>>, Problem> {
    let Some(pem) = pem else {
        return Ok(Vec::new());
    };
    let certificates = read_certificates(Part::Certificate, pem)?;
    Ok(certificates
        .iter()
        .map(|one| one.der().to_vec().into())
        .collect())
}
