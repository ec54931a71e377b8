//! Rotations: a second one would push the good value out of `previous`, so one that was not answered
//! is looked for among the versions.

use std::collections::BTreeSet;

use http::Method;
use keyturn_api::Problem;
use serde::Deserialize;

use crate::attempt::Outgoing;
use crate::{Connection, Failure, Reply};

#[derive(Deserialize)]
struct Versions {
    versions: Vec<Version>,
}

#[derive(Deserialize)]
struct Version {
    id: String,
}

/// The secret that a request rotates or restores, by API v2 or v1.
pub(crate) fn secret_of<'a>(method: &Method, path_and_query: &'a str) -> Option<&'a str> {
    if *method != Method::POST {
        return None;
    }
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    let below = path.strip_prefix("/api/v2/secrets/");
    if let Some(secret) = below.and_then(|rest| rest.strip_suffix("/versions")) {
        return (!secret.contains('/')).then_some(secret);
    }
    let makes = |part: &str| matches!(part, "action=rotate" | "action=restore");
    let (_, secret) = path.strip_prefix("/api/v1/secrets/")?.split_once('/')?;
    (!secret.contains('/') && query.split('&').any(makes)).then_some(secret)
}

/// Sends a rotation once. If no answer comes, tells whether a new version is there, besides those
/// that were `known`.
pub(crate) async fn send(
    connection: &Connection,
    secret: &str,
    outgoing: &Outgoing,
    known: Option<BTreeSet<String>>,
) -> Result<Reply, Failure> {
    let before = match known {
        Some(known) => Some(known),
        None => versions(connection, secret).await,
    };
    let failure = match connection.send_patiently(outgoing).await {
        Err(failure) if failure.maybe_done => failure,
        sent => return sent,
    };
    let after = match before {
        Some(_) => versions(connection, secret).await,
        None => None,
    };
    let seen = before.zip(after);
    let remedy = match seen {
        None => "The rotation was not repeated. Look at the versions of the secret before you do: \
             a second one would replace the previous value, too."
            .to_owned(),
        Some((before, after)) => after.difference(&before).next().map_or_else(
            || {
                "The rotation was not repeated. The secret has no new version so far. Look again \
                 before you repeat it."
                    .to_owned()
            },
            |version| {
                format!(
                    "The secret has a new version by now, {version}: the rotation took effect, \
                     unless somebody else rotated at the same time. Do not repeat it; read that \
                     version."
                )
            },
        ),
    };
    Err(Failure {
        problem: Problem::new(failure.problem.code, failure.problem.message).remedy(remedy),
        maybe_done: true,
    })
}

/// The ids of a secret's versions, if they can be had.
async fn versions(connection: &Connection, secret: &str) -> Option<BTreeSet<String>> {
    let path = format!("/api/v2/secrets/{secret}/versions");
    let reply = connection.read(&path).await.ok()?;
    let list: Versions = serde_json::from_slice(&reply.body).ok()?;
    let ids = list.versions.into_iter().map(|version| version.id);
    // they are shown, so they must be what they say
    let is_id =
        |id: &String| id.len() <= 36 && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    Some(ids.filter(is_id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotations_are_known_by_their_address() {
        for (path, secret) in [
            ("/api/v2/secrets/a/versions", Some("a")),
            ("/api/v1/secrets/kv/a?action=rotate", Some("a")),
            ("/api/v1/secrets/kv/a?action=restore", Some("a")),
            ("/api/v1/secrets/kv/a?action=revoke", None),
            ("/api/v1/secrets/kv?action=rotate", None),
            ("/api/v2/secrets/a/versions/b/actions", None),
            ("/api/v2/secrets/a/actions", None),
            ("/api/v2/secrets", None),
        ] {
            assert_eq!(secret_of(&Method::POST, path), secret, "{path}");
            assert_eq!(secret_of(&Method::GET, path), None, "{path}");
        }
    }
}
