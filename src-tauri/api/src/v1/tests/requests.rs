//! Paths, queries and bodies, whatever the operation.

use super::*;
use crate::{
    Action, Code, Role,
    v1::{OPERATIONS, methods, operation},
};

#[test]
fn there_are_39_operations_each_once() {
    let mut seen = std::collections::HashSet::new();
    for operation in &OPERATIONS {
        assert!(seen.insert(operation.id), "{}", operation.id);
        assert!(seen.insert(Box::leak(
            format!("{:?} {}", operation.method, operation.path).into_boxed_str()
        )));
    }
    assert_eq!(OPERATIONS.len(), 39);
}

#[test]
fn paths_are_told_apart() {
    for (method, path, id) in [
        (Method::Get, "/secrets", "list_all_secrets"),
        (Method::Get, "/secrets/kv", "list_secrets"),
        (Method::Get, "/secrets/kv/x", "get_secret"),
        (Method::Post, "/secrets/kv/x", "update_secret"),
        (
            Method::Put,
            "/secrets/kv/x/metadata",
            "update_secret_metadata",
        ),
        (Method::Get, "/secrets/kv/x/policies", "get_policy"),
        (
            Method::Get,
            "/secrets/kv/x/versions/y",
            "get_secret_version",
        ),
        (Method::Post, "/locks/kv/x/lock", "lock_secret"),
        (
            Method::Post,
            "/locks/kv/x/versions/y/unlock",
            "unlock_secret_version",
        ),
        (Method::Get, "/config/public_cert", "get_config"),
        (Method::Get, "/config/a/b/c", "get_config_element"),
    ] {
        assert_eq!(
            operation(method, path).map(|found| found.id),
            Some(id),
            "{path}"
        );
    }
    for path in [
        "",
        "/",
        "/secret",
        "/secrets/",
        "/secrets/kv/",
        "/secrets/kv/x/y",
        "secrets",
        "/secrets/%zz",
        "/secrets/%ff",
        "/locks/kv",
        "/notifications",
    ] {
        assert!(operation(Method::Get, path).is_none(), "{path}");
    }
    assert_eq!(methods("/secret_groups"), [Method::Post, Method::Get]);
    assert_eq!(methods("/nothing"), []);
}

#[test]
fn policies_and_configurations_are_for_managers() {
    for operation in OPERATIONS.iter().filter(|operation| {
        operation.path.ends_with("/policies") || operation.path.starts_with("/config")
    }) {
        assert_eq!(
            operation.action.roles(),
            [Role::Manager],
            "{}",
            operation.id
        );
    }
    let rotate = operation(Method::Post, "/secrets/kv/x").unwrap();
    assert_eq!(rotate.action, Action::SecretVersionCreate);
}

#[test]
fn types_and_ids_that_are_none_read_as_unknown_and_reach_no_path_of_v2() {
    for line in [
        "GET /secrets/service_credentials/{id}",
        "GET /secrets/unknown",
        "GET /secrets/kv/..",
        "GET /secrets/kv/a%2Fb",
        "GET /secrets/kv/{id}/versions/current",
        "GET /secret_groups/..",
        "GET /config/private_cert/certificate_authorities",
        "GET /config/kv",
        "GET /config/private_cert/certificate_templates/..",
        "POST /config/private_cert/certificate_templates/web?action=rotate_crl",
    ] {
        let script: &[Exchange] = match line {
            "GET /config/kv" => &[(
                "GET /configurations?limit=1000&secret_types=kv".into(),
                "",
                200,
                r#"{"configurations":[],"total_count":0}"#.into(),
            )],
            _ => &[],
        };
        let fake = Fake(Mutex::new(script.to_vec().into()));
        let problem = ask_raw(&fake, line, "").err().unwrap();
        assert_eq!(problem.code, Code::NotFound, "{line}");
    }
}

