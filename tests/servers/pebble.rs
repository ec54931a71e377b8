//! A real ACME server: `pebble`, with its own root for TLS and another that it issues with.

use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;

use super::test_authority::TestAuthority;
use super::{Running, free_ports};

/// How the server behaves. As it stands: it checks all challenges, at once; accepts every nonce;
/// uses one of a hundred authorizations again (it knows no less); and looks names up as this computer
/// does.
#[derive(Clone, Default)]
pub(crate) struct Behaviour {
    /// Of 100 nonces, how many it rejects.
    pub(crate) nonces_rejected: u8,
    /// Of 100 orders, in how many it uses valid authorizations again.
    pub(crate) authorizations_reused: u8,
    /// Whether every challenge counts as proven.
    pub(crate) always_valid: bool,
    /// Whether it is strict where clients may not be ready (`-strict`).
    pub(crate) strict: bool,
    /// Accounts must be bound to one of these: the name of the key, and the key as base64url.
    pub(crate) external_accounts: Vec<(&'static str, &'static str)>,
    /// Where it looks names up, such as `127.0.0.1:8053`.
    pub(crate) dns_server: Option<String>,
    /// Further variables of its environment, such as `PEBBLE_ALTERNATE_ROOTS`.
    pub(crate) environment: Vec<(&'static str, String)>,
}

/// A server that ends with the test. It forgets all then.
pub(crate) struct Pebble {
    behaviour: Behaviour,
    authority: TestAuthority,
    acme_port: u16,
    management_port: u16,
    running: Option<Running>,
}

impl Pebble {
    /// Starts one and waits until it answers.
    pub(crate) fn start(behaviour: &Behaviour) -> Self {
        let authority = TestAuthority::new();
        for _ in 0..5 {
            let [acme_port, management_port] = free_ports();
            let mut running = run(behaviour, &authority, acme_port, management_port);
            if running.is_up(&[acme_port, management_port]) {
                return Self {
                    behaviour: behaviour.clone(),
                    authority,
                    acme_port,
                    management_port,
                    running: Some(running),
                };
            }
        }
        let log = fs::read_to_string(authority.folder().join("pebble.log"));
        panic!("pebble does not start: {}", log.unwrap_or_default());
    }

    /// Ends it and starts it again at the same place: it has forgotten all accounts and orders.
    pub(crate) fn restart(&mut self) {
        drop(self.running.take());
        let ports = [self.acme_port, self.management_port];
        let mut running = run(&self.behaviour, &self.authority, ports[0], ports[1]);
        assert!(running.is_up(&ports), "{}", self.log());
        self.running = Some(running);
    }

    /// Where its directory is.
    pub(crate) fn directory_url(&self) -> String {
        format!("https://localhost:{}/dir", self.acme_port)
    }

    /// The root of the certificate it shows to clients, PEM.
    pub(crate) fn tls_root_pem(&self) -> String {
        self.authority.root_pem()
    }

    /// A root that it issues with, PEM; others than the first are there with
    /// `PEBBLE_ALTERNATE_ROOTS`.
    pub(crate) fn root_pem(&self, number: usize) -> String {
        self.managed(&format!("/roots/{number}"))
    }

    /// The intermediate certificate that it issues with, PEM.
    pub(crate) fn intermediate_pem(&self, number: usize) -> String {
        self.managed(&format!("/intermediates/{number}"))
    }

    /// What the server wrote so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.authority.folder().join("pebble.log")).unwrap()
    }

    /// Asks the management port; HTTP/1.0, so that the answer ends with the connection.
    fn managed(&self, path: &str) -> String {
        let mut openssl = Command::new("openssl")
            .args(["s_client", "-quiet", "-connect"])
            .arg(format!("127.0.0.1:{}", self.management_port))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl is installed");
        let mut request = openssl.stdin.take().unwrap();
        write!(request, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
        let answer = openssl.wait_with_output().unwrap().stdout;
        drop(request);
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer of pebble");
        assert!(head.contains(" 200 "), "{head}");
        body.to_owned()
    }
}

fn run(
    behaviour: &Behaviour,
    authority: &TestAuthority,
    acme_port: u16,
    management_port: u16,
) -> Running {
    let external: serde_json::Map<_, _> = behaviour
        .external_accounts
        .iter()
        .map(|(name, key)| ((*name).to_owned(), json!(key)))
        .collect();
    let config = json!({"pebble": {
        "listenAddress": format!("127.0.0.1:{acme_port}"),
        "managementListenAddress": format!("127.0.0.1:{management_port}"),
        "certificate": authority.server_pem(),
        "privateKey": authority.server_key(),
        "httpPort": 5002,
        "tlsPort": 5001,
        "ocspResponderURL": "",
        "externalAccountBindingRequired": !external.is_empty(),
        "externalAccountMACKeys": external,
    }});
    let folder = authority.folder();
    fs::write(folder.join("pebble.json"), config.to_string()).unwrap();
    let log = File::create(folder.join("pebble.log")).unwrap();
    let mut command = Command::new("pebble");
    command
        .args(["-config", "pebble.json"])
        .env("PEBBLE_VA_NOSLEEP", "1")
        .env(
            "PEBBLE_WFE_NONCEREJECT",
            behaviour.nonces_rejected.to_string(),
        )
        .env(
            "PEBBLE_AUTHZREUSE",
            behaviour.authorizations_reused.to_string(),
        )
        .envs(
            behaviour
                .environment
                .iter()
                .map(|(name, value)| (name, value)),
        )
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(log.try_clone().unwrap())
        .stdout(log);
    if behaviour.always_valid {
        command.env("PEBBLE_VA_ALWAYS_VALID", "1");
    }
    if behaviour.strict {
        command.arg("-strict");
    }
    if let Some(server) = &behaviour.dns_server {
        command.args(["-dnsserver", server]);
    }
    Running(command.spawn().expect("pebble is installed"))
}
