//! The real program against a small server on this computer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

const KEY: &str = "ktk_not-a-real-key";
const ID: &str = "0b5571f7-21e6-42b7-91c5-3f5ac9793a46";

/// What a server answers to a request: status and body; none: it breaks the connection.
type Answers = fn(&str) -> Option<(u16, String)>;

struct Server {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read(&mut stream);
                let answer = if request.starts_with("POST /identity/token ") {
                    let body = r#"{"access_token":"a.b.c","expires_in":3600}"#;
                    Some((200, body.to_owned()))
                } else {
                    answers(request.lines().next().unwrap())
                };
                noted.lock().unwrap().push(request);
                let Some((status, body)) = answer else {
                    continue;
                };
                let length = body.len();
                let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n");
                let answer = format!("{head}connection: close\r\n\r\n{body}");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { url, seen }
    }

    fn run(&self, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_keyturn"))
            .args(line.split_whitespace())
            .env_clear()
            .env("SECRETS_MANAGER_URL", &self.url)
            .env("SECRETS_MANAGER_APIKEY", KEY)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
}

fn read(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next());
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return String::from_utf8(request).unwrap();
            }
        }
        let count = stream.read(&mut chunk).unwrap();
        assert!(count > 0);
        request.extend_from_slice(&chunk[..count]);
    }
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn all_pages_become_one_answer() {
    let server = Server::start(|line| {
        let (offset, rows, next) = match line {
            _ if line.contains("offset=2") => (2, r#"{"name":"c"}"#, ""),
            _ => (
                0,
                r#"{"name":"a"},{"name":"b"}"#,
                r#","next":{"href":"https://x"}"#,
            ),
        };
        let page =
            format!(r#"{{"secrets":[{rows}],"total_count":3,"limit":2,"offset":{offset}{next}}}"#);
        Some((200, page))
    });
    let listed = server.run("sm secrets --limit 2 --all-pages");
    assert!(listed.status.success(), "{}", err(&listed));
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(listed["secrets"][2]["name"], "c");
    assert_eq!(listed["total_count"], 3);
    let table = server.run("secrets --limit 2 --output table");
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(
        table.ends_with("2 of 3; --all-pages shows all\n"),
        "{table}"
    );
    let seen = server.seen.lock().unwrap();
    assert!(
        seen[1].contains("authorization: Bearer a.b.c\r\n"),
        "{}",
        seen[1]
    );
    assert!(seen[0].contains(&format!("apikey={KEY}")));
    assert!(
        seen.iter()
            .skip(1)
            .all(|one| one.starts_with("POST /identity") || !one.contains(KEY))
    );
}

#[test]
fn refusals_have_their_numbers() {
    let server = Server::start(|line| {
        let status = [403, 404, 412, 400]
            .into_iter()
            .find(|s| line.contains(&s.to_string()));
        let told = r#"{"errors":[{"code":"c","message":"No."}],"trace":"t"}"#;
        Some((status.unwrap(), told.to_owned()))
    });
    for (status, number) in [(403, 3), (404, 4), (412, 5), (400, 1)] {
        let refused = server.run(&format!("secret --id {status}"));
        assert_eq!(refused.status.code(), Some(number));
        assert_eq!(err(&refused), "keyturn: No. [c]\n");
        let refused = server.run(&format!("secret --id {status} --output json"));
        let container: Value = serde_json::from_slice(&refused.stderr).unwrap();
        assert_eq!(container["trace"], "t");
        assert!(refused.stdout.is_empty());
    }
}

#[test]
fn a_rotation_is_sent_once_and_its_doubt_is_told() {
    let server = Server::start(|line| {
        let list = r#"{"versions":[{"id":"aa"}],"total_count":1}"#;
        line.starts_with("GET").then(|| (200, list.to_owned()))
    });
    let line = format!("secret-update --action rotate --id {ID} --secret-type arbitrary --body");
    let rotated = server.run(&format!(r#"{line} {{"payload":"s3cret"}}"#));
    assert_eq!(rotated.status.code(), Some(6));
    assert!(
        err(&rotated).contains("no new version so far"),
        "{}",
        err(&rotated)
    );
    assert!(!err(&rotated).contains("s3cret"));
    let seen = server.seen.lock().unwrap();
    let sent = seen
        .iter()
        .filter(|one| one.starts_with("POST /api/"))
        .count();
    assert_eq!(
        (sent, seen.len()),
        (1, 4),
        "a token, versions, the rotation, versions"
    );
}
