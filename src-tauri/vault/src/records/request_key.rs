//! The private key of a managed request, which waits for its certificate: a value, so it has a record
//! of its own and is opened when a certificate comes.

use keyturn_api::{Plaintext, Problem, Result};
use uuid::Uuid;

use super::{SecretRecord, key};
use crate::{
    opened::{Opened, Write},
    problem,
    seal::{Keys, Kind, RecordId},
};

fn request_key(id: Uuid) -> Vec<u8> {
    key(b"k/", id.as_bytes())
}

const fn record_id(id: Uuid) -> RecordId {
    RecordId {
        kind: Kind::Secret,
        object: id,
        field: 1,
        version: 0,
    }
}

/// The key that is kept for a secret.
pub(crate) fn open_request_key(vault: &Opened, id: Uuid) -> Result<Plaintext> {
    let row = vault
        .get(&request_key(id))?
        .ok_or_else(|| Problem::not_found("private key of the request"))?;
    let record_id = record_id(id);
    let plain = vault
        .keys()
        .open(&record_id, &row.value)
        .map_err(|error| problem::damaged(&record_id, error))?;
    Ok(Plaintext::stored(plain.expose().to_vec(), false))
}

impl SecretRecord {
    /// Puts the key into the write that puts the record, which is what others expect.
    pub(crate) fn put_request_key(
        &mut self,
        keys: &Keys,
        id: Uuid,
        private_key: &Plaintext,
        write: &mut Write,
    ) {
        self.request_key = Some(true);
        write.put(
            request_key(id),
            keys.seal(&record_id(id), private_key.bytes()),
        );
    }

    /// Takes the key away with the secret.
    pub(crate) fn delete_request_key(&self, id: Uuid, write: &mut Write) {
        if self.request_key.is_some() {
            write.delete(request_key(id));
        }
    }
}
