//! Text that a server sent, made fit to be shown.

use serde::{Deserialize, Deserializer};

use crate::limits;

/// On one line, without control characters and marks that turn the direction of writing, and cut.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(limits::TEXT_CHARS)
        .map(|char| if is_hidden(char) { ' ' } else { char })
        .collect();
    if text.chars().nth(limits::TEXT_CHARS).is_some() {
        shown.push('…');
    }
    shown.trim().to_owned()
}

/// For fields that are shown only; whatever is no text counts as none.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_str().map(shown).filter(|text| !text.is_empty()))
}

/// Whether a text may be a nonce, a token or a part of one: base64url (RFC 8555 section 6.1).
pub(crate) fn is_base64url(text: &str) -> bool {
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.len() <= limits::TOKEN_BYTES && text.bytes().all(valid)
}

fn is_hidden(char: char) -> bool {
    let unseen = [
        '\u{61c}'..='\u{61c}',
        '\u{200b}'..='\u{200f}',
        '\u{2028}'..='\u{202e}',
        '\u{2060}'..='\u{206f}',
        '\u{feff}'..='\u{feff}',
    ];
    char.is_control() || unseen.iter().any(|range| range.contains(&char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_and_stays_on_its_line() {
        assert_eq!(shown("a\r\nb\u{1b}[31m\u{202e}c "), "a  b [31m c");
        let long = shown(&"é".repeat(10_000));
        assert_eq!(long.chars().count(), limits::TEXT_CHARS + 1);
        assert_eq!(shown(&"é".repeat(500)).chars().count(), 500);
    }
}
