//! The JSON body of a request, written without copies that nobody wipes.

use keyturn_api::{Code, Problem, Result, Target};
use serde::de::IgnoredAny;
use zeroize::Zeroizing;

/// A JSON object, member by member.
#[derive(Default)]
pub(super) struct Body(Vec<(&'static str, Zeroizing<Vec<u8>>)>);

impl Body {
    /// Adds a member whose value is JSON already.
    pub(super) fn put(&mut self, field: &'static str, json: Zeroizing<Vec<u8>>) {
        self.0.push((field, json));
    }

    /// The object.
    pub(super) fn finish(self) -> Zeroizing<Vec<u8>> {
        let members = self.0.iter();
        let room: usize = members
            .map(|(field, json)| field.len() + json.len() + 4)
            .sum();
        let mut body = Zeroizing::new(Vec::with_capacity(room + 2));
        body.push(b'{');
        for (at, (field, json)) in self.0.iter().enumerate() {
            if at > 0 {
                body.push(b',');
            }
            body.push(b'"');
            body.extend_from_slice(field.as_bytes());
            body.extend_from_slice(b"\":");
            body.extend_from_slice(json);
        }
        body.push(b'}');
        body
    }

    /// A body that was given as a whole.
    pub(super) fn whole(option: &str, given: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>> {
        let json = checked(option, given)?;
        let first = json.iter().find(|byte| !byte.is_ascii_whitespace());
        if first == Some(&b'{') {
            return Ok(json);
        }
        Err(not_json(option, "This must be a JSON object, in braces."))
    }
}

/// JSON as it was given, if it is JSON.
pub(super) fn checked(option: &str, given: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>> {
    match serde_json::from_slice::<IgnoredAny>(&given) {
        Ok(_) => Ok(given),
        // where it is wrong, not what stands there
        Err(error) => Err(not_json(
            option,
            &format!(
                "This is not JSON (line {}, column {}).",
                error.line(),
                error.column()
            ),
        )),
    }
}

fn not_json(option: &str, message: &str) -> Problem {
    Problem::new(Code::BadRequest, message)
        .at(Target::parameter(option))
        .remedy("Give JSON, @FILE, or - for standard input.")
}

/// A JSON string.
pub(super) fn string(text: &str) -> Zeroizing<Vec<u8>> {
    let mut json = Zeroizing::new(Vec::with_capacity(string_room(text)));
    write_string(&mut json, text);
    json
}

/// A JSON array of strings.
pub(super) fn strings<'a>(items: impl Iterator<Item = &'a str>) -> Zeroizing<Vec<u8>> {
    let mut json = Zeroizing::new(vec![b'[']);
    for item in items {
        if json.len() > 1 {
            json.push(b',');
        }
        json.extend_from_slice(&string(item));
    }
    json.push(b']');
    json
}

/// Bytes that a string takes at most: growing would leave copies behind.
fn string_room(text: &str) -> usize {
    let escaped = |byte: u8| match byte {
        b'"' | b'\\' => 2,
        0..0x20 => 6,
        _ => 1,
    };
    2 + text.bytes().map(escaped).sum::<usize>()
}

fn write_string(json: &mut Vec<u8>, text: &str) {
    let written = serde_json::to_writer(json, text);
    debug_assert!(written.is_ok(), "a text can be written into memory");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_escaped_within_the_room_it_has() {
        for text in [
            "",
            "plain",
            "quote \" and \\",
            "line\nend\t\u{1}",
            "é 漢 🙂",
            "\u{7f}",
        ] {
            let json = string(text);
            assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
            assert!(json.len() <= string_room(text));
            assert_eq!(json.capacity(), string_room(text), "it did not grow");
        }
    }

    #[test]
    fn what_is_no_json_is_refused_without_being_told() {
        let given = |text: &str| text.as_bytes().to_vec().into();
        for wrong in ["", "{", "secret", "{\"a\":}", "{} {}", "{\"a\":\u{1}}"] {
            let problem = checked("body", given(wrong)).unwrap_err();
            assert!(!problem.message.contains("secret"), "{}", problem.message);
        }
        assert!(Body::whole("body", given("[]")).is_err());
        assert!(Body::whole("body", given(" {\"a\":1}\n")).is_ok());
        assert!(checked("body", given(&"[".repeat(100_000))).is_err());
    }
}
