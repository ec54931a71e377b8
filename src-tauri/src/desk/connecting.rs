//! Remote instances: how one is tested, connected, and gets another key.

use std::sync::Arc;

use keyturn_api::{Problem, Result, SecretView};
use keyturn_client::{Cache, Probe, Remote};
use uuid::Uuid;

use super::Desk;
use super::active::{Entry, Open};
use super::instances::ActiveInstance;
use crate::events::InstanceChanged;
use crate::remotes::form::{KeyForm, NewConnection};
use crate::remotes::keys::take_out;
use crate::remotes::seen::SeenFile;
use crate::remotes::{Offline, RemoteEntry, RemoteKind, Remotes};

impl Desk {
    /// The list of remote instances.
    pub(super) fn remotes(&self) -> Result<Remotes> {
        Ok(Remotes::of(self.home()?.path()))
    }

    /// The remote instance with an id, if it is one.
    pub(super) fn remote_entry(&self, id: Uuid) -> Result<Option<RemoteEntry>> {
        self.remotes()?.find(id)
    }

    /// Keeps the key of an instance that answered, adds it to the list, and makes it the active one.
    pub(crate) fn connect(&self, new: NewConnection, probe: &Probe) -> Result<ActiveInstance> {
        let count = self.home()?.vaults()?.len() + self.remotes()?.all()?.len();
        let entry = RemoteEntry {
            id: Uuid::new_v4(),
            name: new.name,
            color: u8::try_from(count % 8).unwrap_or_default(),
            kind: RemoteKind::from(&probe.kind),
            route: new.route,
            secrets_total: Some(probe.secrets_total),
            ask_for_key: new.ask_for_key,
        };
        let home = self.home()?;
        self.remote_keys
            .keep(home.keyring(), entry.id, &new.api_key, new.ask_for_key)?;
        if let Err(problem) = self.remotes()?.add(entry.clone()) {
            let _ = self.remote_keys.forget(home.keyring(), entry.id);
            return Err(problem);
        }
        self.open_remote(entry)
    }

    /// Gives a known instance another key, and makes it the active one with that.
    pub(crate) fn replace_key(&self, id: Uuid, form: &KeyForm) -> Result<ActiveInstance> {
        let home = self.home()?;
        let entry = self
            .remote_entry(id)?
            .ok_or_else(|| Problem::not_found("instance"))?;
        self.remote_keys
            .keep(home.keyring(), id, &form.api_key, form.ask_for_key)?;
        if form.ask_for_key && !entry.ask_for_key {
            take_out(home.keyring(), id)?;
        }
        let edited = self
            .remotes()?
            .edit(id, |entry| entry.ask_for_key = form.ask_for_key)?;
        self.open_remote(edited)
    }

    /// The instance behind a known entry, with another key, connected to nothing yet.
    pub(crate) fn remote_with(&self, id: Uuid, form: &KeyForm) -> Result<Arc<Remote>> {
        let entry = self.remote_entry(id)?;
        let entry = entry.ok_or_else(|| Problem::not_found("instance"))?;
        entry.route.remote(form.api_key.clone())
    }

    /// Makes a remote instance the active one. Nothing is sent yet; what its reach is shows with the
    /// first answer.
    pub(super) fn open_remote(&self, entry: RemoteEntry) -> Result<ActiveInstance> {
        let turn = self.turn();
        let home = self.home()?;
        let key = self.remote_keys.find(home.keyring(), &entry)?;
        let seen = SeenFile::new(home.path(), entry.id, key.clone());
        let remote = entry
            .route
            .remembering(key, entry.kind.service(), Some(Arc::new(seen)))?;
        self.put_in_turn(turn, Entry::Remote(Box::new(entry)), Open::Remote(remote));
        self.active_instance()
            .ok_or_else(|| Problem::not_found("instance"))
    }

    /// The secrets that were last seen of an instance that is not open; none if nothing was, or its
    /// key cannot be had without asking.
    pub(crate) fn remembered(&self, id: Uuid) -> Vec<SecretView> {
        let seen = || -> Result<Vec<SecretView>> {
            let home = self.home()?;
            let entry = self.remote_entry(id)?;
            let entry = entry.ok_or_else(|| Problem::not_found("instance"))?;
            let key = self.remote_keys.find(home.keyring(), &entry)?;
            let seen = SeenFile::new(home.path(), id, key).load();
            Ok(seen
                .map(|seen| keyturn_client::seen_secrets(&seen))
                .unwrap_or_default())
        };
        seen().unwrap_or_default()
    }

    /// Asks the open remote instance once more; what it answered shows in its reach.
    pub(crate) async fn retry_connection(&self) -> Result<()> {
        let Some(remote) = self.remote() else {
            return Ok(());
        };
        let asked = remote.probe().await;
        self.page.emit(&InstanceChanged {});
        asked.map(drop)
    }

