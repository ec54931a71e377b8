//! What a remote instance costs: requests that reach the server, and time between the window's call
//! and its answer, over loopback to a Keyturn server of the same process.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a benchmark prints rounded figures, and fails by panicking"
)]

#[path = "../../vault/benches/vault/report.rs"]
mod report;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use keyturn_api::secret::{NewDetail, arbitrary};
use keyturn_api::version::RotationInput;
use keyturn_api::{
    Caller, Instance, Keys, ListSecrets, NewApiKey, NewSecret, NewVersion, Plaintext, Role,
    Surface, fields,
};
use keyturn_client::{Access, Remote, Settings};
use keyturn_iam::TokenSource;
use keyturn_server::{Api, Config, Listener, serve};
use keyturn_vault::{Home, NewVault, Sensitive, SystemClock, Vault, VaultKind, seal::KdfParams};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use report::{Bound, line, median, note, percentile};

/// Secrets of the instance whose list is read.
const MANY: usize = 20_000;
/// Calls of which the middle one counts.
const CALLS: usize = 400;
/// Connections that are made anew for the first page.
const STARTS: usize = 5;

#[tokio::main]
async fn main() {
    let served = Served::with(MANY).await;
    requests(&served).await;
    calls(&served).await;
    first_page(&served).await;
}

/// Requests that reach the server for one call of the window, before work in the background.
async fn requests(served: &Served) {
    let door = Door::before(served.address).await;
    let remote = served.connect(&door.url);
    let me = me();
    remote.list_secrets(&me, &page()).await.unwrap();
    count("remote list, first page: requests", &door.seen(), 1.0);
    let id = served.id.as_str();
    let outlook = remote.rotation_outlook(&me, id).await.unwrap();
    let revision = outlook.secret.revision;
    door.forget();
    let rotated = remote.create_version(&me, id, rotation("counted"), Some(&revision));
    rotated.await.unwrap();
    count("rotate on a remote instance: requests", &door.seen(), 2.0);
    remote.close();
}

/// Prints how many there were of what the call itself needs, and how many tokens besides.
fn count(name: &str, seen: &[String], bound: f64) {
    let is_token = |request: &&String| request.contains("/identity/token");
    let tokens = seen.iter().filter(is_token).count();
    line(name, (seen.len() - tokens) as f64, "", Bound::AtMost(bound));
    note(&format!("{name}, for a token"), tokens as f64, "");
}

/// The same call through client and server, and on the vault directly, in turn.
async fn calls(served: &Served) {
    let (remote, me) = (served.connect(&served.url()), me());
    let (vault, id) = (&served.vault, served.id.as_str());
    let (mut there, mut here) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        there.push(timed(remote.secret(&me, id)).await);
        here.push(timed(vault.secret(&me, id)).await);
    }
    cost("remote get_secret", there, here);
    let (mut there, mut here) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        there.push(timed(remote.create_version(&me, id, rotation("there"), None)).await);
        here.push(timed(vault.create_version(&me, id, rotation("here"), None)).await);
    }
    cost("remote rotation", there, here);
    remote.close();
}

/// Prints the middle of both, and what the way over the network adds.
fn cost(name: &str, mut there: Vec<f64>, mut here: Vec<f64>) {
    let (there, here) = (percentile(&mut there, 0.5), percentile(&mut here, 0.5));
    note(&format!("{name}, p50"), there, "ms");
    note(&format!("{name}, in the vault itself, p50"), here, "ms");
    let over = format!("{name}, p50 over the vault's");
    line(&over, there - here, "ms", Bound::AtMost(2.0));
}

/// From a connection that knows nothing to the first page of the list.
async fn first_page(served: &Served) {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let remote = served.connect(&served.url());
        times.push(timed(remote.list_secrets(&me(), &page())).await);
        remote.close();
    }
    line(
        "remote list of 20,000: connecting to first page",
        median(times),
        "ms",
        Bound::AtMost(500.0),
    );
}

