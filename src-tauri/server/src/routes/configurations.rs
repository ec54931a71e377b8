//! Configurations of secrets engines.

pub(super) mod published;

use keyturn_api::{
    Code, ConfigType, ConfigurationView, Page, Problem, Result, Target,
    wire::{self, ConfigurationSort, ListConfigurations},
};

use super::Call;
use crate::respond::Answer;

/// API v2: tells which of several configurations of one name is meant.
const HEADER: &str = "X-Sm-Accept-Configuration-Type";

pub(super) async fn create(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let new = wire::new_configuration(&call.body)?;
    let made = call
        .inner
        .instance
        .create_configuration(&call.caller, new)
        .await?;
    Ok(Answer::created(wire::configuration(&made)))
}

pub(super) async fn list(call: &Call) -> Result<Answer> {
    let query = call.query()?.list_configurations()?;
    let all = call.inner.instance.configurations(&call.caller).await?;
    let page = page(all, &query);
    Ok(Answer::ok(wire::configurations(&page, &call.address())))
}

/// A page of the few that there are.
fn page(mut all: Vec<ConfigurationView>, query: &ListConfigurations) -> Page<ConfigurationView> {
    let search = query.search.as_ref().map(|text| text.to_lowercase());
    all.retain(|view| {
        let configuration = &view.configuration;
        let kinds = &query.secret_types;
        let wanted = kinds.is_empty() || kinds.contains(&configuration.secret_type);
        let named = |text: &String| configuration.name.to_lowercase().contains(text.as_str());
        wanted && search.as_ref().is_none_or(named)
    });
    if let Some((key, descending)) = query.sort {
        all.sort_by_cached_key(|view| {
            let configuration = &view.configuration;
            match key {
                ConfigurationSort::ConfigType => configuration.detail.config_type().name().into(),
                ConfigurationSort::SecretType => configuration.secret_type.name().into(),
                ConfigurationSort::Name => configuration.name.to_lowercase(),
            }
        });
        if descending {
            all.reverse();
        }
    }
    let total_count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let (offset, limit) = (query.offset as usize, query.limit as usize);
    Page {
        items: all.into_iter().skip(offset).take(limit).collect(),
        total_count,
        offset: query.offset,
        limit: query.limit,
    }
}

/// The type of the configuration with the name in the path.
async fn named(call: &Call) -> Result<ConfigType> {
    let name = call.part("name");
    if let Some(wanted) = &call.config_type {
        return wire::config_type(HEADER, wanted).map_err(|problem| problem.at(header()));
    }
    let all = call.inner.instance.configurations(&call.caller).await?;
    let mut kinds = all
        .iter()
        .filter(|view| view.configuration.name == name)
        .map(|view| view.configuration.detail.config_type());
    let first = kinds
        .next()
        .ok_or_else(|| Problem::not_found("configuration"))?;
    if kinds.next().is_none() {
        return Ok(first);
    }
    Err(Problem::new(
        Code::Ambiguous,
        "Configurations of several types have this name.",
    )
    .at(header())
    .remedy(format!("Send the type in the header {HEADER}.")))
}

fn header() -> Target {
    Target::header(HEADER)
}

pub(super) async fn get(call: &Call) -> Result<Answer> {
    call.no_query()?;
    Ok(Answer::ok(wire::configuration(&current(call).await?)))
}

async fn current(call: &Call) -> Result<ConfigurationView> {
    let kind = named(call).await?;
    call.inner
        .instance
        .configuration(&call.caller, kind, call.part("name"))
        .await
}

pub(super) async fn update(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let instance = &call.inner.instance;
    loop {
        let found = current(call).await?;
        let kind = found.configuration.detail.config_type();
        let patch = wire::configuration_patch(&found.configuration, &call.body)?;
        // a template's rules are laid over those that were read
        let expect = (kind == ConfigType::Template).then_some(&found.revision);
        let name = call.part("name");
        match instance
            .update_configuration(&call.caller, kind, name, patch, expect)
            .await
        {
            Err(problem) if problem.code == Code::Conflict => {}
            other => return other.map(|view| Answer::ok(wire::configuration(&view))),
        }
    }
}

pub(super) async fn delete(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let kind = named(call).await?;
    let instance = &call.inner.instance;
    instance
        .delete_configuration(&call.caller, kind, call.part("name"), None)
        .await?;
    Ok(Answer::no_content())
}

pub(super) async fn act(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let action = wire::configuration_action(&call.body)?;
    let (kind, name) = (named(call).await?, call.part("name"));
    let instance = &call.inner.instance;
    let outcome = instance
        .configuration_action(&call.caller, kind, name, action.clone())
        .await?;
    Ok(Answer::created(wire::action_outcome(
        name, &action, &outcome,
    )))
}
