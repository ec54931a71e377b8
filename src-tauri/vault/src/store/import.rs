//! Many records at once.

use super::{
    Batch, CommitError, Patience, Put, SqliteStore, change, transaction::SqliteTransaction,
};

impl SqliteStore {
    /// Writes `records` besides what `batch` says, however many they are, in one transaction: for
    /// filling a new vault. Fastest when they come in the order of their keys. Others who follow
    /// the vault read it anew.
    pub fn bulk_put(
        &self,
        batch: &Batch,
        records: &mut dyn Iterator<Item = Put>,
    ) -> Result<(), CommitError> {
        let transaction = SqliteTransaction::begin(self.writer(), Patience::Wait)?;
        transaction.write(batch, records)?;
        change::note_everything(transaction.connection(), batch.generation())?;
        Ok(transaction.end("COMMIT")?)
    }
}
