//! Public certificates: what is ordered.

use keyturn_api::RotationPolicy;
use keyturn_api::secret::public_cert::{self, KeyAlgorithm};
use serde::Deserialize;
use specta::Type;

/// A new secret.
#[derive(Clone, Deserialize, Type)]
#[serde(rename = "NewPublicCertForm", deny_unknown_fields)]
pub(crate) struct NewForm {
    /// Name of the configuration of the certificate authority.
    ca: String,
    /// Name of the configuration of the DNS provider, or `manual`.
    dns: String,
    /// Blank: the first alternative name that is short enough.
    common_name: String,
    alt_names: Vec<String>,
    key_algorithm: KeyAlgorithm,
    bundle_certs: bool,
    rotation: RotationPolicy,
}

impl NewForm {
    pub(crate) fn parse(self) -> public_cert::New {
        let common_name = self.common_name.trim();
        public_cert::New {
            ca: self.ca,
            dns: self.dns,
            common_name: Some(common_name.to_owned()).filter(|name| !name.is_empty()),
            alt_names: self.alt_names,
            key_algorithm: self.key_algorithm,
            bundle_certs: self.bundle_certs,
            rotation: self.rotation,
        }
    }
}

/// A rotation.
#[derive(Deserialize, Type)]
#[serde(rename = "PublicCertRotationForm", deny_unknown_fields)]
pub(crate) struct RotationForm {
    /// Whether with a new private key.
    rotate_keys: bool,
}

impl RotationForm {
    pub(crate) const fn parse(self) -> public_cert::Rotation {
        public_cert::Rotation {
            rotate_keys: self.rotate_keys,
        }
    }
}
