//! Promises B-13 and B-2, at the store: the vault's files are private or refused, and a full or
//! failing disk loses nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use crash::{
    acknowledge,
    chain::{self, Chain},
    command, finish, folder,
    rotations::{self, file, next_serial, open_or_create, rotate},
    strace, through,
};
use keyturn_vault::store::{CommitError, Committer, Place, SqliteStore, Store, StoreError};
use rusqlite::Connection;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tempfile::TempDir;

#[test]
fn everything_is_private_whatever_the_umask() {
    for umask in ["000", "022", "077", "0277"] {
        let folder = tempfile::tempdir().unwrap();
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        let modes = finish(through(
            &["sh", "-c", &script],
            "child_shows_modes",
            folder.path(),
        ));
        let expected = [
            "700 .",
            "700 deep",
            "600 vault.keyturn",
            "600 vault.keyturn-shm",
            "600 vault.keyturn-wal",
        ];
        assert_eq!(modes, expected, "umask {umask}");
    }
}

/// Makes a vault in a folder that is not there yet, and lists both folders and all files.
#[test]
fn child_shows_modes() {
    let Some(folder) = folder() else { return };
    let store = open_or_create(&folder.join("deep")).unwrap();
    let committer = Committer::new(store.clone(), Chain::default()).unwrap();
    rotate(&store, &committer, 1, 1, 300).unwrap();
    let vault = file(&folder.join("deep"));
    let inner = vault.parent().unwrap();
    let mut lines = vec![line(inner, "."), line(inner.parent().unwrap(), "deep")];
    for entry in fs::read_dir(inner).unwrap() {
        let entry = entry.unwrap();
        lines.push(line(&entry.path(), entry.file_name().to_str().unwrap()));
    }
    lines.sort_by_key(|line| line[4..].to_owned());
    for line in &lines {
        acknowledge(line);
    }
}

fn line(path: &Path, name: &str) -> String {
    let mode = fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777;
    format!("{mode:03o} {name}")
}

/// A vault that was closed.
fn vault() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    drop(open_or_create(folder.path()).unwrap());
    let path = file(folder.path());
    (folder, path)
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Opening is refused as `expected`, and leaves file and folder as they were.
fn refused(path: &Path, expected: &StoreError) {
    let look = || {
        let mut names: Vec<_> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        names.sort();
        (
            names,
            fs::metadata(path)
                .ok()
                .filter(fs::Metadata::is_file)
                .map(|_| fs::read(path).unwrap()),
        )
    };
    let before = look();
    assert_eq!(SqliteStore::open(path).err().as_ref(), Some(expected));
    assert!(look() == before, "it was touched");
}

#[test]
fn rights_of_others_are_refused() {
    let (_folder, path) = vault();
    let inner = path.parent().unwrap();
    for mode in [0o666, 0o640, 0o604, 0o601] {
        set_mode(&path, mode);
        refused(
            &path,
            &StoreError::Permissions {
                place: Place::File,
                mode,
            },
        );
    }
    set_mode(&path, 0o600);
    for mode in [0o777, 0o1777, 0o755, 0o710] {
        set_mode(inner, mode);
        refused(
            &path,
            &StoreError::Permissions {
                place: Place::Folder,
                mode,
            },
        );
        let new = inner.join("new.keyturn");
        let head = SqliteStore::create(&new, &empty_head(), &[]).err();
        assert_eq!(
            head,
            Some(StoreError::Permissions {
                place: Place::Folder,
                mode
            })
        );
    }
    set_mode(inner, 0o700);
    for beside in ["-wal", "-shm", "-journal"] {
        let beside = PathBuf::from(format!("{}{beside}", path.display()));
        fs::write(&beside, b"").unwrap();
        set_mode(&beside, 0o644);
        refused(
            &path,
            &StoreError::Permissions {
                place: Place::File,
                mode: 0o644,
            },
        );
        fs::remove_file(&beside).unwrap();
        symlink("/dev/null", &beside).unwrap();
        refused(&path, &StoreError::Symlink);
        fs::remove_file(&beside).unwrap();
    }
    assert!(SqliteStore::open(&path).is_ok());
}

