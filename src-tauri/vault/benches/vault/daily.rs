//! What surrounds rotations in daily use: a bulk that the schedule catches up with, comparing
//! versions, and a list with reminders.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use keyturn_api::{
    Instance, IntervalUnit, ListSecrets, NewSecret, Plaintext, Reminder, RotationPolicy,
    SecretPatch, SecretType, Timestamp, VersionAlias, VersionRef, fields,
    secret::{NewDetail, kv},
    version::{Compared, RotationInput},
};
use keyturn_vault::{Clock, SystemClock, Vault, wait};

use super::{
    report::{Bound, line, median, note, percentile},
    rotate::storms,
    sample::{Made, owner, rotation_by},
};

pub fn all(made: &Made) {
    bulk(made);
    comparison(made);
    reminders(made);
}

/// The computer's clock, so many days ahead.
struct Ahead(AtomicI64);

impl Ahead {
    fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(0)))
    }

    fn days(&self, days: i64) {
        self.0.fetch_add(days, Ordering::Relaxed);
    }
}

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus_days(self.0.load(Ordering::Relaxed))
    }
}

fn patch_some(vault: &Vault, secret_type: SecretType, patch: &SecretPatch) {
    let query = ListSecrets {
        limit: 1000,
        secret_types: vec![secret_type],
        ..ListSecrets::default()
    };
    let page = wait(vault.list_secrets(&owner(), &query)).expect("page");
    for secret in page.items {
        let id = &secret.metadata.id;
        wait(vault.update_secret(&owner(), id, patch.clone(), None)).expect("changed");
    }
}

/// A thousand generated passwords fall due at once, against 64 callers in the same run.
fn bulk(made: &Made) {
    let clock = Ahead::new();
    let vault = made.open_by(Arc::clone(&clock) as _);
    let daily = SecretPatch {
        rotation: Some(RotationPolicy {
            auto_rotate: true,
            interval: Some(1),
            unit: Some(IntervalUnit::Day),
            rotate_keys: None,
        }),
        ..SecretPatch::default()
    };
    patch_some(&vault, SecretType::UsernamePassword, &daily);
    let mut rates = Vec::new();
    for run in 0..6 {
        clock.days(2);
        let start = Instant::now();
        let done = wait(vault.run_schedule()).expect("run");
        assert_eq!((done.rotated, done.failed), (1000, 0));
        if run > 0 {
            rates.push(1000.0 / start.elapsed().as_secs_f64());
        }
    }
    let bulk = median(rates);
    let (callers, _) = storms(&vault, 20_000);
    note("bulk of 1,000 generated passwords", bulk, "1/s");
    line(
        "bulk of 1,000 generated passwords / 64 callers",
        bulk / callers,
        "x",
        Bound::AtLeast(0.8),
    );
}

/// Two versions of 512 KB, read, opened, compared and recorded. All keys are there in both, and
/// every third value is another one.
fn comparison(made: &Made) {
    let vault = made.open();
    let data = |round: usize| {
        let mut text = String::from("{");
        for key in 0..18_000 {
            let value = if key % 3 == 0 { key + round } else { key };
            let comma = if key > 0 { "," } else { "" };
            let _ = write!(text, "{comma}\"key-{key:06}\":\"{value:012}\"");
        }
        text.push('}');
        kv::Data::parse(&Plaintext::text(text)).expect("an object")
    };
    let new = NewSecret {
        name: "large-object".into(),
        description: None,
        secret_group_id: fields::DEFAULT_GROUP.into(),
        labels: Vec::new(),
        custom_metadata: None,
        version_custom_metadata: None,
        reminder: None,
        detail: NewDetail::Kv(kv::New { data: data(0) }),
    };
    let made = wait(vault.create_secret(&owner(), new)).expect("created");
    let id = made.view.metadata.id;
    let next = RotationInput::Kv(kv::Rotation { data: data(1) });
    wait(vault.create_version(&owner(), &id, rotation_by(next), None)).expect("rotated");
    let mut samples: Vec<f64> = (0..60)
        .map(|_| {
            let with = Compared::Version(VersionRef::CURRENT);
            let previous = VersionRef::Alias(VersionAlias::Previous);
            let start = Instant::now();
            let compared = wait(vault.compare(&owner(), &id, &previous, with)).expect("compared");
            std::hint::black_box(compared);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    line(
        "compare two key-value versions of 500 KB, p99",
        percentile(&mut samples, 0.99),
        "ms",
        Bound::AtMost(50.0),
    );
    wait(vault.delete_secret(&owner(), &id, None)).expect("deleted");
}

/// The page of the list and the number of what is overdue, with a thousand overdue secrets, and in
/// alternating blocks on a copy of the same vault without any.
fn reminders(made: &Made) {
    let without = made.copy().open();
    let with = with_overdue(made);
    let query = ListSecrets {
        limit: 25,
        ..ListSecrets::default()
    };
    let look = |vault: &Vault| {
        let start = Instant::now();
        let page = wait(vault.list_secrets(&owner(), &query)).expect("page");
        let overdue = wait(vault.overdue_total(&owner())).expect("total");
        std::hint::black_box((page, overdue));
        start.elapsed().as_secs_f64() * 1000.0
    };
    assert_eq!(wait(with.overdue_total(&owner())).expect("total"), 1000);
    let mut ratios = Vec::new();
    for run in 0..6 {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..40 {
            ours.extend((0..10).map(|_| look(&with)));
            bare.extend((0..10).map(|_| look(&without)));
        }
        if run > 0 {
            ratios.push(percentile(&mut ours, 0.5) / percentile(&mut bare, 0.5));
        }
    }
    line(
        "list 100,000 with 1,000 overdue / without reminders",
        median(ratios),
        "x",
        Bound::AtMost(1.1),
    );
}

fn with_overdue(made: &Made) -> Arc<Vault> {
    let clock = Ahead::new();
    // beyond what the bulk has reached
    clock.days(20);
    let vault = made.open_by(Arc::clone(&clock) as _);
    let daily = SecretPatch {
        reminder: Some(Some(Reminder {
            every_days: 1,
            snoozed_until: None,
        })),
        ..SecretPatch::default()
    };
    patch_some(&vault, SecretType::Arbitrary, &daily);
    clock.days(2);
    // what the bulk left behind rotates by itself, and is not due then
    wait(vault.run_schedule()).expect("run");
    vault
}
