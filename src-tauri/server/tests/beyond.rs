//! What a Keyturn server tells another Keyturn besides API v2.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod served;

use std::time::{Duration, Instant};

use keyturn_api::Role;
use serde_json::{Value, json};
use served::{Got, Served};

async fn get(served: &Served, token: &str, path: &str) -> Got {
    served.call(token, "GET", path, Value::Null).await
}

async fn arbitrary(served: &Served, token: &str, name: &str) -> String {
    let new = json!({ "secret_type": "arbitrary", "name": name, "payload": "first" });
    let made = served.call(token, "POST", "/api/v2/secrets", new).await;
    made.json["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_for_those_who_ask_for_them() {
    let served = Served::start().await;
    let token = served.key("manager", Role::Manager, None).await.1;
    let id = arbitrary(&served, &token, "viewed").await;
    for path in [
        format!("/api/v2/secrets/{id}/metadata"),
        format!("/api/v2/secrets/{id}"),
        format!("/api/v2/secrets/{id}/versions/current"),
        format!("/api/v2/secrets/{id}/versions/current/metadata"),
        "/api/v2/secret_groups/default".to_owned(),
    ] {
        let plain = get(&served, &token, &path).await.json;
        assert!(plain.get("keyturn").is_none(), "{path}");
        let asked = served.request("GET", &path).bearer_auth(&token);
        let mut whole = Served::send(asked.header("Keyturn-Views", "1")).await.json;
        let view = whole.as_object_mut().unwrap().remove("keyturn").unwrap();
        assert!(view.get("metadata").is_none(), "{path}");
        assert!(view.as_object().unwrap().len() > 1, "{path}: {view}");
        if !path.ends_with(&id) && !path.ends_with("current") {
            assert_eq!(plain, whole, "{path}: the record is the same");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_expects_another_revision_is_a_conflict() {
    let served = Served::start().await;
    let token = served.key("manager", Role::Manager, None).await.1;
    let id = arbitrary(&served, &token, "expected").await;
    let metadata = format!("/api/v2/secrets/{id}/metadata");
    let asked = served.request("GET", &metadata).bearer_auth(&token);
    let seen = Served::send(asked.header("Keyturn-Views", "1")).await.json;
    let seen = seen["keyturn"]["revision"].as_str().unwrap().to_owned();
    let versions = format!("/api/v2/secrets/{id}/versions");
    let rotate = |payload: &str| {
        let request = served.request("POST", &versions).bearer_auth(&token);
        let request = request.header("If-Match", format!("\"{seen}\""));
        let body = json!({ "payload": payload }).to_string();
        Served::send(
            request
                .header("Content-Type", "application/json")
                .body(body),
        )
    };
    assert_eq!(rotate("second").await.status, 201);
    let refused = rotate("third").await;
    assert_eq!(refused.status, 409);
    let message = refused.json["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("rotated to version 2"), "{message}");
    let list = get(&served, &token, &versions).await.json;
    assert_eq!(list["total_count"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_for_changes_is_answered_by_the_next_one() {
    let served = Served::start().await;
    let token = served.key("manager", Role::Manager, None).await.1;
    let id = arbitrary(&served, &token, "changing").await;
    let now = get(&served, &token, "/keyturn/v1/changes").await.json["count"].clone();
    let path = format!("/keyturn/v1/changes?since={now}");
    let begun = Instant::now();
    let rotated = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let path = format!("/api/v2/secrets/{id}/versions");
        served
            .call(&token, "POST", &path, json!({ "payload": "x" }))
            .await
    };
    let (next, _) = tokio::join!(get(&served, &token, &path), rotated);
    assert_ne!(next.json["count"], now);
    let waited = begun.elapsed();
    assert!(waited >= Duration::from_millis(300), "{waited:?}");
    assert!(waited < Duration::from_secs(15), "{waited:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn outlooks_comparisons_and_lists_are_those_of_the_window() {
    let served = Served::start().await;
    let token = served.key("manager", Role::Manager, None).await.1;
    let id = arbitrary(&served, &token, "looked-at").await;
    let about = get(&served, &token, "/keyturn/v1/about").await.json;
    assert_eq!(about["product"], "keyturn");
    assert_eq!(about["role"], "Manager");
    let of = |rest: &str| format!("/keyturn/v1/secrets/{id}/{rest}");
    let outlook = get(&served, &token, &of("rotation_outlook")).await;
    assert_eq!(outlook.json["next_number"], 2, "{outlook:?}");
    let order = get(&served, &token, &of("order")).await;
    assert_eq!(order.json["order"], Value::Null, "it is no certificate");
    let path = of("versions/current/comparison");
    let with = json!({ "with_rotation": { "payload": "second" } });
    let differs = served.call(&token, "POST", &path, with).await;
    assert_eq!(differs.json["kind"], "lines", "{differs:?}");
    assert!(!differs.json.to_string().contains("second"));
    for wrong in [
        json!({}),
        json!({ "with_version": "x" }),
        json!({ "with": 1 }),
    ] {
        let refused = served.call(&token, "POST", &path, wrong).await;
        assert_eq!(refused.status, 400);
    }
    let listed = |query: &str| format!("/keyturn/v1/secrets?{query}");
    let active = get(&served, &token, &listed("states=1&sort=-rotated_at")).await;
    assert_eq!(active.json["total_count"], 1, "{active:?}");
    let due = get(&served, &token, &listed("overdue=true")).await;
    assert_eq!(due.json["total_count"], 0);
    for wrong in ["states=4", "expires_within_days=99999999", "sort=size"] {
        assert_eq!(get(&served, &token, &listed(wrong)).await.status, 400);
    }
    let own = get(&served, &token, "/api/v2/secrets?states=1").await;
    assert_eq!(own.status, 400, "IBM's list does not know it");
}
