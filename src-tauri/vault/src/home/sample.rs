//! Sample data to look around in.

use std::collections::HashMap;

use keyturn_api::{
    Caller, Instance, IntervalUnit, Metadata, NewLock, NewLocks, NewSecret, NewSecretGroup,
    NewVersion, Plaintext, Reminder, Result, RotationPolicy, Surface, Timestamp, VersionRef,
    fields,
    secret::{NewDetail, arbitrary, kv, username_password},
    version::RotationInput,
};
use username_password::PasswordGenerationPolicy;

use crate::{Vault, wait};

/// A secret of the sample.
struct Sample {
    name: &'static str,
    description: &'static str,
    labels: &'static [&'static str],
    /// Name of its group; none: `default`.
    group: Option<&'static str>,
    /// Days until it expires.
    expires: Option<i64>,
    /// Days after which it rotates, or somebody is reminded to.
    every: Option<u32>,
    /// Locks on its current version.
    locks: &'static [&'static str],
    values: Values,
}

/// Values of some type, in the order they were rotated.
enum Values {
    Arbitrary(&'static [&'static str]),
    Kv(&'static [&'static str]),
    /// Of this user; generated.
    Passwords(&'static str, usize),
}
use Values::{Arbitrary, Kv, Passwords};

/// Groups of the sample and what they are for.
const GROUPS: &[(&str, &str)] = &[
    ("databases", "Logins and connection strings of databases"),
    ("payments", "What checkout needs to take money"),
];

const SAMPLES: &[Sample] = &[
    Sample {
        name: "payments-webhook-key",
        description: "Signs the callbacks of the payment provider",
        labels: &["payments", "production"],
        group: Some("payments"),
        expires: Some(24),
        every: Some(90),
        locks: &["checkout-eu", "checkout-us"],
        values: Arbitrary(&["sample-whk-7f3a", "sample-whk-91c2", "sample-whk-b6d0"]),
    },
    Sample {
        name: "mail-relay-token",
        description: "Sends mail through the relay",
        labels: &["mail", "production"],
        group: None,
        expires: None,
        every: Some(60),
        locks: &[],
        values: Arbitrary(&["sample-token-1"]),
    },
    Sample {
        name: "staging-db-dsn",
        description: "Connection string of the staging database",
        labels: &["database", "staging"],
        group: Some("databases"),
        expires: None,
        every: None,
        locks: &[],
        values: Arbitrary(&[
            "postgres://app:sample@db.staging.example:5432/app",
            "postgres://app:sample2@db.staging.example:5432/app",
        ]),
    },
    Sample {
        name: "license-file",
        description: "Licence of the reporting server, valid for a year",
        labels: &["reporting"],
        group: None,
        expires: Some(200),
        every: None,
        locks: &[],
        values: Arbitrary(&["SAMPLE-LICENSE-0001"]),
    },
    Sample {
        name: "feature-flags-sdk-key",
        description: "Read-only key of the feature flag service",
        labels: &["production"],
        group: None,
        expires: None,
        every: None,
        locks: &[],
        values: Arbitrary(&["sample-sdk-key"]),
    },
    Sample {
        name: "backup-repository-password",
        description: "Password of the off-site backup",
        labels: &["backup", "production"],
        group: None,
        expires: Some(4),
        every: Some(30),
        locks: &[],
        values: Arbitrary(&["sample-backup-1", "sample-backup-2"]),
    },
    Sample {
        name: "ci-deploy-token",
        description: "Lets the pipeline deploy to staging",
        labels: &["ci", "staging"],
        group: None,
        expires: Some(61),
        every: None,
        locks: &[],
        values: Arbitrary(&["sample-ci-token"]),
    },
    Sample {
        name: "reporting-db",
        description: "Login of the reporting job",
        labels: &["database", "reporting"],
        group: Some("databases"),
        expires: Some(45),
        every: Some(30),
        locks: &[],
        values: Passwords("report", 3),
    },
    Sample {
        name: "search-cluster",
        description: "Where search finds its cluster, and as whom",
        labels: &["production", "search"],
        group: None,
        expires: None,
        every: None,
        locks: &[],
        values: Kv(&[
            r#"{"hosts":["search-1.example","search-2.example"],"user":"app","password":"sample-1"}"#,
            r#"{"hosts":["search-1.example","search-3.example"],"user":"app","password":"sample-2"}"#,
        ]),
    },
];

