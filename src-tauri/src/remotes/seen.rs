//! What was last seen of a remote instance, in a file beside the list: sealed under a key that comes
//! from the instance's API key, so that it can be read with that alone.

use std::fs;
use std::path::{Path, PathBuf};

use keyturn_client::Cache;
use keyturn_vault::seal::{open_aside, seal_aside};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::whole_file;

/// A larger file is not ours.
const BYTES: u64 = 256 * 1024 * 1024;

/// The file of one instance.
pub(crate) struct SeenFile {
    place: PathBuf,
    context: String,
    api_key: Zeroizing<String>,
}

impl SeenFile {
    pub(crate) fn new(folder: &Path, id: Uuid, api_key: Zeroizing<String>) -> Self {
        Self {
            place: place(folder, id),
            context: format!("seen of {id}"),
            api_key,
        }
    }

    /// Removes what was seen of an instance.
    pub(crate) fn remove(folder: &Path, id: Uuid) {
        let _ = fs::remove_file(place(folder, id));
    }
}

fn place(folder: &Path, id: Uuid) -> PathBuf {
    folder.join(format!("seen-{id}"))
}

impl Cache for SeenFile {
    fn load(&self) -> Option<Zeroizing<Vec<u8>>> {
        let size = fs::metadata(&self.place).ok()?.len();
        let sealed = (size <= BYTES).then(|| fs::read(&self.place).ok())??;
        // another key has come since, or it is damaged: it is read anew
        let seen = open_aside(self.api_key.as_bytes(), &self.context, &sealed).ok()?;
        Some(Zeroizing::new(seen.expose().to_vec()))
    }

    fn store(&self, seen: &[u8]) {
        let sealed = seal_aside(self.api_key.as_bytes(), &self.context, seen);
        // the next time comes; what is shown meanwhile is older
        let _ = whole_file::write(&self.place, &sealed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_sealed_and_belongs_to_one_instance_and_key() {
        let folder = tempfile::tempdir().unwrap();
        let key = || Zeroizing::new("ktk_one".to_owned());
        let id = Uuid::new_v4();
        let seen = SeenFile::new(folder.path(), id, key());
        assert!(seen.load().is_none());
        seen.store(b"names of secrets");
        assert_eq!(seen.load().unwrap().as_slice(), b"names of secrets");
        let file = fs::read(place(folder.path(), id)).unwrap();
        assert!(!String::from_utf8_lossy(&file).contains("names"));
        let other = Zeroizing::new("ktk_two".to_owned());
        assert!(SeenFile::new(folder.path(), id, other).load().is_none());
        let elsewhere = Uuid::new_v4();
        fs::copy(place(folder.path(), id), place(folder.path(), elsewhere)).unwrap();
        assert!(
            SeenFile::new(folder.path(), elsewhere, key())
                .load()
                .is_none()
        );
        SeenFile::remove(folder.path(), id);
        assert!(seen.load().is_none());
    }
}
