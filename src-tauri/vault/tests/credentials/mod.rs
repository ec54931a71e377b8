//! IAM credentials on a real vault file, with a stand-in of IAM.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test program uses its part"
)]

use std::{future::Future, sync::Arc};

use keyturn_api::{
    Code, ConfigType, ConfigurationView, Instance, IntervalUnit, NewConfiguration, NewLock,
    NewLocks, PendingRemoval, Result, RotationPolicy, Secret, SecretView, Version, VersionRef,
    VersionView,
    configuration::{
        NewConfigurationDetail,
        iam::{IamCredentials, NewIamCredentials},
    },
    secret::{
        Detail, NewDetail, Payload,
        iam_credentials::{self, New, Rotation},
    },
    version::RotationInput,
};
use keyturn_vault::{CredentialsRun, Vault};
use tokio::runtime::Runtime;
use zeroize::Zeroizing;

use crate::{
    desk::{Desk, owner, rotation_by, secret_of},
    servers::iam::{API_KEY, GROUPS, Iam, SERVICE_ID},
};

/// A vault, IAM, and the configuration that leads from one to the other.
pub struct Bench {
    pub desk: Desk,
    pub iam: Iam,
    runtime: Runtime,
}

impl Bench {
    /// Configured.
    pub fn new() -> Self {
        let bench = Self::unconfigured();
        bench.configure("engine", bench.engine()).unwrap();
        bench
    }

    pub fn unconfigured() -> Self {
        Self {
            desk: Desk::new(),
            iam: Iam::start(),
            runtime: Runtime::new().unwrap(),
        }
    }

    pub fn engine(&self) -> NewIamCredentials {
        engine(self.iam.url())
    }

    pub fn configure(&self, name: &str, engine: NewIamCredentials) -> Result<ConfigurationView> {
        let new = NewConfiguration {
            name: name.into(),
            detail: NewConfigurationDetail::IamCredentials(Box::new(engine)),
        };
        self.run(self.vault().create_configuration(&owner(), new))
    }

    /// Applies a patch to the configuration.
    pub fn patch_engine(&self, mut patch: serde_json::Value) -> Result<ConfigurationView> {
        patch["config_type"] = ConfigType::IamCredentials.name().into();
        let (patch, owner) = (serde_json::from_value(patch).unwrap(), owner());
        let kind = ConfigType::IamCredentials;
        let changed = self
            .vault()
            .update_configuration(&owner, kind, "engine", patch, None);
        self.run(changed)
    }

    pub fn vault(&self) -> &Arc<Vault> {
        &self.desk.vault
    }

    /// Runs a call where there is a runtime.
    pub fn run<F: Future>(&self, call: F) -> F::Output {
        self.runtime.block_on(call)
    }

    pub fn create(&self, name: &str, new: New) -> Result<Secret> {
        let secret = secret_of(name, NewDetail::IamCredentials(Box::new(new)));
        self.run(self.vault().create_secret(&owner(), secret))
    }

    /// Creates one; its id and its value.
    pub fn made(&self, name: &str, new: New) -> (String, String) {
        let made = self.create(name, new).unwrap();
        (made.view.metadata.id, value(made.payload))
    }

    pub fn rotate(&self, id: &str) -> Result<Version> {
        self.next(id, RotationInput::IamCredentials(Rotation))
    }

    pub fn restore(&self, id: &str, from: &str) -> Result<Version> {
        let from = VersionRef::parse("id", from).unwrap();
        self.next(id, RotationInput::Restore { from })
    }

    fn next(&self, id: &str, input: RotationInput) -> Result<Version> {
        let owner = owner();
        self.run(
            self.vault()
                .create_version(&owner, id, rotation_by(input), None),
        )
    }

    pub fn read(&self, id: &str) -> Result<String> {
        let secret = self.run(self.vault().secret(&owner(), id))?;
        Ok(value(secret.payload))
    }

    pub fn read_version(&self, id: &str, version: &str) -> Result<String> {
        let (version, owner) = (VersionRef::parse("id", version).unwrap(), owner());
        let read = self.run(self.vault().version(&owner, id, &version))?;
        Ok(value(read.payload))
    }

    pub fn view(&self, id: &str) -> SecretView {
        self.run(self.vault().secret_metadata(&owner(), id))
            .unwrap()
    }

    pub fn detail(&self, id: &str) -> iam_credentials::Detail {
        match self.view(id).metadata.detail {
            Detail::IamCredentials(detail) => *detail,
            other => panic!("{other:?}"),
        }
    }

    pub fn versions(&self, id: &str) -> Vec<VersionView> {
        self.run(self.vault().versions(&owner(), id)).unwrap()
    }

    pub fn delete(&self, id: &str) -> Result<()> {
        self.run(self.vault().delete_secret(&owner(), id, None))
    }

    /// One look at what time brings.
    pub fn look(&self) -> CredentialsRun {
        self.run(self.vault().run_credentials()).unwrap()
    }

    /// Looks until nothing can come any more that was under way.
    pub fn settle(&self) {
        for _ in 0..3 {
            self.desk.clock.advance_seconds(200);
            self.look();
        }
    }

    pub fn pending(&self) -> Vec<PendingRemoval> {
        self.run(self.vault().pending_removals(&owner())).unwrap()
    }

    /// Locks a version.
    pub fn lock(&self, id: &str, version: &str) -> Result<()> {
        let locks = NewLocks {
            locks: vec![NewLock {
                name: "held".into(),
                description: None,
                attributes: None,
            }],
            mode: None,
        };
        let (version, owner) = (VersionRef::parse("id", version).unwrap(), owner());
        let call = self.vault().create_locks(&owner, id, &version, locks);
        self.run(call).map(drop)
    }

    pub fn unlock(&self, id: &str) {
        let owner = owner();
        self.run(self.vault().delete_locks(&owner, id, None, None))
            .unwrap();
    }

    /// How many keys and service IDs there are in IAM that were made here.
    pub fn in_iam(&self) -> (usize, usize) {
        (self.iam.api_keys().len(), self.iam.service_ids().len())
    }
}

pub fn engine(url: &str) -> NewIamCredentials {
    NewIamCredentials {
        api_key: Zeroizing::new(API_KEY.into()),
        engine: IamCredentials {
            disabled: false,
            iam_url: url.into(),
            account_id: None,
        },
    }
}

/// With access groups, for 30 days.
pub fn of_groups() -> New {
    New {
        ttl: "30d".into(),
        access_groups: Some(GROUPS.iter().map(|&group| group.into()).collect()),
        service_id: None,
        account_id: None,
        reuse_api_key: true,
        rotation: RotationPolicy::default(),
    }
}

/// Of a service ID that exists, for 30 days.
pub fn of_service_id() -> New {
    New {
        access_groups: None,
        service_id: Some(SERVICE_ID.into()),
        ..of_groups()
    }
}

pub fn every(days: u32) -> RotationPolicy {
    RotationPolicy {
        auto_rotate: true,
        interval: Some(days),
        unit: Some(IntervalUnit::Day),
        rotate_keys: None,
    }
}

pub fn value(payload: Option<Payload>) -> String {
    match payload {
        Some(Payload::IamCredentials(payload)) => payload.api_key.wire().to_string(),
        other => panic!("{other:?}"),
    }
}

/// The code of what was refused.
pub fn code<T>(result: Result<T>) -> Code {
    result.map(drop).unwrap_err().code
}
