//! The active instance, and what runs for it while it is open.

use std::sync::Arc;

use keyturn_api::{Instance, Problem};
use keyturn_client::Remote;
use keyturn_vault::{Vault, VaultEntry};
use uuid::Uuid;

use super::Desk;
use crate::api_access::ApiServer;
use crate::credentials::Credentials;
use crate::events::{Forwarder, InstanceChanged};
use crate::orders::Orders;
use crate::remotes::count::SecretCount;
use crate::remotes::{RemoteEntry, RemoteKind, Remotes};
use crate::schedule::Schedule;

/// An instance as the list has it.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// On this computer.
    Vault(VaultEntry),
    /// Somewhere else.
    Remote(Box<RemoteEntry>),
}

/// An instance that answers.
#[derive(Clone)]
pub(super) enum Open {
    /// On this computer.
    Vault(Arc<Vault>),
    /// Somewhere else.
    Remote(Arc<Remote>),
}

/// The active instance. Until it is open it is locked.
pub(super) struct Active {
    pub(super) entry: Entry,
    pub(super) open: Option<Open>,
    pub(super) keyring_problem: Option<Problem>,
    pub(super) running: Running,
}

/// What runs as long as an instance is open.
#[derive(Default)]
pub(super) struct Running {
    forwarders: Vec<Forwarder>,
    schedule: Option<Schedule>,
    orders: Option<Orders>,
    credentials: Option<Credentials>,
    count: Option<SecretCount>,
    pub(super) api: Option<ApiServer>,
}

/// An instance that is to be closed, and what serves it.
pub(super) struct Ending {
    pub(super) open: Open,
    pub(super) api: Option<ApiServer>,
}

impl Entry {
    pub(super) const fn id(&self) -> Uuid {
        match self {
            Self::Vault(entry) => entry.id,
            Self::Remote(entry) => entry.id,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Vault(entry) => &entry.name,
            Self::Remote(entry) => &entry.name,
        }
    }

    pub(super) const fn color(&self) -> u8 {
        match self {
            Self::Vault(entry) => entry.color,
            Self::Remote(entry) => entry.color,
        }
    }

    pub(super) const fn is_remote(&self) -> bool {
        matches!(self, Self::Remote(_))
    }

    /// Whether it knows what goes beyond API v2.
    pub(super) fn is_keyturn(&self) -> bool {
        match self {
            Self::Vault(_) => true,
            Self::Remote(entry) => entry.kind == RemoteKind::KeyturnServer,
        }
    }
}

impl Open {
    /// Itself, whatever it is.
    pub(super) fn instance(&self) -> Arc<dyn Instance> {
        match self {
            Self::Vault(vault) => Arc::clone(vault) as Arc<dyn Instance>,
            Self::Remote(remote) => Arc::clone(remote) as Arc<dyn Instance>,
        }
    }

    /// The same, for as long as it is held here.
    pub(super) fn as_instance(&self) -> &dyn Instance {
        match self {
            Self::Vault(vault) => &**vault,
            Self::Remote(remote) => &**remote,
        }
    }

    /// Ends it: it answers nothing any more.
    pub(super) fn close(&self) {
        match self {
            Self::Vault(vault) => vault.close(),
            Self::Remote(remote) => remote.close(),
        }
    }
}

impl Active {
    pub(super) fn locked(entry: Entry) -> Self {
        Self {
            entry,
            open: None,
            keyring_problem: None,
            running: Running::default(),
        }
    }

    /// Ends what runs for the instance, and gives it to be closed.
    pub(super) fn end(&mut self) -> Option<Ending> {
        let Running {
            forwarders,
            schedule,
            orders,
            credentials,
            count,
            api,
        } = std::mem::take(&mut self.running);
        drop((forwarders, schedule, orders, credentials, count));
        self.keyring_problem = None;
        self.open.take().map(|open| Ending { open, api })
    }
}

impl Running {
    /// Begins.
    pub(super) fn start(desk: &Desk, entry: &Entry, open: &Open) -> Self {
        match open {
            Open::Vault(vault) => Self {
                forwarders: vec![Forwarder::start(vault.changed(), desk.page.clone())],
                schedule: Some(schedule(desk, entry.name(), vault)),
                orders: Some(orders(desk, entry.name(), vault)),
                credentials: Some(Credentials::start(vault)),
                count: None,
                api: Some(ApiServer::start(vault, desk.page.clone())),
            },
            Open::Remote(remote) => Self {
                forwarders: vec![
                    Forwarder::start(remote.changed(), desk.page.clone()),
                    Forwarder::start(remote.reach_changed(), desk.page.clone()),
                ],
                count: Some(count(desk, entry.id(), remote)),
                ..Self::default()
            },
        }
    }
}

fn schedule(desk: &Desk, name: &str, vault: &Arc<Vault>) -> Schedule {
    let settings = Arc::clone(&desk.settings);
    Schedule::start(vault, name.to_owned(), move || {
        settings.current().notify_overdue
    })
}

fn orders(desk: &Desk, name: &str, vault: &Arc<Vault>) -> Orders {
    let settings = Arc::clone(&desk.settings);
    let page = desk.page.clone();
    Orders::start(vault, name.to_owned(), desk.page.clone(), move || {
        settings.current().notify_overdue && !page.is_watched()
    })
}

fn count(desk: &Desk, id: Uuid, remote: &Arc<Remote>) -> SecretCount {
    let place = desk.home().map(|home| home.path().to_owned());
    let page = desk.page.clone();
    SecretCount::start(remote, desk.owner().clone(), move |total| {
        // A number that cannot be kept is no reason to fail at anything.
        let Ok(remotes) = place.as_ref().map(|place| Remotes::of(place)) else {
            return;
        };
        let known = remotes.find(id).ok().flatten();
        let news = known.is_some_and(|entry| entry.secrets_total != Some(total));
        let note = |entry: &mut RemoteEntry| entry.secrets_total = Some(total);
        if news && remotes.edit(id, note).is_ok() {
            page.emit(&InstanceChanged {});
        }
    })
}
