//! Programs killed with `kill -9` at every step they take in IAM: the next one leaves no key there that
//! nobody knows, and none is lost that a version has.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;
mod credentials;
mod desk;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::{env, thread, time::Duration};

use crash::{command, folder};
use credentials::{Bench, of_groups, of_service_id, value};
use desk::{open, owner, rotation_by, secret_of};
use keyturn_api::{
    Instance, ListSecrets,
    secret::{
        NewDetail,
        iam_credentials::{New, Rotation},
    },
    version::RotationInput,
};
use keyturn_vault::Home;
use serde_json::json;
use tokio::runtime::Runtime;
use uuid::Uuid;

const WHAT: &str = "KEYTURN_TEST_WHAT";
const ID: &str = "KEYTURN_TEST_ID";

/// Steps of making with access groups, and of removing.
const MAKING: [(&str, &str); 6] = [
    ("POST", "/v1/serviceids"),
    ("PUT", "/v2/groups/AccessGroupId-1"),
    ("PUT", "/v2/groups/AccessGroupId-2"),
    ("POST", "/v1/apikeys"),
    ("POST", "/v1/serviceids/"),
    ("GET", "/v1/apikeys/details"),
];
const MAKING_A_KEY: [(&str, &str); 2] = [("GET", "/v1/serviceids/"), ("POST", "/v1/apikeys")];
const REMOVING: [(&str, &str); 6] = [
    ("DELETE", "/v1/serviceids/"),
    ("GET", "/v1/apikeys"),
    ("DELETE", "/v1/apikeys/"),
    ("DELETE", "/v2/groups/AccessGroupId-1"),
    ("DELETE", "/v2/groups/AccessGroupId-2"),
    ("DELETE", "/v1/apikeys/"),
];

/// Does one thing to the vault, and is killed while IAM is at it.
#[test]
fn child_at_work() {
    let Some(home) = folder() else { return };
    let told = |name: &str| env::var(name).unwrap();
    let vault_id = Home::at(home.clone()).unwrap().vaults().unwrap()[0].id;
    let vault = open(&home, vault_id);
    let runtime = Runtime::new().unwrap();
    let (what, id, owner) = (told(WHAT), told(ID), owner());
    let create = |new: New| {
        let secret = secret_of("killed", NewDetail::IamCredentials(Box::new(new)));
        runtime
            .block_on(vault.create_secret(&owner, secret))
            .map(drop)
    };
    let _ = match what.as_str() {
        "create" => create(of_groups()),
        "create-key" => create(of_service_id()),
        "rotate" => {
            let new = rotation_by(RotationInput::IamCredentials(Rotation));
            runtime
                .block_on(vault.create_version(&owner, &id, new, None))
                .map(drop)
        }
        "read" => runtime.block_on(vault.secret(&owner, &id)).map(drop),
        _ => runtime.block_on(vault.delete_secret(&owner, &id, None)),
    };
    thread::sleep(Duration::from_secs(60));
}

/// Lets a child do something, and kills it while IAM is at a step: before it took effect, or after.
/// What was begun takes effect afterwards all the same.
fn kill_at(bench: &Bench, what: &str, id: &str, (method, path): (&str, &str), after: bool) {
    bench.iam.reset();
    let how = json!({"method": method, "path": path, "hold": true, "after": after});
    bench.iam.fail(&how);
    let mut child = command("child_at_work", bench.desk.home.path());
    let mut child = child.env(WHAT, what).env(ID, id).spawn().unwrap();
    bench.iam.wait_until_held();
    child.kill().unwrap();
    child.wait().unwrap();
    // the next program looks before it takes effect
    bench.desk.clock.advance_seconds(200);
    bench.look();
    bench.iam.release();
    bench.settle();
}

/// What IAM has is what versions have, and the other way round.
fn agree(bench: &Bench, step: &str) {
    assert_eq!(bench.pending(), vec![], "{step}");
    let query = ListSecrets {
        limit: 100,
        ..ListSecrets::default()
    };
    let listed = bench
        .run(bench.vault().list_secrets(&owner(), &query))
        .unwrap();
    let (mut keys, mut services) = (0, 0);
    for secret in listed.items {
        let id = secret.metadata.id;
        for version in bench.versions(&id) {
            let key = version.metadata.api_key_id.unwrap();
            let known = bench.iam.api_keys();
            assert!(
                known.iter().any(|one| one["id"] == key.as_str()),
                "{step}: {key} is lost"
            );
            let value = bench.read_version(&id, &version.metadata.id).unwrap();
            assert!(bench.iam.knows(&value), "{step}");
            keys += 1;
            services += usize::from(!bench.detail(&id).service_id_is_static);
        }
    }
    assert_eq!(
        bench.in_iam(),
        (keys, services),
        "{step}: something is left in IAM"
    );
}

#[test]
fn killed_creations_leave_nothing_that_nobody_knows() {
    let bench = Bench::new();
    let steps = MAKING.map(|step| ("create", step)).into_iter();
    let steps = steps.chain(MAKING_A_KEY.map(|step| ("create-key", step)));
    for (what, step) in steps {
        for after in [false, true] {
            kill_at(&bench, what, "", step, after);
            agree(&bench, &format!("{what} {step:?} {after}"));
        }
    }
}

#[test]
fn killed_rotations_leave_the_version_in_force() {
    let bench = Bench::new();
    let (id, key) = bench.made("app", of_groups());
    for step in MAKING.into_iter().take(5) {
        for after in [false, true] {
            kill_at(&bench, "rotate", &id, step, after);
            agree(&bench, &format!("{step:?} {after}"));
            assert_eq!(bench.read(&id).unwrap(), key);
        }
    }
    let next = value(bench.rotate(&id).unwrap().payload);
    assert_eq!(bench.read(&id).unwrap(), next);
}

#[test]
fn killed_readings_leave_no_key() {
    let bench = Bench::new();
    let new = New {
        reuse_api_key: false,
        ..of_groups()
    };
    let made = bench.create("app", new).unwrap();
    let id = made.view.metadata.id;
    for step in MAKING.into_iter().take(5) {
        for after in [false, true] {
            kill_at(&bench, "read", &id, step, after);
            assert_eq!(
                (bench.in_iam(), bench.pending()),
                ((0, 0), vec![]),
                "{step:?} {after}"
            );
        }
    }
}

#[test]
fn killed_deletions_are_finished() {
    let bench = Bench::new();
    for (at, step) in REMOVING.into_iter().enumerate() {
        for after in [false, true] {
            let name = format!("app-{at}-{after}-{}", Uuid::new_v4().simple());
            let (id, _) = bench.made(&name, of_groups());
            kill_at(&bench, "delete", &id, step, after);
            agree(&bench, &format!("{step:?} {after}"));
        }
    }
}
