//! API keys and the tokens that they are exchanged for: one use case a file.
//!
//! **Invariants:** the text of a key is kept nowhere. Role and groups are those the key has now,
//! never those of a token. Whoever is refused learns nothing of the reason.

mod authenticate;
mod create;
mod delete;
mod exchange;
mod known;
mod list;
mod token;

pub(crate) use known::KnownKeys;

use async_trait::async_trait;
use keyturn_api::{ApiKey, Caller, Code, Keys, MadeApiKey, NewApiKey, Problem, Result, Token};

use crate::{Vault, opened::Opened, records::ApiKeysRecord};

#[async_trait]
impl Keys for Vault {
    async fn api_keys(&self, caller: &Caller) -> Result<Vec<ApiKey>> {
        list::list(&*self.opened()?, caller)
    }

    async fn create_api_key(&self, caller: &Caller, new: NewApiKey) -> Result<MadeApiKey> {
        create::create(&*self.opened()?, caller, new).await
    }

    async fn delete_api_key(&self, caller: &Caller, id: &str) -> Result<()> {
        delete::delete(&*self.opened()?, caller, id).await
    }

    async fn exchange(&self, api_key: &str) -> Result<Token> {
        exchange::exchange(&*self.opened()?, api_key).await
    }

    fn authenticate(&self, token: &str) -> Result<Caller> {
        authenticate::authenticate(&*self.opened()?, token)
    }
}

/// The keys as they are, and the revision that a change expects.
fn read(vault: &Opened) -> Result<(ApiKeysRecord, Option<u64>)> {
    let Some(row) = vault.get(ApiKeysRecord::KEY)? else {
        return Ok((ApiKeysRecord::default(), None));
    };
    let keys = ApiKeysRecord::open(vault.keys(), &row.value)?;
    Ok((keys, Some(row.revision)))
}

/// Nobody comes in with this, for whichever reason.
fn unauthorized() -> Problem {
    Problem::new(
        Code::Unauthorized,
        "The API key or token is not valid, or not any longer.",
    )
    .remedy("Exchange an API key of this instance for a new token, or ask a Manager for a new key.")
}
