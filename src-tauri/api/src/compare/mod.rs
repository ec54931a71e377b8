//! Comparing two values of a secret: what differs, with and without the values themselves.
//!
//! **Invariant:** a [`Comparison`] holds no part of a value but the keys of objects. What does
//! stands in a [`ShownComparison`], as [`Excerpt`]s alone.

mod excerpt;
mod json;
mod keys;
mod lines;
mod path;

pub use excerpt::Excerpt;
pub use keys::{KEYS_LISTED, KeyChange, KeyComparison, KeyDifference, ShownKey, VALUE_CHARS};
pub use lines::{
    LINE_CHARS, LINES_LISTED, LineComparison, LineEnd, LineText, ShownLine, ShownLines,
};

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Code, Plaintext, Problem, Result, secret::Payload};

/// What differs between two values, without the values.
pub fn compare(old: &Payload, new: &Payload) -> Result<Comparison> {
    Ok(match Pair::of(old, new)? {
        Pair::Objects(old, new) => Comparison::Keys(keys::compare(&old, &new, KeyDifference::of)),
        Pair::Texts(old, new) => Comparison::Lines(lines::compare(old, new)),
        Pair::Passwords(old, new) => Comparison::Password {
            same: old.bytes() == new.bytes(),
        },
        Pair::Bytes(old, new) => Comparison::Bytes(ByteComparison::of(old, new)),
    })
}

/// What differs between two values, with the parts that differ: for whoever may read both.
pub fn compare_shown(old: &Payload, new: &Payload) -> Result<ShownComparison> {
    Ok(match Pair::of(old, new)? {
        Pair::Objects(old, new) => ShownComparison::Keys(keys::compare(&old, &new, ShownKey::of)),
        Pair::Texts(old, new) => ShownComparison::Lines(lines::compare_shown(old, new)),
        Pair::Passwords(old, new) => ShownComparison::Password {
            same: old.bytes() == new.bytes(),
            old: Excerpt::whole(old),
            new: Excerpt::whole(new),
        },
        Pair::Bytes(old, new) => ShownComparison::Bytes(ByteComparison::of(old, new)),
    })
}

/// What differs between two values, without the values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Comparison {
    /// Two JSON objects.
    Keys(KeyComparison<KeyDifference>),
    /// Two texts.
    Lines(LineComparison),
    /// Two values of which one is binary at least.
    Bytes(ByteComparison),
    /// Two passwords; not even their lengths are told.
    Password {
        /// Whether they are the same.
        same: bool,
    },
}

/// What differs between two values, with the parts that differ.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShownComparison {
    /// Two JSON objects.
    Keys(KeyComparison<ShownKey>),
    /// Two texts.
    Lines(ShownLines),
    /// Two values of which one is binary at least; there is nothing to show of them.
    Bytes(ByteComparison),
    /// Two passwords.
    Password {
        /// Whether they are the same.
        same: bool,
        /// The old one.
        old: Excerpt,
        /// The new one.
        new: Excerpt,
    },
}

/// Two values that are compared as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ByteComparison {
    /// Whether they are the same.
    pub same: bool,
    /// Bytes of the old one.
    pub old_size: u32,
    /// Bytes of the new one.
    pub new_size: u32,
}

impl ByteComparison {
    fn of(old: &[u8], new: &[u8]) -> Self {
        Self {
            same: old == new,
            old_size: count(old.len()),
            new_size: count(new.len()),
        }
    }
}

/// Two values as what they can be compared as.
enum Pair<'a> {
    Objects(Vec<json::Member<'a>>, Vec<json::Member<'a>>),
    Texts(&'a str, &'a str),
    Passwords(&'a Plaintext, &'a Plaintext),
    Bytes(&'a [u8], &'a [u8]),
}

