//! Connections to the file, each set up before it is used.

use std::{
    ffi::{OsStr, OsString},
    io,
    os::unix::ffi::OsStrExt,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags, config::DbConfig, limits::Limit};

use super::{Head, Patience, StoreError, place, schema, transaction::unsigned};

/// How long to wait for another process before giving up.
const BUSY_AFTER: Duration = Duration::from_secs(5);

/// No value may be longer. A damaged length then costs no more memory than this.
pub(super) const LENGTH_LIMIT: usize = 16 << 20;

/// Pages in the log at which a commit moves it into the file. A few hundred keep the wait of that
/// commit to milliseconds; beyond, throughput hardly rises.
const CHECKPOINT_PAGES: u32 = 500;

const STATEMENTS: usize = 32;

/// The connection that writes.
pub(super) struct Writer {
    pub(super) connection: Connection,
    impatient: Arc<AtomicBool>,
}

impl Writer {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connect(path.as_os_str(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // That the place can be written was checked before: SQLite could not, just now.
        if connection.is_readonly("main")? {
            return Err(StoreError::Io(io::ErrorKind::Other));
        }
        let impatient = Arc::new(AtomicBool::new(false));
        wait_when_busy(&mut connection, Arc::clone(&impatient))?;
        // Decides for a new file only.
        connection.pragma_update(None, "page_size", schema::PAGE_SIZE.cast_signed())?;
        let mode: String =
            connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
        if mode != "wal" {
            return Err(StoreError::Io(io::ErrorKind::Unsupported));
        }
        connection.execute_batch(&format!(
            "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
             PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA cache_size = -8192;"
        ))?;
        Ok(Self {
            connection,
            impatient,
        })
    }

    /// How long the following statements wait for another process.
    pub(super) fn be(&self, patience: Patience) {
        self.impatient
            .store(patience == Patience::None, Ordering::Relaxed);
    }
}

/// A connection that only reads. It never waits for the writer.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = connect(path.as_os_str(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    wait_when_busy(&mut connection, Arc::default())?;
    connection.execute_batch("PRAGMA cache_size = -2048;")?;
    Ok(connection)
}

/// Checks that the file is a vault of a format we know, and reads its head, leaving the file and
/// its folder untouched.
pub(super) fn inspect(path: &Path) -> Result<Head, StoreError> {
    // "Immutable" leaves nothing beside the file, but overlooks commits that are in the log only.
    if !place::has_log(path) {
        let found = verify_with(&immutable(path), OpenFlags::SQLITE_OPEN_URI);
        // Another process may just have begun a log while we read the file as if nobody wrote.
        if found.is_ok() || !place::has_log(path) {
            return found;
        }
    }
    verify_with(path.as_os_str(), OpenFlags::empty())
}

fn verify_with(name: &OsStr, flags: OpenFlags) -> Result<Head, StoreError> {
    let mut connection = connect(name, flags | OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    wait_when_busy(&mut connection, Arc::default())?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    schema::verify(&connection)?;
    head(&connection)
}

/// The head of the vault.
pub(super) fn head(connection: &Connection) -> Result<Head, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT generation, manifest, mac, body FROM head WHERE id = 0")?;
    let (generation, manifest, mac, body) = statement.query_row([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    Ok(Head {
        body,
        generation: unsigned(generation)?,
        manifest,
        mac,
    })
}

/// Opens without running a statement of the file's.
fn connect(name: &OsStr, flags: OpenFlags) -> Result<Connection, StoreError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(Path::new(name), flags)?;
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    let limit = i32::try_from(LENGTH_LIMIT).unwrap_or(i32::MAX);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, limit)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;",
    )?;
    Ok(connection)
}

/// Waits in short steps. SQLite's own handler soon sleeps a tenth of a second at a time, and
/// a process that commits without pause would starve one that waits so.
fn wait_when_busy(
    connection: &mut Connection,
    impatient: Arc<AtomicBool>,
) -> Result<(), StoreError> {
    let mut since = Instant::now();
    connection.busy_handler(Some(move |tries| {
        if impatient.load(Ordering::Relaxed) {
            return false;
        }
        if tries == 0 {
            since = Instant::now();
        }
        thread::sleep(Duration::from_micros(if tries < 50 { 100 } else { 1000 }));
        since.elapsed() < BUSY_AFTER
    }))?;
    Ok(())
}

/// The file as a URI that tells SQLite that nobody writes it.
fn immutable(path: &Path) -> OsString {
    let byte = |&byte: &u8| match byte {
        b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    let path: String = path.as_os_str().as_bytes().iter().map(byte).collect();
    format!("file:{path}?immutable=1").into()
}
