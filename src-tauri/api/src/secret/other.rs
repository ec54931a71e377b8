//! Secrets of a type that this program does not know: a newer instance may have some.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Plaintext;

/// What metadata of such a secret adds: the name of its type. All else stands in
/// [`SecretMetadata::other`](crate::SecretMetadata::other).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "OtherDetail")] // the page knows types by one name each
pub struct Detail {
    /// API v2: `secret_type`, as the instance names it.
    pub type_name: String,
}

/// The value: nobody knows here which members are one, so it is all that are not common to all types.
#[derive(Debug)]
pub struct Payload {
    /// A JSON object as text.
    pub members: Plaintext,
}
