//! What a remote instance answers, and does not answer, on a bad day. After each: nothing is rotated
//! twice, nothing of what was read is lost, no credential or value is told, and the message says what
//! happened. A wrong name in a certificate stands in `keyturn_server.rs`, which has TLS.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod stand_in;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use keyturn_api::secret::arbitrary;
use keyturn_api::version::RotationInput;
use keyturn_api::{
    Caller, Code, Instance, ListSecrets, NewVersion, Plaintext, Problem, Surface, Version,
};
use keyturn_client::{Access, Reach, Remote};
use keyturn_iam::TokenSource;
use serde_json::{Value, json};
use stand_in::{
    Act, Asked, FIRST, ID, SECOND, StandIn, TOKEN, answer, page, secret, text, version,
};
use zeroize::Zeroizing;

fn me() -> Caller {
    Caller::owner("tester", Surface::Window)
}

async fn rotate(remote: &Remote) -> Result<Version, Problem> {
    let new = NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::Arbitrary(arbitrary::Rotation {
            payload: Plaintext::text("s3cret-given".into()),
        }),
    };
    remote.create_version(&me(), ID, new, None).await
}

async fn list(remote: &Remote) -> Result<usize, Problem> {
    let page = remote.list_secrets(&me(), &ListSecrets::default()).await;
    page.map(|page| page.items.len())
}

/// Says what happened, and neither a value nor a credential.
fn told(problem: &Problem, code: Code, words: &str) {
    assert_eq!(problem.code, code, "{problem:?}");
    let all = format!("{problem:?}");
    assert!(all.contains(words), "{words}: {all}");
    for secret in ["s3cret", TOKEN, "ktk_"] {
        assert!(!all.contains(secret), "{all}");
    }
}

/// Gives tokens that are counted, each for `life` seconds.
fn tokens(count: &Arc<AtomicUsize>, life: u64) -> impl Fn(&Asked) -> Option<Act> + use<> {
    let count = Arc::clone(count);
    move |asked| {
        asked.is("POST", "/identity/token").then(|| {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            let token = format!("token{number}.x.y");
            answer(200, &json!({ "access_token": token, "expires_in": life }))
        })
    }
}

fn with_key(server: &StandIn) -> Arc<Remote> {
    let iam = keyturn_iam::Settings {
        url: server.url.clone(),
        ..keyturn_iam::Settings::default()
    };
    let source = TokenSource::new(&iam, Zeroizing::new("ktk_s3cret-key".to_owned())).unwrap();
    server.remote_with(Access::Iam(Box::new(source)))
}

fn has_token(asked: &Asked, token: &str) -> bool {
    asked.head.contains(&format!("Bearer {token}"))
}

