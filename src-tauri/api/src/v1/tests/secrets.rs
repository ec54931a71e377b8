//! Secrets and their metadata.

use super::*;

/// Metadata of v2 that every type has, without the braces.
fn common(secret_type: &str) -> String {
    format!(
        r#""id":"{ID}","name":"db","secret_group_id":"default","labels":["a b"],"state":1,"state_description":"active","secret_type":"{secret_type}","crn":"crn:v1:…:secret:1","created_by":"local:u","created_at":"2026-01-05T10:00:00Z","updated_at":"2026-01-06T10:00:00Z","retrieved_at":"1970-01-01T00:00:00Z","downloaded":false,"versions_total":1,"locks_total":2,"custom_metadata":{{"a":1}}"#
    )
}

/// The same as v1 has it.
fn shown(secret_type: &str) -> String {
    format!(
        r#""id":"{ID}","name":"db","secret_group_id":"default","labels":["a b"],"state":1,"state_description":"Active","secret_type":"{secret_type}","crn":"crn:v1:…:secret:1","created_by":"local:u","creation_date":"2026-01-05T10:00:00Z","last_update_date":"2026-01-06T10:00:00Z","versions_total":1,"locks_total":2,"custom_metadata":{{"a":1}}"#
    )
}

fn versions() -> String {
    format!(
        r#"{{"versions":[{{"id":"{CURRENT}","alias":"current","auto_rotated":false,"created_by":"local:u","created_at":"2026-01-05T10:00:00Z","downloaded":true,"payload_available":true,"secret_id":"{ID}","secret_name":"db","secret_type":"x","secret_group_id":"default","serial_number":"38:eb","validity":{{"not_before":"b","not_after":"a"}},"expiration_date":"e"}}],"total_count":1}}"#
    )
}

fn version(extra: &str) -> String {
    format!(
        r#"[{{"id":"{CURRENT}","creation_date":"2026-01-05T10:00:00Z","created_by":"local:u","payload_available":true,"downloaded":true{extra}}}]"#
    )
}

const CERTIFICATE: &str = r#""common_name":"a.example","alt_names":["a.example"],"issuer":"CN=x","serial_number":"38:eb","validity":{"not_before":"b","not_after":"a"},"signing_algorithm":"SHA256-RSA","expiration_date":"e""#;
const CERTIFICATE_SHOWN: &str = r#""common_name":"a.example","alt_names":["a.example"],"issuer":"CN=x","serial_number":"38:eb","validity":{"not_before":"b","not_after":"a"},"algorithm":"SHA256-RSA","expiration_date":"e""#;
const ROTATED: &str = r#","auto_rotated":false"#;
const CERTIFIED: &str = r#","serial_number":"38:eb","validity":{"not_before":"b","not_after":"a"},"expiration_date":"e""#;

/// Reads a secret that v2 has so beyond what is common, and expects it so beyond that.
fn read(secret_type: &str, has: &str, version_extra: &str, expected: &str) {
    let metadata = format!("{{{}}}", common(secret_type));
    let whole = format!("{{{},{has}}}", common(secret_type));
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, &metadata),
        ("GET /secrets/{id}", "", 200, &whole),
        ("GET /secrets/{id}/versions", "", 200, &versions()),
    ]);
    let line = format!("GET /secrets/{secret_type}/{{id}}");
    let read = resource(ask(&fake, &line, ""), 200);
    let versions = version(version_extra);
    let expected = format!(
        r#"{{{},{expected},"versions":{versions}}}"#,
        shown(secret_type)
    );
    assert_eq!(read, json(&expected), "{secret_type}");
}

