//! Schemas of requests about secrets and versions.

use super::shape::{Member, Schema, any_of, maybe, needed, one_of, optional, request};

#[rustfmt::skip] // one member a line
pub(super) const SCHEMAS: &[Schema] = &[
    one_of("SecretPrototype", "secret_type", &[
        ("arbitrary", "ArbitrarySecretPrototype"),
        ("iam_credentials", "IAMCredentialsSecretPrototype"),
        ("imported_cert", "ImportedCertificatePrototype"),
        ("kv", "KVSecretPrototype"),
        ("private_cert", "PrivateCertificatePrototype"),
        ("public_cert", "PublicCertificatePrototype"),
        ("username_password", "UsernamePasswordSecretPrototype"),
    ]),
    request("ArbitrarySecretPrototype", &[NEW, &[
        needed("secret_type", "=arbitrary"),
        needed("payload", "Payload"),
        optional("expiration_date", "DateTime"),
    ]]),
    // access groups, or a service ID
    request("IAMCredentialsSecretPrototype", &[NEW, &[
        needed("secret_type", "=iam_credentials"),
        needed("ttl", "Ttl"),
        optional("access_groups", "AccessGroups"),
        optional("service_id", "ServiceId"),
        optional("account_id", "AccountId"),
        needed("reuse_api_key", "Flag"),
        optional("rotation", "CommonRotationPolicy"),
    ]]),
    request("KVSecretPrototype", &[NEW, &[
        needed("secret_type", "=kv"),
        needed("data", "Data"),
    ]]),
    request("UsernamePasswordSecretPrototype", &[NEW, &[
        needed("secret_type", "=username_password"),
        needed("username", "Username"),
        optional("password", "Password"),
        optional("expiration_date", "DateTime"),
        optional("rotation", "CommonRotationPolicy"),
        optional("password_generation_policy", "PasswordGenerationPolicy"),
    ]]),
    // a certificate that is there
    any_of("ImportedCertificatePrototype", &["ImportedCertificateGiven", "ImportedCertificateRequested"]),
    request("ImportedCertificateGiven", &[NEW, &[
        needed("secret_type", "=imported_cert"),
        needed("certificate", "Pem"),
        optional("intermediate", "PemOrBlank"),
        optional("private_key", "PemOrBlank"),
    ]]),
    // a request that the instance makes
    request("ImportedCertificateRequested", &[NEW, &[
        needed("secret_type", "=imported_cert"),
        needed("managed_csr", "ManagedCsr"),
    ]]),
    request("PrivateCertificatePrototype", &[NEW, &[
        needed("secret_type", "=private_cert"),
        needed("certificate_template", "Given"),
        needed("common_name", "Text"),
        optional("alt_names", "AltNames"),
        optional("ip_sans", "CommaList"),
        optional("uri_sans", "CommaList"),
        optional("other_sans", "Texts100"),
        optional("exclude_cn_from_sans", "Flag"),
        optional("csr", "Csr"),
        optional("ttl", "Ttl"),
        optional("format", "=pem|pem_bundle"),
        optional("private_key_format", "=der|pkcs8"),
        optional("rotation", "CommonRotationPolicy"),
    ]]),
    request("PublicCertificatePrototype", &[NEW, &[
        needed("secret_type", "=public_cert"),
        needed("ca", "Reference"),
        needed("dns", "Reference"),
        optional("common_name", "Text"),
        optional("alt_names", "PublicNames"),
        optional("key_algorithm", "=RSA2048|RSA4096|ECDSA256|ECDSA384|EC256|EC384"),
        optional("bundle_certs", "Flag"),
        optional("rotation", "PublicCertificateRotationPolicy"),
    ]]),
    request("CommonRotationPolicy", &[&[
        needed("auto_rotate", "Flag"),
        optional("interval", "Interval"),
        optional("unit", "=day|month"),
    ]]),
    request("PublicCertificateRotationPolicy", &[&[
        needed("auto_rotate", "Flag"),
        optional("rotate_keys", "Flag"),
    ]]),
    any_of("RotationPolicy", &["CommonRotationPolicy", "PublicCertificateRotationPolicy"]),
    request("PasswordGenerationPolicy", &[&[
        maybe("length", "PasswordLength"),
        maybe("include_digits", "Flag"),
        maybe("include_symbols", "Flag"),
        maybe("include_uppercase", "Flag"),
        maybe("exclude_characters", "Excluded"),
    ]]),
    request("PasswordGenerationPolicyPatch", &[&[
        optional("length", "PasswordLength"),
        optional("include_digits", "Flag"),
        optional("include_symbols", "Flag"),
        optional("include_uppercase", "Flag"),
        optional("exclude_characters", "Excluded"),
    ]]),
    request("Reminder", &[&[
        needed("every_days", "ReminderDays"),
        optional("snoozed_until", "DateTime"),
    ]]),
    request("ManagedCsr", &[CSR]),
    request("SecretMetadataPatch", &[&[
        maybe("name", "Name"),
        optional("description", "Description"),
        optional("labels", "Labels"),
        optional("custom_metadata", "Metadata"),
        optional("expiration_date", "DateTime"),
        optional("rotation", "RotationPolicy"),
        maybe("ttl", "Ttl"),
        optional("password_generation_policy", "PasswordGenerationPolicyPatch"),
        optional("managed_csr", "ManagedCsr"),
        optional("reminder", "Reminder"),
    ]]),
    request("SecretAction", &[&[
        needed("action_type", "=public_cert_action_validate_dns_challenge|private_cert_action_revoke_certificate"),
    ]]),
    request("SecretVersionAction", &[&[needed("action_type", "=private_cert_action_revoke_certificate")]]),

    any_of("SecretVersionPrototype", &[
        "ArbitrarySecretVersionPrototype",
        "ImportedCertificateVersionPrototype",
        "KVSecretVersionPrototype",
        "PrivateCertificateVersionPrototype",
        "PublicCertificateVersionPrototype",
        "UsernamePasswordSecretVersionPrototype",
        "RestoredVersionPrototype",
    ]),
    request("ArbitrarySecretVersionPrototype", &[NEW_VERSION, &[needed("payload", "Payload")]]),
    request("KVSecretVersionPrototype", &[NEW_VERSION, &[needed("data", "Data")]]),
    request("UsernamePasswordSecretVersionPrototype", &[NEW_VERSION, &[optional("password", "Password")]]),
    request("ImportedCertificateVersionPrototype", &[NEW_VERSION, &[
        needed("certificate", "Pem"),
        optional("intermediate", "PemOrBlank"),
        optional("private_key", "PemOrBlank"),
    ]]),
    request("PrivateCertificateVersionPrototype", &[NEW_VERSION, &[optional("csr", "CsrOrBlank")]]),
    request("PublicCertificateVersionPrototype", &[NEW_VERSION, &[needed("rotation", "PublicCertificateRotation")]]),
    request("PublicCertificateRotation", &[&[
        optional("rotate_keys", "Flag"),
        optional("auto_rotate", "Flag"),
    ]]),
    request("RestoredVersionPrototype", &[NEW_VERSION, &[needed("restore_from_version", "VersionId")]]),
    request("SecretVersionMetadataPatch", &[&[NULLABLE_METADATA]]),
];

