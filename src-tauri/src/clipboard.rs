//! The desktop's clipboard: a value lies there for a time, marked so that clipboard histories leave
//! it out, and is cleared if it is still ours.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use arboard::SetExtLinux;
use keyturn_api::{Code, Problem, Result};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// How long a caller waits for the desktop.
const PATIENCE: Duration = Duration::from_secs(3);

/// A thread that speaks with the desktop's clipboard; it begins with the first value. Under X11 the
/// program itself hands the value out, so the thread has to live as long as the value.
pub(crate) struct Clipboard {
    orders: Mutex<Option<Sender<Order>>>,
    cleared: Mutex<Option<Box<dyn Fn() + Send>>>,
}

enum Order {
    Copy(Zeroizing<String>, Duration, Sender<Result<()>>),
    ClearOurs(Sender<()>),
}

impl Clipboard {
    /// `cleared` is called when the time of a value is over and it was removed.
    pub(crate) fn new(cleared: impl Fn() + Send + 'static) -> Self {
        Self {
            orders: Mutex::default(),
            cleared: Mutex::new(Some(Box::new(cleared))),
        }
    }

    /// Puts a text there for so many seconds. Waits for the desktop.
    pub(crate) fn copy(&self, text: Zeroizing<String>, seconds: u32) -> Result<()> {
        let (done, answer) = mpsc::channel();
        let time = Duration::from_secs(seconds.into());
        self.orders()
            .send(Order::Copy(text, time, done))
            .map_err(|_| not_reached())?;
        answer.recv_timeout(PATIENCE).map_err(|_| not_reached())?
    }

    /// Clears it, if what was put there last still lies there. Waits for the desktop.
    pub(crate) fn clear_ours(&self) {
        let begun = self
            .orders
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (done, answer) = mpsc::channel();
        if begun.is_some_and(|orders| orders.send(Order::ClearOurs(done)).is_ok()) {
            let _ = answer.recv_timeout(PATIENCE);
        }
    }

    fn orders(&self) -> Sender<Order> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders
            .get_or_insert_with(|| {
                let (sender, receiver) = mpsc::channel();
                let cleared = self
                    .cleared
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take();
                std::thread::spawn(move || {
                    serve(&receiver, &*cleared.unwrap_or_else(|| Box::new(|| ())));
                });
                sender
            })
            .clone()
    }
}

/// What the thread does, until the program ends.
fn serve(orders: &Receiver<Order>, cleared: &(dyn Fn() + Send)) {
    let mut desktop = None;
    let mut ours: Option<Ours> = None;
    loop {
        let order = match &ours {
            Some(ours) => orders.recv_timeout(ours.until.saturating_duration_since(Instant::now())),
            None => orders.recv().map_err(RecvTimeoutError::from),
        };
        match order {
            Ok(Order::Copy(text, time, done)) => {
                let copied = copy(&mut desktop, &text, time).map(|mark| ours = Some(mark));
                // Told that it failed, nobody expects it there any more.
                if done.send(copied).is_err() {
                    clear(&mut desktop, ours.take());
                }
            }
            Ok(Order::ClearOurs(done)) => {
                clear(&mut desktop, ours.take());
                let _ = done.send(());
            }
            Err(RecvTimeoutError::Timeout) => {
                clear(&mut desktop, ours.take());
                cleared();
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// What was put there last: a salted digest, so that the value itself need not be kept.
struct Ours {
    salt: [u8; 16],
    digest: [u8; 32],
    until: Instant,
}

impl Ours {
    fn new(text: &str, time: Duration) -> Result<Self> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| not_reached())?;
        Ok(Self {
            salt,
            digest: derive_digest(&salt, text),
            until: Instant::now() + time,
        })
    }

    fn is(&self, text: &str) -> bool {
        derive_digest(&self.salt, text) == self.digest
    }
}

fn derive_digest(salt: &[u8], text: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(salt)
        .chain_update(text)
        .finalize()
        .into()
}

fn copy(
    desktop: &mut Option<arboard::Clipboard>,
    text: &Zeroizing<String>,
    time: Duration,
) -> Result<Ours> {
    let mark = Ours::new(text, time)?;
    let clipboard = match desktop {
        Some(clipboard) => clipboard,
        None => desktop.insert(arboard::Clipboard::new().map_err(|_| not_reached())?),
    };
    let put = clipboard.set().exclude_from_history().text(text.as_str());
    put.map(|()| mark).map_err(|_| not_reached())
}

fn clear(desktop: &mut Option<arboard::Clipboard>, ours: Option<Ours>) {
    let (Some(clipboard), Some(ours)) = (desktop, ours) else {
        return;
    };
    let lies_there = clipboard.get_text().map(Zeroizing::new);
    if lies_there.is_ok_and(|text| ours.is(&text)) {
        let _ = clipboard.clear();
    }
}

fn not_reached() -> Problem {
    Problem::new(Code::Io, "The clipboard of the desktop cannot be reached.")
        .remedy("Show the value instead, or save it to a file.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_text_is_ours() {
        let mark = Ours::new("value", Duration::from_secs(30)).unwrap();
        assert!(mark.is("value"));
        assert!(!mark.is("value "));
        assert!(!mark.is(""));
        let again = Ours::new("value", Duration::from_secs(30)).unwrap();
        assert_ne!(mark.digest, again.digest);
    }
}
