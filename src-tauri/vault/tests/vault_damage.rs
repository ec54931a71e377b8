//! Promise B-3, at the vault: a file that was changed anywhere gives an error or the right data,
//! never a wrong plaintext, a panic or a hang. And B-4 once more through the file: a row put in the
//! place of another opens nowhere.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use std::{
    collections::{HashMap, HashSet},
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use desk::{Desk, TestClock, create, owner, rotation_to};
use keyturn_api::{Code, Instance, ListSecrets, VersionRef, secret::Payload};
use keyturn_vault::{
    Home, Sensitive, Unlock, Vault,
    store::{Head, SqliteStore, Store, StoreError},
    wait,
};
use uuid::Uuid;

/// Values by name and number of the version.
type Model = HashMap<(String, u32), String>;

struct Specimen {
    bytes: Vec<u8>,
    about: Vec<u8>,
    id: Uuid,
    code: String,
    model: Model,
    records: Records,
    /// Which value each record of a value holds.
    values: HashMap<Vec<u8>, (String, u32)>,
}

/// Header and all records, as the store gives them.
type Records = (Head, Vec<(Vec<u8>, u64, Vec<u8>)>);

/// A closed vault with a few secrets and what is in it.
fn specimen() -> Specimen {
    let desk = Desk::new();
    let mut model = Model::new();
    for number in 0..6 {
        let name = format!("secret-{number}");
        let id = create(&desk.vault, &name, &format!("{name} first"));
        model.insert((name.clone(), 1), format!("{name} first"));
        let large = format!("{name} {}", "x".repeat(number * 3000));
        wait(
            desk.vault
                .create_version(&owner(), &id, rotation_to(&large), None),
        )
        .unwrap();
        model.insert((name, 2), large);
    }
    let code = desk.vault.new_recovery_code().unwrap();
    let right = code.ask.map(|at| (at, code.groups[at].to_string()));
    desk.vault.confirm_recovery_code(&right).unwrap();
    desk.vault.close();
    let file = desk.file();
    assert!(
        !file.with_extension("keyturn-wal").exists(),
        "closing leaves one file"
    );
    let records = records(&file).unwrap();
    let mut specimen = Specimen {
        records,
        values: HashMap::new(),
        bytes: fs::read(&file).unwrap(),
        about: fs::read(file.with_file_name("about.json")).unwrap(),
        id: desk.vault.id(),
        code: code
            .groups
            .iter()
            .map(|group| group.as_str())
            .collect::<Vec<_>>()
            .join("-"),
        model,
    };
    specimen.values = values(&specimen);
    specimen
}

/// Finds the records of values: without it, exactly one value cannot be read.
fn values(specimen: &Specimen) -> HashMap<Vec<u8>, (String, u32)> {
    let folder = tempfile::tempdir().unwrap();
    let (home, file) = specimen.lay_out(folder.path());
    let keys = specimen.records.1.iter().map(|(key, ..)| key);
    let holds = |key: &Vec<u8>| {
        fs::write(&file, &specimen.bytes).unwrap();
        let connection = rusqlite::Connection::open(&file).unwrap();
        let deleted = connection.execute("DELETE FROM record WHERE key = ?", [key]);
        assert_eq!(deleted.unwrap(), 1);
        drop(connection);
        let vault = specimen.open(&home).ok()?;
        let read = specimen.read(&vault, |_| true);
        vault.close();
        let mut lost = specimen.model.clone();
        lost.retain(|value, _| !read.as_ref().is_ok_and(|right| right.contains(value)));
        let lost: Vec<_> = lost.into_keys().collect();
        <[_; 1]>::try_from(lost).ok().map(|[value]| value)
    };
    let values: HashMap<_, _> = keys
        .filter_map(|key| Some((key.clone(), holds(key)?)))
        .collect();
    assert_eq!(values.len(), specimen.model.len());
    values
}

impl Specimen {
    /// Lays the vault out in a folder; gives its home and its file.
    fn lay_out(&self, folder: &Path) -> (Home, PathBuf) {
        let home = Home::at(folder.to_owned()).unwrap();
        let place = folder.join("vaults").join(self.id.to_string());
        fs::create_dir(&place).unwrap();
        private(&place, 0o700);
        fs::write(place.join("about.json"), &self.about).unwrap();
        let file = place.join("vault.keyturn");
        fs::write(&file, &self.bytes).unwrap();
        private(&file, 0o600);
        (home, file)
    }

    fn open(&self, home: &Home) -> keyturn_api::Result<Arc<Vault>> {
        let code = Sensitive::from_string(self.code.clone());
        home.lookup(self.id)?
            .unlock(Unlock::RecoveryCode(code), TestClock::new())
    }

