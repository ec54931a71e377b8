//! Public certificates: ordered from a certificate authority by ACME (RFC 8555), which looks for a
//! record in the DNS of each name before it issues.

mod names;
mod order;

pub use names::check_domain;
pub use order::{Challenge, ChallengeStatus, IssuanceInfo, OrderStage, OrderView};

use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

use crate::{Plaintext, Problem, Result, RotationPolicy, Timestamp, Validity};

/// The value of `dns` that needs no configuration: the person sets the records.
pub const MANUAL: &str = "manual";

/// Names in an order, the common name among them (`limits.md`).
pub const NAMES: usize = 100;

/// API v2: `key_algorithm` of a public certificate; v1 called the last two `EC256` and `EC384`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum KeyAlgorithm {
    /// RSA with 2048 bits.
    #[default]
    #[serde(rename = "RSA2048")]
    Rsa2048,
    /// RSA with 4096 bits.
    #[serde(rename = "RSA4096")]
    Rsa4096,
    /// On the curve P-256.
    #[serde(rename = "ECDSA256", alias = "EC256")]
    Ecdsa256,
    /// On the curve P-384.
    #[serde(rename = "ECDSA384", alias = "EC384")]
    Ecdsa384,
}

/// What metadata of a public certificate adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "PublicCertDetail")] // the page knows types by one name each
pub struct Detail {
    /// The key that was asked for.
    pub key_algorithm: KeyAlgorithm,
    /// Whether the instance rotates it, and whether with a new key.
    pub rotation: RotationPolicy,
    /// When it does next; only while a policy is active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<Timestamp>,
    /// Whether `certificate` holds the chain as well; fixed at creation.
    pub bundle_certs: bool,
    /// Name of the configuration of the certificate authority.
    pub ca: String,
    /// Name of the configuration of the DNS provider, or [`MANUAL`].
    pub dns: String,
    /// Common name that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Names that were asked for besides.
    pub alt_names: Vec<String>,
    /// The newest order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuance_info: Option<IssuanceInfo>,
    /// Distinguished name of the issuer (RFC 4514).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Lower-case hex in pairs: `38:eb:01:a3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<String>,
    /// `SHA256-RSA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_algorithm: Option<String>,
    /// When the certificate is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// The end of its validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// The certificate, PEM; with its chain if that was asked for at creation.
    pub certificate: String,
    /// What stands between it and a root, PEM.
    pub intermediate: Option<String>,
    /// Its private key, PEM.
    pub private_key: Plaintext,
    /// Whether `certificate` holds the intermediates, too.
    pub bundled: bool,
}

impl Payload {
    /// All parts as one PEM text: certificate, intermediates, private key.
    pub fn into_bundle(self) -> Plaintext {
        let key = self.private_key.wire();
        let chain = self.intermediate.filter(|_| !self.bundled);
        let parts = [
            self.certificate.as_str(),
            chain.as_deref().unwrap_or_default(),
            key.as_str(),
        ];
        // room for all of it: growing would leave copies behind
        let room = parts.iter().map(|part| part.len()).sum();
        let mut bundle = Zeroizing::new(String::with_capacity(room));
        for part in parts {
            bundle.push_str(part);
        }
        Plaintext::text(std::mem::take(&mut *bundle))
    }
}

/// What creation needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "NewPublicCert")]
pub struct New {
    /// Name of the configuration of the certificate authority.
    pub ca: String,
    /// Name of the configuration of the DNS provider, or [`MANUAL`].
    pub dns: String,
    /// Common name; absent: the first alternative name that is short enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Further names.
    #[serde(default)]
    pub alt_names: Vec<String>,
    /// Kind of the key.
    #[serde(default)]
    pub key_algorithm: KeyAlgorithm,
    /// Whether `certificate` shall hold the chain as well.
    #[serde(default = "yes")]
    pub bundle_certs: bool,
    /// Whether the instance rotates it, and whether with a new key.
    #[serde(default)]
    pub rotation: RotationPolicy,
}

