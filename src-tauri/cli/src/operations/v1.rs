//! The command of 2022 that rotates. It speaks API v1 and answers with v1's envelope.

use http::Method;

use super::Operation;
use super::option::{Kind, Opt};

pub(super) static OPERATIONS: &[Operation] = &[Operation {
    name: "secret-update",
    about: "Rotate, restore or revoke, as the program of 2022 did it (API v1)",
    method: Method::POST,
    path: "/api/v1/secrets/{secret-type}/{id}",
    options: &[&[
        Opt::path("secret-type", "Type of the secret"),
        Opt::path("id", "Id of the secret"),
        Opt::query(
            "action",
            "action",
            Kind::Text,
            "rotate, restore, revoke, delete_credentials or validate_dns_challenge",
        )
        .required(),
    ]],
    whole: Some("body"),
    list: None,
}];
