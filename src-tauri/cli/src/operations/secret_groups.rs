//! Secret groups.

use http::Method;

use super::option::{Kind, Opt};
use super::{List, Operation};

const ID: &[Opt] = &[Opt::path("id", "Id of the secret group")];
const DESCRIPTION: Opt = Opt::body("description", "description", Kind::Text, "Free text");
const GROUPS: List = List {
    array: "secret_groups",
    columns: &[
        ("Name", "name"),
        ("ID", "id"),
        ("Description", "description"),
        ("Created", "created_at"),
        ("Updated", "updated_at"),
    ],
    paged: false,
};

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "secret-groups",
        about: "List the secret groups",
        method: Method::GET,
        path: "/api/v2/secret_groups",
        options: &[],
        whole: None,
        list: Some(&GROUPS),
    },
    Operation {
        name: "secret-group",
        about: "Show a secret group",
        method: Method::GET,
        path: "/api/v2/secret_groups/{secret-group-id}",
        options: &[&[Opt::path("secret-group-id", "Id of the secret group")]],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-group-create",
        about: "Make a secret group",
        method: Method::POST,
        path: "/api/v2/secret_groups",
        options: &[&[
            Opt::body("name", "name", Kind::Text, "Name, unique in the instance").required(),
            DESCRIPTION,
        ]],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-group-update",
        about: "Change the name or description of a secret group",
        method: Method::PATCH,
        path: "/api/v2/secret_groups/{id}",
        options: &[
            ID,
            &[
                Opt::body("name", "name", Kind::Text, "Another name"),
                DESCRIPTION,
            ],
        ],
        whole: Some("secret-group-patch"),
        list: None,
    },
    Operation {
        name: "secret-group-delete",
        about: "Delete a secret group; it must be empty",
        method: Method::DELETE,
        path: "/api/v2/secret_groups/{id}",
        options: &[ID],
        whole: None,
        list: None,
    },
];
