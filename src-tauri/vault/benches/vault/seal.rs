//! Sealing and opening of single records, without the store.

use std::{hint::black_box, thread, time::Instant};

use keyturn_vault::seal::{Header, Keys, Kind, RecordId, Vmk};
use uuid::Uuid;

use super::report::note;

const RECORDS: u32 = 100_000;

pub fn all() {
    let header = Header::make(Uuid::new_v4(), 0);
    let (keys, _) = Keys::create(Vmk::make(), &header);
    let plaintext = vec![0x5a; 1000];
    let sealed: Vec<Vec<u8>> = (0..RECORDS)
        .map(|object| keys.seal(&id(object), &plaintext))
        .collect();
    let sealing = best_of_five(|| {
        for object in 0..RECORDS {
            black_box(keys.seal(&id(object), &plaintext));
        }
    });
    note("seal 1,000 bytes", sealing / f64::from(RECORDS) * 1e6, "us");
    let opening = best_of_five(|| {
        thread::scope(|scope| {
            for (half, records) in (0u32..).zip(sealed.chunks(sealed.len() / 2)) {
                let keys = &keys;
                scope.spawn(move || open_all(keys, half * RECORDS / 2, records));
            }
        });
    });
    note(
        "open 100,000 records of 1,000 bytes on two threads",
        opening * 1000.0,
        "ms",
    );
}

fn open_all(keys: &Keys, first: u32, records: &[Vec<u8>]) {
    let mut buffer = Vec::new();
    for (object, record) in (first..).zip(records) {
        keys.open_into(&id(object), record, &mut buffer)
            .expect("opened");
    }
}

fn id(object: u32) -> RecordId {
    RecordId {
        kind: Kind::Secret,
        object: Uuid::from_u128(object.into()),
        field: 0,
        version: 1,
    }
}

/// Seconds of the best run, because whatever else the machine does only ever adds.
fn best_of_five(mut run: impl FnMut()) -> f64 {
    let mut timed = || {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..5).map(|_| timed()).fold(f64::INFINITY, f64::min)
}
