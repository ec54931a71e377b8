//! Private keys do not stay in memory that is given back: the allocator looks. Key stores are not
//! among it: the libraries that write them keep copies of their own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use data_encoding::BASE64;
use keyturn_pki::issue::{Authority, CaProfile, Serial};
use keyturn_pki::read::read;
use keyturn_pki::write::Bundle;
use keyturn_pki::{Curve, KeyAlgorithm, PrivateKey, Subject};

static LOOKS: AtomicBool = AtomicBool::new(false);
/// Eight bytes each of the key and of its Base64.
static MARKS: [AtomicU64; 2] = [const { AtomicU64::new(0) }; 2];
static FOUND: [AtomicU32; 2] = [const { AtomicU32::new(0) }; 2];

/// The allocator of the system, which looks at what it is given back.
struct Watched;

#[global_allocator]
static WATCHED: Watched = Watched;

#[expect(unsafe_code, reason = "an allocator is unsafe by nature")]
// SAFETY: all is left to the allocator of the system; what is looked at is allocated still.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeros, so that nothing is looked at that was never written.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if LOOKS.load(Ordering::Relaxed) {
            let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            for window in bytes.windows(8) {
                let word = window
                    .iter()
                    .fold(0, |word, byte| (word << 8) | u64::from(*byte));
                for (mark, found) in MARKS.iter().zip(&FOUND) {
                    if word == mark.load(Ordering::Relaxed) {
                        found.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        }
        unsafe { System.dealloc(block, layout) }
    }
}

/// How often the key and its Base64 were in memory that was given back.
fn left_behind(work: impl FnOnce()) -> [u32; 2] {
    LOOKS.store(true, Ordering::Relaxed);
    work();
    LOOKS.store(false, Ordering::Relaxed);
    FOUND
        .each_ref()
        .map(|found| found.swap(0, Ordering::Relaxed))
}

fn mark(place: usize, bytes: &[u8]) {
    MARKS[place].store(
        u64::from_be_bytes(bytes[..8].try_into().unwrap()),
        Ordering::Relaxed,
    );
}

// One test: the allocator is that of all threads.
#[test]
fn keys_are_not_left_in_memory() {
    let key = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P256)).unwrap();
    let profile = CaProfile {
        subject: Subject::named("a.example.com"),
        not_after: 2_000_000_000,
        ..CaProfile::default()
    };
    let serial = Serial::random().unwrap();
    let certificate = Authority::self_signed(&profile, &key, &serial, 0).unwrap();
    let bundle = Bundle {
        certificate: &certificate,
        intermediates: &[],
        private_key: Some(&key),
    };
    let der = key.pkcs8_der();
    let start = der
        .windows(5)
        .position(|part| part == [2, 1, 1, 4, 32])
        .unwrap()
        + 5;
    mark(0, &der[start..]);
    // A line of PEM begins with this byte, which is within the key.
    assert!((start..start + 24).contains(&48));
    mark(1, &BASE64.encode(&der[48..]).as_bytes()[..8]);

    // The allocator does find what is there.
    assert_eq!(left_behind(|| drop(der.to_vec())), [1, 0]);
    assert_eq!(left_behind(|| drop(BASE64.encode(der))), [0, 1]);

    assert_eq!(left_behind(|| drop(key.to_pem())), [0; 2], "PEM");
    assert_eq!(
        left_behind(|| drop(bundle.pem_bundle())),
        [0; 2],
        "PEM of all"
    );
    let pem = key.to_pem();
    assert_eq!(
        left_behind(|| drop(read(pem.as_bytes(), None).unwrap())),
        [0; 2],
        "PEM read"
    );
}
