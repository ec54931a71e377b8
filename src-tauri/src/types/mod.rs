//! What the page sends for each type of secret, and how it becomes what an instance takes. One file
//! a type; the lists of all types stand here.

mod arbitrary;
mod iam_credentials;
mod imported_cert;
mod kv;
mod private_cert;
mod public_cert;
mod username_password;

use keyturn_api::secret::{self, NewDetail};
use keyturn_api::version::RotationInput;
use keyturn_api::{Problem, Result, Timestamp};
use serde::Deserialize;
use specta::Type;

use crate::files::KeptFiles;

pub(crate) use private_cert::NewForm as NewPrivateCertForm;
pub(crate) use public_cert::NewForm as NewPublicCertForm;

/// What forms refer to.
pub(crate) struct Given<'a> {
    /// Files that were picked or dropped.
    pub(crate) files: &'a KeptFiles,
    /// The value of the current version, where a part of it is sent once more.
    pub(crate) current: Option<secret::imported_cert::Payload>,
}

impl<'a> Given<'a> {
    /// Files alone.
    pub(crate) const fn files(files: &'a KeptFiles) -> Self {
        Self {
            files,
            current: None,
        }
    }
}

/// What the type of a new secret needs.
#[derive(Deserialize, Type)]
#[serde(tag = "secret_type", rename_all = "snake_case")]
pub(crate) enum NewDetailForm {
    /// Text or a file.
    Arbitrary(arbitrary::NewForm),
    /// An API key that IAM makes.
    IamCredentials(iam_credentials::NewForm),
    /// A certificate, or a request for one.
    ImportedCert(Box<imported_cert::NewForm>),
    /// A JSON object.
    Kv(kv::NewForm),
    /// A certificate of an authority of the instance.
    PrivateCert(Box<private_cert::NewForm>),
    /// A certificate that is ordered.
    PublicCert(Box<public_cert::NewForm>),
    /// A user name and a password.
    UsernamePassword(username_password::NewForm),
}

impl NewDetailForm {
    /// The kept files that it names.
    pub(crate) fn tokens(&self) -> Vec<String> {
        match self {
            Self::Arbitrary(form) => form.value.token().into_iter().collect(),
            Self::ImportedCert(form) => form.tokens(),
            Self::Kv(form) => form.data.token().into_iter().collect(),
            Self::PrivateCert(form) => form.tokens(),
            Self::IamCredentials(_) | Self::PublicCert(_) | Self::UsernamePassword(_) => Vec::new(),
        }
    }

    /// What an instance takes.
    pub(crate) fn parse(self, given: &Given<'_>) -> Result<NewDetail> {
        let files = given.files;
        match self {
            Self::ImportedCert(form) => form.parse(given).map(NewDetail::ImportedCert),
            Self::PrivateCert(form) => form
                .parse(given)
                .map(|new| NewDetail::PrivateCert(Box::new(new))),
            Self::PublicCert(form) => Ok(NewDetail::PublicCert(Box::new(form.parse()))),
            Self::Arbitrary(form) => form.parse(files).map(NewDetail::Arbitrary),
            Self::IamCredentials(form) => Ok(NewDetail::IamCredentials(Box::new(form.parse()))),
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
    /// Another API key.
    IamCredentials(iam_credentials::RotationForm),
    /// Custom credentials: nothing is entered.
    CustomCredentials {},
    /// A certificate.
    ImportedCert(imported_cert::RotationForm),
    /// A JSON object.
    Kv(kv::RotationForm),
    /// Another certificate.
    PrivateCert(private_cert::RotationForm),
    /// Another order.
    PublicCert(public_cert::RotationForm),
    /// Service credentials: nothing is entered.
    ServiceCredentials {},
    /// A password.
    UsernamePassword(username_password::RotationForm),
}

impl RotationInputForm {
    /// The kept files that it names.
    pub(crate) fn tokens(&self) -> Vec<String> {
        match self {
            Self::Arbitrary(form) => form.value.token().into_iter().collect(),
            Self::ImportedCert(form) => form.parts.tokens(),
            Self::Kv(form) => form.data.token().into_iter().collect(),
            Self::PrivateCert(form) => form.tokens(),
            Self::CustomCredentials {}
            | Self::IamCredentials(_)
            | Self::PublicCert(_)
            | Self::ServiceCredentials {}
            | Self::UsernamePassword(_) => Vec::new(),
        }
    }

    /// Whether a part of the current version is sent once more.
    pub(crate) fn carries_over(&self) -> bool {
        matches!(self, Self::ImportedCert(form) if form.parts.carries_over())
    }

    /// What an instance takes.
    pub(crate) fn parse(self, given: &Given<'_>) -> Result<RotationInput> {
        let files = given.files;
        match self {
            Self::ImportedCert(form) => form.parse(given).map(RotationInput::ImportedCert),
            Self::PrivateCert(form) => form.parse(given).map(RotationInput::PrivateCert),
            Self::PublicCert(form) => Ok(RotationInput::PublicCert(form.parse())),
            Self::Arbitrary(form) => form.parse(files).map(RotationInput::Arbitrary),
            Self::IamCredentials(form) => Ok(RotationInput::IamCredentials(form.parse())),
            Self::CustomCredentials {} => Ok(RotationInput::CustomCredentials),
            Self::Kv(form) => form.parse(files).map(RotationInput::Kv),
            Self::ServiceCredentials {} => Ok(RotationInput::ServiceCredentials),
            Self::UsernamePassword(form) => Ok(RotationInput::UsernamePassword(form.parse())),
        }
    }
}

/// An expiration date as the page sends it.
pub(crate) fn parse_expiration(text: &str) -> Result<Timestamp> {
    Timestamp::parse(text).ok_or_else(|| Problem::field("expiration_date", "This is not a date."))
}
