//! The query of a request: known parameters, each once, lists comma-separated.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::body::looks_like_a_name;
use crate::configuration::{ConfigurationSort, ListConfigurations};
use crate::{
    Code, ListLocks, ListSecrets, ListSecretsLocks, LockMode, LockSort, Problem, Result,
    SecretType, Sort, SortKey, State, Target, fields,
};

/// A request's parameters, decoded. What was not asked for by the end is unknown.
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the part of an address after the `?`.
    pub fn parse(text: &str) -> Result<Self> {
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if parameters.iter().any(|(other, _)| *other == name) {
                return Err(refused(
                    &name,
                    "This parameter stands there twice; lists are comma-separated.",
                ));
            }
            parameters.push((name, value));
        }
        Ok(Self(parameters))
    }

    /// The text of a parameter.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(at).1)
    }

    fn number(&mut self, name: &str, least: u32) -> Result<Option<u32>> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
        let number = plain.then(|| text.parse().ok()).flatten();
        number
            .filter(|number| *number >= least)
            .map(Some)
            .ok_or_else(|| refused(name, &format!("This is a whole number from {least}.")))
    }

    fn flag(&mut self, name: &str) -> Result<bool> {
        match self.text(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(refused(name, "This is true or false.")),
        }
    }

    /// Entries of a list; an empty text has none. A blank one between commas stays, to be refused.
    pub fn list(&mut self, name: &str) -> Option<Vec<String>> {
        let text = self.text(name)?;
        if text.trim().is_empty() {
            return Some(Vec::new());
        }
        let entries = text.split(',').map(str::trim);
        Some(entries.map(str::to_owned).collect())
    }

    /// Refuses parameters that were not asked for.
    pub fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => Err(refused(name, "This parameter is not known here.")),
        }
    }

    /// Parameters of `list_secrets`.
    pub fn list_secrets(mut self) -> Result<ListSecrets> {
        let query = self.secrets(sort)?;
        self.finish()?;
        query.check().map(|()| query)
    }

    /// The same with what only Keyturn can be asked.
    pub fn list_secrets_beyond(mut self) -> Result<ListSecrets> {
        let query = ListSecrets {
            states: self.states()?,
            expires_within_days: self.number("expires_within_days", 0)?,
            overdue: self.flag("overdue")?,
            ..self.secrets(sort_beyond)?
        };
        self.finish()?;
        query.check().map(|()| query)
    }

    fn secrets(&mut self, sort: fn(&str) -> Result<Sort>) -> Result<ListSecrets> {
        Ok(ListSecrets {
            offset: self.number("offset", 0)?.unwrap_or_default(),
            limit: self.number("limit", 1)?.unwrap_or_default(),
            sort: self.text("sort").map(|text| sort(&text)).transpose()?,
            search: self.text("search"),
            groups: self.list("groups").unwrap_or_default(),
            secret_types: self.secret_types()?,
            match_all_labels: self.list("match_all_labels").unwrap_or_default(),
            ..ListSecrets::default()
        })
    }

    fn states(&mut self) -> Result<Vec<State>> {
        let numbers = self.list("states").unwrap_or_default();
        let state = |text: &String| {
            let number = text.parse().ok().and_then(State::from_number);
            number.ok_or_else(|| refused("states", "One of these is no number of a state."))
        };
        numbers.iter().map(state).collect()
    }

    /// Parameters of `list_configurations`.
    pub fn list_configurations(mut self) -> Result<ListConfigurations> {
        let query = ListConfigurations {
            offset: self.number("offset", 0)?.unwrap_or_default(),
            limit: self.number("limit", 1)?.unwrap_or(200),
            sort: self
                .text("sort")
                .map(|text| configuration_sort(&text))
                .transpose()?,
            search: self.text("search"),
            secret_types: self.secret_types()?,
        };
        self.finish()?;
        query.check().map(|()| query)
    }

    /// Parameters of the lists of a secret's locks.
    pub fn list_locks(mut self) -> Result<ListLocks> {
        let (sort, descending) = match self.text("sort") {
            None => (LockSort::Name, false),
            Some(text) => lock_sort(&text)?,
        };
        let query = ListLocks {
            offset: self.number("offset", 0)?.unwrap_or_default(),
            limit: self.number("limit", 1)?.unwrap_or_default(),
            sort,
            descending,
            search: self.text("search"),
        };
        self.finish()?;
        query.check().map(|()| query)
    }

    /// Parameters of `list_secrets_locks`.
    pub fn list_secrets_locks(mut self) -> Result<ListSecretsLocks> {
        let query = ListSecretsLocks {
            offset: self.number("offset", 0)?.unwrap_or_default(),
            limit: self.number("limit", 1)?.unwrap_or_default(),
            search: self.text("search"),
            groups: self.list("groups").unwrap_or_default(),
        };
        self.finish()?;
        query.check().map(|()| query)
    }

    /// The mode in which locks are created.
    pub fn lock_mode(mut self) -> Result<Option<LockMode>> {
        let mode = match self.text("mode").as_deref() {
            None => None,
            Some("remove_previous") => Some(LockMode::RemovePrevious),
            Some("remove_previous_and_delete") => Some(LockMode::RemovePreviousAndDelete),
            Some(_) => {
                return Err(refused(
                    "mode",
                    "The mode is remove_previous or remove_previous_and_delete.",
                ));
            }
        };
        self.finish().map(|()| mode)
    }

    /// Names of the locks that are deleted; none: all.
    pub fn lock_names(mut self) -> Result<Option<Vec<String>>> {
        let names = self.list("name");
        self.finish()?;
        match &names {
            Some(names) if names.is_empty() || names.len() > fields::LOCKS => Err(refused(
                "name",
                "1 to 1,000 names of locks stand here; without the parameter, all are meant.",
            )),
            Some(names)
                if names
                    .iter()
                    .any(|name| fields::check_lock_name(name).is_err()) =>
            {
                Err(refused("name", "One of these is no name of a lock."))
            }
            _ => Ok(names),
        }
    }

    /// `force_delete` of `delete_secret`. It concerns credentials at a provider only.
    pub fn force_delete(mut self) -> Result<bool> {
        let force = self.flag("force_delete")?;
        self.finish().map(|()| force)
    }

    fn secret_types(&mut self) -> Result<Vec<SecretType>> {
        let names = self.list("secret_types").unwrap_or_default();
        let known = |name: &String| {
            SecretType::ALL
                .into_iter()
                .find(|kind| kind.name() == name)
                .ok_or_else(|| refused("secret_types", "One of these is no type of secret."))
        };
        names.iter().map(known).collect()
    }
}

