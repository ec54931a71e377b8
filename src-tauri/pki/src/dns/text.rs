//! What comes out of the DNS, as text that may be shown.

use hickory_proto::rr::Name;

use crate::name::{cut, shown};

/// Characters of a value that are shown: those of one string of a TXT record.
const VALUE_CHARS: usize = 255;

/// A name without the dot at its end; what is no letter of a name stands there as an escape.
pub(super) fn dotless(name: &Name) -> String {
    let text = name.to_lowercase().to_ascii();
    match text.strip_suffix('.') {
        Some("") | None => text,
        Some(name) => shown(name),
    }
}

/// A value, whatever bytes it has.
pub(super) fn value(bytes: &[u8]) -> String {
    shown(&cut(&String::from_utf8_lossy(bytes), VALUE_CHARS))
}
