//! The instance that secrets are copied to: open beside the active one while somebody copies.
//!
//! **Invariant:** there is one at most, and it is closed when the copying ends or the active instance
//! is closed or replaced. Nothing runs for it: no schedule, no orders, no server.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyturn_api::copy::{
    CopyOutcome, CopyPlan, CopyReceipt, CopyRequest, CopySide, CopyWatch, plan, run,
};
use keyturn_api::{Code, Instance, Problem, Result};
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::Desk;
use super::active::{Entry, Open};
use super::instances::{InstanceKind, InstanceRow, InstanceStatus};
use super::opening::by_itself;
use crate::events::{CopyProgressed, PageEvents};
use crate::remotes::RemoteKind;

/// Why a vault cannot be opened beside another.
const NEEDS_A_PERSON: &str =
    "Only its passphrase opens it. Unlock it once and let the keyring unlock it from then on.";
/// Why a remote instance cannot.
const NEEDS_ITS_KEY: &str = "Its API key is asked for each time. Open it once and come back.";

/// An instance that can be copied to.
#[derive(Debug, Serialize, Type)]
pub(crate) struct CopyTarget {
    /// UUID.
    pub(crate) id: String,
    /// Name the person gave it.
    pub(crate) name: String,
    /// What stands behind it.
    pub(crate) kind: InstanceKind,
    /// Where it is.
    pub(crate) location: String,
    /// Number of its colour, 0 to 7.
    pub(crate) color: u8,
    /// Why it cannot be; absent: it can.
    pub(crate) hindrance: Option<String>,
}

/// What is open beside the active instance.
#[derive(Default)]
pub(super) struct Beside {
    target: Mutex<Option<Target>>,
    /// Copies this program left unfinished: where, and the secret.
    parts: Mutex<HashSet<(Uuid, String)>>,
}

/// An instance that is copied to.
#[derive(Clone)]
pub(crate) struct Target {
    id: Uuid,
    open: Open,
    is_keyturn: bool,
    cancelled: Arc<AtomicBool>,
}

impl Beside {
    /// Closes what is open, and ends what is being copied there.
    pub(super) fn close(&self) {
        if let Some(target) = self.target().take() {
            target.cancelled.store(true, Ordering::Release);
            target.open.close();
        }
    }

    fn target(&self) -> MutexGuard<'_, Option<Target>> {
        self.target.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn parts(&self) -> MutexGuard<'_, HashSet<(Uuid, String)>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Every instance but the active one, with what keeps it from being copied to.
    pub(crate) fn copy_targets(&self) -> Result<Vec<CopyTarget>> {
        let status = self.status()?;
        let active = status.active.map(|active| active.id);
        let others = status.instances.into_iter();
        let others = others.filter(|row| active.as_ref() != Some(&row.id));
        Ok(others.map(|row| self.copy_target(row)).collect())
    }

    fn copy_target(&self, row: InstanceRow) -> CopyTarget {
        let hindrance = match row.status {
            InstanceStatus::Unavailable => row.attention,
            InstanceStatus::KeyNeeded => Some(NEEDS_ITS_KEY.to_owned()),
            _ if row.kind.is_remote() => None,
            _ => self
                .needs_a_person(&row.id)
                .then(|| NEEDS_A_PERSON.to_owned()),
        };
        CopyTarget {
            id: row.id,
            name: row.name,
            kind: row.kind,
            location: row.location,
            color: row.color,
            hindrance,
        }
    }

    fn needs_a_person(&self, id: &str) -> bool {
        let Ok(id) = Uuid::try_parse(id) else {
            return true;
        };
        let locked = self.home().and_then(|home| home.lookup(id));
        locked.map_or(true, |locked| by_itself(&locked).is_none())
    }

    /// Opens an instance to copy to, unless it is open beside the active one already. May wait for
    /// the keyring.
    pub(crate) fn open_target(&self, id: Uuid) -> Result<Target> {
        if let Some(open) = self.beside.target().clone().filter(|open| open.id == id) {
            return Ok(open);
        }
        if self
            .active()
            .as_ref()
            .is_some_and(|active| active.entry.id() == id)
        {
            return Err(Problem::field(
                "target",
                "The secret is in this instance already.",
            ));
        }
        let turn = self.turn();
        let entry = self.entry(id)?;
        let target = Target {
            id,
            open: self.open_for_copies(&entry)?,
            is_keyturn: entry.is_keyturn(),
            cancelled: Arc::default(),
        };
        let active = self.active();
        if self.turn() != turn {
            drop(active);
            target.open.close();
            return Err(super::locked());
        }
        let before = self.beside.target().replace(target.clone());
        drop(active);
        if let Some(before) = before {
            before.cancelled.store(true, Ordering::Release);
            before.open.close();
        }
        Ok(target)
    }

