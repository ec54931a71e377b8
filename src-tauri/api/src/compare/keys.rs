//! Comparing two JSON objects, key by key.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

use super::{
    excerpt::Excerpt,
    json::{self, Content, Member, Node},
    path::{self, Step},
};
use crate::json_text;

/// The most differences that are listed.
pub const KEYS_LISTED: usize = 1000;
/// The most characters that are shown of one value.
pub const VALUE_CHARS: usize = 4096;

/// What differs between two JSON objects. Counted are the innermost values: those that are texts,
/// numbers, `true`, `false`, `null` or empty. What was added or removed with all that is in it
/// counts as one. Neither the order of keys nor spaces make a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KeyComparison<E> {
    /// Values that only the new object has.
    pub added: u32,
    /// Values that only the old object has.
    pub removed: u32,
    /// Values that are not the same in both.
    pub changed: u32,
    /// Values that are the same in both.
    pub unchanged: u32,
    /// The first differences, in the order of the new object; what was removed stands where it
    /// stood in the old one.
    pub entries: Vec<E>,
    /// How many differences are not listed.
    pub unlisted: u32,
}

/// One difference, without values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KeyDifference {
    /// The keys down to it, such as `db.hosts[1]`, or `db["a.b"]` for a key with signs of its own.
    /// Very long ones end with `…`.
    pub path: String,
    /// What happened there.
    pub change: KeyChange,
}

/// One difference, with the values as compact JSON.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShownKey {
    /// The keys down to it, as in [`KeyDifference`].
    pub path: String,
    /// What happened there.
    pub change: KeyChange,
    /// The value that was there; absent if it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Excerpt>,
    /// The value that is there; absent if it was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Excerpt>,
    /// Whether one of the two is longer than what is shown.
    pub cut: bool,
}

/// What happened to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyChange {
    /// Only the new object has it.
    Added,
    /// Only the old object has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

impl KeyDifference {
    pub(super) fn of(found: &Found<'_>) -> Self {
        Self {
            path: path::written(found.path),
            change: found.change(),
        }
    }
}

impl ShownKey {
    pub(super) fn of(found: &Found<'_>) -> Self {
        let excerpt = |value: &Node<'_>| {
            let compact = Zeroizing::new(json_text::compact(value.text));
            Excerpt::cut(&compact, VALUE_CHARS)
        };
        let (old, old_cut) = found.old.map(excerpt).unzip();
        let (new, new_cut) = found.new.map(excerpt).unzip();
        Self {
            path: path::written(found.path),
            change: found.change(),
            old,
            new,
            cut: old_cut == Some(true) || new_cut == Some(true),
        }
    }
}

/// Compares two objects; `list` makes what is listed of a difference.
pub(super) fn compare<'a, E>(
    old: &'a [Member<'a>],
    new: &'a [Member<'a>],
    list: fn(&Found<'_>) -> E,
) -> KeyComparison<E> {
    let mut walk = Walk {
        path: Vec::new(),
        list,
        comparison: KeyComparison {
            added: 0,
            removed: 0,
            changed: 0,
            unchanged: 0,
            entries: Vec::new(),
            unlisted: 0,
        },
    };
    walk.members(old, new);
    walk.comparison
}

/// A difference where it was found; one of both values is there at least.
pub(super) struct Found<'a> {
    path: &'a [Step<'a>],
    old: Option<&'a Node<'a>>,
    new: Option<&'a Node<'a>>,
}

impl Found<'_> {
    const fn change(&self) -> KeyChange {
        match (self.old, self.new) {
            (None, _) => KeyChange::Added,
            (_, None) => KeyChange::Removed,
            _ => KeyChange::Changed,
        }
    }
}

/// Goes down two objects side by side; not deeper than what [`json::read_object`] reads.
struct Walk<'a, E> {
    path: Vec<Step<'a>>,
    list: fn(&Found<'_>) -> E,
    comparison: KeyComparison<E>,
}

