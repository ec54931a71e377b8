//! What a use case writes, all or nothing.

use keyturn_api::{Code, Problem, Timestamp};
use uuid::Uuid;

use crate::{
    audit::Entry,
    records::{ApiKeysRecord, SecretRecord},
};

/// What a use case wants written, all or nothing, with its audit record.
#[derive(Clone)]
pub(crate) struct Write {
    pub(super) expect: Vec<(Vec<u8>, Option<u64>)>,
    pub(super) puts: Vec<(Vec<u8>, Vec<u8>)>,
    pub(super) deletes: Vec<Vec<u8>>,
    pub(super) audit: Entry,
    pub(super) index: Vec<IndexChange>,
}

/// What the index shows otherwise then.
#[derive(Clone)]
pub(super) enum IndexChange {
    Put(Uuid, Box<SecretRecord>),
    Remove(Uuid),
    Read(Uuid, Timestamp),
    ApiKeys(Box<ApiKeysRecord>),
}

/// Why nothing was written.
pub(crate) enum WriteError {
    /// A record is not as it was expected: read again and decide again.
    Conflict,
    /// It cannot be written.
    Failed(Problem),
}

impl WriteError {
    /// For writes that expect nothing.
    pub(crate) fn into_problem(self) -> Problem {
        match self {
            Self::Failed(problem) => problem,
            Self::Conflict => Problem::new(Code::Conflict, "Somebody else changed this just now.")
                .remedy("Look at the change, then decide again."),
        }
    }
}

impl Write {
    pub(crate) fn new(audit: Entry) -> Self {
        Self {
            expect: Vec::with_capacity(2),
            puts: Vec::with_capacity(4),
            deletes: Vec::new(),
            audit,
            index: Vec::with_capacity(1),
        }
    }

    /// The record must have this revision; none: must not be there.
    pub(crate) fn expect(&mut self, key: Vec<u8>, revision: Option<u64>) {
        self.expect.push((key, revision));
    }

    /// The same for a record that another revision was expected of, if one was.
    pub(crate) fn expect_again(&mut self, key: &[u8], revision: Option<u64>) {
        for (expected, of) in &mut self.expect {
            if expected.as_slice() == key {
                *of = revision;
            }
        }
    }

    pub(crate) fn put(&mut self, key: Vec<u8>, sealed: Vec<u8>) {
        self.puts.push((key, sealed));
    }

    pub(crate) fn delete(&mut self, key: Vec<u8>) {
        self.deletes.push(key);
    }

    /// The index shows the secret like this afterwards.
    pub(crate) fn index_put(&mut self, id: Uuid, record: &SecretRecord) {
        self.index
            .push(IndexChange::Put(id, Box::new(record.clone())));
    }

    pub(crate) fn index_remove(&mut self, id: Uuid) {
        self.index.push(IndexChange::Remove(id));
    }

    pub(crate) fn index_read(&mut self, id: Uuid, at: Timestamp) {
        self.index.push(IndexChange::Read(id, at));
    }

    /// Programs come in with these keys afterwards.
    pub(crate) fn index_api_keys(&mut self, keys: ApiKeysRecord) {
        self.index.push(IndexChange::ApiKeys(Box::new(keys)));
    }
}
