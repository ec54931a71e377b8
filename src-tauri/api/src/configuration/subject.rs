//! The subject of certificates that an authority makes, and its other names.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Problem, Result};

/// Parts of a distinguished name besides the common name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct SubjectFields {
    /// Organizational units.
    pub ou: Vec<String>,
    /// Organizations.
    pub organization: Vec<String>,
    /// Countries, two letters each.
    pub country: Vec<String>,
    /// Cities.
    pub locality: Vec<String>,
    /// States or provinces.
    pub province: Vec<String>,
    /// Streets.
    pub street_address: Vec<String>,
    /// Postal codes.
    pub postal_code: Vec<String>,
}

impl SubjectFields {
    /// At most ten of each.
    pub fn check(&self) -> Result<()> {
        check_subject([
            ("ou", &self.ou),
            ("organization", &self.organization),
            ("country", &self.country),
            ("locality", &self.locality),
            ("province", &self.province),
            ("street_address", &self.street_address),
            ("postal_code", &self.postal_code),
        ])
    }
}

/// At most ten values of each part of a subject (API v2).
pub(crate) fn check_subject(lists: [(&str, &Vec<String>); 7]) -> Result<()> {
    match lists.into_iter().find(|(_, list)| list.len() > 10) {
        Some((field, _)) => Err(Problem::field(field, "At most 10 are possible.")),
        None => Ok(()),
    }
}

/// Alternative names, as API v2 spells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct AltNameFields {
    /// Host names and e-mail addresses.
    pub alt_names: Vec<String>,
    /// IP addresses, comma-separated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_sans: Option<String>,
    /// URIs, comma-separated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_sans: Option<String>,
    /// `<oid>;UTF8:<value>`.
    pub other_sans: Vec<String>,
    /// Whether the common name is left out of them.
    pub exclude_cn_from_sans: bool,
}

impl AltNameFields {
    /// Bounds of API v2: at most 99 names, texts of at most 2,048 characters.
    pub fn check(&self) -> Result<()> {
        if self.alt_names.len() > 99 {
            return Err(Problem::field(
                "alt_names",
                "At most 99 names are possible.",
            ));
        }
        if self.other_sans.len() > 100 {
            return Err(Problem::field(
                "other_sans",
                "At most 100 names are possible.",
            ));
        }
        for (field, text) in [("ip_sans", &self.ip_sans), ("uri_sans", &self.uri_sans)] {
            if text.as_ref().is_some_and(|text| text.len() > 2_048) {
                return Err(Problem::field(
                    field,
                    "At most 2,048 characters are possible.",
                ));
            }
        }
        Ok(())
    }
}