fn direction(text: &str) -> (&str, bool) {
    text.strip_prefix('-')
        .map_or((text, false), |key| (key, true))
}

fn sort(text: &str) -> Result<Sort> {
    let (key, descending) = direction(text);
    let key = match key {
        "id" => SortKey::Id,
        "created_at" => SortKey::CreatedAt,
        "updated_at" => SortKey::UpdatedAt,
        "retrieved_at" => SortKey::RetrievedAt,
        "expiration_date" => SortKey::ExpirationDate,
        "secret_type" => SortKey::SecretType,
        "name" => SortKey::Name,
        _ => {
            return Err(refused(
                "sort",
                "Secrets are sorted by id, created_at, updated_at, retrieved_at, expiration_date, \
                 secret_type or name, with a leading - the other way round.",
            ));
        }
    };
    Ok(Sort { key, descending })
}

/// An order that IBM's list does not have, either.
fn sort_beyond(text: &str) -> Result<Sort> {
    let (key, descending) = direction(text);
    let known = SortKey::BEYOND.into_iter().find(|own| own.name() == key);
    known.map_or_else(|| sort(text), |key| Ok(Sort { key, descending }))
}

fn lock_sort(text: &str) -> Result<(LockSort, bool)> {
    let (key, descending) = direction(text);
    let key = match key {
        "name" => LockSort::Name,
        "created_at" => LockSort::CreatedAt,
        "updated_at" => LockSort::UpdatedAt,
        _ => {
            return Err(refused(
                "sort",
                "Locks are sorted by created_at, updated_at or name.",
            ));
        }
    };
    Ok((key, descending))
}

