//! Configurations of secrets engines: v1 sorts them by type of secret and element.

mod actions;
mod kinds;

use super::{
    Answer, Method,
    call::{Call, Result, Stop},
    envelope::Kind as Collection,
    json::{Members, Node, entries, strange},
    query::refused,
    secrets::unchanged,
    shape::{Made, picked, same, taken},
};
use crate::{Problem, Result as Checked, SecretType, configuration::check_configuration_name};
pub(super) use actions::act;
use kinds::{ELEMENTS, Element, Kind};

/// The name that the one configuration of IAM credentials has in v2, where all have one.
const IAM_NAME: &str = "iam_credentials";
const IAM_TYPE: &str = "iam_credentials_configuration";

/// Sets the engine of IAM credentials.
pub(super) async fn put_engine(call: &Call<'_>) -> Result<Answer> {
    if call.secret_type()? != SecretType::IamCredentials {
        let problem = refused(
            "secret_type",
            "Only IAM credentials are configured as a whole.",
        );
        return Err(problem
            .remedy("Add a configuration element instead.")
            .into());
    }
    let mut given = Members::of_request(call.body)?;
    let mut body = taken(&mut given, &[same("api_key").needed()])?;
    given.ignore(&["api_key_hash"]);
    given.finish()?;
    let key = body
        .iter()
        .map(|(name, key)| (*name, key.again()))
        .collect();
    body.push(("config_type", Node::string(IAM_TYPE)));
    body.push(("name", Node::string(IAM_NAME)));
    let made = call.post("/configurations".to_owned(), Node::Object(body));
    match made.await {
        // v1 sets what v2 makes once
        Err(Stop::Passed(refused)) if refused.status == 409 => {
            let listed = listed(call, SecretType::IamCredentials).await?;
            let list = configurations(&listed)?;
            let Some(name) = list.first().and_then(|first| first.string("name")) else {
                return Err(Stop::Passed(refused));
            };
            let change = Some(Node::Object(key));
            call.ask_of(Method::Patch, path(&name)?, Some(IAM_TYPE), change)
                .await?;
        }
        made => drop(made?),
    }
    Ok(Answer::empty(204))
}

/// All elements of an engine, each by name and type.
pub(super) async fn get_engine(call: &Call<'_>) -> Result<Answer> {
    let secret_type = call.secret_type()?;
    let answer = listed(call, secret_type).await?;
    let list = configurations(&answer)?;
    if secret_type == SecretType::IamCredentials {
        let Some(name) = list.first().and_then(|first| first.string("name")) else {
            return Ok(Collection::Config.all(Vec::new()));
        };
        let path = path(&name)?;
        let found = call.ask_of(Method::Get, path, Some(IAM_TYPE), None).await?;
        let shown = picked(&found.members()?, &[same("api_key")]);
        return Ok(Collection::Config.one(200, Node::Object(shown)));
    }
    let elements = ELEMENTS
        .iter()
        .filter(|element| element.secret_type == secret_type);
    let mut shown = Made::new();
    for element in elements {
        let named = list.iter().filter_map(|found| {
            let kind = kind(element, found)?;
            Some(Node::Object(name_and_type(found, kind)))
        });
        shown.push((element.name, Node::List(named.collect())));
    }
    if shown.is_empty() {
        return Err(Problem::not_found("configuration").into());
    }
    Ok(Collection::Config.one(200, Node::Object(shown)))
}

pub(super) async fn create(call: &Call<'_>) -> Result<Answer> {
    let element = element(call)?;
    let mut given = Members::of_request(call.body)?;
    let mut body = taken(&mut given, &[same("name").needed()])?;
    let (kind, mut config) = type_and_config(element, given)?;
    config.ignore(kind.answered);
    for fields in kind.created {
        body.extend(taken(&mut config, fields)?);
    }
    config.finish()?;
    body.extend(environment(kind));
    body.push(("config_type", Node::string(kind.config_type)));
    let made = call
        .post("/configurations".to_owned(), Node::Object(body))
        .await?;
    shown(element, &made, 201)
}

/// The elements of one kind, with as much of them as lists of v2 tell.
pub(super) async fn list(call: &Call<'_>) -> Result<Answer> {
    let element = element(call)?;
    let answer = listed(call, element.secret_type).await?;
    let found = configurations(&answer)?;
    let shown = found.iter().filter_map(|found| {
        let kind = kind(element, found)?;
        let mut shown = name_and_type(found, kind);
        if element.secret_type == SecretType::PrivateCert {
            shown.push(("config", config(found, kind)));
        }
        Some(Node::Object(shown))
    });
    let list = Node::List(shown.collect());
    Ok(Collection::Config.one(200, Node::Object(vec![(element.name, list)])))
}

pub(super) async fn get(call: &Call<'_>) -> Result<Answer> {
    let element = element(call)?;
    let (path, config_type) = locate(call, element).await?;
    let found = call
        .ask_of(Method::Get, path, Some(config_type), None)
        .await?;
    shown(element, &found, 200)
}

/// Replaces what can be changed; the rest may stand there as it is.
pub(super) async fn update(call: &Call<'_>) -> Result<Answer> {
    let element = element(call)?;
    let path = path(call.parameter("config_name"))?;
    let (kind, mut given) = type_and_config(element, Members::of_request(call.body)?)?;
    let mut changes = Made::from_iter(environment(kind));
    // v2 never tells the key of an account, so a body that was read before has none
    if kind.environment.is_some() && given.get("private_key") == Some("\"\"") {
        given.ignore(&["private_key"]);
    } else {
        changes.extend(taken(&mut given, kind.changed)?);
    }
    for field in kind.changed {
        let absent = changes.iter().all(|(name, _)| *name != field.other());
        if let Some(usual) = kind.usual(field.other()).filter(|_| absent) {
            changes.push((field.other(), Node::Raw(usual)));
        }
    }
    given.ignore(kind.answered);
    if element.secret_type == SecretType::PrivateCert {
        let config_type = Some(kind.config_type);
        let current = call
            .ask_of(Method::Get, path.clone(), config_type, None)
            .await?;
        fixed(kind, &mut given, &current)?;
    }
    given.finish()?;
    let changes = Some(Node::Object(changes));
    let after = call
        .ask_of(Method::Patch, path, Some(kind.config_type), changes)
        .await?;
    shown(element, &after, 200)
}

