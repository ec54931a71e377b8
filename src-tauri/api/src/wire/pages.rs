//! Paged lists: the page with the addresses of its neighbours.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::Page;

/// A page of a list as JSON. `address` is the address of the list with its other parameters and
/// without limit and offset; `member` the name of the array.
pub fn page<T: Serialize>(page: &Page<T>, member: &str, address: &str) -> Vec<u8> {
    page_of(page, member, address, |item| {
        serde_json::to_value(item).unwrap_or_default()
    })
}

/// The same for items that stand otherwise on the wire.
pub fn page_of<T>(
    page: &Page<T>,
    member: &str,
    address: &str,
    item: impl Fn(&T) -> Value,
) -> Vec<u8> {
    let (limit, total) = (page.limit.max(1), page.total_count);
    let href = |offset: u32| {
        let sign = if address.contains('?') { '&' } else { '?' };
        let start = if offset == 0 {
            String::new()
        } else {
            format!("&offset={offset}")
        };
        json!({ "href": format!("{address}{sign}limit={limit}{start}") })
    };
    let last = total.saturating_sub(1) / limit * limit;
    let mut members = Map::new();
    members.insert("total_count".into(), total.into());
    members.insert("limit".into(), limit.into());
    members.insert("offset".into(), page.offset.into());
    members.insert("first".into(), href(0));
    if page.offset.saturating_add(limit) < total {
        members.insert("next".into(), href(page.offset + limit));
    }
    if page.offset > 0 {
        members.insert(
            "previous".into(),
            href(page.offset.saturating_sub(limit).min(last)),
        );
    }
    members.insert("last".into(), href(last));
    members.insert(member.into(), page.items.iter().map(item).collect());
    serde_json::to_vec(&Value::Object(members)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(offset: u32, total_count: u32) -> Value {
        let page = Page {
            items: vec![1, 2],
            total_count,
            offset,
            limit: 2,
        };
        serde_json::from_slice(&super::page(&page, "rows", "http://h/x?search=ab")).unwrap()
    }

    #[test]
    fn neighbours_have_addresses_where_there_are_any() {
        let middle = of(2, 5);
        assert_eq!(
            middle["next"]["href"],
            "http://h/x?search=ab&limit=2&offset=4"
        );
        assert_eq!(middle["previous"]["href"], "http://h/x?search=ab&limit=2");
        assert_eq!(
            middle["last"]["href"],
            "http://h/x?search=ab&limit=2&offset=4"
        );
        let only = of(0, 2);
        assert!(only.get("next").is_none() && only.get("previous").is_none());
        assert_eq!(only["last"]["href"], "http://h/x?search=ab&limit=2");
        assert!(of(4, 5).get("next").is_none());
        assert_eq!(of(9, 0)["previous"]["href"], "http://h/x?search=ab&limit=2");
    }
}
