//! The tables, and the proof that a file has them and nothing else.

use rusqlite::Connection;

use super::{Head, StoreError, transaction::signed};

/// `PRAGMA application_id` of a vault: "KTRN".
pub(super) const APPLICATION_ID: u32 = 0x4b54_524e;

/// `PRAGMA user_version`: the format of the file as SQLite sees it.
pub(super) const FORMAT: u32 = 1;

/// What SQLite reads and writes at once.
pub(super) const PAGE_SIZE: u64 = 4096;

// The generation stands first so that reading it touches no overflow page of a large body.
const HEAD: &str = "CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id = 0), \
    generation INTEGER NOT NULL, manifest BLOB NOT NULL, mac BLOB NOT NULL, \
    body BLOB NOT NULL) STRICT";

// Not WITHOUT ROWID: such a table keeps whole records in its inner pages, and a record of 1 KB in
// an overflow page of its own. Measured with 100,000 secrets: 2.6 times the file, half the commits
// a second. Here an update rewrites one page, and all new records of a transaction share another.
const RECORD: &str = "CREATE TABLE record(id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, \
    revision INTEGER NOT NULL, value BLOB NOT NULL) STRICT";

const CHANGE: &str = "CREATE TABLE change(generation INTEGER PRIMARY KEY, keys BLOB) STRICT";

/// Everything `sqlite_schema` may say: type, name, table, SQL.
const ALLOWED: [(&str, &str, &str, Option<&str>); 4] = [
    ("index", "sqlite_autoindex_record_1", "record", None),
    ("table", "change", "change", Some(CHANGE)),
    ("table", "head", "head", Some(HEAD)),
    ("table", "record", "record", Some(RECORD)),
];

/// Makes the tables of a new vault. Runs inside a transaction of the caller.
pub(super) fn create(connection: &Connection, head: &Head) -> Result<(), StoreError> {
    connection.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; \
         {HEAD}; {RECORD}; {CHANGE};"
    ))?;
    connection.execute(
        "INSERT INTO head(id, generation, manifest, mac, body) VALUES(0, ?1, ?2, ?3, ?4)",
        (
            signed(head.generation)?,
            head.manifest,
            head.mac,
            &head.body,
        ),
    )?;
    Ok(())
}

/// Refuses a file that is not ours, is of a newer format, or has a table, trigger or view that we
/// did not make. These are the first statements that run on a connection.
pub(super) fn verify(connection: &Connection) -> Result<(), StoreError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id")? != i64::from(APPLICATION_ID) {
        return Err(StoreError::NotAVault);
    }
    let found = u32::try_from(pragma("user_version")?).unwrap_or(0);
    if found > FORMAT {
        return Err(StoreError::NewerFormat {
            found,
            known: FORMAT,
        });
    }
    if found == 0 {
        return Err(StoreError::NotAVault);
    }
    let mut statement =
        connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")?;
    let mut rows = statement.query([])?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        let text = |column| {
            let value = row.get_ref(column)?;
            value
                .as_str_or_null()
                .map_err(|_| StoreError::Damaged(FOREIGN))
        };
        let entry = (text(0)?, text(1)?, text(2)?, text(3)?);
        let allowed = ALLOWED
            .iter()
            .any(|(kind, name, table, sql)| entry == (Some(kind), Some(name), Some(table), *sql));
        if !allowed {
            return Err(StoreError::Damaged(FOREIGN));
        }
        seen += 1;
    }
    if seen == ALLOWED.len() {
        Ok(())
    } else {
        Err(StoreError::Damaged("a table is missing"))
    }
}

const FOREIGN: &str = "it has tables that are not ours";

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        let head = Head {
            body: vec![1; 900],
            generation: 0,
            manifest: [0; 32],
            mac: [0; 32],
        };
        create(&connection, &head).unwrap();
        connection
    }

    #[test]
    fn what_we_make_is_what_we_accept() {
        assert_eq!(verify(&ours()), Ok(()));
    }

    #[test]
    fn anything_added_changed_or_missing_is_refused() {
        for alien in [
            "CREATE TABLE more(x)",
            "CREATE VIEW peek AS SELECT * FROM record",
            "CREATE INDEX extra ON record(revision)",
            "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END",
            "CREATE VIRTUAL TABLE text USING fts5(x)",
            "DROP TABLE change",
            "ALTER TABLE record ADD COLUMN more ANY",
        ] {
            let connection = ours();
            connection.execute_batch(alien).unwrap();
            assert!(
                matches!(verify(&connection), Err(StoreError::Damaged(_))),
                "{alien}"
            );
        }
    }

    #[test]
    fn other_programs_and_newer_formats_are_told_apart() {
        let connection = ours();
        connection
            .execute_batch("PRAGMA user_version = 2; CREATE TABLE later(x)")
            .unwrap();
        let newer = StoreError::NewerFormat {
            found: 2,
            known: FORMAT,
        };
        assert_eq!(verify(&connection), Err(newer));
        connection
            .execute_batch("PRAGMA application_id = 7")
            .unwrap();
        assert_eq!(verify(&connection), Err(StoreError::NotAVault));
    }
}
