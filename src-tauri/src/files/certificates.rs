//! Parts of a certificate as the page gives them: from a file, which may hold all of them, as text,
//! or from the current version.

use std::sync::Arc;

use keyturn_api::secret::imported_cert;
use keyturn_api::{Code, Plaintext, Problem, Result};
use keyturn_pki::Material;
use keyturn_pki::{Part, Reason, Refusal};
use serde::{Deserialize, Deserializer};
use specta::Type;
use zeroize::Zeroizing;

use super::KeptFiles;

/// One part.
#[derive(Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum PartInput {
    /// It was typed or pasted, in any form that is text.
    Text {
        /// The text, which may be a private key.
        #[serde(deserialize_with = "wiped")]
        #[specta(type = String)]
        text: Zeroizing<String>,
    },
    /// It is in a file that was picked or dropped, and read.
    File {
        /// Names the kept file.
        token: String,
    },
    /// It is that of the current version, sent once more.
    Current,
}

/// The parts of a certificate.
#[derive(Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct CertificateInput {
    pub(crate) certificate: Option<PartInput>,
    pub(crate) intermediate: Option<PartInput>,
    pub(crate) private_key: Option<PartInput>,
    /// Opens typed parts that are encrypted.
    #[serde(default, deserialize_with = "wiped_if_any")]
    #[specta(type = Option<String>)]
    pub(crate) password: Option<Zeroizing<String>>,
}

/// The parts as PEM.
pub(crate) struct PemParts {
    pub(crate) certificate: Option<String>,
    pub(crate) intermediate: Option<String>,
    pub(crate) private_key: Option<Plaintext>,
}

/// Reads what a file or text holds.
pub(crate) fn read(bytes: &[u8], password: Option<&str>) -> Result<Material> {
    keyturn_pki::read::read(bytes, password)
        .and_then(keyturn_pki::read::Found::into_material)
        .map_err(problem)
}

/// A refusal as the page is told it.
pub(crate) fn problem(refusal: Refusal) -> Problem {
    let code = match refusal.reason {
        Reason::PasswordNeeded => Code::PasswordNeeded,
        Reason::PasswordWrong => Code::PasswordWrong,
        Reason::Other => Code::BadRequest,
    };
    let problem = Problem {
        code,
        ..Problem::field(refusal.part.field(), refusal.message)
    };
    match refusal.remedy {
        Some(remedy) => problem.remedy(remedy),
        None => problem,
    }
}

impl CertificateInput {
    /// The kept files that are no longer needed once they were used.
    pub(crate) fn tokens(&self) -> Vec<String> {
        let parts = [&self.certificate, &self.intermediate, &self.private_key];
        let tokens = parts.into_iter().flatten().filter_map(|part| match part {
            PartInput::File { token } => Some(token.clone()),
            _ => None,
        });
        tokens.collect()
    }

    /// Whether a part of the current version is sent once more.
    pub(crate) fn carries_over(&self) -> bool {
        [&self.certificate, &self.intermediate, &self.private_key]
            .into_iter()
            .flatten()
            .any(|part| matches!(part, PartInput::Current))
    }

    /// The parts as PEM, whatever form they came in. `current` is the value of the current version.
    pub(crate) fn pem(
        &self,
        files: &KeptFiles,
        current: Option<&imported_cert::Payload>,
    ) -> Result<PemParts> {
        let old = |part: &str| {
            Problem::new(
                Code::ValueGone,
                format!("The current version has no {part}."),
            )
        };
        let intermediate = match &self.intermediate {
            Some(PartInput::Current) => {
                let kept = current.and_then(|current| current.intermediate.clone());
                Some(kept.ok_or_else(|| old("intermediate"))?)
            }
            _ => self.intermediate_pem(files)?,
        };
        let private_key = match &self.private_key {
            Some(PartInput::Current) => {
                let kept = current.and_then(|current| current.private_key.as_ref());
                let key = kept.ok_or_else(|| old("private key"))?;
                Some(Plaintext::stored(key.bytes().to_vec(), false))
            }
            _ => self.private_key_pem(files)?,
        };
        Ok(PemParts {
            certificate: self.certificate_pem(files)?,
            intermediate,
            private_key,
        })
    }

    /// The certificate, unless it is that of the current version.
    pub(crate) fn certificate_pem(&self, files: &KeptFiles) -> Result<Option<String>> {
        match &self.certificate {
            None | Some(PartInput::Current) => Ok(None),
            Some(PartInput::Text { text }) => self.typed(Part::Certificate, text),
            Some(PartInput::File { token }) => {
                let pem = files.material(token, None)?.certificate_pem();
                let none = "There is no certificate in this file.";
                pem.map(Some)
                    .ok_or_else(|| missing(Part::Certificate, none))
            }
        }
    }

