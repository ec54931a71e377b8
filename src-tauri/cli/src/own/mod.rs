//! Commands that IBM's program does not have: vaults and API keys of this computer, the server,
//! completions.

mod api_keys;
mod login;
mod vaults;

use clap::Subcommand;
use clap_complete::Shell;
use keyturn_api::{Code, Problem};

use self::api_keys::ApiKeyCommand;
pub(crate) use self::login::remembered;
use self::vaults::VaultCommand;
use crate::failure::Failure;
use crate::options::{self, Globals};
use crate::serve::ServeOptions;
use crate::{output, serve};

/// A command of ours.
#[derive(Debug, Subcommand)]
pub(crate) enum Own {
    /// Make a vault on this computer
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Vault {
        #[command(subcommand)]
        command: VaultCommand,
    },
    /// List the vaults of this computer
    Vaults,
    /// Make, list and revoke the API keys of a vault of this computer
    #[command(subcommand_required = true, arg_required_else_help = true)]
    ApiKey {
        #[command(subcommand)]
        command: ApiKeyCommand,
    },
    /// Keep the API key of a remote instance in the keyring of this computer
    Login,
    /// Forget the API key of a remote instance
    Logout,
    /// Serve a vault of this computer over HTTP, and run its schedule
    Serve(ServeOptions),
    /// Print what a shell needs to complete commands and options
    Completions {
        /// Shell
        shell: Shell,
    },
}

/// Does what was asked for.
pub(crate) async fn run(command: Own, globals: &Globals) -> Result<(), Failure> {
    match command {
        Own::Completions { shell } => completions(shell),
        Own::Login => login::login(globals).await,
        Own::Logout => login::logout(globals),
        command if globals.names_remote() => {
            let name = format!(
                "«keyturn {}» is for vaults of this computer.",
                command.name()
            );
            let problem = Problem::new(Code::NotSupported, name);
            Err(problem.remedy("Leave the service URL out.").into())
        }
        Own::Vault { command } => vaults::run(command, globals).await,
        Own::Vaults => vaults::list(globals),
        Own::ApiKey { command } => api_keys::run(command, globals).await,
        Own::Serve(options) => serve::run(options, globals).await,
    }
}

impl Own {
    const fn name(&self) -> &'static str {
        match self {
            Self::Vault { .. } => "vault",
            Self::Vaults => "vaults",
            Self::ApiKey { .. } => "api-key",
            Self::Login => "login",
            Self::Logout => "logout",
            Self::Serve(_) => "serve",
            Self::Completions { .. } => "completions",
        }
    }
}

fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut options::command(), "keyturn", &mut script);
    output::print(&script)
}
