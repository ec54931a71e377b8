//! Secret bytes with a type of their own.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Secret bytes: overwritten when dropped, never printed.
///
/// It cannot be cloned and cannot be serialized; both are compile errors, not promises:
///
/// ```compile_fail
/// let value = keyturn_vault::seal::Sensitive::new(vec![1]);
/// let copy = value.clone();
/// ```
/// ```compile_fail
/// fn on_the_wire<T: serde::Serialize>(_: &T) {}
/// on_the_wire(&keyturn_vault::seal::Sensitive::new(vec![1]));
/// ```
///
/// Whoever builds the vector gives it its final size first: a vector that grows leaves copies
/// behind that nobody overwrites.
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct Sensitive(Vec<u8>);

impl Sensitive {
    /// Takes the bytes over without copying them.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Takes the text over without copying it.
    pub fn from_string(text: String) -> Self {
        Self(text.into_bytes())
    }

    /// The bytes. Each call is a place to look at in a review.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The text, if the bytes are UTF-8.
    pub fn expose_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_neither_bytes_nor_length() {
        let shown = format!("{:?}", Sensitive::from_string("hunter2".into()));
        assert_eq!(shown, "Sensitive(<redacted>)");
    }

    #[test]
    fn text_is_given_back_only_when_it_is_utf8() {
        assert_eq!(Sensitive::from_string("é".into()).expose_str(), Some("é"));
        assert_eq!(Sensitive::new(vec![0xff, 0]).expose_str(), None);
        assert_eq!(Sensitive::new(vec![0xff, 0]).len(), 2);
        assert!(Sensitive::default().is_empty());
    }
}
