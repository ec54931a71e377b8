//! Elements of configurations in the paths of v1, the types of v2 that they hold, and their fields.

use crate::v1::shape::{Field, Form, renamed, same};
use crate::{ConfigType, SecretType};

/// What stands in the path.
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) secret_type: SecretType,
    pub(super) kinds: &'static [Kind],
}

/// A type of configuration.
pub(super) struct Kind {
    /// `type` in v1.
    pub(super) word: &'static str,
    /// `config_type` in v2.
    pub(super) config_type: &'static str,
    /// The environment that v1 tells by the type.
    pub(super) environment: Option<&'static str>,
    /// What creation takes.
    pub(super) created: &'static [&'static [Field]],
    /// What can be changed later.
    pub(super) changed: &'static [Field],
    /// What answers have, and creation has not.
    pub(super) answered: &'static [&'static str],
    /// What answers have.
    pub(super) shown: &'static [&'static [Field]],
}

impl Kind {
    /// What a member that can be changed becomes when a replacement leaves it out; none: it stays.
    pub(super) fn usual(&self, name: &str) -> Option<&'static str> {
        match (self.word, name) {
            ("certificate_template", _) => Some("null"), // v2 knows what is usual
            (_, "crl_expiry") => Some("\"72h\""),
            (
                _,
                "crl_disable"
                | "crl_distribution_points_encoded"
                | "issuing_certificates_urls_encoded",
            ) => Some("false"),
            _ => None,
        }
    }
}

/// All elements.
pub(super) static ELEMENTS: [Element; 5] = [
    Element {
        name: "certificate_authorities",
        secret_type: SecretType::PublicCert,
        kinds: &[
            lets_encrypt("letsencrypt", "production"),
            lets_encrypt("letsencrypt-stage", "staging"),
            // beyond IBM's
            Kind {
                created: &[ACME_CREATED, ACME],
                changed: ACME,
                shown: &[ACME_CREATED, ACME],
                ..kind("acme", ConfigType::Acme.name())
            },
        ],
    },
    Element {
        name: "dns_providers",
        secret_type: SecretType::PublicCert,
        kinds: &[
            Kind {
                created: &[CIS],
                changed: CIS,
                shown: &[CIS_SHOWN],
                ..kind(
                    "cis",
                    "public_cert_configuration_dns_cloud_internet_services",
                )
            },
            Kind {
                created: &[CLASSIC],
                changed: CLASSIC,
                shown: &[CLASSIC],
                ..kind(
                    "classic_infrastructure",
                    "public_cert_configuration_dns_classic_infrastructure",
                )
            },
            // beyond IBM's
            Kind {
                created: &[RFC2136],
                changed: RFC2136,
                shown: &[RFC2136],
                ..kind("rfc2136", ConfigType::Rfc2136.name())
            },
        ],
    },
    Element {
        name: "root_certificate_authorities",
        secret_type: SecretType::PrivateCert,
        kinds: &[Kind {
            created: &[PUBLISHING, AUTHORITY, SUBJECT, ROOT],
            changed: PUBLISHING,
            answered: AUTHORITY_ANSWERED,
            shown: &[AUTHORITY_SHOWN, SUBJECT, ROOT_SHOWN],
            ..kind("root_certificate_authority", ConfigType::RootCa.name())
        }],
    },
    Element {
        name: "intermediate_certificate_authorities",
        secret_type: SecretType::PrivateCert,
        kinds: &[Kind {
            created: &[PUBLISHING, AUTHORITY, SUBJECT, INTERMEDIATE],
            changed: PUBLISHING,
            answered: AUTHORITY_ANSWERED,
            shown: &[AUTHORITY_SHOWN, SUBJECT, INTERMEDIATE_SHOWN],
            ..kind(
                "intermediate_certificate_authority",
                ConfigType::IntermediateCa.name(),
            )
        }],
    },
    Element {
        name: "certificate_templates",
        secret_type: SecretType::PrivateCert,
        kinds: &[Kind {
            created: &[TEMPLATE_CREATED, TEMPLATE, SUBJECT],
            changed: TEMPLATE_CHANGED,
            shown: &[TEMPLATE_SHOWN, TEMPLATE, SUBJECT],
            ..kind("certificate_template", ConfigType::Template.name())
        }],
    },
];

const fn kind(word: &'static str, config_type: &'static str) -> Kind {
    Kind {
        word,
        config_type,
        environment: None,
        created: &[],
        changed: &[],
        answered: &[],
        shown: &[],
    }
}

const fn lets_encrypt(word: &'static str, environment: &'static str) -> Kind {
    Kind {
        environment: Some(environment),
        created: &[LETS_ENCRYPT],
        changed: LETS_ENCRYPT,
        shown: &[LETS_ENCRYPT_SHOWN],
        ..kind(word, ConfigType::LetsEncrypt.name())
    }
}

const LETS_ENCRYPT: &[Field] = &[renamed("private_key", "lets_encrypt_private_key").needed()];
const LETS_ENCRYPT_SHOWN: &[Field] = &[renamed("lets_encrypt_private_key", "private_key")];

