//! Locks.

use super::{
    members::{Members, typed},
    page, tolerance,
};
use crate::{
    Lock, Page, Result, SecretLocks,
    wire::{
        known::{OTHER, unknown},
        plain::lock_members,
    },
};

const WHAT: &str = "the locks of a secret";
const LIST: &str = "the locks of secrets";

/// A page of `list_secret_locks` or `list_secret_version_locks`.
pub fn locks(answer: &[u8]) -> Result<Page<Lock>> {
    page::read(WHAT, answer, "locks", |text| {
        let came = Members::within(WHAT, text)?.rest()?;
        let mut members = came.clone();
        members.remove(OTHER);
        let mut lock: Lock = typed(WHAT, members)?;
        lock.other = unknown(&came, &lock_members(&lock)).into_iter().collect();
        Ok(lock)
    })
}

/// `SecretLocks`: what creating and deleting locks answers.
pub fn secret_locks(answer: &[u8]) -> Result<SecretLocks> {
    read(Members::whole(WHAT, answer)?)
}

/// A page of `list_secrets_locks`.
pub fn secrets_locks(answer: &[u8]) -> Result<Page<SecretLocks>> {
    page::read(LIST, answer, "secrets_locks", |text| {
        read(Members::within(LIST, text)?)
    })
}

fn read(answer: Members<'_>) -> Result<SecretLocks> {
    let mut members = answer.rest()?;
    tolerance::secret_locks(&mut members);
    typed(WHAT, members)
}
