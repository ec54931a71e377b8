//! A remote instance as any other instance: IBM Cloud Secrets Manager, a Keyturn server, or what else
//! speaks API v2.
//!
//! **Invariants:** values are never kept; a change is never sent twice once it may have taken effect;
//! what cannot be reached is read from what was last seen, and never changed.

mod about;
mod cache;
mod compare;
mod configurations;
mod files;
mod instance;
mod kind;
mod list;
mod locks;
mod memory;
mod order;
mod outlook;
mod refresh;
mod removals;
mod secrets;

pub use cache::{Cache, seen_secrets};
pub(crate) use kind::is_ibm_cloud;
pub use kind::{Allowed, AllowedAction, Probe, Reach, ServiceKind};

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use keyturn_api::served::{About, PAYLOAD_HEADER, PAYLOAD_IS_BASE64, VIEWS_HEADER};
use keyturn_api::wire::{Json, answer};
use keyturn_api::{Code, Problem, Result, Revision, Timestamp};
use tokio::sync::{Notify, watch};
use zeroize::Zeroizing;

use crate::{Access, Connection, Failure, Reply, Settings};
use cache::Seen;
use memory::Memory;

/// While it does not answer, what was last seen is shown at once unless it was asked so long ago.
const ASK_AGAIN: Duration = Duration::from_secs(5);

/// A remote instance.
pub struct Remote {
    me: Weak<Self>,
    connection: Connection,
    /// What stands behind it, as far as it is known.
    kind: Mutex<Option<ServiceKind>>,
    /// As whom a Keyturn server knows the key.
    about: Mutex<Option<About>>,
    memory: Mutex<Memory>,
    /// Versions of secrets as they were last seen, by which a rotation whose answer was lost is found.
    versions: Mutex<HashMap<String, BTreeSet<String>>>,
    cache: Option<Arc<dyn Cache>>,
    reach: Mutex<Reach>,
    /// When it was last asked.
    asked_at: Mutex<Option<Instant>>,
    reach_changed: watch::Sender<u64>,
    changed: watch::Sender<u64>,
    /// Wakes what reads everything again.
    stale: Notify,
    /// How many changes a Keyturn server had counted.
    change_count: Mutex<Option<u64>>,
    /// Whether background work has begun, and whether everything was read since.
    refreshing: AtomicBool,
    refreshed: AtomicBool,
    closed: watch::Sender<bool>,
}

/// One question, before it becomes a request.
struct Ask<'a> {
    method: Method,
    path: &'a str,
    headers: HeaderMap,
    body: Json,
    /// Whether it is not asked again where nobody answers: there is something else to show.
    once: bool,
}

impl<'a> Ask<'a> {
    fn get(path: &'a str) -> Self {
        Self::with(Method::GET, path, Zeroizing::default())
    }

    fn post(path: &'a str, body: Json) -> Self {
        Self::with(Method::POST, path, body)
    }

    fn with(method: Method, path: &'a str, body: Json) -> Self {
        let mut headers = HeaderMap::new();
        let views = HeaderName::from_static(VIEWS_HEADER);
        headers.insert(views, HeaderValue::from_static("1"));
        Self {
            method,
            path,
            headers,
            body,
            once: false,
        }
    }

    /// Not asked again where nobody answers.
    fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// With a payload that is base64 of a file's bytes.
    fn with_file(mut self, is_file: bool) -> Self {
        if is_file {
            let name = HeaderName::from_static(PAYLOAD_HEADER);
            let value = HeaderValue::from_static(PAYLOAD_IS_BASE64);
            self.headers.insert(name, value);
        }
        self
    }

    /// Done only if the record is as it was read.
    fn expecting(mut self, revision: Option<&Revision>) -> Self {
        let tag = revision.and_then(|revision| format!("\"{}\"", revision.0).parse().ok());
        if let Some(tag) = tag {
            self.headers.insert(http::header::IF_MATCH, tag);
        }
        self
    }
}

impl std::fmt::Debug for Remote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Remote").finish_non_exhaustive()
    }
}

impl Remote {
    /// Connects to nothing yet.
    pub fn new(settings: &Settings, access: Access) -> Result<Arc<Self>> {
        Self::remembering(settings, access, None, None)
    }

    /// The same of what is known already: what stands behind the address, and what was last seen.
    pub fn remembering(
        settings: &Settings,
        access: Access,
        kind: Option<ServiceKind>,
        cache: Option<Arc<dyn Cache>>,
    ) -> Result<Arc<Self>> {
        let kind = if is_ibm_cloud(&settings.url) {
            Some(ServiceKind::IbmCloud)
        } else {
            kind
        };
        let connection = Connection::new(settings, access)?;
        let seen = cache.as_ref().and_then(|cache| cache.load());
        let seen = seen.map_or_else(Seen::default, |bytes| Seen::read(&bytes));
        Ok(Arc::new_cyclic(|me| Self {
            me: me.clone(),
            connection,
            kind: Mutex::new(kind),
            about: Mutex::default(),
            memory: Mutex::new(Memory::of(seen)),
            versions: Mutex::default(),
            cache,
            reach: Mutex::new(Reach::Online),
            asked_at: Mutex::default(),
            reach_changed: watch::Sender::new(0),
            changed: watch::Sender::new(0),
            stale: Notify::new(),
            change_count: Mutex::default(),
            refreshing: AtomicBool::new(false),
            refreshed: AtomicBool::new(false),
            closed: watch::Sender::new(false),
        }))
    }

