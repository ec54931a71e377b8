//! `GET /openapi.json`: the document of what is served (`OpenAPI` 3.1), made from the declared list of
//! routes. What bodies look like stands in tables beside it.
//!
//! Objects of requests are closed, as the reader of requests refuses what it does not know; objects of
//! answers name all that is sent and may get more.

mod beyond;
mod configuration_answers;
mod configuration_requests;
mod operations;
mod plain;
mod scalars;
mod secret_answers;
mod secret_requests;
mod shape;
#[cfg(test)]
mod tests;
mod v1;
mod v1_requests;

use std::sync::LazyLock;

use http::Method;
use keyturn_api::Result;
use serde_json::{Map, Value, json};

use crate::{
    respond::{Answer, JSON},
    routes::{Call, Need, ROUTES, Route},
};
use operations::{Content, Documented, part};
use shape::{Member, Schema, kind, reference};

static DOCUMENT: LazyLock<Vec<u8>> =
    LazyLock::new(|| serde_json::to_vec(&document()).unwrap_or_default());

/// The document.
pub(crate) async fn get(call: &Call) -> Result<Answer> {
    call.no_query()?;
    Ok(Answer::ok(DOCUMENT.clone()))
}

fn document() -> Value {
    let mut paths = Map::new();
    for route in ROUTES.iter() {
        let Some(documented) = documented(route) else {
            continue;
        };
        let path = paths
            .entry(route.path.as_ref())
            .or_insert_with(|| json!({}));
        path[route.method.as_str().to_ascii_lowercase()] = operation(route, documented);
    }
    let schemas = schemas().map(|schema| (schema.name.to_owned(), schema.json()));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Keyturn",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "API v2 and v1 of IBM Cloud Secrets Manager, served by an instance of Keyturn.",
        },
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas.collect::<Map<_, _>>(),
            "responses": REFUSALS
                .iter()
                .map(|(status, words)| (status.to_string(), refusal(*status, words)))
                .collect::<Map<_, _>>(),
            "securitySchemes": { "bearer": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "A token, for which an API key is exchanged at /identity/token.",
            } },
        },
    })
}

fn documented(route: &Route) -> Option<&'static Documented> {
    let mut all = operations::V2.iter().chain(v1::OPERATIONS);
    all.find(|documented| documented.operation == route.operation)
}

fn schemas() -> impl Iterator<Item = &'static Schema> {
    plain::SCHEMAS
        .iter()
        .chain(beyond::SCHEMAS)
        .chain(secret_requests::SCHEMAS)
        .chain(secret_answers::SCHEMAS)
        .chain(configuration_requests::SCHEMAS)
        .chain(configuration_answers::SCHEMAS)
        .chain(v1_requests::SCHEMAS)
        .chain(v1::SCHEMAS)
}

/// Why a request is refused, by status.
const REFUSALS: &[(u16, &str)] = &[
    (
        300,
        "Configurations of several types have this name; the header X-Sm-Accept-Configuration-Type says which one is meant.",
    ),
    (
        400,
        "The request breaks a rule, or asks for what this instance cannot do.",
    ),
    (401, "There is no token, or one that is not valid."),
    (403, "The role does not allow it."),
    (404, "It is not there, or not for this caller."),
    (408, "The body took too long to arrive."),
    (
        409,
        "The name is taken, a limit is reached, or something else depends on it.",
    ),
    (412, "A lock forbids it."),
    (413, "The body is too large."),
    (429, "There were too many requests."),
    (500, "The instance failed."),
    (503, "The vault is locked or busy."),
    (507, "No space is left on the disk."),
];

fn refusal(status: u16, words: &str) -> Value {
    let mut refusal = content(words, JSON, &reference("ErrorContainer"));
    let header = match status {
        401 => Some(("WWW-Authenticate", "Text")),
        429 => Some(("Retry-After", "Count")),
        _ => None,
    };
    if let Some((name, of)) = header {
        refusal["headers"] = json!({ name: { "required": true, "schema": kind(of) } });
    }
    refusal
}

fn content(words: &str, media_type: &str, schema: &Value) -> Value {
    json!({ "description": words, "content": { media_type: { "schema": schema } } })
}

fn operation(route: &Route, documented: &Documented) -> Value {
    let mut operation = json!({
        "operationId": route.operation,
        "summary": documented.summary,
        "tags": [tag(&route.path)],
        "responses": responses(route, documented),
    });
    let parameters = parameters(route, documented);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(body) = documented.body {
        let media_type = match route.method {
            _ if body.form => "application/x-www-form-urlencoded",
            Method::PATCH => "application/merge-patch+json",
            _ => JSON,
        };
        operation["requestBody"] = json!({
            "required": body.required,
            "content": { media_type: { "schema": kind(body.schema) } },
        });
    }
    match route.need {
        Need::Action(action) => operation["x-keyturn-action"] = action.name().into(),
        Need::Open => operation["security"] = json!([]),
    }
    operation
}

fn tag(path: &str) -> &'static str {
    if path.starts_with("/api/v2/") {
        "API v2"
    } else if path.starts_with("/api/v1/") {
        "API v1"
    } else if path.starts_with(keyturn_api::served::PATH) {
        "Keyturn"
    } else {
        "Open"
    }
}

fn parameters(route: &Route, documented: &Documented) -> Vec<Value> {
    let parts = route.path.split('/').filter_map(|part| {
        part.strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
    });
    let mut parameters: Vec<Value> = parts
        .map(|name| parameter("path", &part(&route.operation, &route.path, name), true))
        .collect();
    let query = documented.query.iter();
    parameters.extend(query.map(|member| parameter("query", member, member.is_needed())));
    if route.path.starts_with("/api/v2/configurations/{name}") {
        let header = shape::maybe("X-Sm-Accept-Configuration-Type", "ConfigType");
        parameters.push(parameter("header", &header, false));
    }
    parameters
}

fn parameter(place: &str, member: &Member, required: bool) -> Value {
    let schema = kind(member.kind);
    let mut parameter = json!({
        "name": member.name,
        "in": place,
        "required": required,
    });
    if schema["type"] == "array" {
        // comma-separated
        parameter["style"] = "form".into();
        parameter["explode"] = false.into();
    }
    parameter["schema"] = schema;
    parameter
}

fn responses(route: &Route, documented: &Documented) -> Value {
    let mut responses = Map::new();
    if let Some((status, given)) = documented.success {
        let words = "It was done.";
        let response = match given {
            Content::Nothing => json!({ "description": words }),
            Content::Json(schema) => content(words, JSON, &kind(schema)),
            Content::File(media_type) => content(words, media_type, &json!({})),
        };
        responses.insert(status.to_string(), response);
        // API v1: a public certificate that is only ordered by now
        if let (true, Content::Json(schema)) = (documented.refusals.contains(&202), given) {
            let words = "The order was accepted.";
            responses.insert("202".into(), content(words, JSON, &kind(schema)));
        }
    }
    let writes = route.method != Method::GET;
    let always = |status: &u16| match status {
        400 | 403 | 429 | 500 | 503 => true,
        401 => route.need != Need::Open,
        408 | 413 => documented.body.is_some(),
        507 => writes,
        _ => documented.refusals.contains(status),
    };
    for (status, _) in REFUSALS.iter().filter(|(status, _)| always(status)) {
        let mut response = json!({ "$ref": format!("#/components/responses/{status}") });
        if route.operation == "token" && *status == 400 {
            response = content("The key is refused.", JSON, &reference("TokenRefusal"));
        }
        responses.insert(status.to_string(), response);
    }
    responses.into()
}
