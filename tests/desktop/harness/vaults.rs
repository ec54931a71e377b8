//! Vaults beside the window: filled before it opens, changed while it is open, and read afterwards
//! through the `vault` crate, which is the proof of what the window says.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use keyturn_api::secret::public_cert::OrderView;
use keyturn_api::secret::username_password::{self, PasswordGenerationPolicy};
use keyturn_api::secret::{NewDetail, arbitrary, kv};
use keyturn_api::version::RotationInput;
use keyturn_api::{
    Caller, Instance, IntervalUnit, Keys, ListSecrets, Metadata, NewApiKey, NewLock, NewLocks,
    NewSecret, NewSecretGroup, NewVersion, Plaintext, Role, RotationPolicy, SecretView, Surface,
    Timestamp, VersionRef, VersionView, fields,
};
use keyturn_vault::seal::KdfParams;
use keyturn_vault::{
    AuditEntry, Clock, DnsLookup, Home, NewVault, ScheduleRun, Sensitive, SystemClock, Unlock,
    Vault, VaultKind, wait,
};
use serde::Serialize;
use serde_json::json;

/// What unlocks the vaults that tests make themselves.
pub(crate) const PASSPHRASE: &str = "three unlikely words";

/// A vault that is open in the test's own process.
pub(crate) struct OpenVault {
    vault: Arc<Vault>,
    caller: Caller,
}

/// A secret before it is there.
#[derive(Default)]
pub(crate) struct Draft<'a> {
    pub(crate) name: &'a str,
    pub(crate) description: &'a str,
    pub(crate) labels: &'a [&'a str],
    pub(crate) value: &'a [u8],
    pub(crate) metadata: Option<serde_json::Value>,
    pub(crate) expires: Option<Timestamp>,
}

/// A clock that stands still until it is set.
pub(crate) struct SetClock(AtomicI64);

