//! API keys: how programs come in. A key is exchanged for a token that lives an hour, as IBM's IAM
//! does it, and the token comes with each request.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;

use crate::{Caller, Problem, Result, Role, Timestamp, fields};

/// An API key as lists show it. The key itself is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ApiKey {
    /// UUID.
    pub id: String,
    /// Unique in the instance; `created_by` of what is made with it is `apikey:{name}`.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The secret groups it may do it in; absent: the whole instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<BTreeSet<String>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: String,
    /// When it ends; absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// When it was last exchanged for a token; absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// Whether its end has come.
    pub expired: bool,
}

/// What an API key is made from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// 2–64 characters, written like the name of a secret group.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The secret groups it may do it in; absent: the whole instance.
    #[serde(default)]
    pub groups: Option<BTreeSet<String>>,
    /// When it ends; absent: never.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

impl NewApiKey {
    /// Checks every field; `now` is what the end is measured against.
    pub fn check(&self, now: Timestamp) -> Result<()> {
        let count = self.name.chars().count();
        if !fields::SHORT_NAME_CHARS.contains(&count) {
            return Err(Problem::field(
                "name",
                format!("The name of an API key has 2 to 64 characters; this one has {count}."),
            ));
        }
        fields::check_name(&self.name)?;
        if let Some(groups) = &self.groups {
            if groups.is_empty() {
                return Err(Problem::field(
                    "groups",
                    "A key for secret groups needs at least one of them.",
                ));
            }
            for group in groups {
                fields::check_group_id(group)
                    .map_err(|problem| problem.at(crate::Target::field("groups")))?;
            }
        }
        if self.expires_at.is_some_and(|at| at <= now) {
            return Err(Problem::field(
                "expires_at",
                "The end of an API key lies in the future.",
            ));
        }
        Ok(())
    }
}

/// An API key just made.
#[derive(Debug)]
pub struct MadeApiKey {
    /// As lists show it.
    pub key: ApiKey,
    /// The key, to be shown once.
    pub secret: Zeroizing<String>,
}

/// What an API key is exchanged for.
pub struct Token {
    /// A JWT (RFC 7519).
    pub access_token: Zeroizing<String>,
    /// When it was made.
    pub issued_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Who may come in. An instance that is served has one.
#[async_trait]
pub trait Keys: Send + Sync {
    /// All API keys, by name.
    async fn api_keys(&self, caller: &Caller) -> Result<Vec<ApiKey>>;

    /// Makes one. Its value is kept as a keyed hash only.
    async fn create_api_key(&self, caller: &Caller, new: NewApiKey) -> Result<MadeApiKey>;

    /// Revokes one: no token of it is taken from then on.
    async fn delete_api_key(&self, caller: &Caller, id: &str) -> Result<()>;

    /// Exchanges a key for a token. An unknown, expired or revoked key has
    /// [`Code::Unauthorized`](crate::Code::Unauthorized); all three read alike.
    async fn exchange(&self, api_key: &str) -> Result<Token>;

    /// Who comes with a token. Called for every request, so it reads nothing from the disk unless
    /// the keys changed. Fails like [`Self::exchange`].
    fn authenticate(&self, token: &str) -> Result<Caller>;
}
