//! Sample data to look around in.

use keyturn_api::{
    Caller, Instance, Metadata, NewSecret, NewVersion, Plaintext, Result, Surface, Timestamp,
    fields,
    secret::{NewDetail, arbitrary, kv, username_password},
    version::RotationInput,
};
use username_password::PasswordGenerationPolicy;

use crate::{Vault, wait};

/// Name, description, labels, days until it expires, values.
type Sample = (
    &'static str,
    &'static str,
    &'static [&'static str],
    Option<i64>,
    Values,
);

/// Values of some type, in the order they were rotated.
enum Values {
    Arbitrary(&'static [&'static str]),
    Kv(&'static [&'static str]),
    /// Of this user; generated.
    Passwords(&'static str, usize),
}
use Values::{Arbitrary, Kv, Passwords};

const SAMPLES: &[Sample] = &[
    (
        "payments-webhook-key",
        "Signs the callbacks of the payment provider",
        &["payments", "production"],
        Some(24),
        Arbitrary(&["sample-whk-7f3a", "sample-whk-91c2", "sample-whk-b6d0"]),
    ),
    (
        "mail-relay-token",
        "Sends mail through the relay",
        &["mail", "production"],
        None,
        Arbitrary(&["sample-token-1"]),
    ),
    (
        "staging-db-dsn",
        "Connection string of the staging database",
        &["database", "staging"],
        None,
        Arbitrary(&[
            "postgres://app:sample@db.staging.example:5432/app",
            "postgres://app:sample2@db.staging.example:5432/app",
        ]),
    ),
    (
        "license-file",
        "Licence of the reporting server, valid for a year",
        &["reporting"],
        Some(200),
        Arbitrary(&["SAMPLE-LICENSE-0001"]),
    ),
    (
        "feature-flags-sdk-key",
        "Read-only key of the feature flag service",
        &["production"],
        None,
        Arbitrary(&["sample-sdk-key"]),
    ),
    (
        "backup-repository-password",
        "Password of the off-site backup",
        &["backup", "production"],
        Some(4),
        Arbitrary(&["sample-backup-1", "sample-backup-2"]),
    ),
    (
        "ci-deploy-token",
        "Lets the pipeline deploy to staging",
        &["ci", "staging"],
        Some(61),
        Arbitrary(&["sample-ci-token"]),
    ),
    (
        "reporting-db",
        "Login of the reporting job",
        &["database", "reporting"],
        Some(45),
        Passwords("report", 3),
    ),
    (
        "search-cluster",
        "Where search finds its cluster, and as whom",
        &["production", "search"],
        None,
        Kv(&[
            r#"{"hosts":["search-1.example","search-2.example"],"user":"app","password":"sample-1"}"#,
            r#"{"hosts":["search-1.example","search-3.example"],"user":"app","password":"sample-2"}"#,
        ]),
    ),
];

/// Fills a new sample vault.
pub(super) fn fill(vault: &Vault) -> Result<()> {
    let caller = Caller::owner("sample", Surface::Window);
    let now = vault.now();
    for (name, description, labels, days, values) in SAMPLES {
        let new = NewSecret {
            name: (*name).to_owned(),
            description: Some((*description).to_owned()),
            secret_group_id: fields::DEFAULT_GROUP.to_owned(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            custom_metadata: Some(Metadata::from_iter([("sample".to_owned(), true.into())])),
            version_custom_metadata: None,
            detail: values.first(days.map(|days| now.plus_days(days)))?,
        };
        let id = wait(vault.create_secret(&caller, new))?.view.metadata.id;
        for input in values.later()? {
            let version = NewVersion {
                custom_metadata: None,
                version_custom_metadata: None,
                input,
            };
            wait(vault.create_version(&caller, &id, version, None))?;
        }
    }
    Ok(())
}

impl Values {
    fn first(&self, expiration_date: Option<Timestamp>) -> Result<NewDetail> {
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
