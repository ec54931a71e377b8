//! What the window works on: the data folder, the active instance, and what is kept for the page
//! between two calls. One desk per program.
//!
//! **Invariant:** at most one instance is open, and one more while secrets are copied to it
//! (`beside`). Whatever replaces or closes it goes through `put`, `put_in_turn` or `close`, so no key of
//! a vault stays in memory by accident.

mod active;
pub(crate) mod beside;
pub(crate) mod connecting;
mod copying;
pub(crate) mod creation;
pub(crate) mod instances;
pub(crate) mod methods;
mod opening;
mod probing;
mod remembered;
pub(crate) mod search;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use keyturn_api::{Caller, Code, Instance, Problem, Result, Surface, Timestamp};
use keyturn_client::Remote;
use keyturn_vault::{Clock, Home, SystemClock, Vault};
use tokio::sync::watch;
use uuid::Uuid;

use self::active::{Active, Ending, Entry, Open, Running};
use self::beside::Beside;
use crate::activity::Activity;
use crate::api_access::{ShownApiKey, Watch};
use crate::clipboard::Clipboard;
use crate::events::{ClipboardCleared, InstanceChanged, PageEvents};
use crate::files::KeptFiles;
use crate::remotes::keys::RemoteKeys;
use crate::settings::SettingsFile;

/// How long the frame waits for an instance that is being opened. A keyring that asks the person
/// takes longer; the Unlock screen then stands there and gives way when the answer comes.
const SETTLING: Duration = Duration::from_secs(2);

/// The state of the program.
pub(crate) struct Desk {
    home: RwLock<Result<Home>>,
    clock: Arc<dyn Clock>,
    owner: Caller,
    active: Mutex<Option<Active>>,
    /// The instance that secrets are copied to.
    beside: Beside,
    /// Rises whenever the active instance is another, opened or closed; changed under its lock.
    turn: AtomicU64,
    opening: watch::Sender<bool>,
    /// API keys of remote instances that are asked for each time.
    remote_keys: RemoteKeys,
    /// Rises when somebody gives up connecting.
    given_up: watch::Sender<u64>,
    /// Where events for the page go.
    pub(crate) page: PageEvents,
    /// The settings of this program.
    pub(crate) settings: Arc<SettingsFile>,
    /// Files that were picked or dropped, and not used yet.
    pub(crate) files: KeptFiles,
    /// The clipboard of the desktop.
    pub(crate) clipboard: Clipboard,
    /// The API key that was just made.
    pub(crate) shown_api_key: ShownApiKey,
    /// What the palette looked up of instances that are not open.
    recalled: search::Recalled,
    /// When somebody was last at the window.
    pub(crate) activity: Activity,
}

impl Desk {
    /// The desk of the person's data folder. A folder that cannot be used is told by every command,
    /// because the window is where somebody reads it.
    pub(crate) fn new() -> Self {
        Self::at(Home::locate())
    }

    fn at(home: Result<Home>) -> Self {
        let settings = match &home {
            Ok(home) => SettingsFile::read(home.path()),
            Err(_) => SettingsFile::absent(),
        };
        let page = PageEvents::default();
        let cleared = page.clone();
        Self {
            home: RwLock::new(home),
            clock: Arc::new(SystemClock),
            owner: Caller::owner(&user_name(), Surface::Window),
            active: Mutex::new(None),
            beside: Beside::default(),
            turn: AtomicU64::new(0),
            opening: watch::Sender::new(false),
            remote_keys: RemoteKeys::default(),
            given_up: watch::Sender::new(0),
            page,
            settings: Arc::new(settings),
            files: KeptFiles::default(),
            clipboard: Clipboard::new(move || cleared.emit(&ClipboardCleared {})),
            shown_api_key: ShownApiKey::default(),
            recalled: search::Recalled::default(),
            activity: Activity::default(),
        }
    }

    /// The data folder. One that was refused is tried again: the person may have mended it.
    pub(crate) fn home(&self) -> Result<Home> {
        let known = self.home.read().unwrap_or_else(PoisonError::into_inner);
        if known.is_ok() {
            return known.clone();
        }
        drop(known);
        let found = Home::locate()?;
        self.settings.read_again(found.path());
        let mut home = self.home.write().unwrap_or_else(PoisonError::into_inner);
        home.clone_from(&Ok(found));
        home.clone()
    }

    /// What the clock says.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The person at the window.
    pub(crate) fn owner(&self) -> &Caller {
        &self.owner
    }

    /// The open instance, whatever it is.
    pub(crate) fn instance(&self) -> Result<Arc<dyn Instance>> {
        self.opened().map(|open| open.instance())
    }

    /// The open vault; refused for a remote instance, which is on another computer.
    pub(crate) fn vault(&self) -> Result<Arc<Vault>> {
        match self.opened()? {
            Open::Vault(vault) => Ok(vault),
            Open::Remote(_) => Err(Problem::new(
                Code::NotSupported,
                "This instance is not on this computer.",
            )
            .remedy("Do this where the instance runs, or open a vault of this computer.")),
        }
    }

