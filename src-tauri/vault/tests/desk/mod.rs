//! A vault in a folder of its own, opened without the keyring, and a clock that tests move.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test program uses its part"
)]

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use keyturn_api::{
    Caller, Instance, NewSecret, NewVersion, Plaintext, Surface, Timestamp, VersionRef, fields,
    secret::{NewDetail, arbitrary},
    version::RotationInput,
};
use keyturn_vault::{
    Clock, Home, NewVault, Sensitive, Unlock, Vault, VaultKind, seal::KdfParams, wait,
};
use tempfile::TempDir;
use uuid::Uuid;

pub const PASSPHRASE: &str = "correct horse battery";

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(1_760_000_000_000)))
    }

    pub fn advance_days(&self, days: i64) {
        self.0.fetch_add(days * 86_400_000, Ordering::SeqCst);
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub fn advance_hours(&self, hours: i64) {
        self.0.fetch_add(hours * 3_600_000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// An open vault and what is needed to open it again.
pub struct Desk {
    pub folder: TempDir,
    pub home: Home,
    pub clock: Arc<TestClock>,
    pub vault: Arc<Vault>,
}

impl Desk {
    /// A new vault with a passphrase.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let home = Home::at(folder.path().join("home")).unwrap();
        let clock = TestClock::new();
        let new = NewVault {
            name: "Test".into(),
            kind: VaultKind::Local,
            keyring: false,
            passphrase: Some(Sensitive::from_string(PASSPHRASE.into())),
            kdf: Some(KdfParams::for_tests()),
        };
        let (vault, _) = home.create(&new, Arc::clone(&clock) as _).unwrap();
        Self {
            folder,
            home,
            clock,
            vault,
        }
    }

    /// The same vault, opened once more beside the first.
    pub fn again(&self) -> Arc<Vault> {
        open(self.home.path(), self.vault.id())
    }

    /// The same vault, opened once more by a program whose clock is this one's.
    pub fn again_on_time(&self) -> Arc<Vault> {
        let passphrase = Sensitive::from_string(PASSPHRASE.into());
        let locked = self.home.lookup(self.vault.id()).unwrap();
        locked
            .unlock(Unlock::Passphrase(passphrase), Arc::clone(&self.clock) as _)
            .unwrap()
    }

    /// Changes the last byte of the last record whose key begins so.
    pub fn damage(&self, prefix: &str) {
        let file = rusqlite::Connection::open(self.file()).unwrap();
        let changed = file.execute(
            "UPDATE record SET value = CAST(substr(value, 1, length(value) - 1) || \
             CASE substr(value, -1) WHEN X'00' THEN X'01' ELSE X'00' END AS BLOB) WHERE key = \
             (SELECT max(key) FROM record WHERE substr(key, 1, length(?1)) = CAST(?1 AS BLOB))",
            [prefix],
        );
        assert_eq!(changed.unwrap(), 1, "{prefix}");
    }

    /// The vault's file.
    pub fn file(&self) -> std::path::PathBuf {
        self.home
            .path()
            .join("vaults")
            .join(self.vault.id().to_string())
            .join("vault.keyturn")
    }
}

/// Opens a vault of [`Desk::new`] by its passphrase.
pub fn open(home: &Path, id: Uuid) -> Arc<Vault> {
    let passphrase = Sensitive::from_string(PASSPHRASE.into());
    let home = Home::at(home.to_owned()).unwrap();
    home.lookup(id)
        .unwrap()
        .unlock(Unlock::Passphrase(passphrase), TestClock::new())
        .unwrap()
}

pub fn owner() -> Caller {
    Caller::owner("tester", Surface::Window)
}

/// An arbitrary secret to be created.
pub fn secret(name: &str, value: Plaintext) -> NewSecret {
    secret_of(
        name,
        NewDetail::Arbitrary(arbitrary::New {
            payload: value,
            expiration_date: None,
        }),
    )
}

/// A secret of some type to be created.
pub fn secret_of(name: &str, detail: NewDetail) -> NewSecret {
    NewSecret {
        name: name.into(),
        description: None,
        secret_group_id: fields::DEFAULT_GROUP.into(),
        labels: Vec::new(),
        custom_metadata: None,
        version_custom_metadata: None,
        reminder: None,
        detail,
    }
}

/// Creates an arbitrary secret with a text and gives its id.
pub fn create(vault: &Vault, name: &str, value: &str) -> String {
    let new = secret(name, Plaintext::text(value.into()));
    wait(vault.create_secret(&owner(), new))
        .unwrap()
        .view
        .metadata
        .id
}

/// A rotation to a value.
pub fn rotation(value: Plaintext) -> NewVersion {
    rotation_by(RotationInput::Arbitrary(arbitrary::Rotation {
        payload: value,
    }))
}

/// A rotation of some type.
pub fn rotation_by(input: RotationInput) -> NewVersion {
    NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input,
    }
}

/// A rotation to a text.
pub fn rotation_to(value: &str) -> NewVersion {
    rotation(Plaintext::text(value.into()))
}

/// The wire form of a version's value.
pub fn value(vault: &Vault, id: &str, version: &str) -> keyturn_api::Result<String> {
    let version = VersionRef::parse("id", version).unwrap();
    let read = wait(vault.version(&owner(), id, &version))?;
    match read.payload {
        Some(payload) => Ok(payload.into_value().wire().to_string()),
        None => panic!("no value"),
    }
}
