//! JSON as people read it: the same text with line ends and indentation, nothing parsed into memory
//! that nobody wipes.

use zeroize::Zeroizing;

/// Indents JSON. Characters that a terminal would obey are escaped, which JSON allows.
pub(super) fn pretty(json: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Writer {
        bytes: Zeroizing::new(Vec::with_capacity(2 * json.len() + 64)),
        depth: 0,
    };
    let mut rest = json.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => {
                out.push(byte);
                let mut escaped = false;
                while let Some(byte) = rest.next() {
                    match byte {
                        // C1 control characters are U+0080 to U+009F
                        0xc2 if rest.peek().is_some_and(|next| (0x80..0xa0).contains(next)) => {
                            let next = rest.next().unwrap_or_default();
                            out.append(format!("\\u00{next:02x}").as_bytes());
                        }
                        0..0x20 | 0x7f => out.append(format!("\\u00{byte:02x}").as_bytes()),
                        _ => out.push(byte),
                    }
                    if byte == b'"' && !escaped {
                        break;
                    }
                    escaped = byte == b'\\' && !escaped;
                }
            }
            b'{' | b'[' => {
                while rest.next_if(u8::is_ascii_whitespace).is_some() {}
                out.push(byte);
                if let Some(close) = rest.next_if(|next| matches!(next, b'}' | b']')) {
                    out.push(close);
                } else {
                    out.depth += 1;
                    out.line();
                }
            }
            b'}' | b']' => {
                out.depth = out.depth.saturating_sub(1);
                out.line();
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                out.line();
            }
            b':' => out.append(b": "),
            _ if byte.is_ascii_whitespace() => {}
            _ if byte.is_ascii_graphic() => out.push(byte),
            // outside of texts JSON has nothing else
            _ => out.push(b'?'),
        }
    }
    out.push(b'\n');
    out.bytes
}

struct Writer {
    bytes: Zeroizing<Vec<u8>>,
    depth: usize,
}

impl Writer {
    fn push(&mut self, byte: u8) {
        self.append(&[byte]);
    }

    fn line(&mut self) {
        self.push(b'\n');
        for _ in 0..self.depth.min(64) {
            self.append(b"  ");
        }
    }

    /// Grows without leaving a copy behind.
    fn append(&mut self, bytes: &[u8]) {
        if self.bytes.len() + bytes.len() > self.bytes.capacity() {
            let room = 2 * self.bytes.capacity() + bytes.len();
            let mut wider = Zeroizing::new(Vec::with_capacity(room));
            wider.extend_from_slice(&self.bytes);
            self.bytes = wider;
        }
        self.bytes.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn shown(json: &str) -> String {
        String::from_utf8(pretty(json.as_bytes()).to_vec()).unwrap()
    }

    #[test]
    fn it_says_the_same_in_more_lines() {
        assert_eq!(
            shown(r#"{"a":[1,{"b":"x: {,}"}],"c":{},"d":[ ]}"#),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x: {,}\"\n    }\n  ],\n  \"c\": {},\n  \
             \"d\": []\n}\n"
        );
        for json in [
            r#"{"a":"quote \" backslash \\","b":"\\\\\"","c":[[],[[1.5e3,true,null]]]}"#,
            "[\"é 漢 🙂 \u{85}\u{9b}\u{7f}\"]",
            "\"text\"",
        ] {
            let before: Value = serde_json::from_str(json).unwrap();
            let after: Value = serde_json::from_str(&shown(json)).unwrap();
            assert_eq!(before, after);
        }
    }

    #[test]
    fn nothing_reaches_a_terminal_that_it_would_obey() {
        for json in ["[\"\u{9b}31m\"]", "\u{1b}[2J{}", "{\"a\u{7f}\":\"\u{1b}\"}"] {
            assert!(shown(json).chars().all(|c| c == '\n' || !c.is_control()));
        }
        shown(&"[".repeat(100_000));
    }
}
