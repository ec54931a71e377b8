//! Settings of this program: `settings.json` in the data folder. Nothing in it is confidential; it
//! is read before any vault is open. How a remote instance was last seen stands in it as well.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use keyturn_api::{Problem, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;
use uuid::Uuid;

use crate::files::file_problem;
use crate::whole_file;

const NAME: &str = "settings.json";
/// Where a file that cannot be read is kept.
const DAMAGED: &str = "settings.json.damaged";

/// What a person sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Colours.
    pub(crate) theme: Theme,
    /// Minutes without a person until the vault locks itself; 0: it never does.
    pub(crate) auto_lock_minutes: u32,
    /// How long a copied value stays on the clipboard.
    pub(crate) clipboard_seconds: u32,
    /// How long a value is shown.
    pub(crate) reveal_seconds: u32,
    /// Whether the desktop tells of secrets that are due for rotation, and of orders that ended.
    pub(crate) notify_overdue: bool,
}

/// Colours of the window, by Carbon's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the desktop has it.
    System,
    /// Light.
    White,
    /// Dark.
    G100,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            auto_lock_minutes: 10,
            clipboard_seconds: 30,
            reveal_seconds: 15,
            notify_overdue: true,
        }
    }
}

impl Settings {
    /// Refuses what would switch a protection off by accident.
    fn check(&self) -> Result<()> {
        let between = |field: &str, value, least, most, unit| {
            if (least..=most).contains(&value) {
                return Ok(());
            }
            Err(Problem::field(
                field,
                format!("Between {least} and {most} {unit} are possible."),
            ))
        };
        between(
            "auto_lock_minutes",
            self.auto_lock_minutes,
            0,
            24 * 60,
            "minutes",
        )?;
        between(
            "clipboard_seconds",
            self.clipboard_seconds,
            5,
            600,
            "seconds",
        )?;
        between("reveal_seconds", self.reveal_seconds, 5, 600, "seconds")
    }
}

/// What lies in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Stored {
    settings: Settings,
    last_instance: Option<Uuid>,
    /// What the window remembers of remote instances: JSON by name.
    #[serde(default)]
    views: BTreeMap<Uuid, BTreeMap<String, String>>,
}

/// The settings, and the file they lie in.
pub(crate) struct SettingsFile {
    place: Mutex<Option<PathBuf>>,
    stored: Mutex<Stored>,
}

impl SettingsFile {
    /// Reads the file of a data folder. One that cannot be understood is set aside, and the defaults
    /// hold.
    pub(crate) fn read(folder: &Path) -> Self {
        let file = Self::absent();
        file.read_again(folder);
        file
    }

    /// Takes what lies in a data folder that could not be used before.
    pub(crate) fn read_again(&self, folder: &Path) {
        let place = folder.join(NAME);
        *self.stored() = fs::read(&place).map_or_else(
            |_| Stored::default(),
            |bytes| {
                parse(&bytes).unwrap_or_else(|| {
                    let _ = fs::rename(&place, folder.join(DAMAGED));
                    Stored::default()
                })
            },
        );
        *self.place() = Some(place);
    }

    /// Defaults that are not kept, where there is no data folder.
    pub(crate) fn absent() -> Self {
        Self {
            place: Mutex::default(),
            stored: Mutex::default(),
        }
    }

    /// The settings that hold.
    pub(crate) fn current(&self) -> Settings {
        self.stored().settings.clone()
    }

    /// Changes the settings.
    pub(crate) fn change(&self, settings: Settings) -> Result<Settings> {
        settings.check()?;
        let mut stored = self.stored();
        let changed = Stored {
            settings,
            ..stored.clone()
        };
        self.write(&changed)?;
        *stored = changed;
        Ok(stored.settings.clone())
    }

    /// The instance to open at the next start.
    pub(crate) fn last_instance(&self) -> Option<Uuid> {
        self.stored().last_instance
    }

    /// Remembers the instance to open at the next start. Failing at that is no reason to fail at
    /// what the person asked for.
    pub(crate) fn remember_instance(&self, id: Option<Uuid>) {
        let mut stored = self.stored();
        if stored.last_instance != id {
            stored.last_instance = id;
            let _ = self.write(&stored);
        }
    }

    /// Something the window remembers of a remote instance, JSON.
    pub(crate) fn view_state(&self, instance: Uuid, name: &str) -> Option<String> {
        self.stored().views.get(&instance)?.get(name).cloned()
    }

