//! Work in the background: reading all metadata once and what changed later, and noticing changes that
//! others make.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use keyturn_api::served::{Changes, HELD_SECONDS, PATH};
use keyturn_api::wire::answer;
use keyturn_api::{Code, Problem, Result, SecretView};

use super::{Ask, Remote, lock, now};

/// Rows asked for at a time.
const ROWS: usize = 1000;
/// More than any instance has; whoever says so does not know.
const MOST: usize = 1_000_000;
/// Between two looks at an instance that does not tell when something changed.
const LOOK: Duration = Duration::from_secs(60);
/// Between a change and reading it: others may follow at once.
const SETTLE: Duration = Duration::from_secs(2);
/// Between tries while it does not answer, doubled each time.
const FIRST_TRY: Duration = Duration::from_secs(5);

impl Remote {
    /// Begins with the first question: from then on there is a runtime to work in.
    pub(super) fn begin_refreshing(&self) {
        if self.refreshing.swap(true, Ordering::AcqRel) {
            return;
        }
        for task in [Task::Refresh, Task::Watch] {
            let (me, mut closed) = (self.me.clone(), self.closed.subscribe());
            tokio::spawn(async move {
                let work = async {
                    let mut pause = task.first();
                    loop {
                        tokio::time::sleep(pause).await;
                        let Some(remote) = me.upgrade() else { return };
                        pause = task.turn(&remote, pause).await;
                    }
                };
                tokio::select! {
                    () = work => {}
                    _ = closed.wait_for(|closed| *closed) => {}
                }
            });
        }
    }

    /// All metadata, read now unless it was.
    pub(super) async fn whole(&self) -> Result<()> {
        if self.memory().complete && self.memory().seen.at.is_some() {
            return Ok(());
        }
        self.read_all().await
    }

    /// Reads what changed, or everything, and keeps it.
    async fn refresh(&self) -> Result<()> {
        let fresh = self.memory().complete && self.read_newest().await?;
        if !fresh {
            self.read_all().await?;
        }
        // what the key may not see is not shown, either
        let _ = self.groups().await;
        let _ = self.all_configurations().await;
        if let Some(cache) = &self.cache {
            let seen = self.memory().seen.write();
            cache.store(&seen);
        }
        Ok(())
    }

    /// Reads what changed last. Whether everything is known by that.
    async fn read_newest(&self) -> Result<bool> {
        let newest = {
            let memory = self.memory();
            memory
                .seen
                .secrets
                .iter()
                .map(|view| view.metadata.updated_at)
                .max()
        };
        let path = "/api/v2/secrets?limit=200&sort=-updated_at";
        let page = answer::secrets(&self.ask(Ask::get(path)).await?.body)?;
        let mut memory = self.memory();
        let reaches = page
            .items
            .last()
            .is_none_or(|oldest| newest.is_some_and(|newest| oldest.metadata.updated_at < newest));
        memory.learn(&page.items);
        let all = memory.seen.secrets.len() == page.total_count as usize;
        let known = all && (reaches || page.items.len() == page.total_count as usize);
        if known {
            memory.seen.at = Some(now());
        }
        Ok(known)
    }

    /// Reads everything, page by page. Addresses of pages that an answer names are not followed.
    pub(super) async fn read_all(&self) -> Result<()> {
        let mut all: Vec<SecretView> = Vec::new();
        let mut ids = HashSet::new();
        loop {
            let offset = all.len();
            let path = format!("/api/v2/secrets?limit={ROWS}&offset={offset}&sort=created_at");
            let page = answer::secrets(&self.ask(Ask::get(&path)).await?.body)?;
            let (count, total) = (page.items.len(), page.total_count as usize);
            if total > MOST || count > ROWS {
                return Err(endless());
            }
            let before = ids.len();
            let fresh = page
                .items
                .into_iter()
                .filter(|view| ids.insert(view.metadata.id.clone()));
            all.extend(fresh);
            if count == 0 || ids.len() >= total {
                break;
            }
            if ids.len() == before {
                return Err(endless());
            }
            self.memory().learn(&all[offset..]);
        }
        self.memory().replace(all, now());
        Ok(())
    }

    /// Waits for a change that somebody makes. Only a Keyturn server tells.
    async fn next_change(&self, since: Option<u64>) -> Result<u64> {
        let path = match since {
            None => format!("{PATH}/changes"),
            Some(since) => format!("{PATH}/changes?since={since}"),
        };
        let reply = self.ask(Ask::get(&path).once()).await?;
        let changes: Changes = serde_json::from_slice(&reply.body)
            .map_err(|_| super::list::not_understood("changes"))?;
        Ok(changes.count)
    }
}

/// What goes on in the background.
#[derive(Clone, Copy)]
enum Task {
    /// Keeps the memory fresh.
    Refresh,
    /// Notices changes.
    Watch,
}

impl Task {
    fn first(self) -> Duration {
        match self {
            // what the person looks at comes first
            Self::Refresh => Duration::from_millis(500),
            Self::Watch => Duration::ZERO,
        }
    }

    /// One turn; how long until the next.
    async fn turn(self, remote: &Arc<Remote>, pause: Duration) -> Duration {
        let longer = || (pause * 2).clamp(FIRST_TRY, LOOK);
        match self {
            Self::Refresh => {
                let first = !remote.refreshed.load(Ordering::Acquire);
                let before = remote.memory().seen.secrets.clone();
                if remote.refresh().await.is_err() {
                    return longer();
                }
                // some pages are cut out of what is known of all
                if first || remote.memory().seen.secrets != before {
                    remote.refreshed.store(true, Ordering::Release);
                    remote.changed.send_modify(|count| *count += 1);
                }
                let stale = remote.stale.notified();
                // somebody else may have changed something that no one tells of
                let _ = tokio::time::timeout(LOOK, stale).await;
                SETTLE
            }
            Self::Watch => match remote.is_keyturn().await {
                Err(_) => longer(),
                Ok(false) => {
                    remote.changed.send_modify(|count| *count += 1);
                    LOOK
                }
                Ok(true) => {
                    let _ = remote.learn_role().await;
                    remote.watch(longer()).await
                }
            },
        }
    }
}

impl Remote {
    /// Waits for one change and tells it. How long until the next is waited for.
    async fn watch(&self, longer: Duration) -> Duration {
        let since = *lock(&self.change_count);
        let held = Duration::from_secs(HELD_SECONDS * 2);
        match tokio::time::timeout(held, self.next_change(since)).await {
            Ok(Ok(count)) => {
                let before = lock(&self.change_count).replace(count);
                if before.is_some_and(|before| before != count) {
                    self.tell_change();
                }
                Duration::from_millis(200)
            }
            Ok(Err(problem)) if problem.code == Code::Unauthorized => LOOK,
            _ => longer,
        }
    }
}

/// Pages without an end.
fn endless() -> Problem {
    Problem::new(
        Code::Io,
        "The instance answers pages of its list that repeat themselves or have no end.",
    )
    .remedy("What was read before is kept. Check what stands behind the service URL.")
}
