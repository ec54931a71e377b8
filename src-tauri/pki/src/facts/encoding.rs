//! Small steps between bytes and text: elements of DER, hexadecimal digits, points in time.

use std::time::Duration;

use data_encoding::HEXLOWER;
use der::asn1::AnyRef;
use der::{DateTime, Decode, Reader, SliceReader, Tag};

/// The elements of a `SEQUENCE`, or none if it is none.
pub(crate) fn sequence(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let list = AnyRef::from_der(der).ok()?;
    (list.header().tag() == Tag::Sequence).then(|| elements(list.value()))?
}

/// The elements that stand one after the other.
pub(crate) fn elements(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut elements = Vec::new();
    while !reader.is_finished() {
        elements.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(elements)
}

/// The number of a context-specific tag.
pub(crate) fn number(element: &AnyRef<'_>) -> Option<u32> {
    let tag = element.header().tag();
    tag.is_context_specific().then(|| tag.number().value())
}

/// Bytes that stand in for a text (RFC 4514): `#0c0178`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    format!("#{}", HEXLOWER.encode(bytes))
}

/// Bytes in pairs: `38:eb:01`.
pub(crate) fn pairs(bytes: &[u8]) -> String {
    let pairs: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(":")
}

/// A serial number in pairs, without the zero that only says it is positive; `-` if it is negative.
pub(crate) fn serial(bytes: &[u8]) -> String {
    let negative = bytes.first().is_some_and(|byte| *byte >= 0x80);
    let mut magnitude = bytes.to_vec();
    if negative {
        // Two's complement: all bits turned around, and one more.
        let mut carry = true;
        for byte in magnitude.iter_mut().rev() {
            let (turned, over) = (!*byte).overflowing_add(u8::from(carry));
            *byte = turned;
            carry = over;
        }
    }
    let zeros = magnitude.iter().take_while(|byte| **byte == 0).count();
    let first = zeros.min(magnitude.len().saturating_sub(1));
    let sign = if negative { "-" } else { "" };
    format!("{sign}{}", pairs(&magnitude[first..]))
}

/// A point in time (RFC 3339), in seconds since the Unix epoch; the nearest that can be written.
pub(crate) fn rfc3339(seconds: i64) -> String {
    let seconds = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    let time = DateTime::from_unix_duration(seconds).unwrap_or(DateTime::INFINITY);
    time.to_string()
}

/// The day of a point in time: `2031-04-01`.
pub(crate) fn day(seconds: i64) -> String {
    let mut text = rfc3339(seconds);
    text.truncate(10);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_written_as_the_service_does() {
        assert_eq!(serial(&[0x38, 0xEB, 1]), "38:eb:01");
        assert_eq!(serial(&[0, 0x8F, 0]), "8f:00");
        assert_eq!(serial(&[0]), "00");
        assert_eq!(serial(&[0xFF]), "-01");
        assert_eq!(serial(&[0xFE, 0xFF]), "-01:01");
        assert_eq!(serial(&[0x80, 0]), "-80:00");
        assert_eq!(serial(&[]), "");
    }

    #[test]
    fn times_reach_to_the_last_year() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(-5), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(253_402_300_799), "9999-12-31T23:59:59Z");
        assert_eq!(rfc3339(i64::MAX), "9999-12-31T23:59:59Z");
        assert_eq!(day(1_000_000_000), "2001-09-09");
    }
}
