//! Templates: what an authority may issue (API v2: `private_cert_configuration_template`). The rules
//! are those of the engine behind IBM's service; `keyturn_pki::issue::template` applies them.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::authority::{LONGEST, check_ca_key};
use super::subject::SubjectFields;
use crate::certificate::KeyType;
use crate::{Problem, Result, Ttl, fields};

/// A new template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewTemplate {
    /// Name of the authority that signs.
    pub certificate_authority: String,
    /// What it may issue.
    #[serde(flatten)]
    pub rules: Rules,
}

/// A template as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Template {
    /// Name of the authority that signs.
    pub certificate_authority: String,
    /// What it may issue.
    #[serde(flatten)]
    pub rules: Rules,
    /// Why it cannot issue now: its authority is gone, expired or not signed yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hindrance: Option<Problem>,
}

/// What a template allows.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the template of API v2 has that many switches"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Rules {
    /// Ids of the secret groups that may use it, comma-separated; absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_secret_groups: Option<String>,
    /// Longest life of a certificate; absent: that of the authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_ttl: Option<Ttl>,
    /// Life of a certificate where the request says nothing.
    // absent is as usual, so none is written as well
    pub ttl: Option<Ttl>,
    /// Whether `localhost` is a name it issues.
    pub allow_localhost: bool,
    /// Domains it issues for.
    pub allowed_domains: Vec<String>,
    /// Not supported: domains as templates of identities.
    pub allowed_domains_template: bool,
    /// Whether the domains themselves are allowed.
    pub allow_bare_domains: bool,
    /// Whether names below the domains are allowed.
    pub allow_subdomains: bool,
    /// Whether domains may hold `*` for anything.
    pub allow_glob_domains: bool,
    /// Whether certificates may be for `*.name`.
    pub allow_wildcard_certificates: bool,
    /// Whether any name is allowed.
    pub allow_any_name: bool,
    /// Whether names must be host names.
    pub enforce_hostnames: bool,
    /// Whether IP addresses are allowed.
    pub allow_ip_sans: bool,
    /// URIs that are allowed, `*` for anything.
    pub allowed_uri_sans: Vec<String>,
    /// Other names that are allowed: `<oid>;UTF8:<value>`, `*` for anything.
    pub allowed_other_sans: Vec<String>,
    /// For servers.
    pub server_flag: bool,
    /// For clients.
    pub client_flag: bool,
    /// For signing code.
    pub code_signing_flag: bool,
    /// For e-mail.
    pub email_protection_flag: bool,
    /// Kind of the key.
    pub key_type: KeyType,
    /// Size of the key; absent: the usual one of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_bits: Option<u32>,
    /// Key usages.
    pub key_usage: Vec<String>,
    /// Extended key usages by name.
    pub ext_key_usage: Vec<String>,
    /// Extended key usages by object identifier.
    pub ext_key_usage_oids: Vec<String>,
    /// Whether the common name of a given request is used.
    pub use_csr_common_name: bool,
    /// Whether the alternative names of a given request are used.
    pub use_csr_sans: bool,
    /// The rest of the subject.
    #[serde(flatten)]
    pub subject: SubjectFields,
    /// Whether a common name is needed.
    pub require_cn: bool,
    /// Policies by object identifier.
    pub policy_identifiers: Vec<String>,
    /// Whether certificates say that they are no authority.
    pub basic_constraints_valid_for_non_ca: bool,
    /// How long before now they are valid.
    pub not_before_duration: Option<Ttl>,
}

impl Default for Rules {
    /// As a documented answer of the service shows them.
    fn default() -> Self {
        let usages = ["DigitalSignature", "KeyAgreement", "KeyEncipherment"];
        Self {
            allowed_secret_groups: None,
            max_ttl: None,
            ttl: Some(Ttl::from_secs(43_200)),
            allow_localhost: true,
            allowed_domains: Vec::new(),
            allowed_domains_template: false,
            allow_bare_domains: false,
            allow_subdomains: false,
            allow_glob_domains: false,
            allow_wildcard_certificates: true,
            allow_any_name: false,
            enforce_hostnames: true,
            allow_ip_sans: true,
            allowed_uri_sans: Vec::new(),
            allowed_other_sans: Vec::new(),
            server_flag: true,
            client_flag: true,
            code_signing_flag: false,
            email_protection_flag: false,
            key_type: KeyType::Rsa,
            key_bits: None,
            key_usage: usages.map(str::to_owned).to_vec(),
            ext_key_usage: Vec::new(),
            ext_key_usage_oids: Vec::new(),
            use_csr_common_name: true,
            use_csr_sans: true,
            subject: SubjectFields::default(),
            require_cn: true,
            policy_identifiers: Vec::new(),
            basic_constraints_valid_for_non_ca: false,
            not_before_duration: Some(Ttl::from_secs(30)),
        }
    }
}

impl Rules {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        if self.allowed_domains_template {
            return Err(Problem::field(
                "allowed_domains_template",
                "Domains as templates of identities are not supported: a local instance has no such \
                 identities.",
            )
            .remedy("List the domains themselves."));
        }
        for (field, ttl) in [("max_ttl", self.max_ttl), ("ttl", self.ttl)] {
            if ttl.is_some_and(|ttl| ttl.secs() == 0 || ttl > LONGEST) {
                return Err(Problem::field(
                    field,
                    "This is at most 876,000 hours, and not zero.",
                ));
            }
        }
        if let (Some(ttl), Some(longest)) = (self.ttl, self.max_ttl)
            && ttl > longest
        {
            return Err(Problem::field(
                "ttl",
                format!("This is longer than the longest life, {}.", longest.words()),
            ));
        }
        let lists = [
            ("allowed_domains", &self.allowed_domains),
            ("allowed_uri_sans", &self.allowed_uri_sans),
            ("allowed_other_sans", &self.allowed_other_sans),
            ("key_usage", &self.key_usage),
            ("ext_key_usage", &self.ext_key_usage),
            ("ext_key_usage_oids", &self.ext_key_usage_oids),
            ("policy_identifiers", &self.policy_identifiers),
        ];
        if let Some((field, _)) = lists.into_iter().find(|(_, list)| list.len() > 100) {
            return Err(Problem::field(field, "At most 100 are possible."));
        }
        for group in self.groups() {
            fields::check_group_id(group)
                .map_err(|problem| problem.at(crate::Target::field("allowed_secret_groups")))?;
        }
        self.subject.check()?;
        check_ca_key(self.key_type, self.key_bits)
    }

    /// Ids of the groups that may use it; none: all may.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        let text = self.allowed_secret_groups.as_deref().unwrap_or_default();
        text.split(',').map(str::trim).filter(|id| !id.is_empty())
    }

    /// Whether secrets of a group may use it.
    pub fn allows_group(&self, id: &str) -> bool {
        let mut groups = self.groups().peekable();
        groups.peek().is_none() || groups.any(|group| group == id)
    }
}
