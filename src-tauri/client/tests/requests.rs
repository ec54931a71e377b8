//! Requests to a small server on this computer that misbehaves as it is told.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Method;
use keyturn_api::Code;
use keyturn_client::{Access, Connection, Failure, Reply, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use zeroize::Zeroizing;

/// What the server does with one request.
#[derive(Clone)]
enum Act {
    /// Answers with a status, further headers and a body.
    Answer(u16, &'static str, &'static str),
    /// Closes the connection without a word.
    Break,
    /// Says that there is more than it may be.
    Huge,
    /// Says nothing.
    Silent,
}

use Act::{Answer, Break, Huge, Silent};

const SECRET: &str = "/api/v2/secrets/0b5571f7-21e6-42b7-91c5-3f5ac9793a46";
const OLD: &str = r#"{"versions":[{"id":"aa"}],"total_count":1}"#;
const NEW: &str = r#"{"versions":[{"id":"aa"},{"id":"bb"}],"total_count":2}"#;

struct Server {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(acts: &[Act]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&seen);
        let mut acts: VecDeque<Act> = acts.iter().cloned().collect();
        tokio::spawn(async move {
            while let Some(act) = acts.pop_front() {
                let (stream, _) = listener.accept().await.unwrap();
                let request = act_on(stream, act).await;
                noted.lock().unwrap().push(request);
            }
        });
        Self { url, seen }
    }

    fn connection(&self) -> Connection {
        let settings = Settings {
            back_off: Duration::from_millis(5),
            timeout: Duration::from_millis(500),
            ..Settings::new(&self.url)
        };
        let token = Access::Token(Zeroizing::new("t.o.k".to_owned()));
        Connection::new(&settings, token).unwrap()
    }

    /// First lines of the requests that came.
    fn lines(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter()
            .map(|request| request.split(" HTTP").next().unwrap().to_owned())
            .collect()
    }
}