/// Milliseconds until a call that succeeds is answered.
async fn timed<T>(call: impl Future<Output = keyturn_api::Result<T>>) -> f64 {
    let began = Instant::now();
    call.await.unwrap();
    began.elapsed().as_secs_f64() * 1000.0
}

fn me() -> Caller {
    Caller::owner("bench", Surface::Window)
}

/// The first page as the window asks for it.
fn page() -> ListSecrets {
    ListSecrets {
        limit: 25,
        ..ListSecrets::default()
    }
}

fn rotation(value: &str) -> NewVersion {
    NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::Arbitrary(arbitrary::Rotation {
            payload: Plaintext::text(value.into()),
        }),
    }
}

/// A vault with many secrets, served.
struct Served {
    address: SocketAddr,
    vault: Arc<Vault>,
    api_key: String,
    /// The secret that is read and rotated.
    id: String,
    _home: tempfile::TempDir,
}

impl Served {
    async fn with(secrets: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let new = NewVault {
            name: "Measured".into(),
            kind: VaultKind::Local,
            keyring: false,
            passphrase: Some(Sensitive::from_string("correct horse battery".to_owned())),
            kdf: Some(KdfParams::FLOOR),
        };
        let folder = Home::at(home.path().join("home")).unwrap();
        let (vault, _) = folder.create(&new, Arc::new(SystemClock)).unwrap();
        vault.seed(&me(), (0..secrets).map(secret)).unwrap();
        let listed = vault.list_secrets(&me(), &page()).await.unwrap();
        let key = NewApiKey {
            name: "bench".into(),
            role: Role::Manager,
            groups: None,
            expires_at: None,
        };
        let key = vault.create_api_key(&me(), key).await.unwrap();
        let api = Api::new(
            Arc::clone(&vault) as _,
            Arc::clone(&vault) as _,
            Config::default(),
        );
        let any = "127.0.0.1:0".parse().unwrap();
        let listener = Listener::bind(any, None).await.unwrap();
        let address = listener.address().unwrap();
        tokio::spawn(serve(api, listener, std::future::pending()));
        Self {
            address,
            vault,
            api_key: key.secret.to_string(),
            id: listed.items[0].metadata.id.clone(),
            _home: home,
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The instance behind an address, connected to nothing yet.
    fn connect(&self, url: &str) -> Arc<Remote> {
        let iam = keyturn_iam::Settings {
            url: url.to_owned(),
            ..keyturn_iam::Settings::default()
        };
        let source = TokenSource::new(&iam, self.api_key.clone().into()).unwrap();
        Remote::new(Settings::new(url), Access::Iam(Box::new(source))).unwrap()
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

/// Stands before the server and notes the first line of each request on its way.
struct Door {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Door {
    async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((outside, _)) = listener.accept().await {
                let inside = TcpStream::connect(server).await.unwrap();
                let (from_client, mut to_client) = outside.into_split();
                let (mut from_server, to_server) = inside.into_split();
                tokio::spawn(pass_requests(from_client, to_server, Arc::clone(&noted)));
                tokio::spawn(
                    async move { tokio::io::copy(&mut from_server, &mut to_client).await },
                );
            }
        });
        Self { url, seen }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    fn forget(&self) {
        self.seen.lock().unwrap().clear();
    }
}

/// Passes on what a client sends, and notes what it asks for.
async fn pass_requests(
    mut client: OwnedReadHalf,
    mut server: OwnedWriteHalf,
    seen: Arc<Mutex<Vec<String>>>,
) {
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = client.read(&mut chunk).await {
        // a head is small, and written at once
        let text = String::from_utf8_lossy(&chunk[..read]);
        let asked = text
            .lines()
            .filter_map(|line| line.strip_suffix(" HTTP/1.1"));
        seen.lock().unwrap().extend(asked.map(str::to_owned));
        if server.write_all(&chunk[..read]).await.is_err() {
            break;
        }
    }
}