    /// Why nothing can be done in the open instance now, if it does not answer.
    pub(crate) fn offline(&self) -> Option<Offline> {
        self.remote().and_then(|remote| Offline::of(remote.reach()))
    }

    /// A secret as it was seen last: while the instance does not answer, nothing can be done with it.
    pub(crate) fn as_reached(&self, mut view: SecretView) -> SecretView {
        if self.offline().is_some() {
            let reason = || Some(Offline::HINDRANCE.to_owned());
            view.availability.view = reason();
            view.availability.rotate = reason();
            view.availability.edit = reason();
            view.availability.delete = reason();
        }
        view
    }
}

#[cfg(test)]
mod tests {
    use keyturn_api::Code;
    use keyturn_client::ServiceKind;
    use keyturn_vault::Home;
    use keyturn_vault::seal::{KeyringStore, KeyringTrouble};
    use zeroize::Zeroizing;

    use super::super::creation::NewVaultForm;
    use super::super::instances::{InstanceKind, InstanceStatus};
    use super::*;
    use crate::remotes::form::tests::route;
    use crate::remotes::keys::tests::TestKeyring;

    struct Fixture {
        desk: Desk,
        keyring: Arc<TestKeyring>,
        folder: tempfile::TempDir,
    }

    fn fixture() -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Arc::new(TestKeyring::default());
        let desk = desk(folder.path(), &keyring);
        Fixture {
            desk,
            keyring,
            folder,
        }
    }

    /// A run of the program.
    fn desk(folder: &std::path::Path, keyring: &Arc<TestKeyring>) -> Desk {
        let home = Home::at(folder.join("data")).unwrap();
        Desk::at(Ok(
            home.with_keyring(Arc::clone(keyring) as Arc<dyn KeyringStore>)
        ))
    }

    fn new(name: &str, ask_for_key: bool) -> NewConnection {
        NewConnection {
            name: name.to_owned(),
            route: route("http://127.0.0.1:9"), // nobody answers there
            api_key: Zeroizing::new("hunter2".to_owned()),
            ask_for_key,
        }
    }

    fn probe() -> Probe {
        Probe {
            kind: ServiceKind::IbmCloud,
            secrets_total: 7,
            allowed: Vec::new(),
        }
    }

    fn connect(desk: &Desk, name: &str, ask_for_key: bool) -> Uuid {
        let active = desk.connect(new(name, ask_for_key), &probe()).unwrap();
        active.id.parse().unwrap()
    }

    fn create_vault(desk: &Desk) -> Uuid {
        let form = serde_json::json!({
            "name": "Mine", "sample": false, "keyring": true, "passphrase": null,
        });
        let form: NewVaultForm = serde_json::from_value(form).unwrap();
        desk.create(form).unwrap().id.parse().unwrap()
    }

    fn key(text: &str, ask_for_key: bool) -> KeyForm {
        KeyForm {
            api_key: Zeroizing::new(text.to_owned()),
            ask_for_key,
        }
    }

    fn status_of(desk: &Desk, id: Uuid) -> InstanceStatus {
        let rows = desk.status().unwrap().instances;
        let row = rows.into_iter().find(|row| row.id == id.to_string());
        row.unwrap().status
    }

    #[test]
    fn vaults_and_remote_instances_take_turns() {
        let Fixture {
            desk,
            folder: _folder,
            ..
        } = fixture();
        let mine = create_vault(&desk);
        let vault = desk.vault().unwrap();
        let remote = connect(&desk, "Production", false);
        assert!(vault.methods().is_empty(), "the vault is closed");
        let active = desk.active_instance().unwrap();
        assert_eq!(active.kind, InstanceKind::IbmCloud);
        assert!(active.unlocked && active.recovery_confirmed);
        assert_eq!(active.remote.unwrap().service_url, "http://127.0.0.1:9");
        assert!(desk.instance().is_ok());
        assert_eq!(desk.vault().err().unwrap().code, Code::NotSupported);
        assert_eq!(desk.settings.last_instance(), Some(remote));

        let closed = desk.remote().unwrap();
        assert!(desk.open(mine).unwrap().unlocked);
        assert!(desk.remote().is_none() && desk.vault().is_ok());
        assert!(keyturn_vault::wait(closed.probe()).is_err());
        assert_eq!(status_of(&desk, remote), InstanceStatus::Closed);
        assert!(desk.open(remote).unwrap().unlocked);
        // nobody listens there, which the count of its secrets may have noticed by now
        let status = status_of(&desk, remote);
        let open = [InstanceStatus::Active, InstanceStatus::Offline];
        assert!(open.contains(&status), "{status:?}");
    }

    #[test]
    fn locking_leaves_no_remote_instance_open_and_the_next_start_opens_it() {
        let Fixture {
            desk: first,
            keyring,
            folder,
        } = fixture();
        let id = connect(&first, "Production", false);
        assert!(first.close());
        assert!(!first.close());
        assert!(first.active_instance().is_none());
        assert_eq!(first.instance().err().unwrap().code, Code::VaultLocked);
        let again = desk(folder.path(), &keyring);
        assert_eq!(again.settings.last_instance(), Some(id));
        assert!(again.open(id).unwrap().unlocked);
        let rows = again.status().unwrap().instances;
        assert_eq!(
            (rows[0].secrets, rows[0].location.as_str()),
            (Some(7), "127.0.0.1:9")
        );
    }

    #[test]
    fn the_key_lies_in_the_keyring_and_in_no_file() {
        let Fixture {
            desk,
            keyring,
            folder,
        } = fixture();
        let id = connect(&desk, "Production", false);
        let entry = keyring.entries.lock().unwrap()[&format!("apikey:{id}")].clone();
        assert_eq!(entry, b"hunter2");
        for name in ["remotes.json", "settings.json"] {
            let file = std::fs::read_to_string(folder.path().join("data").join(name)).unwrap();
            assert!(!file.contains("hunter2"), "{name}");
        }
        desk.replace_key(id, &key("hunter3", true)).unwrap();
        assert!(keyring.entries.lock().unwrap().is_empty());
        assert!(desk.active_instance().is_some());
    }

    #[test]
    fn a_key_that_is_asked_for_is_needed_after_each_start() {
        let Fixture {
            desk: first,
            keyring,
            folder,
        } = fixture();
        let id = connect(&first, "Production", true);
        first.close();
        assert!(
            first.open(id).unwrap().unlocked,
            "it is known until the end"
        );
        let again = desk(folder.path(), &keyring);
        assert_eq!(again.open(id).unwrap_err().code, Code::KeyringNoEntry);
        assert_eq!(status_of(&again, id), InstanceStatus::KeyNeeded);
        assert!(
            again
                .replace_key(id, &key("hunter2", true))
                .unwrap()
                .unlocked
        );
        assert!(keyring.entries.lock().unwrap().is_empty());
    }

    #[test]
    fn without_a_keyring_nothing_is_added() {
        let Fixture {
            desk,
            keyring,
            folder: _folder,
        } = fixture();
        *keyring.trouble.lock().unwrap() = Some(KeyringTrouble::Absent);
        let problem = desk
            .connect(new("Production", false), &probe())
            .unwrap_err();
        assert_eq!(problem.code, Code::KeyringAbsent);
        assert_eq!(problem.target.unwrap().name, "ask_for_key");
        assert!(desk.status().unwrap().instances.is_empty());
        connect(&desk, "Production", true);
    }

    #[test]
    fn removing_forgets_what_this_computer_knows() {
        let Fixture {
            desk,
            keyring,
            folder: _folder,
        } = fixture();
        let id = connect(&desk, "Production", false);
        desk.set_view_state("engine", "\"public\"").unwrap();
        desk.rename(id, " Staging ").unwrap();
        desk.set_color(id, 5).unwrap();
        assert!(desk.set_color(id, 8).is_err());
        let active = desk.active_instance().unwrap();
        assert_eq!((active.name.as_str(), active.color), ("Staging", 5));
        assert!(desk.remove(id, "Production").is_err());
        assert!(desk.is_open());
        desk.remove(id, "Staging").unwrap();
        assert!(desk.status().unwrap().instances.is_empty());
        assert!(desk.active_instance().is_none());
        assert!(keyring.entries.lock().unwrap().is_empty());
        assert_eq!(desk.settings.view_state(id, "engine"), None);
        assert_eq!(desk.settings.last_instance(), None);
    }

    #[test]
    fn views_and_look_ups_of_remote_instances_are_their_own() {
        let Fixture {
            desk,
            folder: _folder,
            ..
        } = fixture();
        let one = connect(&desk, "One", false);
        desk.set_view_state("engine", "\"public\"").unwrap();
        let mut lookup = desk.dns_lookup().unwrap();
        lookup.authoritative_only = true;
        assert_eq!(desk.set_dns_lookup(&lookup).unwrap(), lookup);
        lookup.resolvers = vec!["no address".to_owned()];
        assert!(desk.set_dns_lookup(&lookup).is_err());
        connect(&desk, "Two", false);
        assert_eq!(desk.view_state("engine").unwrap(), None);
        assert!(!desk.dns_lookup().unwrap().authoritative_only);
        desk.open(one).unwrap();
        assert_eq!(
            desk.view_state("engine").unwrap().as_deref(),
            Some("\"public\"")
        );
        assert!(desk.dns_lookup().unwrap().authoritative_only);
    }
}
