//! Who asks, and which role each action needs.

mod action;
pub use action::Action;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Code, Problem, Result};

/// Service roles of Secrets Manager.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
pub enum Role {
    /// Sees metadata.
    Reader,
    /// Sees metadata and reads values.
    SecretsReader,
    /// Also creates, rotates and edits.
    Writer,
    /// Also deletes, and manages groups, locks and configurations.
    Manager,
}

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole instance.
    Instance,
    /// These secret groups only.
    Groups(BTreeSet<String>),
}

/// Through which face a call comes; decides when a read is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// The window: a value shown or copied is recorded first.
    Window,
    /// The command line.
    CommandLine,
    /// The HTTP API: reads are recorded in groups within a second after the answer.
    Api,
    /// The schedule: nobody asked, a policy was due.
    Schedule,
}

/// Who asks: every call of an [`Instance`](crate::Instance) carries one.
#[derive(Clone, Debug)]
pub struct Caller {
    /// `local:{user name}` or `apikey:{name}`; becomes `created_by`.
    pub id: String,
    /// The role it has.
    pub role: Role,
    /// Where it has that role.
    pub scope: Scope,
    /// The face it comes through.
    pub surface: Surface,
}

impl Caller {
    /// The person at this computer: Manager of their own vault.
    pub fn owner(user: &str, surface: Surface) -> Self {
        Self {
            id: format!("local:{user}"),
            role: Role::Manager,
            scope: Scope::Instance,
            surface,
        }
    }

    /// Somebody who showed no token: reaches nothing.
    pub fn nobody() -> Self {
        Self {
            id: "nobody".to_owned(),
            role: Role::Reader,
            scope: Scope::Groups(BTreeSet::new()),
            surface: Surface::Api,
        }
    }

    /// Whoever does what policies ask for.
    pub fn schedule() -> Self {
        Self {
            id: "local:schedule".to_owned(),
            role: Role::Manager,
            scope: Scope::Instance,
            surface: Surface::Schedule,
        }
    }

    /// Refuses what the role lacks, before anything is looked up.
    pub fn may(&self, action: Action) -> Result<()> {
        if action.needs_instance() && self.scope != Scope::Instance {
            return Err(Problem::new(
                Code::Forbidden,
                format!(
                    "A role for some secret groups does not allow {}.",
                    action.name()
                ),
            )
            .remedy("Ask a Manager of this instance for a role in the whole instance."));
        }
        if action.roles().contains(&self.role) {
            return Ok(());
        }
        Err(Problem::new(
            Code::Forbidden,
            format!("The role {:?} does not allow {}.", self.role, action.name()),
        )
        .remedy("Ask a Manager of this instance for a role that does."))
    }

    /// Whether a secret group is within the caller's reach; outside it a secret reads as unknown.
    pub fn reaches(&self, group: &str) -> bool {
        match &self.scope {
            Scope::Instance => true,
            Scope::Groups(groups) => groups.contains(group),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(role: Role) -> Caller {
        Caller {
            id: "t".into(),
            role,
            scope: Scope::Instance,
            surface: Surface::Api,
        }
    }

    #[test]
    fn a_reader_reads_no_values_and_a_writer_deletes_nothing() {
        assert!(caller(Role::Reader).may(Action::SecretsList).is_ok());
        assert_eq!(
            caller(Role::Reader)
                .may(Action::SecretRead)
                .unwrap_err()
                .code,
            Code::Forbidden
        );
        assert!(caller(Role::SecretsReader).may(Action::SecretRead).is_ok());
        assert!(
            caller(Role::SecretsReader)
                .may(Action::SecretVersionCreate)
                .is_err()
        );
        assert!(
            caller(Role::Writer)
                .may(Action::SecretVersionCreate)
                .is_ok()
        );
        assert!(caller(Role::Writer).may(Action::SecretDelete).is_err());
        for action in Action::ALL {
            // the one that only a job in a cloud may
            if action == Action::SecretTaskUpdate {
                continue;
            }
            assert!(caller(Role::Manager).may(action).is_ok(), "{action:?}");
        }
    }

    #[test]
    fn a_scoped_role_reaches_its_groups_only() {
        let mut scoped = caller(Role::Manager);
        scoped.scope = Scope::Groups(BTreeSet::from(["default".to_owned()]));
        assert!(scoped.may(Action::SecretCreate).is_ok());
        assert!(scoped.may(Action::ConfigurationsList).is_err());
        assert!(scoped.reaches("default"));
        assert!(!scoped.reaches("7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11"));
    }
}
