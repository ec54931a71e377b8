//! Many rotate the same secrets at once: by the API, by the command line and in the window.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use keyturn_vault::AuditEntry;

use crate::harness::command_line::{CommandLine, request, token};
use crate::harness::page::Page;
use crate::harness::vaults::{Draft, OpenVault};
use crate::steps;

const SECRETS: usize = 10;
/// Threads of the API, and the rotations of each.
const CALLERS: (usize, usize) = (4, 225);
const COMMANDS: usize = 90;
const CLICKS: usize = 10;

/// The rotations that were acknowledged, by secret: ids of the versions where they were told.
type Acknowledged = Vec<Mutex<Vec<Option<String>>>>;

#[test]
fn a_thousand_rotations_by_api_command_line_and_window_are_all_there() {
    let (desktop, vault, page) = steps::before_an_empty_vault("Shared");
    let ids: Vec<String> = (0..SECRETS).map(|at| add(&vault, at)).collect();
    page.wait_for("button", &format!("Actions for {}", name(SECRETS - 1)));
    let line = CommandLine::new(&desktop.session.data());
    let made = line.run(&["api-key", "create", "--name", "storm", "--role", "Writer"]);
    let served = line.serve();
    let token = token(&served.address, made["apikey"].as_str().unwrap());
    let before = vault.rotations(0).last().map_or(0, |entry| entry.sequence);

    let acknowledged: Acknowledged = (0..SECRETS).map(|_| Mutex::default()).collect();
    let clicked = AtomicBool::new(false);
    thread::scope(|scope| {
        for caller in 0..CALLERS.0 {
            let (ids, token, address) = (&ids, &token, &served.address);
            let (acknowledged, clicked) = (&acknowledged, &clicked);
            scope.spawn(move || {
                for at in 0..CALLERS.1 {
                    let secret = (caller * 3 + at) % SECRETS;
                    let path = format!("/api/v2/secrets/{}/versions", ids[secret]);
                    let body = format!("{{\"payload\":\"by the API, {caller}, {at}\"}}");
                    let answer = request(address, "POST", &path, token, &body);
                    let (status, json) = answer.expect("it is answered");
                    assert_eq!(status, 201, "{json}");
                    acknowledge(acknowledged, secret, Some(&json));
                    // as long as the window is at work, so that all are at once
                    if !clicked.load(Ordering::Relaxed) {
                        thread::sleep(Duration::from_millis(50));
                    }
                }
            });
        }
        let (ids, acknowledged, line) = (&ids, &acknowledged, &line);
        scope.spawn(move || {
            for at in 0..COMMANDS {
                let secret = at % SECRETS;
                let made = line.run(&[
                    "secret-version-create",
                    "--secret-id",
                    &ids[secret],
                    "--arbitrary-payload",
                    "by the command line",
                ]);
                acknowledge(acknowledged, secret, Some(&made));
            }
        });
        for at in 0..CLICKS {
            click(&page, &name(at % SECRETS));
            acknowledge(acknowledged, at % SECRETS, None);
        }
        clicked.store(true, Ordering::Relaxed);
    });

    let entries = vault.rotations(before);
    assert_eq!(entries.len(), CALLERS.0 * CALLERS.1 + COMMANDS + CLICKS);
    for (at, id) in ids.iter().enumerate() {
        let told = acknowledged[at].lock().unwrap().clone();
        compare(&vault, id, &told, &entries);
    }
    page.act(&name(0), "Rotate");
    page.wait_for("dialog", &format!("Rotate {}", name(0)));
    let last = vault.versions(&ids[0]).last().unwrap().number;
    page.see(&format!("{last}, since"));
}

fn name(at: usize) -> String {
    format!("shared-{at}")
}

fn add(vault: &OpenVault, at: usize) -> String {
    vault.add(&Draft {
        name: &name(at),
        value: b"first",
        ..Draft::default()
    })
}

fn acknowledge(all: &Acknowledged, secret: usize, version: Option<&serde_json::Value>) {
    let id = version.map(|version| version["id"].as_str().unwrap().to_owned());
    all[secret].lock().unwrap().push(id);
}

/// Rotates in the window. Whoever came first in between is told, and it is reviewed.
fn click(page: &Page, name: &str) {
    page.act(name, "Rotate");
    page.wait_for("dialog", &format!("Rotate {name}"));
    steps::enter_value(page, "by hand");
    loop {
        page.press("Rotate");
        let rotated = page.wait("it is rotated, or somebody came first", |page| {
            if page.has("button", "Reload and review") {
                return Some(false);
            }
            let open = page.has("dialog", &format!("Rotate {name}"));
            (!open).then_some(true)
        });
        if rotated {
            return;
        }
        page.press("Reload and review");
    }
}

/// What was acknowledged for a secret stands in the audit log once each, in the order of the versions.
fn compare(vault: &OpenVault, id: &str, told: &[Option<String>], entries: &[AuditEntry]) {
    let of_this = entries
        .iter()
        .filter(|entry| entry.object.to_string() == *id);
    let actors: Vec<&str> = of_this
        .map(|entry| {
            assert_eq!(entry.times, 1);
            entry.actor.as_str()
        })
        .collect();
    assert_eq!(actors.len(), told.len(), "each once");

    let versions = vault.versions(id);
    let current = versions.last().unwrap();
    assert_eq!(current.number as usize, told.len() + 1);
    assert!(current.metadata.alias.is_some());
    // the metadata of the last fifty is kept
    let kept = &versions[versions.len().saturating_sub(told.len())..];
    let made_by: Vec<&str> = kept
        .iter()
        .map(|version| version.metadata.created_by.as_str())
        .collect();
    assert_eq!(made_by, actors[actors.len() - kept.len()..], "in order");
    let by_hand = |version: &str| told.iter().flatten().all(|known| known != version);
    let unknown = kept.iter().filter(|version| by_hand(&version.metadata.id));
    let clicks = told.iter().filter(|known| known.is_none()).count();
    assert!(unknown.count() <= clicks, "no version came from nowhere");
}
