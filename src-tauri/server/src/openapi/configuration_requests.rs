//! Schemas of requests about configurations of secrets engines.

use super::shape::{Member, Schema, any_of, needed, one_of, optional, request};

#[rustfmt::skip] // one member a line
pub(super) const SCHEMAS: &[Schema] = &[
    one_of("ConfigurationPrototype", "config_type", &[
        ("private_cert_configuration_root_ca", "RootCAPrototype"),
        ("private_cert_configuration_intermediate_ca", "IntermediateCAPrototype"),
        ("private_cert_configuration_template", "TemplatePrototype"),
        ("public_cert_configuration_ca_lets_encrypt", "LetsEncryptPrototype"),
        ("public_cert_configuration_ca_acme", "AcmePrototype"),
        ("public_cert_configuration_dns_rfc2136", "Rfc2136Prototype"),
        ("iam_credentials_configuration", "IAMCredentialsConfigurationPrototype"),
    ]),
    request("RootCAPrototype", &[NEW, AUTHORITY, SUBJECT, &[
        needed("config_type", "=private_cert_configuration_root_ca"),
        optional("ttl", "Ttl"),
        optional("max_path_length", "PathLength"),
        optional("permitted_dns_domains", "Texts100"),
    ]]),
    request("IntermediateCAPrototype", &[NEW, AUTHORITY, SUBJECT, &[
        needed("config_type", "=private_cert_configuration_intermediate_ca"),
        needed("signing_method", "=internal|external"),
        optional("issuer", "Text"),
    ]]),
    request("TemplatePrototype", &[NEW, RULES, SUBJECT, &[
        needed("config_type", "=private_cert_configuration_template"),
        needed("certificate_authority", "Text"),
        optional("allow_wildcard_certificates", "Flag"),
    ]]),
    request("LetsEncryptPrototype", &[NEW, LETS_ENCRYPT, &[
        needed("config_type", "=public_cert_configuration_ca_lets_encrypt"),
    ]]),
    request("AcmePrototype", &[NEW, ACME, &[
        needed("config_type", "=public_cert_configuration_ca_acme"),
        needed("directory_url", "Directory"),
        optional("root_certificate", "Pem"),
    ]]),
    request("Rfc2136Prototype", &[NEW, &[
        needed("config_type", "=public_cert_configuration_dns_rfc2136"),
        needed("server", "Given"),
        optional("zone", "DnsName"),
        needed("tsig_key_name", "DnsName"),
        optional("tsig_algorithm", TSIG),
        needed("tsig_secret", "TsigSecret"),
    ]]),
    request("IAMCredentialsConfigurationPrototype", &[NEW, IAM, &[
        needed("config_type", "=iam_credentials_configuration"),
        needed("api_key", "IamApiKey"),
    ]]),

    any_of("ConfigurationPatch", &[
        "AuthorityPatch",
        "TemplatePatch",
        "LetsEncryptPatch",
        "AcmePatch",
        "Rfc2136Patch",
        "IAMCredentialsConfigurationPatch",
    ]),
    request("AuthorityPatch", &[PUBLISHING, &[optional("max_ttl", "Ttl")]]),
    request("TemplatePatch", &[RULES, SUBJECT]),
    request("LetsEncryptPatch", &[LETS_ENCRYPT]),
    request("AcmePatch", &[ACME, &[optional("root_certificate", "PemOrBlank")]]),
    request("Rfc2136Patch", &[&[
        optional("server", "Given"),
        optional("zone", "DnsName"),
        optional("tsig_key_name", "DnsName"),
        optional("tsig_algorithm", TSIG),
        optional("tsig_secret", "TsigSecret"),
    ]]),
    request("IAMCredentialsConfigurationPatch", &[IAM, &[optional("api_key", "IamApiKey")]]),

    one_of("ConfigurationAction", "action_type", &[
        ("private_cert_configuration_action_rotate_crl", "RotateCrl"),
        ("private_cert_configuration_action_sign_intermediate", "SignIntermediate"),
        ("private_cert_configuration_action_sign_csr", "SignCsr"),
        ("private_cert_configuration_action_set_signed", "SetSigned"),
        ("private_cert_configuration_action_revoke_ca_certificate", "RevokeCACertificate"),
        ("private_cert_configuration_action_rotate_intermediate", "RotateIntermediate"),
    ]),
    request("RotateCrl", &[FORMAT, &[
        needed("action_type", "=private_cert_configuration_action_rotate_crl"),
    ]]),
    request("SignIntermediate", &[FORMAT, SIGNING, SUBJECT, &[
        needed("action_type", "=private_cert_configuration_action_sign_intermediate"),
        needed("intermediate_certificate_authority", "Text"),
    ]]),
    request("SignCsr", &[FORMAT, SIGNING, SUBJECT, &[
        needed("action_type", "=private_cert_configuration_action_sign_csr"),
        needed("csr", "Text"),
    ]]),
    request("SetSigned", &[FORMAT, &[
        needed("action_type", "=private_cert_configuration_action_set_signed"),
        needed("certificate", "Text"),
    ]]),
    request("RevokeCACertificate", &[FORMAT, &[
        needed("action_type", "=private_cert_configuration_action_revoke_ca_certificate"),
    ]]),
    request("RotateIntermediate", &[FORMAT, &[
        needed("action_type", "=private_cert_configuration_action_rotate_intermediate"),
    ]]),
];

