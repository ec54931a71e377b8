//! Bare SQLite writing the same rows as a rotation: what the vault is measured against.

use std::path::Path;

use rusqlite::{Connection, params};

/// The rows of one rotation, with the sizes they have in the vault.
pub struct Sizes {
    pub secret: usize,
    pub version: usize,
    pub value: usize,
    pub audit: usize,
}

/// A copy of the vault's file, written without the vault.
pub struct Baseline {
    connection: Connection,
    secrets: Vec<Vec<u8>>,
    sizes: Sizes,
    next: u64,
}

impl Baseline {
    pub fn open(copy: &Path) -> Self {
        let connection = Connection::open(copy).expect("copy of the vault");
        connection
            .execute_batch(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
                 PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;",
            )
            .expect("pragmas");
        let keys = |prefix: &str| -> Vec<Vec<u8>> {
            let mut statement = connection
                .prepare("SELECT key FROM record WHERE key >= ?1 AND key < ?2")
                .expect("statement");
            let end = [prefix.as_bytes(), b"\xff"].concat();
            let rows = statement
                .query_map([prefix.as_bytes(), &end], |row| row.get(0))
                .expect("rows");
            rows.map(|key| key.expect("key")).collect()
        };
        let size = |prefix: &str, suffix: u8| -> usize {
            let key = keys(prefix)
                .into_iter()
                .rev()
                .find(|key| suffix == 0 || key.last() == Some(&suffix));
            let length: i64 = connection
                .query_row(
                    "SELECT length(value) FROM record WHERE key = ?",
                    [key.expect("a row")],
                    |row| row.get(0),
                )
                .expect("length");
            usize::try_from(length).expect("length")
        };
        let sizes = Sizes {
            secret: size("s/", 0),
            version: size("v/", b'm'),
            value: size("v/", b'p'),
            audit: size("a/", 0),
        };
        let secrets = keys("s/");
        let next = connection
            .query_row("SELECT max(generation) FROM change", [], |row| {
                row.get::<_, i64>(0)
            })
            .expect("generation")
            .cast_unsigned();
        Self {
            connection,
            secrets,
            sizes,
            next,
        }
    }

    /// One commit of the rows of a rotation.
    pub fn rotate(&mut self, secret: usize) {
        self.next += 1;
        let generation = self.next.cast_signed();
        let key = &self.secrets[secret % self.secrets.len()];
        let serial = [&[0xff_u8; 8][..], &self.next.to_be_bytes()].concat();
        let rows = [
            (key.clone(), self.sizes.secret),
            (
                [b"v/", serial.as_slice(), b"m"].concat(),
                self.sizes.version,
            ),
            ([b"v/", serial.as_slice(), b"p"].concat(), self.sizes.value),
            (
                [b"a/".as_slice(), &(u64::MAX / 2 + self.next).to_be_bytes()].concat(),
                self.sizes.audit,
            ),
        ];
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .expect("transaction");
        {
            let mut put = transaction
                .prepare_cached(
                    "INSERT INTO record (key, revision, value) VALUES (?1, ?2, ?3)
                     ON CONFLICT (key) DO UPDATE SET revision = ?2, value = ?3",
                )
                .expect("statement");
            let mut keys = Vec::new();
            for (key, size) in &rows {
                let value = vec![generation as u8; *size];
                put.execute(params![key, generation, value]).expect("row");
                keys.extend_from_slice(key);
            }
            transaction
                .prepare_cached("UPDATE head SET generation = ?1, mac = ?2")
                .expect("statement")
                .execute(params![generation, vec![generation as u8; 32]])
                .expect("head");
            transaction
                .prepare_cached("INSERT INTO change (generation, keys) VALUES (?1, ?2)")
                .expect("statement")
                .execute(params![generation, keys])
                .expect("change");
        }
        transaction.commit().expect("commit");
    }
}
