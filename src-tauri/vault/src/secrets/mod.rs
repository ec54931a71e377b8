//! Secrets: one use case a file.

mod create;
mod delete;
mod list;
mod read;
mod update;

pub(crate) use create::{create, kept_metadata, name_taken, seed};
pub(crate) use delete::delete;
pub(crate) use list::{labels, list, overdue_total, reach};
pub(crate) use read::{Found, find, id_by_name, metadata, parse_id, read, reads, reads_of, view};
pub(crate) use update::{outlook, update};

use keyturn_api::{Action, Availability, Caller, State, Timestamp};

use crate::{
    records::SecretRecord,
    rotation::iam_credentials::{check_reused, is_leased},
    versions::check_rotates,
};

/// Which actions the caller can do on a secret now, and why not.
pub(crate) fn availability(caller: &Caller, record: &SecretRecord, now: Timestamp) -> Availability {
    let role = |action: Action| caller.may(action).err().map(|problem| problem.message);
    let state = match record.state(now) {
        State::Active => None,
        State::PreActivation => Some("The secret has no value yet.".to_owned()),
        State::Suspended => Some("The secret is suspended.".to_owned()),
        State::Deactivated => {
            Some("Creating the secret failed; it can only be deleted.".to_owned())
        }
        State::Destroyed => Some("The secret has expired; it can only be deleted.".to_owned()),
    };
    Availability {
        view: role(Action::SecretRead)
            .or_else(|| state.clone())
            .or_else(|| no_lease(record)),
        rotate: role(Action::SecretVersionCreate)
            .or_else(|| check_reused(record).err().map(|problem| problem.message))
            .or_else(|| {
                check_rotates(record, now)
                    .is_err()
                    .then_some(state)
                    .flatten()
            }),
        edit: role(Action::SecretMetadataUpdate),
        delete: role(Action::SecretDelete).or_else(|| {
            (record.locks_total() > 0)
                .then(|| "The secret is locked. Remove its locks first.".to_owned())
        }),
    }
}

/// Why no key can be made for a reader, where each reading makes one.
fn no_lease(record: &SecretRecord) -> Option<String> {
    let held = record.locks_total() > 0 && is_leased(record);
    held.then(|| {
        "The secret is locked, and reading it makes a new API key. Remove its locks first."
            .to_owned()
    })
}
