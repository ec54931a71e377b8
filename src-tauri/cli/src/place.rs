//! Which vault of this computer is meant.

use keyturn_api::{Code, Problem, Result, Target};
use keyturn_vault::{Home, VaultEntry};
use serde_json::Value;
use uuid::Uuid;

/// The vault with a name or id; without one the only vault there is, or the one that the window had
/// open last.
pub(crate) fn find(home: &Home, named: Option<&str>) -> Result<VaultEntry> {
    let vaults = home.vaults()?;
    let Some(named) = named else {
        return usual(home, vaults);
    };
    let id = Uuid::try_parse(named).ok();
    let mut found = vaults
        .into_iter()
        .filter(|vault| vault.name == named || Some(vault.id) == id);
    match (found.next(), found.next()) {
        (Some(vault), None) => Ok(vault),
        (None, _) => Err(Problem::new(Code::NotFound, "There is no such vault.")
            .at(Target::parameter("vault"))
            .remedy("«keyturn vaults» lists them.")),
        (Some(_), Some(_)) => Err(
            Problem::new(Code::Ambiguous, "Several vaults have this name.")
                .at(Target::parameter("vault"))
                .remedy("Name it by its id; «keyturn vaults» lists them."),
        ),
    }
}

fn usual(home: &Home, mut vaults: Vec<VaultEntry>) -> Result<VaultEntry> {
    let last = last_in_window(home);
    if let Some(at) = vaults.iter().position(|vault| Some(vault.id) == last) {
        return Ok(vaults.swap_remove(at));
    }
    match (vaults.pop(), vaults.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Problem::new(
            Code::Ambiguous,
            "There are several vaults on this computer.",
        )
        .remedy("Say which one is meant (--vault); «keyturn vaults» lists them.")),
        (None, _) => Err(
            Problem::new(Code::NotFound, "There is no vault on this computer yet.").remedy(
                "Make one («keyturn vault create»), or name a remote instance (--service-url).",
            ),
        ),
    }
}

/// What the window remembers in its settings.
fn last_in_window(home: &Home) -> Option<Uuid> {
    let settings = std::fs::read(home.path().join("settings.json")).ok()?;
    let settings: Value = serde_json::from_slice(&settings).ok()?;
    Uuid::try_parse(settings.get("last_instance")?.as_str()?).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use keyturn_vault::{NewVault, SystemClock, VaultKind};

    use super::*;

    #[test]
    fn a_vault_is_found_by_name_by_id_and_by_what_was_open_last() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("home")).unwrap();
        assert_eq!(find(&home, None).unwrap_err().code, Code::NotFound);
        let make = |name: &str| {
            let new = NewVault {
                name: name.to_owned(),
                kind: VaultKind::Sample,
                keyring: false,
                passphrase: None,
                kdf: None,
            };
            home.create(&new, Arc::new(SystemClock)).unwrap().0.id()
        };
        let first = make("First");
        assert_eq!(find(&home, None).unwrap().id, first);
        let second = make("Second");
        assert_eq!(find(&home, None).unwrap_err().code, Code::Ambiguous);
        assert_eq!(find(&home, Some("Second")).unwrap().id, second);
        assert_eq!(find(&home, Some(&first.to_string())).unwrap().id, first);
        assert_eq!(find(&home, Some("Third")).unwrap_err().code, Code::NotFound);
        let settings = format!(r#"{{"settings":{{}},"last_instance":"{second}"}}"#);
        std::fs::write(home.path().join("settings.json"), settings).unwrap();
        assert_eq!(find(&home, None).unwrap().id, second);
    }
}
