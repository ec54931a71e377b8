//! The JSON object in the body of a request, read member by member: what is missing, unknown or of
//! another type is refused with its name, and nothing of what was sent is repeated.

use std::fmt::Write as _;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::{Problem, Result, json_text::Fault};

/// A request's object. What was not asked for by the end is unknown.
pub struct Body<'a> {
    members: Vec<(String, &'a RawValue)>,
    /// Where it stands in the whole: empty, or the name of the member that it is with a dot.
    within: String,
}

impl<'a> Body<'a> {
    /// Reads a body. An empty one counts as an object without members.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self {
                members: Vec::new(),
                within: String::new(),
            });
        }
        let text = str::from_utf8(bytes)
            .map_err(|_| malformed("The body is not UTF-8 text.".to_owned()))?;
        Self::read(text, String::new())
    }

    fn read(text: &'a str, within: String) -> Result<Self> {
        let members: Members<'a> = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                let what = within.strip_suffix('.').unwrap_or("body");
                Problem::field(what, twice_or_no_object(&error, what))
            } else {
                malformed(Fault::of(&error).to_string())
            }
        })?;
        Ok(Self {
            members: members.0,
            within,
        })
    }

    /// The text of a member as it stands there; `null` counts as absent.
    pub fn raw(&mut self, name: &str) -> Option<&'a str> {
        self.take(name).filter(|text| *text != "null")
    }

    fn take(&mut self, name: &str) -> Option<&'a str> {
        let at = self.members.iter().position(|(other, _)| other == name)?;
        Some(self.members.swap_remove(at).1.get())
    }

    /// Whether a member is there, `null` or not.
    pub fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(other, _)| other == name)
    }

    /// A member that may be absent; `null` counts as that.
    pub fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>> {
        let text = self.raw(name);
        text.map(|text| self.member(name, text)).transpose()
    }

    /// A member that must be there.
    pub fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T> {
        self.optional(name)?.ok_or_else(|| self.missing(name))
    }

    /// A member of a merge-patch (RFC 7386): absent, `null` or a value.
    pub fn patched<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<Option<T>>> {
        match self.take(name) {
            None => Ok(None),
            Some("null") => Ok(Some(None)),
            Some(text) => self.member(name, text).map(|value| Some(Some(value))),
        }
    }

    /// A member that is an object, to be read member by member.
    pub fn object(&mut self, name: &str) -> Result<Option<Self>> {
        let within = format!("{}{name}.", self.within);
        self.raw(name)
            .map(|text| Self::read(text, within))
            .transpose()
    }

    /// The refusal of a body without this member.
    pub fn missing(&self, name: &str) -> Problem {
        let path = format!("{}{name}", self.within);
        Problem::field(path.clone(), format!("The field {path} is missing."))
    }

    /// What is left as one type whose discriminator `config_type` is `kind`, if no other members than
    /// `fields` are among it.
    pub(super) fn rest<T: DeserializeOwned>(
        self,
        kind: &str,
        fields: impl AsRef<[&'static str]>,
    ) -> Result<T> {
        self.rest_of("config_type", kind, fields.as_ref())
    }

    /// The same with a discriminator of another name.
    pub(super) fn rest_of<T: DeserializeOwned>(
        self,
        discriminator: &str,
        kind: &str,
        fields: &[&str],
    ) -> Result<T> {
        let stranger = self
            .members
            .iter()
            .find(|(name, _)| !fields.contains(&name.as_str()));
        if let Some((name, _)) = stranger {
            return Err(unknown(&self.within, name));
        }
        let room = self
            .members
            .iter()
            .map(|(name, value)| name.len() + value.get().len() + 4);
        let room = room.sum::<usize>() + discriminator.len() + kind.len() + 7;
        // may hold a key: one text that does not grow
        let mut text = Zeroizing::new(String::with_capacity(room));
        let _ = write!(text, "{{\"{discriminator}\":\"{kind}\"");
        for (name, value) in self
            .members
            .iter()
            .filter(|(_, value)| value.get() != "null")
        {
            let _ = write!(text, ",\"{name}\":{}", value.get());
        }
        text.push('}');
        read_whole(&text)
    }

    /// All members as they stand there.
    pub(super) fn into_members(self) -> impl Iterator<Item = (String, &'a str)> {
        let members = self.members.into_iter();
        members.map(|(name, value)| (name, value.get()))
    }

    /// Refuses members that were not asked for.
    pub fn finish(self) -> Result<()> {
        let Some((name, _)) = self.members.first() else {
            return Ok(());
        };
        Err(unknown(&self.within, name))
    }

    fn member<T: DeserializeOwned>(&self, name: &str, text: &str) -> Result<T> {
        read_member(&format!("{}{name}", self.within), text)
    }
}

impl std::fmt::Debug for Body<'_> {
    /// Names alone: the rest may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.members.iter().map(|(name, _)| name))
            .finish()
    }
}

/// Reads one value; the refusal names `path` and what below it is at fault.
pub(crate) fn read_member<T: DeserializeOwned>(path: &str, text: &str) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let below = error.path().to_string();
        let at = match below.as_str() {
            // a name that came is repeated only if it looks like one
            _ if below == "." || !below.split(['.', '[', ']']).all(looks_like_a_name) => {
                path.to_owned()
            }
            _ if path.is_empty() => below,
            _ if below.starts_with('[') => format!("{path}{below}"),
            _ => format!("{path}.{below}"),
        };
        refused(&at, error.inner())
    })
}

/// The same for a whole body.
pub(super) fn read_whole<T: DeserializeOwned>(text: &str) -> Result<T> {
    read_member("", text)
}

