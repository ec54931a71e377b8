//! Versions.

use super::*;

const SECRET: &str = r#"{"secret_type":"username_password"}"#;

fn version(extra: &str) -> String {
    format!(
        r#"{{"id":"{CURRENT}","alias":"current","auto_rotated":true,"created_by":"local:u","created_at":"c","downloaded":true,"payload_available":true,"secret_id":"{ID}","secret_name":"db","secret_type":"username_password","secret_group_id":"default","version_custom_metadata":{{"a":1}},"expiration_date":"e"{extra}}}"#
    )
}

#[test]
fn a_version_in_a_list_has_its_own_id() {
    let list = format!(r#"{{"versions":[{}],"total_count":1}}"#, version(""));
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, SECRET),
        ("GET /secrets/{id}/versions", "", 200, &list),
    ]);
    let (status, answer) = ask(&fake, "GET /secrets/username_password/{id}/versions", "");
    assert_eq!(status, 200);
    let expected = format!(
        r#"{{"metadata":{{"collection_type":"application/vnd.ibm.secrets-manager.secret.version+json","collection_total":1}},"resources":[{{"id":"{CURRENT}","creation_date":"c","created_by":"local:u","payload_available":true,"downloaded":true,"auto_rotated":true,"version_custom_metadata":{{"a":1}}}}]}}"#
    );
    assert_eq!(answer, json(&expected));
}

#[test]
fn a_version_by_itself_has_the_id_of_its_secret_and_the_value_apart() {
    let whole = version(r#","username":"u","password":"p""#);
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, SECRET),
        ("GET /secrets/{id}/versions/previous", "", 200, &whole),
        (
            "GET /secrets/{id}/versions/{current}/locks?limit=1",
            "",
            200,
            r#"{"locks":[{}],"total_count":3}"#,
        ),
    ]);
    let line = "GET /secrets/username_password/{id}/versions/previous";
    let expected = format!(
        r#"{{"id":"{ID}","version_id":"{CURRENT}","creation_date":"c","created_by":"local:u","auto_rotated":true,"version_custom_metadata":{{"a":1}},"locks_total":3,"secret_data":{{"username":"u","password":"p"}}}}"#
    );
    assert_eq!(resource(ask(&fake, line, ""), 200), json(&expected));
}

#[test]
fn a_version_without_alias_has_no_locks() {
    let old = version("").replace(r#""alias":"current","#, "");
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, SECRET),
        (
            "GET /secrets/{id}/versions/{previous}/metadata",
            "",
            200,
            &old,
        ),
    ]);
    let line = "GET /secrets/username_password/{id}/versions/{previous}/metadata";
    let shown = resource(ask(&fake, line, ""), 200);
    assert_eq!(shown["locks_total"], 0);
    assert_eq!(shown["payload_available"], true);
    assert!(shown.get("secret_data").is_none());
}

#[test]
fn certificates_show_theirs_and_a_private_one_its_state() {
    let list = format!(
        r#"{{"versions":[{{"id":"{PREVIOUS}","alias":"previous","serial_number":"1","validity":{{}},"expiration_date":"e"}},{{"id":"{CURRENT}","alias":"current","serial_number":"2"}}],"total_count":2}}"#
    );
    let secret = r#"{"secret_type":"private_cert","state":1,"state_description":"active","revocation_time_seconds":9}"#;
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, secret),
        ("GET /secrets/{id}/versions", "", 200, &list),
    ]);
    let (_, answer) = ask(&fake, "GET /secrets/private_cert/{id}/versions", "");
    let expected = format!(
        r#"[{{"id":"{PREVIOUS}","serial_number":"1","validity":{{}},"expiration_date":"e","state":5,"state_description":"Destroyed"}},{{"id":"{CURRENT}","serial_number":"2","state":1,"state_description":"Active","revocation_time":9}}]"#
    );
    assert_eq!(answer["resources"], json(&expected));
}

#[test]
fn the_metadata_of_a_version_is_replaced() {
    let line = "PUT /secrets/username_password/{id}/versions/{current}/metadata";
    for (body, patch) in [
        (
            r#"{"resources":[{"version_custom_metadata":{"b":2}}]}"#,
            r#"{"version_custom_metadata":{"b":2}}"#,
        ),
        (
            r#"{"resources":[{"id":"x"}]}"#,
            r#"{"version_custom_metadata":{}}"#,
        ),
    ] {
        let fake = v2([
            ("GET /secrets/{id}/metadata", "", 200, SECRET),
            (
                "PATCH /secrets/{id}/versions/{current}/metadata",
                patch,
                200,
                &version(""),
            ),
            (
                "GET /secrets/{id}/versions/{current}/locks?limit=1",
                "",
                404,
                "{}",
            ),
        ]);
        let shown = resource(ask(&fake, line, body), 200);
        assert_eq!(shown["version_id"], CURRENT);
        assert!(
            shown.get("locks_total").is_none(),
            "what is not known is not said"
        );
    }
    let body = r#"{"resources":[{"custom_metadata":{}}]}"#;
    assert_eq!(refused(&v2([]), line, body).0, "custom_metadata");
}

#[test]
fn the_certificate_of_a_version_is_revoked() {
    let secret = r#"{"secret_type":"private_cert","name":"c"}"#;
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, secret),
        (
            "POST /secrets/{id}/versions/{previous}/actions",
            r#"{"action_type":"private_cert_action_revoke_certificate"}"#,
            201,
            "{}",
        ),
        ("GET /secrets/{id}/metadata", "", 200, secret),
        (
            "GET /secrets/{id}/versions",
            "",
            200,
            r#"{"versions":[],"total_count":0}"#,
        ),
    ]);
    let line = "POST /secrets/private_cert/{id}/versions/{previous}?action=revoke";
    let (status, answer) = ask(&fake, line, "");
    assert_eq!(
        answer["metadata"]["collection_type"],
        "application/vnd.ibm.secrets-manager.secret+json"
    );
    assert_eq!(resource((status, answer), 200)["name"], "c");
}
