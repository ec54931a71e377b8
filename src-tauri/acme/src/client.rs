//! A client of one directory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use rustls_pki_types::CertificateDer;

use crate::jws::{Jws, Signatory};
use crate::nonce::{self, Nonces};
use crate::transport::{self, Reply};
use crate::{
    AccountKey, Directory, Error, ErrorKind, ProblemType, Result, Session, limits, parse_url,
};

/// How a [`Client`] connects.
#[derive(Clone, Debug)]
pub struct Options {
    /// Roots that are trusted besides those of the system: of a private certificate authority.
    pub roots: Vec<CertificateDer<'static>>,
    /// Time for one request, from connecting to the last byte of the answer.
    pub timeout: Duration,
    /// What the program calls itself (RFC 8555 section 6.1).
    pub user_agent: String,
}

/// Speaks to the ACME server of one directory; it holds the directory and some nonces, and no key.
/// Its calls need a Tokio runtime with I/O and time. Proxies are taken from the environment (`HTTPS_PROXY`, `NO_PROXY`), as other programs do.
pub struct Client {
    http: reqwest::Client,
    directory_url: Url,
    directory: Mutex<Option<Arc<Directory>>>,
    nonces: Nonces,
}

impl Client {
    /// Prepares a client; nothing is sent yet. Reads the system's roots, so it takes a moment.
    pub fn new(directory_url: &str, options: &Options) -> Result<Self> {
        Ok(Self {
            http: transport::http(&options.roots, options.timeout, &options.user_agent)?,
            directory_url: parse_url(directory_url)?,
            directory: Mutex::new(None),
            nonces: Nonces::default(),
        })
    }

    /// The directory (RFC 8555 section 7.1.1), asked for once.
    pub async fn directory(&self) -> Result<Arc<Directory>> {
        let kept = self.kept_directory().clone();
        match kept {
            Some(directory) => Ok(directory),
            None => self.refresh_directory().await,
        }
    }

    /// Asks for the directory again: a server may change it.
    pub async fn refresh_directory(&self) -> Result<Arc<Directory>> {
        let reply = self.get(&self.directory_url).await?;
        let directory = Arc::new(reply.json("a directory")?.value);
        *self.kept_directory() = Some(Arc::clone(&directory));
        Ok(directory)
    }

    /// What can be done with an account: its key, and the address that [`Client::register`] or
    /// [`Client::find_account`] gave for it.
    pub fn session<'a>(&'a self, key: &'a AccountKey, account: Url) -> Session<'a> {
        Session::new(self, key, account)
    }

    /// An unsigned request, for what anybody may read.
    pub(crate) async fn get(&self, url: &Url) -> Result<Reply> {
        transport::send(url, self.http.get(url.clone()))
            .await?
            .granted()
    }

    /// A signed request. While the server does not take the nonce, it is sent again with the one of
    /// its answer: at once, for that is no failure (RFC 8555 section 6.5).
    pub(crate) async fn post(
        &self,
        key: &AccountKey,
        signatory: Signatory<'_>,
        url: &Url,
        payload: &str,
        accept: &'static str,
    ) -> Result<Reply> {
        let mut nonce = self.nonces.take();
        let mut tries = 0;
        loop {
            let used = match nonce {
                Some(nonce) => nonce,
                None => self.new_nonce().await?,
            };
            let jws = Jws::signed(key, signatory, url, &used, payload);
            let body = jws.and_then(|jws| serde_json::to_vec(&jws).ok());
            let body = body.ok_or_else(|| unsigned(url))?;
            let request = self.http.post(url.clone()).body(body);
            let request = request
                .header(CONTENT_TYPE, "application/jose+json")
                .header(ACCEPT, accept);
            let reply = transport::send(url, request).await?;
            nonce = nonce::of(&reply.headers);
            let granted = reply.granted();
            tries += 1;
            let refused = matches!(&granted, Err(error) if error.is(&ProblemType::BadNonce));
            if !refused || tries == limits::NONCE_TRIES {
                self.nonces.keep(nonce);
                return granted;
            }
        }
    }

    /// Asks for a nonce (RFC 8555 section 7.2).
    async fn new_nonce(&self) -> Result<String> {
        let url = &self.directory().await?.new_nonce;
        let reply = transport::send(url, self.http.head(url.clone()))
            .await?
            .granted()?;
        nonce::of(&reply.headers).ok_or_else(|| Error::not_acme(url, "its answer has no nonce"))
    }

    fn kept_directory(&self) -> MutexGuard<'_, Option<Arc<Directory>>> {
        self.directory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn unsigned(url: &Url) -> Error {
    let reason = "The request could not be signed with the account key.";
    Error::at(ErrorKind::Setup(reason.into()), url)
}
