//! A program uses the vault that is open in the window, by plain HTTP as any client would: with a key
//! that was made there, while the switch is on and the vault is unlocked.

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Command, Stdio};

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::harness::command_line::request;
use crate::harness::page::Page;
use crate::harness::vaults::PASSPHRASE;
use crate::harness::{Desktop, axe, clipboard, until};
use crate::{keyboard, steps};

const TOKEN_FORM: &str = "grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=";

#[test]
fn a_program_comes_in_while_the_vault_is_open_and_its_key_is_not_revoked() {
    let (desktop, vault, page) = steps::before_an_empty_vault("Shared");
    steps::add_secret(&page, "deploy-key", "first");
    steps::dismiss_toasts(&page);
    let program = Program(free_port());
    let id = vault.secret("deploy-key").metadata.id;

    page.click("link", "Endpoints");
    page.wait_for("heading", "Endpoints");
    axe::check(&page, "endpoints, off");
    page.press("Turn it on in Settings > API access");
    page.wait_for_focus("API access");
    page.fill("Port", &program.0.to_string());
    page.press("Save Port");
    page.see("Saved");
    program.is_refused();
    page.click("switch", "HTTP API*");
    page.see(&format!("On at {}", program.url()));
    let nobody = program.ask("GET", "/api/v2/secrets", "", "");
    assert_eq!(nobody.0, 401);

    let key = create_key(&desktop, &page, "ci-deploy", "Writer");
    let token = program.token(&key).unwrap();
    page.wait("the window says when the key was used", |page| {
        let row = page.texts("row", "ci-deploy*").pop()?;
        (!row.contains("Never")).then_some(())
    });
    let listed = program.get("/api/v2/secrets", &token);
    assert_eq!(listed.1["secrets"][0]["name"], "deploy-key");

    page.click("link", "Endpoints");
    let said = paste_example(&page, &id, &key);
    assert!(said.contains("deploy-key"), "{said}");
    assert_eq!(vault.value(&id, "current"), b"new-value");

    // what the program does, the window shows at once
    page.click("link", "Secrets");
    page.act("deploy-key", "Copy secret URL");
    page.see("Copied the URL of deploy-key");
    let url = clipboard::text(&desktop.session);
    assert_eq!(url, format!("{}/api/v2/secrets/{id}", program.url()));
    page.wait_for_focus("Actions for deploy-key");
    page.act("deploy-key", "Version history");
    page.see("Version 2");
    let rotated = program.rotate(&id, &token, "by a program");
    assert_eq!(
        (rotated.0, &rotated.1["created_by"]),
        (201, &json!("apikey:ci-deploy"))
    );
    page.see("Version 3");
    assert_eq!(vault.value(&id, "current"), b"by a program");
    steps::escape(&page);
    page.wait_for_no("dialog", "");
    // and the other way round
    page.act("deploy-key", "Rotate");
    steps::enter_value(&page, "by a person");
    steps::rotate(&page, "deploy-key");
    let read = program.get(&format!("/api/v2/secrets/{id}"), &token);
    assert_eq!(read.1["payload"], "by a person");
    steps::dismiss_toasts(&page);

    let page = desktop.lock(|page| page.press("Lock"));
    program.is_refused();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    until("the API is back", || program.answers());
    assert_eq!(program.get("/api/v2/secrets", &token).0, 200);

    page.click("link", "Settings");
    page.press("Revoke ci-deploy");
    page.wait_for("dialog", "Revoke ci-deploy");
    axe::check(&page, "revoke an API key");
    page.press("Revoke");
    page.see("Revoked ci-deploy");
    page.wait_for_focus("Create API key");
    assert_eq!(program.get("/api/v2/secrets", &token).0, 401);
    assert_eq!(program.token(&key), Err(400), "as IAM refuses a key");
    page.click("switch", "HTTP API*");
    program.is_refused();
}

#[test]
fn a_port_that_is_taken_is_told_and_the_api_begins_once_it_is_free() {
    let (mut desktop, _vault, page) = steps::before_an_empty_vault("Home");
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let program = Program(taken.local_addr().unwrap().port());
    page.click("link", "Settings");
    page.fill("Port", "80");
    page.see("A whole number from 1024 to 65535.");
    page.fill_and_enter("Port", &program.0.to_string());
    page.see("Saved");
    page.click("switch", "HTTP API*");
    page.see(&format!("Another program uses port {}.", program.0));
    axe::check(&page, "API access, port taken");
    drop(taken);
    page.see(&format!("On at {}", program.url()));

    // the keyboard alone makes a key, and is not lost
    page.tab_to("Create API key");
    page.key(Key::Enter);
    page.wait_for_focus("Name");
    page.type_text("nightly");
    page.key(Key::Enter);
    page.wait_for("dialog", "API key nightly");
    steps::escape(&page);
    page.see("The key was not copied.");
    steps::escape(&page);
    page.wait_for_no("dialog", "API key nightly");
    page.wait_for_focus("Create API key");
    page.press("Create API key");
    page.fill_and_enter("Name", "nightly");
    page.see("An API key with the same name already exists: nightly");
    steps::drop_changes(&page);

    // the switch outlives the program
    desktop.quit();
    program.is_refused();
    let page = desktop.open();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.click("link", "Endpoints");
    page.see("HTTP API On");
    page.see(&format!("{}/identity/token", program.url()));
}

