//! Versions: rotation, restoring, reading, metadata, revocation.

use http::Method;

use super::option::{Kind, Opt};
use super::{List, Operation};

const SECRET: &[Opt] = &[Opt::path("secret-id", "Id of the secret")];
const VERSION: &[Opt] = &[
    Opt::path("secret-id", "Id of the secret"),
    Opt::path("id", "Id of the version, current or previous"),
];
const VERSIONS: List = List {
    array: "versions",
    columns: &[
        ("ID", "id"),
        ("Alias", "alias"),
        ("Created", "created_at"),
        ("Created_By", "created_by"),
        ("Auto_Rotated", "auto_rotated"),
        ("Payload", "payload_available"),
        ("Expiration", "expiration_date"),
    ],
    paged: false,
};

#[rustfmt::skip] // one option a line
const NEW: &[Opt] = &[
    Opt::body("arbitrary-payload", "payload", Kind::Exact, "Value of an arbitrary secret: text, @FILE or -"),
    Opt::body("kv-data", "data", Kind::Json, "Value of a key-value secret"),
    Opt::body("username-password-password", "password", Kind::Value, "Password: text, @FILE or -; without it one is generated"),
    Opt::body("imported-cert-certificate", "certificate", Kind::Exact, "Certificate, PEM: text, @FILE or -"),
    Opt::body("imported-cert-intermediate", "intermediate", Kind::Exact, "Intermediate certificates, PEM"),
    Opt::body("imported-cert-private-key", "private_key", Kind::Exact, "Private key, PEM: text, @FILE or -"),
    Opt::body("private-cert-csr", "csr", Kind::Exact, "Signing request, PEM: text, @FILE or -"),
    Opt::body("public-cert-rotation", "rotation", Kind::Json, "{\"rotate_keys\": true} for a new key"),
    Opt::body("secret-version-restore-from-version", "restore_from_version", Kind::Text, "Version whose value becomes a new version"),
    Opt::body("secret-version-custom-metadata", "custom_metadata", Kind::Json, "Metadata of your own, of the secret"),
    Opt::body("secret-version-version-custom-metadata", "version_custom_metadata", Kind::Json, "Metadata of your own, of the version"),
];

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "secret-version-create",
        about: "Rotate a secret, or restore a version of it",
        method: Method::POST,
        path: "/api/v2/secrets/{secret-id}/versions",
        options: &[SECRET, NEW],
        whole: Some("secret-version-prototype"),
        list: None,
    },
    Operation {
        name: "secret-versions",
        about: "List the versions of a secret, without their values",
        method: Method::GET,
        path: "/api/v2/secrets/{secret-id}/versions",
        options: &[SECRET],
        whole: None,
        list: Some(&VERSIONS),
    },
    Operation {
        name: "secret-version",
        about: "Show a version with its value",
        method: Method::GET,
        path: "/api/v2/secrets/{secret-id}/versions/{id}",
        options: &[VERSION],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-version-data-delete",
        about: "Delete the value of a version, for types that allow it",
        method: Method::DELETE,
        path: "/api/v2/secrets/{secret-id}/versions/{id}/secret_data",
        options: &[VERSION],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-version-metadata",
        about: "Show a version without its value",
        method: Method::GET,
        path: "/api/v2/secrets/{secret-id}/versions/{id}/metadata",
        options: &[VERSION],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-version-metadata-update",
        about: "Change your own metadata of a version",
        method: Method::PATCH,
        path: "/api/v2/secrets/{secret-id}/versions/{id}/metadata",
        options: &[
            VERSION,
            &[Opt::body(
                "version-custom-metadata",
                "version_custom_metadata",
                Kind::Json,
                "Metadata of your own, instead of what it has",
            )],
        ],
        whole: Some("secret-version-metadata-patch"),
        list: None,
    },
    Operation {
        name: "secret-version-action-create",
        about: "Revoke the certificate of a version",
        method: Method::POST,
        path: "/api/v2/secrets/{secret-id}/versions/{id}/actions",
        options: &[
            VERSION,
            &[Opt::body(
                "secret-version-action-type",
                "action_type",
                Kind::Text,
                "private_cert_action_revoke_certificate",
            )],
        ],
        whole: Some("secret-version-action-prototype"),
        list: None,
    },
];
