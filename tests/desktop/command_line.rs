//! The command line on a desktop with a keyring.

use std::process::Command;

use crate::harness::Desktop;
use crate::harness::command_line::{CommandLine, program};
use crate::harness::vaults::{self, Draft};

#[test]
fn the_keyring_remembers_the_key_of_a_remote_instance_until_logout() {
    let desktop = Desktop::new();
    let vault = vaults::create(&desktop.session.data(), "Remote", vaults::clock());
    vault.add(&Draft {
        name: "db-password",
        value: b"one",
        ..Draft::default()
    });
    let line = CommandLine::new(&desktop.session.data());
    let made = line.run(&["api-key", "create", "--name", "me", "--role", "Reader"]);
    let served = line.serve();
    let url = format!("http://{}", served.address);
    let remote = |arguments: &[&str]| -> Command {
        let mut command = desktop.session.command(&program().to_string_lossy());
        command.args(arguments).args(["--service-url", &url]);
        command
    };

    let wrong = remote(&["login"])
        .env("SECRETS_MANAGER_APIKEY", "ktk_wrong")
        .output()
        .unwrap();
    assert!(
        !wrong.status.success(),
        "a key that is not let in is not kept"
    );
    let nothing = remote(&["secrets"]).output().unwrap();
    assert!(!nothing.status.success());
    let key = made["apikey"].as_str().unwrap();
    let kept = remote(&["login"])
        .env("SECRETS_MANAGER_APIKEY", key)
        .output()
        .unwrap();
    assert!(
        kept.status.success(),
        "{}",
        String::from_utf8_lossy(&kept.stderr)
    );

    let listed = remote(&["secrets"]).output().unwrap();
    let said = String::from_utf8_lossy(&listed.stderr);
    assert!(listed.status.success(), "{said}");
    assert!(String::from_utf8_lossy(&listed.stdout).contains("db-password"));

    assert!(remote(&["logout"]).status().unwrap().success());
    assert!(!remote(&["secrets"]).output().unwrap().status.success());
}
