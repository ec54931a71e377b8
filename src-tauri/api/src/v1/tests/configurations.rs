//! Configurations.

use super::*;

const ROOT: &str = "private_cert_configuration_root_ca";
const LETS_ENCRYPT: &str = "public_cert_configuration_ca_lets_encrypt";

const ROOT_V2: &str = r#"{"name":"my-root","config_type":"private_cert_configuration_root_ca","secret_type":"private_cert","created_by":"local:u","created_at":"c","updated_at":"u","common_name":"Root","alt_names":["a.example","b.example"],"status":"configured","expiration_date":"e","key_type":"rsa","key_bits":2048,"max_ttl_seconds":3600,"crl_expiry_seconds":259200,"crl_disable":false,"max_path_length":-1,"data":{"certificate":"c"},"revoke_hindrance":"x"}"#;
const ROOT_V1: &str = r#"{"name":"my-root","type":"root_certificate_authority","config":{"common_name":"Root","alt_names":"a.example,b.example","status":"configured","expiration_date":"e","key_type":"rsa","key_bits":2048,"max_ttl":3600,"crl_expiry":259200,"crl_disable":false,"max_path_length":-1,"data":{"certificate":"c"}}}"#;

fn public_list() -> String {
    format!(
        r#"{{"configurations":[{{"name":"le","config_type":"{LETS_ENCRYPT}","lets_encrypt_environment":"production"}},{{"name":"le-stage","config_type":"{LETS_ENCRYPT}","lets_encrypt_environment":"staging"}},{{"name":"own","config_type":"public_cert_configuration_ca_acme","directory_url":"d"}},{{"name":"ns","config_type":"public_cert_configuration_dns_rfc2136","server":"s"}}],"total_count":4}}"#
    )
}

const LIST_PUBLIC: &str = "GET /configurations?limit=1000&secret_types=public_cert";
const LIST_PRIVATE: &str = "GET /configurations?limit=1000&secret_types=private_cert";

#[test]
fn an_authority_is_created_and_read() {
    let asked = r#"{"config_type":"private_cert_configuration_root_ca","name":"my-root","common_name":"Root","max_ttl":"1h","ttl":"3600","alt_names":["a.example","b.example"]}"#;
    let fake = v2([("POST /configurations", asked, 201, ROOT_V2)]);
    let body = r#"{"name":"my-root","type":"root_certificate_authority","config":{"common_name":"Root","max_ttl":"1h","ttl":3600,"alt_names":"a.example,b.example"}}"#;
    let line = "POST /config/private_cert/root_certificate_authorities";
    let (status, answer) = ask(&fake, line, body);
    assert_eq!(
        answer["metadata"],
        json(
            r#"{"collection_type":"application/vnd.ibm.secrets-manager.config+json","collection_total":1}"#
        )
    );
    assert_eq!(resource((status, answer), 201), json(ROOT_V1));

    let asked = format!("GET /configurations/my-root [{ROOT}]");
    let fake = v2([(&asked, "", 200, ROOT_V2)]);
    let line = "GET /config/private_cert/root_certificate_authorities/my-root";
    assert_eq!(resource(ask(&fake, line, ""), 200), json(ROOT_V1));
}

