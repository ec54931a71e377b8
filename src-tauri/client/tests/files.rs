//! Files as values on IBM's service: base64, and the label that tells so.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod stand_in;

use keyturn_api::secret::{Payload, arbitrary};
use keyturn_api::version::{RotationInput, VersionRef};
use keyturn_api::{Caller, Instance, NewVersion, Plaintext, Problem, Surface, Version};
use keyturn_client::Remote;
use serde_json::{Value, json};
use stand_in::{Asked, FIRST, ID, StandIn, answer, secret, version};

const LABEL: &str = "encode:base64";

fn me() -> Caller {
    Caller::owner("tester", Surface::Window)
}

fn patches(asked: &Asked) -> bool {
    asked.is("PATCH", &format!("/api/v2/secrets/{ID}/metadata"))
}

fn labelled(labels: &[&str]) -> Value {
    let mut secret = secret();
    secret["labels"] = json!(labels);
    secret
}

/// An instance whose secret has these labels; whether they can be changed.
async fn instance(labels: &[&str], open: bool) -> StandIn {
    let secret = labelled(labels);
    StandIn::ibm(move |asked| {
        if patches(asked) {
            let mut patched = secret.clone();
            patched["labels"] =
                serde_json::from_str::<Value>(&asked.body).unwrap()["labels"].take();
            let refusal = json!({ "errors": [{ "code": "forbidden", "message": "no" }] });
            return Some(if open {
                answer(200, &patched)
            } else {
                answer(403, &refusal)
            });
        }
        let metadata = asked.is("GET", &format!("/api/v2/secrets/{ID}/metadata"));
        metadata.then(|| answer(200, &secret))
    })
    .await
}

async fn rotate(remote: &Remote, payload: Plaintext) -> Result<Version, Problem> {
    let new = NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::Arbitrary(arbitrary::Rotation { payload }),
    };
    remote.create_version(&me(), ID, new, None).await
}

/// The labels that a rotation set; none: it changed none.
async fn set(labels: &[&str], payload: Plaintext) -> Option<Value> {
    let server = instance(labels, true).await;
    rotate(&server.remote(), payload).await.unwrap();
    assert_eq!(server.count(Asked::rotates), 1);
    let patched = server.asked().into_iter().find(patches)?;
    Some(serde_json::from_str::<Value>(&patched.body).unwrap()["labels"].take())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_label_follows_the_value() {
    let bytes = || Plaintext::file(vec![0xff, 0, 0x80]);
    let text = |text: &str| Plaintext::text(text.into());
    assert_eq!(set(&["one"], bytes()).await, Some(json!(["one", LABEL])));
    assert_eq!(set(&["one", LABEL], bytes()).await, None);
    assert_eq!(
        set(&["one", LABEL], text("a word")).await,
        Some(json!(["one"]))
    );
    assert_eq!(set(&["one"], text("a word")).await, None);
    // other clients send base64 as text
    assert_eq!(set(&[LABEL], text("/wCA")).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_labelled_value_reads_as_bytes() {
    let server = StandIn::ibm(|asked| {
        let mut secret = labelled(&[LABEL]);
        secret["payload"] = "/wCA".into();
        asked
            .is("GET", &format!("/api/v2/secrets/{ID}"))
            .then(|| answer(200, &secret))
    })
    .await;
    let read = server.remote().secret(&me(), ID).await.unwrap();
    let Some(Payload::Arbitrary(read)) = read.payload else {
        panic!("no value of an arbitrary secret");
    };
    assert_eq!(read.payload.bytes(), [0xff, 0, 0x80]);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_does_a_labelled_version() {
    let version_path = format!("/api/v2/secrets/{ID}/versions/{FIRST}");
    for (labels, binary) in [(&[LABEL][..], true), (&["one"], false)] {
        let (secret, path) = (labelled(labels), version_path.clone());
        let server = StandIn::ibm(move |asked| {
            if asked.is("GET", &format!("/api/v2/secrets/{ID}/metadata")) {
                return Some(answer(200, &secret));
            }
            let mut version = version(FIRST, "current");
            version["payload"] = "/wCA".into();
            asked.is("GET", &path).then(|| answer(200, &version))
        })
        .await;
        let id = VersionRef::Id(FIRST.to_owned());
        let read = server.remote().version(&me(), ID, &id).await.unwrap();
        assert_eq!(read.view.binary, binary);
        let Some(Payload::Arbitrary(read)) = read.payload else {
            panic!("no value of an arbitrary secret");
        };
        let bytes: &[u8] = if binary { &[0xff, 0, 0x80] } else { b"/wCA" };
        assert_eq!(read.payload.bytes(), bytes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_room_for_the_label_nothing_is_rotated() {
    let labels: Vec<String> = (10..40).map(|number| format!("label {number}")).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let server = instance(&labels, true).await;
    let refused = rotate(&server.remote(), Plaintext::file(vec![0xff])).await;
    assert_eq!(refused.unwrap_err().target.unwrap().name, "labels");
    assert_eq!(server.count(Asked::rotates), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_that_cannot_be_set_says_that_the_rotation_is_done() {
    let server = instance(&[], false).await;
    let problem = rotate(&server.remote(), Plaintext::file(vec![0xff])).await;
    let problem = problem.unwrap_err();
    assert!(
        problem.message.starts_with("The new version is there"),
        "{problem:?}"
    );
    assert!(format!("{problem:?}").contains("Do not rotate again"));
    assert_eq!(server.count(Asked::rotates), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_that_somebody_else_changed_meanwhile_stay() {
    let rotated = std::sync::atomic::AtomicBool::new(false);
    let server = StandIn::ibm(move |asked| {
        use std::sync::atomic::Ordering::SeqCst;
        if asked.rotates() {
            rotated.store(true, SeqCst);
        }
        let labels: &[&str] = if rotated.load(SeqCst) {
            &["theirs"]
        } else {
            &["ours"]
        };
        let secret = labelled(labels);
        let metadata = asked.path.ends_with("/metadata");
        metadata.then(|| answer(200, &secret))
    })
    .await;
    rotate(&server.remote(), Plaintext::file(vec![0xff]))
        .await
        .unwrap();
    let patched = server.asked().into_iter().find(patches).unwrap();
    let set: Value = serde_json::from_str(&patched.body).unwrap();
    assert_eq!(set["labels"], json!(["theirs", LABEL]));
}
