//! What a rotation or a policy will do on an instance that does not tell: by what IBM documents
//! (`behaviour.md`, sections 1 to 3), and by what can be read.

use keyturn_api::secret::Detail;
use keyturn_api::secret::private_cert::{self, PrivateCertOutlook};
use keyturn_api::served::PATH;
use keyturn_api::wire::request;
use keyturn_api::{
    Code, ListLocks, NewSecret, PolicyOutlook, Problem, Result, RotationOutlook, SecretMetadata,
    SecretPatch, State, VersionAlias, VersionRef, VersionView,
};
use serde::de::DeserializeOwned;
use serde_json::json;
use zeroize::Zeroizing;

use super::list::not_understood;
use super::{Ask, Remote, now};

/// Locks that are named one by one, at most.
const NAMED_LOCKS: u32 = 10;

impl Remote {
    pub(super) async fn rotation(&self, id: &str) -> Result<RotationOutlook> {
        if self.is_keyturn().await? {
            let path = format!("{PATH}/secrets/{}/rotation_outlook", plain_id(id)?);
            // the versions are what a rotation whose answer is lost is found by
            let (outlook, _) = tokio::join!(self.told(Ask::get(&path)), self.history(id));
            let mut outlook: RotationOutlook = outlook?;
            outlook.secret = self.for_role(outlook.secret);
            return Ok(outlook);
        }
        let (secret, versions) = tokio::join!(self.metadata(id), self.history(id));
        let (secret, versions) = (secret?, versions?);
        let previous = VersionRef::Alias(VersionAlias::Previous);
        let has = |alias| {
            versions
                .iter()
                .find(|view| view.metadata.alias == Some(alias))
        };
        let blocking = if secret.metadata.locks_total > 0 && has(VersionAlias::Previous).is_some() {
            let query = ListLocks {
                limit: NAMED_LOCKS,
                ..ListLocks::default()
            };
            Some(self.locks(id, Some(&previous), &query).await?)
        } else {
            None
        };
        let blocking_total = blocking.as_ref().map_or(0, |page| page.total_count);
        let locks_move = (secret.metadata.locks_total > blocking_total).then(|| {
            "The locks on the current version move with it to the previous version. The next \
             rotation then waits until they are removed."
                .to_owned()
        });
        let locked = (blocking_total > 0).then(|| {
            Problem::new(
                Code::Locked,
                "The previous version is locked, and a rotation would remove its value.",
            )
            .remedy("Remove the locks on the previous version first.")
        });
        let refused = secret.availability.rotate.clone();
        let refused = refused.map(|reason| Problem::new(Code::WrongState, reason));
        Ok(RotationOutlook {
            effect: effect(&secret.metadata),
            fate: fate(&versions),
            next_number: versions.iter().map(|view| view.number).max().unwrap_or(0) + 1,
            locks_move,
            blocking_locks: blocking.map(|page| page.items).unwrap_or_default(),
            blocking_total,
            hindrance: refused.or(locked),
            secret,
        })
    }

    pub(super) async fn policy(&self, id: &str, patch: &SecretPatch) -> Result<PolicyOutlook> {
        if self.is_keyturn().await? {
            let place = format!("{PATH}/secrets/{}/policy_outlook", plain_id(id)?);
            return self
                .told(Ask::post(&place, request::secret_patch(patch)))
                .await;
        }
        let hindrance = patch.check(now()).err();
        let secret = self.metadata(id).await?;
        let policy = patch.rotation.filter(|policy| policy.auto_rotate);
        let every = policy.and_then(|policy| policy.every());
        let next = every.map(|every| every.after(secret.rotated_at));
        let at_once = next.is_some_and(|next| next <= now());
        let effect = match (&policy, at_once) {
            (None, _) => "The instance does not rotate it by itself.",
            (Some(_), true) => "The instance rotates it soon after this is saved.",
            (Some(_), false) => {
                "The instance rotates it by itself; it tells the date when this is saved."
            }
        };
        Ok(PolicyOutlook {
            at_once,
            next,
            effect: effect.to_owned(),
            hindrance,
        })
    }

