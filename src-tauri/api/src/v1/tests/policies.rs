//! Policies.

use super::*;

fn secret(secret_type: &str, rotation: &str) -> String {
    format!(
        r#"{{"id":"{ID}","secret_type":"{secret_type}","crn":"crn:1","created_at":"c","created_by":"local:u","updated_at":"u","rotation":{rotation}}}"#
    )
}

fn policy(rotation: &str) -> Value {
    json(&format!(
        r#"{{"id":"{ID}","crn":"crn:1","creation_date":"c","created_by":"local:u","last_update_date":"u","type":"application/vnd.ibm.secrets-manager.secret.policy+json","rotation":{rotation}}}"#
    ))
}

#[test]
fn the_rotation_of_a_secret_is_its_policy() {
    for (secret_type, has, expected) in [
        (
            "username_password",
            r#"{"auto_rotate":true,"interval":1,"unit":"month"}"#,
            r#"{"interval":1,"unit":"month"}"#,
        ),
        (
            "public_cert",
            r#"{"auto_rotate":false,"rotate_keys":true}"#,
            r#"{"auto_rotate":false,"rotate_keys":true}"#,
        ),
        (
            "private_cert",
            r#"{"auto_rotate":false}"#,
            r#"{"auto_rotate":false}"#,
        ),
    ] {
        let fake = v2([(
            "GET /secrets/{id}/metadata",
            "",
            200,
            &secret(secret_type, has),
        )]);
        let line = format!("GET /secrets/{secret_type}/{{id}}/policies?policy=rotation");
        assert_eq!(resource(ask(&fake, &line, ""), 200), policy(expected));
    }
}

#[test]
fn user_credentials_have_none_while_it_is_off() {
    let off = secret(
        "username_password",
        r#"{"auto_rotate":false,"interval":1,"unit":"day"}"#,
    );
    let fake = v2([("GET /secrets/{id}/metadata", "", 200, &off)]);
    let line = "GET /secrets/username_password/{id}/policies";
    let expected = r#"{"metadata":{"collection_type":"application/vnd.ibm.secrets-manager.secret.policy+json","collection_total":0},"resources":[]}"#;
    assert_eq!(ask(&fake, line, ""), (200, json(expected)));
}

#[test]
fn a_policy_is_set_and_removed() {
    for (secret_type, resources, patch) in [
        (
            "username_password",
            r#"{"type":"application/vnd.ibm.secrets-manager.secret.policy+json","rotation":{"interval":1,"unit":"month"}}"#,
            r#"{"rotation":{"auto_rotate":true,"interval":1,"unit":"month"}}"#,
        ),
        (
            "username_password",
            "",
            r#"{"rotation":{"auto_rotate":false}}"#,
        ),
        (
            "public_cert",
            r#"{"id":"x","updated_by":"y","type":"application/vnd.ibm.secrets-manager.secret.policy+json","rotation":{"auto_rotate":true,"rotate_keys":false}}"#,
            r#"{"rotation":{"auto_rotate":true,"rotate_keys":false}}"#,
        ),
        (
            "public_cert",
            "",
            r#"{"rotation":{"auto_rotate":false,"rotate_keys":false}}"#,
        ),
        (
            "private_cert",
            r#"{"type":"application/vnd.ibm.secrets-manager.secret.policy+json","rotation":{"auto_rotate":true,"interval":30,"unit":"day"}}"#,
            r#"{"rotation":{"auto_rotate":true,"interval":30,"unit":"day"}}"#,
        ),
    ] {
        let before = secret(secret_type, r#"{"auto_rotate":false}"#);
        let after = secret(
            secret_type,
            r#"{"auto_rotate":true,"interval":1,"unit":"day"}"#,
        );
        let fake = v2([
            ("GET /secrets/{id}/metadata", "", 200, &before),
            ("PATCH /secrets/{id}/metadata", patch, 200, &after),
        ]);
        let line = format!("PUT /secrets/{secret_type}/{{id}}/policies");
        let body = format!(r#"{{"resources":[{resources}]}}"#);
        assert_eq!(resource(ask(&fake, &line, &body), 200)["id"], ID);
    }
}

#[test]
fn policies_of_another_shape_are_refused() {
    const TYPE: &str = r#""type":"application/vnd.ibm.secrets-manager.secret.policy+json""#;
    for (secret_type, policies, field) in [
        (
            "username_password",
            r#"{"rotation":{"interval":1,"unit":"day"}}"#.to_owned(),
            "type",
        ),
        (
            "username_password",
            r#"{"type":"hunter2","rotation":{}}"#.to_owned(),
            "type",
        ),
        ("username_password", format!("{{{TYPE}}}"), "rotation"),
        (
            "username_password",
            format!(r#"{{{TYPE},"rotation":{{"interval":1}}}}"#),
            "unit",
        ),
        (
            "username_password",
            format!(r#"{{{TYPE},"rotation":1}}"#),
            "rotation",
        ),
        (
            "public_cert",
            format!(r#"{{{TYPE},"rotation":{{"auto_rotate":true}}}}"#),
            "rotate_keys",
        ),
        (
            "private_cert",
            format!(r#"{{{TYPE},"rotation":{{"auto_rotate":true,"rotate_keys":true}}}}"#),
            "rotate_keys",
        ),
        ("private_cert", "{},{}".to_owned(), "resources"),
    ] {
        let line = format!("PUT /secrets/{secret_type}/{{id}}/policies");
        let body = format!(r#"{{"resources":[{policies}]}}"#);
        assert_eq!(refused(&v2([]), &line, &body).0, field, "{body}");
    }
}
