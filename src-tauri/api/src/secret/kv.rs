//! Key-value secrets: a JSON object, replaced as a whole on rotation.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Plaintext, Problem, Result, fields, json_text};

/// What metadata of a key-value secret adds: nothing. It never expires.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "KvDetail")] // the page knows types by one name each
pub struct Detail {}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// The object as JSON text.
    pub data: Plaintext,
}

/// What creation needs.
#[derive(Debug)]
pub struct New {
    /// The first value.
    pub data: Data,
}

/// What rotation needs.
#[derive(Debug)]
pub struct Rotation {
    /// The new value, which replaces all of the old one.
    pub data: Data,
}

/// A JSON object with at least one member, of at most 512,000 bytes, in which no key stands twice.
/// Kept as it was written, but for the spaces between its signs: numbers keep all their digits.
#[derive(Debug)]
pub struct Data(Plaintext);

impl Data {
    /// Reads what a person typed or a file held. The refusal names the field `data`, and line and
    /// column of the fault.
    pub fn parse(value: &Plaintext) -> Result<Self> {
        let refused = |message: String| Problem::field("data", message);
        let Some(text) = (!value.is_binary())
            .then(|| str::from_utf8(value.bytes()).ok())
            .flatten()
        else {
            return Err(refused(
                "A JSON object is needed, and this is no text.".into(),
            ));
        };
        // Some editors begin a text with the mark of UTF-8, which is no JSON (RFC 8259 section 8.1).
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > MOST_READ {
            return Err(too_large(text.len()));
        }
        let members = json_text::check_object(text).map_err(|fault| {
            refused(fault.to_string()).remedy("A key-value secret looks like {\"user\": \"app\"}.")
        })?;
        if members == 0 {
            return Err(refused(
                "The object is empty; at least one key is needed.".into(),
            ));
        }
        let compact = Plaintext::text(json_text::compact(text));
        if compact.bytes().len() > fields::DATA_BYTES {
            return Err(too_large(compact.bytes().len()));
        }
        Ok(Self(compact))
    }

    /// The same, to be read.
    pub const fn plaintext(&self) -> &Plaintext {
        &self.0
    }

    /// The value to be kept.
    pub fn into_plaintext(self) -> Plaintext {
        self.0
    }
}

/// Laid out, an object is larger than what it says.
const MOST_READ: usize = 8 * fields::DATA_BYTES;

fn too_large(size: usize) -> Problem {
    Problem::field(
        "data",
        format!(
            "The object has {} bytes as JSON; {} are allowed.",
            fields::grouped(size),
            fields::grouped(fields::DATA_BYTES)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String> {
        let data = Data::parse(&Plaintext::text(text.to_owned()))?;
        Ok(data.into_plaintext().wire().to_string())
    }

    #[test]
    fn an_object_is_kept_as_it_is_written_but_for_its_spaces() {
        let text = "{\n  \"port\": 90071992547409931234,\n  \"tls\": { \"on\": true }\n}";
        let kept = parse(text).unwrap();
        assert_eq!(kept, r#"{"port":90071992547409931234,"tls":{"on":true}}"#);
        assert_eq!(parse("\u{feff}{\"a\": 1}\r\n").unwrap(), r#"{"a":1}"#);
    }

    #[test]
    fn what_is_no_such_object_is_refused_at_its_field() {
        for text in ["{}", "[1]", "{\"a\": 1, \"a\": 2}", "{\"a\"", ""] {
            let problem = parse(text).unwrap_err();
            assert_eq!(problem.target.unwrap().name, "data", "{text}");
        }
        let binary = Plaintext::file(vec![0xff]);
        assert!(
            Data::parse(&binary)
                .unwrap_err()
                .message
                .contains("no text")
        );
    }

    #[test]
    fn the_limit_counts_bytes_without_spaces() {
        let of = |bytes: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(bytes - 8));
        assert!(parse(&of(512_000)).is_ok());
        assert!(parse(&format!("  {}\n", of(512_000))).is_ok());
        let problem = parse(&of(512_001)).unwrap_err();
        assert!(problem.message.contains("512,001"), "{}", problem.message);
    }
}
