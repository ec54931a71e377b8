//! Locks of versions.

use http::Method;

use super::option::{Kind, Opt};
use super::secrets::{GROUPS, PAGE, SORT};
use super::{List, Operation};

const SECRET: &[Opt] = &[Opt::path("id", "Id of the secret")];
const VERSION: &[Opt] = &[
    Opt::path("secret-id", "Id of the secret"),
    Opt::path("id", "Id of the version, current or previous"),
];
const NEW: &[Opt] = &[
    Opt::body(
        "locks",
        "locks",
        Kind::Json,
        "Locks as a JSON array of {\"name\", \"description\", \"attributes\"}",
    )
    .required(),
    Opt::query(
        "mode",
        "mode",
        Kind::Text,
        "remove_previous or remove_previous_and_delete",
    ),
];
const NAMES: &[Opt] = &[Opt::query(
    "name",
    "name",
    Kind::List,
    "Names of the locks; without it all of them",
)];

const SECRETS_LOCKS: List = List {
    array: "secrets_locks",
    columns: &[
        ("Secret", "secret_name"),
        ("Secret_ID", "secret_id"),
        ("Secret_Type", "secret_type"),
        ("secret_group_id", "secret_group_id"),
        ("Versions", "versions"),
    ],
    paged: true,
};
const LOCKS: List = List {
    array: "locks",
    columns: &[
        ("Name", "name"),
        ("Version", "secret_version_alias"),
        ("Version_ID", "secret_version_id"),
        ("Description", "description"),
        ("Created", "created_at"),
        ("Created_By", "created_by"),
    ],
    paged: true,
};

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "secrets-locks",
        about: "List the locks of all secrets",
        method: Method::GET,
        path: "/api/v2/secrets_locks",
        options: &[PAGE, &[GROUPS]],
        whole: None,
        list: Some(&SECRETS_LOCKS),
    },
    Operation {
        name: "secret-locks",
        about: "List the locks of a secret",
        method: Method::GET,
        path: "/api/v2/secrets/{id}/locks",
        options: &[SECRET, PAGE, &[SORT]],
        whole: None,
        list: Some(&LOCKS),
    },
    Operation {
        name: "secret-locks-bulk-create",
        about: "Lock the current version of a secret",
        method: Method::POST,
        path: "/api/v2/secrets/{id}/locks_bulk",
        options: &[SECRET, NEW],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-locks-bulk-delete",
        about: "Delete locks of a secret",
        method: Method::DELETE,
        path: "/api/v2/secrets/{id}/locks_bulk",
        options: &[SECRET, NAMES],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-version-locks",
        about: "List the locks of a version",
        method: Method::GET,
        path: "/api/v2/secrets/{secret-id}/versions/{id}/locks",
        options: &[VERSION, PAGE, &[SORT]],
        whole: None,
        list: Some(&LOCKS),
    },
    Operation {
        name: "secret-version-locks-bulk-create",
        about: "Lock a version",
        method: Method::POST,
        path: "/api/v2/secrets/{secret-id}/versions/{id}/locks_bulk",
        options: &[VERSION, NEW],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-version-locks-bulk-delete",
        about: "Delete locks of a version",
        method: Method::DELETE,
        path: "/api/v2/secrets/{secret-id}/versions/{id}/locks_bulk",
        options: &[VERSION, NAMES],
        whole: None,
        list: None,
    },
];
