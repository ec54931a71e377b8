//! The real program as client and server of one vault.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

struct Home(TempDir);

impl Home {
    fn made() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        std::fs::write(home.file("passphrase"), "correct horse battery staple\n").unwrap();
        let mut create = home.command("vault create --name Mine --passphrase-file");
        let made = json(&fed(create.arg(home.file("passphrase")), ""));
        // which opens it at once, where a passphrase takes half a second
        std::fs::write(home.file("code"), made["recovery_code"].as_str().unwrap()).unwrap();
        home
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyturn"));
        command
            .args(line.split_whitespace())
            .env_clear()
            .env("USER", "tester")
            .env("KEYTURN_HOME", self.file("data"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// On the vault of this computer.
    fn local(&self, line: &str, input: &str) -> Output {
        let mut command = self.command(line);
        let command = command.arg("--recovery-code-file").arg(self.file("code"));
        fed(command, input)
    }

    fn serve(&self, options: &str) -> Server {
        let mut command = self.command(&format!("serve --address 127.0.0.1:0 {options}"));
        let command = command.arg("--recovery-code-file").arg(self.file("code"));
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        told.read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("Keyturn serves at ");
        let url = url.unwrap_or_else(|| panic!("{line}")).to_owned();
        Server { child, url }
    }
}

/// Runs a line with something on standard input.
type Ask<'a> = &'a dyn Fn(&str, &str) -> Output;

/// Stops when it is dropped.
struct Server {
    child: Child,
    url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn ask(&self, home: &Home, key: &Path, line: &str, input: &str) -> Output {
        let mut command = home.command(line);
        command
            .args(["--service-url", &self.url])
            .arg("--apikey-file");
        fed(command.arg(key), input)
    }
}

fn fed(command: &mut Command, input: &str) -> Output {
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", err(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_same_commands_work_here_and_over_http() {
    let home = Home::made();
    let key = json(&home.local("api-key create --name ci --role Writer", ""));
    let file = home.file("key");
    std::fs::write(&file, key["apikey"].as_str().unwrap()).unwrap();
    let server = home.serve("");
    let local = |line: &str, input: &str| home.local(line, input);
    let remote = |line: &str, input: &str| server.ask(&home, &file, line, input);
    for (at, ask) in [&local as Ask<'_>, &remote].into_iter().enumerate() {
        let new = format!(
            "secret-create --secret-type arbitrary --secret-name s{at} --arbitrary-payload -"
        );
        let made = json(&ask(&new, "first"));
        let id = made["id"].as_str().unwrap();
        assert_eq!(made["payload"], "first");
        let by = ["local:tester", "apikey:ci"][at];
        assert_eq!(made["created_by"], by);

        let rotate = format!("secret-version-create --secret-id {id} --arbitrary-payload -");
        let rotated = json(&ask(&rotate, "second"));
        assert_eq!(
            (&rotated["payload"], &rotated["alias"]),
            (&"second".into(), &"current".into())
        );
        let versions = json(&ask(&format!("secret-versions --secret-id {id}"), ""));
        assert_eq!(versions["total_count"], 2);
        assert_eq!(
            json(&ask(&format!("secret --id {id}"), ""))["payload"],
            "second"
        );
        let listed = json(&ask("secrets --all-pages --limit 1", ""));
        assert_eq!(listed["secrets"].as_array().unwrap().len(), at + 1);
        let gone = ask("secret --id 0b5571f7-21e6-42b7-91c5-3f5ac9793a46", "");
        assert_eq!(gone.status.code(), Some(4), "{}", err(&gone));
    }

    // a Writer does not delete, and a revoked key does not come in
    let listed = json(&remote("secrets", ""));
    let id = listed["secrets"][0]["id"].as_str().unwrap();
    let refused = remote(&format!("secret-delete --id {id}"), "");
    assert_eq!(refused.status.code(), Some(3), "{}", err(&refused));
    let keys = json(&local("api-key list", ""));
    assert_eq!(keys["api_keys"][0]["name"], "ci");
    assert!(keys["api_keys"][0].get("apikey").is_none());
    let revoke = format!("api-key delete --id {}", key["id"].as_str().unwrap());
    assert!(local(&revoke, "").status.success());
    assert_eq!(remote("secrets", "").status.code(), Some(3));
    let deleted = local(&format!("secret-delete --id {id}"), "");
    assert!(deleted.status.success() && deleted.stdout.is_empty());
}

#[test]
fn the_command_of_2022_prints_the_envelope_with_the_value() {
    let home = Home::made();
    let new = "secret-create --secret-name same --secret-type";
    let arbitrary = json(&home.local(&format!("{new} arbitrary --arbitrary-payload -"), "old"));
    let credentials = format!("{new} username_password --username-password-username user");
    let credentials = json(&home.local(&credentials, ""));
    let update = |kind: &str, id: &Value, body: &str| {
        let id = id.as_str().unwrap();
        let line = "secrets-manager secret-update --action rotate --output json";
        let line = format!("{line} --id {id} --secret-type {kind} --body -");
        json(&home.local(&line, body))["resources"][0].clone()
    };
    let rotated = update(
        "arbitrary",
        &arbitrary["id"],
        r#"{"payload": "new-secret-data"}"#,
    );
    assert_eq!(rotated["secret_data"]["payload"], "new-secret-data");
    assert_eq!(rotated["versions_total"], 2);
    let rotated = update(
        "username_password",
        &credentials["id"],
        r#"{"password": ""}"#,
    );
    let password = rotated["secret_data"]["password"].as_str().unwrap();
    assert_eq!(password.len(), 32);
    assert_ne!(rotated["secret_data"]["password"], credentials["password"]);
}

#[test]
fn a_configuration_is_told_apart_by_its_type() {
    let home = Home::made();
    let name = "configuration-create --name same --config-type private_cert_configuration_root_ca \
                --certificate-common-name ca.example.test --private-cert-max-ttl 8760h";
    let made = json(&home.local(name, ""));
    assert_eq!(made["config_type"], "private_cert_configuration_root_ca");
    let ask = "configuration --name same --config-type";
    let found = home.local(&format!("{ask} private_cert_configuration_root_ca"), "");
    assert_eq!(json(&found)["name"], "same");
    let other = home.local(&format!("{ask} private_cert_configuration_template"), "");
    assert_eq!(other.status.code(), Some(4), "{}", err(&other));
}

#[test]
fn a_server_shows_a_certificate_of_its_own_vault() {
    let home = Home::made();
    let made = |line: &str| json(&home.local(line, ""));
    let root = made(
        "configuration-create --config-type private_cert_configuration_root_ca --name root \
         --certificate-common-name root.example.test --private-cert-max-ttl 87600h",
    );
    made(
        "configuration-create --config-type private_cert_configuration_intermediate_ca --name ca \
         --certificate-common-name ca.example.test --private-cert-max-ttl 43800h \
         --private-cert-signing-method internal --private-cert-issuer root",
    );
    made(
        "configuration-create --config-type private_cert_configuration_template --name any \
         --private-cert-ca-name ca --private-cert-allow-any-name --private-cert-max-ttl 1000h",
    );
    let secret = made(
        "secret-create --secret-type private_cert --secret-name server \
         --private-cert-template-name any --certificate-common-name server.example.test \
         --private-cert-ip-sans 127.0.0.1",
    );
    let key = made("api-key create --name reader --role Reader");
    let file = home.file("key");
    std::fs::write(&file, key["apikey"].as_str().unwrap()).unwrap();
    let authority = home.file("root.pem");
    let certificate = root["data"]["certificate"].as_str().unwrap();
    std::fs::write(&authority, certificate).unwrap();

    let server = home.serve("--tls-secret server");
    assert!(
        server.url.starts_with("https://127.0.0.1:"),
        "{}",
        server.url
    );
    let trusting = format!("secrets --ca-certificate {}", authority.display());
    let listed = json(&server.ask(&home, &file, &trusting, ""));
    assert_eq!(listed["secrets"][0]["name"], "server");
    let distrusting = server.ask(&home, &file, "secrets", "");
    assert_eq!(distrusting.status.code(), Some(1));
    assert!(
        err(&distrusting).contains("not trusted"),
        "{}",
        err(&distrusting)
    );

    // after a rotation the server reads the new certificate, and goes on
    let id = secret["id"].as_str().unwrap();
    made(&format!("secret-version-create --secret-id {id}"));
    let current = format!("secret-version-metadata --secret-id {id} --id current");
    let read = || made(&current)["downloaded"] == true;
    assert!((0..20).any(|_| read()), "nobody read the new certificate");
    json(&server.ask(&home, &file, &trusting, ""));
}