    /// Reads all the values that are asked for and can be read, and panics on anything that was
    /// never written. Gives those that were right.
    fn read(
        &self,
        vault: &Vault,
        asked: impl Fn(&(String, u32)) -> bool,
    ) -> keyturn_api::Result<HashSet<(String, u32)>> {
        let page = wait(vault.list_secrets(&owner(), &ListSecrets::default()))?;
        let mut right = HashSet::new();
        for secret in page.items {
            let metadata = secret.metadata;
            for version in wait(vault.versions(&owner(), &metadata.id))? {
                let value = (metadata.name.clone(), version.number);
                if !asked(&value) {
                    right.insert(value);
                    continue;
                }
                let reference = VersionRef::Id(version.metadata.id);
                let Ok(read) = wait(vault.version(&owner(), &metadata.id, &reference)) else {
                    continue;
                };
                let Some(Payload::Arbitrary(payload)) = read.payload else {
                    continue;
                };
                assert_eq!(
                    Some(payload.payload.wire().as_str()),
                    self.model.get(&value).map(String::as_str),
                    "{value:?} reads as something else"
                );
                right.insert(value);
            }
        }
        Ok(right)
    }
}

fn private(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Flips the bytes in `range` with each mask, one at a time, on two threads.
fn flip(range: std::ops::Range<usize>, masks: &[u8]) {
    let specimen = specimen();
    let range = range.start..range.end.min(specimen.bytes.len());
    let threads = 2;
    let (refused, whole) = thread::scope(|scope| {
        let runs: Vec<_> = (0..threads)
            .map(|first| {
                let (specimen, range) = (&specimen, range.clone());
                scope.spawn(move || flip_every(specimen, range, first, threads, masks))
            })
            .collect();
        runs.into_iter()
            .map(|run| run.join().unwrap())
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    });
    let mutants = range.len() * masks.len();
    eprintln!(
        "{mutants} damaged vaults: {refused} refused, {whole} read whole, 0 wrong plaintexts"
    );
    assert!(refused > mutants / 50, "damage is noticed");
}

fn flip_every(
    specimen: &Specimen,
    range: std::ops::Range<usize>,
    first: usize,
    step: usize,
    masks: &[u8],
) -> (usize, usize) {
    let folder = in_memory();
    let (home, file) = specimen.lay_out(folder.path());
    let (mut refused, mut whole) = (0, 0);
    for at in range.skip(first).step_by(step) {
        for mask in masks {
            let mut bytes = specimen.bytes.clone();
            bytes[at] ^= mask;
            lay_file(&file, &bytes);
            let start = Instant::now();
            let changed = changed_values(&file, specimen);
            if changed.as_ref().is_some_and(HashSet::is_empty) {
                whole += 1;
                continue;
            }
            let outcome = specimen.open(&home).and_then(|vault| {
                let asked = |value: &_| changed.as_ref().is_none_or(|some| some.contains(value));
                let right = specimen.read(&vault, asked);
                vault.close();
                right
            });
            assert!(start.elapsed() < Duration::from_secs(5), "byte {at} hangs");
            match outcome {
                Ok(right) if right.len() == specimen.model.len() => whole += 1,
                Ok(_) => refused += 1,
                Err(problem) => {
                    assert!(!problem.message.is_empty());
                    refused += 1;
                }
            }
        }
    }
    (refused, whole)
}

fn records(file: &Path) -> Result<Records, StoreError> {
    let store = SqliteStore::open(file)?;
    let mut records = Vec::new();
    store.range(b"", &mut |key, revision, value| {
        records.push((key.to_vec(), revision, value.to_vec()));
        ControlFlow::Continue(())
    })?;
    Ok((store.head()?, records))
}

/// The values whose records the store now gives otherwise, if all the rest is the same to the byte:
/// then everything else reads as before, which saves reading it again for each byte of the file.
/// `None`: something else changed, or nothing can be read.
fn changed_values<'a>(file: &Path, specimen: &'a Specimen) -> Option<HashSet<&'a (String, u32)>> {
    let (head, found) = records(file).ok()?;
    let (expected_head, expected) = &specimen.records;
    if head != *expected_head || found.len() != expected.len() {
        return None;
    }
    let changed = found.iter().zip(expected).filter(|(a, b)| a != b);
    changed
        .map(
            |((key, revision, _), (expected_key, expected_revision, _))| {
                let same = key == expected_key && revision == expected_revision;
                same.then(|| specimen.values.get(key)).flatten()
            },
        )
        .collect()
}

#[test]
fn no_flipped_byte_gives_a_wrong_plaintext() {
    flip(0..64 * 1024, &[0x01]);
}

#[test]
#[ignore = "long: every byte of the whole file with three masks"]
fn no_flipped_byte_of_the_whole_file_gives_a_wrong_plaintext() {
    flip(0..usize::MAX, &[0x01, 0x80, 0xff]);
}

#[test]
fn a_row_in_the_place_of_another_is_noticed() {
    let specimen = specimen();
    let folder = in_memory();
    let (home, file) = specimen.lay_out(folder.path());
    let keys = rows(&file);
    assert!(keys.len() > 20, "{} rows", keys.len());
    let mut tried = 0;
    for (at, one) in keys.iter().enumerate() {
        for other in &keys[at + 1..] {
            if one.starts_with(b"n/") && other.starts_with(b"n/") {
                continue; // claims on names hold nothing that could be exchanged
            }
            tried += 1;
            lay_file(&file, &specimen.bytes);
            swap(&file, one, other);
            let noticed = specimen.open(&home).map_or(true, |vault| {
                let read = specimen.read(&vault, |_| true);
                let whole = read.is_ok_and(|right| right.len() == specimen.model.len());
                let noticed = !whole || vault.verify_audit().is_err();
                vault.close();
                noticed
            });
            assert!(noticed, "{one:?} and {other:?}");
        }
    }
    eprintln!("{tried} exchanged rows, 0 went unnoticed");
}

