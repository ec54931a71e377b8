//! Locks.

use super::*;

const SECRET: &str = r#"{"secret_type":"kv"}"#;

fn locks() -> String {
    format!(
        r#"{{"secret_id":"{ID}","secret_group_id":"default","secret_type":"kv","secret_name":"db","versions":[{{"version_id":"{CURRENT}","version_alias":"current","locks":["app"],"payload_available":true}}]}}"#
    )
}

fn shown(extra: &str) -> Value {
    json(&format!(
        r#"{{"secret_id":"{ID}","secret_group_id":"default"{extra},"versions":[{{"id":"{CURRENT}","alias":"current","locks":["app"],"payload_available":true}}]}}"#
    ))
}

#[test]
fn secrets_with_locks_are_listed_25_by_25() {
    let page = format!(r#"{{"secrets_locks":[{}],"total_count":30}}"#, locks());
    let fake = v2([("GET /secrets_locks?limit=25&groups=default", "", 200, &page)]);
    let (status, answer) = ask(&fake, "GET /locks?groups=default", "");
    assert_eq!(
        answer["metadata"],
        json(
            r#"{"collection_type":"application/vnd.ibm.secrets-manager.secret.lock+json","collection_total":30}"#
        )
    );
    assert_eq!(
        resource((status, answer), 200),
        shown(r#","secret_type":"kv""#)
    );
}

#[test]
fn locks_of_a_secret_and_of_a_version_are_listed() {
    let page = format!(
        r#"{{"locks":[{{"name":"app","description":"d","attributes":{{"a":1}},"created_at":"c","updated_at":"u","created_by":"local:u","secret_group_id":"default","secret_id":"{ID}","secret_version_id":"{CURRENT}","secret_version_alias":"current"}}],"total_count":1}}"#
    );
    let expected = format!(
        r#"{{"name":"app","description":"d","attributes":{{"a":1}},"creation_date":"c","last_update_date":"u","created_by":"local:u","secret_group_id":"default","secret_id":"{ID}","secret_version_id":"{CURRENT}","secret_version_alias":"current"}}"#
    );
    for (line, asked) in [
        (
            "GET /locks/kv/{id}?limit=3&search=app",
            "GET /secrets/{id}/locks?limit=3&search=app",
        ),
        (
            "GET /locks/kv/{id}/versions/previous",
            "GET /secrets/{id}/versions/previous/locks",
        ),
    ] {
        let fake = v2([
            ("GET /secrets/{id}/metadata", "", 200, SECRET),
            (asked, "", 200, &page),
        ]);
        assert_eq!(resource(ask(&fake, line, ""), 200), json(&expected));
    }
}

#[test]
fn the_current_version_is_locked() {
    let body = r#"{"locks":[{"name":"app","description":"d","attributes":{"a":1}}]}"#;
    for (query, sent) in [
        ("", ""),
        ("?mode=exclusive", "?mode=remove_previous"),
        ("?mode=exclusive_delete", "?mode=remove_previous_and_delete"),
    ] {
        let asked = format!("POST /secrets/{{id}}/versions/current/locks_bulk{sent}");
        let fake = v2([
            ("GET /secrets/{id}/metadata", "", 200, SECRET),
            (&asked, body, 201, &locks()),
        ]);
        let line = format!("POST /locks/kv/{{id}}/lock{query}");
        assert_eq!(resource(ask(&fake, &line, body), 200), shown(""));
    }
}

#[test]
fn the_mode_counts_for_nothing_on_the_previous_version() {
    let body = r#"{"locks":[{"name":"app"}]}"#;
    for (alias, sent) in [("previous", ""), ("current", "?mode=remove_previous")] {
        let metadata = format!(r#"{{"alias":"{alias}"}}"#);
        let asked = format!("POST /secrets/{{id}}/versions/{{current}}/locks_bulk{sent}");
        let fake = v2([
            ("GET /secrets/{id}/metadata", "", 200, SECRET),
            (
                "GET /secrets/{id}/versions/{current}/metadata",
                "",
                200,
                &metadata,
            ),
            (&asked, body, 201, &locks()),
        ]);
        let line = "POST /locks/kv/{id}/versions/{current}/lock?mode=exclusive";
        assert_eq!(ask(&fake, line, body).0, 200);
    }
}

#[test]
fn locks_are_removed_by_name_or_all() {
    for (line, body, asked) in [
        (
            "POST /locks/kv/{id}/unlock",
            r#"{"locks":["app","b-1"]}"#,
            "DELETE /secrets/{id}/versions/current/locks_bulk?name=app,b-1",
        ),
        (
            "POST /locks/kv/{id}/unlock",
            r#"{"locks":["*"]}"#,
            "DELETE /secrets/{id}/versions/current/locks_bulk",
        ),
        (
            "POST /locks/kv/{id}/versions/previous/unlock",
            r#"{"locks":["*"]}"#,
            "DELETE /secrets/{id}/versions/previous/locks_bulk",
        ),
    ] {
        let fake = v2([
            ("GET /secrets/{id}/metadata", "", 200, SECRET),
            (asked, "", 200, &locks()),
        ]);
        assert_eq!(resource(ask(&fake, line, body), 200), shown(""));
    }
}

#[test]
fn nothing_else_comes_to_mean_all_locks() {
    for body in [
        "",
        "{}",
        r#"{"locks":[]}"#,
        r#"{"locks":[""]}"#,
        r#"{"locks":"*"}"#,
        r#"{"locks":["app","*"]}"#,
        r#"{"locks":["app,other"]}"#,
        r#"{"locks":[{"name":"hunter2"}]}"#,
    ] {
        assert_eq!(
            refused(&v2([]), "POST /locks/kv/{id}/unlock", body).0,
            "locks",
            "{body}"
        );
    }
    let body = r#"{"locks":[],"x":1}"#;
    assert_eq!(refused(&v2([]), "POST /locks/kv/{id}/lock", body).0, "x");
}