    pub(super) async fn private_cert(
        &self,
        secret_group_id: &str,
        new: &private_cert::New,
    ) -> Result<PrivateCertOutlook> {
        if !self.is_keyturn().await? {
            return Err(tells_when_it_signs());
        }
        let new = NewSecret {
            // what it will be does not depend on it
            name: "outlook".into(),
            description: None,
            secret_group_id: secret_group_id.to_owned(),
            labels: Vec::new(),
            custom_metadata: None,
            version_custom_metadata: None,
            reminder: None,
            detail: keyturn_api::secret::NewDetail::PrivateCert(Box::new(new.clone())),
        };
        let path = format!("{PATH}/private_cert_outlook");
        self.told(Ask::post(&path, request::new_secret(&new))).await
    }

    pub(super) async fn private_cert_rotation(
        &self,
        id: &str,
        rotation: &private_cert::Rotation,
    ) -> Result<PrivateCertOutlook> {
        if !self.is_keyturn().await? {
            return Err(tells_when_it_signs());
        }
        let path = format!("{PATH}/secrets/{}/private_cert_outlook", plain_id(id)?);
        let body = json!({ "csr": rotation.csr }).to_string().into_bytes();
        self.told(Ask::post(&path, Zeroizing::new(body))).await
    }

    /// What a Keyturn server tells beyond API v2.
    pub(super) async fn told<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T> {
        let reply = self.ask(ask).await?;
        serde_json::from_slice(&reply.body).map_err(|_| not_understood("what was asked for"))
    }
}

/// An id as it stands in a path.
pub(super) fn plain_id(id: &str) -> Result<String> {
    let id = uuid::Uuid::try_parse(id).map_err(|_| Problem::not_found("secret"))?;
    Ok(id.hyphenated().to_string())
}

fn tells_when_it_signs() -> Problem {
    Problem::new(
        Code::NotSupported,
        "This instance tells whether its template allows the certificate when it signs it.",
    )
}

fn effect(metadata: &SecretMetadata) -> String {
    let first = metadata.state == State::PreActivation;
    match &metadata.detail {
        Detail::Arbitrary(_) => "The current value is replaced at once by the one you provide.",
        Detail::Kv(_) => {
            "The current object is replaced at once by the one you provide, as a whole: keys that are \
             not in the new one are gone."
        }
        Detail::UsernamePassword(_) => {
            "The password is replaced at once, by a generated one or by the one you provide. The user \
             name stays."
        }
        Detail::ImportedCert(detail) if detail.managed_csr.is_some() && first => {
            "The secret becomes active with the certificate you provide, which must have been signed \
             for the current request. Its private key is the one the instance keeps."
        }
        Detail::ImportedCert(detail) if detail.managed_csr.is_some() => {
            "The certificate is replaced at once by the one you provide, which must have been signed \
             for the current request. Its private key is the one the instance keeps."
        }
        Detail::ImportedCert(_) => {
            "The certificate is replaced at once by what you provide. Nothing is carried over: without \
             a private key or intermediate the new version has none."
        }
        Detail::PrivateCert(_) => {
            "The certificate is replaced at once by one that the authority of its template signs."
        }
        Detail::PublicCert(_) => {
            "A new certificate is ordered. The current one stays in force until it is issued."
        }
        _ => "The instance makes a new value. The previous one stays valid until its time ends.",
    }
    .to_owned()
}

fn fate(versions: &[VersionView]) -> String {
    let of = |alias| {
        let mut all = versions.iter();
        all.find(|view| view.metadata.alias == Some(alias))
            .map(|view| view.number)
    };
    match (of(VersionAlias::Current), of(VersionAlias::Previous)) {
        (None, _) => "It becomes the first version, and the secret becomes active.".to_owned(),
        (Some(current), None) => format!("Version {current} becomes the previous version."),
        (Some(current), Some(previous)) => format!(
            "Version {current} becomes the previous version. The value of version {previous} is then \
             no longer kept, because this instance keeps the values of two versions."
        ),
    }
}
