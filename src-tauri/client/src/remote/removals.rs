//! API keys that a Keyturn server has still to remove in IAM. IBM's service tells nothing of its own.

use http::Method;
use keyturn_api::served::{PATH, Removals};
use keyturn_api::{Action, Code, PendingRemoval, Problem, Result};
use zeroize::Zeroizing;

use super::{Ask, Remote};

impl Remote {
    /// None where the key's role may not know of them.
    pub(super) async fn removals(&self) -> Result<Vec<PendingRemoval>> {
        if !self.is_keyturn().await? || !self.may(Action::ConfigurationRead) {
            return Ok(Vec::new());
        }
        self.left(Ask::get(&format!("{PATH}/removals"))).await
    }

    pub(super) async fn retry(&self, id: &str) -> Result<Vec<PendingRemoval>> {
        let path = self.removal_path(id).await?;
        self.left(Ask::post(&path, Zeroizing::default())).await
    }

    pub(super) async fn give_up(&self, id: &str) -> Result<()> {
        let path = self.removal_path(id).await?;
        let ask = Ask::with(Method::DELETE, &path, Zeroizing::default());
        self.ask(ask).await.map(drop)
    }

    async fn left(&self, ask: Ask<'_>) -> Result<Vec<PendingRemoval>> {
        let told: Removals = self.told(ask).await?;
        Ok(told.removals)
    }

    async fn removal_path(&self, id: &str) -> Result<String> {
        let id = uuid::Uuid::try_parse(id).map_err(|_| Problem::not_found("removal"))?;
        if self.is_keyturn().await? {
            return Ok(format!("{PATH}/removals/{}", id.hyphenated()));
        }
        Err(Problem::new(
            Code::NotSupported,
            "This instance removes its API keys by itself.",
        ))
    }
}
