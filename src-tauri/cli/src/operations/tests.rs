//! Every command, from its line to its request.

use std::collections::BTreeSet;
use std::ffi::OsString;

use keyturn_api::Code;

use super::{Request, all};
use crate::options::{Asked, parse};

const ID: &str = "0b5571f7-21e6-42b7-91c5-3f5ac9793a46";

fn words(line: &str) -> Vec<OsString> {
    // words in single quotes belong together, as in a shell
    let mut words = vec![OsString::from("keyturn")];
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            words.push(part.into());
        } else {
            words.extend(part.split_whitespace().map(OsString::from));
        }
    }
    words
}

fn request(line: &str) -> keyturn_api::Result<Request> {
    match parse(words(line)) {
        Ok(Asked::Operation { request, .. }) => request,
        Ok(Asked::Own { .. }) => panic!("{line}: it is one of ours"),
        Err(error) => panic!("{line}: {error}"),
    }
}

fn sent(line: &str) -> String {
    let line = line.replace("ID", ID);
    let request = request(&line).unwrap_or_else(|problem| panic!("{line}: {problem}"));
    let config_type = request
        .config_type
        .as_deref()
        .map(|kind| format!(" ({kind})"));
    let body = std::str::from_utf8(&request.body).unwrap();
    let sent = format!(
        "{} {}{} {body}",
        request.method,
        request.target(),
        config_type.unwrap_or_default()
    );
    sent.trim_end().replace(ID, "ID")
}

