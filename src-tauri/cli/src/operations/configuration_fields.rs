//! Options that several commands about configurations share, grouped as the fields are.

use super::option::{Kind, Opt};

/// What a certificate of an authority is made from.
#[rustfmt::skip] // one option a line
pub(super) const CERTIFICATE: &[Opt] = &[
    Opt::body("certificate-common-name", "common_name", Kind::Text, "Common name"),
    Opt::body("certificate-alt-names", "alt_names", Kind::List, "Further names"),
    Opt::body("private-cert-ip-sans", "ip_sans", Kind::Text, "IP addresses, with commas between them"),
    Opt::body("private-cert-uri-sans", "uri_sans", Kind::Text, "URIs, with commas between them"),
    Opt::body("private-cert-other-sans", "other_sans", Kind::List, "Names of other kinds, OID;UTF8:VALUE"),
    Opt::body("private-cert-ttl", "ttl", Kind::Text, "How long it lives"),
    Opt::body("private-cert-format", "format", Kind::Text, "pem or pem_bundle"),
    Opt::body("private-cert-max-path-length", "max_path_length", Kind::Number, "Authorities below it; -1: any number"),
    Opt::body("private-cert-exclude-cn-from-sans", "exclude_cn_from_sans", Kind::Flag, "Leave the common name out of the further names"),
    Opt::body("private-cert-permitted-dns-domains", "permitted_dns_domains", Kind::List, "Domains it may issue for"),
];

/// What an authority does.
#[rustfmt::skip] // one option a line
pub(super) const AUTHORITY: &[Opt] = &[
    Opt::body("private-cert-max-ttl", "max_ttl", Kind::Text, "Longest life of a certificate"),
    Opt::body("private-cert-crl-expiry", "crl_expiry", Kind::Text, "How long a revocation list lives"),
    Opt::body("private-cert-crl-disabled", "crl_disable", Kind::Flag, "Make no revocation lists"),
    Opt::body("private-cert-crl-distribution-points-encoded", "crl_distribution_points_encoded", Kind::Flag, "Name the revocation list in certificates"),
    Opt::body("private-cert-issuing-certificate-urls-encoded", "issuing_certificates_urls_encoded", Kind::Flag, "Name the authority's certificate in certificates"),
    Opt::body("private-cert-private-key-type", "key_type", Kind::Text, "rsa or ec"),
    Opt::body("private-cert-private-key-bits", "key_bits", Kind::Number, "Bits of the key"),
];

/// What a template allows.
#[rustfmt::skip] // one option a line
pub(super) const TEMPLATE: &[Opt] = &[
    Opt::body("private-cert-allowed-secret-groups", "allowed_secret_groups", Kind::Text, "Secret groups that may use it, with commas between them"),
    Opt::body("private-cert-allow-localhost", "allow_localhost", Kind::Flag, "Allow localhost"),
    Opt::body("private-cert-allowed-domains", "allowed_domains", Kind::List, "Domains"),
    Opt::body("private-cert-allowed-domains-template", "allowed_domains_template", Kind::Flag, "The domains may contain templates"),
    Opt::body("private-cert-allow-bare-domains", "allow_bare_domains", Kind::Flag, "Allow the domains themselves"),
    Opt::body("private-cert-allow-subdomains", "allow_subdomains", Kind::Flag, "Allow what is below the domains"),
    Opt::body("private-cert-allow-glob-domains", "allow_glob_domains", Kind::Flag, "The domains may contain asterisks"),
    Opt::body("private-cert-allow-any-name", "allow_any_name", Kind::Flag, "Allow every name"),
    Opt::body("private-cert-enforce-hostname", "enforce_hostnames", Kind::Flag, "Names must be host names"),
    Opt::body("private-cert-allow-ip-sans", "allow_ip_sans", Kind::Flag, "Allow IP addresses"),
    Opt::body("private-cert-allowed-uri-sans", "allowed_uri_sans", Kind::List, "URIs"),
    Opt::body("private-cert-allowed-other-sans", "allowed_other_sans", Kind::List, "Names of other kinds"),
    Opt::body("private-cert-server-flag", "server_flag", Kind::Flag, "For servers"),
    Opt::body("private-cert-client-flag", "client_flag", Kind::Flag, "For clients"),
    Opt::body("private-cert-code-signing-flag", "code_signing_flag", Kind::Flag, "For signing code"),
    Opt::body("private-cert-email-protection-flag", "email_protection_flag", Kind::Flag, "For protecting mail"),
    Opt::body("private-cert-key-usage", "key_usage", Kind::List, "Key usage"),
    Opt::body("private-cert-ext-key-usage", "ext_key_usage", Kind::List, "Extended key usage"),
    Opt::body("private-cert-ext-key-usage-oids", "ext_key_usage_oids", Kind::List, "Extended key usage, as OIDs"),
    Opt::body("private-cert-use-csr-common-name", "use_csr_common_name", Kind::Flag, "Take the common name of a signing request"),
    Opt::body("private-cert-use-cse-sans", "use_csr_sans", Kind::Flag, "Take the further names of a signing request").alias("private-cert-use-csr-sans"),
    Opt::body("private-cert-require-cn", "require_cn", Kind::Flag, "A common name must be given"),
    Opt::body("private-cert-policy-identifiers", "policy_identifiers", Kind::List, "Policies, as OIDs"),
    Opt::body("private-cert-basic-constraints-valid-for-non-ca", "basic_constraints_valid_for_non_ca", Kind::Flag, "Mark certificates as those of no authority"),
    Opt::body("private-cert-not-before-duration", "not_before_duration", Kind::Text, "How far certificates begin in the past"),
];

/// The subject of a certificate.
#[rustfmt::skip] // one option a line
pub(super) const SUBJECT: &[Opt] = &[
    Opt::body("private-cert-subject-organizational-unit", "ou", Kind::List, "Organizational units"),
    Opt::body("private-cert-subject-organization", "organization", Kind::List, "Organizations"),
    Opt::body("private-cert-subject-country", "country", Kind::List, "Countries"),
    Opt::body("private-cert-subject-locality", "locality", Kind::List, "Localities"),
    Opt::body("private-cert-subject-province", "province", Kind::List, "Provinces"),
    Opt::body("private-cert-subject-street-address", "street_address", Kind::List, "Street addresses"),
    Opt::body("private-cert-subject-postal-code", "postal_code", Kind::List, "Postal codes"),
];

/// What the other types of configurations have.
#[rustfmt::skip] // one option a line
pub(super) const OTHERS: &[Opt] = &[
    Opt::body("public-cert-lets-encrypt-environment", "lets_encrypt_environment", Kind::Text, "production or staging"),
    Opt::body("public-cert-lets-encrypt-private-key", "lets_encrypt_private_key", Kind::Exact, "Key of the account, PEM: text, @FILE or -"),
    Opt::body("public-cert-lets-encrypt-preferred-chain", "lets_encrypt_preferred_chain", Kind::Text, "Name of the root that is preferred"),
    Opt::body("public-cert-cloud-internet-services-apikey", "cloud_internet_services_apikey", Kind::Value, "API key: text, @FILE or -"),
    Opt::body("public-cert-classic-infrastructure-username", "classic_infrastructure_username", Kind::Value, "User name"),
    Opt::body("public-cert-classic-infrastructure-password", "classic_infrastructure_password", Kind::Value, "API key: text, @FILE or -"),
    Opt::body("iam-credentials-apikey-disabled", "disabled", Kind::Flag, "Make no service IDs"),
    Opt::body("configuration-task-timeout", "task_timeout", Kind::Text, "How long a task may take"),
];
