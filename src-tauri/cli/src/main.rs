//! The command line of Keyturn: IBM's commands by name, and the HTTP server.
//!
//! ```text
//! options        what stands on the command line, for every command
//! operations/    IBM's commands as a table: each becomes one HTTP request
//! input prompt   values from files, standard input and the keyboard
//! send/          answers a request here, or has a remote instance answer it
//! output/        tables, JSON, errors
//! own/           commands of our own: vaults, API keys, completions
//! serve/         the HTTP server, with the schedule of the vault it serves
//! ```
//!
//! **Invariants:** no rule about secrets lives here, and no value has to stand on the command line.

mod failure;
mod input;
mod operations;
mod options;
mod output;
mod own;
mod place;
mod prompt;
mod send;
mod serve;
mod unlock;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::options::Asked;

/// Hands memory back after many rotations, which the system's allocator does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    keyturn_vault::hygiene::begin();
    let asked = match options::parse(std::env::args_os()) {
        Ok(asked) => asked,
        // --help and --version are among them; it writes to the right stream by itself
        Err(told) => {
            let _ = told.print();
            return ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2));
        }
    };
    let output = asked.globals().output();
    match run(asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output::failure(&failure, output),
    }
}

fn run(asked: Asked) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| input::io("The program could not begin", &error))?;
    runtime.block_on(async {
        match asked {
            Asked::Operation { request, globals } => send::run(request?, &globals).await,
            Asked::Own { command, globals } => own::run(command, &globals).await,
        }
    })
}
