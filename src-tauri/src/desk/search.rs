//! Finding secrets of every instance by a few letters.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use keyturn_api::{Caller, Instance, ListSecrets, Result, SecretView, fields};
use serde::Serialize;
use specta::Type;

use uuid::Uuid;

use super::Desk;

/// So many are shown at once.
const MOST: usize = 8;

/// A secret that was found, and where.
#[derive(Debug, PartialEq, Serialize, Type)]
pub(crate) struct FoundSecret {
    /// UUID of its instance.
    pub(crate) instance_id: String,
    /// Name of that.
    pub(crate) instance_name: String,
    /// Number of that one's colour, 0 to 7.
    pub(crate) color: u8,
    /// The secret, as it was seen last.
    pub(crate) secret: SecretView,
}

/// Where secrets are looked for.
struct Source {
    instance_id: String,
    instance_name: String,
    color: u8,
    /// Answers by itself, from its index.
    open: Option<Arc<dyn Instance>>,
    /// What was seen of it last, where it does not.
    seen: Vec<SecretView>,
}

impl Desk {
    /// The first secrets that match a text, those of the active instance first.
    pub(crate) async fn search_everywhere(&self, text: &str) -> Result<Vec<FoundSecret>> {
        let text = text.trim();
        if fields::check_search(text).is_err() {
            return Ok(Vec::new());
        }
        let found = search(self.sources(text), self.owner(), text).await?;
        let active = self.active_instance().map(|active| active.id);
        let as_reached = |found: FoundSecret| {
            // whether another one answers is known when it is opened
            if Some(&found.instance_id) != active.as_ref() {
                return found;
            }
            FoundSecret {
                secret: self.as_reached(found.secret),
                ..found
            }
        };
        Ok(found.into_iter().map(as_reached).collect())
    }

    /// The active instance, if it is open, and what was last seen of remote ones.
    fn sources(&self, text: &str) -> Vec<Source> {
        let mut sources = self.open_source();
        let known = self.remotes().and_then(|remotes| remotes.all());
        for entry in known.unwrap_or_default() {
            let id = entry.id.to_string();
            if sources.iter().all(|source| source.instance_id != id) {
                sources.push(Source {
                    instance_id: id,
                    instance_name: entry.name,
                    color: entry.color,
                    open: None,
                    seen: seen(&self.recalled.of(self, entry.id), text),
                });
            }
        }
        sources
    }

    fn open_source(&self) -> Vec<Source> {
        let active = self.active();
        let open = active.as_ref().and_then(|active| {
            Some(Source {
                instance_id: active.entry.id().to_string(),
                instance_name: active.entry.name().to_owned(),
                color: active.entry.color(),
                open: Some(active.open.as_ref()?.instance()),
                seen: Vec::new(),
            })
        });
        open.into_iter().collect()
    }
}

/// The first of each source, each with its part of the room. A source that fails hides no other; it
/// is told only where nothing is found.
async fn search(sources: Vec<Source>, caller: &Caller, text: &str) -> Result<Vec<FoundSecret>> {
    let mut failed = None;
    let mut all = Vec::new();
    for source in sources {
        let secrets = match &source.open {
            Some(instance) => {
                let query = ListSecrets {
                    search: Some(text.to_owned()),
                    limit: u32::try_from(MOST).unwrap_or_default(),
                    ..ListSecrets::default()
                };
                match instance.list_secrets(caller, &query).await {
                    Ok(page) => page.items,
                    Err(problem) => {
                        failed = Some(problem);
                        Vec::new()
                    }
                }
            }
            None => seen(&source.seen, text),
        };
        if !secrets.is_empty() {
            all.push((source, secrets));
        }
    }
    let counts: Vec<_> = all.iter().map(|(_, secrets)| secrets.len()).collect();
    let mut found = Vec::new();
    for ((source, secrets), room) in all.into_iter().zip(shares(&counts)) {
        found.extend(secrets.into_iter().take(room).map(|secret| FoundSecret {
            instance_id: source.instance_id.clone(),
            instance_name: source.instance_name.clone(),
            color: source.color,
            secret,
        }));
    }
    match failed {
        Some(problem) if found.is_empty() => Err(problem),
        _ => Ok(found),
    }
}

/// How many of each source are shown: as many of each as there is room for, one after the other.
fn shares(counts: &[usize]) -> Vec<usize> {
    let mut shares = vec![0; counts.len()];
    let mut left = MOST.min(counts.iter().sum());
    while left > 0 {
        for (share, count) in shares.iter_mut().zip(counts) {
            if *share < *count && left > 0 {
                *share += 1;
                left -= 1;
            }
        }
    }
    shares
}

