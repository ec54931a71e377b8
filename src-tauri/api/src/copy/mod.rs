//! Copying a secret to another instance: what comes along, what cannot and why (`plan`), and doing
//! it with a check by reading back (`run`). Both ends are any [`Instance`].
//!
//! **Invariants:** values are [`Plaintext`](crate::Plaintext) all the way, one version at a time.
//! Nothing of the source changes; that its values were read is recorded there. A value is given, never
//! generated. The source's current version always comes along, as the copy's current one.

mod group;
mod plan;
mod run;
mod value;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use plan::plan;
pub use run::run;

use crate::{Caller, Instance, Problem, SecretType, Timestamp};

/// One end of a copy.
#[derive(Clone, Copy)]
pub struct CopySide<'a> {
    /// The instance.
    pub instance: &'a dyn Instance,
    /// Who asks it.
    pub caller: &'a Caller,
    /// Whether it is one of Keyturn, which knows what goes beyond API v2.
    pub is_keyturn: bool,
}

/// What is to be copied, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CopyRequest {
    /// The secret, in the source.
    pub secret_id: String,
    /// Its name in the target; absent: the same.
    pub name: Option<String>,
    /// Its group in the target.
    pub group: CopyGroup,
}

/// The group of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CopyGroup {
    /// The one with the same name, or `default` where there is none.
    SameName,
    /// This one.
    Existing {
        /// Its id.
        id: String,
    },
    /// One that is created.
    New {
        /// Its name.
        name: String,
    },
}

/// What a copy will be, told before it is made.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct CopyPlan {
    /// The secret, in the source.
    pub secret_id: String,
    /// Its name there.
    pub source_name: String,
    /// Name of its group there.
    pub source_group: String,
    /// Type of it there.
    pub source_type: SecretType,
    /// Name of the copy.
    pub name: String,
    /// Type of the copy.
    pub secret_type: SecretType,
    /// Group of the copy.
    pub group: PlannedGroup,
    /// The groups of the target, `default` first.
    pub groups: Vec<PlannedGroup>,
    /// Every version of the source, oldest first.
    pub versions: Vec<PlannedVersion>,
    /// How many of them come along.
    pub copied_total: u32,
    /// What does not come along, or becomes something else; one sentence each.
    pub notes: Vec<String>,
    /// A name that is free, where the wished one is taken.
    pub suggested_name: Option<String>,
    /// Why it cannot be copied; absent: it can.
    pub hindrance: Option<Problem>,
}

/// A group in the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PlannedGroup {
    /// Its id; absent: it is created.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
}

/// A version of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PlannedVersion {
    /// Its number there.
    pub number: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Why it stays behind; absent: it comes along.
    pub left_behind: Option<String>,
}

/// Hears how far a copy is, and may end it between two versions.
pub trait CopyWatch: Send + Sync {
    /// So many of all versions are there, and were read back.
    fn progressed(&self, done: u32, total: u32);

    /// Whether to end it before the next version.
    fn is_cancelled(&self) -> bool;
}

/// What became of a copy.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct CopyReport {
    /// Name of the copy.
    pub name: String,
    /// Id of the copy, as soon as there is something.
    pub secret_id: Option<String>,
    /// Name of a group that was created for it.
    pub created_group: Option<String>,
    /// What is there, oldest first; each was read back and is the same.
    pub versions: Vec<CopiedVersion>,
    /// How many were to come.
    pub planned_total: u32,
    /// What of the metadata reads back otherwise; one sentence each.
    pub differences: Vec<String>,
    /// How it ended.
    pub outcome: CopyOutcome,
}

/// A version of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CopiedVersion {
    /// Its id in the target.
    pub id: String,
    /// Its number in the source.
    pub source_number: u32,
    /// Its number in the target.
    pub number: u32,
    /// Whether the target still keeps its value, now that newer ones came.
    pub kept: bool,
}

/// How a copy ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CopyOutcome {
    /// Every version is there, and was read back.
    Checked,
    /// It was ended in between. What is there is a part.
    Cancelled,
    /// It failed in between. What is there is a part.
    Failed {
        /// Why.
        problem: Problem,
    },
}
