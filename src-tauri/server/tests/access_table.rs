//! Who may do what: every operation of the router, with every kind of caller.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod served;

use keyturn_api::{Keys, NewApiKey, Role};
use keyturn_server::operations;
use serde_json::{Value, json};
use served::{Served, owner};

/// The roles that may, by operation: Reader, `SecretsReader`, Writer, Manager as in IBM's table
/// (auth.md, section 3); `-` for what no role may, `open` for what anybody may.
#[rustfmt::skip] // one operation a line
const TABLE: &[(&str, &str)] = &[
    ("token", "open"),
    ("openapi", "open"),
    ("create_secret_group", "M"),
    ("list_secret_groups", "RSWM"),
    ("get_secret_group", "RSWM"),
    ("update_secret_group", "M"),
    ("delete_secret_group", "M"),
    ("create_secret", "WM"),
    ("list_secrets", "RSWM"),
    ("get_secret", "SWM"),
    ("delete_secret", "M"),
    ("get_secret_metadata", "RSWM"),
    ("update_secret_metadata", "WM"),
    ("create_secret_action", "WM"),
    ("get_secret_by_name_type", "SWM"),
    ("create_secret_version", "WM"),
    ("list_secret_versions", "RSWM"),
    ("get_secret_version", "SWM"),
    ("delete_secret_version_data", "M"),
    ("get_secret_version_metadata", "RSWM"),
    ("update_secret_version_metadata", "WM"),
    ("create_secret_version_action", "WM"),
    ("list_secrets_locks", "RSWM"),
    ("list_secret_locks", "RSWM"),
    ("create_secret_locks_bulk", "WM"),
    ("delete_secret_locks_bulk", "M"),
    ("list_secret_version_locks", "RSWM"),
    ("create_secret_version_locks_bulk", "WM"),
    ("delete_secret_version_locks_bulk", "M"),
    ("create_configuration", "M"),
    ("list_configurations", "RWM"),
    ("get_configuration", "M"),
    ("update_configuration", "M"),
    ("delete_configuration", "M"),
    ("create_configuration_action", "M"),
    ("list_secret_tasks", "RSWM"),
    ("get_secret_task", "RSWM"),
    ("replace_secret_task", "-"),
    ("delete_secret_task", "M"),
    ("create_notifications_registration", "M"),
    ("get_notifications_registration", "RSWM"),
    ("delete_notifications_registration", "M"),
    ("get_notifications_registration_test", "RSWM"),
    ("about", "RSWM"),
    ("list_changes", "RSWM"),
    ("list_labels", "RSWM"),
    ("list_secrets_beyond", "RSWM"),
    ("get_rotation_outlook", "RSWM"),
    ("get_policy_outlook", "RSWM"),
    ("get_private_cert_outlook", "WM"),
    ("get_private_cert_rotation_outlook", "WM"),
    ("get_order", "RSWM"),
    ("cancel_order", "WM"),
    ("get_certificate", "RSWM"),
    ("compare_versions", "SWM"),
    ("list_removals", "M"),
    ("retry_removal", "M"),
    ("forget_removal", "M"),
    ("crl_der", "open"),
    ("crl_pem", "open"),
    ("ca_der", "open"),
    ("ca_pem", "open"),
    ("ca_chain", "open"),
    ("v1_create_secret_group", "M"),
    ("v1_list_secret_groups", "RSWM"),
    ("v1_get_secret_group", "RSWM"),
    ("v1_update_secret_group_metadata", "M"),
    ("v1_delete_secret_group", "M"),
    ("v1_create_secret", "WM"),
    ("v1_list_secrets", "RSWM"),
    ("v1_list_all_secrets", "RSWM"),
    ("v1_get_secret", "SWM"),
    ("v1_update_secret", "WM"),
    ("v1_delete_secret", "M"),
    ("v1_list_secret_versions", "RSWM"),
    ("v1_get_secret_version", "SWM"),
    ("v1_update_secret_version", "WM"),
    ("v1_get_secret_version_metadata", "RSWM"),
    ("v1_update_secret_version_metadata", "WM"),
    ("v1_get_secret_metadata", "RSWM"),
    ("v1_update_secret_metadata", "WM"),
    ("v1_get_locks", "RSWM"),
    ("v1_lock_secret", "WM"),
    ("v1_unlock_secret", "M"),
    ("v1_get_secret_version_locks", "RSWM"),
    ("v1_lock_secret_version", "WM"),
    ("v1_unlock_secret_version", "M"),
    ("v1_list_instance_secrets_locks", "RSWM"),
    ("v1_put_policy", "M"),
    ("v1_get_policy", "M"),
    ("v1_put_config", "M"),
    ("v1_get_config", "M"),
    ("v1_create_config_element", "M"),
    ("v1_get_config_elements", "M"),
    ("v1_get_config_element", "M"),
    ("v1_update_config_element", "M"),
    ("v1_action_on_config_element", "M"),
    ("v1_delete_config_element", "M"),
    ("v1_create_notifications_registration", "M"),
    ("v1_get_notifications_registration", "RSWM"),
    ("v1_delete_notifications_registration", "M"),
    ("v1_send_test_notification", "RSWM"),
];

