//! IAM credentials: what IAM makes them from.

use keyturn_api::RotationPolicy;
use keyturn_api::secret::iam_credentials;
use serde::Deserialize;
use specta::Type;

/// A new secret.
#[derive(Deserialize, Type)]
#[serde(rename = "NewIamCredentialsForm", deny_unknown_fields)]
pub(crate) struct NewForm {
    /// Time to live of each key, such as `30m` or `90d`.
    ttl: String,
    /// Groups of a new service ID; none: a service ID is named.
    access_groups: Option<Vec<String>>,
    /// A service ID that exists; blank: none.
    service_id: String,
    /// Blank: that of the configuration.
    account_id: String,
    /// Whether a key is kept until its time ends.
    reuse_api_key: bool,
    rotation: RotationPolicy,
}

impl NewForm {
    pub(super) fn parse(self) -> iam_credentials::New {
        let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        iam_credentials::New {
            ttl: self.ttl,
            access_groups: self.access_groups,
            service_id: filled(self.service_id),
            account_id: filled(self.account_id),
            reuse_api_key: self.reuse_api_key,
            rotation: self.rotation,
        }
    }
}

/// A rotation, which needs nothing but the settings of the secret.
#[derive(Deserialize, Type)]
#[serde(rename = "IamCredentialsRotationForm", deny_unknown_fields)]
pub(crate) struct RotationForm {}

impl RotationForm {
    #[expect(clippy::unused_self, reason = "as the forms of the other types")]
    pub(super) const fn parse(self) -> iam_credentials::Rotation {
        iam_credentials::Rotation
    }
}
