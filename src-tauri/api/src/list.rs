//! Asking for a page of secrets.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Problem, Result, SecretType, State, fields};

/// Parameters of `list_secrets` (API v2), and what the window can ask besides: states, expiry and
/// further sort keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct ListSecrets {
    /// First row, 0..=10,000,000.
    pub offset: u32,
    /// Rows, 1..=1000; 0 means the default of 200.
    pub limit: u32,
    /// Order; without it by name.
    pub sort: Option<Sort>,
    /// 2–128 characters, looked for in id, name, description, labels and type; case is ignored.
    pub search: Option<String>,
    /// Any of these groups; empty: all.
    pub groups: Vec<String>,
    /// Any of these types; empty: all.
    pub secret_types: Vec<SecretType>,
    /// All of these labels.
    pub match_all_labels: Vec<String>,
    /// Any of these states; empty: all. Not in IBM's API.
    pub states: Vec<State>,
    /// Expires within so many days, or has expired. Not in IBM's API.
    pub expires_within_days: Option<u32>,
    /// Only what is due for rotation. Not in IBM's API.
    pub overdue: bool,
}

impl ListSecrets {
    /// Largest number of days to look ahead: a century.
    pub const DAYS: u32 = 36_525;

    /// Rows asked for.
    pub const fn rows(&self) -> usize {
        if self.limit == 0 {
            200
        } else {
            self.limit as usize
        }
    }

    /// Checks every parameter.
    pub fn check(&self) -> Result<()> {
        let parameter = |name: &str, message: &str| {
            Err(Problem::new(crate::Code::BadRequest, message).at(crate::Target::parameter(name)))
        };
        if self.offset > 10_000_000 {
            return parameter("offset", "The offset is at most 10,000,000.");
        }
        if self.limit > 1000 {
            return parameter("limit", "The limit is at most 1000.");
        }
        if self.groups.len() > 201 {
            return parameter("groups", "At most 201 groups can be named.");
        }
        for group in &self.groups {
            fields::check_group_id(group)
                .map_err(|problem| problem.at(crate::Target::parameter("groups")))?;
        }
        if self.secret_types.len() > SecretType::ALL.len() {
            return parameter("secret_types", "Each type can be named once.");
        }
        if self.states.len() > State::ALL.len() {
            return parameter("states", "Each state can be named once.");
        }
        if self
            .expires_within_days
            .is_some_and(|days| days > Self::DAYS)
        {
            return parameter("expires_within_days", "This is at most 36,525 days.");
        }
        if self.match_all_labels.len() > fields::LABELS {
            return parameter("match_all_labels", "At most 30 labels can be named.");
        }
        self.search.as_deref().map_or(Ok(()), fields::check_search)
    }
}

/// An order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Largest first (`-` before the key on the wire).
    pub descending: bool,
}

/// What a list can be sorted by. The last five are not in IBM's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// UUID.
    Id,
    /// Creation.
    CreatedAt,
    /// Last change.
    UpdatedAt,
    /// Last read of a value.
    RetrievedAt,
    /// Expiry; without one last.
    ExpirationDate,
    /// Type.
    SecretType,
    /// Name, case ignored.
    Name,
    /// Group.
    SecretGroup,
    /// State.
    State,
    /// When the current version was made.
    RotatedAt,
    /// Number of locks.
    LocksTotal,
    /// When it is due for rotation; without a date last.
    Due,
}

impl SortKey {
    /// Those that are not in IBM's API.
    pub const BEYOND: [Self; 5] = [
        Self::SecretGroup,
        Self::State,
        Self::RotatedAt,
        Self::LocksTotal,
        Self::Due,
    ];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::RetrievedAt => "retrieved_at",
            Self::ExpirationDate => "expiration_date",
            Self::SecretType => "secret_type",
            Self::Name => "name",
            Self::SecretGroup => "secret_group",
            Self::State => "state",
            Self::RotatedAt => "rotated_at",
            Self::LocksTotal => "locks_total",
            Self::Due => "due",
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Rows that match, on all pages.
    pub total_count: u32,
    /// First row of this page.
    pub offset: u32,
    /// Rows asked for.
    pub limit: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_have_bounds() {
        assert!(ListSecrets::default().check().is_ok());
        assert!(
            ListSecrets {
                limit: 1001,
                ..Default::default()
            }
            .check()
            .is_err()
        );
        assert!(
            ListSecrets {
                offset: 10_000_001,
                ..Default::default()
            }
            .check()
            .is_err()
        );
        assert!(
            ListSecrets {
                search: Some("x".into()),
                ..Default::default()
            }
            .check()
            .is_err()
        );
        assert_eq!(ListSecrets::default().rows(), 200);
    }
}
