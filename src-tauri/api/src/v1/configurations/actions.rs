//! Actions on certificate authorities.

use super::{Collection, element, kinds::SUBJECT, path};
use crate::v1::{
    Answer, Method,
    call::{Call, Result},
    json::{Members, Node},
    query::refused,
    shape::{Field, Form, picked, renamed, same, taken},
};
use crate::{Problem, SecretType};

const SIGNING: &[Field] = &[
    same("common_name"),
    same("alt_names").form(Form::Split),
    same("ip_sans"),
    same("uri_sans"),
    same("other_sans"),
    same("ttl").form(Form::Length),
    same("format"),
    same("max_path_length"),
    same("exclude_cn_from_sans"),
    same("permitted_dns_domains"),
    same("use_csr_values"),
];

const INTERMEDIATE: &[Field] = &[same("intermediate_certificate_authority").needed()];
const CSR: &[Field] = &[same("csr").needed()];
const CERTIFICATE: &[Field] = &[same("certificate").needed()];

/// What the answers of v2 repeat or bring.
const SHOWN: &[Field] = &[
    same("intermediate_certificate_authority"),
    same("csr"),
    same("certificate"),
    same("common_name"),
    same("alt_names").form(Form::Join),
    same("ip_sans"),
    same("uri_sans"),
    same("other_sans"),
    same("ttl").form(Form::Seconds),
    same("format"),
    same("max_path_length"),
    same("exclude_cn_from_sans"),
    same("permitted_dns_domains"),
    same("use_csr_values"),
    same("data"),
    renamed("revocation_time_seconds", "revocation_time"),
];

pub(in crate::v1) async fn act(call: &Call<'_>) -> Result<Answer> {
    call.query.only(&["action"])?;
    let element = element(call)?;
    let [kind] = element.kinds else {
        return Err(Problem::not_found("configuration").into());
    };
    if element.secret_type != SecretType::PrivateCert || kind.word == "certificate_template" {
        return Err(Problem::not_found("configuration").into());
    }
    let (action, fields): (_, &[&[Field]]) = match call.query.get("action") {
        Some("sign_intermediate") => ("sign_intermediate", &[INTERMEDIATE, SIGNING, SUBJECT]),
        Some("sign_csr") => ("sign_csr", &[CSR, SIGNING, SUBJECT]),
        Some("set_signed") => ("set_signed", &[CERTIFICATE]),
        Some("revoke") => ("revoke_ca_certificate", &[]),
        Some("rotate_crl") => ("rotate_crl", &[]),
        _ => {
            return Err(refused(
                "action",
                "The action is sign_intermediate, sign_csr, set_signed, revoke or rotate_crl.",
            )
            .into());
        }
    };
    let mut given = Members::of_request(call.body)?;
    let config = match action {
        "rotate_crl" => given.take("config").unwrap_or("{}"),
        _ => given.needed("config")?,
    };
    given.finish()?;
    let mut config = Members::of_field(config, "config")?;
    let action_type = format!("private_cert_configuration_action_{action}");
    let mut body = vec![("action_type", Node::string(&action_type))];
    for fields in fields {
        body.extend(taken(&mut config, fields)?);
    }
    if action == "revoke_ca_certificate" {
        // an authority has one certificate, so v2 does not ask which one
        config.needed("serial_number")?;
    }
    config.finish()?;
    let name = call.parameter("config_name");
    let path = format!("{}/actions", path(name)?);
    let body = Some(Node::Object(body));
    let done = call
        .ask_of(Method::Post, path, Some(kind.config_type), body)
        .await?;
    let done = done.members()?;
    let mut config = picked(&done, SHOWN);
    config.extend(picked(&done, SUBJECT));
    let resource = vec![
        ("name", Node::string(name)),
        ("type", Node::string(kind.word)),
        ("config", Node::Object(config)),
    ];
    Ok(Collection::Config.one(200, Node::Object(resource)))
}