async fn act_on(mut stream: TcpStream, act: Act) -> String {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    while !complete(&request) {
        let read = stream.read(&mut chunk).await.unwrap();
        if read == 0 {
            break;
        }
        request.extend_from_slice(&chunk[..read]);
    }
    let answer = match act {
        Break => String::new(),
        Silent => {
            tokio::time::sleep(Duration::from_secs(1)).await;
            String::new()
        }
        Huge => "HTTP/1.1 200 OK\r\ncontent-length: 8388609\r\n\r\n".to_owned(),
        Answer(status, headers, body) => format!(
            "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ),
    };
    let _ = stream.write_all(answer.as_bytes()).await;
    String::from_utf8(request).unwrap()
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.split("content-length: ").nth(1);
    let length = length.and_then(|rest| rest.lines().next());
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

async fn run(acts: &[Act], method: Method, path: &str) -> (Result<Reply, Failure>, Vec<String>) {
    let server = Server::start(acts).await;
    let body = if method == Method::GET || method == Method::DELETE {
        Vec::new()
    } else {
        br#"{"payload":"s3cret"}"#.to_vec()
    };
    let sent = server
        .connection()
        .send(method, path, Zeroizing::new(body))
        .await;
    (sent, server.lines())
}

#[tokio::test]
async fn a_request_carries_the_token_and_the_right_content_type() {
    for (method, content) in [
        (Method::POST, "content-type: application/json\r\n"),
        (
            Method::PATCH,
            "content-type: application/merge-patch+json\r\n",
        ),
    ] {
        let server = Server::start(&[Answer(201, "", "{}")]).await;
        let connection = server.connection();
        let body = Zeroizing::new(b"{}".to_vec());
        let reply = connection
            .send(method, "/api/v2/secrets?x=1", body)
            .await
            .unwrap();
        assert_eq!((reply.status, reply.body.as_slice()), (201, &b"{}"[..]));
        let seen = server.seen.lock().unwrap()[0].clone();
        assert!(seen.contains("authorization: Bearer t.o.k\r\n"), "{seen}");
        assert!(seen.contains(content), "{seen}");
    }
}

#[tokio::test]
async fn reads_and_deletions_are_repeated_at_most_four_times() {
    let busy = Answer(503, "", "");
    for method in [Method::GET, Method::DELETE] {
        let acts = [
            busy.clone(),
            Break,
            Answer(429, "retry-after: 0\r\n", ""),
            Answer(200, "", "{}"),
        ];
        let (sent, lines) = run(&acts, method.clone(), SECRET).await;
        assert_eq!((sent.unwrap().status, lines.len()), (200, 4));
        let (sent, lines) = run(&vec![busy.clone(); 9], method.clone(), SECRET).await;
        assert_eq!((sent.unwrap().status, lines.len()), (503, 5));
        let (sent, lines) = run(&[Answer(500, "", "")], method, SECRET).await;
        assert_eq!((sent.unwrap().status, lines.len()), (500, 1));
    }
}

#[tokio::test]
async fn a_server_that_asks_for_a_long_pause_is_not_waited_for() {
    let acts = [Answer(429, "retry-after: 3600\r\n", "{}")];
    let (sent, lines) = run(&acts, Method::GET, SECRET).await;
    assert_eq!((sent.unwrap().status, lines.len()), (429, 1));
}

#[tokio::test]
async fn what_changes_something_is_repeated_only_when_it_was_refused_for_its_number() {
    let acts = [Answer(429, "retry-after: 0\r\n", ""), Answer(201, "", "{}")];
    let (sent, lines) = run(&acts, Method::POST, "/api/v2/secrets").await;
    assert_eq!((sent.unwrap().status, lines.len()), (201, 2));
    let (sent, lines) = run(&[Answer(503, "", "")], Method::POST, "/api/v2/secrets").await;
    assert_eq!((sent.unwrap().status, lines.len()), (503, 1));
    for act in [Break, Silent] {
        for method in [Method::POST, Method::PATCH] {
            let (sent, _) = run(std::slice::from_ref(&act), method, "/api/v2/secrets").await;
            let failure = sent.unwrap_err();
            assert!(failure.maybe_done);
            assert!(failure.problem.message.contains("not known"));
        }
    }
}

#[tokio::test]
async fn a_rotation_that_was_not_answered_is_looked_for() {
    let list = |body| Answer(200, "", body);
    for (acts, told) in [
        ([list(OLD), Break, list(NEW)], "new version by now, bb"),
        ([list(OLD), Break, list(OLD)], "no new version so far"),
    ] {
        for path in [
            format!("{SECRET}/versions"),
            SECRET.replace("v2/secrets", "v1/secrets/kv") + "?action=rotate",
        ] {
            let (sent, lines) = run(&acts, Method::POST, &path).await;
            let failure = sent.unwrap_err();
            assert!(failure.maybe_done);
            let remedy = failure.problem.remedy.unwrap();
            assert!(remedy.contains(told), "{remedy}");
            let posts = lines.iter().filter(|line| line.starts_with("POST")).count();
            assert_eq!((posts, lines.len()), (1, 3));
        }
    }
    let acts = [Answer(403, "", "{}"), Break];
    let (sent, lines) = run(&acts, Method::POST, &format!("{SECRET}/versions")).await;
    let remedy = sent.unwrap_err().problem.remedy.unwrap();
    assert!(remedy.contains("Look at the versions"), "{remedy}");
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn redirects_are_not_followed_and_large_answers_not_read() {
    let (sent, lines) = run(&[Answer(302, "location: /x\r\n", "")], Method::GET, SECRET).await;
    assert_eq!((sent.unwrap().status, lines.len()), (302, 1));
    let (sent, lines) = run(&[Huge], Method::GET, SECRET).await;
    let failure = sent.unwrap_err();
    assert!(failure.problem.message.contains("8 MiB") && !failure.maybe_done);
    assert_eq!(lines.len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_where_nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let settings = Settings {
        back_off: Duration::from_millis(1),
        ..Settings::new(url)
    };
    let connection = Connection::new(&settings, Access::Nobody).unwrap();
    let body = Zeroizing::new(b"{}".to_vec());
    let failure = connection
        .send(Method::POST, "/api/v2/secrets", body)
        .await
        .unwrap_err();
    assert_eq!(
        (failure.problem.code, failure.maybe_done),
        (Code::Io, false)
    );
}

#[tokio::test]
async fn a_proxy_sees_the_host_and_no_credential_and_nothing_of_this_computer() {
    let proxy = Server::start(&[Answer(403, "", ""), Answer(403, "", ""), Break]).await;
    let token = || Access::Token(Zeroizing::new("t.o.k".to_owned()));
    let through = |url: &str| {
        let settings = Settings {
            proxy: Some(proxy.url.clone()),
            back_off: Duration::from_millis(5),
            timeout: Duration::from_millis(500),
            ..Settings::new(url)
        };
        Connection::new(&settings, token()).unwrap()
    };
    let body = Zeroizing::new(b"{}".to_vec());
    let remote = through("https://vault.example.com");
    let refused = remote.send(Method::POST, SECRET, body).await.unwrap_err();
    assert!(!refused.maybe_done, "{refused:?}");
    let lines = proxy.lines();
    assert!(
        !lines.is_empty()
            && lines
                .iter()
                .all(|line| line == "CONNECT vault.example.com:443")
    );
    let seen = proxy.seen.lock().unwrap().join("").to_lowercase();
    assert!(!seen.contains("t.o.k") && !seen.contains("authorization"));

    let here = Server::start(&[Answer(200, "", "{}")]).await;
    let nothing = Zeroizing::default();
    let reply = through(&here.url).send(Method::GET, SECRET, nothing).await;
    assert_eq!(reply.unwrap().status, 200);
    assert_eq!(proxy.lines().len(), lines.len(), "it went straight");
}
