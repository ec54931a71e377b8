//! How members of one version become those of the other: lists of fields, each with its name on
//! both sides and what is done to it.

use super::json::{Members, Node, missing};
use crate::{Problem, Result, State, Ttl};

/// A member, and what becomes of it.
#[derive(Clone, Copy)]
pub(super) struct Field {
    from: &'static str,
    to: &'static str,
    form: Form,
    needed: bool,
}

/// What is done to a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Same,
    /// Seconds or text become the text of v2; none at all counts as absent.
    Length,
    /// The text of v2 becomes seconds.
    Seconds,
    /// A text with commas becomes a list; a list stays one.
    Split,
    /// A list becomes a text with commas.
    Join,
    /// A state gets the word of v1.
    Word,
    /// A curve gets the name of v2.
    NewCurve,
    /// A curve gets the name of v1.
    OldCurve,
}

/// The same on both sides.
pub(super) const fn same(name: &'static str) -> Field {
    renamed(name, name)
}

/// Another name.
pub(super) const fn renamed(from: &'static str, to: &'static str) -> Field {
    Field {
        from,
        to,
        form: Form::Same,
        needed: false,
    }
}

impl Field {
    pub(super) const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    pub(super) const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Its name on the side that is read.
    pub(super) const fn name(self) -> &'static str {
        self.from
    }

    /// Its name on the side that is written.
    pub(super) const fn other(self) -> &'static str {
        self.to
    }

    fn convert(self, text: &str) -> Result<Node<'_>> {
        let converted = match self.form {
            Form::Same => Some(Node::Raw(text)),
            Form::Length => length(text),
            Form::Seconds => seconds(text),
            Form::Split => split(text),
            Form::Join => join(text),
            Form::Word => Some(word(text)),
            Form::NewCurve => Some(curve(text, ["EC256", "EC384"], ["ECDSA256", "ECDSA384"])),
            Form::OldCurve => Some(curve(text, ["ECDSA256", "ECDSA384"], ["EC256", "EC384"])),
        };
        converted.ok_or_else(|| {
            let wanted = match self.form {
                Form::Length => "a length of time such as 8760h, or a number of seconds",
                _ => "a text with commas between its entries",
            };
            Problem::field(self.from, format!("{} is {wanted}.", self.from))
        })
    }
}

/// An object that is being put together.
pub(super) type Made<'a> = Vec<(&'static str, Node<'a>)>;

/// Takes those fields out of a request; what is missing or of another shape is refused.
pub(super) fn taken<'a>(members: &mut Members<'a>, fields: &[Field]) -> Result<Made<'a>> {
    let mut made = Vec::with_capacity(fields.len());
    for field in fields {
        match members.take(field.from) {
            Some(text) => made.push((field.to, field.convert(text)?)),
            None if field.needed => return Err(missing(field.from)),
            None => {}
        }
    }
    Ok(made)
}

/// Those fields of an answer that are there. What has an unexpected shape stays as it is.
pub(super) fn picked<'a>(members: &Members<'a>, fields: &[Field]) -> Made<'a> {
    let there = fields
        .iter()
        .filter_map(|field| Some((field, members.get(field.from)?)));
    there
        .map(|(field, text)| (field.to, field.convert(text).unwrap_or(Node::Raw(text))))
        .collect()
}

fn length(text: &str) -> Option<Node<'_>> {
    match text {
        "0" => Some(Node::Raw("null")),
        _ if text.starts_with('"') => Some(Node::Raw(text)),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Some(Node::string(text)),
        _ => None,
    }
}

fn seconds(text: &str) -> Option<Node<'_>> {
    let ttl: Ttl = serde_json::from_str(text).ok()?;
    Some(Node::Made(ttl.secs().to_string()))
}

fn split(text: &str) -> Option<Node<'_>> {
    if text.starts_with('[') {
        return Some(Node::Raw(text));
    }
    let text: String = serde_json::from_str(text).ok()?;
    let entries = text
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty());
    Some(Node::List(entries.map(Node::string).collect()))
}

fn join(text: &str) -> Option<Node<'_>> {
    let entries: Vec<String> = serde_json::from_str(text).ok()?;
    Some(Node::string(&entries.join(",")))
}

fn word(text: &str) -> Node<'_> {
    let known = State::ALL
        .into_iter()
        .find(|state| text.trim_matches('"') == state.description());
    known.map_or(Node::Raw(text), |state| Node::string(state.word()))
}

fn curve<'a>(text: &'a str, from: [&str; 2], to: [&str; 2]) -> Node<'a> {
    let at = from.iter().position(|name| text.trim_matches('"') == *name);
    at.map_or(Node::Raw(text), |at| Node::string(to[at]))
}
