//! Files as values of arbitrary secrets. A Keyturn server is told that a payload is one and keeps its
//! bytes. On IBM's service it is base64, and the label `encode:base64` tells so; it is set and taken
//! away here, because a rotation there has no labels.

use http::Method;
use keyturn_api::secret::{NewDetail, Payload};
use keyturn_api::wire::{answer, request};
use keyturn_api::{
    Plaintext, Problem, Result, SecretPatch, Version, fields, version::RotationInput,
};

use super::{Ask, Remote, secret_path};

pub(super) fn is_file_of_secret(detail: &NewDetail) -> bool {
    matches!(detail, NewDetail::Arbitrary(new) if new.payload.is_binary())
}

pub(super) fn is_file(input: &RotationInput) -> bool {
    matches!(input, RotationInput::Arbitrary(new) if new.payload.is_binary())
}

impl Remote {
    /// Lets a value be the bytes that it stands for, where the label of its secret says so.
    pub(super) async fn decode(&self, id: &str, found: &mut Version) -> Result<()> {
        let Some(Payload::Arbitrary(value)) = &mut found.payload else {
            return Ok(());
        };
        if value.payload.is_binary() {
            return Ok(());
        }
        let labels = self.labels_of(id).await?;
        if labels.iter().any(|label| label == fields::BASE64_LABEL)
            && let Some(bytes) = Plaintext::file_of_base64(&value.payload.wire())
        {
            value.payload = bytes;
            found.view.binary = true;
        }
        Ok(())
    }

    async fn labels_of(&self, id: &str) -> Result<Vec<String>> {
        let known = self.memory().secret(id).cloned();
        let view = match known {
            Some(view) => view,
            None => self.metadata(id).await?,
        };
        Ok(view.metadata.labels)
    }

    /// Whether such a rotation changes the labels. Refuses if there is no room for them.
    pub(super) async fn relabels(&self, id: &str, input: &RotationInput) -> Result<bool> {
        let RotationInput::Arbitrary(new) = input else {
            return Ok(false);
        };
        if self.is_keyturn().await? {
            return Ok(false);
        }
        let labels = self.labels_of(id).await?;
        let after = fields::labels_after(&labels, &new.payload)?;
        Ok(after.is_some())
    }

    /// Lets the labels follow a new version that is there already. They are read anew: somebody else
    /// may have changed others.
    pub(super) async fn relabel(&self, id: &str, input: &RotationInput) -> Result<()> {
        self.set_labels(id, input).await.map_err(|problem| {
            Problem::new(
                problem.code,
                format!(
                    "The new version is there, but the labels could not be changed with it. {}",
                    problem.message
                ),
            )
            .remedy(format!(
                "Do not rotate again. Edit the labels: {} says that the value is base64 of a file.",
                fields::BASE64_LABEL
            ))
        })
    }

    async fn set_labels(&self, id: &str, input: &RotationInput) -> Result<()> {
        let RotationInput::Arbitrary(new) = input else {
            return Ok(());
        };
        let there = self.metadata(id).await?;
        let Some(labels) = fields::labels_after(&there.metadata.labels, &new.payload)? else {
            return Ok(());
        };
        let patch = SecretPatch {
            labels: Some(labels),
            ..SecretPatch::default()
        };
        let place = secret_path(id, "/metadata")?;
        let ask = Ask::with(Method::PATCH, &place, request::secret_patch(&patch));
        let patched = answer::secret_metadata(&self.ask(ask).await?.body)?;
        self.memory().learn([&patched]);
        self.tell_change();
        Ok(())
    }
}
