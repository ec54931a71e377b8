//! Service credentials: what lets a program reach a service of the cloud. The service itself makes
//! them, so there is nothing to enter at a rotation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Metadata, Plaintext, RotationPolicy, Timestamp, metadata::Json};

/// What metadata of service credentials adds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "ServiceCredentialsDetail")] // the page knows types by one name each
pub struct Detail {
    /// The service they are for.
    pub source_service: SourceService,
    /// Life of each version, as it was asked for: `30m`, `1800`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<String>,
    /// Whether and when the instance rotates them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<RotationPolicy>,
    /// When it does next; only while a policy is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<Timestamp>,
    /// When they end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
}

/// API v2: `source_service`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SourceService {
    /// The instance of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<CloudResource>,
    /// What they allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<CloudResource>,
    /// What the service wants to know besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<BTreeMap<String, Json>>)]
    pub parameters: Option<Metadata>,
    /// What IAM keeps of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iam: Option<ServiceIam>,
    /// The resource key that they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_key: Option<ResourceKey>,
}

/// Something in the cloud, by its resource name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CloudResource {
    /// Cloud resource name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crn: Option<String>,
}

/// API v2: `source_service.iam`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ServiceIam {
    /// The API key; not its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apikey: Option<ServiceApiKey>,
    /// What it allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<CloudResource>,
    /// Whose key it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serviceid: Option<CloudResource>,
}

/// API v2: `source_service.iam.apikey`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ServiceApiKey {
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// API v2: `resource_key`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ResourceKey {
    /// Cloud resource name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crn: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// API v2: `credentials`, a JSON object as text.
    pub credentials: Plaintext,
}
