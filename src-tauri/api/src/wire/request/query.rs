//! Queries of lists, without the `?`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    ListLocks, ListSecrets, ListSecretsLocks, LockMode, LockSort, SecretType, SortKey,
    configuration::{ConfigurationSort, ListConfigurations},
};

/// What is written as it is (RFC 3986 section 2.3).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

#[derive(Default)]
struct Parameters(String);

impl Parameters {
    fn put(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0 += name;
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, PLAIN));
    }

    fn page(&mut self, offset: u32, limit: u32) {
        if limit > 0 {
            self.put("limit", &limit.to_string());
        }
        if offset > 0 {
            self.put("offset", &offset.to_string());
        }
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    fn list<'a>(&mut self, name: &str, values: impl IntoIterator<Item = &'a str>) {
        let values: Vec<_> = values.into_iter().collect();
        if !values.is_empty() {
            self.put(name, &values.join(","));
        }
    }

    /// What both lists of secrets are asked.
    fn secrets(&mut self, query: &ListSecrets) {
        self.page(query.offset, query.limit);
        self.text("search", query.search.as_deref());
        self.list("groups", query.groups.iter().map(String::as_str));
        // a type that is not known cannot be asked for; then all are
        if !query.secret_types.contains(&SecretType::Other) {
            self.list(
                "secret_types",
                query.secret_types.iter().map(|kind| kind.name()),
            );
        }
        let labels = query.match_all_labels.iter().map(String::as_str);
        self.list("match_all_labels", labels);
    }

    fn sort(&mut self, key: &str, descending: bool) {
        let sign = if descending { "-" } else { "" };
        self.put("sort", &format!("{sign}{key}"));
    }
}

/// Whether a list asks for what API v2 has no parameter for: filters of ours, and further orders. The
/// query leaves it out, so whoever sends it filters and sorts what comes.
pub fn asks_beyond(query: &ListSecrets) -> bool {
    !query.states.is_empty()
        || query.expires_within_days.is_some()
        || query.overdue
        || query.secret_types.contains(&SecretType::Other)
        || query.sort.is_some_and(|sort| sort_key(sort.key).is_none())
}

/// Parameters of `list_secrets`, as far as API v2 has them. Without an order the list is by name, which
/// is ours and so stands there.
pub fn list_secrets(query: &ListSecrets) -> String {
    let mut parameters = Parameters::default();
    match query.sort {
        None => parameters.sort("name", false),
        Some(sort) => {
            if let Some(key) = sort_key(sort.key) {
                parameters.sort(key, sort.descending);
            }
        }
    }
    parameters.secrets(query);
    parameters.0
}

/// The same with what only Keyturn can be asked (`list_secrets_beyond`).
pub fn list_secrets_beyond(query: &ListSecrets) -> String {
    let mut parameters = Parameters::default();
    if let Some(sort) = query.sort {
        parameters.sort(sort.key.name(), sort.descending);
    }
    parameters.secrets(query);
    let states = query.states.iter().map(|state| state.number().to_string());
    let states: Vec<String> = states.collect();
    parameters.list("states", states.iter().map(String::as_str));
    if let Some(days) = query.expires_within_days {
        parameters.put("expires_within_days", &days.to_string());
    }
    if query.overdue {
        parameters.put("overdue", "true");
    }
    parameters.0
}

fn sort_key(key: SortKey) -> Option<&'static str> {
    (!SortKey::BEYOND.contains(&key)).then(|| key.name())
}

/// Parameters of `list_secret_locks` and `list_secret_version_locks`.
pub fn list_locks(query: &ListLocks) -> String {
    let mut parameters = Parameters::default();
    parameters.page(query.offset, query.limit);
    let key = match query.sort {
        LockSort::Name => "name",
        LockSort::CreatedAt => "created_at",
        LockSort::UpdatedAt => "updated_at",
    };
    parameters.sort(key, query.descending);
    parameters.text("search", query.search.as_deref());
    parameters.0
}

/// Parameters of `list_secrets_locks`.
pub fn list_secrets_locks(query: &ListSecretsLocks) -> String {
    let mut parameters = Parameters::default();
    parameters.page(query.offset, query.limit);
    parameters.text("search", query.search.as_deref());
    parameters.list("groups", query.groups.iter().map(String::as_str));
    parameters.0
}

/// Parameters of `list_configurations`.
pub fn list_configurations(query: &ListConfigurations) -> String {
    let mut parameters = Parameters::default();
    parameters.page(query.offset, query.limit);
    if let Some((key, descending)) = query.sort {
        let key = match key {
            ConfigurationSort::ConfigType => "config_type",
            ConfigurationSort::SecretType => "secret_type",
            ConfigurationSort::Name => "name",
        };
        parameters.sort(key, descending);
    }
    parameters.text("search", query.search.as_deref());
    parameters.list(
        "secret_types",
        query.secret_types.iter().map(|kind| kind.name()),
    );
    parameters.0
}

/// The mode in which locks are created; empty: none.
pub fn lock_mode(mode: Option<LockMode>) -> String {
    let mut parameters = Parameters::default();
    parameters.text(
        "mode",
        mode.map(|mode| match mode {
            LockMode::RemovePrevious => "remove_previous",
            LockMode::RemovePreviousAndDelete => "remove_previous_and_delete",
        }),
    );
    parameters.0
}

/// Names of locks that are deleted; empty: all.
pub fn lock_names(names: Option<&[String]>) -> String {
    let mut parameters = Parameters::default();
    parameters.list("name", names.unwrap_or_default().iter().map(String::as_str));
    parameters.0
}