impl SetClock {
    /// A clock that stands so many days before now.
    pub(crate) fn days_ago(days: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now().plus_days(-days).millis())))
    }

    /// Moves on.
    pub(crate) fn pass(&self, days: i64, minutes: i64) {
        self.0
            .fetch_add((days * 1440 + minutes) * 60_000, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// The computer's clock.
pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// Now, as the program's clock has it.
pub(crate) fn now() -> Timestamp {
    SystemClock.now()
}

/// Makes a vault with [`PASSPHRASE`], which the program opens next.
pub(crate) fn create(data: &Path, name: &str, clock: Arc<dyn Clock>) -> OpenVault {
    let home = Home::at(data.to_owned()).unwrap();
    let new = NewVault {
        name: name.into(),
        kind: VaultKind::Local,
        keyring: false,
        passphrase: Some(Sensitive::from_string(PASSPHRASE.into())),
        kdf: Some(KdfParams::for_tests()),
    };
    let (vault, _) = home.create(&new, clock).unwrap();
    make_last(data, &vault);
    OpenVault::new(vault)
}

/// Lets the program take this vault for the one it had open last.
pub(crate) fn make_last(data: &Path, vault: &Vault) {
    let settings = json!({ "settings": settings("white"), "last_instance": vault.id() });
    std::fs::write(data.join("settings.json"), settings.to_string()).unwrap();
}

/// Changes settings of the program, which reads them when it starts.
pub(crate) fn change_settings<T: Serialize>(data: &Path, changes: &[(&str, T)]) {
    let file = data.join("settings.json");
    let mut stored: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    for (name, value) in changes {
        stored["settings"][name] = json!(value);
    }
    std::fs::write(file, stored.to_string()).unwrap();
}

/// The program's settings as they are at first, with a theme.
pub(crate) fn settings(theme: &str) -> serde_json::Value {
    json!({
        "theme": theme, "auto_lock_minutes": 10, "clipboard_seconds": 30, "reveal_seconds": 15,
    })
}

/// Opens the only vault of a home, as a second program does.
pub(crate) fn open(data: &Path, unlock: Unlock) -> OpenVault {
    open_at(data, unlock, clock())
}

/// The same by another clock.
pub(crate) fn open_at(data: &Path, unlock: Unlock, clock: Arc<dyn Clock>) -> OpenVault {
    let home = Home::at(data.to_owned()).unwrap();
    let vaults = home.vaults().unwrap();
    assert_eq!(vaults.len(), 1, "one vault is expected: {vaults:?}");
    let locked = home.lookup(vaults[0].id).unwrap();
    OpenVault::new(locked.unlock(unlock, clock).unwrap())
}

/// A passphrase to unlock with.
pub(crate) fn passphrase(text: &str) -> Unlock {
    Unlock::Passphrase(Sensitive::from_string(text.into()))
}

/// A recovery code to unlock with.
pub(crate) fn recovery_code(text: &str) -> Unlock {
    Unlock::RecoveryCode(Sensitive::from_string(text.into()))
}

impl OpenVault {
    fn new(vault: Arc<Vault>) -> Self {
        Self {
            vault,
            caller: Caller::owner("somebody-else", Surface::Window),
        }
    }

    /// Its id, which is the instance's, too.
    pub(crate) fn id(&self) -> uuid::Uuid {
        self.vault.id()
    }

    /// The rotations in the audit log after a record.
    pub(crate) fn rotations(&self, after: u64) -> Vec<AuditEntry> {
        let mut entries = self.vault.audit(&self.caller, after, usize::MAX).unwrap();
        entries.retain(|entry| entry.action == "secret-version.create");
        entries
    }

    /// Adds a secret and gives its id.
    pub(crate) fn add(&self, draft: &Draft<'_>) -> String {
        let new = new_secret(draft);
        wait(self.vault.create_secret(&self.caller, new))
            .unwrap()
            .view
            .metadata
            .id
    }

    /// Adds a secret of any type and gives its id.
    pub(crate) fn add_new(&self, new: NewSecret) -> String {
        wait(self.vault.create_secret(&self.caller, new))
            .unwrap()
            .view
            .metadata
            .id
    }

    /// Adds a root `root` and a template `web` for hosts of `example.com`.
    pub(crate) fn add_authority(&self) {
        for new in [
            json!({ "name": "root", "detail": {
                "config_type": "private_cert_configuration_root_ca",
                "common_name": "Example Root",
                "max_ttl": "8760h",
                "key_type": "ec",
            }}),
            json!({ "name": "web", "detail": {
                "config_type": "private_cert_configuration_template",
                "certificate_authority": "root",
                "allowed_domains": ["example.com"],
                "allow_subdomains": true,
                "key_type": "ec",
            }}),
        ] {
            let new = serde_json::from_value(new).unwrap();
            wait(self.vault.create_configuration(&self.caller, new)).unwrap();
        }
    }

    /// Changes how records of orders are looked up.
    pub(crate) fn look_up_as(&self, lookup: &DnsLookup) {
        self.vault.set_dns_lookup(&self.caller, lookup).unwrap();
    }

    /// The order of the public certificate with this name.
    pub(crate) fn order(&self, name: &str) -> OrderView {
        let id = self.secret(name).metadata.id;
        wait(self.vault.order(&self.caller, &id)).unwrap().unwrap()
    }

    /// How often the removal of an API key in IAM has failed that is the oldest to be removed; none if
    /// none is to be.
    pub(crate) fn removal_tries(&self) -> Option<u32> {
        let removals = wait(self.vault.pending_removals(&self.caller)).unwrap();
        removals.first().map(|removal| removal.tries)
    }

    /// Adds a group and gives its id.
    pub(crate) fn add_group(&self, name: &str) -> String {
        let new = NewSecretGroup {
            name: name.into(),
            description: None,
        };
        wait(self.vault.create_secret_group(&self.caller, new))
            .unwrap()
            .group
            .id
    }

    /// Makes an API key; without groups for the whole instance.
    pub(crate) fn add_api_key(
        &self,
        name: &str,
        role: Role,
        groups: &[&str],
        ends: Option<Timestamp>,
    ) {
        let groups = groups.iter().map(|id| (*id).to_owned());
        let new = NewApiKey {
            name: name.into(),
            role,
            groups: (groups.len() > 0).then(|| groups.collect()),
            expires_at: ends,
        };
        wait(self.vault.create_api_key(&self.caller, new)).unwrap();
    }

    /// Names of the groups, and how many secrets are in each.
    pub(crate) fn groups(&self) -> Vec<(String, u32)> {
        let groups = wait(self.vault.secret_groups(&self.caller)).unwrap();
        groups
            .into_iter()
            .map(|view| (view.group.name, view.secrets_total))
            .collect()
    }

    /// Puts locks on the current version.
    pub(crate) fn lock(&self, id: &str, names: &[&str]) {
        let lock = |name: &&str| NewLock {
            name: (*name).into(),
            description: Some("still in use".into()),
            attributes: None,
        };
        let new = NewLocks {
            locks: names.iter().map(lock).collect(),
            mode: None,
        };
        wait(
            self.vault
                .create_locks(&self.caller, id, &VersionRef::CURRENT, new),
        )
        .unwrap();
    }

    /// Names of the locks on the current version and on the one before it.
    pub(crate) fn locks(&self, id: &str) -> Vec<Vec<String>> {
        let locks = wait(self.vault.delete_locks(&self.caller, id, None, Some(&[]))).unwrap();
        locks
            .versions
            .into_iter()
            .map(|version| version.locks)
            .collect()
    }

    /// Does what the schedule of another program would do now.
    pub(crate) fn run_schedule(&self) -> ScheduleRun {
        wait(self.vault.run_schedule()).unwrap()
    }

    /// Adds many secrets at once.
    pub(crate) fn seed(&self, drafts: impl Iterator<Item = NewSecret>) {
        self.vault.seed(&self.caller, drafts).unwrap();
    }

    /// Rotates a secret.
    pub(crate) fn rotate(&self, id: &str, value: &[u8], comment: Option<serde_json::Value>) {
        let new = NewVersion {
            custom_metadata: None,
            version_custom_metadata: comment.map(metadata),
            input: RotationInput::Arbitrary(arbitrary::Rotation {
                payload: Plaintext::file(value.to_vec()),
            }),
        };
        wait(self.vault.create_version(&self.caller, id, new, None)).unwrap();
    }

    /// The secret with this name.
    pub(crate) fn secret(&self, name: &str) -> SecretView {
        let query = ListSecrets {
            search: Some(name.into()),
            ..ListSecrets::default()
        };
        let page = wait(self.vault.list_secrets(&self.caller, &query)).unwrap();
        let mut named = page
            .items
            .into_iter()
            .filter(|secret| secret.metadata.name == name);
        named
            .next()
            .unwrap_or_else(|| panic!("no secret is called {name}"))
    }

    /// How the list was last seen, JSON; none if nobody looked at it yet.
    pub(crate) fn list_state(&self) -> Option<String> {
        self.vault.view_state("secrets").unwrap()
    }

    /// How many secrets there are.
    pub(crate) fn total(&self) -> usize {
        self.vault.secrets_total()
    }

    /// The versions of a secret, oldest first.
    pub(crate) fn versions(&self, id: &str) -> Vec<VersionView> {
        wait(self.vault.versions(&self.caller, id)).unwrap()
    }

    /// The bytes of a version's value.
    pub(crate) fn value(&self, id: &str, version: &str) -> Vec<u8> {
        let version = VersionRef::parse("id", version).unwrap();
        let read = wait(self.vault.version(&self.caller, id, &version)).unwrap();
        read.payload.unwrap().into_value().bytes().to_vec()
    }
}

/// Looks records of orders up at name servers of the test.
pub(crate) fn dns_lookup_at(port: u16) -> DnsLookup {
    DnsLookup {
        resolvers: Vec::new(),
        authoritative_only: true,
        discovery: vec![format!("127.0.0.1:{port}")],
        authoritative_port: port,
    }
}

/// Generated user credentials to be created.
pub(crate) fn credentials(name: &str, rotation: RotationPolicy) -> NewSecret {
    let new = username_password::New {
        username: "app".into(),
        password: None,
        expiration_date: None,
        rotation,
        password_generation_policy: PasswordGenerationPolicy::default(),
    };
    of_type(name, NewDetail::UsernamePassword(new))
}

/// A key-value secret to be created.
pub(crate) fn object(name: &str, json: &str) -> NewSecret {
    let data = kv::Data::parse(&Plaintext::text(json.into())).unwrap();
    of_type(name, NewDetail::Kv(kv::New { data }))
}

/// A secret of a type to be created.
pub(crate) fn of_type(name: &str, detail: NewDetail) -> NewSecret {
    let draft = Draft {
        name,
        ..Draft::default()
    };
    NewSecret {
        detail,
        ..new_secret(&draft)
    }
}

/// Automatic rotation every so many days.
pub(crate) fn every_days(days: u32) -> RotationPolicy {
    RotationPolicy {
        auto_rotate: true,
        interval: Some(days),
        unit: Some(IntervalUnit::Day),
        rotate_keys: None,
    }
}

/// A secret to be created.
pub(crate) fn new_secret(draft: &Draft<'_>) -> NewSecret {
    NewSecret {
        name: draft.name.into(),
        description: (!draft.description.is_empty()).then(|| draft.description.into()),
        secret_group_id: fields::DEFAULT_GROUP.into(),
        labels: draft.labels.iter().map(ToString::to_string).collect(),
        custom_metadata: draft.metadata.clone().map(metadata),
        version_custom_metadata: None,
        reminder: None,
        detail: NewDetail::Arbitrary(arbitrary::New {
            payload: Plaintext::file(draft.value.to_vec()),
            expiration_date: draft.expires,
        }),
    }
}

/// Metadata as the contract has it.
pub(crate) fn metadata(value: serde_json::Value) -> Metadata {
    let serde_json::Value::Object(entries) = value else {
        panic!("metadata is an object")
    };
    entries.into_iter().collect()
}
