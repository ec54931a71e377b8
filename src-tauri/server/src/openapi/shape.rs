//! How schemas are written down here: tables of members, as API v1 has its fields.
//!
//! The kind of a member is the name of a scalar (`scalars.rs`), of another schema, a list of one of
//! these (`[SecretLock]`, `One:` if it has exactly one entry, `Few:` if one at most), or the one or
//! several texts it can be (`=arbitrary`, `=day|month`).

use serde_json::{Map, Value, json};

use super::scalars::scalar;

/// A member of an object.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Always,
    Nullable,
    Sometimes,
}

/// A member that is always there.
pub(super) const fn needed(name: &'static str, kind: &'static str) -> Member {
    Member {
        name,
        kind,
        presence: Presence::Always,
    }
}

/// A member that may be absent, for which `null` is another way to say so, or to remove what there is.
pub(super) const fn optional(name: &'static str, kind: &'static str) -> Member {
    Member {
        presence: Presence::Nullable,
        ..needed(name, kind)
    }
}

/// A member that may be absent and is never `null`.
pub(super) const fn maybe(name: &'static str, kind: &'static str) -> Member {
    Member {
        presence: Presence::Sometimes,
        ..needed(name, kind)
    }
}

/// A schema with a name of its own.
pub(super) struct Schema {
    pub(super) name: &'static str,
    pub(super) form: Form,
}

pub(super) enum Form {
    /// An object of a request: what it does not name is refused.
    Closed(&'static [&'static [Member]]),
    /// An object of an answer, which may get more members; or one that is not described further.
    Open(&'static [&'static [Member]]),
    /// One of several, told apart by the member that is named first: its values, and their schemas.
    OneOf(&'static str, &'static [(&'static str, &'static str)]),
    /// Several that nothing tells apart.
    AnyOf(&'static [&'static str]),
}

/// An object of a request.
pub(super) const fn request(name: &'static str, members: &'static [&'static [Member]]) -> Schema {
    Schema {
        name,
        form: Form::Closed(members),
    }
}

/// An object of an answer.
pub(super) const fn answer(name: &'static str, members: &'static [&'static [Member]]) -> Schema {
    Schema {
        name,
        form: Form::Open(members),
    }
}

pub(super) const fn one_of(
    name: &'static str,
    discriminator: &'static str,
    variants: &'static [(&'static str, &'static str)],
) -> Schema {
    Schema {
        name,
        form: Form::OneOf(discriminator, variants),
    }
}

pub(super) const fn any_of(name: &'static str, variants: &'static [&'static str]) -> Schema {
    Schema {
        name,
        form: Form::AnyOf(variants),
    }
}

impl Schema {
    /// As JSON Schema has it.
    pub(super) fn json(&self) -> Value {
        match self.form {
            Form::Closed(members) => object(members, true),
            Form::Open(members) => object(members, false),
            Form::OneOf(discriminator, variants) => {
                let refs = variants.iter().map(|(_, name)| reference(name));
                let mapping = variants
                    .iter()
                    .map(|(value, name)| ((*value).to_owned(), address(name).into()));
                json!({
                    "oneOf": refs.collect::<Vec<_>>(),
                    "discriminator": {
                        "propertyName": discriminator,
                        "mapping": mapping.collect::<Map<_, _>>(),
                    },
                })
            }
            Form::AnyOf(variants) => {
                let refs = variants.iter().map(|name| kind(name));
                json!({ "anyOf": refs.collect::<Vec<_>>() })
            }
        }
    }
}

fn object(members: &[&[Member]], closed: bool) -> Value {
    let members = members.iter().copied().flatten();
    let mut properties = Map::new();
    let mut required = Vec::new();
    for member in members {
        let schema = kind(member.kind);
        let schema = match member.presence {
            Presence::Nullable => nullable(&schema),
            Presence::Always | Presence::Sometimes => schema,
        };
        properties.insert(member.name.to_owned(), schema);
        if member.presence == Presence::Always {
            required.push(member.name);
        }
    }
    let mut object = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    if closed {
        object["additionalProperties"] = false.into();
    }
    object
}

fn nullable(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// The schema of a kind.
pub(super) fn kind(text: &str) -> Value {
    if let Some(texts) = text.strip_prefix('=') {
        let texts: Vec<&str> = texts.split('|').collect();
        return json!({ "type": "string", "enum": texts });
    }
    if let Some(item) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    {
        return json!({ "type": "array", "items": kind(item) });
    }
    for (sign, least) in [("One:", 1), ("Few:", 0)] {
        if let Some(item) = text.strip_prefix(sign) {
            return json!({ "type": "array", "items": kind(item), "minItems": least, "maxItems": 1 });
        }
    }
    scalar(text).unwrap_or_else(|| reference(text))
}

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": address(name) })
}

fn address(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

impl Member {
    pub(super) fn is_needed(&self) -> bool {
        self.presence == Presence::Always
    }
}
