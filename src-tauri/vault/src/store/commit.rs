//! What one use case wants written.

use super::Put;

/// What one use case wants written, all or nothing, together with its entry in the ledger.
pub struct Commit<E> {
    /// Revisions the records must still have; `None`: there must be no record under this key.
    pub expect: Vec<(Vec<u8>, Option<u64>)>,
    /// Records to write.
    pub puts: Vec<Put>,
    /// Keys whose records go.
    pub deletes: Vec<Vec<u8>>,
    /// The header's new body, if it changes.
    pub body: Option<NewBody>,
    /// What the ledger shall note in the same transaction.
    pub entry: E,
    /// Called with the generation once the commit is durable and before its caller is told; one
    /// after the other, in the order of commits. It must not commit, nor wait for a lock that
    /// somebody holds who commits.
    pub after: Box<dyn FnOnce(u64) + Send>,
}

/// A change of the header's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBody {
    /// The body that was read; another one is a conflict.
    pub expect: Vec<u8>,
    /// The body to write.
    pub body: Vec<u8>,
}
