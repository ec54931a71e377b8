//! Parameters behind the question mark: as they came, and as they are sent on.

use std::fmt::Write as _;

use crate::{Code, Problem, Result, Target};

/// The parameters of a request.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let read = |text: &str| {
                decode(&text.replace('+', " "))
                    .ok_or_else(|| refused("query", "The query is not UTF-8 text."))
            };
            let (name, value) = (read(name)?, read(value)?);
            if parameters.len() == MOST {
                return Err(refused("query", "The query has too many parameters."));
            }
            if parameters.iter().any(|(other, _)| *other == name) {
                return Err(refused("query", "A parameter stands in the query twice."));
            }
            parameters.push((name, value));
        }
        Ok(Self(parameters))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Refuses parameters that the operation does not have.
    pub(super) fn only(&self, names: &[&str]) -> Result<()> {
        if self
            .0
            .iter()
            .all(|(name, _)| names.contains(&name.as_str()))
        {
            return Ok(());
        }
        let known = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        };
        Err(refused(
            "query",
            &format!("There is a parameter that is not known here. These are: {known}."),
        ))
    }
}

/// More than any operation has.
const MOST: usize = 20;

/// The refusal of a parameter.
pub(super) fn refused(name: &str, message: &str) -> Problem {
    Problem::new(Code::BadRequest, message).at(Target::parameter(name))
}

/// A path with those parameters that have a value.
pub(super) fn path(base: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut path = base.to_owned();
    for (name, value) in parameters {
        let Some(value) = value else { continue };
        path.push(if path.len() == base.len() { '?' } else { '&' });
        path.push_str(name);
        path.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
                path.push(char::from(byte));
            } else {
                // writing to a String cannot fail
                let _ = write!(path, "%{byte:02X}");
            }
        }
    }
    path
}

/// Text without its percent signs; none if it is not UTF-8 or has a stray one.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            decoded.push(u8::try_from(value).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}
