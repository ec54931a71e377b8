//! The write transaction.

use std::sync::MutexGuard;

use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    Batch, CommitError, Patience, Put, StoreError, Transaction, change, connection::Writer,
};

/// Longest key.
pub(super) const KEY_LIMIT: usize = 1024;
/// Longest value: half of what SQLite is told to accept, so that every row fits.
pub(super) const VALUE_LIMIT: usize = super::connection::LENGTH_LIMIT / 2;

/// SQLite's write transaction, holding the one connection that writes.
pub(super) struct SqliteTransaction<'a> {
    writer: MutexGuard<'a, Writer>,
    generation: u64,
}

impl<'a> SqliteTransaction<'a> {
    pub(super) fn begin(
        writer: MutexGuard<'a, Writer>,
        patience: Patience,
    ) -> Result<Self, StoreError> {
        writer.be(patience);
        // From here on, dropping it rolls back.
        let mut begun = Self {
            writer,
            generation: 0,
        };
        if !begun.connection().is_autocommit() {
            begun.end("ROLLBACK")?;
        }
        begun.end("BEGIN IMMEDIATE")?;
        let generation = begun
            .connection()
            .prepare_cached("SELECT generation FROM head WHERE id = 0")?
            .query_row([], |row| row.get(0))?;
        begun.generation = unsigned(generation)?;
        Ok(begun)
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.writer.connection
    }

    /// Writes `rows` besides what `batch` says; `change` lists them, or does not.
    pub(super) fn write(
        &self,
        batch: &Batch,
        rows: impl Iterator<Item = Put>,
    ) -> Result<(), CommitError> {
        if batch.expect_generation != self.generation {
            return Err(CommitError::Stale);
        }
        let connection = self.connection();
        let generation = signed(batch.generation())?;
        {
            let mut put = connection.prepare_cached(
                "INSERT INTO record(key, revision, value) VALUES(?1, ?2, ?3) \
                 ON CONFLICT(key) DO UPDATE SET revision = ?2, value = ?3",
            )?;
            for (key, value) in &batch.puts {
                fits(key, value)?;
                put.execute((key, generation, value))?;
            }
            for (key, value) in rows {
                fits(&key, &value)?;
                put.execute((key, generation, value))?;
            }
        }
        if !batch.deletes.is_empty() {
            let mut delete = connection.prepare_cached("DELETE FROM record WHERE key = ?1")?;
            for key in &batch.deletes {
                delete.execute([key])?;
            }
        }
        let updated = connection
            .prepare_cached(
                "UPDATE head SET generation = ?1, manifest = ?2, mac = ?3 WHERE id = 0",
            )?
            .execute((generation, batch.manifest, batch.mac))?;
        if updated != 1 {
            return Err(StoreError::Damaged("the header is missing").into());
        }
        if let Some(body) = &batch.body {
            connection
                .prepare_cached("UPDATE head SET body = ?1 WHERE id = 0")?
                .execute([body])?;
        }
        Ok(())
    }

    pub(super) fn end(&self, statement: &str) -> Result<(), StoreError> {
        self.connection().prepare_cached(statement)?.execute([])?;
        Ok(())
    }
}

impl Transaction for SqliteTransaction<'_> {
    fn generation(&self) -> u64 {
        self.generation
    }

    fn revision(&self, key: &[u8]) -> Result<Option<u64>, StoreError> {
        let revision = self
            .connection()
            .prepare_cached("SELECT revision FROM record WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        revision.map(unsigned).transpose()
    }

    fn body(&self) -> Result<Vec<u8>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT body FROM head WHERE id = 0")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn commit(self: Box<Self>, batch: &Batch) -> Result<(), CommitError> {
        self.write(batch, std::iter::empty())?;
        change::note(self.connection(), batch)?;
        Ok(self.end("COMMIT")?)
    }
}

impl Drop for SqliteTransaction<'_> {
    fn drop(&mut self) {
        if !self.connection().is_autocommit() {
            // If it fails, the next transaction tries again before it begins.
            let _ = self.end("ROLLBACK");
        }
    }
}

/// Whether the store keeps a record of this size.
pub(super) fn fits(key: &[u8], value: &[u8]) -> Result<(), StoreError> {
    let fits = key.len() <= KEY_LIMIT && value.len() <= VALUE_LIMIT;
    if fits {
        Ok(())
    } else {
        Err(StoreError::TooLarge)
    }
}

/// A generation as SQLite keeps it.
pub(super) fn signed(generation: u64) -> Result<i64, StoreError> {
    i64::try_from(generation).map_err(|_| StoreError::Damaged("a generation is out of range"))
}

/// A generation as SQLite gave it.
pub(super) fn unsigned(generation: i64) -> Result<u64, StoreError> {
    u64::try_from(generation).map_err(|_| StoreError::Damaged("a generation is out of range"))
}

/// The revision in a column.
pub(super) fn revision(row: &Row<'_>, column: usize) -> Result<u64, StoreError> {
    unsigned(row.get(column)?)
}
