//! Policy and reminder as a secret's record keeps them, and when they make it due.

use keyturn_api::{
    DueBy, Interval, IntervalUnit, Reminder, RotationPolicy, SecretPatch, SecretType, Timestamp,
};
use minicbor::{Decode, Encode};

use super::SecretRecord;
use crate::policy::{History, Verdict, is_ahead, judge};

/// Automatic rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct PolicyRecord {
    #[n(0)]
    interval: u32,
    /// 0: days, 1: months, 2: in time before a public certificate ends.
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
        if policy.auto_rotate && policy.rotate_keys.is_some() {
            return Some(Self {
                interval: 0,
                unit: 2,
            });
        }
        policy.every().map(|every| Self {
            interval: every.count,
            unit: match every.unit {
                IntervalUnit::Day => 0,
                IntervalUnit::Month => 1,
                IntervalUnit::Hour => 3,
            },
        })
    }

    const fn every(self) -> Option<Interval> {
        let unit = match self.unit {
            0 => IntervalUnit::Day,
            1 => IntervalUnit::Month,
            3 => IntervalUnit::Hour,
            _ => return None,
        };
        Some(Interval {
            count: self.interval,
            unit,
        })
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
    pub(crate) when: When,
}

/// When it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// So long after the last rotation.
    Every {
        interval: Interval,
        snoozed_until: Option<Timestamp>,
    },
    /// Then: in time before a public certificate ends.
    At(Timestamp),
}

/// The plan a record keeps.
pub(crate) fn plan(
    policy: Option<PolicyRecord>,
    reminder: Option<ReminderRecord>,
    renew_at: Option<i64>,
) -> Option<Plan> {
    let at = renew_at.map(Timestamp::from_millis);
    let (by, when) = match (policy, reminder, at) {
        (Some(policy), _, at) => {
            let every = policy.every().map(|interval| When::Every {
                interval,
                snoozed_until: None,
            });
            (DueBy::Rotation, every.or_else(|| at.map(When::At))?)
        }
        (None, Some(reminder), _) => {
            let reminder = Reminder::from(reminder);
            let every = When::Every {
                interval: reminder.every(),
                snoozed_until: reminder.snoozed_until,
            };
            (DueBy::Reminder, every)
        }
        // nobody orders it unattended, so a person is asked in time
        (None, None, at) => (DueBy::Reminder, When::At(at?)),
    };
    Some(Plan { by, when })
}

impl Plan {
    /// When a secret is due that was rotated then, or whose interval counts from another time.
    fn due_at(&self, rotated_at: i64, counted_from: Option<i64>) -> Timestamp {
        match self.when {
            When::At(at) => at,
            When::Every {
                interval,
                snoozed_until,
            } => {
                let start = Timestamp::from_millis(counted_from.unwrap_or(rotated_at));
                let due = interval.after(start);
                snoozed_until.map_or(due, |until| until.max(due))
            }
        }
    }

    /// Until when it is put off.
    pub(crate) const fn snoozed_until(&self) -> Option<Timestamp> {
        match self.when {
            When::Every { snoozed_until, .. } => snoozed_until,
            When::At(_) => None,
        }
    }
}

/// When the index says that a secret is due; none without a plan. `rotated`: when it was, and from
/// when its interval counts instead.
pub(crate) fn index_due(
    plan: Option<Plan>,
    secret_type: SecretType,
    (rotated_at, counted_from): (i64, Option<i64>),
    expires_at: Option<i64>,
) -> Option<Timestamp> {
    let plan = plan?;
    let due = plan.due_at(rotated_at, counted_from);
    Some(latest(plan, secret_type, rotated_at, expires_at).map_or(due, |latest| latest.min(due)))
}

/// When a certificate or key that rotates by itself does so at the latest, whatever the interval: a
/// tenth of its life before it ends, a day at most. What has ended cannot rotate any more.
fn latest(
    plan: Plan,
    secret_type: SecretType,
    rotated_at: i64,
    expires_at: Option<i64>,
) -> Option<Timestamp> {
    let by_interval = matches!(plan.when, When::Every { .. }) && plan.by == DueBy::Rotation;
    let ends_by_itself = secret_type.is_certificate() || secret_type == SecretType::IamCredentials;
    let ends = expires_at.filter(|_| by_interval && ends_by_itself)?;
    let life = ends.saturating_sub(rotated_at).max(0);
    Some(Timestamp::from_millis(ends - (life / 10).min(DAY)))
}

impl SecretRecord {
    /// The policy on the wire.
    pub(crate) fn rotation_policy(&self) -> RotationPolicy {
        let every = self.policy.and_then(PolicyRecord::every);
        RotationPolicy {
            auto_rotate: self.policy.is_some(),
            interval: every.map(|every| every.count),
            unit: every.map(|every| every.unit),
            rotate_keys: None,
        }
    }

    pub(crate) fn plan(&self) -> Option<Plan> {
        plan(self.policy, self.reminder, self.renew_at)
    }

    /// What the plan says now; none without one.
    pub(crate) fn verdict(&self, now: Timestamp) -> Option<Verdict> {
        let plan = self.plan()?;
        let interval = match plan.when {
            When::At(at) if at <= now => return Some(Verdict::Due(at)),
            When::At(at) => return Some(Verdict::Wait(at)),
            When::Every { interval, .. } => interval,
        };
        let history = History {
            rotated_at: Timestamp::from_millis(self.rotated_at),
            counted_from: self.counted_from.map(Timestamp::from_millis),
        };
        let latest = latest(plan, self.secret_type(), self.rotated_at, self.expires_at);
        Some(match (judge(interval, history, now), latest) {
            (Verdict::Wait(at), Some(latest)) if latest <= now => Verdict::Due(latest.min(at)),
            (Verdict::Wait(at), Some(latest)) => Verdict::Wait(latest.min(at)),
            (verdict, _) => verdict,
        })
    }

    /// When the index says that it is due; none without a plan.
    pub(crate) fn index_due(&self) -> Option<Timestamp> {
        index_due(
            self.plan(),
            self.secret_type(),
            (self.rotated_at, self.counted_from),
            self.expires_at,
        )
    }

    /// Whether the last rotation lies in the future.
    pub(crate) fn is_ahead(&self, now: Timestamp) -> bool {
        is_ahead(Timestamp::from_millis(self.rotated_at), now)
    }

    /// When it is due by policy or reminder, before any putting off.
    pub(crate) fn due_date(&self, now: Timestamp) -> Option<Timestamp> {
        let plan = self.plan()?;
        Some(match (self.verdict(now)?, plan.when) {
            (Verdict::Recount, When::Every { interval, .. }) => interval.after(now),
            (Verdict::Wait(at) | Verdict::Due(at), _) | (Verdict::Recount, When::At(at)) => at,
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