    /// The intermediates, unless they are those of the current version.
    pub(crate) fn intermediate_pem(&self, files: &KeptFiles) -> Result<Option<String>> {
        match &self.intermediate {
            None | Some(PartInput::Current) => Ok(None),
            Some(PartInput::Text { text }) => self.typed(Part::Intermediate, text),
            Some(PartInput::File { token }) => {
                let material = files.material(token, None)?;
                // What a file holds besides the certificate, or all of it if that came from elsewhere.
                let same = matches!(&self.certificate, Some(PartInput::File { token: other }) if other == token);
                let pem = if same {
                    material.intermediate_pem()
                } else {
                    material.authorities_pem()
                };
                let none = "There is no intermediate certificate in this file.";
                pem.map(Some)
                    .ok_or_else(|| missing(Part::Intermediate, none))
            }
        }
    }

    /// The private key, unless it is that of the current version.
    pub(crate) fn private_key_pem(&self, files: &KeptFiles) -> Result<Option<Plaintext>> {
        let material = match &self.private_key {
            None | Some(PartInput::Current) => return Ok(None),
            Some(PartInput::Text { text }) if text.trim().is_empty() => return Ok(None),
            Some(PartInput::Text { text }) => {
                let read = read(text.as_bytes(), self.password());
                Arc::new(read.map_err(|problem| at(Part::PrivateKey, problem))?)
            }
            Some(PartInput::File { token }) => files.material(token, None)?,
        };
        let mut key = material
            .private_key_pem()
            .ok_or_else(|| missing(Part::PrivateKey, "There is no private key in it."))?;
        Ok(Some(Plaintext::text(std::mem::take(&mut *key))))
    }

    /// Text that was typed for certificates.
    fn typed(&self, part: Part, text: &str) -> Result<Option<String>> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let found = keyturn_pki::read::read(text.as_bytes(), self.password())
            .map_err(|refusal| at(part, problem(refusal)))?;
        if !found.keys.is_empty() {
            let wrong = "A private key stands where a certificate belongs.";
            return Err(missing(part, wrong).remedy("Move it to the field of the private key."));
        }
        let certificates = found.certificates.iter();
        let pem: String = certificates.map(keyturn_pki::Certificate::to_pem).collect();
        if pem.is_empty() {
            return Err(missing(part, "There is no certificate in this text."));
        }
        Ok(Some(pem))
    }

    fn password(&self) -> Option<&str> {
        let password = self.password.as_deref().map(String::as_str);
        password.filter(|text| !text.is_empty())
    }
}

fn wiped<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Zeroizing<String>, D::Error> {
    String::deserialize(from).map(Zeroizing::new)
}

fn wiped_if_any<'de, D: Deserializer<'de>>(
    from: D,
) -> std::result::Result<Option<Zeroizing<String>>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(Zeroizing::new))
}

/// A certificate signing request as PEM; none if none is given.
pub(crate) fn csr_pem(part: Option<&PartInput>, files: &KeptFiles) -> Result<Option<String>> {
    let request = match part {
        None | Some(PartInput::Current) => return Ok(None),
        Some(PartInput::Text { text }) if text.trim().is_empty() => return Ok(None),
        Some(PartInput::Text { text }) => read(text.as_bytes(), None).map(|read| read.request),
        Some(PartInput::File { token }) => {
            files.material(token, None).map(|read| read.request.clone())
        }
    };
    let request = request.map_err(|problem| match problem.code {
        Code::PasswordNeeded | Code::PasswordWrong => missing(
            Part::Csr,
            "There is an encrypted private key in it, which nobody needs to know here.",
        )
        .remedy("Give the certificate signing request alone."),
        _ => at(Part::Csr, problem),
    })?;
    let none = "There is no certificate signing request in it.";
    let der = request.ok_or_else(|| missing(Part::Csr, none))?;
    let csr = keyturn_pki::Csr::from_der(&der).map_err(problem)?;
    Ok(Some(csr.to_pem()))
}

/// Certificates as PEM, each as it stands in a file or text.
pub(crate) fn certificates_pem(part: &PartInput, files: &KeptFiles) -> Result<String> {
    let input = CertificateInput {
        certificate: None,
        intermediate: Some(part.clone()),
        private_key: None,
        password: None,
    };
    let pem = input
        .intermediate_pem(files)
        .map_err(|problem| at(Part::Certificate, problem))?;
    pem.ok_or_else(|| missing(Part::Certificate, "There is no certificate in it."))
}

fn missing(part: Part, message: &str) -> Problem {
    Problem::field(part.field(), message)
}

/// What is wrong with a text as a whole is wrong with the part it was typed for.
fn at(part: Part, problem: Problem) -> Problem {
    if matches!(problem.code, Code::PasswordNeeded | Code::PasswordWrong) {
        return problem;
    }
    problem.at(keyturn_api::Target::field(part.field()))
}