#[test]
fn another_type_than_that_of_the_secret_reads_as_unknown_before_its_value_is_read() {
    for line in [
        "GET /secrets/arbitrary/{id}",
        "DELETE /secrets/arbitrary/{id}",
        "POST /secrets/arbitrary/{id}?action=rotate",
        "GET /secrets/arbitrary/{id}/versions/previous",
        "POST /locks/arbitrary/{id}/unlock",
    ] {
        let fake = v2([(
            "GET /secrets/{id}/metadata",
            "",
            200,
            r#"{"secret_type":"kv"}"#,
        )]);
        let body = match line {
            _ if line.contains("rotate") => r#"{"payload":"x"}"#,
            _ if line.contains("unlock") => r#"{"locks":["*"]}"#,
            _ => "",
        };
        let problem = ask_raw(&fake, line, body).err().unwrap();
        assert_eq!(problem, Problem::not_found("secret"), "{line}");
    }
}

#[test]
fn refusals_of_v2_come_through_as_they_are() {
    let locked = r#"{"errors":[{"code":"locked","message":"…"}],"trace":"t","status_code":412}"#;
    let fake = v2([
        (
            "GET /secrets/{id}/metadata",
            "",
            200,
            r#"{"secret_type":"kv"}"#,
        ),
        ("DELETE /secrets/{id}", "", 412, locked),
    ]);
    let answer = ask_raw(&fake, "DELETE /secrets/kv/{id}", "").unwrap();
    assert_eq!((answer.status, &**answer.body), (412, locked.as_bytes()));
}

#[test]
fn what_v2_cannot_have_said_is_a_fault_of_the_instance() {
    for answer in [
        "",
        "[]",
        "{}",
        r#"{"secrets":[1],"total_count":1}"#,
        r#"{"secrets":[]}"#,
    ] {
        let fake = v2([("GET /secrets", "", 200, answer)]);
        let problem = ask_raw(&fake, "GET /secrets", "").err().unwrap();
        assert_eq!(problem.code, Code::Io, "{answer}");
    }
}

