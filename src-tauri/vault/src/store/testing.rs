//! A ledger and a vault's file for the tests of this folder.

use std::sync::Arc;

use tempfile::TempDir;

use super::{Commit, Head, HeadMark, Ledger, Put, Scan, SqliteStore, Store, StoreError};

/// A ledger whose records are numbered and name the entry before them. An entry is its text; the
/// entry "huge" makes a record that no store takes.
#[derive(Default)]
pub(super) struct Chain {
    tail: Tail,
    saved: Tail,
}

#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Tail {
    count: u64,
    last: String,
}

impl Ledger for Chain {
    type Entry = String;

    fn reload(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let mut tail = Tail::default();
        store.scan(
            &Scan::prefix(b"a/").descending().limit(1),
            &mut |key, _, value| {
                let count = u64::from_be_bytes(key[2..].try_into().unwrap());
                let text = String::from_utf8(value.to_vec()).unwrap();
                tail = Tail {
                    count,
                    last: text.split_once(" after ").unwrap().0.into(),
                };
                std::ops::ControlFlow::Break(())
            },
        )?;
        self.tail = tail;
        Ok(())
    }

    fn checkpoint(&mut self) {
        self.saved = self.tail.clone();
    }

    fn rollback(&mut self) {
        self.tail = self.saved.clone();
    }

    fn append(&mut self, entry: &String) -> Vec<Put> {
        assert_ne!(entry, "panic");
        let before = std::mem::replace(&mut self.tail.last, entry.clone());
        self.tail.count += 1;
        let key = [b"a/".as_slice(), &self.tail.count.to_be_bytes()].concat();
        let value = format!("{entry} after {before}").into_bytes();
        let padding = if entry == "huge" { 32 << 20 } else { 0 };
        vec![(key, [value, vec![0; padding]].concat())]
    }

    fn head(&mut self, body: &[u8], generation: u64) -> HeadMark {
        let mut mark = HeadMark::default();
        mark.mac[..8].copy_from_slice(&generation.to_be_bytes());
        mark.mac[8..16].copy_from_slice(&body.len().to_be_bytes());
        mark.manifest[..8].copy_from_slice(&self.tail.count.to_be_bytes());
        mark
    }
}

/// The texts of the chain, checked for gaps.
pub(super) fn chain_of(store: &dyn Store) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    store
        .range(b"a/", &mut |key, _, value| {
            let text = String::from_utf8(value.to_vec()).unwrap();
            let (entry, before) = text.split_once(" after ").unwrap();
            assert_eq!(
                key[2..],
                (texts.len() as u64 + 1).to_be_bytes(),
                "a gap in the chain"
            );
            assert_eq!(
                before,
                texts.last().map_or("", String::as_str),
                "a broken chain"
            );
            texts.push(entry.to_owned());
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    texts
}

/// A fresh vault's file, in a folder that goes with the first value.
pub(super) fn fresh() -> (TempDir, Arc<SqliteStore>) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::create(&folder.path().join("v/vault.keyturn"), &head(), &[]).unwrap();
    (folder, Arc::new(store))
}

pub(super) fn head() -> Head {
    Head {
        body: b"header".to_vec(),
        generation: 0,
        manifest: [0; 32],
        mac: [1; 32],
    }
}

/// A commit that puts one value and is noted by its key.
pub(super) fn put(key: &str, value: &str) -> Commit<String> {
    Commit {
        expect: Vec::new(),
        puts: vec![(key.into(), value.into())],
        deletes: Vec::new(),
        body: None,
        entry: format!("put {key}"),
        after: Box::new(|_| ()),
    }
}

/// Everything in the store, as text.
pub(super) fn all(store: &dyn Store, scan: &Scan) -> Vec<(String, u64, String)> {
    let mut found = Vec::new();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    store
        .scan(scan, &mut |key, revision, value| {
            found.push((text(key), revision, text(value)));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    found
}
