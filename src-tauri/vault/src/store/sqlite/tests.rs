//! What users of the store may rely on.

use super::super::{
    Batch, Changes, CommitError,
    testing::{all, fresh, head},
};
use super::*;

fn batch(expect_generation: u64, puts: &[(&str, &str)], deletes: &[&str]) -> Batch {
    Batch {
        expect_generation,
        mac: [9; 32],
        puts: puts
            .iter()
            .map(|(key, value)| ((*key).into(), (*value).into()))
            .collect(),
        deletes: deletes.iter().map(|key| (*key).into()).collect(),
        ..Batch::default()
    }
}

fn row(key: &str, revision: u64, value: &str) -> (String, u64, String) {
    (key.into(), revision, value.into())
}

#[test]
fn the_built_in_sqlite_has_no_known_corruption() {
    let version: Vec<u32> = sqlite_version()
        .split('.')
        .map(|number| number.parse().unwrap())
        .collect();
    assert!(version >= vec![3, 51, 3], "{version:?}");
}

#[test]
fn it_is_set_up_as_decided() {
    let (_folder, store) = fresh();
    let pragma = |connection: &Connection, name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let writer = store.writer();
    for (name, value) in [
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("foreign_keys", 1),
    ] {
        assert_eq!(pragma(&writer.connection, name), value, "{name}");
    }
    let mmap = |connection: &Connection| {
        connection
            .query_row("PRAGMA mmap_size", [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(mmap(&writer.connection), 0);
    let update = "UPDATE sqlite_schema SET sql = ''";
    assert!(writer.connection.execute(update, []).is_err());
    store
        .readers
        .read(|connection| {
            assert_eq!(mmap(connection), 0);
            assert!(connection.execute("DELETE FROM record", []).is_err());
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_batch_is_applied_once_and_on_top_of_what_it_expects() {
    let (_folder, store) = fresh();
    store
        .commit(&batch(0, &[("s/1", "one"), ("s/2", "two")], &[]))
        .unwrap();
    assert_eq!(
        store.commit(&batch(0, &[("s/3", "three")], &[])),
        Err(CommitError::Stale)
    );
    store
        .commit(&batch(1, &[("s/2", "zwei")], &["s/1", "s/nothing"]))
        .unwrap();
    assert_eq!(all(&*store, &Scan::prefix(b"")), [row("s/2", 2, "zwei")]);
    let found = store.head().unwrap();
    assert_eq!(
        (found.generation, found.mac, found.body),
        (2, [9; 32], head().body)
    );
}

#[test]
fn a_transaction_that_is_dropped_leaves_nothing() {
    let (_folder, store) = fresh();
    let transaction = store.begin(Patience::Wait).unwrap();
    assert_eq!(transaction.generation(), 0);
    assert_eq!(transaction.body(), Ok(head().body));
    drop(transaction);
    let mut too_large = batch(0, &[("s/1", "one")], &[]);
    too_large.puts.push((b"s/2".to_vec(), vec![0; 20 << 20]));
    assert_eq!(store.commit(&too_large), Err(StoreError::TooLarge.into()));
    assert_eq!(store.get(b"s/1"), Ok(None));
    store.commit(&batch(0, &[("s/1", "one")], &[])).unwrap();
}

#[test]
fn a_scan_keeps_to_its_span_order_and_limit() {
    let (_folder, store) = fresh();
    let puts = [
        ("s/b", "2"),
        ("a/1", "x"),
        ("s/a", "1"),
        ("t", "y"),
        ("s/c", "3"),
    ];
    store.commit(&batch(0, &puts, &[])).unwrap();
    let keys = |scan: Scan| -> Vec<String> {
        all(&*store, &scan)
            .into_iter()
            .map(|(key, ..)| key)
            .collect()
    };
    let secrets = || Scan::prefix(b"s/");
    assert_eq!(keys(secrets()), ["s/a", "s/b", "s/c"]);
    assert_eq!(keys(secrets().descending().limit(2)), ["s/c", "s/b"]);
    assert_eq!(keys(secrets().from(b"s/b")), ["s/b", "s/c"]);
    assert_eq!(keys(secrets().until(b"s/c").descending()), ["s/b", "s/a"]);
    assert_eq!(keys(Scan::prefix(b"")), ["a/1", "s/a", "s/b", "s/c", "t"]);
    assert_eq!(
        keys(Scan::prefix(b"").as_stored()),
        ["s/b", "a/1", "s/a", "t", "s/c"]
    );
    let mut stored = keys(secrets().as_stored());
    stored.sort();
    assert_eq!(stored, ["s/a", "s/b", "s/c"]);
    let mut seen = 0;
    let stop = &mut |_: &[u8], _, _: &[u8]| {
        seen += 1;
        std::ops::ControlFlow::Break(())
    };
    store.range(b"s/", stop).unwrap();
    assert_eq!(seen, 1);
}

#[test]
fn others_see_what_was_touched_since() {
    let (_folder, store) = fresh();
    store
        .commit(&batch(0, &[("s/1", "one"), ("s/2", "two")], &[]))
        .unwrap();
    store
        .commit(&batch(1, &[("s/3", "three")], &["s/1"]))
        .unwrap();
    let other = SqliteStore::open(store.path()).unwrap();
    let sorted = |changes| match changes {
        Ok(Changes::Keys { upto, mut keys }) => {
            keys.sort();
            (upto, keys)
        }
        other => panic!("{other:?}"),
    };
    let key = |key: &str, deleted| (key.as_bytes().to_vec(), deleted);
    let everything = vec![key("s/1", true), key("s/2", false), key("s/3", false)];
    assert_eq!(sorted(other.changes(0)), (2, everything));
    assert_eq!(
        sorted(other.changes(1)),
        (2, vec![key("s/1", true), key("s/3", false)])
    );
    assert_eq!(sorted(other.changes(2)), (2, Vec::new()));
    assert_eq!(other.changes(3), Ok(Changes::TooOld));
}

#[test]
fn the_list_of_changes_is_pruned_and_says_so() {
    let (_folder, store) = fresh();
    store.commit(&batch(0, &[("s/1", "one")], &[])).unwrap();
    // As after 10,200 commits.
    store
        .writer()
        .connection
        .execute_batch(
            "WITH RECURSIVE n(g) AS (SELECT 2 UNION ALL SELECT g + 1 FROM n WHERE g < 10239) \
             INSERT INTO change SELECT g, x'00000161' FROM n; UPDATE head SET generation = 10239",
        )
        .unwrap();
    assert!(matches!(
        store.changes(0),
        Ok(Changes::Keys { upto: 10_239, .. })
    ));
    store
        .commit(&batch(10_239, &[("s/1", "two")], &[]))
        .unwrap();
    assert_eq!(store.changes(239), Ok(Changes::TooOld));
    assert!(matches!(
        store.changes(240),
        Ok(Changes::Keys { upto: 10_240, .. })
    ));
}

#[test]
fn an_import_is_followed_by_reading_anew() {
    let (_folder, store) = fresh();
    let mut rows = (0..5000_u32).map(|n| (n.to_be_bytes().to_vec(), vec![7; 100]));
    store
        .bulk_put(&batch(0, &[("s/1", "one")], &[]), &mut rows)
        .unwrap();
    assert_eq!(store.changes(0), Ok(Changes::TooOld));
    assert!(matches!(
        store.changes(1),
        Ok(Changes::Keys { upto: 1, .. })
    ));
    assert_eq!(
        store.get(&77_u32.to_be_bytes()).unwrap().unwrap().revision,
        1
    );
    assert_eq!(store.check(), Ok(()));
}

#[test]
fn readers_go_on_while_somebody_writes() {
    let (_folder, store) = fresh();
    store.commit(&batch(0, &[("s/1", "one")], &[])).unwrap();
    let transaction = store.begin(Patience::Wait).unwrap();
    assert_eq!(store.generation(), Ok(1));
    assert!(store.get(b"s/1").unwrap().is_some());
    let other = SqliteStore::open(store.path()).unwrap();
    assert!(matches!(other.begin(Patience::None), Err(StoreError::Busy)));
    drop(transaction);
    assert!(other.begin(Patience::None).is_ok());
}

#[test]
fn closing_leaves_one_file() {
    let (folder, store) = fresh();
    store.commit(&batch(0, &[("s/1", "one")], &[])).unwrap();
    let path = store.path().to_owned();
    drop(store);
    let names: Vec<_> = std::fs::read_dir(folder.path().join("v"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["vault.keyturn"]);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(all(&store, &Scan::prefix(b"s/")), [row("s/1", 1, "one")]);
}

#[test]
fn a_vault_is_made_once() {
    let (_folder, store) = fresh();
    let again = SqliteStore::create(store.path(), &head(), &[]);
    assert_eq!(again.err(), Some(StoreError::Exists));
    assert_eq!(store.check(), Ok(()));
}
