//! Sample data to look around in.

use keyturn_api::{
    Caller, Instance, Metadata, NewSecret, NewVersion, Plaintext, Result, Surface, fields,
    secret::{NewDetail, arbitrary},
    version::RotationInput,
};

use crate::{Vault, wait};

/// Name, description, labels, days until it expires, values in the order they were rotated.
type Sample = (
    &'static str,
    &'static str,
    &'static [&'static str],
    Option<i64>,
    &'static [&'static str],
);

const SAMPLES: &[Sample] = &[
    (
        "payments-webhook-key",
        "Signs the callbacks of the payment provider",
        &["payments", "production"],
        Some(24),
        &["sample-whk-7f3a", "sample-whk-91c2", "sample-whk-b6d0"],
    ),
    (
        "mail-relay-token",
        "Sends mail through the relay",
        &["mail", "production"],
        None,
        &["sample-token-1"],
    ),
    (
        "staging-db-dsn",
        "Connection string of the staging database",
        &["database", "staging"],
        None,
        &[
            "postgres://app:sample@db.staging.example:5432/app",
            "postgres://app:sample2@db.staging.example:5432/app",
        ],
    ),
    (
        "license-file",
        "Licence of the reporting server, valid for a year",
        &["reporting"],
        Some(200),
        &["SAMPLE-LICENSE-0001"],
    ),
    (
        "feature-flags-sdk-key",
        "Read-only key of the feature flag service",
        &["production"],
        None,
        &["sample-sdk-key"],
    ),
    (
        "backup-repository-password",
        "Password of the off-site backup",
        &["backup", "production"],
        Some(4),
        &["sample-backup-1", "sample-backup-2"],
    ),
    (
        "ci-deploy-token",
        "Lets the pipeline deploy to staging",
        &["ci", "staging"],
        Some(61),
        &["sample-ci-token"],
    ),
];

/// Fills a new sample vault.
pub(super) fn fill(vault: &Vault) -> Result<()> {
    let caller = Caller::owner("sample", Surface::Window);
    let now = vault.now();
    for (name, description, labels, days, values) in SAMPLES {
        let [first, later @ ..] = values else {
            continue;
        };
        let new = NewSecret {
            name: (*name).to_owned(),
            description: Some((*description).to_owned()),
            secret_group_id: fields::DEFAULT_GROUP.to_owned(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            custom_metadata: Some(Metadata::from_iter([("sample".to_owned(), true.into())])),
            version_custom_metadata: None,
            detail: NewDetail::Arbitrary(arbitrary::New {
                payload: Plaintext::text((*first).to_owned()),
                expiration_date: days.map(|days| now.plus_days(days)),
            }),
        };
        let id = wait(vault.create_secret(&caller, new))?.view.metadata.id;
        for value in later {
            let version = NewVersion {
                custom_metadata: None,
                version_custom_metadata: None,
                input: RotationInput::Arbitrary(arbitrary::Rotation {
                    payload: Plaintext::text((*value).to_owned()),
                }),
            };
            wait(vault.create_version(&caller, &id, version, None))?;
        }
    }
    Ok(())
}
