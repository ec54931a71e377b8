//! A vault with many secrets, and the program that serves it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyturn_api::{
    Caller, Instance, Keys, ListSecrets, NewApiKey, NewSecret, Plaintext, Role, Surface, fields,
    secret::{NewDetail, arbitrary},
};
use keyturn_vault::{Home, NewVault, Sensitive, SystemClock, VaultKind, seal::KdfParams, wait};
use tempfile::TempDir;

/// A vault on the disk, closed.
pub struct Vaulted {
    pub folder: TempDir,
    /// Ids of its secrets, a thousand at most.
    pub ids: Vec<String>,
    pub api_key: String,
}

impl Vaulted {
    pub fn with(secrets: usize) -> Self {
        let folder = TempDir::new().unwrap();
        let home = Home::at(folder.path().join("home")).unwrap();
        let new = NewVault {
            name: "Measured".into(),
            kind: VaultKind::Local,
            keyring: false,
            passphrase: Some(Sensitive::from_string("correct horse battery".to_owned())),
            kdf: Some(KdfParams::FLOOR),
        };
        let (vault, code) = home.create(&new, Arc::new(SystemClock)).unwrap();
        let code = code.unwrap();
        let answers = code.ask.map(|at| (at, code.groups[at].to_string()));
        vault.confirm_recovery_code(&answers).unwrap();
        let groups: Vec<&str> = code.groups.iter().map(|group| group.as_str()).collect();
        fs::write(folder.path().join("code"), groups.join("-")).unwrap();

        let owner = Caller::owner("bench", Surface::CommandLine);
        vault.seed(&owner, (0..secrets).map(secret)).unwrap();
        let query = ListSecrets {
            limit: 1000,
            ..ListSecrets::default()
        };
        let listed = wait(vault.list_secrets(&owner, &query)).unwrap();
        let new = NewApiKey {
            name: "bench".into(),
            role: Role::Manager,
            groups: None,
            expires_at: None,
        };
        let made = wait(vault.create_api_key(&owner, new)).unwrap();
        vault.close();
        Self {
            folder,
            ids: listed
                .items
                .into_iter()
                .map(|view| view.metadata.id)
                .collect(),
            api_key: made.secret.to_string(),
        }
    }
}

fn secret(number: usize) -> NewSecret {
    NewSecret {
        name: format!("service-{number:06}-password"),
        description: Some(format!("Password of service {number} in the data centre")),
        secret_group_id: fields::DEFAULT_GROUP.to_owned(),
        labels: vec![format!("team-{}", number % 50), "production".to_owned()],
        custom_metadata: None,
        version_custom_metadata: None,
        reminder: None,
        detail: NewDetail::Arbitrary(arbitrary::New {
            payload: Plaintext::text(format!("value-of-{number:032}")),
            expiration_date: None,
        }),
    }
}

/// The program, serving a vault on a port of its own.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the program to its first answer.
    pub first_answer: Duration,
}

impl Served {
    pub fn start(vaulted: &Vaulted) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let began = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_keyturn"))
            .args([
                "serve",
                "--address",
                &address.to_string(),
                "--recovery-code-file",
            ])
            .arg(vaulted.folder.path().join("code"))
            .env("KEYTURN_HOME", vaulted.folder.path().join("home"))
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut served = Self {
            child,
            address,
            first_answer: Duration::ZERO,
        };
        while served.ask("GET /api/v2/secrets HTTP/1.1\r\n", "").is_none() {
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "it does not answer"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        served.first_answer = began.elapsed();
        served
    }

    /// One request without TLS or keep-alive; none: nobody answers.
    fn ask(&self, head: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let length = body.len();
        let request = format!(
            "{head}host: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        (!answer.is_empty()).then_some(answer)
    }

    /// A token, as IBM's clients get it.
    pub fn token(&self, vaulted: &Vaulted) -> String {
        let form = format!(
            "grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey={}",
            vaulted.api_key
        );
        let head = "POST /identity/token HTTP/1.1\r\n\
                    content-type: application/x-www-form-urlencoded\r\n";
        let answer = self.ask(head, &form).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        body["access_token"].as_str().unwrap().to_owned()
    }

    /// Resident memory in MB (10^6 bytes).
    pub fn memory(&self) -> f64 {
        let path = PathBuf::from(format!("/proc/{}/status", self.child.id()));
        let lines = BufReader::new(fs::File::open(path).unwrap()).lines();
        let line = lines
            .map_while(Result::ok)
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kib * 1024.0 / 1e6
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
