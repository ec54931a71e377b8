//! A ledger without cryptography: numbered entries, each with the checksum of all before it.

use std::ops::ControlFlow;

use keyturn_vault::store::{HeadMark, Ledger, Put, Scan, Store, StoreError};
use sha2::{Digest, Sha256};

const PREFIX: &[u8] = b"a/";

#[derive(Default)]
pub(crate) struct Chain {
    tail: Tail,
    saved: Tail,
}

#[derive(Clone, Copy, Default)]
struct Tail {
    count: u64,
    sum: [u8; 32],
}

impl Tail {
    fn append(&mut self, entry: &str) -> Put {
        self.count += 1;
        self.sum = Sha256::new()
            .chain_update(self.sum)
            .chain_update(entry)
            .finalize()
            .into();
        let key = [PREFIX, &self.count.to_be_bytes()].concat();
        (key, [&self.sum, entry.as_bytes()].concat())
    }
}

impl Ledger for Chain {
    type Entry = String;

    fn reload(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        self.tail = Tail::default();
        store.scan(
            &Scan::prefix(PREFIX).descending().limit(1),
            &mut |key, _, value| {
                self.tail.count = count_of(key);
                self.tail.sum = value[..32].try_into().unwrap();
                ControlFlow::Break(())
            },
        )
    }

    fn checkpoint(&mut self) {
        self.saved = self.tail;
    }

    fn rollback(&mut self) {
        self.tail = self.saved;
    }

    fn append(&mut self, entry: &String) -> Vec<Put> {
        vec![self.tail.append(entry)]
    }

    fn head(&mut self, body: &[u8], generation: u64) -> HeadMark {
        HeadMark {
            mac: mac(body, generation, &self.tail),
            manifest: self.tail.sum,
        }
    }
}

/// All entries of the store, whose chain has no gap and ends where the header says.
pub(crate) fn verified(store: &dyn Store) -> Vec<String> {
    let mut tail = Tail::default();
    let mut entries = Vec::new();
    store
        .range(PREFIX, &mut |key, _, value| {
            let entry = String::from_utf8(value[32..].to_vec()).unwrap();
            assert_eq!(
                tail.append(&entry),
                (key.to_vec(), value.to_vec()),
                "a broken chain"
            );
            entries.push(entry);
            ControlFlow::Continue(())
        })
        .unwrap();
    let head = store.head().unwrap();
    if head.generation > 0 {
        assert_eq!(head.manifest, tail.sum, "the header does not fit the chain");
        assert_eq!(head.mac, mac(&head.body, head.generation, &tail));
    }
    entries
}

fn count_of(key: &[u8]) -> u64 {
    u64::from_be_bytes(key[PREFIX.len()..].try_into().unwrap())
}

fn mac(body: &[u8], generation: u64, tail: &Tail) -> [u8; 32] {
    let sum = Sha256::new()
        .chain_update(body)
        .chain_update(generation.to_be_bytes());
    sum.chain_update(tail.sum).finalize().into()
}