fn refusal(code: &str, message: &str) -> Value {
    json!({ "errors": [{ "code": code, "message": message }], "status_code": 0 })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_401_once_is_answered_by_another_token() {
    let count = Arc::new(AtomicUsize::new(0));
    let token = tokens(&count, 3600);
    let server = StandIn::ibm(move |asked| {
        let old = has_token(asked, "token1.x.y").then(|| answer(401, &json!({})));
        token(asked).or(old)
    })
    .await;
    let remote = with_key(&server);
    assert!(rotate(&remote).await.is_ok());
    assert_eq!(
        server.count(|one| one.rotates() && has_token(one, "token2.x.y")),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_401_for_ever_is_told_and_not_asked_about_again_and_again() {
    let server = StandIn::ibm(|_| Some(answer(401, &refusal("unauthorized", "no")))).await;
    let remote = server.remote();
    told(
        &rotate(&remote).await.err().unwrap(),
        Code::Unauthorized,
        "API key",
    );
    assert!(server.count(Asked::rotates) <= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_revoked_is_told_as_that() {
    let server = StandIn::ibm(|asked| {
        let refused = json!({ "errorCode": "BXNIM0415E", "errorMessage": "Provided API key could not be found" });
        asked.is("POST", "/identity/token").then(|| answer(400, &refused))
    })
    .await;
    let remote = with_key(&server);
    let problem = list(&remote).await.unwrap_err();
    told(&problem, Code::Unauthorized, "revoked");
    assert!(matches!(remote.reach(), Reach::Offline { .. }));
    assert_eq!(
        server.count(|one| one.path.starts_with("/api")),
        0,
        "nothing was asked"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_403_says_that_the_role_does_not_allow_it() {
    let server = StandIn::ibm(|asked| asked.rotates().then(|| answer(403, &json!({})))).await;
    let remote = server.remote();
    told(&rotate(&remote).await.err().unwrap(), Code::Forbidden, "");
    assert_eq!(remote.reach(), Reach::Online, "it answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_404_for_something_just_listed_takes_it_off_the_list() {
    let gone = Arc::new(AtomicBool::new(false));
    let is_gone = Arc::clone(&gone);
    let server = StandIn::ibm(move |asked| {
        let gone = is_gone.load(Ordering::SeqCst);
        (gone && asked.path.contains(ID)).then(|| answer(404, &refusal("not_found", "no secret")))
    })
    .await;
    let remote = server.remote();
    assert_eq!(list(&remote).await.unwrap(), 1);
    gone.store(true, Ordering::SeqCst);
    let problem = remote.secret_metadata(&me(), ID).await.unwrap_err();
    told(&problem, Code::NotFound, "");
    told(&rotate(&remote).await.err().unwrap(), Code::NotFound, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_409_and_a_412_come_back_as_what_they_are() {
    for (status, code, message) in [
        (
            409,
            Code::NameTaken,
            "A secret with the same name already exists: x",
        ),
        (412, Code::Locked, "the secret version is locked."),
    ] {
        let body = refusal("Error04001", message);
        let server =
            StandIn::ibm(move |asked| asked.rotates().then(|| answer(status, &body))).await;
        let remote = server.remote();
        let problem = rotate(&remote).await.err().unwrap();
        assert!(problem.message.contains(message), "{problem:?}");
        assert!(problem.code == code || status == 409, "{problem:?}");
        assert_eq!(server.count(Asked::rotates), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_429_is_waited_for_and_then_told() {
    let server = StandIn::ibm(|asked| asked.rotates().then(|| text(429, ""))).await;
    let remote = server.remote();
    told(&rotate(&remote).await.err().unwrap(), Code::RateLimited, "");
    assert_eq!(
        server.count(Asked::rotates),
        5,
        "four repetitions of what did nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_5xx_is_repeated_for_reads_and_never_for_a_rotation() {
    for status in [500, 502, 503, 504] {
        let server = StandIn::ibm(move |asked| {
            (asked.rotates() || asked.is("GET", &format!("/api/v2/secrets/{ID}")))
                .then(|| answer(status, &refusal("internal", "sorry")))
        })
        .await;
        let remote = server.remote();
        told(&rotate(&remote).await.err().unwrap(), Code::Io, "");
        assert_eq!(server.count(Asked::rotates), 1);
        assert!(remote.secret(&me(), ID).await.is_err());
        let reads = server.count(|one| one.is("GET", &format!("/api/v2/secrets/{ID}")));
        assert_eq!(reads, if status == 500 { 1 } else { 5 });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn html_instead_of_json_is_not_shown() {
    let html = "<html><body>s3cret login <script>x</script></body></html>";
    for status in [200, 502] {
        let server =
            StandIn::ibm(move |asked| (!asked.path.contains("token")).then(|| text(status, html)))
                .await;
        let remote = server.remote();
        for problem in [
            list(&remote).await.unwrap_err(),
            rotate(&remote).await.err().unwrap(),
        ] {
            assert!(!format!("{problem:?}").contains('<'), "{problem:?}");
            told(&problem, Code::Io, "");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_200_is_no_answer() {
    let server = StandIn::ibm(|_| Some(text(200, ""))).await;
    let remote = server.remote();
    told(&list(&remote).await.unwrap_err(), Code::Io, "understood");
    assert!(remote.secret_metadata(&me(), ID).await.is_err());
    assert!(remote.versions(&me(), ID).await.is_err());
    let problem = rotate(&remote).await.err().unwrap();
    told(&problem, Code::Io, "understood");
    assert_eq!(server.count(Asked::rotates), 0, "its labels are not known");
    let server = StandIn::ibm(|asked| asked.rotates().then(|| text(200, ""))).await;
    let problem = rotate(&server.remote()).await.err().unwrap();
    told(&problem, Code::Io, "");
    assert_eq!(server.count(Asked::rotates), 1, "it is not repeated");
}

#[tokio::test(flavor = "multi_thread")]
async fn json_cut_at_each_byte_is_refused_at_each() {
    let whole = {
        let mut secret = secret();
        secret["payload"] = "s3cret-value".into();
        secret.to_string()
    };
    let at = Arc::new(AtomicUsize::new(0));
    let (length, cut, body) = (whole.len(), Arc::clone(&at), whole.clone());
    let server = StandIn::ibm(move |asked| {
        let read = asked.is("GET", &format!("/api/v2/secrets/{ID}"));
        read.then(|| text(200, &body[..cut.load(Ordering::SeqCst)]))
    })
    .await;
    let remote = server.remote();
    for end in 0..length {
        at.store(end, Ordering::SeqCst);
        told(&remote.secret(&me(), ID).await.err().unwrap(), Code::Io, "");
    }
    at.store(length, Ordering::SeqCst);
    assert!(remote.secret(&me(), ID).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicate_keys_and_wrong_types_are_refused() {
    let plain = secret().to_string();
    for wrong in [
        plain.replacen('{', r#"{"id":"other","#, 1),
        plain.replacen("\"db-pass\"", "17", 1),
        plain.replacen("\"labels\":[]", "\"labels\":{}", 1),
        "[]".to_owned(),
        "null".to_owned(),
        "17".to_owned(),
        format!("[{plain}]"),
    ] {
        assert_ne!(wrong, plain);
        let server =
            StandIn::ibm(move |asked| asked.path.ends_with("/metadata").then(|| text(200, &wrong)))
                .await;
        told(
            &server
                .remote()
                .secret_metadata(&me(), ID)
                .await
                .unwrap_err(),
            Code::Io,
            "",
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pagination_that_loops_or_points_elsewhere_ends() {
    let elsewhere = StandIn::ibm(|_| None).await;
    let other = elsewhere.url.clone();
    let server = StandIn::ibm(move |asked| {
        let href = format!("{other}/api/v2/secrets?offset=1");
        let mut page = page(&[secret()], 5000, &href);
        page["next"] = json!({ "href": href });
        asked
            .is("GET", "/api/v2/secrets")
            .then(|| answer(200, &page))
    })
    .await;
    let remote = server.remote();
    assert_eq!(list(&remote).await.unwrap(), 1, "the first page is usable");
    // a question that takes the whole list
    let due = ListSecrets {
        overdue: true,
        ..ListSecrets::default()
    };
    let problem = remote.list_secrets(&me(), &due).await.unwrap_err();
    told(&problem, Code::Io, "repeat themselves");
    assert!(server.asked().len() < 20, "it ends soon");
    assert!(elsewhere.asked().is_empty(), "nothing goes to another host");
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_not_followed() {
    let elsewhere = StandIn::ibm(|_| None).await;
    let location = format!("location: {}/api/v2/secrets\r\n", elsewhere.url);
    for status in [301, 302, 307, 308] {
        let location = location.clone();
        let server =
            StandIn::ibm(move |_| Some(Act::Answer(status, location.clone(), Vec::new()))).await;
        let remote = server.remote();
        assert!(list(&remote).await.is_err());
        assert!(rotate(&remote).await.is_err());
    }
    assert!(
        elsewhere.asked().is_empty(),
        "no credential goes to another host"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_byte_a_second_is_not_waited_for_to_the_end() {
    let server = StandIn::ibm(|asked| {
        let value = asked.is("GET", &format!("/api/v2/secrets/{ID}"));
        value.then(|| Act::Drip(secret().to_string().into_bytes()))
    })
    .await;
    let begun = std::time::Instant::now();
    let problem = server.remote().secret(&me(), ID).await.err().unwrap();
    told(&problem, Code::Io, "in time");
    assert!(begun.elapsed() < Duration::from_secs(30));
}

/// An instance that answers a rotation so, whether or not it takes effect.
async fn answering_rotations(
    takes_effect: bool,
    act: impl Fn() -> Act + Send + Sync + 'static,
) -> StandIn {
    let applied = AtomicBool::new(false);
    StandIn::ibm(move |asked| {
        if asked.rotates() {
            applied.store(takes_effect, Ordering::SeqCst);
            return Some(act());
        }
        let list = asked.is("GET", &format!("/api/v2/secrets/{ID}/versions"));
        (list && applied.load(Ordering::SeqCst)).then(two_versions)
    })
    .await
}

fn two_versions() -> Act {
    let both = [version(FIRST, "previous"), version(SECOND, "current")];
    answer(200, &json!({ "versions": both, "total_count": 2 }))
}

/// Rotates once, and is told so.
async fn is_told(server: StandIn, words: &str) {
    let remote = server.remote();
    remote.versions(&me(), ID).await.unwrap();
    let problem = rotate(&remote).await.err().unwrap();
    told(&problem, Code::Io, words);
    assert_eq!(server.count(Asked::rotates), 1, "it is not repeated");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_after_the_rotation_was_applied_is_resolved_by_the_versions() {
    for (takes_effect, words) in [(true, SECOND), (false, "no new version so far")] {
        is_told(
            answering_rotations(takes_effect, || Act::Reset).await,
            words,
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_a_gateway_lost_is_resolved_by_the_versions() {
    for (status, body) in [(504, "<html>late</html>"), (201, ""), (201, r#"{"id":"#)] {
        is_told(
            answering_rotations(true, move || text(status, body)).await,
            SECOND,
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_is_told_with_its_number_which_the_answer_lacks() {
    let server = StandIn::ibm(|asked| {
        let list = asked.is("GET", &format!("/api/v2/secrets/{ID}/versions"));
        list.then(two_versions).or_else(|| {
            asked
                .rotates()
                .then(|| answer(201, &version(SECOND, "current")))
        })
    })
    .await;
    let made = rotate(&server.remote()).await.unwrap();
    assert_eq!(made.view.number, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_whose_answer_was_lost_is_done() {
    let deleted = Arc::new(AtomicBool::new(false));
    let server = StandIn::ibm(move |asked| {
        asked
            .is("DELETE", &format!("/api/v2/secrets/{ID}"))
            .then(|| {
                if deleted.swap(true, Ordering::SeqCst) {
                    answer(404, &refusal("not_found", "no such secret"))
                } else {
                    Act::Reset
                }
            })
    })
    .await;
    let remote = server.remote();
    remote.delete_secret(&me(), ID, None).await.unwrap();
    let server = StandIn::ibm(|asked| {
        let is_it = asked.is("DELETE", &format!("/api/v2/secrets/{ID}"));
        is_it.then(|| answer(404, &refusal("not_found", "no such secret")))
    })
    .await;
    let refused = server.remote().delete_secret(&me(), ID, None).await;
    assert_eq!(
        refused.unwrap_err().code,
        Code::NotFound,
        "of somebody else"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_without_its_instance_counts_as_away() {
    let down = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&down);
    let server =
        StandIn::ibm(move |_| state.load(Ordering::SeqCst).then(|| text(502, "<html>"))).await;
    let remote = server.remote();
    assert_eq!(remote.versions(&me(), ID).await.unwrap().len(), 1);
    down.store(true, Ordering::SeqCst);
    assert_eq!(remote.versions(&me(), ID).await.unwrap().len(), 1);
    assert!(matches!(remote.reach(), Reach::Offline { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ends_mid_way_is_exchanged_in_time() {
    let count = Arc::new(AtomicUsize::new(0));
    let token = tokens(&count, 1);
    let server = StandIn::ibm(token).await;
    let remote = with_key(&server);
    for _ in 0..3 {
        assert_eq!(list(&remote).await.unwrap(), 1);
        tokio::time::sleep(Duration::from_millis(1100)).await;
    }
    assert!(count.load(Ordering::SeqCst) >= 2, "before it ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_an_hour_off_and_a_day_of_sleep_change_nothing() {
    // the token's own times are those of another clock: only its life counts
    let count = Arc::new(AtomicUsize::new(0));
    let slept = Arc::new(AtomicBool::new(false));
    let (token, is_after) = (tokens(&count, 3600), Arc::clone(&slept));
    let server = StandIn::ibm(move |asked| {
        let hour_off = "date: Thu, 01 Jan 2026 00:00:00 GMT\r\n";
        let late = is_after.load(Ordering::SeqCst) && has_token(asked, "token1.x.y");
        let ended = late.then(|| Act::Answer(401, hour_off.into(), b"{}".to_vec()));
        token(asked).or(ended)
    })
    .await;
    let remote = with_key(&server);
    assert_eq!(list(&remote).await.unwrap(), 1);
    // a clock that stands still while the computer sleeps takes the old token for good
    slept.store(true, Ordering::SeqCst);
    assert_eq!(list(&remote).await.unwrap(), 1);
    assert!(rotate(&remote).await.is_ok());
    assert_eq!(
        (count.load(Ordering::SeqCst), server.count(Asked::rotates)),
        (2, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_was_deleted_says_so_and_what_was_seen_stays() {
    let deleted = Arc::new(AtomicBool::new(false));
    let is_deleted = Arc::clone(&deleted);
    let server = StandIn::ibm(move |_| {
        let body = refusal("not_found", "The instance was not found.");
        is_deleted
            .load(Ordering::SeqCst)
            .then(|| answer(404, &body))
    })
    .await;
    let remote = server.remote();
    assert_eq!(list(&remote).await.unwrap(), 1);
    deleted.store(true, Ordering::SeqCst);
    told(
        &list(&remote).await.unwrap_err(),
        Code::NotFound,
        "instance was not found",
    );
    told(&rotate(&remote).await.err().unwrap(), Code::NotFound, "");
}