const ROLES: [(char, Role); 4] = [
    ('R', Role::Reader),
    ('S', Role::SecretsReader),
    ('W', Role::Writer),
    ('M', Role::Manager),
];

/// Whether it is on the instance as a whole: a role for some groups is not enough.
fn is_whole(operation: &str) -> bool {
    operation.ends_with("create_secret_group")
        || ["config", "notification", "removal"]
            .iter()
            .any(|word| operation.contains(word))
}

fn roles(operation: &str) -> &'static str {
    let found = TABLE.iter().find(|(name, _)| *name == operation);
    found
        .unwrap_or_else(|| panic!("{operation} is not in the table"))
        .1
}

/// The path with a secret, version and names put in.
fn path(pattern: &str, secret: &str) -> String {
    let by_name = pattern.contains("secret_types");
    pattern
        .replace("{id}", if by_name { "default" } else { secret })
        .replace("{version}", "current")
        .replace("{version_id}", "previous")
        .replace("{secret_type}", "arbitrary")
        .replace("{config_element}", "certificate_templates")
        .replace("{config_name}", "of-the-table")
        .replace("{name}", "of-the-table")
        .replace("{task}", "sm-task-7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11")
}

fn body(method: &str) -> Value {
    match method {
        // refused for its fields once the caller is let in, so that nothing changes
        "POST" | "PATCH" | "PUT" => json!({ "not_a_field": true }),
        _ => Value::Null,
    }
}

