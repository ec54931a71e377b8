//! Points in time as the API writes them.

use std::fmt;

use jiff::{
    SignedDuration, Timestamp as Instant, Unit,
    civil::{DateTime, date},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use specta::Type;

/// A point in time: milliseconds since the Unix epoch inside, RFC 3339 in UTC to the second on
/// the wire (`2022-06-27T11:58:15Z`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Type)]
#[specta(type = String)]
pub struct Timestamp(i64);

const UNIX_EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);

impl Timestamp {
    /// 1 January 1970, which the API uses for "never" in `retrieved_at`.
    pub const EPOCH: Self = Self(0);

    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This time plus `days` of 24 hours.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(86_400_000)))
    }

    /// Reads an RFC 3339 date-time; years 1970 to 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let Ok(instant) = text.parse::<Instant>() else {
            return Self::parse_last_day(text);
        };
        let millis = instant.as_millisecond();
        (millis >= 0).then_some(Self(millis))
    }

    /// Instants end 26 hours before the year 10,000, so that they have a date in every time zone.
    /// `99991231235959Z` means "no end" in certificates (RFC 5280 section 4.1.2.5).
    fn parse_last_day(text: &str) -> Option<Self> {
        let date: DateTime = text.strip_suffix('Z')?.parse().ok()?;
        let since = date.since((Unit::Second, UNIX_EPOCH)).ok()?;
        since.get_seconds().checked_mul(1000).map(Self)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.div_euclid(1000);
        if let Ok(instant) = Instant::from_second(seconds) {
            return write!(f, "{instant}");
        }
        match UNIX_EPOCH.checked_add(SignedDuration::from_secs(seconds)) {
            Ok(date) => write!(f, "{date}Z"),
            Err(_) => f.write_str("9999-12-31T23:59:59Z"),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not a date-time of RFC 3339"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_seconds_in_utc() {
        assert_eq!(
            Timestamp::from_millis(1_656_331_095_999).to_string(),
            "2022-06-27T11:58:15Z"
        );
        assert_eq!(Timestamp::EPOCH.to_string(), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn reads_offsets_and_refuses_the_rest() {
        let read = Timestamp::parse("2022-06-27T13:58:15+02:00").unwrap();
        assert_eq!(read.to_string(), "2022-06-27T11:58:15Z");
        for bad in [
            "",
            "2022-06-27",
            "tomorrow",
            "1969-12-31T23:59:59Z",
            "2022-13-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_end_that_is_none_is_written_and_read_as_it_stands() {
        let end = Timestamp::from_millis(253_402_300_799_000);
        assert_eq!(end.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::parse("9999-12-31T23:59:59Z"), Some(end));
        assert_eq!(Timestamp::parse("9999-12-31T23:59:60"), None);
        let noon = Timestamp::from_millis(253_402_257_600_000);
        assert_eq!(noon.to_string(), "9999-12-31T12:00:00Z");
    }

    #[test]
    fn far_future_does_not_panic() {
        let _ = Timestamp::from_millis(i64::MAX)
            .plus_days(i64::MAX)
            .to_string();
    }
}
