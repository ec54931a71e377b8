//! Locks and secret groups.

use http::Method;
use keyturn_api::wire::{answer, request};
use keyturn_api::{
    ListLocks, Lock, LockMode, NewLocks, Page, Result, SecretGroupView, SecretLocks, VersionAlias,
    VersionRef,
};
use zeroize::Zeroizing;

use super::secrets::version_path;
use super::{Ask, Remote, in_path, secret_path};

impl Remote {
    pub(super) async fn locks(
        &self,
        id: &str,
        version: Option<&VersionRef>,
        query: &ListLocks,
    ) -> Result<Page<Lock>> {
        let query = request::list_locks(query);
        let path = place(id, version, &format!("/locks?{query}"))?;
        answer::locks(&self.ask(Ask::get(&path)).await?.body)
    }

    pub(super) async fn lock_version(
        &self,
        id: &str,
        version: &VersionRef,
        new: &NewLocks,
    ) -> Result<SecretLocks> {
        let mode = match new.mode {
            None => "",
            Some(LockMode::RemovePrevious) => "?mode=remove_previous",
            Some(LockMode::RemovePreviousAndDelete) => "?mode=remove_previous_and_delete",
        };
        let current = *version == VersionRef::Alias(VersionAlias::Current);
        let version = Some(version).filter(|_| !current);
        let path = place(id, version, &format!("/locks_bulk{mode}"))?;
        let ask = Ask::post(&path, request::new_locks(new));
        let locks = answer::secret_locks(&self.ask(ask).await?.body);
        self.tell_change();
        locks
    }

    pub(super) async fn unlock(
        &self,
        id: &str,
        version: Option<&VersionRef>,
        names: Option<&[String]>,
    ) -> Result<SecretLocks> {
        let names = names.map(|names| {
            let names = names.iter().map(|name| in_path(name));
            format!("?name={}", names.collect::<Vec<_>>().join(","))
        });
        let below = format!("/locks_bulk{}", names.unwrap_or_default());
        let path = place(id, version, &below)?;
        let ask = Ask::with(Method::DELETE, &path, Zeroizing::default());
        let locks = answer::secret_locks(&self.ask(ask).await?.body);
        self.tell_change();
        locks
    }

    pub(super) async fn groups(&self) -> Result<Vec<SecretGroupView>> {
        let known = |memory: &super::Memory| {
            let groups = &memory.seen.groups;
            (!groups.is_empty()).then(|| groups.clone())
        };
        let path = "/api/v2/secret_groups";
        let mut groups = self.read(path, answer::secret_groups, known).await?;
        // `default` first, the others by name
        groups.sort_by_cached_key(|view| {
            (view.group.id != "default", view.group.name.to_lowercase())
        });
        if !self.is_keyturn().await? {
            self.count_groups(&mut groups);
        }
        self.memory().seen.groups.clone_from(&groups);
        Ok(groups)
    }

    /// How many secrets are in each group, which IBM's list does not tell.
    fn count_groups(&self, groups: &mut [SecretGroupView]) {
        let memory = self.memory();
        for view in groups {
            let inside = memory.seen.secrets.iter();
            let inside = inside.filter(|secret| secret.metadata.secret_group_id == view.group.id);
            view.secrets_total = u32::try_from(inside.count()).unwrap_or(u32::MAX);
            if view.secrets_total > 0 {
                view.delete_hindrance = Some("There are secrets in it.".to_owned());
            }
        }
    }

    pub(super) async fn changed_group(&self, ask: Ask<'_>) -> Result<SecretGroupView> {
        let group = answer::secret_group(&self.ask(ask).await?.body);
        self.tell_change();
        group
    }

    pub(super) fn group_path(id: &str) -> Result<String> {
        keyturn_api::fields::check_group_id(id)?;
        Ok(format!("/api/v2/secret_groups/{id}"))
    }
}

fn place(id: &str, version: Option<&VersionRef>, below: &str) -> Result<String> {
    version.map_or_else(
        || secret_path(id, below),
        |version| version_path(id, version, below),
    )
}
