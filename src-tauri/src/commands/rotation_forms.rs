//! What the page sends to rotate a secret. What one type needs stands in [`crate::types`].

use keyturn_api::{NewVersion, Result, Revision, parse_metadata};
use serde::Deserialize;
use specta::Type;

use crate::types::{Given, RotationInputForm};

/// A rotation.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct RotationForm {
    /// The secret as the person saw it.
    pub(crate) revision: Revision,
    /// JSON; blank leaves it.
    custom_metadata: String,
    /// JSON; may be blank.
    version_custom_metadata: String,
    input: RotationInputForm,
}

impl RotationForm {
    /// The kept files that are no longer needed once the version exists.
    pub(crate) fn tokens(&self) -> Vec<String> {
        self.input.tokens()
    }

    /// Whether a part of the current version is sent once more.
    pub(crate) fn carries_over(&self) -> bool {
        self.input.carries_over()
    }

    /// What an instance takes.
    pub(crate) fn parse(self, given: &Given<'_>) -> Result<NewVersion> {
        // first, so that a value is wiped whatever else is refused
        let input = self.input.parse(given)?;
        Ok(NewVersion {
            custom_metadata: parse_metadata("custom_metadata", &self.custom_metadata)?,
            version_custom_metadata: parse_metadata(
                "version_custom_metadata",
                &self.version_custom_metadata,
            )?,
            input,
        })
    }
}
