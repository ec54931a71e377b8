//! Custom credentials: a job of the person makes and deletes them at a provider, so there is nothing
//! to enter at a rotation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Metadata, Plaintext, RotationPolicy, Timestamp, metadata::Json};

/// What metadata of custom credentials adds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "CustomCredentialsDetail")] // the page knows types by one name each
pub struct Detail {
    /// Name of the configuration whose job makes them.
    pub configuration: String,
    /// What the job is told: texts, whole numbers, `true` and `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(type = Option<BTreeMap<String, Json>>)]
    pub parameters: Option<Metadata>,
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
    /// Tasks there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_count: Option<u32>,
    /// Tasks that wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queued_task_count: Option<u32>,
    /// Id of the task that is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_task_id: Option<String>,
    /// Id of the task that failed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_failed_task_id: Option<String>,
    /// Whether the last rotation failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_rotation_failed: Option<bool>,
}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// API v2: `credentials_content`, a JSON object as text.
    pub credentials_content: Plaintext,
}