#[test]
fn no_cut_and_no_page_elsewhere_gives_a_wrong_plaintext() {
    const PAGE: usize = 4096;
    let specimen = specimen();
    let folder = in_memory();
    let (home, file) = specimen.lay_out(folder.path());
    let size = specimen.bytes.len();
    let cuts = (0..size)
        .step_by(512)
        .map(|end| specimen.bytes[..end].to_vec());
    let pages = size / PAGE;
    let zeroed = (0..pages).map(|page| {
        let mut bytes = specimen.bytes.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0);
        bytes
    });
    let copied = (0..pages).map(|page| {
        let mut bytes = specimen.bytes.clone();
        let from = (page + 1) % pages;
        bytes.copy_within(from * PAGE..(from + 1) * PAGE, page * PAGE);
        bytes
    });
    let (mut refused, mut whole) = (0, 0);
    for bytes in cuts.chain(zeroed).chain(copied) {
        lay_file(&file, &bytes);
        let began = Instant::now();
        let read = specimen.open(&home).and_then(|vault| {
            let right = specimen.read(&vault, |_| true);
            vault.close();
            right
        });
        assert!(began.elapsed() < Duration::from_secs(5), "it hangs");
        match read {
            Ok(right) if right.len() == specimen.model.len() => whole += 1,
            _ => refused += 1,
        }
    }
    eprintln!("{refused} damaged vaults refused, {whole} read whole, 0 wrong plaintexts");
    assert!(refused > size / 512);
}

/// Keys of the records in a file.
fn rows(file: &Path) -> Vec<Vec<u8>> {
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut statement = connection
        .prepare("SELECT key FROM record ORDER BY key")
        .unwrap();
    let keys = statement.query_map([], |row| row.get(0)).unwrap();
    keys.map(|key| key.unwrap()).collect()
}

/// Puts a file in place, with no log of an earlier one beside it.
fn lay_file(file: &Path, bytes: &[u8]) {
    for extension in ["keyturn-wal", "keyturn-shm"] {
        let _ = fs::remove_file(file.with_extension(extension));
    }
    fs::write(file, bytes).unwrap();
}

/// A folder in memory: reading a value is a commit, and the disk is not what is tested here.
fn in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    tempfile::tempdir_in(place).unwrap()
}

fn swap(file: &Path, a: &[u8], b: &[u8]) {
    let connection = rusqlite::Connection::open(file).unwrap();
    let value = |key: &[u8]| -> Vec<u8> {
        connection
            .query_row("SELECT value FROM record WHERE key = ?", [key], |row| {
                row.get(0)
            })
            .unwrap()
    };
    let (first, second) = (value(a), value(b));
    for (key, value) in [(a, second), (b, first)] {
        connection
            .execute(
                "UPDATE record SET value = ?2 WHERE key = ?1",
                rusqlite::params![key, value],
            )
            .unwrap();
    }
    drop(connection);
    for suffix in ["-wal", "-shm"] {
        let beside = PathBuf::from(format!("{}{suffix}", file.display()));
        assert!(!beside.exists() || fs::metadata(&beside).unwrap().len() == 0 || suffix == "-shm");
    }
}

#[test]
fn trouble_with_the_file_is_told_apart() {
    let specimen = specimen();
    let folder = tempfile::tempdir().unwrap();
    let (home, file) = specimen.lay_out(folder.path());
    let code = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        specimen.open(&home).map(|_| ()).unwrap_err().code
    };
    assert_eq!(
        code(b"this is a text file, and not a short one at that"),
        Code::NotAVault
    );
    assert_eq!(
        code(&specimen.bytes[..specimen.bytes.len() / 2]),
        Code::Damaged
    );
    let mut newer = specimen.bytes.clone();
    newer[60..64].copy_from_slice(&1000_u32.to_be_bytes());
    assert_eq!(code(&newer), Code::NewerFormat);
    fs::remove_file(&file).unwrap();
    assert_eq!(specimen.open(&home).unwrap_err().code, Code::NotFound);
    std::os::unix::fs::symlink("/dev/null", &file).unwrap();
    assert_eq!(specimen.open(&home).unwrap_err().code, Code::Permissions);
    fs::remove_file(&file).unwrap();
    fs::write(&file, &specimen.bytes).unwrap();
    private(&file, 0o666);
    assert_eq!(specimen.open(&home).unwrap_err().code, Code::Permissions);
    private(&file, 0o600);
    let right = specimen.read(&specimen.open(&home).unwrap(), |_| true);
    assert_eq!(right.unwrap().len(), specimen.model.len());
}
