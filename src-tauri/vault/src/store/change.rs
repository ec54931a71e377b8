//! Which keys each commit touched, kept for a while so that other processes can follow.

use std::collections::HashMap;

use rusqlite::Connection;

use super::{
    Batch, StoreError,
    transaction::{signed, unsigned},
};

/// How many commits back others can follow.
const KEPT: u64 = 10_000;

/// Old rows go so many commits at once, for each time costs a page.
const PRUNE_EVERY: u64 = 256;

/// A commit that touches more keys than fit is not listed; followers read everything again.
const LIST_LIMIT: usize = 1 << 20;

/// What was committed since some generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// The keys that were touched up to and with generation `upto`, each once, and whether its
    /// record was deleted last.
    Keys {
        /// The generation that this list leads to.
        upto: u64,
        /// Key, and whether it was deleted.
        keys: Vec<(Vec<u8>, bool)>,
    },
    /// The list does not reach back so far: read everything again.
    TooOld,
}

/// Notes what `batch` touches. Runs inside its transaction.
pub(super) fn note(connection: &Connection, batch: &Batch) -> Result<(), StoreError> {
    let puts = batch.puts.iter().map(|(key, _)| (key, PUT));
    let deletes = batch.deletes.iter().map(|key| (key, DELETED));
    let mut list = Vec::with_capacity(24 * (batch.puts.len() + batch.deletes.len()));
    for (key, what) in puts.chain(deletes) {
        let length = u16::try_from(key.len()).map_err(|_| StoreError::TooLarge)?;
        list.push(what);
        list.extend_from_slice(&length.to_be_bytes());
        list.extend_from_slice(key);
    }
    note_list(
        connection,
        batch.generation(),
        Some(&list).filter(|list| list.len() <= LIST_LIMIT),
    )
}

/// Notes a commit that touches too much to be listed.
pub(super) fn note_everything(connection: &Connection, generation: u64) -> Result<(), StoreError> {
    note_list(connection, generation, None)
}

/// What was committed since generation `since`. Runs inside a transaction of the caller.
pub(super) fn since(connection: &Connection, since: u64) -> Result<Changes, StoreError> {
    let upto = unsigned(
        connection
            .prepare_cached("SELECT generation FROM head")?
            .query_row([], |row| row.get(0))?,
    )?;
    // A vault older than what was seen was put back from a copy.
    if since > upto {
        return Ok(Changes::TooOld);
    }
    let mut touched: HashMap<Vec<u8>, bool> = HashMap::new();
    let mut reached = since;
    let mut statement = connection.prepare_cached(
        "SELECT generation, keys FROM change WHERE generation > ?1 ORDER BY generation",
    )?;
    let mut rows = statement.query([signed(since)?])?;
    while let Some(row) = rows.next()? {
        let list = row.get_ref(1)?.as_blob_or_null().map_err(|_| DAMAGED)?;
        let Some(list) = list.filter(|_| row.get(0) == Ok((reached + 1).cast_signed())) else {
            return Ok(Changes::TooOld);
        };
        reached += 1;
        read_list(list, &mut touched)?;
    }
    if reached < upto {
        return Ok(Changes::TooOld);
    }
    Ok(Changes::Keys {
        upto: reached,
        keys: touched.into_iter().collect(),
    })
}

const PUT: u8 = 0;
const DELETED: u8 = 1;
const DAMAGED: StoreError = StoreError::Damaged("the list of changes is not readable");

fn note_list(
    connection: &Connection,
    generation: u64,
    list: Option<&Vec<u8>>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO change(generation, keys) VALUES(?1, ?2)")?
        .execute((signed(generation)?, list))?;
    if generation.is_multiple_of(PRUNE_EVERY) {
        connection
            .prepare_cached("DELETE FROM change WHERE generation <= ?1")?
            .execute([signed(generation.saturating_sub(KEPT))?])?;
    }
    Ok(())
}

fn read_list(mut list: &[u8], touched: &mut HashMap<Vec<u8>, bool>) -> Result<(), StoreError> {
    while let Some((&[what, high, low], rest)) = list.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let (key, rest) = rest.split_at_checked(length).ok_or(DAMAGED)?;
        if what > DELETED {
            return Err(DAMAGED);
        }
        touched.insert(key.to_vec(), what == DELETED);
        list = rest;
    }
    if list.is_empty() {
        Ok(())
    } else {
        Err(DAMAGED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_or_foreign_list_is_damage() {
        let mut seen = HashMap::new();
        assert_eq!(
            read_list(&[0, 0, 2, b's', b'/', 1, 0, 0], &mut seen),
            Ok(())
        );
        assert_eq!(
            seen,
            HashMap::from([(b"s/".to_vec(), false), (Vec::new(), true)])
        );
        for list in [&[0, 0, 2, b's'][..], &[0, 0], &[2, 0, 0]] {
            assert_eq!(read_list(list, &mut seen), Err(DAMAGED));
        }
    }
}