impl<'a> Pair<'a> {
    fn of(old: &'a Payload, new: &'a Payload) -> Result<Self> {
        let texts = |old: &'a Plaintext, new: &'a Plaintext| text(old).zip(text(new));
        let bytes = |old: &'a Plaintext, new: &'a Plaintext| Self::Bytes(old.bytes(), new.bytes());
        let objects = |old: &'a Plaintext, new: &'a Plaintext| {
            texts(old, new)
                .and_then(|(old, new)| json::read_object(old).zip(json::read_object(new)))
                .map_or_else(|| bytes(old, new), |(old, new)| Self::Objects(old, new))
        };
        Ok(match (old, new) {
            (Payload::UsernamePassword(old), Payload::UsernamePassword(new)) => {
                Self::Passwords(&old.password, &new.password)
            }
            (Payload::Kv(old), Payload::Kv(new)) => objects(&old.data, &new.data),
            (Payload::CustomCredentials(old), Payload::CustomCredentials(new)) => {
                objects(&old.credentials_content, &new.credentials_content)
            }
            (Payload::ServiceCredentials(old), Payload::ServiceCredentials(new)) => {
                objects(&old.credentials, &new.credentials)
            }
            (Payload::Other(old), Payload::Other(new)) => objects(&old.members, &new.members),
            (Payload::Arbitrary(old), Payload::Arbitrary(new)) => texts(&old.payload, &new.payload)
                .map_or_else(
                    || bytes(&old.payload, &new.payload),
                    |(old, new)| Self::Texts(old, new),
                ),
            // One secret has one type, so this is about certificates.
            _ => {
                return Err(Problem::new(
                    Code::NotSupported,
                    "Certificates are compared by what they say, not as values.",
                ));
            }
        })
    }
}