    /// Whether it answered last time, and since when not.
    pub fn reach(&self) -> Reach {
        lock(&self.reach).clone()
    }

    /// Tells when [`Self::reach`] changed.
    pub fn reach_changed(&self) -> watch::Receiver<u64> {
        self.reach_changed.subscribe()
    }

    /// Ends background work; later calls answer that it is closed.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    fn is_closed(&self) -> bool {
        *self.closed.borrow()
    }

    fn is_offline(&self) -> bool {
        matches!(*lock(&self.reach), Reach::Offline { .. })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }

    /// Asks, and takes nothing but a success.
    async fn ask(&self, ask: Ask<'_>) -> Result<Reply> {
        let sent = self.send(ask).await?;
        self.success(sent)
    }

    /// Nothing but a success.
    fn success(&self, reply: Reply) -> Result<Reply> {
        match reply.status {
            200..300 => Ok(reply),
            401 => {
                let problem = refused_key();
                self.is_away(problem.clone());
                Err(problem)
            }
            status => Err(answer::problem(status, &reply.body)),
        }
    }

    /// Asks, whatever the answer is.
    async fn send(&self, ask: Ask<'_>) -> Result<Reply> {
        if self.is_closed() {
            return Err(closed());
        }
        self.begin_refreshing();
        let sent = self
            .connection
            .send_as(ask.method, ask.path, ask.headers, ask.body, ask.once)
            .await;
        self.noticed(&sent);
        Ok(sent?)
    }

    /// Reads what there is something else to show for: `known` is what was last seen of it, for while
    /// the instance does not answer.
    async fn read<T>(
        &self,
        path: &str,
        understand: impl FnOnce(&[u8]) -> Result<T>,
        known: impl Fn(&Memory) -> Option<T>,
    ) -> Result<T> {
        let just_asked = lock(&self.asked_at).is_some_and(|at| at.elapsed() < ASK_AGAIN);
        if self.is_offline() && just_asked {
            let seen = known(&self.memory());
            if let Some(seen) = seen {
                return Ok(seen);
            }
        }
        match self.ask(Ask::get(path).once()).await {
            Ok(reply) => understand(&reply.body),
            Err(problem) if self.is_offline() => known(&self.memory()).ok_or(problem),
            Err(problem) => Err(problem),
        }
    }

    /// Notes whether the instance answered.
    fn noticed(&self, sent: &std::result::Result<Reply, Failure>) {
        *lock(&self.asked_at) = Some(Instant::now());
        match sent {
            // whoever has no key that is good has not been let in
            Ok(reply) if reply.status == 401 => {}
            // what stands before the instance answered for it
            Ok(reply) if matches!(reply.status, 502 | 504) => {
                self.is_away(answer::problem(reply.status, &reply.body));
            }
            Ok(_) => self.is_here(),
            Err(failure) => self.is_away(failure.problem.clone()),
        }
    }

    fn is_here(&self) {
        let before = std::mem::replace(&mut *lock(&self.reach), Reach::Online);
        if before != Reach::Online {
            self.reach_changed.send_modify(|count| *count += 1);
            self.tell_change();
        }
    }

    fn is_away(&self, problem: Problem) {
        let seen_at = self.memory().seen.at;
        let mut reach = lock(&self.reach);
        let since = match &*reach {
            Reach::Offline { since, .. } => *since,
            Reach::Online => now(),
        };
        let next = Reach::Offline {
            since,
            problem,
            seen_at,
        };
        if *reach != next {
            *reach = next;
            drop(reach);
            self.reach_changed.send_modify(|count| *count += 1);
        }
    }

    /// Something changed here or there: whoever shows it reads again.
    fn tell_change(&self) {
        self.changed.send_modify(|count| *count += 1);
        self.stale.notify_one();
    }
}

/// The path of a secret, or what lies below it.
fn secret_path(id: &str, below: &str) -> Result<String> {
    let id = uuid::Uuid::try_parse(id).map_err(|_| Problem::not_found("secret"))?;
    Ok(format!("/api/v2/secrets/{}{below}", id.hyphenated()))
}

/// A name in a path.
fn in_path(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn refused_key() -> Problem {
    Problem::new(
        Code::Unauthorized,
        "The instance does not let the API key in.",
    )
    .remedy("It may have expired or been revoked. A Manager of the instance can make another one.")
}

fn closed() -> Problem {
    Problem::new(Code::VaultLocked, "The instance was closed.").remedy("Open it again.")
}

#[expect(
    clippy::disallowed_methods,
    reason = "when an instance answered is by the clock of this computer"
)]
fn now() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
