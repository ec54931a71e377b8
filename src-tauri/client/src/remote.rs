//! A remote instance as the window works on it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use http::Method;
use keyturn_api::configuration::ConfigurationPatch;
use keyturn_api::configuration::action::{ActionOutcome, ConfigurationAction};
use keyturn_api::secret::private_cert::{self, PrivateCertOutlook};
use keyturn_api::secret::public_cert::OrderView;
use keyturn_api::version::Compared;
use keyturn_api::{
    Caller, CertificateParts, Changed, Code, Comparison, ConfigType, ConfigurationView, Instance,
    ListLocks, ListSecrets, ListSecretsLocks, Lock, Metadata, NewConfiguration, NewLocks,
    NewSecret, NewSecretGroup, NewVersion, Page, PolicyOutlook, Problem, Result, Revision,
    RotationOutlook, Secret, SecretGroupPatch, SecretGroupView, SecretLocks, SecretPatch,
    SecretType, SecretView, ShownComparison, Timestamp, Version, VersionRef, VersionView,
};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use zeroize::Zeroizing;

use crate::{Access, Connection, Settings};

/// A remote instance.
pub struct Remote {
    connection: Connection,
    in_cloud: bool,
    reach: Mutex<Reach>,
    reach_changed: watch::Sender<u64>,
    changed: watch::Sender<u64>,
    closed: AtomicBool,
}

/// Whether an instance answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It answered last time.
    Online,
    /// It did not.
    Offline {
        /// Since when.
        since: Timestamp,
        /// Why.
        problem: Problem,
        /// How old what is shown of it is; none: nothing is.
        seen_at: Option<Timestamp>,
    },
}

/// What stands behind an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// Secrets Manager of IBM Cloud.
    IbmCloud,
    /// A Keyturn server.
    Keyturn {
        /// Its version.
        version: String,
    },
    /// Something else that speaks API v2.
    Other,
}

/// What an instance answered to a first question.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it is.
    pub kind: ServiceKind,
    /// How many secrets the key sees.
    pub secrets_total: u32,
    /// What the key may do.
    pub allowed: Vec<Allowed>,
}

/// Something that a key may do, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// What.
    pub what: AllowedAction,
    /// Whether it may.
    pub yes: bool,
}

/// What is asked to see what a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AllowedAction {
    /// List secrets.
    ListSecrets,
    /// Read the configurations of engines.
    ReadConfigurations,
}

impl Remote {
    /// Connects to nothing yet.
    #[expect(clippy::needless_pass_by_value, reason = "it stays with the instance")]
    pub fn new(settings: Settings, access: Access) -> Result<Arc<Self>> {
        let connection = Connection::new(&settings, access)?;
        Ok(Arc::new(Self {
            in_cloud: crate::iam_url(&settings.url).ends_with("iam.cloud.ibm.com"),
            connection,
            reach: Mutex::new(Reach::Online),
            reach_changed: watch::Sender::new(0),
            changed: watch::Sender::new(0),
            closed: AtomicBool::new(false),
        }))
    }

    /// Asks what stands behind the address and what the key may do.
    pub async fn probe(&self) -> Result<Probe> {
        let secrets = self.ask("/api/v2/secrets?limit=1").await?;
        let total = Total::read(&secrets.ok_or_else(forbidden)?)?;
        let configurations = self.ask("/api/v2/configurations?limit=1").await?;
        let allowed = |what, yes| Allowed { what, yes };
        Ok(Probe {
            kind: if self.in_cloud {
                ServiceKind::IbmCloud
            } else {
                ServiceKind::Other
            },
            secrets_total: total,
            allowed: vec![
                allowed(AllowedAction::ListSecrets, true),
                allowed(AllowedAction::ReadConfigurations, configurations.is_some()),
            ],
        })
    }

