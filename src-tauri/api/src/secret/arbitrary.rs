//! Arbitrary secrets: text or a file, replaced at once on rotation.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Plaintext, Problem, Result, Timestamp, fields};

/// What metadata of an arbitrary secret adds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "ArbitraryDetail")] // the page knows types by one name each
pub struct Detail {
    /// When it becomes unreadable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<Timestamp>,
}

/// The value.
#[derive(Debug)]
pub struct Payload {
    /// Text, or the bytes of a file.
    pub payload: Plaintext,
}

/// What creation needs.
#[derive(Debug)]
pub struct New {
    /// The first value.
    pub payload: Plaintext,
    /// When it becomes unreadable; none: never.
    pub expiration_date: Option<Timestamp>,
}

impl New {
    /// Checks size and date.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        check_payload(&self.payload)?;
        fields::check_expiration(self.expiration_date, now)
    }
}

/// What rotation needs.
#[derive(Debug)]
pub struct Rotation {
    /// The new value.
    pub payload: Plaintext,
}

/// At most 1,000,000 characters on the wire, which are 750,000 bytes of a binary file.
pub fn check_payload(payload: &Plaintext) -> Result<()> {
    let count = payload.wire_chars();
    if count <= fields::PAYLOAD_CHARS {
        return Ok(());
    }
    let problem = if payload.is_binary() {
        format!(
            "The file has {} bytes; a binary file may have {}, because it is base64 on the wire.",
            fields::grouped(payload.bytes().len()),
            fields::grouped(fields::PAYLOAD_BINARY_BYTES)
        )
    } else {
        format!(
            "The value has {} characters; {} are allowed.",
            fields::grouped(count),
            fields::grouped(fields::PAYLOAD_CHARS)
        )
    };
    Err(Problem::field("payload", problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_counts_characters_on_the_wire() {
        let text = |count: usize| Plaintext::text("ž".repeat(count));
        assert!(check_payload(&text(1_000_000)).is_ok());
        assert!(check_payload(&text(1_000_001)).is_err());
        assert!(check_payload(&Plaintext::file(vec![0xff; 750_000])).is_ok());
        let problem = check_payload(&Plaintext::file(vec![0xff; 750_001])).unwrap_err();
        assert_eq!(problem.target.unwrap().name, "payload");
    }
}
