//! The real window, used as people use it: WebKitGTK under Xvfb, a real Secret Service daemon, the
//! native file dialog, and the `vault` crate to prove what the window says.
//!
//! Runs inside `setup/desktop-session`, one test at a time (see `tests/run`): the display has one
//! keyboard. The program under test is hardened as the released one, but for what a driver needs
//! (feature `webdriver`).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accessibility;
mod api_access;
mod bad_input;
mod batch;
mod canaries;
mod certificate_files;
mod command_line;
mod compare;
mod conflict;
mod due;
mod files;
mod groups;
#[allow(dead_code, reason = "the pictures and the benchmark use the rest")]
mod harness;
mod iam_credentials;
mod iam_scene;
mod imported_certificates;
mod instances;
mod key_value;
mod keyboard;
mod keyboard_certificates;
mod keyboard_elsewhere;
mod keyring;
mod locking;
mod locks;
mod many_rotations;
mod order_scene;
mod privacy;
mod private_authority;
mod public_certificates;
mod remote;
#[path = "../servers/mod.rs"]
mod servers;
mod steps;
mod user_credentials;
mod walking_path;
