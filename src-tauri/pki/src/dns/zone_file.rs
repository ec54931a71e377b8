//! Records as a fragment of a zone file (RFC 1035 section 5).

use std::fmt::Write;

use super::Wanted;

/// Seconds that the records may be remembered: they are there for a short time only.
const TTL: u32 = 60;
/// Bytes of one character string.
const STRING_BYTES: usize = 255;

/// Writes the records with full names, one a line, as a zone file of any zone takes them.
pub fn zone_file(records: &[Wanted]) -> String {
    records
        .iter()
        .map(|record| zone_line(record) + "\n")
        .collect()
}

/// One of these lines, without its end.
pub fn zone_line(record: &Wanted) -> String {
    let name = record.name.trim_end_matches('.');
    let name = name.split('.').map(escaped_label).collect::<Vec<_>>();
    let mut line = format!("{}. {TTL} IN TXT", name.join("."));
    let value = record.value.as_bytes();
    // A value without bytes is one empty string.
    let strings = value
        .chunks(STRING_BYTES)
        .chain(value.is_empty().then_some(&[][..]));
    for string in strings {
        line.push_str(" \"");
        for byte in string {
            escape(&mut line, *byte, b"\"\\");
        }
        line.push('"');
    }
    line
}

fn escaped_label(label: &str) -> String {
    let mut escaped = String::new();
    for byte in label.bytes() {
        escape(&mut escaped, byte, b"\"\\;()@$ ");
    }
    escaped
}

fn escape(text: &mut String, byte: u8, special: &[u8]) {
    match byte {
        b' '..=b'~' if special.contains(&byte) => text.extend(['\\', char::from(byte)]),
        b' '..=b'~' => text.push(char::from(byte)),
        // Writing into a string cannot fail.
        _ => _ = write!(text, "\\{byte:03}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, value: &str) -> String {
        let record = Wanted {
            domain: "example.test".to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
        };
        zone_file(&[record])
    }

    #[test]
    fn records_are_written_with_full_names_and_quotes() {
        let line = "_acme-challenge.example.test. 60 IN TXT \"a-b_c\"\n";
        assert_eq!(written("_acme-challenge.example.test", "a-b_c"), line);
        assert_eq!(written("_acme-challenge.example.test.", "a-b_c"), line);
        assert_eq!(zone_file(&[]), "");
    }

    #[test]
    fn what_would_end_a_text_or_a_line_is_escaped() {
        let line = written("a;b.example.test", "q\" b\\ n\n ü;");
        assert_eq!(
            line,
            "a\\;b.example.test. 60 IN TXT \"q\\\" b\\\\ n\\010 \\195\\188;\"\n"
        );
        assert_eq!(written("a", ""), "a. 60 IN TXT \"\"\n");
    }

    #[test]
    fn a_long_text_is_written_in_pieces() {
        let long = "x".repeat(300);
        let line = written("a", &long);
        let (first, second) = ("x".repeat(255), "x".repeat(45));
        assert_eq!(line, format!("a. 60 IN TXT \"{first}\" \"{second}\"\n"));
    }
}
