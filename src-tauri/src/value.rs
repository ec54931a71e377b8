//! The plain value inside a version, whatever its type.

use keyturn_api::secret::Payload;
use keyturn_api::{Code, Plaintext, Problem, Result, Version};

/// The value of a version, as long as it is kept.
pub(crate) fn of(version: Version) -> Result<Plaintext> {
    payload(version).map(Payload::into_value)
}

/// The same with what belongs to it.
pub(crate) fn payload(version: Version) -> Result<Payload> {
    version.payload.ok_or_else(|| {
        Problem::new(
            Code::ValueGone,
            "The value of this version is no longer kept.",
        )
    })
}