    /// What it answers; none if the key may not ask.
    async fn ask(&self, path: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Problem::new(Code::VaultLocked, "The connection is closed."));
        }
        let asked = self
            .connection
            .send(Method::GET, path, Zeroizing::default());
        let answer = asked.await.map_err(Problem::from);
        let answer = answer.and_then(|reply| match reply.status {
            200 => Ok(Some(reply.body)),
            403 => Ok(None),
            401 => Err(Problem::new(Code::Unauthorized, "The API key was refused.")),
            status => {
                let message = format!("The instance answered with HTTP status {status}.");
                Err(Problem::new(Code::Io, message))
            }
        });
        self.note(answer.as_ref().err());
        answer
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "no vault is there to ask for the time"
    )]
    fn note(&self, problem: Option<&Problem>) {
        let mut reach = self.reach.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = match (problem, &*reach) {
            (None, _) => Reach::Online,
            (Some(problem), Reach::Offline { since, seen_at, .. }) => Reach::Offline {
                since: *since,
                problem: problem.clone(),
                seen_at: *seen_at,
            },
            (Some(problem), Reach::Online) => Reach::Offline {
                since: Timestamp::from_millis(jiff::Timestamp::now().as_millisecond()),
                problem: problem.clone(),
                seen_at: None,
            },
        };
        if *reach != fresh {
            *reach = fresh;
            self.reach_changed.send_modify(|count| *count += 1);
        }
    }

    /// Whether it answered last time, and when.
    pub fn reach(&self) -> Reach {
        let reach = self.reach.lock().unwrap_or_else(PoisonError::into_inner);
        reach.clone()
    }

    /// Tells when `reach` changed.
    pub fn reach_changed(&self) -> watch::Receiver<u64> {
        self.reach_changed.subscribe()
    }

    /// Ends background work; later calls answer that it is closed.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }
}

#[derive(Deserialize)]
struct Total {
    total_count: u32,
}

impl Total {
    fn read(body: &[u8]) -> Result<u32> {
        let answer: Self = serde_json::from_slice(body)
            .map_err(|_| Problem::new(Code::Io, "This is no answer of Secrets Manager."))?;
        Ok(answer.total_count)
    }
}

fn forbidden() -> Problem {
    Problem::new(Code::Forbidden, "The API key may not list secrets.")
}

fn unread() -> Problem {
    Problem::new(
        Code::NotSupported,
        "Answers of remote instances are not read yet.",
    )
}

