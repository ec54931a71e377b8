//! Private certificates: what is asked of the template, with a new key or for a request.

use keyturn_api::secret::private_cert;
use keyturn_api::{Result, RotationPolicy, Ttl, configuration::subject::AltNameFields};
use serde::Deserialize;
use specta::Type;

use super::Given;
use crate::files::certificates::{PartInput, csr_pem};

/// A new secret.
#[derive(Clone, Deserialize, Type)]
#[serde(rename = "NewPrivateCertForm", deny_unknown_fields)]
pub(crate) struct NewForm {
    /// Name of the template.
    certificate_template: String,
    common_name: String,
    /// Host names and e-mail addresses.
    alt_names: Vec<String>,
    /// Comma-separated.
    ip_sans: String,
    /// Comma-separated.
    uri_sans: String,
    /// `<oid>;UTF8:<value>`.
    other_sans: Vec<String>,
    exclude_cn_from_sans: bool,
    /// A request with a key of its own; absent: the instance makes a key.
    csr: Option<PartInput>,
    /// Absent: that of the template.
    ttl: Option<Ttl>,
    rotation: RotationPolicy,
}

impl NewForm {
    /// The kept file that it names.
    pub(super) fn tokens(&self) -> Vec<String> {
        token(self.csr.as_ref())
    }

    pub(crate) fn parse(self, given: &Given<'_>) -> Result<private_cert::New> {
        let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        Ok(private_cert::New {
            certificate_template: self.certificate_template,
            common_name: self.common_name.trim().to_owned(),
            alt_names: AltNameFields {
                alt_names: self.alt_names,
                ip_sans: filled(self.ip_sans),
                uri_sans: filled(self.uri_sans),
                other_sans: self.other_sans,
                exclude_cn_from_sans: self.exclude_cn_from_sans,
            },
            csr: csr_pem(self.csr.as_ref(), given.files)?,
            ttl: self.ttl,
            rotation: self.rotation,
        })
    }
}

/// A rotation.
#[derive(Deserialize, Type)]
#[serde(rename = "PrivateCertRotationForm", deny_unknown_fields)]
pub(crate) struct RotationForm {
    /// Another request; absent: as before.
    csr: Option<PartInput>,
}

impl RotationForm {
    /// The kept file that it names.
    pub(super) fn tokens(&self) -> Vec<String> {
        token(self.csr.as_ref())
    }

    pub(crate) fn parse(self, given: &Given<'_>) -> Result<private_cert::Rotation> {
        csr_pem(self.csr.as_ref(), given.files).map(private_cert::Rotation::new)
    }
}

fn token(csr: Option<&PartInput>) -> Vec<String> {
    match csr {
        Some(PartInput::File { token }) => vec![token.clone()],
        _ => Vec::new(),
    }
}
