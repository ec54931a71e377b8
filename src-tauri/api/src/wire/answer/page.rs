//! Pages of lists.

use super::members::Members;
use crate::{Page, Result};

/// Reads a page; `member` is the name of its list, `item` reads the JSON of a row.
pub(super) fn read<'a, T>(
    what: &'static str,
    answer: &'a [u8],
    member: &str,
    item: impl Fn(&'a str) -> Result<T>,
) -> Result<Page<T>> {
    let mut answer = Members::whole(what, answer)?;
    let entries = answer.entries(member)?;
    let items = entries.into_iter().map(item).collect::<Result<Vec<T>>>()?;
    let rows = u32::try_from(items.len()).unwrap_or(u32::MAX);
    Ok(Page {
        total_count: answer.read_member("total_count")?.unwrap_or(rows),
        offset: answer.read_member("offset")?.unwrap_or(0),
        limit: answer.read_member("limit")?.unwrap_or(rows),
        items,
    })
}
