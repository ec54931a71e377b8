//! Requests that no client should send.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod served;

use keyturn_api::Role;
use serde_json::{Value, json};
use served::Served;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Stands in each request, and in no answer.
const CANARY: &str = "canary-7f3b";

async fn with_manager() -> (Served, String) {
    let served = Served::start().await;
    let token = served.key("manager", Role::Manager, None).await.1;
    (served, token)
}

async fn post(served: &Served, token: &str, kind: &str, body: Vec<u8>) -> served::Got {
    let request = served.request("POST", "/api/v2/secrets").bearer_auth(token);
    Served::send(request.header("content-type", kind).body(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_no_json_or_no_secret_are_refused_and_not_repeated() {
    let (served, token) = with_manager().await;
    let deep = |open: &str, close: &str| {
        format!(
            r#"{{"secret_type":"arbitrary","name":"{CANARY}","payload":{}{}}}"#,
            open.repeat(100_000),
            close.repeat(100_000)
        )
    };
    let bodies: Vec<Vec<u8>> = [
        String::new(),
        "{".into(),
        "[]".into(),
        "null".into(),
        format!("\"{CANARY}\""),
        format!(r#"{{"secret_type":"{CANARY}"}}"#),
        format!(r#"{{"secret_type":"arbitrary","name":"{CANARY}","payload":1}}"#),
        format!(r#"{{"secret_type":"arbitrary","name":["{CANARY}"],"payload":"x"}}"#),
        format!(r#"{{"secret_type":"arbitrary","name":"aa","payload":"x","{CANARY}":1}}"#),
        format!(r#"{{"secret_type":"arbitrary","secret_type":"{CANARY}","name":"aa"}}"#),
        format!(r#"{{"secret_type":"arbitrary","name":"aa","payload":"\ud800{CANARY}"}}"#),
        format!(r#"{{"secret_type":"kv","name":"aa","data":{{"a":"{CANARY}","a":1}}}}"#),
        format!(r#"{{"secret_type":"arbitrary","name":"aa","payload":"x","labels":"{CANARY}"}}"#),
        format!(r#"{{"secret_type":"imported_cert","name":"aa","certificate":"{CANARY}"}}"#),
        deep("[", "]"),
        deep("{\"a\":", "}"),
    ]
    .into_iter()
    .map(String::into_bytes)
    .chain([vec![0xff, 0xfe], b"{\"a\":\"\xff\"}".to_vec(), vec![0; 100]])
    .collect();
    for body in bodies {
        let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
        let got = post(&served, &token, "application/json", body).await;
        assert_eq!(got.status, 400, "{shown}: {got:?}");
        assert!(!got.json.to_string().contains(CANARY), "{shown}: {got:?}");
        assert_eq!(got.json["status_code"], 400);
    }
    let body = json!({ "secret_type": "arbitrary", "name": "aa", "payload": "x" }).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "",
    ] {
        let got = post(&served, &token, kind, body.clone().into_bytes()).await;
        assert_eq!(got.status, 400, "{kind}: {got:?}");
    }
    let huge = vec![b' '; (8 << 20) + 1];
    let got = post(&served, &token, "application/json", huge).await;
    assert_eq!(got.status, 413);
    let got = served
        .call(&token, "GET", "/api/v2/secrets", Value::Null)
        .await;
    assert_eq!(got.json["total_count"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_and_methods_that_are_none() {
    let (served, token) = with_manager().await;
    for path in [
        "/",
        "/api/v2",
        "/api/v2/",
        "/api/v2/secrets/",
        "//api/v2/secrets",
        "/api//v2/secrets",
        "/api/v2/secrets/../secrets",
        "/api/v2/secrets/..%2f..%2fidentity",
        "/api/v2/secrets/%2e%2e",
        "/api/v2/secrets/%00",
        "/api/v2/secrets/%ff",
        "/api/v2/secrets/7C3E0A52",
        "/api/v2/secrets/not-a-uuid/versions/latest",
        "/api/v2/configurations/..%2fetc",
        "/api/v2/secrets;x=1",
        "/api/v3/secrets",
    ] {
        let target = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
        );
        let answer = raw(&served, target.as_bytes()).await;
        let status: u16 = answer[9..12].parse().unwrap();
        assert!(matches!(status, 400 | 404), "{path}: {answer}");
    }
    for method in [
        "HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "QUERY",
    ] {
        let got = served
            .call(&token, method, "/api/v2/secrets", Value::Null)
            .await;
        assert!(matches!(got.status, 400 | 405), "{method}: {got:?}");
        for name in got.headers.keys() {
            assert!(!name.as_str().starts_with("access-control"), "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_browser_changes_nothing() {
    let (served, token) = with_manager().await;
    let body = json!({ "secret_type": "arbitrary", "name": "aa", "payload": "x" }).to_string();
    for (name, value) in [
        ("origin", "http://localhost:3000"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("host", "evil.example"),
        ("host", "localhost.evil.example"),
        ("host", "127.0.0.1.evil.example:80"),
    ] {
        let request = served
            .request("POST", "/api/v2/secrets")
            .bearer_auth(&token)
            .header("content-type", "application/json")
            .header(name, value);
        let got = Served::send(request.body(body.clone())).await;
        assert!(matches!(got.status, 400 | 403), "{name}: {value}: {got:?}");
        assert!(!got.headers.contains_key("access-control-allow-origin"));
    }
    let got = served
        .call(&token, "GET", "/api/v2/secrets", Value::Null)
        .await;
    assert_eq!(got.json["total_count"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_keep_nobody_waiting() {
    let (served, token) = with_manager().await;
    let address = served.base.trim_start_matches("http://").to_owned();
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        stream.write_all(b"GET /api/v2/secrets HT").await.unwrap();
        slow.push(stream);
    }
    let got = served
        .call(&token, "GET", "/api/v2/secrets", Value::Null)
        .await;
    assert_eq!(got.status, 200);
    // their heads did not arrive in time
    let mut first = slow.swap_remove(0);
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(
        std::time::Duration::from_secs(20),
        first.read_to_end(&mut rest),
    );
    closed.await.expect("it is closed").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_keys_is_slowed_down() {
    let served = Served::start().await;
    let mut limited = None;
    for at in 0..100 {
        let got = served.exchange(&format!("ktk_{at:0>43}")).await;
        match got.status {
            400 => {}
            429 => {
                limited = Some(got);
                break;
            }
            _ => panic!("{got:?}"),
        }
    }
    let limited = limited.expect("a limit");
    assert!(limited.headers.contains_key("retry-after"));
}

async fn raw(served: &Served, request: &[u8]) -> String {
    let address = served.base.trim_start_matches("http://").to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}
