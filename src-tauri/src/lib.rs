//! The desktop program: the Tauri shell around an instance. The only Rust that knows Tauri.
//!
//! The page in the web view is not trusted with more than it shows: it names no path, address or
//! window, and gets a value only when a person asks for it (`commands`). What it may call stands in
//! `bindings`, what it is told in `events`. `desk` holds the state, `files` what the person gave,
//! `lock` ends it all.
//!
//! **Invariant:** no rule about secrets lives here.

mod activity;
mod api_access;
mod bindings;
mod certificates;
mod clipboard;
mod commands;
mod credentials;
mod desk;
#[cfg(target_os = "linux")]
mod desktop_lock;
mod events;
mod files;
mod hygiene;
mod lock;
mod notices;
mod order_records;
mod orders;
mod remotes;
mod schedule;
mod settings;
mod strength;
mod types;
mod value;
mod whole_file;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use tauri::{Manager, RunEvent};

use crate::desk::Desk;

/// Runs the program until its window is closed.
pub fn run() -> ExitCode {
    hygiene::begin();
    let desk = Arc::new(Desk::new());
    desk.open_last();

    let bindings = bindings::builder();
    let shared = Arc::clone(&desk);
    let built = tauri::Builder::default()
        .invoke_handler(bindings.invoke_handler())
        .setup(move |app| {
            bindings.mount_events(app);
            shared.page.connect(app.handle());
            let theme = shared.settings.current().theme;
            app.manage(shared);
            window::open(app.handle(), theme)?;
            lock::watch(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            let code = app.run_return(move |_, event| {
                if matches!(event, RunEvent::Exit) {
                    desk.close();
                }
            });
            u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            eprintln!("keyturn-desktop: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
