//! What the page sends to rotate a secret. What one type needs stands in [`crate::types`].

use keyturn_api::{NewVersion, Result, Revision, parse_metadata};
use serde::Deserialize;
use specta::Type;

use crate::files::KeptFiles;
use crate::types::RotationInputForm;

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
    /// The kept file that is no longer needed once the version exists.
    pub(crate) fn file_token(&self) -> Option<String> {
        self.input.file_token()
    }

    /// What an instance takes.
    pub(crate) fn parse(self, files: &KeptFiles) -> Result<NewVersion> {
        // first, so that a value is wiped whatever else is refused
        let input = self.input.parse(files)?;
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