/// Fills a new sample vault.
pub(super) fn fill(vault: &Vault) -> Result<()> {
    let caller = Caller::owner("sample", Surface::Window);
    let mut groups = HashMap::new();
    for (name, description) in GROUPS {
        let new = NewSecretGroup {
            name: (*name).to_owned(),
            description: Some((*description).to_owned()),
        };
        let made = wait(vault.create_secret_group(&caller, new))?;
        groups.insert(*name, made.group.id);
    }
    for sample in SAMPLES {
        let group = sample.group.and_then(|name| groups.get(name));
        let group = group.map_or(fields::DEFAULT_GROUP, String::as_str);
        let new = sample.secret(group, vault.now())?;
        let id = wait(vault.create_secret(&caller, new))?.view.metadata.id;
        for input in sample.values.later()? {
            let version = NewVersion {
                custom_metadata: None,
                version_custom_metadata: None,
                input,
            };
            wait(vault.create_version(&caller, &id, version, None))?;
        }
        let locks = sample.locks();
        if !locks.locks.is_empty() {
            wait(vault.create_locks(&caller, &id, &VersionRef::CURRENT, locks))?;
        }
    }
    Ok(())
}

impl Sample {
    fn secret(&self, group: &str, now: Timestamp) -> Result<NewSecret> {
        let alone = matches!(self.values, Passwords(..));
        let expires = self.expires.map(|days| now.plus_days(days));
        let rotation = RotationPolicy {
            auto_rotate: self.every.is_some(),
            interval: self.every,
            unit: self.every.map(|_| IntervalUnit::Day),
            rotate_keys: None,
        };
        let reminder = |every_days| Reminder {
            every_days,
            snoozed_until: None,
        };
        Ok(NewSecret {
            name: self.name.to_owned(),
            description: Some(self.description.to_owned()),
            secret_group_id: group.to_owned(),
            labels: self
                .labels
                .iter()
                .map(|label| (*label).to_owned())
                .collect(),
            custom_metadata: Some(Metadata::from_iter([("sample".to_owned(), true.into())])),
            version_custom_metadata: None,
            reminder: self.every.filter(|_| !alone).map(reminder),
            detail: self.values.first(expires, rotation)?,
        })
    }

    fn locks(&self) -> NewLocks {
        let lock = |name: &&str| NewLock {
            name: (*name).to_owned(),
            description: Some("Runs with this version".to_owned()),
            attributes: None,
        };
        NewLocks {
            locks: self.locks.iter().map(lock).collect(),
            mode: None,
        }
    }
}

impl Values {
    fn first(
        &self,
        expiration_date: Option<Timestamp>,
        rotation: RotationPolicy,
    ) -> Result<NewDetail> {
        Ok(match self {
            Arbitrary(texts) => NewDetail::Arbitrary(arbitrary::New {
                payload: text(texts[0]),
                expiration_date,
            }),
            Kv(objects) => NewDetail::Kv(kv::New {
                data: kv::Data::parse(&text(objects[0]))?,
            }),
            Passwords(user, _) => NewDetail::UsernamePassword(username_password::New {
                username: (*user).to_owned(),
                password: None,
                expiration_date,
                rotation,
                password_generation_policy: PasswordGenerationPolicy::default(),
            }),
        })
    }

    fn later(&self) -> Result<Vec<RotationInput>> {
        match self {
            Arbitrary(texts) => Ok(texts[1..]
                .iter()
                .map(|value| {
                    RotationInput::Arbitrary(arbitrary::Rotation {
                        payload: text(value),
                    })
                })
                .collect()),
            Kv(objects) => objects[1..]
                .iter()
                .map(|object| {
                    let data = kv::Data::parse(&text(object))?;
                    Ok(RotationInput::Kv(kv::Rotation { data }))
                })
                .collect(),
            Passwords(_, count) => Ok((1..*count)
                .map(|_| {
                    RotationInput::UsernamePassword(username_password::Rotation {
                        password: None,
                        password_generation_policy: None,
                    })
                })
                .collect()),
        }
    }
}

fn text(value: &str) -> Plaintext {
    Plaintext::text(value.to_owned())
}
