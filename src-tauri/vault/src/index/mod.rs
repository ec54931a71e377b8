//! What the list needs, in memory: names, labels, dates and states of every secret, and never a
//! value. Columns and one contiguous text, so that 100,000 secrets are searched within a frame and
//! cost about 300 bytes each; what a page shows besides is read from the store.

mod due;
pub(crate) use due::Inside;
mod id_part;
mod labels;
mod query;
mod text;

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use keyturn_api::{SecretType, State, Timestamp};
use uuid::Uuid;

use labels::Labels;
use text::Text;

/// What the index keeps of a secret, borrowed from its record.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) id: Uuid,
    pub(crate) name: &'a str,
    pub(crate) description: &'a str,
    /// What is searched besides.
    pub(crate) search: &'a str,
    pub(crate) labels: &'a [&'a str],
    pub(crate) secret_type: SecretType,
    /// Nil for the group `default`.
    pub(crate) group: Uuid,
    pub(crate) state: State,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) rotated_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    /// Locks on all versions together.
    pub(crate) locks: u32,
    /// When policy or reminder make it due.
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) marks: Marks,
}

/// What the schedule looks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    /// Whether it rotates by itself.
    pub(crate) rotates: bool,
    /// Whether its expiry was seen.
    pub(crate) expiry_seen: bool,
    /// Whether its interval counts from another time than that of the last rotation.
    pub(crate) recounted: bool,
}

/// The fixed part of a row.
#[derive(Clone, Copy, Debug)]
struct Row {
    id: Uuid,
    group: Uuid,
    created_at: Timestamp,
    updated_at: Timestamp,
    rotated_at: Timestamp,
    retrieved_at: Timestamp,
    /// `NEVER` sorts last.
    expires_at: Timestamp,
    /// `NEVER` sorts last.
    due_at: Timestamp,
    locks: u32,
    marks: Marks,
    secret_type: SecretType,
    state: State,
    live: bool,
}

const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

impl Row {
    /// The state by the clock: a secret past its date is destroyed, whatever was recorded.
    fn state_at(&self, now: Timestamp) -> State {
        let held = self.locks > 0 && !self.secret_type.is_certificate();
        if self.expires_at <= now && self.state == State::Active && !held {
            return State::Destroyed;
        }
        self.state
    }
}

/// The index of one vault.
#[derive(Debug, Default)]
pub(crate) struct Index {
    rows: Vec<Row>,
    free: Vec<u32>,
    text: Text,
    labels: Labels,
    /// Slots by secret id.
    slots: HashTable<u32>,
    /// Live slots by folded name; ties in the order of the slots.
    by_name: Vec<u32>,
    /// Whether [`Self::by_name`] is sorted; not so while a vault is being loaded.
    sorted: bool,
    hasher: RandomState,
}

impl Index {
    /// Secrets in the vault.
    pub(crate) fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Adds a secret or replaces what is known of it. A row that was read keeps its date of
    /// reading.
    pub(crate) fn put(&mut self, entry: &Entry<'_>) {
        let old = self.slot(entry.id);
        let retrieved_at = old.map_or(Timestamp::EPOCH, |slot| self.row(slot).retrieved_at);
        let renamed = old.is_none_or(|slot| !self.text.is_named(slot, entry.name));
        if let (Some(slot), true) = (old, renamed) {
            self.forget_name(slot);
        }
        let row = Row {
            id: entry.id,
            group: entry.group,
            created_at: entry.created_at,
            updated_at: entry.updated_at,
            rotated_at: entry.rotated_at,
            retrieved_at,
            expires_at: entry.expires_at.unwrap_or(NEVER),
            due_at: entry.due_at.unwrap_or(NEVER),
            locks: entry.locks,
            marks: entry.marks,
            secret_type: entry.secret_type,
            state: entry.state,
            live: true,
        };
        let slot = old.unwrap_or_else(|| self.free_slot(row));
        self.rows[slot as usize] = row;
        if old.is_none() {
            let rows = &self.rows;
            let hasher = &self.hasher;
            let hash = hasher.hash_one(entry.id);
            self.slots
                .insert_unique(hash, slot, |&slot| hasher.hash_one(rows[slot as usize].id));
        }
        self.text.put(slot, entry);
        self.labels.put(slot, entry.labels);
        if renamed {
            self.place_name(slot);
        }
    }

