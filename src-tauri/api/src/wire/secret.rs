//! Secrets and versions as JSON, with and without their values.

use std::{borrow::Cow, collections::BTreeMap, io};

use serde::Serialize;
use serde_json::{Map, Value, value::RawValue};
use zeroize::Zeroizing;

use super::{configuration::object, known::restore};
use crate::{
    Plaintext, Secret, SecretMetadata, SecretView, Timestamp, Version, VersionMetadata,
    VersionView,
    secret::{Detail, Payload, imported_cert::ManagedCsrView},
};

/// JSON that may hold a value: wiped when it is dropped.
pub type Json = Zeroizing<Vec<u8>>;

/// `Secret`: metadata and, as long as there is one, the value.
pub fn secret(secret: &Secret) -> Json {
    secret_beside(&secret.view.metadata, secret.payload.as_ref(), None)
}

/// The same with a further member.
pub(super) fn secret_beside(
    metadata: &SecretMetadata,
    payload: Option<&Payload>,
    beside: Option<(&str, Value)>,
) -> Json {
    let known = metadata.other.is_empty() && !matches!(metadata.detail, Detail::Other(_));
    if known && beside.is_none() {
        return with_value(&Outer::of(metadata), payload);
    }
    let mut members = metadata_members(metadata);
    members.extend(beside.map(|(name, value)| (name.to_owned(), value)));
    with_value(&members, payload)
}

/// `SecretMetadata`.
pub fn secret_metadata(view: &SecretView) -> Value {
    Value::Object(metadata_members(&view.metadata))
}

/// Metadata as it stands on the wire, with what this program does not know.
pub(super) fn metadata_members(metadata: &SecretMetadata) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(Outer::of(metadata)));
    restore(&mut members, "secret_type");
    members
}

/// `SecretVersion`: metadata and, as long as it is kept, the value.
pub fn version(version: &Version) -> Json {
    version_beside(&version.view, version.payload.as_ref(), None)
}

/// The same with a further member.
pub(super) fn version_beside(
    view: &VersionView,
    payload: Option<&Payload>,
    beside: Option<(&str, Value)>,
) -> Json {
    if view.metadata.other.is_empty() && beside.is_none() {
        return with_value(&OuterVersion::of(&view.metadata, revoked_at(view)), payload);
    }
    let mut members = version_members(view);
    members.extend(beside.map(|(name, value)| (name.to_owned(), value)));
    with_value(&members, payload)
}

/// `SecretVersionMetadata`.
pub fn version_metadata(view: &VersionView) -> Value {
    Value::Object(version_members(view))
}

/// The same, to be added to.
pub(super) fn version_members(view: &VersionView) -> Map<String, Value> {
    metadata_of_version(&view.metadata, revoked_at(view))
}

/// The same from the metadata, and when its certificate was revoked.
pub(super) fn metadata_of_version(
    metadata: &VersionMetadata,
    revoked: Option<Timestamp>,
) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(OuterVersion::of(metadata, revoked)));
    restore(&mut members, "secret_type");
    members
}

fn revoked_at(view: &VersionView) -> Option<Timestamp> {
    view.key.as_ref().and_then(|key| key.revoked_at)
}

/// A version with when its certificate was revoked. Beyond API v2, which tells it of the secret alone.
#[derive(Serialize)]
struct OuterVersion<'a> {
    #[serde(flatten)]
    metadata: &'a VersionMetadata,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_time_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_time_rfc3339: Option<Timestamp>,
}

impl<'a> OuterVersion<'a> {
    fn of(metadata: &'a VersionMetadata, revoked: Option<Timestamp>) -> Self {
        Self {
            metadata,
            revocation_time_seconds: revoked.map(seconds),
            revocation_time_rfc3339: revoked,
        }
    }
}

fn seconds(at: Timestamp) -> i64 {
    at.millis().div_euclid(1000)
}

/// What the wire has besides the contract's own fields.
#[derive(Serialize)]
struct Outer<'a> {
    /// Without a managed request, which comes separately: no member stands twice.
    #[serde(flatten)]
    metadata: Cow<'a, SecretMetadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_time_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    managed_csr: Option<Map<String, Value>>,
}

/// A managed request. Its private key is a value and comes with the certificate; the member is there
/// because clients know it as one that always is.
fn managed(request: &ManagedCsrView) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(request));
    members.retain(|_, value| !value.is_null());
    members.insert("private_key".into(), "".into());
    members
}

impl<'a> Outer<'a> {
    fn of(metadata: &'a SecretMetadata) -> Self {
        let (revoked, request) = match &metadata.detail {
            Detail::PrivateCert(detail) => (detail.revocation_time_rfc3339, None),
            Detail::ImportedCert(detail) => (None, detail.managed_csr.as_ref()),
            _ => (None, None),
        };
        let mut metadata = Cow::Borrowed(metadata);
        if request.is_some()
            && let Detail::ImportedCert(shown) = &mut metadata.to_mut().detail
        {
            shown.managed_csr = None;
        }
        Self {
            metadata,
            revocation_time_seconds: revoked.map(seconds),
            managed_csr: request.map(managed),
        }
    }
}

/// The members of a value, as each type has them.
#[derive(Serialize)]
#[serde(untagged)]
enum Members<'a> {
    None {},
    Arbitrary {
        payload: &'a str,
    },
    IamCredentials {
        api_key: &'a str,
    },
    Kv {
        data: &'a RawValue,
    },
    CustomCredentials {
        credentials_content: &'a RawValue,
    },
    ServiceCredentials {
        credentials: &'a RawValue,
    },
    Other(BTreeMap<String, &'a RawValue>),
    UsernamePassword {
        username: &'a str,
        password: &'a str,
    },
    Certificate {
        certificate: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        intermediate: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        private_key: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        csr: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        issuing_ca: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        ca_chain: Option<&'a [String]>,
    },
}