#[test]
fn bodies_are_refused_at_the_field_at_fault() {
    for (body, field) in [
        ("", "resources"),
        ("{}", "resources"),
        (r#"{"resources":"hunter2"}"#, "resources"),
        (r#"{"resources":[]}"#, "resources"),
        (r#"{"resources":[{},{}]}"#, "resources"),
        (r#"{"resources":["hunter2"]}"#, "resources"),
        (
            r#"{"resources":[{"name":"a","payload":"b"}],"metadata":"hunter2"}"#,
            "metadata",
        ),
        (
            r#"{"resources":[{"name":"a","payload":"b"}],"metadata":{"x":1}}"#,
            "x",
        ),
        (r#"{"resources":[{"payload":"hunter2"}]}"#, "name"),
        (r#"{"resources":[{"name":"hunter2"}]}"#, "payload"),
        (r#"{"resources":[{"name":"a","payload":null}]}"#, "payload"),
        (
            r#"{"resources":[{"name":"a","payload":"b","usrname":"hunter2"}]}"#,
            "usrname",
        ),
        (
            r#"{"resources":[{"name":"a","payload":"b","usrname":null}]}"#,
            "usrname",
        ),
        (
            r#"{"resources":[{"name":"a","payload":"b","hunter2!":1}]}"#,
            "",
        ),
        (
            r#"{"resources":[{"name":"a","name":"hunter2","payload":"b"}]}"#,
            "",
        ),
        (r#"{"payload":"hunter2"}"#, "resources"),
        ("[1]", ""),
        (r#"{"resources":"#, ""),
        ("hunter2", ""),
    ] {
        let (target, message) = refused(&v2([]), "POST /secrets/arbitrary", body);
        assert_eq!(target, field, "{body}: {message}");
    }
}

#[test]
fn parameters_are_refused_by_name() {
    for (line, name) in [
        ("GET /secrets?sort_by=size", "sort_by"),
        ("GET /secrets?limit=1&limit=2", "query"),
        ("GET /secrets?hunter2=1", "query"),
        ("GET /secrets?search=%ff", "query"),
        ("POST /secrets/kv/{id}", "action"),
        ("POST /secrets/kv/{id}?action=hunter2", "action"),
        (
            "POST /secrets/private_cert/{id}/versions/{current}?action=rotate",
            "action",
        ),
        ("POST /locks/kv/{id}/lock?mode=hunter2", "mode"),
        (
            "GET /secrets/username_password/{id}/policies?policy=hunter2",
            "policy",
        ),
        ("GET /secrets/kv/{id}/policies", "secret_type"),
        (
            "POST /config/private_cert/root_certificate_authorities/ca?action=x",
            "action",
        ),
    ] {
        assert_eq!(refused(&v2([]), line, "").0, name, "{line}");
    }
    let many = (0..10_000).map(|number| format!("{number}=&"));
    let line = format!("GET /secrets?{}", many.collect::<String>());
    assert_eq!(refused(&v2([]), &line, "").0, "query");
}

#[test]
fn notifications_ask_v2() {
    let gone = r#"{"errors":[{"code":"not_supported","message":"…"}],"status_code":400}"#;
    for (line, body, asked) in [
        (
            "POST /notifications/registration",
            r#"{"event_notifications_instance_crn":"c","event_notifications_source_name":"n"}"#,
            "POST /notifications/registration",
        ),
        (
            "GET /notifications/registration",
            "",
            "GET /notifications/registration",
        ),
        (
            "DELETE /notifications/registration",
            "",
            "DELETE /notifications/registration",
        ),
        (
            "GET /notifications/test",
            "",
            "GET /notifications/registration/test",
        ),
    ] {
        let fake = Fake(Mutex::new([(asked.into(), body, 400, gone.into())].into()));
        assert_eq!(ask(&fake, line, body).0, 400, "{line}");
    }
    let fake = v2([(
        "GET /notifications/registration",
        "",
        200,
        r#"{"event_notifications_instance_crn":"c"}"#,
    )]);
    let registration = resource(ask(&fake, "GET /notifications/registration", ""), 200);
    assert_eq!(
        registration,
        json(r#"{"event_notifications_instance_crn":"c"}"#)
    );
}

/// Answers everything with the same.
struct Always(u16, &'static str);

#[async_trait]
impl V2 for Always {
    async fn call(&self, _: Ask) -> Answer {
        Answer {
            status: self.0,
            body: Zeroizing::new(self.1.as_bytes().to_vec()),
        }
    }
}

#[test]
fn no_operation_falls_over_whatever_comes_and_none_repeats_it() {
    let bodies = [
        "",
        "null",
        "[]",
        "\"hunter2\"",
        r#"{"resources":null}"#,
        r#"{"resources":[null]}"#,
        r#"{"resources":[{"hunter2":"hunter2"}],"metadata":{}}"#,
        r#"{"resources":[{"name":["hunter2"],"payload":"hunter2","type":{"hunter2":1}}]}"#,
        r#"{"locks":{"hunter2":"*"}}"#,
        r#"{"type":["hunter2"],"name":"a","config":{"hunter2":1}}"#,
        r#"{"config":{"config":"hunter2"}}"#,
        r#"{"payload":{"hunter2":1},"password":1,"rotate_keys":"hunter2"}"#,
        "{\"\u{0}\":\"\\u0000\"}",
    ];
    let answers = [
        Always(200, ""),
        Always(200, "[1]"),
        Always(
            201,
            r#"{"id":1,"secret_type":"kv","versions":[[]],"secrets":{},"locks":1}"#,
        ),
        Always(
            200,
            r#"{"secret_type":"kv","total_count":-1,"secrets":[],"configurations":[{}]}"#,
        ),
        Always(404, "{}"),
    ];
    let query = "action=rotate&mode=exclusive&policy=rotation";
    for operation in &OPERATIONS {
        for (secret_type, element) in [
            ("kv", "x"),
            ("private_cert", "root_certificate_authorities"),
            ("public_cert", "certificate_authorities"),
            ("iam_credentials", "x"),
        ] {
            let path = operation
                .path
                .replace("{secret_type}", secret_type)
                .replace("{id}", ID);
            let path = path
                .replace("{config_element}", element)
                .replace("{config_name}", "a-b");
            let path = path.replace("{version_id}", "previous");
            for v2 in &answers {
                for (body, query) in bodies.iter().flat_map(|body| [(body, ""), (body, query)]) {
                    let answer = answer(v2, operation.method, &path, query, body.as_bytes());
                    if let Err(problem) = now(answer).unwrap() {
                        let text = serde_json::to_string(&problem).unwrap();
                        let named = r#""name":"hunter2""#;
                        let told = text.replace(named, "").replace("hunter2 is not known", "");
                        assert!(!told.contains("hunter2"), "{}: {text}", operation.id);
                    }
                }
            }
        }
    }
}
