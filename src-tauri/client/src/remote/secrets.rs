//! Secrets, their versions and their rotation.

use std::collections::BTreeSet;

use http::Method;
use keyturn_api::secret::username_password::PolicyPatch;
use keyturn_api::wire::{answer, request};
use keyturn_api::{
    Code, Metadata, NewSecret, NewVersion, Problem, Result, Revision, Secret, SecretPatch,
    SecretView, Timestamp, Version, VersionAlias, VersionRef, VersionView, version::RotationInput,
};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::compare::{gone, version_name};
use super::{Ask, Remote, files, lock, now, secret_path};

#[derive(Deserialize)]
struct Revoked {
    revocation_time_seconds: Option<i64>,
}

impl Remote {
    pub(super) async fn add(&self, new: &NewSecret) -> Result<Secret> {
        let ask = Ask::post("/api/v2/secrets", request::new_secret(new))
            .with_file(files::is_file_of_secret(&new.detail));
        let made = answer::secret(&self.ask(ask).await?.body)?;
        self.memory().learn([&made.view]);
        self.tell_change();
        Ok(made)
    }

    pub(super) async fn with_value(&self, id: &str) -> Result<Secret> {
        let reply = self.ask(Ask::get(&secret_path(id, "")?)).await?;
        let secret = answer::secret(&reply.body)?;
        match secret.payload {
            Some(_) => Ok(secret),
            None => Err(gone(secret.view.availability.view)),
        }
    }

    pub(super) async fn metadata(&self, id: &str) -> Result<SecretView> {
        let path = secret_path(id, "/metadata")?;
        let known = |memory: &super::Memory| memory.secret(id).cloned();
        let read = self.read(&path, answer::secret_metadata, known).await;
        if let Err(problem) = &read
            && problem.code == Code::NotFound
        {
            // it was listed, and is gone
            self.memory().forget(id);
        }
        read.map(|view| self.for_role(view))
    }

    /// Versions, oldest first. Their ids are what a rotation whose answer was lost is found by.
    pub(super) async fn history(&self, id: &str) -> Result<Vec<VersionView>> {
        let path = secret_path(id, "/versions")?;
        let known = |memory: &super::Memory| memory.seen.history(id).map(<[_]>::to_vec);
        let mut versions = self.read(&path, answer::versions, known).await?;
        versions.sort_by_key(|view| (view.metadata.created_at, view.number));
        let ids = versions.iter().map(|view| view.metadata.id.clone());
        lock(&self.versions).insert(id.to_owned(), ids.collect());
        self.memory().seen.remember(id, &versions);
        Ok(versions)
    }

    pub(super) async fn one_of_history(
        &self,
        id: &str,
        version: &VersionRef,
    ) -> Result<VersionView> {
        let versions = self.history(id).await?;
        let is = |view: &VersionView| match version {
            VersionRef::Alias(alias) => view.metadata.alias == Some(*alias),
            VersionRef::Id(wanted) => view.metadata.id == *wanted,
        };
        let found = versions.into_iter().find(is);
        found.ok_or_else(|| Problem::not_found("version"))
    }

    pub(super) async fn version_with_value(
        &self,
        id: &str,
        version: &VersionRef,
    ) -> Result<Version> {
        let path = version_path(id, version, "")?;
        let reply = self.ask(Ask::get(&path)).await?;
        let mut found = answer::version(&reply.body)?;
        if !self.is_keyturn().await? {
            self.number(id, &mut found.view).await;
            self.decode(id, &mut found).await?;
        }
        Ok(found)
    }

    /// Which of the versions it is stands in the list alone.
    async fn number(&self, id: &str, view: &mut VersionView) {
        let which = VersionRef::Id(view.metadata.id.clone());
        if let Ok(known) = self.one_of_history(id, &which).await {
            view.number = known.number;
        }
    }

    /// Refuses if the secret is not as it was when the person saw it. A Keyturn server does that
    /// itself, in the moment of the change.
    pub(super) async fn check_unchanged(&self, id: &str, expect: Option<&Revision>) -> Result<()> {
        let Some(expect) = expect else { return Ok(()) };
        if self.is_keyturn().await? {
            return Ok(());
        }
        let reply = self.ask(Ask::get(&secret_path(id, "/metadata")?)).await?;
        let view = answer::secret_metadata(&reply.body)?;
        if view.revision == *expect {
            return Ok(());
        }
        let at = view.metadata.updated_at;
        Err(Problem::new(
            Code::Conflict,
            format!(
                "The secret was changed at {at}, after you opened it. Nothing was changed now."
            ),
        )
        .remedy("Look at the change, then decide again."))
    }

