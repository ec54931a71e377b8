//! Beyond IBM's API: a `payload` that came as base64 of a file's bytes, as
//! [`PAYLOAD_HEADER`](crate::served::PAYLOAD_HEADER) says, becomes these bytes.

use crate::{
    NewSecret, NewVersion, Plaintext, Problem, Result, secret::NewDetail, version::RotationInput,
};

/// The secret with the file's bytes as its value. Other types stay as they are.
pub fn secret_of_file(mut new: NewSecret) -> Result<NewSecret> {
    if let NewDetail::Arbitrary(arbitrary) = &mut new.detail {
        arbitrary.payload = file(&arbitrary.payload)?;
    }
    Ok(new)
}

/// The version with the file's bytes as its value. Other types stay as they are.
pub fn version_of_file(mut new: NewVersion) -> Result<NewVersion> {
    if let RotationInput::Arbitrary(rotation) = &mut new.input {
        rotation.payload = file(&rotation.payload)?;
    }
    Ok(new)
}

fn file(payload: &Plaintext) -> Result<Plaintext> {
    let file = Plaintext::file_of_base64(&payload.wire());
    file.ok_or_else(|| Problem::field("payload", "The payload is not base64, though said to be."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::arbitrary;

    fn version(payload: &str) -> NewVersion {
        NewVersion {
            custom_metadata: None,
            version_custom_metadata: None,
            input: RotationInput::Arbitrary(arbitrary::Rotation {
                payload: Plaintext::text(payload.to_owned()),
            }),
        }
    }

    #[test]
    fn base64_becomes_the_bytes_it_stands_for() {
        let RotationInput::Arbitrary(read) = version_of_file(version("/wCA")).unwrap().input else {
            panic!("another type");
        };
        assert_eq!(read.payload.bytes(), [0xff, 0x00, 0x80]);
        assert!(read.payload.is_binary());
    }

    #[test]
    fn what_is_no_base64_is_refused_by_name() {
        for wrong in ["/wC", "s3cret words", "/wCA\n"] {
            let problem = version_of_file(version(wrong)).unwrap_err();
            assert_eq!(problem.target.unwrap().name, "payload", "{wrong:?}");
            assert!(!problem.message.contains(wrong), "{wrong:?}");
        }
    }
}
