//! Managed requests: what API v2 asks for, as a certificate signing request.

use keyturn_api::{
    Result,
    secret::imported_cert::{ManagedCsr, parts},
};
use keyturn_pki::{
    AltNamesText, ExtendedUse, PrivateKey, Subject,
    csr::{self, CsrRequest},
};

use super::certificate::problem_of_field;

/// Makes the request, signed with its key. PEM.
pub(super) fn make(request: &ManagedCsr, key: &PrivateKey) -> Result<String> {
    let asked = CsrRequest {
        subject: Subject {
            common_name: request.common_name().map(ToOwned::to_owned),
            organization: request.organization.clone(),
            ou: request.ou.clone(),
            country: request.country.clone(),
            locality: request.locality.clone(),
            province: request.province.clone(),
            street_address: request.street_address.clone(),
            postal_code: request.postal_code.clone(),
            user_ids: list(request.user_ids.as_deref()),
            serial_number: None,
        },
        alt_names: AltNamesText {
            alt_names: list(request.alt_names.as_deref()),
            ip_sans: request.ip_sans.clone().unwrap_or_default(),
            uri_sans: request.uri_sans.clone().unwrap_or_default(),
            other_sans: list(request.other_sans.as_deref()),
        },
        require_cn: request.require_cn,
        exclude_cn_from_sans: request.exclude_cn_from_sans,
        key_usage: list(request.key_usage.as_deref()),
        ext_key_usage: ExtendedUse {
            server: request.server_flag,
            client: request.client_flag,
            code_signing: request.code_signing_flag,
            email_protection: request.email_protection_flag,
            words: list(request.ext_key_usage.as_deref()),
            oids: list(request.ext_key_usage_oids.as_deref()),
        },
        policy_identifiers: list(request.policy_identifiers.as_deref()),
    };
    csr::create_by_field(&asked, key)
        .map(|csr| csr.to_pem())
        .map_err(problem_of_field)
}

fn list(text: Option<&str>) -> Vec<String> {
    parts(text.unwrap_or_default())
        .map(ToOwned::to_owned)
        .collect()
}
