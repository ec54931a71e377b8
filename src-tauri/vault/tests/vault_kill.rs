//! Promise B-1, at the vault: what was acknowledged survives `kill -9`; a rotation is wholly before
//! or wholly after, with its audit record.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;
mod desk;

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crash::{acknowledge, folder, run_kills};
use desk::{Desk, create, owner, rotation_to};
use keyturn_api::{Instance, VersionAlias, VersionRef};
use keyturn_vault::{Home, Sensitive, SystemClock, Unlock, Vault, wait};

const SECRETS: [&str; 4] = ["one", "two", "three", "four"];

#[test]
fn rotations_survive_200_kills() {
    rotations_survive(200);
}

#[test]
#[ignore = "long: 1000 kills"]
fn rotations_survive_1000_kills() {
    rotations_survive(1000);
}

fn rotations_survive(kills: u32) {
    let desk = Desk::new();
    for name in SECRETS {
        create(&desk.vault, name, &format!("{name}-1"));
    }
    let code = desk.vault.new_recovery_code().unwrap();
    let right = code.ask.map(|at| (at, code.groups[at].to_string()));
    desk.vault.confirm_recovery_code(&right).unwrap();
    let text = code
        .groups
        .iter()
        .map(|group| group.as_str())
        .collect::<Vec<_>>()
        .join("-");
    fs::write(desk.home.path().join("code"), text).unwrap();
    desk.vault.close();

    let mut longest = Duration::ZERO;
    let mut acknowledged = 0;
    run_kills("child_rotates", desk.home.path(), kills, |all| {
        longest = longest.max(verify(desk.home.path(), all));
        acknowledged = all.len();
    });
    eprintln!("{kills} kills, {acknowledged} acknowledged rotations, longest opening {longest:?}");
    assert!(
        acknowledged > kills as usize,
        "the children hardly came to work"
    );
    assert!(
        longest <= Duration::from_secs(2),
        "recovery took {longest:?}"
    );
}

/// Two threads over four secrets, so that rotations meet.
#[test]
fn child_rotates() {
    let Some(folder) = folder() else { return };
    let vault = open(&folder);
    let ids = ids(&vault);
    thread::scope(|scope| {
        for from in 0..2 {
            let (vault, ids) = (&vault, &ids);
            scope.spawn(move || {
                for at in from.. {
                    let name = SECRETS[at % SECRETS.len()];
                    let value = format!("{name}-{}-{at}", std::process::id());
                    let made =
                        wait(vault.create_version(&owner(), &ids[name], rotation_to(&value), None))
                            .unwrap();
                    acknowledge(&format!("{name} {} {value}", made.view.number));
                }
            });
        }
    });
}

/// Opens as the next start would, and compares with everything acknowledged.
fn verify(home: &Path, acknowledgements: &[String]) -> Duration {
    let start = Instant::now();
    let vault = open(home);
    let opening = start.elapsed();
    let mut expected: HashMap<&str, BTreeMap<u32, &str>> = HashMap::new();
    for line in acknowledgements {
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap();
        let (name, number, value) = (word(), word().parse().unwrap(), word());
        let twice = expected.entry(name).or_default().insert(number, value);
        assert_eq!(twice, None, "{name} got version {number} twice");
    }
    for (name, id) in ids(&vault) {
        let versions = wait(vault.versions(&owner(), &id)).unwrap();
        let current: Vec<_> = versions
            .iter()
            .filter(|v| v.metadata.alias == Some(VersionAlias::Current))
            .collect();
        assert_eq!(current.len(), 1, "{name} has one current version");
        let numbers: Vec<u32> = versions.iter().map(|version| version.number).collect();
        assert!(
            numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]),
            "{name}: {numbers:?}"
        );
        let acknowledged = expected.remove(name.as_str()).unwrap_or_default();
        if let Some((last, _)) = acknowledged.last_key_value() {
            assert!(current[0].number >= *last, "{name} lost version {last}");
        }
        for version in versions
            .iter()
            .filter(|version| version.metadata.payload_available)
        {
            let reference = VersionRef::Id(version.metadata.id.clone());
            let read = wait(vault.version(&owner(), &id, &reference)).unwrap();
            let Some(keyturn_api::secret::Payload::Arbitrary(payload)) = read.payload else {
                panic!("{name} version {} has no value", version.number)
            };
            if let Some(value) = acknowledged.get(&version.number) {
                assert_eq!(payload.payload.wire().as_str(), *value);
            }
            assert!(payload.payload.wire().starts_with(&format!("{name}-")));
        }
    }
    assert!(vault.verify_audit().unwrap() >= acknowledgements.len() as u64);
    opening
}

fn open(home: &Path) -> Arc<Vault> {
    let code = Sensitive::from_string(fs::read_to_string(home.join("code")).unwrap());
    let home = Home::at(home.to_owned()).unwrap();
    let id = home.vaults().unwrap()[0].id;
    home.lookup(id)
        .unwrap()
        .unlock(Unlock::RecoveryCode(code), Arc::new(SystemClock))
        .unwrap()
}

fn ids(vault: &Vault) -> HashMap<String, String> {
    let page = wait(vault.list_secrets(&owner(), &keyturn_api::ListSecrets::default())).unwrap();
    page.items
        .into_iter()
        .map(|view| (view.metadata.name, view.metadata.id))
        .collect()
}