    /// Forgets a secret.
    pub(crate) fn remove(&mut self, id: Uuid) {
        let Some(slot) = self.slot(id) else { return };
        self.forget_name(slot);
        let hash = self.hasher.hash_one(id);
        if let Ok(found) = self.slots.find_entry(hash, |&other| other == slot) {
            found.remove();
        }
        self.text.remove(slot);
        self.labels.put(slot, &[]);
        self.rows[slot as usize].live = false;
        self.free.push(slot);
    }

    /// Notes when a value of the secret was last read.
    pub(crate) fn mark_read(&mut self, id: Uuid, at: Timestamp) {
        if let Some(slot) = self.slot(id) {
            self.rows[slot as usize].retrieved_at = at;
        }
    }

    /// Secrets with this name, whatever its case; there is one of each type at most.
    pub(crate) fn named(&self, name: &str) -> Vec<Uuid> {
        let folded = text::folded(name);
        let start = self
            .by_name
            .partition_point(|&slot| self.text.name(slot) < folded.as_slice());
        let named = self.by_name[start..].iter();
        named
            .take_while(|&&slot| self.text.name(slot) == folded)
            .map(|&slot| self.row(slot).id)
            .collect()
    }

    /// Every label in use, sorted.
    pub(crate) fn labels_in_use(&self) -> Vec<String> {
        self.labels.in_use()
    }

    /// An empty index with room for so many secrets, so that loading them moves nothing.
    pub(crate) fn with_room_for(count: usize) -> Self {
        let mut index = Self::default();
        index.rows.reserve_exact(count);
        index.by_name.reserve_exact(count);
        // No id is in it yet that could have to be hashed again.
        index.slots.reserve(count, |_| 0);
        index.text.reserve(count);
        index.labels.reserve(count);
        index
    }

    /// Sorts by name after a bulk of [`Self::put`]s on an empty index.
    pub(crate) fn finish_load(&mut self) {
        let text = &self.text;
        // Most names differ in their beginnings, which are compared without going to the text.
        let mut names: Vec<(u128, u32)> = self
            .by_name
            .iter()
            .map(|&slot| (beginning(text.name(slot)), slot))
            .collect();
        names.sort_unstable_by(|(a, one), (b, other)| {
            let by_text = || text.name(*one).cmp(text.name(*other));
            a.cmp(b).then_with(by_text).then(one.cmp(other))
        });
        self.by_name.clear();
        self.by_name.extend(names.iter().map(|(_, slot)| slot));
        self.sorted = true;
    }

    fn slot(&self, id: Uuid) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        self.slots
            .find(hash, |&slot| self.rows[slot as usize].id == id)
            .copied()
    }

    fn row(&self, slot: u32) -> &Row {
        &self.rows[slot as usize]
    }

    fn free_slot(&mut self, row: Row) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.rows.push(row);
            u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn place_name(&mut self, slot: u32) {
        if !self.sorted {
            self.by_name.push(slot);
            return;
        }
        let at = self.name_position(slot);
        self.by_name.insert(at, slot);
    }

    fn forget_name(&mut self, slot: u32) {
        let at = if self.sorted {
            self.name_position(slot)
        } else {
            self.by_name
                .iter()
                .position(|&other| other == slot)
                .unwrap_or(self.by_name.len())
        };
        if self.by_name.get(at) == Some(&slot) {
            self.by_name.remove(at);
        }
    }

    fn name_position(&self, slot: u32) -> usize {
        let name = self.text.name(slot);
        self.by_name
            .partition_point(|&other| (self.text.name(other), other) < (name, slot))
    }
}

/// The first 16 bytes as a number of the same order. A name holds no zero byte.
fn beginning(name: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    let length = name.len().min(16);
    bytes[..length].copy_from_slice(&name[..length]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
pub(crate) mod tests;
