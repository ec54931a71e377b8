//! What stands on the command line.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand, ValueEnum};
use keyturn_api::Result;

use crate::input::Inputs;
use crate::operations::{self, Request};
use crate::own::Own;

const ABOUT: &str = "Keyturn's command line: the commands of IBM Cloud Secrets Manager, on the \
                     vault of this computer or on a remote instance.";
const AFTER: &str = "\
With a service URL (option or SECRETS_MANAGER_URL) commands go to that instance, with an API key from \
--apikey-file or SECRETS_MANAGER_APIKEY; without one they work on the vault of this computer, also \
while the window is open. A leading «secrets-manager» or «sm» is passed over.

A value or JSON body may be @FILE (the content of a file) or - (standard input), so that no secret \
needs to stand on the command line. Write @@ for an @ that is meant as such.

Exit status:
  0  done
  1  refused or failed
  2  the command line is wrong
  3  not let in: token, role, passphrase or keyring
  4  not found
  5  a lock forbids it
  6  sent, and not known whether it took effect";

/// Options of every command.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Globals {
    /// Table or JSON; without it a table on a terminal and JSON elsewhere
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    output: Option<Format>,
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = "Address of a remote instance [env: SECRETS_MANAGER_URL]"
    )]
    service_url: Option<String>,
    /// Id of an instance in IBM Cloud, instead of its address
    #[arg(
        long,
        global = true,
        value_name = "ID",
        requires = "region",
        conflicts_with = "service_url"
    )]
    instance_id: Option<String>,
    /// Region of that instance
    #[arg(long, global = true, value_name = "REGION", requires = "instance_id")]
    region: Option<String>,
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help = "File with the API key of the remote instance, or - [env: SECRETS_MANAGER_APIKEY, \
                the key itself]"
    )]
    pub(crate) apikey_file: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = "Where the key is exchanged [env: SECRETS_MANAGER_AUTH_URL]"
    )]
    auth_url: Option<String>,
    /// Certificate of an authority to trust besides the system's, PEM
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca_certificate: Option<PathBuf>,
    /// Address of a proxy; without it there is none
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Name or id of a vault of this computer
    #[arg(long, global = true, value_name = "VAULT", conflicts_with_all = ["service_url", "instance_id"])]
    pub(crate) vault: Option<String>,
    /// File with the passphrase of the vault, or -
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// File with the recovery code of the vault, or -
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        conflicts_with = "passphrase_file"
    )]
    pub(crate) recovery_code_file: Option<PathBuf>,
    /// Say nothing besides the answer
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

/// How answers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// How answers and errors are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) format: Format,
    /// Errors as JSON, too: only if JSON was asked for.
    pub(crate) json_errors: bool,
}

impl Globals {
    pub(crate) fn output(&self) -> Output {
        let terminal = std::io::stdout().is_terminal();
        let usual = if terminal {
            Format::Table
        } else {
            Format::Json
        };
        Output {
            format: self.output.unwrap_or(usual),
            json_errors: self.output == Some(Format::Json),
        }
    }

    /// Address of the remote instance; none: a vault of this computer.
    pub(crate) fn service_url(&self) -> Option<String> {
        if self.vault.is_some() {
            return None;
        }
        let in_cloud = self.instance_id.as_ref().zip(self.region.as_ref());
        let in_cloud = in_cloud.map(|(id, region)| keyturn_client::cloud_url(id, region, false));
        let given = self.service_url.clone().or(in_cloud);
        given.or_else(|| variable("SECRETS_MANAGER_URL"))
    }

    /// Whether the command line itself names a remote instance.
    pub(crate) const fn names_remote(&self) -> bool {
        self.service_url.is_some() || self.instance_id.is_some()
    }

    /// Where the key of an instance is exchanged: at IBM's IAM for an instance in IBM Cloud,
    /// otherwise at the instance itself.
    pub(crate) fn auth_url(&self, service_url: &str) -> String {
        let given = self.auth_url.clone();
        given
            .or_else(|| variable("SECRETS_MANAGER_AUTH_URL"))
            .unwrap_or_else(|| keyturn_client::iam_url(service_url))
    }
}

