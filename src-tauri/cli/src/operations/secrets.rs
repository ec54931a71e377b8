//! Secrets: creation, reading, metadata, deletion, actions.

use http::Method;

use super::option::{Kind, Opt};
use super::{List, Operation};

const ID: &[Opt] = &[Opt::path("id", "Id of the secret")];

pub(super) const PAGE: &[Opt] = &[
    Opt::query("offset", "offset", Kind::Number, "How many to skip"),
    Opt::query("limit", "limit", Kind::Number, "How many to list"),
    Opt::query(
        "search",
        "search",
        Kind::Text,
        "Only what contains this text",
    ),
];
pub(super) const SORT: Opt = Opt::query(
    "sort",
    "sort",
    Kind::Text,
    "Field to sort by; with a dash before it, descending",
);
pub(super) const GROUPS: Opt = Opt::query(
    "groups",
    "groups",
    Kind::List,
    "Only these secret groups, by id",
);
pub(super) const SECRET_TYPES: Opt = Opt::query(
    "secret-types",
    "secret_types",
    Kind::List,
    "Only these types of secrets",
);

const SECRETS: List = List {
    array: "secrets",
    columns: &[
        ("Name", "name"),
        ("ID", "id"),
        ("Secret_Type", "secret_type"),
        ("secret_group_id", "secret_group_id"),
        ("State", "state_description"),
        ("Locks", "locks_total"),
        ("Expiration", "expiration_date"),
    ],
    paged: true,
};

#[rustfmt::skip] // one option a line
const NEW: &[Opt] = &[
    Opt::body("secret-type", "secret_type", Kind::Text, "Type of the secret"),
    Opt::body("secret-name", "name", Kind::Text, "Name, unique per type in the instance"),
    Opt::body("secret-description", "description", Kind::Text, "Free text"),
    Opt::body("secret-group-id", "secret_group_id", Kind::Text, "Id of the secret group"),
    Opt::body("secret-labels", "labels", Kind::List, "Labels"),
    Opt::body("secret-expiration-date", "expiration_date", Kind::Text, "When it expires (RFC 3339)"),
    Opt::body("secret-custom-metadata", "custom_metadata", Kind::Json, "Metadata of your own, of the secret"),
    Opt::body("secret-version-custom-metadata", "version_custom_metadata", Kind::Json, "Metadata of your own, of the version"),
    Opt::body("secret-rotation", "rotation", Kind::Json, "Policy of automatic rotation"),
    Opt::body("secret-ttl", "ttl", Kind::Text, "How long credentials or a certificate live"),
    Opt::body("arbitrary-payload", "payload", Kind::Exact, "Value of an arbitrary secret: text, @FILE or -"),
    Opt::body("kv-data", "data", Kind::Json, "Value of a key-value secret"),
    Opt::body("username-password-username", "username", Kind::Value, "User name"),
    Opt::body("username-password-password", "password", Kind::Value, "Password: text, @FILE or -; without it one is generated"),
    Opt::body("username-password-policy", "password_generation_policy", Kind::Json, "How passwords are generated"),
    Opt::body("imported-cert-certificate", "certificate", Kind::Exact, "Certificate, PEM: text, @FILE or -"),
    Opt::body("imported-cert-intermediate", "intermediate", Kind::Exact, "Intermediate certificates, PEM"),
    Opt::body("imported-cert-private-key", "private_key", Kind::Exact, "Private key, PEM: text, @FILE or -"),
    Opt::body("imported-cert-managed-csr", "managed_csr", Kind::Json, "What a signing request is made from"),
    Opt::body("certificate-common-name", "common_name", Kind::Text, "Common name of the certificate"),
    Opt::body("certificate-alt-names", "alt_names", Kind::List, "Further names of the certificate"),
    Opt::body("private-cert-template-name", "certificate_template", Kind::Text, "Certificate template"),
    Opt::body("private-cert-ip-sans", "ip_sans", Kind::Text, "IP addresses, with commas between them"),
    Opt::body("private-cert-uri-sans", "uri_sans", Kind::Text, "URIs, with commas between them"),
    Opt::body("private-cert-other-sans", "other_sans", Kind::List, "Names of other kinds, OID;UTF8:VALUE"),
    Opt::body("private-cert-csr", "csr", Kind::Exact, "Signing request, PEM: text, @FILE or -"),
    Opt::body("private-cert-format", "format", Kind::Text, "pem or pem_bundle"),
    Opt::body("private-cert-private-key-format", "private_key_format", Kind::Text, "der or pkcs8"),
    Opt::body("private-cert-exclude-cn-from-sans", "exclude_cn_from_sans", Kind::Flag, "Leave the common name out of the further names"),
    Opt::body("public-cert-ca", "ca", Kind::Text, "Configuration of the certificate authority"),
    Opt::body("public-cert-dns", "dns", Kind::Text, "Configuration of the DNS provider, or manual"),
    Opt::body("public-cert-key-algorithm", "key_algorithm", Kind::Text, "RSA2048, RSA4096, ECDSA256 or ECDSA384"),
    Opt::body("public-cert-bundle-ca", "bundle_certs", Kind::Flag, "Put the intermediate certificates into the certificate"),
    Opt::body("iam-credentials-access-groups", "access_groups", Kind::List, "Access groups"),
    Opt::body("iam-credentials-service-id", "service_id", Kind::Text, "Service ID"),
    Opt::body("iam-credentials-account-id", "account_id", Kind::Text, "Account"),
    Opt::body("iam-credentials-reuse-apikey", "reuse_api_key", Kind::Flag, "Keep the API key until it is rotated"),
    Opt::body("secret-source-service", "source_service", Kind::Json, "Service that the credentials are for"),
    Opt::body("secret-configuration", "configuration", Kind::Text, "Configuration of custom credentials"),
    Opt::body("custom-credentials-parameters", "parameters", Kind::Json, "Parameters of custom credentials"),
];

