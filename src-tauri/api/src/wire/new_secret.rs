//! The body of `create_secret`.

use zeroize::Zeroizing;

use super::{Body, made_here};
use crate::{
    NewSecret, Plaintext, Problem, Result, SecretType,
    configuration::subject::AltNameFields,
    fields,
    secret::{
        NewDetail, arbitrary, iam_credentials, imported_cert, kv, private_cert, public_cert,
        username_password,
    },
};

/// Reads the body of `create_secret` (`SecretPrototype`).
pub fn new_secret(body: &[u8]) -> Result<NewSecret> {
    let mut body = Body::parse(body)?;
    let secret_type = made_here(&body.required::<String>("secret_type")?)?;
    let name = body.required("name")?;
    let detail = match secret_type {
        SecretType::Arbitrary => NewDetail::Arbitrary(arbitrary::New {
            payload: value(body.required("payload")?),
            expiration_date: body.optional("expiration_date")?,
        }),
        SecretType::Kv => NewDetail::Kv(kv::New {
            data: object(&mut body)?,
        }),
        SecretType::UsernamePassword => NewDetail::UsernamePassword(username_password::New {
            username: body.required("username")?,
            password: body.optional("password")?.map(value),
            expiration_date: body.optional("expiration_date")?,
            rotation: body.optional("rotation")?.unwrap_or_default(),
            password_generation_policy: body
                .optional("password_generation_policy")?
                .unwrap_or_default(),
        }),
        SecretType::IamCredentials => NewDetail::IamCredentials(Box::new(iam_credentials::New {
            ttl: body.required("ttl")?,
            access_groups: body.optional("access_groups")?,
            service_id: body.optional("service_id")?,
            account_id: body.optional("account_id")?,
            reuse_api_key: body.required("reuse_api_key")?,
            rotation: body.optional("rotation")?.unwrap_or_default(),
        })),
        SecretType::ImportedCert => NewDetail::ImportedCert(imported(&mut body)?),
        SecretType::PrivateCert => NewDetail::PrivateCert(Box::new(private(&mut body)?)),
        _ => NewDetail::PublicCert(Box::new(public_cert::New {
            ca: body.required("ca")?,
            dns: body.required("dns")?,
            common_name: body.optional("common_name")?,
            alt_names: body.optional("alt_names")?.unwrap_or_default(),
            key_algorithm: body.optional("key_algorithm")?.unwrap_or_default(),
            bundle_certs: body.optional("bundle_certs")?.unwrap_or(true),
            rotation: body.optional("rotation")?.unwrap_or_default(),
        })),
    };
    let new = NewSecret {
        name,
        description: body.optional("description")?,
        secret_group_id: body
            .optional("secret_group_id")?
            .unwrap_or_else(|| fields::DEFAULT_GROUP.to_owned()),
        labels: body.optional("labels")?.unwrap_or_default(),
        custom_metadata: body.optional("custom_metadata")?,
        version_custom_metadata: body.optional("version_custom_metadata")?,
        reminder: body.optional("reminder")?,
        detail,
    };
    body.finish()?;
    Ok(new)
}

/// Text that is a value from here on.
pub(super) fn value(mut text: Zeroizing<String>) -> Plaintext {
    Plaintext::text(std::mem::take(&mut *text))
}

/// The member `data` as it is written: numbers keep all their digits.
pub(super) fn object(body: &mut Body<'_>) -> Result<kv::Data> {
    let text = body.raw("data").ok_or_else(|| body.missing("data"))?;
    kv::Data::parse(&Plaintext::text(text.to_owned()))
}

fn imported(body: &mut Body<'_>) -> Result<imported_cert::New> {
    let given = ["certificate", "intermediate", "private_key"]
        .into_iter()
        .find(|part| body.has(part));
    let Some(request) = body.optional("managed_csr")? else {
        return parts(body).map(imported_cert::New::Given);
    };
    match given {
        None => Ok(imported_cert::New::Managed(Box::new(request))),
        Some(part) => Err(Problem::field(
            part,
            "With a managed request the certificate comes later, and the key is made here.",
        )),
    }
}

/// Certificate, intermediate and private key.
pub(super) fn parts(body: &mut Body<'_>) -> Result<imported_cert::Rotation> {
    Ok(imported_cert::Rotation::new(
        body.required("certificate")?,
        body.optional("intermediate")?,
        body.optional("private_key")?.map(value),
    ))
}

