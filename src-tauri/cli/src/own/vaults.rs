//! Vaults of this computer.

use std::sync::Arc;

use clap::Subcommand;
use keyturn_api::{Code, Problem, Result};
use keyturn_vault::{
    Home, NewVault, RecoveryCode, Sensitive, SystemClock, Vault, VaultEntry, VaultKind,
};
use serde_json::json;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::operations::List;
use crate::options::Globals;
use crate::prompt::Terminal;
use crate::unlock::sensitive;
use crate::{input, output};

const VAULTS: List = List {
    array: "vaults",
    columns: &[
        ("Name", "name"),
        ("ID", "id"),
        ("Kind", "kind"),
        ("Created", "created_at"),
    ],
    paged: false,
};
/// How often a person may mistype the groups of the recovery code.
const TRIES: u32 = 3;

/// What can be done with vaults.
#[derive(Debug, Subcommand)]
pub(crate) enum VaultCommand {
    /// Make a vault; prints its id and its recovery code, once, as JSON
    ///
    /// The passphrase comes from --passphrase-file or is asked for. A vault that only the keyring
    /// opens would be lost with it: then the recovery code is asked for again.
    Create {
        /// Name of the vault
        #[arg(long, value_name = "NAME")]
        name: String,
        /// Let the keyring of this computer open it; besides a passphrase, or alone
        #[arg(long)]
        keyring: bool,
    },
}

/// Lists them.
pub(crate) fn list(globals: &Globals) -> std::result::Result<(), Failure> {
    let vaults = Home::locate()?.vaults()?;
    let rows: Vec<_> = vaults.iter().map(row).collect();
    let shown = json!({"vaults": rows, "total_count": rows.len()});
    output::own(&shown, Some(&VAULTS), globals.output())
}

fn row(entry: &VaultEntry) -> serde_json::Value {
    json!({
        "id": entry.id, "name": entry.name, "kind": entry.kind, "created_at": entry.created_at,
    })
}

/// Does what was asked for.
pub(super) async fn run(
    command: VaultCommand,
    globals: &Globals,
) -> std::result::Result<(), Failure> {
    let VaultCommand::Create { name, keyring } = command;
    let globals = globals.clone();
    let made = tokio::task::spawn_blocking(move || create(&name, keyring, &globals)).await;
    made.unwrap_or_else(|_| Err(Problem::new(Code::Io, "The vault could not be made.").into()))
}

fn create(name: &str, keyring: bool, globals: &Globals) -> std::result::Result<(), Failure> {
    let passphrase = passphrase(keyring, globals)?;
    let mut witness = match passphrase {
        Some(_) => None,
        None => Some(Terminal::open().ok_or_else(keyring_alone)?),
    };
    let new = NewVault {
        name: name.to_owned(),
        kind: VaultKind::Local,
        keyring,
        passphrase,
        kdf: None,
    };
    let (vault, code) = Home::locate()?.create(&new, Arc::new(SystemClock))?;
    let shown = code.as_ref().map(shown).unwrap_or_default();
    let body = Zeroizing::new(format!(
        r#"{{"id":"{}","name":{},"recovery_code":"{}"}}"#,
        vault.id(),
        serde_json::Value::from(name.trim()),
        *shown,
    ));
    output::json(body.as_bytes())?;
    if let (Some(terminal), Some(code)) = (&mut witness, &code) {
        confirm(&vault, code, terminal)?;
    }
    vault.close();
    Ok(())
}

/// From the file, or typed twice; none if the keyring alone shall open the vault.
fn passphrase(keyring: bool, globals: &Globals) -> Result<Option<Sensitive>> {
    if let Some(file) = &globals.passphrase_file {
        return input::line(file).map(sensitive).map(Some);
    }
    if keyring {
        return Ok(None);
    }
    let Some(mut terminal) = Terminal::open() else {
        return Err(
            Problem::field("passphrase", "Choose how the vault unlocks.")
                .remedy("Name a file with a passphrase (--passphrase-file)."),
        );
    };
    let first = terminal.ask_secret("Passphrase of the new vault: ")?;
    if *terminal.ask_secret("Once more: ")? != *first {
        return Err(Problem::field("passphrase", "The passphrases differ."));
    }
    Ok(Some(sensitive(first)))
}

fn keyring_alone() -> Problem {
    Problem::new(
        Code::RecoveryRequired,
        "A vault that only the keyring opens would be lost with it.",
    )
    .remedy(
        "Add a passphrase (--passphrase-file), or run it on a terminal, where the recovery code can \
         be confirmed.",
    )
}

fn shown(code: &RecoveryCode) -> Zeroizing<String> {
    let room = code.groups.iter().map(|group| group.len() + 1).sum();
    let mut text = Zeroizing::new(String::with_capacity(room));
    for (at, group) in code.groups.iter().enumerate() {
        if at > 0 {
            text.push('-');
        }
        text.push_str(group);
    }
    text
}

/// The person shows that the recovery code is written down; nothing can be saved before.
fn confirm(vault: &Vault, code: &RecoveryCode, terminal: &mut Terminal) -> Result<()> {
    terminal.show("Write the recovery code down. Nothing can be saved before it is confirmed.\n");
    let mut tries = 0;
    loop {
        let mut answers = Vec::new();
        for at in code.ask {
            let question = format!("Group {} of the recovery code: ", at + 1);
            answers.push((at, terminal.ask_secret(&question)?.to_string()));
        }
        tries += 1;
        match vault.confirm_recovery_code(&answers) {
            Err(problem) if problem.code == Code::WrongKey && tries < TRIES => {
                terminal.show(&format!("{}\n", problem.message));
            }
            confirmed => return confirmed,
        }
    }
}
