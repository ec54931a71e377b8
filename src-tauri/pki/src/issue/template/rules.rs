//! A template, what its authority allows, and what is asked for, as the API has them.

use crate::{AltNamesText, ExtendedUse, KeyAlgorithm, Subject};

/// A template (API v2, `private_cert_configuration_template`). The names of the fields are the
/// API's; times are in seconds.
#[expect(clippy::struct_excessive_bools, reason = "so it is in the API")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRules {
    /// Domains that names may stand in, as the three fields below allow.
    pub allowed_domains: Vec<String>,
    /// Whether `allowed_domains` holds templates of an identity; these cannot be filled in here.
    pub allowed_domains_template: bool,
    /// Whether a name may be one of the domains itself.
    pub allow_bare_domains: bool,
    /// Whether a name may lie below one of the domains.
    pub allow_subdomains: bool,
    /// Whether `*` in one of the domains stands for any text.
    pub allow_glob_domains: bool,
    /// Whether the first label of a name may be `*`; goes before `allow_any_name`.
    pub allow_wildcard_certificates: bool,
    /// Whether any name is allowed.
    pub allow_any_name: bool,
    /// Whether `localhost` and `localdomain` are allowed.
    pub allow_localhost: bool,
    /// Whether a common name must be a host name or an e-mail address. Alternative names always are.
    pub enforce_hostnames: bool,
    /// Whether IP addresses are allowed.
    pub allow_ip_sans: bool,
    /// URIs that are allowed; `*` stands for any text.
    pub allowed_uri_sans: Vec<String>,
    /// Other names that are allowed: `<oid>;UTF8:<text>`, where `*` stands for any text, or `*` for
    /// all.
    pub allowed_other_sans: Vec<String>,
    /// What `key_type` and `key_bits` name.
    pub key: KeyAlgorithm,
    /// `key_usage`.
    pub key_usage: Vec<String>,
    /// The four flags, `ext_key_usage` and `ext_key_usage_oids`.
    pub ext_key_usage: ExtendedUse,
    /// Whether the common name of a request goes before the one that is asked for.
    pub use_csr_common_name: bool,
    /// Whether the alternative names of a request take the place of those that are asked for.
    pub use_csr_sans: bool,
    /// Whether there must be a common name.
    pub require_cn: bool,
    /// `policy_identifiers`.
    pub policy_identifiers: Vec<String>,
    /// The seven fields of the subject and its serial number. The common name is not looked at.
    pub subject: Subject,
    /// Whether certificates say that they are none of an authority.
    pub basic_constraints_valid_for_non_ca: bool,
    /// How long before now a certificate begins.
    pub not_before_duration: i64,
    /// How long it is valid if nothing else is asked for.
    pub ttl: Option<i64>,
    /// How long it is valid at most.
    pub max_ttl: Option<i64>,
}

impl Default for TemplateRules {
    /// As the service fills in what is not given.
    fn default() -> Self {
        Self {
            allowed_domains: Vec::new(),
            allowed_domains_template: false,
            allow_bare_domains: false,
            allow_subdomains: false,
            allow_glob_domains: false,
            allow_wildcard_certificates: true,
            allow_any_name: false,
            allow_localhost: true,
            enforce_hostnames: true,
            allow_ip_sans: true,
            allowed_uri_sans: Vec::new(),
            allowed_other_sans: Vec::new(),
            key: KeyAlgorithm::Rsa(2048),
            key_usage: ["DigitalSignature", "KeyAgreement", "KeyEncipherment"]
                .map(str::to_owned)
                .to_vec(),
            ext_key_usage: ExtendedUse {
                server: true,
                client: true,
                ..ExtendedUse::default()
            },
            use_csr_common_name: true,
            use_csr_sans: true,
            require_cn: true,
            policy_identifiers: Vec::new(),
            subject: Subject::default(),
            basic_constraints_valid_for_non_ca: false,
            not_before_duration: 30,
            ttl: None,
            max_ttl: None,
        }
    }
}

/// What the authority of a template allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaLimits {
    /// End of its certificate, seconds since the Unix epoch.
    pub not_after: i64,
    /// How long what it signs is valid at most.
    pub max_ttl: Option<i64>,
}

/// What is asked for (API v2, private certificate).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeafRequest {
    /// `common_name`.
    pub common_name: Option<String>,
    /// `alt_names`, `ip_sans`, `uri_sans`, `other_sans`.
    pub alt_names: AltNamesText,
    /// `ttl` in seconds.
    pub ttl: Option<i64>,
    /// Whether the common name is kept out of the alternative names.
    pub exclude_cn_from_sans: bool,
}
