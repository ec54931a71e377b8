//! JSON without a model: members stay the text they are, so that numbers keep their digits and
//! values are never copied but into the one text that is sent.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::{Problem, Result, json_text};

/// The members of an object that was read. `null` counts as absent.
pub(super) struct Members<'a>(Vec<(String, &'a str)>);

impl<'a> Members<'a> {
    /// Reads the body of a request: one object, no key twice. Nothing at all counts as `{}`.
    pub(super) fn of_request(body: &'a [u8]) -> Result<Self> {
        let refused = |message| Problem::new(crate::Code::BadRequest, message);
        let text =
            str::from_utf8(body).map_err(|_| refused("The body is not UTF-8 text.".to_owned()))?;
        if text.trim_ascii().is_empty() {
            return Ok(Self(Vec::new()));
        }
        json_text::check_object(text).map_err(|fault| refused(fault.to_string()))?;
        Self::of(text).ok_or_else(|| refused("The body is not a JSON object.".to_owned()))
    }

    /// Reads an answer of v2.
    pub(super) fn of_answer(body: &'a [u8]) -> Result<Self> {
        let text = str::from_utf8(body).ok();
        text.and_then(Self::of).ok_or_else(strange)
    }

    /// The members of a text, if it is an object.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        serde_json::from_str::<Raw<'a>>(text)
            .ok()
            .map(|raw| Self(raw.0))
    }

    /// The members of a text that is the field `name`.
    pub(super) fn of_field(text: &'a str, name: &str) -> Result<Self> {
        Self::of(text).ok_or_else(|| Problem::field(name, format!("{name} is a JSON object.")))
    }

    /// The text of a member.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|(other, _)| other == name);
        found.map(|(_, text)| *text).filter(|text| *text != "null")
    }

    /// What a member says, if it is a string.
    pub(super) fn string(&self, name: &str) -> Option<String> {
        self.get(name)
            .and_then(|text| serde_json::from_str(text).ok())
    }

    /// Takes a member out.
    pub(super) fn take(&mut self, name: &str) -> Option<&'a str> {
        let at = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(at).1).filter(|text| *text != "null")
    }

    /// Takes a member out that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<&'a str> {
        self.take(name).ok_or_else(|| missing(name))
    }

    /// Leaves members out of account that only answers have.
    pub(super) fn ignore(&mut self, names: &[&str]) {
        self.0.retain(|(name, _)| !names.contains(&name.as_str()));
    }

    /// Refuses what was not taken.
    pub(super) fn finish(self) -> Result<()> {
        let Some((name, _)) = self.0.first() else {
            return Ok(());
        };
        // somebody may have put a value where a name belongs
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.len() <= 40 && name.bytes().all(plain) {
            return Err(Problem::field(
                name.as_str(),
                format!("{name} is not known here, or cannot be set."),
            ));
        }
        Err(Problem::new(
            crate::Code::BadRequest,
            "There is a field in the body that is not known here.",
        ))
    }
}

/// The refusal of a request without a field that it needs.
pub(super) fn missing(name: &str) -> Problem {
    Problem::field(name, format!("{name} is missing."))
}

/// The texts of a list's entries.
pub(super) fn entries(text: &str) -> Option<Vec<&str>> {
    let entries: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    Some(entries.into_iter().map(RawValue::get).collect())
}

/// The refusal of an answer that v2 cannot have given.
pub(super) fn strange() -> Problem {
    Problem::new(
        crate::Code::Io,
        "The instance answered something that API v1 has no words for.",
    )
}

struct Raw<'a>(Vec<(String, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Walk;
        impl<'de> Visitor<'de> for Walk {
            type Value = Raw<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Raw<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    members.push((name, value.get()));
                }
                Ok(Raw(members))
            }
        }
        deserializer.deserialize_map(Walk)
    }
}

/// JSON that is to be written. Names of members are ours, so they need no escapes.
pub(super) enum Node<'a> {
    /// Text that was read.
    Raw(&'a str),
    /// Text made here; never of a value.
    Made(String),
    Object(Vec<(&'static str, Self)>),
    List(Vec<Self>),
}

impl Node<'_> {
    /// A string.
    pub(super) fn string(text: &str) -> Self {
        Self::Made(serde_json::Value::from(text).to_string())
    }

    /// A number.
    pub(super) fn number(number: usize) -> Self {
        Self::Made(number.to_string())
    }

    /// The same once more, for text that was read.
    pub(super) fn again(&self) -> Self {
        match self {
            Self::Raw(text) => Self::Raw(text),
            Self::Made(text) => Self::Made(text.clone()),
            Self::Object(members) => {
                let again = members.iter().map(|(name, node)| (*name, node.again()));
                Self::Object(again.collect())
            }
            Self::List(nodes) => Self::List(nodes.iter().map(Self::again).collect()),
        }
    }

    /// The whole as a body, in one piece that never grows: growing would leave copies behind.
    pub(super) fn into_body(self) -> Zeroizing<Vec<u8>> {
        let mut body = Zeroizing::new(Vec::with_capacity(self.len()));
        self.write(&mut body);
        body
    }

    fn len(&self) -> usize {
        match self {
            Self::Raw(text) => text.len(),
            Self::Made(text) => text.len(),
            Self::Object(members) => {
                let each = |(name, node): &(&str, Self)| name.len() + 3 + node.len();
                2 + members.len().saturating_sub(1) + members.iter().map(each).sum::<usize>()
            }
            Self::List(nodes) => {
                2 + nodes.len().saturating_sub(1) + nodes.iter().map(Self::len).sum::<usize>()
            }
        }
    }

    fn write(&self, body: &mut Vec<u8>) {
        match self {
            Self::Raw(text) => body.extend_from_slice(text.as_bytes()),
            Self::Made(text) => body.extend_from_slice(text.as_bytes()),
            Self::Object(members) => {
                body.push(b'{');
                for (index, (name, node)) in members.iter().enumerate() {
                    if index > 0 {
                        body.push(b',');
                    }
                    body.push(b'"');
                    body.extend_from_slice(name.as_bytes());
                    body.extend_from_slice(b"\":");
                    node.write(body);
                }
                body.push(b'}');
            }
            Self::List(nodes) => {
                body.push(b'[');
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        body.push(b',');
                    }
                    node.write(body);
                }
                body.push(b']');
            }
        }
    }
}
