//! The HTTP API over an instance: API v2 and v1 of IBM Secrets Manager, to the letter.
//!
//! A stand-in with the public face only, until the real one is merged: every answer is 501.

use std::future::Future;
use std::sync::Arc;

use http::{HeaderMap, Method};
use keyturn_api::{Caller, Instance, Keys};
use zeroize::Zeroizing;

/// What a server is told besides its instance.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Names under which it may be asked, besides those of loopback.
    pub hosts: Vec<String>,
}

/// The HTTP API over an instance. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    _instance: Arc<dyn Instance>,
    _keys: Arc<dyn Keys>,
    _config: Arc<Config>,
}

/// What came back. The body is wiped when it is dropped.
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// What it says.
    pub body: Zeroizing<Vec<u8>>,
}

/// Where requests come in.
pub enum Listener {
    /// HTTP.
    Tcp(tokio::net::TcpListener),
    /// HTTPS.
    Tls(tokio::net::TcpListener, Arc<rustls::ServerConfig>),
    /// HTTP over a socket in the file system.
    Unix(tokio::net::UnixListener),
}

impl Api {
    /// The API of an instance.
    pub fn new(instance: Arc<dyn Instance>, keys: Arc<dyn Keys>, config: Config) -> Self {
        Self {
            _instance: instance,
            _keys: keys,
            _config: Arc::new(config),
        }
    }

    /// One request of a known caller, without socket, token or host check: for the command line on
    /// the local vault.
    pub async fn answer(
        &self,
        caller: &Caller,
        method: Method,
        path_and_query: &str,
        body: Vec<u8>,
    ) -> Reply {
        let headers = HeaderMap::new();
        self.answer_with(caller, method, path_and_query, headers, body)
            .await
    }

    /// [`Self::answer`] with headers, such as `X-Sm-Accept-Configuration-Type`.
    #[expect(clippy::unused_async, reason = "the real one waits for the instance")]
    pub async fn answer_with(
        &self,
        _caller: &Caller,
        _method: Method,
        _path_and_query: &str,
        _headers: HeaderMap,
        body: Vec<u8>,
    ) -> Reply {
        drop(Zeroizing::new(body));
        let told = br#"{"errors":[{"code":"not_supported","message":"Not built yet."}]}"#;
        Reply {
            status: 501,
            headers: HeaderMap::new(),
            body: Zeroizing::new(told.to_vec()),
        }
    }
}

/// Serves until `stop` resolves, then finishes what is under way (at most 10 s).
pub async fn serve(
    _api: Api,
    _listener: Listener,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    stop.await;
    Ok(())
}
