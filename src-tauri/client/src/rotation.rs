//! Rotations: a second one would push the good value out of `previous`, so one that was not answered
//! is looked for among the versions.

use std::collections::BTreeSet;

use http::Method;
use keyturn_api::{Code, Problem};
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

/// Sends a rotation once. If no answer comes, or one that tells nothing of what was done, tells
/// whether a new version is there, besides those that were `known`.
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
    match connection.send_patiently(outgoing).await {
        Err(failure) if failure.maybe_done => {
            let new = new_version(connection, secret, before).await;
            Err(unknown_outcome(failure.problem, &new))
        }
        // a gateway gave up, say, and what is behind it did not
        Ok(reply) if reply.status >= 500 => match new_version(connection, secret, before).await {
            Seen::There(id) => {
                let message = format!("The instance answered with HTTP status {}.", reply.status);
                let problem = Problem::new(Code::Io, message);
                Err(unknown_outcome(problem, &Seen::There(id)))
            }
            Seen::Nothing | Seen::Unknown => Ok(reply),
        },
        Ok(reply) if is_success(&reply) && !is_object(&reply.body) => {
            let new = new_version(connection, secret, before).await;
            let message =
                "The instance answered the rotation with something that is not understood.";
            Err(unknown_outcome(Problem::new(Code::Io, message), &new))
        }
        sent => sent,
    }
}

fn is_success(reply: &Reply) -> bool {
    (200..300).contains(&reply.status)
}

/// Whether an answer is a JSON object to its end.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{")
        && serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

/// What the versions tell of a rotation.
enum Seen {
    /// This one is new.
    There(String),
    /// None is.
    Nothing,
    /// They cannot be read now, or were not known before.
    Unknown,
}

async fn new_version(
    connection: &Connection,
    secret: &str,
    before: Option<BTreeSet<String>>,
) -> Seen {
    let Some(before) = before else {
        return Seen::Unknown;
    };
    match versions(connection, secret).await {
        None => Seen::Unknown,
        Some(after) => match after.difference(&before).next() {
            Some(id) => Seen::There(id.clone()),
            None => Seen::Nothing,
        },
    }
}

fn unknown_outcome(problem: Problem, seen: &Seen) -> Failure {
    let (remedy, new_version) = match seen {
        Seen::Unknown => (
            "The rotation was not repeated. Look at the versions of the secret before you do: a \
             second one would replace the previous value, too."
                .to_owned(),
            None,
        ),
        Seen::Nothing => (
            "The rotation was not repeated. The secret has no new version so far. Look again before \
             you repeat it."
                .to_owned(),
            None,
        ),
        Seen::There(version) => (
            format!(
                "The secret has a new version by now, {version}: the rotation took effect, unless \
                 somebody else rotated at the same time. Do not repeat it; read that version."
            ),
            Some(version.clone()),
        ),
    };
    Failure {
        problem: Problem::new(problem.code, problem.message).remedy(remedy),
        maybe_done: true,
        new_version,
    }
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
