//! Configurations: authorities, templates, DNS providers, and actions on them.

use http::Method;

use super::configuration_fields::{AUTHORITY, CERTIFICATE, OTHERS, SUBJECT, TEMPLATE};
use super::option::{Kind, Opt};
use super::secrets::{PAGE, SECRET_TYPES, SORT};
use super::{List, Operation};

const NAME: &[Opt] = &[
    Opt::path("name", "Name of the configuration"),
    Opt::config_type(),
];
const CONFIGURATIONS: List = List {
    array: "configurations",
    columns: &[
        ("Name", "name"),
        ("Config_Type", "config_type"),
        ("Secret_Type", "secret_type"),
        ("Status", "status"),
        ("Expiration", "expiration_date"),
        ("Created", "created_at"),
        ("Created_By", "created_by"),
        ("Updated", "updated_at"),
    ],
    paged: true,
};

#[rustfmt::skip] // one option a line
const NEW: &[Opt] = &[
    Opt::body("config-type", "config_type", Kind::Text, "Type of the configuration"),
    Opt::body("name", "name", Kind::Text, "Name"),
    Opt::body("public-cert-cloud-internet-services-crn", "cloud_internet_services_crn", Kind::Text, "Cloud Internet Services instance"),
    Opt::body("iam-credentials-apikey", "api_key", Kind::Value, "API key for service IDs: text, @FILE or -"),
    Opt::body("private-cert-crypto-key", "crypto_key", Kind::Json, "Key in a hardware module"),
    Opt::body("private-cert-signing-method", "signing_method", Kind::Text, "internal or external"),
    Opt::body("private-cert-issuer", "issuer", Kind::Text, "Authority that signs an intermediate one"),
    Opt::body("private-cert-ca-name", "certificate_authority", Kind::Text, "Authority of a template"),
    Opt::body("private-cert-allow-wildcard", "allow_wildcard_certificates", Kind::Flag, "Allow wildcards"),
    Opt::body("private-cert-serial-number", "serial_number", Kind::Text, "Serial number in the subject"),
    Opt::body("private-cert-private-key-format", "private_key_format", Kind::Text, "der or pkcs8"),
    Opt::body("custom-credentials-apikey-ref", "api_key_ref", Kind::Text, "Secret with the API key of custom credentials"),
    Opt::body("custom-credentials-code-engine", "code_engine", Kind::Json, "Code Engine job of custom credentials"),
];

#[rustfmt::skip] // one option a line
const PATCH: &[Opt] = &[
    Opt::body("api-key", "api_key", Kind::Value, "API key for service IDs: text, @FILE or -"),
    Opt::body("cloud-internet-services-crn", "cloud_internet_services_crn", Kind::Text, "Cloud Internet Services instance"),
    Opt::body("private-cert-requested-serial-number", "serial_number", Kind::Text, "Serial number in the subject"),
    Opt::body("private-cert-ttl", "ttl", Kind::Text, "How long certificates live"),
];

#[rustfmt::skip] // one option a line
const ACTION: &[Opt] = &[
    Opt::body("config-action-action-type", "action_type", Kind::Text, "Action, private_cert_configuration_action_…"),
    Opt::body("config-action-intermediate-certificate-authority", "intermediate_certificate_authority", Kind::Text, "Intermediate authority to sign"),
    Opt::body("config-action-use-csr-values", "use_csr_values", Kind::Flag, "Take the values of the signing request"),
    Opt::body("private-cert-csr", "csr", Kind::Exact, "Signing request, PEM: text, @FILE or -"),
    Opt::body("private-cert-serial-number", "serial_number", Kind::Text, "Serial number in the subject"),
    Opt::body("imported-cert-certificate", "certificate", Kind::Exact, "Signed certificate, PEM: text, @FILE or -"),
];

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "configurations",
        about: "List configurations",
        method: Method::GET,
        path: "/api/v2/configurations",
        options: &[PAGE, &[SORT, SECRET_TYPES]],
        whole: None,
        list: Some(&CONFIGURATIONS),
    },
    Operation {
        name: "configuration",
        about: "Show a configuration",
        method: Method::GET,
        path: "/api/v2/configurations/{name}",
        options: &[NAME],
        whole: None,
        list: None,
    },
    Operation {
        name: "configuration-create",
        about: "Make a configuration",
        method: Method::POST,
        path: "/api/v2/configurations",
        options: &[NEW, CERTIFICATE, AUTHORITY, TEMPLATE, SUBJECT, OTHERS],
        whole: Some("configuration-prototype"),
        list: None,
    },
    Operation {
        name: "configuration-update",
        about: "Change a configuration",
        method: Method::PATCH,
        path: "/api/v2/configurations/{name}",
        options: &[NAME, PATCH, AUTHORITY, TEMPLATE, SUBJECT, OTHERS],
        whole: Some("configuration-patch"),
        list: None,
    },
    Operation {
        name: "configuration-delete",
        about: "Delete a configuration",
        method: Method::DELETE,
        path: "/api/v2/configurations/{name}",
        options: &[NAME],
        whole: None,
        list: None,
    },
    Operation {
        name: "configuration-action-create",
        about: "Sign, revoke or rotate with a certificate authority",
        method: Method::POST,
        path: "/api/v2/configurations/{name}/actions",
        options: &[NAME, ACTION, CERTIFICATE, SUBJECT],
        whole: Some("config-action-prototype"),
        list: None,
    },
];
