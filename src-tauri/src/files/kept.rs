//! The files that were picked or dropped and not used yet.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use data_encoding::BASE64URL_NOPAD;
use keyturn_api::{Code, Plaintext, Problem, Result};
use keyturn_pki::Material;

use super::reading::ReadFile;
use super::refused;
use super::{FilePurpose, ValueInput, certificates};

/// More than any dialog of the window takes; the oldest goes first.
const MOST: usize = 16;
/// A dialog left open for longer has to ask again.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// Files by their tokens, in the order they came.
#[derive(Default)]
pub(crate) struct KeptFiles(Mutex<Vec<Kept>>);

struct Kept {
    token: String,
    since: Instant,
    file: ReadFile,
    /// What was found in it, once it was read as certificates.
    material: Option<Arc<Material>>,
}

impl KeptFiles {
    /// Keeps a file; the token names it from now on.
    pub(crate) fn keep(&self, file: ReadFile) -> Result<String> {
        let token = make_token()?;
        let mut kept = self.fresh();
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push(Kept {
            token: token.clone(),
            since: Instant::now(),
            file,
            material: None,
        });
        Ok(token)
    }

    /// A value as an instance takes it. A file stays until [`Self::discard`], so that a refusal of
    /// another field does not lose it.
    pub(crate) fn plaintext(&self, input: ValueInput) -> Result<Plaintext> {
        match input {
            ValueInput::Text { text } => Ok(Plaintext::text(text)),
            ValueInput::File { token } => {
                let kept = self.fresh();
                let found = kept.iter().find(|kept| kept.token == token);
                found.map(|kept| kept.file.plaintext()).ok_or_else(gone)
            }
        }
    }

    /// What a file holds as certificates. It is read once, and the password is not kept.
    pub(crate) fn material(&self, token: &str, password: Option<&str>) -> Result<Arc<Material>> {
        let bytes = {
            let kept = self.fresh();
            let found = kept.iter().find(|kept| kept.token == token);
            let found = found.ok_or_else(gone)?;
            if let Some(material) = &found.material {
                return Ok(Arc::clone(material));
            }
            found.file.plaintext()
        };
        // without the lock: deriving a key takes its time
        let material = Arc::new(certificates::read(bytes.bytes(), password)?);
        let mut kept = self.fresh();
        if let Some(found) = kept.iter_mut().find(|kept| kept.token == token) {
            found.material = Some(Arc::clone(&material));
        }
        Ok(material)
    }

    /// Checks that a dropped file is what its place takes; else it is forgotten.
    pub(crate) fn check(&self, token: &str, purpose: FilePurpose) -> Result<()> {
        let mut kept = self.fresh();
        let place = kept
            .iter()
            .position(|kept| kept.token == token)
            .ok_or_else(gone)?;
        let checked = kept[place].file.check(purpose);
        if checked.is_err() {
            kept.remove(place);
        }
        checked
    }

    /// The text of a file that shall be metadata, which is then forgotten.
    pub(crate) fn take_metadata(&self, token: &str) -> Result<String> {
        let mut kept = self.fresh();
        let place = kept
            .iter()
            .position(|kept| kept.token == token)
            .ok_or_else(gone)?;
        kept.remove(place).file.text()
    }

    /// Forgets files.
    pub(crate) fn discard(&self, tokens: &[String]) {
        self.fresh().retain(|kept| !tokens.contains(&kept.token));
    }

    /// Forgets all files.
    pub(crate) fn clear(&self) {
        self.fresh().clear();
    }

    /// Forgets the files nobody came back for.
    pub(crate) fn expire(&self) {
        drop(self.fresh());
    }

    fn fresh(&self) -> MutexGuard<'_, Vec<Kept>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.since.elapsed() < LONGEST);
        kept
    }
}

/// 128 random bits, so that a token cannot be guessed.
fn make_token() -> Result<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .map_err(|_| Problem::new(Code::Io, "The operating system gives no random numbers."))?;
    Ok(BASE64URL_NOPAD.encode(&random))
}

fn gone() -> Problem {
    refused("The file is no longer kept.").remedy("Choose it again.")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{FilePurpose, reading};
    use super::*;

    fn given(bytes: &[u8]) -> ReadFile {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("given");
        fs::write(&path, bytes).unwrap();
        reading::open(&path, std::path::Path::new("/nowhere"))
            .unwrap()
            .read(FilePurpose::Value)
            .unwrap()
    }

    fn value(files: &KeptFiles, token: &str) -> Result<Plaintext> {
        files.plaintext(ValueInput::File {
            token: token.to_owned(),
        })
    }

    #[test]
    fn a_file_stays_until_it_is_discarded() {
        let files = KeptFiles::default();
        let token = files.keep(given(&[0xff])).unwrap();
        assert!(value(&files, &token).unwrap().is_binary());
        assert_eq!(value(&files, &token).unwrap().bytes(), [0xff]);
        files.discard(std::slice::from_ref(&token));
        let problem = value(&files, &token).unwrap_err();
        assert_eq!(
            (problem.code, problem.target.unwrap().name.as_str()),
            (Code::File, "file")
        );
    }

    #[test]
    fn locking_forgets_all_and_the_oldest_of_many_goes_first() {
        let files = KeptFiles::default();
        let tokens: Vec<_> = (0..=MOST)
            .map(|_| files.keep(given(b"a")).unwrap())
            .collect();
        assert!(value(&files, &tokens[0]).is_err());
        assert!(value(&files, &tokens[1]).is_ok());
        files.clear();
        assert!(tokens.iter().all(|token| value(&files, token).is_err()));
    }

    #[test]
    fn metadata_is_text_and_is_handed_out_once() {
        let files = KeptFiles::default();
        let token = files.keep(given(b"{\"a\": 1}")).unwrap();
        assert_eq!(files.take_metadata(&token).unwrap(), "{\"a\": 1}");
        assert!(files.take_metadata(&token).is_err());
        let token = files.keep(given(&[0xff])).unwrap();
        assert!(
            files
                .take_metadata(&token)
                .unwrap_err()
                .message
                .contains("no text")
        );
    }
}
