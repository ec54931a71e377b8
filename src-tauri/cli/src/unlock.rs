//! How a vault of this computer is opened: by what was named, by what the service manager gives, by
//! the keyring, or by the person at the terminal.

use std::path::PathBuf;
use std::sync::Arc;

use keyturn_api::{Code, Problem, Result};
use keyturn_vault::{
    Home, LockedVault, Sensitive, SystemClock, Unlock, UnlockKind, Vault, VaultKind,
};
use zeroize::Zeroizing;

use crate::options::Globals;
use crate::prompt::Terminal;
use crate::{input, place};

const ANOTHER_WAY: &str = "Name a file with the passphrase (--passphrase-file) or the recovery code \
                           (--recovery-code-file), or run it on a terminal.";

/// Finds and opens the vault. Away from the threads that do other things: a passphrase takes half a
/// second, and a person at the keyring's prompt longer.
pub(crate) async fn open(globals: &Globals) -> Result<Arc<Vault>> {
    let globals = globals.clone();
    let opened = tokio::task::spawn_blocking(move || {
        let home = Home::locate()?;
        let entry = place::find(&home, globals.vault.as_deref())?;
        unlock(&home.lookup(entry.id)?, &globals)
    });
    opened
        .await
        .unwrap_or_else(|_| Err(Problem::new(Code::Io, "The vault could not be opened.")))
}

fn unlock(locked: &LockedVault, globals: &Globals) -> Result<Arc<Vault>> {
    let with = |way: Unlock| locked.unlock(way, Arc::new(SystemClock));
    if locked.entry().kind == VaultKind::Sample {
        return with(Unlock::Sample);
    }
    if let Some(way) = named(globals)? {
        return with(way);
    }
    let has = |kind| locked.methods().iter().any(|method| method.kind == kind);
    let problem = if has(UnlockKind::Keyring) {
        match with(Unlock::Keyring) {
            Err(problem) if is_of_keyring(&problem) => problem,
            opened => return opened,
        }
    } else {
        Problem::new(Code::VaultLocked, "The vault is locked.")
    };
    let Some(mut terminal) = Terminal::open() else {
        return Err(problem.remedy(ANOTHER_WAY));
    };
    let name = &locked.entry().name;
    if has(UnlockKind::Passphrase) {
        let typed = terminal.ask_secret(&format!("Passphrase of the vault «{name}»: "))?;
        with(Unlock::Passphrase(sensitive(typed)))
    } else {
        let typed = terminal.ask_secret(&format!("Recovery code of the vault «{name}»: "))?;
        with(Unlock::RecoveryCode(sensitive(typed)))
    }
}

/// What the options name, or the service manager (systemd: `LoadCredential=`).
fn named(globals: &Globals) -> Result<Option<Unlock>> {
    let passphrase = |file: &PathBuf| input::line(file).map(sensitive).map(Unlock::Passphrase);
    let code = |file: &PathBuf| input::line(file).map(sensitive).map(Unlock::RecoveryCode);
    if let Some(file) = &globals.passphrase_file {
        return passphrase(file).map(Some);
    }
    if let Some(file) = &globals.recovery_code_file {
        return code(file).map(Some);
    }
    let Some(folder) = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from) else {
        return Ok(None);
    };
    let given = folder.join("keyturn-recovery-code");
    if given.exists() {
        return code(&given).map(Some);
    }
    let given = folder.join("keyturn-passphrase");
    if given.exists() {
        return passphrase(&given).map(Some);
    }
    Ok(None)
}

/// Hands a text over without copying it.
pub(crate) fn sensitive(mut text: Zeroizing<String>) -> Sensitive {
    Sensitive::from_string(std::mem::take(&mut *text))
}

/// Whether another way to unlock helps.
fn is_of_keyring(problem: &Problem) -> bool {
    matches!(
        problem.code,
        Code::KeyringAbsent | Code::KeyringLocked | Code::KeyringNoEntry | Code::KeyringForeignKey
    )
}