fn with_value(metadata: &impl Serialize, payload: Option<&Payload>) -> Json {
    let key = |key: &Option<Plaintext>| key.as_ref().map(Plaintext::wire);
    let text: Zeroizing<String>;
    let key_text: Option<Zeroizing<String>>;
    let members = match payload {
        None => Members::None {},
        Some(Payload::Arbitrary(value)) => {
            text = value.payload.wire();
            Members::Arbitrary { payload: &text }
        }
        Some(Payload::IamCredentials(value)) => {
            text = value.api_key.wire();
            Members::IamCredentials { api_key: &text }
        }
        Some(Payload::Kv(value)) => {
            text = value.data.wire();
            // it was checked when it was taken
            serde_json::from_str(&text).map_or(Members::None {}, |data| Members::Kv { data })
        }
        Some(Payload::CustomCredentials(value)) => {
            text = value.credentials_content.wire();
            serde_json::from_str(&text).map_or(Members::None {}, |credentials_content| {
                Members::CustomCredentials {
                    credentials_content,
                }
            })
        }
        Some(Payload::ServiceCredentials(value)) => {
            text = value.credentials.wire();
            serde_json::from_str(&text).map_or(Members::None {}, |credentials| {
                Members::ServiceCredentials { credentials }
            })
        }
        Some(Payload::Other(value)) => {
            text = value.members.wire();
            serde_json::from_str(&text).map_or(Members::None {}, Members::Other)
        }
        Some(Payload::UsernamePassword(value)) => {
            text = value.password.wire();
            Members::UsernamePassword {
                username: &value.username,
                password: &text,
            }
        }
        Some(Payload::ImportedCert(value)) => {
            key_text = key(&value.private_key);
            Members::Certificate {
                certificate: &value.certificate,
                intermediate: value.intermediate.as_deref(),
                private_key: key_text.as_ref().map(|key| key.as_str()),
                csr: value.csr.as_deref(),
                issuing_ca: None,
                ca_chain: None,
            }
        }
        Some(Payload::PrivateCert(value)) => {
            key_text = key(&value.private_key);
            Members::Certificate {
                certificate: &value.certificate,
                intermediate: None,
                private_key: key_text.as_ref().map(|key| key.as_str()),
                csr: None,
                issuing_ca: value.issuing_ca.as_deref(),
                ca_chain: Some(&value.ca_chain),
            }
        }
        Some(Payload::PublicCert(value)) => {
            text = value.private_key.wire();
            Members::Certificate {
                certificate: &value.certificate,
                intermediate: value.intermediate.as_deref(),
                private_key: Some(&text),
                csr: None,
                issuing_ca: None,
                ca_chain: None,
            }
        }
    };
    write(&Whole { metadata, members })
}

#[derive(Serialize)]
struct Whole<'a, M: Serialize> {
    #[serde(flatten)]
    metadata: &'a M,
    #[serde(flatten)]
    members: Members<'a>,
}

/// Writes into a buffer that never grows: growing would leave copies of a value behind.
pub fn write(whole: &impl Serialize) -> Json {
    let mut size = Size(0);
    // counting and writing into memory cannot fail
    let _ = serde_json::to_writer(&mut size, whole);
    let mut json = Zeroizing::new(Vec::with_capacity(size.0));
    let _ = serde_json::to_writer(&mut *json, whole);
    json
}

struct Size(usize);

impl io::Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        State,
        secret::{
            imported_cert::{self, ManagedCsr},
            kv,
        },
    };

    #[derive(Serialize)]
    struct Few {
        id: &'static str,
    }

    #[test]
    fn values_stand_beside_the_metadata_and_numbers_keep_their_digits() {
        let data = r#"{"port":90071992547409931234}"#;
        let payload = Payload::Kv(kv::Payload {
            data: Plaintext::text(data.into()),
        });
        let json = with_value(&Few { id: "1" }, Some(&payload));
        assert_eq!(
            str::from_utf8(&json).unwrap(),
            format!(r#"{{"id":"1","data":{data}}}"#)
        );
        assert_eq!(json.capacity(), json.len());
        assert_eq!(&**with_value(&Few { id: "1" }, None), br#"{"id":"1"}"#);
    }

    #[test]
    fn a_managed_request_stands_there_once() {
        let detail = imported_cert::Detail {
            managed_csr: Some(ManagedCsrView {
                request: ManagedCsr::default(),
                csr: "request".into(),
            }),
            ..imported_cert::Detail::default()
        };
        let metadata = SecretMetadata {
            id: "1".into(),
            name: "requested".into(),
            description: None,
            secret_group_id: "default".into(),
            labels: Vec::new(),
            state: State::PreActivation,
            state_description: State::PreActivation.description().into(),
            crn: String::new(),
            created_by: String::new(),
            created_at: Timestamp::EPOCH,
            updated_at: Timestamp::EPOCH,
            retrieved_at: Timestamp::EPOCH,
            downloaded: false,
            locks_total: 0,
            versions_total: 0,
            custom_metadata: None,
            other: BTreeMap::new(),
            detail: Detail::ImportedCert(Box::new(detail)),
        };
        let json = with_value(&Outer::of(&metadata), None);
        let text = str::from_utf8(&json).unwrap();
        assert_eq!(text.matches("\"managed_csr\"").count(), 1);
        assert_eq!(text.matches("\"private_key\":\"\"").count(), 1);
    }
}
