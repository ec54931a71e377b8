//! The store in one SQLite file.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OptionalExtension};

use super::{
    Changes, Each, Head, Order, Patience, Put, Row, Scan, Store, StoreError, Transaction, change,
    connection::{self, Writer},
    place::{self, Draft},
    readers::Readers,
    schema,
    transaction::{SqliteTransaction, fits, revision, signed, unsigned},
};

/// A vault's file. Dropped, it moves the log into the file and leaves nothing beside it, unless
/// another process still has the vault open.
pub struct SqliteStore {
    path: PathBuf,
    writer: Mutex<Writer>,
    readers: Readers,
}

impl SqliteStore {
    /// Makes a vault with this header and these records, whole or not at all, and opens it. The
    /// folder is made, too, if it is missing.
    pub fn create(path: &Path, head: &Head, records: &[Put]) -> Result<Self, StoreError> {
        let draft = Draft::begin(path)?;
        let writer = Writer::open(draft.path())?;
        let connection = &writer.connection;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        schema::create(connection, head)?;
        for (key, value) in records {
            fits(key, value)?;
            connection
                .prepare_cached("INSERT INTO record(key, revision, value) VALUES(?1, ?2, ?3)")?
                .execute((key, signed(head.generation)?, value))?;
        }
        connection.execute_batch("COMMIT")?;
        close(writer.connection)?;
        Self::open(&draft.publish()?)
    }

    /// Opens a vault, after having checked that it is one and that it is private.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let (path, _) = inspect(path)?;
        let writer = Mutex::new(Writer::open(&path)?);
        Ok(Self {
            readers: Readers::new(path.clone()),
            writer,
            path,
        })
    }

    /// The head of a vault, read without opening it for writing: nothing is changed on the disk,
    /// not even a log that a crash left behind.
    pub fn peek(path: &Path) -> Result<Head, StoreError> {
        inspect(path).map(|(_, head)| head)
    }

    /// The vault's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the whole file and checks that its pages fit together. Takes about a second per
    /// gigabyte.
    pub fn check(&self) -> Result<(), StoreError> {
        self.readers.read(|connection| {
            let verdict: String =
                connection.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
            if verdict == "ok" {
                Ok(())
            } else {
                Err(StoreError::Damaged("its pages do not fit together"))
            }
        })
    }

    /// How many records a scan would give, its limit aside.
    pub(crate) fn count(&self, scan: &Scan) -> Result<usize, StoreError> {
        self.readers.read(|connection| {
            let keys = keys_of(scan);
            let count: i64 = connection
                .prepare_cached(&format!("SELECT count(*) FROM record WHERE {keys}"))?
                .query_row((&scan.from, &scan.until), |row| row.get(0))?;
            usize::try_from(count).map_err(|_| StoreError::Damaged("a count is out of range"))
        })
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The version of SQLite that is built in.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

impl Store for SqliteStore {
    fn get(&self, key: &[u8]) -> Result<Option<Row>, StoreError> {
        self.readers.read(|connection| {
            let row = connection
                .prepare_cached("SELECT revision, value FROM record WHERE key = ?1")?
                .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            row.map(|(revision, value)| {
                Ok(Row {
                    revision: unsigned(revision)?,
                    value,
                })
            })
            .transpose()
        })
    }

    fn get_all(&self, keys: &[&[u8]]) -> Result<Vec<Option<Row>>, StoreError> {
        let marks = vec!["?"; keys.len()].join(",");
        let query = format!("SELECT key, revision, value FROM record WHERE key IN ({marks})");
        self.readers.read(|connection| {
            let mut found = vec![None; keys.len()];
            let mut statement = connection.prepare_cached(&query)?;
            let mut rows = statement.query(rusqlite::params_from_iter(keys))?;
            while let Some(row) = rows.next()? {
                let key = row.get_ref(0)?.as_blob().unwrap_or_default();
                let Some(at) = keys.iter().position(|wanted| *wanted == key) else {
                    continue;
                };
                found[at] = Some(Row {
                    revision: unsigned(row.get(1)?)?,
                    value: row.get(2)?,
                });
            }
            Ok(found)
        })
    }

    fn scan(&self, scan: &Scan, each: Each<'_>) -> Result<(), StoreError> {
        self.readers.read(|connection| walk(connection, scan, each))
    }

    fn head(&self) -> Result<Head, StoreError> {
        self.readers.read(connection::head)
    }

    fn generation(&self) -> Result<u64, StoreError> {
        self.readers.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT generation FROM head WHERE id = 0")?;
            unsigned(statement.query_row([], |row| row.get(0))?)
        })
    }

    fn changes(&self, since: u64) -> Result<Changes, StoreError> {
        self.readers.read(|connection| {
            let _one_state = connection.unchecked_transaction()?;
            change::since(connection, since)
        })
    }

    fn begin(&self, patience: Patience) -> Result<Box<dyn Transaction + '_>, StoreError> {
        Ok(Box::new(SqliteTransaction::begin(self.writer(), patience)?))
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.readers.close();
        let writer = self.writer();
        writer.be(Patience::None);
        // Not if others use the vault: then the log stays with them, and nothing is lost.
        let _ = writer
            .connection
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn inspect(path: &Path) -> Result<(PathBuf, Head), StoreError> {
    let path = place::check(path)?;
    let head = connection::inspect(&path)?;
    if place::is_cut(&path)? {
        return Err(StoreError::Damaged("the file ends too early"));
    }
    Ok((path, head))
}

/// Closes a file that nobody else has open yet, with all of it in the file itself. Closing alone
/// moves the log, too, but keeps quiet when that fails, for instance for want of space.
fn close(connection: Connection) -> Result<(), StoreError> {
    let left: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(1))?;
    if left != 0 {
        return Err(StoreError::Io(io::ErrorKind::WriteZero));
    }
    connection.close().map_err(|(_, error)| error.into())
}

fn keys_of(scan: &Scan) -> &'static str {
    match scan.until {
        Some(_) => "key >= ?1 AND key < ?2",
        None => "key >= ?1 AND ?2 IS NULL",
    }
}

fn walk(connection: &Connection, scan: &Scan, each: Each<'_>) -> Result<(), StoreError> {
    let keys = keys_of(scan);
    let (rows, order) = match scan.order {
        Order::Ascending => (keys.to_owned(), "ORDER BY key"),
        Order::Descending => (keys.to_owned(), "ORDER BY key DESC"),
        // The inner query reads the small index of keys alone; the ids then come sorted, and the
        // records are read as they lie on the disk.
        Order::Stored => (format!("id IN (SELECT id FROM record WHERE {keys})"), ""),
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT key, revision, value FROM record WHERE {rows} {order} LIMIT ?3"
    ))?;
    let limit = scan.limit.map_or(-1, i64::from);
    let mut rows = statement.query((&scan.from, &scan.until, limit))?;
    let mut before: Option<Vec<u8>> = None;
    while let Some(row) = rows.next()? {
        let blob = |column| {
            let value = row.get_ref(column)?;
            value
                .as_blob()
                .map_err(|_| StoreError::Damaged("a record is of another type"))
        };
        let (key, value) = (blob(0)?, blob(2)?);
        // Pages that were copied over others can make a walk go back or round in circles.
        let follows = before.as_deref().is_none_or(|before| match scan.order {
            Order::Ascending => before < key,
            Order::Descending => before > key,
            Order::Stored => true,
        });
        if !follows {
            return Err(StoreError::Damaged("its records are out of order"));
        }
        let before = before.get_or_insert_default();
        before.clear();
        before.extend_from_slice(key);
        if each(key, revision(row, 1)?, value).is_break() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