#[test]
fn the_api_is_turned_on_and_a_key_made_and_revoked_by_keyboard_alone() {
    let mut desktop = Desktop::without_keyring();
    let (_vault, page) = keyboard::unlock(&mut desktop, |_| ());
    let program = Program(free_port());
    page.tab_to("Endpoints");
    page.key(Key::Enter);
    page.wait_for("heading", "Endpoints");
    page.tab_to("Turn it on in Settings > API access");
    page.key(Key::Enter);
    page.wait_for_focus("API access");
    page.tab_to("Port");
    page.chord(Key::Control, "a");
    page.type_text(&program.0.to_string());
    page.tab_to("Save Port");
    page.key(Key::Enter);
    page.see("Saved");
    back_to(&page, "HTTP API");
    page.type_text(" ");
    page.see(&format!("On at {}", program.url()));

    page.tab_to("Create API key");
    page.key(Key::Enter);
    page.wait_for_focus("Name");
    page.type_text("by-keyboard");
    page.key(Key::Tab); // to the role that is chosen, the least
    page.key(Key::Down);
    page.tab_to("Create");
    page.key(Key::Enter);
    page.wait_for("dialog", "API key by-keyboard");
    let key = page.texts("region", "API key").pop().unwrap();
    page.tab_to("Copy");
    page.key(Key::Enter);
    page.see("Copied the API key by-keyboard to the clipboard.");
    page.tab_to("Done");
    page.key(Key::Enter);
    page.wait_for_focus("Create API key");
    page.see("SecretsReader");
    let token = program.token(&key).unwrap();
    assert_eq!(program.get("/api/v2/secrets", &token).0, 200);

    page.tab_to("Revoke by-keyboard");
    page.key(Key::Enter);
    page.wait_for("dialog", "Revoke by-keyboard");
    page.tab_to("Revoke");
    page.key(Key::Enter);
    page.see("No API key yet");
    assert_eq!(program.get("/api/v2/secrets", &token).0, 401);
}

/// Goes back with Shift and Tab to what begins with this name.
fn back_to(page: &Page, name: &str) {
    let mut passed = Vec::new();
    while !page.focused().starts_with(name) {
        passed.push(page.focused());
        assert!(passed.len() < 20, "it came only to {passed:?}");
        page.chord(Key::Shift, &char::from(Key::Tab).to_string());
    }
}

/// Makes a key for the whole instance, copies it as a person would, and closes what showed it.
fn create_key(desktop: &Desktop, page: &Page, name: &str, role: &str) -> String {
    page.press("Create API key");
    page.wait_for("dialog", "Create API key");
    page.fill("Name", name);
    page.click("radio", &format!("{role}*"));
    axe::check(page, "create an API key");
    page.press("Create");
    page.wait_for("dialog", &format!("API key {name}"));
    axe::check(page, "an API key that was made");
    let key = page.texts("region", "API key").pop().unwrap();
    page.press("Copy");
    page.see(&format!("Copied the API key {name} to the clipboard."));
    assert_eq!(clipboard::text(&desktop.session), key);
    page.press("Done");
    page.wait_for_no("dialog", "");
    page.wait_for_focus("Create API key");
    let html = page.script("return document.documentElement.outerHTML", vec![]);
    assert!(
        !html.as_str().unwrap().contains(&key),
        "the page keeps the key"
    );
    key
}

/// Runs the example for curl as it stands on the page, with the id of a secret put in and the key
/// given when it is asked for. What it says.
fn paste_example(page: &Page, id: &str, key: &str) -> String {
    page.wait_for("region", "Rotate a secret");
    let steps = page.script(
        "return [...document.querySelectorAll('.kt-snippet__text')]
            .filter((step) => step.checkVisibility()).map((step) => step.textContent).join('\\n')",
        vec![],
    );
    let steps = steps.as_str().unwrap().replace("replace-with-an-id", id);
    let mut shell = Command::new("bash")
        .args(["-euc", &steps])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(shell.stdin.take().unwrap(), "{key}").unwrap();
    let output = shell.wait_with_output().unwrap();
    assert!(output.status.success(), "{steps}");
    String::from_utf8(output.stdout).unwrap()
}

/// A port that is free now.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// A program on this computer, and the port it knows.
struct Program(u16);

/// Status and JSON.
type Reply = (u16, Value);

impl Program {
    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.0)
    }

    /// Exchanges a key for a token; the status if that is refused.
    fn token(&self, key: &str) -> Result<String, u16> {
        let form = format!("{TOKEN_FORM}{key}");
        let (status, answer) = self.ask("POST", "/identity/token", "", &form);
        let token = answer["access_token"].as_str().map(str::to_owned);
        token.ok_or(status)
    }

    fn get(&self, path: &str, token: &str) -> Reply {
        self.ask("GET", path, token, "")
    }

    fn rotate(&self, id: &str, token: &str, value: &str) -> Reply {
        let path = format!("/api/v2/secrets/{id}/versions");
        let body = json!({ "payload": value }).to_string();
        self.ask("POST", &path, token, &body)
    }

    fn ask(&self, method: &str, path: &str, token: &str, body: &str) -> Reply {
        let address = format!("127.0.0.1:{}", self.0);
        request(&address, method, path, token, body).expect("somebody listens")
    }

    /// Something if somebody listens.
    fn answers(&self) -> Option<Reply> {
        let address = format!("127.0.0.1:{}", self.0);
        request(&address, "GET", "/api/v2/secrets", "", "")
    }

    /// Waits until nobody listens.
    fn is_refused(&self) {
        until("connections are refused", || {
            let tried = TcpStream::connect((Ipv4Addr::LOCALHOST, self.0));
            let refused = |error: io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
            tried.err().is_some_and(refused).then_some(())
        });
    }
}
