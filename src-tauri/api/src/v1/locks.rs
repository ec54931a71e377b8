//! Locks.

use super::{
    Answer,
    call::{Call, Result},
    envelope::Kind,
    json::{Members, Node, entries, strange},
    query::{self, refused},
    secrets::total,
    shape::{Field, picked, renamed, same},
};
use crate::{Problem, Result as Checked, fields};

const LOCK: &[Field] = &[
    same("name"),
    same("description"),
    renamed("created_at", "creation_date"),
    same("created_by"),
    same("attributes"),
    same("secret_version_id"),
    same("secret_id"),
    same("secret_group_id"),
    renamed("updated_at", "last_update_date"),
    same("secret_version_alias"),
];
const SECRET: &[Field] = &[same("secret_id"), same("secret_group_id")];
const SECRET_AMONG_ALL: &[Field] = &[
    same("secret_id"),
    same("secret_group_id"),
    same("secret_type"),
];
const VERSION: &[Field] = &[
    renamed("version_id", "id"),
    renamed("version_alias", "alias"),
    same("locks"),
    same("payload_available"),
];

/// Locks of all secrets.
pub(super) async fn list_all(call: &Call<'_>) -> Result<Answer> {
    let query = &call.query;
    query.only(&["limit", "offset", "search", "groups"])?;
    let path = query::path(
        "/secrets_locks",
        &[
            ("limit", Some(query.get("limit").unwrap_or("25"))), // v2: 200
            ("offset", query.get("offset")),
            ("search", query.get("search")),
            ("groups", query.get("groups")),
        ],
    );
    let answer = call.get(path).await?;
    let page = answer.members()?;
    let list = page
        .get("secrets_locks")
        .and_then(entries)
        .ok_or_else(strange)?;
    let shown = list.into_iter().filter_map(Members::of);
    let shown = shown
        .map(|locks| of_secret(&locks, SECRET_AMONG_ALL))
        .collect();
    Ok(Kind::Lock.collection(200, total(&page)?, shown))
}

/// Locks of a secret, or of one of its versions.
pub(super) async fn list(call: &Call<'_>) -> Result<Answer> {
    let query = &call.query;
    query.only(&["limit", "offset", "search"])?;
    let base = match version(call)? {
        None => format!("{}/locks", call.secret().await?.path),
        Some(version) => format!("{}/versions/{version}/locks", call.secret().await?.path),
    };
    let path = query::path(
        &base,
        &[
            ("limit", query.get("limit")),
            ("offset", query.get("offset")),
            ("search", query.get("search")),
        ],
    );
    let answer = call.get(path).await?;
    let page = answer.members()?;
    let list = page.get("locks").and_then(entries).ok_or_else(strange)?;
    let shown = list.into_iter().filter_map(Members::of);
    let shown = shown
        .map(|lock| Node::Object(picked(&lock, LOCK)))
        .collect();
    Ok(Kind::Lock.collection(200, total(&page)?, shown))
}

pub(super) async fn lock(call: &Call<'_>) -> Result<Answer> {
    call.query.only(&["mode"])?;
    let mode = match call.query.get("mode") {
        None => None,
        Some("exclusive") => Some("remove_previous"),
        Some("exclusive_delete") => Some("remove_previous_and_delete"),
        Some(_) => {
            return Err(refused("mode", "The mode is exclusive or exclusive_delete.").into());
        }
    };
    let mut given = Members::of_request(call.body)?;
    let locks = given.needed("locks")?;
    given.finish()?;
    let version = version(call)?.unwrap_or_else(|| "current".to_owned());
    let named = call.secret().await?;
    let version = format!("{}/versions/{version}", named.path);
    let mode = match mode {
        Some(mode) if !is_previous(call, &version).await? => Some(mode),
        _ => None,
    };
    let path = query::path(&format!("{version}/locks_bulk"), &[("mode", mode)]);
    let body = Node::Object(vec![("locks", Node::Raw(locks))]);
    let answer = call.post(path, body).await?;
    Ok(Kind::Lock.one(200, of_secret(&answer.members()?, SECRET)))
}

/// Whether a version is the previous one, where v1 ignores the mode.
async fn is_previous(call: &Call<'_>, version: &str) -> Result<bool> {
    if version.ends_with("/current") {
        return Ok(false);
    }
    let metadata = call.get(format!("{version}/metadata")).await?;
    Ok(metadata.members()?.string("alias").as_deref() == Some("previous"))
}

/// Removes locks of the current version, or of the one in the path.
pub(super) async fn unlock(call: &Call<'_>) -> Result<Answer> {
    call.query.only(&[])?;
    let mut given = Members::of_request(call.body)?;
    let wanted = names(given.needed("locks")?)?;
    given.finish()?;
    let version = version(call)?.unwrap_or_else(|| "current".to_owned());
    let named = call.secret().await?;
    let path = query::path(
        &format!("{}/versions/{version}/locks_bulk", named.path),
        &[("name", wanted.as_deref())],
    );
    let answer = call.delete(path).await?;
    Ok(Kind::Lock.one(200, of_secret(&answer.members()?, SECRET)))
}

/// The names of locks that go, as v2 takes them; none: all of them. Nothing but `["*"]` may become
/// that, so neither an empty list nor one with a comma in a name is sent on.
fn names(text: &str) -> Checked<Option<String>> {
    let refused = || {
        Problem::field(
            "locks",
            "locks is a list of the names of locks, or [\"*\"] for all.",
        )
    };
    let names: Vec<String> = serde_json::from_str(text).map_err(|_| refused())?;
    if names == ["*"] {
        return Ok(None);
    }
    let good = |name: &String| fields::check_lock_name(name).is_ok();
    if names.is_empty() || names.len() > fields::LOCKS || !names.iter().all(good) {
        return Err(refused());
    }
    Ok(Some(names.join(",")))
}

fn version(call: &Call<'_>) -> Checked<Option<String>> {
    if call.parameter("version_id").is_empty() {
        return Ok(None);
    }
    call.version().map(Some)
}

fn of_secret<'a>(locks: &Members<'a>, fields: &[Field]) -> Node<'a> {
    let mut shown = picked(locks, fields);
    let versions = locks.get("versions").and_then(entries).unwrap_or_default();
    let versions = versions.into_iter().filter_map(Members::of);
    let versions = versions.map(|version| Node::Object(picked(&version, VERSION)));
    shown.push(("versions", Node::List(versions.collect())));
    Node::Object(shown)
}
