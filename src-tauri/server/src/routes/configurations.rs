//! Configurations of secrets engines.

pub(super) mod published;

use keyturn_api::{Action, Code, ConfigType, ConfigurationView, Result, Target, wire};

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
    Ok(Answer::created(call.configuration(&made)))
}

pub(super) async fn list(call: &Call) -> Result<Answer> {
    let query = call.query()?.list_configurations()?;
    let all = call.inner.instance.configurations(&call.caller).await?;
    let page = query.page(all);
    let address = call.address();
    // what a list leaves out is for those who may read one by one
    let whole = call.views && call.caller.may(Action::ConfigurationRead).is_ok();
    Ok(Answer::ok(if whole {
        wire::page_of(&page, "configurations", &address, |view| {
            call.configuration(view)
        })
    } else {
        wire::configurations(&page, &address)
    }))
}

/// The type of the configuration with the name in the path.
async fn named(call: &Call) -> Result<ConfigType> {
    let name = call.part("name");
    if let Some(wanted) = &call.config_type {
        return wire::config_type(HEADER, wanted).map_err(|problem| problem.at(header()));
    }
    let kind = call
        .inner
        .instance
        .configuration_type(&call.caller, name)
        .await;
    kind.map_err(|problem| match problem.code {
        Code::Ambiguous => problem
            .at(header())
            .remedy(format!("Send the type in the header {HEADER}.")),
        _ => problem,
    })
}

fn header() -> Target {
    Target::header(HEADER)
}

pub(super) async fn get(call: &Call) -> Result<Answer> {
    call.no_query()?;
    Ok(Answer::ok(call.configuration(&current(call).await?)))
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
        let read = (kind == ConfigType::Template).then_some(&found.revision);
        let expect = call.expect.as_ref().or(read);
        let name = call.part("name");
        match instance
            .update_configuration(&call.caller, kind, name, patch, expect)
            .await
        {
            // somebody changed the rules in between: they are laid over the new ones
            Err(problem)
                if call.expect.is_none() && read.is_some() && problem.code == Code::Conflict => {}
            other => return other.map(|view| Answer::ok(call.configuration(&view))),
        }
    }
}

pub(super) async fn delete(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let kind = named(call).await?;
    let instance = &call.inner.instance;
    instance
        .delete_configuration(&call.caller, kind, call.part("name"), call.expect.as_ref())
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
