//! The plain value of a secret on its way through the program.

use std::fmt;

use data_encoding::BASE64;
use zeroize::Zeroizing;

/// A value in the clear. Wiped when dropped; neither printable, nor clonable, nor serialisable:
/// whoever puts it on the wire or the screen writes that down with [`Self::wire`].
pub struct Plaintext {
    bytes: Zeroizing<Vec<u8>>,
    binary: bool,
}

impl Plaintext {
    /// Text, as a person types it or the API sends it.
    pub fn text(text: String) -> Self {
        Self {
            bytes: Zeroizing::new(text.into_bytes()),
            binary: false,
        }
    }

    /// The bytes of a file. UTF-8 stays text; anything else is kept as bytes and is base64 on the
    /// wire.
    pub fn file(bytes: Vec<u8>) -> Self {
        let binary = std::str::from_utf8(&bytes).is_err();
        Self {
            bytes: Zeroizing::new(bytes),
            binary,
        }
    }

    /// The bytes of a file that came as base64 (RFC 4648 section 4). None: it is no base64.
    pub fn file_of_base64(text: &str) -> Option<Self> {
        BASE64.decode(text.as_bytes()).ok().map(Self::file)
    }

    /// A value as it was stored: `binary` says whether it is base64 on the wire.
    pub fn stored(bytes: Vec<u8>, binary: bool) -> Self {
        Self {
            bytes: Zeroizing::new(bytes),
            binary,
        }
    }

    /// Whether the value is base64 on the wire (label `encode:base64`).
    pub fn is_binary(&self) -> bool {
        self.binary
    }

    /// The bytes themselves, as a download writes them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text that goes over the wire: the text itself, or base64 (RFC 4648 section 4).
    pub fn wire(&self) -> Zeroizing<String> {
        if self.binary {
            return Zeroizing::new(BASE64.encode(&self.bytes));
        }
        Zeroizing::new(String::from_utf8_lossy(&self.bytes).into_owned())
    }

    /// Characters on the wire, which the limit of the API counts.
    pub fn wire_chars(&self) -> usize {
        if self.binary {
            return BASE64.encode_len(self.bytes.len());
        }
        String::from_utf8_lossy(&self.bytes).chars().count()
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plaintext(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_utf8_is_base64_on_the_wire() {
        let value = Plaintext::file(vec![0xff, 0x00, 0x80]);
        assert!(value.is_binary());
        assert_eq!(value.wire().as_str(), "/wCA");
        assert_eq!(value.wire_chars(), 4);
        assert_eq!(value.bytes(), [0xff, 0x00, 0x80]);
    }

    #[test]
    fn text_counts_characters_not_bytes() {
        let value = Plaintext::text("žluťoučký".to_owned());
        assert_eq!(value.wire_chars(), 9);
        assert_eq!(value.wire().as_str(), "žluťoučký");
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(
            format!("{:?}", Plaintext::text("hunter2".into())),
            "Plaintext(redacted)"
        );
    }
}
