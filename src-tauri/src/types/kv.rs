//! Key-value secrets: a JSON object, typed or from a file.

use keyturn_api::Result;
use keyturn_api::secret::kv;
use serde::Deserialize;
use specta::Type;

use crate::files::{KeptFiles, ValueInput};

/// A new secret.
#[derive(Deserialize, Type)]
#[serde(rename = "NewKvForm", deny_unknown_fields)]
pub(crate) struct NewForm {
    /// The first object.
    pub(super) data: ValueInput,
}

impl NewForm {
    pub(super) fn parse(self, files: &KeptFiles) -> Result<kv::New> {
        Ok(kv::New {
            data: kv::Data::parse(&files.plaintext(self.data)?)?,
        })
    }
}

/// A rotation.
#[derive(Deserialize, Type)]
#[serde(rename = "KvRotationForm", deny_unknown_fields)]
pub(crate) struct RotationForm {
    /// The new object.
    pub(super) data: ValueInput,
}

impl RotationForm {
    pub(super) fn parse(self, files: &KeptFiles) -> Result<kv::Rotation> {
        Ok(kv::Rotation {
            data: kv::Data::parse(&files.plaintext(self.data)?)?,
        })
    }
}
