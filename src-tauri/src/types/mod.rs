//! What the page sends for each type of secret, and how it becomes what an instance takes. One file
//! a type; the lists of all types stand here.

mod arbitrary;
mod kv;
mod username_password;

use keyturn_api::secret::NewDetail;
use keyturn_api::version::RotationInput;
use keyturn_api::{Problem, Result, Timestamp};
use serde::Deserialize;
use specta::Type;

use crate::files::KeptFiles;

/// What the type of a new secret needs.
#[derive(Deserialize, Type)]
#[serde(tag = "secret_type", rename_all = "snake_case")]
pub(crate) enum NewDetailForm {
    /// Text or a file.
    Arbitrary(arbitrary::NewForm),
    /// A JSON object.
    Kv(kv::NewForm),
    /// A user name and a password.
    UsernamePassword(username_password::NewForm),
}

impl NewDetailForm {
    /// The kept file that it names.
    pub(crate) fn file_token(&self) -> Option<String> {
        match self {
            Self::Arbitrary(form) => form.value.token(),
            Self::Kv(form) => form.data.token(),
            Self::UsernamePassword(_) => None,
        }
    }

    /// What an instance takes.
    pub(crate) fn parse(self, files: &KeptFiles) -> Result<NewDetail> {
        match self {
            Self::Arbitrary(form) => form.parse(files).map(NewDetail::Arbitrary),
            Self::Kv(form) => form.parse(files).map(NewDetail::Kv),
            Self::UsernamePassword(form) => form.parse().map(NewDetail::UsernamePassword),
        }
    }
}

/// What a rotation of the type needs.
#[derive(Deserialize, Type)]
#[serde(tag = "secret_type", rename_all = "snake_case")]
pub(crate) enum RotationInputForm {
    /// Text or a file.
    Arbitrary(arbitrary::RotationForm),
    /// A JSON object.
    Kv(kv::RotationForm),
    /// A password.
    UsernamePassword(username_password::RotationForm),
}

impl RotationInputForm {
    /// The kept file that it names.
    pub(crate) fn file_token(&self) -> Option<String> {
        match self {
            Self::Arbitrary(form) => form.value.token(),
            Self::Kv(form) => form.data.token(),
            Self::UsernamePassword(_) => None,
        }
    }

    /// What an instance takes.
    pub(crate) fn parse(self, files: &KeptFiles) -> Result<RotationInput> {
        match self {
            Self::Arbitrary(form) => form.parse(files).map(RotationInput::Arbitrary),
            Self::Kv(form) => form.parse(files).map(RotationInput::Kv),
            Self::UsernamePassword(form) => Ok(RotationInput::UsernamePassword(form.parse())),
        }
    }
}

/// An expiration date as the page sends it.
pub(crate) fn parse_expiration(text: &str) -> Result<Timestamp> {
    Timestamp::parse(text).ok_or_else(|| Problem::field("expiration_date", "This is not a date."))
}