fn text(value: &Plaintext) -> Option<&str> {
    (!value.is_binary())
        .then(|| str::from_utf8(value.bytes()).ok())
        .flatten()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::secret::{arbitrary, imported_cert, kv, username_password};

    fn compare(old: &Payload, new: &Payload) -> Comparison {
        super::compare(old, new).unwrap()
    }

    fn compare_shown(old: &Payload, new: &Payload) -> ShownComparison {
        super::compare_shown(old, new).unwrap()
    }

    fn text(text: &str) -> Payload {
        file(text.as_bytes())
    }

    fn file(bytes: &[u8]) -> Payload {
        Payload::Arbitrary(arbitrary::Payload {
            payload: Plaintext::file(bytes.to_vec()),
        })
    }

    fn object(text: &str) -> Payload {
        Payload::Kv(kv::Payload {
            data: Plaintext::text(text.to_owned()),
        })
    }

    fn password(password: &str) -> Payload {
        Payload::UsernamePassword(username_password::Payload {
            username: "app".into(),
            password: Plaintext::text(password.to_owned()),
        })
    }

    fn wire(comparison: &impl Serialize) -> Value {
        serde_json::to_value(comparison).unwrap()
    }

    #[test]
    fn objects_are_told_by_their_keys_and_shown_with_their_values() {
        let (old, new) = (object(r#"{"a":1,"b":"x"}"#), object(r#"{"a":2,"b":"x"}"#));
        assert_eq!(
            wire(&compare(&old, &new)),
            json!({
                "kind": "keys", "added": 0, "removed": 0, "changed": 1, "unchanged": 1,
                "entries": [{"path": "a", "change": "changed"}], "unlisted": 0,
            })
        );
        assert_eq!(
            wire(&compare_shown(&old, &new))["entries"],
            json!([{"path": "a", "change": "changed", "old": "1", "new": "2", "cut": false}])
        );
    }

    #[test]
    fn texts_are_told_by_their_lines_and_shown_with_them() {
        let (old, new) = (text("a\nb"), text("a\nc\n"));
        let counts = json!({
            "kind": "lines", "same": false, "added": 1, "removed": 1, "unchanged": 1,
            "old_size": 3, "new_size": 4,
        });
        assert_eq!(wire(&compare(&old, &new)), counts);
        let mut shown = counts;
        shown["unlisted"] = json!(0);
        shown["lines"] = json!([
            {"kind": "same", "text": "a", "end": "lf", "cut": false},
            {"kind": "removed", "text": "b", "end": "none", "cut": false},
            {"kind": "added", "text": "c", "end": "lf", "cut": false},
        ]);
        assert_eq!(wire(&compare_shown(&old, &new)), shown);
    }

    #[test]
    fn what_is_binary_is_told_by_its_size() {
        let (old, new) = (text("ab"), file(&[0xff, 0, 1]));
        let expected = json!({"kind": "bytes", "same": false, "old_size": 2, "new_size": 3});
        assert_eq!(wire(&compare(&old, &new)), expected);
        assert_eq!(wire(&compare_shown(&old, &new)), expected);
        assert_eq!(wire(&compare(&new, &new))["same"], true);
    }

    #[test]
    fn what_cannot_be_compared_by_kind_is_compared_as_bytes() {
        let broken = object(r#"{"a":1,"a":2}"#);
        let comparison = compare(&object(r#"{"a":1}"#), &broken);
        assert_eq!(wire(&comparison)["kind"], "bytes");
    }

    #[test]
    fn certificates_are_not_compared_as_values() {
        let certificate = || {
            Payload::ImportedCert(imported_cert::Payload {
                certificate: "leaf".into(),
                intermediate: None,
                private_key: None,
                csr: None,
            })
        };
        let refused = super::compare(&certificate(), &certificate()).unwrap_err();
        assert_eq!(refused.code, Code::NotSupported);
    }

    #[test]
    fn passwords_are_the_same_or_not() {
        let (old, new) = (password("hunter2"), password("hunter23"));
        assert_eq!(compare(&old, &new), Comparison::Password { same: false });
        assert_eq!(compare(&old, &old), Comparison::Password { same: true });
        assert_eq!(
            wire(&compare_shown(&old, &new)),
            json!({"kind": "password", "same": false, "old": "hunter2", "new": "hunter23"})
        );
    }

    #[test]
    fn debug_shows_no_value() {
        for (old, new) in [
            (password("hunter2"), password("hunter3")),
            (text("hunter2"), text("hunter3\nhunter4")),
            (object(r#"{"a":"hunter2"}"#), object(r#"{"b":"hunter3"}"#)),
        ] {
            let shown = compare_shown(&old, &new);
            assert!(wire(&shown).to_string().contains("hunter2"));
            assert!(!format!("{shown:?}").contains("hunter"), "{shown:?}");
        }
    }

    /// Values whose texts begin with `value-`, below keys that never do.
    fn any_object() -> impl Strategy<Value = Value> {
        let plain = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..3).prop_map(Value::from),
            "value-[ab\"\\\\é]{1,3}".prop_map(Value::from),
        ];
        let key = "[ab.\\[ \"é]{0,2}";
        let value = plain.prop_recursive(3, 24, 4, move |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                vec((key, inner), 0..4).prop_map(|members| Map::from_iter(members).into()),
            ]
        });
        vec((key, value), 1..6).prop_map(|members| Map::from_iter(members).into())
    }

    fn any_pair() -> impl Strategy<Value = (Payload, Payload)> {
        let objects = (any_object(), any_object())
            .prop_map(|(old, new)| (object(&old.to_string()), object(&new.to_string())));
        let texts = ("([abc]\r?\n){0,12}[ab]?", "([abc]\r?\n){0,12}[ab]?")
            .prop_map(|(old, new)| (text(&old), text(&new)));
        prop_oneof![objects, texts]
    }

    /// Added, removed, changed, unchanged; texts have no changed lines.
    fn counts(comparison: &Comparison) -> [u32; 4] {
        match comparison {
            Comparison::Keys(keys) => [keys.added, keys.removed, keys.changed, keys.unchanged],
            Comparison::Lines(lines) => [lines.added, lines.removed, 0, lines.unchanged],
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        #[test]
        fn a_value_is_the_same_as_itself((value, _) in any_pair()) {
            let comparison = compare(&value, &value);
            prop_assert_eq!(&counts(&comparison)[..3], [0, 0, 0]);
            if let Comparison::Lines(lines) = comparison {
                prop_assert!(lines.same);
            }
        }

        #[test]
        fn turned_round_added_is_removed((old, new) in any_pair()) {
            let [added, removed, changed, unchanged] = counts(&compare(&old, &new));
            prop_assert_eq!(
                counts(&compare(&new, &old)),
                [removed, added, changed, unchanged]
            );
        }

        #[test]
        fn a_masked_comparison_holds_no_value(old in any_object(), new in any_object()) {
            let (old, new) = (object(&old.to_string()), object(&new.to_string()));
            let masked = compare(&old, &new);
            prop_assert!(!wire(&masked).to_string().contains("value"));
            let printed = format!("{masked:?}");
            prop_assert!(!printed.contains("value"));
        }
    }
}
