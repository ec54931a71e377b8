//! Custom metadata: a JSON object beside a secret or a version, not for confidential data.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};
use specta::Type;

use crate::{
    Problem, Result,
    fields::{self, METADATA_BYTES},
    json_text::{Fault, check_object},
};

/// `custom_metadata` and `version_custom_metadata` of API v2.
pub type Metadata = Map<String, Value>;

/// Members of an answer that this program does not know, by name; of an object that it knows, those
/// below that it does not.
pub type Other = BTreeMap<String, Value>;

/// How a JSON value is described to the page; its numbers are JavaScript's.
#[derive(Serialize, Type)]
#[serde(untagged)]
#[expect(
    dead_code,
    clippy::use_self,
    reason = "a description only, whose derive cannot name itself: values stay `serde_json::Value`"
)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

/// Reads what a person typed or a file held as metadata. Blank text is no metadata.
///
/// `field` names the input in the refusal, which tells line and column of the fault.
pub fn parse_metadata(field: &str, text: &str) -> Result<Option<Metadata>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if text.len() > 8 * METADATA_BYTES {
        return Err(too_large(field, text.len()));
    }
    let refused = |fault: Fault| {
        Problem::field(field, fault.to_string())
            .remedy("Metadata is a JSON object, such as {\"ticket\": \"OPS-7\"}.")
    };
    check_object(text).map_err(refused)?;
    let map = serde_json::from_str(text).map_err(|error| refused(Fault::of(&error)))?;
    check_metadata(field, &map)?;
    Ok(Some(map))
}

/// Refuses metadata above 10 KB.
pub(crate) fn check_metadata(field: &str, map: &Metadata) -> Result<()> {
    let size = serde_json::to_vec(map).map_or(usize::MAX, |text| text.len());
    if size > METADATA_BYTES {
        return Err(too_large(field, size));
    }
    map.iter().try_for_each(|(key, value)| {
        fields::check_visible(field, key)?;
        check_texts(field, value)
    })
}

/// Texts in metadata are shown as they are, so they hold nothing that nobody sees.
fn check_texts(field: &str, value: &Value) -> Result<()> {
    match value {
        Value::String(text) => fields::check_visible(field, text),
        Value::Array(values) => values
            .iter()
            .try_for_each(|value| check_texts(field, value)),
        Value::Object(map) => map.iter().try_for_each(|(key, value)| {
            fields::check_visible(field, key)?;
            check_texts(field, value)
        }),
        _ => Ok(()),
    }
}

fn too_large(field: &str, size: usize) -> Problem {
    Problem::field(
        field,
        format!(
            "Metadata is limited to {} bytes as JSON; this is {}.",
            fields::grouped(METADATA_BYTES),
            fields::grouped(size)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Target};

    #[test]
    fn blank_is_none_and_an_object_is_read() {
        assert_eq!(parse_metadata("custom_metadata", " \n").unwrap(), None);
        let map = parse_metadata("custom_metadata", "{\"a\": [1, {\"b\": null}]}").unwrap();
        assert_eq!(map.unwrap().len(), 1);
    }

    #[test]
    fn faults_name_field_line_and_column() {
        let problem = parse_metadata("custom_metadata", "{\n  \"a\": }").unwrap_err();
        assert_eq!(problem.target, Some(Target::field("custom_metadata")));
        assert!(
            problem.message.contains("line 2, column 8"),
            "{}",
            problem.message
        );

        let problem = parse_metadata("version_custom_metadata", "\n  [1]").unwrap_err();
        assert_eq!(problem.code, Code::BadRequest);
        assert!(
            problem
                .message
                .contains("an array starts at line 2, column 3")
        );
    }

    #[test]
    fn lone_surrogates_and_deep_nesting_are_refused() {
        assert!(parse_metadata("m", r#"{"a": "\ud800"}"#).is_err());
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(5000), "]".repeat(5000));
        assert!(parse_metadata("m", &deep).is_err());
    }

    #[test]
    fn ten_kilobytes_are_the_limit() {
        let fits = format!("{{\"a\":\"{}\"}}", "x".repeat(METADATA_BYTES - 8));
        assert!(parse_metadata("m", &fits).is_ok());
        let over = format!("{{\"a\":\"{}\"}}", "x".repeat(METADATA_BYTES - 7));
        assert!(parse_metadata("m", &over).is_err());
    }
}