async fn secret(served: &Served, token: &str, name: &str) -> String {
    let new = json!({ "secret_type": "arbitrary", "name": name, "payload": "x" });
    let made = served.call(token, "POST", "/api/v2/secrets", new).await;
    assert_eq!(made.status, 201, "{:?}", made.json);
    made.json["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_asks_for_a_token() {
    let served = Served::start().await;
    let manager = served.key("manager", Role::Manager, None).await.1;
    let id = secret(&served, &manager, "of-the-table").await;
    let other = Served::start().await;
    let foreign = other.key("manager", Role::Manager, None).await.1;
    let (revoked_id, revoked) = served.key("revoked", Role::Manager, None).await;
    served
        .vault
        .delete_api_key(&owner(), &revoked_id)
        .await
        .unwrap();
    for operation in operations() {
        let open = roles(&operation.id) == "open";
        let path = path(&operation.path, &id);
        for token in [
            None,
            Some("garbage"),
            Some("a.b.c"),
            Some(&foreign),
            Some(&revoked),
        ] {
            let mut request = served.request(operation.method.as_str(), &path);
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            let got = Served::send(request).await;
            assert_eq!(
                got.status == 401,
                !open,
                "{} with {token:?}: {got:?}",
                operation.id
            );
        }
        if !open {
            let twice = served.request(operation.method.as_str(), &path);
            let got = Served::send(twice.bearer_auth(&manager).bearer_auth(&manager)).await;
            assert_eq!(got.status, 401, "{} with two tokens", operation.id);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_what_the_table_says() {
    let served = Served::start().await;
    let manager = served.key("manager", Role::Manager, None).await.1;
    let id = secret(&served, &manager, "of-the-table").await;
    let unknown = "7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11";
    for (letter, role) in ROLES {
        let token = served.key(&format!("as-{role:?}"), role, None).await.1;
        for operation in operations() {
            let may = roles(&operation.id);
            if may == "open" {
                continue;
            }
            let method = operation.method.as_str();
            for secret in [id.as_str(), unknown] {
                if method == "DELETE" && may.contains(letter) {
                    continue; // it would be gone for the others
                }
                let path = path(&operation.path, secret);
                let got = served.call(&token, method, &path, body(method)).await;
                let refused = got.status == 403;
                let what = format!("{role:?}, {} {path}: {got:?}", operation.id);
                assert_eq!(refused, !may.contains(letter), "{what}");
                assert_ne!(got.status, 401, "{what}");
                assert!(got.status < 500, "{what}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_for_another_group_reaches_nothing_here() {
    let served = Served::start().await;
    let manager = served.key("manager", Role::Manager, None).await.1;
    let id = secret(&served, &manager, "of-the-table").await;
    let group = served.group("elsewhere").await;
    for (letter, role) in ROLES {
        let name = format!("elsewhere-as-{role:?}");
        let token = served.key(&name, role, Some(&[&group])).await.1;
        for operation in operations() {
            let may = roles(&operation.id);
            if may == "open" {
                continue;
            }
            let method = operation.method.as_str();
            let path = path(&operation.path, &id);
            let got = served.call(&token, method, &path, body(method)).await;
            let what = format!("{role:?}, {} {path}: {got:?}", operation.id);
            if !may.contains(letter) || is_whole(&operation.id) {
                assert_eq!(got.status, 403, "{what}");
            } else if operation.id.contains("_task") {
                assert_eq!(got.status, 400, "{what}");
            } else if !operation.path.contains("{id}") {
                assert_eq!(
                    got.status,
                    if method == "GET" { 200 } else { 400 },
                    "{what}"
                );
                assert!(!got.json.to_string().contains(&id), "{what}");
            } else if operation.path.ends_with("/policies") {
                // secrets of this type have none, wherever they are
                assert_eq!(got.status, 400, "{what}");
            } else if method == "GET" || method == "DELETE" {
                assert_eq!(got.status, 404, "{what}");
            } else {
                // its body may be at fault, which is seen before the secret is looked up
                assert!(matches!(got.status, 400 | 404), "{what}");
            }
        }
        let rotate = json!({ "payload": "mine" });
        let path = format!("/api/v2/secrets/{id}/versions");
        let here = served.call(&token, "POST", &path, rotate.clone()).await;
        let nowhere = "/api/v2/secrets/7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11/versions";
        let there = served.call(&token, "POST", nowhere, rotate).await;
        assert_eq!(here.status, there.status);
        assert_eq!(
            here.json["errors"], there.json["errors"],
            "it reads as unknown"
        );
    }
    let path = format!("/api/v2/secrets/{id}/versions");
    let seen = served.call(&manager, "GET", &path, Value::Null).await;
    assert_eq!(seen.json["total_count"], 1, "nothing was rotated");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_key_gives_no_token() {
    let served = Served::start().await;
    let soon = keyturn_api::Timestamp::from_millis(served.vault.now().millis() + 300);
    let new = NewApiKey {
        name: "short".into(),
        role: Role::Manager,
        groups: None,
        expires_at: Some(soon),
    };
    let made = served.vault.create_api_key(&owner(), new).await.unwrap();
    let token = served.exchange(&made.secret).await.json["access_token"].clone();
    while served.vault.now() <= soon {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let got = served.exchange(&made.secret).await;
    assert_eq!(
        (got.status, &got.json["errorCode"]),
        (400, &json!("BXNIM0415E"))
    );
    let token = token.as_str().unwrap();
    let got = served
        .call(token, "GET", "/api/v2/secrets", Value::Null)
        .await;
    assert_eq!(got.status, 401);
}
