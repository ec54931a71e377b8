//! A server on this computer in the place of a service: each request is answered as the test says,
//! well or badly, and noted.

#![allow(dead_code, reason = "not every suite asks everything")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyturn_client::{Access, Remote, Settings};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use zeroize::Zeroizing;

pub(crate) const ID: &str = "7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11";
pub(crate) const TOKEN: &str = "t0ken.of.test";

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path.split('?').next() == Some(path)
    }

    pub(crate) fn rotates(&self) -> bool {
        self.is("POST", &format!("/api/v2/secrets/{ID}/versions"))
    }
}

/// What is done with a request.
pub(crate) enum Act {
    /// A status, further header lines and a body.
    Answer(u16, String, Vec<u8>),
    /// The connection is closed without a word, after what the test did.
    Reset,
    /// The head, and then a byte a second.
    Drip(Vec<u8>),
}

pub(crate) fn answer(status: u16, body: &Value) -> Act {
    Act::Answer(status, String::new(), body.to_string().into_bytes())
}

pub(crate) fn text(status: u16, body: &str) -> Act {
    Act::Answer(status, String::new(), body.as_bytes().to_vec())
}

type Handler = dyn Fn(&Asked) -> Act + Send + Sync;

pub(crate) struct StandIn {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl StandIn {
    pub(crate) async fn start(handler: impl Fn(&Asked) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (noted, handler) = (Arc::clone(&asked), Arc::new(handler) as Arc<Handler>);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (noted, handler) = (Arc::clone(&noted), Arc::clone(&handler));
                tokio::spawn(async move { speak(stream, &noted, &*handler).await });
            }
        });
        Self { url, asked }
    }

    /// An instance of IBM's service, as far as the handler says nothing else.
    pub(crate) async fn ibm(
        handler: impl Fn(&Asked) -> Option<Act> + Send + Sync + 'static,
    ) -> Self {
        Self::start(move |asked| handler(asked).unwrap_or_else(|| usual(asked))).await
    }

    pub(crate) fn remote(&self) -> Arc<Remote> {
        self.remote_with(Access::Token(Zeroizing::new(TOKEN.to_owned())))
    }

    pub(crate) fn remote_with(&self, access: Access) -> Arc<Remote> {
        let settings = Settings {
            back_off: Duration::from_millis(5),
            timeout: Duration::from_secs(2),
            ..Settings::new(&self.url)
        };
        Remote::new(&settings, access).unwrap()
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn count(&self, of: impl Fn(&Asked) -> bool) -> usize {
        self.asked().iter().filter(|one| of(one)).count()
    }
}

pub(crate) fn secret() -> Value {
    json!({
        "id": ID, "name": "db-pass", "secret_type": "arbitrary", "secret_group_id": "default",
        "labels": [], "state": 1, "state_description": "active", "locks_total": 0,
        "crn": "crn:v1:bluemix:public:secrets-manager:eu-de:a/1:2:secret:3", "created_by": "iam-x",
        "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-05T10:00:00Z",
        "versions_total": 1, "downloaded": false, "retrieved_at": "1970-01-01T00:00:00Z",
    })
}

pub(crate) fn version(id: &str, alias: &str) -> Value {
    json!({
        "id": id, "alias": alias, "created_at": "2026-01-05T10:00:00Z", "created_by": "iam-x",
        "payload_available": true, "secret_id": ID, "secret_type": "arbitrary",
        "secret_group_id": "default", "secret_name": "db-pass",
    })
}

pub(crate) const FIRST: &str = "0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a01";
pub(crate) const SECOND: &str = "0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a02";

pub(crate) fn page(secrets: &[Value], total: usize, url: &str) -> Value {
    json!({
        "secrets": secrets, "total_count": total, "limit": 1000, "offset": 0,
        "first": { "href": url }, "last": { "href": url },
    })
}

fn usual(asked: &Asked) -> Act {
    let with = |payload: &str, mut of: Value| {
        of["payload"] = payload.into();
        of
    };
    let path = asked.path.split('?').next().unwrap_or_default();
    let below = path.strip_prefix(&format!("/api/v2/secrets/{ID}"));
    match (asked.method.as_str(), path, below) {
        ("GET", "/api/v2/secrets", _) => answer(200, &page(&[secret()], 1, "http://x/")),
        ("GET", "/api/v2/secret_groups", _) => {
            answer(200, &json!({ "secret_groups": [], "total_count": 0 }))
        }
        ("GET", "/api/v2/configurations", _) => answer(
            200,
            &json!({ "configurations": [], "total_count": 0, "limit": 1000, "offset": 0 }),
        ),
        ("GET", _, Some("")) => answer(200, &with("s3cret-value", secret())),
        ("GET", _, Some("/metadata")) => answer(200, &secret()),
        ("GET", _, Some("/versions")) => answer(
            200,
            &json!({ "versions": [version(FIRST, "current")], "total_count": 1 }),
        ),
        ("POST", _, Some("/versions")) => {
            answer(201, &with("s3cret-next", version(SECOND, "current")))
        }
        _ => answer(
            404,
            &json!({ "errors": [{ "code": "not_found", "message": "no such path" }] }),
        ),
    }
}

async fn speak(mut stream: TcpStream, noted: &Mutex<Vec<Asked>>, handler: &Handler) {
    while let Some(asked) = read(&mut stream).await {
        noted.lock().unwrap().push(asked.clone());
        let (head, body, slowly) = match handler(&asked) {
            Act::Reset => return,
            Act::Answer(status, headers, body) => (
                format!(
                    "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\n\r\n",
                    body.len()
                ),
                body,
                false,
            ),
            Act::Drip(body) => {
                let length = body.len();
                (
                    format!("HTTP/1.1 200 X\r\ncontent-length: {length}\r\n\r\n"),
                    body,
                    true,
                )
            }
        };
        if stream.write_all(head.as_bytes()).await.is_err() {
            return;
        }
        for part in body.chunks(if slowly { 1 } else { usize::MAX }) {
            if stream.write_all(part).await.is_err() {
                return;
            }
            if slowly {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let read = stream
            .read(&mut chunk)
            .await
            .ok()
            .filter(|read| *read > 0)?;
        request.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let lower = head.to_lowercase();
        let length = lower.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next());
        if body.len() < length.map_or(0, |length| length.parse().unwrap()) {
            continue;
        }
        let mut line = head.split(' ');
        return Some(Asked {
            method: line.next()?.to_owned(),
            path: line.next()?.to_owned(),
            head: head.to_owned(),
            body: body.to_owned(),
        });
    }
}