pub(super) const TSIG: &str = "=hmac-sha256|hmac-sha384|hmac-sha512";

const NEW: &[Member] = &[
    needed("name", "ConfigurationName"),
    optional("format", "=pem|pem_bundle"),
    optional("private_key_format", "=der|pkcs8"),
];
const FORMAT: &[Member] = &[optional("format", "=pem|pem_bundle")];

const PUBLISHING: &[Member] = &[
    optional("crl_expiry", "Ttl"),
    optional("crl_disable", "Flag"),
    optional("crl_distribution_points_encoded", "Flag"),
    optional("issuing_certificates_urls_encoded", "Flag"),
];

const AUTHORITY: &[Member] = &[
    needed("max_ttl", "Ttl"),
    needed("common_name", "CommonName"),
    PUBLISHING[0],
    PUBLISHING[1],
    PUBLISHING[2],
    PUBLISHING[3],
    optional("alt_names", "AltNames"),
    optional("ip_sans", "CommaList"),
    optional("uri_sans", "CommaList"),
    optional("other_sans", "Texts100"),
    optional("exclude_cn_from_sans", "Flag"),
    optional("key_type", "=rsa|ec"),
    optional("key_bits", "AuthorityBits"),
];

const SUBJECT: &[Member] = &[
    optional("ou", "Texts10"),
    optional("organization", "Texts10"),
    optional("country", "Texts10"),
    optional("locality", "Texts10"),
    optional("province", "Texts10"),
    optional("street_address", "Texts10"),
    optional("postal_code", "Texts10"),
];

const RULES: &[Member] = &[
    optional("allowed_secret_groups", "Text"),
    optional("max_ttl", "Ttl"),
    optional("ttl", "Ttl"),
    optional("allow_localhost", "Flag"),
    optional("allowed_domains", "Texts100"),
    optional("allowed_domains_template", "Flag"),
    optional("allow_bare_domains", "Flag"),
    optional("allow_subdomains", "Flag"),
    optional("allow_glob_domains", "Flag"),
    optional("allow_any_name", "Flag"),
    optional("enforce_hostnames", "Flag"),
    optional("allow_ip_sans", "Flag"),
    optional("allowed_uri_sans", "Texts100"),
    optional("allowed_other_sans", "Texts100"),
    optional("server_flag", "Flag"),
    optional("client_flag", "Flag"),
    optional("code_signing_flag", "Flag"),
    optional("email_protection_flag", "Flag"),
    optional("key_type", "=rsa|ec"),
    optional("key_bits", "AuthorityBits"),
    optional("key_usage", "Texts100"),
    optional("ext_key_usage", "Texts100"),
    optional("ext_key_usage_oids", "Texts100"),
    optional("use_csr_common_name", "Flag"),
    optional("use_csr_sans", "Flag"),
    optional("require_cn", "Flag"),
    optional("policy_identifiers", "Texts100"),
    optional("basic_constraints_valid_for_non_ca", "Flag"),
    optional("not_before_duration", "Ttl"),
];

const LETS_ENCRYPT: &[Member] = &[
    needed("lets_encrypt_environment", "=production|staging"),
    optional("lets_encrypt_private_key", "Pem"),
    optional("lets_encrypt_preferred_chain", "PreferredChain"),
    optional("contact", "Contact"),
];

const IAM: &[Member] = &[
    optional("disabled", "Flag"),
    optional("iam_url", "IamUrl"),
    optional("account_id", "AccountId"),
];

const ACME: &[Member] = &[
    optional("private_key", "Pem"),
    optional("preferred_chain", "PreferredChain"),
    optional("contact", "Contact"),
    optional("external_account_key_id", "Short512"),
    optional("external_account_hmac_key", "Short512"),
];

const SIGNING: &[Member] = &[
    optional("common_name", "Text"),
    optional("alt_names", "AltNames"),
    optional("ip_sans", "CommaList"),
    optional("uri_sans", "CommaList"),
    optional("other_sans", "Texts100"),
    optional("exclude_cn_from_sans", "Flag"),
    optional("ttl", "Ttl"),
    optional("max_path_length", "PathLength"),
    optional("permitted_dns_domains", "Texts100"),
    optional("use_csr_values", "Flag"),
];
