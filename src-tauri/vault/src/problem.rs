//! How failures of the layers below read to people.

use keyturn_api::{Code, Problem};

use crate::{
    seal::{HeaderError, KdfError, KeyringTrouble, Kind, RecordId, SealError, UnlockError},
    store::StoreError,
};

/// A record does not open: it was changed from outside, or belongs elsewhere.
pub(crate) fn damaged(id: &RecordId, error: SealError) -> Problem {
    Problem::new(
        Code::Damaged,
        format!("A record of the vault is damaged ({}): {error}.", name(id)),
    )
    .remedy("Nothing was changed. Restore the vault's file from a backup.")
}

/// A record opens, but what is inside makes no sense to this version.
pub(crate) fn unreadable(id: &RecordId) -> Problem {
    Problem::new(
        Code::Damaged,
        format!("A record of the vault cannot be read ({}).", name(id)),
    )
    .remedy("It may have been written by a newer Keyturn. Update Keyturn.")
}

fn name(id: &RecordId) -> String {
    let kind = match id.kind {
        Kind::Secret => "secret",
        Kind::Version => "version",
        Kind::Setting => "setting",
        Kind::Audit => "audit record",
        Kind::Dek => "data key",
        Kind::Token => "API keys",
        _ => "record",
    };
    format!("{kind} {}", id.object)
}

/// The store's answer, for people.
pub(crate) fn store(error: &StoreError) -> Problem {
    let (code, remedy) = match error {
        StoreError::NotFound => (Code::NotFound, "Check whether the folder was moved."),
        StoreError::NotAVault => (Code::NotAVault, "Nothing was changed. Choose another file."),
        StoreError::Damaged(_) => (
            Code::Damaged,
            "Nothing was changed. Restore the vault's file from a backup.",
        ),
        StoreError::NewerFormat { .. } => (
            Code::NewerFormat,
            "Nothing was changed. Update Keyturn to open this vault.",
        ),
        StoreError::Permissions { .. } | StoreError::Symlink | StoreError::NotRegular => (
            Code::Permissions,
            "Nothing was changed. Make it a plain file that only you can read and write.",
        ),
        StoreError::ReadOnly => (
            Code::ReadOnly,
            "Nothing was saved. Make the vault's file and folder writable.",
        ),
        StoreError::Full => (
            Code::DiskFull,
            "Nothing was saved. Free some space, then try again.",
        ),
        StoreError::Busy => (
            Code::Busy,
            "Nothing was saved. Close the other program, try again.",
        ),
        _ => (Code::Io, "Nothing was saved. Try again."),
    };
    Problem::new(code, sentence(&error.to_string())).remedy(remedy)
}

/// Why the vault did not unlock.
pub(crate) fn unlock(error: &UnlockError) -> Problem {
    match error {
        UnlockError::NoSuchSlot => {
            Problem::new(Code::WrongKey, "This vault does not unlock that way.")
                .remedy("Use another unlock method.")
        }
        UnlockError::WrongPassphrase => {
            Problem::new(Code::WrongKey, "This passphrase does not open the vault.")
                .at(keyturn_api::Target::field("passphrase"))
                .remedy("Check the keyboard layout and Caps Lock, or use the recovery code.")
        }
        UnlockError::WrongRecoveryCode => Problem::new(
            Code::WrongKey,
            "This recovery code belongs to another vault, or was replaced.",
        )
        .at(keyturn_api::Target::field("recovery_code"))
        .remedy("Look for the code that was shown last for this vault."),
        UnlockError::Mistyped(error) => Problem::new(Code::WrongKey, sentence(&error.to_string()))
            .at(keyturn_api::Target::field("recovery_code"))
            .remedy("Compare it with what you wrote down."),
        UnlockError::Keyring(trouble) => keyring(*trouble),
        UnlockError::DamagedSlot => Problem::new(
            Code::Damaged,
            "This unlock method is damaged in the vault's file.",
        )
        .remedy("Use another unlock method, then set this one up again."),
        other => Problem::new(Code::Damaged, sentence(&other.to_string()))
            .remedy("Use another unlock method."),
    }
}

/// Why the keyring did not help.
pub(crate) fn keyring(trouble: KeyringTrouble) -> Problem {
    let (code, remedy) = match trouble {
        KeyringTrouble::Locked | KeyringTrouble::TimedOut => (
            Code::KeyringLocked,
            "Unlock the keyring and try again, or use the passphrase or the recovery code.",
        ),
        KeyringTrouble::NoEntry => (
            Code::KeyringNoEntry,
            "Use the passphrase or the recovery code; then the keyring can be set up again.",
        ),
        KeyringTrouble::ForeignKey | KeyringTrouble::Ambiguous => (
            Code::KeyringForeignKey,
            "Nothing was changed there. Use the passphrase or the recovery code.",
        ),
        _ => (
            Code::KeyringAbsent,
            "Use the passphrase or the recovery code.",
        ),
    };
    Problem::new(code, sentence(&trouble.to_string())).remedy(remedy)
}

/// Why the header was not accepted.
pub(crate) fn header(error: HeaderError) -> Problem {
    let (code, remedy) = match error {
        HeaderError::NotAVault => (Code::NotAVault, "Nothing was changed. Choose another file."),
        HeaderError::NewerFormat { .. } | HeaderError::UnknownSuite { .. } => (
            Code::NewerFormat,
            "Nothing was changed. Update Keyturn to open this vault.",
        ),
        HeaderError::TooManySlots => (Code::LimitReached, "Remove an unlock method first."),
        _ => (
            Code::Damaged,
            "Nothing was changed. Restore the vault's file from a backup.",
        ),
    };
    Problem::new(code, sentence(&error.to_string())).remedy(remedy)
}

/// Why a passphrase could not be turned into a key.
pub(crate) fn kdf(error: KdfError) -> Problem {
    Problem::new(Code::Io, sentence(&error.to_string()))
        .remedy("Close other programs to free memory, then try again.")
}

/// The vault is locked.
pub(crate) fn locked() -> Problem {
    Problem::new(Code::VaultLocked, "The vault is locked.").remedy("Unlock it to go on.")
}

/// A message of a layer below as a sentence.
fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    format!(
        "{}{}.",
        first.unwrap_or_default(),
        characters.as_str().trim_end_matches('.')
    )
}