    /// Remembers something of a remote instance.
    pub(crate) fn set_view_state(&self, instance: Uuid, name: &str, json: String) -> Result<()> {
        let mut stored = self.stored();
        let mut changed = stored.clone();
        let views = changed.views.entry(instance).or_default();
        views.insert(name.to_owned(), json);
        if changed != *stored {
            self.write(&changed)?;
            *stored = changed;
        }
        Ok(())
    }

    /// Forgets what was remembered of a remote instance.
    pub(crate) fn forget_instance(&self, instance: Uuid) {
        let mut stored = self.stored();
        if stored.views.remove(&instance).is_some() {
            let _ = self.write(&stored);
        }
    }

    fn write(&self, stored: &Stored) -> Result<()> {
        let place = self.place();
        let Some(place) = place.as_deref() else {
            return Ok(());
        };
        let mut json = serde_json::to_vec_pretty(stored).unwrap_or_default();
        json.push(b'\n');
        whole_file::write(place, &json)
            .map_err(|error| file_problem("The settings were not saved", &error))
    }

    fn place(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stored(&self) -> MutexGuard<'_, Stored> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the file. A setting that an earlier program did not know has its default, one that a later
/// program added is ignored.
fn parse(bytes: &[u8]) -> Option<Stored> {
    let file: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    let mut known = serde_json::to_value(Settings::default()).ok()?;
    if let Some(settings) = file.get("settings") {
        for (name, value) in settings.as_object()? {
            if let Some(slot) = known.get_mut(name) {
                *slot = value.clone();
            }
        }
    }
    let settings: Settings = serde_json::from_value(known).ok()?;
    let last_instance = file.get("last_instance").and_then(Value::as_str);
    let views = file.get("views").cloned();
    let views = views.and_then(|views| serde_json::from_value(views).ok());
    settings.check().is_ok().then(|| Stored {
        settings,
        last_instance: last_instance.and_then(|id| id.parse().ok()),
        views: views.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_the_last_instance_survive_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::read(folder.path());
        assert_eq!(file.current(), Settings::default());
        let changed = Settings {
            theme: Theme::G100,
            auto_lock_minutes: 0,
            ..Settings::default()
        };
        assert_eq!(file.change(changed.clone()).unwrap(), changed);
        let id = Uuid::from_u128(7);
        file.remember_instance(Some(id));

        let again = SettingsFile::read(folder.path());
        assert_eq!(again.current(), changed);
        assert_eq!(again.last_instance(), Some(id));
    }

    #[test]
    fn what_is_remembered_of_a_remote_instance_is_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::read(folder.path());
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        file.set_view_state(one, "engine", "\"public\"".into())
            .unwrap();
        file.set_view_state(other, "engine", "\"private\"".into())
            .unwrap();
        file.change(Settings::default()).unwrap();
        file.forget_instance(other);

        let again = SettingsFile::read(folder.path());
        let kept = |id| again.view_state(id, "engine");
        assert_eq!(kept(one).as_deref(), Some("\"public\""));
        assert_eq!(kept(other), None);
        assert_eq!(again.view_state(one, "list"), None);
    }

    #[test]
    fn what_is_out_of_range_is_refused_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::read(folder.path());
        let wrong = Settings {
            clipboard_seconds: 0,
            ..Settings::default()
        };
        let problem = file.change(wrong).unwrap_err();
        assert_eq!(problem.target.unwrap().name, "clipboard_seconds");
        assert_eq!(file.current(), Settings::default());
        assert!(!folder.path().join(NAME).exists());
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_the_next_change_is_kept() {
        for damage in [
            "{\"settings\": {\"theme\"",
            "[]",
            "{\"settings\":{\"theme\":\"pink\"}}",
        ] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(NAME), damage).unwrap();
            let file = SettingsFile::read(folder.path());
            assert_eq!(file.current(), Settings::default());
            assert_eq!(
                fs::read_to_string(folder.path().join(DAMAGED)).unwrap(),
                damage
            );
            file.change(Settings::default()).unwrap();
            assert!(folder.path().join(NAME).exists());
        }
    }

    #[test]
    fn files_of_earlier_and_later_programs_are_understood() {
        let later = br#"{"settings":{"theme":"white","density":"compact"},"notices":[90,60]}"#;
        let expected = Settings {
            theme: Theme::White,
            ..Settings::default()
        };
        assert_eq!(parse(later).unwrap().settings, expected);
    }
}
