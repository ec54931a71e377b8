//! An option of a command, and where its value goes.

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use keyturn_api::Result;
use zeroize::Zeroizing;

use super::body;
use crate::input::{self, Inputs};

/// One option.
pub(super) struct Opt {
    pub(super) name: &'static str,
    pub(super) to: To,
    kind: Kind,
    required: bool,
    alias: Option<&'static str>,
    help: &'static str,
}

/// Where a value goes.
#[derive(Clone, Copy)]
pub(super) enum To {
    /// Into the path.
    Path,
    /// Into the query, under a name.
    Query(&'static str),
    /// Into the header that names a type of configuration.
    Header,
    /// Into the body, under a name.
    Body(&'static str),
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As it stands.
    Text,
    /// A value or `@FILE` or `-`, without the line end at its end.
    Value,
    /// The same, to the byte.
    Exact,
    /// `true` or `false`; alone it is true.
    Flag,
    /// A whole number.
    Number,
    /// Several, with commas between them or given one by one.
    List,
    /// JSON, `@FILE` or `-`.
    Json,
}

impl Opt {
    const fn new(name: &'static str, to: To, kind: Kind, help: &'static str) -> Self {
        Self {
            name,
            to,
            kind,
            required: false,
            alias: None,
            help,
        }
    }

    /// Part of the path; always needed.
    pub(super) const fn path(name: &'static str, help: &'static str) -> Self {
        Self::new(name, To::Path, Kind::Text, help).required()
    }

    /// A parameter of the query, with underlines for the dashes of the option.
    pub(super) const fn query(
        name: &'static str,
        field: &'static str,
        kind: Kind,
        help: &'static str,
    ) -> Self {
        Self::new(name, To::Query(field), kind, help)
    }

    /// A member of the body.
    pub(super) const fn body(
        name: &'static str,
        field: &'static str,
        kind: Kind,
        help: &'static str,
    ) -> Self {
        Self::new(name, To::Body(field), kind, help)
    }

    /// The type of a configuration, where several have its name.
    pub(super) const fn config_type() -> Self {
        let help = "Type of the configuration, where several have this name";
        Self::new("config-type", To::Header, Kind::Text, help)
    }

    /// Must be given.
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Is also taken under another name.
    pub(super) const fn alias(mut self, name: &'static str) -> Self {
        self.alias = Some(name);
        self
    }

    /// As clap knows it.
    pub(super) fn arg(&self) -> Arg {
        let arg = Arg::new(self.name)
            .long(self.name)
            .help(self.help)
            .required(self.required)
            .aliases(self.alias)
            .hide_possible_values(true);
        match self.kind {
            Kind::Flag => arg
                .num_args(0..=1)
                .default_missing_value("true")
                .value_parser(["true", "false"])
                .value_name("true|false"),
            Kind::Number => arg
                .value_parser(value_parser!(i64))
                .allow_negative_numbers(true)
                .value_name("NUMBER"),
            Kind::List => arg
                .action(ArgAction::Append)
                .value_delimiter(',')
                .value_name("A,B,…"),
            Kind::Json => arg.value_name("JSON"),
            // a PEM text begins with dashes, and so does a descending order
            Kind::Value | Kind::Exact => arg.allow_hyphen_values(true).value_name("VALUE"),
            Kind::Text if self.name == "sort" => arg.allow_hyphen_values(true).value_name("FIELD"),
            Kind::Text => arg.value_name("TEXT"),
        }
    }

    /// What was given, as text; several with commas between them.
    pub(super) fn given(&self, matches: &ArgMatches) -> Option<String> {
        match self.kind {
            Kind::Number => matches.get_one::<i64>(self.name).map(ToString::to_string),
            Kind::List => {
                let several = matches.get_many::<String>(self.name)?;
                Some(several.map(String::as_str).collect::<Vec<_>>().join(","))
            }
            _ => matches.get_one::<String>(self.name).cloned(),
        }
    }

    /// What was given, as JSON for the body.
    pub(super) fn json(&self, given: &str, inputs: &Inputs) -> Result<Zeroizing<Vec<u8>>> {
        Ok(match self.kind {
            Kind::Text => body::string(given),
            Kind::Flag | Kind::Number => given.as_bytes().to_vec().into(),
            Kind::List => body::strings(given.split(',').filter(|item| !item.is_empty())),
            Kind::Value => {
                let value = input::without_line_end(inputs.value(self.name, given)?);
                body::string(&input::text(value)?)
            }
            Kind::Exact => body::string(&input::text(inputs.value(self.name, given)?)?),
            Kind::Json => body::checked(self.name, inputs.value(self.name, given)?)?,
        })
    }
}
