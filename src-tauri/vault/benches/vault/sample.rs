//! Vaults of many typical secrets of all types in turn: name 30, description 80, 3 labels, 200 bytes
//! of metadata, 40-byte value.

use std::{collections::BTreeMap, os::unix::fs::DirBuilderExt, path::PathBuf, sync::Arc};

use keyturn_api::{
    Caller, Metadata, NewSecret, NewVersion, Plaintext, RotationPolicy, SecretType, Surface,
    fields,
    secret::{
        NewDetail, arbitrary, kv,
        username_password::{self, PasswordGenerationPolicy},
    },
    version::RotationInput,
};
use keyturn_vault::{
    Clock, Home, NewVault, Sensitive, SystemClock, Unlock, Vault, VaultKind, seal::KdfParams,
};
use tempfile::TempDir;
use uuid::Uuid;

/// Vaults of several sizes, made once for all benchmarks.
pub struct Vaults {
    _folder: TempDir,
    made: BTreeMap<usize, Made>,
}

/// A vault that can be opened without deriving a key from a passphrase.
#[derive(Clone)]
pub struct Made {
    pub home: PathBuf,
    pub id: Uuid,
    pub code: String,
    pub count: usize,
}

impl Vaults {
    /// Sizes 1,000, 10,000, … up to `largest`.
    pub fn make(largest: usize) -> Self {
        // Beside the build, not in /tmp, which may be memory.
        let folder = tempfile::Builder::new()
            .prefix("bench-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"));
        let folder = folder.expect("a folder for the benchmark");
        let mut made = BTreeMap::new();
        let mut count = 1000;
        while count <= largest {
            made.insert(count, make(&folder, count));
            count *= 10;
        }
        Self {
            _folder: folder,
            made,
        }
    }

    pub fn of(&self, count: usize) -> &Made {
        &self.made[&count]
    }

    pub fn has(&self, count: usize) -> bool {
        self.made.contains_key(&count)
    }
}

impl Made {
    /// A copy of the vault in a folder beside it.
    pub fn copy(&self) -> Self {
        let home = self.home.with_extension("copy");
        let folder = |home: &std::path::Path| home.join("vaults").join(self.id.to_string());
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder(&home))
            .expect("folder");
        for file in std::fs::read_dir(folder(&self.home)).expect("files") {
            let file = file.expect("file");
            std::fs::copy(file.path(), folder(&home).join(file.file_name())).expect("copied");
        }
        Self {
            home,
            ..self.clone()
        }
    }

    pub fn open(&self) -> Arc<Vault> {
        self.open_by(Arc::new(SystemClock))
    }

    /// The same with a clock of the caller.
    pub fn open_by(&self, clock: Arc<dyn Clock>) -> Arc<Vault> {
        let home = Home::at(self.home.clone()).expect("home");
        let code = Sensitive::from_string(self.code.clone());
        let locked = home.lookup(self.id).expect("vault");
        locked
            .unlock(Unlock::RecoveryCode(code), clock)
            .expect("unlocked")
    }
}

fn make(folder: &TempDir, count: usize) -> Made {
    let home = folder.path().join(count.to_string());
    make_of(home, count, |_, number| secret(number))
}

/// A vault in a folder, with secrets by their numbers.
pub fn make_of(home: PathBuf, count: usize, secret: impl Fn(&Vault, usize) -> NewSecret) -> Made {
    let home = Home::at(home).expect("home");
    let new = NewVault {
        name: "Benchmark".into(),
        kind: VaultKind::Local,
        keyring: false,
        passphrase: Some(Sensitive::from_string("only for the benchmark".into())),
        kdf: Some(KdfParams::for_tests()),
    };
    let (vault, code) = home.create(&new, Arc::new(SystemClock)).expect("created");
    let code = code.expect("recovery code");
    let right = code.ask.map(|at| (at, code.groups[at].to_string()));
    vault.confirm_recovery_code(&right).expect("confirmed");
    vault
        .seed(&owner(), (0..count).map(|number| secret(&vault, number)))
        .expect("seeded");
    let id = vault.id();
    vault.close();
    let code = code
        .groups
        .iter()
        .map(|group| group.as_str())
        .collect::<Vec<_>>()
        .join("-");
    Made {
        home: home.path().to_owned(),
        id,
        code,
        count,
    }
}

pub fn owner() -> Caller {
    Caller::owner("bench", Surface::Window)
}

const TEAMS: [&str; 7] = [
    "payments",
    "search",
    "billing",
    "mail",
    "reporting",
    "identity",
    "edge",
];

/// A typical secret.
pub fn secret(number: usize) -> NewSecret {
    let team = TEAMS[number % TEAMS.len()];
    // Spread, so that the order of names is not the order of creation.
    let spread = number.wrapping_mul(2_654_435_761) % 4_294_967_296;
    let name = format!("{spread:010}-{team}-{number:08}-key");
    let description = format!(
        "{:<80}",
        format!("Signs what {team} sends to its provider, number {number} of many")
    );
    let mut metadata = Metadata::new();
    metadata.insert("owner".into(), format!("team-{team}").into());
    metadata.insert(
        "runbook".into(),
        format!("{:<140}", "where it is used and who restarts what").into(),
    );
    NewSecret {
        name: name
            .chars()
            .take(30)
            .collect::<String>()
            .trim_end_matches('-')
            .to_owned(),
        description: Some(description),
        secret_group_id: fields::DEFAULT_GROUP.into(),
        labels: vec![
            team.into(),
            format!("tier-{}", number % 4),
            "production".into(),
        ],
        custom_metadata: Some(metadata),
        version_custom_metadata: None,
        reminder: None,
        detail: detail(number),
    }
}

fn detail(number: usize) -> NewDetail {
    match number % 3 {
        0 => NewDetail::Arbitrary(arbitrary::New {
            payload: Plaintext::text(value(number)),
            expiration_date: None,
        }),
        1 => NewDetail::Kv(kv::New {
            data: object(number),
        }),
        _ => NewDetail::UsernamePassword(username_password::New {
            username: "app".into(),
            password: Some(Plaintext::text(value(number))),
            expiration_date: None,
            rotation: RotationPolicy::default(),
            password_generation_policy: PasswordGenerationPolicy::default(),
        }),
    }
}

/// What rotates a secret of a type. Passwords are generated.
pub fn rotation(secret_type: SecretType, number: usize) -> NewVersion {
    rotation_by(match secret_type {
        SecretType::Kv => RotationInput::Kv(kv::Rotation {
            data: object(number),
        }),
        SecretType::UsernamePassword => {
            RotationInput::UsernamePassword(username_password::Rotation {
                password: None,
                password_generation_policy: None,
            })
        }
        _ => RotationInput::Arbitrary(arbitrary::Rotation {
            payload: Plaintext::text(value(number)),
        }),
    })
}

/// A secret of some type to be created, with nothing besides.
pub fn secret_of(name: &str, detail: NewDetail) -> NewSecret {
    NewSecret {
        name: name.to_owned(),
        description: None,
        secret_group_id: fields::DEFAULT_GROUP.into(),
        labels: Vec::new(),
        custom_metadata: None,
        version_custom_metadata: None,
        reminder: None,
        detail,
    }
}

pub fn rotation_by(input: RotationInput) -> NewVersion {
    NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input,
    }
}

fn object(number: usize) -> kv::Data {
    let text = format!("{{\"user\":\"app\",\"key\":\"{number:018x}\"}}");
    kv::Data::parse(&Plaintext::text(text)).expect("an object")
}

pub fn value(number: usize) -> String {
    format!("{number:040x}")
}
