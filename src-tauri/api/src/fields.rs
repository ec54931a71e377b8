//! Limits and shapes of the fields, exactly as API v2 has them (`reference/api-v2.md` 1.4), and
//! what is refused besides: characters that make text look like other text.

use crate::{Metadata, Plaintext, Problem, Result, Timestamp, metadata};

/// Longest name of a secret; the shortest is 2.
pub const NAME_CHARS: usize = 256;
/// Longest description.
pub const DESCRIPTION_CHARS: usize = 1024;
/// Most labels of a secret.
pub const LABELS: usize = 30;
/// Longest label; the shortest is 2.
pub const LABEL_CHARS: usize = 64;
/// Largest custom metadata, as JSON text.
pub const METADATA_BYTES: usize = 10_240;
/// Longest value of an arbitrary secret, in characters on the wire.
pub const PAYLOAD_CHARS: usize = 1_000_000;
/// Largest binary file that fits into [`PAYLOAD_CHARS`] as base64.
pub const PAYLOAD_BINARY_BYTES: usize = PAYLOAD_CHARS / 4 * 3;
/// Largest value of a key-value secret, as JSON text without spaces.
pub const DATA_BYTES: usize = 512_000;
/// User name of user credentials: shortest and longest.
pub const USERNAME_CHARS: std::ops::RangeInclusive<usize> = 2..=64;
/// Password that a person gives: shortest and longest.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 6..=256;
/// PEM text of a certificate, an intermediate or a private key: shortest and longest.
pub const PEM_CHARS: std::ops::RangeInclusive<usize> = 50..=100_000;
/// Versions whose metadata is kept.
pub const VERSIONS: usize = 50;
/// Locks of a secret, and of one request.
pub const LOCKS: usize = 1000;
/// Groups of an instance besides `default`.
pub const GROUPS: usize = 200;
/// Name of a group and of a lock: shortest and longest.
pub const SHORT_NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=64;
/// Search text: shortest and longest.
pub const SEARCH_CHARS: std::ops::RangeInclusive<usize> = 2..=128;
/// Name of the group every instance has.
pub const DEFAULT_GROUP: &str = "default";
/// Label of a secret whose value is base64 on the wire, by IBM's convention.
pub const BASE64_LABEL: &str = "encode:base64";

/// Name of a secret: 2–256 of letters, digits, `_`, `-` and `.`; the last a letter or digit, the
/// first one of these or `_`. The same language as the published regex, without backtracking.
pub fn check_name(name: &str) -> Result<()> {
    let bytes = name.as_bytes();
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    if !(2..=NAME_CHARS).contains(&name.chars().count()) {
        return Err(Problem::field(
            "name",
            format!(
                "A name has 2 to {NAME_CHARS} characters; this one has {}.",
                name.chars().count()
            ),
        ));
    }
    let first = bytes[0].is_ascii_alphanumeric() || bytes[0] == b'_';
    if !first || !bytes[bytes.len() - 1].is_ascii_alphanumeric() || !bytes.iter().all(inside) {
        return Err(Problem::field(
            "name",
            "A name consists of letters, digits, dashes, dots and underscores, starts with a \
             letter, digit or underscore, and ends with a letter or digit.",
        )
        .remedy("Spaces and other characters can stand in the description."));
    }
    Ok(())
}

/// Name of a secret group: 2–64, written like the name of a secret.
pub fn check_group_name(name: &str) -> Result<()> {
    let count = name.chars().count();
    if !SHORT_NAME_CHARS.contains(&count) {
        return Err(Problem::field(
            "name",
            format!("The name of a group has 2 to 64 characters; this one has {count}."),
        ));
    }
    check_name(name)
}

/// Name of a lock: 2–64 of letters, digits, `-`, `_` and `.`; the first is a letter.
pub fn check_lock_name(name: &str) -> Result<()> {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let letter = name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    if SHORT_NAME_CHARS.contains(&name.chars().count()) && letter && name.bytes().all(inside) {
        return Ok(());
    }
    Err(Problem::field(
        "name",
        "The name of a lock has 2 to 64 letters, digits, dashes, dots and underscores, and starts \
         with a letter.",
    ))
}

