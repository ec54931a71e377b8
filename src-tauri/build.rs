//! Embeds the window's configuration. Our commands are denied unless a capability names them, which
//! Tauri does only for programs whose permissions it was told of.

use std::process::ExitCode;

use tauri_build::{AppManifest, Attributes};

const CAPABILITIES: &str = "./src-tauri/capabilities/**/*";
const PERMISSIONS: &str = "./src-tauri/permissions/**/*";

fn main() -> ExitCode {
    for watched in ["src-tauri/capabilities", "src-tauri/permissions", "ui/dist"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let attributes = Attributes::new()
        .capabilities_path_pattern(CAPABILITIES)
        .app_manifest(AppManifest::new().permissions_path_pattern(PERMISSIONS));
    match tauri_build::try_build(attributes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error:#}");
            ExitCode::FAILURE
        }
    }
}
