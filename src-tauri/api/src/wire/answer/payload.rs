//! The value in an answer, by type.

use data_encoding::BASE64;

use super::members::Members;
use crate::{
    Plaintext, Result, SecretType,
    secret::{
        Payload, arbitrary, custom_credentials, iam_credentials, imported_cert, kv, other,
        private_cert, public_cert, service_credentials, username_password,
    },
};

/// What says how a value is to be read.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// The type; none: one that this program does not know.
    pub(super) secret_type: Option<SecretType>,
    /// Whether it is base64 of bytes.
    pub(super) binary: bool,
    /// What stands beside the value in answers about all types.
    pub(super) beside: &'static [&'static str],
}

/// Takes the value out of an answer; none if there is none yet or no longer.
pub(super) fn take(answer: &mut Members<'_>, shape: Shape) -> Result<Option<Payload>> {
    let Some(secret_type) = shape.secret_type else {
        let members = answer.value_of_rest(shape.beside);
        return Ok(members.map(|members| Payload::Other(other::Payload { members })));
    };
    Ok(match secret_type {
        SecretType::Arbitrary => answer.value("payload")?.map(|payload| {
            let payload = if shape.binary {
                bytes(payload)
            } else {
                payload
            };
            Payload::Arbitrary(arbitrary::Payload { payload })
        }),
        SecretType::Kv => {
            let data = answer.value_object("data")?;
            data.map(|data| Payload::Kv(kv::Payload { data }))
        }
        SecretType::UsernamePassword => {
            let username = answer.read_member("username")?;
            let password = answer.value("password")?;
            match (username, password) {
                (Some(username), Some(password)) => {
                    let payload = username_password::Payload { username, password };
                    Some(Payload::UsernamePassword(payload))
                }
                (None, None) => None,
                _ => return Err(answer.refused()),
            }
        }
        SecretType::ServiceCredentials => answer.value_object("credentials")?.map(|credentials| {
            Payload::ServiceCredentials(service_credentials::Payload { credentials })
        }),
        SecretType::CustomCredentials => {
            let content = answer.value_object("credentials_content")?;
            content.map(|credentials_content| {
                Payload::CustomCredentials(custom_credentials::Payload {
                    credentials_content,
                })
            })
        }
        SecretType::ImportedCert | SecretType::PrivateCert | SecretType::PublicCert => {
            certificate(answer, secret_type)?
        }
        SecretType::IamCredentials => answer
            .value("api_key")?
            .filter(|key| !key.bytes().is_empty())
            .map(|api_key| Payload::IamCredentials(iam_credentials::Payload { api_key })),
        SecretType::Other => None,
    })
}

fn certificate(answer: &mut Members<'_>, secret_type: SecretType) -> Result<Option<Payload>> {
    let text = answer.peek::<String>("certificate")?;
    let Some(certificate) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    answer.take("certificate");
    let private_key = answer.value("private_key")?;
    let private_key = private_key.filter(|key| !key.bytes().is_empty());
    Ok(Some(match secret_type {
        SecretType::PrivateCert => Payload::PrivateCert(private_cert::Payload {
            certificate,
            private_key,
            issuing_ca: answer.read_member("issuing_ca")?,
            ca_chain: answer.read_member("ca_chain")?.unwrap_or_default(),
        }),
        SecretType::PublicCert => Payload::PublicCert(public_cert::Payload {
            bundled: certificate.matches("-----BEGIN ").count() > 1,
            certificate,
            intermediate: answer.read_member("intermediate")?,
            private_key: private_key.unwrap_or_else(|| Plaintext::text(String::new())),
        }),
        _ => Payload::ImportedCert(imported_cert::Payload {
            certificate,
            intermediate: answer.read_member("intermediate")?,
            private_key,
            csr: answer.read_member("csr")?,
        }),
    }))
}

/// The bytes that base64 stands for; text that is none stays as it is.
fn bytes(text: Plaintext) -> Plaintext {
    match BASE64.decode(text.bytes()) {
        Ok(bytes) => Plaintext::stored(bytes, true),
        Err(_) => text,
    }
}

/// The size of a value in bytes.
pub(super) fn size(payload: &Payload) -> u32 {
    let length = match payload {
        Payload::Arbitrary(value) => value.payload.bytes().len(),
        Payload::CustomCredentials(value) => value.credentials_content.bytes().len(),
        Payload::IamCredentials(value) => value.api_key.bytes().len(),
        Payload::Kv(value) => value.data.bytes().len(),
        Payload::Other(value) => value.members.bytes().len(),
        Payload::ServiceCredentials(value) => value.credentials.bytes().len(),
        Payload::UsernamePassword(value) => value.password.bytes().len(),
        Payload::ImportedCert(value) => parts(
            &value.certificate,
            value.intermediate.as_deref(),
            value.private_key.as_ref(),
        ),
        Payload::PrivateCert(value) => {
            let chain = value.ca_chain.iter().map(String::len).sum::<usize>();
            parts(&value.certificate, None, value.private_key.as_ref()) + chain
        }
        Payload::PublicCert(value) => parts(
            &value.certificate,
            value.intermediate.as_deref(),
            Some(&value.private_key),
        ),
    };
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn parts(certificate: &str, intermediate: Option<&str>, key: Option<&Plaintext>) -> usize {
    let intermediate = intermediate.map_or(0, str::len);
    certificate.len() + intermediate + key.map_or(0, |key| key.bytes().len())
}
