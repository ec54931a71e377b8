//! Keyturn's window.

use std::process::ExitCode;

/// Hands memory back after many rotations, which the system's allocator does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    keyturn_desktop::run()
}
