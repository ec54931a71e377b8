//! A part of a value on its way to the screen.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use specta::Type;
use zeroize::Zeroizing;

use crate::Plaintext;

/// A part of a value in the clear. Wiped when dropped and not printable, but serialisable: it is
/// made only for whoever asked to see it.
#[derive(PartialEq, Eq, Deserialize, Type)]
#[specta(type = String)]
pub struct Excerpt(Zeroizing<String>);

impl Excerpt {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn whole(value: &Plaintext) -> Self {
        Self(value.wire())
    }

    /// The first `most` characters, and whether there are more.
    pub(super) fn cut(text: &str, most: usize) -> (Self, bool) {
        let end = text.char_indices().nth(most).map(|(end, _)| end);
        let text = &text[..end.unwrap_or(text.len())];
        (Self(Zeroizing::new(text.to_owned())), end.is_some())
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Excerpt(redacted)")
    }
}

impl Serialize for Excerpt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        for (text, excerpt, cut) in [
            ("", "", false),
            ("žák", "žák", false),
            ("žáky", "žák", true),
        ] {
            assert_eq!(
                Excerpt::cut(text, 3),
                (Excerpt(Zeroizing::new(excerpt.to_owned())), cut)
            );
        }
    }
}