    fn opened(&self) -> Result<Open> {
        let active = self.active();
        let active = active.as_ref().ok_or_else(none_open)?;
        active.open.clone().ok_or_else(locked)
    }

    /// How the open vault is served to programs, which may still be about to begin or end.
    pub(crate) fn api_access(&self) -> Result<Watch> {
        let settings = self.vault()?.settings();
        let active = self.active();
        let running = active.as_ref().map(|active| &active.running);
        let api = running.and_then(|running| running.api.as_ref());
        api.map(|api| api.watch(settings)).ok_or_else(locked)
    }

    /// Whether an instance is open.
    pub(crate) fn is_open(&self) -> bool {
        self.active()
            .as_ref()
            .is_some_and(|active| active.open.is_some())
    }

    /// Waits until no instance is being opened, for a moment.
    pub(crate) async fn settled(&self) {
        let mut opening = self.opening.subscribe();
        let done = opening.wait_for(|opening| !opening);
        let _ = tokio::time::timeout(SETTLING, done).await;
    }

    /// Locks: closes the instance and forgets everything kept from it. Whether one was open. A
    /// remote one has no door to stand before, so none is active then.
    pub(crate) fn close(&self) -> bool {
        let ending = {
            let mut active = self.active();
            self.turn.fetch_add(1, Ordering::AcqRel);
            let ending = active.as_mut().and_then(Active::end);
            active.take_if(|active| active.entry.is_remote());
            ending
        };
        let closed = self.forget(ending);
        if closed {
            self.page.emit(&InstanceChanged {});
        }
        closed
    }

    /// Which turn it is: to be read before something slow, whose outcome then counts only if
    /// nothing else happened meanwhile.
    fn turn(&self) -> u64 {
        self.turn.load(Ordering::Acquire)
    }

    /// Makes an instance the active one, locked, and closes the one before it. Returns the turn it
    /// has.
    fn put(&self, entry: Entry) -> u64 {
        let mut active = self.active();
        let turn = self.turn.fetch_add(1, Ordering::AcqRel) + 1;
        let before = active.replace(Active::locked(entry));
        drop(active);
        self.settle(before);
        turn
    }

    /// Makes an open instance the active one. If something else happened since `turn` (the person
    /// locked, or opened another way), it is closed again instead.
    fn put_in_turn(&self, turn: u64, entry: Entry, open: Open) -> bool {
        let running = Running::start(self, &entry, &open);
        let mut active = self.active();
        if self.turn.load(Ordering::Acquire) != turn {
            drop(active);
            open.close();
            return false;
        }
        self.turn.fetch_add(1, Ordering::AcqRel);
        let mut fresh = Active::locked(entry);
        fresh.open = Some(open);
        fresh.running = running;
        // The keyring still does not open it when something else did.
        fresh.keyring_problem = active
            .as_ref()
            .filter(|before| before.entry.id() == fresh.entry.id())
            .and_then(|before| before.keyring_problem.clone());
        let before = active.replace(fresh);
        drop(active);
        self.settle(before);
        true
    }

    /// Forgets the instance that was active, and remembers and tells the one that is now.
    fn settle(&self, before: Option<Active>) {
        self.forget(before.and_then(|mut active| active.end()));
        self.activity.touch();
        let id = self.active().as_ref().map(|active| active.entry.id());
        self.settings.remember_instance(id);
        self.page.emit(&InstanceChanged {});
    }

    /// Closes an instance and forgets what was kept from it. Whether there was one.
    fn forget(&self, ending: Option<Ending>) -> bool {
        self.beside.close();
        let Some(Ending { open, api }) = ending else {
            return false;
        };
        if let Some(api) = api {
            api.end();
        }
        open.close();
        self.shown_api_key.forget();
        self.recalled.forget();
        self.files.clear();
        self.clipboard.clear_ours();
        true
    }

    /// The open instance, if it is a remote one.
    pub(crate) fn remote(&self) -> Option<Arc<Remote>> {
        match self.opened() {
            Ok(Open::Remote(remote)) => Some(remote),
            _ => None,
        }
    }

    /// Notes what the keyring answered for an instance; none: it opens it.
    fn note_keyring(&self, id: Uuid, problem: Option<Problem>) {
        let mut active = self.active();
        if let Some(active) = active.as_mut().filter(|active| active.entry.id() == id) {
            active.keyring_problem = problem;
        }
    }

    fn keyring_problem(&self, id: Uuid) -> Option<Problem> {
        let active = self.active();
        let active = active.as_ref().filter(|active| active.entry.id() == id)?;
        active.keyring_problem.clone()
    }

    fn active(&self) -> MutexGuard<'_, Option<Active>> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn locked() -> Problem {
    Problem::new(Code::VaultLocked, "The vault is locked.").remedy("Unlock it and try again.")
}

fn none_open() -> Problem {
    Problem::new(Code::VaultLocked, "No instance is open.")
        .remedy("Open one in the Resource List and try again.")
}

/// Who works at this computer; becomes `created_by`.
fn user_name() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()))
        .unwrap_or_else(|| "owner".to_owned())
}
