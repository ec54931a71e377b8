//! Between the window and a server on loopback: notes each request and when its answer had gone by.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::SystemTime;

/// A request and its answer.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// `GET /path?query HTTP/1.1`
    pub(crate) line: String,
    /// When the last part of the answer went by, in milliseconds since 1970; none: it has not begun.
    pub(crate) answered: Option<f64>,
}

type Exchanges = Arc<Mutex<Vec<Exchange>>>;

pub(crate) struct Relay {
    /// Host and port.
    pub(crate) address: String,
    exchanges: Exchanges,
}

impl Relay {
    /// Before the server at this host and port, until the program ends.
    pub(crate) fn before(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let exchanges = Exchanges::default();
        let (noted, server) = (Arc::clone(&exchanges), server.to_owned());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (noted, server) = (Arc::clone(&noted), server.clone());
                thread::spawn(move || join(&client, &TcpStream::connect(server).unwrap(), &noted));
            }
        });
        Self { address, exchanges }
    }

    /// Forgets what was noted.
    pub(crate) fn forget(&self) {
        self.exchanges.lock().unwrap().clear();
    }

    /// Those whose line has all of these in it.
    pub(crate) fn with(&self, parts: &[&str]) -> Vec<Exchange> {
        let exchanges = self.exchanges.lock().unwrap();
        let has = |one: &&Exchange| parts.iter().all(|part| one.line.contains(part));
        exchanges.iter().filter(has).cloned().collect()
    }
}

/// Copies both ways. HTTP/1.1: answers come in the order of the requests of a connection.
fn join(client: &TcpStream, server: &TcpStream, noted: &Exchanges) {
    for stream in [client, server] {
        stream.set_nodelay(true).unwrap();
    }
    let last = Mutex::new(None);
    thread::scope(|scope| {
        scope.spawn(|| {
            copy(client, server, |chunk| {
                let text = String::from_utf8_lossy(chunk);
                let Some(line) = text.lines().find(|line| line.ends_with(" HTTP/1.1")) else {
                    return;
                };
                let mut noted = noted.lock().unwrap();
                *last.lock().unwrap() = Some(noted.len());
                noted.push(Exchange {
                    line: line.to_owned(),
                    answered: None,
                });
            });
        });
        scope.spawn(|| {
            copy(server, client, |_| {
                let at = *last.lock().unwrap();
                let mut noted = noted.lock().unwrap();
                if let Some(exchange) = at.and_then(|at| noted.get_mut(at)) {
                    exchange.answered = Some(now());
                }
            });
        });
    });
}

fn copy(mut from: &TcpStream, mut to: &TcpStream, note: impl Fn(&[u8])) {
    let mut chunk = vec![0; 256 * 1024];
    while let Ok(read @ 1..) = from.read(&mut chunk) {
        note(&chunk[..read]);
        if to.write_all(&chunk[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the page tells when it has painted by the clock of this computer"
)]
fn now() -> f64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap().as_secs_f64() * 1000.0
}