    fn open_for_copies(&self, entry: &Entry) -> Result<Open> {
        let home = self.home()?;
        match entry {
            Entry::Remote(entry) => {
                let key = self.remote_keys.find(home.keyring(), entry)?;
                entry.route.remote(key).map(Open::Remote)
            }
            Entry::Vault(entry) => {
                let locked = home.lookup(entry.id)?;
                let with = by_itself(&locked)
                    .ok_or_else(|| Problem::new(Code::VaultLocked, NEEDS_A_PERSON))?;
                let vault = locked.unlock(with, Arc::clone(&self.clock))?;
                Ok(Open::Vault(vault))
            }
        }
    }

    /// What copying a secret of the active instance would do.
    pub(crate) async fn plan_copy(
        &self,
        target: &Target,
        request: &CopyRequest,
    ) -> Result<CopyPlan> {
        let (source, is_keyturn) = self.copy_source()?;
        let (source, there) = self.sides(&*source, is_keyturn, target);
        plan(source, there, request, self.now()).await
    }

    /// Copies a secret of the active instance.
    pub(crate) async fn run_copy(
        &self,
        target: &Target,
        request: &CopyRequest,
    ) -> Result<CopyReceipt> {
        let (source, is_keyturn) = self.copy_source()?;
        target.cancelled.store(false, Ordering::Release);
        let watch = Progress {
            page: self.page.clone(),
            secret_id: request.secret_id.clone(),
            cancelled: Arc::clone(&target.cancelled),
        };
        let (source, there) = self.sides(&*source, is_keyturn, target);
        let receipt = run(source, there, request, self.now(), &watch).await?;
        if let (Some(id), true) = (&receipt.secret_id, receipt.outcome != CopyOutcome::Checked) {
            self.beside.parts().insert((target.id, id.clone()));
        }
        Ok(receipt)
    }

    /// Ends what is being copied, between two versions.
    pub(crate) fn cancel_copy(&self) {
        if let Some(target) = self.beside.target().as_ref() {
            target.cancelled.store(true, Ordering::Release);
        }
    }

    /// Removes what an unfinished copy left there; nothing else can be removed this way.
    pub(crate) async fn remove_part(&self, target: &Target, secret_id: &str) -> Result<()> {
        let part = (target.id, secret_id.to_owned());
        if !self.beside.parts().contains(&part) {
            return Err(Problem::not_found("copy"));
        }
        let instance = target.open.instance();
        instance
            .delete_secret(self.owner(), secret_id, None)
            .await?;
        self.beside.parts().remove(&part);
        Ok(())
    }

    /// Closes the instance that was copied to.
    pub(crate) fn end_copy(&self) {
        self.beside.close();
    }

    fn copy_source(&self) -> Result<(Arc<dyn Instance>, bool)> {
        let active = self.active();
        let active = active.as_ref().ok_or_else(super::none_open)?;
        let open = active.open.as_ref().ok_or_else(super::locked)?;
        Ok((open.instance(), active.entry.is_keyturn()))
    }

    fn sides<'a>(
        &'a self,
        source: &'a dyn Instance,
        is_keyturn: bool,
        target: &'a Target,
    ) -> (CopySide<'a>, CopySide<'a>) {
        let caller = self.owner();
        let source = CopySide {
            instance: source,
            caller,
            is_keyturn,
        };
        let there = CopySide {
            instance: target.open.as_instance(),
            caller,
            is_keyturn: target.is_keyturn,
        };
        (source, there)
    }
}

impl Entry {
    /// Whether it knows what goes beyond API v2.
    fn is_keyturn(&self) -> bool {
        match self {
            Self::Vault(_) => true,
            Self::Remote(entry) => entry.kind == RemoteKind::KeyturnServer,
        }
    }
}

/// Tells the page how far a copy is.
struct Progress {
    page: PageEvents,
    secret_id: String,
    cancelled: Arc<AtomicBool>,
}