const fn yes() -> bool {
    true
}

impl New {
    /// Checks every field, but not whether there are such configurations.
    pub fn check(&self) -> Result<()> {
        for (field, name, what) in [
            ("ca", &self.ca, "certificate authority"),
            ("dns", &self.dns, "DNS provider"),
        ] {
            if !(2..=128).contains(&name.chars().count()) {
                return Err(Problem::field(field, format!("A {what} is needed."))
                    .remedy("Choose one of those that are configured."));
            }
        }
        names::check(self.common_name.as_deref(), &self.alt_names)?;
        if self.rotation.interval.is_some() || self.rotation.unit.is_some() {
            return Err(Problem::field(
                "rotation",
                "A public certificate rotates in time before it ends, so it has no interval.",
            ));
        }
        Ok(())
    }

    /// All names in lower case, each once, the common name first.
    pub fn names(&self) -> Vec<String> {
        names::all(self.common_name.as_deref(), &self.alt_names)
    }

    /// The common name of the certificate: as it was asked for, else the first name that is short
    /// enough to be one.
    pub fn subject_name(&self) -> Option<String> {
        self.names()
            .into_iter()
            .find(|name| name.len() <= names::COMMON_NAME)
    }

    /// The policy as it is kept: who sets records by hand cannot have it done unattended.
    pub fn kept_rotation(&self) -> RotationPolicy {
        RotationPolicy {
            auto_rotate: self.rotation.auto_rotate && self.dns != MANUAL,
            interval: None,
            unit: None,
            rotate_keys: Some(self.rotation.rotate_keys.unwrap_or_default()),
        }
    }
}

/// What rotation needs (API v2: `rotation`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    /// Whether with a new private key.
    pub rotate_keys: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(common_name: Option<&str>, alt_names: &[&str]) -> New {
        New {
            ca: "my-ca".into(),
            dns: MANUAL.into(),
            common_name: common_name.map(Into::into),
            alt_names: alt_names.iter().map(|&name| name.into()).collect(),
            key_algorithm: KeyAlgorithm::default(),
            bundle_certs: true,
            rotation: RotationPolicy::default(),
        }
    }

    #[test]
    fn the_common_name_is_the_first_that_is_short_enough() {
        let long = format!("{}.{}.example", "a".repeat(40), "b".repeat(40));
        let order = new(None, &[&long, "B.example", "*.b.example"]);
        assert!(order.check().is_ok());
        assert_eq!(order.subject_name().as_deref(), Some("b.example"));
        assert_eq!(order.names(), [long.as_str(), "b.example", "*.b.example"]);
        assert_eq!(new(None, &[&long]).subject_name(), None);
    }

    #[test]
    fn v1_spells_curves_otherwise_and_a_policy_needs_automatic_dns() {
        let order: New = serde_json::from_str(
            r#"{"ca":"le","dns":"manual","common_name":"a.example","key_algorithm":"EC384",
                "rotation":{"auto_rotate":true,"rotate_keys":true}}"#,
        )
        .unwrap();
        assert_eq!(order.key_algorithm, KeyAlgorithm::Ecdsa384);
        assert!(order.bundle_certs && order.check().is_ok());
        let kept = order.kept_rotation();
        assert!(!kept.auto_rotate && kept.rotate_keys == Some(true));
    }

    #[test]
    fn what_is_missing_is_named() {
        let refused = |order: New| order.check().unwrap_err().target.unwrap().name;
        assert_eq!(
            refused(New {
                ca: String::new(),
                ..new(Some("a.example"), &[])
            }),
            "ca"
        );
        assert_eq!(
            refused(New {
                dns: "x".into(),
                ..new(Some("a.example"), &[])
            }),
            "dns"
        );
        assert_eq!(refused(new(None, &[])), "common_name");
    }
}