#[rustfmt::skip] // one operation a line
#[async_trait]
impl Instance for Remote {
    async fn list_secrets(&self, _caller: &Caller, _query: &ListSecrets) -> Result<Page<SecretView>> { Err(unread()) }
    async fn labels(&self, _caller: &Caller) -> Result<Vec<String>> { Err(unread()) }
    async fn create_secret(&self, _caller: &Caller, _new: NewSecret) -> Result<Secret> { Err(unread()) }
    async fn secret(&self, _caller: &Caller, _id: &str) -> Result<Secret> { Err(unread()) }
    async fn secret_id(&self, _caller: &Caller, _group_name: &str, _secret_type: SecretType, _name: &str) -> Result<String> { Err(unread()) }
    async fn secret_metadata(&self, _caller: &Caller, _id: &str) -> Result<SecretView> { Err(unread()) }
    async fn update_secret(&self, _caller: &Caller, _id: &str, _patch: SecretPatch, _expect: Option<&Revision>) -> Result<SecretView> { Err(unread()) }
    async fn delete_secret(&self, _caller: &Caller, _id: &str, _expect: Option<&Revision>) -> Result<()> { Err(unread()) }
    async fn overdue_total(&self, _caller: &Caller) -> Result<u32> { Err(unread()) }
    async fn policy_outlook(&self, _caller: &Caller, _id: &str, _patch: &SecretPatch) -> Result<PolicyOutlook> { Err(unread()) }
    async fn rotation_outlook(&self, _caller: &Caller, _id: &str) -> Result<RotationOutlook> { Err(unread()) }
    async fn create_version(&self, _caller: &Caller, _id: &str, _new: NewVersion, _expect: Option<&Revision>) -> Result<Version> { Err(unread()) }
    async fn versions(&self, _caller: &Caller, _id: &str) -> Result<Vec<VersionView>> { Err(unread()) }
    async fn version(&self, _caller: &Caller, _id: &str, _version: &VersionRef) -> Result<Version> { Err(unread()) }
    async fn version_metadata(&self, _caller: &Caller, _id: &str, _version: &VersionRef) -> Result<VersionView> { Err(unread()) }
    async fn certificate(&self, _caller: &Caller, _id: &str, _version: &VersionRef) -> Result<CertificateParts> { Err(unread()) }
    async fn compare(&self, _caller: &Caller, _id: &str, _version: &VersionRef, _with: Compared) -> Result<Comparison> { Err(unread()) }
    async fn compare_shown(&self, _caller: &Caller, _id: &str, _version: &VersionRef, _with: Compared) -> Result<ShownComparison> { Err(unread()) }
    async fn update_version(&self, _caller: &Caller, _id: &str, _version: &VersionRef, _version_custom_metadata: Metadata, _expect: Option<&Revision>) -> Result<VersionView> { Err(unread()) }
    async fn secret_groups(&self, _caller: &Caller) -> Result<Vec<SecretGroupView>> { Err(unread()) }
    async fn create_secret_group(&self, _caller: &Caller, _new: NewSecretGroup) -> Result<SecretGroupView> { Err(unread()) }
    async fn update_secret_group(&self, _caller: &Caller, _id: &str, _patch: SecretGroupPatch) -> Result<SecretGroupView> { Err(unread()) }
    async fn delete_secret_group(&self, _caller: &Caller, _id: &str) -> Result<()> { Err(unread()) }
    async fn secret_locks(&self, _caller: &Caller, _id: &str, _version: Option<&VersionRef>, _query: &ListLocks) -> Result<Page<Lock>> { Err(unread()) }
    async fn secrets_locks(&self, _caller: &Caller, _query: &ListSecretsLocks) -> Result<Page<SecretLocks>> { Err(unread()) }
    async fn create_locks(&self, _caller: &Caller, _id: &str, _version: &VersionRef, _new: NewLocks) -> Result<SecretLocks> { Err(unread()) }
    async fn delete_locks(&self, _caller: &Caller, _id: &str, _version: Option<&VersionRef>, _names: Option<&[String]>) -> Result<SecretLocks> { Err(unread()) }
    async fn configurations(&self, _caller: &Caller) -> Result<Vec<ConfigurationView>> { Err(unread()) }
    async fn configuration(&self, _caller: &Caller, _config_type: ConfigType, _name: &str) -> Result<ConfigurationView> { Err(unread()) }
    async fn create_configuration(&self, _caller: &Caller, _new: NewConfiguration) -> Result<ConfigurationView> { Err(unread()) }
    async fn update_configuration(&self, _caller: &Caller, _config_type: ConfigType, _name: &str, _patch: ConfigurationPatch, _expect: Option<&Revision>) -> Result<ConfigurationView> { Err(unread()) }
    async fn delete_configuration(&self, _caller: &Caller, _config_type: ConfigType, _name: &str, _expect: Option<&Revision>) -> Result<()> { Err(unread()) }
    async fn configuration_action(&self, _caller: &Caller, _config_type: ConfigType, _name: &str, _action: ConfigurationAction) -> Result<ActionOutcome> { Err(unread()) }
    async fn revocation_lists(&self, _authority: &str) -> Result<Vec<Vec<u8>>> { Err(unread()) }
    async fn authority_certificates(&self, _authority: &str) -> Result<Vec<String>> { Err(unread()) }
    async fn private_cert_outlook(&self, _caller: &Caller, _secret_group_id: &str, _new: &private_cert::New) -> Result<PrivateCertOutlook> { Err(unread()) }
    async fn private_cert_rotation_outlook(&self, _caller: &Caller, _id: &str, _rotation: &private_cert::Rotation) -> Result<PrivateCertOutlook> { Err(unread()) }
    async fn revoke_certificate(&self, _caller: &Caller, _id: &str, _version: &VersionRef) -> Result<Timestamp> { Err(unread()) }
    async fn order(&self, _caller: &Caller, _id: &str) -> Result<Option<OrderView>> { Err(unread()) }
    async fn validate_dns_challenge(&self, _caller: &Caller, _id: &str) -> Result<()> { Err(unread()) }
    async fn cancel_order(&self, _caller: &Caller, _id: &str) -> Result<()> { Err(unread()) }
    fn changed(&self) -> Changed {
        self.changed.subscribe()
    }
}