impl<'a, E> Walk<'a, E> {
    fn members(&mut self, old: &'a [Member<'a>], new: &'a [Member<'a>]) {
        let places: HashMap<&str, usize> = old
            .iter()
            .enumerate()
            .map(|(place, member)| (member.key.as_ref(), place))
            .collect();
        let counterparts: Vec<Option<usize>> = new
            .iter()
            .map(|member| places.get(member.key.as_ref()).copied())
            .collect();
        let mut kept = vec![false; old.len()];
        for place in counterparts.iter().flatten() {
            kept[*place] = true;
        }
        // what was removed follows the member it stood behind
        let removed_from = |walk: &mut Self, start: usize| {
            let removed = old.iter().zip(&kept).skip(start);
            for (member, _) in removed.take_while(|(_, kept)| !**kept) {
                walk.at(Step::Key(&member.key), Some(&member.value), None);
            }
        };
        removed_from(self, 0);
        for (member, counterpart) in new.iter().zip(&counterparts) {
            let before = counterpart.map(|place| &old[place].value);
            self.at(Step::Key(&member.key), before, Some(&member.value));
            if let Some(place) = counterpart {
                removed_from(self, place + 1);
            }
        }
    }

    fn elements(&mut self, old: &'a [Node<'a>], new: &'a [Node<'a>]) {
        for index in 0..old.len().max(new.len()) {
            self.at(Step::Index(index), old.get(index), new.get(index));
        }
    }

    fn at(&mut self, step: Step<'a>, old: Option<&'a Node<'a>>, new: Option<&'a Node<'a>>) {
        self.path.push(step);
        match old.zip(new) {
            Some((old, new)) => self.values(old, new),
            None => self.differs(old, new),
        }
        self.path.pop();
    }

    fn values(&mut self, old: &'a Node<'a>, new: &'a Node<'a>) {
        let same = match (&old.content, &new.content) {
            (Content::Object(old), Content::Object(new)) => {
                self.members(old, new);
                old.is_empty() && new.is_empty()
            }
            (Content::List(old), Content::List(new)) => {
                self.elements(old, new);
                old.is_empty() && new.is_empty()
            }
            (Content::Plain, Content::Plain) if json::same_plain(old.text, new.text) => true,
            _ => return self.differs(Some(old), Some(new)),
        };
        self.comparison.unchanged += u32::from(same);
    }

    fn differs(&mut self, old: Option<&'a Node<'a>>, new: Option<&'a Node<'a>>) {
        let path = &self.path;
        let found = Found { path, old, new };
        let comparison = &mut self.comparison;
        match found.change() {
            KeyChange::Added => comparison.added += 1,
            KeyChange::Removed => comparison.removed += 1,
            KeyChange::Changed => comparison.changed += 1,
        }
        if comparison.entries.len() < KEYS_LISTED {
            comparison.entries.push((self.list)(&found));
        } else {
            comparison.unlisted += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared<E>(old: &str, new: &str, list: fn(&Found<'_>) -> E) -> KeyComparison<E> {
        let (old, new) = (json::read_object(old), json::read_object(new));
        compare(&old.unwrap(), &new.unwrap(), list)
    }

    /// The entries in short, and how many values are unchanged.
    fn differences(old: &str, new: &str) -> (Vec<String>, u32) {
        let comparison = compared(old, new, KeyDifference::of);
        let entries = comparison.entries.iter().map(|entry| {
            let sign = match entry.change {
                KeyChange::Added => '+',
                KeyChange::Removed => '-',
                KeyChange::Changed => '~',
            };
            format!("{sign}{}", entry.path)
        });
        (entries.collect(), comparison.unchanged)
    }

    #[track_caller]
    fn check<const N: usize>(old: &str, new: &str, entries: [&str; N], unchanged: u32) {
        assert_eq!(
            differences(old, new),
            (entries.map(str::to_owned).to_vec(), unchanged)
        );
    }

    #[test]
    fn keys_are_added_removed_and_changed() {
        let (old, new) = (r#"{"a":1,"b":2,"c":3}"#, r#"{"a":1,"b":"2","d":3}"#);
        check(old, new, ["~b", "-c", "+d"], 1);
        check(new, old, ["~b", "-d", "+c"], 1);
        check(old, old, [], 3);
    }

    #[test]
    fn neither_order_nor_spaces_nor_escapes_make_a_difference() {
        let new = " { \"b\" : [ 1 , { } ] ,\n\"\\u0061\" : \"\\u0078\\/\" } ";
        check(r#"{"a":"x/","b":[1,{}]}"#, new, [], 3);
    }

    #[test]
    fn a_nested_object_is_gone_into() {
        check(
            r#"{"db":{"user":"app","pool":{"size":5,"idle":1}},"on":true}"#,
            r#"{"db":{"user":"root","pool":{"size":5,"wait":2}},"on":true}"#,
            ["~db.user", "-db.pool.idle", "+db.pool.wait"],
            2,
        );
    }

    #[test]
    fn what_is_added_with_all_that_is_in_it_is_one_entry() {
        check(r#"{"a":{}}"#, r#"{"a":{"b":{"c":[1,2]}}}"#, ["+a.b"], 0);
        check(r#"{"a":[],"b":{}}"#, r#"{"a":[],"b":[]}"#, ["~b"], 1);
    }

    #[test]
    fn lists_are_compared_by_place() {
        check(
            r#"{"hosts":["a","b",{"p":1}]}"#,
            r#"{"hosts":["a","c",{"p":2},"d","e"]}"#,
            ["~hosts[1]", "~hosts[2].p", "+hosts[3]", "+hosts[4]"],
            1,
        );
        check(
            r#"{"a":[[1],2]}"#,
            r#"{"a":[[]]}"#,
            ["-a[0][0]", "-a[1]"],
            0,
        );
    }

    #[test]
    fn another_kind_of_value_is_one_change() {
        for new in ["\"x\"", "[1]", "null", "1"] {
            let new = format!("{{\"a\":{new}}}");
            check(r#"{"a":{"b":1,"c":2}}"#, &new, ["~a"], 0);
        }
    }

    #[test]
    fn numbers_are_compared_as_written() {
        check(
            r#"{"a":1.0,"b":90071992547409931,"c":1e2,"d":7}"#,
            r#"{"a":1,"b":90071992547409932,"c":1E2,"d":7}"#,
            ["~a", "~b", "~c"],
            1,
        );
    }

    #[test]
    fn what_was_removed_stands_where_it_stood() {
        check(
            r#"{"x":0,"a":1,"y":0,"z":0,"b":1,"w":0}"#,
            r#"{"b":2,"n":0,"a":2}"#,
            ["-x", "~b", "-w", "+n", "~a", "-y", "-z"],
            0,
        );
    }

    #[test]
    fn a_thousand_entries_are_listed_and_all_are_counted() {
        let of = |value: char| {
            let members = (0..5000).map(|number| format!("\"k{number}\":\"{value}\""));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        };
        let comparison = compared(&of('a'), &of('b'), KeyDifference::of);
        assert_eq!(comparison.changed, 5000);
        assert_eq!(comparison.entries.len(), 1000);
        assert_eq!(comparison.unlisted, 4000);
        assert_eq!(comparison.entries[999].path, "k999");
    }

    #[test]
    fn values_are_shown_as_compact_json_and_cut() {
        let long = "x".repeat(VALUE_CHARS);
        let old = r#"{ "a": { "b": [ 1, "2 3" ] }, "c": 1, "d": 0 }"#;
        let new = format!("{{\"c\":\"{long}\",\"d\":0,\"e\":null}}");
        let shown = compared(old, &new, ShownKey::of);
        let texts = shown.entries.iter().map(|entry| {
            let text = |excerpt: &Option<Excerpt>| {
                excerpt.as_ref().map(|excerpt| excerpt.as_str().to_owned())
            };
            (
                entry.path.as_str(),
                text(&entry.old),
                text(&entry.new),
                entry.cut,
            )
        });
        let cut = format!("\"{}", &long[1..]);
        assert_eq!(
            texts.collect::<Vec<_>>(),
            [
                ("a", Some(r#"{"b":[1,"2 3"]}"#.to_owned()), None, false),
                ("c", Some("1".to_owned()), Some(cut), true),
                ("e", None, Some("null".to_owned()), false),
            ]
        );
    }

    #[test]
    fn the_largest_objects_are_compared() {
        let of = |value: &str| {
            let members = (0..21_000).map(|number| format!("\"key-{number:05}\":\"{value}\""));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        };
        let (old, new) = (of("old value"), of("new value"));
        assert!(old.len() > 500_000);
        assert_eq!(compared(&old, &new, ShownKey::of).changed, 21_000);
        let list = |sign: &str| format!("{{\"a\":[{}1]}}", sign.repeat(250_000));
        let comparison = compared(&list("1,"), &list("2,"), KeyDifference::of);
        assert_eq!((comparison.changed, comparison.unchanged), (250_000, 1));
    }
}