impl CopyWatch for Progress {
    fn progressed(&self, done: u32, total: u32) {
        self.page.emit(&CopyProgressed {
            secret_id: self.secret_id.clone(),
            done,
            total,
        });
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use keyturn_api::copy::CopyGroup;
    use keyturn_api::secret::{NewDetail, arbitrary};
    use keyturn_api::{ListSecrets, NewSecret, Plaintext};
    use keyturn_vault::seal::KeyringStore;
    use keyturn_vault::{Home, wait};

    use super::super::creation::NewVaultForm;
    use super::*;
    use crate::remotes::keys::tests::TestKeyring;

    fn desk(folder: &std::path::Path) -> Desk {
        let home = Home::at(folder.join("data")).unwrap();
        let keyring = Arc::new(TestKeyring::default());
        Desk::at(Ok(home.with_keyring(keyring as Arc<dyn KeyringStore>)))
    }

    /// Makes a vault, which is the active one then.
    fn create(desk: &Desk, name: &str, keyring: bool) -> Uuid {
        let form = serde_json::json!({
            "name": name, "sample": false, "keyring": keyring, "passphrase": "correct horse battery",
        });
        let form: NewVaultForm = serde_json::from_value(form).unwrap();
        desk.create(form).unwrap().id.parse().unwrap()
    }

    fn secret(desk: &Desk) -> CopyRequest {
        let new = NewSecret {
            name: "db".to_owned(),
            description: None,
            secret_group_id: "default".to_owned(),
            labels: Vec::new(),
            custom_metadata: None,
            version_custom_metadata: None,
            reminder: None,
            detail: NewDetail::Arbitrary(arbitrary::New {
                payload: Plaintext::text("hunter2".to_owned()),
                expiration_date: None,
            }),
        };
        let made = wait(desk.vault().unwrap().create_secret(desk.owner(), new));
        CopyRequest {
            secret_id: made.unwrap().view.metadata.id,
            name: None,
            group: CopyGroup::SameName,
        }
    }

    fn answers(target: &Target, desk: &Desk) -> bool {
        let all = ListSecrets::default();
        let listed = target.open.as_instance().list_secrets(desk.owner(), &all);
        wait(listed).is_ok()
    }

    #[test]
    fn a_vault_that_asks_a_person_cannot_be_copied_to() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path());
        let asks = create(&desk, "Asks", false);
        create(&desk, "Opens", true);
        let active = create(&desk, "Active", true);
        let told: Vec<_> = desk.copy_targets().unwrap();
        let told: Vec<_> = told
            .iter()
            .map(|target| (target.name.as_str(), target.hindrance.is_some()))
            .collect();
        assert_eq!(told, [("Asks", true), ("Opens", false)]);
        assert_eq!(
            desk.open_target(asks).err().unwrap().code,
            Code::VaultLocked
        );
        assert_eq!(
            desk.open_target(active).err().unwrap().code,
            Code::BadRequest
        );
    }

    #[test]
    fn the_target_is_open_until_the_copying_ends_or_the_window_locks() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path());
        let other = create(&desk, "Other", true);
        let active = create(&desk, "Active", true);
        let request = secret(&desk);
        let target = desk.open_target(other).unwrap();
        assert!(
            wait(desk.plan_copy(&target, &request))
                .unwrap()
                .hindrance
                .is_none()
        );
        let receipt = wait(desk.run_copy(&target, &request)).unwrap();
        assert_eq!(receipt.outcome, CopyOutcome::Checked);
        let id = receipt.secret_id.unwrap();
        let refused = wait(desk.remove_part(&target, &id)).unwrap_err();
        assert_eq!(refused.code, Code::NotFound, "it is no part");

        desk.end_copy();
        assert!(!answers(&target, &desk));
        let target = desk.open_target(other).unwrap();
        assert!(answers(&target, &desk));
        desk.close();
        assert!(!answers(&target, &desk));
        assert!(wait(desk.run_copy(&target, &request)).is_err());
        desk.open(active).unwrap();
        let target = desk.open_target(other).unwrap();
        desk.open(other).unwrap();
        assert!(
            !answers(&target, &desk),
            "it is the active one, and open once"
        );
        let there = desk.instance().unwrap();
        let page = wait(there.list_secrets(desk.owner(), &ListSecrets::default()));
        assert_eq!(page.unwrap().total_count, 1);
    }
}
