//! Policies: who rotates a secret when, by itself or by being reminded of it.

use jiff::{Span, tz::TimeZone};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Problem, Result, Timestamp};

/// API v2: `CommonRotationPolicy`, for types whose next value the instance can make, and
/// `PublicCertificateRotationPolicy`, which has no interval and says what becomes of the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RotationPolicy {
    /// Whether the instance rotates by itself.
    pub auto_rotate: bool,
    /// So many units after the last rotation; needed when `auto_rotate` is true, but for public
    /// certificates, which have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
    /// What `interval` counts; needed when `auto_rotate` is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<IntervalUnit>,
    /// Whether each rotation makes a new private key. For public certificates only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotate_keys: Option<bool>,
}

/// API v2: `unit` of a rotation policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum IntervalUnit {
    /// Days of 24 hours.
    Day,
    /// Months of the calendar, UTC.
    Month,
    /// Hours; of custom credentials only.
    Hour,
}

/// How long after a rotation the next one is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: IntervalUnit,
}

/// Most months of an interval; days as many as fit into them.
const MONTHS: u32 = 24;
const DAYS: u32 = 731;

impl RotationPolicy {
    /// Checks interval and unit: 1 day to 24 months.
    pub fn check(&self) -> Result<()> {
        let refused = |message: &str| Err(Problem::field("rotation", message));
        if self.rotate_keys.is_some() && (self.interval.is_some() || self.unit.is_some()) {
            return refused(
                "A policy has an interval, or, for public certificates, rotate_keys; not both.",
            );
        }
        if self.unit == Some(IntervalUnit::Hour) {
            return refused("Only custom credentials are rotated by the hour.");
        }
        let most = match self.unit {
            Some(IntervalUnit::Month) => MONTHS,
            _ => DAYS,
        };
        if self
            .interval
            .is_some_and(|count| !(1..=most).contains(&count))
        {
            return refused("The interval is 1 day to 24 months.");
        }
        match (self.auto_rotate, self.interval, self.unit) {
            // a public certificate is rotated in time before it ends
            (true, None, None) if self.rotate_keys.is_some() => Ok(()),
            (true, None, _) | (true, _, None) => {
                refused("Automatic rotation needs an interval and its unit.")
            }
            _ => Ok(()),
        }
    }

    /// [`Self::check`] for the types that rotate at intervals.
    pub fn check_common(&self) -> Result<()> {
        if self.rotate_keys.is_some() {
            return Err(Problem::field(
                "rotation",
                "Only public certificates have rotate_keys.",
            ));
        }
        self.check()
    }

    /// The interval, if the instance rotates by itself.
    pub fn every(&self) -> Option<Interval> {
        Some(Interval {
            count: self.interval?,
            unit: self.unit?,
        })
        .filter(|_| self.auto_rotate)
    }
}

impl Interval {
    /// The end of the interval that begins at `start`. A month later than 31 January is the last
    /// day of February.
    pub fn after(self, start: Timestamp) -> Timestamp {
        match self.unit {
            IntervalUnit::Hour => Timestamp::from_millis(
                (start.millis()).saturating_add(i64::from(self.count) * 3_600_000),
            ),
            IntervalUnit::Day => start.plus_days(self.count.into()),
            IntervalUnit::Month => {
                let months = Span::new().months(i64::from(self.count.min(MONTHS * 100)));
                let later = jiff::Timestamp::from_millisecond(start.millis())
                    .map(|instant| instant.to_zoned_datetime(TimeZone::UTC))
                    .and_then(|date| date.checked_add(months));
                later.map_or_else(
                    |_| start.plus_days(i64::from(self.count) * 31),
                    |date| Timestamp::from_millis(date.timestamp().as_millisecond()),
                )
            }
        }
    }

    /// As people say it: `30 days`, `1 month`.
    pub fn words(self) -> String {
        let unit = match self.unit {
            IntervalUnit::Day => "day",
            IntervalUnit::Month => "month",
            IntervalUnit::Hour => "hour",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        format!("{} {unit}{plural}", self.count)
    }
}

/// A reminder to rotate a secret that cannot rotate alone. Beyond API v2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Due so many days after the last rotation, 1–3,650.
    pub every_days: u32,
    /// Silent until then; the next rotation ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
}

