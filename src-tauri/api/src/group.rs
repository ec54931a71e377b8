//! Secret groups: which secrets belong together, and who may reach them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Other, Result, Timestamp, fields, metadata::Json};

/// A secret group (API v2: `SecretGroup`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SecretGroup {
    /// UUID, or `default` for the group that every instance has.
    pub id: String,
    /// Unique in the instance.
    pub name: String,
    /// Free text; may be empty.
    pub description: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it.
    pub created_by: String,
    /// When its name or description last changed.
    pub updated_at: Timestamp,
    /// What the instance said besides, as JSON; on the wire in its place again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[specta(type = BTreeMap<String, Json>)]
    pub other: Other,
}

/// A secret group with what a face shows besides the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SecretGroupView {
    /// What goes over the wire.
    pub group: SecretGroup,
    /// Secrets in it.
    pub secrets_total: u32,
    /// Why it cannot be renamed; absent: it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit_hindrance: Option<String>,
    /// Why it cannot be deleted, with names of what is inside; absent: it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete_hindrance: Option<String>,
}

/// What a group is made from (API v2: `SecretGroupPrototype`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct NewSecretGroup {
    /// 2–64 characters, as names of secrets are written.
    pub name: String,
    /// At most 1,024 characters.
    #[serde(default)]
    pub description: Option<String>,
}

impl NewSecretGroup {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        fields::check_group_name(&self.name)?;
        self.description
            .as_deref()
            .map_or(Ok(()), fields::check_description)
    }
}

/// A change of a group (API v2: `SecretGroupPatch`): what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct SecretGroupPatch {
    /// New name.
    pub name: Option<String>,
    /// New description; empty text removes it.
    pub description: Option<String>,
}

impl SecretGroupPatch {
    /// Checks every field that is there.
    pub fn check(&self) -> Result<()> {
        self.name
            .as_deref()
            .map_or(Ok(()), fields::check_group_name)?;
        self.description
            .as_deref()
            .map_or(Ok(()), fields::check_description)
    }
}
