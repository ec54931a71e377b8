//! Bodies of changes: merge-patches (RFC 7386) and small objects.

use super::Body;
use crate::{
    Metadata, NewSecretGroup, Problem, Result, SecretGroupPatch, SecretPatch,
    secret::username_password::PolicyPatch,
};

/// Reads the body of `update_secret_metadata` (`SecretMetadataPatch`).
pub fn secret_patch(body: &[u8]) -> Result<SecretPatch> {
    let mut body = Body::parse(body)?;
    let patch = SecretPatch {
        name: kept(&mut body, "name")?,
        description: body.patched("description")?.map(Option::unwrap_or_default),
        labels: body.patched("labels")?.map(Option::unwrap_or_default),
        custom_metadata: body
            .patched("custom_metadata")?
            .map(Option::unwrap_or_default),
        expiration_date: body.patched("expiration_date")?,
        rotation: body.patched("rotation")?.map(Option::unwrap_or_default),
        ttl: kept(&mut body, "ttl")?,
        managed_csr: body.optional("managed_csr")?,
        password_generation_policy: body
            .patched::<PolicyPatch>("password_generation_policy")?
            .map(|patch| patch.unwrap_or_else(PolicyPatch::to_default)),
        reminder: body.patched("reminder")?,
    };
    body.finish()?;
    Ok(patch)
}

/// Reads the body of `update_secret_version_metadata`: its one field.
pub fn version_patch(body: &[u8]) -> Result<Metadata> {
    let mut body = Body::parse(body)?;
    let patched = body.patched("version_custom_metadata")?;
    let metadata = patched.ok_or_else(|| body.missing("version_custom_metadata"))?;
    body.finish()?;
    Ok(metadata.unwrap_or_default())
}

/// Reads the body of `create_secret_group`.
pub fn new_group(body: &[u8]) -> Result<NewSecretGroup> {
    let mut body = Body::parse(body)?;
    let new = NewSecretGroup {
        name: body.required("name")?,
        description: body.optional("description")?,
    };
    body.finish()?;
    Ok(new)
}

/// Reads the body of `update_secret_group`.
pub fn group_patch(body: &[u8]) -> Result<SecretGroupPatch> {
    let mut body = Body::parse(body)?;
    let patch = SecretGroupPatch {
        name: kept(&mut body, "name")?,
        description: body.patched("description")?.map(Option::unwrap_or_default),
    };
    body.finish()?;
    Ok(patch)
}

/// A member that can be changed and not removed.
fn kept<T: serde::de::DeserializeOwned>(body: &mut Body<'_>, name: &str) -> Result<Option<T>> {
    match body.patched(name)? {
        None => Ok(None),
        Some(Some(value)) => Ok(Some(value)),
        Some(None) => Err(Problem::field(
            name,
            format!("The field {name} cannot be removed."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_removes_and_absent_leaves() {
        let patch = secret_patch(
            br#"{"expiration_date":null,"labels":null,"description":null,"custom_metadata":null}"#,
        )
        .unwrap();
        assert_eq!(patch.expiration_date, Some(None));
        assert_eq!(patch.labels, Some(Vec::new()));
        assert_eq!(patch.description.as_deref(), Some(""));
        assert!(patch.name.is_none() && patch.rotation.is_none());
        assert!(secret_patch(br#"{"name":null}"#).is_err());
        assert!(secret_patch(br#"{"secret_group_id":"default"}"#).is_err());
    }

    #[test]
    fn a_version_has_one_field_to_change() {
        assert_eq!(
            version_patch(br#"{"version_custom_metadata":{"a":1}}"#)
                .unwrap()
                .len(),
            1
        );
        assert!(version_patch(b"{}").is_err());
        assert!(version_patch(br#"{"version_custom_metadata":{},"name":"x"}"#).is_err());
    }
}
