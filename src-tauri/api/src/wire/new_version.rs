//! The body of `create_secret_version`. It has no discriminator: the instance knows the type of the
//! secret, and most bodies tell what they are for.

use super::{
    Body,
    new_secret::{object, parts, value},
};
use crate::{
    NewVersion, Result, SecretType, VersionRef,
    secret::{arbitrary, iam_credentials, kv, private_cert, public_cert, username_password},
    version::RotationInput,
};

/// Reads the body of `create_secret_version` (`SecretVersionPrototype`). Where the body alone does
/// not tell, `secret_type` is asked for. A body for another type is refused by the instance, which
/// names the field.
pub async fn new_version(
    body: &[u8],
    secret_type: impl AsyncFnOnce() -> Result<SecretType>,
) -> Result<NewVersion> {
    let mut body = Body::parse(body)?;
    let kind = match told_by(&body) {
        Some(kind) => kind,
        None => Kind::Of(secret_type().await?),
    };
    let input = match kind {
        Kind::Restore => {
            let from = body.required::<String>("restore_from_version")?;
            RotationInput::Restore {
                from: VersionRef::parse("restore_from_version", &from)?,
            }
        }
        Kind::Of(SecretType::Arbitrary) => RotationInput::Arbitrary(arbitrary::Rotation {
            payload: value(body.required("payload")?),
        }),
        Kind::Of(SecretType::Kv) => RotationInput::Kv(kv::Rotation {
            data: object(&mut body)?,
        }),
        Kind::Of(SecretType::UsernamePassword) => {
            RotationInput::UsernamePassword(username_password::Rotation {
                password: body.optional("password")?.map(value),
                password_generation_policy: None,
            })
        }
        Kind::Of(SecretType::IamCredentials) => {
            RotationInput::IamCredentials(iam_credentials::Rotation)
        }
        Kind::Of(SecretType::ImportedCert) => RotationInput::ImportedCert(parts(&mut body)?),
        Kind::Of(SecretType::PrivateCert) => {
            RotationInput::PrivateCert(private_cert::Rotation::new(body.optional("csr")?))
        }
        Kind::Of(SecretType::PublicCert) => {
            let rotation = body.object("rotation")?;
            let mut rotation = rotation.ok_or_else(|| body.missing("rotation"))?;
            let rotate_keys = rotation.optional("rotate_keys")?.unwrap_or_default();
            // what a policy says besides changes nothing about this order
            let _ = rotation.optional::<bool>("auto_rotate")?;
            rotation.finish()?;
            RotationInput::PublicCert(public_cert::Rotation { rotate_keys })
        }
        Kind::Of(other) => return Err(super::type_not_supported(other.name())),
    };
    let new = NewVersion {
        custom_metadata: body.optional("custom_metadata")?,
        version_custom_metadata: body.optional("version_custom_metadata")?,
        input,
    };
    body.finish()?;
    Ok(new)
}

enum Kind {
    Restore,
    Of(SecretType),
}

/// What a body is for by the members that only one type has.
fn told_by(body: &Body<'_>) -> Option<Kind> {
    [
        ("restore_from_version", Kind::Restore),
        ("payload", Kind::Of(SecretType::Arbitrary)),
        ("data", Kind::Of(SecretType::Kv)),
        ("password", Kind::Of(SecretType::UsernamePassword)),
        ("certificate", Kind::Of(SecretType::ImportedCert)),
        ("csr", Kind::Of(SecretType::PrivateCert)),
        ("rotation", Kind::Of(SecretType::PublicCert)),
    ]
    .into_iter()
    .find_map(|(name, kind)| body.has(name).then_some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    fn read(text: &str, kind: SecretType) -> Result<NewVersion> {
        let asked = async || Ok(kind);
        futures_lite(new_version(text.as_bytes(), asked))
    }

    /// Nothing here waits.
    fn futures_lite<T>(future: impl Future<Output = T>) -> T {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(future).poll(&mut context) {
            std::task::Poll::Ready(done) => done,
            std::task::Poll::Pending => unreachable!("it waits"),
        }
    }

    #[test]
    fn a_body_tells_what_it_is_for_or_the_type_is_asked() {
        let kv = read(r#"{"data":{"a":1}}"#, SecretType::Arbitrary).unwrap();
        assert!(matches!(kv.input, RotationInput::Kv(_)));
        let generated = read("{}", SecretType::UsernamePassword).unwrap();
        assert!(generated.input.is_generated());
        let signed = read(
            r#"{"version_custom_metadata":{"a":1}}"#,
            SecretType::PrivateCert,
        );
        assert!(matches!(
            signed.unwrap().input,
            RotationInput::PrivateCert(_)
        ));
        let restored = read(r#"{"restore_from_version":"previous"}"#, SecretType::Kv).unwrap();
        assert!(matches!(restored.input, RotationInput::Restore { .. }));
    }

    #[test]
    fn what_is_missing_or_too_much_is_named() {
        let field = |problem: Problem| problem.target.unwrap().name;
        let refused = |text, kind| field(read(text, kind).unwrap_err());
        assert_eq!(refused("{}", SecretType::Arbitrary), "payload");
        assert_eq!(refused("{}", SecretType::PublicCert), "rotation");
        assert_eq!(
            refused(r#"{"rotation":{"interval":1}}"#, SecretType::PublicCert),
            "rotation.interval"
        );
        assert_eq!(
            refused(
                r#"{"payload":"x","rotate_keys":true}"#,
                SecretType::Arbitrary
            ),
            "rotate_keys"
        );
    }
}
