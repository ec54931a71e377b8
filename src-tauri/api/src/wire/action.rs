//! Bodies of actions on secrets and versions.

use super::Body;
use crate::{Code, Problem, Result, Target};

/// What `create_secret_action` and `create_secret_version_action` can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretAction {
    /// The authority looks at the records of an order now.
    ValidateDnsChallenge,
    /// A private certificate is revoked.
    RevokeCertificate,
}

impl SecretAction {
    /// API v2: `action_type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ValidateDnsChallenge => "public_cert_action_validate_dns_challenge",
            Self::RevokeCertificate => "private_cert_action_revoke_certificate",
        }
    }
}

/// Reads the body of an action.
pub fn secret_action(body: &[u8]) -> Result<SecretAction> {
    let mut body = Body::parse(body)?;
    let name: String = body.required("action_type")?;
    body.finish()?;
    [
        SecretAction::ValidateDnsChallenge,
        SecretAction::RevokeCertificate,
    ]
    .into_iter()
    .find(|action| action.name() == name)
    .ok_or_else(|| {
        Problem::new(Code::BadRequest, "This is no action on a secret.")
            .at(Target::field("action_type"))
    })
}
