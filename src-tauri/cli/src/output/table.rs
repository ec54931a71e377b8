//! Tables: one row a member for collections, one row a field for a single thing.

use std::fmt::Write;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::operations::List;

/// Whether there are colours.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) colour: bool,
}

/// A collection as rows below heads.
pub(super) fn collection(answer: &Value, list: &List, style: Style) -> Zeroizing<String> {
    let none = Vec::new();
    let members = answer[list.array].as_array().unwrap_or(&none);
    let heads = list.columns.iter().map(|(head, _)| (*head).to_owned());
    let mut rows: Vec<Vec<String>> = vec![heads.collect()];
    rows.extend(members.iter().map(|member| {
        let cells = list.columns.iter().map(|(_, field)| cell(&member[*field]));
        cells.collect()
    }));
    let mut text = Zeroizing::new(String::new());
    write_rows(&mut text, &rows, style);
    let total = answer["total_count"].as_u64().unwrap_or_default();
    if total > members.len() as u64 {
        let rest = format!("{} of {total}; --all-pages shows all\n", members.len());
        text.push_str(&rest);
    }
    text
}

/// One thing as a row a field.
pub(super) fn object(answer: &Value, style: Style) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    let Some(members) = answer.as_object() else {
        text.push_str(&cell(answer));
        text.push('\n');
        return text;
    };
    let width = members.keys().map(|name| plain(name).chars().count()).max();
    let width = width.unwrap_or_default();
    for (name, value) in members {
        let name = plain(name);
        let shown = Zeroizing::new(match value {
            Value::String(text) => lines(text),
            _ => cell(value),
        });
        for (at, line) in shown.split('\n').enumerate() {
            let name = if at == 0 { name.as_str() } else { "" };
            let gap = width - name.chars().count();
            let _ = writeln!(text, "{}{:gap$}  {line}", emphasised(name, style), "");
        }
    }
    text
}

fn write_rows(text: &mut String, rows: &[Vec<String>], style: Style) {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<_> = (0..columns)
        .map(|at| width(at).unwrap_or_default())
        .collect();
    for (number, row) in rows.iter().enumerate() {
        for (at, shown) in row.iter().enumerate() {
            let head = number == 0;
            let written = if head {
                emphasised(shown, style)
            } else {
                shown.clone()
            };
            text.push_str(&written);
            if at + 1 < columns {
                let gap = widths[at] - shown.chars().count() + 2;
                let _ = write!(text, "{:gap$}", "");
            }
        }
        while text.ends_with(' ') {
            text.pop();
        }
        text.push('\n');
    }
}

fn emphasised(text: &str, style: Style) -> String {
    if style.colour && !text.is_empty() {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// A value on one line.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => plain(text),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let items: Vec<_> = items.iter().map(cell).collect();
            items.join(", ")
        }
        other => plain(&other.to_string()),
    }
}

/// A text of several lines, a PEM text say, without what a terminal would obey.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.trim_end_matches('\n').split('\n').map(plain).collect();
    lines.join("\n")
}

/// A text without what a terminal would obey: control characters, and those that change the
/// direction of what follows.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || turns {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LIST: List = List {
        array: "things",
        columns: &[("Name", "name"), ("Kinds", "kinds"), ("More", "more")],
        paged: true,
    };
    const PLAIN: Style = Style { colour: false };

    #[test]
    fn a_collection_has_a_row_for_each_member() {
        let answer = json!({"things": [
            {"name": "a", "kinds": ["x", "y"], "more": 1},
            {"name": "long\u{1b}", "kinds": [], "other": true},
        ], "total_count": 3});
        assert_eq!(
            *collection(&answer, &LIST, PLAIN),
            "Name        Kinds  More\na           x, y   1\nlong\\u{1b}         -\n\
             2 of 3; --all-pages shows all\n"
        );
        let none = collection(&json!({"things": []}), &LIST, PLAIN);
        assert_eq!(*none, "Name  Kinds  More\n");
        let bold = collection(&json!({"things": []}), &LIST, Style { colour: true });
        assert!(bold.starts_with("\u{1b}[1mName\u{1b}[0m  "));
    }

    #[test]
    fn a_single_thing_has_a_row_for_each_field() {
        let answer = json!({"id": "1", "payload": "two\nlines\n", "data": {"a": 1}});
        assert_eq!(
            *object(&answer, PLAIN),
            "data     {\"a\":1}\nid       1\npayload  two\n         lines\n"
        );
    }
}