fn configuration_sort(text: &str) -> Result<(ConfigurationSort, bool)> {
    let (key, descending) = direction(text);
    let key = match key {
        "config_type" => ConfigurationSort::ConfigType,
        "secret_type" => ConfigurationSort::SecretType,
        "name" => ConfigurationSort::Name,
        _ => {
            return Err(refused(
                "sort",
                "Configurations are sorted by config_type, secret_type or name.",
            ));
        }
    };
    Ok((key, descending))
}

fn refused(name: &str, message: &str) -> Problem {
    let name = if looks_like_a_name(name) {
        name
    } else {
        "query"
    };
    Problem::new(
        Code::BadRequest,
        format!("The parameter {name} cannot be taken. {message}"),
    )
    .at(Target::parameter(name))
}

/// A name or value as browsers and clients write them in a query (`+` is a space).
fn decode(text: &str) -> Result<String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded
        .map(Cow::into_owned)
        .map_err(|_| refused("query", "It is not UTF-8 text."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<ListSecrets> {
        Query::parse(text)?.list_secrets()
    }

    #[test]
    fn parameters_are_read_as_clients_write_them() {
        let query = list(
            "limit=10&offset=20&sort=-created_at&search=db+pa%C5%BE&groups=default,\
                          7c3e0a52-4a0e-4d6a-9b15-3f2f4f2b9c11&secret_types=kv,iam_credentials",
        )
        .unwrap();
        assert_eq!((query.limit, query.offset), (10, 20));
        assert!(query.sort.unwrap().descending);
        assert_eq!(query.search.as_deref(), Some("db paž"));
        assert_eq!(query.groups.len(), 2);
        assert_eq!(
            query.secret_types,
            [SecretType::Kv, SecretType::IamCredentials]
        );
    }

    #[test]
    fn what_cannot_be_taken_is_named() {
        for (text, name) in [
            ("limit=0", "limit"),
            ("limit=-1", "limit"),
            ("limit=99999999999", "limit"),
            ("offset=x", "offset"),
            ("sort=size", "sort"),
            ("limit=1&limit=2", "limit"),
            ("label=x", "label"),
            ("secret_types=password", "secret_types"),
            ("search=%ff%fe", "query"),
            ("groups=../etc", "groups"),
        ] {
            let problem = list(text).unwrap_err();
            assert_eq!(problem.target.unwrap().name, name, "{text}");
        }
    }

    #[test]
    fn lists_of_configurations_and_locks_have_the_same_bounds() {
        let configurations = |text: &str| Query::parse(text).unwrap().list_configurations();
        assert!(configurations("offset=10000000").is_ok());
        assert!(configurations("offset=10000001").is_err());
        let locks = |groups: usize| {
            let text = format!("groups={}", vec!["default"; groups].join(","));
            Query::parse(&text).unwrap().list_secrets_locks()
        };
        assert!(locks(201).is_ok());
        assert!(locks(202).is_err());
    }

    #[test]
    fn entries_that_name_nothing_are_refused() {
        assert!(list("groups=").unwrap().groups.is_empty());
        for text in ["groups=,", "groups=default,,default", "secret_types=kv,"] {
            assert!(list(text).is_err(), "{text}");
        }
        let names = |text: &str| Query::parse(text).unwrap().lock_names();
        assert_eq!(names("name=one,two").unwrap().unwrap().len(), 2);
        for text in ["name=", "name=,", "name=one,", "name=one,%2A", "name=1"] {
            assert_eq!(
                names(text).unwrap_err().target.unwrap().name,
                "name",
                "{text}"
            );
        }
    }
}