const NULLABLE_METADATA: Member = needed("version_custom_metadata", "ObjectOrNull");

const NEW: &[Member] = &[
    needed("name", "Name"),
    optional("description", "Description"),
    optional("secret_group_id", "GroupId"),
    optional("labels", "Labels"),
    optional("custom_metadata", "Metadata"),
    optional("version_custom_metadata", "Metadata"),
    optional("reminder", "Reminder"),
];

const NEW_VERSION: &[Member] = &[
    optional("custom_metadata", "Metadata"),
    optional("version_custom_metadata", "Metadata"),
];

const CSR: &[Member] = &[
    maybe("ou", "Texts10"),
    maybe("organization", "Texts10"),
    maybe("country", "Texts10"),
    maybe("locality", "Texts10"),
    maybe("province", "Texts10"),
    maybe("street_address", "Texts10"),
    maybe("postal_code", "Texts10"),
    optional("common_name", "Text"),
    optional("alt_names", "CommaList"),
    optional("ip_sans", "CommaList"),
    optional("uri_sans", "CommaList"),
    optional("other_sans", "CommaList"),
    optional("user_ids", "CommaList"),
    maybe("exclude_cn_from_sans", "Flag"),
    maybe("require_cn", "Flag"),
    maybe("server_flag", "Flag"),
    maybe("client_flag", "Flag"),
    maybe("code_signing_flag", "Flag"),
    maybe("email_protection_flag", "Flag"),
    optional("key_usage", "CommaList"),
    optional("ext_key_usage", "CommaList"),
    optional("ext_key_usage_oids", "CommaList"),
    optional("policy_identifiers", "CommaList"),
    maybe("key_type", "=rsa|ec|ed25519"),
    optional("key_bits", "Count"),
    maybe("rotate_keys", "Flag"),
];
