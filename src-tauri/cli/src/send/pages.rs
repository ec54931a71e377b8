//! Page after page of a collection, as one answer.

use std::collections::BTreeMap;

use keyturn_api::{Code, Problem};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Answer, Instance};
use crate::failure::Failure;
use crate::operations::Request;

/// No collection has more pages; a server that never ends does not keep the program.
const PAGES: u32 = 10_000;

/// The members of an answer, as they came.
type Members<'a> = BTreeMap<&'a str, &'a RawValue>;

/// Asks until there is no next page.
pub(super) async fn all(instance: &Instance, request: Request) -> Result<Answer, Failure> {
    let array = request.list.map_or("", |list| list.array);
    let mut rows: Vec<String> = Vec::new();
    let mut total = 0;
    let mut target = request.target();
    for _ in 0..PAGES {
        let answer = instance.send(request.again(), &target).await?;
        let page: Members<'_> = serde_json::from_slice(&answer.body).map_err(|_| not_a_page())?;
        let here: Vec<&RawValue> = read(&page, array).ok_or_else(not_a_page)?;
        let count = here.len();
        rows.extend(here.into_iter().map(|row| row.get().to_owned()));
        total = read(&page, "total_count").unwrap_or(rows.len());
        if !page.contains_key("next") || count == 0 {
            break;
        }
        let number = |name: &str| read::<u64>(&page, name).ok_or_else(not_a_page);
        target = request.target_from(number("offset")?.saturating_add(number("limit")?));
    }
    let body = format!(
        "{{\"{array}\":[{}],\"total_count\":{total}}}",
        rows.join(",")
    );
    Ok(Answer {
        body: body.into_bytes().into(),
    })
}

fn read<'a, T: Deserialize<'a>>(page: &Members<'a>, name: &str) -> Option<T> {
    serde_json::from_str(page.get(name)?.get()).ok()
}

fn not_a_page() -> Failure {
    Problem::new(Code::Io, "The answer is not a page of a collection.").into()
}
