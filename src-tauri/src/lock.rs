//! Locking: by the person, after a time without one, when the computer sleeps, and at the end.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::desk::Desk;
#[cfg(target_os = "linux")]
use crate::files::dialog::gtk_dialogs;
use crate::window;

/// How often is looked whether somebody is still there.
const TICK: Duration = Duration::from_secs(2);
/// A clock that counts sleep and one that does not drift apart by this much only in a sleep.
const SLEPT: Duration = Duration::from_secs(2);

/// Closes the vault, or the connection to a remote instance, forgets what was kept from it, and puts
/// a fresh window in place of the present one. Where nothing is open there is nothing to do. The
/// page's call may never be answered: its page is gone.
pub(crate) fn lock(app: &AppHandle) {
    let desk = Arc::clone(app.state::<Arc<Desk>>().inner());
    if !desk.close() {
        return;
    }
    let theme = desk.settings.current().theme;
    let handle = app.clone();
    let replaced = app.run_on_main_thread(move || {
        #[cfg(target_os = "linux")]
        gtk_dialogs::dismiss();
        if window::replace(&handle, theme).is_err() {
            handle.exit(1); // rather no window than one that still shows an open vault
        }
        // What was selected is a copy by X11's rules. This process offers it for the web view, and
        // would go on to; what another program selected stays.
        #[cfg(target_os = "linux")]
        gtk::Clipboard::get(&gtk::gdk::SELECTION_PRIMARY).clear();
    });
    if replaced.is_err() {
        app.exit(1);
    }
}

/// Locks for a reason outside the window. Who chose never to lock by itself means it.
pub(crate) fn lock_unless_never(app: &AppHandle) {
    let minutes = app
        .state::<Arc<Desk>>()
        .settings
        .current()
        .auto_lock_minutes;
    if minutes > 0 {
        lock(app);
    }
}

/// Locks when nobody is there, and ends cleanly when the system asks for it.
pub(crate) fn watch(app: &AppHandle) {
    let handle = app.clone();
    tauri::async_runtime::spawn(async move {
        let desk = Arc::clone(handle.state::<Arc<Desk>>().inner());
        let mut asleep = time_asleep();
        loop {
            tokio::time::sleep(TICK).await;
            let before = std::mem::replace(&mut asleep, time_asleep());
            let slept = asleep.saturating_sub(before);
            desk.files.expire();
            let minutes = desk.settings.current().auto_lock_minutes;
            if desk.is_open() && is_due(minutes, desk.activity.idle(), slept) {
                lock(&handle);
            }
        }
    });
    #[cfg(target_os = "linux")]
    crate::desktop_lock::listen(app);
    #[cfg(unix)]
    end_when_asked(app);
}

/// Whether to lock now.
fn is_due(minutes: u32, idle: Duration, slept: Duration) -> bool {
    let longest = Duration::from_secs(60 * u64::from(minutes));
    minutes > 0 && (idle >= longest || slept >= SLEPT)
}

/// How long the computer slept since it was started.
#[cfg(target_os = "linux")]
fn time_asleep() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let since = |clock| Duration::try_from(clock_gettime(clock)).unwrap_or_default();
    since(ClockId::Boottime).saturating_sub(since(ClockId::Monotonic))
}

#[cfg(not(target_os = "linux"))]
fn time_asleep() -> Duration {
    Duration::ZERO
}

/// `RunEvent::Exit` then locks.
#[cfg(unix)]
fn end_when_asked(app: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ] {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            if let Ok(mut asked) = signal(kind)
                && asked.recv().await.is_some()
            {
                app.exit(0);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_locks_after_the_time_that_was_set_and_after_a_sleep() {
        let minutes = |count: u64| Duration::from_secs(60 * count);
        assert!(!is_due(10, minutes(9), Duration::ZERO));
        assert!(is_due(10, minutes(10), Duration::ZERO));
        assert!(is_due(10, Duration::ZERO, Duration::from_secs(30)));
        assert!(!is_due(10, Duration::ZERO, Duration::from_millis(3)));
        assert!(!is_due(0, minutes(10_000), minutes(60)));
    }

    #[test]
    fn the_clocks_agree_while_the_computer_is_awake() {
        let before = time_asleep();
        std::thread::sleep(Duration::from_millis(50));
        assert!(time_asleep().saturating_sub(before) < SLEPT);
    }
}
