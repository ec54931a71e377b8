//! API keys of IAM credentials that are still to be removed in IAM.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Timestamp;

/// An API key in IAM whose removal was begun and has not succeeded yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PendingRemoval {
    /// UUID of the removal.
    pub id: String,
    /// What stands in IAM in the description of the key, and in the name of a service ID that was made
    /// for it: the only way to find a key whose answer was lost.
    pub mark: String,
    /// The secret it was made for, which may be gone.
    pub secret_id: String,
    /// Name of that secret.
    pub secret_name: String,
    /// The key, as far as IAM told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<String>,
    /// Whose key it is, as far as IAM told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// Whether the service ID goes with it.
    pub service_id_too: bool,
    /// Since when it is in IAM, or may be.
    pub since: Timestamp,
    /// How many tries failed.
    pub tries: u32,
    /// When it is tried next; absent: at the next look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Timestamp>,
    /// What went wrong at the last try, in words; absent: it was only looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}
