//! Servers that are busy, broken, silent or false.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use keyturn_acme::{
    AccountKey, Client, Error, ErrorKind, ProblemType, Session, certificate_id, limits, parse_url,
};
use ordering::{TIMEOUT, agreed, client, names, new_key, session};
use serde_json::{Value, json};
use servers::acme_stand_in::{AcmeStandIn, Reply, Request, directory};

fn client_of(server: &AcmeStandIn) -> Client {
    client(&server.directory_url(), &server.tls_root_pem(), TIMEOUT)
}

/// Answers everything but the usual with one reply.
fn always(path: &'static str, reply: Reply) -> AcmeStandIn {
    AcmeStandIn::start(move |request, _| (request.path == path).then(|| reply.clone()))
}

/// What a new order is refused with.
async fn refused_order(server: &AcmeStandIn) -> Error {
    let (client, key) = (client_of(server), new_key());
    let session = session(&client, &key).await;
    let refused = session.new_order(&names(&["example.test"]), None).await;
    refused.unwrap_err()
}

async fn refused_directory(server: &AcmeStandIn) -> Error {
    client_of(server).directory().await.unwrap_err()
}

/// The part of a signed request, decoded.
fn part(request: &Request, name: &str) -> Value {
    let jws: Value = serde_json::from_str(&request.body).unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(jws[name].as_str().unwrap().as_bytes());
    serde_json::from_slice(&bytes.unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn a_renewal_window_is_read_with_the_time_to_ask_again() {
    let (identifier, serial) = ([0x69, 0x88], [0x00, 0x87, 0x65]);
    let path = format!("/renewal-info/{}", certificate_id(&identifier, &serial));
    let server = AcmeStandIn::start(move |request, base| {
        let window = json!({"start": "2026-12-01T00:00:00Z", "end": "2026-12-03T00:00:00+01:00"});
        let explained = json!({"suggestedWindow": window, "explanationURL": format!("{base}/why")});
        (request.path == path && request.method == "GET")
            .then(|| Reply::json(200, &explained).with("Retry-After", "21600"))
    });
    let client = client_of(&server);
    let answer = client
        .renewal_info(&identifier, &serial)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(answer.retry_after, Some(Duration::from_secs(21_600)));
    assert_eq!(answer.value.start.to_string(), "2026-12-01T00:00:00Z");
    assert_eq!(answer.value.end.to_string(), "2026-12-02T23:00:00Z");
    assert_eq!(answer.value.explanation_url.unwrap().path(), "/why");
    assert!(client.renewal_info(&identifier, &[9]).await.is_err());
}

#[tokio::test]
async fn a_renewal_window_that_ends_before_it_starts_is_none() {
    let (time, path) = ("2026-12-01T00:00:00Z", "/renewal-info/AQ.Ag");
    let window = json!({"suggestedWindow": {"start": time, "end": time}});
    let server = always(path, Reply::json(200, &window));
    let error = client_of(&server)
        .renewal_info(&[1], &[2])
        .await
        .unwrap_err();
    assert!(matches!(error.kind, ErrorKind::NotAcme(_)), "{error:?}");
}

#[tokio::test]
async fn a_certificate_that_is_replaced_is_named() {
    let server = always("/new-order", Reply::bytes(500, Vec::new()));
    let (client, key) = (client_of(&server), new_key());
    let session = session(&client, &key).await;
    let id = certificate_id(&[1], &[2]);
    let _ = session
        .new_order(&names(&["*.example.test"]), Some(&id))
        .await;
    let request = server.seen().pop().unwrap();
    let identifiers = json!([{"type": "dns", "value": "*.example.test"}]);
    assert_eq!(
        part(&request, "payload"),
        json!({"identifiers": identifiers, "replaces": "AQ.Ag"})
    );
    assert_eq!(
        part(&request, "protected")["kid"],
        session.account_url().as_str()
    );
}

#[tokio::test]
async fn a_rate_limit_says_when_to_come_back() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (wait, expected) in [
        ("120", Some(120)),
        ("Sun, 06 Nov 1994 09:49:37 GMT", Some(3600)),
        ("99999999", Some(limits::RETRY_AFTER.as_secs())),
        ("in a while", None),
    ] {
        let reply = Reply::problem(429, "rateLimited", "too many orders");
        let server = always(
            "/new-order",
            reply.with("Retry-After", wait).with("Date", date),
        );
        let error = refused_order(&server).await;
        assert_eq!(
            error.retry_after,
            expected.map(Duration::from_secs),
            "{wait}"
        );
        assert!(error.is_transient());
        let problem = error.problem().unwrap();
        assert_eq!(problem.problem_type, ProblemType::RateLimited);
        assert!(
            error.to_string().ends_with("refused: too many orders"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_worth_another_try_even_without_a_problem_document() {
    let page = b"<h1>Maintenance</h1>".to_vec();
    let down = Reply::bytes(503, page.clone()).with("Retry-After", "5");
    for path in ["/dir", "/new-nonce", "/new-account", "/new-order"] {
        let server = always(path, down.clone());
        let (client, key) = (client_of(&server), new_key());
        let order = async {
            let account = client.register(&key, &agreed()).await?;
            let session = client.session(&key, account.url);
            session.new_order(&names(&["example.test"]), None).await
        };
        let error = order.await.unwrap_err();
        assert!(error.is_transient(), "{path}: {error:?}");
        assert_eq!(error.retry_after, Some(Duration::from_secs(5)));
        assert!(error.to_string().ends_with("HTTP status 503"), "{error}");
    }
    let missing = refused_directory(&always("/dir", Reply::bytes(404, page))).await;
    assert!(matches!(missing.kind, ErrorKind::NotAcme(_)), "{missing:?}");
    assert!(!missing.is_transient());
}

#[tokio::test]
async fn only_a_directory_is_taken_for_one() {
    let plain = |base: &str| base.replace("https:", "http:");
    let without_https = AcmeStandIn::start(move |request, base| {
        (request.path == "/dir").then(|| Reply::json(200, &directory(&plain(base))))
    });
    let deep = format!("{{\"meta\":{}", "[".repeat(100_000)).into_bytes();
    let large = json!({"newNonce": "x".repeat(limits::BODY_BYTES)});
    for (what, server) in [
        ("not a directory", without_https),
        (
            "not a directory",
            always("/dir", Reply::json(200, &json!({"new": 1}))),
        ),
        (
            "not JSON",
            always("/dir", Reply::bytes(200, b"<html>".to_vec())),
        ),
        ("not JSON", always("/dir", Reply::bytes(200, deep))),
        ("too large", always("/dir", Reply::json(200, &large))),
    ] {
        let error = refused_directory(&server).await;
        assert!(matches!(error.kind, ErrorKind::NotAcme(_)), "{error:?}");
        assert!(error.to_string().contains(what), "{what}: {error}");
    }
}

#[tokio::test]
async fn an_order_with_an_address_or_token_that_must_not_be_is_refused() {
    let order = json!({"status": "pending", "identifiers": [], "authorizations": [],
        "finalize": "http://localhost/finalize"});
    let authorization = json!({"status": "pending", "identifier": {"type": "dns", "value": "a.test"},
        "challenges": [{"type": "dns-01", "status": "pending", "url": "https://localhost/c",
            "token": "se.cret"}]});
    let order = Reply::json(201, &order).with("Replay-Nonce", "bm9uY2U");
    let order = order.with("Location", "/order/1");
    let server = AcmeStandIn::start(move |request, _| match request.path.as_str() {
        "/new-order" => Some(order.clone()),
        "/authorization" => Some(Reply::json(200, &authorization)),
        _ => None,
    });
    let error = refused_order(&server).await;
    assert!(error.to_string().contains("not an order"), "{error}");
    let (client, key) = (client_of(&server), new_key());
    let session = session(&client, &key).await;
    let url = parse_url(&format!("{}/authorization", server.base())).unwrap();
    let error = session.authorization(&url).await.unwrap_err();
    assert!(
        error.to_string().contains("not an authorization"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("cret"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = AcmeStandIn::start(|_, _| None);
    for status in [301, 302, 303, 307, 308] {
        let moved = Reply::bytes(status, Vec::new()).with("Location", other.directory_url());
        let error = refused_directory(&always("/dir", moved.clone())).await;
        assert!(error.to_string().contains("redirects"), "{error}");
        refused_order(&always("/new-order", moved)).await;
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_silent_server_costs_no_more_than_the_time_for_one_request() {
    let stalled = Reply::json(200, &directory("https://localhost")).stalled();
    for reply in [Reply::silence(), stalled] {
        let server = always("/dir", reply);
        let timeout = Duration::from_millis(500);
        let client = client(&server.directory_url(), &server.tls_root_pem(), timeout);
        let began = Instant::now();
        let error = client.directory().await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::TimedOut);
        assert!(error.is_transient());
        assert!((timeout..Duration::from_secs(5)).contains(&began.elapsed()));
        assert!(
            error.to_string().contains("did not answer in time"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_none() {
    let server = always(
        "/new-order",
        Reply::json(201, &json!({"status": "valid"})).cut(),
    );
    let error = refused_order(&server).await;
    assert!(matches!(error.kind, ErrorKind::Unreachable(_)), "{error:?}");
    assert!(error.is_transient());
    let tried = |request: &&Request| request.path == "/new-order";
    assert_eq!(
        server.seen().iter().filter(tried).count(),
        1,
        "an order is not sent twice"
    );
}

#[tokio::test]
async fn nonces_that_are_never_taken_come_to_an_end() {
    let reply = Reply::problem(400, "badNonce", "no");
    // Every second refusal brings no new nonce, so that one must be asked for.
    let count = AtomicUsize::new(0);
    let server = AcmeStandIn::start(move |request, _| {
        let refusal = |number: usize| match number % 2 {
            0 => reply.clone(),
            _ => reply.clone().with("Replay-Nonce", "bm9uY2U"),
        };
        (request.path == "/new-order").then(|| refusal(count.fetch_add(1, Ordering::Relaxed)))
    });
    let error = refused_order(&server).await;
    assert_eq!(error.problem().unwrap().problem_type, ProblemType::BadNonce);
    assert!(error.is_transient());
    let seen = server.seen();
    let count = |path: &str| seen.iter().filter(|one| one.path == path).count();
    assert_eq!(count("/new-order"), limits::NONCE_TRIES);
    // One for the account, and one after each refusal that brought none; else those of answers.
    assert_eq!(count("/new-nonce"), 1 + limits::NONCE_TRIES / 2);
}

#[tokio::test]
async fn a_nonce_or_place_of_the_wrong_form_is_not_used() {
    let server = always(
        "/new-nonce",
        Reply::bytes(200, Vec::new()).with("Replay-Nonce", "a b"),
    );
    let error = client_of(&server)
        .register(&new_key(), &agreed())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("no nonce"), "{error}");
    for place in [
        "http://localhost/account/1",
        "https://user@localhost/account/1",
    ] {
        let account = Reply::json(201, &json!({"status": "valid"})).with("Location", place);
        let server = always("/new-account", account);
        let error = client_of(&server).register(&new_key(), &agreed()).await;
        let error = error.unwrap_err();
        assert!(error.to_string().contains("no valid Location"), "{error}");
    }
}

#[tokio::test]
async fn what_the_server_says_is_shown_as_one_short_line() {
    let detail = format!("line\r\n\u{1b}[2J\u{202e}{}", "x".repeat(10_000));
    let server = always("/new-order", Reply::problem(403, "odd\nname", &detail));
    let error = refused_order(&server).await;
    let shown = error.to_string();
    assert!(
        !shown.contains(['\r', '\n', '\u{1b}', '\u{202e}']),
        "{shown:?}"
    );
    assert!(shown.chars().count() < limits::TEXT_CHARS + 100);
    let problem = error.problem().unwrap();
    assert_eq!(problem.problem_type, ProblemType::Other("odd name".into()));
    assert!(!error.is_transient());
}

#[tokio::test]
async fn a_list_of_orders_that_never_ends_is_left() {
    let server = AcmeStandIn::start(|request, base| {
        let page: usize = request.path.strip_prefix("/orders/")?.parse().ok()?;
        let order = format!("{base}/order/{page}");
        // The last page is a circle, the others go on for ever.
        let next = page + usize::from(page < 1000);
        let next = format!("<{base}/orders/{next}>;rel=\"next\"");
        let reply = Reply::json(200, &json!({"orders": [order]})).with("Link", next);
        Some(reply.with("Replay-Nonce", "bm9uY2U"))
    });
    let (client, key) = (client_of(&server), new_key());
    let session = session(&client, &key).await;
    for (first, pages) in [(0, limits::ORDER_PAGES), (998, 3)] {
        let list = parse_url(&format!("{}/orders/{first}", server.base())).unwrap();
        assert_eq!(session.orders(&list).await.unwrap().len(), pages);
    }
}

#[tokio::test]
async fn only_certificates_are_taken_for_a_chain() {
    let root = servers::test_authority::TestAuthority::new().root_pem();
    let noisy = format!("Hello\u{1b}\r\n{root}\nbye");
    let paths = ["/empty", "/html", "/noisy"];
    let server = AcmeStandIn::start(move |request, _| match request.path.as_str() {
        "/empty" => Some(Reply::bytes(200, Vec::new())),
        "/html" => Some(Reply::bytes(200, b"<html>".to_vec())),
        "/noisy" => Some(Reply::bytes(200, noisy.clone().into_bytes())),
        _ => None,
    });
    let (client, key) = (client_of(&server), new_key());
    let session: Session<'_> = session(&client, &key).await;
    let [empty, html, noisy] =
        paths.map(|path| parse_url(&format!("{}{path}", server.base())).unwrap());
    for wrong in [empty, html] {
        let error = session.certificate(&wrong).await.unwrap_err();
        assert!(
            error.to_string().contains("no PEM of certificates"),
            "{error}"
        );
    }
    assert_eq!(session.certificate(&noisy).await.unwrap().pem(), root);
}

#[tokio::test]
async fn no_key_is_in_what_is_sent_or_said() {
    let server = always("/new-order", Reply::problem(400, "malformed", "no"));
    let pkcs8 = AccountKey::generate();
    let (client, key) = (client_of(&server), AccountKey::from_pkcs8(&pkcs8).unwrap());
    let session = session(&client, &key).await;
    let error = session.new_order(&names(&["example.test"]), None).await;
    let said = format!("{:?}", error.unwrap_err());
    assert!(!said.contains("bm9uY2U"), "the nonce: {said}");
    let account = server
        .seen()
        .into_iter()
        .find(|one| one.path == "/new-account");
    let jwk = part(&account.unwrap(), "protected")["jwk"].clone();
    let members: Vec<_> = jwk.as_object().unwrap().keys().cloned().collect();
    assert_eq!(members.len(), 4, "{members:?}");
    assert!(jwk.get("d").is_none());
}