#[rustfmt::skip] // one command a line
const LINES: &[(&str, &str)] = &[
    ("secret-groups", "GET /api/v2/secret_groups"),
    ("secret-group --secret-group-id ID", "GET /api/v2/secret_groups/ID"),
    ("secret-group-create --name my-group --description 'a b'", r#"POST /api/v2/secret_groups {"name":"my-group","description":"a b"}"#),
    ("secret-group-update --id ID --name other", r#"PATCH /api/v2/secret_groups/ID {"name":"other"}"#),
    (r#"secret-group-update --id ID --secret-group-patch '{"name":"x"}'"#, r#"PATCH /api/v2/secret_groups/ID {"name":"x"}"#),
    ("secret-group-delete --id ID", "DELETE /api/v2/secret_groups/ID"),
    ("secrets", "GET /api/v2/secrets"),
    ("secrets --offset 0 --limit 10 --sort -created_at --search a&b --groups default,ID --secret-types arbitrary,kv --match-all-labels dev --match-all-labels 'us south'",
     "GET /api/v2/secrets?offset=0&limit=10&search=a%26b&sort=-created_at&groups=default,ID&secret_types=arbitrary,kv&match_all_labels=dev,us%20south"),
    ("secret --id ID", "GET /api/v2/secrets/ID"),
    ("secret --id a/../b?c", "GET /api/v2/secrets/a%2F..%2Fb%3Fc"),
    ("secret-by-name --secret-type arbitrary --name my-secret --secret-group-name default", "GET /api/v2/secret_groups/default/secret_types/arbitrary/secrets/my-secret"),
    ("secret-create --secret-name=example --secret-type=arbitrary --arbitrary-payload=data", r#"POST /api/v2/secrets {"secret_type":"arbitrary","name":"example","payload":"data"}"#),
    ("secret-create --secret-name e --secret-type iam_credentials --iam-credentials-reuse-apikey true --secret-ttl 30m --secret-labels a,b",
     r#"POST /api/v2/secrets {"secret_type":"iam_credentials","name":"e","labels":["a","b"],"ttl":"30m","reuse_api_key":true}"#),
    (r#"secret-create --secret-type kv --secret-name k --kv-data '{"a": 1}' --public-cert-bundle-ca"#, r#"POST /api/v2/secrets {"secret_type":"kv","name":"k","data":{"a": 1},"bundle_certs":true}"#),
    (r#"secret-create --secret-prototype '{"name":"e"}'"#, r#"POST /api/v2/secrets {"name":"e"}"#),
    (r#"secret-create --body '{"name":"e"}'"#, r#"POST /api/v2/secrets {"name":"e"}"#),
    ("secret-delete --id ID", "DELETE /api/v2/secrets/ID"),
    ("secret-delete --id ID --force-delete", "DELETE /api/v2/secrets/ID?force_delete=true"),
    ("secret-metadata --id ID", "GET /api/v2/secrets/ID/metadata"),
    (r#"secret-metadata-update --id ID --name n --labels dev,us --custom-metadata '{"anyKey": "anyValue"}' --expiration-date 2033-04-12T23:20:50.520Z"#,
     r#"PATCH /api/v2/secrets/ID/metadata {"name":"n","labels":["dev","us"],"custom_metadata":{"anyKey": "anyValue"},"expiration_date":"2033-04-12T23:20:50.520Z"}"#),
    (r#"secret-metadata-update --id ID --secret-metadata-patch '{"expiration_date":null}'"#, r#"PATCH /api/v2/secrets/ID/metadata {"expiration_date":null}"#),
    ("secret-action-create --id ID --secret-action-type=public_cert_action_validate_dns_challenge", r#"POST /api/v2/secrets/ID/actions {"action_type":"public_cert_action_validate_dns_challenge"}"#),
    ("secret-version-create --secret-id ID --arbitrary-payload 'new data'", r#"POST /api/v2/secrets/ID/versions {"payload":"new data"}"#),
    ("secret-version-create --secret-id ID", "POST /api/v2/secrets/ID/versions {}"),
    (r#"secret-version-create --secret-id ID --public-cert-rotation '{"rotate_keys":true}'"#, r#"POST /api/v2/secrets/ID/versions {"rotation":{"rotate_keys":true}}"#),
    ("secret-version-create --secret-id ID --secret-version-restore-from-version previous", r#"POST /api/v2/secrets/ID/versions {"restore_from_version":"previous"}"#),
    (r#"secret-version-create --secret-id ID --secret-version-prototype '{"payload":"p"}'"#, r#"POST /api/v2/secrets/ID/versions {"payload":"p"}"#),
    ("secret-versions --secret-id ID", "GET /api/v2/secrets/ID/versions"),
    ("secret-version --secret-id ID --id current", "GET /api/v2/secrets/ID/versions/current"),
    ("secret-version-data-delete --secret-id ID --id current", "DELETE /api/v2/secrets/ID/versions/current/secret_data"),
    ("secret-version-metadata --secret-id ID --id previous", "GET /api/v2/secrets/ID/versions/previous/metadata"),
    (r#"secret-version-metadata-update --secret-id ID --id ID --version-custom-metadata '{"a":"b"}'"#, r#"PATCH /api/v2/secrets/ID/versions/ID/metadata {"version_custom_metadata":{"a":"b"}}"#),
    ("secret-version-action-create --secret-id ID --id ID --secret-version-action-type private_cert_action_revoke_certificate", r#"POST /api/v2/secrets/ID/versions/ID/actions {"action_type":"private_cert_action_revoke_certificate"}"#),
    ("secrets-locks --search example --groups default", "GET /api/v2/secrets_locks?search=example&groups=default"),
    ("secret-locks --id ID --sort name", "GET /api/v2/secrets/ID/locks?sort=name"),
    (r#"secret-locks-bulk-create --id ID --locks '[{"name":"l"}]' --mode remove_previous"#, r#"POST /api/v2/secrets/ID/locks_bulk?mode=remove_previous {"locks":[{"name":"l"}]}"#),
    ("secret-locks-bulk-delete --id ID --name a,b", "DELETE /api/v2/secrets/ID/locks_bulk?name=a,b"),
    ("secret-locks-bulk-delete --id ID", "DELETE /api/v2/secrets/ID/locks_bulk"),
    ("secret-version-locks --secret-id ID --id current --limit 5", "GET /api/v2/secrets/ID/versions/current/locks?limit=5"),
    ("secret-version-locks-bulk-create --secret-id ID --id current --locks '[]'", r#"POST /api/v2/secrets/ID/versions/current/locks_bulk {"locks":[]}"#),
    ("secret-version-locks-bulk-delete --secret-id ID --id current --name a", "DELETE /api/v2/secrets/ID/versions/current/locks_bulk?name=a"),
    ("configurations --sort config_type --secret-types private_cert", "GET /api/v2/configurations?sort=config_type&secret_types=private_cert"),
    ("configuration --name my-ca", "GET /api/v2/configurations/my-ca"),
    ("configuration --name my-ca --config-type private_cert_configuration_root_ca", "GET /api/v2/configurations/my-ca (private_cert_configuration_root_ca)"),
    ("configuration-create --config-type=private_cert_configuration_root_ca --name=ca --certificate-common-name=example.com --private-cert-max-ttl=7365 --private-cert-max-path-length -1 --private-cert-crl-disabled=false --private-cert-subject-country DE,FR",
     r#"POST /api/v2/configurations {"config_type":"private_cert_configuration_root_ca","name":"ca","common_name":"example.com","max_path_length":-1,"max_ttl":"7365","crl_disable":false,"country":["DE","FR"]}"#),
    ("configuration-create --config-type private_cert_configuration_template --name t --private-cert-ca-name ca --private-cert-allow-any-name --private-cert-use-csr-sans=true",
     r#"POST /api/v2/configurations {"config_type":"private_cert_configuration_template","name":"t","certificate_authority":"ca","allow_any_name":true,"use_csr_sans":true}"#),
    (r#"configuration-create --configuration-prototype '{"name":"x"}'"#, r#"POST /api/v2/configurations {"name":"x"}"#),
    ("configuration-update --name ca --private-cert-max-ttl 1h --config-type private_cert_configuration_root_ca", r#"PATCH /api/v2/configurations/ca (private_cert_configuration_root_ca) {"max_ttl":"1h"}"#),
    ("configuration-update --name le --public-cert-lets-encrypt-environment staging", r#"PATCH /api/v2/configurations/le {"lets_encrypt_environment":"staging"}"#),
    ("configuration-delete --name ca", "DELETE /api/v2/configurations/ca"),
    ("configuration-action-create --name ca --config-action-action-type private_cert_configuration_action_rotate_crl", r#"POST /api/v2/configurations/ca/actions {"action_type":"private_cert_configuration_action_rotate_crl"}"#),
    ("notifications-registration-create --event-notifications-instance-crn crn:v1 --event-notifications-source-name s", r#"POST /api/v2/notifications/registration {"event_notifications_instance_crn":"crn:v1","event_notifications_source_name":"s"}"#),
    ("notifications-registration", "GET /api/v2/notifications/registration"),
    ("notifications-registration-delete", "DELETE /api/v2/notifications/registration"),
    ("notifications-registration-test", "GET /api/v2/notifications/registration/test"),
    ("secret-tasks --secret-id ID", "GET /api/v2/secrets/ID/tasks"),
    ("secret-tasks --id ID", "GET /api/v2/secrets/ID/tasks"),
    ("secret-task --secret-id ID --id sm-task-ID", "GET /api/v2/secrets/ID/tasks/sm-task-ID"),
    ("secret-task-replace --secret-id ID --id sm-task-ID --secret-task-status credentials_deleted", r#"PUT /api/v2/secrets/ID/tasks/sm-task-ID {"status":"credentials_deleted"}"#),
    ("secret-task-delete --secret-id ID --id sm-task-ID", "DELETE /api/v2/secrets/ID/tasks/sm-task-ID"),
    (r#"secret-update --action rotate --id ID --secret-type arbitrary --body '{"payload": "new-secret-data"}' --output json --service-url https://i.us-south.secrets-manager.appdomain.cloud"#,
     r#"POST /api/v1/secrets/arbitrary/ID?action=rotate {"payload": "new-secret-data"}"#),
    (r#"secrets-manager secret-update --action rotate --id ID --secret-type username_password --body '{"password": ""}'"#, r#"POST /api/v1/secrets/username_password/ID?action=rotate {"password": ""}"#),
    ("sm secret-update --secret-type=private_cert --id=ID --action=revoke", "POST /api/v1/secrets/private_cert/ID?action=revoke"),
];

#[test]
fn every_command_becomes_its_request() {
    for (line, expected) in LINES {
        assert_eq!(sent(line), *expected, "{line}");
    }
    let first = |line: &str| {
        let mut words = line.split_whitespace();
        let word = words.next().unwrap_or_default().to_owned();
        if matches!(word.as_str(), "sm" | "secrets-manager") {
            return words.next().unwrap_or_default().to_owned();
        }
        word
    };
    let tried: BTreeSet<_> = LINES.iter().map(|(line, _)| first(line)).collect();
    let known: BTreeSet<_> = all().map(|operation| operation.name.to_owned()).collect();
    assert_eq!(tried, known, "each command has a line above");
}

#[test]
fn values_come_from_files_and_keep_their_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("value");
    std::fs::write(&file, "two\n\"lines\"\n").unwrap();
    let file = file.display();
    for (option, expected) in [
        ("arbitrary-payload", r#"{"payload":"two\n\"lines\"\n"}"#),
        (
            "username-password-password",
            r#"{"password":"two\n\"lines\""}"#,
        ),
    ] {
        let line = format!("secret-version-create --secret-id {ID} --{option} @{file}");
        let request = request(&line).unwrap();
        assert_eq!(std::str::from_utf8(&request.body).unwrap(), expected);
    }
    let line = format!("secret-version-create --secret-id {ID} --kv-data @{file}");
    let problem = request(&line).err().unwrap();
    assert_eq!(problem.target.unwrap().name, "kv-data");
    let line =
        format!("secret-version-create --secret-id {ID} --arbitrary-payload '-----BEGIN X-----'");
    assert!(sent(&line).ends_with(r#"{"payload":"-----BEGIN X-----"}"#));
}

#[test]
fn pages_follow_one_another() {
    let first = request("secrets --limit 2 --offset 4 --search ab --all-pages").unwrap();
    assert!(first.all_pages);
    assert_eq!(first.target(), "/api/v2/secrets?offset=4&limit=2&search=ab");
    assert_eq!(
        first.target_from(6),
        "/api/v2/secrets?limit=2&search=ab&offset=6"
    );
}

#[test]
fn what_cannot_be_an_address_is_refused() {
    for id in [".", "..", ""] {
        let line = format!("secret --id '{id}'");
        assert_eq!(request(&line).err().unwrap().code, Code::BadRequest, "{id}");
    }
}
