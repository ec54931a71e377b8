//! Serves the open vault to programs on this computer, while its switch is on.
//!
//! **Invariant:** plain HTTP on the loopback address alone; TLS and other addresses belong to
//! `keyturn serve`.

use std::io::{Error, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use keyturn_api::{Changed, Code, Instance, Keys, MadeApiKey, Problem, Target};
use keyturn_server::{Api, Config, Listener};
use keyturn_vault::{Vault, VaultSettings};
use serde::Serialize;
use specta::Type;
use tauri::async_runtime::{JoinHandle, spawn};
use tokio::sync::{oneshot, watch};
use zeroize::Zeroizing;

use crate::events::{InstanceChanged, PageEvents};

/// A port that could not be opened is tried again after so long: what holds it may have ended.
const AGAIN: Duration = Duration::from_secs(2);
/// A port that this program itself has just left may be free a moment later.
const MOMENT: Duration = Duration::from_millis(100);
const MOMENTS: u32 = 5;
/// How long somebody who changed the settings waits for what comes of it.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long requests that are under way may keep a vault open that is being locked.
const LEAVE: Duration = Duration::from_millis(500);

/// The HTTP API of the open vault, as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct ApiAccess {
    /// Whether it is to be served while the vault is open.
    pub(crate) enabled: bool,
    /// At which port.
    pub(crate) port: u16,
    /// The service URL.
    pub(crate) url: String,
    /// Whether it is served now.
    pub(crate) serving: bool,
    /// Why it is not, although it is to be.
    pub(crate) problem: Option<Problem>,
}

/// What the settings of the vault ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    enabled: bool,
    port: u16,
}

impl From<VaultSettings> for Wanted {
    fn from(settings: VaultSettings) -> Self {
        Self {
            enabled: settings.api_access,
            port: settings.api_port,
        }
    }
}

/// What was asked for last, and what came of it: served, not served, or a reason why not.
type Standing = (Wanted, Result<bool, Problem>);

/// Serves a vault as its settings ask for it, until it is dropped.
pub(crate) struct ApiServer {
    stop: watch::Sender<bool>,
    standing: watch::Receiver<Standing>,
    ended: Receiver<()>,
}

/// Sees what comes of the settings of a vault.
pub(crate) struct Watch {
    wanted: Wanted,
    standing: watch::Receiver<Standing>,
}

impl ApiServer {
    /// Begins, now or as soon as the switch is on.
    pub(crate) fn start(vault: &Arc<Vault>, page: PageEvents) -> Self {
        let none = Wanted {
            enabled: false,
            port: 0,
        };
        let (stop, stopped) = watch::channel(false);
        let (told, standing) = watch::channel((none, Ok(false)));
        let (alive, ended) = channel();
        let changed = vault.changed();
        let vault = Arc::downgrade(vault);
        spawn(follow(vault, changed, told, page, stopped, alive));
        Self {
            stop,
            standing,
            ended,
        }
    }

    /// For whoever wants to know what comes of these settings.
    pub(crate) fn watch(&self, settings: VaultSettings) -> Watch {
        Watch {
            wanted: settings.into(),
            standing: self.standing.clone(),
        }
    }

    /// Takes no more requests, and waits a moment for those under way: their vault is closed next.
    pub(crate) fn end(self) {
        self.stop.send_replace(true);
        let _ = self.ended.recv_timeout(LEAVE);
    }
}

impl Watch {
    /// What came of the settings, as soon as it is known.
    pub(crate) async fn outcome(mut self) -> ApiAccess {
        let wanted = self.wanted;
        let known = self.standing.wait_for(|standing| standing.0 == wanted);
        let outcome = match tokio::time::timeout(PATIENCE, known).await {
            Ok(Ok(standing)) => standing.1.clone(),
            _ => Ok(false), // the page is told when it is known
        };
        ApiAccess {
            enabled: wanted.enabled,
            port: wanted.port,
            url: format!("http://{}", address(wanted.port)),
            serving: outcome == Ok(true),
            problem: outcome.err(),
        }
    }
}

