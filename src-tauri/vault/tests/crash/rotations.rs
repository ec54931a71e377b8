//! Work for a child to be killed at: rotations, shaped as the vault makes them, and the model
//! that everything that is left must fit.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use keyturn_vault::store::{
    Commit, CommitError, Committer, Head, Row, Scan, SqliteStore, Store, StoreError,
};

use super::chain::{self, Chain};

/// Versions kept of each secret; a rotation deletes what falls off.
const KEPT: u64 = 10;

/// A rotation that was acknowledged: secret, number of its version, serial of the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rotation {
    pub(crate) secret: u64,
    pub(crate) number: u64,
    pub(crate) serial: u64,
}

impl std::fmt::Display for Rotation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.secret, self.number, self.serial)
    }
}

impl std::str::FromStr for Rotation {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers: Vec<u64> = text.split(' ').map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self {
            secret: numbers[0],
            number: numbers[1],
            serial: numbers[2],
        })
    }
}

pub(crate) fn file(folder: &Path) -> PathBuf {
    folder.join("vault").join("vault.keyturn")
}

/// Opens the vault, or makes it.
pub(crate) fn open_or_create(folder: &Path) -> Result<Arc<SqliteStore>, StoreError> {
    let store = match SqliteStore::open(&file(folder)) {
        Err(StoreError::NotFound) => {
            let head = Head {
                body: vec![b'h'; 900],
                generation: 0,
                manifest: [0; 32],
                mac: [0; 32],
            };
            SqliteStore::create(
                &file(folder),
                &head,
                &[(b"c/first".to_vec(), b"1".to_vec())],
            )?
        }
        other => other?,
    };
    Ok(Arc::new(store))
}

/// Rotates a secret once. `size` is the length of the new value.
pub(crate) fn rotate(
    store: &SqliteStore,
    committer: &Committer<Chain>,
    secret: u64,
    serial: u64,
    size: usize,
) -> Result<Rotation, CommitError> {
    let key = secret_key(secret);
    let row = store.get(&key)?;
    let number = row.as_ref().map_or(0, |row| parse(&row.value).number) + 1;
    let rotation = Rotation {
        secret,
        number,
        serial,
    };
    let (metadata, value) = version_keys(serial);
    let mut oldest = Vec::new();
    let mut serials = row.as_ref().map_or_else(Vec::new, serials_of);
    serials.push(serial);
    if serials.len() as u64 > KEPT {
        oldest.extend(<[_; 2]>::from(version_keys(serials.remove(0))));
    }
    let history = serials
        .iter()
        .map(u64::to_string)
        .collect::<Vec<_>>()
        .join(",");
    committer.commit_blocking(Commit {
        expect: vec![(key.clone(), row.map(|row| row.revision))],
        puts: vec![
            (key, padded(&format!("{rotation};{history};"), 1000)),
            (metadata, padded(&format!("{rotation};"), 300)),
            (value, padded(&format!("{rotation};"), size)),
        ],
        deletes: oldest,
        body: None,
        entry: rotation.to_string(),
        after: Box::new(|_| ()),
    })?;
    Ok(rotation)
}

/// The serial for the next version.
pub(crate) fn next_serial(store: &SqliteStore) -> u64 {
    let mut next = 1;
    store
        .scan(
            &Scan::prefix(b"a/").descending().limit(1),
            &mut |_, _, value| {
                next = parse(&value[32..]).serial + 1;
                ControlFlow::Break(())
            },
        )
        .unwrap();
    next + 1000
}

/// Reopens what a crash has left and compares it with what was acknowledged. Gives how long the
/// opening took.
pub(crate) fn verify(folder: &Path, acknowledged: &[String]) -> Duration {
    let acknowledged: Vec<Rotation> = acknowledged
        .iter()
        .filter_map(|what| what.parse().ok())
        .collect();
    if !file(folder).exists() {
        assert!(acknowledged.is_empty(), "the vault is lost");
        return Duration::ZERO;
    }
    let start = Instant::now();
    let store = SqliteStore::open(&file(folder)).unwrap();
    let generation = store.generation().unwrap();
    let took = start.elapsed();
    assert_eq!(store.check(), Ok(()));

    let log = chain::verified(&store);
    let logged: BTreeSet<Rotation> = log.iter().map(|entry| entry.parse().unwrap()).collect();
    assert_eq!(logged.len(), log.len(), "a rotation is in the log twice");
    assert!(
        generation <= logged.len() as u64,
        "a commit without a log entry"
    );
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|made| !logged.contains(made))
        .collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");

    let (secrets, versions) = read(&store);
    let mut expected: BTreeMap<u64, Vec<Rotation>> = BTreeMap::new();
    for rotation in logged {
        expected.entry(rotation.secret).or_default().push(rotation);
    }
    assert_eq!(
        secrets.len(),
        expected.len(),
        "a secret without a log entry, or the reverse"
    );
    let mut count = 0;
    for (secret, made) in expected {
        let numbers: Vec<u64> = made.iter().map(|rotation| rotation.number).collect();
        assert_eq!(
            numbers,
            (1..=made.len() as u64).collect::<Vec<_>>(),
            "rotated twice, or not"
        );
        let kept = &made[made.len().saturating_sub(usize::try_from(KEPT).unwrap())..];
        let row = &secrets[&secret];
        assert_eq!(
            Some(&parse(&row.value)),
            kept.last(),
            "not the last version is the active one"
        );
        let serials: Vec<u64> = kept.iter().map(|rotation| rotation.serial).collect();
        assert_eq!(serials_of(row), serials);
        for rotation in kept {
            for key in <[_; 2]>::from(version_keys(rotation.serial)) {
                assert_eq!(
                    versions.get(&key),
                    Some(rotation),
                    "a version is half there"
                );
                count += 1;
            }
        }
    }
    assert_eq!(versions.len(), count, "there are versions of no secret");
    took
}

type Versions = BTreeMap<Vec<u8>, Rotation>;

fn read(store: &SqliteStore) -> (BTreeMap<u64, Row>, Versions) {
    let mut secrets = BTreeMap::new();
    let mut versions = Versions::new();
    store
        .range(b"s/", &mut |_, revision, value| {
            secrets.insert(
                parse(value).secret,
                Row {
                    revision,
                    value: value.to_vec(),
                },
            );
            ControlFlow::Continue(())
        })
        .unwrap();
    store
        .range(b"v/", &mut |key, _, value| {
            versions.insert(key.to_vec(), parse(value));
            ControlFlow::Continue(())
        })
        .unwrap();
    (secrets, versions)
}

fn secret_key(secret: u64) -> Vec<u8> {
    // Scattered, as random ids are.
    let scattered = secret.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    [b"s/".as_slice(), &scattered.to_be_bytes()].concat()
}

fn version_keys(serial: u64) -> (Vec<u8>, Vec<u8>) {
    let key = [b"v/".as_slice(), &serial.to_be_bytes()].concat();
    ([&key[..], b"m"].concat(), [&key[..], b"p"].concat())
}

fn padded(text: &str, size: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(bytes.len().max(size), b'.');
    bytes
}

fn parse(value: &[u8]) -> Rotation {
    field(value, 0).parse().unwrap()
}

fn serials_of(row: &Row) -> Vec<u64> {
    field(&row.value, 1)
        .split(',')
        .map(|serial| serial.parse().unwrap())
        .collect()
}

fn field(value: &[u8], index: usize) -> &str {
    let field = value.split(|&byte| byte == b';').nth(index).unwrap();
    std::str::from_utf8(field).unwrap()
}