#[test]
fn what_is_not_a_file_of_its_own_is_refused() {
    let (folder, path) = vault();
    let real = path.with_file_name("real");
    fs::rename(&path, &real).unwrap();
    refused(&path, &StoreError::NotFound);
    symlink(&real, &path).unwrap();
    refused(&path, &StoreError::Symlink);
    fs::remove_file(&path).unwrap();
    assert!(
        Command::new("mkfifo")
            .args(["-m", "600"])
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    refused(&path, &StoreError::NotRegular);
    let made = SqliteStore::create(&path, &empty_head(), &[]).err();
    assert_eq!(made, Some(StoreError::Exists));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    refused(&path, &StoreError::NotRegular);
    fs::remove_dir(&path).unwrap();
    fs::rename(&real, &path).unwrap();
    // A link on the way to the folder is the person's own choice.
    let link = folder.path().join("link");
    symlink(path.parent().unwrap(), &link).unwrap();
    assert!(SqliteStore::open(&link.join("vault.keyturn")).is_ok());
}

#[test]
fn other_files_and_newer_formats_are_refused_and_untouched() {
    let (_folder, path) = vault();
    let ours = fs::read(&path).unwrap();
    let write = |bytes: &[u8]| fs::write(&path, bytes).unwrap();
    write(b"");
    refused(&path, &StoreError::Damaged("the file is empty"));
    write(b"a shopping list");
    refused(&path, &StoreError::NotAVault);
    write(&vec![0x5a; 100_000]);
    refused(&path, &StoreError::NotAVault);

    write(b"");
    let foreign = Connection::open(&path).unwrap();
    foreign
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t(x)")
        .unwrap();
    foreign.close().unwrap();
    refused(&path, &StoreError::NotAVault);

    write(&ours);
    let newer = Connection::open(&path).unwrap();
    newer
        .execute_batch("PRAGMA user_version = 7; CREATE TABLE later(x)")
        .unwrap();
    newer.close().unwrap();
    refused(&path, &StoreError::NewerFormat { found: 7, known: 1 });

    // The newer program still has it open, and its mark is in the log only.
    write(&ours);
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("PRAGMA user_version = 7").unwrap();
    refused(&path, &StoreError::NewerFormat { found: 7, known: 1 });
    drop(newer);

    write(&ours);
    let alien = Connection::open(&path).unwrap();
    alien
        .execute_batch("CREATE TRIGGER t AFTER UPDATE ON head BEGIN DELETE FROM record; END")
        .unwrap();
    alien.close().unwrap();
    refused(
        &path,
        &StoreError::Damaged("it has tables that are not ours"),
    );
    write(&ours);
    assert!(SqliteStore::open(&path).is_ok());
}

#[test]
fn what_cannot_be_written_is_refused() {
    let (_folder, path) = vault();
    set_mode(&path, 0o400);
    refused(&path, &StoreError::ReadOnly);
    set_mode(&path, 0o600);
    set_mode(path.parent().unwrap(), 0o500);
    refused(&path, &StoreError::ReadOnly);
    set_mode(path.parent().unwrap(), 0o700);
    assert!(SqliteStore::open(&path).is_ok());
}

fn empty_head() -> keyturn_vault::store::Head {
    keyturn_vault::store::Head {
        body: vec![],
        generation: 0,
        manifest: [0; 32],
        mac: [0; 32],
    }
}

/// Runs a child where `mount` was done first, for itself alone. False: it may not mount.
fn in_own_mounts(mount: &str, child: &str, folder: &Path) -> bool {
    let may = ["unshare", "--mount", "true"];
    if !Command::new(may[0])
        .args(&may[1..])
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("skipped: only root may mount");
        return false;
    }
    let script = format!("set -e; cd \"$KEYTURN_TEST_FOLDER\"; {mount}; exec \"$0\" \"$@\"");
    finish(through(
        &["unshare", "--mount", "sh", "-c", &script],
        child,
        folder,
    ));
    true
}

