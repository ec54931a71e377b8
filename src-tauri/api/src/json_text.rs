//! JSON that a person wrote: whether it is one object, where its fault is, and what it says.

use std::{collections::HashSet, fmt};

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// Where a text is not what it should be, without an excerpt of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Fault {
    /// The reason without serde's own position, and without an excerpt of the input.
    pub(crate) fn of(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let place = format!("at line {line}, column {column}");
        let text = error.to_string();
        let reason = text
            .rfind(" at line ")
            .map_or(text.as_str(), |end| &text[..end]);
        Self(match reason {
            TWICE => format!("A key stands there for the second time {place}."),
            "recursion limit exceeded" => {
                format!("Objects and lists are nested too deep {place}; 127 levels are allowed.")
            }
            "number out of range" => format!("A number is too large {place}."),
            _ => {
                let reason = reason.replace("EOF while parsing", "it ends within");
                let mut characters = reason.chars();
                let reason = characters.next().map_or_else(String::new, |first| {
                    first.to_lowercase().chain(characters).collect()
                });
                format!("This is not JSON: {reason} {place}.")
            }
        })
    }

    fn not_an_object(text: &str, kind: &str) -> Self {
        let (line, column) = first_character(text);
        Self(format!(
            "A JSON object is needed, but {kind} starts at line {line}, column {column}."
        ))
    }
}

/// Why serde stops at a key that an object has already; [`Fault::of`] says it in words.
const TWICE: &str = "duplicate key";

/// Checks that a text is one JSON object in which no key stands twice; gives the number of its
/// members. Numbers and spaces stay as they are written.
pub(crate) fn check_object(text: &str) -> Result<usize, Fault> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let shape = Shape::deserialize(&mut reader).map_err(|error| Fault::of(&error))?;
    reader.end().map_err(|error| Fault::of(&error))?;
    match shape {
        Shape::Object(members) => Ok(members),
        Shape::Other(kind) => Err(Fault::not_an_object(text, kind)),
    }
}

/// The same JSON without the spaces between its signs. For a text that was checked.
pub(crate) fn compact(text: &str) -> String {
    let mut within = false;
    let mut escaped = false;
    let mut compact = String::with_capacity(text.len());
    for sign in text.chars() {
        if !within && matches!(sign, ' ' | '\t' | '\n' | '\r') {
            continue;
        }
        within = match sign {
            '"' if !escaped => !within,
            _ => within,
        };
        escaped = within && sign == '\\' && !escaped;
        compact.push(sign);
    }
    compact
}

/// What is left of a value once it was checked.
enum Shape {
    Object(usize),
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Walk)
    }
}

struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Other("null"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Other("true or false"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Other("a number"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Other("a string"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Shape, A::Error> {
        while list.next_element::<Shape>()?.is_some() {}
        Ok(Shape::Other("an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut keys = HashSet::new();
        while map.next_key_seed(NewKey(&mut keys))?.is_some() {
            map.next_value::<Shape>()?;
        }
        Ok(Shape::Object(keys.len()))
    }
}

/// Takes a key that an object does not have yet.
struct NewKey<'a>(&'a mut HashSet<String>);

impl<'de> DeserializeSeed<'de> for NewKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.0.insert(String::deserialize(deserializer)?) {
            Ok(())
        } else {
            Err(de::Error::custom(TWICE))
        }
    }
}

fn first_character(text: &str) -> (usize, usize) {
    let start = text.len() - text.trim_start().len();
    let line = text[..start].matches('\n').count() + 1;
    let column = start - text[..start].rfind('\n').map_or(0, |at| at + 1) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fault(text: &str) -> String {
        check_object(text).unwrap_err().to_string()
    }

    #[test]
    fn members_are_counted_and_numbers_may_be_long() {
        assert_eq!(check_object("{}"), Ok(0));
        let long = r#"{"a": 123456789012345678901234567890, "b": {"a": [1, {"a": 2}]}}"#;
        assert_eq!(check_object(long), Ok(2));
    }

    #[test]
    fn faults_are_told_by_line_and_column_and_without_an_excerpt() {
        assert_eq!(
            fault("{\n  \"hunter\": 1,\n  \"hunter\": 2\n}"),
            "A key stands there for the second time at line 3, column 10."
        );
        assert!(fault("{\"a\": [{\"b\": 1, \"b\": 2}]}").contains("second time"));
        assert!(fault("{ \"hunter\" 1 }").starts_with("This is not JSON: expected `:` at line 1"));
        assert!(fault("{} {}").contains("trailing characters at line 1, column 4"));
        assert_eq!(
            fault("\n  [1]"),
            "A JSON object is needed, but an array starts at line 2, column 3."
        );
        for other in ["1", "-1", "1.5", "\"a\"", "true", "null"] {
            assert!(
                fault(other).starts_with("A JSON object is needed"),
                "{other}"
            );
        }
        assert!(fault("{\"a\": 1e999}").contains("too large"));
        assert!(fault("{\"a\": \"\\ud800\"}").starts_with("This is not JSON"));
        assert_eq!(
            fault("{\"a\": [1"),
            "This is not JSON: it ends within a list at line 1, column 8."
        );
    }

    #[test]
    fn depth_is_bounded() {
        let deep =
            |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(check_object(&deep(126)), Ok(1));
        assert!(fault(&deep(100_000)).contains("nested too deep"));
    }

    #[test]
    fn a_hundred_thousand_keys_are_read() {
        let members: Vec<String> = (0..100_000)
            .map(|number| format!("\"{number}\":1"))
            .collect();
        assert_eq!(
            check_object(&format!("{{{}}}", members.join(","))),
            Ok(100_000)
        );
    }

    #[test]
    fn spaces_go_and_texts_stay() {
        let text = "{ \"a b\" :\t[ 1 , \"x \\\" y \\\\\" , { } ] ,\r\n \"c\" : 1.0e+2 }";
        assert_eq!(
            compact(text),
            "{\"a b\":[1,\"x \\\" y \\\\\",{}],\"c\":1.0e+2}"
        );
    }

    proptest! {
        #[test]
        fn compact_says_the_same(key in ".{0,8}", value in ".{0,12}", number in any::<f64>()) {
            let object = serde_json::json!({ key: [value, number] });
            let laid_out = serde_json::to_string_pretty(&object).unwrap();
            prop_assert_eq!(compact(&laid_out), object.to_string());
        }
    }
}