#[test]
fn a_secret_of_each_type_is_read_with_value_and_versions() {
    read(
        "arbitrary",
        r#""expiration_date":"e","payload":"p""#,
        "",
        r#""expiration_date":"e","secret_data":{"payload":"p"}"#,
    );
    read(
        "kv",
        r#""data":{"k":[1]}"#,
        "",
        r#""secret_data":{"payload":{"k":[1]}}"#,
    );
    read(
        "username_password",
        r#""rotation":{"auto_rotate":true,"interval":1,"unit":"day"},"next_rotation_date":"n","password_generation_policy":{"length":32},"username":"u","password":"p""#,
        ROTATED,
        r#""next_rotation_date":"n","secret_data":{"username":"u","password":"p"}"#,
    );
    read(
        "imported_cert",
        &format!(
            r#"{CERTIFICATE},"key_algorithm":"ECDSA256","intermediate_included":false,"private_key_included":true,"certificate":"c","private_key":"k""#
        ),
        CERTIFIED,
        &format!(
            r#"{CERTIFICATE_SHOWN},"key_algorithm":"EC256","intermediate_included":false,"private_key_included":true,"secret_data":{{"certificate":"c","private_key":"k"}}"#
        ),
    );
    read(
        "public_cert",
        &format!(
            r#"{CERTIFICATE},"key_algorithm":"ECDSA384","ca":"le","dns":"manual","bundle_certs":true,"rotation":{{"auto_rotate":false,"rotate_keys":false}},"issuance_info":{{"auto_rotated":false,"ordered_on":"o","state":0,"state_description":"pre_activation","challenges":[{{"domain":"a.example"}}]}},"certificate":"c","intermediate":"i","private_key":"k""#
        ),
        &format!("{ROTATED}{CERTIFIED}"),
        &format!(
            r#"{CERTIFICATE_SHOWN},"key_algorithm":"EC384","ca":"le","dns":"manual","bundle_certs":true,"rotation":{{"auto_rotate":false,"rotate_keys":false}},"issuance_info":{{"auto_rotated":false,"ordered_on":"o","state":0,"state_description":"Pre-activation","challenges":[{{"domain":"a.example"}}],"bundle_certs":true,"ca":"le","dns":"manual"}},"private_key_included":true,"intermediate_included":true,"secret_data":{{"certificate":"c","intermediate":"i","private_key":"k"}}"#
        ),
    );
    read(
        "private_cert",
        r#""certificate_template":"t","certificate_authority":"ca","common_name":"a.example","alt_names":["a.example"],"issuer":"CN=x","serial_number":"38:eb","validity":{"not_before":"b","not_after":"a"},"signing_algorithm":"SHA256-RSA","key_algorithm":"RSA2048","expiration_date":"e","rotation":{"auto_rotate":false},"csr_given":false,"revocation_time_seconds":5,"revocation_time_rfc3339":"r","certificate":"c","private_key":"k","issuing_ca":"i","ca_chain":["i"]"#,
        &format!(
            r#"{ROTATED}{CERTIFIED},"state":1,"state_description":"Active","revocation_time":5,"revocation_time_rfc3339":"r""#
        ),
        r#""certificate_template":"t","certificate_authority":"ca","common_name":"a.example","alt_names":["a.example"],"issuer":"CN=x","serial_number":"38:eb","validity":{"not_before":"b","not_after":"a"},"algorithm":"SHA256-RSA","key_algorithm":"RSA2048","rotation":{"auto_rotate":false},"revocation_time":5,"revocation_time_rfc3339":"r","secret_data":{"certificate":"c","private_key":"k","issuing_ca":"i","ca_chain":["i"]}"#,
    );
}

#[test]
fn without_a_value_there_is_no_secret_data() {
    let metadata = format!("{{{}}}", common("kv"));
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, &metadata),
        ("GET /secrets/{id}", "", 200, &metadata),
        (
            "GET /secrets/{id}/versions",
            "",
            200,
            r#"{"versions":[],"total_count":0}"#,
        ),
    ]);
    let secret = resource(ask(&fake, "GET /secrets/kv/{id}", ""), 200);
    assert!(secret.get("secret_data").is_none());
    assert_eq!(secret["versions"], json("[]"));
}

