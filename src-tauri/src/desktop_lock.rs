//! Locks when the desktop does: when its screen is locked, and before the computer sleeps. A desktop
//! that tells neither is no trouble; the time without a person still counts (`lock`).

use tauri::AppHandle;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Message;

use crate::lock;

/// What screen savers of the desktops say; the boolean tells whether the screen is locked now.
const SCREEN: &str = "type='signal',member='ActiveChanged'";
/// What the system's session manager says of every session; ours is picked by its path.
const SESSION: &str = "type='signal',sender='org.freedesktop.login1',\
                       interface='org.freedesktop.login1.Session',member='Lock'";
/// The boolean tells whether the computer goes to sleep or woke up.
const SLEEP: &str = "type='signal',sender='org.freedesktop.login1',\
                     interface='org.freedesktop.login1.Manager',member='PrepareForSleep'";

/// Listens until the program ends.
pub(crate) fn listen(app: &AppHandle) {
    follow(app, Connection::session, SCREEN, |_, signal| {
        let header = signal.header();
        let interface = header.interface().map_or("", |name| name.as_str());
        interface.ends_with(".ScreenSaver") && says_yes(signal)
    });
    follow(app, Connection::system, SLEEP, |_, signal| says_yes(signal));
    follow(app, Connection::system, SESSION, |bus, signal| {
        let header = signal.header();
        own_session(bus).is_some_and(|own| header.path().is_some_and(|path| *path == own.as_str()))
    });
}

/// A thread of its own per kind of signal: it waits, and nothing else.
fn follow(
    app: &AppHandle,
    bus: fn() -> zbus::Result<Connection>,
    rule: &'static str,
    is_due: fn(&Connection, &Message) -> bool,
) {
    let app = app.clone();
    std::thread::spawn(move || {
        let Ok(bus) = bus() else { return };
        let Ok(signals) = MessageIterator::for_match_rule(rule, &bus, None) else {
            return;
        };
        for signal in signals.flatten() {
            if is_due(&bus, &signal) {
                lock::lock_unless_never(&app);
            }
        }
    });
}

fn says_yes(signal: &Message) -> bool {
    signal.body().deserialize::<bool>().unwrap_or(false)
}

/// Path of the session this program runs in.
fn own_session(bus: &Connection) -> Option<String> {
    let manager = Some("org.freedesktop.login1");
    let interface = Some("org.freedesktop.login1.Manager");
    let path = "/org/freedesktop/login1";
    let own = std::process::id();
    let by_process = bus.call_method(manager, path, interface, "GetSessionByPID", &own);
    // A program that the person's service manager started belongs to no session by its process.
    let answer = by_process
        .or_else(|error| {
            let name = std::env::var("XDG_SESSION_ID").map_err(|_| error)?;
            bus.call_method(manager, path, interface, "GetSession", &name)
        })
        .ok()?;
    let session: zbus::zvariant::OwnedObjectPath = answer.body().deserialize().ok()?;
    Some(session.to_string())
}
