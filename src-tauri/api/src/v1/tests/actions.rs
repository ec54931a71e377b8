//! Actions on a secret.

use super::*;

/// Metadata of v2, shortened.
fn metadata(secret_type: &str) -> String {
    format!(r#"{{"id":"{ID}","secret_type":"{secret_type}","versions_total":1}}"#)
}

fn after(secret_type: &str) -> String {
    metadata(secret_type).replace(r#""versions_total":1"#, r#""versions_total":2"#)
}

const VERSIONS: &str = r#"{"versions":[{"id":"a","created_at":"1"},{"id":"b","created_at":"2","alias":"current"}],"total_count":2}"#;

/// Rotates with a body of v1, for which v2 is to be asked so and answers so.
fn rotate(secret_type: &str, body: &str, asked: &'static str, made: &str) -> Value {
    let fake = v2([
        (
            "GET /secrets/{id}/metadata",
            "",
            200,
            &metadata(secret_type),
        ),
        ("POST /secrets/{id}/versions", asked, 201, made),
        ("GET /secrets/{id}/metadata", "", 200, &after(secret_type)),
        ("GET /secrets/{id}/versions", "", 200, VERSIONS),
    ]);
    let line = format!("POST /secrets/{secret_type}/{{id}}?action=rotate");
    let secret = resource(ask(&fake, &line, body), 200);
    assert_eq!(secret["id"], ID, "the id is that of the secret");
    assert_eq!(secret["versions_total"], 2);
    assert_eq!(secret["versions"][0]["id"], "a", "oldest first");
    assert_eq!(secret["versions"][1]["creation_date"], "2");
    secret["secret_data"].clone()
}

#[test]
fn every_type_rotates_with_its_own_body() {
    let data = rotate(
        "arbitrary",
        r#"{"payload":"new-secret-data","custom_metadata":{"custom_key":"custom_value"},"version_custom_metadata":{"version_custom_key":"version_custom_value"}}"#,
        r#"{"payload":"new-secret-data","custom_metadata":{"custom_key":"custom_value"},"version_custom_metadata":{"version_custom_key":"version_custom_value"}}"#,
        r#"{"id":"b","payload":"new-secret-data"}"#,
    );
    assert_eq!(data, json(r#"{"payload":"new-secret-data"}"#));
    let data = rotate(
        "kv",
        r#"{"payload":{"key1":"val2"}}"#,
        r#"{"data":{"key1":"val2"}}"#,
        r#"{"id":"b","data":{"key1":"val2"}}"#,
    );
    assert_eq!(data, json(r#"{"payload":{"key1":"val2"}}"#));
    let data = rotate(
        "username_password",
        r#"{"password":"new-password"}"#,
        r#"{"password":"new-password"}"#,
        r#"{"id":"b","username":"u","password":"new-password"}"#,
    );
    assert_eq!(data, json(r#"{"username":"u","password":"new-password"}"#));
    rotate(
        "imported_cert",
        r#"{"certificate":"c","private_key":"k","intermediate":"i"}"#,
        r#"{"certificate":"c","private_key":"k","intermediate":"i"}"#,
        r#"{"id":"b","certificate":"c"}"#,
    );
    let data = rotate(
        "public_cert",
        r#"{"rotate_keys":true}"#,
        r#"{"rotation":{"rotate_keys":true}}"#,
        r#"{"id":"b"}"#,
    );
    assert_eq!(data, Value::Null);
    let made = r#"{"id":"b","certificate":"c","issuing_ca":"i","ca_chain":["i"]}"#;
    for (body, asked) in [
        ("", "{}"),
        ("{}", "{}"),
        (r#"{"csr":"r"}"#, r#"{"csr":"r"}"#),
        (
            r#"{"version_custom_metadata":{}}"#,
            r#"{"version_custom_metadata":{}}"#,
        ),
    ] {
        rotate("private_cert", body, asked, made);
    }
}

#[test]
fn an_empty_password_is_one_that_v2_generates() {
    let data = rotate(
        "username_password",
        r#"{"password": ""}"#,
        "{}",
        r#"{"id":"b","username":"u","password":"generated"}"#,
    );
    assert_eq!(data["password"], "generated");
}

#[test]
fn numbers_keep_their_digits_both_ways() {
    let data = r#"{"port":90071992547409931234,"rate":1.10e+2}"#;
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, &metadata("kv")),
        (
            "POST /secrets/{id}/versions",
            r#"{"data":{"port":90071992547409931234,"rate":1.10e+2}}"#,
            201,
            &format!(r#"{{"data":{data}}}"#),
        ),
        ("GET /secrets/{id}/metadata", "", 200, &after("kv")),
        ("GET /secrets/{id}/versions", "", 200, VERSIONS),
    ]);
    let body = format!(r#"{{"payload":{data}}}"#);
    let answer = ask_raw(&fake, "POST /secrets/kv/{id}?action=rotate", &body).unwrap();
    let text = str::from_utf8(&answer.body).unwrap();
    assert!(
        text.contains(&format!(r#""secret_data":{{"payload":{data}}}"#)),
        "{text}"
    );
    assert_eq!(answer.body.capacity(), answer.body.len(), "the body grew");
}

#[test]
fn bodies_of_rotation_have_no_envelope_and_no_other_fields() {
    for (secret_type, body, field) in [
        ("arbitrary", "", "payload"),
        (
            "arbitrary",
            r#"{"resources":[{"payload":"hunter2"}]}"#,
            "payload",
        ),
        ("arbitrary", r#"{"payload":"hunter2","x":1}"#, "x"),
        ("kv", r#"{"data":{"a":"hunter2"}}"#, "payload"),
        ("username_password", "{}", "password"),
        (
            "username_password",
            r#"{"password":"hunter2","username":"hunter2"}"#,
            "username",
        ),
        (
            "imported_cert",
            r#"{"private_key":"hunter2"}"#,
            "certificate",
        ),
        ("public_cert", "{}", "rotate_keys"),
        (
            "public_cert",
            r#"{"rotation":{"rotate_keys":true}}"#,
            "rotate_keys",
        ),
        ("private_cert", r#"{"payload":"hunter2"}"#, "payload"),
    ] {
        let line = format!("POST /secrets/{secret_type}/{{id}}?action=rotate");
        assert_eq!(
            refused(&v2([]), &line, body).0,
            field,
            "{secret_type}: {body}"
        );
    }
}

#[test]
fn a_rotation_that_v2_refuses_is_refused() {
    let locked = r#"{"errors":[{"code":"locked","message":"…"}],"status_code":412}"#;
    let fake = v2([
        (
            "GET /secrets/{id}/metadata",
            "",
            200,
            &metadata("arbitrary"),
        ),
        (
            "POST /secrets/{id}/versions",
            r#"{"payload":"p"}"#,
            412,
            locked,
        ),
    ]);
    let line = "POST /secrets/arbitrary/{id}?action=rotate";
    assert_eq!(ask(&fake, line, r#"{"payload":"p"}"#), (412, json(locked)));
}

#[test]
fn a_rotation_that_was_done_is_answered_whatever_can_be_read_after_it() {
    let fake = v2([
        (
            "GET /secrets/{id}/metadata",
            "",
            200,
            &metadata("arbitrary"),
        ),
        (
            "POST /secrets/{id}/versions",
            r#"{"payload":"p"}"#,
            201,
            r#"{"payload":"p"}"#,
        ),
        ("GET /secrets/{id}/metadata", "", 503, "{}"),
        ("GET /secrets/{id}/versions", "", 503, "{}"),
    ]);
    let line = "POST /secrets/arbitrary/{id}?action=rotate";
    let secret = resource(ask(&fake, line, r#"{"payload":"p"}"#), 200);
    assert_eq!(secret["secret_data"]["payload"], "p");
    assert!(secret.get("versions").is_none());
}

#[test]
fn a_version_is_restored() {
    let fake = v2([
        (
            "GET /secrets/{id}/metadata",
            "",
            200,
            &metadata("arbitrary"),
        ),
        (
            "POST /secrets/{id}/versions",
            r#"{"restore_from_version":"previous","version_custom_metadata":{"a":1}}"#,
            201,
            r#"{"payload":"old"}"#,
        ),
        ("GET /secrets/{id}/metadata", "", 200, &after("arbitrary")),
        ("GET /secrets/{id}/versions", "", 200, VERSIONS),
    ]);
    let line = "POST /secrets/arbitrary/{id}?action=restore";
    let body = r#"{"version_id":"previous","version_custom_metadata":{"a":1}}"#;
    let secret = resource(ask(&fake, line, body), 200);
    assert_eq!(secret["secret_data"]["payload"], "old");
    for body in ["{}", r#"{"version_id":"current"}"#, r#"{"version_id":1}"#] {
        assert_eq!(refused(&v2([]), line, body).0, "version_id", "{body}");
    }
}

#[test]
fn other_actions_answer_with_the_secret_and_read_no_value() {
    for (secret_type, action, asked, status) in [
        (
            "private_cert",
            "revoke",
            (
                "POST /secrets/{id}/actions",
                r#"{"action_type":"private_cert_action_revoke_certificate"}"#,
            ),
            201,
        ),
        (
            "public_cert",
            "validate_dns_challenge",
            (
                "POST /secrets/{id}/actions",
                r#"{"action_type":"public_cert_action_validate_dns_challenge"}"#,
            ),
            201,
        ),
        (
            "iam_credentials",
            "delete_credentials",
            ("DELETE /secrets/{id}/versions/current/secret_data", ""),
            204,
        ),
    ] {
        let fake = v2([
            (
                "GET /secrets/{id}/metadata",
                "",
                200,
                &metadata(secret_type),
            ),
            (asked.0, asked.1, status, "{}"),
            ("GET /secrets/{id}/metadata", "", 200, &after(secret_type)),
            ("GET /secrets/{id}/versions", "", 200, VERSIONS),
        ]);
        let line = format!("POST /secrets/{secret_type}/{{id}}?action={action}");
        let secret = resource(ask(&fake, &line, ""), 200);
        assert!(secret.get("secret_data").is_none());
        assert_eq!(secret["versions"].as_array().unwrap().len(), 2);
        assert_eq!(
            refused(&v2([]), &line, r#"{"payload":"hunter2"}"#).0,
            "payload"
        );
    }
}