/// Creates a secret from a resource of v1, which v2 is to be asked for so.
fn create(secret_type: &str, resource_text: &str, asked: &'static str, status: u16) {
    let made = format!("{{{}}}", common(secret_type));
    let fake = v2([
        ("POST /secrets", asked, 201, &made),
        (
            "GET /secrets/{id}/versions",
            "",
            200,
            r#"{"versions":[],"total_count":0}"#,
        ),
    ]);
    let body = format!(r#"{{"resources":[{resource_text}]}}"#);
    let line = format!("POST /secrets/{secret_type}");
    assert_eq!(resource(ask(&fake, &line, &body), status)["id"], ID);
}

#[test]
fn a_secret_of_each_type_is_created() {
    create(
        "arbitrary",
        r#"{"name":"db","description":"d","labels":["ab"],"secret_group_id":"default","payload":"p","expiration_date":"e","custom_metadata":{"a":1},"version_custom_metadata":{"b":2}}"#,
        r#"{"secret_type":"arbitrary","name":"db","description":"d","labels":["ab"],"secret_group_id":"default","payload":"p","expiration_date":"e","custom_metadata":{"a":1},"version_custom_metadata":{"b":2}}"#,
        200,
    );
    create(
        "kv",
        r#"{"name":"db","payload":{"k":1}}"#,
        r#"{"secret_type":"kv","name":"db","data":{"k":1}}"#,
        200,
    );
    create(
        "username_password",
        r#"{"name":"db","username":"u","password":"secret"}"#,
        r#"{"secret_type":"username_password","name":"db","username":"u","password":"secret"}"#,
        200,
    );
    create(
        "username_password",
        r#"{"name":"db","username":"u","password":""}"#,
        r#"{"secret_type":"username_password","name":"db","username":"u"}"#,
        200,
    );
    create(
        "imported_cert",
        r#"{"name":"db","certificate":"c","private_key":"k"}"#,
        r#"{"secret_type":"imported_cert","name":"db","certificate":"c","private_key":"k"}"#,
        200,
    );
    create(
        "public_cert",
        r#"{"name":"db","ca":"le","dns":"manual","common_name":"a.example","alt_names":["b.example"],"key_algorithm":"EC256","rotation":{"auto_rotate":false,"rotate_keys":true}}"#,
        r#"{"secret_type":"public_cert","name":"db","ca":"le","dns":"manual","common_name":"a.example","alt_names":["b.example"],"key_algorithm":"ECDSA256","rotation":{"auto_rotate":false,"rotate_keys":true}}"#,
        202,
    );
    create(
        "private_cert",
        r#"{"name":"db","certificate_template":"t","common_name":"a.example","alt_names":"b.example, c.example","ip_sans":"10.0.0.1","ttl":3600}"#,
        r#"{"secret_type":"private_cert","name":"db","certificate_template":"t","common_name":"a.example","alt_names":["b.example","c.example"],"ip_sans":"10.0.0.1","ttl":"3600"}"#,
        200,
    );
}

#[test]
fn a_type_that_v2_does_not_have_is_refused_by_v2() {
    let refusal = r#"{"errors":[{"code":"not_supported","message":"…"}]}"#;
    let asked = r#"{"secret_type":"iam_credentials","name":"db","ttl":"30m","reuse_api_key":true}"#;
    let fake = v2([("POST /secrets", asked, 400, refusal)]);
    let body = r#"{"resources":[{"name":"db","ttl":"30m","reuse_api_key":true}]}"#;
    assert_eq!(
        ask(&fake, "POST /secrets/iam_credentials", body),
        (400, json(refusal))
    );
}

#[test]
fn fields_of_another_type_or_shape_are_refused() {
    for (secret_type, extra, field) in [
        (
            "kv",
            r#""payload":{"a":1},"expiration_date":"e""#,
            "expiration_date",
        ),
        ("username_password", r#""username":"u""#, "password"),
        (
            "private_cert",
            r#""certificate_template":"t","common_name":"c","alt_names":5"#,
            "alt_names",
        ),
        (
            "private_cert",
            r#""certificate_template":"t","common_name":"c","ttl":{}"#,
            "ttl",
        ),
        ("arbitrary", r#""payload":"p","data":{}"#, "data"),
    ] {
        let body = format!(r#"{{"resources":[{{"name":"db",{extra}}}]}}"#);
        let line = format!("POST /secrets/{secret_type}");
        assert_eq!(refused(&v2([]), &line, &body).0, field, "{body}");
    }
}

#[test]
fn what_is_created_is_answered_even_if_its_versions_cannot_be_read() {
    let made = format!(r#"{{{},"payload":"p"}}"#, common("arbitrary"));
    let fake = v2([
        (
            "POST /secrets",
            r#"{"secret_type":"arbitrary","name":"db","payload":"p"}"#,
            201,
            &made,
        ),
        ("GET /secrets/{id}/versions", "", 503, "{}"),
    ]);
    let body = r#"{"resources":[{"name":"db","payload":"p"}]}"#;
    let secret = resource(ask(&fake, "POST /secrets/arbitrary", body), 200);
    assert_eq!(secret["secret_data"], json(r#"{"payload":"p"}"#));
    assert!(secret.get("versions").is_none());
}

#[test]
fn lists_count_what_matches_and_hold_no_values() {
    let page = format!(
        r#"{{"secrets":[{{{}}},{{{},"expiration_date":"e"}}],"total_count":7,"limit":2,"offset":0,"first":{{"href":"h"}}}}"#,
        common("kv"),
        common("arbitrary")
    );
    let path = "GET /secrets?limit=2&offset=4&search=db%20p%C5%A1&sort=created_at&groups=default,x";
    let fake = v2([(path, "", 200, &page)]);
    let line =
        "GET /secrets?limit=2&offset=4&search=db+p%c5%a1&sort_by=creation_date&groups=default,x";
    let (status, list) = ask(&fake, line, "");
    assert_eq!(status, 200);
    let expected = format!(
        r#"{{"metadata":{{"collection_type":"application/vnd.ibm.secrets-manager.secret+json","collection_total":7}},"resources":[{{{}}},{{{},"expiration_date":"e"}}]}}"#,
        shown("kv"),
        shown("arbitrary")
    );
    assert_eq!(list, json(&expected));

    let fake = v2([("GET /secrets?limit=5&secret_types=kv", "", 200, &page)]);
    assert_eq!(ask(&fake, "GET /secrets/kv?limit=5", "").0, 200);
}

#[test]
fn metadata_is_read_without_value_and_versions() {
    let metadata = format!(r#"{{{},"expiration_date":"e"}}"#, common("arbitrary"));
    let fake = v2([("GET /secrets/{id}/metadata", "", 200, &metadata)]);
    let read = resource(ask(&fake, "GET /secrets/arbitrary/{id}/metadata", ""), 200);
    assert_eq!(
        read,
        json(&format!(
            r#"{{{},"expiration_date":"e"}}"#,
            shown("arbitrary")
        ))
    );
}

#[test]
fn metadata_is_replaced_and_what_is_left_out_goes() {
    let metadata = format!("{{{}}}", common("arbitrary"));
    let patch = r#"{"name":"new","description":"","labels":[],"custom_metadata":{},"expiration_date":null}"#;
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, &metadata),
        ("PATCH /secrets/{id}/metadata", patch, 200, &metadata),
    ]);
    let body = r#"{"resources":[{"name":"new"}]}"#;
    let changed = resource(
        ask(&fake, "PUT /secrets/arbitrary/{id}/metadata", body),
        200,
    );
    assert_eq!(changed, json(&format!("{{{}}}", shown("arbitrary"))));
    let line = "PUT /secrets/arbitrary/{id}/metadata";
    assert_eq!(refused(&v2([]), line, r#"{"resources":[{}]}"#).0, "name");
}

#[test]
fn metadata_that_was_read_can_be_put_back() {
    let rotation = r#""rotation":{"auto_rotate":true,"rotate_keys":false}"#;
    let metadata = format!(
        r#"{{{},{CERTIFICATE},{rotation},"key_algorithm":"ECDSA384","ca":"le","dns":"manual","bundle_certs":true}}"#,
        common("public_cert")
    );
    let line = "PUT /secrets/public_cert/{id}/metadata";
    let fake = v2([("GET /secrets/{id}/metadata", "", 200, &metadata)]);
    let read = resource(
        ask(&fake, "GET /secrets/public_cert/{id}/metadata", ""),
        200,
    );
    let patch = r#"{"name":"db","description":"","labels":["a b"],"custom_metadata":{"a":1}}"#;
    let fake = v2([
        ("GET /secrets/{id}/metadata", "", 200, &metadata),
        ("PATCH /secrets/{id}/metadata", patch, 200, &metadata),
    ]);
    assert_eq!(
        ask(&fake, line, &format!(r#"{{"resources":[{read}]}}"#)).0,
        200
    );

    for (name, other) in [
        ("secret_group_id", "\"other\""),
        ("rotation", r#"{"auto_rotate":false,"rotate_keys":false}"#),
    ] {
        let mut changed = read.clone();
        changed[name] = json(other);
        let fake = v2([("GET /secrets/{id}/metadata", "", 200, &metadata)]);
        let body = format!(r#"{{"resources":[{changed}]}}"#);
        assert_eq!(refused(&fake, line, &body).0, name);
    }
}
