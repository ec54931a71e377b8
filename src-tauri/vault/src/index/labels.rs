//! Labels of all secrets, each text once.

use std::collections::HashMap;

/// Interned labels and which rows have them.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    ids: HashMap<String, u32>,
    /// Rows that have the label, by id.
    uses: Vec<u32>,
    /// Label ids of all rows, one span a row.
    arena: Vec<u32>,
    spans: Vec<(u32, u32)>,
    wasted: usize,
}

impl Labels {
    /// Makes room for so many rows.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.spans.reserve_exact(count);
    }

    /// Sets the labels of a row.
    pub(crate) fn put(&mut self, slot: u32, labels: &[&str]) {
        let slot = slot as usize;
        if self.spans.len() <= slot {
            self.spans.resize(slot + 1, (0, 0));
        }
        let old: Vec<u32> = self.of(slot).to_vec();
        let ids: Vec<u32> = labels.iter().map(|label| self.id(label)).collect();
        if old == ids {
            return;
        }
        for id in &ids {
            self.uses[*id as usize] += 1;
        }
        for id in &old {
            self.uses[*id as usize] -= 1;
        }
        self.wasted += old.len();
        self.spans[slot] = (short(self.arena.len()), short(ids.len()));
        self.arena.extend(ids);
        if self.wasted > 1024 && self.wasted * 2 > self.arena.len() {
            self.compact();
        }
    }

    /// Ids of these labels; none if one of them is on no secret, so that nothing can match.
    pub(crate) fn wanted(&self, labels: &[String]) -> Option<Vec<u32>> {
        labels
            .iter()
            .map(|label| self.ids.get(label).copied())
            .collect()
    }

    /// Whether a row has all of these.
    pub(crate) fn has_all(&self, slot: u32, wanted: &[u32]) -> bool {
        let has = self.of(slot as usize);
        wanted.iter().all(|id| has.contains(id))
    }

    /// Labels that at least one row has, sorted.
    pub(crate) fn in_use(&self) -> Vec<String> {
        let used = |id: &u32| self.uses[*id as usize] > 0;
        let mut labels: Vec<String> = self
            .ids
            .iter()
            .filter(|(_, id)| used(id))
            .map(|(label, _)| label.clone())
            .collect();
        labels.sort_unstable();
        labels
    }

    fn of(&self, slot: usize) -> &[u32] {
        let (start, count) = self.spans[slot];
        &self.arena[start as usize..(start + count) as usize]
    }

    fn id(&mut self, label: &str) -> u32 {
        if let Some(id) = self.ids.get(label) {
            return *id;
        }
        let id = short(self.uses.len());
        self.ids.insert(label.to_owned(), id);
        self.uses.push(0);
        id
    }

    fn compact(&mut self) {
        let mut arena = Vec::with_capacity(self.arena.len() - self.wasted);
        for span in &mut self.spans {
            let start = short(arena.len());
            arena.extend_from_slice(&self.arena[span.0 as usize..(span.0 + span.1) as usize]);
            span.0 = start;
        }
        self.arena = arena;
        self.wasted = 0;
    }
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