#[rustfmt::skip] // one option a line
const PATCH: &[Opt] = &[
    Opt::body("name", "name", Kind::Text, "Another name"),
    Opt::body("description", "description", Kind::Text, "Free text"),
    Opt::body("labels", "labels", Kind::List, "Labels, instead of those it has"),
    Opt::body("custom-metadata", "custom_metadata", Kind::Json, "Metadata of your own, instead of what it has"),
    Opt::body("expiration-date", "expiration_date", Kind::Text, "When it expires (RFC 3339)"),
    Opt::body("ttl", "ttl", Kind::Text, "How long credentials live, from the next rotation on"),
    Opt::body("rotation", "rotation", Kind::Json, "Policy of automatic rotation"),
    Opt::body("password-generation-policy", "password_generation_policy", Kind::Json, "What changes about how passwords are generated"),
    Opt::body("imported-cert-managed-csr", "managed_csr", Kind::Json, "What the signing request is made from"),
    Opt::body("custom-credentials-parameters", "parameters", Kind::Json, "Parameters of custom credentials"),
];

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "secrets",
        about: "List secrets, without their values",
        method: Method::GET,
        path: "/api/v2/secrets",
        options: &[
            PAGE,
            &[
                SORT,
                GROUPS,
                SECRET_TYPES,
                Opt::query(
                    "match-all-labels",
                    "match_all_labels",
                    Kind::List,
                    "Only what has all of these labels",
                ),
            ],
        ],
        whole: None,
        list: Some(&SECRETS),
    },
    Operation {
        name: "secret",
        about: "Show a secret with its value",
        method: Method::GET,
        path: "/api/v2/secrets/{id}",
        options: &[ID],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-by-name",
        about: "Show a secret with its value, by group, type and name",
        method: Method::GET,
        path: "/api/v2/secret_groups/{secret-group-name}/secret_types/{secret-type}/secrets/{name}",
        options: &[&[
            Opt::path("secret-group-name", "Name of the secret group"),
            Opt::path("secret-type", "Type of the secret"),
            Opt::path("name", "Name of the secret"),
        ]],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-create",
        about: "Make a secret",
        method: Method::POST,
        path: "/api/v2/secrets",
        options: &[NEW],
        whole: Some("secret-prototype"),
        list: None,
    },
    Operation {
        name: "secret-delete",
        about: "Delete a secret with all its versions, for good",
        method: Method::DELETE,
        path: "/api/v2/secrets/{id}",
        options: &[
            ID,
            &[Opt::query(
                "force-delete",
                "force_delete",
                Kind::Flag,
                "Also while credentials at the provider are to be deleted",
            )],
        ],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-metadata",
        about: "Show a secret without its value",
        method: Method::GET,
        path: "/api/v2/secrets/{id}/metadata",
        options: &[ID],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-metadata-update",
        about: "Change name, labels, policy and the like of a secret",
        method: Method::PATCH,
        path: "/api/v2/secrets/{id}/metadata",
        options: &[ID, PATCH],
        whole: Some("secret-metadata-patch"),
        list: None,
    },
    Operation {
        name: "secret-action-create",
        about: "Validate DNS challenges, or revoke the certificate in force",
        method: Method::POST,
        path: "/api/v2/secrets/{id}/actions",
        options: &[
            ID,
            &[Opt::body(
                "secret-action-type",
                "action_type",
                Kind::Text,
                "public_cert_action_validate_dns_challenge or \
                 private_cert_action_revoke_certificate",
            )],
        ],
        whole: Some("secret-action-prototype"),
        list: None,
    },
];