/// What serde found, in words that repeat nothing of the input.
fn refused(path: &str, error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        return Problem::field(path, Fault::of(error).to_string());
    }
    let text = error.to_string();
    let text = text.rfind(" at line ").map_or(&*text, |end| &text[..end]);
    let within = if path.is_empty() {
        String::new()
    } else {
        format!("{path}.")
    };
    // Both name what the type declares, not what came.
    if let Some(name) = text.strip_prefix("missing field ") {
        let name = name.trim_matches('`');
        let path = format!("{within}{name}");
        return Problem::field(path.clone(), format!("The field {path} is missing."));
    }
    let path = if path.is_empty() { "body" } else { path };
    if text.starts_with("unknown field ") {
        return Problem::field(path, format!("The field {path} is not known here."));
    }
    let expected = text.rsplit_once("expected ").map(|(_, expected)| expected);
    Problem::field(
        path,
        expected.map_or_else(
            || format!("The field {path} has a value that cannot be read."),
            |expected| format!("The field {path} must be {}.", words(expected)),
        ),
    )
}

/// Serde's names of types as people say them.
fn words(expected: &str) -> String {
    match expected {
        "a string" => "text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "an object".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0".to_owned(),
        "i8" | "i16" | "i32" | "i64" => "a whole number".to_owned(),
        other if other.starts_with("struct ") => "an object".to_owned(),
        other => other.replace('`', "\""),
    }
}

fn unknown(within: &str, name: &str) -> Problem {
    if looks_like_a_name(name) {
        let path = format!("{within}{name}");
        return Problem::field(path.clone(), format!("The field {path} is not known here."));
    }
    let place = within.strip_suffix('.').unwrap_or("body");
    Problem::field(place, "There is a field here that is not known.")
}

/// Whether a name is written like those of the API: something else may have been pasted.
pub(super) fn looks_like_a_name(name: &str) -> bool {
    name.len() <= 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn malformed(message: String) -> Problem {
    Problem::new(crate::Code::BadRequest, message)
}

fn twice_or_no_object(error: &serde_json::Error, what: &str) -> String {
    if error.to_string().starts_with(TWICE) {
        return format!("A field stands twice in {what}.");
    }
    format!("A JSON object is needed as {what}.")
}

const TWICE: &str = "a member stands twice";

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(Walk(std::marker::PhantomData))
    }
}

struct Walk<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> serde::de::Visitor<'de> for Walk<'a> {
    type Value = Members<'a>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(
        self,
        mut map: A,
    ) -> std::result::Result<Members<'a>, A::Error> {
        let mut members: Vec<(String, &'a RawValue)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if members.iter().any(|(other, _)| *other == name) {
                return Err(serde::de::Error::custom(TWICE));
            }
            if members.len() == MOST_MEMBERS {
                return Err(serde::de::Error::custom("too many members"));
            }
            members.push((name, map.next_value()?));
        }
        Ok(Members(members))
    }
}

/// More than any request has; what has more is refused before it costs time.
const MOST_MEMBERS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, RotationPolicy};

    fn refusal<T>(result: Result<T>) -> (String, String) {
        let problem = result.err().unwrap();
        assert_eq!(problem.code, Code::BadRequest);
        let target = problem
            .target
            .map_or_else(String::new, |target| target.name);
        (target, problem.message)
    }

    #[test]
    fn members_are_read_by_name_and_what_is_left_is_unknown() {
        let mut body = Body::parse(br#"{"a": "x", "b": null, "c": 1}"#).unwrap();
        assert_eq!(body.required::<String>("a").unwrap(), "x");
        assert_eq!(body.optional::<String>("b").unwrap(), None);
        assert_eq!(refusal(body.required::<String>("d")).0, "d");
        assert_eq!(refusal(body.finish()).0, "c");
    }

    #[test]
    fn refusals_name_the_field_and_repeat_nothing() {
        let secret = "hunter2-hunter2";
        let policy = |text: &str| {
            let text = format!("{{\"rotation\": {text}}}");
            refusal(
                Body::parse(text.as_bytes())
                    .unwrap()
                    .required::<RotationPolicy>("rotation"),
            )
        };
        for (text, path) in [
            (
                r#"{"auto_rotate": "hunter2-hunter2"}"#,
                "rotation.auto_rotate",
            ),
            (
                r#"{"auto_rotate": true, "unit": "hunter2-hunter2"}"#,
                "rotation.unit",
            ),
            (r#"{"interval": 3}"#, "rotation.auto_rotate"),
            (r#""hunter2-hunter2""#, "rotation"),
            (
                r#"{"auto_rotate": true, "hunter2-hunter2": 1}"#,
                "rotation.hunter2-hunter2",
            ),
        ] {
            let (target, message) = policy(text);
            if target != path {
                assert!(path.starts_with(&target), "{target} for {text}: {message}");
            }
            assert!(!message.contains(secret), "{message}");
        }
    }

    #[test]
    fn what_is_no_object_or_no_json_is_refused() {
        for text in ["[1]", "1", "{", "{\"a\":1,\"a\":2}", "{\"a\":1}x", "\u{1}"] {
            assert!(Body::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Body::parse(b"").unwrap().finish().is_ok());
        assert!(Body::parse(&[b'{', 0xff, b'}']).is_err());
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let mut body = Body::parse(deep.as_bytes()).unwrap();
        assert!(body.required::<serde_json::Value>("a").is_err());
    }

    #[test]
    fn a_patch_tells_null_from_absent() {
        let mut body = Body::parse(br#"{"a": null}"#).unwrap();
        assert_eq!(body.patched::<String>("a").unwrap(), Some(None));
        assert_eq!(body.patched::<String>("b").unwrap(), None);
    }
}
