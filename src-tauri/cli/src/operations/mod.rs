//! IBM's commands as a table. Each becomes one HTTP request; what it means is the instance's matter.

mod body;
mod configuration_fields;
mod configurations;
mod locks;
mod notifications;
mod option;
mod request;
mod secret_groups;
mod secret_versions;
mod secrets;
mod tasks;
mod v1;

#[cfg(test)]
mod tests;

use clap::{Arg, ArgMatches, Command};
use http::Method;
use keyturn_api::{Code, Problem, Result, Target};

use crate::input::Inputs;
use body::Body;
use option::{Opt, To};
pub(crate) use request::Request;

/// Names one of several configurations with the same name.
pub(crate) const CONFIGURATION_TYPE: &str = "x-sm-accept-configuration-type";

/// One command.
pub(crate) struct Operation {
    /// As IBM's program calls it.
    pub(crate) name: &'static str,
    about: &'static str,
    method: Method,
    /// With `{option}` where the value of an option stands.
    path: &'static str,
    /// Groups of options; some are shared.
    options: &'static [&'static [Opt]],
    /// The option that gives the whole body as JSON.
    whole: Option<&'static str>,
    /// For collections: what a table shows of each member.
    list: Option<&'static List>,
}

/// A collection.
pub(crate) struct List {
    /// Member of the answer that holds it.
    pub(crate) array: &'static str,
    /// Heads of a table's columns, and the fields below them.
    pub(crate) columns: &'static [(&'static str, &'static str)],
    /// Whether it comes page by page.
    pub(crate) paged: bool,
}

/// Every command of IBM's.
pub(crate) fn all() -> impl Iterator<Item = &'static Operation> {
    [
        secrets::OPERATIONS,
        secret_versions::OPERATIONS,
        secret_groups::OPERATIONS,
        locks::OPERATIONS,
        configurations::OPERATIONS,
        notifications::OPERATIONS,
        tasks::OPERATIONS,
        v1::OPERATIONS,
    ]
    .into_iter()
    .flatten()
}

impl Operation {
    /// The command as clap knows it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(self.name).about(self.about);
        for option in self.options() {
            let mut arg = option.arg();
            if let Some(whole) = self.whole.filter(|_| matches!(option.to, To::Body(_))) {
                arg = arg.conflicts_with(whole);
            }
            command = command.arg(arg);
        }
        if let Some(whole) = self.whole {
            let mut arg = Arg::new(whole)
                .long(whole)
                .value_name("JSON")
                .help("The whole body: JSON, @FILE or -");
            if whole != "body" {
                arg = arg.alias("body");
            }
            command = command.arg(arg);
        }
        if self.list.is_some_and(|list| list.paged) {
            let arg = Arg::new("all-pages").long("all-pages");
            let arg = arg.help("Ask for page after page until all are there");
            command = command.arg(arg.action(clap::ArgAction::SetTrue));
        }
        command
    }

    /// The request that a command line stands for.
    pub(crate) fn request(&self, matches: &ArgMatches, inputs: &Inputs) -> Result<Request> {
        let mut path = self.path.to_owned();
        let mut query = Vec::new();
        let mut config_type = None;
        let mut body = Body::default();
        for option in self.options() {
            let Some(given) = option.given(matches) else {
                continue;
            };
            match option.to {
                To::Path => {
                    let segment = path_segment(option.name, &given)?;
                    path = path.replace(&format!("{{{}}}", option.name), &segment);
                }
                To::Query(field) => query.push((field, given)),
                To::Header => config_type = Some(given),
                To::Body(field) => body.put(field, option.json(&given, inputs)?),
            }
        }
        let whole = self
            .whole
            .and_then(|name| Some((name, matches.get_one::<String>(name)?)));
        let body = match whole {
            Some((name, given)) => Body::whole(name, inputs.value(name, given)?)?,
            None if self.has_body() => body.finish(),
            None => Vec::new().into(),
        };
        Ok(Request {
            method: self.method.clone(),
            path,
            query,
            config_type,
            body,
            list: self.list,
            all_pages: self.list.is_some_and(|list| list.paged) && matches.get_flag("all-pages"),
        })
    }

    fn options(&self) -> impl Iterator<Item = &'static Opt> {
        self.options.iter().copied().flatten()
    }

    /// Whether a body goes out even if no option gives anything: `{}` makes a password.
    fn has_body(&self) -> bool {
        let mut options = self.options();
        options.any(|option| matches!(option.to, To::Body(_)))
    }
}

/// A value as one segment of a path.
fn path_segment(option: &str, value: &str) -> Result<String> {
    if matches!(value, "" | "." | "..") {
        let message = "This cannot be an id or a name.";
        return Err(Problem::new(Code::BadRequest, message).at(Target::parameter(option)));
    }
    Ok(request::encode(value, ""))
}
