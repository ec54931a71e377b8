//! Secret groups.

use super::*;

const GROUP: &str = r#"{"id":"1f1c0b7e-5a51-4a57-8a43-1f0e6b6b0a77","name":"team-a","description":"","created_at":"2026-01-05T10:00:00Z","created_by":"local:u","updated_at":"2026-01-06T10:00:00Z"}"#;
const SHOWN: &str = r#"{"id":"1f1c0b7e-5a51-4a57-8a43-1f0e6b6b0a77","name":"team-a","description":"","creation_date":"2026-01-05T10:00:00Z","last_update_date":"2026-01-06T10:00:00Z","type":"application/vnd.ibm.secrets-manager.secret.group+json"}"#;

#[test]
fn a_group_is_created_in_an_envelope() {
    let body = r#"{"metadata":{"collection_type":"application/vnd.ibm.secrets-manager.secret.group+json","collection_total":1},"resources":[{"name":"team-a"}]}"#;
    let fake = v2([("POST /secret_groups", r#"{"name":"team-a"}"#, 201, GROUP)]);
    let (status, answer) = ask(&fake, "POST /secret_groups", body);
    assert_eq!(status, 200);
    assert_eq!(
        answer,
        json(&format!(
            r#"{{"metadata":{{"collection_type":"application/vnd.ibm.secrets-manager.secret.group+json","collection_total":1}},"resources":[{SHOWN}]}}"#
        ))
    );
    assert_eq!(
        refused(&v2([]), "POST /secret_groups", r#"{"resources":[{}]}"#).0,
        "name"
    );
}

#[test]
fn groups_are_listed_and_read() {
    let list = format!(r#"{{"secret_groups":[{GROUP}],"total_count":1}}"#);
    let fake = v2([("GET /secret_groups", "", 200, &list)]);
    assert_eq!(
        resource(ask(&fake, "GET /secret_groups", ""), 200),
        json(SHOWN)
    );
    let fake = v2([("GET /secret_groups/{id}", "", 200, GROUP)]);
    assert_eq!(
        resource(ask(&fake, "GET /secret_groups/{id}", ""), 200),
        json(SHOWN)
    );
    let fake = v2([("GET /secret_groups/default", "", 200, GROUP)]);
    assert_eq!(ask(&fake, "GET /secret_groups/default", "").0, 200);
}

#[test]
fn what_was_read_can_be_put_back_and_a_missing_description_goes() {
    let patch = r#"{"name":"team-b","description":""}"#;
    let fake = v2([("PATCH /secret_groups/{id}", patch, 200, GROUP)]);
    let body = r#"{"resources":[{"id":"x","name":"team-b","creation_date":"x","last_update_date":"x","type":"x"}]}"#;
    assert_eq!(
        resource(ask(&fake, "PUT /secret_groups/{id}", body), 200),
        json(SHOWN)
    );
}

#[test]
fn a_group_is_deleted() {
    let fake = v2([("DELETE /secret_groups/{id}", "", 204, "")]);
    assert_eq!(
        ask(&fake, "DELETE /secret_groups/{id}", ""),
        (204, Value::Null)
    );
}
