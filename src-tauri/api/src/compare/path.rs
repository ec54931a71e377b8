//! Where in an object something stands, in one line.

use std::fmt::Write;

use crate::fields;

/// The most characters of one key that are written.
const KEY_CHARS: usize = 256;
/// Beyond so many bytes no further step is written: a thousand paths may share a long beginning.
const PATH_BYTES: usize = 1024;

/// One step down.
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Keys joined by dots and places in brackets: `db.hosts[1]`. A key that would be misread stands
/// in brackets as JSON: `["a.b"]`.
pub(super) fn written(path: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in path {
        if text.len() > PATH_BYTES {
            text.push('…');
            break;
        }
        match *step {
            Step::Index(index) => {
                let _ = write!(text, "[{index}]"); // a String takes all
            }
            Step::Key(key) => push_key(&mut text, key),
        }
    }
    text
}

fn push_key(text: &mut String, key: &str) {
    let end = key.char_indices().nth(KEY_CHARS).map(|(end, _)| end);
    let cut = if end.is_some() { "…" } else { "" };
    let key = &key[..end.unwrap_or(key.len())];
    if key.is_empty() || key.contains(misread) {
        text.push_str("[\"");
        key.chars().for_each(|sign| push_quoted(text, sign));
        text.push_str(cut);
        text.push_str("\"]");
        return;
    }
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(key);
    text.push_str(cut);
}

fn misread(sign: char) -> bool {
    ".[]\"\\".contains(sign) || sign.is_whitespace() || hidden(sign)
}

fn push_quoted(text: &mut String, sign: char) {
    if hidden(sign) {
        let _ = write!(text, "\\u{:04x}", u32::from(sign)); // a String takes all
        return;
    }
    if matches!(sign, '"' | '\\') {
        text.push('\\');
    }
    text.push(sign);
}

/// Nobody sees it, or it turns text around.
fn hidden(sign: char) -> bool {
    sign.is_control() || fields::check_visible("path", sign.encode_utf8(&mut [0; 4])).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_would_be_misread_are_quoted() {
        for (key, path) in [
            ("a", "db.a[1].x"),
            ("žluť-2_@", "db.žluť-2_@[1].x"),
            ("a.b", r#"db["a.b"][1].x"#),
            ("a[0]", r#"db["a[0]"][1].x"#),
            ("a b", r#"db["a b"][1].x"#),
            ("", r#"db[""][1].x"#),
            ("a\"\\b", r#"db["a\"\\b"][1].x"#),
            ("a\nb\u{7f}", r#"db["a\u000ab\u007f"][1].x"#),
            ("a\u{202e}b", r#"db["a\u202eb"][1].x"#),
        ] {
            let steps = [
                Step::Key("db"),
                Step::Key(key),
                Step::Index(1),
                Step::Key("x"),
            ];
            assert_eq!(written(&steps), path);
        }
        assert_eq!(written(&[Step::Key("a.b"), Step::Key("c")]), r#"["a.b"].c"#);
    }

    #[test]
    fn long_keys_and_long_paths_are_cut() {
        let long = "ž".repeat(100_000);
        let path = written(&[Step::Key(&long), Step::Key("b")]);
        assert_eq!(path, format!("{}….b", "ž".repeat(KEY_CHARS)));
        let steps: Vec<_> = (0..127).map(|_| Step::Key(&long)).collect();
        let path = written(&steps);
        assert!(
            path.ends_with("……") && path.len() < 2 * PATH_BYTES,
            "{}",
            path.len()
        );
    }
}
