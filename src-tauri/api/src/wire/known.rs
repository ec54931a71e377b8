//! What of an answer this program does not know: kept when it is read, and put in its place again
//! when it is written.

use serde_json::{Map, Value};

use crate::Timestamp;

/// Members of an object as it came that are not written the same again, each with all that is in it,
/// or of an object that is known in part, the rest.
pub(super) fn unknown(
    came: &Map<String, Value>,
    written: &Map<String, Value>,
) -> Map<String, Value> {
    let mut rest = Map::new();
    for (name, value) in came {
        match (value, written.get(name)) {
            (_, Some(other)) if is_same(value, other) => {}
            (Value::Object(came), Some(Value::Object(written))) => {
                let below = unknown(came, written);
                if !below.is_empty() {
                    rest.insert(name.clone(), Value::Object(below));
                }
            }
            _ => {
                rest.insert(name.clone(), value.clone());
            }
        }
    }
    rest
}

/// Whether two values say the same. Points in time are written to the second, in UTC.
fn is_same(came: &Value, written: &Value) -> bool {
    match (came, written) {
        (Value::String(came), Value::String(written)) => {
            let second = |text: &str| Timestamp::parse(text).map(|at| at.millis().div_euclid(1000));
            came == written || second(came).is_some_and(|at| second(written) == Some(at))
        }
        (Value::Array(came), Value::Array(written)) => {
            came.len() == written.len()
                && came
                    .iter()
                    .zip(written)
                    .all(|(came, written)| is_same(came, written))
        }
        (Value::Object(came), Value::Object(written)) => {
            came.len() == written.len()
                && came.iter().all(|(name, came)| {
                    written
                        .get(name)
                        .is_some_and(|written| is_same(came, written))
                })
        }
        _ => came == written,
    }
}

/// Gives what was not known its place again, and a type that was not known its name.
/// `discriminator` is where the name of the type stands.
pub(super) fn restore(members: &mut Map<String, Value>, discriminator: &str) {
    if let Some(name) = members.remove(TYPE_NAME) {
        members.insert(discriminator.to_owned(), name);
    }
    if let Some(Value::Object(other)) = members.remove(OTHER) {
        merge(members, other);
    }
}

fn merge(members: &mut Map<String, Value>, other: Map<String, Value>) {
    for (name, value) in other {
        match (members.get_mut(&name), value) {
            (Some(Value::Object(known)), Value::Object(rest)) => merge(known, rest),
            (_, value) => {
                members.insert(name, value);
            }
        }
    }
}

/// The member of our types that holds what is not known; on the wire there is none of that name.
pub(super) const OTHER: &str = "other";
/// The member that holds the name of a type that is not known.
pub(super) const TYPE_NAME: &str = "type_name";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::configuration::object;

    #[test]
    fn what_is_not_known_is_kept_in_its_place() {
        let came = object(Ok(json!({
            "id": "1", "at": "2026-01-01T00:00:00.250+00:00", "new": [1],
            "policy": {"auto": true, "new": {"a": 1}}, "list": [{"a": 1, "new": 2}],
        })));
        let mut written = object(Ok(json!({
            "id": "1", "at": "2026-01-01T00:00:00Z", "policy": {"auto": true}, "list": [{"a": 1}],
            "ours": 1,
        })));
        let rest = unknown(&came, &written);
        let expected =
            json!({"new": [1], "policy": {"new": {"a": 1}}, "list": [{"a": 1, "new": 2}]});
        assert_eq!(Value::Object(rest.clone()), expected);
        written.insert(OTHER.into(), Value::Object(rest));
        restore(&mut written, "type");
        assert!(unknown(&came, &written).is_empty());
        assert!(!written.contains_key(OTHER));
    }
}