impl Reminder {
    /// Checks the interval.
    pub fn check(&self) -> Result<()> {
        if (1..=3650).contains(&self.every_days) {
            return Ok(());
        }
        Err(Problem::field(
            "reminder",
            "A reminder comes every 1 to 3,650 days.",
        ))
    }

    /// The interval.
    pub const fn every(self) -> Interval {
        Interval {
            count: self.every_days,
            unit: IntervalUnit::Day,
        }
    }
}

/// When a secret is due, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Due {
    /// Who acts.
    pub by: DueBy,
    /// When.
    pub at: Timestamp,
    /// That time has come, and it was not put off.
    pub overdue: bool,
    /// One sentence: how the date comes about.
    pub reason: String,
    /// One sentence: why the instance does not rotate although it is due; absent: it will.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hindrance: Option<String>,
}

/// Who acts when a secret is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DueBy {
    /// The instance rotates it.
    Rotation,
    /// A person is reminded to.
    Reminder,
}

/// What a change of policy would do, told before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyOutlook {
    /// Whether the instance rotates at once.
    pub at_once: bool,
    /// When the next rotation or reminder is due; none: never.
    pub next: Option<Timestamp>,
    /// One sentence: what the policy will do, and when.
    pub effect: String,
    /// Why it cannot be saved; absent: it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hindrance: Option<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let month = |count| Interval {
            count,
            unit: IntervalUnit::Month,
        };
        let cases = [
            ("2026-01-31T10:00:00Z", 1, "2026-02-28T10:00:00Z"),
            ("2024-01-31T10:00:00Z", 1, "2024-02-29T10:00:00Z"),
            ("2026-01-15T10:00:00Z", 24, "2028-01-15T10:00:00Z"),
        ];
        for (start, count, end) in cases {
            assert_eq!(month(count).after(at(start)), at(end));
        }
        let last = Timestamp::from_millis(i64::MAX);
        assert!(month(1).after(last) >= last);
    }

    #[test]
    fn an_interval_is_1_day_to_24_months() {
        let policy = |interval, unit| RotationPolicy {
            auto_rotate: true,
            interval,
            unit,
            rotate_keys: None,
        };
        for (interval, unit) in [(1, IntervalUnit::Day), (24, IntervalUnit::Month)] {
            assert!(policy(Some(interval), Some(unit)).check().is_ok());
        }
        for (interval, unit) in [
            (Some(0), Some(IntervalUnit::Day)),
            (Some(732), Some(IntervalUnit::Day)),
            (Some(25), Some(IntervalUnit::Month)),
            (None, Some(IntervalUnit::Day)),
            (Some(30), None),
        ] {
            let problem = policy(interval, unit).check().unwrap_err();
            assert_eq!(problem.target.unwrap().name, "rotation");
        }
        assert!(RotationPolicy::default().check().is_ok());
        let off = RotationPolicy {
            auto_rotate: false,
            ..policy(Some(0), None)
        };
        assert!(off.check().is_err(), "an interval that is none");
        let keys = |interval| RotationPolicy {
            rotate_keys: Some(true),
            ..policy(interval, interval.map(|_| IntervalUnit::Day))
        };
        assert!(keys(None).check().is_ok() && keys(Some(30)).check().is_err());
    }

    #[test]
    fn a_policy_is_written_as_the_api_has_it() {
        let policy: RotationPolicy =
            serde_json::from_str(r#"{"auto_rotate":true,"interval":1,"unit":"month"}"#).unwrap();
        assert_eq!(policy.every().unwrap().words(), "1 month");
        let off = serde_json::to_string(&RotationPolicy::default()).unwrap();
        assert_eq!(off, r#"{"auto_rotate":false}"#);
        assert!(
            serde_json::from_str::<RotationPolicy>(r#"{"auto_rotate":true,"unit":"week"}"#)
                .is_err()
        );
    }
}
