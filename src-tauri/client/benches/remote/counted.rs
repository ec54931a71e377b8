//! A served vault behind a relay that counts requests by their first lines.

use std::sync::{Arc, Mutex};

use keyturn_api::secret::{NewDetail, arbitrary};
use keyturn_api::{
    Caller, Instance, Keys, ListSecrets, NewApiKey, NewSecret, Plaintext, Role, Surface, fields,
};
use keyturn_client::{Access, Cache, Remote, ServiceKind, Settings};
use keyturn_iam::TokenSource;
use keyturn_server::{Api, Config, Listener, serve};
use keyturn_vault::{Home, NewVault, Sensitive, SystemClock, Vault, VaultKind, seal::KdfParams};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use zeroize::Zeroizing;

pub struct Counted {
    pub vault: Arc<Vault>,
    /// One of its secrets.
    pub id: String,
    url: String,
    api_key: Zeroizing<String>,
    lines: Arc<Mutex<Vec<String>>>,
    _home: tempfile::TempDir,
}

/// Notes whether something was kept.
#[derive(Default)]
pub struct Kept(Mutex<bool>);

impl Kept {
    pub fn is_there(&self) -> bool {
        *self.0.lock().unwrap()
    }
}

impl Cache for Kept {
    fn load(&self) -> Option<Zeroizing<Vec<u8>>> {
        None
    }

    fn store(&self, _: &[u8]) {
        *self.0.lock().unwrap() = true;
    }
}

impl Counted {
    pub async fn with(secrets: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let new = NewVault {
            name: "Measured".into(),
            kind: VaultKind::Local,
            keyring: false,
            passphrase: Some(Sensitive::from_string("correct horse battery".to_owned())),
            kdf: Some(KdfParams::FLOOR),
        };
        let folder = Home::at(home.path().join("home")).unwrap();
        let (vault, code) = folder.create(&new, Arc::new(SystemClock)).unwrap();
        let code = code.unwrap();
        let answers = code.ask.map(|at| (at, code.groups[at].to_string()));
        vault.confirm_recovery_code(&answers).unwrap();
        let owner = Caller::owner("bench", Surface::CommandLine);
        vault.seed(&owner, (0..secrets).map(secret)).unwrap();
        let listed = vault
            .list_secrets(&owner, &ListSecrets::default())
            .await
            .unwrap();
        let key = NewApiKey {
            name: "bench".into(),
            role: Role::Manager,
            groups: None,
            expires_at: None,
        };
        let key = vault.create_api_key(&owner, key).await.unwrap();
        let api = Api::new(
            Arc::clone(&vault) as _,
            Arc::clone(&vault) as _,
            Config::default(),
        );
        let listener = Listener::bind("127.0.0.1:0".parse().unwrap(), None)
            .await
            .unwrap();
        let behind = listener.address().unwrap();
        tokio::spawn(serve(api, listener, std::future::pending()));
        let lines = Arc::new(Mutex::new(Vec::new()));
        let relay = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", relay.local_addr().unwrap());
        let noted = Arc::clone(&lines);
        tokio::spawn(async move {
            while let Ok((client, _)) = relay.accept().await {
                let noted = Arc::clone(&noted);
                tokio::spawn(async move {
                    client.set_nodelay(true).unwrap();
                    let server = TcpStream::connect(behind).await.unwrap();
                    server.set_nodelay(true).unwrap();
                    between(client, server, &noted).await;
                });
            }
        });
        Self {
            vault,
            id: listed.items[0].metadata.id.clone(),
            url,
            api_key: key.secret,
            lines,
            _home: home,
        }
    }

    /// Requests whose first line has this in it.
    pub fn requests(&self, part: &str) -> usize {
        let lines = self.lines.lock().unwrap();
        lines.iter().filter(|line| line.contains(part)).count()
    }

    pub fn remote(&self) -> Arc<Remote> {
        self.connect(None)
    }

    pub fn remembering(&self, cache: Arc<dyn Cache>) -> Arc<Remote> {
        self.connect(Some(cache))
    }

    fn connect(&self, cache: Option<Arc<dyn Cache>>) -> Arc<Remote> {
        let iam = keyturn_iam::Settings {
            url: self.url.clone(),
            ..keyturn_iam::Settings::default()
        };
        let source = TokenSource::new(&iam, self.api_key.clone()).unwrap();
        let access = Access::Iam(Box::new(source));
        // known from when it was connected
        let kind = ServiceKind::Keyturn {
            version: String::new(),
        };
        Remote::remembering(&Settings::new(&self.url), access, Some(kind), cache).unwrap()
    }
}

/// Copies both ways, and notes the first line of each request.
async fn between(client: TcpStream, server: TcpStream, noted: &Mutex<Vec<String>>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asking = async {
        let mut chunk = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = from_client.read(&mut chunk).await {
            let text = String::from_utf8_lossy(&chunk[..read]);
            let first = text.lines().filter(|line| line.ends_with(" HTTP/1.1"));
            noted.lock().unwrap().extend(first.map(str::to_owned));
            if to_server.write_all(&chunk[..read]).await.is_err() {
                break;
            }
        }
    };
    tokio::select! {
        () = asking => {}
        _ = tokio::io::copy(&mut from_server, &mut to_client) => {}
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
            payload: Plaintext::text(format!("value-{number}")),
            expiration_date: None,
        }),
    }
}