/// What was asked for.
pub(crate) enum Asked {
    /// One of IBM's commands.
    Operation {
        /// Its request, if files and values could be read.
        request: Result<Request>,
        globals: Globals,
    },
    /// One of ours.
    Own { command: Own, globals: Globals },
}

impl Asked {
    pub(crate) fn globals(&self) -> &Globals {
        match self {
            Self::Operation { globals, .. } | Self::Own { globals, .. } => globals,
        }
    }
}

/// The whole command line, also for completions.
pub(crate) fn command() -> Command {
    let command = Command::new("keyturn")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .max_term_width(100);
    let operations = operations::all().map(operations::Operation::command);
    let command = Globals::augment_args(command).next_help_heading(None::<&str>);
    // what the derived parts say of themselves is not what the program says of itself
    Own::augment_subcommands(command.subcommands(operations))
        .about(ABOUT)
        .long_about(None)
        .after_help(AFTER)
}

/// Reads the command line.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> std::result::Result<Asked, clap::Error> {
    let mut matches = command().try_get_matches_from(without_prefix(arguments))?;
    let globals = Globals::from_arg_matches(&matches)?;
    let (name, of_command): (&str, &ArgMatches) = match matches.subcommand() {
        Some(found) => found,
        None => unreachable!("clap wants a command"),
    };
    if let Some(operation) = operations::all().find(|operation| operation.name == name) {
        let inputs = Inputs::new(&globals);
        let request = operation.request(of_command, &inputs);
        return Ok(Asked::Operation { request, globals });
    }
    let command = Own::from_arg_matches_mut(&mut matches)?;
    Ok(Asked::Own { command, globals })
}

/// `keyturn secrets-manager secrets` is `keyturn secrets`: IBM's program has many services.
fn without_prefix(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<_> = arguments.into_iter().collect();
    let is_prefix = |word: &OsString| word == "secrets-manager" || word == "sm";
    if arguments.get(1).is_some_and(is_prefix) {
        arguments.remove(1);
    }
    arguments
}

/// A variable of the environment that is set to something.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globals(line: &str) -> Globals {
        let words = line.split_whitespace().map(OsString::from);
        let asked = parse(words).unwrap_or_else(|error| panic!("{line}: {error}"));
        asked.globals().clone()
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command().debug_assert();
    }

    #[test]
    fn options_of_every_command_stand_before_or_after_it() {
        for line in [
            "keyturn --output json --service-url https://a.test secrets",
            "keyturn secrets --output json --service-url https://a.test",
            "keyturn secrets-manager secrets --output=json --service-url=https://a.test",
            "keyturn sm secrets --output json --service-url https://a.test",
        ] {
            let globals = globals(line);
            assert_eq!(globals.output, Some(Format::Json), "{line}");
            assert_eq!(globals.service_url().as_deref(), Some("https://a.test"));
        }
        let cloud = globals("keyturn secrets --instance-id i --region us-south");
        let url = "https://i.us-south.secrets-manager.appdomain.cloud";
        assert_eq!(cloud.service_url().as_deref(), Some(url));
        assert_eq!(cloud.auth_url(url), "https://iam.cloud.ibm.com");
    }

    #[test]
    fn contradictions_are_refused() {
        for line in [
            "keyturn",
            "keyturn nothing",
            "keyturn secrets --vault v --service-url https://a.test",
            "keyturn secrets --region us-south",
            "keyturn secrets --output yaml",
            "keyturn secret",
            "keyturn secret-create --secret-prototype {} --secret-name a",
        ] {
            let parsed = parse(line.split_whitespace().map(OsString::from));
            let error = parsed.err().unwrap_or_else(|| panic!("{line} is taken"));
            assert_eq!(error.exit_code(), 2, "{line}");
        }
    }
}