/// What is fixed at creation may be repeated, not changed. What v2 does not tell cannot be compared.
fn fixed(kind: &Kind, given: &mut Members<'_>, current: &Answer) -> Checked<()> {
    let current = config(&current.members()?, kind).into_body();
    let current = Members::of_answer(&current)?;
    for field in kind.created.concat() {
        match current.get(field.name()) {
            None => given.ignore(&[field.name()]),
            value => unchanged(
                given,
                field.name(),
                value,
                "Add another configuration instead.",
            )?,
        }
    }
    Ok(())
}

pub(super) async fn delete(call: &Call<'_>) -> Result<Answer> {
    let (path, config_type) = locate(call, element(call)?).await?;
    call.ask_of(Method::Delete, path, Some(config_type), None)
        .await?;
    Ok(Answer::empty(204))
}

/// The element in the path, if secrets of the type in the path have it.
fn element(call: &Call<'_>) -> Checked<&'static Element> {
    let secret_type = call.secret_type()?;
    let name = call.parameter("config_element");
    ELEMENTS
        .iter()
        .find(|element| element.secret_type == secret_type && element.name == name)
        .ok_or_else(|| Problem::not_found("configuration element"))
}

fn path(name: &str) -> Checked<String> {
    // the rule for names leaves nothing that would need escapes
    check_configuration_name(name).map_err(|_| Problem::not_found("configuration"))?;
    Ok(format!("/configurations/{name}"))
}

/// Path and type in v2 of the configuration in the path of v1. One name can belong to several types
/// in v2, so where an element has several of them, the list says which one is meant.
async fn locate(call: &Call<'_>, element: &'static Element) -> Result<(String, &'static str)> {
    let name = call.parameter("config_name");
    let path = path(name)?;
    if let [kind] = element.kinds {
        return Ok((path, kind.config_type));
    }
    let answer = listed(call, element.secret_type).await?;
    let list = configurations(&answer)?;
    let mut found = list
        .iter()
        .filter(|found| found.string("name").as_deref() == Some(name));
    let kind = found.find_map(|found| kind(element, found));
    let kind = kind.ok_or_else(|| Problem::not_found("configuration"))?;
    Ok((path, kind.config_type))
}

/// Ten of a type is the limit, so this is all of them.
async fn listed(call: &Call<'_>, secret_type: SecretType) -> Result<Answer> {
    let name = secret_type.name();
    call.get(format!("/configurations?limit=1000&secret_types={name}"))
        .await
}

fn configurations(answer: &Answer) -> Checked<Vec<Members<'_>>> {
    let list = answer.members()?.get("configurations");
    let list = list.and_then(entries).ok_or_else(strange)?;
    list.into_iter()
        .map(|text| Members::of(text).ok_or_else(strange))
        .collect()
}

/// The kind that a configuration of v2 has in v1, if it is of this element.
fn kind(element: &'static Element, configuration: &Members<'_>) -> Option<&'static Kind> {
    let config_type = configuration.string("config_type")?;
    let environment = configuration.string("lets_encrypt_environment");
    element.kinds.iter().find(|kind| {
        kind.config_type == config_type
            && (kind.environment.is_none() || kind.environment == environment.as_deref())
    })
}

fn environment(kind: &Kind) -> Option<(&'static str, Node<'static>)> {
    let environment = kind.environment?;
    Some(("lets_encrypt_environment", Node::string(environment)))
}

/// Type and configuration of a request, of which nothing else is left.
fn type_and_config<'a>(
    element: &'static Element,
    mut given: Members<'a>,
) -> Checked<(&'static Kind, Members<'a>)> {
    let word: Option<String> = serde_json::from_str(given.needed("type")?).ok();
    let config = Members::of_field(given.needed("config")?, "config")?;
    given.finish()?;
    let kind = element
        .kinds
        .iter()
        .find(|kind| word.as_deref() == Some(kind.word));
    let kind = kind.ok_or_else(|| {
        let words: Vec<&str> = element.kinds.iter().map(|kind| kind.word).collect();
        Problem::field(
            "type",
            format!("The type is one of these: {}.", words.join(", ")),
        )
    })?;
    Ok((kind, config))
}

fn name_and_type<'a>(configuration: &Members<'a>, kind: &Kind) -> Made<'a> {
    let mut shown = picked(configuration, &[same("name")]);
    shown.push(("type", Node::string(kind.word)));
    shown
}

fn config<'a>(configuration: &Members<'a>, kind: &Kind) -> Node<'a> {
    let fields = kind.shown.iter();
    Node::Object(
        fields
            .flat_map(|fields| picked(configuration, fields))
            .collect(),
    )
}

fn shown(element: &'static Element, answer: &Answer, status: u16) -> Result<Answer> {
    let configuration = answer.members()?;
    let kind = kind(element, &configuration).ok_or_else(strange)?;
    let mut shown = name_and_type(&configuration, kind);
    shown.push(("config", config(&configuration, kind)));
    Ok(Collection::Config.one(status, Node::Object(shown)))
}
