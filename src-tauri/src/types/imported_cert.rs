//! Imported certificates: parts in any form, or a managed request.

use keyturn_api::secret::imported_cert::{self, ManagedCsr};
use keyturn_api::{Problem, Result};
use serde::Deserialize;
use specta::Type;

use super::Given;
use crate::files::certificates::CertificateInput;

/// A new secret.
#[derive(Deserialize, Type)]
#[serde(
    tag = "kind",
    rename = "NewImportedCertForm",
    rename_all = "snake_case",
    deny_unknown_fields
)]
pub(crate) enum NewForm {
    /// A certificate that is there.
    Given {
        /// Its parts.
        parts: CertificateInput,
    },
    /// A request that the instance makes.
    Managed {
        /// What it asks for.
        request: Box<ManagedCsr>,
    },
}

impl NewForm {
    /// The kept files that it names.
    pub(super) fn tokens(&self) -> Vec<String> {
        match self {
            Self::Given { parts } => parts.tokens(),
            Self::Managed { .. } => Vec::new(),
        }
    }

    pub(super) fn parse(self, given: &Given<'_>) -> Result<imported_cert::New> {
        match self {
            Self::Given { parts } => rotation(&parts, given).map(imported_cert::New::Given),
            Self::Managed { request } => Ok(imported_cert::New::Managed(request)),
        }
    }
}

/// A rotation.
#[derive(Deserialize, Type)]
#[serde(rename = "ImportedCertRotationForm", deny_unknown_fields)]
pub(crate) struct RotationForm {
    /// The parts of the new certificate.
    pub(super) parts: CertificateInput,
}

impl RotationForm {
    pub(super) fn parse(self, given: &Given<'_>) -> Result<imported_cert::Rotation> {
        rotation(&self.parts, given)
    }
}

fn rotation(parts: &CertificateInput, given: &Given<'_>) -> Result<imported_cert::Rotation> {
    let pem = parts.pem(given.files, given.current.as_ref())?;
    let certificate = pem.certificate.ok_or_else(|| {
        Problem::field("certificate", "A certificate is needed.")
            .remedy("Select a file, drop one here, or enter it as text.")
    })?;
    Ok(imported_cert::Rotation::new(
        certificate,
        pem.intermediate,
        pem.private_key,
    ))
}
