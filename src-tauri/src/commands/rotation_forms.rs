//! What the page sends to rotate a secret. A new secret type adds its variant here.

use keyturn_api::secret::arbitrary;
use keyturn_api::version::RotationInput;
use keyturn_api::{NewVersion, Result, Revision, parse_metadata};
use serde::Deserialize;
use specta::Type;

use crate::files::{KeptFiles, ValueInput};

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

/// What the type of the secret needs.
#[derive(Deserialize, Type)]
#[serde(tag = "secret_type", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum RotationInputForm {
    /// Text or a file.
    Arbitrary {
        /// The new value.
        value: ValueInput,
    },
}

impl RotationForm {
    /// The kept file that is no longer needed once the version exists.
    pub(crate) fn file_token(&self) -> Option<String> {
        let RotationInputForm::Arbitrary { value } = &self.input;
        value.token()
    }

    /// What an instance takes.
    pub(crate) fn parse(self, files: &KeptFiles) -> Result<NewVersion> {
        let RotationInputForm::Arbitrary { value } = self.input;
        Ok(NewVersion {
            custom_metadata: parse_metadata("custom_metadata", &self.custom_metadata)?,
            version_custom_metadata: parse_metadata(
                "version_custom_metadata",
                &self.version_custom_metadata,
            )?,
            input: RotationInput::Arbitrary(arbitrary::Rotation {
                payload: files.plaintext(value)?,
            }),
        })
    }
}
