//! Lists of secrets: asked for where the instance can answer the question, else cut out of what is
//! known of all secrets.

use keyturn_api::served::{Labels, PATH};
use keyturn_api::wire::{answer, request};
use keyturn_api::{ListSecrets, Page, Problem, Result, SecretType, SecretView};

use super::{Remote, now};

impl Remote {
    pub(super) async fn list(&self, query: &ListSecrets) -> Result<Page<SecretView>> {
        query.check()?;
        let known = |memory: &super::Memory| {
            let seen = memory.seen.at.is_some();
            seen.then(|| memory.find(query, now()))
        };
        let path = match self.is_keyturn().await {
            Ok(true) => format!("{PATH}/secrets?{}", request::list_secrets_beyond(query)),
            Ok(false) if !request::asks_beyond(query) => {
                format!("/api/v2/secrets?{}", request::list_secrets(query))
            }
            Ok(false) => {
                self.whole().await?;
                return Ok(self.memory().find(query, now()));
            }
            Err(problem) => return known(&self.memory()).ok_or(problem),
        };
        let mut page = self.read(&path, answer::secrets, known).await?;
        if !self.is_offline() {
            self.memory().learn(&page.items);
        }
        page.items = page
            .items
            .into_iter()
            .map(|view| self.for_role(view))
            .collect();
        Ok(page)
    }

    pub(super) async fn every_label(&self) -> Result<Vec<String>> {
        let known = |memory: &super::Memory| memory.seen.at.map(|_| memory.labels());
        if !self.is_keyturn().await.unwrap_or(false) {
            if !self.is_offline() {
                self.whole().await?;
            }
            return Ok(self.memory().labels());
        }
        let path = format!("{PATH}/labels");
        let understand = |bytes: &[u8]| {
            let read = serde_json::from_slice::<Labels>(bytes);
            read.map(|list| list.labels)
                .map_err(|_| not_understood("labels"))
        };
        self.read(&path, understand, known).await
    }

    /// The id of the secret with this name.
    pub(super) async fn id_of(
        &self,
        group_name: &str,
        secret_type: SecretType,
        name: &str,
    ) -> Result<String> {
        let groups = self.groups().await?;
        let group = groups.iter().find(|view| view.group.name == group_name);
        let group = group.ok_or_else(|| Problem::not_found("secret"))?;
        let query = ListSecrets {
            limit: 1000,
            search: Some(name.to_owned()),
            groups: vec![group.group.id.clone()],
            secret_types: vec![secret_type],
            ..ListSecrets::default()
        };
        let page = self.list(&query).await?;
        let found = page
            .items
            .into_iter()
            .find(|view| view.metadata.name == name);
        found
            .map(|view| view.metadata.id)
            .ok_or_else(|| Problem::not_found("secret"))
    }
}

pub(super) fn not_understood(what: &str) -> Problem {
    Problem::new(
        keyturn_api::Code::Io,
        format!("The instance answered something that is not understood instead of {what}."),
    )
    .remedy("Check the service URL, and that nothing on the way changes answers.")
}
