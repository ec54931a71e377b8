//! Asks servers, each question once, a bounded number at a time, and not for ever.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use hickory_proto::op::Message;
use hickory_proto::rr::{Name, RecordType};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::wire::{self, Failure, Question};
use super::zone::Authorities;
use super::{DnsSettings, Once};

/// Questions to one server at a time.
const PER_SERVER: usize = 64;
/// Questions at a time, so that a process has sockets left.
const AT_ONCE: usize = 256;
/// Questions in a row that a server leaves without an answer before it is not asked again.
const PATIENCE: u32 = 4;

/// What a server said.
pub(super) type Said = Result<Arc<Message>, Failure>;

/// One check's questions and what was answered to them.
pub(super) struct Asker<'a> {
    pub(super) settings: &'a DnsSettings,
    pub(super) zones: Once<Name, Arc<Authorities>>,
    recursive: Vec<SocketAddr>,
    /// The recursive server that answered last.
    preferred: AtomicUsize,
    deadline: Instant,
    sockets: Semaphore,
    servers: Mutex<HashMap<SocketAddr, Arc<Server>>>,
    said: Once<(SocketAddr, Question), Said>,
}

struct Server {
    places: Semaphore,
    /// Questions in a row that it did not answer.
    silent: AtomicU32,
}

impl<'a> Asker<'a> {
    pub(super) fn new(settings: &'a DnsSettings) -> Self {
        Self {
            settings,
            zones: Once::new(),
            recursive: settings.recursive_servers(),
            preferred: AtomicUsize::new(0),
            deadline: Instant::now() + settings.total,
            sockets: Semaphore::new(AT_ONCE),
            servers: Mutex::default(),
            said: Once::new(),
        }
    }

    /// Asks a server for what it has itself.
    pub(super) async fn authority(
        &self,
        server: SocketAddr,
        name: &Name,
        kind: RecordType,
    ) -> Said {
        self.ask(server, name, kind, false).await
    }

    /// Asks a resolver.
    pub(super) async fn resolver(&self, server: SocketAddr, name: &Name, kind: RecordType) -> Said {
        self.ask(server, name, kind, true).await
    }

    /// Asks the recursive servers in turn until one answers.
    pub(super) async fn recursive(&self, name: &Name, kind: RecordType) -> Said {
        let (count, first) = (self.recursive.len(), self.preferred.load(Ordering::Relaxed));
        let mut said = Err(Failure::NoWay);
        for position in (first..first + count).map(|position| position % count) {
            said = self.resolver(self.recursive[position], name, kind).await;
            if said.is_ok() {
                self.preferred.store(position, Ordering::Relaxed);
                break;
            }
        }
        said
    }

    async fn ask(
        &self,
        server: SocketAddr,
        name: &Name,
        kind: RecordType,
        recursion: bool,
    ) -> Said {
        let question = Question {
            name: name.clone(),
            kind,
            recursion,
        };
        let key = (server, question.clone());
        // In a box: there are many, and most find the answer there.
        let ask = timeout_at(self.deadline, Box::pin(self.ask_now(server, &question)));
        let said = async { ask.await.unwrap_or(Err(Failure::Over)) };
        self.said.get(key, said).await
    }

    async fn ask_now(&self, address: SocketAddr, question: &Question) -> Said {
        let server = self.server(address);
        // Neither is ever closed.
        let _place = server.places.acquire().await;
        let _socket = self.sockets.acquire().await;
        if server.silent.load(Ordering::Relaxed) >= PATIENCE {
            return Err(Failure::TimedOut);
        }
        let said = wire::ask(address, question, self.settings.timeout).await;
        match said {
            Err(Failure::TimedOut) => server.silent.fetch_add(1, Ordering::Relaxed),
            _ => server.silent.swap(0, Ordering::Relaxed),
        };
        said.map(Arc::new)
    }

    fn server(&self, address: SocketAddr) -> Arc<Server> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        let server = servers.entry(address).or_insert_with(|| {
            Arc::new(Server {
                places: Semaphore::new(PER_SERVER),
                silent: AtomicU32::new(0),
            })
        });
        server.clone()
    }
}
