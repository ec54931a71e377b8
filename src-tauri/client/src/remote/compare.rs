//! Comparing values of an instance: a Keyturn server does it itself; elsewhere the values are read,
//! compared here and forgotten.

use keyturn_api::compare::{compare, compare_shown};
use keyturn_api::secret::{Payload, arbitrary, imported_cert, kv, username_password};
use keyturn_api::served::PATH;
use keyturn_api::version::{Compared, RotationInput};
use keyturn_api::wire::{Json, request};
use keyturn_api::{
    CertificateParts, Code, Comparison, NewVersion, Problem, Result, ShownComparison, VersionRef,
};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::list::not_understood;
use super::outlook::plain_id;
use super::{Ask, Remote, in_path};

impl Remote {
    pub(super) async fn compared(
        &self,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<Comparison> {
        if self.is_keyturn().await? {
            return self.asked(id, version, with, false).await;
        }
        let (old, new) = self.both(id, version, with).await?;
        compare(&old, &new)
    }

    pub(super) async fn compared_shown(
        &self,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<ShownComparison> {
        if self.is_keyturn().await? {
            return self.asked(id, version, with, true).await;
        }
        let (old, new) = self.both(id, version, with).await?;
        compare_shown(&old, &new)
    }

    pub(super) async fn certificate_parts(
        &self,
        id: &str,
        version: &VersionRef,
    ) -> Result<CertificateParts> {
        if self.is_keyturn().await? {
            let (id, version) = (plain_id(id)?, version_name(version));
            let path = format!("{PATH}/secrets/{id}/versions/{version}/certificate");
            return self.told(Ask::get(&path)).await;
        }
        let payload = self.value(id, version).await?;
        let whole = |certificate, intermediate, private_key_included| CertificateParts {
            certificate,
            intermediate,
            private_key_included,
        };
        match payload {
            Payload::ImportedCert(parts) => {
                let key = parts.private_key.is_some();
                Ok(whole(parts.certificate, parts.intermediate, key))
            }
            Payload::PublicCert(parts) => Ok(whole(parts.certificate, parts.intermediate, true)),
            Payload::PrivateCert(parts) => {
                let chain = Some(parts.ca_chain.concat()).filter(|chain| !chain.is_empty());
                let chain = chain.or(parts.issuing_ca);
                Ok(whole(parts.certificate, chain, parts.private_key.is_some()))
            }
            _ => Err(Problem::new(
                Code::BadRequest,
                "This secret is no certificate.",
            )),
        }
    }

    async fn asked<T: DeserializeOwned>(
        &self,
        id: &str,
        version: &VersionRef,
        with: Compared,
        shown: bool,
    ) -> Result<T> {
        let (id, version) = (plain_id(id)?, version_name(version));
        let path = format!("{PATH}/secrets/{id}/versions/{version}/comparison");
        let reply = self.ask(Ask::post(&path, body(with, shown))).await?;
        serde_json::from_slice(&reply.body).map_err(|_| not_understood("a comparison"))
    }

    /// Both values.
    async fn both(
        &self,
        id: &str,
        version: &VersionRef,
        with: Compared,
    ) -> Result<(Payload, Payload)> {
        let old = self.value(id, version).await?;
        let new = match with {
            Compared::Version(other) => self.value(id, &other).await?,
            Compared::Input(input) => given(input, &old)?,
        };
        Ok((old, new))
    }

    async fn value(&self, id: &str, version: &VersionRef) -> Result<Payload> {
        let version = self.version_with_value(id, version).await?;
        version
            .payload
            .ok_or_else(|| gone(version.view.view_hindrance))
    }
}

/// The refusal of a version that has no value.
pub(super) fn gone(reason: Option<String>) -> Problem {
    let reason = reason.unwrap_or_else(|| "The instance no longer keeps this value.".to_owned());
    Problem::new(Code::ValueGone, reason)
}

/// A version as it stands in a path.
pub(super) fn version_name(version: &VersionRef) -> String {
    match version {
        VersionRef::Alias(keyturn_api::VersionAlias::Current) => "current".to_owned(),
        VersionRef::Alias(keyturn_api::VersionAlias::Previous) => "previous".to_owned(),
        VersionRef::Id(id) => in_path(id).replace("%2D", "-"),
    }
}

/// The body of a comparison, in a text that is wiped.
fn body(with: Compared, shown: bool) -> Json {
    let (name, what) = match with {
        Compared::Version(version) => {
            let text = format!("\"{}\"", version_name(&version));
            ("with_version", Zeroizing::new(text.into_bytes()))
        }
        Compared::Input(input) => {
            let new = NewVersion {
                custom_metadata: None,
                version_custom_metadata: None,
                input,
            };
            ("with_rotation", request::new_version(&new))
        }
    };
    let head = format!("{{\"shown\":{shown},\"{name}\":");
    let mut body = Zeroizing::new(Vec::with_capacity(head.len() + what.len() + 1));
    for part in [head.as_bytes(), &what, b"}"] {
        body.extend_from_slice(part);
    }
    body
}

/// What a rotation would put in the place of `old`.
fn given(input: RotationInput, old: &Payload) -> Result<Payload> {
    Ok(match (input, old) {
        (RotationInput::Arbitrary(new), _) => Payload::Arbitrary(arbitrary::Payload {
            payload: new.payload,
        }),
        (RotationInput::Kv(new), _) => Payload::Kv(kv::Payload {
            data: new.data.into_plaintext(),
        }),
        (RotationInput::ImportedCert(new), _) => Payload::ImportedCert(imported_cert::Payload {
            certificate: new.certificate,
            intermediate: new.intermediate,
            private_key: new.private_key,
            csr: None,
        }),
        (RotationInput::UsernamePassword(new), Payload::UsernamePassword(old)) => {
            let password = new.password.ok_or_else(generated)?;
            Payload::UsernamePassword(username_password::Payload {
                username: old.username.clone(),
                password,
            })
        }
        _ => return Err(generated()),
    })
}

fn generated() -> Problem {
    Problem::field(
        "input",
        "A value that is generated is another one; there is nothing to compare yet.",
    )
}
