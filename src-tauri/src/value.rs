//! The plain value inside a version, whatever its type.

use keyturn_api::secret::Payload;
use keyturn_api::{Code, Plaintext, Problem, Result, Version};

/// The value of a version, as long as it is kept.
pub(crate) fn of(version: Version) -> Result<Plaintext> {
    match version.payload {
        Some(Payload::Arbitrary(arbitrary)) => Ok(arbitrary.payload),
        Some(_) => Err(Problem::new(
            Code::NotSupported,
            "This program is too old to show values of this type.",
        )),
        None => Err(Problem::new(
            Code::ValueGone,
            "The value of this version is no longer kept.",
        )),
    }
}
