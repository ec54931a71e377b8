//! Sockets: TCP, TLS and Unix; slow clients and the end.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::{Api, answer::Peer, tls::ServerCertificate};

/// Where requests come from.
#[derive(Debug)]
pub enum Listener {
    /// Plain HTTP, for this computer alone.
    Tcp(TcpListener),
    /// HTTPS.
    Tls(TcpListener, ServerCertificate),
    /// Plain HTTP over a socket in the file system; its rights say who may.
    Unix(UnixListener),
}

/// Longest time for the head of a request, and for a TLS handshake.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Longest time for what is under way at the end.
const END_TIME: Duration = Duration::from_secs(10);
/// Connections at once; more wait.
const CONNECTIONS: usize = 1024;
/// After this the next try to take a connection follows, if none could be taken.
const AGAIN: Duration = Duration::from_millis(100);

impl Listener {
    /// Listens at an address; see [`Self::tcp`].
    pub async fn bind(
        address: SocketAddr,
        certificate: Option<ServerCertificate>,
    ) -> io::Result<Self> {
        Self::tcp(TcpListener::bind(address).await?, certificate)
    }

    /// Listens where somebody has opened a socket. Without TLS only this computer can call: any other
    /// address is refused with [`io::ErrorKind::InvalidInput`].
    pub fn tcp(listener: TcpListener, certificate: Option<ServerCertificate>) -> io::Result<Self> {
        if let Some(certificate) = certificate {
            return Ok(Self::Tls(listener, certificate));
        }
        if listener.local_addr()?.ip().to_canonical().is_loopback() {
            return Ok(Self::Tcp(listener));
        }
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "an address beyond this computer needs a certificate",
        ))
    }

    /// The address it listens at; none for a socket in the file system.
    pub fn address(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(listener) | Self::Tls(listener, _) => listener.local_addr().ok(),
            Self::Unix(_) => None,
        }
    }

    /// Whether callers use TLS.
    pub fn is_tls(&self) -> bool {
        matches!(self, Self::Tls(..))
    }
}

/// Serves until `stop` resolves, then finishes what is under way, at most ten seconds.
pub async fn serve(api: Api, listener: Listener, stop: impl Future<Output = ()>) -> io::Result<()> {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop = std::pin::pin!(stop);
    loop {
        let permit = tokio::select! {
            permit = Arc::clone(&room).acquire_owned() => permit,
            () = &mut stop => break,
        };
        let Ok(permit) = permit else { break };
        let taken = tokio::select! {
            taken = take(&listener) => taken,
            () = &mut stop => break,
        };
        match taken {
            Ok(taken) => taken.spawn(api.clone(), graceful.watcher(), permit),
            // no file handles are left, say: one that is closed makes room
            Err(_) => tokio::time::sleep(AGAIN).await,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(END_TIME, graceful.shutdown()).await;
    Ok(())
}

/// A connection that was taken.
enum Taken {
    Tcp(tokio::net::TcpStream, IpAddr),
    Tls(tokio::net::TcpStream, IpAddr, TlsAcceptor),
    Unix(tokio::net::UnixStream),
}

async fn take(listener: &Listener) -> io::Result<Taken> {
    let prompt = |stream: &tokio::net::TcpStream| stream.set_nodelay(true);
    match listener {
        Listener::Tcp(listener) => {
            let (stream, from) = listener.accept().await?;
            prompt(&stream)?;
            Ok(Taken::Tcp(stream, from.ip().to_canonical()))
        }
        Listener::Tls(listener, certificate) => {
            let (stream, from) = listener.accept().await?;
            prompt(&stream)?;
            let acceptor = TlsAcceptor::from(certificate.server());
            Ok(Taken::Tls(stream, from.ip().to_canonical(), acceptor))
        }
        Listener::Unix(listener) => Ok(Taken::Unix(listener.accept().await?.0)),
    }
}

impl Taken {
    fn spawn(self, api: Api, watcher: Watcher, permit: OwnedSemaphorePermit) {
        tokio::spawn(async move {
            let _permit = permit;
            match self {
                Self::Tcp(stream, from) => {
                    let peer = Peer {
                        address: Some(from),
                        tls: false,
                    };
                    speak(stream, peer, api, watcher).await;
                }
                Self::Tls(stream, from, acceptor) => {
                    let peer = Peer {
                        address: Some(from),
                        tls: true,
                    };
                    let shaken = tokio::time::timeout(HEAD_TIME, acceptor.accept(stream)).await;
                    if let Ok(Ok(stream)) = shaken {
                        speak(stream, peer, api, watcher).await;
                    }
                }
                Self::Unix(stream) => {
                    let peer = Peer {
                        address: None,
                        tls: false,
                    };
                    speak(stream, peer, api, watcher).await;
                }
            }
        });
    }
}

/// Answers the requests of one connection.
async fn speak<S>(stream: S, peer: Peer, api: Api, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let answering = api
        .router()
        .map_request(move |request: http::Request<Incoming>| {
            let mut request: Request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(peer);
            request
        });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_headers(64)
        // bodies are sent from where they lie, not from a copy that nobody wipes
        .writev(true)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(answering));
    // a client that goes away is no failure of ours
    let _ = watcher.watch(connection).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_loopback_is_served_without_a_certificate() {
        for (address, served) in [
            ("127.0.0.1:0", true),
            ("127.9.9.9:0", true),
            ("0.0.0.0:0", false),
        ] {
            let listener = Listener::bind(address.parse().unwrap(), None).await;
            assert_eq!(listener.is_ok(), served, "{address}");
        }
        let mapped: SocketAddr = "[::ffff:127.0.0.1]:1".parse().unwrap();
        assert!(mapped.ip().to_canonical().is_loopback());
    }
}
