//! Answers of the vault on this computer, from the same routes that a server has.

use std::sync::Arc;

use http::{HeaderMap, Method};
use keyturn_api::{Caller, Instance, Keys, Surface};
use keyturn_server::{Api, Config};
use keyturn_vault::Vault;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::options::{Globals, variable};
use crate::unlock;

/// An open vault and its API.
pub(crate) struct Local {
    pub(crate) vault: Arc<Vault>,
    api: Api,
    pub(crate) caller: Caller,
}

impl Local {
    /// Finds and unlocks the vault.
    pub(crate) async fn open(globals: &Globals) -> Result<Self, Failure> {
        let vault = unlock::open(globals).await?;
        let instance = Arc::clone(&vault) as Arc<dyn Instance>;
        let keys = Arc::clone(&vault) as Arc<dyn Keys>;
        Ok(Self {
            api: Api::new(instance, keys, Config::default()),
            vault,
            caller: Caller::owner(&user_name(), Surface::CommandLine),
        })
    }

    pub(super) async fn send(
        &self,
        method: Method,
        target: &str,
        headers: HeaderMap,
        mut body: Zeroizing<Vec<u8>>,
    ) -> (u16, Zeroizing<Vec<u8>>) {
        let body = std::mem::take(&mut *body);
        let sent = self
            .api
            .answer_with(&self.caller, method, target, headers, body);
        let reply = sent.await;
        (reply.status, reply.body)
    }

    /// Wipes the keys. What was read is recorded first.
    pub(crate) fn close(self) {
        self.vault.close();
    }
}

/// Who works at this computer; becomes `created_by`.
pub(crate) fn user_name() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(variable)
        .unwrap_or_else(|| "owner".to_owned())
}
