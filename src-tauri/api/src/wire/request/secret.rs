//! Creation of secrets, and actions on them.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value, json, value::RawValue};
use zeroize::Zeroizing;

use crate::{
    Metadata, NewSecret, Plaintext, Reminder, RotationPolicy, Timestamp, fields,
    secret::{
        NewDetail, iam_credentials, imported_cert, private_cert, public_cert,
        username_password::PasswordGenerationPolicy,
    },
    wire::{Json, SecretAction, configuration::object, secret::write},
};

/// The body of `create_secret` (`SecretPrototype`). A binary value gets the label that says so.
pub fn new_secret(new: &NewSecret) -> Json {
    let text: Zeroizing<String>;
    let key: Option<Zeroizing<String>>;
    let mut labels = Cow::Borrowed(&new.labels);
    let detail = match &new.detail {
        NewDetail::Arbitrary(arbitrary) => {
            let label = || fields::BASE64_LABEL.to_owned();
            if arbitrary.payload.is_binary() && !new.labels.contains(&label()) {
                labels.to_mut().push(label());
            }
            text = arbitrary.payload.wire();
            Members::Arbitrary {
                payload: &text,
                expiration_date: arbitrary.expiration_date,
            }
        }
        NewDetail::Kv(kv) => {
            text = kv.data.plaintext().wire();
            Members::Kv {
                // it was checked when it was taken
                data: serde_json::from_str(&text).unwrap_or(RawValue::NULL),
            }
        }
        NewDetail::UsernamePassword(credentials) => {
            key = credentials.password.as_ref().map(Plaintext::wire);
            Members::UsernamePassword {
                username: &credentials.username,
                password: key.as_ref().map(|key| key.as_str()),
                expiration_date: credentials.expiration_date,
                rotation: &credentials.rotation,
                password_generation_policy: &credentials.password_generation_policy,
            }
        }
        NewDetail::ImportedCert(imported_cert::New::Given(parts)) => {
            key = parts.private_key.as_ref().map(Plaintext::wire);
            Members::Given {
                certificate: &parts.certificate,
                intermediate: parts.intermediate.as_deref(),
                private_key: key.as_ref().map(|key| key.as_str()),
            }
        }
        NewDetail::ImportedCert(imported_cert::New::Managed(request)) => Members::Managed {
            managed_csr: managed(request),
        },
        NewDetail::IamCredentials(new) => Members::IamCredentials(new),
        NewDetail::PrivateCert(new) => Members::PrivateCert(new),
        NewDetail::PublicCert(new) => Members::PublicCert(Box::new(public_cert::New {
            rotation: RotationPolicy {
                // a policy of such a certificate has it always
                rotate_keys: new.rotation.rotate_keys.or(Some(false)),
                ..new.rotation
            },
            ..(**new).clone()
        })),
    };
    write(&Whole {
        secret_type: new.detail.secret_type().name(),
        name: &new.name,
        description: new.description.as_deref(),
        secret_group_id: &new.secret_group_id,
        labels: &labels,
        custom_metadata: new.custom_metadata.as_ref(),
        version_custom_metadata: new.version_custom_metadata.as_ref(),
        reminder: new.reminder.as_ref(),
        detail,
    })
}

#[derive(Serialize)]
struct Whole<'a> {
    secret_type: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    secret_group_id: &'a str,
    labels: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_metadata: Option<&'a Metadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_custom_metadata: Option<&'a Metadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reminder: Option<&'a Reminder>,
    #[serde(flatten)]
    detail: Members<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Members<'a> {
    Arbitrary {
        payload: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        expiration_date: Option<Timestamp>,
    },
    Kv {
        data: &'a RawValue,
    },
    UsernamePassword {
        username: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        password: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        expiration_date: Option<Timestamp>,
        rotation: &'a RotationPolicy,
        password_generation_policy: &'a PasswordGenerationPolicy,
    },
    Given {
        certificate: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        intermediate: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        private_key: Option<&'a str>,
    },
    Managed {
        managed_csr: Map<String, Value>,
    },
    IamCredentials(&'a iam_credentials::New),
    PrivateCert(&'a private_cert::New),
    PublicCert(Box<public_cert::New>),
}

/// A managed request without what it does not ask for.
pub(super) fn managed(request: &imported_cert::ManagedCsr) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(request));
    members.retain(|_, value| !value.is_null());
    members
}

/// The body of `create_secret_action` and `create_secret_version_action`.
pub fn secret_action(action: SecretAction) -> Json {
    write(&json!({ "action_type": action.name() }))
}
