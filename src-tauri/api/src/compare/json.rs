//! A JSON object as it is written: every value with its own text, nothing copied but keys with
//! escapes. `serde_json::Value` keeps neither the digits of a number nor the order of keys.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::json_text;

/// A value.
pub(super) struct Node<'a> {
    /// As it is written, spaces included.
    pub(super) text: &'a str,
    pub(super) content: Content<'a>,
}

/// What is inside a value.
pub(super) enum Content<'a> {
    Object(Vec<Member<'a>>),
    List(Vec<Node<'a>>),
    /// A text, number, `true`, `false` or `null`.
    Plain,
}

/// A key and its value.
pub(super) struct Member<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) value: Node<'a>,
}

/// The members of an object; none if this is not one, or has a key twice. Nothing in it is nested
/// deeper than 127 levels.
pub(super) fn read_object(text: &str) -> Option<Vec<Member<'_>>> {
    json_text::check_object(text).ok()?;
    match (Reader { text, at: 0 }).value()?.content {
        Content::Object(members) => Some(members),
        Content::List(_) | Content::Plain => None,
    }
}

/// Whether two plain values say the same: numbers as they are written, texts without regard to
/// how their characters are escaped.
pub(super) fn same_plain(old: &str, new: &str) -> bool {
    let texts = old.starts_with('"') && new.starts_with('"');
    let escapes = old.contains('\\') || new.contains('\\');
    old == new || (texts && escapes && unescaped(old) == unescaped(new))
}

fn unescaped(quoted: &str) -> Option<Zeroizing<String>> {
    serde_json::from_str(quoted).ok().map(Zeroizing::new)
}

/// Goes through a text that was checked, so it only looks for where things begin and end.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Option<Node<'a>> {
        self.skip(space);
        let start = self.at;
        let content = match self.sign()? {
            b'{' => Content::Object(self.members()?),
            b'[' => Content::List(self.elements()?),
            b'"' => {
                self.quoted()?;
                Content::Plain
            }
            _ => {
                self.skip(|sign| !matches!(sign, b',' | b']' | b'}') && !space(sign));
                Content::Plain
            }
        };
        let text = self.text.get(start..self.at)?;
        Some(Node { text, content })
    }

    fn members(&mut self) -> Option<Vec<Member<'a>>> {
        let mut members = Vec::new();
        self.at += 1;
        while self.goes_on(b'}')? {
            let key = key(self.quoted()?)?;
            self.skip(|sign| sign == b':' || space(sign));
            let value = self.value()?;
            members.push(Member { key, value });
        }
        Some(members)
    }

    fn elements(&mut self) -> Option<Vec<Node<'a>>> {
        let mut elements = Vec::new();
        self.at += 1;
        while self.goes_on(b']')? {
            elements.push(self.value()?);
        }
        Some(elements)
    }

    /// Steps to the next member or element, or over the end.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        self.skip(|sign| sign == b',' || space(sign));
        let ended = self.sign()? == end;
        self.at += usize::from(ended);
        Some(!ended)
    }

    fn quoted(&mut self) -> Option<&'a str> {
        let start = self.at;
        let mut escaped = false;
        let within = self.text.as_bytes().get(start + 1..)?.iter();
        let length = within.copied().position(|sign| {
            let end = sign == b'"' && !escaped;
            escaped = sign == b'\\' && !escaped;
            end
        })?;
        self.at = start + 1 + length + 1;
        self.text.get(start..self.at)
    }

    fn sign(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        while self.sign().is_some_and(&skipped) {
            self.at += 1;
        }
    }
}

const fn space(sign: u8) -> bool {
    matches!(sign, b' ' | b'\t' | b'\r' | b'\n')
}

fn key(quoted: &str) -> Option<Cow<'_, str>> {
    if quoted.contains('\\') {
        return serde_json::from_str(quoted).ok().map(Cow::Owned);
    }
    let within = quoted.strip_prefix('"')?.strip_suffix('"')?;
    Some(Cow::Borrowed(within))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};
    use serde_json::{Map, Value};

    use super::*;

    /// The tree as serde would have it.
    fn rebuilt(node: &Node<'_>) -> Value {
        match &node.content {
            Content::Object(members) => members
                .iter()
                .map(|member| (member.key.to_string(), rebuilt(&member.value)))
                .collect::<Map<_, _>>()
                .into(),
            Content::List(elements) => elements.iter().map(rebuilt).collect(),
            Content::Plain => serde_json::from_str(node.text).unwrap(),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let plain = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,6}|[\"\\\\,:{}\\[\\]\n]{0,4}".prop_map(Value::from),
        ];
        plain.prop_recursive(4, 32, 4, |inner| {
            let key = "\\PC{0,3}|[\"\\\\:}]{0,3}";
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                vec((key, inner), 0..4).prop_map(|members| Map::from_iter(members).into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_is_found_with_its_text(value in any_value()) {
            let object = serde_json::json!({ "a": value });
            for text in [object.to_string(), serde_json::to_string_pretty(&object).unwrap()] {
                let members = read_object(&text).unwrap();
                prop_assert_eq!(members.len(), 1);
                prop_assert_eq!(&rebuilt(&members[0].value), &value);
                let own: Value = serde_json::from_str(members[0].value.text).unwrap();
                prop_assert_eq!(&own, &value);
            }
        }
    }

    #[test]
    fn what_is_no_object_is_not_read() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
        for text in ["", "[]", "1", "{\"a\"", "{\"a\":1,\"a\":1}", deep.as_str()] {
            assert!(read_object(text).is_none(), "{text}");
        }
        assert_eq!(read_object(" { } ").unwrap().len(), 0);
    }

    #[test]
    fn numbers_are_compared_as_written_and_texts_as_meant() {
        for (old, new, same) in [
            ("1", "1", true),
            ("1", "1.0", false),
            ("90071992547409931", "90071992547409932", false),
            ("1", "\"1\"", false),
            (r#""A\/""#, r#""\u0041/""#, true),
            (r#""A""#, r#""\u0042""#, false),
            (r#""\\n""#, r#""\n""#, false),
        ] {
            assert_eq!(same_plain(old, new), same, "{old} {new}");
        }
    }
}