/// Serves as the settings have it at each time. `_alive` is dropped when the last request is
/// answered.
async fn follow(
    vault: Weak<Vault>,
    mut changed: Changed,
    told: watch::Sender<Standing>,
    page: PageEvents,
    mut stopped: watch::Receiver<bool>,
    _alive: Sender<()>,
) {
    let mut served: Option<Served> = None;
    loop {
        changed.mark_unchanged();
        let Some(open) = vault.upgrade() else { break };
        let wanted = Wanted::from(open.settings());
        let (before, outcome) = told.borrow().clone();
        if wanted != before || outcome.is_err() {
            drop(served.take()); // the port is free at once
            let outcome = if wanted.enabled {
                let begun = Served::begin(&open, wanted.port).await;
                begun.map(|begun| served = Some(begun))
            } else {
                Ok(())
            };
            let standing = (wanted, outcome.map(|()| served.is_some()));
            if told.send_replace(standing.clone()) != standing {
                page.emit(&InstanceChanged {});
            }
        }
        drop(open);
        let failed = told.borrow().1.is_err();
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => break,
            more = changed.changed() => if more.is_err() { break },
            () = tokio::time::sleep(AGAIN), if failed => {}
        }
    }
    if let Some(served) = served {
        served.end().await;
    }
}

/// A vault that is served. Dropped, it takes no more requests.
struct Served {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Served {
    async fn begin(vault: &Arc<Vault>, port: u16) -> Result<Self, Problem> {
        let mut bound = Listener::bind(address(port), None).await;
        for _ in 0..MOMENTS {
            if !matches!(&bound, Err(error) if error.kind() == ErrorKind::AddrInUse) {
                break;
            }
            tokio::time::sleep(MOMENT).await;
            bound = Listener::bind(address(port), None).await;
        }
        let listener = bound.map_err(|error| not_opened(port, &error))?;
        let instance = Arc::clone(vault) as Arc<dyn Instance>;
        let keys = Arc::clone(vault) as Arc<dyn Keys>;
        let api = Api::new(instance, keys, Config::default());
        let (stop, stopped) = oneshot::channel::<()>();
        let task = spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            let _ = keyturn_server::serve(api, listener, stopped).await;
        });
        Ok(Self { stop, task })
    }

    /// Waits until what is under way is answered.
    async fn end(self) {
        drop(self.stop);
        let _ = self.task.await;
    }
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

fn not_opened(port: u16, error: &Error) -> Problem {
    let (message, remedy) = match error.kind() {
        ErrorKind::AddrInUse => (
            format!("Another program uses port {port}."),
            "Choose another port. Or end that program: the API then begins by itself.",
        ),
        ErrorKind::PermissionDenied => (
            format!("The system does not let Keyturn open port {port}."),
            "Choose another port.",
        ),
        _ => (
            format!("Port {port} could not be opened."),
            "Keyturn goes on trying. Or choose another port.",
        ),
    };
    Problem::new(Code::Io, message)
        .at(Target::field("api_port"))
        .remedy(remedy)
}

/// The API key that is on the screen, to be copied from there: shown once, and then forgotten.
#[derive(Default)]
pub(crate) struct ShownApiKey(Mutex<Option<Zeroizing<String>>>);

impl ShownApiKey {
    /// From now on this one is shown.
    pub(crate) fn show(&self, made: &MadeApiKey) {
        *self.lock() = Some(made.secret.clone());
    }

    /// Its text, as long as it is shown.
    pub(crate) fn text(&self) -> Result<Zeroizing<String>, Problem> {
        self.lock().clone().ok_or_else(|| {
            Problem::new(Code::ValueGone, "This API key is not shown any longer.")
                .remedy("Revoke it and create another one.")
        })
    }

    /// It is not shown any longer.
    pub(crate) fn forget(&self) {
        self.lock().take();
    }

    fn lock(&self) -> MutexGuard<'_, Option<Zeroizing<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_taken_says_what_helps() {
        let taken = Error::from(ErrorKind::AddrInUse);
        let problem = not_opened(8200, &taken);
        assert_eq!(problem.message, "Another program uses port 8200.");
        assert!(problem.remedy.unwrap().starts_with("Choose another port"));
    }
}
