//! What an authority can be told to do (API v2: `create_configuration_action`).

use serde::{Deserialize, Serialize};
use specta::Type;

use super::authority::{check_domains, check_path_length, check_span};
use super::subject::{AltNameFields, SubjectFields};
use crate::{Result, Timestamp, Ttl};

/// An action on an authority.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "action_type")]
#[non_exhaustive]
pub enum ConfigurationAction {
    /// Makes its revocation list anew.
    #[serde(rename = "private_cert_configuration_action_rotate_crl")]
    RotateCrl,
    /// Signs an intermediate authority of this instance.
    #[serde(rename = "private_cert_configuration_action_sign_intermediate")]
    SignIntermediate {
        /// Its name.
        intermediate_certificate_authority: String,
        /// How it is signed.
        #[serde(flatten)]
        options: Box<SigningOptions>,
    },
    /// Signs the request of an authority elsewhere.
    #[serde(rename = "private_cert_configuration_action_sign_csr")]
    SignCsr {
        /// PEM.
        csr: String,
        /// How it is signed.
        #[serde(flatten)]
        options: Box<SigningOptions>,
    },
    /// Brings the certificate of an authority that was signed elsewhere.
    #[serde(rename = "private_cert_configuration_action_set_signed")]
    SetSigned {
        /// PEM; may hold the chain as well.
        certificate: String,
    },
    /// Revokes the certificate of an authority that was signed here.
    #[serde(rename = "private_cert_configuration_action_revoke_ca_certificate")]
    RevokeCaCertificate,
    /// Gives an authority that was signed here another key and certificate.
    #[serde(rename = "private_cert_configuration_action_rotate_intermediate")]
    RotateIntermediate,
}

/// How an authority is signed; what is absent is as the request or the parent says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct SigningOptions {
    /// Another common name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Another subject.
    #[serde(flatten)]
    pub subject: SubjectFields,
    /// Other names.
    #[serde(flatten)]
    pub alt_names: AltNameFields,
    /// Life of the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Ttl>,
    /// How many authorities may follow below it; −1: any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_path_length: Option<i8>,
    /// Domains that certificates below it may be for.
    pub permitted_dns_domains: Vec<String>,
    /// Whether subject and names are those of the request.
    pub use_csr_values: bool,
}

impl SigningOptions {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        self.subject.check()?;
        self.alt_names.check()?;
        self.ttl.map_or(Ok(()), |ttl| check_span("ttl", ttl))?;
        check_domains(&self.permitted_dns_domains)?;
        self.max_path_length.map_or(Ok(()), check_path_length)
    }
}

/// What an action brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActionOutcome {
    /// It was done.
    Done,
    /// A certificate was signed.
    Signed {
        /// PEM.
        certificate: String,
        /// Lower-case hex in pairs: `38:eb:01:a3`.
        serial_number: String,
        /// Of the authority that signed it, PEM.
        issuing_ca: String,
        /// From the one that signed it to the root, PEM.
        ca_chain: Vec<String>,
        /// Its end.
        expiration: Timestamp,
    },
    /// A certificate was revoked.
    Revoked {
        /// When.
        at: Timestamp,
    },
}
