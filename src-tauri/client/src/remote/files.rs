//! Files as values of arbitrary secrets. A Keyturn server is told that a payload is one and keeps its
//! bytes. On IBM's service it is base64, and the label `encode:base64` tells so; it is set and taken
//! away here, because a rotation there has no labels.

use http::Method;
use keyturn_api::secret::NewDetail;
use keyturn_api::wire::{answer, request};
use keyturn_api::{Plaintext, Problem, Result, SecretPatch, fields, version::RotationInput};

use super::{Ask, Remote, secret_path};

pub(super) fn is_file_of_secret(detail: &NewDetail) -> bool {
    matches!(detail, NewDetail::Arbitrary(new) if new.payload.is_binary())
}

pub(super) fn is_file(input: &RotationInput) -> bool {
    matches!(input, RotationInput::Arbitrary(new) if new.payload.is_binary())
}

/// Whether typed text may be what a label that is there says: other clients send base64 as text.
fn is_base64(input: &RotationInput) -> bool {
    let RotationInput::Arbitrary(new) = input else {
        return false;
    };
    Plaintext::file_of_base64(&new.payload.wire()).is_some()
}

impl Remote {
    /// The labels that the secret needs after such a rotation, if others than it has. Refuses if there
    /// is no room for them.
    pub(super) async fn labels_for(
        &self,
        id: &str,
        input: &RotationInput,
    ) -> Result<Option<Vec<String>>> {
        if !matches!(input, RotationInput::Arbitrary(_)) || self.is_keyturn().await? {
            return Ok(None);
        }
        let known = self.memory().secret(id).cloned();
        let view = match known {
            Some(view) => view,
            None => self.metadata(id).await?,
        };
        let before = view.metadata.labels;
        let mut labels = before.clone();
        if is_file(input) {
            fields::add_base64_label(&mut labels)?;
        } else if !is_base64(input) {
            labels.retain(|label| label != fields::BASE64_LABEL);
        }
        Ok((labels != before).then_some(labels))
    }

    /// Sets the labels of a secret whose new version is there already.
    pub(super) async fn relabel(&self, id: &str, labels: Vec<String>) -> Result<()> {
        let patch = SecretPatch {
            labels: Some(labels),
            ..SecretPatch::default()
        };
        let place = secret_path(id, "/metadata")?;
        let ask = Ask::with(Method::PATCH, &place, request::secret_patch(&patch));
        let patched = self.ask(ask).await.map_err(|problem| {
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
        })?;
        self.memory()
            .learn([&answer::secret_metadata(&patched.body)?]);
        self.tell_change();
        Ok(())
    }
}
