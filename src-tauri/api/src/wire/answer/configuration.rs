//! Configurations of secrets engines.

use serde_json::{Map, Value};

use super::{
    members::{Members, typed},
    page, tolerance, view,
};
use crate::{
    Configuration, ConfigurationView, Page, Result,
    wire::{
        configuration::whole,
        known::{OTHER, unknown},
    },
};

const WHAT: &str = "a configuration";
const LIST: &str = "configurations";

/// `Configuration`.
pub fn configuration(answer: &[u8]) -> Result<ConfigurationView> {
    read(Members::whole(WHAT, answer)?)
}

/// A page of `list_configurations`. IBM's service leaves out of it what only readers of a single
/// configuration see: rules, subjects, certificates are not there, or as usual.
pub fn configurations(answer: &[u8]) -> Result<Page<ConfigurationView>> {
    page::read(LIST, answer, "configurations", |text| {
        read(Members::within(LIST, text)?)
    })
}

fn read(mut answer: Members<'_>) -> Result<ConfigurationView> {
    let mut told: Option<Map<String, Value>> = answer.read_member(crate::served::VIEW)?;
    let came = answer.rest()?;
    let mut members = came.clone();
    members.remove(OTHER);
    tolerance::configuration(&mut members);
    for name in ["hindrance", "allow_wildcard_certificates"] {
        if let Some(value) = told.as_mut().and_then(|told| told.remove(name)) {
            members.insert(name.to_owned(), value);
        }
    }
    let mut configuration: Configuration = typed(WHAT, members)?;
    configuration.other = unknown(&came, &whole(&configuration)).into_iter().collect();
    view::configuration(configuration, told)
}
