//! Secrets: creation, lists, reading and deletion.

use serde_json::Value;

use super::{
    Answer,
    call::{Call, Result},
    envelope::{Kind, resource},
    json::{Members, Node, entries, strange},
    query::{self, refused},
    secret,
    shape::{Field, Form, renamed, same, taken},
};
use crate::{Problem, Result as Checked, SecretType, Ttl};

pub(super) use super::actions::act;

const COMMON: &[Field] = &[
    same("name").needed(),
    same("description"),
    same("secret_group_id"),
    same("labels"),
    same("custom_metadata"),
    same("version_custom_metadata"),
];

/// What only answers have.
pub(super) const ANSWERED: &[&str] = &[
    "id",
    "state",
    "state_description",
    "secret_type",
    "crn",
    "creation_date",
    "created_by",
    "last_update_date",
    "versions_total",
    "versions",
    "locks_total",
];

/// What creation takes beyond [`COMMON`].
const fn fields(secret_type: SecretType) -> &'static [Field] {
    match secret_type {
        SecretType::Arbitrary => const { &[same("payload").needed(), same("expiration_date")] },
        SecretType::Kv => const { &[renamed("payload", "data").needed()] },
        SecretType::UsernamePassword => {
            const { &[same("username").needed(), same("expiration_date")] }
        }
        SecretType::ImportedCert => {
            const {
                &[
                    same("certificate").needed(),
                    same("private_key"),
                    same("intermediate"),
                ]
            }
        }
        SecretType::PublicCert => {
            const {
                &[
                    same("ca"),
                    same("dns"),
                    same("common_name"),
                    same("alt_names"),
                    same("bundle_certs"),
                    same("key_algorithm").form(Form::NewCurve),
                    same("rotation"),
                ]
            }
        }
        SecretType::PrivateCert => {
            const {
                &[
                    same("certificate_template").needed(),
                    same("common_name").needed(),
                    same("alt_names").form(Form::Split),
                    same("ip_sans"),
                    same("uri_sans"),
                    same("other_sans"),
                    same("csr"),
                    same("ttl").form(Form::Length),
                    same("format"),
                    same("private_key_format"),
                    same("exclude_cn_from_sans"),
                    same("rotation"),
                ]
            }
        }
        SecretType::IamCredentials => {
            const {
                &[
                    same("ttl").form(Form::Length),
                    same("access_groups"),
                    same("service_id"),
                    same("reuse_api_key"),
                ]
            }
        }
        SecretType::CustomCredentials | SecretType::Other | SecretType::ServiceCredentials => &[],
    }
}

/// Answers with the whole secret: 200, or 202 for a certificate that is only ordered by now.
pub(super) async fn create(call: &Call<'_>) -> Result<Answer> {
    let secret_type = call.secret_type()?;
    let mut given = resource(call.body)?;
    given.ignore(ANSWERED);
    let mut body = taken(&mut given, COMMON)?;
    body.extend(taken(&mut given, fields(secret_type))?);
    if secret_type == SecretType::UsernamePassword
        && let Some(password) = password(&mut given)?
    {
        body.push(("password", password));
    }
    given.finish()?;
    body.push(("secret_type", Node::string(secret_type.name())));
    let made = call.post("/secrets".to_owned(), Node::Object(body)).await?;
    let made = made.members()?;
    let id = made.string("id").ok_or_else(strange)?;
    let versions = secret::versions_if_any(call, &format!("/secrets/{id}")).await;
    let versions = versions
        .as_ref()
        .and_then(|versions| versions.members().ok());
    let status = if secret_type == SecretType::PublicCert {
        202
    } else {
        200
    };
    let whole = secret::whole(secret_type, &made, Some(&made), versions.as_ref());
    Ok(Kind::Secret.one(status, whole))
}

/// The password of a request; empty means that one is generated, which v2 does without one.
pub(super) fn password<'a>(given: &mut Members<'a>) -> Checked<Option<Node<'a>>> {
    let password = given.needed("password")?;
    Ok((password != "\"\"").then_some(Node::Raw(password)))
}

