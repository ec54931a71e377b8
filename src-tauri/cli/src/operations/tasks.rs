//! Tasks of custom credentials. Only an instance in a cloud has them.

use http::Method;

use super::option::{Kind, Opt};
use super::{List, Operation};

const TASK: &[Opt] = &[
    Opt::path("secret-id", "Id of the secret"),
    Opt::path("id", "Id of the task"),
];
const TASKS: List = List {
    array: "tasks",
    columns: &[
        ("ID", "id"),
        ("Type", "type"),
        ("Status", "status"),
        ("Trigger", "trigger"),
        ("Created", "creation_date"),
        ("Updated", "last_update_date"),
    ],
    paged: false,
};

pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        name: "secret-tasks",
        about: "List the tasks of a secret",
        method: Method::GET,
        path: "/api/v2/secrets/{secret-id}/tasks",
        options: &[&[Opt::path("secret-id", "Id of the secret").alias("id")]],
        whole: None,
        list: Some(&TASKS),
    },
    Operation {
        name: "secret-task",
        about: "Show a task",
        method: Method::GET,
        path: "/api/v2/secrets/{secret-id}/tasks/{id}",
        options: &[TASK],
        whole: None,
        list: None,
    },
    Operation {
        name: "secret-task-replace",
        about: "Tell how a task ended",
        method: Method::PUT,
        path: "/api/v2/secrets/{secret-id}/tasks/{id}",
        options: &[
            TASK,
            &[
                Opt::body("secret-task-status", "status", Kind::Text, "How it ended"),
                Opt::body(
                    "secret-task-credentials",
                    "credentials",
                    Kind::Json,
                    "What it made",
                ),
                Opt::body("secret-task-errors", "errors", Kind::Json, "Why it failed"),
            ],
        ],
        whole: Some("secret-task-prototype"),
        list: None,
    },
    Operation {
        name: "secret-task-delete",
        about: "Delete a task",
        method: Method::DELETE,
        path: "/api/v2/secrets/{secret-id}/tasks/{id}",
        options: &[TASK],
        whole: None,
        list: None,
    },
];
