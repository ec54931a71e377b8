//! The list of remote instances: `remotes.json` in the data folder. Nothing in it is confidential.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use keyturn_api::{Problem, Result};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::RemoteEntry;
use crate::files::file_problem;
use crate::whole_file;

const NAME: &str = "remotes.json";
/// Where a file that cannot be read is kept.
const DAMAGED: &str = "remotes.json.damaged";

/// What lies in the file.
#[derive(Default, Serialize, Deserialize)]
struct Stored {
    remotes: Vec<RemoteEntry>,
}

/// The list of a data folder. It is read anew each time; a change is one at a time.
pub(crate) struct Remotes {
    folder: PathBuf,
}

/// Held while the file is changed: two changes at once would lose one.
static CHANGING: Mutex<()> = Mutex::new(());

impl Remotes {
    /// The list of a data folder.
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// All of them, oldest first.
    pub(crate) fn all(&self) -> Result<Vec<RemoteEntry>> {
        let bytes = match fs::read(self.place()) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(file_problem("The list of instances was not read", &error)),
        };
        let stored = serde_json::from_slice::<Stored>(&bytes).unwrap_or_else(|_| {
            let _ = fs::rename(self.place(), self.folder.join(DAMAGED));
            Stored::default()
        });
        Ok(stored.remotes)
    }

    /// One of them.
    pub(crate) fn find(&self, id: Uuid) -> Result<Option<RemoteEntry>> {
        Ok(self.all()?.into_iter().find(|entry| entry.id == id))
    }

    /// Adds one.
    pub(crate) fn add(&self, entry: RemoteEntry) -> Result<()> {
        self.change(|remotes| {
            remotes.push(entry);
            Ok(())
        })
    }

    /// Changes one, and gives it as it is then.
    pub(crate) fn edit(
        &self,
        id: Uuid,
        edit: impl FnOnce(&mut RemoteEntry),
    ) -> Result<RemoteEntry> {
        self.change(|remotes| {
            let found = remotes.iter_mut().find(|entry| entry.id == id);
            let entry = found.ok_or_else(|| Problem::not_found("instance"))?;
            edit(entry);
            Ok(entry.clone())
        })
    }

    /// Takes one out.
    pub(crate) fn remove(&self, id: Uuid) -> Result<()> {
        self.change(|remotes| {
            remotes.retain(|entry| entry.id != id);
            Ok(())
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Vec<RemoteEntry>) -> Result<T>) -> Result<T> {
        let _changing = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.all()?;
        let mut remotes = before.clone();
        let outcome = change(&mut remotes)?;
        if remotes != before {
            let mut json = serde_json::to_vec_pretty(&Stored { remotes }).unwrap_or_default();
            json.push(b'\n');
            whole_file::write(&self.place(), &json)
                .map_err(|error| file_problem("The list of instances was not saved", &error))?;
        }
        Ok(outcome)
    }

    fn place(&self) -> PathBuf {
        self.folder.join(NAME)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::super::RemoteKind;
    use super::super::form::tests::entry;
    use super::*;

    #[test]
    fn what_is_added_changed_and_removed_survives_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let remotes = Remotes::of(folder.path());
        assert_eq!(remotes.all().unwrap(), []);
        let (first, second) = (entry("First"), entry("Second"));
        remotes.add(first.clone()).unwrap();
        remotes.add(second.clone()).unwrap();
        let place = folder.path().join(NAME);
        let mode = fs::metadata(place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        let remotes = Remotes::of(folder.path());
        let renamed = remotes.edit(first.id, |entry| entry.name = "Other".into());
        assert_eq!(renamed.unwrap().name, "Other");
        remotes.remove(second.id).unwrap();
        let names: Vec<_> = remotes
            .all()
            .unwrap()
            .into_iter()
            .map(|entry| entry.name)
            .collect();
        assert_eq!(names, ["Other"]);
        assert_eq!(remotes.find(second.id).unwrap(), None);
        assert!(remotes.edit(second.id, |_| ()).is_err());
    }

    #[test]
    fn a_damaged_file_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "{\"remotes\": [{}").unwrap();
        let remotes = Remotes::of(folder.path());
        assert_eq!(remotes.all().unwrap(), []);
        assert!(folder.path().join(DAMAGED).exists());
        remotes.add(entry("First")).unwrap();
        assert_eq!(remotes.all().unwrap().len(), 1);
    }

    #[test]
    fn files_of_earlier_and_later_programs_are_understood() {
        let folder = tempfile::tempdir().unwrap();
        let file = r#"{"remotes":[{"id":"00000000-0000-0000-0000-000000000007","name":"A","color":1,
            "kind":"later","route":{"url":"https://a.test","later":1},"later":[]}]}"#;
        fs::write(folder.path().join(NAME), file).unwrap();
        let read = Remotes::of(folder.path()).all().unwrap();
        assert_eq!((read.len(), read[0].kind), (1, RemoteKind::Other));
    }
}
