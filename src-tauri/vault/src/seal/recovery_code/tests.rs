//! How recovery codes are shown and read.

use super::*;

fn code() -> (RecoveryCode, String) {
    let code = RecoveryCode::make();
    let text = code.text().expose_str().unwrap().to_owned();
    (code, text)
}

fn parse(text: &str) -> Result<RecoveryCode, RecoveryCodeError> {
    RecoveryCode::parse(&Sensitive::from_string(text.to_owned()))
}

fn with_byte(text: &str, at: usize, byte: u8) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = byte;
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_known_code_has_a_known_text() {
    let known = RecoveryCode(Key::copied_from(&(0..32).collect::<Vec<u8>>()).unwrap());
    let text = known.text();
    let expected = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFG-X3R6-N86J";
    assert_eq!(text.expose_str(), Some(expected));
}

#[test]
fn the_shown_text_reads_back_however_it_is_typed() {
    for _ in 0..200 {
        let (code, text) = code();
        assert_eq!(text.len(), 74);
        assert_eq!(text.split('-').count(), 15);
        let lenient = text.to_lowercase().replace('0', "o").replace('1', "l");
        for typed in [
            text.clone(),
            lenient,
            text.replace('1', "I"),
            text.replace('-', ""),
            text.replace('-', " - "),
            format!("\n {} \t", text.replace('-', "\r\n")),
        ] {
            assert_eq!(*parse(&typed).unwrap().0, *code.0);
        }
    }
}

#[test]
fn one_wrong_group_is_named_whatever_was_typed_instead() {
    let (_, text) = code();
    for at in (0..text.len()).filter(|at| text.as_bytes()[*at] != b'-') {
        let group = at / 5 + 1;
        for other in ALPHABET
            .iter()
            .filter(|other| **other != text.as_bytes()[at])
        {
            let error = parse(&with_byte(&text, at, *other)).unwrap_err();
            assert_eq!(error, RecoveryCodeError::WrongGroup { group });
        }
        let error = parse(&with_byte(&text, at, b'U')).unwrap_err();
        assert_eq!(error, RecoveryCodeError::BadCharacter { group });
    }
    for group in 0..GROUPS {
        let replaced = [&text[..group * 5], "7ZQ3", &text[group * 5 + 4..]].concat();
        let error = parse(&replaced).unwrap_err();
        assert_eq!(error, RecoveryCodeError::WrongGroup { group: group + 1 });
    }
}

#[test]
fn two_wrong_or_swapped_groups_are_noticed() {
    let (_, text) = code();
    let groups: Vec<&str> = text.split('-').collect();
    for a in 0..GROUPS {
        for b in a + 1..GROUPS {
            let mut swapped = groups.clone();
            swapped.swap(a, b);
            let mut both = groups.clone();
            (both[a], both[b]) = ("7ZQ3", "K8M1");
            for typed in [swapped.join("-"), both.join("-")] {
                assert!(
                    typed == text || parse(&typed).is_err(),
                    "groups {a} and {b}"
                );
            }
        }
    }
}

#[test]
fn missing_and_surplus_characters_are_told() {
    let (_, text) = code();
    let missing = format!("{}{}", &text[..11], &text[12..]);
    assert_eq!(
        parse(&missing).unwrap_err(),
        RecoveryCodeError::WrongGroup { group: 3 }
    );
    let plain = text.replace('-', "");
    let wrong_length = |found| RecoveryCodeError::WrongLength { found };
    assert_eq!(parse(&plain[1..]).unwrap_err(), wrong_length(59));
    assert_eq!(parse(&format!("{plain}7")).unwrap_err(), wrong_length(61));
    assert_eq!(parse("").unwrap_err(), wrong_length(0));
    assert_eq!(parse(&text[..69]).unwrap_err(), wrong_length(56));
    assert_eq!(
        parse("übergrößenträger").unwrap_err(),
        RecoveryCodeError::BadCharacter { group: 1 }
    );
    assert_eq!(parse(&format!("{plain}é")).unwrap_err(), wrong_length(61));
}

#[test]
fn spare_bits_are_not_a_second_spelling() {
    let mut groups = [0; GROUPS];
    groups[DATA_GROUPS - 1] = 1;
    let (sum, weighted) = sums(&groups);
    let last = multiply(
        weighted ^ shift(sum, 13),
        inverse(shift(1, 13) ^ shift(1, 14)),
    );
    (groups[13], groups[14]) = (sum ^ last, last);
    assert_eq!(sums(&groups), (0, 0));
    assert_eq!(check(&groups), Err(RecoveryCodeError::Mistyped));
}

#[test]
fn the_field_is_one() {
    for element in [1, 2, 3, 0xfffff, 0x8_1234] {
        assert_eq!(multiply(element, inverse(element)), 1);
        assert_eq!(multiply(element, 1), element);
    }
}

#[test]
fn debug_shows_nothing() {
    assert_eq!(
        format!("{:?}", RecoveryCode::make()),
        "RecoveryCode(<redacted>)"
    );
}