/// Description: at most 1,024 characters.
pub fn check_description(description: &str) -> Result<()> {
    let count = description.chars().count();
    if count > DESCRIPTION_CHARS {
        return Err(Problem::field(
            "description",
            format!(
                "A description has at most {DESCRIPTION_CHARS} characters; this one has {count}."
            ),
        ));
    }
    check_visible("description", description)
}

/// Adds the label of a binary value, if there is room and it is not there yet.
pub fn add_base64_label(labels: &mut Vec<String>) -> Result<()> {
    if labels.iter().any(|label| label == BASE64_LABEL) {
        return Ok(());
    }
    if labels.len() >= LABELS {
        return Err(Problem::field(
            "labels",
            format!(
                "The value is binary and needs the label {BASE64_LABEL}, but the secret has \
                 {LABELS} labels already."
            ),
        )
        .remedy("Remove a label first."));
    }
    labels.push(BASE64_LABEL.to_owned());
    Ok(())
}

/// The labels after a rotation to a value where the label alone tells text from bytes; none: they stay.
/// Text that is base64 keeps the label: other clients send files so.
pub fn labels_after(labels: &[String], payload: &Plaintext) -> Result<Option<Vec<String>>> {
    let mut after = labels.to_vec();
    if payload.is_binary() {
        add_base64_label(&mut after)?;
    } else if Plaintext::file_of_base64(&payload.wire()).is_none() {
        after.retain(|label| label != BASE64_LABEL);
    }
    Ok((after != labels).then_some(after))
}

/// Labels: at most 30 of 2–64 characters, each once.
pub fn check_labels(labels: &[String]) -> Result<()> {
    if labels.len() > LABELS {
        return Err(Problem::field(
            "labels",
            format!(
                "A secret has at most {LABELS} labels; these are {}.",
                labels.len()
            ),
        ));
    }
    for (index, label) in labels.iter().enumerate() {
        let count = label.chars().count();
        if !(2..=LABEL_CHARS).contains(&count) {
            return Err(Problem::field(
                "labels",
                format!(
                    "A label has 2 to {LABEL_CHARS} characters; label {} has {count}.",
                    index + 1
                ),
            ));
        }
        if label.trim() != label {
            return Err(Problem::field(
                "labels",
                format!("Label {} starts or ends with a space.", index + 1),
            ));
        }
        check_visible("labels", label)?;
        if labels[..index].contains(label) {
            return Err(Problem::field(
                "labels",
                format!("Label {} stands there twice.", index + 1),
            ));
        }
    }
    Ok(())
}

/// Id of a secret group: `default` or a lower-case UUID.
pub fn check_group_id(id: &str) -> Result<()> {
    let uuid = || uuid::Uuid::try_parse(id).is_ok_and(|uuid| uuid.hyphenated().to_string() == id);
    if id == DEFAULT_GROUP || uuid() {
        return Ok(());
    }
    Err(Problem::field(
        "secret_group_id",
        "A secret group is named by its id or \"default\".",
    ))
}

/// An expiration date lies in the future (a past one would destroy the value at once).
pub fn check_expiration(date: Option<Timestamp>, now: Timestamp) -> Result<()> {
    if date.is_some_and(|date| date <= now) {
        return Err(
            Problem::field("expiration_date", "The expiration date is in the past.")
                .remedy("Choose a later date, or none."),
        );
    }
    Ok(())
}

/// Both kinds of custom metadata: at most 10 KB of JSON.
pub fn check_metadata(field: &str, metadata: Option<&Metadata>) -> Result<()> {
    metadata.map_or(Ok(()), |map| metadata::check_metadata(field, map))
}

