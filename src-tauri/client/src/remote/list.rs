//! Lists of secrets: asked for where the instance can answer the question, else cut out of what is
//! known of all secrets.

use std::fmt::Write as _;

use keyturn_api::served::{Labels, PATH};
use keyturn_api::wire::{answer, request};
use keyturn_api::{ListSecrets, Page, Problem, Result, SecretType, SecretView, Sort, SortKey};

use super::{Remote, in_path, now};

impl Remote {
    pub(super) async fn list(&self, query: &ListSecrets) -> Result<Page<SecretView>> {
        query.check()?;
        let known = |memory: &super::Memory| {
            let seen = memory.seen.at.is_some();
            seen.then(|| memory.find(query, now()))
        };
        let path = match self.is_keyturn().await {
            Ok(true) => format!("{PATH}/secrets?{}", beyond(query)),
            Ok(false) if is_plain(query) => {
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

/// Whether API v2 can be asked so.
fn is_plain(query: &ListSecrets) -> bool {
    let beyond = |key: SortKey| SortKey::BEYOND.contains(&key);
    query.states.is_empty()
        && query.expires_within_days.is_none()
        && !query.overdue
        && query.sort.is_none_or(|sort| !beyond(sort.key))
}

/// The parameters with those that only Keyturn can be asked.
fn beyond(query: &ListSecrets) -> String {
    let mut text = request::list_secrets(query);
    let mut add = |name: &str, value: &str| {
        let sign = if text.is_empty() { "" } else { "&" };
        let _ = write!(text, "{sign}{name}={}", in_path(value));
    };
    let beyond = |sort: &Sort| SortKey::BEYOND.contains(&sort.key);
    if let Some(sort) = query.sort.filter(beyond) {
        let sign = if sort.descending { "-" } else { "" };
        add("sort", &format!("{sign}{}", sort.key.name()));
    }
    if !query.states.is_empty() {
        let states = query.states.iter().map(|state| state.number().to_string());
        add("states", &states.collect::<Vec<_>>().join(","));
    }
    if let Some(days) = query.expires_within_days {
        add("expires_within_days", &days.to_string());
    }
    if query.overdue {
        add("overdue", "true");
    }
    text
}

pub(super) fn not_understood(what: &str) -> Problem {
    Problem::new(
        keyturn_api::Code::Io,
        format!("The instance answered something that is not understood instead of {what}."),
    )
    .remedy("Check the service URL, and that nothing on the way changes answers.")
}

#[cfg(test)]
mod tests {
    use keyturn_api::State;
    use keyturn_api::wire::Query;

    use super::*;

    #[test]
    fn a_question_reads_as_it_was_meant() {
        let query = ListSecrets {
            offset: 20,
            limit: 10,
            sort: Some(Sort {
                key: SortKey::Due,
                descending: true,
            }),
            search: Some("a&b=ü,c".into()),
            groups: vec!["default".into()],
            secret_types: vec![SecretType::Kv, SecretType::PublicCert],
            match_all_labels: vec!["one label".into(), "two".into()],
            states: vec![State::Active, State::Destroyed],
            expires_within_days: Some(30),
            overdue: true,
        };
        let read = Query::parse(&beyond(&query)).unwrap().list_secrets_beyond();
        assert_eq!(read.unwrap(), query);
        assert!(!is_plain(&query) && is_plain(&ListSecrets::default()));
        for key in [SortKey::Name, SortKey::RotatedAt] {
            let sort = Some(Sort {
                key,
                descending: false,
            });
            let query = ListSecrets {
                sort,
                ..ListSecrets::default()
            };
            let read = Query::parse(&beyond(&query)).unwrap().list_secrets_beyond();
            assert_eq!(read.unwrap().sort, sort, "it stands there once");
        }
    }
}
