//! An HTTPS server that answers as a test wants it, for what `pebble` cannot do: renewal windows,
//! rate limits, broken answers, silence. It checks no signature.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};

use super::test_authority::TestAuthority;

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Such as `POST`.
    pub(crate) method: String,
    /// From the slash on.
    pub(crate) path: String,
    /// What was sent with it.
    pub(crate) body: String,
}

/// What it answers.
#[derive(Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    end: End,
}

/// How an answer ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Whole,
    /// Nothing is sent, as long as the server runs.
    Silent,
    /// The connection ends after half of the body.
    Cut,
    /// Nothing follows half of the body, as long as the server runs.
    Stalled,
}

impl Reply {
    /// An answer with JSON.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::bytes(status, body.to_string().into_bytes())
    }

    /// An answer with anything.
    pub(crate) fn bytes(status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
            end: End::Whole,
        }
    }

    /// A refusal with a problem document, its type without the prefix.
    pub(crate) fn problem(status: u16, kind: &str, detail: &str) -> Self {
        let kind = format!("urn:ietf:params:acme:error:{kind}");
        Self::json(status, &json!({"type": kind, "detail": detail}))
    }

    /// No answer, until the server ends.
    pub(crate) fn silence() -> Self {
        Self {
            end: End::Silent,
            ..Self::bytes(200, Vec::new())
        }
    }

    /// Half of an answer; then the connection ends.
    pub(crate) fn cut(self) -> Self {
        Self {
            end: End::Cut,
            ..self
        }
    }

    /// Half of an answer; then nothing, until the server ends.
    pub(crate) fn stalled(self) -> Self {
        Self {
            end: End::Stalled,
            ..self
        }
    }

    /// With one header more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

type Answers = dyn Fn(&Request, &str) -> Option<Reply> + Send + Sync;

/// A server that ends with the test.
pub(crate) struct AcmeStandIn {
    authority: TestAuthority,
    port: u16,
    seen: Arc<Mutex<Vec<Request>>>,
    ended: Arc<AtomicBool>,
}

impl AcmeStandIn {
    /// Starts one. The test's answers get the request and the address of the server, without a
    /// slash at its end; whatever they leave is answered here: a directory at `/dir`, nonces, an
    /// account, and else 404.
    pub(crate) fn start(
        answers: impl Fn(&Request, &str) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        let authority = TestAuthority::new();
        let config = Arc::new(tls(&authority));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (seen, ended) = (Arc::default(), Arc::default());
        let started = Self {
            authority,
            port,
            seen: Arc::clone(&seen),
            ended: Arc::clone(&ended),
        };
        let (base, answers) = (started.base(), Arc::new(answers));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let (config, base, answers) = (config.clone(), base.clone(), answers.clone());
                let (seen, ended) = (seen.clone(), ended.clone());
                thread::spawn(move || {
                    // A client that turns away is no failure of the server.
                    let _ = serve(stream, config, &base, &*answers, &seen, &ended);
                });
            }
        });
        started
    }

    /// Where its directory is.
    pub(crate) fn directory_url(&self) -> String {
        format!("{}/dir", self.base())
    }

    /// Its address, without a slash at its end.
    pub(crate) fn base(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The root of the certificate it shows to clients, PEM.
    pub(crate) fn tls_root_pem(&self) -> String {
        self.authority.root_pem()
    }

    /// All requests so far.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for AcmeStandIn {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// A directory as it is served here, with `renewalInfo`.
pub(crate) fn directory(base: &str) -> Value {
    json!({
        "newNonce": format!("{base}/new-nonce"),
        "newAccount": format!("{base}/new-account"),
        "newOrder": format!("{base}/new-order"),
        "renewalInfo": format!("{base}/renewal-info"),
    })
}

fn tls(authority: &TestAuthority) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let certificate = fs::read(authority.server_pem()).unwrap();
    let key = fs::read(authority.server_key()).unwrap();
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(&certificate).unwrap()],
            PrivateKeyDer::from_pem_slice(&key).unwrap(),
        )
        .unwrap()
}

/// One request on one connection.
fn serve(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    base: &str,
    answers: &Answers,
    seen: &Mutex<Vec<Request>>,
    ended: &AtomicBool,
) -> std::io::Result<()> {
    let tls = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(tls, stream));
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next());
    let mut length = 0;
    loop {
        let mut header = String::new();
        if stream.read_line(&mut header)? <= 2 {
            break;
        }
        if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let request = Request {
        method,
        path: path.unwrap_or_default(),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    seen.lock().unwrap().push(request.clone());
    let reply = answers(&request, base).unwrap_or_else(|| usual(&request, base));
    let hang = || {
        while !ended.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    };
    if reply.end == End::Silent {
        return hang();
    }
    let stream = stream.get_mut();
    write!(
        stream,
        "HTTP/1.1 {} Answer\r\nConnection: close\r\n",
        reply.status
    )?;
    write!(stream, "Content-Length: {}\r\n", reply.body.len())?;
    for (name, value) in &reply.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    write!(stream, "\r\n")?;
    if reply.end != End::Whole {
        stream.write_all(&reply.body[..reply.body.len() / 2])?;
        stream.flush()?;
        return if reply.end == End::Stalled {
            hang()
        } else {
            Ok(())
        };
    }
    if request.method != "HEAD" {
        stream.write_all(&reply.body)?;
    }
    stream.conn.send_close_notify();
    stream.flush()
}

fn usual(request: &Request, base: &str) -> Reply {
    let nonce = |reply: Reply| reply.with("Replay-Nonce", "bm9uY2U");
    match request.path.as_str() {
        "/dir" => Reply::json(200, &directory(base)),
        "/new-nonce" => nonce(Reply::bytes(200, Vec::new())),
        "/new-account" => nonce(
            Reply::json(201, &json!({"status": "valid"}))
                .with("Location", format!("{base}/account/1")),
        ),
        _ => Reply::bytes(404, Vec::new()),
    }
}
