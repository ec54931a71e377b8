//! What stands behind an address, and what its key may do.

use keyturn_api::served::{About, PATH, PRODUCT};
use keyturn_api::wire::answer;
use keyturn_api::{Action, Caller, Code, Result, SecretView, Surface};

use super::{Allowed, AllowedAction, Ask, Probe, Remote, ServiceKind, lock};

impl Remote {
    /// Asks what stands behind the address and what the key may do.
    pub async fn probe(&self) -> Result<Probe> {
        let kind = self.ask_kind().await?;
        let page = self.ask(Ask::get("/api/v2/secrets?limit=1").once()).await?;
        let secrets_total = answer::secrets(&page.body)?.total_count;
        let known = self.known_as();
        let mut allowed = Vec::new();
        let mut tell = |what, yes| allowed.push(Allowed { what, yes });
        tell(AllowedAction::ListSecrets, true);
        if let Some(caller) = known {
            let may = |action| caller.may(action).is_ok();
            tell(AllowedAction::ReadValues, may(Action::SecretRead));
            tell(AllowedAction::Rotate, may(Action::SecretVersionCreate));
            tell(AllowedAction::Manage, may(Action::SecretDelete));
            let configurations = may(Action::ConfigurationsList);
            tell(AllowedAction::ReadConfigurations, configurations);
        } else {
            let ask = Ask::get("/api/v2/configurations?limit=1").once();
            let configurations = self.ask(ask).await;
            tell(AllowedAction::ReadConfigurations, configurations.is_ok());
        }
        Ok(Probe {
            kind,
            secrets_total,
            allowed,
        })
    }

    /// What stands behind the address; asked once.
    pub(super) async fn kind(&self) -> Result<ServiceKind> {
        let known = lock(&self.kind).clone();
        match known {
            Some(kind) => Ok(kind),
            None => self.ask_kind().await,
        }
    }

    /// Asks as whom the key is known, once for each connection; the list does not wait for it.
    pub(super) async fn learn_role(&self) -> Result<()> {
        if lock(&self.about).is_some() || !self.is_keyturn().await? {
            return Ok(());
        }
        self.ask_kind().await?;
        self.changed.send_modify(|count| *count += 1);
        Ok(())
    }

    /// Whether a Keyturn server stands behind the address.
    pub(super) async fn is_keyturn(&self) -> Result<bool> {
        Ok(matches!(self.kind().await?, ServiceKind::Keyturn { .. }))
    }

    async fn ask_kind(&self) -> Result<ServiceKind> {
        let in_cloud = matches!(*lock(&self.kind), Some(ServiceKind::IbmCloud));
        if in_cloud {
            return Ok(ServiceKind::IbmCloud);
        }
        let asked = self.ask(Ask::get(&format!("{PATH}/about")).once()).await;
        let kind = match asked {
            Ok(reply) => match serde_json::from_slice::<About>(&reply.body) {
                Ok(about) if about.product == PRODUCT => {
                    let version = about.version.chars().take(40).collect();
                    *lock(&self.about) = Some(about);
                    ServiceKind::Keyturn { version }
                }
                _ => ServiceKind::Other,
            },
            // it has no such operation
            Err(problem) if matches!(problem.code, Code::NotFound | Code::BadRequest) => {
                ServiceKind::Other
            }
            Err(problem) => return Err(problem),
        };
        *lock(&self.kind) = Some(kind.clone());
        Ok(kind)
    }

    /// The caller that a Keyturn server takes the key for.
    fn known_as(&self) -> Option<Caller> {
        let about = lock(&self.about);
        about.as_ref().map(|about| about.known_as(Surface::Api))
    }

    /// Whether the key's role allows it, as far as a Keyturn server told it.
    pub(super) fn may(&self, action: Action) -> bool {
        let known = self.known_as();
        known.is_none_or(|caller| caller.may(action).is_ok())
    }

    /// A view with what the key's role does not allow among what cannot be done.
    pub(super) fn for_role(&self, mut view: SecretView) -> SecretView {
        if let Some(caller) = self.known_as() {
            let can = &mut view.availability;
            for (reason, action) in [
                (&mut can.view, Action::SecretVersionRead),
                (&mut can.rotate, Action::SecretVersionCreate),
                (&mut can.edit, Action::SecretMetadataUpdate),
                (&mut can.delete, Action::SecretDelete),
            ] {
                if let Err(problem) = caller.may(action) {
                    *reason = Some(problem.message);
                }
            }
        }
        view
    }
}