fn private(body: &mut Body<'_>) -> Result<private_cert::New> {
    for (name, usual) in [("format", FORMATS), ("private_key_format", KEY_FORMATS)] {
        check_format(body, name, usual)?;
    }
    Ok(private_cert::New {
        certificate_template: body.required("certificate_template")?,
        common_name: body.required("common_name")?,
        alt_names: alt_names(body)?,
        csr: body
            .optional::<String>("csr")?
            .map(crate::certificate::normal_pem),
        ttl: body.optional("ttl")?,
        rotation: body.optional("rotation")?.unwrap_or_default(),
    })
}

/// API v2: `format`. Certificates are PEM here, which both mean.
pub(super) const FORMATS: &[&str] = &["pem", "pem_bundle"];
/// API v2: `private_key_format`. Keys are PKCS#8 here; `der` is IBM's default and means the same for
/// a key that is written as PEM.
pub(super) const KEY_FORMATS: &[&str] = &["der", "pkcs8"];

/// A choice that changes nothing here, but must be one of those that there are.
pub(super) fn check_format(body: &mut Body<'_>, name: &str, usual: &[&str]) -> Result<()> {
    match body.optional::<String>(name)? {
        Some(format) if !usual.contains(&format.as_str()) => Err(Problem::field(
            name,
            format!("The field {name} is {}.", usual.join(" or ")),
        )),
        _ => Ok(()),
    }
}

fn alt_names(body: &mut Body<'_>) -> Result<AltNameFields> {
    Ok(AltNameFields {
        alt_names: body.optional("alt_names")?.unwrap_or_default(),
        ip_sans: body.optional("ip_sans")?,
        uri_sans: body.optional("uri_sans")?,
        other_sans: body.optional("other_sans")?.unwrap_or_default(),
        exclude_cn_from_sans: body.optional("exclude_cn_from_sans")?.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    fn refusal(text: &str) -> (Code, String) {
        let problem = new_secret(text.as_bytes()).unwrap_err();
        (problem.code, problem.target.unwrap().name)
    }

    #[test]
    fn each_type_is_read() {
        for text in [
            r#"{"secret_type":"arbitrary","name":"aa","payload":"x"}"#,
            r#"{"secret_type":"kv","name":"aa","data":{"a":12345678901234567890123}}"#,
            r#"{"secret_type":"username_password","name":"aa","username":"me"}"#,
            r#"{"secret_type":"iam_credentials","name":"aa","ttl":"30m","reuse_api_key":true,"service_id":"x"}"#,
            r#"{"secret_type":"imported_cert","name":"aa","certificate":"x"}"#,
            r#"{"secret_type":"imported_cert","name":"aa","managed_csr":{"common_name":"a.example"}}"#,
            r#"{"secret_type":"private_cert","name":"aa","certificate_template":"t","common_name":"a.example","format":"pem"}"#,
            r#"{"secret_type":"public_cert","name":"aa","ca":"le","dns":"manual","common_name":"a.example","description":null}"#,
        ] {
            let new = new_secret(text.as_bytes()).unwrap();
            assert!(text.contains(new.detail.secret_type().name()), "{text}");
            assert_eq!(new.secret_group_id, "default");
        }
    }

    #[test]
    fn refusals_name_the_field() {
        for (text, code, field) in [
            (r#"{"name":"aa"}"#, Code::BadRequest, "secret_type"),
            (
                r#"{"secret_type":"arbitrary","name":"aa"}"#,
                Code::BadRequest,
                "payload",
            ),
            (
                r#"{"secret_type":"arbitrary","name":"aa","payload":1}"#,
                Code::BadRequest,
                "payload",
            ),
            (
                r#"{"secret_type":"arbitrary","name":"aa","payload":"x","data":{}}"#,
                Code::BadRequest,
                "data",
            ),
            (
                r#"{"secret_type":"kv","name":"aa","data":[1]}"#,
                Code::BadRequest,
                "data",
            ),
            (
                r#"{"secret_type":"nothing","name":"aa"}"#,
                Code::BadRequest,
                "secret_type",
            ),
            (
                r#"{"secret_type":"iam_credentials","name":"aa","ttl":"1h"}"#,
                Code::BadRequest,
                "reuse_api_key",
            ),
            (
                r#"{"secret_type":"service_credentials","name":"aa"}"#,
                Code::NotSupported,
                "secret_type",
            ),
            (
                r#"{"secret_type":"private_cert","name":"aa","format":"jks"}"#,
                Code::BadRequest,
                "format",
            ),
        ] {
            assert_eq!(refusal(text), (code, field.to_owned()), "{text}");
        }
    }
}