#[test]
fn types_of_v1_name_the_environment_of_lets_encrypt() {
    for (word, environment) in [
        ("letsencrypt", "production"),
        ("letsencrypt-stage", "staging"),
    ] {
        let asked = match environment {
            "production" => {
                r#"{"config_type":"public_cert_configuration_ca_lets_encrypt","name":"le","lets_encrypt_environment":"production","lets_encrypt_private_key":"k"}"#
            }
            _ => {
                r#"{"config_type":"public_cert_configuration_ca_lets_encrypt","name":"le","lets_encrypt_environment":"staging","lets_encrypt_private_key":"k"}"#
            }
        };
        let made = format!(
            r#"{{"name":"le","config_type":"{LETS_ENCRYPT}","lets_encrypt_environment":"{environment}","lets_encrypt_private_key":"","contact":[]}}"#
        );
        let fake = v2([("POST /configurations", asked, 201, &made)]);
        let line = "POST /config/public_cert/certificate_authorities";
        let body = format!(r#"{{"name":"le","type":"{word}","config":{{"private_key":"k"}}}}"#);
        let expected = format!(r#"{{"name":"le","type":"{word}","config":{{"private_key":""}}}}"#);
        assert_eq!(resource(ask(&fake, line, &body), 201), json(&expected));
    }
}

#[test]
fn providers_of_a_cloud_are_refused_by_v2() {
    let refusal = r#"{"errors":[{"code":"not_supported","message":"…"}]}"#;
    let asked = r#"{"config_type":"public_cert_configuration_dns_cloud_internet_services","name":"cis","cloud_internet_services_crn":"crn:x","cloud_internet_services_apikey":"k"}"#;
    let fake = v2([("POST /configurations", asked, 400, refusal)]);
    let body = r#"{"name":"cis","type":"cis","config":{"cis_crn":"crn:x","cis_apikey":"k"}}"#;
    let line = "POST /config/public_cert/dns_providers";
    assert_eq!(ask(&fake, line, body), (400, json(refusal)));

    let asked =
        r#"{"config_type":"iam_credentials_configuration","name":"iam_credentials","api_key":"k"}"#;
    let fake = v2([("POST /configurations", asked, 400, refusal)]);
    let line = "PUT /config/iam_credentials";
    assert_eq!(ask(&fake, line, r#"{"api_key":"k"}"#), (400, json(refusal)));
    let fake = v2([("POST /configurations", asked, 201, "{}")]);
    assert_eq!(ask(&fake, line, r#"{"api_key":"k"}"#), (204, Value::Null));
    let listed =
        r#"{"configurations":[{"name":"engine","config_type":"iam_credentials_configuration"}]}"#;
    let fake = v2([
        ("POST /configurations", asked, 409, refusal),
        (
            "GET /configurations?limit=1000&secret_types=iam_credentials",
            "",
            200,
            listed,
        ),
        (
            "PATCH /configurations/engine [iam_credentials_configuration]",
            r#"{"api_key":"k"}"#,
            200,
            "{}",
        ),
    ]);
    assert_eq!(ask(&fake, line, r#"{"api_key":"k"}"#), (204, Value::Null));
    assert_eq!(
        refused(&v2([]), "PUT /config/public_cert", "{}").0,
        "secret_type"
    );
}

#[test]
fn elements_are_refused_at_the_field_at_fault() {
    for (body, field) in [
        ("", "name"),
        (r#"{"name":"r"}"#, "type"),
        (r#"{"name":"r","type":"hunter2","config":{}}"#, "type"),
        (r#"{"name":"r","type":"letsencrypt","config":{}}"#, "type"),
        (
            r#"{"name":"r","type":"root_certificate_authority"}"#,
            "config",
        ),
        (
            r#"{"name":"r","type":"root_certificate_authority","config":[]}"#,
            "config",
        ),
        (
            r#"{"name":"r","type":"root_certificate_authority","config":{}}"#,
            "max_ttl",
        ),
        (
            r#"{"name":"r","type":"root_certificate_authority","config":{"max_ttl":"1h","common_name":"c","issuer":"hunter2"}}"#,
            "issuer",
        ),
        (
            r#"{"name":"r","type":"root_certificate_authority","config":{},"x":1}"#,
            "x",
        ),
    ] {
        let line = "POST /config/private_cert/root_certificate_authorities";
        assert_eq!(refused(&v2([]), line, body).0, field, "{body}");
    }
}

#[test]
fn elements_are_listed_by_their_kind() {
    let fake = v2([(LIST_PUBLIC, "", 200, &public_list())]);
    let list = resource(
        ask(&fake, "GET /config/public_cert/certificate_authorities", ""),
        200,
    );
    let authorities = r#"[{"name":"le","type":"letsencrypt"},{"name":"le-stage","type":"letsencrypt-stage"},{"name":"own","type":"acme"}]"#;
    assert_eq!(
        list,
        json(&format!(r#"{{"certificate_authorities":{authorities}}}"#))
    );

    let fake = v2([(LIST_PUBLIC, "", 200, &public_list())]);
    let engine = resource(ask(&fake, "GET /config/public_cert", ""), 200);
    let expected = format!(
        r#"{{"certificate_authorities":{authorities},"dns_providers":[{{"name":"ns","type":"rfc2136"}}]}}"#
    );
    assert_eq!(engine, json(&expected));

    let private = format!(r#"{{"configurations":[{ROOT_V2}],"total_count":1}}"#);
    let fake = v2([(LIST_PRIVATE, "", 200, &private)]);
    let list = resource(
        ask(
            &fake,
            "GET /config/private_cert/root_certificate_authorities",
            "",
        ),
        200,
    );
    assert_eq!(
        list,
        json(&format!(
            r#"{{"root_certificate_authorities":[{ROOT_V1}]}}"#
        ))
    );

    let fake = v2([(LIST_PRIVATE, "", 200, &private)]);
    let engine = resource(ask(&fake, "GET /config/private_cert", ""), 200);
    assert_eq!(
        engine,
        json(
            r#"{"root_certificate_authorities":[{"name":"my-root","type":"root_certificate_authority"}],"intermediate_certificate_authorities":[],"certificate_templates":[]}"#
        )
    );
}

#[test]
fn an_element_of_several_types_is_found_by_its_name() {
    let asked = "DELETE /configurations/own [public_cert_configuration_ca_acme]";
    let fake = v2([(LIST_PUBLIC, "", 200, &public_list()), (asked, "", 204, "")]);
    let line = "DELETE /config/public_cert/certificate_authorities/own";
    assert_eq!(ask(&fake, line, ""), (204, Value::Null));
    let fake = v2([(LIST_PUBLIC, "", 200, &public_list())]);
    let line = "GET /config/public_cert/certificate_authorities/ns";
    let problem = ask_raw(&fake, line, "").err().unwrap();
    assert_eq!(problem, Problem::not_found("configuration"));
}

#[test]
fn an_authority_is_replaced_as_far_as_it_can_be_changed() {
    let get = format!("GET /configurations/my-root [{ROOT}]");
    let patch = format!("PATCH /configurations/my-root [{ROOT}]");
    let line = "PUT /config/private_cert/root_certificate_authorities/my-root";
    let asked = r#"{"max_ttl":"3600","crl_expiry":"259200","crl_disable":false,"crl_distribution_points_encoded":false,"issuing_certificates_urls_encoded":false}"#;
    let fake = v2([(&get, "", 200, ROOT_V2), (&patch, asked, 200, ROOT_V2)]);
    let read = json(ROOT_V1);
    let put =
        |config: &Value| format!(r#"{{"type":"root_certificate_authority","config":{config}}}"#);
    assert_eq!(resource(ask(&fake, line, &put(&read["config"])), 200), read);

    let asked = r#"{"max_ttl":"2h","crl_expiry":"72h","crl_disable":true,"crl_distribution_points_encoded":false,"issuing_certificates_urls_encoded":false}"#;
    let fake = v2([(&get, "", 200, ROOT_V2), (&patch, asked, 200, ROOT_V2)]);
    let body = put(&json(
        r#"{"max_ttl":"2h","crl_disable":true,"common_name":"Root"}"#,
    ));
    assert_eq!(ask(&fake, line, &body).0, 200);

    let fake = v2([(&get, "", 200, ROOT_V2)]);
    let body = put(&json(r#"{"max_ttl":"2h","common_name":"Other"}"#));
    assert_eq!(refused(&fake, line, &body).0, "common_name");
}

#[test]
fn a_template_gets_its_usual_rules_back_where_nothing_is_said() {
    let template = r#"{"name":"web","config_type":"private_cert_configuration_template","certificate_authority":"ca","allowed_domains":["a.example"],"max_ttl_seconds":0,"ttl_seconds":0,"not_before_duration_seconds":30}"#;
    let line = "PUT /config/private_cert/certificate_templates/web";
    let body = r#"{"type":"certificate_template","config":{"certificate_authority":"ca","allowed_domains":["b.example"],"max_ttl":0,"not_before_duration":30}}"#;
    let fake = v2([
        (
            "GET /configurations/web [private_cert_configuration_template]",
            "",
            200,
            template,
        ),
        (
            "PATCH /configurations/web [private_cert_configuration_template]",
            r#"{"allowed_domains":["b.example"],"max_ttl":null,"not_before_duration":"30","ttl":null,"allowed_secret_groups":null,"allow_localhost":null,"allowed_domains_template":null,"allow_bare_domains":null,"allow_subdomains":null,"allow_glob_domains":null,"allow_any_name":null,"enforce_hostnames":null,"allow_ip_sans":null,"allowed_uri_sans":null,"allowed_other_sans":null,"server_flag":null,"client_flag":null,"code_signing_flag":null,"email_protection_flag":null,"key_type":null,"key_bits":null,"key_usage":null,"ext_key_usage":null,"ext_key_usage_oids":null,"use_csr_common_name":null,"use_csr_sans":null,"require_cn":null,"policy_identifiers":null,"basic_constraints_valid_for_non_ca":null,"ou":null,"organization":null,"country":null,"locality":null,"province":null,"street_address":null,"postal_code":null,"serial_number":null}"#,
            200,
            template,
        ),
    ]);
    let shown = resource(ask(&fake, line, body), 200);
    assert_eq!(
        shown["config"],
        json(
            r#"{"certificate_authority":"ca","allowed_domains":["a.example"],"max_ttl":0,"ttl":0,"not_before_duration":30}"#
        )
    );
}

#[test]
fn the_key_of_an_account_stays_where_it_was_not_told() {
    let line = "PUT /config/public_cert/certificate_authorities/le";
    let made = format!(
        r#"{{"name":"le","config_type":"{LETS_ENCRYPT}","lets_encrypt_environment":"staging","lets_encrypt_private_key":""}}"#
    );
    let patch = format!("PATCH /configurations/le [{LETS_ENCRYPT}]");
    for (key, asked) in [
        ("", r#"{"lets_encrypt_environment":"staging"}"#),
        (
            "k",
            r#"{"lets_encrypt_environment":"staging","lets_encrypt_private_key":"k"}"#,
        ),
    ] {
        let fake = v2([(&patch, asked, 200, &made)]);
        let body = format!(r#"{{"type":"letsencrypt-stage","config":{{"private_key":"{key}"}}}}"#);
        assert_eq!(
            resource(ask(&fake, line, &body), 200)["type"],
            "letsencrypt-stage"
        );
    }
}

#[test]
fn authorities_act() {
    let intermediate = "private_cert_configuration_intermediate_ca";
    for (element, kind, action, body, asked, made, config) in [
        (
            "root_certificate_authorities",
            ROOT,
            "sign_intermediate",
            r#"{"config":{"intermediate_certificate_authority":"mid","ttl":"2h","alt_names":"a.example"}}"#,
            r#"{"action_type":"private_cert_configuration_action_sign_intermediate","intermediate_certificate_authority":"mid","ttl":"2h","alt_names":["a.example"]}"#,
            r#"{"action_type":"x","intermediate_certificate_authority":"mid","ttl":"2h","alt_names":["a.example"],"data":{"certificate":"c"}}"#,
            r#"{"intermediate_certificate_authority":"mid","ttl":7200,"alt_names":"a.example","data":{"certificate":"c"}}"#,
        ),
        (
            "intermediate_certificate_authorities",
            intermediate,
            "sign_csr",
            r#"{"config":{"csr":"r"}}"#,
            r#"{"action_type":"private_cert_configuration_action_sign_csr","csr":"r"}"#,
            r#"{"action_type":"x","csr":"r","data":{"certificate":"c"}}"#,
            r#"{"csr":"r","data":{"certificate":"c"}}"#,
        ),
        (
            "intermediate_certificate_authorities",
            intermediate,
            "set_signed",
            r#"{"config":{"certificate":"c"}}"#,
            r#"{"action_type":"private_cert_configuration_action_set_signed","certificate":"c"}"#,
            r#"{"action_type":"x","certificate":"c"}"#,
            r#"{"certificate":"c"}"#,
        ),
        (
            "intermediate_certificate_authorities",
            intermediate,
            "revoke",
            r#"{"config":{"serial_number":"38:eb"}}"#,
            r#"{"action_type":"private_cert_configuration_action_revoke_ca_certificate"}"#,
            r#"{"action_type":"x","revocation_time_seconds":7}"#,
            r#"{"revocation_time":7}"#,
        ),
        (
            "root_certificate_authorities",
            ROOT,
            "rotate_crl",
            "",
            r#"{"action_type":"private_cert_configuration_action_rotate_crl"}"#,
            r#"{"action_type":"x","success":true}"#,
            "{}",
        ),
    ] {
        let line = format!("POST /configurations/my-ca/actions [{kind}]");
        let fake = v2([(&line, asked, 201, made)]);
        let line = format!("POST /config/private_cert/{element}/my-ca?action={action}");
        let answer = resource(ask(&fake, &line, body), 200);
        let word = element.replace("authorities", "authority");
        let expected = format!(r#"{{"name":"my-ca","type":"{word}","config":{config}}}"#);
        assert_eq!(answer, json(&expected), "{action}");
    }
}

#[test]
fn actions_need_what_they_are_about() {
    let line = |action: &str| {
        format!("POST /config/private_cert/root_certificate_authorities/ca?action={action}")
    };
    for (action, body, field) in [
        ("sign_csr", "", "config"),
        ("sign_csr", r#"{"config":{}}"#, "csr"),
        ("sign_csr", r#"{"csr":"hunter2"}"#, "config"),
        ("revoke", r#"{"config":{}}"#, "serial_number"),
        ("set_signed", r#"{"config":{"certificate":"c","x":1}}"#, "x"),
        ("rotate_crl", r#"{"config":{"x":1}}"#, "x"),
    ] {
        assert_eq!(
            refused(&v2([]), &line(action), body).0,
            field,
            "{action} {body}"
        );
    }
}
