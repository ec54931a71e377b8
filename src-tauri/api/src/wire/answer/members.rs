//! The object of an answer, taken apart member by member, so that values never become part of a tree
//! of JSON that nobody wipes.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, value::RawValue};
use zeroize::{Zeroize, Zeroizing};

use super::not_understood;
use crate::{Plaintext, Result, json_text, wire::Body};

/// The members of an object that were not taken yet.
pub(super) struct Members<'a> {
    what: &'static str,
    list: Vec<(String, &'a str)>,
}

impl<'a> Members<'a> {
    /// A whole answer: one object, in which no member stands twice, however deep.
    pub(super) fn whole(what: &'static str, answer: &'a [u8]) -> Result<Self> {
        let text = str::from_utf8(answer).map_err(|_| not_understood(what))?;
        json_text::check_object(text).map_err(|_| not_understood(what))?;
        Self::within(what, text)
    }

    /// An object within an answer that was checked.
    pub(super) fn within(what: &'static str, text: &'a str) -> Result<Self> {
        let body = Body::parse(text.as_bytes()).map_err(|_| not_understood(what))?;
        Ok(Self {
            what,
            list: body.into_members().collect(),
        })
    }

    /// The refusal of this answer.
    pub(super) fn refused(&self) -> crate::Problem {
        not_understood(self.what)
    }

    /// Takes the JSON of a member; none if it is absent or `null`.
    pub(super) fn take(&mut self, name: &str) -> Option<&'a str> {
        let at = self.list.iter().position(|(other, _)| other == name)?;
        Some(self.list.swap_remove(at).1).filter(|text| *text != "null")
    }

    /// Reads a member, which stays.
    pub(super) fn peek<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let found = self.list.iter().find(|(other, _)| other == name);
        found.map_or(Ok(None), |(_, text)| self.read(text))
    }

    /// Takes and reads a member.
    pub(super) fn read_member<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>> {
        let text = self.take(name);
        text.map_or(Ok(None), |text| self.read(text))
    }

    /// Takes the entries of a list; it must be there.
    pub(super) fn entries(&mut self, name: &str) -> Result<Vec<&'a str>> {
        let text = self.take(name).ok_or_else(|| self.refused())?;
        let entries: Vec<&'a RawValue> = serde_json::from_str(text).map_err(|_| self.refused())?;
        Ok(entries.into_iter().map(RawValue::get).collect())
    }

    /// Takes a text that is a value.
    pub(super) fn value(&mut self, name: &str) -> Result<Option<Plaintext>> {
        let text = self.read_member::<Zeroizing<String>>(name)?;
        Ok(text.map(|mut text| Plaintext::text(std::mem::take(&mut *text))))
    }

    /// Takes an object that is a value, as it is written.
    pub(super) fn value_object(&mut self, name: &str) -> Result<Option<Plaintext>> {
        match self.take(name) {
            None => Ok(None),
            Some(text) if text.starts_with('{') => Ok(Some(Plaintext::text(text.to_owned()))),
            Some(_) => Err(self.refused()),
        }
    }

    /// Takes all members but those named `kept`, as one object that is a value; none if there are none.
    pub(super) fn value_of_rest(&mut self, kept: &[&str]) -> Option<Plaintext> {
        let is_value =
            |(name, text): &(String, &str)| !kept.contains(&name.as_str()) && *text != "null";
        let (value, kept): (Vec<_>, Vec<_>) = self.list.drain(..).partition(is_value);
        self.list = kept;
        if value.is_empty() {
            return None;
        }
        let names: Vec<String> = (value.iter())
            .map(|(name, _)| Value::from(name.as_str()).to_string())
            .collect();
        let room = names.iter().map(String::len).sum::<usize>()
            + value.iter().map(|(_, text)| text.len() + 2).sum::<usize>();
        // room for all of it: growing would leave copies behind
        let mut object = String::with_capacity(room + 2);
        for (index, (name, (_, text))) in names.iter().zip(&value).enumerate() {
            object.push(if index == 0 { '{' } else { ',' });
            object.push_str(name);
            object.push(':');
            object.push_str(text);
        }
        object.push('}');
        Some(Plaintext::text(object))
    }

    /// What was not taken, without keys and passwords.
    pub(super) fn rest(self) -> Result<Map<String, Value>> {
        let mut rest = Map::new();
        for (name, text) in &self.list {
            rest.insert(name.clone(), self.read(text)?);
        }
        settle(&mut rest);
        Ok(rest)
    }

    fn read<T: DeserializeOwned>(&self, text: &str) -> Result<T> {
        serde_json::from_str(text).map_err(|_| self.refused())
    }
}

/// Reads a type of the contract; what went wrong is not told, as it may repeat the answer.
pub(super) fn typed<T: DeserializeOwned>(what: &str, members: Map<String, Value>) -> Result<T> {
    serde_json::from_value(Value::Object(members)).map_err(|_| not_understood(what))
}

/// Members that hold keys and passwords where configurations and managed requests show them, or where
/// an instance shows more of a secret than its metadata.
const SECRET: [&str; 8] = [
    "api_key",
    "apikey",
    "classic_infrastructure_password",
    "cloud_internet_services_apikey",
    "lets_encrypt_private_key",
    "password",
    "payload",
    "private_key",
];
/// What is a person's own, and for no confidential data.
const OF_PERSONS: [&str; 4] = [
    "attributes",
    "custom_metadata",
    "parameters",
    "version_custom_metadata",
];

/// Takes out what is `null`, and wipes keys and passwords.
fn settle(members: &mut Map<String, Value>) {
    members.retain(|_, value| !value.is_null());
    for (name, value) in members {
        if OF_PERSONS.contains(&name.as_str()) {
            continue;
        }
        match value {
            Value::String(text) if SECRET.contains(&name.as_str()) => text.zeroize(),
            Value::Object(members) => settle(members),
            Value::Array(values) => {
                let objects = values.iter_mut().filter_map(Value::as_object_mut);
                objects.for_each(settle);
            }
            _ => {}
        }
    }
}