/// Secrets of one type.
pub(super) async fn list(call: &Call<'_>) -> Result<Answer> {
    let secret_type = call.secret_type()?;
    page(call, Some(secret_type.name())).await
}

/// Secrets of all types.
pub(super) async fn list_all(call: &Call<'_>) -> Result<Answer> {
    page(call, None).await
}

async fn page(call: &Call<'_>, secret_type: Option<&str>) -> Result<Answer> {
    let query = &call.query;
    query.only(&["limit", "offset", "search", "sort_by", "groups"])?;
    let sort = query.get("sort_by").map(sort).transpose()?;
    let path = query::path(
        "/secrets",
        &[
            ("limit", query.get("limit")),
            ("offset", query.get("offset")),
            ("search", query.get("search")),
            ("sort", sort.as_deref()),
            ("groups", query.get("groups")),
            ("secret_types", secret_type),
        ],
    );
    let answer = call.get(path).await?;
    let page = answer.members()?;
    let list = page.get("secrets").and_then(entries).ok_or_else(strange)?;
    let mut secrets = Vec::with_capacity(list.len());
    for text in list {
        let members = Members::of(text).ok_or_else(strange)?;
        let secret_type = members.string("secret_type");
        // types that v1 does not know are shown as far as it has words for them
        let known = SecretType::ALL
            .into_iter()
            .find(|known| secret_type.as_deref() == Some(known.name()))
            .unwrap_or(SecretType::CustomCredentials);
        secrets.push(Node::Object(secret::metadata(known, &members)));
    }
    Ok(Kind::Secret.collection(200, total(&page)?, secrets))
}

/// How many there are in all, not on this page alone.
pub(super) fn total(page: &Members<'_>) -> Checked<usize> {
    let total = page.get("total_count").and_then(|text| text.parse().ok());
    total.ok_or_else(strange)
}

fn sort(text: &str) -> Checked<String> {
    let (sign, key) = text.strip_prefix('-').map_or(("", text), |key| ("-", key));
    let key = match key {
        "creation_date" => "created_at",
        "id" | "expiration_date" | "secret_type" | "name" => key,
        _ => {
            return Err(refused(
                "sort_by",
                "Secrets are sorted by id, creation_date, expiration_date, secret_type or name.",
            ));
        }
    };
    Ok(format!("{sign}{key}"))
}

pub(super) async fn get(call: &Call<'_>) -> Result<Answer> {
    let named = call.secret().await?;
    let secret = call.get(named.path.clone()).await?;
    let versions = call.get(format!("{}/versions", named.path)).await?;
    let (secret, versions) = (secret.members()?, versions.members()?);
    let whole = secret::whole(named.secret_type, &secret, Some(&secret), Some(&versions));
    Ok(Kind::Secret.one(200, whole))
}

pub(super) async fn delete(call: &Call<'_>) -> Result<Answer> {
    let named = call.secret().await?;
    call.delete(named.path).await?;
    Ok(Answer::empty(204))
}

/// Whether two texts of JSON say the same. Lengths of time are texts in requests and seconds in
/// answers.
fn is_same(one: &str, other: &str) -> bool {
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let length = |value: &Value| match value {
        Value::Number(seconds) => seconds.as_u64(),
        Value::String(text) => Ttl::parse(text).map(Ttl::secs),
        _ => None,
    };
    let (one, other) = (value(one), value(other));
    one == other || length(&one).is_some_and(|one| length(&other) == Some(one))
}

/// Refuses a member of a request that would have to change what cannot be changed.
pub(super) fn unchanged(
    given: &mut Members<'_>,
    name: &'static str,
    current: Option<&str>,
    remedy: &str,
) -> Checked<()> {
    let Some(wanted) = given.take(name) else {
        return Ok(());
    };
    if current.is_some_and(|current| is_same(current, wanted)) {
        return Ok(());
    }
    Err(Problem::field(name, format!("{name} cannot be changed here.")).remedy(remedy))
}