    /// One rotation, sent once. If its answer is lost, the versions tell whether it took effect.
    pub(super) async fn rotate(
        &self,
        id: &str,
        new: &NewVersion,
        expect: Option<&Revision>,
    ) -> Result<Version> {
        let path = secret_path(id, "/versions")?;
        // the body of a rotation has no place for a policy of passwords
        let patched = self.with_policy(id, &new.input, expect).await?;
        let expect = patched.as_ref().or(expect);
        let relabels = self.relabels(id, &new.input).await?;
        let ask = Ask::post(&path, request::new_version(new))
            .expecting(expect)
            .with_file(files::is_file(&new.input));
        let known: Option<BTreeSet<String>> = lock(&self.versions).get(id).cloned();
        self.begin_refreshing();
        let sent = self
            .connection
            .rotate(id, &path, ask.headers, ask.body, known)
            .await;
        self.noticed(&sent);
        // also after a failure: it may have taken effect
        self.tell_change();
        if let Err(failure) = &sent
            && failure.new_version.is_some()
            && relabels
        {
            // what is told is that the rotation is done
            let _ = self.relabel(id, &new.input).await;
        }
        let reply = self.success(sent?)?;
        let mut made = answer::version(&reply.body)?;
        if let Some(ids) = lock(&self.versions).get_mut(id) {
            ids.insert(made.view.metadata.id.clone());
        }
        if relabels {
            self.relabel(id, &new.input).await?;
        }
        if !self.is_keyturn().await? {
            self.number(id, &mut made.view).await;
        }
        Ok(made)
    }

    /// Changes the policy of passwords, if a rotation comes with another one. The revision after it.
    async fn with_policy(
        &self,
        id: &str,
        input: &RotationInput,
        expect: Option<&Revision>,
    ) -> Result<Option<Revision>> {
        let RotationInput::UsernamePassword(rotation) = input else {
            return Ok(None);
        };
        let Some(policy) = rotation.password_generation_policy.clone() else {
            return Ok(None);
        };
        let mut policy = PolicyPatch::to(policy);
        if !self.is_keyturn().await? {
            // IBM's service does not know it
            policy.exclude_characters = None;
        }
        let patch = SecretPatch {
            password_generation_policy: Some(policy),
            ..SecretPatch::default()
        };
        let place = secret_path(id, "/metadata")?;
        let ask = Ask::with(Method::PATCH, &place, request::secret_patch(&patch)).expecting(expect);
        let view = answer::secret_metadata(&self.ask(ask).await?.body)?;
        Ok(expect.map(|_| view.revision))
    }

    pub(super) async fn edit_version(
        &self,
        id: &str,
        version: &VersionRef,
        metadata: &Metadata,
        expect: Option<&Revision>,
    ) -> Result<VersionView> {
        let path = version_path(id, version, "/metadata")?;
        let body = request::version_patch(metadata);
        let ask = Ask::with(Method::PATCH, &path, body).expecting(expect);
        let reply = self.ask(ask).await?;
        self.tell_change();
        answer::version_metadata(&reply.body)
    }

    pub(super) async fn delete_data(&self, id: &str, version: &VersionRef) -> Result<()> {
        let path = version_path(id, version, "/secret_data")?;
        let ask = Ask::with(Method::DELETE, &path, Zeroizing::default());
        self.ask(ask).await?;
        self.tell_change();
        Ok(())
    }

    pub(super) async fn revoke(&self, id: &str, version: &VersionRef) -> Result<Timestamp> {
        let path = match version {
            VersionRef::Alias(VersionAlias::Current) => secret_path(id, "/actions")?,
            other => version_path(id, other, "/actions")?,
        };
        let body = json!({ "action_type": "private_cert_action_revoke_certificate" });
        let ask = Ask::post(&path, Zeroizing::new(body.to_string().into_bytes()));
        let revoked: Revoked = self.told(ask).await?;
        self.tell_change();
        let at = revoked.revocation_time_seconds;
        Ok(at.map_or_else(now, |at| Timestamp::from_millis(at.saturating_mul(1000))))
    }
}

/// The path of a version, or what lies below it.
pub(super) fn version_path(id: &str, version: &VersionRef, below: &str) -> Result<String> {
    secret_path(id, &format!("/versions/{}{below}", version_name(version)))
}
