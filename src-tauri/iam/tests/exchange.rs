//! Exchanges with a small server on this computer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use keyturn_iam::{Error, Settings, TokenSource};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use zeroize::Zeroizing;

/// Answers every request alike after a moment, and counts them.
async fn server(status: &'static str, body: String) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (body, counted) = (body.clone(), Arc::clone(&counted));
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                let read = stream.read(&mut request).await.unwrap();
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                assert!(request.starts_with("POST /identity/token HTTP/1.1\r\n"));
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(50)).await;
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nlocation: /elsewhere\r\n\
                     connection: close\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            });
        }
    });
    (url, count)
}

fn source(url: &str) -> Arc<TokenSource> {
    let settings = Settings {
        url: url.to_owned(),
        ..Settings::default()
    };
    let key = Zeroizing::new("ktk_not-a-real-key".to_owned());
    Arc::new(TokenSource::new(&settings, key).unwrap())
}

async fn ask_at_once(source: &Arc<TokenSource>) -> Vec<Result<String, Error>> {
    let asking: Vec<_> = (0..20)
        .map(|_| {
            let source = Arc::clone(source);
            tokio::spawn(async move { source.token().await.map(|token| token.to_string()) })
        })
        .collect();
    let mut answers = Vec::new();
    for asked in asking {
        answers.push(asked.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn many_calls_share_one_exchange_and_its_outcome() {
    let body = r#"{"access_token":"a.b.c","token_type":"Bearer","expires_in":3600}"#;
    let (url, count) = server("200 OK", body.to_owned()).await;
    let source = source(&url);
    for answer in ask_at_once(&source).await {
        assert_eq!(answer.unwrap(), "a.b.c");
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    source.forget("another").await;
    source.token().await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
    source.forget("a.b.c").await;
    source.token().await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_refusal_reaches_all_who_waited_without_the_key() {
    let body = r#"{"errorMessage":"no such key ktk_not-a-real-key"}"#;
    let (url, count) = server("400 Bad Request", body.to_owned()).await;
    let source = source(&url);
    for answer in ask_at_once(&source).await {
        let error = answer.unwrap_err();
        assert_eq!(error, Error::Refused);
        assert!(!error.to_string().contains("ktk_"));
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert!(!format!("{source:?}").contains("ktk_"));
}

#[tokio::test]
async fn answers_that_are_no_token_are_told_apart() {
    for (status, body, expected) in [
        ("302 Found", "", Error::Status(302)),
        ("429 Too Many Requests", "", Error::RateLimited),
        ("503 Service Unavailable", "", Error::Status(503)),
        ("200 OK", "{}", Error::Answer),
        (
            "200 OK",
            r#"{"access_token":"","expires_in":1}"#,
            Error::Answer,
        ),
        (
            "200 OK",
            r#"{"access_token":"a b","expires_in":1}"#,
            Error::Answer,
        ),
    ] {
        let (url, _) = server(status, body.to_owned()).await;
        assert_eq!(
            source(&url).token().await.unwrap_err(),
            expected,
            "{status}"
        );
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(source(&url).token().await.unwrap_err(), Error::Unreachable);
}
