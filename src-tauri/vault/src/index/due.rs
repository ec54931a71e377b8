//! What the clock brings about: due rotations and reminders, and expiry.

use std::collections::HashMap;

use keyturn_api::{State, Timestamp};
use uuid::Uuid;

use super::{Index, NEVER, Row};
use crate::policy::is_ahead;

/// What is in a group.
#[derive(Debug, Default)]
pub(crate) struct Inside {
    pub(crate) total: u32,
    pub(crate) some: Vec<Uuid>,
}

impl Row {
    /// Due for rotation, by itself or by a person, and not put off.
    pub(super) fn is_overdue(&self, now: Timestamp) -> bool {
        self.due_at <= now && self.state_at(now) == State::Active
    }
}

impl Index {
    /// How many secrets are overdue, of the groups that `reaches` lets through.
    pub(crate) fn overdue_total(&self, now: Timestamp, reaches: impl Fn(Uuid) -> bool) -> usize {
        self.live()
            .filter(|row| row.is_overdue(now) && reaches(row.group))
            .count()
    }

    /// Secrets whose policy wants to be looked at: those that are due to rotate by themselves, and
    /// those whose last rotation lies in the future, or did.
    pub(crate) fn due(&self, now: Timestamp) -> Vec<Uuid> {
        self.live()
            .filter(|row| {
                let ahead = row.due_at != NEVER && is_ahead(row.rotated_at, now);
                let due =
                    row.marks.rotates && row.due_at <= now && row.state_at(now) == State::Active;
                due || ahead || row.marks.recounted
            })
            .map(|row| row.id)
            .collect()
    }

    /// Secrets whose expiry was seen, and whose date has not come after all: the clock was wrong, or
    /// the date is another one.
    pub(crate) fn wrongly_marked(&self, now: Timestamp) -> Vec<Uuid> {
        self.live()
            .filter(|row| row.marks.expiry_seen && row.state_at(now) == State::Active)
            .map(|row| row.id)
            .collect()
    }

    /// Secrets whose date has come and whose values are still kept.
    pub(crate) fn expired(&self, now: Timestamp) -> Vec<Uuid> {
        self.live()
            .filter(|row| row.state == State::Active && row.state_at(now) == State::Destroyed)
            .map(|row| row.id)
            .collect()
    }

    /// The next time after `now` at which the clock alone changes what lists show.
    pub(crate) fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.live()
            .flat_map(|row| [row.due_at, row.expires_at])
            .filter(|at| *at > now && *at != NEVER)
            .min()
    }

    /// How many secrets are in each group that is not empty, and some of them.
    pub(crate) fn by_group(&self, some: usize) -> HashMap<Uuid, Inside> {
        let mut groups: HashMap<Uuid, Inside> = HashMap::new();
        for row in self.live() {
            let inside = groups.entry(row.group).or_default();
            inside.total += 1;
            if inside.some.len() < some {
                inside.some.push(row.id);
            }
        }
        groups
    }

    /// Secrets that have locks, by name, of the groups that `reaches` lets through.
    pub(crate) fn locked(&self, reaches: impl Fn(Uuid) -> bool) -> Vec<Uuid> {
        self.by_name
            .iter()
            .map(|&slot| self.row(slot))
            .filter(|row| row.live && row.locks > 0 && reaches(row.group))
            .map(|row| row.id)
            .collect()
    }

    fn live(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.live)
    }
}