#[test]
fn a_read_only_file_system_is_refused() {
    let (folder, _path) = vault();
    let mount = "mount --bind . . && mount -o remount,bind,ro .";
    in_own_mounts(mount, "child_finds_it_read_only", folder.path());
}

#[test]
fn child_finds_it_read_only() {
    let Some(folder) = folder() else { return };
    // Another folder than the one the shell stood in when it was mounted over.
    let folder = fs::canonicalize(folder).unwrap();
    refused(&file(&folder), &StoreError::ReadOnly);
}

#[test]
fn a_full_disk_is_a_clean_refusal() {
    let folder = tempfile::tempdir().unwrap();
    in_own_mounts(
        "mount -t tmpfs -o size=3m none .",
        "child_fills_the_disk",
        folder.path(),
    );
}

#[test]
fn child_fills_the_disk() {
    let Some(folder) = folder() else { return };
    let ballast = folder.join("ballast");
    fs::write(&ballast, vec![0; 1 << 20]).unwrap();
    write_until_refused(&folder, |error| {
        assert_eq!(*error, StoreError::Full);
        fs::remove_file(&ballast).unwrap();
    });
}

#[test]
fn a_file_size_limit_is_a_clean_refusal() {
    let folder = tempfile::tempdir().unwrap();
    // Ignored, as the program does; otherwise the signal would end it.
    let script = "trap '' XFSZ; exec \"$0\" \"$@\"";
    finish(through(
        &["sh", "-c", script],
        "child_reaches_its_limit",
        folder.path(),
    ));
}

#[test]
fn child_reaches_its_limit() {
    let Some(folder) = folder() else { return };
    let unlimited = getrlimit(Resource::Fsize);
    setrlimit(
        Resource::Fsize,
        Rlimit {
            current: Some(1 << 20),
            ..unlimited
        },
    )
    .unwrap();
    write_until_refused(&folder, |error| {
        assert!(
            matches!(error, StoreError::Full | StoreError::Io(_)),
            "{error:?}"
        );
        setrlimit(Resource::Fsize, unlimited).unwrap();
    });
}

/// Commits until there is no space; then nothing is lost, and with space again it goes on.
fn write_until_refused(folder: &Path, make_space: impl FnOnce(&StoreError)) {
    let store = open_or_create(folder).unwrap();
    let committer = Committer::new(store.clone(), Chain::default()).unwrap();
    let mut made = Vec::new();
    let refused = loop {
        let serial = made.len() as u64 + 1;
        match rotate(&store, &committer, serial % 3, serial, 20_000) {
            Ok(rotation) => made.push(rotation.to_string()),
            Err(CommitError::Store(error)) => break error,
            Err(error) => panic!("{error}"),
        }
        assert!(made.len() < 1000, "it was never refused");
    };
    assert!(made.len() > 5, "{refused:?} after {}", made.len());
    // Refused again, and still nothing is lost.
    let serial = made.len() as u64 + 1;
    assert!(rotate(&store, &committer, 0, serial, 20_000).is_err());
    assert_eq!(chain::verified(&*store).len(), made.len());
    make_space(&refused);
    for serial in serial..serial + 20 {
        made.push(
            rotate(&store, &committer, serial % 3, serial, 20_000)
                .unwrap()
                .to_string(),
        );
    }
    drop((committer, store));
    rotations::verify(folder, &made);
}

#[test]
fn every_failing_system_call_is_a_clean_refusal() {
    if !strace::works() {
        return;
    }
    // Each call with each error, at the beginning and then ever more rarely.
    for (call, errors) in [
        ("pwrite64", ["ENOSPC", "EIO"]),
        ("fsync", ["EIO", "EINTR"]),
        ("fdatasync", ["EIO", "EINTR"]),
        ("ftruncate", ["EIO", "EINTR"]),
        ("openat", ["EMFILE", "EIO"]),
    ] {
        fail_calls("child_insists", call, &errors, |when| {
            when <= 6 || when % 11 == 0
        });
    }
}

