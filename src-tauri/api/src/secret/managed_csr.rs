//! A certificate signing request that the instance makes and keeps the key of (API v2:
//! `managed_csr`).

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Problem, Result, certificate::KeyType, configuration::subject::check_subject};

/// What the request asks for. Alternative names and usages are comma-separated texts here, as API v2
/// has them.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the request of API v2 has that many switches"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct ManagedCsr {
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
    /// Common name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// Host names and e-mail addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt_names: Option<String>,
    /// IP addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_sans: Option<String>,
    /// URIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_sans: Option<String>,
    /// Other names: `<oid>;UTF8:<value>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_sans: Option<String>,
    /// User ids of the subject (OID 0.9.2342.19200300.100.1.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_ids: Option<String>,
    /// Whether the common name is left out of the alternative names.
    pub exclude_cn_from_sans: bool,
    /// Whether a common name is needed.
    pub require_cn: bool,
    /// For servers.
    pub server_flag: bool,
    /// For clients.
    pub client_flag: bool,
    /// For signing code.
    pub code_signing_flag: bool,
    /// For e-mail.
    pub email_protection_flag: bool,
    /// Key usages.
    // absent is as usual, so none is written as well
    pub key_usage: Option<String>,
    /// Extended key usages by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ext_key_usage: Option<String>,
    /// Extended key usages by object identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ext_key_usage_oids: Option<String>,
    /// Policies by object identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_identifiers: Option<String>,
    /// Kind of the key.
    pub key_type: KeyType,
    /// Its size; absent: the usual one of its kind.
    // absent is as usual, so none is written as well
    pub key_bits: Option<u32>,
    /// Whether an update makes a new key.
    pub rotate_keys: bool,
}

impl Default for ManagedCsr {
    fn default() -> Self {
        Self {
            ou: Vec::new(),
            organization: Vec::new(),
            country: Vec::new(),
            locality: Vec::new(),
            province: Vec::new(),
            street_address: Vec::new(),
            postal_code: Vec::new(),
            common_name: None,
            alt_names: None,
            ip_sans: None,
            uri_sans: None,
            other_sans: None,
            user_ids: None,
            exclude_cn_from_sans: false,
            require_cn: true,
            server_flag: true,
            client_flag: true,
            code_signing_flag: false,
            email_protection_flag: false,
            key_usage: Some("DigitalSignature,KeyAgreement,KeyEncipherment".to_owned()),
            ext_key_usage: None,
            ext_key_usage_oids: None,
            policy_identifiers: None,
            key_type: KeyType::Rsa,
            key_bits: Some(2048),
            rotate_keys: false,
        }
    }
}

/// Texts of an alternative name, and how many, are bounded.
const LIST_CHARS: usize = 2_048;

impl ManagedCsr {
    /// Checks what needs no knowledge of certificates: the key, sizes, and that there is a name.
    pub fn check(&self) -> Result<()> {
        check_key(self.key_type, self.key_bits)?;
        let texts = [
            ("alt_names", &self.alt_names),
            ("ip_sans", &self.ip_sans),
            ("uri_sans", &self.uri_sans),
            ("other_sans", &self.other_sans),
            ("user_ids", &self.user_ids),
            ("key_usage", &self.key_usage),
            ("ext_key_usage", &self.ext_key_usage),
            ("ext_key_usage_oids", &self.ext_key_usage_oids),
            ("policy_identifiers", &self.policy_identifiers),
        ];
        for (field, text) in texts {
            if text.as_ref().is_some_and(|text| text.len() > LIST_CHARS) {
                return Err(Problem::field(
                    field,
                    format!("This list has at most {LIST_CHARS} characters."),
                ));
            }
        }
        check_subject([
            ("ou", &self.ou),
            ("organization", &self.organization),
            ("country", &self.country),
            ("locality", &self.locality),
            ("province", &self.province),
            ("street_address", &self.street_address),
            ("postal_code", &self.postal_code),
        ])?;
        if self.require_cn && self.common_name().is_none() {
            return Err(
                Problem::field("common_name", "A common name is needed.").remedy(
                    "Enter the name the certificate is for, or turn off that one is required.",
                ),
            );
        }
        if self.names().is_empty() {
            return Err(Problem::field(
                "common_name",
                "A request needs a common name or an alternative name.",
            ));
        }
        Ok(())
    }

