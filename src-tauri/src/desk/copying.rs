//! Copying secrets of the active instance to the one that is open beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keyturn_api::copy::{
    CopyOutcome, CopyPlan, CopyReport, CopyRequest, CopySide, CopyWatch, plan, run,
};
use keyturn_api::{Instance, Problem, Result};

use super::Desk;
use super::beside::Target;
use crate::events::{CopyProgressed, PageEvents};

impl Desk {
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
    ) -> Result<CopyReport> {
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
    use keyturn_api::{Code, ListSecrets, NewSecret, Plaintext};
    use keyturn_vault::seal::KeyringStore;
    use keyturn_vault::{Home, wait};
    use uuid::Uuid;

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