#[test]
#[ignore = "long: each call that writes, failing at each time"]
fn every_failing_system_call_every_time() {
    if strace::works() {
        for call in strace::WRITING {
            fail_calls("child_insists", call, &["ENOSPC", "EIO", "EINTR"], |_| true);
        }
    }
}

#[test]
fn a_creation_that_cannot_be_finished_leaves_nothing_in_its_way() {
    if strace::works() {
        for call in ["pwrite64", "fdatasync", "ftruncate"] {
            fail_calls("child_creates", call, &["ENOSPC"], |_| true);
        }
    }
}

fn fail_calls(child: &str, call: &str, errors: &[&str], choose: impl Fn(usize) -> bool) {
    let folder = tempfile::tempdir().unwrap();
    let calls = strace::count(child, call, folder.path());
    let mut failed = 0;
    for when in (1..=calls).filter(|&when| choose(when)) {
        for error in errors {
            let folder = tempfile::tempdir().unwrap();
            let what = format!("error={error}");
            let mut traced = strace::inject(child, call, &what, when, folder.path());
            let output = traced.output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout);
            // Before the child's first line it is the test harness that could not open a file.
            if !output.status.success() && call == "openat" && !text.contains("ack ") {
                continue;
            }
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success(),
                "{call} {when} {error}: {text}{errors}"
            );
            let all: Vec<String> = text
                .lines()
                .filter_map(|line| line.strip_prefix("ack "))
                .map(Into::into)
                .collect();
            rotations::verify(folder.path(), &all);
            failed += 1;
        }
    }
    eprintln!("{call}: failed {failed} times in {calls} calls, nothing lost, all went on");
}

#[test]
fn child_creates() {
    let Some(folder) = folder() else { return };
    acknowledge("begin");
    let store = insist(|| open_or_create(&folder));
    assert_eq!(store.check(), Ok(()));
}

/// A few rotations; one that is refused is tried again, after looking that nothing changed.
#[test]
fn child_insists() {
    let Some(folder) = folder() else { return };
    acknowledge("begin");
    let store = insist(|| open_or_create(&folder));
    let committer = insist(|| Committer::new(store.clone(), Chain::default()));
    let first = insist(|| {
        store.generation()?;
        Ok(next_serial(&store))
    });
    for serial in first..first + 8 {
        let before = insist(|| store.generation());
        let made = insist(
            || match rotate(&store, &committer, serial % 3, serial, 3000) {
                Ok(made) => Ok(made),
                Err(CommitError::Store(error)) => {
                    assert_eq!(store.generation(), Ok(before), "refused and yet done");
                    chain::verified(&*store);
                    Err(error)
                }
                Err(error) => panic!("{error}"),
            },
        );
        acknowledge(&made.to_string());
    }
}

/// One failing call makes at most two attempts fail: it may hit what cleans up, too.
fn insist<T>(mut attempt: impl FnMut() -> Result<T, StoreError>) -> T {
    for _ in 0..2 {
        match attempt() {
            Ok(done) => return done,
            Err(StoreError::Io(_) | StoreError::Full) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    attempt().unwrap()
}

#[test]
fn an_interrupted_creation_leaves_no_vault_and_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    drop(open_or_create(folder.path()).unwrap());
    // What a crash in the middle leaves: a draft, cut, with its log.
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(path.with_file_name("vault.keyturn.new"), &bytes[..8192]).unwrap();
    fs::write(path.with_file_name("vault.keyturn.new-wal"), b"half").unwrap();
    refused(&path, &StoreError::NotFound);
    let store = open_or_create(folder.path()).unwrap();
    assert_eq!(store.check(), Ok(()));
    drop(store);
    let names: Vec<_> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, ["vault.keyturn"]);
    finish(command("child_insists", folder.path()));
}
