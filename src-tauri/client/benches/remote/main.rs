//! A remote instance as the window uses it: a vault that is served on loopback, and every request
//! counted on its way.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a benchmark prints rounded figures, and fails by panicking"
)]

mod counted;
#[allow(dead_code, reason = "not every benchmark prints everything")]
#[path = "../../../vault/benches/vault/report.rs"]
mod report;

use std::sync::Arc;
use std::time::{Duration, Instant};

use counted::Counted;
use keyturn_api::secret::arbitrary;
use keyturn_api::version::RotationInput;
use keyturn_api::{Caller, Instance, ListSecrets, NewVersion, Plaintext, Surface};
use report::{Bound, line, note, percentile};

/// Secrets of the instance.
const SECRETS: usize = 20_000;
/// Rows of a page of the window.
const ROWS: u32 = 50;
/// Calls that are timed.
const CALLS: usize = 500;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let served = Counted::with(SECRETS).await;
        first_page(&served).await;
        rotation(&served).await;
        calls(&served).await;
        index(&served).await;
    });
}

fn me() -> Caller {
    Caller::owner("bench", Surface::Window)
}

fn page() -> ListSecrets {
    ListSecrets {
        limit: ROWS,
        ..ListSecrets::default()
    }
}

async fn first_page(served: &Counted) {
    let remote = served.remote();
    let before = served.requests("");
    let begun = Instant::now();
    let first = remote.list_secrets(&me(), &page()).await.unwrap();
    let took = begun.elapsed();
    let asked = served.requests("") - before;
    assert_eq!(first.total_count as usize, SECRETS);
    let tokens = served.requests("/identity/token");
    let of_list = served.requests("/secrets?");
    line(
        "first page of a remote list: requests besides the token",
        of_list as f64,
        "",
        Bound::AtMost(1.0),
    );
    // what the key may do, and the next change; the page does not wait for them
    note(
        "the same: requests at the same time",
        (asked - tokens - of_list) as f64,
        "",
    );
    note(
        "first page of a remote list of 20,000: time",
        millis(took),
        "ms",
    );
    remote.close();
}

async fn rotation(served: &Counted) {
    let remote = served.remote();
    let id = &served.id;
    // as the dialog does before the click
    let outlook = remote.rotation_outlook(&me(), id).await.unwrap();
    let before = served.requests(id);
    let new = NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::Arbitrary(arbitrary::Rotation {
            payload: Plaintext::text("another value".into()),
        }),
    };
    let seen = &outlook.secret.revision;
    remote
        .create_version(&me(), id, new, Some(seen))
        .await
        .unwrap();
    remote.secret_metadata(&me(), id).await.unwrap();
    let asked = (served.requests(id) - before) as f64;
    line(
        "a rotation and its read-back: requests",
        asked,
        "",
        Bound::AtMost(2.0),
    );
    remote.close();
}

async fn calls(served: &Counted) {
    let kept = Arc::new(counted::Kept::default());
    let remote = served.remembering(Arc::clone(&kept) as _);
    let (me, id) = (me(), &served.id);
    let (mut far, mut near) = (Vec::new(), Vec::new());
    remote.secret_metadata(&me, id).await.unwrap();
    until_kept(&kept).await;
    for _ in 0..CALLS {
        let begun = Instant::now();
        remote.secret_metadata(&me, id).await.unwrap();
        far.push(millis(begun.elapsed()));
        let begun = Instant::now();
        served.vault.secret_metadata(&me, id).await.unwrap();
        near.push(millis(begun.elapsed()));
    }
    let cost = percentile(&mut far, 0.5) - percentile(&mut near, 0.5);
    line(
        "through client and server besides the vault, p50",
        cost,
        "ms",
        Bound::AtMost(2.0),
    );
    note("the same, p99", percentile(&mut far, 0.99), "ms");
    remote.close();
}

/// The complete index, read in the background from the first question on.
async fn index(served: &Counted) {
    let kept = Arc::new(counted::Kept::default());
    let begun = Instant::now();
    let remote = served.remembering(Arc::clone(&kept) as _);
    remote.list_secrets(&me(), &page()).await.unwrap();
    until_kept(&kept).await;
    note(
        "complete index of 20,000: time",
        millis(begun.elapsed()),
        "ms",
    );
    remote.close();
}

/// Waits until the index was read.
async fn until_kept(kept: &counted::Kept) {
    while !kept.is_there() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
