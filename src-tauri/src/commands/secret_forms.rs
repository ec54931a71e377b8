//! What the page sends to make and change a secret, and how it becomes what an instance
//! takes. What one type needs besides stands in [`crate::types`].

use keyturn_api::secret::imported_cert::ManagedCsr;
use keyturn_api::{NewSecret, Reminder, Result, RotationPolicy, SecretPatch, parse_metadata};
use serde::Deserialize;
use specta::Type;

use crate::files::KeptFiles;
use crate::types::{Given, NewDetailForm, parse_expiration};

/// A new secret.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSecretForm {
    name: String,
    description: String,
    secret_group_id: String,
    labels: Vec<String>,
    /// JSON; may be blank.
    custom_metadata: String,
    /// JSON; may be blank.
    version_custom_metadata: String,
    /// For types that the instance cannot rotate by itself.
    reminder: Option<Reminder>,
    detail: NewDetailForm,
}

impl NewSecretForm {
    /// The kept files that are no longer needed once the secret exists.
    pub(crate) fn tokens(&self) -> Vec<String> {
        self.detail.tokens()
    }

    /// What an instance takes.
    pub(crate) fn parse(self, files: &KeptFiles) -> Result<NewSecret> {
        // first, so that a value is wiped whatever else is refused
        let detail = self.detail.parse(&Given::files(files))?;
        Ok(NewSecret {
            name: self.name,
            description: Some(self.description).filter(|text| !text.is_empty()),
            secret_group_id: self.secret_group_id,
            labels: self.labels,
            custom_metadata: parse_metadata("custom_metadata", &self.custom_metadata)?,
            version_custom_metadata: parse_metadata(
                "version_custom_metadata",
                &self.version_custom_metadata,
            )?,
            reminder: self.reminder,
            detail,
        })
    }
}

/// A change of metadata; what is absent or null stays.
#[derive(Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SecretEdit {
    name: Option<String>,
    description: Option<String>,
    labels: Option<Vec<String>>,
    /// JSON; blank removes it.
    custom_metadata: Option<String>,
    expiration_date: Option<ExpirationEdit>,
    rotation: Option<RotationPolicy>,
    /// For IAM credentials.
    #[serde(default)]
    ttl: Option<String>,
    managed_csr: Option<Box<ManagedCsr>>,
    reminder: Option<ReminderEdit>,
}

/// A change of the expiration date.
#[derive(Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum ExpirationEdit {
    /// Removes it.
    Never,
    /// Sets it.
    At {
        /// RFC 3339.
        date: String,
    },
}

/// A change of the reminder.
#[derive(Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum ReminderEdit {
    /// Removes it.
    Never,
    /// Sets it, or puts it off.
    Set {
        /// The reminder.
        reminder: Reminder,
    },
}

impl SecretEdit {
    /// What an instance takes.
    pub(crate) fn parse(self) -> Result<SecretPatch> {
        let metadata =
            |text: String| parse_metadata("custom_metadata", &text).map(Option::unwrap_or_default);
        let expiration = |edit| match edit {
            ExpirationEdit::Never => Ok(None),
            ExpirationEdit::At { date } => parse_expiration(&date).map(Some),
        };
        Ok(SecretPatch {
            name: self.name,
            description: self.description,
            labels: self.labels,
            custom_metadata: self.custom_metadata.map(metadata).transpose()?,
            expiration_date: self.expiration_date.map(expiration).transpose()?,
            rotation: self.rotation,
            ttl: self.ttl,
            managed_csr: self.managed_csr,
            password_generation_policy: None,
            reminder: self.reminder.map(|edit| match edit {
                ReminderEdit::Never => None,
                ReminderEdit::Set { reminder } => Some(reminder),
            }),
        })
    }
}