    /// The common name, unless it is blank.
    pub fn common_name(&self) -> Option<&str> {
        self.common_name
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }

    /// Common and alternative names together, lower case.
    pub fn names(&self) -> Vec<String> {
        let lists = [
            &self.alt_names,
            &self.ip_sans,
            &self.uri_sans,
            &self.other_sans,
        ];
        let listed = lists.into_iter().flatten().flat_map(|list| parts(list));
        self.common_name()
            .into_iter()
            .chain(listed)
            .map(str::to_lowercase)
            .collect()
    }

    /// Refuses a change that keeps none of the names: it would be a certificate for something else.
    pub fn check_change(&self, new: &Self) -> Result<()> {
        let before = self.names();
        if new.names().iter().any(|name| before.contains(name)) {
            return Ok(());
        }
        Err(Problem::field(
            "common_name",
            "At least one of the names must stay; this request would be for another one.",
        )
        .remedy("Keep a name, or create another secret."))
    }
}

/// Entries of a comma-separated list, without blanks.
pub fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Key types and sizes of API v2.
pub(crate) fn check_key(key_type: KeyType, bits: Option<u32>) -> Result<()> {
    let (sizes, words): (&[u32], _) = match key_type {
        KeyType::Rsa => (
            &[2048, 3072, 4096, 8192],
            "RSA keys have 2048, 3072, 4096 or 8192 bits.",
        ),
        KeyType::Ec => (&[224, 256, 384, 521], "EC keys have 256, 384 or 521 bits."),
        KeyType::Ed25519 => return Ok(()),
    };
    match bits {
        Some(224) if key_type == KeyType::Ec => Err(Problem::field(
            "key_bits",
            "Keys on the curve P-224 are not supported: no maintained library signs with them.",
        )
        .remedy("Choose 256 bits.")),
        Some(bits) if !sizes.contains(&bits) => Err(Problem::field("key_bits", words)),
        _ => Ok(()),
    }
}

/// The request as metadata shows it. Its private key is not among it: that is a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ManagedCsrView {
    /// What it asks for.
    #[serde(flatten)]
    pub request: ManagedCsr,
    /// The request itself, PEM.
    pub csr: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(common_name: &str, alt_names: &str) -> ManagedCsr {
        ManagedCsr {
            common_name: Some(common_name.into()),
            alt_names: Some(alt_names.into()),
            ..ManagedCsr::default()
        }
    }

    #[test]
    fn a_request_needs_a_name_and_a_key_that_can_be_made() {
        assert!(named("a.example", "").check().is_ok());
        let nameless = ManagedCsr::default().check().unwrap_err();
        assert_eq!(nameless.target.unwrap().name, "common_name");
        let only_alternative = ManagedCsr {
            require_cn: false,
            ..named("", "a.example, b.example")
        };
        assert!(only_alternative.check().is_ok());
        for (key_type, bits) in [(KeyType::Rsa, 1024), (KeyType::Ec, 224), (KeyType::Ec, 255)] {
            let request = ManagedCsr {
                key_type,
                key_bits: Some(bits),
                ..named("a.example", "")
            };
            let refused = request.check().unwrap_err();
            assert_eq!(refused.target.unwrap().name, "key_bits", "{bits}");
        }
    }

    #[test]
    fn one_name_at_least_stays() {
        let before = named("a.example", "b.example");
        assert!(
            before
                .check_change(&named("c.example", "B.example"))
                .is_ok()
        );
        assert!(before.check_change(&named("c.example", "")).is_err());
    }

    #[test]
    fn what_is_absent_on_the_wire_has_its_default() {
        let request: ManagedCsr = serde_json::from_str(r#"{"common_name": "a.example"}"#).unwrap();
        assert!(request.server_flag && request.require_cn && !request.rotate_keys);
        assert!(serde_json::from_str::<ManagedCsr>(r#"{"cn": "a"}"#).is_err());
    }
}
