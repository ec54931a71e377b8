//! When a secret is due: a pure function of policy, history and now.

use keyturn_api::{Interval, Timestamp};

/// A last rotation further ahead of the clock than this was made by a clock that was wrong; what is
/// less is the drift of good clocks.
const DRIFT_DAYS: i64 = 1;

/// What is known of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct History {
    /// When the current version was made, by the clock of then.
    pub(crate) rotated_at: Timestamp,
    /// From when the interval counts while `rotated_at` lies in the future.
    pub(crate) counted_from: Option<Timestamp>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing before this time.
    Wait(Timestamp),
    /// It is due since this time.
    Due(Timestamp),
    /// The last rotation lies in the future: the clock was ahead then, or is behind now. The
    /// interval counts from now on, or nothing would happen for as long as the clock was wrong.
    Recount,
}

/// Says what is due.
pub(crate) fn judge(every: Interval, history: History, now: Timestamp) -> Verdict {
    let believable = |at: &Timestamp| *at <= now.plus_days(DRIFT_DAYS);
    let start = Some(history.rotated_at)
        .filter(believable)
        .or_else(|| history.counted_from.filter(believable));
    let Some(start) = start else {
        return Verdict::Recount;
    };
    let due = every.after(start);
    if due <= now {
        Verdict::Due(due)
    } else {
        Verdict::Wait(due)
    }
}

/// Whether a rotation lies so far ahead that only [`judge`] can tell what is due.
pub(crate) fn is_ahead(rotated_at: Timestamp, now: Timestamp) -> bool {
    rotated_at > now.plus_days(DRIFT_DAYS)
}

#[cfg(test)]
mod tests {
    use keyturn_api::IntervalUnit;
    use proptest::prelude::*;

    use super::*;

    const DAY: i64 = 86_400_000;
    /// How often the schedule looks.
    const LOOK: i64 = DAY / 24;

    /// What happens to a secret and to the clock it is judged by.
    #[derive(Clone, Copy, Debug)]
    enum Step {
        /// The program runs for so long.
        Run(i64),
        /// It does not run, or the computer sleeps, for so long.
        Away(i64),
        /// A person rotates.
        Rotate,
        /// A person chooses another interval.
        Every(u32),
        /// The clock is set, by so much.
        Jump(i64),
    }

    fn steps(jumps: bool) -> impl Strategy<Value = Vec<Step>> {
        let jump = u32::from(jumps);
        let step = prop_oneof![
            4 => (1..20 * DAY).prop_map(Step::Run),
            2 => (1..400 * DAY).prop_map(Step::Away),
            1 => Just(Step::Rotate),
            1 => (1u32..120).prop_map(Step::Every),
            jump => (-2000 * DAY..2000 * DAY).prop_map(Step::Jump),
        ];
        prop::collection::vec(step, 1..24)
    }

    /// A secret, the clock, and time as it really passes.
    struct World {
        real: i64,
        ahead: i64,
        every: u32,
        history: History,
        /// Real time of the last rotation, and of the last time the clock was set or the interval
        /// chosen: before that no promise holds.
        rotated: i64,
        disturbed: i64,
        rotations: u32,
    }

    impl World {
        fn new() -> Self {
            let start = 20_000 * DAY;
            Self {
                real: start,
                ahead: 0,
                every: 30,
                history: History {
                    rotated_at: Timestamp::from_millis(start),
                    counted_from: None,
                },
                rotated: start,
                disturbed: start - 1,
                rotations: 0,
            }
        }

        fn now(&self) -> Timestamp {
            Timestamp::from_millis(self.real + self.ahead)
        }

        fn rotate(&mut self) {
            self.history = History {
                rotated_at: self.now(),
                counted_from: None,
            };
            self.rotated = self.real;
        }

        fn interval(&self) -> i64 {
            i64::from(self.every) * DAY
        }

        /// One look of the schedule; whether it rotated.
        fn look(&mut self) -> bool {
            let every = Interval {
                count: self.every,
                unit: IntervalUnit::Day,
            };
            match judge(every, self.history, self.now()) {
                Verdict::Wait(_) => false,
                Verdict::Recount => {
                    self.history.counted_from = Some(self.now());
                    false
                }
                Verdict::Due(_) => {
                    self.rotate();
                    self.rotations += 1;
                    true
                }
            }
        }

        /// Looks as the program does, each time against what really passed.
        fn run(&mut self, span: i64) -> Result<(), TestCaseError> {
            let end = self.real + span;
            loop {
                let since = self.real - self.rotated;
                // Set forward, the clock makes due what is not; nothing else may.
                let undisturbed = self.disturbed < self.rotated;
                if self.look() {
                    prop_assert!(!undisturbed || since >= self.interval(), "early: {since}");
                    prop_assert!(!self.look(), "twice");
                } else if undisturbed {
                    prop_assert!(since < self.interval(), "missed: {since}");
                }
                // However wrong the clock was: an interval after it was last set it has rotated, or
                // at most one more, where it was set back by less than an interval and the last
                // rotation can be believed again.
                let quiet = self.real - self.disturbed.max(self.rotated);
                let latest = 2 * self.interval() + 2 * DRIFT_DAYS * DAY + LOOK;
                prop_assert!(quiet <= latest, "never: {quiet}");
                if self.real >= end {
                    return Ok(());
                }
                self.real = (self.real + LOOK).min(end);
            }
        }

        fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
            match step {
                Step::Run(span) => return self.run(span),
                Step::Away(span) => {
                    self.real += span;
                    // back again: the first look catches up, once
                    let before = self.rotations;
                    self.look();
                    self.look();
                    prop_assert!(self.rotations <= before + 1);
                    // Whether the clock was mended or went on wrong nobody can tell: the benefit
                    // of the doubt is against rotating early.
                    if self.disturbed >= self.rotated {
                        self.disturbed = self.real;
                    }
                }
                Step::Rotate => self.rotate(),
                Step::Every(days) => {
                    self.every = days;
                    self.disturbed = self.real;
                    self.look();
                }
                Step::Jump(by) => {
                    let earliest = DAY - self.real - self.ahead;
                    self.ahead += by.max(earliest);
                    self.disturbed = self.real;
                    let before = self.rotations;
                    self.look();
                    self.look();
                    prop_assert!(self.rotations <= before + 1, "a jump rotates once at most");
                }
            }
            Ok(())
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn with_a_good_clock_nothing_is_early_twice_or_missed(steps in steps(false)) {
            let mut world = World::new();
            for step in steps {
                world.step(step)?;
            }
        }

        #[test]
        fn a_clock_that_jumps_rotates_nothing_twice_and_stops_nothing(steps in steps(true)) {
            let mut world = World::new();
            for step in steps {
                world.step(step)?;
            }
        }
    }

    #[test]
    fn a_clock_that_comes_back_does_not_make_a_fresh_version_due() {
        let every = Interval {
            count: 30,
            unit: IntervalUnit::Day,
        };
        let at = |day: i64| Timestamp::from_millis(day * DAY);
        let mut history = History {
            rotated_at: at(20_000),
            counted_from: None,
        };
        // five years back, noticed
        assert_eq!(judge(every, history, at(18_000)), Verdict::Recount);
        history.counted_from = Some(at(18_000));
        assert_eq!(judge(every, history, at(18_010)), Verdict::Wait(at(18_030)));
        // and forward again: what counts is the rotation itself
        assert_eq!(judge(every, history, at(20_010)), Verdict::Wait(at(20_030)));
    }
}
