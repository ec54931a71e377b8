//! The API keys of a vault.

use std::sync::Arc;

use async_trait::async_trait;
use keyturn_api::{ApiKey, Caller, Code, Keys, MadeApiKey, NewApiKey, Problem, Result, Token};
use keyturn_vault::Vault;

/// Who may come in over HTTP. A stand-in until the vault has API keys: nobody.
pub(crate) fn keys(_vault: &Arc<Vault>) -> Arc<dyn Keys> {
    Arc::new(Nobody)
}

struct Nobody;

fn refused<T>() -> Result<T> {
    Err(Problem::new(
        Code::NotSupported,
        "This vault has no API keys yet.",
    ))
}

#[async_trait]
impl Keys for Nobody {
    async fn api_keys(&self, _caller: &Caller) -> Result<Vec<ApiKey>> {
        refused()
    }

    async fn create_api_key(&self, _caller: &Caller, _new: NewApiKey) -> Result<MadeApiKey> {
        refused()
    }

    async fn delete_api_key(&self, _caller: &Caller, _id: &str) -> Result<()> {
        refused()
    }

    async fn exchange(&self, _api_key: &str) -> Result<Token> {
        refused()
    }

    fn authenticate(&self, _token: &str) -> Result<Caller> {
        refused()
    }
}
