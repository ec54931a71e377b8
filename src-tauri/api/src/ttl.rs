//! Lengths of time as the API writes them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use specta::Type;

/// A length of time in whole seconds; on the wire text such as `8760h`, `30d` or `3600` (API v2:
/// `ttl`, `^[0-9]+[s,m,h,d]{0,1}$`; a bare number means seconds).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Type)]
#[specta(type = String)]
pub struct Ttl(u64);

/// Most characters of the text.
const CHARS: usize = 10;

impl Ttl {
    /// From seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    /// From hours.
    pub const fn from_hours(hours: u64) -> Self {
        Self(hours * 3_600)
    }

    /// From days of 24 hours.
    pub const fn from_days(days: u64) -> Self {
        Self(days * 86_400)
    }

    /// In seconds.
    pub const fn secs(self) -> u64 {
        self.0
    }

    /// Reads the text of the API; none if it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > CHARS {
            return None;
        }
        let (digits, unit) = match text.as_bytes()[text.len() - 1] {
            b's' => (&text[..text.len() - 1], 1),
            b'm' => (&text[..text.len() - 1], 60),
            b'h' => (&text[..text.len() - 1], 3_600),
            b'd' => (&text[..text.len() - 1], 86_400),
            _ => (text, 1),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.parse::<u64>().ok()?.checked_mul(unit).map(Self)
    }

    /// In words: `90 days`, `36 hours`.
    pub fn words(self) -> String {
        let counted = |count: u64, unit: &str| {
            let end = if count == 1 { "" } else { "s" };
            format!("{count} {unit}{end}")
        };
        match self.0 {
            seconds if seconds > 0 && seconds % 86_400 == 0 => counted(seconds / 86_400, "day"),
            seconds if seconds > 0 && seconds % 3_600 == 0 => counted(seconds / 3_600, "hour"),
            seconds if seconds > 0 && seconds % 60 == 0 => counted(seconds / 60, "minute"),
            seconds => counted(seconds, "second"),
        }
    }
}

impl fmt::Display for Ttl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            seconds if seconds > 0 && seconds % 3_600 == 0 => write!(f, "{}h", seconds / 3_600),
            seconds if seconds > 0 && seconds % 60 == 0 => write!(f, "{}m", seconds / 60),
            seconds => write!(f, "{seconds}s"),
        }
    }
}

impl Serialize for Ttl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ttl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom("a length of time is a number with s, m, h or d, such as 8760h")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_and_written_as_the_api_does() {
        for (text, seconds) in [
            ("90", 90),
            ("5m", 300),
            ("8760h", 31_536_000),
            ("30d", 2_592_000),
        ] {
            assert_eq!(Ttl::parse(text).unwrap().secs(), seconds, "{text}");
        }
        for text in ["", "h", "1.5h", "-1h", "12345678901", "1w", "１h"] {
            assert!(Ttl::parse(text).is_none(), "{text}");
        }
        assert_eq!(Ttl::from_days(30).to_string(), "720h");
        assert_eq!(Ttl::from_days(30).words(), "30 days");
        assert_eq!(Ttl::from_hours(1).words(), "1 hour");
    }
}