/// Search text of 2–128 characters.
pub fn check_search(search: &str) -> Result<()> {
    let count = search.chars().count();
    if SEARCH_CHARS.contains(&count) {
        return Ok(());
    }
    Err(Problem::field(
        "search",
        "Search text has 2 to 128 characters.",
    ))
}

/// A number as people read it: `1,000,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Name of an instance, as a person calls it: 1–64 visible characters. Blanks around it are left out.
pub fn check_instance_name(name: &str) -> Result<String> {
    let name = name.trim();
    if !(1..=64).contains(&name.chars().count()) {
        return Err(Problem::field("name", "The name has 1 to 64 characters."));
    }
    check_visible("name", name)?;
    Ok(name.to_owned())
}

/// Mark of an instance: one of eight colours, 0–7.
pub fn check_color(color: u8) -> Result<u8> {
    if color < 8 {
        return Ok(color);
    }
    Err(Problem::field("color", "There are eight colours, 0 to 7."))
}

/// Refuses characters that nobody sees or that turn text around: control characters except tab
/// and line break, and the directional overrides and isolates of Unicode (UAX #9).
pub fn check_visible(field: &str, text: &str) -> Result<()> {
    for (index, character) in text.chars().enumerate() {
        let name = match character {
            '\t' | '\n' | '\r' => continue,
            '\0' => "a NUL character",
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a text direction override",
            other if other.is_control() => "a control character",
            _ => continue,
        };
        return Err(Problem::field(
            field,
            format!(
                "There is {name} (U+{:04X}) at position {}.",
                character as u32,
                index + 1
            ),
        )
        .remedy("Remove the character; it is invisible and can make text look like other text."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_published_regex() {
        for good in [
            "ab",
            "_a",
            "a-b",
            "a..b",
            "A_9",
            "db.prod-2",
            &"x".repeat(256),
        ] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        let long = "x".repeat(257);
        for bad in [
            "",
            "a",
            "-a",
            ".a",
            "a-",
            "a.",
            "a_",
            "a b",
            "ä1",
            "a\0b",
            "a\u{202e}b",
            &long,
        ] {
            let problem = check_name(bad).unwrap_err();
            assert_eq!(problem.target.unwrap().name, "name", "{bad}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let numbers = [0, 999, 1_000, 10_240, 1_000_000].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "10,240", "1,000,000"]);
    }

    #[test]
    fn labels_are_counted_and_named() {
        let labels = |list: &[&str]| {
            list.iter()
                .map(|label| (*label).to_owned())
                .collect::<Vec<_>>()
        };
        assert!(check_labels(&labels(&["us", "team a", "encode:base64"])).is_ok());
        assert!(
            check_labels(&labels(&["x"]))
                .unwrap_err()
                .message
                .contains("label 1")
        );
        assert!(
            check_labels(&labels(&["ab", "ab"]))
                .unwrap_err()
                .message
                .contains("twice")
        );
        assert!(check_labels(&labels(&["ab", " cd"])).is_err());
        let many: Vec<_> = (0..31).map(|number| format!("label{number}")).collect();
        assert!(check_labels(&many).is_err());
        assert!(check_labels(&many[..30]).is_ok());
        assert!(check_labels(&[String::from_utf8(vec![b'y'; 65]).unwrap()]).is_err());
    }

    #[test]
    fn invisible_and_turning_characters_are_refused_with_their_place() {
        let problem = check_description("abc\u{202e}def").unwrap_err();
        assert!(
            problem.message.contains("U+202E) at position 4"),
            "{}",
            problem.message
        );
        assert!(check_description("a\0").is_err());
        assert!(check_description("two\nlines\tand ünïcode 🙂").is_ok());
        assert!(check_description(&"x".repeat(1025)).is_err());
    }

    #[test]
    fn groups_are_default_or_a_uuid() {
        assert!(check_group_id("default").is_ok());
        assert!(check_group_id("7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11").is_ok());
        assert!(check_group_id("7C3E0A52-4A0E-4D6A-9B15-3F2F4F2B9C11").is_err());
        assert!(check_group_id("").is_err());
    }
}
