//! Policy and reminder as a secret's record keeps them, and when they make it due.

use keyturn_api::{
    DueBy, Interval, IntervalUnit, Reminder, RotationPolicy, SecretPatch, Timestamp,
};
use minicbor::{Decode, Encode};

use super::SecretRecord;
use crate::policy::{History, Verdict, is_ahead, judge};

/// Automatic rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct PolicyRecord {
    #[n(0)]
    interval: u32,
    /// 0: days, 1: months.
    #[n(1)]
    unit: u8,
}

/// A reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ReminderRecord {
    #[n(0)]
    every_days: u32,
    /// Milliseconds since the Unix epoch.
    #[n(1)]
    snoozed_until: Option<i64>,
}

impl PolicyRecord {
    /// None while the instance does not rotate by itself.
    pub(crate) fn of(policy: RotationPolicy) -> Option<Self> {
        policy.every().map(|every| Self {
            interval: every.count,
            unit: match every.unit {
                IntervalUnit::Day => 0,
                IntervalUnit::Month => 1,
            },
        })
    }

    const fn every(self) -> Interval {
        Interval {
            count: self.interval,
            unit: if self.unit == 0 {
                IntervalUnit::Day
            } else {
                IntervalUnit::Month
            },
        }
    }
}

impl From<Reminder> for ReminderRecord {
    fn from(reminder: Reminder) -> Self {
        Self {
            every_days: reminder.every_days,
            snoozed_until: reminder.snoozed_until.map(Timestamp::millis),
        }
    }
}

impl From<ReminderRecord> for Reminder {
    fn from(record: ReminderRecord) -> Self {
        Self {
            every_days: record.every_days,
            snoozed_until: record.snoozed_until.map(Timestamp::from_millis),
        }
    }
}

/// Milliseconds.
const DAY: i64 = 86_400_000;

/// What makes a secret due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) by: DueBy,
    pub(crate) every: Interval,
    pub(crate) snoozed_until: Option<Timestamp>,
}

/// The plan a record keeps.
pub(crate) fn plan(policy: Option<PolicyRecord>, reminder: Option<ReminderRecord>) -> Option<Plan> {
    let rotation = policy.map(|policy| Plan {
        by: DueBy::Rotation,
        every: policy.every(),
        snoozed_until: None,
    });
    rotation.or_else(|| {
        let reminder = Reminder::from(reminder?);
        Some(Plan {
            by: DueBy::Reminder,
            every: reminder.every(),
            snoozed_until: reminder.snoozed_until,
        })
    })
}

impl Plan {
    /// When a secret is due that was rotated then, or whose interval counts from another time.
    pub(crate) fn due_at(&self, rotated_at: i64, counted_from: Option<i64>) -> Timestamp {
        let start = Timestamp::from_millis(counted_from.unwrap_or(rotated_at));
        let due = self.every.after(start);
        self.snoozed_until.map_or(due, |until| until.max(due))
    }
}

impl SecretRecord {
    /// The policy on the wire.
    pub(crate) fn rotation_policy(&self) -> RotationPolicy {
        self.policy.map_or_else(RotationPolicy::default, |policy| {
            let every = policy.every();
            RotationPolicy {
                auto_rotate: true,
                interval: Some(every.count),
                unit: Some(every.unit),
            }
        })
    }

    pub(crate) fn plan(&self) -> Option<Plan> {
        plan(self.policy, self.reminder)
    }

    /// What the plan says now; none without one.
    pub(crate) fn verdict(&self, now: Timestamp) -> Option<Verdict> {
        let plan = self.plan()?;
        let history = History {
            rotated_at: Timestamp::from_millis(self.rotated_at),
            counted_from: self.counted_from.map(Timestamp::from_millis),
        };
        Some(match (judge(plan.every, history, now), self.latest()) {
            (Verdict::Wait(at), Some(latest)) if latest <= now => Verdict::Due(latest.min(at)),
            (Verdict::Wait(at), Some(latest)) => Verdict::Wait(latest.min(at)),
            (verdict, _) => verdict,
        })
    }

    /// When a certificate that rotates by itself does so at the latest, whatever the interval: a
    /// tenth of its life before it ends, a day at most. What has ended cannot rotate any more.
    fn latest(&self) -> Option<Timestamp> {
        let ends = self
            .expires_at
            .filter(|_| self.policy.is_some() && self.secret_type().is_certificate())?;
        let life = ends.saturating_sub(self.rotated_at).max(0);
        Some(Timestamp::from_millis(ends - (life / 10).min(DAY)))
    }

    /// When the index says that it is due; none without a plan.
    pub(crate) fn index_due(&self) -> Option<Timestamp> {
        let due = self.plan()?.due_at(self.rotated_at, self.counted_from);
        Some(self.latest().map_or(due, |latest| latest.min(due)))
    }

    /// Whether the last rotation lies in the future.
    pub(crate) fn is_ahead(&self, now: Timestamp) -> bool {
        is_ahead(Timestamp::from_millis(self.rotated_at), now)
    }

    /// When it is due by policy or reminder, before any putting off.
    pub(crate) fn due_date(&self, now: Timestamp) -> Option<Timestamp> {
        let plan = self.plan()?;
        Some(match self.verdict(now)? {
            Verdict::Wait(at) | Verdict::Due(at) => at,
            Verdict::Recount => plan.every.after(now),
        })
    }

    /// After a rotation the interval begins anew, and nothing is put off any longer.
    pub(crate) fn restart_plan(&mut self) {
        self.counted_from = None;
        if let Some(reminder) = &mut self.reminder {
            reminder.snoozed_until = None;
        }
    }

    /// Takes over what a patch says of policy and reminder.
    pub(crate) fn patch_plan(&mut self, patch: &SecretPatch) {
        if let Some(policy) = patch.rotation {
            self.policy = PolicyRecord::of(policy);
            if self.policy.is_some() {
                self.reminder = None;
            }
        }
        if let Some(reminder) = patch.reminder {
            self.reminder = reminder.map(ReminderRecord::from);
        }
    }
}
