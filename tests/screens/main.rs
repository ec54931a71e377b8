//! Pictures of every screen and state, light and dark, in `target/screens`. Run by `make screens`.
//!
//! It fails where a screen cannot be reached, so it is a test of the way to each, too.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../desktop/certificate_files.rs"]
#[allow(dead_code, reason = "the suite of the window uses the rest")]
mod certificate_files;
#[path = "../desktop/harness/mod.rs"]
#[allow(dead_code, reason = "the suite of the window uses the rest")]
mod harness;
#[path = "../desktop/iam_scene.rs"]
#[allow(dead_code, reason = "the suite of the window uses the rest")]
mod iam_scene;
#[path = "../desktop/order_scene.rs"]
#[allow(dead_code, reason = "the suite of the window uses the rest")]
mod order_scene;
#[path = "../servers/mod.rs"]
mod servers;
#[path = "../desktop/steps.rs"]
#[allow(dead_code, reason = "the suite of the window uses the rest")]
mod steps;

mod album;
mod api_access;
mod certificates;
mod daily;
mod elsewhere;
mod engines;
mod iam_credentials;
mod instances;
mod public_certificates;
mod remote;
mod secrets;
mod settings;
mod versions;