const ACME_CREATED: &[Field] = &[same("directory_url")];
const ACME: &[Field] = &[
    same("root_certificate"),
    same("private_key"),
    same("preferred_chain"),
    same("contact"),
    same("external_account_key_id"),
    same("external_account_hmac_key"),
];

const CIS: &[Field] = &[
    renamed("cis_crn", "cloud_internet_services_crn").needed(),
    renamed("cis_apikey", "cloud_internet_services_apikey"),
];
const CIS_SHOWN: &[Field] = &[
    renamed("cloud_internet_services_crn", "cis_crn"),
    renamed("cloud_internet_services_apikey", "cis_apikey"),
];
const CLASSIC: &[Field] = &[
    same("classic_infrastructure_username").needed(),
    same("classic_infrastructure_password").needed(),
];
const RFC2136: &[Field] = &[
    same("server"),
    same("zone"),
    same("tsig_key_name"),
    same("tsig_algorithm"),
    same("tsig_secret"),
];

const PUBLISHING: &[Field] = &[
    same("max_ttl").needed().form(Form::Length),
    same("crl_expiry").form(Form::Length),
    same("crl_disable"),
    same("crl_distribution_points_encoded"),
    same("issuing_certificates_urls_encoded"),
];
const AUTHORITY: &[Field] = &[
    same("common_name").needed(),
    same("alt_names").form(Form::Split),
    same("ip_sans"),
    same("uri_sans"),
    same("other_sans"),
    same("format"),
    same("private_key_format"),
    same("key_type"),
    same("key_bits"),
    same("exclude_cn_from_sans"),
];
const ROOT: &[Field] = &[
    same("ttl").form(Form::Length),
    same("max_path_length"),
    same("permitted_dns_domains"),
];
const INTERMEDIATE: &[Field] = &[same("signing_method").needed(), same("issuer")];
const AUTHORITY_ANSWERED: &[&str] = &["status", "expiration_date", "data"];
const AUTHORITY_SHOWN: &[Field] = &[
    renamed("max_ttl_seconds", "max_ttl"),
    renamed("crl_expiry_seconds", "crl_expiry"),
    same("crl_disable"),
    same("crl_distribution_points_encoded"),
    same("issuing_certificates_urls_encoded"),
    same("common_name"),
    same("status"),
    same("expiration_date"),
    same("alt_names").form(Form::Join),
    same("ip_sans"),
    same("uri_sans"),
    same("other_sans"),
    same("format"),
    same("private_key_format"),
    same("key_type"),
    same("key_bits"),
    same("exclude_cn_from_sans"),
    same("data"),
];
const ROOT_SHOWN: &[Field] = &[
    renamed("ttl_seconds", "ttl"),
    same("max_path_length"),
    same("permitted_dns_domains"),
];
const INTERMEDIATE_SHOWN: &[Field] = &[same("signing_method"), same("issuer")];

const TEMPLATE_CREATED: &[Field] = &[
    same("certificate_authority").needed(),
    same("max_ttl").form(Form::Length),
    same("ttl").form(Form::Length),
    same("not_before_duration").form(Form::Length),
];
const TEMPLATE_SHOWN: &[Field] = &[
    same("certificate_authority"),
    renamed("max_ttl_seconds", "max_ttl"),
    renamed("ttl_seconds", "ttl"),
    renamed("not_before_duration_seconds", "not_before_duration"),
];
const TEMPLATE: &[Field] = &[
    same("allowed_secret_groups"),
    same("allow_localhost"),
    same("allowed_domains"),
    same("allowed_domains_template"),
    same("allow_bare_domains"),
    same("allow_subdomains"),
    same("allow_glob_domains"),
    same("allow_any_name"),
    same("enforce_hostnames"),
    same("allow_ip_sans"),
    same("allowed_uri_sans"),
    same("allowed_other_sans"),
    same("server_flag"),
    same("client_flag"),
    same("code_signing_flag"),
    same("email_protection_flag"),
    same("key_type"),
    same("key_bits"),
    same("key_usage"),
    same("ext_key_usage"),
    same("ext_key_usage_oids"),
    same("use_csr_common_name"),
    same("use_csr_sans"),
    same("require_cn"),
    same("policy_identifiers"),
    same("basic_constraints_valid_for_non_ca"),
];
/// The rest of a distinguished name.
pub(super) const SUBJECT: &[Field] = &[
    same("ou"),
    same("organization"),
    same("country"),
    same("locality"),
    same("province"),
    same("street_address"),
    same("postal_code"),
    same("serial_number"),
];
/// All but the authority.
const TEMPLATE_CHANGED: &[Field] = &{
    let lengths = [
        same("max_ttl").form(Form::Length),
        same("ttl").form(Form::Length),
        same("not_before_duration").form(Form::Length),
    ];
    let mut all = [lengths[0]; 3 + TEMPLATE.len() + SUBJECT.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < 3 {
            lengths[at]
        } else if at < 3 + TEMPLATE.len() {
            TEMPLATE[at - 3]
        } else {
            SUBJECT[at - 3 - TEMPLATE.len()]
        };
        at += 1;
    }
    all
};