/// Those among secrets whose name, id or a label has the text in it.
fn seen(secrets: &[SecretView], text: &str) -> Vec<SecretView> {
    let text = text.to_lowercase();
    let has = |field: &String| field.to_lowercase().contains(&text);
    let matches = |view: &&SecretView| {
        let metadata = &view.metadata;
        has(&metadata.name) || has(&metadata.id) || metadata.labels.iter().any(has)
    };
    secrets.iter().filter(matches).take(MOST).cloned().collect()
}

/// What was last seen of instances that are not open, for as long as somebody types.
#[derive(Default)]
pub(crate) struct Recalled(Mutex<Vec<Recall>>);

/// What was seen of one of them, and when it was looked up.
struct Recall {
    instance: Uuid,
    at: Instant,
    secrets: Arc<Vec<SecretView>>,
}

impl Recalled {
    /// So long it is kept: each look opens a sealed file.
    const KEPT: Duration = Duration::from_secs(30);

    fn of(&self, desk: &Desk, id: Uuid) -> Arc<Vec<SecretView>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|recall| recall.at.elapsed() < Self::KEPT);
        if let Some(recall) = kept.iter().find(|recall| recall.instance == id) {
            return Arc::clone(&recall.secrets);
        }
        let secrets = Arc::new(desk.remembered(id));
        kept.push(Recall {
            instance: id,
            at: Instant::now(),
            secrets: Arc::clone(&secrets),
        });
        secrets
    }

    /// Forgets all of it.
    pub(super) fn forget(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

#[cfg(test)]
mod tests {
    use keyturn_api::secret::{NewDetail, arbitrary};
    use keyturn_api::{NewSecret, Plaintext};
    use keyturn_vault::{Home, wait};

    use super::super::creation::NewVaultForm;
    use super::*;

    fn desk(folder: &std::path::Path) -> Desk {
        let desk = Desk::at(Home::at(folder.join("data")));
        let form = serde_json::json!({
            "name": "Mine", "sample": false, "keyring": false, "passphrase": "correct horse battery",
        });
        let form: NewVaultForm = serde_json::from_value(form).unwrap();
        desk.create(form).unwrap();
        desk
    }

    fn create(desk: &Desk, name: &str) -> SecretView {
        let new = NewSecret {
            name: name.to_owned(),
            description: None,
            secret_group_id: "default".to_owned(),
            labels: vec!["Team-Ž".to_owned()],
            custom_metadata: None,
            version_custom_metadata: None,
            reminder: None,
            detail: NewDetail::Arbitrary(arbitrary::New {
                payload: Plaintext::text("x".to_owned()),
                expiration_date: None,
            }),
        };
        let vault = desk.vault().unwrap();
        wait(vault.create_secret(desk.owner(), new)).unwrap().view
    }

    #[test]
    fn the_first_of_the_active_instance_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path());
        for number in 0..10 {
            create(&desk, &format!("db-{number}"));
        }
        let found = wait(desk.search_everywhere(" DB-")).unwrap();
        assert_eq!(found.len(), MOST);
        assert_eq!(found[0].instance_name, "Mine");
        assert!(wait(desk.search_everywhere("d")).unwrap().is_empty());
        desk.close();
        assert!(wait(desk.search_everywhere("db-")).unwrap().is_empty());
    }

    #[test]
    fn each_source_has_its_part_of_the_room() {
        for (counts, expected) in [
            (vec![8, 8], vec![4, 4]),
            (vec![8, 1, 0], vec![7, 1, 0]),
            (vec![2, 3], vec![2, 3]),
            (vec![], vec![]),
            (vec![8; 9], vec![1, 1, 1, 1, 1, 1, 1, 1, 0]),
        ] {
            assert_eq!(shares(&counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn what_was_seen_of_others_comes_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path());
        let seen: Vec<_> = ["there", "db-there"].map(|name| create(&desk, name)).into();
        create(&desk, "db-here");
        let of_other = Source {
            instance_id: "other".to_owned(),
            instance_name: "Other".to_owned(),
            color: 1,
            open: None,
            seen,
        };
        let source = || desk.sources("own").into_iter().next().unwrap();
        let all = vec![source(), of_other];
        let found = wait(search(all, desk.owner(), "team-ž")).unwrap();
        let places: Vec<_> = found
            .iter()
            .map(|found| found.instance_name.as_str())
            .collect();
        assert_eq!(places, ["Mine", "Mine", "Mine", "Other", "Other"]);
    }
}
