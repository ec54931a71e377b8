//! Arbitrary secrets: text or a file.

use keyturn_api::Result;
use keyturn_api::secret::arbitrary;
use serde::Deserialize;
use specta::Type;

use super::parse_expiration;
use crate::files::{KeptFiles, ValueInput};

/// A new secret.
#[derive(Deserialize, Type)]
#[serde(rename = "NewArbitraryForm", deny_unknown_fields)]
pub(crate) struct NewForm {
    /// The first value.
    pub(super) value: ValueInput,
    /// RFC 3339; none: never.
    expiration_date: Option<String>,
}

impl NewForm {
    pub(super) fn parse(self, files: &KeptFiles) -> Result<arbitrary::New> {
        Ok(arbitrary::New {
            payload: files.plaintext(self.value)?,
            expiration_date: self
                .expiration_date
                .as_deref()
                .map(parse_expiration)
                .transpose()?,
        })
    }
}

/// A rotation.
#[derive(Deserialize, Type)]
#[serde(rename = "ArbitraryRotationForm", deny_unknown_fields)]
pub(crate) struct RotationForm {
    /// The new value.
    pub(super) value: ValueInput,
}

impl RotationForm {
    pub(super) fn parse(self, files: &KeptFiles) -> Result<arbitrary::Rotation> {
        Ok(arbitrary::Rotation {
            payload: files.plaintext(self.value)?,
        })
    }
}
