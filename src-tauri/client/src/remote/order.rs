//! The order of a public certificate: as a Keyturn server tells it, or as the metadata has it.

use keyturn_api::secret::Detail;
use keyturn_api::secret::public_cert::{self, Challenge, ChallengeStatus, OrderStage, OrderView};
use keyturn_api::served::PATH;
use keyturn_api::{Code, Problem, Result, State};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::outlook::plain_id;
use super::{Ask, Remote, secret_path};

#[derive(Deserialize)]
struct Told {
    order: Option<OrderView>,
}

impl Remote {
    pub(super) async fn newest_order(&self, id: &str) -> Result<Option<OrderView>> {
        if self.is_keyturn().await? {
            let path = format!("{PATH}/secrets/{}/order", plain_id(id)?);
            return self
                .told::<Told>(Ask::get(&path))
                .await
                .map(|told| told.order);
        }
        let secret = self.metadata(id).await?;
        let Detail::PublicCert(detail) = &secret.metadata.detail else {
            return Ok(None);
        };
        Ok(order_of(detail))
    }

    pub(super) async fn validate(&self, id: &str) -> Result<()> {
        let body = br#"{"action_type":"public_cert_action_validate_dns_challenge"}"#;
        let path = secret_path(id, "/actions")?;
        self.ask(Ask::post(&path, Zeroizing::new(body.to_vec())))
            .await?;
        self.tell_change();
        Ok(())
    }

    pub(super) async fn cancel(&self, id: &str) -> Result<()> {
        if !self.is_keyturn().await? {
            return Err(Problem::new(
                Code::NotSupported,
                "This instance cannot give an order up. It ends when its challenges expire.",
            ));
        }
        let path = format!("{PATH}/secrets/{}/order", plain_id(id)?);
        let ask = Ask::with(http::Method::DELETE, &path, Zeroizing::default());
        self.ask(ask).await?;
        self.tell_change();
        Ok(())
    }
}

/// The order as `issuance_info` has it (`behaviour.md`, section 5).
fn order_of(detail: &public_cert::Detail) -> Option<OrderView> {
    let info = detail.issuance_info.as_ref()?;
    let challenges: Vec<Challenge> = info.challenges.clone().unwrap_or_default();
    let waits = |one: &Challenge| one.status == ChallengeStatus::Pending;
    let stage = match info.state {
        State::Active => OrderStage::Issued,
        State::Deactivated | State::Destroyed => OrderStage::Failed,
        _ if info.dns_challenge_validation_time.is_some() => OrderStage::Validating,
        _ if challenges.iter().any(waits) => OrderStage::AwaitingRecords,
        _ if detail.dns == public_cert::MANUAL => OrderStage::Issuing,
        _ => OrderStage::SettingRecords,
    };
    Some(OrderView {
        stage,
        expires: challenges.iter().filter_map(|one| one.expiration).min(),
        challenges,
        trouble: info.error_message.clone(),
        next_try: None,
        former: Vec::new(),
        caa_identities: vec!["letsencrypt.org".to_owned()],
        rotate_keys: detail.rotation.rotate_keys.unwrap_or_default(),
        version_custom_metadata: None,
        account_url: None,
    })
}
