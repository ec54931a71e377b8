//! Orders killed with `kill -9` at any moment: the next program goes on with each, none is ordered
//! twice, and no private key is lost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod crash;
mod desk;
mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::{path::Path, sync::Arc};

use crash::{acknowledge, folder, run_kills};
use desk::{PASSPHRASE, owner, secret_of};
use keyturn_api::{
    Instance, ListSecrets, State, Timestamp, VersionRef,
    secret::{NewDetail, Payload, public_cert::OrderStage},
};
use keyturn_vault::{Clock, Home, Sensitive, SystemClock, Unlock, Vault};
use ordering::{Bench, new};
use servers::pebble::Behaviour;
use tokio::runtime::Runtime;

const KILLS: u32 = 25;

/// A clock of a program that comes later: what a dead one claimed is free by then.
struct Later;

impl Clock for Later {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(SystemClock.now().millis() + 120_000)
    }
}

#[test]
fn a_killed_order_goes_on_and_is_ordered_once() {
    let bench = Bench::new(&Behaviour {
        always_valid: true,
        ..Behaviour::default()
    });
    let home = bench.desk.home.path().to_owned();
    bench.vault().close();
    let mut issued = 0;
    run_kills("child_orders", &home, KILLS, |_| issued = finish_all(&home));
    assert!(
        issued > KILLS as usize / 4,
        "the children hardly came to work: {issued}"
    );
    let orders = bench.pebble().log().matches("Added order").count();
    assert_eq!(orders, issued, "one order for each request");
}

/// Orders one certificate after the other, and validates it.
#[test]
fn child_orders() {
    let Some(home) = folder() else { return };
    let vault = open(&home, Arc::new(SystemClock));
    let runtime = Runtime::new().unwrap();
    let begun = secrets(&runtime, &vault);
    for number in begun.len().. {
        let name = format!("s{number}");
        let new = new(&[&format!("{name}.example.test")]);
        reach(0, &name);
        let secret = secret_of(&name, NewDetail::PublicCert(Box::new(new)));
        let made = runtime
            .block_on(vault.create_secret(&owner(), secret))
            .unwrap();
        reach(1, &name);
        let id = made.view.metadata.id;
        let _ = runtime.block_on(vault.validate_dns_challenge(&owner(), &id));
        reach(2, &name);
        runtime.block_on(vault.run_orders(|_| {})).unwrap();
    }
}

/// The kill comes a moment after the first step that is told: another one for each child.
fn reach(step: u32, name: &str) {
    if std::process::id() % 3 == step {
        acknowledge(name);
    }
}

/// Brings every order to its end, as the next program does; how many certificates there are.
fn finish_all(home: &Path) -> usize {
    let vault = open(home, Arc::new(Later));
    let runtime = Runtime::new().unwrap();
    let ids = secrets(&runtime, &vault);
    runtime.block_on(vault.run_orders(|_| {})).unwrap();
    for id in &ids {
        let order = runtime
            .block_on(vault.order(&owner(), id))
            .unwrap()
            .unwrap();
        if order.stage == OrderStage::AwaitingRecords {
            runtime
                .block_on(vault.validate_dns_challenge(&owner(), id))
                .unwrap();
        }
    }
    runtime.block_on(vault.run_orders(|_| {})).unwrap();
    for id in &ids {
        let view = runtime
            .block_on(vault.secret_metadata(&owner(), id))
            .unwrap();
        let order = runtime.block_on(vault.order(&owner(), id)).unwrap();
        assert_eq!(view.metadata.state, State::Active, "{order:?}");
        let version = runtime
            .block_on(vault.version(&owner(), id, &VersionRef::CURRENT))
            .unwrap();
        let Some(Payload::PublicCert(payload)) = version.payload else {
            panic!("a certificate with its key")
        };
        assert!(payload.certificate.contains("BEGIN CERTIFICATE"));
        let key = keyturn_pki::read::read(payload.private_key.bytes(), None).unwrap();
        let leaf = keyturn_pki::read::read(payload.certificate.as_bytes(), None).unwrap();
        assert!(key.keys[0].matches(&leaf.certificates[0]), "its own key");
        let versions = runtime.block_on(vault.versions(&owner(), id)).unwrap();
        assert_eq!(versions.len(), 1);
    }
    assert!(vault.verify_audit().is_ok());
    vault.close();
    ids.len()
}

fn secrets(runtime: &Runtime, vault: &Vault) -> Vec<String> {
    let query = ListSecrets {
        limit: 1000,
        ..ListSecrets::default()
    };
    let listed = runtime
        .block_on(vault.list_secrets(&owner(), &query))
        .unwrap();
    listed
        .items
        .into_iter()
        .map(|one| one.metadata.id)
        .collect()
}

fn open(home: &Path, clock: Arc<dyn Clock>) -> Arc<Vault> {
    let home = Home::at(home.to_owned()).unwrap();
    let id = home.vaults().unwrap()[0].id;
    let passphrase = Sensitive::from_string(PASSPHRASE.into());
    let locked = home.lookup(id).unwrap();
    locked
        .unlock(Unlock::Passphrase(passphrase), clock)
        .unwrap()
}
