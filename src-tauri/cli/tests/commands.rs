//! The real program on a fresh data folder.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const PASSPHRASE: &str = "correct horse battery staple";

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Self(folder);
        std::fs::write(home.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyturn"));
        let passphrase = self.path().join("passphrase");
        let line = line.replace("PASSPHRASE", &passphrase.to_string_lossy());
        command
            .args(line.split_whitespace())
            .env_clear()
            .env("USER", "tester")
            .env("KEYTURN_HOME", self.path().join("data"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, line: &str) -> Output {
        self.command(line).output().unwrap()
    }

    fn made() -> Self {
        let home = Self::new();
        let made = home.run("vault create --name Mine --passphrase-file PASSPHRASE");
        assert!(made.status.success(), "{}", err(&made));
        home
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", err(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_vault_is_made_and_listed_and_opens_by_its_recovery_code() {
    let home = Home::new();
    let made = home.run("vault create --name Mine --passphrase-file PASSPHRASE");
    let made = json(&made);
    assert_eq!(made["name"], "Mine");
    let listed = json(&home.run("vaults"));
    assert_eq!(listed["vaults"][0]["id"], made["id"]);
    assert_eq!(listed["total_count"], 1);
    let table = out(&home.run("vaults --output table"));
    assert!(table.starts_with("Name  ID "), "{table}");
    assert!(!table.contains('\u{1b}'), "no colours off a terminal");

    // as a service manager gives it
    let credentials = home.path().join("credentials");
    std::fs::create_dir(&credentials).unwrap();
    let code = made["recovery_code"].as_str().unwrap();
    std::fs::write(credentials.join("keyturn-recovery-code"), code).unwrap();
    let mut command = home.command("secret-groups");
    let opened = command
        .env("CREDENTIALS_DIRECTORY", &credentials)
        .output()
        .unwrap();
    assert_ne!(opened.status.code(), Some(3), "{}", err(&opened));
}

#[test]
fn a_way_in_besides_the_keyring_is_wanted_before_anything_is_made() {
    let home = Home::new();
    std::fs::write(home.path().join("short"), "short").unwrap();
    let line = format!(
        "vault create --name Mine --passphrase-file {}/short",
        home.path().display()
    );
    let refused = home.run(&line);
    assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
    assert_eq!(json(&home.run("vaults"))["total_count"], 0);
}

#[test]
fn each_way_to_fail_has_its_number_and_its_words() {
    let home = Home::new();
    let nothing = home.run("secrets");
    assert_eq!(nothing.status.code(), Some(4));
    assert!(err(&nothing).contains("no vault"), "{}", err(&nothing));
    assert!(out(&nothing).is_empty());
    for line in ["", "secret", "no-such-command", "serve --tls-certificate x"] {
        assert_eq!(home.run(line).status.code(), Some(2), "{line}");
    }
    assert_eq!(home.run("--help").status.code(), Some(0));
    assert!(out(&home.run("--version")).starts_with("keyturn "));

    let home = Home::made();
    std::fs::write(home.path().join("wrong"), "not the passphrase").unwrap();
    let line = format!(
        "secrets --output json --passphrase-file {}/wrong",
        home.path().display()
    );
    let refused = home.run(&line);
    assert_eq!(refused.status.code(), Some(3));
    let container: Value = serde_json::from_slice(&refused.stderr).unwrap();
    assert_eq!(container["errors"][0]["code"], "wrong_key");
    assert!(!err(&refused).contains("not the passphrase"));

    let other = home.run("secrets --vault Other --passphrase-file PASSPHRASE");
    assert_eq!(other.status.code(), Some(4));
    let remote = home.run("api-key list --service-url https://a.example.test");
    assert_eq!(remote.status.code(), Some(1));
    let plain = home.run("secrets --service-url http://a.example.test --apikey-file PASSPHRASE");
    assert_eq!(plain.status.code(), Some(1));
    assert!(err(&plain).contains("https://"), "{}", err(&plain));
}

#[test]
fn a_body_comes_from_standard_input() {
    let home = Home::made();
    let line = "secret-create --passphrase-file PASSPHRASE --secret-prototype -";
    let sent = |body: &str| {
        let mut child = home.command(line).stdin(Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(body.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    };
    let refused = sent("no json: s3cret");
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("not JSON") && !err(&refused).contains("s3cret"));
    let answered = sent(r#"{"name":"n","secret_type":"arbitrary","payload":"s3cret"}"#);
    assert!(!err(&answered).contains("not JSON"), "{}", err(&answered));
}

#[test]
fn shells_get_their_completions() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = out(&home.run(&format!("completions {shell}")));
        assert!(script.contains("secret-version-create"), "{shell}");
        assert!(script.contains("api-key"), "{shell}");
    }
    assert_eq!(home.run("completions cobol").status.code(), Some(2));
}

#[test]
fn a_server_tells_when_it_is_ready_and_stops_when_it_is_told() {
    let home = Home::made();
    let manager = home.path().join("manager");
    let notified = std::os::unix::net::UnixDatagram::bind(&manager).unwrap();
    let wait = std::time::Duration::from_secs(60);
    notified.set_read_timeout(Some(wait)).unwrap();
    let line = "serve --address 127.0.0.1:0 --passphrase-file PASSPHRASE";
    let mut command = home.command(line);
    let server = command.env("NOTIFY_SOCKET", &manager).spawn().unwrap();
    let mut message = [0; 64];
    let length = notified.recv(&mut message).unwrap();
    assert_eq!(&message[..length], b"READY=1");
    let killed = Command::new("kill")
        .arg(server.id().to_string())
        .status()
        .unwrap();
    assert!(killed.success());
    let ended = server.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", err(&ended));
    assert!(
        err(&ended).starts_with("Keyturn serves at http://127.0.0.1:"),
        "{}",
        err(&ended)
    );
    let length = notified.recv(&mut message).unwrap();
    assert_eq!(&message[..length], b"STOPPING=1");

    let open = home.run("serve --address 0.0.0.0:0 --passphrase-file PASSPHRASE");
    assert_eq!(open.status.code(), Some(1));
    assert!(err(&open).contains("certificate"), "{}", err(&open));
}
